//! Hits as CSV (RFC 4180), one line a hit, the first line naming the columns. `docs/export.md` describes each.

use std::io;

use crate::search::{ArticleHead, Hit, QuoteGroup, QuoteHit};

const ARTICLE: [&str; 5] = ["date", "outlet", "headline", "path", "article"];
const QUOTE: [&str; 15] = [
    "speaker",
    "role",
    "printed",
    "class",
    "cue",
    "addressee",
    "kind",
    "embed",
    "text",
    "about",
    "confidence",
    "reason",
    "also_printed_in",
    "speakers_disagree",
    "superseded",
];

/// Writes lines of CSV into `W`.
pub struct CsvWriter<W: io::Write> {
    writer: csv::Writer<W>,
    /// What the first column of each line says, where several queries or groups follow each other.
    label: Option<String>,
}

impl<W: io::Write> CsvWriter<W> {
    /// A writer of articles, which writes the names of the columns at once; with a first column `query` where
    /// `labelled`.
    ///
    /// # Errors
    /// Those of `out`, as for all that follows.
    pub fn articles(out: W, labelled: bool) -> io::Result<Self> {
        Self::with_columns(out, labelled.then_some("query"), ARTICLE.into_iter().chain(["snippet"]))
    }

    /// A writer of quotes, likewise; with a first column called `label`, where that is given.
    pub fn quotes(out: W, label: Option<&'static str>) -> io::Result<Self> {
        Self::with_columns(out, label, QUOTE.into_iter().chain(ARTICLE))
    }

    fn with_columns(
        out: W,
        label: Option<&'static str>,
        columns: impl Iterator<Item = &'static str>,
    ) -> io::Result<Self> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(label.into_iter().chain(columns)).map_err(cause)?;
        Ok(Self { writer, label: label.map(|_| String::new()) })
    }

    /// Says which query the lines that follow answer, or which group they are of, where they are labelled.
    pub fn label(&mut self, value: &str) {
        if let Some(label) = &mut self.label {
            value.clone_into(label);
        }
    }

    fn write(&mut self, values: impl Iterator<Item = String>) -> io::Result<()> {
        self.writer.write_record(self.label.clone().into_iter().chain(values)).map_err(cause)
    }

    /// Hands on what was written.
    pub fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }

    /// Adds an article.
    pub fn article(&mut self, hit: &Hit) -> io::Result<()> {
        let values = article(&hit.article).into_iter().chain([hit.snippet.text.clone()]);
        self.write(values)
    }

    /// Adds a quote, with the outlets and days of its copies in one column.
    pub fn quote(&mut self, group: &QuoteGroup) -> io::Result<()> {
        let hit = &group.quote;
        let copies: Vec<String> = group.copies.iter().map(place).collect();
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let values = [
            text(&hit.speaker),
            text(&hit.role),
            text(&hit.printed),
            hit.class.map_or("unknown", crate::extract::SpeakerClass::as_str).to_owned(),
            text(&hit.cue),
            hit.addressee.as_ref().map(|(printed, name)| name.as_ref().unwrap_or(printed).clone()).unwrap_or_default(),
            hit.kind.as_str().to_owned(),
            hit.embed.map_or("", crate::extract::Embed::as_str).to_owned(),
            hit.words.clone(),
            hit.about.join("; "),
            format!("{:.2}", hit.confidence),
            hit.reason.clone(),
            copies.join("; "),
            yes(group.speakers_disagree()),
            yes(hit.superseded),
        ];
        self.write(values.into_iter().chain(article(&hit.article)))
    }

    /// The output, with all that was written handed on to it.
    pub fn into_inner(self) -> io::Result<W> {
        self.writer.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}

/// The error of the output itself, whose kind tells a pipe that nobody reads from a full disk.
pub(super) fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// "yes", or nothing.
fn yes(is: bool) -> String {
    if is { "yes" } else { "" }.to_owned()
}

fn article(head: &ArticleHead) -> [String; 5] {
    let date = head.date.map(|date| date.day.to_string()).unwrap_or_default();
    let (outlet, headline) = (head.outlet.clone().unwrap_or_default(), head.headline.clone().unwrap_or_default());
    [date, outlet, headline, head.path.clone(), head.id.clone()]
}

/// "Outlet 2025-10-12", or the path where the outlet is not known.
fn place(hit: &QuoteHit) -> String {
    let outlet = hit.article.outlet.as_deref().unwrap_or(&hit.article.path);
    let day = hit.article.date.map(|date| format!(" {}", date.day)).unwrap_or_default();
    format!("{outlet}{day}")
}

//! `newsdex inspect FILE`: what a file was taken for, each field with its evidence, what was rejected and why.

use std::fmt::Write as _;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use newsdex::article::{Article, Evidence, Field, FieldName, Warning};
use newsdex::crawl::{self, FoundFile, How, RawFile, Skipped};
use newsdex::export::wire::Line;
use newsdex::parse::{Columns, Parsed, TakenFor, parse_columns};

use crate::args::{Format, InspectArgs};
use crate::listing::{counted, grouped, one_line};
use crate::terminal::{FAINT, STRONG, WARNING};
use crate::{Outcome, terminal};

/// How many lines of a text are printed where not all are asked for.
const LINES: usize = 8;

/// Prints how the file, one of its members or one of its articles is read.
pub(crate) fn run(args: &InspectArgs) -> Result<Outcome> {
    let (file, inside) = split(&args.file);
    let found = find(file)?;
    let whole = match inside {
        Some(inside) => format!("{}!/{inside}", crawl::printed(&found.path)),
        None => crawl::printed(&found.path),
    };
    let columns = Columns::read(args.map.iter().map(String::as_str))?;
    let mut screen = Screen {
        args,
        whole,
        one: inside.is_some(),
        columns,
        out: terminal::stdout(),
        files: 0,
        articles: 0,
        first: None,
    };
    let mut failure = Ok(());
    let mut take = |file| match screen.take(file) {
        Ok(next) => next,
        Err(error) => {
            failure = Err(error);
            ControlFlow::Break(())
        }
    };
    match crawl::is_container(&found) {
        Ok(true) => crawl::members(&found, &mut take),
        Ok(false) => drop(take(crawl::read(&found))),
        Err(skipped) => drop(take(Err(skipped))),
    }
    failure?;
    if screen.files == 0 {
        bail!("`{}` has no member or article `{}`", found.path.display(), inside.unwrap_or_default());
    }
    screen.finish()
}

/// Prints files as they come: a container may hold more than memory does.
struct Screen<'a, W> {
    args: &'a InspectArgs,
    /// Path of the file, or of what is asked for inside of it.
    whole: String,
    /// True where one member or article is asked for.
    one: bool,
    columns: Columns,
    out: W,
    files: usize,
    articles: usize,
    /// The first file, which has a page of its own where no other one follows.
    first: Option<(RawFile, Parsed)>,
}

impl<W: Write> Screen<'_, W> {
    fn take(&mut self, file: Result<RawFile, Skipped>) -> Result<ControlFlow<()>> {
        let path = file.as_ref().map_or_else(|skipped| skipped.path.as_str(), |raw| raw.path.as_str());
        let below = self.whole.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with("!/"));
        if self.one && !below {
            return Ok(ControlFlow::Continue(()));
        }
        let parsed = file.as_ref().ok().map(|raw| parse_columns(raw, &self.columns));
        let holds = |parsed: &Parsed| parsed.articles.iter().any(|(article, _)| article.path == self.whole);
        // One of several articles is asked for; a large dump comes in parts of the same path.
        let is_inside = file.as_ref().is_ok_and(|raw| raw.told.part.is_some() || raw.path != self.whole);
        if self.one && is_inside && !parsed.as_ref().is_some_and(holds) {
            return Ok(ControlFlow::Continue(()));
        }
        self.files += 1;
        let parsed = parsed.map(|parsed| one_article(parsed, &self.whole, self.one));
        self.articles += parsed.as_ref().map_or(0, |parsed| parsed.articles.len());
        match (file, parsed) {
            (Ok(raw), Some(parsed)) => self.file(raw, parsed)?,
            (Ok(_), None) => {}
            (Err(skipped), _) if self.is_json() => Line::turned_away(&skipped).write(&mut self.out)?,
            (Err(skipped), _) => {
                self.brief_first()?;
                self.out.write_all(turned_away(&skipped).as_bytes())?;
            }
        }
        Ok(if self.one { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }

    fn is_json(&self) -> bool {
        self.args.format.format == Format::Json
    }

    fn file(&mut self, raw: RawFile, parsed: Parsed) -> Result<()> {
        if self.is_json() {
            Line::inspection(&raw.path, &parsed).write(&mut self.out)?;
        } else if self.files == 1 {
            self.first = Some((raw, parsed));
        } else {
            self.brief_first()?;
            self.out.write_all(line(&raw, &parsed).as_bytes())?;
        }
        Ok(())
    }

    fn brief_first(&mut self) -> Result<()> {
        if let Some((raw, parsed)) = self.first.take() {
            self.out.write_all(line(&raw, &parsed).as_bytes())?;
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Outcome> {
        if let Some((raw, parsed)) = self.first.take() {
            self.out.write_all(page(&raw, &parsed, self.args.full).as_bytes())?;
        }
        self.out.flush()?;
        if self.files > 1 && !self.is_json() {
            terminal::print_hint("to see one of them, add its path: newsdex inspect 'FILE!/MEMBER'");
        }
        Ok(Outcome::of(self.articles > 0))
    }
}

/// The file on disk that `path` names, and the path inside it: a name on disk may have a "!" in it, too.
fn split(path: &str) -> (&str, Option<&str>) {
    if Path::new(path).exists() {
        return (path, None);
    }
    path.split_once("!/").map_or((path, None), |(file, inside)| (file, Some(inside)))
}

fn find(file: &str) -> Result<FoundFile> {
    let path = crawl::roots(&[PathBuf::from(file)])?.remove(0);
    let status = path.metadata().with_context(|| format!("cannot read `{file}`"))?;
    if status.is_dir() {
        bail!("`{file}` is a folder: name one of its files");
    }
    let modified = status.modified().with_context(|| format!("cannot read `{file}`"))?;
    Ok(FoundFile { path, size: status.len(), modified })
}

/// `parsed` with only the article at the path `whole`, where that names one.
fn one_article(mut parsed: Parsed, whole: &str, one: bool) -> Parsed {
    if one && parsed.articles.iter().any(|(article, _)| article.path == whole) {
        parsed.articles.retain(|(article, _)| article.path == whole);
    }
    parsed
}

fn turned_away(skipped: &Skipped) -> String {
    format!("{STRONG}{}{STRONG:#}\n{}", one_line(&skipped.path), row("rejected", &skipped.reason.to_string(), ""))
}

/// One member among several.
fn line(raw: &RawFile, parsed: &Parsed) -> String {
    let format = parsed.taken_for.map_or("nothing", |taken| taken.format);
    let reasons: Vec<String> = parsed.rejected.iter().map(ToString::to_string).collect();
    let reasons = if reasons.is_empty() { String::new() } else { format!("; {}", reasons.join("; ")) };
    let path = one_line(&raw.path);
    format!("{path}\n  {FAINT}{format}, {}{reasons}{FAINT:#}\n", counted(parsed.articles.len(), "article"))
}

fn page(raw: &RawFile, parsed: &Parsed, full: bool) -> String {
    let mut out = format!("{STRONG}{}{STRONG:#}\n", one_line(&raw.path));
    if let Some(taken) = parsed.taken_for {
        out.push_str(&row("format", taken.format, &format!("by {}", taken.by)));
        out.push_str(&row("encoding", taken.encoding, &encoding(taken)));
    }
    if !parsed.columns.is_empty() {
        let columns: Vec<String> =
            parsed.columns.iter().map(|(role, column)| format!("{}={column}", role.as_str())).collect();
        out.push_str(&row("columns", &columns.join(" "), "wrong? --map FIELD=COLUMN"));
    }
    for reason in &parsed.rejected {
        out.push_str(&row("rejected", &reason.to_string(), ""));
    }
    for (article, warnings) in &parsed.articles {
        if parsed.articles.len() > 1 {
            let _ = write!(out, "\n{STRONG}{}{STRONG:#}\n", one_line(&article.path));
        }
        out.push_str(&fields(article));
        out.push_str(&rejected(article));
        out.push_str(&warned(warnings));
        out.push_str(&text(article, full));
    }
    out
}

fn encoding(taken: TakenFor) -> String {
    let by = match taken.encoding_by {
        How::Mark => "by its byte-order mark",
        How::Valid => "by its bytes",
        How::Declared => "by its own label",
        How::Guessed => "a guess from its bytes",
    };
    if taken.lossy { format!("{by}, with unreadable bytes replaced") } else { by.to_owned() }
}

/// One row a field; one that is not told has a row, too.
fn fields(article: &Article) -> String {
    let mut out = String::new();
    let mut put = |name: FieldName, value: Option<(String, &Evidence)>| {
        out.push_str(&match value {
            Some((value, evidence)) => row(name.as_str(), &value, &told(evidence, &article.text)),
            None => row(name.as_str(), "", "not told"),
        });
    };
    let of = |field: &'_ Option<Field<String>>| field.as_ref().map(|field| field.value.clone());
    let texts = [
        (FieldName::Headline, &article.headline),
        (FieldName::Outlet, &article.outlet),
        (FieldName::Wire, &article.wire),
        (FieldName::Place, &article.place),
        (FieldName::Language, &article.language),
        (FieldName::Url, &article.url),
        (FieldName::Guid, &article.guid),
    ];
    let date = article.date.as_ref().map(|date| {
        let day = date.value.day.to_string();
        (date.value.time.map_or(day, |time| time.to_rfc3339()), &date.evidence)
    });
    put(FieldName::Date, date);
    for (name, field) in texts {
        put(name, of(field).zip(field.as_ref().map(|field| &field.evidence)));
    }
    put(FieldName::Revision, article.revision.as_ref().map(|field| (field.value.to_string(), &field.evidence)));
    if article.bylines.is_empty() {
        put(FieldName::Byline, None);
    }
    for byline in &article.bylines {
        put(FieldName::Byline, Some((byline.value.clone(), &byline.evidence)));
    }
    out
}

/// Where a value was read: the kind of place, the line of the text where it stands there, and how sure that is.
fn told(evidence: &Evidence, text: &str) -> String {
    let line = evidence.span.map(|span| 1 + text[..span.begin].matches('\n').count());
    let line = line.map_or(String::new(), |line| format!(", line {line}"));
    format!("{}{line}, {:.0} % sure", evidence.origin, evidence.confidence * 100.0)
}

fn rejected(article: &Article) -> String {
    let rows = article.rejected.iter().map(|lost| {
        let value = if lost.value.is_empty() { "?" } else { &lost.value };
        let why = format!("{}; {}", lost.why, told(&lost.evidence, &article.text));
        row("rejected", &format!("{} {}", lost.field.as_str(), one_line(value)), &why)
    });
    rows.collect()
}

fn warned(warnings: &[Warning]) -> String {
    let rows = warnings.iter().map(|warning| format!("  {WARNING}{:<9}{WARNING:#}  {warning}\n", "warning"));
    rows.collect()
}

/// The running text as extracted.
fn text(article: &Article, full: bool) -> String {
    let body = article.body();
    let mut out = row("text", &format!("{} characters", grouped(body.chars().count())), "");
    let lines = body.lines().filter(|line| !line.trim().is_empty());
    let most = if full { usize::MAX } else { LINES };
    for line in lines.clone().take(most) {
        let _ = writeln!(out, "    {}", one_line(line));
    }
    let rest = lines.count().saturating_sub(most);
    if rest > 0 {
        let _ = writeln!(out, "    {FAINT}{} more: add --full{FAINT:#}", counted(rest, "line"));
    }
    out
}

fn row(name: &str, value: &str, note: &str) -> String {
    let gap = if value.is_empty() || note.is_empty() { "" } else { "  " };
    format!("  {FAINT}{name:<9}{FAINT:#}  {}{gap}{FAINT}{}{FAINT:#}\n", one_line(value), one_line(note))
}

//! [`RawFile`] to [`Article`]s: reads the format, then each field with its evidence. No I/O, and never fails.

mod agency;
mod byline;
mod calendar;
mod clip;
mod clock_time;
mod date;
mod dateline;
mod draft;
mod evidence;
mod format;
mod headline;
mod html;
mod html_body;
mod html_head;
mod json;
mod json_ld;
mod language;
mod line;
mod markup;
mod month;
mod outlet;
mod path;
mod place;
mod rtf;
mod sgml;
mod table;
mod text;
mod url;

use chrono::{Local, NaiveDate};

use format::Format;

use crate::article::{Article, Warning};
use crate::crawl::{RawFile, SkipReason, decode};

/// What one file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// The articles, in the file's order, each with its warnings.
    pub articles: Vec<(Article, Vec<Warning>)>,
    /// Why there is none, or fewer than the file seems to hold.
    pub rejected: Vec<SkipReason>,
}

/// Reads the articles of `file`. Dates later than the clock's day are rejected.
pub fn parse(file: &RawFile) -> Parsed {
    parse_on(file, today())
}

/// Reads the articles of `file` as on the day `today`, later than which no article is dated.
pub fn parse_on(file: &RawFile, today: NaiveDate) -> Parsed {
    let decoded = decode(&file.bytes, format::declared_encoding(&file.bytes));
    let warning = decoded.warning();
    if decoded.text.chars().all(char::is_whitespace) {
        return Parsed::none(SkipReason::Empty);
    }
    let format = Format::of(&file.path, &decoded.text);
    let mut parsed = match format {
        Format::Plain => Parsed::one(text::read(&file.path, decoded.text, today)),
        Format::Rtf => Parsed::one(text::read(&file.path, rtf::text(&file.bytes), today)),
        Format::Html => html::read(&file.path, &decoded.text, today),
        Format::Json => json::read(&file.path, &decoded.text, today),
        Format::Sgml => sgml::read(&file.path, &decoded.text, today),
        Format::Xml => Parsed::none(SkipReason::Unsupported(format.name().into())),
    };
    parsed.warn(warning.as_ref());
    parsed
}

impl Parsed {
    fn one(article: (Article, Vec<Warning>)) -> Self {
        Self { articles: vec![article], rejected: Vec::new() }
    }

    /// Adds `warning` to every article.
    fn warn(&mut self, warning: Option<&Warning>) {
        for (_, warnings) in &mut self.articles {
            warnings.splice(0..0, warning.cloned());
        }
    }

    fn none(reason: SkipReason) -> Self {
        Self { articles: Vec::new(), rejected: vec![reason] }
    }
}

/// Reads the plain text of one article, which comes back unaltered as [`Article::text`].
///
/// `path` is a path or any other name; where it has the form of a path it tells outlet and date.
///
/// ```
/// let text = "River rises\n\nLONDON, Oct 12 (Reuters) - The river rose on Sunday.\n".to_owned();
/// let (article, warnings) = newsdex::parse::parse_text("the-paper/2025/10/13/river.txt", text);
/// assert_eq!(article.headline.unwrap().value, "River rises");
/// assert_eq!(article.outlet.unwrap().value, "The Paper");
/// assert_eq!(article.wire.unwrap().value, "Reuters");
/// assert_eq!(article.date.unwrap().value.day.to_string(), "2025-10-13");
/// assert!(warnings.is_empty());
/// ```
pub fn parse_text(path: &str, text: String) -> (Article, Vec<Warning>) {
    parse_text_on(path, text, today())
}

/// Reads the plain text of one article as on the day `today`.
pub fn parse_text_on(path: &str, text: String, today: NaiveDate) -> (Article, Vec<Warning>) {
    text::read(path, text, today)
}

fn today() -> NaiveDate {
    Local::now().date_naive()
}

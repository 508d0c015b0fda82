//! [`RawFile`] to [`Article`]s: reads the format, then each field with its evidence. No I/O, and never fails.

mod agency;
mod anpa;
mod boilerplate;
mod byline;
mod calendar;
pub(crate) mod clip;
mod clock_time;
mod code;
mod columns;
mod cut_short;
mod database;
mod date;
mod dateline;
mod draft;
mod evidence;
mod feed;
mod format;
mod headline;
mod html;
mod html_body;
mod html_date;
mod html_head;
mod json;
mod json_cut;
mod json_ld;
mod language;
mod line;
mod mail;
mod markdown;
mod markdown_marks;
mod markup;
mod message_date;
mod month;
mod newsml;
mod newsml_g2;
mod ninjs;
mod nitf;
mod outlet;
mod paragraphs;
mod path;
#[cfg(feature = "pdf")]
mod pdf;
mod place;
mod proquest;
mod record;
mod rows;
mod rtf;
#[cfg(test)]
mod sample;
mod saved_page;
mod set_off;
mod sgml;
mod surrogate;
mod table;
mod text;
mod url;
mod xml;
mod xml_record;
mod zczc;

use std::collections::BTreeSet;

use chrono::{Local, NaiveDate};

use format::Format;

use crate::article::{Article, LONGEST_STORY, Warning};
use crate::crawl::{Decoded, Dump, How, RawFile, SkipReason, Skipped, decode};

pub use columns::{Columns, Role};

/// What one file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// The articles, in the file's order, each with its warnings.
    pub articles: Vec<(Article, Vec<Warning>)>,
    /// Why there is none, or fewer than the file seems to hold.
    pub rejected: Vec<SkipReason>,
    /// The items of a dump or a feed that give no article, one by one; [`rejected`](Self::rejected) has their number.
    pub passed_over: Vec<Skipped>,
    /// Of the columns that the user named, those that a record has; `None` where no record was met.
    pub met: Option<BTreeSet<String>>,
    /// Which columns of a dump hold what, as they were told by their names, by their content or by the user.
    pub columns: Vec<(Role, String)>,
    /// What the file was taken for; `None` where nothing in it could be read.
    pub taken_for: Option<TakenFor>,
}

/// What a file was taken for, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakenFor {
    /// Name of its format ("NITF", "web page").
    pub format: &'static str,
    /// What told the format ("its root element").
    pub by: &'static str,
    /// Name of its encoding ("windows-1251").
    pub encoding: &'static str,
    /// What told the encoding.
    pub encoding_by: How,
    /// True where bytes that mean nothing in the encoding were replaced.
    pub lossy: bool,
}

/// Reads the articles of `file`. Dates later than the clock's day are rejected.
pub fn parse(file: &RawFile) -> Parsed {
    parse_columns(file, &Columns::default())
}

/// Reads the articles of `file`, those of a dump out of the `columns` that the user named.
pub fn parse_columns(file: &RawFile, columns: &Columns) -> Parsed {
    parse_columns_on(file, columns, today())
}

/// Reads the articles of `file` as on the day `today`, later than which no article is dated.
pub fn parse_on(file: &RawFile, today: NaiveDate) -> Parsed {
    parse_columns_on(file, &Columns::default(), today)
}

fn parse_columns_on(file: &RawFile, columns: &Columns, today: NaiveDate) -> Parsed {
    #[cfg(feature = "pdf")]
    if file.bytes.starts_with(pdf::MARK) {
        return match pdf::text(&file.bytes) {
            Ok(text) => Parsed::one(text::read(&file.path, text, today)),
            Err(reason) => Parsed::none(reason),
        };
    }
    let head = file.told.part.as_ref().map_or(&file.bytes[..], |part| &part.head[..]);
    let declared = file.told.encoding.as_deref().or_else(|| format::declared_encoding(head));
    let decoded = decode(&file.bytes, declared);
    let warning = decoded.warning();
    if decoded.text.chars().all(char::is_whitespace) {
        return Parsed::none(SkipReason::Empty);
    }
    let part = file.told.part.as_ref();
    let (format, by) = match part.map(|part| part.dump) {
        Some(Dump::Lines | Dump::List) => (Format::Json, "its first characters"),
        Some(Dump::Rows(_)) => (Format::Table, "its name"),
        Some(Dump::Mailbox) => (Format::Mail, "its first characters"),
        Some(Dump::Feed) => (Format::Feed, "its root element"),
        None => Format::of(&file.path, &decoded.text),
    };
    let Decoded { encoding, how: encoding_by, lossy, .. } = decoded;
    let taken_for = TakenFor { format: format.name(), by, encoding, encoding_by, lossy };
    let tree = |read: fn(&str, xml::Node<'_, '_>, NaiveDate) -> Parsed| {
        xml::with_root(&decoded.text, |root| read(&file.path, root, today))
    };
    let cut_short = match part {
        None => cut_short::of_file(format, &decoded.text),
        Some(part) if part.dump == Dump::Feed => cut_short::of_items(&decoded.text),
        Some(_) => None,
    };
    let mut parsed = match format {
        Format::Plain => match code::kind(&file.path, &decoded.text) {
            Some(code) => Parsed::none(SkipReason::Unsupported(code.into())),
            None => Parsed::one(text::read(&file.path, decoded.text, today)),
        },
        Format::Rtf => Parsed::one(text::read(&file.path, rtf::text(&file.bytes), today)),
        Format::Html => html::read(&file.path, &decoded.text, file.told.address.as_deref(), today),
        Format::Json => json::read(&file.path, &decoded.text, part, columns, today),
        Format::Table => rows::read(&file.path, &decoded.text, part, columns, today),
        // Each part of a message has an encoding of its own.
        Format::Mail => {
            let read = |inner: &RawFile| parse_columns_on(inner, columns, today);
            let parsed = mail::read(&file.path, &file.bytes, today, &read);
            return Parsed { taken_for: Some(taken_for), ..parsed };
        }
        Format::Sgml => sgml::read(&file.path, &decoded.text, today),
        Format::Nitf => tree(nitf::read),
        Format::NewsMl => tree(newsml::read),
        Format::NewsMlG2 => tree(newsml_g2::read),
        Format::Feed => feed::read(&file.path, &decoded.text, part, today),
        Format::Database => database::read(&file.path, &decoded.text, today),
        Format::ProQuest => proquest::read(&file.path, &decoded.text, today),
        Format::Anpa => anpa::read(&file.path, &decoded.text, today),
        Format::Zczc => zczc::read(&file.path, &decoded.text, today),
        Format::Xml => xml::with_root(&decoded.text, |root| xml_record::read(&file.path, root, columns, today)),
    };
    if parsed.articles.is_empty() && parsed.rejected.is_empty() {
        parsed.rejected.push(SkipReason::NoArticle("no item in it".into()));
    }
    if let Some((_, warnings)) = parsed.articles.last_mut() {
        warnings.extend(cut_short);
    }
    parsed.warn(warning.as_ref());
    parsed.taken_for = Some(taken_for);
    parsed.warn_of_length();
    parsed
}

impl Parsed {
    fn one(article: (Article, Vec<Warning>)) -> Self {
        Self { articles: vec![article], ..Self::default() }
    }

    /// Notes that the item at `path` gives no article, for it is `flaw`.
    fn pass_over(&mut self, path: String, flaw: impl Into<String>) {
        self.passed_over.push(Skipped { path, reason: SkipReason::NoArticle(flaw.into()) });
    }

    /// Adds `warning` to every article.
    fn warn(&mut self, warning: Option<&Warning>) {
        for (_, warnings) in &mut self.articles {
            warnings.splice(0..0, warning.cloned());
        }
    }

    /// Says of every article that is too long for one that only its beginning is searched for names and quotes.
    fn warn_of_length(&mut self) {
        for (article, warnings) in &mut self.articles {
            if article.text.len() > LONGEST_STORY {
                let megabytes = LONGEST_STORY >> 20;
                warnings
                    .push(Warning::new(format!("longer than {megabytes} MB: names and quotes of its beginning only")));
            }
        }
    }

    fn none(reason: SkipReason) -> Self {
        Self { rejected: vec![reason], ..Self::default() }
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

/// The text of the story of the web page `html`, paragraphs apart by an empty line; empty where the page has none.
///
/// This is the body extractor alone: [`parse`] also reads the page's fields, and the summary where there is no story.
///
/// ```
/// let page = format!("<nav><a href=/>Home</a></nav><article><p>{}</p></article>", "The river rose. ".repeat(20));
/// assert!(newsdex::parse::page_story(&page).starts_with("The river rose."));
/// ```
pub fn page_story(html: &str) -> String {
    html_body::read(html).text
}

/// Notes how many `what` of a dump have a flaw, where there are any.
fn reject(rejected: &mut Vec<SkipReason>, count: usize, what: &str, flaw: &str) {
    if count > 0 {
        let plural = if count == 1 { "" } else { "s" };
        rejected.push(SkipReason::NoArticle(format!("{count} {what}{plural} {flaw}")));
    }
}

/// The name of the outlet whose site is `site`, as articles from there are given it; `None` where it is no site.
pub(crate) fn outlet_of_site(site: &str) -> Option<String> {
    let site = site.trim();
    site.contains('.').then(|| outlet::of_address(site)).flatten().map(|field| field.value)
}

fn today() -> NaiveDate {
    Local::now().date_naive()
}

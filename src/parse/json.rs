//! JSON and JSON lines: dumps of crawlers and databases, ninjs, the answers of news services.

use std::borrow::Cow;

use chrono::NaiveDate;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::draft::Draft;
use super::{Parsed, markup, text};
use crate::crawl::SkipReason;

/// Reads the articles of the file at `path` that holds `text`, on `today`.
///
/// Each article's path ends in `!/` and its place in the file, from 1. A broken line is told and does not stop the rest.
pub(super) fn read(path: &str, text: &str, today: NaiveDate) -> Parsed {
    let mut reader = Reader { path, today, parsed: Parsed::default(), count: 0, broken: 0 };
    match serde_json::from_str::<&RawValue>(text) {
        Ok(whole) => reader.value(whole.get()),
        Err(_) => text.lines().filter(|line| !line.trim().is_empty()).for_each(|line| reader.value(line)),
    }
    reader.finish()
}

struct Reader<'a> {
    path: &'a str,
    today: NaiveDate,
    parsed: Parsed,
    count: usize,
    broken: usize,
}

impl Reader<'_> {
    /// Reads one value of the file: an article, a list of them, or an object around them.
    fn value(&mut self, json: &str) {
        // A list is cut into its members before any of them is unpacked: dumps are large.
        match serde_json::from_str::<Vec<&RawValue>>(json) {
            Ok(items) => items.iter().for_each(|item| self.item(item.get())),
            Err(_) => self.item(json),
        }
    }

    fn item(&mut self, json: &str) {
        if let Ok(value) = serde_json::from_str::<Value>(json) {
            self.unwrap(&value, 0);
        } else {
            self.count += 1;
            self.broken += 1;
        }
    }

    fn unwrap(&mut self, value: &Value, depth: usize) {
        match value {
            Value::Array(items) if depth < 5 => items.iter().for_each(|item| self.unwrap(item, depth + 1)),
            Value::Object(object) => {
                let inner = WRAPPERS
                    .iter()
                    .find_map(|name| object.get(*name))
                    .filter(|inner| inner.is_object() || inner.is_array());
                match (Fields::of(object).article(self.path, self.count + 1, self.today), inner) {
                    (Some(article), _) => {
                        self.count += 1;
                        self.parsed.articles.push(article);
                    }
                    (None, Some(inner)) if depth < 5 => self.unwrap(inner, depth + 1),
                    _ => self.count += 1,
                }
            }
            _ => self.count += 1,
        }
    }

    fn finish(mut self) -> Parsed {
        let missing = self.count - self.parsed.articles.len() - self.broken;
        let mut reject = |count: usize, what: &str| {
            if count > 0 {
                let items = if count == 1 { "item" } else { "items" };
                self.parsed.rejected.push(SkipReason::NoArticle(format!("{count} {items} {what}")));
            }
        };
        reject(self.broken, "not valid JSON");
        reject(missing, "without a field that holds a text");
        self.parsed
    }
}

/// Keys that articles are wrapped in, of Elasticsearch, Solr, the Associated Press, the Guardian, GDELT and others.
const WRAPPERS: &[&str] = &[
    "_source", "hits", "item", "data", "articles", "items", "response", "docs", "results", "posts", "news", "stories",
    "content", "article",
];

/// Keys of each field, squeezed as [`squeezed`] does, the most telling first.
mod keys {
    pub(super) const HEADLINE: &[&str] = &[
        "headline",
        "title",
        "headlines",
        "headlinemain",
        "webtitle",
        "pagetitle",
        "titlepage",
        "titlerss",
        "heading",
        "head",
    ];
    pub(super) const BODY: &[&str] = &[
        "maintext",
        "bodytext",
        "articlebody",
        "fulltext",
        "articletext",
        "storytext",
        "cleanedtext",
        "bodyxhtml",
        "bodyhtml",
        "bodies",
        "body",
        "contentencoded",
        "content",
        "text",
        "story",
        "article",
    ];
    pub(super) const SUMMARY: &[&str] =
        &["description", "descriptions", "summary", "abstract", "excerpt", "lead", "trailtext"];
    pub(super) const DATE: &[&str] = &[
        "datepublish",
        "datepublished",
        "publishdate",
        "published",
        "publishedat",
        "pubdate",
        "publicationdate",
        "firstpublicationdate",
        "webpublicationdate",
        "date",
        "datetime",
        "firstcreated",
        "versioncreated",
        "createdat",
        "postdate",
        "dategmt",
        "timestamp",
        "seendate",
        "contentcreated",
    ];
    pub(super) const OUTLET: &[&str] = &[
        "outlet",
        "publication",
        "publisher",
        "medianame",
        "sourcename",
        "source",
        "sourcedomain",
        "sitename",
        "site",
        "domain",
        "infosource",
        "infosources",
        "provider",
        "copyrightholder",
    ];
    pub(super) const AUTHOR: &[&str] =
        &["authors", "author", "byline", "by", "creator", "dccreator", "journalist", "bylineoriginal", "writers"];
    pub(super) const ADDRESS: &[&str] = &["url", "canonicalurl", "weburl", "link", "sourceurl", "href", "permalink"];
    pub(super) const DATELINE: &[&str] = &["dateline"];
    pub(super) const KIND: &[&str] = &["type", "itemclass", "mediatype"];
    pub(super) const LANGUAGE: &[&str] = &["language", "lang", "languagecode"];
}

/// The fields of one object under their squeezed names.
struct Fields<'a>(Vec<(String, &'a Value)>);

impl<'a> Fields<'a> {
    fn of(object: &'a Map<String, Value>) -> Self {
        Self(object.iter().map(|(key, value)| (squeezed(key), value)).collect())
    }

    /// The values under the first of `keys` that holds any.
    fn get(&self, keys: &[&str]) -> Vec<Cow<'a, str>> {
        let found = |key: &&str| {
            let value = self.0.iter().find(|(name, _)| name == key)?.1;
            let mut strings = Vec::new();
            strings_of(value, &mut strings, 0);
            (!strings.is_empty()).then_some(strings)
        };
        keys.iter().find_map(found).unwrap_or_default()
    }

    /// The article that these fields make; `None` where none holds a text.
    fn article(
        &self,
        path: &str,
        number: usize,
        today: NaiveDate,
    ) -> Option<(crate::article::Article, Vec<crate::article::Warning>)> {
        let pictures = ["picture", "photo", "image", "video", "audio", "graphic", "event"];
        if self.get(keys::KIND).first().is_some_and(|kind| pictures.contains(&kind.as_ref())) {
            return None;
        }
        let headline = self.get(keys::HEADLINE);
        let (dates, address) = (self.get(keys::DATE), self.get(keys::ADDRESS));
        let told = !(dates.is_empty() && address.is_empty());
        // News in brief is all headline.
        let brief = || headline.first().filter(|line| told && is_prose(line)).map(|line| plain(line).into_owned());
        let body = self.body(!headline.is_empty() && told).or_else(brief)?;
        let mut draft = Draft::new(&format!("{path}!/{number}"), body, today);
        draft.see_path();
        headline.first().into_iter().for_each(|value| draft.see_headline_field(&plain(value)));
        self.get(keys::OUTLET).first().into_iter().for_each(|value| draft.see_outlet_field(value));
        address.first().into_iter().for_each(|value| draft.see_address(value, crate::article::Origin::Metadata, None));
        dates.first().into_iter().for_each(|value| draft.see_date_field(value, 1.0));
        self.get(keys::DATELINE).first().into_iter().for_each(|value| draft.see_dateline_field(value));
        self.get(keys::AUTHOR).iter().for_each(|value| draft.see_byline_field(&plain(value)));
        self.get(keys::LANGUAGE).first().into_iter().for_each(|value| draft.see_language_field(value));
        text::fields(&mut draft);
        Some(draft.finish())
    }

    /// The running text; a summary only where the rest shows that this is an article.
    fn body(&self, is_article: bool) -> Option<String> {
        let body = self.get(keys::BODY);
        let summary = || self.get(keys::SUMMARY);
        let parts = if body.iter().any(|part| is_prose(part)) || !is_article { body } else { summary() };
        // Of the same text in several formats the longest is the whole one.
        let longest = parts.into_iter().max_by_key(|part| part.len())?;
        is_prose(&longest).then(|| plain(&longest).into_owned())
    }
}

/// True for a text of at least a few words: keys such as "text" hold labels and codes in other files.
fn is_prose(text: &str) -> bool {
    let spaced = text.split_whitespace().nth(4).is_some();
    spaced || text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).nth(9).is_some()
}

/// `value` without markup, where it has any.
fn plain<'a>(value: &Cow<'a, str>) -> Cow<'a, str> {
    let tagged = ["</", "<p", "<br", "<BR"].into_iter().any(|tag| value.contains(tag));
    match (tagged, value.contains('&')) {
        (true, _) => Cow::Owned(markup::text(value)),
        (false, true) => Cow::Owned(markup::decode(value).into_owned()),
        (false, false) => value.clone(),
    }
}

/// A key in small letters, without `_`, `-`, `.` and the namespace's mark.
fn squeezed(key: &str) -> String {
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Keys inside an object that hold its text: of ninjs, `WordPress`, the New York Times and converted XML.
const INNER: &[&str] = &[
    "value", "main", "original", "name", "fullname", "rendered", "text", "title", "content", "$t", "#text", "literal",
];

/// The strings that `value` holds: itself, the members of a list, or the text of an object.
fn strings_of<'a>(value: &'a Value, strings: &mut Vec<Cow<'a, str>>, depth: usize) {
    match value {
        Value::String(text) if !text.trim().is_empty() => strings.push(Cow::Borrowed(text)),
        Value::Number(number) => strings.push(Cow::Owned(number.to_string())),
        Value::Array(items) if depth < 3 => items.iter().for_each(|item| strings_of(item, strings, depth + 1)),
        Value::Object(object) if depth < 3 => {
            let inner = INNER.iter().find_map(|key| object.get(*key));
            if let Some(inner) = inner {
                strings_of(inner, strings, depth + 1);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The articles, one a line, and what is rejected.
    fn check(json: &str, expect: &[&str]) {
        let today = NaiveDate::from_ymd_opt(2025, 10, 14).unwrap();
        let parsed = read("dump.json", json, today);
        let articles = parsed.articles.iter().map(|(article, _)| {
            let value = |field: &Option<crate::article::Field<String>>| {
                field.as_ref().map_or("-".into(), |field| field.value.clone())
            };
            let date = article.date.as_ref().map_or("-".into(), |field| field.value.day.to_string());
            let bylines: Vec<&str> = article.bylines.iter().map(|field| field.value.as_str()).collect();
            let (headline, outlet) = (value(&article.headline), value(&article.outlet));
            format!("{}: {headline} | {outlet} | {date} | {} | {}", article.path, bylines.join(", "), article.body())
        });
        let lines: Vec<String> = articles.chain(parsed.rejected.iter().map(ToString::to_string)).collect();
        assert_eq!(lines, expect);
    }

    const BODY: &str = "Hundreds of people left their homes.";

    #[test]
    fn fields_by_their_usual_names() {
        check(
            &format!(
                r#"{{"title": "River rises", "maintext": "{BODY}", "date_publish": "2025-10-12 08:00:00", "source_domain": "www.theguardian.com", "authors": ["Jane Doe", "Ann Roe"]}}"#
            ),
            &[&format!("dump.json!/1: River rises | The Guardian | 2025-10-12 | Jane Doe, Ann Roe | {BODY}")],
        );
        check(
            r#"{"headline": {"main": "River rises"}, "body_html": "<p>Hundreds of people left</p><p>their homes.</p>", "pub_date": 1760227200, "byline": {"original": "By JANE DOE"}, "web_url": "https://www.nytimes.com/a"}"#,
            &[
                "dump.json!/1: River rises | The New York Times | 2025-10-12 | Jane Doe | Hundreds of people left\n\ntheir homes.",
            ],
        );
        check(
            &format!(
                r#"{{"headlines": [{{"value": "River rises"}}], "bodies": [{{"contenttype": "text/plain", "value": "{BODY}"}}], "versionCreated": "2025-10-12T08:00:00Z", "provider": {{"literal": "dpa"}}}}"#
            ),
            &[&format!("dump.json!/1: River rises | dpa | 2025-10-12 |  | {BODY}")],
        );
    }

    #[test]
    fn lists_lines_and_wrappers() {
        let item = |title: &str| format!(r#"{{"title": "{title}", "text": "{BODY}"}}"#);
        let expect =
            [format!("dump.json!/1: One | - | - |  | {BODY}"), format!("dump.json!/2: Two | - | - |  | {BODY}")];
        let expect: Vec<&str> = expect.iter().map(String::as_str).collect();
        check(&format!("[{}, {}]", item("One"), item("Two")), &expect);
        check(&format!("{}\n{}\n", item("One"), item("Two")), &expect);
        check(
            &format!(r#"{{"hits": {{"hits": [{{"_source": {}}}, {{"_source": {}}}]}}}}"#, item("One"), item("Two")),
            &expect,
        );
        check(&format!(r#"{{"status": "ok", "articles": [{}, {}]}}"#, item("One"), item("Two")), &expect);
    }

    #[test]
    fn what_is_no_article_is_told() {
        let item = format!(r#"{{"title": "One", "text": "{BODY}"}}"#);
        check(
            &format!("{item}\n{{broken\n{{\"version\": 3}}\n"),
            &[
                &format!("dump.json!/1: One | - | - |  | {BODY}"),
                "no article: 1 item not valid JSON",
                "no article: 1 item without a field that holds a text",
            ],
        );
        check(
            r#"{"name": "package", "description": "A tool that does some things"}"#,
            &["no article: 1 item without a field that holds a text"],
        );
        check(&"[".repeat(100_000), &["no article: 1 item not valid JSON"]);
        let nested = "[".repeat(100_000) + &"]".repeat(100_000);
        check(&nested, &["no article: 1 item not valid JSON"]);
    }

    proptest! {
        #[test]
        fn any_text_ends(json in r#"(\{|\}|\[|\]|"text"|"title"|:|,|"[a-z ]{0,40}"|[0-9]|\n){0,40}"#) {
            read("a", &json, NaiveDate::from_ymd_opt(2025, 10, 14).unwrap());
        }
    }
}

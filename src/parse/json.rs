//! JSON and JSON lines: dumps of crawlers and databases, ninjs, the answers of news services.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::columns::{Columns, Role};
use super::record::Record;
use super::{Parsed, cut_short, json_cut, ninjs, reject, surrogate};
use crate::article::{Article, Warning};
use crate::crawl::{Dump, Part, SkipReason, assignment, list_inside};

/// Reads the articles of the file at `path` that holds `text`, or of the `part` of one, on `today`.
///
/// Each article's path ends in `!/` and the number of its line, or of its place in the list, from 1; of several in one
/// item, the second and all later ones have their place in it behind that. A broken item is told and does not stop the
/// rest.
pub(super) fn read(path: &str, text: &str, part: Option<&Part>, columns: &Columns, today: NaiveDate) -> Parsed {
    let mended = surrogate::mended(text);
    let text = mended.as_ref();
    let text = &text[assignment(text.as_bytes())..];
    let item = part.map_or(0, |part| part.before);
    let (parsed, others) = (Parsed::default(), BTreeMap::new());
    let mut reader =
        Reader { path, today, columns, parsed, item, inside: 0, missing: 0, broken: 0, is_cut: false, others };
    match part.map(|part| part.dump) {
        Some(Dump::List) => reader.list(text),
        Some(_) => reader.lines(text),
        None => match serde_json::from_str::<&RawValue>(text) {
            Ok(whole) if whole.get().starts_with('[') => reader.list(&whole.get()[1..]),
            Ok(whole) => reader.whole(whole.get()),
            // A list that is cut short, or holds a broken member, is read member by member.
            Err(_) if text.trim_start().starts_with('[') => reader.list(&text.trim_start()[1..]),
            Err(error) if error.is_eof() && text.lines().nth(1).is_none() => reader.whole(text),
            // Objects that take several lines each.
            Err(_) if text.lines().next().is_some_and(|line| matches!(line.trim(), "{" | "")) => reader.list(text),
            Err(_) => reader.lines(text),
        },
    }
    let mut parsed = reader.finish();
    if matches!(mended, Cow::Owned(_)) {
        let has_some = |article: &Article| article.text.contains(char::REPLACEMENT_CHARACTER);
        for (_, warnings) in parsed.articles.iter_mut().filter(|(article, _)| has_some(article)) {
            warnings.push(Warning::new("halves of characters were replaced"));
        }
    }
    parsed
}

struct Reader<'a> {
    path: &'a str,
    today: NaiveDate,
    columns: &'a Columns,
    parsed: Parsed,
    /// Number of the item that is read.
    item: usize,
    /// How many articles of it were found.
    inside: usize,
    missing: usize,
    broken: usize,
    /// True where the file ends inside of an item of which too little is there.
    is_cut: bool,
    /// Items of ninjs that carry no article, by reason.
    others: BTreeMap<String, usize>,
}

impl Reader<'_> {
    /// Reads the members of a list, whose opening bracket does not stand in `json`.
    fn list(&mut self, json: &str) {
        self.items(Dump::List, json);
    }

    fn lines(&mut self, json: &str) {
        self.items(Dump::Lines, json);
    }

    fn items(&mut self, dump: Dump, json: &str) {
        let mut items = dump.items(json.as_bytes()).peekable();
        while let Some(item) = items.next() {
            let may_be_cut = items.peek().is_none() && !item.ends_with(b"\n");
            self.item(item, may_be_cut);
        }
    }

    /// Reads a file that is one object: an article, or a list of them with wrappers around it.
    fn whole(&mut self, json: &str) {
        match list_inside(json.as_bytes()) {
            Some(begin) if !self.is_article(json) => self.list(&json[begin..]),
            _ => self.item(json.as_bytes(), true),
        }
    }

    fn is_article(&self, json: &str) -> bool {
        let Ok(Value::Object(object)) = serde_json::from_str(json) else { return false };
        ninjs::is_item(&object) || Record::of_object(&object, self.columns).article(self.path, self.today).is_some()
    }

    /// Reads one item; of one that is cut short, what was whole before, and the beginning of its text.
    fn item(&mut self, json: &[u8], may_be_cut: bool) {
        self.item += 1;
        self.inside = 0;
        match serde_json::from_slice::<Value>(json) {
            Ok(value) => self.unwrap(&value, 0),
            Err(error) => {
                if let Some(value) = json_cut::completed(json).filter(|_| may_be_cut && error.is_eof()) {
                    self.cut_item(&value);
                } else {
                    self.broken += 1;
                    self.pass_over(BROKEN);
                }
            }
        }
    }

    fn cut_item(&mut self, value: &Value) {
        let (before, missing) = (self.parsed.articles.len(), self.missing);
        let passed_over = self.parsed.passed_over.len();
        self.unwrap(value, 0);
        if let Some((_, warnings)) = self.parsed.articles[before..].last_mut() {
            warnings.push(cut_short::warning("an item"));
        }
        // What it lacks may stand behind the cut.
        self.is_cut = self.missing > missing;
        self.missing = missing;
        self.parsed.passed_over.truncate(passed_over);
    }

    fn unwrap(&mut self, value: &Value, depth: usize) {
        match value {
            Value::Array(items) if depth < 5 => items.iter().for_each(|item| self.unwrap(item, depth + 1)),
            // Where the user named the columns, the object is what the user says.
            Value::Object(object) if ninjs::is_item(object) && self.columns.named(Role::Body).is_none() => {
                self.ninjs(object);
            }
            Value::Object(object) => {
                let record = Record::of_object(object, self.columns);
                record.meet(self.columns, &mut self.parsed.met);
                let inner = WRAPPERS
                    .iter()
                    .find_map(|name| object.get(*name))
                    .filter(|inner| inner.is_object() || inner.is_array());
                match (record.article(&self.next_path(), self.today), inner) {
                    (Some(article), _) => {
                        self.inside += 1;
                        if self.parsed.columns.is_empty() {
                            self.parsed.columns = record.mapping();
                        }
                        self.parsed.articles.push(article);
                    }
                    (None, Some(inner)) if depth < 5 => self.unwrap(inner, depth + 1),
                    _ => self.miss(),
                }
            }
            _ => self.miss(),
        }
    }

    fn miss(&mut self) {
        self.missing += 1;
        self.pass_over(MISSING);
    }

    fn pass_over(&mut self, flaw: &str) {
        let path = self.next_path();
        self.parsed.pass_over(path, flaw);
    }

    fn next_path(&self) -> String {
        match self.inside {
            0 => format!("{}!/{}", self.path, self.item),
            inside => format!("{}!/{}/{}", self.path, self.item, inside + 1),
        }
    }

    fn ninjs(&mut self, item: &Map<String, Value>) {
        match ninjs::article(item, &self.next_path(), self.today) {
            Ok(article) => {
                self.inside += 1;
                self.parsed.articles.push(article);
            }
            Err(reason) => {
                self.pass_over(&reason);
                *self.others.entry(reason).or_default() += 1;
            }
        }
    }

    fn finish(mut self) -> Parsed {
        let rejected = &mut self.parsed.rejected;
        reject(rejected, self.broken, "item", BROKEN);
        for (reason, count) in &self.others {
            reject(rejected, *count, "item", reason);
        }
        reject(rejected, self.missing, "item", MISSING);
        if self.is_cut {
            rejected.push(SkipReason::Damaged(cut_short::warning("an item").message));
        }
        self.parsed
    }
}

/// What an item is that gives no article.
const BROKEN: &str = "not valid JSON";
const MISSING: &str = "without a field that holds a text";

/// Keys that articles are wrapped in, of Elasticsearch, Solr, the Associated Press, the Guardian, GDELT, Telegram and others.
const WRAPPERS: &[&str] = &[
    "_source", "hits", "item", "data", "articles", "items", "response", "docs", "results", "posts", "news", "stories",
    "content", "article", "messages", "tweet",
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The articles, one a line, and what is rejected.
    fn check(json: &str, expect: &[&str]) {
        let today = NaiveDate::from_ymd_opt(2025, 10, 14).unwrap();
        let parsed = read("dump.json", json, None, &Columns::default(), today);
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
    fn a_text_in_several_parts_is_joined() {
        let check_text = |text: &str, expect: &str| {
            check(
                &format!(r#"{{"title": "River rises", "date": "2025-10-12", {text}}}"#),
                &[&format!("dump.json!/1: River rises | - | 2025-10-12 |  | {expect}")],
            );
        };
        let parts = "Hundreds of people left their homes.\n\n\"It rose,\" she said.";
        check_text(r#""text": ["Hundreds of people left their homes. ", " ", "\"It rose,\" she said."]"#, parts);
        check_text(
            r#""content": [{"text": "Hundreds of people left their homes."}, {"text": "\"It rose,\" she said."}]"#,
            parts,
        );
        check_text(r#""paragraphs": ["<p>Hundreds of people left their homes.</p>", "\"It rose,\" she said."]"#, parts);
        check_text(
            r#""body": {"blocks": [{"type": "paragraph", "data": {"text": "Hundreds of people left their homes."}},
                {"type": "paragraph", "data": {"text": "\"It rose,\" she said."}}]}"#,
            parts,
        );
        // A lead that a longer paragraph repeats is one of the paragraphs.
        check_text(
            r#""text": ["Hundreds of people", "Hundreds of people left their homes.", "left their homes"]"#,
            "Hundreds of people\n\nHundreds of people left their homes.\n\nleft their homes",
        );
        // What belongs to a picture, and figures, are no paragraphs.
        check_text(
            r#""content": [{"text": "Hundreds of people left their homes."}, {"type": "image", "data": {"name": "a.jpg"}},
                {"value": 1200}, 4711, {"text": "\"It rose,\" she said."}]"#,
            parts,
        );
        check_text(
            r#""body": 4711, "text": "Hundreds of people left their homes.""#,
            "Hundreds of people left their homes.",
        );
        // The same text twice is no two paragraphs.
        check_text(
            r#""body": [{"value": "<p>Hundreds of people left their homes.</p>"}, {"value": "Hundreds of people left their homes."}]"#,
            "Hundreds of people left their homes.",
        );
    }

    #[test]
    fn news_services_have_names_of_their_own() {
        check(
            &format!(
                r#"{{"response": {{"status": "ok", "results": [{{"id": "a", "webTitle": "River rises",
                "webPublicationDate": "2025-10-12T08:00:00Z", "webUrl": "https://www.theguardian.com/a",
                "fields": {{"headline": "River rises", "byline": "Jane Doe", "body": "<p>{BODY}</p><p>It fell.</p>"}}}}]}}}}"#
            ),
            &[&format!("dump.json!/1: River rises | The Guardian | 2025-10-12 | Jane Doe | {BODY}\n\nIt fell.")],
        );
        for field in [
            format!(r#""content_html": "<p>{BODY}</p>""#),
            format!(r#""content_text": "{BODY}""#),
            format!(r#""html": "<html><body><nav>Home</nav><p>{BODY}</p></body></html>""#),
            format!(r#""fields": {{"bodyText": "{BODY}"}}"#),
            format!(r#""plaintext": "{BODY}""#),
        ] {
            check(
                &format!(
                    r#"{{"version": "https://jsonfeed.org/version/1.1", "title": "Valley News", "items":
                    [{{"id": "1", "title": "River rises", "date_published": "2025-10-12T08:00:00Z", {field}}}]}}"#
                ),
                &[&format!("dump.json!/1: River rises | - | 2025-10-12 |  | {BODY}")],
            );
        }
    }

    #[test]
    fn a_headline_is_not_taken_for_the_text() {
        let item = |rest: &str| format!(r#"{{"title": "River rises", "date": "2025-10-12"{rest}}}"#);
        let refused = "no article: 1 item without a field that holds a text";
        check(&item(""), &[refused]);
        check(&item(&format!(r#", "words": "{BODY}""#)), &[refused]);
        // News in brief has the field, and nothing in it.
        check(&item(r#", "text": "" "#), &["dump.json!/1: River rises | - | 2025-10-12 |  | River rises"]);
    }

    #[test]
    fn messages_in_pieces_are_whole() {
        let json = r#"{"name": "River Watch", "type": "public_channel", "messages": [
            {"id": 1, "type": "service", "action": "create_channel", "text": ""},
            {"id": 2, "type": "message", "date": "2025-10-12T10:00:00", "from": "River Watch", "text": [
                {"type": "bold", "text": "The dam"}, " has held all night, and the ",
                {"type": "text_link", "text": "mayor", "href": "https://example.com"}, " is glad."]}]}"#;
        let today = NaiveDate::from_ymd_opt(2025, 10, 14).unwrap();
        let parsed = read("result.json", json, None, &Columns::default(), today);
        let told: Vec<_> = parsed.articles.iter().map(|(article, _)| (&*article.path, &*article.text)).collect();
        assert_eq!(told, [("result.json!/2", "The dam has held all night, and the mayor is glad.")]);
        let (article, _) = &parsed.articles[0];
        assert_eq!(article.date.as_ref().map(|date| date.value.day.to_string()).as_deref(), Some("2025-10-12"));
        assert_eq!(article.bylines.iter().map(|byline| &*byline.value).collect::<Vec<_>>(), ["River Watch"]);
    }

    #[test]
    fn parts_of_a_page_are_paragraphs() {
        let today = NaiveDate::from_ymd_opt(2025, 10, 14).unwrap();
        let text = |body: &str| {
            let json = format!(r#"{{"title": "Dam holds", "date": "2025-10-12", "body": {body}}}"#);
            let parsed = read("a.json", &json, None, &Columns::default(), today);
            parsed.articles.first().map(|(article, _)| article.text.clone())
        };
        let parts = r#"["Hundreds left their homes at once.", {"type": "paragraph", "text": "It rained again in Harrow."},
            {"type": "image", "text": "Photo: Jane Doe"}, {"type": "video", "text": "The mayor spoke to us today."}]"#;
        let expect = "Hundreds left their homes at once.\n\nIt rained again in Harrow.\n\nThe mayor spoke to us today.";
        assert_eq!(text(parts).as_deref(), Some(expect));
        let film = r#"{"type": "video", "text": "Hundreds left their homes at once."}"#;
        assert_eq!(text(film).as_deref(), Some("Hundreds left their homes at once."));
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

    #[test]
    fn what_is_cut_short_is_read_and_told() {
        let today = NaiveDate::from_ymd_opt(2025, 10, 14).unwrap();
        let warned = |json: &str| {
            let parsed = read("dump.json", json, None, &Columns::default(), today);
            let articles = parsed.articles.iter().map(|(article, warnings)| {
                let warnings: Vec<String> = warnings.iter().map(ToString::to_string).collect();
                format!("{} | {}", article.body(), warnings.join(", "))
            });
            articles.chain(parsed.rejected.iter().map(ToString::to_string)).collect::<Vec<_>>()
        };
        let item = |text: &str| format!(r#"{{"title": "One", "date": "2025-10-12", "text": "{text}"#);
        let (whole, half) = (item(BODY) + "\"}", item("Hundreds of people left their"));
        let warning = "cut short: the file ends in the middle of an item";
        let half_read = format!("Hundreds of people left their | {warning}");
        assert_eq!(warned(&half), [half_read.as_str()]);
        let both = [format!("{BODY} | "), half_read];
        for json in [
            format!("[{whole}, {half}"),
            format!("{whole}\n{half}"),
            format!(r#"{{"response": {{"results": [{whole}, {half}"#),
            format!("{{\n\"articles\": [\n{whole},\n{half}"),
        ] {
            assert_eq!(warned(&json), both, "{json}");
        }
        let told = format!("damaged: {warning}");
        assert_eq!(warned(&format!(r#"[{whole}, {{"title": "Tw"#)), [both[0].as_str(), told.as_str()]);
    }

    proptest! {
        #[test]
        fn any_text_ends(json in r#"(\{|\}|\[|\]|"text"|"title"|:|,|"[a-z ]{0,40}"|[0-9]|\n){0,40}"#) {
            read("a", &json, None, &Columns::default(), NaiveDate::from_ymd_opt(2025, 10, 14).unwrap());
        }
    }

    #[test]
    fn archives_of_posts_are_read() {
        use super::super::sample::check;
        let text = "The river rose in Harrow, and hundreds left their homes, the mayor said.";
        let item = format!(
            r#"{{"tweet" : {{"id_str" : "1", "created_at" : "Wed Oct 10 20:19:24 +0000 2018", "full_text" : "{text}", "lang" : "en"}}}}"#
        );
        let fields = |number: usize| format!("!/{number}: - | - | - | 2018-10-10T20:19:24+00:00 | - | - | en | -");
        check(
            "tweets.js",
            format!("window.YTD.tweets.part0 = [\n {item}, {item}\n]"),
            &[&fields(1), text, &fields(2), text],
        );
        // One of them only is a list, too.
        check("tweets.js", format!("window.YTD.tweets.part0 = [ {item} ]"), &[&fields(1), text]);
    }
}

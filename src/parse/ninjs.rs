//! ninjs 1 to 3 of the IPTC, and the items of agencies' media services, which are its dialects.

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::draft::Draft;
use super::{text, xml};
use crate::article::{Article, Warning};

/// True for an object with the version that every item of ninjs has, and with an identifier.
pub(super) fn is_item(object: &Map<String, Value>) -> bool {
    let has = |names: &[&str]| object.keys().any(|key| names.contains(&squeezed(key).as_str()));
    has(&["versioncreated", "pubstatus"]) && has(&["uri", "guid", "altids"])
}

/// The article at `path` that the item `object` is, or why it is none.
pub(super) fn article(
    object: &Map<String, Value>,
    path: &str,
    today: NaiveDate,
) -> Result<(Article, Vec<Warning>), String> {
    let item = Item(object);
    let kind = item.first("type").unwrap_or_default();
    if MEDIA.contains(&kind.as_str()) {
        return Err(format!("of type {kind}, not text"));
    }
    let headline = item.first("headline").or_else(|| item.main("headlines")).or_else(|| item.first("title"));
    let (story, warning) = item.story(headline.as_deref()).ok_or("without a text")?;
    let mut draft = Draft::new(path, story, today);
    draft.warnings.extend(warning.map(Warning::new));
    draft.see_path();
    if let Some(headline) = &headline {
        draft.see_headline_field(&xml::marked_up(headline));
    }
    item.fields(&mut draft);
    text::fields(&mut draft);
    // The text's own dateline is better evidence: this may be the city of the desk.
    for place in [item.inner("datelinelocation", "city"), item.first("located")].into_iter().flatten() {
        draft.see_place_field(&place);
    }
    Ok(draft.finish())
}

/// Kinds of items that carry no article.
const MEDIA: &[&str] = &[
    "animation",
    "audio",
    "component",
    "event",
    "graphic",
    "image",
    "package",
    "photo",
    "picture",
    "planning",
    "video",
];

/// An item; its keys are compared in small letters, without `_`, so that all three versions are one.
struct Item<'a>(&'a Map<String, Value>);

impl Item<'_> {
    fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(key, _)| squeezed(key) == name).map(|(_, value)| value)
    }

    /// The strings that stand under `name`.
    fn all(&self, name: &str) -> Vec<String> {
        match self.get(name) {
            Some(Value::Array(values)) => values.iter().filter_map(words).collect(),
            Some(value) => words(value).into_iter().collect(),
            None => Vec::new(),
        }
    }

    fn first(&self, name: &str) -> Option<String> {
        self.all(name).into_iter().next()
    }

    /// The member of the list `name` whose role is the main one; else the first.
    fn main(&self, name: &str) -> Option<String> {
        let Some(Value::Array(values)) = self.get(name) else { return None };
        let is_main = |value: &&Value| value.get("role").and_then(Value::as_str) == Some("main");
        values.iter().find(is_main).or(values.first()).and_then(words)
    }

    /// What stands under `inner` in the object `name`.
    fn inner(&self, name: &str, inner: &str) -> Option<String> {
        self.get(name)?.get(inner).and_then(words)
    }

    /// The running text, and what the reader must know of it: a service may send the text in a file of its own.
    fn story(&self, headline: Option<&str>) -> Option<(String, Option<&'static str>)> {
        let bodies = self.0.iter().filter(|(key, _)| is_body(&squeezed(key)));
        let bodies = bodies.flat_map(|(key, _)| self.all(&squeezed(key)));
        // Of the same text in several formats the longest is the whole one.
        let longest = bodies.map(|body| xml::marked_up(&body)).max_by_key(String::len).filter(|body| !body.is_empty());
        if let Some(body) = longest {
            return Some((body, None));
        }
        let summaries = [
            "headlineextended",
            "descriptiontext",
            "descriptionhtml",
            "descriptionsummary",
            "descriptions",
            "abstract",
        ];
        let summary = summaries.into_iter().flat_map(|name| self.all(name)).map(|summary| xml::marked_up(&summary));
        let summary = summary.max_by_key(String::len).filter(|summary| is_prose(summary));
        let only_summary = "only a summary: the item does not carry the text";
        let only_headline = "only a headline: the item does not carry the text";
        let brief = || headline.filter(|line| is_prose(line)).map(|line| (xml::marked_up(line), Some(only_headline)));
        summary.map(|summary| (summary, Some(only_summary))).or_else(brief)
    }

    fn fields(&self, draft: &mut Draft) {
        draft.see_created(self.first("firstcreated").as_deref(), self.first("versioncreated").as_deref());
        if let Some(date) = self.first("contentcreated") {
            draft.see_date_field(&date, 0.8);
        }
        for name in ["provider", "source"].into_iter().flat_map(|name| self.all(name)) {
            draft.see_outlet_field(&name);
        }
        for name in ["infosource", "infosources", "copyrightholder"].into_iter().flat_map(|name| self.all(name)) {
            draft.see_source_field(&name);
        }
        let bylines = ["byline", "bylines", "by", "authors"].into_iter().map(|name| self.all(name));
        for name in bylines.into_iter().find(|names| !names.is_empty()).unwrap_or_default() {
            draft.see_byline_field(&name);
        }
        if let Some(tag) = self.first("language") {
            draft.see_language_field(&tag);
        }
        // The addresses of media services carry keys of the request: their own identifier has none.
        let guid = self.inner("altids", "itemid").or_else(|| self.first("guid")).or_else(|| self.first("uri"));
        if let Some(guid) = guid {
            draft.see_guid(&guid);
        }
        if let Some(number) = self.first("version") {
            draft.see_revision(&number);
        }
        if let Some(status) = self.first("pubstatus") {
            draft.see_status(&status);
        }
        if let Some(until) = self.first("embargoed") {
            draft.see_embargo(&until);
        }
    }
}

/// True for "`body_text`", "`body_html`", "`bodies`" and their like.
fn is_body(key: &str) -> bool {
    matches!(key, "body" | "bodies" | "bodytext" | "bodyhtml" | "bodyhtml5" | "bodyxhtml" | "bodysanitised")
}

/// True for a text of some words, or of some letters of a script that writes no spaces.
fn is_prose(text: &str) -> bool {
    text.split_whitespace().nth(4).is_some()
        || text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).nth(9).is_some()
}

/// A key in small letters, without what only some versions have between its words.
fn squeezed(key: &str) -> String {
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The string that `value` is, or that stands in it under one of the keys that ninjs has for it.
fn words(value: &Value) -> Option<String> {
    let told = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Object(object) => {
            let inner =
                ["value", "by", "name", "literal", "itemid"].into_iter().find_map(|key| object.get(key)?.as_str());
            inner?.trim().to_owned()
        }
        _ => return None,
    };
    (!told.is_empty()).then_some(told)
}

#[cfg(test)]
mod tests {
    use super::super::sample::check;

    const FIELDS: &str = "River rises | Northwire | - | 2025-03-07T08:30:00+01:00 | Jane Doe | Orrin | en | urn:n:7";

    #[test]
    fn the_three_versions_are_one() {
        for item in [
            r#"{"uri":"urn:n:7","version":"2","type":"text","versioncreated":"2025-03-07T10:00:00Z","firstcreated":"2025-03-07T08:30:00+01:00",
                "headline":"River rises","byline":"By Jane Doe","located":"Orrin","provider":"Northwire","language":"en-GB",
                "body_text":"It rose.","body_xhtml":"<p>It rose.</p><p>It fell.</p>"}"#,
            r#"{"uri":"urn:n:7","version":"2","type":"text","versioncreated":"2025-03-07T10:00:00Z","firstcreated":"2025-03-07T08:30:00+01:00",
                "headlines":[{"role":"sub","value":"Again"},{"role":"main","value":"River rises"}],"by":"Jane Doe","located":"Orrin",
                "infosources":[{"name":"Northwire"}],"language":"en","bodies":[{"contenttype":"text/html","value":"<p>It rose.</p><p>It fell.</p>"}]}"#,
            r#"{"uri":"urn:n:7","version":"2","type":"text","versionCreated":"2025-03-07T10:00:00Z","firstCreated":"2025-03-07T08:30:00+01:00",
                "headlines":[{"value":"River rises"}],"by":"Jane Doe","located":"Orrin","copyrightHolder":"Northwire",
                "language":"en","bodies":[{"contentType":"text/plain","value":"It rose.\n\nIt fell."}]}"#,
        ] {
            check("a.json", item, &[&format!("!/1: {FIELDS} 2"), "It rose.\n\nIt fell."]);
        }
    }

    #[test]
    fn a_text_in_a_file_of_its_own_leaves_a_summary() {
        let item = |rest: &str| {
            format!(
                r#"{{"data":{{"item":{{"altids":{{"itemid":"abc"}},"uri":"https://a.example/?k=1","version":3,"versioncreated":"2025-03-07","provider":"Northwire",{rest}}}}}}}"#
            )
        };
        let fields = "Snow falls in the north of the valley | Northwire | - | 2025-03-07 | - | - | en | abc 3";
        let summary = item(
            r#""type":"text","headline":"Snow falls in the north of the valley","headline_extended":"Three ploughs went out on Friday.","language":"en""#,
        );
        check(
            "a.json",
            summary,
            &[
                &format!("!/1: {fields}"),
                "Three ploughs went out on Friday.",
                "warning: only a summary: the item does not carry the text",
            ],
        );
        let headline = item(
            r#""type":"text","headline":"Snow falls in the north of the valley","language":"en","pubstatus":"withheld""#,
        );
        check(
            "a.json",
            headline,
            &[
                &format!("!/1: {fields}"),
                "Snow falls in the north of the valley",
                "warning: only a headline: the item does not carry the text",
                "warning: its status is withheld",
            ],
        );
        check(
            "a.json",
            item(r#""type":"picture","headline":"Snow""#),
            &["no article: 1 item of type picture, not text"],
        );
    }
}

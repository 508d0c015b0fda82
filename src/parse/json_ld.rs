//! What a page tells search engines of itself in JSON (schema.org as JSON-LD).

use serde_json::{Map, Value};

/// An article's fields in JSON-LD.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Linked {
    pub(super) headline: Option<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) language: Option<String>,
    pub(super) story: Option<String>,
}

/// Reads the scripts of one page: the object that is most of an article, with what it refers to by `@id`.
pub(super) fn read(scripts: &[&str]) -> Linked {
    let values: Vec<Value> = scripts.iter().filter_map(|script| parse(script)).collect();
    let mut objects = Vec::new();
    for value in &values {
        collect(value, &mut objects, 0);
    }
    let best = objects.iter().filter_map(|object| Some((rank(object)?, *object))).min_by_key(|(rank, _)| *rank);
    best.map_or_else(Linked::default, |(_, article)| fields(article, &objects))
}

/// The JSON in `script`, with the dress that pages put around it taken off.
fn parse(script: &str) -> Option<Value> {
    let bare =
        script.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
    let bare = bare
        .trim()
        .trim_end_matches("-->")
        .trim_end_matches("//]]>")
        .trim_end_matches("]]>")
        .trim()
        .trim_end_matches(';');
    serde_json::from_str(bare).ok().or_else(|| {
        // Line breaks inside strings are the commonest fault.
        let spaced: String = bare.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&spaced).ok()
    })
}

/// Objects deep enough to hold an article and all that it refers to.
const DEPTH: usize = 6;

fn collect<'a>(value: &'a Value, objects: &mut Vec<&'a Map<String, Value>>, depth: usize) {
    match value {
        Value::Array(items) if depth < DEPTH => items.iter().for_each(|item| collect(item, objects, depth + 1)),
        Value::Object(object) if depth < DEPTH && objects.len() < 2000 => {
            objects.push(object);
            object.values().for_each(|inner| collect(inner, objects, depth + 1));
        }
        _ => {}
    }
}

/// How little `object` is an article; `None` where it is none.
fn rank(object: &Map<String, Value>) -> Option<u32> {
    let kinds = strings(object.get("@type"));
    let is = |word: &str| kinds.iter().any(|kind| kind.contains(word));
    let told = object.contains_key("headline") || object.contains_key("datePublished");
    match () {
        () if !told => None,
        () if is("NewsArticle") || is("Reportage") => Some(0),
        () if is("Article") || is("BlogPosting") || is("Report") || is("Review") => Some(1),
        () if is("WebPage") || is("VideoObject") => Some(3),
        () => Some(if object.contains_key("headline") { 2 } else { 4 }),
    }
}

fn fields(article: &Map<String, Value>, objects: &[&Map<String, Value>]) -> Linked {
    let text = |key: &str| strings(article.get(key)).into_iter().next();
    let named = |key: &str| article.get(key).map(|value| names(value, objects, 0)).unwrap_or_default();
    Linked {
        headline: text("headline"),
        published: text("datePublished").or_else(|| text("dateCreated")),
        modified: text("dateModified"),
        publisher: named("publisher").into_iter().next(),
        authors: named("author"),
        language: text("inLanguage"),
        story: text("articleBody"),
    }
}

/// The names of persons or organisations: strings, objects with a name, lists of them, references to them.
fn names(value: &Value, objects: &[&Map<String, Value>], depth: usize) -> Vec<String> {
    match value {
        Value::String(name) => vec![name.trim().to_owned()],
        Value::Array(items) if depth < 2 => items.iter().flat_map(|item| names(item, objects, depth + 1)).collect(),
        Value::Object(object) => match (object.get("name"), object.get("@id")) {
            (Some(name), _) => strings(Some(name)),
            (None, Some(id)) => {
                let target = objects.iter().find(|other| other.get("@id") == Some(id) && other.contains_key("name"));
                target.map(|target| strings(target.get("name"))).unwrap_or_default()
            }
            (None, None) => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// The strings in `value`: itself, those of a list, or the value of a language-tagged one.
fn strings(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) if !text.trim().is_empty() => vec![text.trim().to_owned()],
        Some(Value::Array(items)) => {
            items.iter().filter_map(Value::as_str).map(|text| text.trim().to_owned()).collect()
        }
        Some(Value::Object(object)) => {
            let inner = ["@value", "name"].iter().find_map(|key| object.get(*key)).and_then(Value::as_str);
            inner.map(|text| vec![text.trim().to_owned()]).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_found_among_other_objects() {
        let script = r##"<!-- {"@graph": [
            {"@type": "WebSite", "name": "A site"},
            {"@id": "#paper", "@type": "Organization", "name": "Valley Times"},
            {"@type": ["NewsArticle"], "headline": "River
rises", "datePublished": "2025-10-12", "publisher": {"@id": "#paper"}, "author": [{"name": "Jane Doe"}, "Ann Roe"]}
        ]} -->;"##;
        let linked = read(&[script.trim_end_matches(';')]);
        assert_eq!(linked.headline.as_deref(), Some("River rises"));
        assert_eq!(linked.publisher.as_deref(), Some("Valley Times"));
        assert_eq!(linked.authors, ["Jane Doe", "Ann Roe"]);
        assert_eq!(linked.published.as_deref(), Some("2025-10-12"));
    }

    #[test]
    fn broken_json_tells_nothing() {
        assert_eq!(read(&["{", "[]", "7", &"[".repeat(100_000)]), Linked::default());
    }
}

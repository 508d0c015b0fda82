//! XML of no vocabulary that is known: elements whose parts have the names that dumps use are read as records.

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::columns::Columns;
use super::markup::{self, BLOCKS};
use super::record::Record;
use super::xml::{self, Node};
use super::{Parsed, reject};

/// Reads the articles of the file at `path` whose root is `root`, on `today`. Where there are several, each one's path
/// ends in `!/` and its number.
pub(super) fn read(path: &str, root: Node<'_, '_>, columns: &Columns, today: NaiveDate) -> Parsed {
    let mut parsed = Parsed::default();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        let object = parts(node);
        let number = parsed.articles.len() + 1;
        let record = Record::of_object(&object, columns);
        record.meet(columns, &mut parsed.met);
        match record.article(&format!("{path}!/{number}"), today) {
            Some(article) => parsed.articles.push(article),
            None => open.extend(node.children().filter(Node::is_element).collect::<Vec<_>>().into_iter().rev()),
        }
    }
    if let [(article, _)] = parsed.articles.as_mut_slice() {
        path.clone_into(&mut article.path);
    }
    if parsed.articles.is_empty() {
        reject(&mut parsed.rejected, 1, "XML file", "without elements that are named like the parts of an article");
    }
    parsed
}

/// The children of `node` that hold text or marked-up text, by name.
fn parts(node: Node<'_, '_>) -> Map<String, Value> {
    let children = node.children().filter(|child| child.is_element() && is_text(*child));
    let parts = children.map(|child| (child.tag_name().name().to_owned(), Value::String(xml::content(child))));
    parts.filter(|(_, value)| value.as_str() != Some("")).collect()
}

/// Elements of marked-up text that are no blocks.
const INLINE: &[&str] = &["a", "b", "em", "i", "span", "strong", "sub", "sup", "u"];

/// True for an element without elements in it, or with those of HTML.
fn is_text(node: Node<'_, '_>) -> bool {
    let inner = node.descendants().skip(1).find(Node::is_element);
    inner.is_none_or(|inner| {
        let name = inner.tag_name().name();
        markup::is_one_of(name, BLOCKS) || markup::is_one_of(name, INLINE)
    })
}

#[cfg(test)]
mod tests {
    use super::super::sample::check;

    const STORY: &str = "<headline>River rises</headline><PublishDate>2025-10-12T08:00:00</PublishDate><byLine>Jane Doe</byLine>\
        <content>&lt;p&gt;Hundreds of people left&lt;/p&gt;&lt;p&gt;their homes.&lt;/p&gt;</content>";

    const FIELDS: &str = "River rises | - | - | 2025-10-12 | Jane Doe | - | en | -";

    #[test]
    fn parts_are_known_by_their_names() {
        let expect = [FIELDS, "Hundreds of people left\n\ntheir homes."];
        check("a.xml", format!("<?xml version='1.0'?><valley>{STORY}</valley>"), &expect);
        check("a.xml", format!("<?xml version='1.0'?><dump><meta/><list><item>{STORY}</item></list></dump>"), &expect);
        let inner = STORY.replace("&lt;", "<").replace("&gt;", ">").replace("content", "body");
        check("a.xml", format!("<?xml version='1.0'?><valley>{inner}</valley>"), &expect);
    }

    #[test]
    fn several_are_numbered_and_other_files_told() {
        let two = format!("<?xml version='1.0'?><list><item>{STORY}</item><item>{STORY}</item></list>");
        let body = "Hundreds of people left\n\ntheir homes.";
        check("a.xml", two, &[&format!("!/1: {FIELDS}"), body, &format!("!/2: {FIELDS}"), body]);
        let reason = "no article: 1 XML file without elements that are named like the parts of an article";
        check("a.xml", "<?xml version='1.0'?><weather><wind>4</wind></weather>", &[reason]);
    }
}

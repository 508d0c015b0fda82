//! `NewsML`-G2 of the IPTC: one item, or a message that carries several.

use chrono::NaiveDate;

use super::draft::Draft;
use super::xml::{self, Node};
use super::{Parsed, nitf, text};
use crate::article::{Article, Warning};
use crate::crawl::SkipReason;

/// Reads the news items of the file at `path` whose root is `root`, on `today`. Where there are several texts, each
/// one's path ends in `!/` and its place among the items.
pub(super) fn read(path: &str, root: Node<'_, '_>, today: NaiveDate) -> Parsed {
    let items: Vec<Node<'_, '_>> =
        root.descendants().filter(|node| ITEMS.iter().any(|name| xml::is(*node, name))).collect();
    let mut parsed = Parsed::default();
    for (at, item) in items.iter().enumerate() {
        let place = if items.len() == 1 { path.to_owned() } else { format!("{path}!/{}", at + 1) };
        match article(&place, *item, today) {
            Ok(article) => parsed.articles.push(article),
            Err(reason) => parsed.rejected.push(SkipReason::NoArticle(reason)),
        }
    }
    if items.is_empty() {
        parsed.rejected.push(SkipReason::NoArticle("NewsML-G2 without an item".into()));
    }
    merge(&mut parsed.rejected);
    parsed
}

/// Elements that carry news or what goes with it.
const ITEMS: &[&str] = &["newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem"];

/// Says the same reason once, with its number of items.
fn merge(reasons: &mut Vec<SkipReason>) {
    let mut counted: Vec<(SkipReason, usize)> = Vec::new();
    for reason in reasons.drain(..) {
        match counted.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, count)) => *count += 1,
            None => counted.push((reason, 1)),
        }
    }
    reasons.extend(counted.into_iter().map(|(reason, count)| match reason {
        SkipReason::NoArticle(what) if count > 1 => SkipReason::NoArticle(format!("{what} ({count} of them)")),
        other => other,
    }));
}

/// The article of `item`, or why it has none.
fn article(path: &str, item: Node<'_, '_>, today: NaiveDate) -> Result<(Article, Vec<Warning>), String> {
    if !xml::is(item, "newsItem") {
        return Err(format!("a {}, not a text", item.tag_name().name()));
    }
    let class = code(xml::first(item, "itemMeta/itemClass"));
    if !matches!(class, "" | "text" | "composite") {
        return Err(format!("an item of class {class}, not a text"));
    }
    let (story, nitf) = story(item);
    let summary = || xml::all(item, "contentMeta/description").into_iter().map(xml::story).find(|text| is_prose(text));
    let (story, is_summary) = match story {
        story if story.is_empty() => (summary().ok_or("an item without a text")?, true),
        story => (story, false),
    };
    let mut draft = Draft::new(path, story, today);
    if is_summary {
        draft.warnings.push(Warning::new("only a summary: the item does not carry the text"));
    }
    draft.see_path();
    meta(&mut draft, item);
    content_meta(&mut draft, item);
    if let Some(nitf) = nitf {
        nitf::fields(&mut draft, nitf);
    }
    if let Some(tag) = xml::attribute(item, "lang") {
        draft.see_language_field(tag);
    }
    text::fields(&mut draft);
    // The text's own dateline is better evidence: this may be the city of the desk.
    let located = xml::all(item, "contentMeta/located").into_iter().filter_map(name);
    located.for_each(|place| draft.see_place_field(&place));
    Ok(draft.finish())
}

/// True for a text of some words.
fn is_prose(text: &str) -> bool {
    text.split_whitespace().nth(7).is_some()
}

/// The running text of `item`, and the NITF that it stands in.
fn story<'a, 'i>(item: Node<'a, 'i>) -> (String, Option<Node<'a, 'i>>) {
    let held = xml::all(item, "contentSet/*").into_iter();
    let held = held.filter(|node| xml::is(*node, "inlineXML") || xml::is(*node, "inlineData"));
    let texts = held.map(|node| (xml::content(node), xml::below(node, "nitf")));
    texts.into_iter().find(|(text, _)| !text.is_empty()).unwrap_or_default()
}

/// What stands behind the scheme in a code ("stat:usable").
fn code<'a>(node: Option<Node<'a, '_>>) -> &'a str {
    let told = node.and_then(|node| xml::attribute(node, "qcode").or_else(|| xml::attribute(node, "uri")));
    told.map_or("", |told| told.rsplit([':', '/']).next().unwrap_or(told))
}

/// The name of a party or place: its element `name`, else its literal.
fn name(node: Node<'_, '_>) -> Option<String> {
    xml::value(node, "name").or_else(|| xml::attribute(node, "literal").map(str::to_owned))
}

/// Takes what `itemMeta` says: of the item as a whole.
fn meta(draft: &mut Draft, item: Node<'_, '_>) {
    let value = |path: &str| xml::value(item, path);
    let first = value("itemMeta/firstCreated");
    let version = value("itemMeta/versionCreated");
    draft.see_created(first.as_deref(), version.as_deref());
    if let Some(date) = value("contentMeta/contentCreated") {
        draft.see_date_field(&date, 0.8);
    }
    if let Some(date) = value("itemMeta/embargoed") {
        draft.see_embargo(&date);
    }
    draft.see_status(code(xml::first(item, "itemMeta/pubStatus")));
    if let Some(guid) = xml::attribute(item, "guid") {
        draft.see_guid(guid);
    }
    if let Some(number) = xml::attribute(item, "version") {
        draft.see_revision(number);
    }
    for provider in xml::all(item, "itemMeta/provider") {
        draft.see_outlet_code(code(Some(provider)));
        if let Some(name) = name(provider) {
            draft.see_outlet_field(&name);
        }
    }
    for holder in xml::all(item, "rightsInfo/copyrightHolder") {
        if let Some(name) = name(holder) {
            draft.see_source_field(&name);
        }
    }
}

/// Takes what `contentMeta` says: of the story.
fn content_meta(draft: &mut Draft, item: Node<'_, '_>) {
    let all = |name: &str| xml::all(item, &format!("contentMeta/{name}"));
    let is_main =
        |node: &Node<'_, '_>| !xml::attribute(*node, "role").is_some_and(|role| role.to_lowercase().contains("sub"));
    all("headline").into_iter().filter(is_main).for_each(|line| draft.see_headline_field(&xml::words(line)));
    for by in all("by") {
        draft.see_printed_byline(&xml::words(by));
    }
    // Agencies and desks are creators too, and editors sign with their initials.
    let people = all("creator").into_iter().filter_map(name).filter(|name| name.contains(' '));
    let people: Vec<String> = if draft.article.bylines.is_empty() { people.collect() } else { Vec::new() };
    for name in &people {
        draft.see_printed_byline(name);
    }
    for line in all("dateline") {
        let line = xml::words(line);
        draft.see_dateline_field(&line);
        draft.see_place_field(&line);
    }
    for source in all("infoSource").into_iter().filter_map(name).chain(all("creditline").into_iter().map(xml::words)) {
        draft.see_source_field(&source);
    }
    let language = all("language").into_iter().find_map(|language| xml::attribute(language, "tag"));
    if let Some(tag) = language {
        draft.see_language_field(tag);
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::check;

    fn item(class: &str, content: &str) -> String {
        format!(
            "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='urn:newsml:valley.example:riv' version='4' xml:lang='de'>\
             <itemMeta><itemClass qcode='ninat:{class}'/><provider qcode='nprov:dpa'><name>dpa GmbH</name></provider>\
             <versionCreated>2022-10-12T11:14:42+02:00</versionCreated><firstCreated>2022-10-11T23:30:00+02:00</firstCreated>\
             <embargoed>2022-10-11T12:00:00Z</embargoed><pubStatus qcode='stat:usable'/></itemMeta><contentMeta>\
             <headline role='hld:subHeadline'>Second line</headline><headline>River rises</headline>\
             <by>Von Jan Muster</by><located literal='Northtown, Valley'/><language tag='en-GB'/></contentMeta>\
             <contentSet>{content}</contentSet></newsItem>"
        )
    }

    const FIELDS: &str = "River rises | dpa | - | 2022-10-11T23:30:00+02:00 | Jan Muster | Northtown | en | urn:newsml:valley.example:riv 4";

    #[test]
    fn a_text_in_any_dress() {
        for content in [
            "<inlineXML><html xmlns='http://www.w3.org/1999/xhtml'><head><title>x</title></head><body><p>The river rose.</p><p>It fell.</p></body></html></inlineXML>",
            "<inlineXML><nitf><body><body.content><p>The river rose.</p><p>It fell.</p></body.content></body></nitf></inlineXML>",
            "<inlineData contenttype='text/html'><![CDATA[<p>The river rose.</p><p>It fell.</p>]]></inlineData>",
            "<inlineData contenttype='text/plain'>The river rose.\n\nIt fell.</inlineData>",
        ] {
            check("a.xml", item("text", content), &[FIELDS, "The river rose.\n\nIt fell."]);
        }
    }

    #[test]
    fn a_message_carries_several_items() {
        let text = item("text", "<inlineData>The river rose.</inlineData>");
        let items = [text.clone(), item("picture", ""), item("picture", ""), text, "<packageItem/>".into()].concat();
        let message = format!("<newsMessage><itemSet>{items}</itemSet></newsMessage>");
        check(
            "a.xml",
            message,
            &[
                &format!("!/1: {FIELDS}"),
                "The river rose.",
                &format!("!/4: {FIELDS}"),
                "The river rose.",
                "no article: an item of class picture, not a text (2 of them)",
                "no article: a packageItem, not a text",
            ],
        );
    }

    #[test]
    fn what_has_no_text_is_told() {
        check("a.xml", item("text", ""), &["no article: an item without a text"]);
        check("a.xml", "<newsMessage><itemSet/></newsMessage>", &["no article: NewsML-G2 without an item"]);
        let summary = "</contentSet><contentMeta><description>Rain fell for three days and the river rose.</description></contentMeta><contentSet>";
        let expect = [
            FIELDS,
            "Rain fell for three days and the river rose.",
            "warning: only a summary: the item does not carry the text",
        ];
        check("a.xml", item("text", summary), &expect);
        let held = item("text", "<inlineData>The river rose.</inlineData>").replace("stat:usable", "stat:withheld");
        check("a.xml", held, &[FIELDS, "The river rose.", "warning: its status is withheld"]);
    }
}

//! NITF, the News Industry Text Format of the IPTC: one article in a file, or inside an item of `NewsML`.

use chrono::NaiveDate;

use super::draft::Draft;
use super::xml::{self, Node};
use super::{Parsed, text};
use crate::crawl::SkipReason;

/// Reads the article of the file at `path` whose element `nitf` is `root`, on `today`.
pub(super) fn read(path: &str, root: Node<'_, '_>, today: NaiveDate) -> Parsed {
    let Some(story) = story(root) else {
        return Parsed::none(SkipReason::NoArticle("NITF without a text".into()));
    };
    let mut draft = Draft::new(path, story, today);
    draft.see_path();
    fields(&mut draft, root);
    text::fields(&mut draft);
    Parsed::one(draft.finish())
}

/// The running text of `nitf`; its abstract where the body is empty.
pub(super) fn story(nitf: Node<'_, '_>) -> Option<String> {
    let content = xml::first(nitf, "body/body.content").or_else(|| xml::below(nitf, "body.content"));
    let summary = || xml::first(nitf, "body/body.head/abstract");
    let told = content.map(xml::story).filter(|story| !story.is_empty());
    told.or_else(|| summary().map(xml::story)).filter(|story| !story.is_empty())
}

/// Takes what `nitf` says of its article.
pub(super) fn fields(draft: &mut Draft, nitf: Node<'_, '_>) {
    let value = |path: &str| xml::value(nitf, path);
    let told = |path: &str, name: &str| xml::all(nitf, path).into_iter().find_map(|node| xml::attribute(node, name));
    for headline in ["body/body.head/hedline/hl1", "body/body.head/hedline", "head/title"] {
        if let Some(headline) = value(headline) {
            draft.see_headline_field(&headline);
        }
    }
    dates(draft, nitf);
    byline(draft, nitf);
    dateline(draft, nitf);
    let distributor = value("body/body.head/distributor/org").or_else(|| value("body/body.head/distributor"));
    if let Some(name) = distributor {
        draft.see_outlet_field(&name);
    }
    let others = [
        told("head/docdata/doc-id", "regsrc"),
        told("head/docdata/doc.copyright", "holder"),
        told("head/docdata/del-list/from-src", "src-name"),
        told("head/docdata/doc.rights", "owner"),
    ];
    others.into_iter().flatten().for_each(|name| draft.see_outlet_field(name));
    if let Some(tag) = xml::attribute(nitf, "baselang") {
        draft.see_language_field(tag);
    }
    if let Some(guid) = told("head/docdata/doc-id", "id-string") {
        draft.see_guid(guid);
    }
    if let Some(number) = told("head/docdata/du-key", "version") {
        draft.see_revision(number);
    }
    if let Some(status) = told("head/docdata", "management-status") {
        draft.see_status(status);
    }
}

fn dates(draft: &mut Draft, nitf: Node<'_, '_>) {
    let places = [
        ("head/docdata/date.issue", "norm", 1.0),
        ("head/pubdata", "date.publication", 0.95),
        ("head/docdata/date.release", "norm", 0.9),
        ("body/body.head/dateline/story.date", "norm", 0.8),
    ];
    for (path, name, confidence) in places {
        if let Some(date) = xml::first(nitf, path).and_then(|node| xml::attribute(node, name)) {
            draft.see_date_field(date, confidence);
        }
    }
}

/// Takes the writers. An agency's desk marks ("gr/bp") and a subtitle in their place are none.
fn byline(draft: &mut Draft, nitf: Node<'_, '_>) {
    if !draft.article.bylines.is_empty() {
        return;
    }
    for byline in xml::all(nitf, "body/body.head/byline") {
        let people: Vec<String> = xml::all(byline, "person").into_iter().map(xml::words).collect();
        if people.is_empty() {
            draft.see_printed_byline(&own_words(byline, "byttl"));
        }
        for name in &people {
            draft.see_printed_byline(name);
        }
    }
}

/// The words of `node` without those in its elements called `left_out`.
fn own_words(node: Node<'_, '_>, left_out: &str) -> String {
    let parts = node.children().filter(|child| !xml::is(*child, left_out));
    parts.map(xml::words).filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ")
}

fn dateline(draft: &mut Draft, nitf: Node<'_, '_>) {
    let Some(line) = xml::first(nitf, "body/body.head/dateline") else { return };
    let place = xml::value(line, "location/city").or_else(|| xml::value(line, "location"));
    // The date in the line has its own field; what is left of the line is the place.
    let place = place.unwrap_or_else(|| own_words(line, "story.date"));
    draft.see_place_field(&place);
}

#[cfg(test)]
mod tests {
    use super::super::sample::check;

    const HEAD: &str = "<head><title>River rises</title><docdata management-status='usable'><doc-id id-string='riv.1' \
        regsrc='RVA'/><date.issue norm='20140829T135002-0500'/><du-key key='river' version='3'/>\
        <doc.copyright holder='Valley News Agency'/></docdata></head>";

    fn nitf(attributes: &str, head: &str, body_head: &str, content: &str) -> String {
        format!(
            "<?xml version='1.0'?><!DOCTYPE nitf SYSTEM 'nitf.dtd'><nitf {attributes}>{head}<body><body.head>{body_head}\
             </body.head><body.content>{content}</body.content></body></nitf>"
        )
    }

    #[test]
    fn fields_of_an_article() {
        let body_head = "<hedline><hl1>River rises again</hl1><hl2>Second time</hl2></hedline>\
            <byline>By JANE DOE<byttl>VNA Writer</byttl></byline><distributor>The Associated Press</distributor>\
            <dateline><location>NORTHTOWN</location><story.date norm='20140829'>Aug 29</story.date></dateline>";
        let content = "<block><p>The river   rose.</p><p>People left&nbsp;their homes.</p></block>";
        let expect = "River rises again | Associated Press | - | 2014-08-29T13:50:02-05:00 | Jane Doe | Northtown | en | riv.1 3";
        for attributes in ["baselang='en-US'", "baselang='en-US' xmlns='http://iptc.org/std/NITF/2006-10-18/'"] {
            let xml = nitf(attributes, HEAD, body_head, content);
            check("a.xml", &xml, &[expect, "The river rose.\n\nPeople left\u{a0}their homes."]);
        }
    }

    #[test]
    fn what_is_missing_is_looked_for_elsewhere() {
        let body_head = "<byline>gr/bp</byline><abstract><p>The river rose in the north.</p></abstract>";
        let expect = "River rises | RVA | - | 2014-08-29T13:50:02-05:00 | - | - | en | riv.1 3";
        check("a.xml", nitf("", HEAD, body_head, ""), &[expect, "The river rose in the north."]);
        check("a.xml", nitf("", HEAD, "", ""), &["no article: NITF without a text"]);
    }

    #[test]
    fn a_status_is_a_warning() {
        let head = HEAD.replace("usable", "embargoed");
        let expect = [
            "River rises | RVA | - | 2014-08-29T13:50:02-05:00 | - | - | - | riv.1 3",
            "The river rose.",
            "warning: its status is embargoed",
        ];
        check("a.xml", nitf("", &head, "", "<p>The river rose.</p>"), &expect);
    }
}

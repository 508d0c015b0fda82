//! XML as a tree: made from what wires really send, with names compared without their namespaces.

use std::borrow::Cow;

use roxmltree::{Document, Error, ParsingOptions};

use super::markup::{self, BLOCKS, Lines};
use super::{Parsed, clip, nitf, paragraphs};
use crate::crawl::SkipReason;

pub(super) use roxmltree::Node;

/// Elements that may lie inside one another: no wire comes near it, and a tree of 20,000 is an attack.
const DEPTH: usize = 500;

/// Attributes of one element: the reader of XML compares each with each.
const ATTRIBUTES: usize = 256;

/// Nodes of one tree: about 64 bytes each.
const NODES: u32 = 4_000_000;

/// Hands the root of `xml` to `read`; a file that is no XML is rejected with the reason.
///
/// Declarations of document types are passed over, and with them every entity that they define: nothing expands. Named
/// characters of HTML, control characters and stray ampersands are mended where the file needs it.
pub(super) fn with_root(xml: &str, read: impl FnOnce(Node<'_, '_>) -> Parsed) -> Parsed {
    let bare = without_doctype(without_declaration(xml));
    if let Some(reason) = attack(&bare) {
        return Parsed::none(SkipReason::NoArticle(reason));
    }
    let options = || ParsingOptions { allow_dtd: false, nodes_limit: NODES, ..ParsingOptions::default() };
    if let Ok(tree) = Document::parse_with_options(&bare, options()) {
        return read(tree.root_element());
    }
    let mended = declared(mended(&bare));
    match Document::parse_with_options(&mended, options()) {
        Ok(tree) => read(tree.root_element()),
        Err(error) => Parsed::none(SkipReason::NoArticle(format!("broken XML: {error}"))),
    }
}

/// `xml` from behind its declaration, which says nothing of text that is decoded already. Some files have a comment or
/// an empty line above it.
fn without_declaration(xml: &str) -> &str {
    let head = clip::head(xml, 4096);
    let opens = |text: &str| text.as_bytes().windows(2).any(|pair| pair[0] == b'<' && pair[1].is_ascii_alphabetic());
    // Inside of an element it is the text of somebody who writes on XML.
    let begin = head.find("<?xml ").filter(|&begin| !opens(&head[..begin]));
    let end = begin.and_then(|begin| Some(begin + head[begin..].find("?>")? + 2));
    let rest = &xml[end.unwrap_or(0)..];
    rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
}

/// How many prefixes are declared that a file forgot.
const PREFIXES: usize = 16;

/// `xml` with the prefixes declared in its root that it uses and does not declare.
fn declared(mut xml: String) -> String {
    for _ in 0..PREFIXES {
        let options = ParsingOptions { nodes_limit: NODES, ..ParsingOptions::default() };
        let Err(Error::UnknownNamespace(prefix, _)) = Document::parse_with_options(&xml, options) else { break };
        let Some(root) = root(&xml) else { break };
        xml.insert_str(root, &format!(" xmlns:{prefix}=\"{prefix}\""));
    }
    xml
}

/// Where the name of the root element of `xml` ends.
fn root(xml: &str) -> Option<usize> {
    let name = markup::pieces(xml).find_map(|piece| match piece {
        markup::Piece::Open(tag) => Some(tag.name),
        _ => None,
    })?;
    Some(name.as_ptr().addr() - xml.as_ptr().addr() + name.len())
}

/// Why nobody should make a tree of `xml`: what makes that slow or large is told at a glance.
fn attack(xml: &str) -> Option<String> {
    let bytes = xml.as_bytes();
    let (mut at, mut depth) = (0, 0usize);
    while let Some(begin) = memchr::memchr(b'<', &bytes[at..]).map(|found| at + found) {
        let rest = &bytes[begin..];
        let passed = [(&b"<!--"[..], &b"-->"[..]), (b"<![CDATA[", b"]]>"), (b"<?", b"?>")];
        if let Some((_, end)) = passed.into_iter().find(|(start, _)| rest.starts_with(start)) {
            at = memchr::memmem::find(rest, end).map_or(bytes.len(), |found| begin + found + end.len());
            continue;
        }
        let (length, quotes) = tag(rest);
        at = begin + length;
        if quotes > 2 * ATTRIBUTES {
            return Some(format!("XML with an element of more than {ATTRIBUTES} attributes"));
        }
        match rest.get(1) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b'!') | None => {}
            Some(_) => depth += usize::from(!rest[..length].ends_with(b"/>")),
        }
        if depth > DEPTH {
            return Some(format!("XML nested more than {DEPTH} deep"));
        }
    }
    None
}

/// Length of the tag that opens `rest`, and how many quotation marks it holds; one left open ends with the text.
fn tag(rest: &[u8]) -> (usize, usize) {
    let (mut at, mut quotes) = (1, 0);
    while let Some(found) = memchr::memchr3(b'>', b'"', b'\'', &rest[at..]) {
        at += found + 1;
        let byte = rest[at - 1];
        if byte == b'>' {
            return (at, quotes);
        }
        quotes += 2;
        at += memchr::memchr(byte, &rest[at..]).map_or(rest.len() - at, |end| end + 1);
    }
    (rest.len(), quotes)
}

/// `xml` without its declaration of a document type.
fn without_doctype(xml: &str) -> Cow<'_, str> {
    let Some(begin) = memchr::memmem::find(xml.as_bytes(), b"<!DOCTYPE") else { return Cow::Borrowed(xml) };
    let rest = &xml.as_bytes()[begin..];
    let (mut brackets, mut quote) = (0usize, None);
    for (at, &byte) in rest.iter().enumerate() {
        match (quote, byte) {
            (Some(open), _) => quote = Some(open).filter(|open| *open != byte),
            // Inside the brackets stand comments too, with apostrophes.
            (None, b'"' | b'\'') if brackets == 0 => quote = Some(byte),
            (None, b'[') => brackets += 1,
            (None, b']') => brackets = brackets.saturating_sub(1),
            (None, b'>') if brackets == 0 => {
                return Cow::Owned([&xml[..begin], &xml[begin + at + 1..]].concat());
            }
            _ => {}
        }
    }
    Cow::Borrowed(xml)
}

/// `xml` without what keeps a strict reader from it: control characters, HTML's named characters, stray ampersands, and
/// elements that a cut file leaves open.
fn mended(xml: &str) -> String {
    let mut mended = String::with_capacity(xml.len() + 64);
    let is_allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..);
    let mut rest = xml;
    while let Some(at) = rest.find(|c: char| c == '&' || !is_allowed(c)) {
        mended.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(name) = rest.strip_prefix('&') {
            let length = name.bytes().take(10).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
            let whole = &rest[..=length + usize::from(name[length..].starts_with(';'))];
            mended.push_str(&reference(whole));
            rest = &rest[whole.len()..];
        } else {
            rest = &rest[rest.chars().next().map_or(0, char::len_utf8)..];
        }
    }
    mended.push_str(rest);
    close(mended)
}

/// The reference `whole` ("&nbsp;", "&amp;", "&") in a form that every reader of XML knows.
fn reference(whole: &str) -> Cow<'_, str> {
    if matches!(whole, "&amp;" | "&lt;" | "&gt;" | "&quot;" | "&apos;") {
        return Cow::Borrowed(whole);
    }
    let decoded = markup::decode(whole);
    let mut letters = decoded.chars();
    match (letters.next(), letters.next()) {
        (Some(c), None) if !matches!(c, '&' | '<' | '>') && (c >= ' ' || c == '\n' || c == '\t') => decoded,
        (Some('<'), None) => Cow::Borrowed("&lt;"),
        (Some('>'), None) => Cow::Borrowed("&gt;"),
        _ => Cow::Owned(whole.replacen('&', "&amp;", 1)),
    }
}

/// `xml` with the elements closed that are open at its end, and text in CDATA; a tag or comment that is cut is dropped.
fn close(mut xml: String) -> String {
    let left_open = |start: &str, end: &str| xml.rfind(start).filter(|&at| !xml[at..].contains(end));
    if left_open("<![CDATA[", "]]>").is_some() {
        xml.push_str("]]>");
    } else if let Some(cut) = left_open("<!--", "-->").or_else(|| left_open("<", ">")) {
        xml.truncate(cut);
    }
    let mut open: Vec<String> = Vec::new();
    for piece in markup::pieces(&xml) {
        match piece {
            markup::Piece::Open(tag) if !tag.is_closed() => open.push(tag.name.to_owned()),
            markup::Piece::Close(name) if open.last().is_some_and(|last| last == name) => {
                open.pop();
            }
            _ => {}
        }
    }
    for name in open.iter().rev() {
        xml.push_str("</");
        xml.push_str(name);
        xml.push('>');
    }
    xml
}

/// The elements below `node` that `path` leads to: local names joined by `/`; `*` stands for any one.
pub(super) fn all<'a, 'i>(node: Node<'a, 'i>, path: &str) -> Vec<Node<'a, 'i>> {
    let mut found = vec![node];
    for name in path.split('/') {
        let children = found.iter().flat_map(Node::children);
        found = children.filter(|child| child.is_element() && (name == "*" || is(*child, name))).collect();
    }
    found
}

/// The first of [`all`].
pub(super) fn first<'a, 'i>(node: Node<'a, 'i>, path: &str) -> Option<Node<'a, 'i>> {
    all(node, path).into_iter().next()
}

/// The first element called `name` below `node`, at any depth.
pub(super) fn below<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.descendants().skip(1).find(|node| is(*node, name))
}

/// True for an element whose local name is `name`, in any case.
pub(super) fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name().eq_ignore_ascii_case(name)
}

/// The attribute whose local name is `name`.
pub(super) fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    let mut attributes = node.attributes().filter(|attribute| attribute.name().eq_ignore_ascii_case(name));
    attributes.next().map(|attribute| attribute.value().trim()).filter(|value| !value.is_empty())
}

/// The words in `node`, single spaces between them.
pub(super) fn words(node: Node<'_, '_>) -> String {
    let mut line = String::new();
    for text in node.descendants().filter(Node::is_text).filter_map(|node| node.text()) {
        // Elements inside a line stand apart: a name and the writer's title.
        line.push(' ');
        line.push_str(text);
    }
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of the first element that `path` leads to and that has any.
pub(super) fn value(node: Node<'_, '_>, path: &str) -> Option<String> {
    all(node, path).into_iter().map(words).find(|words| !words.is_empty())
}

/// The running text of `node`, which holds NITF, XHTML, escaped HTML or plain text.
pub(super) fn content(node: Node<'_, '_>) -> String {
    if let Some(nitf) = below(node, "nitf") {
        return nitf::story(nitf).unwrap_or_default();
    }
    if node.descendants().skip(1).any(|node| node.is_element()) {
        return story(below(node, "body").unwrap_or(node));
    }
    let text: String = node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect();
    marked_up(&text)
}

/// The running text in `text`, which is HTML where it has tags, and else plain text.
pub(super) fn marked_up(text: &str) -> String {
    let tagged = text.contains('<') && markup::pieces(text).any(|piece| !matches!(piece, markup::Piece::Text(_)));
    match (tagged, text.contains('&')) {
        (true, _) => markup::text(text),
        (false, true) => paragraphs::apart(&markup::decode(text)),
        (false, false) => paragraphs::apart(text),
    }
}

/// Elements of NITF and its kin that end a line of text, beside those of HTML.
const OTHER_BLOCKS: &[&str] = &[
    "abstract",
    "block",
    "bq",
    "byline",
    "credit",
    "ednote",
    "fn",
    "lead",
    "media",
    "media-caption",
    "tagline",
    "title",
];

/// Elements that hold no text of the story: XHTML of agencies repeats headline and keywords in its `header`.
const PASSED: &[&str] =
    &["head", "header", "media-metadata", "media-producer", "media-reference", "nav", "object", "script", "style"];

/// The running text in `node`, blocks apart by an empty line.
pub(super) fn story(node: Node<'_, '_>) -> String {
    let mut lines = Lines::default();
    let mut next = Some(node);
    while let Some(current) = next {
        let passed = current.is_element() && PASSED.iter().any(|name| is(current, name));
        if is(current, "br") || is(current, "tr") {
            lines.wrap();
        } else if is(current, "td") || is(current, "th") {
            lines.push(" ");
        } else if is_block(current) {
            lines.end();
        } else if current.is_text() {
            lines.push(current.text().unwrap_or(""));
        }
        let child = current.first_child().filter(|_| !passed);
        next = child.or_else(|| following(current, node, &mut lines));
    }
    lines.finish()
}

/// Blocks of HTML that only break a line, or not even that: the rows and cells of a table.
const INLINE: &[&str] = &["br", "td", "th", "tr"];

fn is_block(node: Node<'_, '_>) -> bool {
    let name = node.tag_name().name();
    let is_block = markup::is_one_of(name, BLOCKS) || markup::is_one_of(name, OTHER_BLOCKS);
    node.is_element() && is_block && !markup::is_one_of(name, INLINE)
}

/// The node behind `node` and all that it holds, as long as that lies inside `root`.
fn following<'a, 'i>(mut node: Node<'a, 'i>, root: Node<'a, 'i>, lines: &mut Lines) -> Option<Node<'a, 'i>> {
    loop {
        if is_block(node) {
            lines.end();
        }
        if node == root {
            return None;
        }
        if let Some(sibling) = node.next_sibling() {
            return Some(sibling);
        }
        node = node.parent()?;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The story in the root of `xml`, or why there is none.
    fn check(xml: &str, expect: &str) {
        let mut found = String::new();
        let parsed = with_root(xml, |root| {
            found = story(root);
            Parsed::default()
        });
        let told = parsed.rejected.first().map_or(found, ToString::to_string);
        assert_eq!(told, expect, "{}", &xml[..xml.len().min(200)]);
    }

    #[test]
    fn blocks_are_apart_and_breaks_are_not() {
        check("<x><p>The  river <b>rose</b>.</p><p>It<br/>fell.</p></x>", "The river rose.\n\nIt\nfell.");
        check("<x>One<br/><br/>two<h:p xmlns:h='h'>three</h:p>four</x>", "One\n\ntwo\n\nthree\n\nfour");
        check("<x><table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>d</x>", "a b\nc\n\nd");
        check("<x><media><media-reference>a</media-reference><media-caption>b</media-caption></media>c</x>", "b\n\nc");
    }

    #[test]
    fn what_wires_get_wrong_is_mended() {
        check("<x>Fish&nbsp;&amp;&nbsp;chips & more &rsquo;&lt;</x>", "Fish\u{a0}&\u{a0}chips & more ’<");
        check("<x>one\u{2}two &#3; &bogus; three</x>", "onetwo &#3; &bogus; three");
        check("<!DOCTYPE x [ <!ENTITY % a SYSTEM \"b\"> %a; ]>\n<x>yes</x>", "yes");
        check("\u{feff} \n<?xml version='1.0'?><x>yes</x>", "yes");
        check("<x><p>One</p><p>two</p><p>thr", "One\n\ntwo\n\nthr");
        check("<x><p>One</p><p cla", "One");
        check("<x><p>One</p><![CDATA[two <b", "One\n\ntwo <b");
        check("<x>One<!-- two <b> th", "One");
        check("<!-- a -->\n<?xml version='1.0'?>\n<x>yes</x>", "yes");
        check("<x><![CDATA[<?xml version='1.0'?>]]></x>", "<?xml version='1.0'?>");
        check("<a:x><b:p c:d='1'>yes</b:p></a:x>", "yes");
    }

    #[test]
    fn attacks_end_with_a_reason() {
        let bomb = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><x>&b;</x>";
        check(bomb, "&b;");
        check(&"<x>".repeat(20_000), "no article: XML nested more than 500 deep");
        let attributes = " a='>'".repeat(300);
        check(&format!("<x{attributes}/>"), "no article: XML with an element of more than 256 attributes");
        check(&format!("<x a='/>'>{}</x>", "<y b='>'/>".repeat(600)), "");
        check(&format!("<x><!-- {} -->yes</x>", "<x>".repeat(600)), "yes");
        check("<x>a</y>", "no article: broken XML: expected 'x' tag, not 'y' at 1:5");
        check("", "no article: broken XML: the document does not have a root node");
    }

    proptest! {
        #[test]
        fn any_text_ends(xml in "(<x|<p>|</p>|</x>|/>|>|<!DOCTYPE|\\[|\\]|<!--|-->|<!\\[CDATA\\[|\\]\\]>|&[a-z#0-9]{0,4};?|\"|[a-zé\u{1}]{0,4}){0,40}") {
            with_root(&xml, |root| {
                story(root);
                Parsed::default()
            });
        }
    }
}

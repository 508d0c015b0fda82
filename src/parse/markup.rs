//! Tags and text of HTML and its kin, in one pass and without a tree: no nesting is too deep.

use std::borrow::Cow;

use super::table::Table;

/// Named characters of HTML 4 (W3C, "HTML 4.01 Specification", section 24).
static ENTITIES: Table = Table::new(include_str!("tables/entities.tsv"));

/// A piece of marked-up text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text between tags, entities not yet decoded.
    Text(&'a str),
    /// A tag that opens an element.
    Open(Tag<'a>),
    /// The name of an element that closes.
    Close(&'a str),
}

/// An opening tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// The element's name, as written.
    pub(super) name: &'a str,
    rest: &'a str,
}

impl<'a> Tag<'a> {
    /// True for an element called one of `names`, which are in lower case.
    pub(super) fn is(self, names: &[&str]) -> bool {
        is_one_of(self.name, names)
    }

    /// True for an element that closes itself, as XML has them.
    pub(super) fn is_closed(self) -> bool {
        self.rest.trim_end().ends_with('/')
    }

    /// The value of the attribute `name`, decoded.
    pub(super) fn attribute(self, name: &str) -> Option<Cow<'a, str>> {
        let mut rest = self.rest;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            let end = rest.find(|c: char| c.is_whitespace() || c == '=' || c == '/').unwrap_or(rest.len());
            if rest.is_empty() {
                return None;
            }
            // A stray "=" opens no name.
            let (key, after) = rest.split_at(end.max(usize::from(rest.starts_with('='))));
            let (value, after) = value(after);
            if key.eq_ignore_ascii_case(name) {
                return Some(decode(value));
            }
            rest = after;
        }
    }
}

/// The value behind an attribute's name, and what follows it.
fn value(rest: &str) -> (&str, &str) {
    let Some(after) = rest.trim_start().strip_prefix('=') else { return ("", rest) };
    let after = after.trim_start();
    for quote in ['"', '\''] {
        if let Some(inner) = after.strip_prefix(quote) {
            return inner.split_once(quote).unwrap_or((inner, ""));
        }
    }
    after.split_at(after.find(char::is_whitespace).unwrap_or(after.len()))
}

/// True where `name` is one of `names`, which are in lower case.
pub(super) fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|other| name.eq_ignore_ascii_case(other))
}

/// Cuts `html` into pieces. The text of scripts and styles comes as one piece of text.
pub(super) fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    Pieces { html, at: 0, raw: None }
}

struct Pieces<'a> {
    html: &'a str,
    at: usize,
    /// Name of the element whose text holds no tags, while inside it.
    raw: Option<&'a str>,
}

/// Elements whose text holds no tags.
const RAW: &[&str] = &["script", "style"];

/// Longest tag, in bytes; a quotation mark that nobody closes must not swallow the page.
const TAG: usize = 32 << 10;

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            let rest = &self.html[self.at..];
            if rest.is_empty() {
                return None;
            }
            if let Some(name) = self.raw.take() {
                let end = closing(rest, name).unwrap_or(rest.len());
                self.at += end;
                if end > 0 {
                    return Some(Piece::Text(&rest[..end]));
                }
                continue;
            }
            if !opens(rest) {
                // The first byte is text in any case: a lone "<".
                let end = next_tag(rest, 1).unwrap_or(rest.len());
                self.at += end;
                return Some(Piece::Text(&rest[..end]));
            }
            if let Some(piece) = self.tag(rest) {
                return Some(piece);
            }
        }
    }
}

impl<'a> Pieces<'a> {
    /// The tag that opens `rest`; `None` for comments and declarations, which are passed over.
    fn tag(&mut self, rest: &'a str) -> Option<Piece<'a>> {
        if rest.starts_with("<!--") {
            self.at += memchr::memmem::find(&rest.as_bytes()[4..], b"-->").map_or(rest.len(), |end| end + 7);
            return None;
        }
        if let Some(data) = rest.strip_prefix("<![CDATA[") {
            let end = memchr::memmem::find(data.as_bytes(), b"]]>").unwrap_or(data.len());
            self.at += (end + 12).min(rest.len());
            return Some(Piece::Text(&data[..end]));
        }
        let end = tag_end(rest);
        self.at += end;
        let inner = rest[1..end].trim_end_matches('>');
        if let Some(name) = inner.strip_prefix('/') {
            return Some(Piece::Close(name.split(char::is_whitespace).next().unwrap_or("")));
        }
        if inner.starts_with(['!', '?']) {
            return None;
        }
        let split = inner.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(inner.len());
        let (name, rest) = inner.split_at(split);
        self.raw = is_one_of(name, RAW).then_some(name);
        Some(Piece::Open(Tag { name, rest }))
    }
}

/// True where a tag, comment or declaration begins.
fn opens(rest: &str) -> bool {
    let mut bytes = rest.bytes();
    bytes.next() == Some(b'<')
        && bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?'))
}

fn next_tag(rest: &str, from: usize) -> Option<usize> {
    memchr::memchr_iter(b'<', &rest.as_bytes()[from..]).map(|at| from + at).find(|&at| opens(&rest[at..]))
}

/// Where the tag that opens `rest` ends, behind its ">"; one inside quotation marks does not count.
fn tag_end(rest: &str) -> usize {
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate().take(TAG) {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') if at > 0 && rest.as_bytes()[at - 1] == b'=' => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    memchr::memchr(b'>', rest.as_bytes()).map_or(rest.len(), |at| at + 1)
}

/// Where "</name" begins.
fn closing(rest: &str, name: &str) -> Option<usize> {
    let matches = |at: usize| {
        rest.as_bytes().get(at + 2..at + 2 + name.len()).is_some_and(|tail| tail.eq_ignore_ascii_case(name.as_bytes()))
    };
    memchr::memmem::find_iter(rest.as_bytes(), b"</").find(|&at| matches(at))
}

/// `text` with its entities as the characters that they stand for.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = if let Some(length) = entity(rest, &mut decoded) {
            length
        } else {
            decoded.push('&');
            1
        };
        rest = &rest[length..];
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// Writes the character of the entity that opens `rest`, and returns its length.
fn entity(rest: &str, decoded: &mut String) -> Option<usize> {
    let name = &rest[1..];
    let end = name.bytes().take(32).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
    let length = 1 + end + usize::from(name[end..].starts_with(';'));
    let name = &name[..end];
    let Some(number) = name.strip_prefix('#') else {
        decoded.push_str(ENTITIES.get(name)?);
        return Some(length);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    decoded.push(windows(code).or_else(|| char::from_u32(code)).filter(|&c| c != '\0')?);
    Some(length)
}

/// Pages written on Windows number its quotation marks and dashes 128 to 159.
fn windows(code: u32) -> Option<char> {
    let byte = u8::try_from(code).ok().filter(|byte| (128..160).contains(byte))?;
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next()
}

/// Elements that end a line of text.
pub(super) const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hl1",
    "hl2",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "ul",
];

/// Elements whose text no reader sees.
const UNSEEN: &[&str] = &[
    "head", "iframe", "math", "noscript", "object", "option", "script", "select", "style", "svg", "template",
    "textarea", "title",
];

/// Elements of these that lie inside one another; the others end with the first closing tag.
const NESTED: &[&str] = &["math", "object", "svg", "template"];

/// Knows which pieces no reader sees.
#[derive(Debug, Default)]
pub(super) struct Unseen<'a>(Option<(&'a str, usize)>);

impl<'a> Unseen<'a> {
    /// True where `piece`, the next of a page, is not to be seen.
    pub(super) fn hides(&mut self, piece: Piece<'a>) -> bool {
        match (piece, &mut self.0) {
            (Piece::Open(tag), None) if tag.is(UNSEEN) => self.0 = Some((tag.name, 1)),
            (_, None) => return false,
            // What nobody closed does not reach into the body.
            (Piece::Open(tag), Some(_)) if tag.is(&["body"]) => {
                self.0 = None;
                return false;
            }
            (Piece::Open(tag), Some((name, depth))) if tag.name.eq_ignore_ascii_case(name) => {
                *depth += usize::from(tag.is(NESTED));
            }
            (Piece::Close(name), Some((unseen, depth))) if name.eq_ignore_ascii_case(unseen) => {
                *depth -= 1;
                if *depth == 0 {
                    self.0 = None;
                }
            }
            (_, Some(_)) => {}
        }
        true
    }
}

/// The text of `html`, one line a block, blocks apart by an empty line.
pub(super) fn text(html: &str) -> String {
    let mut lines = Lines::default();
    let mut unseen = Unseen::default();
    for piece in pieces(html).filter(|piece| !unseen.hides(*piece)) {
        match piece {
            Piece::Open(tag) if tag.is(BLOCKS) => lines.end(),
            Piece::Close(name) if is_one_of(name, BLOCKS) => lines.end(),
            Piece::Text(text) => lines.push(&decode(text)),
            Piece::Open(_) | Piece::Close(_) => {}
        }
    }
    lines.finish()
}

/// Lines of text, white space collapsed.
#[derive(Debug, Default)]
pub(super) struct Lines {
    text: String,
    line: String,
}

impl Lines {
    /// Adds `text` to the line.
    pub(super) fn push(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                c if c.is_whitespace() && (self.line.is_empty() || self.line.ends_with([' ', '\n'])) => {}
                c if c.is_whitespace() && c != '\u{a0}' => self.line.push(' '),
                '\0' => {}
                c => self.line.push(c),
            }
        }
    }

    /// Breaks the line; a second break in a row ends it.
    pub(super) fn wrap(&mut self) {
        if self.line.ends_with('\n') {
            return self.end();
        }
        self.line.truncate(self.line.trim_end().len());
        if !self.line.is_empty() {
            self.line.push('\n');
        }
    }

    /// Ends the line.
    pub(super) fn end(&mut self) {
        let line = self.line.trim_end();
        if !line.is_empty() {
            if !self.text.is_empty() {
                self.text.push_str("\n\n");
            }
            self.text.push_str(line);
        }
        self.line.clear();
    }

    /// Where the next line would begin, in bytes of the whole.
    pub(super) fn next(&self) -> usize {
        if self.text.is_empty() { 0 } else { self.text.len() + "\n\n".len() }
    }

    /// Where the last line ends, in bytes of the whole.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// All lines, an empty one between two.
    pub(super) fn finish(mut self) -> String {
        self.end();
        self.text
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(html: &str, expect: &str) {
        assert_eq!(text(html), expect, "{html}");
    }

    #[test]
    fn blocks_become_lines() {
        check("<p>The river <b>rose</b>.</p><p>It\nfell.", "The river rose.\n\nIt fell.");
        check("One<br/>two<script>if (a<b) {}</script> three", "One\n\ntwo three");
        check("<p title='a > b'>x</p><!-- <p>y</p> -->z", "x\n\nz");
        check("a < b and <3", "a < b and <3");
        check("<svg><title>no</title><svg></svg>no</svg>yes", "yes");
        check("<head><head><style>x</style></head><body>yes", "yes");
        check("<![CDATA[The river]]> rose", "The river rose");
    }

    #[test]
    fn entities_are_decoded() {
        assert_eq!(decode("&ldquo;R&eacute;al&#8221; &amp; &#x2014; &#147; &nosuch; & &"), "“Réal” & — “ &nosuch; & &");
    }

    #[test]
    fn attributes_in_any_dress() {
        let tag = |html: &'static str| match pieces(html).next() {
            Some(Piece::Open(tag)) => tag,
            other => panic!("{other:?}"),
        };
        assert_eq!(
            tag("<meta name=author content='Jane &amp; Ann'>").attribute("content").as_deref(),
            Some("Jane & Ann")
        );
        assert_eq!(tag("<time DATETIME = \"2024\" x>").attribute("datetime").as_deref(), Some("2024"));
        assert_eq!(tag("<a =x href=y>").attribute("href").as_deref(), Some("y"));
        assert_eq!(tag("<a b>").attribute("href"), None);
    }

    proptest! {
        #[test]
        fn any_text_ends(html: String, tags in "(<|>|/|!--|-->|=|\"|'|&|#|x41|;|p|script| |é){0,60}") {
            for html in [&html, &tags] {
                text(html);
                for piece in pieces(html) {
                    if let Piece::Open(tag) = piece {
                        tag.attribute("a");
                    }
                }
            }
        }
    }
}

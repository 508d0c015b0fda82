//! What of a Markdown file is not read: its header, addresses of links, pictures, marks of emphasis.
//!
//! Clippers of web pages write such files (`CommonMark` 0.31 with the links of wikis). Only what stands inside a line is
//! told here: headings, lists and block quotes look in plain text as they do in Markdown. Tags of HTML stay: some part
//! words, and a block of them holds text.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::clip;
use crate::article::LONGEST_STORY;
use crate::text::Span;

/// The spans of `text`, from the file at `path`, that are not read, in order, none overlapping another. Text that is not
/// Markdown has none.
pub(super) fn find(path: &str, text: &str) -> Vec<Span> {
    let text = clip::head(text, LONGEST_STORY);
    if !is_markdown(path, text) {
        return Vec::new();
    }
    let header = header(text);
    let begin = header.map_or(0, |span| span.end);
    let mut found: Vec<Span> = header.into_iter().collect();
    found.extend(marks(&text[begin..]).into_iter().map(|span| span.shifted(begin)));
    found
}

/// True for a file that says so by its name, and for text with the link of a page in it.
fn is_markdown(path: &str, text: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["md", "markdown"].iter().any(|known| known.eq_ignore_ascii_case(ending))
        || memchr::memmem::find(text.as_bytes(), b"](http").is_some()
}

/// Bytes of the longest header.
const HEADER: usize = 16 << 10;

/// The lines between two lines of three hyphens, the last may be of three stops, that `text` begins with: `key: value` (YAML
/// 1.2). A rule above a story is none.
pub(super) fn header(text: &str) -> Option<Span> {
    let text = clip::head(text, HEADER);
    let start = text.len() - text.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace()).len();
    let mut lines = text[start..].split_inclusive('\n');
    let first = lines.next().filter(|line| line.trim_end() == "---")?;
    let mut end = start + first.len();
    for (at, line) in lines.enumerate() {
        end += line.len();
        if matches!(line.trim_end(), "---" | "...") {
            return Some(Span::new(start, end));
        }
        if at == 0 && !has_key(line) {
            return None;
        }
    }
    None
}

/// True for `title: River rises`.
fn has_key(line: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '.');
    line.split_once(':').is_some_and(|(key, value)| {
        let blank = value.is_empty() || value.starts_with(char::is_whitespace);
        blank && key.starts_with(char::is_alphabetic) && key.len() <= 40 && key.chars().all(is_part)
    })
}

/// The marks of `text`, in order.
fn marks(text: &str) -> Vec<Span> {
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES | Options::ENABLE_WIKILINKS;
    let parser = Parser::new_ext(text, options).into_offset_iter();
    let mut reader = Reader { text, found: Vec::new(), open: Vec::new(), last: 0 };
    // "[SMITH]: “No.”" is none.
    let definitions = parser.reference_definitions().iter().filter(|(_, definition)| is_address(&definition.dest));
    reader.found.extend(definitions.map(|(_, definition)| span(&definition.span)));
    parser.for_each(|(event, range)| reader.read(&event, range));
    reader.sorted()
}

fn is_address(destination: &str) -> bool {
    destination.contains("://") || destination.starts_with(['/', '#', '.']) || destination.starts_with("mailto:")
}

fn span(range: &Range<usize>) -> Span {
    Span::new(range.start, range.end)
}

/// An element that has begun, of which all that stands around its content is a mark.
struct Element {
    begin: usize,
    /// From the first to the last byte of what it holds.
    content: Option<Span>,
    /// What it is goes unread with all that it holds.
    is_picture: bool,
    /// Its marks stand inside a line.
    is_inline: bool,
}

/// Takes the events of a text in order.
struct Reader<'a> {
    text: &'a str,
    found: Vec<Span>,
    open: Vec<Element>,
    /// Where the text read last ended.
    last: usize,
}

impl Reader<'_> {
    fn read(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => {
                self.hold(&range);
                let is_picture = matches!(tag, Tag::Image { .. });
                let is_inline = matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. });
                self.open.push(Element { begin: range.start, content: None, is_picture, is_inline });
            }
            Event::End(_) => self.close(&range),
            Event::Text(_) => {
                // "\*" stands for a star.
                self.escape(range.start.checked_sub(1).filter(|&at| at >= self.last));
                self.hold(&range);
                self.last = range.end;
            }
            Event::HardBreak => {
                self.escape(Some(range.start));
                self.hold(&range);
            }
            Event::FootnoteReference(_) => {
                self.hold(&range);
                self.found.push(span(&range));
            }
            _ => self.hold(&range),
        }
    }

    /// Takes the backslash that may stand at byte `at` as a mark.
    fn escape(&mut self, at: Option<usize>) {
        let mark = at.filter(|&at| self.text[at..].starts_with('\\'));
        self.found.extend(mark.map(|at| Span::new(at, at + 1)));
    }

    /// Takes `range` as content of the element that is open.
    fn hold(&mut self, range: &Range<usize>) {
        if let Some(element) = self.open.last_mut() {
            let own = span(range);
            element.content = Some(element.content.map_or(own, |content| content.cover(own)));
        }
    }

    fn close(&mut self, range: &Range<usize>) {
        let Some(element) = self.open.pop() else { return };
        match element.content {
            Some(content) if element.is_inline => {
                self.found.extend([Span::new(element.begin, content.begin), Span::new(content.end, range.end)]);
            }
            // A link of no words.
            None if element.is_inline => self.found.push(span(range)),
            _ if element.is_picture => self.found.push(span(range)),
            _ => {}
        }
    }

    fn sorted(mut self) -> Vec<Span> {
        self.found.retain(|span| !span.is_empty());
        self.found.sort_unstable();
        let mut sorted: Vec<Span> = Vec::with_capacity(self.found.len());
        for span in self.found {
            match sorted.last_mut() {
                Some(last) if span.begin <= last.end => last.end = last.end.max(span.end),
                _ => sorted.push(span),
            }
        }
        sorted
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `text` without what is not read.
    fn read(path: &str, text: &str) -> String {
        let (mut plain, mut at) = (String::new(), 0);
        for span in find(path, text) {
            plain.push_str(&text[at..span.begin]);
            at = span.end;
        }
        plain + &text[at..]
    }

    fn check(text: &str, expect: &str) {
        assert_eq!(read("a.md", text), expect);
    }

    #[test]
    fn links_leave_their_words() {
        check("said [Ada Quill](https://a.example/q \"Ada\"), a *pilot*.", "said Ada Quill, a pilot.");
        check(
            "[“No,” she said](https://a.example). **[A](b.md)** [c][1]\n\n[1]: https://c.example\n",
            "“No,” she said. A c\n\n\n",
        );
        check(
            "[[Ada Quill]] and [[Bo Finch|the *pilot*]] left[^1].\n\n[^1]: A note.",
            "Ada Quill and the pilot left.\n\n[^1]: A note.",
        );
        check("<https://a.example> ![A harbour](a.jpg) ~~rose~~ fell", "https://a.example  rose fell");
        check("said [](https://a.example)Ada\\\nQuill.\n\n\\[sic\\] *b*\\!", "said Ada\nQuill.\n\n[sic] b!");
        check("*“It rose,”* **she** __said__ \\[sic\\] 5 \\* 3.", "“It rose,” she said [sic] 5 * 3.");
    }

    #[test]
    fn what_is_no_mark_stays() {
        for text in [
            "# Head\n\n> - “It [sic] rose,” ``she'' said: 5 * 3 snake_case `a`.\n\n1. A & B &amp; C\n",
            "---\n\nA row of hyphens below nothing.\n\n---\n\nAnother one: none.\n",
            "---\nIt rose, Ada Quill said: and fell.\n---\n",
            "[SMITH]: “No.”\n",
            "<p>“It rose,”<br>she said.</p>\n\n<!-- more\n\n<inaudible>\nIt fell.\n",
            "    Four blanks before *each* line.\n",
            "",
        ] {
            check(text, text);
        }
        for text in ["*a* [b](c.md)", "A [sic] (http://a.example) *b*"] {
            assert_eq!(read("a.txt", text), text);
        }
        assert_eq!(read("a.json", "*a* [b](https://c.example)"), "a b");
    }

    #[test]
    fn the_header_is_not_read() {
        check("\u{feff}---\ntitle: \"*It rose*\"\n---\nIt **rose**.", "\u{feff}It rose.");
        check("---\r\ntitle: It rose\r\n---\r\nIt rose.", "It rose.");
        check("\n---\ntitle: It rose\n...\n\nIt rose.\n\n---\n", "\n\nIt rose.\n\n---\n");
        check("---\ntitle: no end", "---\ntitle: no end");
    }

    proptest! {
        #[test]
        fn what_is_not_read_lies_in_the_text_in_order(text in "([ a_*`é\\[\\]()!|\"“<>#\\\\\n-]|\\]\\(http|---\n|\\PC){0,60}") {
            let mut at = 0;
            for span in find("a.md", &text) {
                prop_assert!(at <= span.begin && !span.is_empty() && text.get(span.begin..span.end).is_some());
                at = span.end;
            }
        }
    }
}

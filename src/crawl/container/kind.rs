//! What kind of container a stream is, by its first bytes.

use super::stream::HEAD;
use crate::crawl::mailbox;
use crate::crawl::pieces::{Cut, Dump, assignment, delimiter, first_entry, list_inside, separator_line};

/// Kind of container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One file, compressed.
    Compressed(Method),
    Zip,
    Tar,
    /// A crawl of the web: WARC or ARC.
    Web,
    /// Many articles one after the other, the first of which begins at this byte.
    Dump(Dump, usize),
    /// No container.
    Plain,
}

/// Method of compression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Gzip,
    Zstd,
    Xz,
    Bzip2,
}

impl Method {
    /// What reports call it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Xz => "xz",
            Self::Bzip2 => "bzip2",
        }
    }

    /// Endings of compressed files' names, and what stands in their place when they are unpacked.
    pub(super) const fn endings(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Gzip => &[(".gz", ""), (".tgz", ".tar"), (".gzip", "")],
            Self::Zstd => &[(".zst", ""), (".tzst", ".tar"), (".zstd", "")],
            Self::Xz => &[(".xz", ""), (".txz", ".tar")],
            Self::Bzip2 => &[(".bz2", ""), (".tbz2", ".tar"), (".tbz", ".tar")],
        }
    }
}

/// Where the mark of a tar archive stands, after the name and the numbers of its first member.
const TAR_MARK: usize = 257;

impl Kind {
    /// Kind of the stream at `path` that begins with `head`.
    pub(super) fn of(path: &str, head: &[u8]) -> Self {
        match head {
            [0x1f, 0x8b, 8, ..] => Self::Compressed(Method::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Self::Compressed(Method::Zstd),
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Self::Compressed(Method::Xz),
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31 | 0x17, ..] => Self::Compressed(Method::Bzip2),
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Self::Zip,
            _ if head.get(TAR_MARK..TAR_MARK + 5) == Some(b"ustar") => Self::Tar,
            _ if is_web(head) => Self::Web,
            _ if mailbox::is_mailbox(head) => Self::Dump(Dump::Mailbox, 0),
            // What is smaller is no container but a file: its reader finds the items.
            _ if head.len() == HEAD => dump(path, head).map_or(Self::Plain, |(dump, begin)| Self::Dump(dump, begin)),
            _ => Self::Plain,
        }
    }

    /// True for what is not read whole.
    pub(super) const fn is_container(self) -> bool {
        !matches!(self, Self::Plain)
    }

    /// True for what holds other files, which may be containers.
    pub(super) const fn is_archive(self) -> bool {
        matches!(self, Self::Compressed(_) | Self::Zip | Self::Tar | Self::Web)
    }
}

/// True for the first record of a WARC file, and for the line that an ARC file begins with.
fn is_web(head: &[u8]) -> bool {
    head.starts_with(b"WARC/") || head.starts_with(b"filedesc://")
}

/// What kind of dump the text at `path` is that begins with `head`, and where its first item begins.
fn dump(path: &str, head: &[u8]) -> Option<(Dump, usize)> {
    let mark = if head.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let text = &head[mark..];
    let begin = mark + text.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let begin = begin + assignment(&head[begin..]);
    let text = &head[begin..];
    let ending = path.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    if matches!(ending.as_str(), "csv" | "tsv" | "tab" | "psv") && !text.contains(&0) {
        let told = separator_line(text).map_or(0, |(_, length)| length);
        return delimiter(text).map(|delimiter| (Dump::Rows(delimiter), begin + told));
    }
    let opens = |byte: u8| text.first() == Some(&byte);
    if opens(b'<') {
        return first_entry(text).map(|first| (Dump::Feed, begin + first));
    }
    let object = text.get(1..).is_some_and(|rest| matches!(rest.trim_ascii_start().first(), Some(b'{' | b'"')));
    if opens(b'[') && object {
        return Some((Dump::List, begin + 1));
    }
    if !opens(b'{') || !object {
        return None;
    }
    let line = text.split(|&byte| byte == b'\n').next().unwrap_or(text);
    let is_whole = line.len() < text.len() && Dump::List.cut(line, false) == Cut::Item(line.trim_ascii_end().len());
    if is_whole || matches!(ending.as_str(), "jsonl" | "ndjson" | "jl") {
        return Some((Dump::Lines, begin));
    }
    if let Some(inside) = list_inside(text) {
        return Some((Dump::List, begin + inside));
    }
    // Objects that take several lines each, one after the other.
    match Dump::List.cut(text, false) {
        Cut::Item(length) if text[length..].trim_ascii_start().first() == Some(&b'{') => Some((Dump::List, begin)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, begin: &str, expect: Option<(Dump, usize)>) {
        let mut head = begin.as_bytes().to_vec();
        while head.len() < HEAD {
            head.extend_from_slice(begin.as_bytes());
        }
        head.truncate(HEAD);
        let found = match Kind::of(path, &head) {
            Kind::Dump(dump, begin) => Some((dump, begin)),
            _ => None,
        };
        assert_eq!(found, expect, "{begin}");
        // A short one is a file.
        assert_eq!(Kind::of(path, begin.as_bytes()), Kind::Plain);
    }

    #[test]
    fn dumps_are_told_from_texts() {
        check("a.json", "{\"title\": \"x\"}\n", Some((Dump::Lines, 0)));
        check("a.json", "\u{feff}[\n{\"title\": \"x\"},", Some((Dump::List, 4)));
        check("a.json", "{\n\"title\": \"x\"\n}\n", Some((Dump::List, 0)));
        check("tweets.js", "window.YTD.tweets.part0 = [ {\"tweet\": {}}, ", Some((Dump::List, 27)));
        check("a.json", "{\"articles\": [{\"title\": \"x\"}, ", Some((Dump::List, 14)));
        check("a.csv", "title,text\n", Some((Dump::Rows(b','), 0)));
        check("a.csv", "sep=;\ntitle;text\n", Some((Dump::Rows(b';'), 6)));
        check("a.xml", "\u{feff}<rss><item>x</item>", Some((Dump::Feed, 8)));
        check("a.xml", "<nitf><item>x</item>", None);
        check("a.txt", "Rivers, lakes, and seas rose.\n", None);
        check("a.txt", "[Editor's note] The river rose.\n", None);
    }

    #[test]
    fn mailboxes_open_with_a_line_of_their_own() {
        let of = |head: &str| Kind::of("a", head.as_bytes());
        assert_eq!(of("From a@b Sun Oct 12 08:00:00 2025\nSubject: x\n"), Kind::Dump(Dump::Mailbox, 0));
        assert_eq!(of("From 2025 on the river\nrose every year.\n"), Kind::Plain);
        assert_eq!(of("WARC/1.0\r\n"), Kind::Web);
    }
}

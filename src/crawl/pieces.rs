//! Where the items of a dump end: lines, members of a JSON list, rows of a table, messages of a mailbox, items of a feed.
//!
//! A stream of any length is cut while it is read; the same rules cut what is held in memory.

use memchr::memchr;

use super::mailbox;

/// What the items of a dump are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dump {
    /// JSON values, one a line.
    Lines,
    /// The members of one JSON list.
    List,
    /// Rows of a table whose cells this byte parts.
    Rows(u8),
    /// Mail messages, each after a line that begins with "From ".
    Mailbox,
    /// Elements called `item` or `entry` of RSS, Atom and their like.
    Feed,
}

/// What comes next in a dump.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// An item of so many bytes.
    Item(usize),
    /// So many bytes that are no item: blanks, commas.
    Gap(usize),
    /// The item does not end in these bytes.
    More,
    /// No more items follow.
    End,
}

/// Length of what stands before the list in a file of an archive from X (Twitter): `window.YTD.tweets.part0 = `.
pub fn assignment(text: &[u8]) -> usize {
    let Some(rest) = text.strip_prefix(b"window.YTD.") else { return 0 };
    let named =
        rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-')).count();
    let Some(list) = rest[named..].trim_ascii_start().strip_prefix(b"=").map(<[u8]>::trim_ascii_start) else {
        return 0;
    };
    if list.starts_with(b"[") { text.len() - list.len() } else { 0 }
}

impl Dump {
    /// What stands at the beginning of `bytes`; `last` where nothing follows them.
    pub fn cut(self, bytes: &[u8], last: bool) -> Cut {
        let cut = match self {
            Self::Lines => line(bytes),
            Self::List => element(bytes),
            Self::Rows(delimiter) => row(bytes, delimiter, last),
            Self::Mailbox => message(bytes, last),
            Self::Feed => entry(bytes, last),
        };
        match cut {
            Cut::More if last && bytes.is_empty() => Cut::End,
            // What is cut short still holds its beginning.
            Cut::More if last => Cut::Item(bytes.len()),
            cut => cut,
        }
    }

    /// The items in `bytes`, without what stands between them.
    pub fn items(self, bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
        let mut rest = bytes;
        std::iter::from_fn(move || {
            loop {
                match self.cut(rest, true) {
                    Cut::Item(length) => {
                        let (item, behind) = rest.split_at(length);
                        rest = behind;
                        return Some(item);
                    }
                    Cut::Gap(length) => rest = &rest[length..],
                    Cut::More | Cut::End => return None,
                }
            }
        })
    }
}

fn line(bytes: &[u8]) -> Cut {
    match memchr(b'\n', bytes) {
        Some(end) if bytes[..end].trim_ascii().is_empty() => Cut::Gap(end + 1),
        Some(end) => Cut::Item(end + 1),
        None => Cut::More,
    }
}

/// A JSON value up to the comma or bracket behind it.
fn element(bytes: &[u8]) -> Cut {
    let blank = |byte: &&u8| byte.is_ascii_whitespace() || **byte == b',';
    let gap = bytes.iter().take_while(blank).count();
    if gap > 0 {
        return Cut::Gap(gap);
    }
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => match string(&bytes[at..]) {
                Some(length) => at += length - 1,
                None => return Cut::More,
            },
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 0 => return if at == 0 { Cut::End } else { Cut::Item(at) },
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return Cut::Item(at + 1);
                }
            }
            b',' if depth == 0 => return Cut::Item(at),
            _ => {}
        }
        at += 1;
    }
    Cut::More
}

/// Length of the JSON string that `bytes` begin with, its quotation marks included.
fn string(bytes: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes[at] == b'"' {
            return Some(at + 1);
        }
        at += 2;
    }
}

/// Longest row, in bytes, that a quotation mark may hold open.
const LONGEST_ROW: usize = 4 << 20;

/// A row, with line breaks inside of quoted cells.
///
/// A quotation mark that opens a cell and is never closed would swallow all rows up to the next quoted cell. In a
/// quoted cell every mark is doubled; so one that opens a cell, and stands alone, shows that the cell before was never
/// closed, and the row then ends with its line.
fn row(bytes: &[u8], delimiter: u8, last: bool) -> Cut {
    let gap = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    if gap > 0 {
        return Cut::Gap(gap);
    }
    let mut at = 0;
    let mut opens = true;
    while at < bytes.len() {
        match bytes[at] {
            b'"' if opens => match quoted(&bytes[at..], delimiter, last) {
                Quoted::Closed(length) => at += length - 1,
                Quoted::More if bytes.len() < LONGEST_ROW => return Cut::More,
                Quoted::More | Quoted::Stray => {
                    let line = memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |end| at + end + 1);
                    return Cut::Item(line);
                }
            },
            b'\n' => return Cut::Item(at + 1),
            _ => {}
        }
        opens = bytes[at] == delimiter;
        at += 1;
    }
    Cut::More
}

/// How a quoted cell ends.
enum Quoted {
    /// After so many bytes, its marks included.
    Closed(usize),
    More,
    /// It does not: another cell opens inside of it.
    Stray,
}

fn quoted(bytes: &[u8], delimiter: u8, last: bool) -> Quoted {
    let mut at = 1;
    let mut lines = false;
    while let Some(step) = bytes.get(at..).and_then(|rest| memchr(b'"', rest)) {
        lines |= memchr(b'\n', &bytes[at..at + step]).is_some();
        at += step;
        match bytes.get(at + 1) {
            Some(b'"') => at += 2,
            Some(b'\r' | b'\n') => return Quoted::Closed(at + 1),
            Some(byte) if *byte == delimiter => return Quoted::Closed(at + 1),
            None if last => return Quoted::Closed(at + 1),
            None => return Quoted::More,
            Some(_) if lines && (bytes[at - 1] == b'\n' || bytes[at - 1] == delimiter) => return Quoted::Stray,
            Some(_) => at += 1,
        }
    }
    if last && memchr(b'\n', bytes).is_some() { Quoted::Stray } else { Quoted::More }
}

/// A message with the line before it, up to the line before the next one.
fn message(bytes: &[u8], last: bool) -> Cut {
    let blank = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    if blank > 0 {
        return Cut::Gap(blank);
    }
    mailbox::end_of_message(bytes, last).map_or(Cut::More, Cut::Item)
}

/// An item of a feed, up to the tag that closes it, whatever stands in it.
fn entry(bytes: &[u8], last: bool) -> Cut {
    match memchr(b'<', bytes) {
        Some(0) => {}
        None if bytes.is_empty() => return Cut::More,
        gap => return Cut::Gap(gap.unwrap_or(bytes.len())),
    }
    let name = match Mark::at(bytes) {
        Some((Mark::Open(name), _)) if is_entry(name) => name,
        Some((Mark::Whole(name), length)) if is_entry(name) => return Cut::Item(length),
        Some((_, length)) => return Cut::Gap(length),
        None if last => return Cut::Gap(bytes.len()),
        None => return Cut::More,
    };
    let (mut depth, mut at) = (0, 0);
    while let Some((mark, length)) = Mark::at(&bytes[at..]) {
        at += length;
        match mark {
            Mark::Open(other) if other == name => depth += 1,
            Mark::Close(other) if other == name => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Cut::Item(at);
        }
        match memchr(b'<', &bytes[at..]) {
            Some(text) => at += text,
            None => return Cut::More,
        }
    }
    Cut::More
}

fn is_entry(name: &[u8]) -> bool {
    matches!(local(name), b"item" | b"entry")
}

/// The name of an element without its prefix.
fn local(name: &[u8]) -> &[u8] {
    memchr(b':', name).map_or(name, |colon| &name[colon + 1..])
}

/// The tags that close the elements that `head` leaves open, innermost first.
pub fn closing_tags(head: &str) -> String {
    let (mut open, mut at) = (Vec::new(), 0);
    while let Some(text) = head[at..].find('<') {
        at += text;
        let Some((mark, length)) = Mark::at(&head.as_bytes()[at..]) else { break };
        match mark {
            Mark::Open(name) => open.push(name),
            Mark::Close(_) => drop(open.pop()),
            Mark::Whole(_) | Mark::Other => {}
        }
        at += length;
    }
    open.iter().rev().flat_map(|name| ["</".into(), String::from_utf8_lossy(name), ">".into()]).collect()
}

/// Where the first item begins of the feed that begins with `head`; `None` for what is no feed.
pub(super) fn first_entry(head: &[u8]) -> Option<usize> {
    let (mut at, mut is_feed) = (0, false);
    loop {
        at += memchr(b'<', head.get(at..)?)?;
        let (mark, length) = Mark::at(&head[at..])?;
        if let Mark::Open(name) | Mark::Whole(name) = mark {
            if is_feed && is_entry(name) {
                return Some(at);
            }
            is_feed |= [&b"rss"[..], b"feed", b"rdf"].iter().any(|root| local(name).eq_ignore_ascii_case(root));
            if !is_feed {
                return None;
            }
        }
        at += length;
    }
}

/// What stands between angle brackets in XML; elements by their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark<'a> {
    Open(&'a [u8]),
    Close(&'a [u8]),
    /// An element without content.
    Whole(&'a [u8]),
    /// A comment, CDATA, an instruction or a declaration.
    Other,
}

impl<'a> Mark<'a> {
    /// The mark that `bytes` begin with, and its length; `None` where it does not end.
    fn at(bytes: &'a [u8]) -> Option<(Self, usize)> {
        for (start, end) in [(&b"<!--"[..], &b"-->"[..]), (b"<![CDATA[", b"]]>"), (b"<?", b"?>")] {
            if bytes.starts_with(start) {
                let length = memchr::memmem::find(&bytes[start.len()..], end)?;
                return Some((Self::Other, start.len() + length + end.len()));
            }
        }
        let end = end_of_tag(bytes)?;
        let is_name = |byte: &&u8| !byte.is_ascii_whitespace() && !matches!(**byte, b'/' | b'>');
        let name = |from: usize| &bytes[from..from + bytes[from..end].iter().take_while(is_name).count()];
        let mark = match bytes.get(1)? {
            b'/' => Self::Close(name(2)),
            b'!' => Self::Other,
            _ if bytes[end - 1] == b'/' => Self::Whole(name(1)),
            _ => Self::Open(name(1)),
        };
        Some((mark, end + 1))
    }
}

/// Where the bracket stands that closes the tag that `bytes` begin with; those in the values of attributes do not.
fn end_of_tag(bytes: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        at += memchr::memchr3(b'>', b'"', b'\'', bytes.get(at..)?)?;
        if bytes[at] == b'>' {
            return Some(at);
        }
        at += 2 + memchr(bytes[at], &bytes[at + 1..])?;
    }
}

/// Keys that a list of articles stands under, of Elasticsearch, Solr, the Guardian, news services, Telegram and others.
const LISTS: &[&str] =
    &["hits", "articles", "items", "docs", "results", "response", "data", "posts", "news", "stories", "messages"];

/// Where the first member begins of a list of objects that stands in the JSON object `bytes`, under the usual keys.
pub fn list_inside(bytes: &[u8]) -> Option<usize> {
    let blanks =
        |at: usize| bytes.get(at..).map_or(0, |rest| rest.iter().take_while(|b| b.is_ascii_whitespace()).count());
    let next = |at: usize| at + blanks(at);
    let mut at = next(0);
    if bytes.get(at) != Some(&b'{') {
        return None;
    }
    at += 1;
    loop {
        at = next(at);
        if bytes.get(at)? == &b',' {
            at = next(at + 1);
        }
        if bytes.get(at)? != &b'"' {
            return None;
        }
        let key = at + 1..at + string(&bytes[at..])? - 1;
        at = next(key.end + 1);
        if bytes.get(at)? != &b':' {
            return None;
        }
        at = next(at + 1);
        let listed = LISTS.iter().any(|name| name.as_bytes() == &bytes[key.clone()]);
        match bytes.get(at)? {
            b'[' if listed && bytes.get(next(at + 1)) == Some(&b'{') => return Some(at + 1),
            b'{' if listed => at += 1,
            _ => match element(&bytes[at..]) {
                Cut::Item(length) => at += length,
                _ => return None,
            },
        }
    }
}

/// What parts the cells of the table that begins with `head`: the one of comma, semicolon, tab and bar that gives the
/// most cells in most of the first rows.
pub fn delimiter(head: &[u8]) -> Option<u8> {
    if let Some((told, _)) = separator_line(head) {
        return Some(told);
    }
    let score = |delimiter: u8| {
        let rows = Dump::Rows(delimiter).items(head).take(SAMPLE);
        let counts: Vec<usize> = rows.map(|row| cells(row, delimiter)).collect();
        // The last row may be cut off.
        let whole = if counts.len() > 2 { &counts[..counts.len() - 1] } else { &counts[..] };
        let first = whole.first().copied().unwrap_or(1);
        let even = whole.iter().filter(|count| **count == first).count();
        (first > 1).then_some((even * 100 / whole.len().max(1), first))
    };
    let scored = b",;\t|".iter().filter_map(|&delimiter| Some((score(delimiter)?, delimiter)));
    // The share of rows counts before the number of cells: prose has commas, too, but never equally many.
    let best = scored.max_by_key(|((even, cells), _)| (*even / 10, *cells));
    best.filter(|((even, _), _)| *even >= 30).map(|(_, delimiter)| delimiter)
}

/// What parts the cells, and the length of the line `sep=;`, where the table `head` begins with it: Excel reads it.
pub fn separator_line(head: &[u8]) -> Option<(u8, usize)> {
    let line = &head[..=memchr(b'\n', head)?];
    // The separator may be a tab.
    let told = line.strip_suffix(b"\n").unwrap_or(line);
    match told.strip_suffix(b"\r").unwrap_or(told) {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', told] if !told.is_ascii_alphanumeric() && *told != b'"' => {
            Some((*told, line.len()))
        }
        _ => None,
    }
}

/// How many rows tell what parts the cells.
const SAMPLE: usize = 40;

/// True where `row` ends inside of a quoted cell.
pub fn is_open(row: &[u8], delimiter: u8) -> bool {
    let (mut at, mut opens) = (0, true);
    while at < row.len() {
        if row[at] == b'"' && opens {
            match quoted(&row[at..], delimiter, true) {
                Quoted::Closed(length) => at += length - 1,
                Quoted::More | Quoted::Stray => return true,
            }
        }
        opens = row[at] == delimiter;
        at += 1;
    }
    false
}

/// Number of cells in `row`.
fn cells(row: &[u8], delimiter: u8) -> usize {
    let (mut count, mut at, mut opens) = (1, 0, true);
    while at < row.len() {
        if row[at] == b'"'
            && opens
            && let Quoted::Closed(length) = quoted(&row[at..], delimiter, true)
        {
            at += length - 1;
        }
        opens = row[at] == delimiter;
        count += usize::from(opens);
        at += 1;
    }
    count
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(dump: Dump, bytes: &str, expect: &[&str]) {
        let items: Vec<&str> = dump.items(bytes.as_bytes()).map(|item| std::str::from_utf8(item).unwrap()).collect();
        assert_eq!(items, expect, "{dump:?}");
    }

    #[test]
    fn lines_without_blank_ones() {
        check(Dump::Lines, "{}\n\n  \n{\"a\": 1}\r\nrest", &["{}\n", "{\"a\": 1}\r\n", "rest"]);
    }

    #[test]
    fn members_of_a_list() {
        check(
            Dump::List,
            " {\"a\": \"}],\\\"\", \"b\": [1, {}]},\n [2], 3 , \"x\"] {\"no\": 1}",
            &["{\"a\": \"}],\\\"\", \"b\": [1, {}]}", "[2]", "3 ", "\"x\""],
        );
        check(Dump::List, "{\"a\": 1}, {\"b\": ", &["{\"a\": 1}", "{\"b\": "]);
    }

    #[test]
    fn a_first_line_may_tell_what_parts_the_cells() {
        assert_eq!(separator_line(b"sep=;\r\na;b\n"), Some((b';', 7)));
        assert_eq!(delimiter(b"SEP=|\na,b,c\n"), Some(b'|'));
        assert_eq!(separator_line(b"sep=\t\na\tb\n"), Some((b'\t', 6)));
        assert_eq!(separator_line(b"sep=s\na;b\n"), None);
        assert_eq!(separator_line(b"sep=rows\na;b\n"), None);
    }

    #[test]
    fn rows_with_quoted_cells() {
        let rows = Dump::Rows(b',');
        check(rows, "a,b\r\n1,\"x\ny \"\"z\"\"\"\n\n2,w", &["a,b\r\n", "1,\"x\ny \"\"z\"\"\"\n", "2,w"]);
        check(rows, "1,\"The \"old\" dam\"\n2,b\n", &["1,\"The \"old\" dam\"\n", "2,b\n"]);
    }

    #[test]
    fn a_mark_that_is_never_closed_costs_one_row() {
        let rows = Dump::Rows(b',');
        check(rows, "1,\"open\n2,b\n3,\"c\"\n4,d\n", &["1,\"open\n", "2,b\n", "3,\"c\"\n", "4,d\n"]);
        check(rows, "1,\"open\n2,b\n", &["1,\"open\n", "2,b\n"]);
    }

    #[test]
    fn messages_of_a_mailbox() {
        check(
            Dump::Mailbox,
            "From a@b Mon Oct 13 08:00:00 2025\nSubject: x\n\n>From here\n\nFrom c@d Tue Oct 14 08:00:00 2025\nSubject: y\n",
            &[
                "From a@b Mon Oct 13 08:00:00 2025\nSubject: x\n\n>From here\n\n",
                "From c@d Tue Oct 14 08:00:00 2025\nSubject: y\n",
            ],
        );
    }

    #[test]
    fn items_of_a_feed() {
        let first = "<item a='>'><title>x</title><![CDATA[</item>]]><!-- </item> --><item/></item>";
        let nested = "<a:entry><entry>y</entry></a:entry>";
        let feed = format!("{first}\n text <link/> {nested}<items><item/></items></channel></rss>");
        check(Dump::Feed, &feed, &[first, nested, "<item/>"]);
        check(Dump::Feed, "<item>x</item><item>cut", &["<item>x</item>", "<item>cut"]);
        check(Dump::Feed, "<item>x</item></rss", &["<item>x</item>"]);
        check(Dump::Feed, "<", &[]);
    }

    #[test]
    fn what_is_left_open_is_closed() {
        let head = "<?xml version='1.0'?><a:rss b='>'><channel><link/><title>x</title><![CDATA[<br><p>]]>";
        assert_eq!(closing_tags(head), "</channel></a:rss>");
        assert_eq!(closing_tags("<feed"), "");
    }

    #[test]
    fn feeds_are_told_from_other_xml() {
        for (head, expect) in [
            ("<?xml version='1.0'?><!-- <item> --><rss a=\"<item>\"><channel><title>x</title><item>", Some("<item>")),
            ("<!DOCTYPE feed><feed><title><![CDATA[<entry>]]></title><entry/>", Some("<entry/>")),
            ("<rdf:RDF><channel><items/></channel><item rdf:about='x'>", Some("<item rdf:about='x'>")),
            ("<rss><channel><title>", None),
            ("<nitf><item>", None),
            ("<", None),
            ("River", None),
        ] {
            assert_eq!(first_entry(head.as_bytes()).map(|at| &head[at..]), expect, "{head}");
        }
    }

    #[test]
    fn lists_are_found_in_their_wrappers() {
        for (json, expect) in [
            (r#"{"status": "ok", "articles": [{"title": "x"}]}"#, Some("{\"title\": \"x\"}]}")),
            (
                r#"{"took": 1, "hits": {"total": {"value": 2}, "hits": [ {"_source": {}}]}}"#,
                Some(" {\"_source\": {}}]}}"),
            ),
            (r#"{"title": "articles", "authors": [{"name": "x"}]}"#, None),
            (r#"{"articles": ["x"]}"#, None),
            (r#"{"articles""#, None),
        ] {
            assert_eq!(list_inside(json.as_bytes()).map(|begin| &json[begin..]), expect, "{json}");
        }
    }

    #[test]
    fn delimiters_are_told_by_the_rows() {
        for (head, expect) in [
            ("title,date\n\"A, b\",2025\nc,2026\n", Some(b',')),
            ("title;date\nA, b;2025\nc, d, e;2026\n", Some(b';')),
            ("a\tb\tc\n1\t2, 3\t4\n", Some(b'\t')),
            ("a|b\n1|2\n", Some(b'|')),
            ("one column\nand no other\n", None),
        ] {
            assert_eq!(delimiter(head.as_bytes()), expect, "{head:?}");
        }
    }

    proptest! {
        #[test]
        fn items_and_gaps_are_all_there_is(
            text in "([\"{}\\[\\],\n\\\\ a;F<>/!'?-]|</?item|<!\\[CDATA\\[|<!--|-->|/>){0,40}"
        ) {
            for dump in [Dump::Lines, Dump::Rows(b','), Dump::Mailbox, Dump::List, Dump::Feed] {
                let (mut at, bytes) = (0, text.as_bytes());
                loop {
                    match dump.cut(&bytes[at..], true) {
                        Cut::Item(length) | Cut::Gap(length) => {
                            prop_assert!(length > 0);
                            at += length;
                        }
                        Cut::End => break,
                        Cut::More => prop_assert!(false, "more of what has ended"),
                    }
                }
                prop_assert!(at <= bytes.len());
            }
            prop_assert!(first_entry(text.as_bytes()).is_none_or(|begin| begin < text.len()));
            closing_tags(&text);
        }
    }
}

//! Where the messages of a mailbox begin.
//!
//! Before each stands a line "From jane@example.org Sun Oct 12 08:00:00 2025". So may a sentence begin; programs that write
//! mailboxes are to put a `>` before it, and not all do. And not all write a year, or an empty line before,
//! or one word for the sender.

use memchr::memchr;
use memchr::memmem::find_iter;

/// How many lines of headers tell that a message begins.
const HEADERS: usize = 50;

/// Where the message ends that `bytes` begin with, which is where the next one begins; `None` where none does, or it
/// cannot be told yet because these bytes are not the `last`.
pub(super) fn end_of_message(bytes: &[u8], last: bool) -> Option<usize> {
    for at in find_iter(bytes, b"\nFrom ") {
        let (line, behind) = first_line(&bytes[at + 1..]);
        let before = bytes[..at].strip_suffix(b"\r").unwrap_or(&bytes[..at]);
        let is_apart = before.ends_with(b"\n");
        let (is_dated, is_sent) = (has_year(line), has_sender(line));
        // Whoever sent it may stand in any form ("jane at example.org") where all else is there.
        let is_opener = match (is_apart, is_dated) {
            (true, true) => is_sent || begins_with_headers(behind, last)?,
            _ => is_sent && (is_apart || words(line).any(is_time)) && begins_with_headers(behind, last)?,
        };
        if is_opener {
            return Some(at + 1);
        }
    }
    None
}

/// True for the line that opens a message in a mailbox, with a header behind it.
pub(super) fn is_mailbox(head: &[u8]) -> bool {
    let (line, behind) = first_line(head);
    let opens = line.starts_with(b"From ") && (has_sender(line) || line.iter().any(u8::is_ascii_digit));
    let (next, _) = first_line(behind);
    opens && (header_name(next).is_some() || next.starts_with(b">From "))
}

/// The first line of `bytes`, without its end, and what stands behind it.
fn first_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = memchr(b'\n', bytes).unwrap_or(bytes.len());
    let line = bytes[..end].strip_suffix(b"\r").unwrap_or(&bytes[..end]);
    (line, bytes.get(end + 1..).unwrap_or_default())
}

/// True for a line with a year and a time of day.
fn has_year(line: &[u8]) -> bool {
    let is_year = |word: &[u8]| {
        let year = word.strip_suffix(b",").unwrap_or(word);
        year.len() == 4 && year.iter().all(u8::is_ascii_digit)
    };
    words(line).any(is_year) && words(line).any(is_time)
}

/// True for a line that goes on, behind "From", as programs write it that keep mailboxes: with an address, or the dash that
/// stands for one, alone or before a date; or with a name in one word and a date that begins with the day of the week.
/// "From May 2025 the office opens at 9:30" and "From jane@example.org at 9:30 we heard" do not.
fn has_sender(line: &[u8]) -> bool {
    const DAYS: [&[u8]; 7] = [b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"];
    let mut behind = words(line).skip(1);
    let Some(sender) = behind.next() else { return false };
    let Some(next) = behind.next() else { return is_address(sender) };
    let is_dated = behind.take(6).any(is_time);
    let is_day = DAYS.contains(&next.strip_suffix(b",").unwrap_or(next));
    is_dated && (is_day || (is_address(sender) && next[0].is_ascii_digit()))
}

fn is_address(word: &[u8]) -> bool {
    word == b"-" || (word.contains(&b'@') && word.last().is_some_and(u8::is_ascii_alphanumeric))
}

fn is_time(word: &[u8]) -> bool {
    word.len() >= 4 && word[0].is_ascii_digit() && word.contains(&b':')
}

fn words(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty())
}

/// Whether `bytes` begin with the headers of a message, at least one of them such as only mail has; `None` where that
/// stands behind them, and they are not the `last`.
fn begins_with_headers(bytes: &[u8], last: bool) -> Option<bool> {
    let mut rest = bytes;
    for number in 0..HEADERS {
        let is_whole = memchr(b'\n', rest).is_some();
        if !is_whole && !last {
            return None;
        }
        let (line, behind) = first_line(rest);
        rest = behind;
        match header_name(line) {
            Some(name) if is_of_mail(name) => return Some(true),
            Some(_) => {}
            None if number > 0 && matches!(line.first(), Some(b' ' | b'\t')) => {}
            None if number == 0 && line.starts_with(b">From ") => {}
            None => return Some(false),
        }
    }
    Some(false)
}

/// The name of the header in `line`.
fn header_name(line: &[u8]) -> Option<&[u8]> {
    let name = &line[..memchr(b':', line)?];
    (!name.is_empty() && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')).then_some(name)
}

/// Headers that mail begins with.
fn is_of_mail(name: &[u8]) -> bool {
    let known: [&[u8]; 14] = [
        b"from",
        b"to",
        b"subject",
        b"date",
        b"received",
        b"return-path",
        b"delivered-to",
        b"message-id",
        b"mime-version",
        b"content-type",
        b"reply-to",
        b"sender",
        b"status",
        b"x-gmail-labels",
    ];
    known.iter().any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use crate::crawl::Dump;

    use super::*;

    fn check(messages: &[&str]) {
        let mailbox = messages.concat();
        let items: Vec<&str> =
            Dump::Mailbox.items(mailbox.as_bytes()).map(|item| std::str::from_utf8(item).unwrap()).collect();
        assert_eq!(items, messages);
    }

    #[test]
    fn messages_open_with_a_date_behind_an_empty_line() {
        check(&[
            "From a@b Sun Oct 12 08:00:00 2025\nSubject: x\n\nThe budget.\nFrom the start she denied it.\n\n\
             From here on, it is hers.\n\n",
            "From c@d Mon Oct 13 08:00:00 2025\r\nSubject: y\r\n\r\nIt fell.\r\n\r\n",
            "From e@f Tue Oct 14 08:00:00 2025\nSubject: z\n\nIt rose.\n",
        ]);
    }

    #[test]
    fn messages_open_whatever_form_their_sender_has() {
        let message = |sender: &str| format!("From {sender}\nFrom: j@example.org\nSubject: x\n\nThe budget.\n\n");
        let messages = [
            "jane at example.org  Sun Oct 12 08:00:00 2025",
            "Jane Doe Sun Oct 12 08:00:00 2025",
            "\"Jane Doe\" <a@b> Sun Oct 12 08:00:00 2025",
            "/O=ORG/OU=X Y/CN=JANE Sun Oct 12 08:00:00 2025",
            " Sun Oct 12 08:00:00 2025",
            "a@b Oct 12 08:00:00 2025",
            "a@b Di Okt 12 08:00:00 2025",
            "a@b Tuesday, October 12, 2025, 08:00",
        ]
        .map(message);
        check(&messages.each_ref().map(String::as_str));
    }

    /// Each of these was swallowed by the message before it.
    #[test]
    fn messages_open_without_a_year_or_an_empty_line_before() {
        check(&[
            "From a@b Sun Oct 12 08:00:00 2025\nSubject: x\n\nThe budget.\n\n",
            "From c@d Mon Oct 13 08:00:00\nSubject: y\n\nIt fell.\n",
            "From e@f Tue Oct 14 08:00:00 2025\nX-Folder: in\n of mine\nSubject: z\n\nIt rose.\n\n",
            "From g@h\r\nFrom: g@h\r\n\r\nIt stood.\r\n",
            "From - Tue Oct 14 08:00:00 2025\nX-Mozilla-Status: 0001\nMessage-ID: <1@h>\n\nIt ran.\n",
            "From MAILER-DAEMON Tue Oct 14 08:00:00\n>From i@j Tue Oct 14\nDate: x\n\nIt went.\n",
        ]);
    }

    #[test]
    fn no_sentence_opens_a_message() {
        check(&["From a@b Sun Oct 12 08:00:00 2025\nSubject: x\n\nThe budget.\n\n\
             From May 2025 the office opens at 9:30 each day.\n\n\
             From the desk of the mayor\nTo: all\nSubject: the dam\n\n\
             From jane@example.org, who wrote:\nSubject: the dam\n\n\
             From jane@example.org we hear this:\nSubject: the dam\n\n\
             From jane@example.org at 9:30 on 12 May 2025 we heard it.\n\n\
             From jane@example.org\nNote: she wrote of the dam.\n\n\
             She forwarded this:\nFrom jane@example.org\nTo: all\nSubject: the dam\n\n\
             From jane@example.org\nwe hear that the dam holds.\n"]);
    }

    #[test]
    fn a_stream_is_cut_where_the_whole_is() {
        let first = "From a@b Sun Oct 12 08:00:00 2025\nSubject: x\n\nThe budget.\n";
        let second = "From c@d Mon Oct 13 08:00:00\nX-Folder: in\nSubject: y\n\nIt fell.\n";
        let mailbox = [first, second].concat();
        for end in 0..mailbox.len() {
            let found = end_of_message(&mailbox.as_bytes()[..end], false);
            assert!(found.is_none_or(|found| found == first.len()), "{end}: {found:?}");
        }
        assert_eq!(end_of_message(mailbox.as_bytes(), false), Some(first.len()));
    }

    #[test]
    fn mailboxes_open_with_a_line_of_their_own() {
        assert!(is_mailbox(b"From a@b Sun Oct 12 08:00:00 2025\nSubject: x\n"));
        assert!(is_mailbox(b"From a@b\r\nSubject: x\r\n"));
        assert!(!is_mailbox(b"From 2025 on the river\nrose every year.\n"));
        assert!(!is_mailbox(b"From the desk of the mayor\nSubject: x\n"));
    }
}

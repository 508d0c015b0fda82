//! Mail: the subject is the headline, the sender the outlet or the author, the text or the page the story.

use std::borrow::Cow;
use std::ops::ControlFlow;

use chrono::NaiveDate;
use mail_parser::{Address, HeaderName, Message, MessageParser, MessagePart, MimeHeaders as _, PartType};

use super::draft::Draft;
use super::html_body::{self, Story};
use super::{Parsed, outlet, saved_page, text, url};
use crate::article::Origin;
use crate::crawl::{RawFile, SkipReason, Skipped, attached_members};

/// How deep messages may lie in messages.
const DEPTH: usize = 4;

/// Reads the message `bytes` at `path`, on `today`. `read` reads a file that is attached to it.
///
/// The message's own text has the path `path`; what is attached, that and `!/` and its name.
pub(super) fn read(path: &str, bytes: &[u8], today: NaiveDate, read: &dyn Fn(&RawFile) -> Parsed) -> Parsed {
    // Some programs put a page of blanks before the first header.
    match parser().parse(&unboxed(bytes.trim_ascii_start())) {
        Some(message) => {
            if let Some(page) = saved_page::page(path, &message) {
                return read(&page);
            }
            let mut parsed = Parsed::default();
            take(path, &message, today, read, 0, &mut parsed);
            if parsed.articles.is_empty() && parsed.rejected.is_empty() {
                parsed.rejected.push(SkipReason::NoArticle("a message without a text".into()));
            }
            parsed
        }
        None => Parsed::none(SkipReason::Damaged("mail: no headers".into())),
    }
}

/// Reads dates as text: the parser's own reader of dates stops at a zone's name, and takes the next header with it.
fn parser() -> MessageParser {
    MessageParser::new().with_minimal_headers().header_text(HeaderName::Date)
}

/// The message without what a mailbox adds: the line before it, and marks before lines that begin like that one.
fn unboxed(message: &[u8]) -> Cow<'_, [u8]> {
    let Some(boxed) = message.strip_prefix(b"From ") else { return Cow::Borrowed(message) };
    let begin = memchr::memchr(b'\n', boxed).map_or(boxed.len(), |end| end + 1);
    let mut lines = Vec::with_capacity(boxed.len() - begin);
    for line in boxed[begin..].split_inclusive(|&byte| byte == b'\n') {
        let marks = line.iter().take_while(|&&byte| byte == b'>').count();
        let is_marked = marks > 0 && line[marks..].starts_with(b"From ");
        lines.extend_from_slice(&line[usize::from(is_marked)..]);
    }
    Cow::Owned(lines)
}

/// True for the beginning of a message: names of headers, among them ones that only mail has, or all four that every
/// letter has.
pub(super) fn is_message(head: &str) -> bool {
    let head = head.split("\n\n").next().unwrap_or(head);
    let head = head.split("\r\n\r\n").next().unwrap_or(head);
    let names: Vec<String> = head
        .lines()
        .filter(|line| !line.starts_with([' ', '\t']))
        .map(|line| header_name(line).to_lowercase())
        .collect();
    let has = |name: &str| names.iter().any(|other| other == name);
    let is_letter = ["from", "to", "subject", "date"].into_iter().all(has) && !names.iter().any(String::is_empty);
    names.first().is_some_and(|name| !name.is_empty())
        && (is_letter || (OWN.iter().any(|name| has(name)) && (has("from") || has("subject"))))
}

/// Headers that nothing but mail has.
const OWN: &[&str] =
    &["message-id", "mime-version", "received", "return-path", "delivered-to", "x-mailer", "content-type"];

/// The name of the header in `line`; empty where it holds none.
fn header_name(line: &str) -> &str {
    let name = line.split_once(':').map_or("", |(name, _)| name);
    if name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') { name } else { "" }
}

fn take(
    path: &str,
    message: &Message<'_>,
    today: NaiveDate,
    read: &dyn Fn(&RawFile) -> Parsed,
    depth: usize,
    parsed: &mut Parsed,
) {
    if let Some(body) = body(message) {
        let mut draft = Draft::of_story(path, body, today);
        fields(&mut draft, message);
        text::fields(&mut draft);
        parsed.articles.push(draft.finish());
    }
    for (number, part) in (1..).zip(message.attachments()) {
        let path = format!("{path}!/{}", name(part, number));
        match &part.body {
            PartType::Message(inner) if depth < DEPTH => take(&path, inner, today, read, depth + 1, parsed),
            PartType::Message(_) => {
                let what = format!("message inside of {DEPTH} messages");
                parsed.rejected.push(SkipReason::Unsupported(what));
            }
            PartType::Text(inner) | PartType::Html(inner) => {
                attach(parsed, read, &RawFile::new(path, inner.as_bytes().to_vec()));
            }
            // The text of an article may be sent as a file of any type; pictures and signatures are no news.
            PartType::Binary(inner) if is_text_file(&path) => attach(parsed, read, &RawFile::new(path, inner.to_vec())),
            PartType::Binary(inner) if !is_ornament(part) => attach_members(parsed, read, &path, inner),
            _ => {}
        }
    }
}

fn attach(parsed: &mut Parsed, read: &dyn Fn(&RawFile) -> Parsed, file: &RawFile) {
    // A file may be mail again, read from its beginning.
    if let Some(reason) = too_deep(&file.path) {
        return parsed.rejected.push(reason);
    }
    let mut inner = read(file);
    parsed.articles.append(&mut inner.articles);
    // A signature or a disclaimer is attached to half of all mail: where there is a story, they are no loss.
    if parsed.articles.is_empty() {
        parsed.rejected.append(&mut inner.rejected);
    }
}

/// Reads what an attached archive holds. A document that gives no article is told: it may be the story.
fn attach_members(parsed: &mut Parsed, read: &dyn Fn(&RawFile) -> Parsed, path: &str, bytes: &[u8]) {
    // Each attached archive has limits of its own: in each other they would multiply.
    if path.matches("!/").count() > 2 {
        let what = "archive attached to mail inside of an attached archive";
        return parsed.rejected.push(SkipReason::Unsupported(what.into()));
    }
    let (articles, reasons) = (parsed.articles.len(), parsed.rejected.len());
    attached_members(path, bytes, &mut |member| {
        match member {
            Ok(file) if file.path != path => attach(parsed, read, &file),
            Ok(_) => {}
            Err(skipped) => parsed.rejected.push(named(&skipped)),
        }
        ControlFlow::Continue(())
    });
    if (parsed.articles.len(), parsed.rejected.len()) == (articles, reasons) {
        let name = path.rsplit("!/").next().unwrap_or(path);
        parsed.rejected.push(SkipReason::NoArticle(format!("none in the attached `{name}`")));
    }
}

/// Why the attachment at `path` is not read: it is attached to what is attached, and so on.
fn too_deep(path: &str) -> Option<SkipReason> {
    let what = || format!("attachment inside of {} files", 2 * DEPTH);
    (path.matches("!/").count() > 2 * DEPTH).then(|| SkipReason::Unsupported(what()))
}

/// The reason with the name of what it concerns, where it has room for one.
fn named(skipped: &Skipped) -> SkipReason {
    let name = skipped.path.rsplit("!/").next().unwrap_or(&skipped.path);
    match &skipped.reason {
        SkipReason::Unsupported(what) => SkipReason::Unsupported(format!("attached `{name}`, {what}")),
        SkipReason::Damaged(what) => SkipReason::Damaged(format!("attached `{name}`, {what}")),
        reason => reason.clone(),
    }
}

/// True for a picture, a sound, a film or a signature: most are ornaments of the letter.
fn is_ornament(part: &MessagePart<'_>) -> bool {
    let Some(kind) = part.content_type() else { return false };
    let is_signature = kind.subtype().is_some_and(|kind| kind.to_ascii_lowercase().ends_with("signature"));
    is_signature || ["image", "audio", "video"].iter().any(|other| kind.ctype().eq_ignore_ascii_case(other))
}

fn is_text_file(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    matches!(ending.as_str(), "txt" | "html" | "htm" | "xml" | "json" | "csv" | "rtf" | "eml" | "md")
}

/// The name of the attached file `part`, or its number.
fn name(part: &MessagePart<'_>, number: usize) -> String {
    let name = part.attachment_name().map(|name| name.rsplit(['/', '\\']).next().unwrap_or(name).trim());
    name.filter(|name| !name.is_empty() && *name != "..").map_or_else(|| number.to_string(), str::to_owned)
}

/// The message's own text. Of a text and a page with the same story the text is the cleaner one, unless it is a mere
/// hint at the page.
fn body(message: &Message<'_>) -> Option<Story> {
    let own = |part: &&MessagePart<'_>| part.attachment_name().is_none();
    let plain = message.text_bodies().filter(own).find_map(|part| match &part.body {
        PartType::Text(text) => Some(Story { text: text.trim().replace("\r\n", "\n"), ..Story::default() }),
        _ => None,
    });
    let page = message.html_bodies().filter(own).find_map(|part| match &part.body {
        PartType::Html(html) => Some(html),
        _ => None,
    });
    let page = page.map(|html| {
        let body = html_body::read(html);
        if body.text.is_empty() { html_body::all(html) } else { body }
    });
    let found = match (plain, page) {
        (Some(plain), Some(page)) if plain.text.len() * 3 < page.text.len() => page,
        (Some(plain), _) if !plain.text.is_empty() => plain,
        (_, Some(page)) => page,
        (Some(plain), None) => plain,
        (None, None) => return None,
    };
    (!found.text.trim().is_empty()).then_some(found)
}

fn fields(draft: &mut Draft, message: &Message<'_>) {
    if let Some(subject) = message.subject() {
        draft.see_headline_field(unprefixed(subject));
    }
    if let Some(date) = message.header(HeaderName::Date).and_then(|value| value.as_text()) {
        draft.see_date_field(date, 1.0);
    }
    if let Some(address) = message.header("Archived-At").and_then(|value| value.as_text()) {
        draft.see_address(address.trim_matches(['<', '>']), Origin::Metadata, None);
    }
    let sender = message.from().and_then(Address::first);
    let name = sender.and_then(|sender| sender.name.as_deref()).map(|name| name.trim_matches(['"', '\'', ' ']));
    let domain = sender.and_then(|sender| sender.address.as_deref()?.rsplit_once('@')).map(|(_, domain)| domain);
    if let Some(name) = name.filter(|name| !name.is_empty()) {
        if outlet::named(name).is_some() || names_outlet(name, sender.and_then(|sender| sender.address.as_deref())) {
            draft.see_outlet_field(name);
        } else {
            draft.see_byline_field(name);
        }
    }
    // Whoever writes from an outlet's own domain writes for it; letters from a mail provider tell nothing.
    if let Some(domain) = domain.filter(|domain| !is_provider(domain)) {
        draft.see_outlet_field(domain);
    }
}

/// The subject without the marks of answers and forwards.
fn unprefixed(subject: &str) -> &str {
    let mut rest = subject.trim();
    let marks = ["re:", "fw:", "fwd:", "aw:", "wg:", "tr:", "rv:"];
    while let Some(mark) =
        marks.iter().find(|mark| rest.get(..mark.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(mark)))
    {
        rest = rest[mark.len()..].trim_start();
    }
    rest
}

/// True where the sender `name` is an outlet's desk rather than a person: the address is one of a desk, or shares a word
/// with the name.
fn names_outlet(name: &str, address: Option<&str>) -> bool {
    let desks =
        ["newsletter", "newsletters", "news", "noreply", "no-reply", "info", "alerts", "editor", "daily", "press"];
    let Some((local, domain)) = address.and_then(|address| address.rsplit_once('@')) else { return false };
    let site = url::registrable(domain).split('.').next().unwrap_or("").to_lowercase();
    let squeezed: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    desks.contains(&local.to_lowercase().as_str()) || (site.len() > 3 && squeezed.contains(&site))
}

/// True for the domains of mail providers.
fn is_provider(domain: &str) -> bool {
    let name = url::registrable(domain).split('.').next().unwrap_or("").to_lowercase();
    let providers = [
        "gmail",
        "googlemail",
        "yahoo",
        "hotmail",
        "outlook",
        "live",
        "aol",
        "gmx",
        "web",
        "icloud",
        "proton",
        "protonmail",
        "mail",
        "yandex",
        "qq",
        "163",
        "example",
        "substack",
        "mailchimp",
        "googlegroups",
    ];
    providers.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(message: &str, expect: &[&str]) {
        let today = NaiveDate::from_ymd_opt(2025, 10, 14).unwrap();
        let attached = |file: &RawFile| {
            let text = String::from_utf8_lossy(&file.bytes).into_owned();
            Parsed { articles: vec![text::read(&file.path, text, today)], ..Parsed::default() }
        };
        let parsed = read("a.eml", message.as_bytes(), today, &attached);
        let articles = parsed.articles.iter().map(|(article, _)| {
            let headline = article.headline.as_ref().map_or("-", |field| &field.value);
            let outlet = article.outlet.as_ref().map_or("-", |field| &field.value);
            let date = article.date.as_ref().map_or("-".into(), |field| field.value.day.to_string());
            let bylines: Vec<&str> = article.bylines.iter().map(|field| field.value.as_str()).collect();
            format!(
                "{}: {headline} | {outlet} | {date} | {} | {}",
                article.path,
                bylines.join(", "),
                article.body().trim()
            )
        });
        let lines: Vec<String> = articles.chain(parsed.rejected.iter().map(ToString::to_string)).collect();
        assert_eq!(lines, expect);
    }

    #[test]
    fn a_letter_of_a_reporter() {
        check(
            "\n   \nFrom: Jane Doe <jane@gmail.com>\nTo: desk@example.org\nSubject: Re: =?utf-8?q?Th=C3=A9_river_rises?=\n\
             Date: Sun, 12 Oct 2025 08:00:00 +0200\nMessage-ID: <1@x>\n\nHundreds of people left their homes.\n",
            &["a.eml: Thé river rises | - | 2025-10-12 | Jane Doe | Hundreds of people left their homes."],
        );
    }

    #[test]
    fn the_date_takes_no_header_with_it() {
        for date in
            ["Sun, 12 Oct 2025 08:00:00 UT", "Sun, 12 Oct 2025 08:00:00 Z", "2025-10-12T08:00:00Z", "12 Oct 25 08:00 A"]
        {
            check(
                &format!("From: Jane Doe <jane@gmail.com>\nDate: {date}\nSubject: River rises\n\nThe river rose.\n"),
                &["a.eml: River rises | - | 2025-10-12 | Jane Doe | The river rose."],
            );
            check(
                &format!("From: Jane Doe <jane@gmail.com>\nSubject: River rises\nDate: {date}\n\nThe river rose.\n"),
                &["a.eml: River rises | - | 2025-10-12 | Jane Doe | The river rose."],
            );
        }
    }

    #[test]
    fn a_message_out_of_a_mailbox() {
        check(
            "From jane@gmail.com Sun Oct 12 08:00:00 2025\nFrom: Jane Doe <jane@gmail.com>\nSubject: River rises\n\n\
             The river rose.\n>From here to the sea.\n",
            &["a.eml: River rises | - | - | Jane Doe | The river rose.\nFrom here to the sea."],
        );
    }

    #[test]
    fn a_newsletter_in_two_forms() {
        check(
            "From: \"The Guardian\" <newsletters@theguardian.com>\nSubject: River rises\nDate: Sun, 12 Oct 2025 08:00:00 +0000\n\
             MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n\
             Read it on our site.\n--b\nContent-Type: text/html\n\n<html><body><p>Hundreds of people left their homes on \
             Sunday, as the river rose over its banks.</p></body></html>\n--b--\n",
            &[
                "a.eml: River rises | The Guardian | 2025-10-12 |  | Hundreds of people left their homes on Sunday, as the \
               river rose over its banks.",
            ],
        );
    }

    #[test]
    fn what_is_attached_is_read() {
        check(
            "From: desk@harrow-gazette.org\nSubject: Two stories\nMIME-Version: 1.0\n\
             Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nPlease find them here.\n--b\n\
             Content-Type: text/plain; name=river.txt\nContent-Disposition: attachment; filename=\"../river.txt\"\n\n\
             The river rose.\n--b\nContent-Type: image/png; name=a.png\nContent-Disposition: attachment; filename=a.png\n\
             Content-Transfer-Encoding: base64\n\niVBORw0K\n--b--\n",
            &[
                "a.eml: Two stories | Harrow Gazette | - |  | Please find them here.",
                "a.eml!/river.txt: - | - | - |  | The river rose.",
            ],
        );
    }

    #[test]
    fn attached_archives_are_opened() {
        let zip = "UEsDBBQAAAAAAAAAIQD+pbb5DwAAAA8AAAAFAAAAYS50eHRUaGUgcml2ZXIgcm9zZS5QSwECFAMUAAAAAAAAACEA/qW2+Q8AAAAPAAAA\n\
                   BQAAAAAAAAAAAAAAgAEAAAAAYS50eHRQSwUGAAAAAAEAAQAzAAAAMgAAAAAA";
        let gzip = "H4sIAAAAAAACAwvJSFUoyixLLVIoyi9O1QMA/qW2+Q8AAAA=";
        let part = |name: &str, content: &str| {
            format!(
                "--b\nContent-Type: application/octet-stream; name={name}\nContent-Disposition: attachment; filename={name}\n\
                 Content-Transfer-Encoding: base64\n\n{content}\n"
            )
        };
        let parts = [
            part("in.zip", zip),
            part("s.txt.gz", gzip),
            part("cut.gz", "H4sIAAAA"),
            part("d.doc", "0M8R4KGxGuEAAA=="),
        ];
        check(
            &format!(
                "From: desk@harrow-gazette.org\nSubject: Two stories\nMIME-Version: 1.0\n\
                 Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nPlease find them here.\n{}--b--\n",
                parts.concat()
            ),
            &[
                "a.eml: Two stories | Harrow Gazette | - |  | Please find them here.",
                "a.eml!/in.zip!/a.txt: - | - | - |  | The river rose.",
                "a.eml!/s.txt.gz!/s.txt: - | - | - |  | The river rose.",
                "damaged: attached `cut`, cut short",
                "attached `d.doc`, office document: not a format that newsdex reads",
            ],
        );
    }

    #[test]
    fn archives_in_letters_in_archives_end() {
        let mut parsed = Parsed::default();
        attach_members(&mut parsed, &|_| Parsed::default(), "a.eml!/b.zip!/c.eml!/d.zip", b"PK");
        let told = "archive attached to mail inside of an attached archive: not a format that newsdex reads";
        assert_eq!(parsed.rejected.iter().map(ToString::to_string).collect::<Vec<_>>(), [told]);
    }

    #[test]
    fn letters_attached_to_letters_as_files_end() {
        let letter = |inner: &str| {
            format!(
                "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"{0}\"\r\n\r\n--{0}\r\n\
                 Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=a.eml\r\n\r\n\
                 {inner}\r\n--{0}--\r\n",
                format_args!("b{}", inner.len()),
            )
        };
        let nested = (0..100).fold(String::from("Subject: y\r\nMIME-Version: 1.0\r\n\r\n"), |inner, _| letter(&inner));
        let told = "attachment inside of 8 files: not a format that newsdex reads";
        super::super::sample::check("a.eml", nested, &[told]);
    }

    #[test]
    fn messages_are_told_from_labelled_texts() {
        assert!(is_message("Return-Path: <a@b>\nSubject: x\n\nText"));
        assert!(is_message("From: a@b\r\nMIME-Version: 1.0\r\n\r\nText"));
        assert!(!is_message("From: a@b\nSubject: x\nDate: today\n\nText"));
        assert!(is_message("From: a@b\nTo: c@d\nSubject: x\nDate: today\n\nText"));
        assert!(!is_message("From: a@b\nTo: c@d\nSubject: x\nDate: today\nThe river rose.\n\nText"));
        assert!(!is_message("Title: River\nSource: The Paper\nContent-Type: news"));
        assert!(!is_message("The river rose.\nFrom: here\nMessage-ID: none"));
    }

    proptest! {
        #[test]
        fn any_message_ends(message in "(From:|Subject:|MIME-Version:|Content-Type: multipart/mixed; boundary=b|--b|\n|[a-zé =?]{0,9}){0,40}") {
            read("a", message.as_bytes(), NaiveDate::from_ymd_opt(2025, 10, 14).unwrap(), &|_| Parsed::default());
        }
    }
}

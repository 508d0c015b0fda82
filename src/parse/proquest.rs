//! Articles as `ProQuest` exports them, as text: lines of underscores between the documents, and in each of them fields with
//! their labels, the story (`Full text:`) among them.

use chrono::NaiveDate;

use super::database::{self, Fields};
use super::{Parsed, clip};

/// How much of a text tells what it is, in bytes.
const SAMPLE: usize = 64 << 10;

/// Least underscores of a line between documents, which has sixty.
const RULE: usize = 40;

/// True for a text that `ProQuest` has exported.
pub(super) fn is_export(text: &str) -> bool {
    let head = clip::head(text, SAMPLE);
    let has = |is: &dyn Fn(&str) -> bool| head.lines().any(|line| is(line.trim()));
    has(&is_rule) && has(&|line| is_story(line)) && has(&|line| label(line).is_some_and(is_telling))
}

/// Reads the articles of the file at `path` that holds `text`, on `today`. Where there are several, each one's path ends in
/// `!/` and its number.
pub(super) fn read(path: &str, text: &str, today: NaiveDate) -> Parsed {
    let parts = documents(text);
    let is_closed = parts.last().is_some_and(|(_, closed)| *closed);
    let documents: Vec<Document<'_>> = parts.into_iter().map(|(lines, _)| Document::of(lines)).collect();
    let is_open = |last: &Document<'_>| !last.story.is_empty() && last.below.is_empty();
    let is_cut = !is_closed && documents.last().is_some_and(is_open);
    database::articles(path, documents.iter().map(Document::fields), is_cut, today)
}

/// The lines of each document, and whether a rule ends it. What stands before the first one and behind the last one is the
/// database's own.
fn documents(text: &str) -> Vec<(Vec<&str>, bool)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut documents: Vec<(Vec<&str>, bool)> = Vec::new();
    let (mut part, mut is_open) = (Vec::new(), false);
    for (at, line) in lines.iter().copied().enumerate() {
        // A line of underscores in a story ends no document, unless the next one begins behind it.
        if is_rule(line.trim()) && (!is_open || closes(&lines[at + 1..])) {
            documents.push((std::mem::take(&mut part), true));
            is_open = false;
            continue;
        }
        match label(line.trim()) {
            Some(name) if is_below(name) => is_open = false,
            _ => is_open = is_open || is_story(line.trim()),
        }
        part.push(line);
    }
    documents.push((part, false));
    documents.retain(|(part, _)| part.iter().any(|line| label(line.trim()).is_some_and(is_telling)));
    documents
}

/// True where a document, or the end of the export, stands in `lines` behind a rule.
fn closes(lines: &[&str]) -> bool {
    /// Lines in which a document tells what it is, and lines that the database adds at the end.
    const NEAR: usize = 12;
    let begins = |line: &&str| is_counter(line.trim()) || label(line.trim()).is_some_and(|name| ABOVE.contains(&name));
    let mut near = lines.iter().filter(|line| !line.trim().is_empty()).take(NEAR);
    near.clone().any(begins) || near.nth(NEAR - 1).is_none()
}

/// The lines of one document.
struct Document<'a> {
    above: Vec<&'a str>,
    /// From `Full text:` on; empty where the document has none.
    story: Vec<&'a str>,
    /// The fields behind the story; none where it is cut short.
    below: Vec<&'a str>,
}

impl<'a> Document<'a> {
    fn of(mut lines: Vec<&'a str>) -> Self {
        let begin = lines.iter().position(|line| is_story(line.trim())).unwrap_or(lines.len());
        let mut behind = lines.split_off(begin);
        let below = behind.split_off(end_of_story(&behind));
        Self { above: lines, story: behind, below }
    }

    fn fields(&self) -> Fields {
        let field = |name: &str| value(&self.below, name).or_else(|| value(&self.above, name));
        let first = || self.above.iter().map(|line| line.trim()).find(|line| !line.is_empty() && !is_counter(line));
        let info =
            || field("Publication info").map(|info| info.split([';', '[']).next().unwrap_or_default().to_owned());
        let headline = field("Title").or_else(|| first().filter(|line| label(line).is_none()).map(str::to_owned));
        Fields {
            headline: headline.unwrap_or_default(),
            outlet: field("Publication title").or_else(info).map(|title| outlet(&title)).unwrap_or_default(),
            date: field("Publication date").unwrap_or_default(),
            byline: field("Author").map(|authors| byline(&authors)).unwrap_or_default(),
            language: field("Language of publication").unwrap_or_default(),
            story: self.story.join("\n").trim_start().get("Full text:".len()..).unwrap_or_default().to_owned(),
            ..Fields::default()
        }
    }
}

/// Where the story that opens `lines` ends: above the first label that no story has, and above those right before it, as the
/// subject's and the title's. A line of the story may look like one of these.
fn end_of_story(lines: &[&str]) -> usize {
    let Some(mut end) = lines.iter().position(|line| label(line.trim()).is_some_and(is_below)) else {
        return lines.len();
    };
    let mut seen: Vec<&str> = Vec::new();
    let mut is_value = false;
    for (at, line) in lines.iter().enumerate().take(end).skip(1).rev() {
        match label(line.trim()).filter(|name| ABOUT.contains(name) && !seen.contains(name)) {
            Some(name) => {
                seen.push(name);
                (end, is_value) = (at, false);
            }
            // The value of a field may go on in the lines below its label.
            None if !line.trim().is_empty() => is_value = true,
            None if is_value => break,
            None => {}
        }
    }
    end
}

/// What stands behind the label `name` in `lines`, on its line and on those below it that are not empty.
fn value(lines: &[&str], name: &str) -> Option<String> {
    let at = lines.iter().position(|line| label(line.trim()) == Some(name))?;
    let first = lines[at].trim().get(name.len() + 1..).unwrap_or_default().trim();
    let more = lines[at + 1..].iter().map(|line| line.trim());
    let more = more.take_while(|line| !line.is_empty() && label(line).is_none());
    let value = std::iter::once(first).chain(more).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    (!value.is_empty()).then_some(value)
}

/// The paper of "Harrow Gazette, Late Edition (East Coast); Harrow": what stands behind it is its edition and its place.
fn outlet(title: &str) -> String {
    let title = title.split(';').next().unwrap_or_default().trim();
    let edition = title.split_once(", ").filter(|(_, rest)| rest.to_lowercase().contains("edition"));
    edition.map_or(title, |(paper, _)| paper).trim_end_matches(['.', ',', ' ']).to_owned()
}

/// "Jane Doe; Ann Roe" of "Doe, Jane; Roe, Ann".
fn byline(authors: &str) -> String {
    let forwards = |name: &str| match name.trim().split_once(", ") {
        Some((last, first)) if !first.contains(',') => format!("{first} {last}"),
        _ => name.trim().to_owned(),
    };
    authors.split(';').map(forwards).collect::<Vec<_>>().join("; ")
}

/// The line between documents.
fn is_rule(line: &str) -> bool {
    line.len() >= RULE && line.bytes().all(|byte| byte == b'_')
}

/// "Document 3 of 25".
fn is_counter(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    matches!(words[..], ["Document", at, "of", all] if is_number(at) && is_number(all))
}

/// True for the line that a story begins in.
fn is_story(line: &str) -> bool {
    line.get(.."Full text:".len()).is_some_and(|name| name.eq_ignore_ascii_case("full text:"))
}

/// The label that opens `line`.
fn label(line: &str) -> Option<&str> {
    let (name, _) = line.split_once(':')?;
    [ABOVE, ABOUT, BELOW].iter().any(|names| names.contains(&name)).then_some(name)
}

/// True for a label that no text has but an export.
fn is_telling(name: &str) -> bool {
    name == "Publication info" || is_below(name)
}

fn is_below(name: &str) -> bool {
    BELOW.contains(&name)
}

/// Labels above the story.
const ABOVE: &[&str] = &["Abstract", "Abstract (summary)", "Author", "Links", "Publication info"];

/// Labels below the story that a story may have, too: a list of new books has titles, and dates of publication.
const ABOUT: &[&str] = &[
    "Alternate title",
    "Business indexing term",
    "Classification",
    "Company / organization",
    "Country of publication",
    "Identifier / keyword",
    "Identifiers / keywords",
    "Location",
    "People",
    "Place of publication",
    "Product name",
    "Publication date",
    "Publication subject",
    "Publication year",
    "Subject",
    "Title",
    "URL",
];

/// Labels below the story that open no line of one.
const BELOW: &[&str] = &[
    "Document URL",
    "Document feature",
    "Document type",
    "Language of publication",
    "ProQuest document ID",
    "Publication title",
    "Source type",
];

#[cfg(test)]
mod tests {
    use super::super::sample::check;

    const STORY: &str =
        "HARROW (AP) - Hundreds of people left their homes on Sunday.\n\n\"We are not safe,\" said Maya Torres.";

    const RULE: &str = "____________________________________________________________\n\n";

    /// The document `number` of two, with this story.
    fn document(number: usize, story: &str) -> String {
        format!(
            "Document {number} of 2\n\nRiver rises, hundreds flee\n\nAuthor: Doe, Jane; Roe, Ann\n\n\
             Publication info: Harrow Gazette ; Harrow [Harrow]. 0{number} Oct 2025: A.3.\n\n\
             http://example.com/docview/{number}?accountid=1\n\nAbstract: The river rose.\n\nLinks: http://example.com\n\n\
             Full text: {story}\n\nSubject: Rivers; Floods\n\nLocation: Harrow\n\nPeople: Torres, Maya\n\n\
             Company / organization: Name: Harrow Council; NAICS: 921140\n\nTitle: River rises, hundreds\nflee\n\n\
             Publication title: Harrow Gazette, Late Edition (East Coast); Harrow\n\nFirst page: A.3\n\n\
             Publication year: 2025\n\nPublication date: Oct {number}, 2025\n\nPublisher: Harrow Press\n\n\
             Source type: Newspapers\n\nLanguage of publication: English\n\nDocument type: News\n\n\
             ProQuest document ID: 123{number}\n\nCopyright: Copyright Harrow Press 2025\n\nLast updated: 2025-10-13\n\n\
             Database: ProQuest Central\n\n{RULE}"
        )
    }

    fn fields(number: usize) -> String {
        format!(
            "!/{number}: River rises, hundreds flee | Harrow Gazette | Associated Press | 2025-10-0{number} | Jane Doe, Ann Roe \
             | Harrow | en | -"
        )
    }

    const REPORT: &str = "Report Information from ProQuest\n13 October 2025 09:30\n";

    const RIGHTS: &str =
        "Contact us at: http://example.com\nDatabase copyright © 2025 ProQuest LLC. All rights reserved.\n";

    #[test]
    fn articles_of_proquest() {
        let both = [REPORT, RULE, &document(1, STORY), &document(2, STORY), RIGHTS].concat();
        check("a.txt", &both, &[&fields(1), STORY, &fields(2), STORY]);
        check("a.txt", both.replace('\n', "\r\n"), &[&fields(1), STORY, &fields(2), STORY]);
        check("a.txt", [RULE, &document(1, STORY)].concat(), &[&fields(1)["!/1: ".len()..], STORY]);
        let empty = document(2, STORY).replace(&format!("Full text: {STORY}"), "");
        check(
            "a.txt",
            [RULE, &document(1, STORY), &empty].concat(),
            &[&fields(1), STORY, "no article: 1 document without a text"],
        );
    }

    #[test]
    fn a_story_keeps_its_words() {
        let lines = format!(
            "{STORY}\n\nSubject: her house\n\nPublication date: May 5, 2026\n\nIt is gone, she said on the bridge.\n\n{RULE}It rained."
        );
        let body = lines.trim_end();
        check("a.txt", [RULE, &document(1, &lines)].concat(), &[&fields(1)["!/1: ".len()..], body]);
        let cut = [RULE, &document(1, STORY), &document(2, STORY)].concat();
        let cut = &cut[..cut.rfind("Subject: ").unwrap()];
        let told = super::read("a.txt", cut, chrono::NaiveDate::from_ymd_opt(2025, 10, 14).unwrap());
        let last = &told.articles[1];
        assert_eq!(last.1[0].to_string(), "cut short: the file ends in the middle of a document");
        assert!(last.0.text.ends_with("said Maya Torres."), "{}", last.0.text);
    }

    #[test]
    fn a_rule_ends_a_story_without_fields_below() {
        let one = |headline: &str| {
            format!(
                "{headline}\n\nAuthor: Doe, Jane\n\nPublication info: Harrow Gazette ; Harrow [Harrow]05 May 2025.\n\n  Full text: {STORY}\n\n{RULE}"
            )
        };
        let both = [RULE, &one("The dam holds"), &one("The dam broke")].concat();
        let told = super::read("a.txt", &both, chrono::NaiveDate::from_ymd_opt(2025, 10, 14).unwrap());
        assert_eq!(told.articles.len(), 2);
        for (article, warnings) in &told.articles {
            assert!(warnings.is_empty(), "{warnings:?}");
            assert_eq!(article.body().trim(), STORY, "no label, rule or field is in the story");
        }
    }

    #[test]
    fn prose_is_no_export() {
        for text in [
            format!("{RULE}Source type: her house\nThe full text of it is long.\n"),
            format!("Full text: {STORY}\nPublication title: none\n"),
            format!("{RULE}Full text: {STORY}\nTitle: none\n"),
        ] {
            assert!(!super::is_export(&text), "{text}");
        }
    }
}

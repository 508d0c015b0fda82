//! Articles as the news databases Nexis and Factiva export them: several in one text, each with its fields in lines of a fixed
//! order above its story, and more of them below.

use std::ops::Range;

use chrono::NaiveDate;

use super::draft::Draft;
use super::line::dated;
use super::{Parsed, byline, clip, cut_short, reject, text};
use crate::article::{Article, Warning};

/// How much of a text tells what it is, in bytes.
const SAMPLE: usize = 64 << 10;

/// Most lines that stand above a story.
const HEAD: usize = 30;

/// True for a text that a news database has exported.
pub(super) fn is_export(text: &str) -> bool {
    let head = clip::head(text, SAMPLE);
    let has = |is: &dyn Fn(&str) -> bool| head.lines().any(|line| is(line.trim()));
    let is_nexis = has(&is_counter) && has(&|line| line.starts_with("LENGTH:") || line.starts_with("LOAD-DATE:"));
    is_nexis || (has(&is_mark) && has(&is_length))
}

/// Reads the articles of the file at `path` that holds `text`, on `today`. Where there are several, each one's path ends in
/// `!/` and its number.
pub(super) fn read(path: &str, text: &str, today: NaiveDate) -> Parsed {
    let is_nexis = clip::head(text, SAMPLE).lines().any(|line| is_counter(line.trim()));
    let documents = if is_nexis { begun(text) } else { ended(text) };
    let is_cut = !is_nexis
        && !text.lines().rev().map(str::trim).find(|line| is_mark(line) || is_length(line)).is_some_and(is_mark);
    let fields = |document: &Vec<&str>| {
        if is_nexis { Fields::of_nexis(document) } else { Fields::of_factiva(document) }
    };
    articles(path, documents.iter().map(fields), is_cut, today)
}

/// The articles of the file at `path` whose `documents` have these fields; with `is_cut` the last one is cut short.
pub(super) fn articles(
    path: &str,
    documents: impl ExactSizeIterator<Item = Fields>,
    is_cut: bool,
    today: NaiveDate,
) -> Parsed {
    let is_one = documents.len() == 1;
    let mut parsed = Parsed::default();
    let mut missing = 0;
    for (number, found) in (1..).zip(documents) {
        let path = if is_one { path.to_owned() } else { format!("{path}!/{number}") };
        if let Some(article) = found.article(&path, today) {
            parsed.articles.push(article);
        } else {
            missing += 1;
            parsed.pass_over(path, MISSING);
        }
    }
    if let Some((_, warnings)) = parsed.articles.last_mut().filter(|_| is_cut) {
        warnings.push(cut_short::warning("a document"));
    }
    reject(&mut parsed.rejected, missing, "document", MISSING);
    parsed
}

/// What is told of a document that gives no article.
const MISSING: &str = "without a text";

/// "3 of 25 DOCUMENTS", which opens an article of Nexis.
fn is_counter(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().take(5).collect();
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    matches!(words[..], [at, "of", all, "DOCUMENTS" | "DOCUMENT"] if is_number(at) && is_number(all))
}

/// `Document GRDN000020251012ela1000b2`, which closes an article of Factiva: the paper's code, filled up with zeros to eight
/// characters, the date, and a number.
fn is_mark(line: &str) -> bool {
    let Some(code) = line.strip_prefix("Document ") else { return false };
    let letters = code.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = code.bytes().skip(letters).take_while(u8::is_ascii_digit).count();
    (2..=8).contains(&letters)
        && letters + digits >= 16
        && code.len() >= 20
        && code.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// "1,250 words".
fn is_length(line: &str) -> bool {
    let number = line.strip_suffix(" words").or_else(|| line.strip_suffix(" word"));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b','))
}

/// The documents of a text in which each begins with its counter.
fn begun(text: &str) -> Vec<Vec<&str>> {
    let mut documents: Vec<Vec<&str>> = Vec::new();
    for line in text.lines() {
        if is_counter(line.trim()) {
            documents.push(Vec::new());
        } else if let Some(document) = documents.last_mut() {
            document.push(line);
        }
    }
    documents
}

/// The documents of a text in which each ends with its mark.
fn ended(text: &str) -> Vec<Vec<&str>> {
    let mut documents = vec![Vec::new()];
    for line in text.lines() {
        if is_mark(line.trim()) {
            documents.push(Vec::new());
        } else if let Some(document) = documents.last_mut() {
            document.push(line);
        }
    }
    // Behind the last mark stands what was searched for, or a document of which the end is missing.
    documents.pop_if(|last| !last.iter().any(|line| is_length(line.trim())));
    documents
}

/// What a document says of itself, and its story.
#[derive(Default)]
pub(super) struct Fields {
    pub(super) headline: String,
    pub(super) outlet: String,
    pub(super) date: String,
    pub(super) byline: String,
    pub(super) dateline: String,
    pub(super) language: String,
    pub(super) story: String,
}

impl Fields {
    /// Outlet, date and headline, apart by empty lines; labels in capitals above and below the story.
    fn of_nexis(lines: &[&str]) -> Self {
        let mut found = Self::default();
        let mut blocks = blocks(lines);
        let opens = |block: &Range<usize>| lines[block.start].trim();
        let story_in = |block: &Range<usize>| begin_of_story(&lines[block.clone()]).map(|at| block.start + at);
        // A story may have a label in it; below it stands nothing else.
        while let Some(last) =
            blocks.pop_if(|last| (label(opens(last)).is_some() || is_rights(opens(last))) && story_in(last).is_none())
        {
            found.labels(&lines[last]);
        }
        let end = blocks.last().map_or(0, |block| block.end);
        let first_label = lines.iter().position(|line| label(line.trim()).is_some()).unwrap_or(lines.len());
        let above = &lines[..first_label.min(HEAD)];
        let date = above.iter().position(|line| dated(line.trim()).is_some()).unwrap_or(0);
        // Whatever is no field stands above the story: no word of a document is lost.
        let mut unplaced: Vec<&str> = Vec::new();
        let (mut begin, mut is_below_labels) = (None, false);
        for block in blocks {
            if let Some(at) = story_in(&block) {
                found.labels(&lines[block.start..at]);
                begin = Some(at);
            } else if block.start <= date {
                found.names(&lines[block], &mut unplaced);
                continue;
            } else if label(opens(&block)).is_some() {
                is_below_labels = true;
                found.labels(&lines[block]);
                continue;
            } else if is_below_labels || (!found.headline.is_empty() && block.start > first_label) {
                begin = Some(block.start);
            } else if is_edition(&lines[block.clone()]) {
                continue;
            } else if found.headline.is_empty() {
                found.headline = joined(&lines[block]);
                continue;
            } else if first_label < end {
                unplaced.extend(&lines[block]);
                unplaced.push("");
                continue;
            } else {
                begin = Some(block.start);
            }
            break;
        }
        let story = begin.map_or(String::new(), |begin| lines[begin..end].join("\n"));
        let story = story.strip_prefix("BODY:").map_or(story.as_str(), str::trim_start);
        unplaced.push(story);
        found.story = unplaced.join("\n");
        if !found.story.contains(char::is_alphabetic) {
            found.story = std::mem::take(&mut found.headline);
        }
        found
    }

    /// Takes outlet and date from `lines`, which stand above the headline; what is neither is `unplaced`.
    fn names<'a>(&mut self, lines: &[&'a str], unplaced: &mut Vec<&'a str>) {
        for line in lines.iter().map(|line| line.trim()).filter(|line| !is_rights(line)) {
            let field = if dated(line).is_some() { &mut self.date } else { &mut self.outlet };
            if field.is_empty() {
                line.clone_into(field);
            } else if !is_edition(&[line]) && dated(line).is_none() {
                unplaced.extend([line, ""]);
            }
        }
    }

    /// Takes the values of the labels in `lines`; one may go on in the next lines.
    fn labels(&mut self, lines: &[&str]) {
        let mut rest = lines;
        while let Some((first, behind)) = rest.split_first() {
            let more = behind.iter().take_while(|line| label(line.trim()).is_none()).count();
            if let Some((name, value)) = label(first.trim()) {
                let value = [&[value][..], &behind[..more]].concat();
                self.label(name, joined(&value));
            }
            rest = &behind[more..];
        }
    }

    fn label(&mut self, name: &str, value: String) {
        let field = match name {
            "BYLINE" => &mut self.byline,
            "DATELINE" => &mut self.dateline,
            "LANGUAGE" => &mut self.language,
            "HEADLINE" => &mut self.headline,
            _ => return,
        };
        if field.is_empty() {
            *field = value;
        }
    }

    /// Headline, byline, length, date, time, outlet, code, language and rights, a line each.
    fn of_factiva(lines: &[&str]) -> Self {
        let mut found = Self::default();
        let head: Vec<(usize, &str)> =
            lines.iter().map(|line| line.trim()).enumerate().filter(|(_, line)| !line.is_empty()).take(HEAD).collect();
        let Some(length) = head.iter().position(|(_, line)| is_length(line)) else {
            found.story = lines.join("\n");
            return found;
        };
        let mut above: Vec<&str> =
            head[..length].iter().map(|(_, line)| *line).filter(|line| !is_rights(line)).collect();
        let is_writer = |line: &str| byline::opens(line) || byline::is_name(line);
        if above.len() > 1 && above.last().is_some_and(|line| is_writer(line)) {
            above.pop().unwrap_or_default().clone_into(&mut found.byline);
        }
        // The section stands above the headline, which may have several lines.
        let has_section = above.len() > 1 && above[0].split_whitespace().count() <= 3;
        found.headline = joined(&above[usize::from(has_section)..]);
        let behind = &head[length + 1..];
        behind.first().map_or("", |(_, line)| line).clone_into(&mut found.date);
        let is_time = |line: &str| line.split_whitespace().next().is_some_and(|word| word.contains(':'));
        let outlet = behind.iter().skip(1).find(|(_, line)| !is_time(line));
        outlet.map_or("", |(_, line)| line).clone_into(&mut found.outlet);
        let is_short = |line: &str| line.split_whitespace().count() <= 8;
        let mut fields = behind.iter().take_while(|(_, line)| is_rights(line) || is_short(line));
        // Without rights the story begins at the first empty line, or the first one that is too long for a field.
        let begin = fields.find(|(_, line)| is_rights(line)).map_or_else(
            || {
                let mut next = behind.first().map_or(head[length].0 + 1, |(at, _)| *at);
                while lines.get(next).is_some_and(|line| !line.trim().is_empty() && is_short(line)) {
                    next += 1;
                }
                next
            },
            |(at, _)| at + 1,
        );
        found.story = lines[begin..].join("\n");
        found
    }

    fn article(&self, path: &str, today: NaiveDate) -> Option<(Article, Vec<Warning>)> {
        if !self.story.contains(char::is_alphabetic) {
            return None;
        }
        let mut draft = Draft::new(path, self.story.trim().to_owned(), today);
        draft.see_path();
        draft.see_headline_field(&self.headline);
        draft.see_outlet_field(&self.outlet);
        draft.see_date_field(&self.date, 1.0);
        draft.see_byline_field(&self.byline);
        draft.see_dateline_field(&self.dateline);
        draft.see_language_field(&self.language);
        text::fields(&mut draft);
        Some(draft.finish())
    }
}

/// Where in a block of labels the story begins: at "BODY:", or right below the length.
fn begin_of_story(lines: &[&str]) -> Option<usize> {
    let name = |at: usize| lines.get(at).and_then(|line| label(line.trim())).map(|(name, _)| name);
    (0..lines.len()).find_map(|at| match name(at) {
        Some("BODY") => Some(at),
        Some("LENGTH") if at + 1 < lines.len() && name(at + 1).is_none() => Some(at + 1),
        _ => None,
    })
}

/// "Late Edition - Final".
fn is_edition(lines: &[&str]) -> bool {
    matches!(lines, [line] if line.contains("Edition") && line.split_whitespace().count() <= 6)
}

/// The runs of lines in `lines` that are not empty.
fn blocks(lines: &[&str]) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    let filled = lines.iter().enumerate().filter(|(_, line)| !line.trim().is_empty());
    for (at, _) in filled {
        match blocks.last_mut().filter(|block| block.end == at) {
            Some(block) => block.end = at + 1,
            None => blocks.push(at..at + 1),
        }
    }
    blocks
}

/// One line of `lines`.
fn joined(lines: &[&str]) -> String {
    lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The name in capitals that opens `line`, and what stands behind its colon.
fn label(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    LABELS.contains(&name).then_some((name, value.trim()))
}

/// Labels of Nexis.
const LABELS: &[&str] = &[
    "ACC-NO",
    "BODY",
    "BYLINE",
    "CITY",
    "COMPANY",
    "CORRECTION",
    "CORRECTION-DATE",
    "COUNTRY",
    "DATELINE",
    "DOCUMENT-TYPE",
    "GEOGRAPHIC",
    "GRAPHIC",
    "HEADLINE",
    "HIGHLIGHT",
    "INDUSTRY",
    "JOURNAL-CODE",
    "LANGUAGE",
    "LENGTH",
    "LOAD-DATE",
    "NOTES",
    "ORGANIZATION",
    "PERSON",
    "PUB-TYPE",
    "PUBLICATION-TYPE",
    "SECTION",
    "SERIES",
    "STATE",
    "SUBJECT",
    "TICKER",
    "TYPE",
    "URL",
];

/// "Copyright 2025 The Paper", "(c) 2025 The Paper", "All Rights Reserved".
pub(super) fn is_rights(line: &str) -> bool {
    let lower = line.to_lowercase();
    let opens = ["copyright", "(c)", "©", "all rights reserved"].into_iter().any(|word| lower.starts_with(word));
    opens && line.split_whitespace().count() < 20
}

#[cfg(test)]
mod tests {
    use super::super::sample::check;

    const STORY: &str =
        "HARROW (AP) - Hundreds of people left their homes on Sunday.\n\n\"We are not safe,\" said Maya Torres.";

    #[test]
    fn articles_of_nexis() {
        let document = |number: usize| {
            format!(
                "                               {number} of 2 DOCUMENTS\n\n\n                     Harrow Gazette\n\n\
                 October {number}, 2025 Sunday\n\nRiver rises, hundreds\nflee\n\nBYLINE: Jane Doe and\nAnn Roe\n\n\
                 SECTION: NEWS; Pg. 3\n\nLENGTH: 250 words\n\nDATELINE: HARROW\n\n{STORY}\n\nLOAD-DATE: October 13, 2025\n\n\
                 LANGUAGE: ENGLISH\n\nPUBLICATION-TYPE: Newspaper\n\n\nCopyright 2025 Harrow Gazette\nAll Rights Reserved\n\n\n"
            )
        };
        let fields = |number: usize| {
            let day = format!("2025-10-0{number}");
            format!(
                "!/{number}: River rises, hundreds flee | Harrow Gazette | Associated Press | {day} | Jane Doe, Ann Roe | Harrow | en | -"
            )
        };
        let both = [document(1), document(2)].concat();
        check("a.txt", both, &[&fields(1), STORY, &fields(2), STORY]);
        check("a.txt", document(1), &[&fields(1)["!/1: ".len()..], STORY]);
        check(
            "a.txt",
            [document(1), "2 of 2 DOCUMENTS\n\nHarrow Gazette\n\nOctober 2, 2025\n\nLENGTH: 0 words\n".into()].concat(),
            &[&fields(1), STORY, "no article: 1 document without a text"],
        );
    }

    #[test]
    fn articles_of_factiva() {
        let document = |number: usize, time: &str| {
            format!(
                "News\nRiver rises, hundreds flee\nJane Doe\n1,250 words\n{number} October 2025\n{time}Harrow Gazette\nHARGAZ\n3\n\
                 English\n(c) 2025 Harrow Gazette. All rights reserved.\n\n{STORY}\n\nDocument HARGAZ002025100{number}ea1000b2{number}\n\n"
            )
        };
        let fields = |number: usize| {
            let day = format!("2025-10-0{number}");
            format!(
                "!/{number}: River rises, hundreds flee | Harrow Gazette | Associated Press | {day} | Jane Doe | Harrow | en | -"
            )
        };
        let both = [&document(1, ""), &document(2, "09:30\n"), "Search Summary\nText\nriver\n"].concat();
        check("a.txt", both, &[&fields(1), STORY, &fields(2), STORY]);
    }

    fn bodies(text: &str) -> Vec<String> {
        let today = chrono::NaiveDate::from_ymd_opt(2025, 10, 14).unwrap();
        let parsed = super::read("a.txt", text, today);
        parsed
            .articles
            .iter()
            .map(|(article, _)| {
                let headline = article.headline.as_ref().map_or("-", |headline| &headline.value);
                format!("{headline} | {}", article.body())
            })
            .collect()
    }

    #[test]
    fn documents_of_nexis_that_lack_a_field_keep_their_words() {
        let head = "1 of 1 DOCUMENTS\n\nHarrow Gazette\n\nOctober 1, 2025\n\n";
        let check = |rest: &str, expect: &str| assert_eq!(bodies(&format!("{head}{rest}")), [expect], "{rest}");
        let end = "\n\nLOAD-DATE: October 2, 2025\n";
        check(
            &format!("River rises\n\nLENGTH: 9 words\n\nBODY:\nIt rained on all the hills.{end}"),
            "River rises | It rained on all the hills.",
        );
        check(
            &format!("River rises\n\nLENGTH: 9 words\nIt rained on all the hills.{end}"),
            "River rises | It rained on all the hills.",
        );
        check(
            &format!("Late Edition - Final\n\nRiver rises\n\nLENGTH: 9 words\n\nIt rained on all the hills.{end}"),
            "River rises | It rained on all the hills.",
        );
        for rest in [
            format!("LENGTH: 9 words\n\nIt rained on all the hills.{end}"),
            format!("It rained on all the hills.{end}"),
        ] {
            assert!(bodies(&format!("{head}{rest}")).concat().contains("It rained on all the hills."), "{rest}");
        }
    }

    #[test]
    fn documents_of_factiva_that_lack_a_field_keep_their_words() {
        let mark = "\n\nDocument HARGAZ0020251001ea1000b21\n\n";
        let story = "It rained on all the hills.\n\nThe river rose by a metre.";
        let head =
            "News\nThe river rises over\nall of its banks\n9 words\n1 October 2025\nHarrow Gazette\nHARGAZ\nEnglish\n";
        for rights in ["", "Harrow Press\n"] {
            let found = bodies(&format!("{head}{rights}\n{story}{mark}"));
            assert_eq!(found, [format!("The river rises over all of its banks | {story}")]);
        }
        // Cut short before the mark.
        let found = bodies(&format!("{head}\n{story}{mark}{head}\n{story}"));
        assert_eq!(found.len(), 2);
        assert!(found[1].ends_with(story), "{found:?}");
        let today = chrono::NaiveDate::from_ymd_opt(2025, 10, 14).unwrap();
        let parsed = super::read("a.txt", &format!("{head}\n{story}{mark}{head}\n{story}"), today);
        let warned: Vec<usize> = parsed.articles.iter().map(|(_, warnings)| warnings.len()).collect();
        assert_eq!(warned, [0, 1]);
    }

    #[test]
    fn prose_is_no_export() {
        for text in [
            "He read 3 of 25 DOCUMENTS that day.\nLENGTH: unknown\n",
            "Document ABC was 250 words\n250 words\nlong.",
            "1 of 2 DOCUMENTS\n\nwere lost, she said.",
        ] {
            assert!(!super::is_export(text), "{text}");
        }
    }
}

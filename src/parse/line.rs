//! Lines that tell the date of publication, and lines with a label.

use super::calendar::Reading;
use super::date::{self, FoundDate};
use super::table::fold;
use crate::text::Span;

/// Words that open a line with the date of publication, folded.
const PUBLISHED: &[&str] = &[
    "published",
    "published on",
    "publish date",
    "publication date",
    "posted",
    "posted on",
    "first published",
    "issued on",
    "date",
    "dated",
    "pubdate",
    "released",
    "publie le",
    "publicado",
    "publicado el",
    "fecha",
    "veroffentlicht",
    "erschienen",
    "datum",
    "pubblicato",
    "pubblicato il",
    "publicado em",
    "gepubliceerd",
    "publicerad",
    "publisert",
    "opublikowano",
    "опубликовано",
    "дата",
    "опублiковано",
    "yayinlanma",
    "yayinlanma tarihi",
    "diterbitkan",
    "تاریخ",
    "تاریخ انتشار",
    "نشر",
    "نشر فی",
    "تاریخ النشر",
    "发布时间",
    "發佈時間",
    "公開日",
    "입력",
];

/// Words that open a line with the date of the last change, folded.
const UPDATED: &[&str] = &[
    "updated",
    "last updated",
    "update",
    "modified",
    "last modified",
    "mis a jour",
    "mis a jour le",
    "actualizado",
    "aktualisiert",
    "stand",
    "aggiornato",
    "atualizado",
    "bijgewerkt",
    "обновлено",
    "guncelleme",
    "最終更新",
    "更新",
    "수정",
];

/// A date line: the date, and whether it is that of the last change only.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct DateLine {
    pub(super) found: FoundDate,
    pub(super) updated: bool,
}

/// Reads `line` as a date line: "Published 12 October 2025", "Updated: Oct 12, 2025 10:30 GMT", "Sunday, 12 October 2025".
pub(super) fn dated(line: &str) -> Option<DateLine> {
    if line.len() > 160 || !line.chars().any(char::is_numeric) {
        return None;
    }
    let found = date::find(line)?;
    let before = fold(line[..found.span.begin].trim_end_matches([' ', ':', '-', '–', '|', ','])).into_owned();
    let opened = |words: &[&str]| {
        words.iter().any(|word| {
            before.strip_prefix(word).is_some_and(|rest| {
                rest.trim_start_matches([':', ' ', '-']).chars().all(|c| !c.is_alphabetic()) || is_weekday(rest)
            })
        })
    };
    let alone = (before.is_empty() || is_weekday(&before)) && !matches!(found.reading, Reading::NoYear { .. });
    let updated = opened(UPDATED);
    // Behind the date a time, a zone and the like may stand, or a second date: no sentence.
    let tail = &line[found.span.end..];
    let letters = tail.split_whitespace().filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 4).count();
    let fits = if alone { letters <= 1 && tail.len() <= 40 } else { letters <= 4 };
    ((updated || opened(PUBLISHED) || alone) && fits).then_some(DateLine { found, updated })
}

/// True for the name of a day in common languages, or nothing.
fn is_weekday(text: &str) -> bool {
    let name = text.trim_matches([' ', ',', '.', ':', '-', '|']);
    let names = [
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "tues",
        "thur",
        "thurs",
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
        "lunes",
        "martes",
        "miercoles",
        "jueves",
        "viernes",
        "sabado",
        "domingo",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonntag",
        "lunedi",
        "martedi",
        "mercoledi",
        "giovedi",
        "venerdi",
        "sabato",
        "domenica",
        "понедельник",
        "вторник",
        "среда",
        "четверг",
        "пятница",
        "суббота",
        "воскресенье",
    ];
    name.is_empty() || names.contains(&name) || (name.ends_with("day") && name.len() <= 9 && !name.contains(' '))
}

/// What a label says about the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    Headline,
    Byline,
    Date,
    Outlet,
    Place,
    Address,
    Language,
    /// The story follows.
    Body,
    /// Nothing that is kept: section, length, copyright, load date.
    Other,
}

/// Labels of archives, mail heads and front matter, folded.
const LABELS: &[(&str, Label)] = &[
    ("headline", Label::Headline),
    ("title", Label::Headline),
    ("subject", Label::Headline),
    ("byline", Label::Byline),
    ("author", Label::Byline),
    ("authors", Label::Byline),
    ("by", Label::Byline),
    ("date", Label::Date),
    ("publication date", Label::Date),
    ("pubdate", Label::Date),
    ("published", Label::Date),
    ("published time", Label::Date),
    ("outlet", Label::Outlet),
    ("publication", Label::Outlet),
    ("publication title", Label::Outlet),
    ("publisher", Label::Outlet),
    ("newspaper", Label::Outlet),
    ("source", Label::Outlet),
    ("dateline", Label::Place),
    ("location", Label::Place),
    ("url", Label::Address),
    ("link", Label::Address),
    ("source url", Label::Address),
    ("url source", Label::Address),
    ("permalink", Label::Address),
    ("canonical", Label::Address),
    ("language", Label::Language),
    ("lang", Label::Language),
    ("body", Label::Body),
    ("text", Label::Body),
    ("full text", Label::Body),
    ("markdown content", Label::Body),
    ("article", Label::Body),
    ("section", Label::Other),
    ("length", Label::Other),
    ("copyright", Label::Other),
    ("load-date", Label::Other),
    ("tags", Label::Other),
    ("keywords", Label::Other),
    ("category", Label::Other),
    ("categories", Label::Other),
    ("graphic", Label::Other),
    ("page", Label::Other),
    ("edition", Label::Other),
    ("document type", Label::Other),
    ("id", Label::Other),
];

/// The label that opens `line`, and where its value stands.
pub(super) fn labelled(line: &str) -> Option<(Label, Span)> {
    let colon = line.find(':').filter(|&at| at <= 24)?;
    let name = fold(line[..colon].trim_matches(['*', '_', '#', ' ']));
    let (_, label) = LABELS.iter().find(|(known, _)| *known == name)?;
    let value = line[colon + 1..].trim_matches(['*', '_', '"', '\'', ' ', '\t']);
    // "By: " and "Source: " also stand inside stories; long values are sentences.
    let begin = line.len() - line[colon + 1..].trim_start_matches(['*', '_', '"', '\'', ' ', '\t']).len();
    let short = value.len() <= 300;
    short.then(|| (*label, Span::new(begin.min(begin + value.len()), begin + value.len())))
}

/// Labels that only the headers of Markdown files have, folded.
const HEADER_LABELS: &[(&str, Label)] = &[
    ("date published", Label::Date),
    ("published at", Label::Date),
    ("published date", Label::Date),
    ("site", Label::Outlet),
    ("site name", Label::Outlet),
];

/// The label that opens `line` of a Markdown file's header, `key: value` (YAML 1.2), and where its value stands; the value is
/// empty where it follows in the next lines.
pub(super) fn header(line: &str) -> Option<(Label, Span)> {
    let (key, behind) = line.split_once(':')?;
    let key = fold(key).replace(['_', '-'], " ");
    let known = || HEADER_LABELS.iter().find(|(known, _)| *known == key);
    let (label, value) =
        labelled(line).or_else(|| Some((known()?.1, Span::new(line.len() - behind.len(), line.len()))))?;
    let follows = matches!(value.of(line), ">" | ">-" | ">+" | "|" | "|-" | "|+" | "[");
    // Of a headline the brackets are a part: "[Watch] River rises".
    let value = if label == Label::Headline { value } else { bare(line, value) };
    Some((label, if follows { Span::new(value.end, value.end) } else { value }))
}

/// The value that `line` adds to the list below a key of such a header: "- Ada Quill".
pub(super) fn item(line: &str) -> Option<Span> {
    line.starts_with("- ").then(|| bare(line, Span::new(2, line.len())))
}

/// The values that stand at `span` of `line`: those between square brackets are parted by commas.
pub(super) fn listed(line: &str, span: Span) -> Vec<Span> {
    let is_list = line[..span.begin].trim_end_matches(['"', '\'', ' ']).ends_with('[') && !line.contains("[[");
    if !is_list {
        return vec![span];
    }
    let mut begin = span.begin;
    let values = span.of(line).split(',').map(|value| {
        let own = Span::new(begin, begin + value.len());
        begin = own.end + 1;
        bare(line, own)
    });
    values.collect()
}

/// `span` of `line` without quotation marks and the brackets of lists and links around it: the words of a link, "Ada Quill" of
/// "[[People/Ada Quill|Ada Quill]]" and of "[Ada Quill](https://example.org)".
fn bare(line: &str, span: Span) -> Span {
    let around = |c: char| matches!(c, '"' | '\'' | '[' | ']') || c.is_whitespace();
    let value = span.of(line);
    let is_link = value.trim_start_matches(['"', '\'', ' ']).starts_with('[');
    let value = value.split_once("](").filter(|_| is_link).map_or(value, |(words, _)| words);
    let before = value.rsplit_once('|').filter(|_| is_link).map_or(0, |(target, _)| target.len() + 1);
    let value = value[before..].trim_end_matches(around);
    let begin = span.begin + before + value.len() - value.trim_start_matches(around).len();
    Span::new(begin, span.begin + before + value.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(line: &str, expect: &str) {
        let told = dated(line)
            .map(|told| format!("{}{}", told.found.span.of(line), if told.updated { " updated" } else { "" }));
        assert_eq!(told.as_deref().unwrap_or("none"), expect, "{line}");
    }

    #[test]
    fn date_lines() {
        check("Published 12 October 2025", "12 October 2025");
        check("Published: Sunday, October 12, 2025 10:30 GMT", "October 12, 2025");
        check("Updated: 2025-10-12", "2025-10-12 updated");
        check("Last updated on 12/10/2025", "none");
        check("Sunday, 12 October 2025", "12 October 2025");
        check("October 12, 2025 Sunday", "October 12, 2025");
        check("Publié le 12 octobre 2025 à 10h30", "12 octobre 2025");
        check("تاریخ انتشار: ۲۰ مهر ۱۴۰۴", "۲۰ مهر ۱۴۰۴");
        check("Published 12 October 2025, updated 13 October 2025", "12 October 2025");
    }

    #[test]
    fn sentences_are_no_date_lines() {
        check("On 12 October 2025 the river rose by a metre.", "none");
        check("12 October 2025 was a rainy day in the northern valley.", "none");
        check("12 October", "none");
    }

    #[test]
    fn labels_and_their_values() {
        let line = "HEADLINE: River rises ";
        assert_eq!(
            labelled(line).map(|(label, value)| (label, value.of(line))),
            Some((Label::Headline, "River rises"))
        );
        let line = "title: \"River rises\"";
        assert_eq!(
            labelled(line).map(|(label, value)| (label, value.of(line))),
            Some((Label::Headline, "River rises"))
        );
        assert_eq!(labelled("Muscat: The river rose"), None);
    }

    #[test]
    fn lines_of_headers() {
        let check = |line: &str, expect: Option<(Label, &str)>| {
            assert_eq!(header(line).map(|(label, value)| (label, value.of(line))), expect, "{line}");
        };
        check("author: [\"Ada Quill\", 'Bo Finch']", Some((Label::Byline, "Ada Quill\", 'Bo Finch")));
        let line = "author: [\"Ada Quill\", 'Bo Finch']";
        let names: Vec<&str> =
            listed(line, Span::new(9, line.len() - 1)).into_iter().map(|span| span.of(line)).collect();
        assert_eq!(names, ["Ada Quill", "Bo Finch"]);
        check("title: '[Watch] River rises'", Some((Label::Headline, "[Watch] River rises")));
        check("date_published: \"2025-10-12\"", Some((Label::Date, "2025-10-12")));
        check("site: Tide Watch", Some((Label::Outlet, "Tide Watch")));
        check("author:", Some((Label::Byline, "")));
        check("title: >-", Some((Label::Headline, "")));
        check("source: \"[Tide Watch](https://a.example/1)\"", Some((Label::Outlet, "Tide Watch")));
        check("created: 2025-10-13", None);
        let line = "- \"[[Ada Quill]]\"";
        assert_eq!(item(line).map(|value| value.of(line)), Some("Ada Quill"));
        let line = "- \"[[People/Ada Quill|Ada Quill]]\"";
        assert_eq!(item(line).map(|value| value.of(line)), Some("Ada Quill"));
        assert_eq!(item("created"), None);
        let line = "author: Ada Quill, Jr.";
        assert_eq!(listed(line, Span::new(8, line.len())), [Span::new(8, line.len())]);
    }

    proptest! {
        #[test]
        fn any_line_is_read(line: String, label in "(Date|By|TITLE|- )[:* ]{0,3}[\"'\\[ a-z0-9é]{0,12}") {
            dated(&line);
            for line in [&line, &label] {
                labelled(line).map(|(_, value)| value.of(line).len());
                header(line).map(|(_, value)| value.of(line).len());
                item(line).map(|value| value.of(line).len());
            }
        }
    }
}

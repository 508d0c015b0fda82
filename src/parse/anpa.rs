//! The wires' own text formats: IPTC 7901 and ANPA 1312, which mark their parts by control characters.
//!
//! A message has a header line, STX (02), the text with slug lines above it, ETX (03), and a time stamp.

use chrono::{Datelike as _, NaiveDate};

use super::calendar::{Reading, of_parts};
use super::draft::Draft;
use super::evidence::DateClaim;
use super::{Parsed, agency, clip, month, paragraphs, text};
use crate::article::{Evidence, FieldName, Origin};
use crate::crawl::SkipReason;

const SOH: char = '\u{1}';
const STX: char = '\u{2}';
const ETX: char = '\u{3}';

/// How far into a file its message begins at most, in bytes: fill characters stand above it.
const REACH: usize = 600;

/// True for a message of a wire: by its control characters, or, where a gateway took them out, by its header line.
pub(super) fn is_wire(text: &str) -> bool {
    let head = clip::head(text, REACH);
    let begins = head.contains(SOH) && head.contains(STX);
    begins || head.starts_with(STX) || is_header(head.trim_start().lines().next().unwrap_or(""))
}

/// True for the header of IPTC 7901: "eca062 4 i 211 dpa 061", service and number, priority, category, count of words.
fn is_header(line: &str) -> bool {
    let words: Vec<&str> = line.trim_start_matches(SOH).split_whitespace().collect();
    let [service, priority, category, count, ..] = words.as_slice() else { return false };
    let letters = service.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_letters = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    is_letters(letters, 4)
        && is_number(&service[letters.len()..])
        && priority.len() == 1
        && is_number(priority)
        && is_letters(category, 3)
        && is_number(count)
}

/// Reads the message `wire` of the file at `path`, on `today`.
pub(super) fn read(path: &str, wire: &str, today: NaiveDate) -> Parsed {
    let (header, content, stamp) = parts(wire);
    let slugs = Slugs::read(&content);
    // A list of short items is all slug lines.
    let story =
        [&content[slugs.end..], &content].into_iter().map(story).find(|story| story.contains(char::is_alphabetic));
    let Some(story) = story else {
        return Parsed::none(SkipReason::NoArticle("a wire message without a text".into()));
    };
    let mut draft = Draft::new(path, story, today);
    draft.see_path();
    if let Some(headline) = slugs.headline() {
        draft.see_headline_field(headline);
    }
    slugs.others().for_each(|slug| {
        draft.reject(FieldName::Headline, slug, Evidence::of(Origin::Metadata), "a slug or a note to editors");
    });
    for line in slugs.lines.iter().filter(|line| is_byline(line)) {
        draft.see_printed_byline(line.split(',').next().unwrap_or(line));
    }
    let names = header.split_whitespace().chain(stamp.split(['-', ' ']).take(1));
    for name in names.filter_map(|word| agency::named_plainly(word.trim_start_matches(|c: char| c.is_ascii_digit()))) {
        draft.see_outlet_field(name);
    }
    if stamp.trim_start().starts_with("AP-") {
        draft.see_outlet_field("AP");
    }
    if let Some(day) = stamped(&stamp) {
        let claim = DateClaim { reading: day, time: None, origin: Origin::Metadata, confidence: 1.0, span: None };
        draft.dates.push(claim);
    }
    text::fields(&mut draft);
    Parsed::one(draft.finish())
}

/// The paragraphs of `content`, without the marks that begin and end lines.
fn story(content: &str) -> String {
    let lines =
        content.lines().map(|line| line.strip_prefix('^').unwrap_or(line).trim_end().trim_end_matches(['<', '=']));
    paragraphs::apart(&lines.collect::<Vec<_>>().join("\n"))
}

/// Header, text and time stamp of the message `wire`, without control characters.
fn parts(wire: &str) -> (String, String, String) {
    let begin = wire.find(STX);
    let (header, rest) = match begin {
        Some(at) => (&wire[..at], wire[at..].trim_start_matches(STX)),
        None => wire.trim_start().split_once('\n').unwrap_or(("", wire)),
    };
    let (content, stamp) = match rest.find(ETX) {
        Some(at) => rest.split_at(at),
        None => split_stamp(rest),
    };
    (plain(header), plain(content), plain(stamp))
}

/// `text` cut before its last line, where that line is a time stamp.
fn split_stamp(text: &str) -> (&str, &str) {
    let end = text.trim_end();
    let at = end.rfind('\n').map_or(0, |at| at + 1);
    if stamped(&plain(&end[at..])).is_some() { text.split_at(at) } else { (text, "") }
}

/// `text` in characters that people read: controls that set type become spaces, the others nothing, and the doubled
/// accents of seven-bit wires become the quotation marks that they stand for.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' => plain.push(c),
            '\u{1e}' | '\u{1f}' | '\u{10}' | '\u{11}' | '\u{12}' | '\u{13}' | '\u{14}' => plain.push(' '),
            '\u{c}' => plain.push('\n'),
            c if c.is_control() => {}
            c => plain.push(c),
        }
    }
    if plain.contains("``") { plain.replace("``", "“").replace("''", "”") } else { plain }
}

/// The lines between STX and the story: slug, headline, notes to editors, byline.
#[derive(Debug, Default)]
struct Slugs {
    /// Logical lines, without the marks that begin and end them.
    lines: Vec<String>,
    /// Which of them is the headline.
    headline: Option<usize>,
    /// Where the story begins.
    end: usize,
}

/// Marks at the end of a slug line.
const LINE_ENDS: &[char] = &['<', '=', '+'];

/// Lines above a story are few; more of them are a table.
const MOST: usize = 16;

impl Slugs {
    /// Reads the lines at the start of `content`, up to the first that is empty or indented.
    fn read(content: &str) -> Self {
        let mut slugs = Self { end: content.len() - content.trim_start().len(), ..Self::default() };
        let mut open = String::new();
        let mut ended = Vec::new();
        let first = slugs.end;
        for line in content[first..].split_inclusive('\n') {
            let words = line.trim();
            if words.is_empty() || slugs.lines.len() >= MOST || slugs.end > first && is_indented(line) {
                break;
            }
            slugs.end += line.len();
            // A byline stands below the headline, which nothing may end.
            if is_byline(words) && !open.is_empty() {
                ended.push(true);
                slugs.lines.push(std::mem::take(&mut open));
            }
            let marked = words.ends_with(LINE_ENDS);
            let bare = words.trim_start_matches('^').trim_end_matches(LINE_ENDS).trim();
            if !open.is_empty() {
                open.push(' ');
            }
            open.push_str(bare);
            // "EXTRA", "2ND LEAD": a line of its own, though no mark ends it.
            if marked || words.starts_with('^') || is_mark(bare) {
                ended.push(marked);
                slugs.lines.push(std::mem::take(&mut open));
            }
        }
        if !open.is_empty() {
            ended.push(false);
            slugs.lines.push(open);
        }
        slugs.headline = slugs.choose(&ended);
        slugs
    }

    /// The first line that is neither slug, note, byline nor mark.
    fn choose(&self, ended: &[bool]) -> Option<usize> {
        let fits = |at: &usize| {
            let line = &self.lines[*at];
            !is_byline(line) && !is_note(line) && !is_mark(line) && !is_slug(line)
        };
        // Where lines are ended by marks, one that is not is the slug above them.
        let marked = (0..self.lines.len()).filter(|at| ended[*at]).find(fits);
        marked.or_else(|| (0..self.lines.len()).find(fits))
    }

    fn headline(&self) -> Option<&str> {
        self.headline.map(|at| self.lines[at].as_str())
    }

    fn others(&self) -> impl Iterator<Item = &str> {
        let others = self.lines.iter().enumerate().filter(|(at, line)| Some(*at) != self.headline && !is_byline(line));
        others.map(|(_, line)| line.as_str())
    }
}

fn is_indented(line: &str) -> bool {
    line.starts_with('\t') || line.starts_with("   ")
}

fn is_byline(line: &str) -> bool {
    line.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("by "))
        && agency::named_plainly(line[3..].trim_start_matches("The ")).is_none()
}

fn is_note(line: &str) -> bool {
    let notes = ["Eds:", "EDITOR'S NOTE", "EDS:", "AP Photo", "Editors:", "Note:", "By The "];
    let agency = agency::named_plainly(line.trim_start_matches("The ")).is_some();
    let writer = line.split_whitespace().count() <= 5
        && ["Writer", "Correspondent", "Staff"].into_iter().any(|word| line.ends_with(word));
    notes.iter().any(|note| line.starts_with(note)) || agency || writer
}

/// True for what marks the version or urgency of a message: "EXTRA", "2ND LEAD", "URGENT".
fn is_mark(line: &str) -> bool {
    line.len() <= 24 && !line.contains(char::is_lowercase) && line.contains(char::is_alphabetic)
}

/// True for words that name a story and its version: "BC-US--Harrow-Rising River, 1st Ld-Writethru,0950".
fn is_slug(line: &str) -> bool {
    let last = line.rsplit(',').next().unwrap_or("");
    let counted = line.contains(',') && !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit());
    counted || line.contains("--") || line.starts_with("BC-") || !line.contains(' ') || line.starts_with('/')
}

/// The day that a stamp tells: "131137 GMT Nov 13" (day and time, month, year), "AP-WF-11-13-13 1509GMT" (month first)
/// or "KWS-21:37-09-12-18" (time, then day first).
fn stamped(stamp: &str) -> Option<Reading> {
    let words: Vec<&str> = stamp.split_whitespace().map(|word| word.trim_end_matches('<')).collect();
    let digits = |word: &str, count: usize| word.len() == count && word.bytes().all(|byte| byte.is_ascii_digit());
    let year = |word: &str| word.parse::<u32>().ok().map(|year| if year < 70 { 2000 + year } else { 1900 + year });
    if let [first, .., name, last] = words.as_slice()
        && words.len() <= 4
        && digits(first, 6)
        && digits(last, 2)
    {
        let day = first[..2].parse().ok()?;
        return Some(month::of(name)?.day(Some(year(last)?), day)).filter(|reading| matches!(reading, Reading::Day(_)));
    }
    let word = words.iter().find(|word| word.matches('-').count() >= 2)?;
    let parts: Vec<&str> = word.split('-').collect();
    let [.., first, second, last] = parts.as_slice() else { return None };
    if ![first, second, last].into_iter().all(|part| digits(part, 2)) {
        return None;
    }
    let (first, second): (u32, u32) = (first.parse().ok()?, second.parse().ok()?);
    let day_first = parts.iter().any(|part| part.contains(':'));
    let (month, day) = if day_first { (second, first) } else { (first, second) };
    Some(of_parts(Some(year(last)?), month, day))
        .filter(|reading| matches!(reading, Reading::Day(day) if day.year() > 1969))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sample::check;
    use super::*;

    #[test]
    fn ansi_of_newspapers() {
        check(
            "a.tst",
            "\u{16}\u{16}\u{1}W2870\u{1f}_asian\nf l\u{13}\u{11} BC-LT--River-Rain     11-13 1049\n\u{2}\u{2}^BC-LT--River-Rain,466<\n\
             ^River rises in the north <\n^AP Photo XNP101<\n^Eds: With photos.<\n^By JANE DOE and ANN ROE=\n^Associated Press=\n\
             \t   BUENOS AIRES, Argentina (AP) _ The river rose, ``at last,'' Doe said.\n \n\t   It fell.\n\t   \u{3}AP-WF-11-13-13 1509GMT<\n\u{c}\n\u{4}",
            &[
                "River rises in the north | Associated Press | - | 2013-11-13 | Jane Doe, Ann Roe | Buenos Aires | en | -",
                "BUENOS AIRES, Argentina (AP) _ The river rose, “at last,” Doe said.\n\nIt fell.",
            ],
        );
    }

    #[test]
    fn iptc_7901() {
        let message = "\u{1}eca0124 3 i 93  dpa 1888\r\n\r\nValley/river/\r\n\u{2}EXTRA\r\nRiver rises in the north,\r\nminister says =\r\n\r\n\
             Berlin (dpa) - The river rose\r\non Sunday.\r\n\r\nIt fell.\r\n\u{3}212101 GMT Nov 18\r\n\u{7f}\u{4}";
        let expect = [
            "River rises in the north, minister says | dpa | - | 2018-11-21 | - | Berlin | en | -",
            "Berlin (dpa) - The river rose\non Sunday.\n\nIt fell.",
        ];
        check("a.txt", message, &expect);
        let bylined = message.replace("minister says =", "minister says\r\nBy Jan Muster, dpa =");
        check("a.txt", bylined, &[&expect[0].replace("2018-11-21 | -", "2018-11-21 | Jan Muster"), expect[1]]);
        check("a.txt", "\u{1}a0284\n\u{2}^BC-Table<\n\u{3}", &["- | - | - | - | - | - | - | -", "BC-Table"]);
        check("a.txt", "\u{1}a0284\n\u{2}\u{3}AP", &["no article: a wire message without a text"]);
        // Gateways take the control characters out.
        let bare = "eca0124 3 i 93  dpa 1888\n\n2ND LEAD\nRiver rises in the north,\nminister says =\n\n\
             Berlin (dpa) - The river rose\non Sunday.\n\nIt fell.\n\n212101 GMT Nov 18\n";
        check("a.txt", bare, &expect);
    }

    #[test]
    fn stamps_tell_the_day() {
        let check = |stamp: &str, expect: &str| {
            let told = stamped(stamp).map_or("none".into(), |reading| format!("{reading:?}"));
            assert_eq!(told, expect, "{stamp}");
        };
        check("131137 GMT Nov 13 ", "Day(2013-11-13)");
        check("091223 dec 18", "Day(2018-12-09)");
        check("AP-WF-11-13-13 1509GMT<", "Day(2013-11-13)");
        check("KWS-21:37-09-12-18", "Day(2018-12-09)");
        check("the end of the story", "none");
        check("456 Nov 18", "none");
    }

    #[test]
    fn other_texts_are_no_wires() {
        for text in ["The river rose.", "abc 1 of them rose\n", "eca 3 i x dpa", "Cast\u{2}le"] {
            assert!(!is_wire(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_message_ends(wire in "([\u{1}\u{2}\u{3}\u{c}\u{1e}^<=+\n\t]|\n\n|   |By |eca01 3 i 9 dpa|``|''|1311(37)? GMT Nov 13|[a-zA-Zé ]{0,9}){0,40}") {
            read("a", &wire, NaiveDate::from_ymd_opt(2025, 10, 14).unwrap());
            is_wire(&wire);
        }
    }
}

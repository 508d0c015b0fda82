//! Finds dates in a line: ISO, numbers, month names of many languages, solar Hijri, Chinese, Japanese and Korean.

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::calendar::{Reading, day_of, of_parts};
use super::{clip, clock_time, month, table};
use crate::text::Span;

/// A date as found in a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct FoundDate {
    /// Where it stands, in bytes of the line.
    pub(super) span: Span,
    /// What it says.
    pub(super) reading: Reading,
    /// The moment, where a time with its zone follows.
    pub(super) time: Option<DateTime<FixedOffset>>,
}

/// The first date in `line`.
pub(super) fn find(line: &str) -> Option<FoundDate> {
    let pieces = Piece::cut(line);
    (0..pieces.len()).find_map(|at| date_at(line, &pieces, at))
}

/// The date that begins with the first word or number of `line`.
pub(super) fn leading(line: &str) -> Option<FoundDate> {
    let pieces = Piece::cut(line);
    let at = pieces.iter().position(|piece| piece.kind != Kind::Mark)?;
    date_at(line, &pieces, at)
}

/// Longest line that is looked at, in bytes.
const LINE: usize = 400;

/// A word, a number or a mark of a line; white space stands between pieces.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Piece {
    span: Span,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Word,
    /// Value and count of digits.
    Number(u32, u32),
    Mark,
}

impl Piece {
    fn cut(line: &str) -> Vec<Self> {
        let line = clip::head(line, LINE);
        let mut pieces: Vec<Self> = Vec::new();
        for (begin, c) in line.char_indices() {
            let end = begin + c.len_utf8();
            let kind = match (digit(c), c) {
                (Some(digit), _) => Kind::Number(digit, 1),
                // Chinese writes its date marks without spaces: each is a word of its own.
                (None, '年' | '月' | '日' | '号' | '년' | '월' | '일') => Kind::Mark,
                (None, c) if c.is_alphabetic() || is_joined(c) => Kind::Word,
                (None, c) if c.is_whitespace() => continue,
                _ => Kind::Mark,
            };
            match (pieces.last_mut(), kind) {
                (Some(Self { span, kind: Kind::Number(value, digits) }), Kind::Number(digit, _))
                    if span.end == begin =>
                {
                    *value = value.saturating_mul(10).saturating_add(digit);
                    *digits += 1;
                    span.end = end;
                }
                (Some(Self { span, kind: Kind::Word }), Kind::Word) if span.end == begin => span.end = end,
                _ => pieces.push(Self { span: Span::new(begin, end), kind }),
            }
        }
        pieces
    }

    fn number(self, digits: std::ops::RangeInclusive<u32>) -> Option<u32> {
        match self.kind {
            Kind::Number(value, count) if digits.contains(&count) => Some(value),
            _ => None,
        }
    }
}

/// Combining marks and apostrophes stay inside a word: the vowel signs of Hindi month names are such marks.
fn is_joined(c: char) -> bool {
    matches!(c, '\u{200c}') || unicode_normalization::char::is_combining_mark(c)
}

fn digit(c: char) -> Option<u32> {
    let first = match c {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '०'..='९' => '०',
        '০'..='৯' => '০',
        '０'..='９' => '０',
        _ => return None,
    };
    Some(c as u32 - first as u32)
}

/// Reads pieces one after the other, and remembers where the date so far ends.
struct Reader<'a> {
    line: &'a str,
    pieces: &'a [Piece],
    at: usize,
}

impl<'a> Reader<'a> {
    fn text(&self) -> &'a str {
        self.pieces.get(self.at).map_or("", |piece| piece.span.of(self.line))
    }

    fn number(&mut self, digits: std::ops::RangeInclusive<u32>) -> Option<u32> {
        let value = self.pieces.get(self.at)?.number(digits)?;
        self.at += 1;
        Some(value)
    }

    fn mark(&mut self, marks: &[&str]) -> Option<&'a str> {
        let text = self.text();
        marks.contains(&text).then(|| {
            self.at += 1;
            text
        })
    }

    /// Passes over any of `words`, compared without case, as often as they come.
    fn pass(&mut self, words: &[&str]) {
        while words.iter().any(|word| self.text().eq_ignore_ascii_case(word)) {
            self.at += 1;
        }
    }

    fn month(&mut self) -> Option<month::Month> {
        let first = self.pieces.get(self.at).filter(|piece| piece.kind == Kind::Word)?;
        let second = self.pieces.get(self.at + 1).filter(|piece| piece.kind == Kind::Word);
        if let Some(second) = second
            && let Some(month) = month::of(first.span.cover(second.span).of(self.line))
        {
            self.at += 2;
            return Some(month);
        }
        if let Some(month) = month::of(first.span.of(self.line)) {
            self.at += 1;
            return Some(month);
        }
        // Thai shortens months to two letters with a full stop behind each.
        let third = self.pieces.get(self.at + 2).filter(|piece| piece.kind == Kind::Word)?;
        let month = month::of(first.span.cover(third.span).of(self.line))?;
        self.at += 3;
        let _ = self.mark(&["."]);
        Some(month)
    }

    /// One attempt; a failed one leaves the reader where it was.
    fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let start = self.at;
        let found = read(self);
        if found.is_none() {
            self.at = start;
        }
        found
    }
}

const ORDINALS: &[&str] = &["st", "nd", "rd", "th", "er", "º", "ª", "°", ".", "ο", "η"];
const BETWEEN: &[&str] = &["of", "de", "del", "d", "’", "'", "di", "do", "da", ".", ",", "-", "–"];

fn date_at(line: &str, pieces: &[Piece], at: usize) -> Option<FoundDate> {
    // "1.5" in "21.5" or the tail of a longer code is no date.
    let begins =
        at == 0 || pieces[at - 1].span.end < pieces[at].span.begin || !matches!(pieces[at - 1].kind, Kind::Number(..));
    if !begins {
        return None;
    }
    let mut reader = Reader { line, pieces, at };
    let rules = [year_first, asian, compact, month_first, day_first, vietnamese, numbers];
    let reading = rules.into_iter().find_map(|rule| reader.attempt(rule))?;
    let span = Span::new(pieces[at].span.begin, pieces[reader.at - 1].span.end);
    let time = match reading {
        Reading::Day(day) => clock_time::after(&line[span.end..], day),
        _ => None,
    };
    Some(FoundDate { span, reading, time })
}

/// 2024-05-04, 2024/5/4, 2024.5.4, 1404/07/20, 2024 May 4, 2024. május 4.
fn year_first(reader: &mut Reader) -> Option<Reading> {
    let year = reader.number(4..=4)?;
    let sign = reader.mark(&["-", "/", ".", "‐", "‑"]);
    // Latvian and Lithuanian: "2025. gada 12. oktobris", "2025 m. spalio 12 d.".
    reader.attempt(|reader| reader.mark(&["gada", "m"]).map(|_| reader.pass(&["."])));
    let day = reader.attempt(|reader| {
        let day = reader.number(1..=2)?;
        reader.pass(&["."]);
        reader.month().map(|month| month.day(Some(year), day))
    });
    if day.is_some() {
        return day;
    }
    if let Some(month) = reader.attempt(Reader::month) {
        let _ = reader.mark(&["-", "/", "."]);
        return Some(month.day(Some(year), reader.number(1..=2)?));
    }
    let month = reader.number(1..=2)?;
    reader.mark(&[sign?])?;
    let day = reader.number(1..=2)?;
    Some(day_of(year, month, day))
}

/// Eras that Japan and Taiwan count years in, with the year before their first.
const ERAS: &[(&str, u32)] = &[("令和", 2018), ("平成", 1988), ("昭和", 1925), ("民國", 1911), ("民国", 1911)];

/// 2024年5月4日, 5月4日, 令和6年5月4日, 2024년 5월 4일.
fn asian(reader: &mut Reader) -> Option<Reading> {
    let year = reader.attempt(|reader| {
        let era = ERAS.iter().find(|(name, _)| *name == reader.text());
        reader.at += usize::from(era.is_some());
        let year = if era.is_some() { reader.number(1..=3)? } else { reader.number(4..=4)? };
        reader.mark(&["年", "년"]).map(|_| year + era.map_or(0, |(_, before)| *before))
    });
    let month = reader.number(1..=2)?;
    reader.mark(&["月", "월"])?;
    let day = reader.number(1..=2)?;
    reader.mark(&["日", "号", "일"])?;
    Some(of_parts(year, month, day))
}

/// 20240504.
fn compact(reader: &mut Reader) -> Option<Reading> {
    let value = reader.number(8..=8)?;
    let (year, month, day) = (value / 10_000, value / 100 % 100, value % 100);
    let day = NaiveDate::from_ymd_opt(year as i32, month, day)?;
    (1900..2100).contains(&year).then_some(Reading::Day(day))
}

/// May 4, 2024; May 4.
fn month_first(reader: &mut Reader) -> Option<Reading> {
    let month = reader.month()?;
    let _ = reader.mark(&["."]);
    let day = reader.number(1..=2)?;
    reader.attempt(|reader| {
        // "May 4.30pm" is a time.
        (reader.pieces.get(reader.at)?.kind == Kind::Word).then(|| reader.pass(ORDINALS))
    });
    let year = reader.attempt(|reader| {
        let _ = reader.mark(&[",", "،", "."]);
        reader.number(4..=4).filter(|year| plausible(*year))
    });
    Some(month.day(year, day))
}

/// 4 May 2024, 4. Mai 2024, 4 de mayo de 2024, ۱۴ مهر ۱۴۰۴, 4 May.
fn day_first(reader: &mut Reader) -> Option<Reading> {
    let day = reader.number(1..=2)?;
    reader.pass(ORDINALS);
    reader.pass(BETWEEN);
    let month = reader.month()?;
    // Arabic papers print both of their names of a month: "أكتوبر/تشرين الأول".
    reader.attempt(|reader| reader.mark(&["/"]).and_then(|_| reader.month()));
    let year = reader.attempt(|reader| {
        reader.pass(BETWEEN);
        let _ = reader.mark(&["،", "/"]);
        reader.number(4..=4).filter(|year| plausible(*year))
    });
    // "2025 г." and "2025 р.": "year", shortened, belongs to the date.
    reader.attempt(|reader| {
        matches!(reader.text(), "г" | "р" if year.is_some()).then(|| reader.at += 1)?;
        reader.mark(&["."])
    });
    Some(month.day(year, day))
}

/// Ngày 4 tháng 5 năm 2024, 4 tháng 5.
fn vietnamese(reader: &mut Reader) -> Option<Reading> {
    let day = reader.number(1..=2)?;
    (table::fold(reader.text()) == "thang").then(|| reader.at += 1)?;
    let month = reader.number(1..=2)?;
    let year = reader.attempt(|reader| {
        reader.pass(&["năm", ",", "/", "-"]);
        reader.number(4..=4).filter(|year| plausible(*year))
    });
    Some(of_parts(year, month, day))
}

/// The order of day and month in the first date of `text` whose numbers tell it: true where the month comes first.
pub(super) fn month_first_in(text: &str) -> Option<bool> {
    text.lines().take(400).find_map(|line| {
        let pieces = Piece::cut(line);
        (0..pieces.len()).find_map(|at| {
            let mut reader = Reader { line, pieces: &pieces, at };
            let first = reader.number(1..=2)?;
            let sign = reader.mark(&["/", "-"])?;
            let second = reader.number(1..=2)?;
            reader.mark(&[sign])?;
            reader.number(4..=4).or_else(|| reader.number(2..=2))?;
            match (first, second) {
                (1..=12, 13..=31) => Some(true),
                (13..=31, 1..=12) => Some(false),
                _ => None,
            }
        })
    })
}

/// 4/5/2024, 4.5.2024, 4-5-2024, 4.5.24.
fn numbers(reader: &mut Reader) -> Option<Reading> {
    let start = reader.at;
    let first = reader.number(1..=2)?;
    let sign = reader.mark(&["/", ".", "-"])?;
    let second = reader.number(1..=2)?;
    let pairs = [start, reader.at - 1].iter().all(|&at| reader.pieces[at].span.len() == 2);
    reader.mark(&[sign])?;
    let year = match reader.attempt(|reader| reader.number(4..=4)) {
        Some(year) => year,
        // A two-digit year is one with slashes, or with dots between pairs of digits: "4.5.24" is as often a version.
        None if sign == "/" || (sign == "." && pairs) => century(reader.number(2..=2)?),
        None => return None,
    };
    if !plausible(year) {
        return None;
    }
    let day_first = NaiveDate::from_ymd_opt(year as i32, second, first);
    let month_first = NaiveDate::from_ymd_opt(year as i32, first, second);
    Some(match (day_first, month_first) {
        // Dots are day first wherever they are used.
        (Some(day), _) if sign == "." => Reading::Day(day),
        (Some(left), Some(right)) if left != right => Reading::Ambiguous { day_first: left, month_first: right },
        (Some(day), _) | (None, Some(day)) => Reading::Day(day),
        (None, None) => Reading::Impossible,
    })
}

fn century(year: u32) -> u32 {
    if year < 70 { 2000 + year } else { 1900 + year }
}

/// Years that news is dated with, in the Gregorian, the solar Hijri or the Thai calendar.
fn plausible(year: u32) -> bool {
    (1200..=2600).contains(&year)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The first date of `line`, as text: its span's text, `=`, and the reading.
    fn check(line: &str, expect: &str) {
        let found = find(line).map(|found| {
            let reading = match found.reading {
                Reading::Day(day) => day.to_string(),
                Reading::NoYear { month, day } => format!("{month:02}-{day:02}"),
                Reading::NoYearHijri { month, day } => format!("hijri {month:02}-{day:02}"),
                Reading::Ambiguous { day_first, month_first } => format!("{day_first} or {month_first}"),
                Reading::Impossible => "impossible".into(),
            };
            format!("{} = {reading}", found.span.of(line))
        });
        assert_eq!(found.as_deref().unwrap_or("none"), expect, "{line}");
    }

    #[test]
    fn numbers_and_iso() {
        check("Published 2024-05-04T10:00:00Z", "2024-05-04 = 2024-05-04");
        check("2024/5/4", "2024/5/4 = 2024-05-04");
        check("20240504", "20240504 = 2024-05-04");
        check("04.05.2024", "04.05.2024 = 2024-05-04");
        check("25/05/2024", "25/05/2024 = 2024-05-25");
        check("05/25/2024", "05/25/2024 = 2024-05-25");
        check("04/05/2024", "04/05/2024 = 2024-05-04 or 2024-04-05");
        check("26.10.13 18:20", "26.10.13 = 2013-10-26");
        check("04/04/24", "04/04/24 = 2024-04-04");
    }

    #[test]
    fn month_names_of_many_languages() {
        check("Oct 12, 2025", "Oct 12, 2025 = 2025-10-12");
        check("Sunday, 12th October 2025", "12th October 2025 = 2025-10-12");
        check("10 juil 2024", "10 juil 2024 = 2024-07-10");
        check("3 de mayo de 2024", "3 de mayo de 2024 = 2024-05-03");
        check("4. März 2024", "4. März 2024 = 2024-03-04");
        check("1er août 2023", "1er août 2023 = 2023-08-01");
        check("27 фев", "27 фев = 02-27");
        check("5 مايو 2024", "5 مايو 2024 = 2024-05-05");
        check("٥ تشرين الأول ٢٠٢٣", "٥ تشرين الأول ٢٠٢٣ = 2023-10-05");
        check("2024. május 4.", "2024. május 4 = 2024-05-04");
        check("12 Ekim 2025", "12 Ekim 2025 = 2025-10-12");
        check("५ मई 2024", "५ मई 2024 = 2024-05-05");
    }

    #[test]
    fn east_asian_marks() {
        check("2024年5月4日", "2024年5月4日 = 2024-05-04");
        check("北京10月7日电", "10月7日 = 10-07");
        check("2024년 5월 4일", "2024년 5월 4일 = 2024-05-04");
    }

    /// 12 October 2025, as papers of many languages print it.
    #[test]
    fn one_day_in_many_languages() {
        for line in [
            "12 de octubre de 2025",
            "12 octobre 2025",
            "12 de outubro de 2025",
            "12. Oktober 2025",
            "12 ottobre 2025",
            "12 oktober 2025",
            "12 октября 2025",
            "12 октября 2025 г.",
            "12 жовтня 2025",
            "12 października 2025",
            "12 Ekim 2025",
            "١٢ أكتوبر ٢٠٢٥",
            "١٢ تشرين الأول ٢٠٢٥",
            "۱۲ اکتبر ۲۰۲۵",
            "۲۰ مهر ۱۴۰۴",
            "۲۰ میزان ۱۴۰۴",
            "۲۰ تله ۱۴۰۴",
            "12 اکتوبر 2025",
            "12 अक्टूबर 2025",
            "12 Oktober 2025",
            "12 Oktoba 2025",
            "12 Οκτωβρίου 2025",
            "12. oktober 2025",
            "12. lokakuuta 2025",
            "12. října 2025",
            "12 octombrie 2025",
            "2025. október 12.",
            "ngày 12 tháng 10 năm 2025",
            "১২ অক্টোবর ২০২৫",
            "12 ตุลาคม 2568",
            "12 ต.ค. 2568",
            "12 באוקטובר 2025",
            "2025年10月12日",
            "令和7年10月12日",
            "民國114年10月12日",
            "2025년 10월 12일",
            "12 d’octubre de 2025",
            "12 октомври 2025",
            "12. oktobra 2025",
            "12 жніўня 2025",
            "12 október 2025",
            "2025-10-12",
            "20251012",
            "12.10.2025",
            "12-Oct-2025",
            "Oct. 12th, 2025",
            "12 تشرين اول 2025",
            "12 أكتوبر/تشرين الأول 2025",
            "2025. gada 12. oktobris",
            "2025 m. spalio 12 d.",
            "12 ஆக்டோபர் 2025",
        ] {
            let day = find(line).map(|found| found.reading);
            let expect = if line.contains("жніўня") { "2025-08-12" } else { "2025-10-12" };
            assert_eq!(day, Some(Reading::Day(expect.parse().unwrap())), "{line}");
        }
    }

    #[test]
    fn the_order_of_day_and_month_is_told_by_other_dates() {
        assert_eq!(month_first_in("04/05/2024\nand on 05/25/2024"), Some(true));
        assert_eq!(month_first_in("from 25/05/2024"), Some(false));
        assert_eq!(month_first_in("04/05/2024"), None);
    }

    #[test]
    fn solar_hijri_years_and_months() {
        check("۲۰ مهر", "۲۰ مهر = hijri 07-20");
        check("۲۰ مهر ۱۴۰۴", "۲۰ مهر ۱۴۰۴ = 2025-10-12");
        check("۲۰ میزان ۱۴۰۴", "۲۰ میزان ۱۴۰۴ = 2025-10-12");
        check("1403/12/30", "1403/12/30 = 2025-03-20");
    }

    #[test]
    fn what_looks_like_a_date_and_is_none() {
        check("31 February 2024", "31 February 2024 = impossible");
        check("July 2022", "none");
        check("version 1.2.3", "none");
        check("It may rain", "none");
        check("up 3 to 4 points", "none");
    }

    #[test]
    fn times_with_their_zone_are_kept() {
        let time = |line: &str| find(line).unwrap().time.map(|time| time.to_rfc3339());
        assert_eq!(time("2024-05-04T10:00:00+02:00").as_deref(), Some("2024-05-04T10:00:00+02:00"));
        assert_eq!(time("4 May 2024, 10.30pm GMT").as_deref(), Some("2024-05-04T22:30:00+00:00"));
        assert_eq!(time("4 May 2024 10:30"), None);
    }

    proptest! {
        #[test]
        fn any_line_is_scanned(line: String) {
            find(&line);
        }

        #[test]
        fn any_digits_and_marks_are_scanned(line in "[0-9۰-۹年月日/. a-zT:+-]{0,40}(May|mars|مهر)?[0-9 ,:]{0,12}") {
            find(&line);
        }
    }
}

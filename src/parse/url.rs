//! Addresses: whose site it is, and the dates in its path.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate};

use super::calendar::{self, Reading};
use super::month;
use crate::text::Span;

/// The address that `line` is, where it is nothing else.
pub(super) fn whole_line(line: &str) -> Option<&str> {
    let line = line.trim().trim_start_matches('<').trim_end_matches('>');
    let bare = line.split_whitespace().count() == 1;
    let short = line.len() <= 2000;
    (bare && short && (line.starts_with("http://") || line.starts_with("https://") || is_domain(line))).then_some(line)
}

/// Length of the address that opens `line`, where text follows it, with or without a blank.
pub(super) fn opening(line: &str) -> Option<usize> {
    if !line.starts_with("http://") && !line.starts_with("https://") {
        return None;
    }
    let end = line.find(char::is_whitespace).unwrap_or(line.len()).min(2000);
    let token = line.get(..end)?;
    // "…/2003781903Police": a number at the end of an address and the first word of the story.
    let word = token.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
    let glued = token[..word].ends_with(|c: char| c.is_ascii_digit())
        && token[word..].starts_with(|c: char| c.is_ascii_uppercase())
        && token[word..].len() > 1;
    let length = if glued && token[word + 1..].bytes().all(|byte| byte.is_ascii_lowercase()) { word } else { end };
    (length < line.len() && host_of(&token[..length]).contains('.')).then_some(length)
}

/// True for an address without its scheme: "www.example.org/a", also with its slashes escaped.
fn is_domain(line: &str) -> bool {
    let host = host_of(line);
    let labels = host.split('.').count();
    let name =
        |label: &str| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let last =
        host.rsplit('.').next().is_some_and(|label| label.len() >= 2 && label.bytes().all(|b| b.is_ascii_alphabetic()));
    let starts = host.starts_with("www.") && labels >= 3;
    // "Reuters.com" alone may be a headline's word: without "www." a path must follow.
    let path = line.len() > host.len() + 1 && labels >= 2;
    last && (starts || path) && host.split('.').all(name)
}

/// The host of `address`, in lower case, without port.
pub(super) fn host(address: &str) -> String {
    host_of(original(address)).to_ascii_lowercase()
}

fn host_of(address: &str) -> &str {
    let rest = after_scheme(address);
    let end = rest.find(['/', '?', '#', ':', '%']).unwrap_or(rest.len());
    rest[..end].trim_end_matches('.')
}

fn after_scheme(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split_once('@').filter(|(user, _)| !user.contains('/')).map_or(rest, |(_, rest)| rest)
}

/// The address that a copy in the Internet Archive was made from; any other address as it is.
fn original(address: &str) -> &str {
    let inner = ["web.archive.org/web/", "archive.org/wayback/"].iter().find_map(|prefix| address.split_once(*prefix));
    inner.and_then(|(_, rest)| rest.find("http").map(|at| &rest[at..])).unwrap_or(address)
}

/// Path and query of `address`, with escaped slashes read as slashes.
pub(super) fn path(address: &str) -> Cow<'_, str> {
    let address = original(address);
    let rest = after_scheme(address);
    let path = &rest[host_of(address).len()..];
    if path.contains("%2F") || path.contains("%2f") {
        Cow::Owned(path.replace("%2F", "/").replace("%2f", "/"))
    } else {
        Cow::Borrowed(path)
    }
}

/// Second-level labels that registries sell names under: "example.co.uk".
const SECOND_LEVEL: &[&str] = &[
    "co", "com", "net", "org", "gov", "edu", "ac", "or", "ne", "go", "gob", "gov", "nic", "web", "info", "mil", "nom",
    "ltd", "sch", "id",
];

/// The labels of `host` that one owner registered: "example.co.uk" of "news.example.co.uk".
pub(super) fn registrable(host: &str) -> &str {
    let mut dots = host.rmatch_indices('.').map(|(at, _)| at);
    let (Some(last), Some(second)) = (dots.next(), dots.next()) else { return host };
    let country = host.len() - last == 3;
    if country && SECOND_LEVEL.contains(&&host[second + 1..last]) {
        return dots.next().map_or(host, |third| &host[third + 1..]);
    }
    &host[second + 1..]
}

/// A date in an address or a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct AddressDate {
    /// Where it stands.
    pub(super) span: Span,
    /// The day; `None` where only year and month are told.
    pub(super) reading: Option<Reading>,
    /// First day of the month.
    pub(super) month: NaiveDate,
    /// How sure it is that the digits are a date.
    pub(super) confidence: f32,
}

/// The most telling date in the path of an address or a file, seen on `today`.
///
/// Years before 1980 are taken for numbers: no site and hardly any file is older.
pub(super) fn date_in(path: &str, today: NaiveDate) -> Option<AddressDate> {
    let runs = digit_runs(path);
    let found = (0..runs.len()).filter_map(|at| {
        parted(path, &runs, at).or_else(|| reversed(path, &runs, at)).or_else(|| packed(path, runs[at], today))
    });
    // The first of the surest: a second date belongs to the headline ("...-ends-2015-07-01").
    found.filter(|date| date.month <= today).fold(None, |best, date| match best {
        Some(AddressDate { confidence, .. }) if confidence >= date.confidence => best,
        _ => Some(date),
    })
}

fn digit_runs(path: &str) -> Vec<Span> {
    let mut runs: Vec<Span> = Vec::new();
    for (at, byte) in path.bytes().enumerate().take(4000) {
        match runs.last_mut() {
            _ if !byte.is_ascii_digit() => {}
            Some(run) if run.end == at => run.end = at + 1,
            _ => runs.push(Span::new(at, at + 1)),
        }
    }
    runs
}

fn value(path: &str, run: Span) -> Option<u32> {
    run.of(path).parse().ok()
}

/// /2022/07/26/, /2022-07-26, /2022/jul/26/, /2022/07/.
fn parted(path: &str, runs: &[Span], at: usize) -> Option<AddressDate> {
    let year = runs[at];
    if let Some(date) = solar_hijri(path, runs, at) {
        return Some(date);
    }
    let number = value(path, year).filter(|year| (1980..2100).contains(year))?;
    if year.len() != 4 {
        return None;
    }
    let sign = path[year.end..].chars().next().filter(|c| matches!(c, '/' | '-' | '_' | '.'))?;
    let rest = &path[year.end + 1..];
    let end = rest.find(sign).unwrap_or(rest.len());
    let (month, after) = match runs.get(at + 1) {
        Some(run) if run.begin == year.end + 1 && run.len() <= 2 => (value(path, *run)?, run.end),
        _ => match month::of(rest.get(..end)?)? {
            month::Month::Gregorian(number) => (number, year.end + 1 + end),
            month::Month::Hijri(_) | month::Month::Thai(_) => return None,
        },
    };
    let first = NaiveDate::from_ymd_opt(number as i32, month, 1)?;
    let day = runs.iter().find(|run| run.begin == after + 1 && run.len() <= 2 && path[after..].starts_with(sign));
    let day = day.and_then(|run| Some((first.with_day_of(value(path, *run)?)?, run.end)));
    // "/2022/07/5-reasons" counts reasons, "2022-07-26-slug" does not.
    let day = day.filter(|(_, end)| sign != '/' || path[*end..].is_empty() || path[*end..].starts_with('/'));
    let end = day.map_or(after, |(_, end)| end);
    let span = Span::new(year.begin, end);
    match day {
        Some((day, _)) => Some(AddressDate { span, reading: Some(Reading::Day(day)), month: first, confidence: 0.95 }),
        None if sign == '/' => Some(AddressDate { span, reading: None, month: first, confidence: 0.3 }),
        None => None,
    }
}

/// /1404/07/29/, 1404-07-29: year, month and day as Iran and Afghanistan count them.
fn solar_hijri(path: &str, runs: &[Span], at: usize) -> Option<AddressDate> {
    let [year, month, day] = runs.get(at..at + 3)? else { return None };
    let joined = |left: &Span, right: &Span| {
        left.end + 1 == right.begin && path[left.end..].starts_with(['/', '-', '_', '.']) && right.len() <= 2
    };
    let number = value(path, *year).filter(|year| (1340..1450).contains(year))?;
    let fits = year.len() == 4 && joined(year, month) && joined(month, day);
    let reading = calendar::day_of(number, value(path, *month)?, value(path, *day)?);
    let Reading::Day(date) = reading else { return None };
    if !fits {
        return None;
    }
    Some(AddressDate { span: year.cover(*day), reading: Some(reading), month: date.with_day_of(1)?, confidence: 0.9 })
}

/// /26/07/2022/, 26-07-2022.
fn reversed(path: &str, runs: &[Span], at: usize) -> Option<AddressDate> {
    let [first, second, year] = runs.get(at..at + 3)? else { return None };
    let sign = path[first.end..].chars().next().filter(|c| matches!(c, '/' | '-' | '_' | '.'))?;
    let joined = |left: &Span, right: &Span| left.end + 1 == right.begin && path[left.end..].starts_with(sign);
    let fits =
        joined(first, second) && joined(second, year) && first.len() <= 2 && second.len() <= 2 && year.len() == 4;
    let number = value(path, *year).filter(|number| fits && (1980..2100).contains(number))? as i32;
    let (first_number, second_number) = (value(path, *first)?, value(path, *second)?);
    let day_first = NaiveDate::from_ymd_opt(number, second_number, first_number);
    let month_first = NaiveDate::from_ymd_opt(number, first_number, second_number);
    let reading = match (day_first, month_first) {
        (Some(left), Some(right)) if left != right => Reading::Ambiguous { day_first: left, month_first: right },
        (Some(day), _) | (None, Some(day)) => Reading::Day(day),
        (None, None) => return None,
    };
    let month = day_first.or(month_first)?.with_day_of(1)?;
    Some(AddressDate { span: first.cover(*year), reading: Some(reading), month, confidence: 0.9 })
}

trait WithDay {
    fn with_day_of(self, day: u32) -> Option<NaiveDate>;
}

impl WithDay for NaiveDate {
    fn with_day_of(self, day: u32) -> Option<NaiveDate> {
        use chrono::Datelike as _;
        self.with_day(day)
    }
}

/// 20220726, 202207260304, and seconds or milliseconds since 1970.
fn packed(path: &str, run: Span, today: NaiveDate) -> Option<AddressDate> {
    let digits = run.of(path);
    let calendar = || {
        let part = |from: usize, to: usize| digits.get(from..to)?.parse::<u32>().ok();
        let year = part(0, 4).filter(|year| (1990..2100).contains(year))?;
        NaiveDate::from_ymd_opt(year as i32, part(4, 6)?, part(6, 8)?)
    };
    let clock = |seconds: i64| {
        let day = DateTime::from_timestamp(seconds, 0)?.date_naive();
        // Before 2000 the count had nine digits, and no site put it into its addresses.
        (day >= NaiveDate::from_ymd_opt(2001, 9, 9)? && day <= today).then_some(day)
    };
    let number = || digits.parse::<i64>().ok();
    let (day, confidence) = match digits.len() {
        8 => (calendar()?, 0.9),
        12 | 14 => (calendar()?, 0.8),
        10 => match calendar() {
            Some(day) => (day, 0.6),
            None => (clock(number()?)?, 0.5),
        },
        13 => (clock(number()? / 1000)?, 0.5),
        // Some Indian papers put "10" before the milliseconds.
        15 if digits.starts_with("10") => (clock(digits[2..].parse::<i64>().ok()? / 1000)?, 0.5),
        _ => return None,
    };
    let month = day.with_day_of(1)?;
    (day <= today).then_some(AddressDate { span: run, reading: Some(Reading::Day(day)), month, confidence })
}

/// The words of the last part of a path, where an address tells its headline: "ten-boats-found" of "/a/ten-boats-found-1234.html".
pub(super) fn slug(path: &str) -> &str {
    let path = path.split(['?', '#']).next().unwrap_or("");
    let parts = path.split('/').map(|part| part.rsplit_once('.').map_or(part, |(stem, _)| stem));
    parts.max_by_key(|part| part.matches(['-', '_']).count()).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check_date(path: &str, expect: &str) {
        let today = NaiveDate::from_ymd_opt(2025, 10, 12).unwrap();
        let found = date_in(path, today).map(|date| match date.reading {
            Some(Reading::Day(day)) => day.to_string(),
            Some(_) => "ambiguous".into(),
            None => date.month.format("%Y-%m").to_string(),
        });
        assert_eq!(found.as_deref().unwrap_or("none"), expect, "{path}");
    }

    #[test]
    fn dates_in_addresses() {
        check_date("/news/2022/07/26/ten-boats/", "2022-07-26");
        check_date("/2022/jul/26/ten-boats", "2022-07-26");
        check_date("/news/2022-07-30/ten-boats/101272942", "2022-07-30");
        check_date("/stories/202207260304.html", "2022-07-26");
        check_date("/20220718/ee0b/c.html", "2022-07-18");
        check_date("/view.php?ud=20210304000127&np=2", "2021-03-04");
        check_date("/economia/1655130659_40186.html", "2022-06-13");
        check_date("/cities/ten-boats-101658860361700.html", "2022-07-26");
        check_date("/article/26/07/2022/ten-boats", "2022-07-26");
        check_date("/article/06/07/2022/ten-boats", "ambiguous");
        check_date("/2022/07/5-reasons", "2022-07");
        check_date("/2022/07/ten-boats", "2022-07");
        check_date("/archive/ten-boats-3081961", "none");
        check_date("/archives/2003781677", "none");
        check_date("/2031/07/26/from-the-future", "none");
        check_date("/news/1404/07/20/ten-boats", "2025-10-12");
        check_date("1403-12-30-ten-boats", "2025-03-20");
        check_date("/page/1404/13/20", "none");
        check_date("/2022/13/45/", "none");
    }

    #[test]
    fn addresses_and_their_owners() {
        assert_eq!(whole_line(" https://example.org/a "), Some("https://example.org/a"));
        assert_eq!(whole_line("www.example.org%2Fnews%2Fa.html"), Some("www.example.org%2Fnews%2Fa.html"));
        assert_eq!(whole_line("See https://example.org/a"), None);
        assert_eq!(whole_line("Yes."), None);
        assert_eq!(
            opening("https://example.org/a The river rose").map(|end| &"https://example.org/a"[..end]),
            Some("https://example.org/a")
        );
        assert_eq!(opening("https://example.org/123The river rose"), Some("https://example.org/123".len()));
        assert_eq!(opening("The river rose"), None);
        assert_eq!(whole_line("U.S."), None);
        assert_eq!(host("https://user@News.Example.co.uk:80/a?b"), "news.example.co.uk");
        assert_eq!(host("http://web.archive.org/web/2016/http://example.org/a"), "example.org");
        assert_eq!(registrable("news.example.co.uk"), "example.co.uk");
        assert_eq!(registrable("news.example.com"), "example.com");
        assert_eq!(path("www.example.org%2Fnews%2Fa.html"), "/news/a.html");
        assert_eq!(slug("/news/ten-boats-found-1234.html"), "ten-boats-found-1234");
    }

    proptest! {
        #[test]
        fn any_address_is_read(address: String, path in "[0-9a-z/_.-]{0,40}") {
            whole_line(&address);
            opening(&address);
            registrable(&host(&address));
            check_any(&address);
            check_any(&path);
        }
    }

    fn check_any(address: &str) {
        let rest = path(address);
        slug(&rest);
        date_in(&rest, NaiveDate::from_ymd_opt(2025, 10, 12).unwrap());
    }
}

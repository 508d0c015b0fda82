//! The time of day after a date, kept only with its zone.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeZone as _};

/// Zone names with their offset from UTC in minutes. Names that several zones share are left out.
const ZONES: &[(&str, i32)] = &[
    ("Z", 0),
    ("GMT", 0),
    ("UTC", 0),
    ("UT", 0),
    ("WET", 0),
    ("WEST", 60),
    // Of Britain: Bangladesh writes BDT.
    ("BST", 60),
    ("CET", 60),
    ("CEST", 120),
    ("EET", 120),
    ("EEST", 180),
    ("MSK", 180),
    ("EAT", 180),
    ("SAST", 120),
    ("TRT", 180),
    ("AFT", 270),
    ("PKT", 300),
    ("NPT", 345),
    ("WIB", 420),
    ("SGT", 480),
    ("HKT", 480),
    ("JST", 540),
    ("KST", 540),
    ("ACST", 570),
    ("ACDT", 630),
    ("AEST", 600),
    ("AEDT", 660),
    ("NZST", 720),
    ("NZDT", 780),
    ("EST", -300),
    ("EDT", -240),
    ("CDT", -300),
    ("MST", -420),
    ("MDT", -360),
    ("PST", -480),
    ("PDT", -420),
    ("AKST", -540),
    ("AKDT", -480),
    ("HST", -600),
];

/// The moment told by the start of `rest`, which follows `day`: "T10:00:00+02:00", ", 10.30pm GMT".
pub(super) fn after(rest: &str, day: NaiveDate) -> Option<DateTime<FixedOffset>> {
    let rest = rest.trim_start_matches([' ', ',', 'T', '|', '-', '–']);
    let rest = rest.strip_prefix("at ").unwrap_or(rest);
    let (hour, minute, second, rest) = compact(rest).or_else(|| spelled(rest))?;
    let (hour, rest) = half_day(hour, rest.trim_start());
    let time = NaiveTime::from_hms_opt(hour, minute, second)?;
    let offset = FixedOffset::east_opt(zone(rest.trim_start_matches([' ', '(']))? * 60)?;
    offset.from_local_datetime(&day.and_time(time)).single()
}

/// Hour, minute and second in "134951", as wires write them, and what follows.
fn compact(text: &str) -> Option<(u32, u32, u32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let pair = |at: usize| text[at..at + 2].parse().ok();
    match digits {
        6 => Some((pair(0)?, pair(2)?, pair(4)?, fraction(&text[6..]))),
        4 => Some((pair(0)?, pair(2)?, 0, &text[4..])),
        _ => None,
    }
}

/// Hour, minute and second in "13:49:51" or "13.49", and what follows.
fn spelled(text: &str) -> Option<(u32, u32, u32, &str)> {
    let (hour, rest) = number(text)?;
    let (minute, rest) = number(rest.strip_prefix([':', '.', 'h'])?)?;
    Some(match rest.strip_prefix(':').and_then(number) {
        Some((second, rest)) => (hour, minute, second, fraction(rest)),
        None => (hour, minute, 0, rest),
    })
}

/// One or two digits and what follows.
fn number(text: &str) -> Option<(u32, &str)> {
    let digits = text.bytes().take(2).take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    Some((number.parse().ok()?, rest))
}

/// `text` without the fraction of a second that opens it.
fn fraction(text: &str) -> &str {
    text.strip_prefix('.').map_or(text, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()))
}

fn half_day(hour: u32, rest: &str) -> (u32, &str) {
    let marks = [("am", 0), ("a.m.", 0), ("pm", 12), ("p.m.", 12)];
    let found =
        marks.iter().find(|(mark, _)| rest.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark)));
    match found {
        Some((mark, add)) if (1..=12).contains(&hour) => (hour % 12 + add, rest[mark.len()..].trim_start()),
        _ => (hour, rest),
    }
}

/// Offset from UTC in minutes.
fn zone(text: &str) -> Option<i32> {
    let sign = match text.bytes().next()? {
        b'+' => 1,
        b'-' => -1,
        _ => {
            let length = text.bytes().take_while(u8::is_ascii_alphabetic).count();
            let (name, rest) = text.split_at(length);
            // Programs write "GMT+0100".
            if matches!(name, "GMT" | "UTC") && rest.starts_with(['+', '-']) {
                return zone(rest);
            }
            return ZONES.iter().find(|(other, _)| *other == name).map(|(_, offset)| *offset);
        }
    };
    let (hours, rest) = number(&text[1..])?;
    let (minutes, _) = number(rest.strip_prefix(':').unwrap_or(rest)).unwrap_or((0, ""));
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes) as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rest: &str, expect: Option<&str>) {
        let day = NaiveDate::from_ymd_opt(2024, 5, 4).unwrap();
        assert_eq!(after(rest, day).map(|time| time.to_rfc3339()).as_deref(), expect);
    }

    #[test]
    fn times_need_a_zone() {
        check("T10:00:00.123Z", Some("2024-05-04T10:00:00+00:00"));
        check("T10:00:00+0530", Some("2024-05-04T10:00:00+05:30"));
        check("T134951-0500", Some("2024-05-04T13:49:51-05:00"));
        check(", 1349 GMT", Some("2024-05-04T13:49:00+00:00"));
        check(" at 7:05 p.m. EDT", Some("2024-05-04T19:05:00-04:00"));
        check(", 12.15am GMT", Some("2024-05-04T00:15:00+00:00"));
        check(" 10:00 BST", Some("2024-05-04T10:00:00+01:00"));
        check(" 10:00:00 GMT+0100 (CET)", Some("2024-05-04T10:00:00+01:00"));
        check(" 10:00 IST", None);
        check(" 10:00", None);
        check("T25:00Z", None);
        check(" and 3:1 won", None);
    }
}

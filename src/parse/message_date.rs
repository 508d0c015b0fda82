//! Dates as mail, RSS and programs write them (RFC 822 and its successors, C's `asctime`): the year may have two
//! digits, or stand behind the time.

use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate};

use super::calendar::Reading;
use super::{clock_time, month};

/// The day in the field `value`, and the moment where it tells time and zone; `None` where it has another form.
pub(super) fn read(value: &str) -> Option<(NaiveDate, Option<DateTime<FixedOffset>>)> {
    // What stands in brackets repeats the zone by its name.
    let value = value.split('(').next().unwrap_or(value);
    let words: Vec<&str> =
        value.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).collect();
    let words = if opens_with_weekday(&words) { &words[1..] } else { &words[..] };
    match words {
        [day, name, year, rest @ ..] if is_number(day) => {
            let clock = rest.first().filter(|word| is_clock(word));
            // "4 Mar 21" alone may be the fourth of March at nine in the evening.
            let date = date(day, name, year).filter(|_| year.len() == 4 || clock.is_some())?;
            Some((date, clock.and_then(|clock| moment(date, clock, rest.get(1)))))
        }
        [name, day, clock, year] if is_clock(clock) => {
            date(day, name, year).filter(|_| year.len() == 4).map(|date| (date, None))
        }
        [name, day, clock, zone, year] if is_clock(clock) => {
            let date = date(day, name, year).filter(|_| year.len() == 4)?;
            Some((date, moment(date, clock, Some(zone))))
        }
        _ => None,
    }
}

/// True where a day and a month follow a word, in any order: short weekdays of one language are months of another.
fn opens_with_weekday(words: &[&str]) -> bool {
    let is_name = |word: &str| word.chars().all(|c| c.is_alphabetic() || c == '.');
    match words {
        [weekday, first, second, ..] if is_name(weekday) => {
            is_number(first) && is_name(second) || month::of(first).is_some()
        }
        _ => false,
    }
}

fn is_number(word: &str) -> bool {
    (1..=2).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// 10:00, 10:00:00.
fn is_clock(word: &str) -> bool {
    let parts: Vec<&str> = word.split(':').collect();
    (2..=3).contains(&parts.len()) && parts.iter().all(|part| is_number(part))
}

fn date(day: &str, name: &str, year: &str) -> Option<NaiveDate> {
    let digits = year.bytes().all(|byte| byte.is_ascii_digit());
    let year = match (year.len(), year.parse().ok()?) {
        // As RFC 5322 reads the years of older mail.
        (2, year @ 0..=49) => year + 2000,
        (2, year) => year + 1900,
        (4, year) => year,
        _ => return None,
    };
    let month = month::of(name).filter(|_| digits && is_number(day))?;
    match month.day(Some(year), day.parse().ok()?) {
        Reading::Day(day) => Some(day).filter(|day| day.year() > 1900),
        _ => None,
    }
}

/// The moment told by a `clock` and a `zone`; `None` where the zone is not told, or by a name that several zones share.
fn moment(day: NaiveDate, clock: &str, zone: Option<&&str>) -> Option<DateTime<FixedOffset>> {
    let zone = zone?;
    // Nobody but the Central Standard Time of North America is meant here: RFC 822 says so.
    let zone = if *zone == "CST" { "-0600" } else { zone };
    // A leap second is none of a clock's.
    clock_time::after(&format!("{} {zone}", clock.strip_suffix(":60").unwrap_or(clock)), day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expect: &str) {
        let told = read(value).map(|(day, time)| time.map_or_else(|| day.to_string(), |time| time.to_rfc3339()));
        assert_eq!(told.as_deref().unwrap_or("-"), expect, "{value}");
    }

    #[test]
    fn dates_of_mail_and_feeds() {
        check("Thu, 04 Mar 2021 10:00:00 UT", "2021-03-04T10:00:00+00:00");
        check("Thu, 04 Mar 2021 10:00:00 Z", "2021-03-04T10:00:00+00:00");
        check("4 Mar 2021 10:00 GMT", "2021-03-04T10:00:00+00:00");
        check("Thu, 4 Mar 2021 10:00:00 +0100 (CET)", "2021-03-04T10:00:00+01:00");
        check("Thu, 4 Mar 2021 10:00:00 MSK", "2021-03-04T10:00:00+03:00");
        check("Thu, 4 Mar 2021 10:00:00 BST", "2021-03-04T10:00:00+01:00");
        check("Thu, 4 Mar 2021 10:00:00 CST", "2021-03-04T10:00:00-06:00");
        check("Thu, 4 Mar 21 10:00 EST", "2021-03-04T10:00:00-05:00");
        check("Thu, 4 Mar 99 10:00 EST", "1999-03-04T10:00:00-05:00");
        check("Do, 4 Mrz 2021 10:00:00 +0100", "2021-03-04T10:00:00+01:00");
        check("Thu Mar  4 10:00:00 2021", "2021-03-04");
        check("Thu Mar  4 10:00:00 CET 2021", "2021-03-04T10:00:00+01:00");
    }

    #[test]
    fn a_zone_that_is_not_told_is_not_guessed() {
        check("Thu, 4 Mar 2021 10:00:00", "2021-03-04");
        check("Thu, 4 Mar 2021 10:00:00 A", "2021-03-04");
        check("Thu, 4 Mar 2021 10:00:00 IST", "2021-03-04");
        check("Thu, 04 Mar 2021", "2021-03-04");
    }

    #[test]
    fn other_forms_are_left_to_others() {
        for value in ["4 Mar 21", "2021-03-04T10:00:00Z", "March 4, 2021", "31 Feb 2021 10:00 GMT", "", "A 4 B 10:00"] {
            check(value, "-");
        }
    }
}

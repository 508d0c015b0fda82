//! What a date says, in the Gregorian calendar or the solar Hijri one of Iran and Afghanistan.

use chrono::{Datelike as _, Days, NaiveDate};

/// What a date says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// A day.
    Day(NaiveDate),
    /// A day without its year.
    NoYear {
        /// 1 to 12.
        month: u32,
        /// 1 to 31.
        day: u32,
    },
    /// A day of the solar Hijri calendar without its year.
    NoYearHijri {
        /// 1 to 12.
        month: u32,
        /// 1 to 31.
        day: u32,
    },
    /// "4/5/2024": the day where the first number is the day, and the day where it is the month.
    Ambiguous {
        /// As most of the world reads it.
        day_first: NaiveDate,
        /// As the United States read it.
        month_first: NaiveDate,
    },
    /// Has the form of a date, and is none: "31 February 2024".
    Impossible,
}

/// The reading of a year, month and day of the Gregorian calendar.
pub(super) fn of_parts(year: Option<u32>, month: u32, day: u32) -> Reading {
    // A leap year allows every day that some year has.
    let known = NaiveDate::from_ymd_opt(year.unwrap_or(2000) as i32, month, day);
    match (known, year) {
        (None, _) => Reading::Impossible,
        (Some(date), Some(_)) => Reading::Day(date),
        (Some(_), None) => Reading::NoYear { month, day },
    }
}

/// Years that are read as solar Hijri: 1842 to 2121 of the Gregorian calendar.
const YEARS: std::ops::RangeInclusive<u32> = 1221..=1499;

/// The reading of a date whose year tells the calendar.
pub(super) fn day_of(year: u32, month: u32, day: u32) -> Reading {
    if !YEARS.contains(&year) {
        return of_parts(Some(year), month, day);
    }
    gregorian(year, month, day).map_or(Reading::Impossible, Reading::Day)
}

/// The day nearest to `near` that is day `day` of the solar Hijri month `month`.
pub(super) fn nearest_hijri(near: NaiveDate, month: u32, day: u32) -> Option<NaiveDate> {
    let year = u32::try_from(near.year() - 621).ok()?;
    let days = (year - 1..=year + 1).filter_map(|year| gregorian(year, month, day));
    days.min_by_key(|day| day.signed_duration_since(near).num_days().abs())
}

/// The Gregorian day of a solar Hijri date, by the 33-year rule (exact for the years 1178 to 1633; Heydari-Malayeri,
/// "A concise review of the Iranian calendar", 2004).
fn gregorian(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let length = match month {
        1..=6 => 31,
        7..=11 => 30,
        12 if is_leap(year) => 30,
        12 => 29,
        _ => return None,
    };
    if day == 0 || day > length {
        return None;
    }
    let before = if month <= 7 { 31 * (month - 1) } else { 186 + 30 * (month - 7) };
    // 1 Farvardin 1400 was 21 March 2021.
    let anchor = NaiveDate::from_ymd_opt(2021, 3, 21)?;
    let offset = u64::from(before + day - 1);
    let days = |years: std::ops::Range<u32>| years.map(|year| if is_leap(year) { 366 } else { 365 }).sum::<u64>();
    let new_year = if year >= 1400 {
        anchor.checked_add_days(Days::new(days(1400..year)))
    } else {
        anchor.checked_sub_days(Days::new(days(year..1400)))
    };
    new_year?.checked_add_days(Days::new(offset))
}

fn is_leap(year: u32) -> bool {
    matches!(year % 33, 1 | 5 | 9 | 13 | 17 | 22 | 26 | 30)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(year: u32, month: u32, day: u32, expect: &str) {
        let found = gregorian(year, month, day).map(|day| day.to_string());
        assert_eq!(found.as_deref().unwrap_or("none"), expect);
    }

    /// The Gregorian day by the arithmetic of Borkowski ("The Persian calendar for 3000 years", 1996), which counts from
    /// breaks in the leap years; independent of the 33-year rule.
    fn by_breaks(year: i64, month: i64, day: i64) -> NaiveDate {
        let breaks = [-61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181, 1210, 1635, 2060];
        let (mut leaps, mut before, mut jump) = (-14, breaks[0], 0);
        for &next in &breaks[1..] {
            jump = next - before;
            if year < next {
                break;
            }
            leaps += jump / 33 * 8 + jump % 33 / 4;
            before = next;
        }
        let mut since = year - before;
        leaps += since / 33 * 8 + (since % 33 + 3) / 4;
        if jump % 33 == 4 && jump - since == 4 {
            leaps += 1;
        }
        let gregorian = year + 621;
        let gregorian_leaps = gregorian / 4 - (gregorian / 100 + 1) * 3 / 4 - 150;
        since = 20 + leaps - gregorian_leaps;
        let new_year = NaiveDate::from_ymd_opt(gregorian as i32, 3, 1).unwrap() + Days::new(since as u64 - 1);
        new_year + Days::new(((month - 1) * 31 - month / 7 * (month - 7) + day - 1) as u64)
    }

    #[test]
    fn every_year_of_the_press_agrees_with_another_arithmetic() {
        for year in 1221..1500 {
            for (month, day) in [(1, 1), (6, 31), (7, 1), (11, 30), (12, 29)] {
                let expect = by_breaks(i64::from(year), i64::from(month), i64::from(day));
                assert_eq!(gregorian(year, month, day), Some(expect), "{year}-{month}-{day}");
            }
        }
    }

    #[test]
    fn a_day_without_its_year_is_the_nearest() {
        let near = NaiveDate::from_ymd_opt(2025, 3, 25).unwrap();
        assert_eq!(nearest_hijri(near, 12, 28).unwrap().to_string(), "2025-03-18");
        assert_eq!(nearest_hijri(near, 1, 3).unwrap().to_string(), "2025-03-23");
    }

    #[test]
    fn known_days() {
        check(1357, 11, 22, "1979-02-11");
        check(1399, 1, 1, "2020-03-20");
        check(1399, 12, 30, "2021-03-20");
        check(1403, 12, 30, "2025-03-20");
        check(1404, 12, 30, "none");
        check(1404, 7, 20, "2025-10-12");
        check(1300, 13, 1, "none");
    }
}

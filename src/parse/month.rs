//! Names of months, Gregorian and solar Hijri.

use super::calendar::{Reading, day_of, of_parts};
use super::table::{Table, fold};

/// Folded names and short names of the months in 45 languages (Unicode CLDR 47), with their number; `h` marks the solar
/// Hijri months as Iran and as Afghanistan call them, in Persian, Pashto and Latin letters, `t` the Thai names.
static MONTHS: Table = Table::new(include_str!("tables/months.tsv"));

/// A month of a calendar, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Month {
    Gregorian(u32),
    Hijri(u32),
    /// Gregorian, called by its Thai name: the year may be a Buddhist one.
    Thai(u32),
}

impl Month {
    /// The reading of `day` of this month of `year`.
    pub(super) fn day(self, year: Option<u32>, day: u32) -> Reading {
        match (self, year) {
            (Self::Hijri(month), Some(year)) => day_of(year, month, day),
            (Self::Hijri(month), None) => Reading::NoYearHijri { month, day },
            // Thai years count from the Buddha: 543 more than the Gregorian ones.
            (Self::Thai(month), Some(year @ 2400..)) => of_parts(Some(year - 543), month, day),
            (Self::Gregorian(month) | Self::Thai(month), year) => of_parts(year, month, day),
        }
    }
}

/// The month called `word`, in any language.
pub(super) fn of(word: &str) -> Option<Month> {
    // The longest name has 20 letters: a folded copy of a longer word is not worth making.
    if word.len() > 60 {
        return None;
    }
    // Folded, the short March of the Thai is their January.
    if word.starts_with("มี.ค") {
        return Some(Month::Thai(3));
    }
    let name = fold(word);
    // Hebrew writes "in" as a letter in front of the month.
    let number = MONTHS.get(&name).or_else(|| MONTHS.get(name.strip_prefix('ב')?))?;
    let of_calendar: fn(u32) -> Month = match number.as_bytes().first()? {
        b'h' => Month::Hijri,
        b't' => Month::Thai,
        _ => Month::Gregorian,
    };
    number.trim_start_matches(['h', 't']).parse().ok().map(of_calendar)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_known_by_any_of_their_names() {
        let gregorian = [("Sept.", 9), ("août", 8), ("AĞU", 8), ("декабря", 12), ("مارس", 3), ("Oktober", 10)];
        for (name, number) in gregorian {
            assert_eq!(of(name), Some(Month::Gregorian(number)), "{name}");
        }
        assert_eq!(of("میزان"), Some(Month::Hijri(7)));
        assert_eq!(of("ตุลาคม"), Some(Month::Thai(10)));
        assert_eq!(of("באוקטובר"), Some(Month::Gregorian(10)));
        assert_eq!(of("monday"), None);
    }
}

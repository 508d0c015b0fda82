//! Names of months, Gregorian and solar Hijri.

use super::calendar::{Reading, day_of, of_parts};
use super::table::{Table, fold};

/// Folded names and short names of the months in 45 languages (Unicode CLDR 47), with their number; `h` marks the solar
/// Hijri months as Iran and as Afghanistan call them, in Persian, Pashto and Latin letters.
static MONTHS: Table = Table::new(include_str!("tables/months.tsv"));

/// A month of a calendar, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Month {
    Gregorian(u32),
    Hijri(u32),
}

impl Month {
    /// The reading of `day` of this month of `year`.
    pub(super) fn day(self, year: Option<u32>, day: u32) -> Reading {
        match (self, year) {
            (Self::Gregorian(month), year) => of_parts(year, month, day),
            (Self::Hijri(month), Some(year)) => day_of(year, month, day),
            // Without its year a solar Hijri day is one of two Gregorian ones.
            (Self::Hijri(_), None) => Reading::Impossible,
        }
    }
}

/// The month called `word`, in any language.
pub(super) fn of(word: &str) -> Option<Month> {
    // The longest name has 20 letters: a folded copy of a longer word is not worth making.
    if word.len() > 60 {
        return None;
    }
    let name = fold(word);
    let number = MONTHS.get(&name)?;
    match number.strip_prefix('h') {
        Some(number) => number.parse().ok().map(Month::Hijri),
        None => number.parse().ok().map(Month::Gregorian),
    }
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
        assert_eq!(of("monday"), None);
    }
}

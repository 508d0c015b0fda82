//! Names of places and peoples that are known beforehand.
//!
//! `places.txt`: countries, capitals, states and large cities (`GeoNames`, CC BY 4.0) with their names in other languages
//! of cased scripts. `peoples.txt`: nationalities and religions. `uncased.txt`: countries and capitals in scripts without
//! capital letters, where nothing else tells a name.

use super::list::FilteredList;

static PLACES: FilteredList = FilteredList::new(include_str!("places.txt"));
static PEOPLES: FilteredList = FilteredList::new(include_str!("peoples.txt"));
static UNCASED: FilteredList = FilteredList::new(include_str!("uncased.txt"));

/// Most words in one entry.
pub const LONGEST: usize = 5;

/// True for a country, a state, a capital or a large city, as printed in a text.
pub fn is_place(name: &str) -> bool {
    PLACES.contains(name)
}

/// True for a nationality or a religion, or one of its people: "Afghan", "Muslims".
pub fn is_people(word: &str) -> bool {
    PEOPLES.contains(word)
}

/// True for a country or a capital in a script without capital letters.
pub fn is_uncased_place(name: &str) -> bool {
    UNCASED.contains(name)
}

/// Length in bytes of the longest place in a script without capital letters that `text` begins with.
pub fn uncased_prefix(text: &str) -> Option<usize> {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(20);
    ends.filter(|&end| UNCASED.contains(&text[..end])).last()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        for list in [&PLACES, &PEOPLES, &UNCASED] {
            assert!(list.is_sorted(), "binary search needs order");
            assert!(list.iter().all(|entry| entry.split(' ').count() <= LONGEST));
        }
    }

    #[test]
    fn places_and_peoples() {
        assert!(is_place("Kabul") && is_place("Saudi Arabia") && is_place("Россия") && !is_place("kabul"));
        assert!(is_people("Afghans") && !is_people("Afghanistan"));
        assert_eq!(uncased_prefix("北京市长"), Some("北京".len()));
        assert_eq!(uncased_prefix("市长"), None);
    }
}

//! Places that datelines name: cities, countries, states and provinces.

use super::table::{Table, fold};

/// Folded names with their rank: cities of over 20,000 people (`GeoNames`, CC BY 4.0) and countries in many languages.
static PLACES: Table = Table::new(include_str!("tables/places.tsv"));

/// States and provinces as the Associated Press shortens them after a city's name, folded; two letters are postal codes.
const REGIONS: &[&str] = &[
    "ala", "ariz", "ark", "calif", "colo", "conn", "d.c", "del", "fla", "ga", "ill", "ind", "kan", "ky", "la", "mass",
    "md", "mich", "minn", "miss", "mo", "mont", "n.c", "n.d", "n.h", "n.j", "n.m", "n.y", "neb", "nev", "ohio", "okla",
    "ore", "pa", "r.i", "s.c", "s.d", "tenn", "tex", "u.k", "u.s", "uae", "uk", "usa", "va", "vt", "w.va", "wash",
    "wis", "wyo", "alta", "b.c", "man", "n.b", "n.l", "n.s", "n.w.t", "ont", "p.e.i", "que", "sask", "drc",
];

/// How well a name is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// A city of fewer than 100,000 people: its name is often a common word too.
    Town,
    /// A country.
    Country,
    /// A state, province or other part of a country.
    Region,
    /// A capital, or a city of at least 100,000 people.
    City,
}

/// The rank of the place called `name`.
pub(super) fn rank(name: &str) -> Option<Rank> {
    if name.len() > 60 {
        return None;
    }
    match PLACES.get(&fold(name))? {
        "C" => Some(Rank::City),
        "R" => Some(Rank::Region),
        "N" => Some(Rank::Country),
        _ => Some(Rank::Town),
    }
}

/// True where `name` can follow a city and a comma: "Wis.", "W.Va.", "Afghanistan".
pub(super) fn is_region(name: &str) -> bool {
    let folded = fold(name);
    REGIONS.contains(&folded.as_ref()) || matches!(rank(name), Some(Rank::Country | Rank::Region | Rank::City))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_by_any_spelling() {
        for city in ["KABUL", "São Paulo", "Bogota", "МОСКВА", "北京", "تهران", "Kuwait City", "WASHINGTON"]
        {
            assert_eq!(rank(city), Some(Rank::City), "{city}");
        }
        assert_eq!(rank("Germany"), Some(Rank::Country));
        assert_eq!(rank("Dear Abby"), None);
        assert!(is_region("Wis.") && is_region("W.Va.") && is_region("Afghanistan") && !is_region("however"));
    }
}

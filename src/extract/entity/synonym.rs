//! Names that are one and the same everywhere: countries, the states of the United States, a few bodies.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::key::{self, strip_the};
use crate::text::gazetteer;

/// Each line has the names of one thing.
const SYNONYMS: &[&[&str]] = &[
    &["United States", "United States of America", "US", "USA", "America"],
    &["United Kingdom", "UK", "Britain", "Great Britain"],
    &["United Arab Emirates", "UAE"],
    &["European Union", "EU"],
    &["United Nations", "UN"],
    &["Democratic Republic of the Congo", "Democratic Republic of Congo", "DR Congo", "DRC"],
    &["Myanmar", "Burma"],
    &["Ivory Coast", "Côte d'Ivoire"],
    &["Turkey", "Türkiye", "Turkiye"],
    &["Czech Republic", "Czechia"],
    &["Netherlands", "Holland"],
    &["Cape Verde", "Cabo Verde"],
    &["Eswatini", "Swaziland"],
    &["Kyiv", "Kiev"],
    &["New York City", "NYC"],
    &["Washington, D.C.", "Washington DC"],
    &["Atlantic", "Atlantic Ocean"],
    &["Mediterranean", "Mediterranean Sea"],
    &["Pacific", "Pacific Ocean"],
    &[
        "Islamic State",
        "ISIS",
        "ISIL",
        "Daesh",
        "Islamic State of Iraq and Syria",
        "Islamic State of Iraq and the Levant",
    ],
    &["Republican Party", "GOP", "Grand Old Party"],
];

/// States of the United States as agencies abbreviate them, but for those whose letters are another name too.
const STATES: &[(&str, &str)] = &[
    ("Ala.", "Alabama"),
    ("Ariz.", "Arizona"),
    ("Ark.", "Arkansas"),
    ("Calif.", "California"),
    ("Colo.", "Colorado"),
    ("Conn.", "Connecticut"),
    ("Del.", "Delaware"),
    ("Fla.", "Florida"),
    ("Ill.", "Illinois"),
    ("Ind.", "Indiana"),
    ("Kan.", "Kansas"),
    ("Ky.", "Kentucky"),
    ("La.", "Louisiana"),
    ("Md.", "Maryland"),
    ("Mass.", "Massachusetts"),
    ("Mich.", "Michigan"),
    ("Minn.", "Minnesota"),
    ("Miss.", "Mississippi"),
    ("Mo.", "Missouri"),
    ("Mont.", "Montana"),
    ("Neb.", "Nebraska"),
    ("Nev.", "Nevada"),
    ("N.H.", "New Hampshire"),
    ("N.J.", "New Jersey"),
    ("N.M.", "New Mexico"),
    ("N.Y.", "New York"),
    ("N.C.", "North Carolina"),
    ("N.D.", "North Dakota"),
    ("Okla.", "Oklahoma"),
    ("Ore.", "Oregon"),
    ("Pa.", "Pennsylvania"),
    ("R.I.", "Rhode Island"),
    ("S.C.", "South Carolina"),
    ("S.D.", "South Dakota"),
    ("Tenn.", "Tennessee"),
    ("Vt.", "Vermont"),
    ("Va.", "Virginia"),
    ("W.Va.", "West Virginia"),
    ("Wis.", "Wisconsin"),
    ("Wyo.", "Wyoming"),
];

/// The key of `name`, the same for all synonyms.
pub(super) fn canonical(name: &str) -> u64 {
    static KEYS: LazyLock<HashMap<u64, u64>> = LazyLock::new(|| {
        let names = SYNONYMS.iter().flat_map(|names| names.iter().map(|&name| (name, names[0])));
        names.chain(STATES.iter().copied()).map(|(name, first)| (key(name), key(first))).collect()
    });
    let key = key(name);
    KEYS.get(&key).copied().unwrap_or(key)
}

/// As [`canonical`], for what is no place: "VA" is not Virginia there.
pub(super) fn canonical_body(name: &str) -> u64 {
    static KEYS: LazyLock<HashMap<u64, u64>> = LazyLock::new(|| {
        SYNONYMS.iter().flat_map(|names| names.iter().map(|&name| (key(name), key(names[0])))).collect()
    });
    let key = key(name);
    KEYS.get(&key).copied().unwrap_or(key)
}

fn key(name: &str) -> u64 {
    key::thing(singular(strip_the(name)))
}

/// "Afghan" for "Afghans", "VDC" for "VDCs", "Water Committee" for "Water Committees".
fn singular(name: &str) -> &str {
    let Some(one) = name.strip_suffix(['s', 'S']) else { return name };
    let acronym = one.len() > 1 && name.ends_with('s') && one.bytes().all(|byte| byte.is_ascii_uppercase());
    let several = name.contains(' ') && !one.ends_with(['s', 'S']);
    let people = || gazetteer::is_people(one) && gazetteer::is_people(name);
    if acronym || several || people() { one } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn synonyms_and_plurals() {
        let check = |left, right, expect| assert_eq!(canonical(left) == canonical(right), expect, "{left} {right}");
        check("the U.S.", "United States", true);
        check("Calif", "California", true);
        check("GOP", "Republican Party", true);
        check("Afghans", "Afghan", true);
        check("VDCs", "VDC", true);
        check("Water Committees", "Water Committee", true);
        check("LOS ANGELES", "Los Angeles", true);
        check("GPS", "GP", false);
        check("Congres", "Congress", false);
        check("Taliban", "Talibans", false);
        check("Washington", "Washington DC", false);
    }
}

//! Organizations, places and other things: spellings, synonyms and acronyms of one name.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::acronym;
use super::key::{self, strip_the};
use crate::text::gazetteer;

/// What stands at the end of an organization's name and is often left out, in lower case.
const LEGAL: &[&str] = &[
    "ag",
    "airlines",
    "berhad",
    "bhd",
    "co",
    "company",
    "corp",
    "corporation",
    "fc",
    "gmbh",
    "group",
    "holdings",
    "inc",
    "incorporated",
    "limited",
    "llc",
    "ltd",
    "movement",
    "nv",
    "party",
    "plc",
    "pty",
    "sa",
    "se",
];

/// Names of one country or body, each line one, the first the key of all. Only what is one and the same everywhere.
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
];

/// One mention of a thing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reference<'a> {
    /// The name as printed.
    pub(super) text: &'a str,
    /// The text that follows it.
    pub(super) after: &'a str,
}

/// Tells for each of `references`, all of one kind and in order of the text, which thing it is: equal numbers, equal
/// things. `organizations` have acronyms and endings that may be left out.
pub(super) fn resolve(references: &[Reference], organizations: bool) -> Vec<usize> {
    let mut names = Names::default();
    let name_of: Vec<usize> = references.iter().map(|reference| names.add(reference.text)).collect();
    let mut groups = Groups::new(names.all.len());
    if organizations {
        names.join_endings(&mut groups);
        names.join_countries(&mut groups);
    }
    names.join_brackets(references, &name_of, &mut groups);
    names.join_initials(&mut groups);
    name_of.iter().map(|&name| groups.root(name)).collect()
}

/// The different names, by key, in order of first use.
#[derive(Default)]
struct Names<'a> {
    /// Each as first printed, without "the".
    all: Vec<&'a str>,
    by_text: HashMap<&'a str, usize>,
    by_key: HashMap<u64, usize>,
}

impl<'a> Names<'a> {
    fn add(&mut self, text: &'a str) -> usize {
        if let Some(&known) = self.by_text.get(text) {
            return known;
        }
        let index = *self.by_key.entry(canonical(text)).or_insert_with(|| {
            self.all.push(strip_the(text));
            self.all.len() - 1
        });
        self.by_text.insert(text, index);
        index
    }

    fn get(&self, text: &str) -> Option<usize> {
        self.by_key.get(&canonical(text)).copied()
    }

    /// "Tarn Corp." and "Tarn".
    fn join_endings(&self, groups: &mut Groups) {
        for (index, name) in self.all.iter().enumerate() {
            if let Some(short) = without_ending(name).and_then(|short| self.get(short)) {
                groups.join(index, short);
            }
        }
    }

    /// "Afghan Supreme Court" and "Supreme Court", where only one country's is named.
    fn join_countries(&self, groups: &mut Groups) {
        let mut holders: HashMap<usize, Vec<usize>> = HashMap::new();
        for (index, name) in self.all.iter().enumerate() {
            if let Some(short) = without_country(name).and_then(|short| self.get(short)) {
                holders.entry(short).or_default().push(index);
            }
        }
        for short in 0..self.all.len() {
            if let Some([only]) = holders.get(&short).map(Vec::as_slice) {
                groups.join(short, *only);
            }
        }
    }

    /// "Inter-Services Intelligence (ISI)", where the letters fit the name or are used again on their own.
    fn join_brackets(&self, references: &[Reference], name_of: &[usize], groups: &mut Groups) {
        let mut meanings: HashMap<usize, Option<usize>> = HashMap::new();
        let mut order = Vec::new();
        for (reference, &name) in references.iter().zip(name_of) {
            let Some(letters) = acronym::in_brackets(reference.after) else { continue };
            let Some(short) = self.get(letters).filter(|&short| short != name) else { continue };
            let fits = acronym::fits(letters, self.all[name]);
            if !fits && (acronym::is_acronym(self.all[name]) || gazetteer::is_place(letters)) {
                continue;
            }
            let meaning = meanings.entry(short).or_insert_with(|| {
                order.push(short);
                Some(name)
            });
            // Letters given to two names are a code of something else, such as a player's country.
            *meaning = meaning.filter(|&known| groups.root(known) == groups.root(name));
        }
        for short in order {
            if let Some(Some(name)) = meanings.get(&short) {
                groups.join(short, *name);
            }
        }
    }

    /// An acronym that no bracket explains, where the initials of exactly one name make it.
    fn join_initials(&self, groups: &mut Groups) {
        let mut owners: HashMap<Vec<char>, Option<usize>> = HashMap::new();
        for (index, name) in self.all.iter().enumerate().filter(|(_, name)| name.contains([' ', '-'])) {
            let [capitals, all] = acronym::initials(name);
            let mut own = |initials: Vec<char>| {
                let owner = owners.entry(initials).or_insert(Some(index));
                *owner = owner.filter(|&known| groups.root(known) == groups.root(index));
            };
            if capitals != all {
                own(all);
            }
            own(capitals);
        }
        for (index, name) in self.all.iter().enumerate() {
            let letters = if acronym::is_acronym(name) { acronym::letters(name) } else { continue };
            if let Some(Some(owner)) = owners.get(&letters).filter(|_| letters.len() >= 3) {
                groups.join(index, *owner);
            }
        }
    }
}

/// The key of `name`, the same for all synonyms.
pub(super) fn canonical(name: &str) -> u64 {
    static KEYS: LazyLock<HashMap<u64, u64>> = LazyLock::new(|| {
        let pairs = SYNONYMS.iter().flat_map(|names| names.iter().map(|name| (key::thing(name), key::thing(names[0]))));
        pairs.collect()
    });
    let key = key::thing(singular(strip_the(name)));
    KEYS.get(&key).copied().unwrap_or(key)
}

/// "Afghan" for "Afghans".
fn singular(name: &str) -> &str {
    match name.strip_suffix('s') {
        Some(one) if gazetteer::is_people(one) && gazetteer::is_people(name) => one,
        _ => name,
    }
}

fn without_ending(name: &str) -> Option<&str> {
    let (start, ending) = name.rsplit_once(' ')?;
    let ending = ending.trim_end_matches('.');
    let legal = ending.len() <= 12 && LEGAL.contains(&&*ending.to_lowercase());
    legal.then(|| start.trim_end_matches(','))
}

fn without_country(name: &str) -> Option<&str> {
    let country = |word: &str| gazetteer::is_place(word) || gazetteer::is_people(word) || matches!(word, "UN" | "U.N.");
    let (first, rest) = name.split_once(' ')?;
    if country(first) && rest.contains(' ') {
        return Some(rest);
    }
    let (second, rest) = rest.split_once(' ')?;
    let both = &name[..first.len() + 1 + second.len()];
    (gazetteer::is_place(both) && rest.contains(' ')).then_some(rest)
}

/// Sets of names that are one: union-find, the smaller set under the larger.
struct Groups {
    parents: Vec<usize>,
    sizes: Vec<usize>,
}

impl Groups {
    fn new(size: usize) -> Self {
        Self { parents: (0..size).collect(), sizes: vec![1; size] }
    }

    fn root(&self, mut at: usize) -> usize {
        while self.parents[at] != at {
            at = self.parents[at];
        }
        at
    }

    fn join(&mut self, left: usize, right: usize) {
        let (left, right) = (self.root(left), self.root(right));
        if left == right {
            return;
        }
        let (small, large) = if self.sizes[left] < self.sizes[right] { (left, right) } else { (right, left) };
        self.parents[small] = large;
        self.sizes[large] += self.sizes[small];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mentions apart by commas, each with what follows it after "|".
    fn check(text: &str, expect: &[usize]) {
        let references: Vec<Reference> = text
            .split(", ")
            .map(|mention| {
                let (text, after) = mention.split_once('|').unwrap_or((mention, ""));
                Reference { text, after }
            })
            .collect();
        let found = resolve(&references, true);
        let first: Vec<usize> =
            found.iter().map(|thing| found.iter().position(|other| other == thing).unwrap()).collect();
        assert_eq!(first, expect, "{text}: each with the first mention of the same");
    }

    #[test]
    fn spellings_and_synonyms() {
        check("the U.S., United States, US, USA, America, Americas", &[0, 0, 0, 0, 0, 5]);
        check("Afghan, Afghans, Afghanistan, The Taliban, Taliban", &[0, 0, 2, 3, 3]);
    }

    #[test]
    fn acronyms_with_and_without_brackets() {
        check("Inter-Services Intelligence| (ISI), ISI, TTP", &[0, 0, 2]);
        check("Torrow Workers' Party| (PKT), PKT", &[0, 0]);
        check("World Water Fund, World Wool Fund, WWF", &[0, 1, 2]);
        check("Tarn River Bank, TRB, TR", &[0, 0, 2]);
        check("Ada City| (ENG), Okwu United| (ENG), ENG", &[0, 1, 2]);
    }

    #[test]
    fn endings_and_countries_left_out() {
        check("Tarn Corp., Tarn, Torrow Party, Torrow, Torrow Bank", &[0, 0, 2, 2, 4]);
        check("Afghan Supreme Court, Supreme Court", &[0, 0]);
        check("Afghan Supreme Court, Kenyan Supreme Court, Supreme Court", &[0, 1, 2]);
    }
}

//! Organizations, places and other things: spellings, synonyms and acronyms of one name.

use std::collections::HashMap;

use super::acronym;
use super::key::strip_the;
use super::synonym::canonical;
use crate::extract::EntityKind;
use crate::text::gazetteer;

/// What the name of a firm ends with, in lower case.
pub(crate) const FIRMS: &[&str] = &[
    "ag",
    "berhad",
    "bhd",
    "co",
    "company",
    "corp",
    "corporation",
    "gmbh",
    "group",
    "holdings",
    "inc",
    "incorporated",
    "limited",
    "llc",
    "ltd",
    "nv",
    "plc",
    "pty",
    "sa",
    "se",
];

/// What else stands at the end of an organization's name and is often left out, in lower case.
const ENDINGS: &[&str] = &["airlines", "fc", "movement", "party", "school", "university"];

/// What stands at the start of the name of a ship or a club and is often left out.
const BEGINNINGS: &[&str] = &["AC", "AFC", "FC", "HMS", "INS", "MV", "RMS", "SS", "USS"];

/// Bodies that every country has one of, so that the country's name is often left out.
const BODIES: &[&str] = &["army", "congress", "house", "marines", "navy", "parliament", "senate", "treasury"];

/// Forms of state before a country's name, in lower case.
const STATES: &[&str] = &["commonwealth", "emirate", "kingdom", "republic", "state", "sultanate"];

/// Countries that share their name with another, told apart by the form of state.
const NAMESAKES: &[&str] = &["China", "Congo", "Ireland", "Korea", "New York"];

/// One mention of a thing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reference<'a> {
    /// The name as printed.
    pub(super) text: &'a str,
    /// The text that follows it.
    pub(super) after: &'a str,
}

/// Tells for each of `references`, all of one kind and in order of the text, which thing it is: equal numbers, equal
/// things.
pub(super) fn resolve(references: &[Reference], kind: EntityKind) -> Vec<usize> {
    let mut names = Names::default();
    let name_of: Vec<usize> = references.iter().map(|reference| names.add(reference.text)).collect();
    let mut groups = Groups::new(names.all.len());
    names.join_shortened(&mut groups, if kind == EntityKind::Place { without_state } else { without_ending });
    if kind == EntityKind::Organization {
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

    /// "Tarn Corp." and "Tarn", by what `shorten` leaves of a name.
    fn join_shortened(&self, groups: &mut Groups, shorten: fn(&str) -> Option<&str>) {
        for (index, name) in self.all.iter().enumerate() {
            if let Some(short) = shorten(name).and_then(|short| self.get(short)) {
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
            let long = self.all[name].split(' ').count() >= 3 || acronym::is_acronym(letters);
            if !fits && (!long || acronym::is_acronym(self.all[name]) || gazetteer::is_place(letters)) {
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
            if let Some(Some(owner)) = owners.get(&letters).filter(|_| letters.len() >= 3 || name.contains('&')) {
                groups.join(index, *owner);
            }
        }
    }
}

/// "Tarn" of "Tarn Corp.", "USS Tarn", "Tarn University".
fn without_ending(name: &str) -> Option<&str> {
    if let Some((first, rest)) = name.split_once(' ').filter(|(first, _)| BEGINNINGS.contains(first)) {
        return (!first.is_empty()).then_some(rest);
    }
    let (start, ending) = name.rsplit_once(' ')?;
    let ending = ending.trim_end_matches('.');
    let is_ending = |ending: &str| FIRMS.contains(&ending) || ENDINGS.contains(&ending);
    let left_out = ending.len() <= 12 && is_ending(&ending.to_lowercase());
    left_out.then(|| start.trim_end_matches(','))
}

/// "Egypt" of "Arab Republic of Egypt".
fn without_state(name: &str) -> Option<&str> {
    let (form, country) = name.rsplit_once(" of ")?;
    let form = form.rsplit(' ').next().unwrap_or(form).to_lowercase();
    let country = strip_the(country);
    (STATES.contains(&&*form) && gazetteer::is_place(country) && !NAMESAKES.contains(&country)).then_some(country)
}

/// "Supreme Court" of "Afghan Supreme Court", "Senate" of "U.S. Senate".
fn without_country(name: &str) -> Option<&str> {
    let country = |word: &str| gazetteer::is_place(word) || gazetteer::is_people(word) || matches!(word, "UN" | "U.N.");
    let telling = |rest: &str| rest.contains(' ') || BODIES.contains(&&*rest.to_lowercase());
    let (first, rest) = name.split_once(' ')?;
    if country(first) && telling(rest) {
        return Some(rest);
    }
    let (second, rest) = rest.split_once(' ')?;
    let both = &name[..first.len() + 1 + second.len()];
    (gazetteer::is_place(both) && telling(rest)).then_some(rest)
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
    use EntityKind::{Organization, Other, Place};

    use super::*;

    /// Mentions apart by commas, each with what follows it after "|".
    fn check(kind: EntityKind, text: &str, expect: &[usize]) {
        let references: Vec<Reference> = text
            .split(", ")
            .map(|mention| {
                let (text, after) = mention.split_once('|').unwrap_or((mention, ""));
                Reference { text, after }
            })
            .collect();
        let found = resolve(&references, kind);
        let first: Vec<usize> =
            found.iter().map(|thing| found.iter().position(|other| other == thing).unwrap()).collect();
        assert_eq!(first, expect, "{text}: each with the first mention of the same");
    }

    #[test]
    fn spellings_and_synonyms() {
        check(Place, "the U.S., United States, US, USA, America, Americas", &[0, 0, 0, 0, 0, 5]);
        check(Other, "Afghan, Afghans, Afghanistan, The Taliban, Taliban", &[0, 0, 2, 3, 3]);
    }

    #[test]
    fn acronyms_with_and_without_brackets() {
        check(Organization, "Inter-Services Intelligence| (ISI), ISI, TTP", &[0, 0, 2]);
        check(Organization, "Torrow Workers' Party| (PKT), PKT", &[0, 0]);
        check(Organization, "World Water Fund, World Wool Fund, WWF", &[0, 1, 2]);
        check(Organization, "Tarn River Bank, TRB, TR", &[0, 0, 2]);
        check(Organization, "Tarn Institute of Territory| (Teratar), Teratar", &[0, 0]);
        check(Organization, "Water Defence Committees| (WDCs), WDC, Water Defence Committee", &[0, 0, 0]);
        check(Organization, "Ada City| (ENG), Okwu United| (ENG), ENG", &[0, 1, 2]);
    }

    #[test]
    fn endings_and_countries_left_out() {
        check(Organization, "Tarn Corp., Tarn, Torrow Party, Torrow, Torrow Bank", &[0, 0, 2, 2, 4]);
        check(Organization, "Afghan Supreme Court, Supreme Court, U.S. Senate, Senate", &[0, 0, 2, 2]);
        check(Organization, "Afghan Taliban, Taliban", &[0, 1]);
        check(Place, "Arab Republic of Egypt, Egypt, Republic of China, China", &[0, 0, 2, 3]);
        check(Other, "USS Tarn, Tarn", &[0, 0]);
        check(Organization, "Afghan Supreme Court, Kenyan Supreme Court, Supreme Court", &[0, 1, 2]);
    }
}

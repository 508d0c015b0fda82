//! Who carries a role that the text gives: "the governor" is "Gov. Ada Okwu".

use std::collections::HashMap;

use crate::extract::{Entity, EntityKind, cue};

/// What short forms stand for, beside themselves.
const SHORT: [(&str, &str); 16] = [
    ("atty", "attorney"),
    ("capt", "captain"),
    ("cmdr", "commander"),
    ("col", "colonel"),
    ("det", "detective"),
    ("gen", "general"),
    ("gov", "governor"),
    ("lt", "lieutenant"),
    ("pres", "president"),
    ("prof", "professor"),
    ("rep", "representative congressman congresswoman lawmaker"),
    ("rev", "reverend pastor"),
    ("sen", "senator lawmaker"),
    ("senator", "lawmaker"),
    ("sgt", "sergeant"),
    ("supt", "superintendent"),
];

/// What a role begins with that somebody had before.
const PAST: [&str; 6] = ["former", "ex", "late", "then", "onetime", "one-time"];

/// Words behind which a role tells of what it is one.
const OF: [&str; 9] = ["of", "for", "at", "in", "to", "from", "with", "on", "and"];

/// The persons that carry a role, by the [`cue::hash`] of each of its words.
pub(super) struct Roles {
    bearers: HashMap<u64, Vec<Bearer>>,
}

#[derive(Clone, Copy)]
struct Bearer {
    entity: usize,
    /// The word is what the person is, "governor" in "governor of Ohio", and not of what.
    heads: bool,
    /// The person was that before.
    past: bool,
}

impl Roles {
    pub(super) fn new(entities: &[Entity]) -> Self {
        let mut roles = Self { bearers: HashMap::new() };
        for (entity, one) in entities.iter().enumerate().filter(|(_, one)| one.kind == EntityKind::Person) {
            one.roles.iter().for_each(|role| roles.add(entity, role));
        }
        roles
    }

    fn add(&mut self, entity: usize, role: &str) {
        let words: Vec<String> = role.split_whitespace().map(bare).collect();
        let past = words.first().is_some_and(|first| {
            PAST.contains(&first.as_str()) || first.starts_with("ex-") || first.starts_with("then-")
        });
        let head = words.iter().position(|word| OF.contains(&word.as_str())).unwrap_or(words.len());
        for (at, word) in words.iter().enumerate() {
            let short = SHORT.iter().find(|(short, _)| short == word).map_or("", |&(_, full)| full);
            for word in full_forms(word, short) {
                self.note(word, Bearer { entity, heads: at + 1 == head, past });
            }
        }
    }

    fn note(&mut self, word: &str, bearer: Bearer) {
        let bearers = self.bearers.entry(cue::hash(word)).or_default();
        match bearers.last_mut().filter(|last| last.entity == bearer.entity) {
            Some(last) => {
                *last = Bearer { heads: last.heads || bearer.heads, past: last.past && bearer.past, ..bearer }
            }
            None => bearers.push(bearer),
        }
    }

    /// The only person whom `fits` fits and whose role has the word with this `hash`, where it has not `anywhere` to be
    /// what the person is. Whoever was that before is meant where nobody is it now.
    pub(super) fn bearer(&self, hash: u64, anywhere: bool, fits: impl Fn(usize) -> bool) -> Option<usize> {
        let bearers = self.bearers.get(&hash)?;
        let found = || bearers.iter().filter(|bearer| (anywhere || bearer.heads) && fits(bearer.entity));
        let mut present = found().filter(|bearer| !bearer.past);
        let mut found = found();
        match present.next() {
            Some(one) => present.next().is_none().then_some(one.entity),
            None => found.next().filter(|_| found.next().is_none()).map(|one| one.entity),
        }
    }
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

fn full_forms<'a>(word: &'a str, others: &'a str) -> impl Iterator<Item = &'a str> {
    std::iter::once(word).chain(others.split(' ')).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::last_speaker;

    /// Who says the last quote of `text`.
    #[track_caller]
    fn check(text: &str, expect: Option<&str>) {
        assert_eq!(last_speaker(text).name.as_deref(), expect, "in {text:?}");
    }

    #[test]
    fn a_short_form_is_the_whole_word() {
        check(
            "Gov. David Johnson left on Monday. Mary Brown waited.\n\n“I am here,” the governor said.",
            Some("David Johnson"),
        );
        check(
            "Rep. David Johnson left. Mary Brown waited.\n\n“I am here,” the congressman said.",
            Some("David Johnson"),
        );
        check("Prof. Mary Brown left. David Johnson waited.\n\n“I am here,” said the professor.", Some("Mary Brown"));
    }

    #[test]
    fn who_was_that_before_is_not_it_now() {
        let two = "Governor David Johnson left on Monday. Mary Brown, a former governor, waited.";
        check(&format!("{two}\n\n“I am here,” the governor said."), Some("David Johnson"));
        check("Mary Brown, a former governor, waited.\n\n“I am here,” the governor said.", Some("Mary Brown"));
        let both = "Governor David Johnson met Governor Mary Brown.";
        check(&format!("{both}\n\n“I am here,” the governor said."), None);
    }

    #[test]
    fn any_noun_that_the_text_gives_somebody_is_a_role() {
        let tycoon = "The casino CEO Robert Miller left. Mary Brown, secretary of state, waited.";
        check(&format!("{tycoon}\n\n“I am here,” the CEO said."), Some("Robert Miller"));
        check(&format!("{tycoon}\n\n“I am here,” the state said."), None);
    }
}

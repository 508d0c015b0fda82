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

/// What letters stand for, in lower case: "the PM".
const INITIALS: [(&str, &str); 10] = [
    ("ag", "attorney general"),
    ("cec", "chief election commissioner"),
    ("ceo", "chief executive officer"),
    ("ceo", "chief executive"),
    ("cfo", "chief financial officer"),
    ("cm", "chief minister"),
    ("da", "district attorney"),
    ("mce", "municipal chief executive"),
    ("pm", "prime minister"),
    ("vp", "vice president"),
];

/// What a role begins with that somebody had before.
const PAST: [&str; 5] = ["former", "ex", "then", "onetime", "one-time"];

/// Words before a title that make it a lesser one: "Lt. Gov.", "vice president".
const LESSER: [&str; 9] = ["lt", "lieutenant", "deputy", "vice", "assistant", "associate", "under", "junior", "shadow"];

/// Words behind which a role tells of what it is one.
const OF: [&str; 8] = ["of", "for", "at", "in", "to", "from", "with", "on"];

/// Offices of a place, before which the place only tells which: "the Ohio senator".
const OF_PLACES: [&str; 7] =
    ["senator", "governor", "congressman", "congresswoman", "lawmaker", "representative", "legislator"];

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

/// A noun phrase such as "the former Ohio governor".
pub(super) struct Phrase<'a> {
    /// Its words behind the article but the last, each with whether it is a place's name.
    pub(super) before: Vec<(&'a str, bool)>,
    /// Its last word.
    pub(super) noun: &'a str,
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
        let first = words.first().map_or("", String::as_str);
        // The dead say nothing.
        if first == "late" {
            return;
        }
        let past = PAST.contains(&first) || first.starts_with("ex-") || first.starts_with("then-");
        let of = words.iter().position(|word| OF.contains(&word.as_str())).unwrap_or(words.len());
        if !past {
            self.note_initials(&words[..of], Bearer { entity, heads: true, past });
        }
        for (at, word) in words.iter().enumerate() {
            let ends = at + 1 == of || at < of && words[at + 1] == "and";
            let lesser = at > 0 && LESSER.contains(&words[at - 1].as_str());
            let short = SHORT.iter().find(|(short, _)| short == word).map_or("", |&(_, full)| full);
            for full in full_forms(word, short) {
                self.note(full, Bearer { entity, heads: ends && !lesser, past });
            }
            if ends && lesser {
                self.note(&format!("{} {word}", words[at - 1]), Bearer { entity, heads: true, past });
            }
        }
    }

    /// "PM" for "prime minister" and "British prime minister", not for "deputy prime minister".
    fn note_initials(&mut self, head: &[String], bearer: Bearer) {
        for (short, full) in INITIALS {
            let count = full.split(' ').count();
            let Some(before) = head.len().checked_sub(count) else { continue };
            let same = full.split(' ').eq(head[before..].iter().map(String::as_str));
            let lesser = before > 0 && LESSER.contains(&head[before - 1].as_str());
            if same && !lesser {
                self.note(short, bearer);
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

    /// The only person whom `fits` fits and who is what `phrase` says, with every word before its noun. Whoever was that before
    /// is meant by "the former ...", else only where nobody is it now.
    pub(super) fn bearer(&self, phrase: &Phrase, fits: impl Fn(usize) -> bool) -> Option<usize> {
        let (mut before, mut noun) = (&phrase.before[..], phrase.noun.to_lowercase());
        let was = before.first().is_some_and(|(word, _)| PAST.contains(&word.to_lowercase().as_str()));
        before = &before[usize::from(was)..];
        if let Some(((last, _), rest)) = before.split_last()
            && LESSER.contains(&last.to_lowercase().as_str())
        {
            (before, noun) = (rest, format!("{} {noun}", last.to_lowercase()));
        }
        let is_told = |entity: usize, word: &str| {
            self.bearers.get(&cue::hash(word)).is_some_and(|bearers| bearers.iter().any(|one| one.entity == entity))
        };
        let is_place = |&(_, place): &(&str, bool)| place && OF_PLACES.contains(&noun.as_str());
        let all = |entity: usize| before.iter().all(|(word, _)| is_told(entity, &word.to_lowercase()));
        let narrow =
            |entity: usize| before.iter().all(|word| is_place(word) || is_told(entity, &word.0.to_lowercase()));
        let bearers = self.bearers.get(&cue::hash(&noun))?;
        let mut found: Vec<Bearer> = bearers
            .iter()
            .copied()
            .filter(|one| one.heads && (one.past || !was) && fits(one.entity) && narrow(one.entity))
            .collect();
        let is_now = found.iter().any(|one| !one.past);
        found.retain(|one| !one.past || !is_now);
        // "senator from Florida" is the Florida senator, whoever else is one.
        let told = found.iter().any(|one| all(one.entity));
        let mut meant = found.iter().map(|one| one.entity).filter(|&one| !told || all(one));
        meant.next().filter(|_| meant.next().is_none())
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
    use super::super::check_last_speaker as check;

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
        check(&format!("{two}\n\n“I am here,” the former governor said."), Some("Mary Brown"));
        check("Governor David Johnson left.\n\n“I am here,” the former governor said.", None);
        check("Mary Brown, a former governor, waited.\n\n“I was here,” the late governor said.", None);
        let both = "Governor David Johnson met Governor Mary Brown.";
        check(&format!("{both}\n\n“I am here,” the governor said."), None);
    }

    #[test]
    fn letters_stand_for_a_role() {
        check(
            "Mary Johnson, the chief executive of Miller Ltd., left.\n\n“I am gone,” the CEO said.",
            Some("Mary Johnson"),
        );
        check("Prime Minister Mary Johnson left.\n\n“I am gone,” the PM said.", Some("Mary Johnson"));
        for other in ["Deputy", "Former", "Shadow"] {
            check(&format!("{other} Prime Minister Mary Johnson left.\n\n“I am gone,” the PM said."), None);
        }
        check("Prime Minister Mary Johnson left.\n\n“I am gone,” the PM of Italy said.", None);
    }

    #[test]
    fn of_several_the_one_of_the_place_is_meant() {
        let senators = "Robert Miller, a senator from Florida, met Sen. David Johnson of Texas.";
        check(&format!("{senators} “I am gone,” the Florida senator said."), Some("Robert Miller"));
        check(&format!("{senators} “I am gone,” the senator said."), None);
    }

    #[test]
    fn who_is_told_apart_is_another() {
        let analyst = "Mary Brown, an analyst, left on Monday.\n\n“I am here,” said the analyst";
        check(&format!("{analyst}."), Some("Mary Brown"));
        check(&format!("{analyst} who asked for anonymity."), None);
    }

    #[test]
    fn every_word_of_the_phrase_is_the_bearers() {
        check("Rep. David Johnson left on Monday.\n\n“I am here,” the company representative said.", None);
        check("Gen. David Johnson left on Monday.\n\n“I am here,” the attorney general said.", None);
        check("Police chief David Johnson left on Monday.\n\n“I am here,” the fire chief said.", None);
        check(
            "Police chief David Johnson left on Monday.\n\n“I am here,” the police chief said.",
            Some("David Johnson"),
        );
        check("Sen. David Johnson left on Monday.\n\n“I am here,” the Ohio senator said.", Some("David Johnson"));
    }

    #[test]
    fn a_lesser_title_is_another() {
        check("Lt. Gov. Mary Brown left on Monday.\n\n“I am here,” the governor said.", None);
        check("Deputy mayor Mary Brown left on Monday.\n\n“I am here,” the mayor said.", None);
        check("Deputy mayor Mary Brown left on Monday.\n\n“I am here,” the deputy mayor said.", Some("Mary Brown"));
    }

    #[test]
    fn any_noun_that_the_text_gives_somebody_is_a_role() {
        let tycoon = "The casino CEO Robert Miller left. Mary Brown, secretary of state, waited.";
        check(&format!("{tycoon}\n\n“I am here,” the CEO said."), Some("Robert Miller"));
        check(&format!("{tycoon}\n\n“I am here,” the state said."), None);
    }
}

//! The spellings of the names of persons in a text, with what their mentions tell.

use std::collections::{HashMap, HashSet};

use super::context::Context;
use super::key::{self, Name};
use crate::text::name::{Gender, gender_of_given_name, gender_of_title};

/// Most people that one word may refer to before it is left alone: what a list of hundreds of namesakes costs is bounded.
pub(super) const CROWD: usize = 16;

/// One mention of a person, with what the text next to it tells.
#[derive(Clone, Debug, Default)]
pub(super) struct Reference<'a> {
    /// The name as printed.
    pub(super) text: &'a str,
    /// Titles before the name, in order, other than those inside it.
    pub(super) titles: Vec<&'a str>,
    /// What the next pronoun in the sentence tells, where no other person stands between.
    pub(super) pronoun: Option<Gender>,
    /// The name is said to be that of a family.
    pub(super) is_family: bool,
    /// The surname of the person named next, with whom this one shares it.
    pub(super) shared: Option<&'a str>,
    /// The nouns of what the text next to it says the person is: "dean".
    pub(super) offices: Vec<&'a str>,
    /// Number of the sentence that it stands in.
    pub(super) sentence: Option<usize>,
}

impl<'a> Reference<'a> {
    /// A mention of the name `text` in `context`.
    pub(super) fn new(text: &'a str, context: Option<&Context<'a>>) -> Self {
        let Some(context) = context else { return Self { text, ..Self::default() } };
        let &Context { pronoun, is_family, shared, sentence, .. } = context;
        let (titles, offices) = (context.titles.clone(), context.offices.clone());
        Self { text, titles, pronoun, is_family, shared, offices, sentence: Some(sentence) }
    }
}

/// One spelling, with all that its mentions tell.
pub(super) struct Form<'a> {
    pub(super) name: Name<'a>,
    pub(super) gender: Option<Gender>,
    /// Titles that stood before it.
    pub(super) titles: Vec<&'a str>,
    pub(super) count: usize,
}

/// The different spellings in a text, in order of first use.
#[derive(Default)]
pub(super) struct Forms<'a> {
    pub(super) all: Vec<Form<'a>>,
    known: HashMap<&'a str, usize>,
}

impl<'a> Forms<'a> {
    pub(super) fn add(&mut self, reference: &Reference<'a>) -> usize {
        let index = *self.known.entry(reference.text).or_insert_with(|| {
            let name = key::person(reference.text);
            let given = name.words.first().filter(|_| name.words.len() > 1);
            let gender = gender_of_titles(&name.titles).or_else(|| gender_of_given_name(given?.text));
            self.all.push(Form { name, gender, titles: Vec::new(), count: 0 });
            self.all.len() - 1
        });
        let form = &mut self.all[index];
        form.count += 1;
        if form.name.words.len() > 1 {
            form.gender = gender_of_titles(&reference.titles).or(form.gender);
            note_titles(&mut form.titles, &reference.titles);
        }
        index
    }
}

impl<'a> Forms<'a> {
    /// Takes the office for a title where it looks like a given name: "Dean Okwu" after "Ada Okwu, dean of the college".
    pub(super) fn read_offices(&mut self, references: &[Reference<'a>], form_of: &[usize]) {
        let mut offices: HashSet<(u64, String)> = HashSet::new();
        for (reference, &form) in references.iter().zip(form_of) {
            let words = &self.all[form].name.words;
            let Some(last) = words.last().filter(|_| words.len() > 1 && !reference.offices.is_empty()) else {
                continue;
            };
            offices.extend(reference.offices.iter().map(|office| (last.key, office.to_lowercase())));
        }
        if offices.is_empty() {
            return;
        }
        for Form { name, gender, .. } in &mut self.all {
            if let [first, last] = name.words[..]
                && offices.contains(&(last.key, first.text.to_lowercase()))
            {
                name.titles.push(first.text);
                name.words.remove(0);
                name.whole = last.key;
                *gender = None;
            }
        }
    }
}

pub(super) fn note_titles<'a>(known: &mut Vec<&'a str>, titles: &[&'a str]) {
    for title in titles {
        if known.len() < CROWD && !has_title(known, title) {
            known.push(title);
        }
    }
}

pub(super) fn has_title(titles: &[&str], title: &str) -> bool {
    titles.iter().any(|known| known.eq_ignore_ascii_case(title))
}

pub(super) fn gender_of_reference(name: &Name, reference: &Reference) -> Option<Gender> {
    gender_of_titles(&name.titles).or_else(|| gender_of_titles(&reference.titles))
}

fn gender_of_titles(titles: &[&str]) -> Option<Gender> {
    titles.iter().find_map(|title| gender_of_title(title))
}

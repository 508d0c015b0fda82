//! One entity while its mentions are gathered.

use super::context::Context;
use super::{acronym, bare, key};
use crate::extract::{Entity, EntityKind};
use crate::text::Span;
use crate::text::name::{gender_of_given_name, is_particle};

/// Most different names and roles that are kept of one entity.
const LONGEST_LIST: usize = 64;

/// An entity with the mentions found so far.
pub(super) struct Draft {
    kind: EntityKind,
    mentions: Vec<Span>,
    /// Different names, in order of first use, without case.
    names: Strings,
    roles: Strings,
    /// A name with the title that belongs to it.
    sovereign: Option<Span>,
}

impl Draft {
    pub(super) fn new(kind: EntityKind) -> Self {
        Self { kind, mentions: Vec::new(), names: Strings::default(), roles: Strings::default(), sovereign: None }
    }

    /// Adds the mention at `span` with what stands around it.
    pub(super) fn add(&mut self, text: &str, span: Span, context: Option<&Context>) {
        self.mentions.push(span);
        self.names.add(bare(span.of(text)));
        if let Some(context) = context {
            self.sovereign = self.sovereign.or(context.sovereign);
            for role in &context.roles {
                self.roles.add(role.of(text));
            }
        }
    }

    /// The entity, named by its fullest name.
    pub(super) fn finish(self, text: &str) -> Entity {
        let names = &self.names.all;
        let fullest = match names.len() {
            0 | 1 => 0,
            count => (0..count).rev().max_by_key(|&at| self.fullness(text, &names[at])).unwrap_or(0),
        };
        let mut names = self.names.all;
        let mut name = if names.is_empty() { String::new() } else { names.remove(fullest) };
        if let Some(span) = self.sovereign.filter(|_| !name.contains(' ')) {
            names.insert(0, std::mem::replace(&mut name, one_line(span.of(text))));
        }
        Entity { name, kind: self.kind, mentions: self.mentions, aliases: names, roles: self.roles.all }
    }
}

impl Draft {
    /// How much of a name `name` tells, and whether nothing in it is none of it: the office in "Dean Okwu", the word in "Honest
    /// Ada Okwu" whom the text mostly names without it.
    fn fullness(&self, text: &str, name: &str) -> ((bool, usize, bool), bool) {
        let is_office = |word: &str| {
            self.roles.all.iter().any(|role| role.split(' ').any(|office| office.eq_ignore_ascii_case(word)))
        };
        let count = |name: &str| self.mentions.iter().filter(|mention| bare(mention.of(text)) == name).count();
        let is_epithet = |first: &str, rest: &str| {
            let given = |word: &str| gender_of_given_name(word).is_some() && !is_particle(word);
            let is_word = first.len() > 2 && first.chars().all(char::is_alphabetic) && !given(first);
            let is_name = rest.split_once(' ').is_some_and(|(own, _)| given(own));
            is_word && is_name && count(rest) > count(name).max(1)
        };
        let person = name.split_once(' ').filter(|_| self.kind == EntityKind::Person);
        match person {
            Some((first, rest)) if is_epithet(first, rest) => (self.kind.fullness(rest), false),
            Some((first, rest)) if is_office(first) => (self.kind.fullness(rest), true),
            _ => (self.kind.fullness(name), true),
        }
    }
}

impl EntityKind {
    /// How much of a name `name` tells: what is not all capitals, has most words, and is no acronym, tells most.
    fn fullness(self, name: &str) -> (bool, usize, bool) {
        let shouting = name.contains(' ') && !name.contains(char::is_lowercase);
        let words = if self == Self::Person { key::person(name).words.len() } else { name.split_whitespace().count() };
        (!shouting, words, !acronym::is_acronym(name))
    }
}

/// Different strings, in order, those that differ in case or white space only once.
#[derive(Default)]
struct Strings {
    all: Vec<String>,
}

impl Strings {
    fn add(&mut self, text: &str) {
        if self.all.len() == LONGEST_LIST || self.all.iter().any(|known| known == text) {
            return;
        }
        let line = one_line(text);
        if !self.all.iter().any(|known| is_same(known, &line)) {
            self.all.push(line);
        }
    }
}

/// True for texts that differ only in case.
fn is_same(one: &str, other: &str) -> bool {
    if one.is_ascii() && other.is_ascii() {
        one.eq_ignore_ascii_case(other)
    } else {
        one.to_lowercase() == other.to_lowercase()
    }
}

/// `text` with every stretch of white space as one space, without the square brackets that an editor put in.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split(['[', ']']).flat_map(str::split_whitespace) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

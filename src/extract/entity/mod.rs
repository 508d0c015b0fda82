//! Mentions to entities: which names in a text name the same thing.
//!
//! Mentions of one kind are joined, never of two. People ([`person`]) go by the words of their names; everything else
//! ([`thing`]) by the whole name, its synonyms and acronyms. [`context`] reads what stands around a person's name, and
//! [`role`] what it says that person is.

mod acronym;
mod context;
mod draft;
mod form;
mod key;
mod person;
mod role;
pub(super) mod role_word;
mod spelling;
mod synonym;
mod thing;

use std::collections::HashMap;

pub(super) use thing::FIRMS;

use context::Context;
use draft::Draft;

use super::{Entity, EntityKind, Mention};
use crate::text::{Prose, Span};

/// Most bytes of text after a name that can hold its acronym in brackets.
const AFTER: usize = 24;

/// Joins the mentions that name the same, in order of their first. Every mention's span is in exactly one entity.
///
/// Takes time in proportion to the mentions, whatever they name.
pub fn resolve(prose: &Prose, mentions: &[Mention]) -> Vec<Entity> {
    let contexts = context::read(prose, mentions);
    let groups = groups(prose, mentions, &contexts);
    let mut drafts: Vec<Draft> = Vec::new();
    let mut draft_of: HashMap<(EntityKind, usize), usize> = HashMap::new();
    for ((mention, context), group) in mentions.iter().zip(&contexts).zip(groups) {
        let at = *draft_of.entry((mention.kind, group)).or_insert(drafts.len());
        if at == drafts.len() {
            drafts.push(Draft::new(mention.kind));
        }
        drafts[at].add(prose.text, mention.span, context.as_ref());
    }
    drafts.into_iter().map(|draft| draft.finish(prose.text)).collect()
}

/// Spells the entity that is mentioned at `mention` as `name`, where it differs in nothing but its capitals: a dateline is
/// all capitals.
pub fn set_capitals(entities: &mut [Entity], mention: Span, name: &str) {
    let Some(entity) = entities.iter_mut().find(|entity| entity.mentions.contains(&mention)) else { return };
    if entity.name.to_lowercase() == name.to_lowercase() {
        name.clone_into(&mut entity.name);
        entity.aliases.retain(|alias| alias != name);
    }
}

/// Tells for each mention which entity of its kind it is: equal numbers, equal entities.
fn groups(prose: &Prose, mentions: &[Mention], contexts: &[Option<Context>]) -> Vec<usize> {
    let mut groups = vec![0; mentions.len()];
    for kind in EntityKind::ALL {
        let chosen: Vec<usize> = (0..mentions.len()).filter(|&at| mentions[at].kind == kind).collect();
        let name = |at: usize| bare(mentions[at].span.of(prose.text));
        let found = if kind == EntityKind::Person {
            let reference = |&at: &usize| form::Reference::new(name(at), contexts[at].as_ref());
            person::resolve(&chosen.iter().map(reference).collect::<Vec<_>>())
        } else {
            let reference =
                |&at: &usize| thing::Reference { text: name(at), after: after(prose.text, mentions[at].span.end) };
            thing::resolve(&chosen.iter().map(reference).collect::<Vec<_>>(), kind)
        };
        for (&at, group) in chosen.iter().zip(found) {
            groups[at] = group;
        }
    }
    groups
}

/// Equal for names of `kind` that are spellings or synonyms of one name: those that differ in case, accents, spaces,
/// hyphens, apostrophes and stops, and, but for persons, usual names of one country ("US", "United States").
pub(crate) fn name_key(kind: EntityKind, name: &str) -> u64 {
    match kind {
        EntityKind::Person => key::thing(name),
        EntityKind::Place => synonym::canonical(name),
        EntityKind::Organization | EntityKind::Other => synonym::canonical_body(name),
    }
}

/// As [`name_key`], without synonyms.
pub(crate) fn spelling_key(name: &str) -> u64 {
    key::thing(name)
}

/// Where the words of the person's name `short` stand in `long`, whatever their transliteration: the words of `long`
/// before, between and after them. `None` where they do not all stand there, in their order, or are all of it.
pub(crate) fn words_left_out<'a>(short: &str, long: &'a str) -> Option<[Vec<&'a str>; 3]> {
    let is_junior = |name: &str| name.rsplit(' ').next().is_some_and(crate::text::name::is_suffix);
    let (wanted, words) = (key::person(short).words, key::person(long).words);
    if wanted.is_empty() || wanted.len() >= words.len() || is_junior(short) != is_junior(long) {
        return None;
    }
    let mut left_out = [const { Vec::new() }; 3];
    let mut found = 0;
    for word in &words {
        if wanted.get(found).is_some_and(|want| want.sound == word.sound) {
            found += 1;
        } else {
            left_out[match found {
                0 => 0,
                found if found < wanted.len() => 1,
                _ => 2,
            }]
            .push(word.text);
        }
    }
    (found == wanted.len()).then_some(left_out)
}

/// True for two letters or more, nearly all capitals, that may stand for a longer name.
pub(crate) fn is_acronym(name: &str) -> bool {
    acronym::is_acronym(name)
}

/// A name without a possessive ending and an article, whatever the span holds.
fn bare(name: &str) -> &str {
    let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”' | ',' | '-'));
    let ending = ["'s", "’s", "'", "’"].iter().find_map(|ending| name.strip_suffix(ending));
    key::strip_the(ending.unwrap_or(name))
}

/// The text right after byte `end`, as far as an acronym in brackets can reach.
fn after(text: &str, end: usize) -> &str {
    let mut limit = text.len().min(end + AFTER);
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    &text[end..limit]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    /// Names that stand in `text` between brackets "[person: ...]" to "name; aliases; roles", one line an entity.
    fn check(marked: &str, expect: &str) {
        let (mut text, mut mentions) = (String::new(), Vec::new());
        for piece in marked.split('[') {
            let Some((name, rest)) = piece.split_once(']') else {
                text.push_str(piece);
                continue;
            };
            let (kind, name) = name.split_once(':').unwrap();
            let kind = EntityKind::ALL.into_iter().find(|other| other.as_str().starts_with(kind)).unwrap();
            let span = Span::new(text.len(), text.len() + name.len());
            mentions.push(Mention { span, kind, confidence: 1.0 });
            text.push_str(name);
            text.push_str(rest);
        }
        let entities = resolve(&Prose::new(&text), &mentions);
        let line =
            |entity: &Entity| format!("{}; {}; {}", entity.name, entity.aliases.join(", "), entity.roles.join(", "));
        let found: Vec<String> = entities.iter().map(line).collect();
        assert_eq!(found.join("\n"), expect, "{marked}");
        let spans = entities.iter().map(|entity| entity.mentions.len()).sum::<usize>();
        assert_eq!(spans, mentions.len(), "every mention is in one entity");
    }

    #[test]
    fn people_with_aliases_and_roles() {
        check(
            "Foreign Minister [person:Ada Okwu] left. “No,” [person:Okwu] said. Mr. [person:Okwu], a teacher, is another.",
            "Ada Okwu; Okwu; Foreign Minister\nOkwu; ; teacher",
        );
        check(
            "Pope [person:Tullus] met [person:Robert Tolle]. Then [person:Tullus] left.",
            "Pope Tullus; Tullus; Pope\nRobert Tolle; ; ",
        );
    }

    #[test]
    fn an_office_is_no_given_name() {
        check(
            "[person:Dean Okwu] left. [person:Ada Okwu], dean of the college, said so. [person:Okwu] left.",
            "Ada Okwu; Dean Okwu, Okwu; dean of the college",
        );
    }

    #[test]
    fn an_epithet_is_no_part_of_the_name() {
        check(
            "[person:Crooked Mary Johnson] lied. [person:Mary Johnson] left. [person:Mary Johnson] lied.",
            "Mary Johnson; Crooked Mary Johnson; ",
        );
        check(
            "[person:Mario Weber], head of the firm Mario Weber and Co., left. [person:Weber] left. [person:Weber] lied.",
            "Mario Weber; Weber; head of the firm Mario Weber and Co.",
        );
        check(
            "[person:Mattar Al Tayer] left. [person:Al Tayer] lied. [person:Al Tayer] left.",
            "Mattar Al Tayer; Al Tayer; ",
        );
    }

    #[test]
    fn pronouns_tell_namesakes_apart() {
        check(
            "[person:Maria Tolle] met [person:Robert Tolle]. [person:Tolle] said she was glad.",
            "Maria Tolle; Tolle; \nRobert Tolle; ; ",
        );
    }

    #[test]
    fn kinds_never_meet() {
        check("[person:Tarn] of [org:Tarn] in [place:Tarn].", "Tarn; ; \nTarn; ; \nTarn; ; ");
    }

    #[test]
    fn organizations_with_acronyms() {
        check(
            "The [org:Tarn River Bank] ([org:TRB]) fell. [org:TRB]'s head left [org:The TRB].",
            "Tarn River Bank; TRB; ",
        );
    }

    #[test]
    fn many_mentions_take_little_time() {
        let lines: Vec<String> = (0..20_000).map(|number| format!("A{number} Khan met Khan. ")).collect();
        let text = lines.concat();
        let found = crate::extract::mention::find(&Prose::new(&text), None);
        let person = |mention: &Mention| Mention { kind: EntityKind::Person, ..mention.clone() };
        let mentions: Vec<Mention> = found.iter().map(person).collect();
        let start = std::time::Instant::now();
        resolve(&Prose::new(&text), &mentions);
        assert!(mentions.len() > 20_000 && start.elapsed().as_secs() < 5, "took {:?}", start.elapsed());
    }
}

//! What stands around the name of a person and helps to tell who it is.

use super::role::{self, Around};
use crate::extract::{EntityKind, Mention};
use crate::text::name::{Gender, is_sovereign};
use crate::text::{Prose, Span};

/// Most tokens after a name that are searched for a pronoun.
const WINDOW: usize = 20;

/// What stands around one mention of a person.
#[derive(Clone, Debug)]
pub(super) struct Context<'a> {
    /// Titles right before the name, in order.
    pub(super) titles: Vec<&'a str>,
    /// The name with the title before it, where that is one that names are known with ("Pope Francis").
    pub(super) sovereign: Option<Span>,
    /// What the text says the person is.
    pub(super) roles: Vec<Span>,
    /// The words of the roles up to what they are of.
    pub(super) offices: Vec<&'a str>,
    /// What the next pronoun of the sentence tells, where no other person stands between.
    pub(super) pronoun: Option<Gender>,
    /// The name is said to be that of a family: "the Okwu brothers".
    pub(super) is_family: bool,
    /// The surname of the next person, where this name is joined to that one: "Ada" in "Ada and Omar Okwu".
    pub(super) shared: Option<&'a str>,
    /// Number of the sentence that it stands in.
    pub(super) sentence: usize,
}

/// Reads what stands around each mention; `None` for those that are no persons.
pub(super) fn read<'a>(prose: &Prose<'a>, mentions: &[Mention]) -> Vec<Option<Context<'a>>> {
    let people: Vec<usize> = (0..mentions.len()).filter(|&at| mentions[at].kind == EntityKind::Person).collect();
    let mut contexts: Vec<Option<Context>> = vec![None; mentions.len()];
    for (number, &at) in people.iter().enumerate() {
        let previous = number.checked_sub(1).map(|before| mentions[people[before]].span.begin);
        let next = people.get(number + 1).map(|&after| mentions[after].span);
        contexts[at] = around(prose, mentions[at].span, previous, next);
    }
    contexts
}

fn around<'a>(
    prose: &Prose<'a>,
    span: Span,
    previous: Option<usize>,
    next_person: Option<Span>,
) -> Option<Context<'a>> {
    let tokens = prose.token_at(span.begin)..prose.token_at(span.end.checked_sub(1)?) + 1;
    let number = prose.sentence_of(tokens.start);
    let sentence = prose.sentences.get(number)?;
    if tokens.end > sentence.tokens.end {
        return None;
    }
    let Around { titles, roles } = role::around(prose, sentence, tokens.clone());
    let limit = sentence.tokens.end.min(tokens.end + WINDOW);
    let before_next = |at: &usize| next_person.is_none_or(|next| prose.tokens[*at].span.begin < next.begin);
    // After "he endorsed Okwu", a later "he" is the first one's.
    let earlier = sentence.tokens.start.max(tokens.start.saturating_sub(WINDOW))..tokens.start;
    let alone = earlier.into_iter().all(|at| gender_of_pronoun(prose.word(at)).is_none());
    let pronoun = (tokens.end..limit).take_while(before_next).find_map(|at| gender_of_pronoun(prose.word(at)));
    let pronoun = pronoun.filter(|_| alone && previous.is_none_or(|previous| previous < sentence.span.begin));
    let title = titles.clone().next_back().filter(|&at| is_sovereign(prose.word(at)));
    let sovereign = title.map(|at| prose.tokens[at].span.cover(span));
    let is_family = tokens.end < limit && is_family(prose.word(tokens.end));
    let shared = next_person.and_then(|next| shared_surname(prose, span, next));
    let titles = titles.map(|at| prose.word(at)).collect();
    let offices = roles.iter().flat_map(|role| offices(role.of(prose.text))).collect();
    Some(Context { titles, sovereign, roles, offices, pronoun, is_family, shared, sentence: number })
}

/// The last word of `next`, where only "and" stands between it and the one word at `span`.
fn shared_surname<'a>(prose: &Prose<'a>, span: Span, next: Span) -> Option<&'a str> {
    let joined = matches!(prose.text.get(span.end..next.begin), Some(" and " | " & "));
    let (_, surname) = next.of(prose.text).rsplit_once(' ')?;
    (joined && !span.of(prose.text).contains(' ')).then_some(surname)
}

/// The words of `role` before "of" and its like: "dean" of "dean of the college".
fn offices(role: &str) -> impl Iterator<Item = &str> {
    role.split(' ').take_while(|word| !matches!(*word, "of" | "for" | "at" | "in" | "to"))
}

fn is_family(word: &str) -> bool {
    matches!(
        word,
        "family" | "families" | "brothers" | "sisters" | "siblings" | "twins" | "couple" | "clan" | "dynasty"
    )
}

fn gender_of_pronoun(word: &str) -> Option<Gender> {
    match word {
        "he" | "him" | "his" | "himself" | "He" | "His" => Some(Gender::Male),
        "she" | "her" | "hers" | "herself" | "She" | "Her" => Some(Gender::Female),
        _ => None,
    }
}

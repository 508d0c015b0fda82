//! What a text says somebody is, next to the name: "interior minister X", "X, the spokesperson for the police,".

use std::ops::Range;

use crate::extract::cue::{self, CueForm};
use crate::text::list::WordList;
use crate::text::name::is_title;
use crate::text::{Prose, Run, Span, TokenKind, gazetteer};

/// Nouns that say what a person is or does, in lower case.
static ROLES: WordList = WordList::new(include_str!("roles.txt"));

/// Lower-case words that stand before such a noun and belong to it.
static MODIFIERS: WordList = WordList::new(include_str!("modifiers.txt"));

/// Forms of address, which say nothing about what somebody does.
const COURTESY: &[&str] = &[
    "dame",
    "dato",
    "datuk",
    "don",
    "doña",
    "dr",
    "frau",
    "haji",
    "hajji",
    "herr",
    "hon",
    "honourable",
    "lady",
    "lord",
    "madam",
    "madame",
    "miss",
    "mlle",
    "mme",
    "monsieur",
    "mr",
    "mrs",
    "ms",
    "mx",
    "señor",
    "señora",
    "sheik",
    "sheikh",
    "shri",
    "sir",
    "smt",
    "sra",
    "sri",
    "syed",
    "tun",
];

/// Nouns that say nothing without whose relative somebody is.
const KIN: &[&str] = &[
    "aunt",
    "brother",
    "colleague",
    "cousin",
    "daughter",
    "fellow",
    "friend",
    "father",
    "grandfather",
    "grandmother",
    "grandson",
    "husband",
    "mother",
    "nephew",
    "niece",
    "parent",
    "partner",
    "relative",
    "sister",
    "son",
    "uncle",
    "widow",
    "widower",
    "wife",
];

/// Most words of a role before a name, and of one after it.
const LONGEST_BEFORE: usize = 8;
const LONGEST_AFTER: usize = 14;
/// Most tokens of a name in other letters, or of a party and state, in brackets after a name.
const LONGEST_BRACKET: usize = 8;

/// Titles and roles around one name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Around {
    /// The words right before the name that are titles.
    pub(super) titles: Range<usize>,
    /// What the name's bearer is said to be.
    pub(super) roles: Vec<Span>,
}

/// Reads what stands around the name at `name`, a range of tokens in `sentence`.
pub(super) fn around(prose: &Prose, sentence: &Run, name: Range<usize>) -> Around {
    let titles = titles_before(prose, sentence, name.start);
    let sides = [before(prose, sentence, name.start), after(prose, sentence, name.end), ahead(prose, sentence, &name)];
    let roles = sides.into_iter().flatten().map(|range| prose.span(range)).collect();
    Around { titles, roles }
}

fn titles_before(prose: &Prose, sentence: &Run, end: usize) -> Range<usize> {
    let mut begin = end;
    while begin > sentence.tokens.start && is_capital(prose.word(begin - 1)) && is_title(prose.word(begin - 1)) {
        begin -= 1;
    }
    begin..end
}

/// "Afghan political analyst" right before a name, "Secretary of State" too.
fn before(prose: &Prose, sentence: &Run, end: usize) -> Option<Range<usize>> {
    let floor = sentence.tokens.start.max(end.saturating_sub(LONGEST_BEFORE));
    let mut head = end;
    while head > floor && is_courtesy(prose.word(head - 1)) {
        head -= 1;
    }
    if head == floor {
        return None;
    }
    if is_kin(prose.word(head - 1)) {
        return None;
    }
    let mut begin = if is_role(prose.word(head - 1)) { head - 1 } else { office_before(prose, floor, head)? };
    while begin > floor && extends(prose, sentence, begin - 1) {
        begin -= 1;
    }
    while begin < head && is_mark(prose, begin) {
        begin += 1;
    }
    (begin < head).then_some(begin..head)
}

/// Where a role begins whose office is of or for something with capitals, up to `head`: "Minister of Water Affairs".
fn office_before(prose: &Prose, floor: usize, head: usize) -> Option<usize> {
    let mut at = head;
    while at > floor && (is_capital(prose.word(at - 1)) || at < head && prose.word(at - 1) == "and") {
        at -= 1;
    }
    let joined = at < head && at > floor + 1 && matches!(prose.word(at - 1), "of" | "for");
    (joined && is_capital(prose.word(at - 2)) && is_role(prose.word(at - 2))).then(|| at - 2)
}

/// True where the word at `at` belongs to the role after it.
fn extends(prose: &Prose, sentence: &Run, at: usize) -> bool {
    let word = prose.word(at);
    match prose.tokens[at].kind {
        TokenKind::Mark => matches!(word, "-" | "‑") && is_glued(prose, at) && is_glued(prose, at + 1),
        TokenKind::Number => false,
        TokenKind::Word if word.starts_with(['\'', '’']) => false,
        TokenKind::Word if is_capital(word) && at == sentence.tokens.start => {
            let known = is_role(word) || MODIFIERS.contains_folded(word);
            known || gazetteer::is_people(word) || gazetteer::is_place(word) || begins_name(prose, at)
        }
        TokenKind::Word if is_capital(word) => !is_courtesy(word) && !is_function(word),
        TokenKind::Word => is_role(word) || MODIFIERS.contains(word) || is_adjective(word),
    }
}

/// "Tolle" in "Tolle Harbour director", where it begins the sentence: the word after it belongs to a name, too.
fn begins_name(prose: &Prose, at: usize) -> bool {
    let (word, next) = (prose.word(at), prose.word(at + 1));
    let names = |word: &str| is_capital(word) && !is_function(word) && !is_courtesy(word) && !word.ends_with("ly");
    word.len() > 3 && names(word) && names(next) && !is_role(next) && !MODIFIERS.contains_folded(next)
}

/// ", the spokesperson for the police," or ", 45, of Herat," or " (head of the union)" right after a name.
fn after(prose: &Prose, sentence: &Run, end: usize) -> Option<Range<usize>> {
    let limit = sentence.tokens.end;
    let opening = (end < limit).then(|| prose.word(end)).filter(|&mark| matches!(mark, "," | "(" | "-" | "–" | "—"))?;
    if opening == "-" && is_glued(prose, end) {
        return None;
    }
    let mut begin = if opening == "(" { behind_bracket(prose, end, limit).unwrap_or(end + 1) } else { end + 1 };
    if begin + 1 < limit && is_age(prose, begin) && prose.word(begin + 1) == "," {
        if let Some(origin) = origin(prose, begin, limit) {
            return Some(origin);
        }
        begin += 2;
    }
    while begin < limit && is_determiner(prose.word(begin)) {
        begin += 1;
    }
    noun_phrase(prose, begin, limit)
}

/// What follows the comma after "(林志陵)" or "(R-Ohio)", which opens at `opening`.
fn behind_bracket(prose: &Prose, opening: usize, limit: usize) -> Option<usize> {
    let close = (opening + 1..limit.min(opening + LONGEST_BRACKET)).find(|&at| prose.word(at) == ")")?;
    let is_role = (opening + 1..close).any(|at| is_role(prose.word(at)));
    (!is_role && close + 2 < limit && prose.word(close + 1) == ",").then_some(close + 2)
}

/// "45, of Herat": an age and where somebody is from.
fn origin(prose: &Prose, age: usize, limit: usize) -> Option<Range<usize>> {
    let begin = age + 2;
    let from = begin + 1 < limit && matches!(prose.word(begin), "of" | "from") && is_capital(prose.word(begin + 1));
    let end = (begin + 1..limit.min(begin + 7)).find(|&at| !is_capital(prose.word(at))).unwrap_or(limit);
    (from && (end == limit || is_mark(prose, end))).then_some(age..end)
}

/// A role from `begin`, up to what closes it: its head is a noun for a person, and what follows tells of or for what.
fn noun_phrase(prose: &Prose, begin: usize, limit: usize) -> Option<Range<usize>> {
    let ceiling = limit.min(begin + LONGEST_AFTER);
    let closed = (begin..ceiling).find(|&at| closes(prose, at)).or_else(|| (ceiling == limit).then_some(limit));
    let head = (begin..closed.unwrap_or(ceiling)).find(|&at| is_preposition(prose.word(at))).or(closed)?;
    // Of what goes on for too long, the noun alone: "a senior official" of "a senior official from ...".
    let end = closed.unwrap_or(head);
    let sound = head > begin && head - begin <= 7 && is_role(prose.word(head - 1));
    let whose = head > begin && is_kin(prose.word(head - 1)) && (head == end || prose.word(head) != "of");
    (sound && !whose && !is_courtesy(prose.word(begin))).then_some(begin..end)
}

/// "The spokesman for the police," before a name that a comma sets off.
fn ahead(prose: &Prose, sentence: &Run, name: &Range<usize>) -> Option<Range<usize>> {
    let comma = name.start.checked_sub(1).filter(|&at| at > sentence.tokens.start && prose.word(at) == ",")?;
    if name.end < sentence.tokens.end
        && !matches!(prose.word(name.end), "," | "." | ";" | ")" | "said" | "says" | "told")
    {
        return None;
    }
    let floor = sentence.tokens.start.max(comma.saturating_sub(LONGEST_AFTER));
    let begin = (floor..comma).rev().take_while(|&at| !closes(prose, at)).filter(|&at| is_determiner(prose.word(at)));
    begin.filter_map(|at| noun_phrase(prose, at + 1, comma)).find(|range| range.end == comma)
}

/// True for a mark or a word that ends a role.
fn closes(prose: &Prose, at: usize) -> bool {
    const ENDINGS: &[&str] = &[
        "who",
        "whom",
        "which",
        "whose",
        "that",
        "where",
        "when",
        "while",
        "as",
        "but",
        "said",
        "says",
        "say",
        "told",
        "tells",
        "added",
        "is",
        "was",
        "were",
        "are",
        "has",
        "had",
        "have",
        "will",
        "would",
        "can",
        "could",
        "also",
        "announced",
        "wrote",
        "writes",
        "did",
        "does",
        "may",
        "might",
        "should",
        "because",
        "after",
        "before",
        "since",
    ];
    let word = prose.word(at);
    match prose.tokens[at].kind {
        TokenKind::Mark => !(matches!(word, "-" | "‑" | "&" | "/") && is_glued(prose, at)),
        TokenKind::Number => false,
        TokenKind::Word => ENDINGS.contains(&word) || is_reporting(word),
    }
}

/// True for "stated", "argued": past forms only, as the others can be nouns ("claims").
fn is_reporting(word: &str) -> bool {
    word.ends_with("ed") && matches!(cue::class(cue::hash(word)), Some((_, CueForm::Finite)))
}

fn is_role(word: &str) -> bool {
    !is_courtesy(word)
        && (ROLES.contains_folded(word) || is_title(word) && word.len() > 1 && !MODIFIERS.contains_folded(word))
}

fn is_kin(word: &str) -> bool {
    KIN.contains(&word)
}

fn is_courtesy(word: &str) -> bool {
    let word = word.strip_suffix('.').unwrap_or(word);
    word.len() <= 10 && is_capital(word) && COURTESY.contains(&&*word.to_lowercase())
}

fn is_determiner(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "its"
            | "his"
            | "her"
            | "their"
            | "our"
            | "my"
            | "The"
            | "A"
            | "An"
            | "Its"
            | "His"
            | "Her"
            | "Their"
            | "Our"
            | "My"
    )
}

fn is_preposition(word: &str) -> bool {
    matches!(word, "of" | "for" | "at" | "in" | "from" | "to" | "on" | "with" | "by" | "under" | "during" | "based")
}

/// Words with a capital that begin no role: those of dates, and those that begin a sentence or a title-case headline.
fn is_function(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "after",
        "and",
        "april",
        "as",
        "at",
        "august",
        "but",
        "by",
        "december",
        "february",
        "for",
        "friday",
        "i",
        "in",
        "january",
        "july",
        "june",
        "march",
        "may",
        "monday",
        "november",
        "october",
        "on",
        "said",
        "saturday",
        "says",
        "september",
        "sunday",
        "this",
        "thursday",
        "tuesday",
        "wednesday",
        "when",
        "while",
        "with",
    ];
    is_determiner(word)
        || is_preposition(word)
        || word.len() <= 9 && WORDS.binary_search(&&*word.to_lowercase()).is_ok()
}

/// True for endings that adjectives have.
fn is_adjective(word: &str) -> bool {
    word.len() > 4 && ["al", "ic", "ive", "ary", "ist", "ish", "ese"].iter().any(|ending| word.ends_with(ending))
}

fn is_age(prose: &Prose, at: usize) -> bool {
    prose.word(at).parse::<u8>().is_ok_and(|age| (1..=120).contains(&age))
}

fn is_mark(prose: &Prose, at: usize) -> bool {
    prose.tokens[at].kind == TokenKind::Mark
}

fn is_glued(prose: &Prose, at: usize) -> bool {
    at > 0 && at < prose.tokens.len() && prose.tokens[at - 1].span.end == prose.tokens[at].span.begin
}

fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, name: &str, expect: &[&str]) {
        let prose = Prose::new(text);
        let begin = text.find(name).unwrap();
        let tokens = prose.token_at(begin)..prose.token_at(begin + name.len() - 1) + 1;
        let sentence = &prose.sentences[prose.sentence_of(tokens.start)];
        let roles: Vec<&str> = around(&prose, sentence, tokens).roles.iter().map(|role| role.of(text)).collect();
        assert_eq!(roles, expect, "{text}");
    }

    #[test]
    fn roles_before_a_name() {
        check("On Monday Foreign Minister Ada Okwu left.", "Ada Okwu", &["Foreign Minister"]);
        check("They asked Afghan political analyst Omar Sarwar why.", "Omar Sarwar", &["Afghan political analyst"]);
        check("Tolle Harbour director Ada Okwu left.", "Ada Okwu", &["Tolle Harbour director"]);
        check("Ada Okwu (林志陵), director of the port, left.", "Ada Okwu", &["director of the port"]);
        check("Ada Okwu (director of the port), mother of two, left.", "Ada Okwu", &["director of the port"]);
        let long = "Ada Okwu, a senior official from the ministry of roads and of ports and of bridges over the northern rivers";
        check(&format!("{long}, left."), "Ada Okwu", &["senior official"]);
        check("It was read to Secretary of State Ada Okwu.", "Ada Okwu", &["Secretary of State"]);
        check("Police spokesman Dr. Tolle left.", "Tolle", &["Police spokesman"]);
        check("Mr. Tolle met Okwu.", "Tolle", &[]);
        check("The country's former vice-president Ada Okwu left.", "Ada Okwu", &["former vice-president"]);
        check("The river met Okwu.", "Okwu", &[]);
        check("It was her husband Omar Sarwar.", "Omar Sarwar", &[]);
        check("The former Soviet bloc fell.", "Soviet", &[]);
    }

    #[test]
    fn roles_after_a_name() {
        check(
            "Omar Sarwar, the spokesperson for the Torrow police, said so.",
            "Omar Sarwar",
            &["spokesperson for the Torrow police"],
        );
        check("Ada Okwu, 45, a teacher from Torrow, waits.", "Ada Okwu", &["teacher from Torrow"]);
        check("Ada Okwu, 45, of Torrow, waits.", "Ada Okwu", &["45, of Torrow"]);
        check(
            "Ada Okwu, president and chief executive of Tarn, waits.",
            "Ada Okwu",
            &["president and chief executive of Tarn"],
        );
        check("Ada Okwu, Minister Robert Tolle and others left.", "Ada Okwu", &[]);
        check("Ada Okwu, 45, said so.", "Ada Okwu", &[]);
        check("Ada Okwu, leader of the Tarn club stated.", "Ada Okwu", &["leader of the Tarn club"]);
        check("Ada Okwu, daughter of the mayor, and Omar, her brother, left.", "Ada Okwu", &["daughter of the mayor"]);
        check("Omar Sarwar, her brother, left.", "Omar Sarwar", &[]);
        check("Ada Okwu (head of the union) said so.", "Ada Okwu", &["head of the union"]);
    }

    #[test]
    fn roles_set_off_before_a_name() {
        check("The spokesman for the police, Omar Sarwar, said so.", "Omar Sarwar", &["spokesman for the police"]);
        check("Its foreign minister, Ada Okwu, said so.", "Ada Okwu", &["foreign minister"]);
        check("He met the minister, Ada Okwu and others.", "Ada Okwu", &[]);
    }
}

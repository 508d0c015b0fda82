//! What a text says somebody is, next to the name: "interior minister X", "X, the spokesperson for the police,".

use std::ops::Range;

use super::role_word::{
    MODIFIERS, is_adjective, is_capital, is_courtesy, is_determiner, is_function, is_kin, is_preposition, is_role,
};
use crate::extract::cue::{self, CueForm};
use crate::text::name::is_title;
use crate::text::{Prose, Run, Span, TokenKind, gazetteer};

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
    while begin > floor {
        begin = match compound_before(prose, floor, begin) {
            Some(Compound::Of(start)) => start,
            None if extends(prose, sentence, begin - 1) => begin - 1,
            Some(Compound::NoRole) | None => break,
        };
    }
    while begin < head && is_mark(prose, begin) {
        begin += 1;
    }
    (begin < head && !is_comparison(prose, begin..head)).then_some(begin..head)
}

/// What a hyphen joins to the word behind it.
enum Compound {
    /// A word, which begins there: "front" in "front-runner".
    Of(usize),
    /// A number: "year-old" in "34-year-old".
    NoRole,
}

/// The first part of a compound whose last begins at `at`.
fn compound_before(prose: &Prose, floor: usize, at: usize) -> Option<Compound> {
    let is_hyphen = |at: usize| matches!(prose.word(at), "-" | "‑") && is_glued(prose, at) && is_glued(prose, at + 1);
    let mut start = at;
    while start > floor + 1 && is_hyphen(start - 1) {
        start -= 2;
    }
    let whole = (start..at).all(|part| prose.tokens[part].kind != TokenKind::Number);
    // "Then-Senator Okwu" is what she was called then: a senator.
    let then = prose.word(start).eq_ignore_ascii_case("then");
    (start < at && !then).then_some(if whole { Compound::Of(start) } else { Compound::NoRole })
}

/// "The elder Okwu" is no elder of a church.
fn is_comparison(prose: &Prose, role: Range<usize>) -> bool {
    role.start > 0 && role.len() == 1 && prose.word(role.start) == "elder" && is_determiner(prose.word(role.start - 1))
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
        begin = behind_origin(prose, begin + 2, limit);
    }
    while begin < limit && is_determiner(prose.word(begin)) {
        begin += 1;
    }
    noun_phrase(prose, behind_years(prose, begin, limit), limit)
}

/// What follows "68-year-old" at `begin`.
fn behind_years(prose: &Prose, begin: usize, limit: usize) -> usize {
    let years = |at: usize, word: &str| at < limit && prose.word(at) == word;
    let counted = begin < limit && prose.tokens[begin].kind == TokenKind::Number;
    let found = counted && years(begin + 1, "-") && years(begin + 2, "year") && years(begin + 4, "old");
    if found && begin + 5 < limit { begin + 5 } else { begin }
}

/// What follows the comma after "(林志陵)" or "(R-Ohio)", which opens at `opening`.
fn behind_bracket(prose: &Prose, opening: usize, limit: usize) -> Option<usize> {
    let close = (opening + 1..limit.min(opening + LONGEST_BRACKET)).find(|&at| prose.word(at) == ")")?;
    let is_role = (opening + 1..close).any(|at| is_role(prose.word(at)));
    (!is_role && close + 2 < limit && prose.word(close + 1) == ",").then_some(close + 2)
}

/// What follows "of Herat," at `begin`: where somebody is from is no role.
fn behind_origin(prose: &Prose, begin: usize, limit: usize) -> usize {
    let from = begin + 1 < limit && matches!(prose.word(begin), "of" | "from") && is_capital(prose.word(begin + 1));
    let end = (begin + 1..limit.min(begin + 7)).find(|&at| !is_capital(prose.word(at)));
    match end {
        Some(end) if from && prose.word(end) == "," => end + 1,
        _ => begin,
    }
}

/// A role from `begin`, up to what closes it: its head is a noun for a person, and what follows tells of or for what.
fn noun_phrase(prose: &Prose, begin: usize, limit: usize) -> Option<Range<usize>> {
    if begin >= limit {
        return None;
    }
    let ceiling = limit.min(begin + LONGEST_AFTER);
    let ends = |at: usize| closes(prose, at) || is_predicate(prose, begin, at, limit);
    let closed = (begin..ceiling).find(|&at| ends(at)).or_else(|| (ceiling == limit).then_some(limit));
    let head = (begin..closed.unwrap_or(ceiling)).find(|&at| is_preposition(prose.word(at))).or(closed)?;
    // Of what goes on for too long, the noun alone: "a senior official" of "a senior official from ...".
    let end = closed.unwrap_or(head);
    let sound = head > begin && head - begin <= 7 && is_role(prose.word(head - 1));
    let whose = head > begin && is_kin(prose.word(head - 1)) && (head == end || prose.word(head) != "of");
    let first = prose.word(begin);
    (sound && !whose && !is_courtesy(first) && !matches!(first, "and" | "or")).then_some(begin..end)
}

/// True where what begins at `at` is no more of the role from `begin`, but says what its bearer does: "to win the
/// vote", "saying she is glad", "accused of it". A noun in -ing, and the "to" of an ambassador, stand elsewhere.
fn is_predicate(prose: &Prose, begin: usize, at: usize, limit: usize) -> bool {
    if at <= begin || at + 1 >= limit {
        return false;
    }
    let (word, before, next) = (prose.word(at), prose.word(at - 1), prose.word(at + 1));
    let after_noun = !is_preposition(before) && !is_determiner(before) && before != "and";
    // "The only minister to go there" is more than a minister.
    let ranked = || matches!(prose.word(begin), "first" | "last" | "only" | "second" | "third");
    match word {
        "to" if ranked() => false,
        "to" => after_noun && !SERVES.contains(&before) && next.starts_with(char::is_lowercase) && !is_determiner(next),
        "not" => true,
        _ if !word.starts_with(char::is_lowercase) => false,
        _ if word.len() > 4 && word.ends_with("ing") => after_noun && !is_preposition(word) && opens_object(next),
        _ if word.len() > 4 && word.ends_with("ed") => after_noun && word != "based" && is_preposition(next),
        _ => false,
    }
}

/// Those who are what they are to somebody: "adviser to presidents" is no "nominee to lead them".
const SERVES: &[&str] = &[
    "adviser",
    "advisor",
    "aide",
    "ambassador",
    "assistant",
    "consultant",
    "contributor",
    "counsel",
    "counselor",
    "counsellor",
    "delegate",
    "deputy",
    "donor",
    "envoy",
    "heir",
    "liaison",
    "representative",
    "secretary",
    "successor",
    "witness",
];

/// True for a word that an object or a clause begins with.
fn opens_object(word: &str) -> bool {
    is_determiner(word) || matches!(word, "that" | "to" | "he" | "she" | "they" | "it" | "him" | "them")
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
    let told = begin.filter_map(|at| noun_phrase(prose, at + 1, comma)).find(|range| range.end == comma);
    match told {
        Some(role) => (!is_listed(prose, floor, role.start - 1)).then_some(role),
        None => office_ahead(prose, floor, comma),
    }
}

/// True where the role whose article stands at `article` is one of several: "the president, the minister, Ada Okwu".
fn is_listed(prose: &Prose, floor: usize, article: usize) -> bool {
    article > floor + 1 && prose.word(article - 1) == "," && is_role(prose.word(article - 2))
}

/// "Tarn Union President, Ada Okwu": an office all in capitals, without an article.
fn office_ahead(prose: &Prose, floor: usize, comma: usize) -> Option<Range<usize>> {
    let is_part = |at: &usize| {
        let word = prose.word(*at);
        prose.tokens[*at].kind == TokenKind::Word && is_capital(word) && !is_courtesy(word) && !is_function(word)
    };
    let begin = (floor..comma).rev().take_while(is_part).last()?;
    let free = begin == floor || !matches!(prose.word(begin - 1), "," | "and" | "&" | "of");
    (free && comma - begin > 1 && is_role(prose.word(comma - 1))).then_some(begin..comma)
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

fn is_age(prose: &Prose, at: usize) -> bool {
    prose.word(at).parse::<u8>().is_ok_and(|age| (1..=120).contains(&age))
}

fn is_mark(prose: &Prose, at: usize) -> bool {
    prose.tokens[at].kind == TokenKind::Mark
}

fn is_glued(prose: &Prose, at: usize) -> bool {
    at > 0 && at < prose.tokens.len() && prose.tokens[at - 1].span.end == prose.tokens[at].span.begin
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
        check("On Monday front-runner Ada Okwu left.", "Ada Okwu", &["front-runner"]);
        check("So did the Tarn-based 34-year-old teacher Ada Okwu.", "Ada Okwu", &["teacher"]);
        check("Lieutenant Colonel Okwu left.", "Okwu", &["Lieutenant Colonel"]);
        check("It was the elder Okwu.", "Okwu", &[]);
        check("He met then-Senator Okwu.", "Okwu", &["Senator"]);
    }

    #[test]
    fn roles_after_a_name() {
        check(
            "Omar Sarwar, the spokesperson for the Torrow police, said so.",
            "Omar Sarwar",
            &["spokesperson for the Torrow police"],
        );
        check("Ada Okwu, 45, a teacher from Torrow, waits.", "Ada Okwu", &["teacher from Torrow"]);
        check("Ada Okwu, 45, of Torrow, waits.", "Ada Okwu", &[]);
        check("Ada Okwu, 45, of North Torrow, a teacher, waits.", "Ada Okwu", &["teacher"]);
        check("Ada Okwu, a 68-year-old former secretary of state, waits.", "Ada Okwu", &["former secretary of state"]);
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
    fn a_role_ends_where_its_bearer_does_something() {
        let check = |rest, expect| check(&format!("Ada Okwu, {rest}"), "Ada Okwu", &[expect]);
        check("leader of the Tarn Union saying she is glad, left.", "leader of the Tarn Union");
        check("former minister of Water Affairs to hear them, left.", "former minister of Water Affairs");
        check("former secretary of state hoping to win again, left.", "former secretary of state");
        check("director of the port accused of fraud, left.", "director of the port");
        check("ambassador to the Torrow, left.", "ambassador to the Torrow");
        check("director of marketing, left.", "director of marketing");
        check("director of retail banking at Tarn, left.", "director of retail banking at Tarn");
        check("nominee to lead the port, left.", "nominee");
        check("adviser to presidents, left.", "adviser to presidents");
        check("the only minister to go there, left.", "only minister to go there");
        check("director of the state housing agency, left.", "director of the state housing agency");
    }

    #[test]
    fn what_ends_with_the_text_has_no_role() {
        for text in
            ["They met Ada Okwu,", "They met Ada Okwu, 45,", "They met Ada Okwu, a", "They met Ada Okwu, a 45-year-old"]
        {
            check(text, "Ada Okwu", &[]);
        }
        check("Ada Okwu", "Ada Okwu", &[]);
    }

    #[test]
    fn the_role_of_the_next_is_not_ones_own() {
        check("Ada Okwu, and the director of the port, Omar Sarwar, left.", "Ada Okwu", &[]);
        check("Ada Okwu, and the director of the port, Omar Sarwar, left.", "Omar Sarwar", &["director of the port"]);
        check("He met the president, the vice president, Ada Okwu, and others.", "Ada Okwu", &[]);
    }

    #[test]
    fn roles_set_off_before_a_name() {
        check("It is late, Tarn Union President, Ada Okwu, said.", "Ada Okwu", &[]);
        check("So the Tarn Union President, Ada Okwu, said.", "Ada Okwu", &["Tarn Union President"]);
        check("Tarn Union President, Ada Okwu, left.", "Ada Okwu", &["Tarn Union President"]);
        check("The spokesman for the police, Omar Sarwar, said so.", "Omar Sarwar", &["spokesman for the police"]);
        check("Its foreign minister, Ada Okwu, said so.", "Ada Okwu", &["foreign minister"]);
        check("He met the minister, Ada Okwu and others.", "Ada Okwu", &[]);
    }
}

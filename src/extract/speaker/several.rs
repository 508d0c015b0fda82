//! Several who say something together, which none of them says alone.

use std::ops::Range;

use super::candidate::{Candidate, Kind};
use super::scene::Scene;
use super::words::Word;
use crate::extract::EntityKind;

/// "Ada Okwu and Bela Marsh" where one of them is `candidate`, and the verb of saying or the whole `phrase` theirs.
pub(super) fn joint(scene: &Scene, candidate: usize, phrase: Option<&Range<usize>>) -> Option<Range<usize>> {
    let cue = scene.cues.get(scene.subject_of[candidate] as usize);
    let first =
        cue.filter(|cue| cue.left == Some(candidate)).and_then(|_| pair(scene, joined_before(scene, candidate)?));
    let last = pair(scene, candidate).filter(|both| {
        let ends = scene.words.get(both.end).is_none_or(|next| next.is(Word::COMMA | Word::STOP));
        phrase == Some(both) || cue.is_some_and(|cue| cue.right == Some(candidate)) && ends
    });
    let listed = |phrase: &&Range<usize>| is_list(scene, phrase) || is_joined(scene, candidate, phrase);
    first.or(last).or_else(|| phrase.filter(listed).cloned())
}

/// True for "Okwu of Ohio and her rivals", "both the bank and its founder", "neither Okwu nor others": `phrase` begins with the
/// name of `candidate`, and goes on with somebody or something else.
fn is_joined(scene: &Scene, candidate: usize, phrase: &Range<usize>) -> bool {
    let one = &scene.candidates[candidate];
    let first = scene.prose.word(phrase.start);
    let paired = ["both", "neither", "either"].iter().any(|word| word.eq_ignore_ascii_case(first));
    let begins = phrase.start == one.tokens.start || paired && phrase.start + 1 == one.tokens.start;
    if one.mention.is_none() || one.qualifies || !begins {
        return false;
    }
    let end = behind_place(scene, one.tokens.end);
    let joined = end + 1 < phrase.end && matches!(scene.prose.word(end), "and" | "nor" | "or");
    let second = starting(scene, end + 1).filter(|_| joined);
    second.is_some_and(|second| {
        let named = second.mention.is_some() || second.kind == Kind::Group;
        let whole = named || scene.words[second.tokens.start].is(Word::DETERMINER | Word::OWNER);
        whole && !second.qualifies && second.tokens.end <= phrase.end && !is_firm(scene, second)
    })
}

/// One past what stands behind a name, before `at`, and tells where it is from: "of Ohio", "(R-Ohio)".
fn behind_place(scene: &Scene, at: usize) -> usize {
    const BRACKET: usize = 8;
    match scene.words.get(at).map_or("", |_| scene.prose.word(at)) {
        "of" | "from" => {
            starting(scene, at + 1).filter(|place| place.mention.is_some()).map_or(at, |place| place.tokens.end)
        }
        "(" => (at..scene.words.len().min(at + BRACKET))
            .find(|&end| scene.prose.word(end) == ")")
            .map_or(at, |end| end + 1),
        _ => at,
    }
}

/// The candidate before "and" and the one at `candidate`.
fn joined_before(scene: &Scene, candidate: usize) -> Option<usize> {
    let end = scene.candidates[candidate].tokens.start.checked_sub(2)?;
    Some(scene.ending[end] as usize).filter(|&before| before < scene.candidates.len())
}

/// The tokens of two persons who are joined by "and", the first of them `candidate`; the second may be several without a
/// name: "Ada Okwu and her aides", "she and other leaders".
fn pair(scene: &Scene, candidate: usize) -> Option<Range<usize>> {
    let is_somebody = |one: &&Candidate| is_person(one) || matches!(one.kind, Kind::He | Kind::She);
    let is_other = |one: &&Candidate| is_person(one) || one.kind == Kind::Group && !one.qualifies;
    let first = scene.candidates.get(candidate).filter(is_somebody)?;
    let joined = scene.words.len() > first.tokens.end && scene.prose.word(first.tokens.end) == "and";
    let second = starting(scene, first.tokens.end + 1).filter(|_| joined).filter(is_other)?;
    if is_firm(scene, second) {
        return None;
    }
    let both = first.tokens.start..second.tokens.end;
    scene.same_sentence(both.start, both.end - 1).then_some(both)
}

/// True for "Marsh analyst Bela Diaz" behind "Okwu and", where nothing tells that Marsh is a body or a place: two surnames make
/// a firm.
fn is_firm(scene: &Scene, second: &Candidate) -> bool {
    let start = second.tokens.start;
    let name = second.mention.map_or(start, |mention| scene.prose.token_at(scene.mentions[mention].span.begin));
    let known = || {
        let first = scene.candidates.partition_point(|one| one.tokens.start < start);
        let same = scene.candidates[first..].iter().take_while(|one| one.tokens.start == start);
        same.into_iter().any(|one| matches!(one.kind, Kind::Name(kind) if kind != EntityKind::Person))
    };
    let word = scene.words[start];
    let calling = name > start && !scene.words[name - 1].is(Word::CAPITAL);
    calling && word.is(Word::CAPITAL) && !word.is(Word::ROLE | Word::TITLE) && !known()
}

/// True for "Ada Okwu, head of the bank, and Bela Marsh, its founder": two persons in `phrase`, the second behind "and" and
/// an apposition of the first. "Ada Okwu, who worked for Bela Marsh, Carla Diaz, and Dan Egan" is one.
fn is_list(scene: &Scene, phrase: &Range<usize>) -> bool {
    let comma = |at: usize| scene.words.get(at).is_some_and(|word| word.is(Word::COMMA));
    let ends_name = |at: usize| scene.candidates.get(scene.ending[at] as usize).is_some_and(is_person);
    let Some(first) = starting(scene, phrase.start).filter(|first| is_person(first)) else { return false };
    let begin = first.tokens.end + 2;
    // Who stands in the apposition of the first is of it: "a friend of Dan Egan, the mayor, and Carla Diaz".
    let open = |at: usize| !scene.words[begin - 1].is(Word::RELATIVE) && !(begin - 1..at).any(ends_name);
    comma(first.tokens.end)
        && (begin..phrase.end.saturating_sub(2)).any(|at| {
            let joins = comma(at - 1) && scene.prose.word(at) == "and" && open(at);
            let second = starting(scene, at + 1).filter(|second| joins && is_person(second));
            second.is_some_and(|second| {
                second.tokens.len() > 1 && second.tokens.end < phrase.end && comma(second.tokens.end)
            })
        })
}

/// The longest candidate that begins with the token at `at`.
fn starting<'s>(scene: &'s Scene, at: usize) -> Option<&'s Candidate> {
    scene.candidates.get(*scene.starting.get(at)? as usize)
}

fn is_person(one: &Candidate) -> bool {
    one.kind == Kind::Name(EntityKind::Person) && !one.qualifies
}

#[cfg(test)]
mod tests {
    use super::super::last_speaker;

    /// The name of who says of the dam what `text` begins to tell.
    fn name(text: &str) -> Option<String> {
        last_speaker(&format!("{text} said that the dam would hold for years.")).name
    }

    #[test]
    fn who_speaks_with_others_does_not_say_it_alone() {
        for text in [
            "Robert Miller came. Mr. Miller and his campaign",
            "Sen. Robert Miller of Ohio and Sen. Mary Johnson of Texas",
            "Neither Robert Miller nor his opponents",
            "Both the World Bank and the State Department",
            "The World Bank and other lenders",
        ] {
            assert_eq!(name(text), None, "{text}");
        }
        assert_eq!(name("Robert Miller of the Bank of Leeds and York").as_deref(), Some("Robert Miller"));
        assert_eq!(name("Robert Miller, father of Mary and David Johnson,").as_deref(), Some("Robert Miller"));
    }
}

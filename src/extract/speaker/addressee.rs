//! To whom words are said: "told Reuters", "said to lawmakers", "in a letter to the council".
//!
//! Rules, not a model: the gold data marks no addressees, and the few ways of naming one are plain. A verb of telling
//! has its hearer right after it; other verbs have it after "to"; an interview, letter or speech after "with" or "to".

use std::ops::Range;

use super::candidate::Kind;
use super::scene::{NONE, Scene};
use super::words::Word;
use crate::extract::EntityKind;

/// Tokens on both sides of the words and their cue in which an interview or letter is looked for.
const REACH: usize = 40;
/// Most tokens from "in" to the noun: "in a rare and wide-ranging telephone interview".
const PHRASE: usize = 7;

/// Verbs that name their hearer right after them, and nothing else.
pub(super) const TELLS: [&str; 4] = ["told", "tells", "tell", "telling"];
/// Verbs that do so where their subject stands before them: after `"Why?" asked` stands the speaker.
const ASKS: [&str; 24] = [
    "asked",
    "asks",
    "asking",
    "warned",
    "warns",
    "warning",
    "informed",
    "informs",
    "informing",
    "assured",
    "assures",
    "assuring",
    "reminded",
    "reminds",
    "reminding",
    "advised",
    "advises",
    "urged",
    "urges",
    "urging",
    "emailed",
    "texted",
    "messaged",
    "notified",
];
/// Verbs that have their hearer after "to".
const SAYS: [&str; 31] = [
    "said",
    "say",
    "says",
    "saying",
    "wrote",
    "writes",
    "written",
    "writing",
    "spoke",
    "speaks",
    "spoken",
    "speaking",
    "talked",
    "talking",
    "replied",
    "replies",
    "complained",
    "admitted",
    "confessed",
    "confirmed",
    "conceded",
    "acknowledged",
    "explained",
    "announced",
    "declared",
    "remarked",
    "confided",
    "whispered",
    "suggested",
    "testified",
    "repeated",
];
/// What is held with somebody.
const TALKS: [&str; 8] =
    ["interview", "interviews", "conversation", "call", "chat", "discussion", "meeting", "appearance"];
/// What is addressed to somebody.
const PAPERS: [&str; 22] = [
    "letter",
    "letters",
    "email",
    "emails",
    "e-mail",
    "e-mails",
    "message",
    "messages",
    "statement",
    "statements",
    "note",
    "memo",
    "speech",
    "remarks",
    "comments",
    "testimony",
    "address",
    "briefing",
    "presentation",
    "reply",
    "tweet",
    "plea",
];
/// Nouns of no kind of speaker that hear: "told a news conference".
const HEARERS: [&str; 16] = [
    "conference",
    "meeting",
    "rally",
    "audience",
    "radio",
    "television",
    "TV",
    "hearing",
    "gathering",
    "broadcaster",
    "daily",
    "weekly",
    "inquiry",
    "tribunal",
    "assembly",
    "session",
];
/// What a letter or interview stands after where the words stand in it.
const INSIDE: [&str; 7] = ["in", "during", "at", "from", "through", "via", "by"];

/// Words that somebody says, in tokens.
pub(super) struct Said<'r> {
    pub(super) cue: Range<usize>,
    /// The words, in order.
    pub(super) content: &'r [Range<usize>],
    /// Who says them, with all that belongs to the phrase.
    pub(super) source: Option<Range<usize>>,
}

/// The candidate that `said` is said to; `None` where the text does not tell.
pub(super) fn find(scene: &Scene, said: &Said) -> Option<usize> {
    let verb = said.cue.clone().find_map(|at| after_verb(scene, at));
    let found = verb.or_else(|| around(scene, said).find_map(|at| after_noun(scene, said, at)))?;
    let tokens = &scene.candidates[found].tokens;
    let is_source = said.source.as_ref().is_some_and(|source| source.start < tokens.end && tokens.start < source.end);
    (!is_source).then_some(found)
}

/// "Reuters" in "told Reuters", "lawmakers" in "said to lawmakers", for the verb at `at`.
fn after_verb(scene: &Scene, at: usize) -> Option<usize> {
    let word = scene.prose.word(at);
    let subject = || {
        let found = scene.cues.binary_search_by_key(&at, |cue| cue.tokens.start);
        found.is_ok_and(|cue| scene.cues[cue].left.is_some())
    };
    if TELLS.contains(&word) || ASKS.contains(&word) && subject() {
        return hearer(scene, at + 1, true);
    }
    (SAYS.contains(&word) && is_in(scene, at + 1, &["to"])).then(|| hearer(scene, at + 2, false))?
}

/// "the BBC" in "in an interview with the BBC", for the noun or verb at `at`.
fn after_noun(scene: &Scene, said: &Said, at: usize) -> Option<usize> {
    let word = scene.prose.word(at);
    let talk = TALKS.contains(&word);
    if talk || PAPERS.contains(&word) {
        let inside = said.source.as_ref().is_some_and(|source| source.contains(&at)) || is_inside(scene, at);
        let joins: &[&str] = if talk { &["with", "to"] } else { &["to"] };
        return match () {
            () if !inside => None,
            () if is_in(scene, at + 1, joins) => hearer(scene, at + 2, false),
            // "in a Reuters interview".
            () if word == "interview" => newsroom(scene, at),
            () => None,
        };
    }
    let speaks = matches!(word, "speaking" | "talking" | "Speaking" | "Talking");
    (speaks && is_in(scene, at + 1, &["to", "with"]) && !is_later(scene, at)).then(|| hearer(scene, at + 2, false))?
}

/// The person, body or group that begins at `at`; a place only after a verb of telling.
fn hearer(scene: &Scene, at: usize, places: bool) -> Option<usize> {
    let found = *scene.starting.get(at).filter(|&&candidate| candidate != NONE)? as usize;
    if scene.inside[at] != NONE || scene.paragraph[at] != scene.paragraph[at - 1] {
        return None;
    }
    let hears = match scene.candidates[found].kind {
        Kind::Name(EntityKind::Place) => places,
        Kind::Noun => is_in(scene, scene.candidates[found].tokens.end - 1, &HEARERS),
        Kind::Name(_) | Kind::Capitals | Kind::Person | Kind::Group | Kind::Body => true,
        _ => false,
    };
    hears.then_some(found)
}

/// The organization whose name ends before the noun at `at`.
fn newsroom(scene: &Scene, at: usize) -> Option<usize> {
    let found = scene.candidates[..scene.candidates.partition_point(|one| one.tokens.start < at)].last()?;
    let is_name = found.kind == Kind::Name(EntityKind::Organization) && found.tokens.end == at;
    is_name.then(|| scene.candidates.partition_point(|one| one.tokens.start < at) - 1)
}

/// True where the noun at `at` stands in a phrase such as "in a letter".
fn is_inside(scene: &Scene, at: usize) -> bool {
    let before = (at.saturating_sub(PHRASE)..at).rev();
    let mut phrase = before.take_while(|&at| scene.inside[at] == NONE && !scene.words[at].is(Word::STOP | Word::COLON));
    phrase.find(|&at| scene.words[at].is(Word::PREPOSITION)).is_some_and(|at| is_in(scene, at, &INSIDE))
}

/// True after "after" or "before": the words were said at another time.
fn is_later(scene: &Scene, at: usize) -> bool {
    at > 0 && is_in(scene, at - 1, &["after", "before", "since", "while", "despite"])
}

fn is_in(scene: &Scene, at: usize, words: &[&str]) -> bool {
    at < scene.words.len() && words.iter().any(|word| scene.prose.word(at).eq_ignore_ascii_case(word))
}

/// The tokens of the cue's sentence around `said` that are neither said nor quoted, from the cue outwards.
fn around<'r>(scene: &'r Scene, said: &'r Said) -> impl Iterator<Item = usize> + 'r {
    let sentence = scene.sentence[said.cue.start];
    let begin = said.content.iter().map(|run| run.start).fold(said.cue.start, usize::min);
    let end = said.content.iter().map(|run| run.end).fold(said.cue.end, usize::max);
    let free = move |at: &usize| {
        scene.inside[*at] == NONE && scene.sentence[*at] == sentence && !said.content.iter().any(|run| run.contains(at))
    };
    let right = said.cue.start..scene.words.len().min(said.cue.end + REACH);
    let left =
        (begin.saturating_sub(REACH)..begin).chain(begin.max(said.cue.start.saturating_sub(REACH))..said.cue.start);
    let beyond = end.max(right.end)..scene.words.len().min(end + REACH);
    right.chain(beyond).chain(left).filter(free)
}

#[cfg(test)]
mod tests {
    use crate::extract::annotate;

    /// The addressee of the first quote of `text`, as printed.
    #[track_caller]
    fn check(text: &str, expect: Option<&str>) {
        let found = annotate(text, Some("en"));
        let quote = found.quotes.first().unwrap_or_else(|| panic!("a quote in {text:?}"));
        let told = quote.addressee.as_ref().map(|addressee| addressee.span.of(text));
        assert_eq!(told, expect, "in {text:?}");
    }

    #[test]
    fn verbs_of_telling_name_their_hearer() {
        check("“The dam will hold,” Mary Johnson told Reuters on Monday.", Some("Reuters"));
        check("“The dam will hold,” Mary Johnson told reporters in Kabul.", Some("reporters"));
        check("“The dam will hold,” Mary Johnson told a news conference.", Some("a news conference"));
        check("Mary Johnson told the BBC that the dam would hold.", Some("the BBC"));
        check("“The dam will hold,” the mayor said to lawmakers.", Some("lawmakers"));
        check("“The dam will hold,” Mary Johnson told me.", None);
    }

    #[test]
    fn interviews_and_letters_have_an_addressee() {
        check("“The dam will hold,” Mary Johnson said in an interview with the BBC.", Some("the BBC"));
        check("In a letter to Congress, Mary Johnson wrote: “The dam will hold.”", Some("Congress"));
        check("“The dam will hold,” Mary Johnson said Friday in a statement to CNN.", Some("CNN"));
        check("Speaking to reporters in Kabul, Mary Johnson said: “The dam will hold.”", Some("reporters"));
    }

    #[test]
    fn speakers_and_others_are_no_addressees() {
        check("“Will the dam hold?” asked Mary Johnson.", None);
        check("“The dam will hold,” Mary Johnson said after speaking to reporters.", None);
        check("“The dam will hold,” Mary Johnson said of her letter to Congress.", None);
        check("Mary Johnson said: “I told Reuters that the dam will hold.”", None);
        check("“The dam will hold,” Mary Johnson said.", None);
    }
}

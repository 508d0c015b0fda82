//! Clauses that say that somebody was asked and said nothing: "declined to comment", "did not respond to a request",
//! "could not be reached".

use std::ops::Range;

use crate::extract::speaker::scene::{NONE, Scene};
use crate::extract::speaker::words::Word;

/// Verbs that turn an answer down.
const DECLINES: [&str; 8] =
    ["declined", "declines", "decline", "declining", "refused", "refuses", "refuse", "refusing"];
/// What is not said after them.
const SAYING: [&str; 22] = [
    "comment",
    "say",
    "answer",
    "respond",
    "reply",
    "discuss",
    "elaborate",
    "speak",
    "talk",
    "disclose",
    "speculate",
    "confirm",
    "identify",
    "name",
    "specify",
    "explain",
    "clarify",
    "provide",
    "reveal",
    "release",
    "give",
    "be",
];
/// Negations, by themselves or as the end of a verb.
const NOT: [&str; 12] = [
    "not",
    "n't",
    "n’t",
    "didn't",
    "didn’t",
    "wouldn't",
    "wouldn’t",
    "couldn't",
    "couldn’t",
    "cannot",
    "doesn't",
    "doesn’t",
];
/// What the first words of such clauses begin with: those above, "no", "unavailable".
const FIRST: [char; 6] = ['c', 'd', 'n', 'r', 'u', 'w'];
/// What is not done to an inquiry; with a noun of [`INQUIRY`] after it, or at the end of its clause.
const ANSWERS: [&str; 8] = ["respond", "responded", "reply", "replied", "return", "returned", "answer", "answered"];
/// What is not answered.
const INQUIRY: [&str; 16] = [
    "request",
    "requests",
    "comment",
    "call",
    "calls",
    "message",
    "messages",
    "email",
    "emails",
    "e-mail",
    "e-mails",
    "inquiry",
    "inquiries",
    "question",
    "questions",
    "queries",
];
/// Tokens after a verb in which the inquiry is named.
const NEAR: usize = 12;

/// Such a clause, in tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Silence {
    /// From the negation to the verb.
    pub(super) tokens: Range<usize>,
    /// The word that carries it: "declined", "respond".
    pub(super) anchor: usize,
}

/// The clauses of `sentence` that say that nobody answered.
pub(super) fn find(scene: &Scene, sentence: &Range<usize>) -> Vec<Silence> {
    sentence.clone().filter(|&at| scene.inside[at] == NONE).filter_map(|at| silence(scene, sentence, at)).collect()
}

/// The clause whose negation stands at `at`.
fn silence(scene: &Scene, sentence: &Range<usize>, at: usize) -> Option<Silence> {
    let word = |at: usize| if at < sentence.end { scene.prose.word(at) } else { "" };
    let one = |at: usize, words: &[&str]| words.contains(&word(at));
    let here = word(at);
    if !here.starts_with(FIRST) {
        return None;
    }
    if DECLINES.contains(&here) {
        let next = skip(scene, sentence, at + 1);
        let says = word(next) == "to" && one(next + 1, &SAYING) && answers(scene, sentence, next + 1);
        let nothing = one(next, &["comment"]) || names(scene, next..sentence.end.min(next + 4), &["interview"]);
        return (says || nothing).then_some(Silence { tokens: at..at + 1, anchor: at });
    }
    if NOT.contains(&here) {
        let verb = skip(scene, sentence, at + 1);
        let inquiry = || names(scene, verb + 1..sentence.end.min(verb + NEAR), &INQUIRY) || ends(scene, sentence, verb);
        let reached = one(verb, &["be"]) && one(skip(scene, sentence, verb + 1), &["reached"]);
        return match () {
            () if reached => Some(skip(scene, sentence, verb + 1)),
            () if word(verb) == "comment" || one(verb, &ANSWERS) && inquiry() => Some(verb),
            () if word(verb) == "available" && word(verb + 1) == "for" => one(verb + 2, &["comment"]).then_some(verb),
            () => None,
        }
        .map(|verb| Silence { tokens: at..verb + 1, anchor: verb });
    }
    let absent = one(at, &["unavailable", "unreachable"]) && word(at + 1) == "for" && word(at + 2) == "comment";
    if absent {
        return Some(Silence { tokens: at..at + 1, anchor: at });
    }
    let none = word(at) == "no" && at > sentence.start && one(at - 1, &["had", "has", "have", "offered"]);
    (none && one(skip(scene, sentence, at + 1), &["comment"]))
        .then(|| Silence { tokens: at - 1..at + 1, anchor: at - 1 })
}

/// The first token from `at` on that is no adverb, day or comma: "did not immediately respond".
fn skip(scene: &Scene, sentence: &Range<usize>, at: usize) -> usize {
    let limit = sentence.end.min(at + 4);
    (at..limit).find(|&at| !scene.words[at].is(Word::ADVERB | Word::TIME)).unwrap_or(limit)
}

/// "be" and "give" need more: "declined to be interviewed", "refused to give details".
fn answers(scene: &Scene, sentence: &Range<usize>, verb: usize) -> bool {
    let after = verb + 1..sentence.end.min(verb + 6);
    match scene.prose.word(verb) {
        "be" => names(scene, after, &["interviewed", "identified", "named", "quoted"]),
        "give" | "provide" | "release" => {
            names(scene, after, &["details", "detail", "comment", "interview", "name", "names", "information"])
        }
        _ => true,
    }
}

fn names(scene: &Scene, tokens: Range<usize>, words: &[&str]) -> bool {
    tokens.into_iter().any(|at| words.contains(&scene.prose.word(at)))
}

/// True where the clause ends with the verb: "did not reply."
fn ends(scene: &Scene, sentence: &Range<usize>, verb: usize) -> bool {
    let next = skip(scene, sentence, verb + 1);
    next >= sentence.end || scene.words[next].is(Word::STOP | Word::COMMA)
}

#[cfg(test)]
mod tests {
    use crate::extract::{QuoteKind, annotate};

    /// Who declines in `text`, as printed.
    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let found = annotate(text, Some("en"));
        let declined = found.quotes.iter().filter(|quote| quote.is_declined());
        let told: Vec<&str> = declined
            .inspect(|quote| assert_eq!(quote.kind, QuoteKind::Indirect))
            .filter_map(|quote| Some(quote.speaker.as_ref()?.span?.of(text)))
            .collect();
        assert_eq!(told, expect, "in {text:?}");
    }

    #[test]
    fn who_does_not_answer_declines() {
        check("Mary Johnson declined to comment.", &["Mary Johnson"]);
        check("The ministry did not immediately respond to a request for comment.", &["The ministry"]);
        check("A spokesman for the dam didn’t return calls on Monday.", &["A spokesman for the dam"]);
        check("Mary Johnson could not be reached for comment.", &["Mary Johnson"]);
        check("Mary Johnson refused to answer questions about the dam.", &["Mary Johnson"]);
        check("The company declined to say when the dam would open.", &["The company"]);
        check("Mary Johnson was unavailable for comment on Friday.", &["Mary Johnson"]);
    }

    #[test]
    fn first_letters_are_those_of_the_lists() {
        assert!(super::DECLINES.iter().chain(&super::NOT).all(|word| word.starts_with(super::FIRST)));
        check("Mary Johnson had no comment.", &["Mary Johnson"]);
    }

    #[test]
    fn who_does_something_else_does_not() {
        check("Mary Johnson did not return to the dam.", &[]);
        check("Mary Johnson declined to open the dam.", &[]);
        check("Mary Johnson could not reach the dam.", &[]);
        check("“I declined to comment,” Mary Johnson said.", &[]);
    }
}

//! Who stands near quoted words and does not say them: who is told them, what a dateline names, who holds the sign that they
//! stand on; and words that nobody with a name says.

use super::addressee::TELLS;
use super::candidate;
use super::scene::{Cue, NONE, Scene};
use super::view::View;
use super::words::Word;

/// What words are written on.
const WRITINGS: [&str; 20] = [
    "sign",
    "banner",
    "placard",
    "shirt",
    "poster",
    "flag",
    "hat",
    "cap",
    "sticker",
    "billboard",
    "button",
    "plaque",
    "tattoo",
    "card",
    "sash",
    "badge",
    "cover",
    "mural",
    "headline",
    "bracelet",
];
/// Tokens of a dateline behind its first name.
const DATELINE: usize = 10;

impl View<'_, '_, '_> {
    /// True for "the BBC" in "a resident of the village told the BBC": whoever is told something does not say it. In
    /// "“words,” told Ada Okwu" the speaker stands behind the verb.
    pub(super) fn is_addressed(&self, candidate: usize) -> bool {
        let scene = self.scene;
        let start = scene.candidates[candidate].tokens.start;
        let Some(verb) = start.checked_sub(1).filter(|&verb| TELLS.contains(&scene.prose.word(verb))) else {
            return false;
        };
        let before = (0..verb).rev().find(|&at| !scene.words[at].is(Word::COMMA));
        let is_inverted =
            before.is_some_and(|before| scene.inside[before] != NONE || scene.words[before].is(Word::QUOTE));
        !is_inverted && !scene.is_told(verb)
    }

    /// True where nobody with a name says the stretch: "Some chanted “words”", "what some referred to as “words”", "the
    /// charges were deemed “words”".
    pub(super) fn is_said_by_some(&self) -> bool {
        let scene = self.scene;
        let (begin, end) = (self.stretch.tokens.start, self.stretch.tokens.end);
        let by = scene.words.len() > end && scene.prose.word(end) == "by";
        let is_some = || self.cue(self.lead).is_some_and(|lead| is_some(scene, lead));
        self.tail.is_none() && (is_some() || !by && is_deemed(scene, begin))
    }

    /// True for "Harrow News" in "Harrow News, 3 May - In Norland": who or what a dateline names.
    pub(super) fn is_in_dateline(&self, candidate: usize) -> bool {
        let scene = self.scene;
        let tokens = &scene.candidates[candidate].tokens;
        let opens = tokens.start == 0 || scene.paragraph[tokens.start - 1] != scene.paragraph[tokens.start];
        let end = scene.words.len().min(tokens.end + DATELINE);
        let dash = (tokens.end..end).find(|&at| candidate::is_spaced_dash(scene.prose, &scene.words, at));
        let dated = |dash: usize| {
            let words = tokens.end..dash;
            words.clone().any(|at| scene.words[at].is(Word::NUMBER))
                && words.into_iter().all(|at| scene.words[at].is(Word::CAPITAL | Word::MARK | Word::NUMBER))
        };
        opens && scene.words.get(tokens.end).is_some_and(|next| next.is(Word::COMMA)) && dash.is_some_and(dated)
    }

    /// True where the stretch stands on something: "a sign saying “words”", "a shirt that read “words”". Whoever is named
    /// around does not say it.
    fn is_written(&self) -> Option<usize> {
        const NEAR: usize = 8;
        let scene = self.scene;
        if let Some(noun) = self.printed_words() {
            return Some(noun);
        }
        let verb = self.cue(self.lead)?.tokens.start;
        let marks = verb + 1..self.stretch.tokens.start;
        if marks.len() > 1 || marks.into_iter().any(|at| !scene.words[at].is(Word::COMMA | Word::COLON)) {
            return None;
        }
        let before = verb.checked_sub(1).filter(|&before| scene.same_sentence(before, verb))?;
        let is_writing = |at: &usize| WRITINGS.contains(&scene.prose.word(*at).trim_end_matches('s'));
        match scene.prose.word(verb) {
            "saying" | "reading" | "proclaiming" | "declaring" => Some(before).filter(is_writing),
            "read" | "reads" | "said" | "says" if matches!(scene.prose.word(before), "that" | "which") => {
                (before.saturating_sub(NEAR)..before)
                    .rev()
                    .take_while(|&at| scene.same_sentence(at, verb))
                    .find(is_writing)
            }
            _ => None,
        }
    }

    /// The noun in "shirts with the words “Dam now”", "a wall painted with the message “Dam now”".
    fn printed_words(&self) -> Option<usize> {
        const NEAR: usize = 4;
        let scene = self.scene;
        let begin = self.stretch.tokens.start;
        let words = begin.checked_sub(1).filter(|&at| {
            scene.same_sentence(at, begin)
                && matches!(scene.prose.word(at), "words" | "word" | "message" | "slogan" | "phrase" | "inscription")
        })?;
        let with = (words.saturating_sub(2)..words)
            .find(|&at| matches!(scene.prose.word(at), "with" | "bearing" | "reading"))?;
        let is_writing = |at: &usize| WRITINGS.contains(&scene.prose.word(*at).trim_end_matches('s'));
        let is_put = |at: usize| {
            matches!(
                scene.prose.word(at),
                "emblazoned"
                    | "printed"
                    | "painted"
                    | "inscribed"
                    | "adorned"
                    | "stamped"
                    | "scrawled"
                    | "covered"
                    | "embroidered"
                    | "engraved"
            )
        };
        let mut near = (with.saturating_sub(NEAR)..with).rev().take_while(|&at| scene.same_sentence(at, begin));
        near.find(|at| is_writing(at) || is_put(*at))
    }

    /// True where `candidate` is named beside the writing that the stretch stands on.
    pub(super) fn is_beside_writing(&self, candidate: usize) -> bool {
        self.is_written().is_some_and(|noun| !self.scene.candidates[candidate].tokens.contains(&noun))
    }
}

/// True for the verb `cue` whose subject is only "some", "many", "others".
fn is_some(scene: &Scene, cue: &Cue) -> bool {
    const SOME: [&str; 8] = ["some", "many", "most", "few", "several", "others", "both", "all"];
    let mut before = cue.tokens.start;
    while before > 0 && scene.words[before - 1].is(Word::ADVERB | Word::AUXILIARY) {
        before -= 1;
    }
    let subject = before.checked_sub(1).filter(|&at| cue.left.is_none() && scene.same_sentence(at, cue.tokens.start));
    subject.is_some_and(|at| SOME.iter().any(|word| word.eq_ignore_ascii_case(scene.prose.word(at))))
}

/// True for the token at `at` behind "was deemed", "is considered": nobody is named who thinks so, unless "by" follows.
fn is_deemed(scene: &Scene, at: usize) -> bool {
    const DEEMED: [&str; 10] =
        ["deemed", "considered", "judged", "ruled", "branded", "labeled", "labelled", "found", "termed", "rated"];
    const BE: [&str; 7] = ["was", "were", "been", "being", "be", "is", "are"];
    let Some(verb) = at.checked_sub(1).filter(|&verb| scene.same_sentence(verb, at)) else { return false };
    let adverb = verb > 0 && scene.words[verb - 1].is(Word::ADVERB);
    let be = verb.checked_sub(1 + usize::from(adverb)).map_or("", |be| scene.prose.word(be));
    DEEMED.contains(&scene.prose.word(verb)) && BE.contains(&be)
}

#[cfg(test)]
mod tests {
    use super::super::last_speaker;
    use crate::extract::annotate;

    #[test]
    fn what_is_printed_on_something_is_nobodys_who_is_named_there() {
        for text in [
            "Robert Miller said he was glad to walk in a shirt printed with the words “Dams now, dams forever!”",
            "Robert Miller left. The weekly then came out with a cover saying “Come back and work, Bob!”",
        ] {
            let found = annotate(text, Some("en"));
            let names = found.quotes.iter().filter(|quote| quote.words(text).starts_with('“'));
            let mut names = names.filter_map(|quote| quote.speaker.as_ref()?.name.as_deref());
            assert_eq!(names.next(), None, "{text}");
        }
    }

    #[test]
    fn a_post_on_a_platform_is_not_the_platform() {
        let speaker = last_speaker("“The dam will hold for a hundred years, as we said,” read one Twitter post.");
        assert_eq!(speaker.name, None);
    }

    #[test]
    fn a_statement_says_it_whoever_printed_it() {
        let police = "“We will hold the dam,” a police statement said, according to the Daily Post.";
        assert_eq!(last_speaker(police).name, None);
    }
}

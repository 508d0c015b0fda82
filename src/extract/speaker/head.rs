//! Which noun or name before a verb is its subject: the head of a phrase, over appositions, brackets and prepositions.

use super::candidate::{self, Kind};
use super::foreign;
use super::scene::{Cue, NONE, Scene};
use super::words::Word;
use crate::extract::EntityKind;
use crate::extract::cue::CueForm;

/// Prepositions between the head of a phrase and its last name.
const PREPOSITIONS: usize = 4;
/// Tokens between a verb of saying and the subject of a clause that it reports.
const CLAUSE: usize = 40;
/// Tokens of the longest apposition between a subject and its verb.
const APPOSITION: usize = 30;

impl Scene<'_, '_> {
    /// The candidate right before token `at`, over auxiliaries, adverbs, days, brackets and one apposition.
    pub(super) fn left_of(&self, at: usize) -> (Option<usize>, bool) {
        let mut before = at;
        while before > 0 && self.same_sentence(before - 1, at) {
            let word = self.words[before - 1];
            let skips = word.is(Word::ADVERB | Word::AUXILIARY | Word::TIME) && self.ending[before - 1] == NONE
                || word.is(Word::PREPOSITION) && self.words[before].is(Word::TIME);
            if !skips {
                break;
            }
            before -= 1;
        }
        if before == 0 || !self.same_sentence(before - 1, at) {
            return (None, false);
        }
        let found = self.ending_at(before - 1).or_else(|| foreign::before_adjective(self, before - 1));
        if let Some(found) = found {
            return (Some(self.outermost(found)), false);
        }
        if self.inside[before - 1] != NONE {
            let found = self.before_relative(before - 1, at);
            return (found, found.is_some());
        }
        if !self.words[before - 1].is(Word::COMMA | Word::DASH | Word::BRACKET) {
            return (None, false);
        }
        let found = self.before_apposition(before - 1, at).map(|found| self.outermost(found));
        (found, found.is_some())
    }

    /// "Ada Okwu" in "Ada Okwu, who calls the plan “a mess,” said" and in "Ada Okwu, a critic who calls it “a mess,” said",
    /// where the quoted words end at `last` and the verb stands at `at`. In "sent to Ada Okwu, who calls it “a mess,” said Bela
    /// Marsh" somebody else speaks.
    fn before_relative(&self, last: usize, at: usize) -> Option<usize> {
        let stretch = &self.stretches[self.inside[last] as usize];
        let begin = stretch.tokens.start;
        let here = |&token: &usize| self.same_sentence(token, at) && self.inside[token] == NONE;
        let mut back = (begin.saturating_sub(APPOSITION)..begin).rev().take_while(here);
        let relative = back.find(|&token| self.words[token].is(Word::RELATIVE | Word::COMMA))?;
        let who = stretch.ends == ',' && matches!(self.prose.word(relative), "who" | "whose" | "which");
        let noun = self.ending_at(relative.checked_sub(1).filter(|_| who)?);
        let noun = noun.map(|noun| &self.candidates[noun]).filter(|noun| noun.kind == Kind::Person);
        let comma = noun.map_or(relative, |noun| noun.tokens.start).checked_sub(1)?;
        let found = self.ending_at(comma.checked_sub(1).filter(|_| self.words[comma].is(Word::COMMA))?)?;
        let start = self.candidates[found].tokens.start;
        let opens = start == 0
            || !self.same_sentence(start - 1, at)
            || self.words[start - 1].is(Word::COMMA | Word::CONJUNCTION);
        let behind = self.starting.get(at + 1).and_then(|&one| self.candidates.get(one as usize));
        let ends = |end: usize| self.words.get(end).is_none_or(|word| word.is(Word::COMMA | Word::STOP));
        let inverted = behind.is_some_and(|one| ends(one.tokens.end));
        (opens && !inverted).then_some(found)
    }

    /// The candidate before the apposition or the bracket that ends with the mark at `last`: "X" in "X, the party's leader,
    /// said" and in "X (R-Ohio) said". What stands in brackets is passed over.
    fn before_apposition(&self, last: usize, at: usize) -> Option<usize> {
        let floor = last.saturating_sub(APPOSITION);
        let before_bracket = |token: usize| self.opening(token, floor).unwrap_or(token + 1).checked_sub(1);
        if matches!(self.prose.word(last), ")" | "]") {
            let found = self.ending_at(before_bracket(last)?);
            return found.filter(|&found| self.same_sentence(self.candidates[found].tokens.start, at));
        }
        let mut token = last.checked_sub(1)?;
        while token > floor && self.same_sentence(token, at) {
            let mark = self.words[token].is(Word::COMMA | Word::DASH);
            let before = before_bracket(token.checked_sub(1)?)?;
            // "who worked for Ada Okwu (D), one of the town's leaders," is an apposition itself.
            let governed = |found: usize| {
                let start = self.candidates[found].tokens.start;
                before + 1 < token && start > 0 && self.words[start - 1].is(Word::PREPOSITION)
            };
            if let Some(found) = self.ending_at(before).filter(|&found| mark && !governed(found)) {
                return Some(found);
            }
            token = before_bracket(token)?.min(token - 1);
        }
        None
    }

    /// The verb of saying of "Ada Okwu" in "one delegate, Ada Okwu, said": a person between commas right before it.
    pub(super) fn verb_behind(&self, candidate: usize) -> Option<usize> {
        let one = &self.candidates[candidate];
        let comma = |at: usize| self.words.get(at).is_some_and(|word| word.is(Word::COMMA));
        let beside = one.kind == Kind::Name(EntityKind::Person) && !one.qualifies && one.tokens.start > 0;
        let beside = beside && comma(one.tokens.start - 1) && comma(one.tokens.end);
        // In "a study by a sociologist, Ada Okwu, said" she does not.
        let noun = one.tokens.start.checked_sub(2).and_then(|at| self.ending_at(at));
        let start = noun.map_or(0, |noun| self.candidates[noun].tokens.start);
        let beside = beside && !start.checked_sub(1).is_some_and(|at| self.words[at].is(Word::PREPOSITION));
        let found = self.cues.binary_search_by_key(&(one.tokens.end + 1), |cue| cue.tokens.start).ok()?;
        (beside && self.cues[found].form == CueForm::Finite).then_some(found)
    }

    /// True for the subject of a clause inside of what somebody else in the sentence says: "Trump" in "Okwu said that Trump
    /// lied", not in "Okwu left and Trump said".
    pub(super) fn is_embedded(&self, candidate: usize) -> bool {
        let start = self.candidates[candidate].tokens.start;
        let joins = |at: usize| self.words[at].is(Word::CONJUNCTION | Word::COMMA) || self.prose.word(at) == ";";
        if start == 0 || joins(start - 1) {
            return false;
        }
        let last = self.cues.partition_point(|cue| cue.tokens.start < start);
        let near = |cue: &&Cue| start < cue.tokens.end + CLAUSE && self.same_sentence(cue.tokens.start, start);
        let mut before = self.cues[..last].iter().rev().take_while(near);
        let says = |cue: &Cue| {
            cue.form == CueForm::Finite
                && (cue.tokens.end..start).all(|at| self.inside[at] == NONE)
                && !self.is_passive(cue.tokens.start)
                && cue.left.is_some_and(|left| self.entity[left] != self.entity[candidate])
        };
        before.any(says)
    }

    /// The bracket that opens what the one at `token` closes, behind `floor`.
    fn opening(&self, token: usize, floor: usize) -> Option<usize> {
        let bracket = match self.prose.word(token) {
            ")" => "(",
            "]" => "[",
            _ => return None,
        };
        (floor..token).rev().find(|&open| self.prose.word(open) == bracket)
    }

    /// "a spokesman" in "a spokesman for the campaign", "the office" in "the office led by Ada Okwu", "a banker" in "a banker
    /// at Sumito Bank in Leeds".
    pub(super) fn outermost(&self, found: usize) -> usize {
        let (mut head, mut inner) = (found, found);
        for _ in 0..PREPOSITIONS {
            let Some((outer, preposition)) = self.outer(inner) else { break };
            if self.is_head(outer, inner, preposition, head == inner) {
                head = outer;
            }
            inner = outer;
        }
        head
    }

    /// The candidate that the one at `found`, behind a preposition, stands beside, and the preposition.
    fn outer(&self, found: usize) -> Option<(usize, usize)> {
        let first = self.candidates[found].tokens.start;
        // The preposition may be one word with the noun.
        let start = first + usize::from(foreign::is_fused(self.words[first]));
        let preposition = start.checked_sub(1).filter(|&at| self.words[at].is(Word::PREPOSITION))?;
        let mut before = preposition.checked_sub(1)?;
        if self.is_agent(found) {
            before = before.checked_sub(1)?;
            while before > 0 && self.words[before].is(Word::ADVERB | Word::COMMA) {
                before -= 1;
            }
        }
        let outer = self.ending_at(before).filter(|_| self.same_sentence(before, start))?;
        Some((outer, preposition))
    }

    /// True where `outer` is the head of the phrase that ends with `inner` behind `preposition`; `next` tells that nothing but
    /// heads stands between it and the verb.
    fn is_head(&self, outer: usize, inner: usize, preposition: usize, next: bool) -> bool {
        let one = &self.candidates[outer];
        if one.mention.is_none() {
            return next || matches!(one.kind, Kind::Person | Kind::Group);
        }
        // "Ada Okwu on Facebook said": she does. "After a call with Ada Okwu on" Monday, somebody else may.
        let platform = matches!(self.prose.word(preposition), "on" | "via" | "of" | "from" | "at");
        let begins = one.tokens.start.checked_sub(1).is_none_or(|at| !self.words[at].is(Word::PREPOSITION));
        let is_person = one.kind == Kind::Name(EntityKind::Person) && !one.qualifies && begins;
        next && self.is_agent(inner) || platform && self.is_bare_name(inner) && is_person
    }

    /// True for who did something to what is named before: "the report, commissioned by the council".
    fn is_agent(&self, candidate: usize) -> bool {
        let start = self.candidates[candidate].tokens.start;
        let done = |at: usize| candidate::is_past(self.prose.word(at), self.words[at]);
        start > 1 && self.prose.word(start - 1) == "by" && done(start - 2)
    }

    /// True for the name of something that is no person, and nothing beside it.
    fn is_bare_name(&self, candidate: usize) -> bool {
        let one = &self.candidates[candidate];
        let span = one.mention.map(|mention| self.mentions[mention].span);
        one.kind != Kind::Name(EntityKind::Person)
            && span.is_some_and(|span| span == self.prose.span(one.tokens.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::check_last_speaker as check;

    #[test]
    fn who_says_something_in_a_relative_clause_goes_on() {
        let calls = "who calls Mary Johnson a “bungler,” said";
        check(&format!("Robert Miller, {calls} he does not believe the dam will hold."), Some("Robert Miller"));
        check(&format!("Robert Miller, a critic {calls} the dam will not hold."), Some("Robert Miller"));
        let sent = "The plan was sent to Robert Miller, who calls the dam a “mess,” said David Brown.";
        let found = crate::extract::annotate(sent, Some("en"));
        let last = found.quotes.iter().find(|quote| quote.words(sent).starts_with("The plan"));
        let name = last.and_then(|quote| quote.speaker.as_ref()?.name.as_deref());
        assert_ne!(name, Some("Robert Miller"), "{:?}", found.quotes);
    }
}

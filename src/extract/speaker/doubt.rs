//! What tells words said from scare quotes, titles and terms, and a right speaker from a doubtful one, as features.

use super::Ranked;
use super::view::{View, bucket};
use super::words::Word;
use crate::model::ranker::feature;

/// What the words of a stretch are.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    first: Word,
    last: Word,
    /// Every word that counts begins with a capital, as in a title.
    titled: bool,
    pronouns: u64,
    verbs: u64,
    odd: u64,
}

impl View<'_, '_, '_> {
    /// Fills `into` with the features that tell words said from scare quotes, titles and terms.
    pub(super) fn scare_features(&self, best: Option<Ranked>, into: &mut Vec<u32>) {
        into.clear();
        self.push_words(into);
        self.push_neighbours(into);
        self.push_speaker(best, into);
    }

    /// The words themselves.
    fn push_words(&self, into: &mut Vec<u32>) {
        let mut push = |template: u32, value: u64| into.push(feature(template + 64, value));
        let count = self.count();
        let length = self.stretch.words.min(12) as u64;
        let term = u64::from(self.follows_term()) + 2 * u64::from(self.scene.is_so_called(self.stretch.tokens.start));
        let (titled, begins) = (u64::from(count.titled), u64::from(count.first.is(Word::CAPITAL)));
        let says = count.pronouns.min(2) * 16 + count.verbs.min(2);
        push(0, 0);
        push(1, length);
        push(2, self.shape);
        push(3, length * 256 + self.shape);
        push(8, titled * 32 + begins * 16 + length);
        push(9, u64::from(self.covered_by_mention()) * 16 + length);
        push(10, term * 16 + length.min(6));
        push(14, count.pronouns.min(2) * 16 + count.verbs.min(2) * 4 + count.odd.min(2));
        push(15, says * 16 + length.min(8));
        push(17, code(self.before) * 32 + begins * 16 + length.min(8));
        push(18, count.first.hash);
        push(19, count.last.hash);
        push(24, u64::from(self.lead.is_some() || self.tail.is_some()) * 32 + titled * 16 + length.min(8));
    }

    /// What stands around them.
    fn push_neighbours(&self, into: &mut Vec<u32>) {
        let mut push = |template: u32, value: u64| into.push(feature(template + 64, value));
        let tokens = &self.stretch.tokens;
        let length = self.stretch.words.min(12) as u64;
        let (lead, tail) = (self.cue(self.lead), self.cue(self.tail));
        let lead_gap = lead.map_or(9, |cue| bucket(tokens.start - cue.tokens.end));
        let tail_gap = tail.map_or(9, |cue| bucket(cue.tokens.start - tokens.end));
        let cues = lead.map_or(7, |cue| cue.class as u64) * 8 + tail.map_or(7, |cue| cue.class as u64);
        push(11, cues);
        push(12, lead_gap * 16 + tail_gap);
        push(13, cues * 16 + length.min(6));
        push(16, code(self.before));
        push(20, self.before.hash);
        push(21, code(self.after) * 64 + code(self.before));
        push(22, code(self.after) * 16 + length.min(8));
        if let Some(lead) = lead {
            push(25, self.scene.words[lead.tokens.start].hash);
            push(26, lead_gap * 16 + lead.class as u64);
        }
    }

    /// The speaker that they would have.
    fn push_speaker(&self, best: Option<Ranked>, into: &mut Vec<u32>) {
        let mut push = |template: u32, value: u64| into.push(feature(template + 64, value));
        let length = self.stretch.words.min(12) as u64;
        let rule = best.map_or(31, |ranked| self.relation(ranked.best) as u64);
        let score = best.map_or(0, |ranked| (ranked.score.clamp(-20.0, 20.0) / 2.0 + 10.0) as u64);
        push(4, rule);
        push(5, rule * 16 + length);
        push(6, score);
        push(7, score * 16 + length.min(6));
        push(23, u64::from(self.count().titled) * 64 + rule);
        if let Some(ranked) = best {
            push(27, u64::from(self.scene.candidates[ranked.best].kind.code()) * 16 + length.min(6));
        }
        let since = (self.index - self.last.stretch.min(self.index)).min(3) as u64;
        push(28, u64::from(self.last.candidate.is_some()) * 16 + since);
    }

    fn count(&self) -> Count {
        let scene = self.scene;
        let mut count = Count::default();
        let (mut capitals, mut lower) = (0, 0);
        for token in self.stretch.tokens.clone() {
            let word = scene.words[token];
            if word.is(Word::MARK) {
                count.odd += u64::from(matches!(scene.prose.word(token), "#" | "@" | "/" | "_"));
                continue;
            }
            if count.first == Word::default() {
                count.first = word;
            }
            count.last = word;
            let small = Word::CAPITAL | Word::NUMBER | Word::PREPOSITION | Word::DETERMINER | Word::CONJUNCTION;
            capitals += u64::from(word.is(Word::CAPITAL));
            lower += u64::from(!word.is(small));
            count.pronouns += u64::from(word.is(Word::PRONOUN | Word::OBJECT));
            count.verbs += u64::from(word.is(Word::AUXILIARY));
        }
        count.titled = lower == 0 && capitals > 0;
        count
    }

    /// Fills `into` with the features that tell how far the ranker's choice can be trusted.
    pub(super) fn trust_features(&self, ranked: Ranked, into: &mut Vec<u32>) {
        into.clear();
        let rule = self.relation(ranked.best) as u64;
        let kind = u64::from(self.scene.candidates[ranked.best].kind.code());
        let margin = (ranked.margin * 0.75).min(12.0) as u64;
        let height = (ranked.score.clamp(-20.0, 20.0) / 4.0 + 5.0) as u64;
        let mut push = |template: u32, value: u64| into.push(feature(template + 128, value));
        push(0, 0);
        push(1, margin);
        push(2, margin * 32 + rule);
        push(3, rule * 16 + kind);
        push(4, height * 32 + rule);
        push(5, rule * 8 + u64::from(self.length()));
        for step in 0..margin {
            push(6, step);
        }
    }

    fn covered_by_mention(&self) -> bool {
        let spans = &self.scene.prose.tokens;
        let (first, last) = (self.stretch.tokens.start, self.stretch.tokens.end - 1);
        let mentions = self.scene.mentions;
        let from = mentions.partition_point(|mention| mention.span.end <= spans[first].span.begin);
        mentions[from..].first().is_some_and(|mention| {
            let inner = mention.span.begin.max(spans[first].span.begin)..mention.span.end.min(spans[last].span.end);
            inner.len() * 5 > (spans[last].span.end - spans[first].span.begin) * 3
        })
    }

    fn follows_term(&self) -> bool {
        let begin = self.stretch.tokens.start;
        (begin.saturating_sub(3)..begin)
            .any(|token| self.scene.same_sentence(token, begin) && self.scene.words[token].is(Word::TERM))
    }
}

fn code(word: Word) -> u64 {
    match word {
        word if word.cue.is_some() => 1,
        word if word.is(Word::DETERMINER) => 2,
        word if word.is(Word::OWNER | Word::GENITIVE) => 3,
        word if word.is(Word::PREPOSITION) => 4,
        word if word.is(Word::CONJUNCTION | Word::RELATIVE) => 5,
        word if word.is(Word::AUXILIARY) => 6,
        word if word.is(Word::COMMA) => 7,
        word if word.is(Word::COLON) => 8,
        word if word.is(Word::STOP) => 9,
        word if word.is(Word::DASH) => 10,
        word if word.is(Word::BRACKET) => 11,
        word if word.is(Word::QUOTE) => 12,
        word if word.is(Word::MARK) => 13,
        word if word.is(Word::CAPITAL) => 14,
        word if word.hash == 0 => 0,
        _ => 15,
    }
}

//! What a stretch of quoted words and a candidate for its speaker have to do with each other, as hashed features.

use super::candidate::Candidate;
use super::scene::{Cue, NONE};
use super::view::{View, bucket};
use super::words::Word;
use crate::extract::cue::CueForm;
use crate::model::ranker::feature;

/// A stretch and a candidate for its speaker, with what several features are made of.
struct Pair<'v, 's, 'a, 'b> {
    view: &'v View<'s, 'a, 'b>,
    candidate: usize,
    one: &'v Candidate,
    /// The candidate stands after the words.
    after: bool,
    kind: u64,
    /// The rule by which it would be the speaker.
    rule: u64,
    /// Side, sentences and paragraphs between.
    place: u64,
    paragraphs: u32,
    /// The reporting verb that it is the subject of.
    subject: Option<&'v Cue>,
}

impl<'s, 'a, 'b> View<'s, 'a, 'b> {
    /// Fills `into` with the features of `candidate`.
    pub(super) fn features(&self, candidate: usize, into: &mut Vec<u32>) {
        into.clear();
        let pair = self.pair(candidate);
        pair.push_place(into);
        pair.push_subject(into);
        pair.push_cues(into);
        pair.push_surroundings(into);
    }

    fn pair(&self, candidate: usize) -> Pair<'_, 's, 'a, 'b> {
        let scene = self.scene;
        let one = &scene.candidates[candidate];
        let start = one.tokens.start;
        let after = start >= self.stretch.tokens.end;
        let (sentences, paragraphs) = if after {
            (scene.sentence[start] - self.sentence_end, scene.paragraph[start] - self.last_paragraph)
        } else {
            (self.sentence.saturating_sub(scene.sentence[start]), self.paragraph - scene.paragraph[start])
        };
        Pair {
            view: self,
            candidate,
            one,
            after,
            kind: u64::from(one.kind.code()),
            rule: self.relation(candidate) as u64,
            place: u64::from(after) * 64 + u64::from(sentences.min(4)) * 8 + u64::from(paragraphs.min(4)),
            paragraphs,
            subject: scene.cues.get(scene.subject_of[candidate] as usize),
        }
    }
}

impl Pair<'_, '_, '_, '_> {
    /// Where the candidate stands, what it is, and by which rule it would speak.
    fn push_place(&self, into: &mut Vec<u32>) {
        let Self { view, one, after, kind, rule, place, .. } = *self;
        let mut push = |template: u32, value: u64| into.push(feature(template, value));
        let (begin, end) = (view.stretch.tokens.start, view.stretch.tokens.end);
        let distance = bucket(if after { one.tokens.start - end } else { begin.saturating_sub(one.tokens.end) });
        let object = view.object(self.candidate);
        push(1, rule);
        push(2, rule * 16 + kind);
        push(3, rule * 256 + view.shape);
        push(4, place);
        push(5, place * 16 + kind);
        push(6, u64::from(after) * 16 + distance);
        push(7, rule * 16 + distance);
        push(8, kind);
        push(9, rule * 128 + u64::from(one.qualifies) * 64 + object);
        push(10, object * 16 + kind);
        push(11, u64::from(one.qualifies) * 16 + kind);
        push(19, rule * 8 + u64::from(view.length()));
    }

    /// Whether the candidate says something, how often it is named, and whether it spoke last.
    fn push_subject(&self, into: &mut Vec<u32>) {
        let Self { view, kind, rule, place, .. } = *self;
        let scene = view.scene;
        let mut push = |template: u32, value: u64| into.push(feature(template, value));
        let last = u64::from(view.is_last(self.candidate)) + 2 * u64::from(view.last.candidate == Some(self.candidate));
        let since = (view.index - view.last.stretch.min(view.index)).min(3) as u64;
        let own = u64::from(view.lead.is_some()) + 2 * u64::from(view.tail.is_some());
        let says = u64::from(self.subject.is_some());
        push(12, last * 64 + u64::from(self.paragraphs.min(3)) * 16 + own * 4 + since);
        push(13, (last * 4 + own) * 256 + view.shape);
        push(16, says * 256 + place);
        push(17, (says * 16 + kind) * 64 + u64::from(view.length()));
        push(18, u64::from(scene.frequency[self.candidate].min(8)) * 4 + says);
        if let Some(cue) = self.subject {
            push(20, (rule * 8 + cue.class as u64) * 8 + form(cue.form));
            push(21, scene.words[cue.tokens.start].hash ^ rule);
            push(22, (u64::from(cue.apposition) * 64 + rule) * 256 + view.shape);
            push(23, place * 8 + cue.class as u64);
        }
    }

    /// The reporting verbs before and after the stretch.
    fn push_cues(&self, into: &mut Vec<u32>) {
        let Self { view, rule, .. } = *self;
        let scene = view.scene;
        let (begin, end) = (view.stretch.tokens.start, view.stretch.tokens.end);
        let mut push = |template: u32, value: u64| into.push(feature(template, value));
        let (lead, tail) = (view.cue(view.lead), view.cue(view.tail));
        let class = |cue: Option<&Cue>| cue.map_or(7, |cue| cue.class as u64);
        let lead_gap = lead.map_or(9, |cue| bucket(begin - cue.tokens.end));
        let tail_gap = tail.map_or(9, |cue| bucket(cue.tokens.start - end));
        push(14, rule * 64 + class(lead) * 8 + class(tail));
        push(15, (rule * 16 + lead_gap) * 16 + tail_gap);
        if let Some(tail) = tail {
            push(24, scene.words[tail.tokens.start].hash ^ (rule << 1));
            push(25, (rule * 16 + tail_gap) * 256 + view.shape);
            if self.after {
                push(26, view.between(end, self.one.tokens.start) * 64 + rule);
            }
        }
        if let Some(lead) = lead {
            push(27, scene.words[lead.tokens.start].hash ^ (rule << 2));
            push(28, (rule * 16 + lead_gap) * 256 + view.shape);
        }
    }

    /// What stands between the candidate and the stretch, and next to the candidate.
    fn push_surroundings(&self, into: &mut Vec<u32>) {
        let Self { view, one, kind, rule, place, .. } = *self;
        let scene = view.scene;
        let start = one.tokens.start;
        let begin = view.stretch.tokens.start;
        let mut push = |template: u32, value: u64| into.push(feature(template, value));
        let says = u64::from(self.subject.is_some());
        let crowd = view.crowd(self.candidate);
        let next = view.next_word(self.candidate);
        let opens = start == 0 || scene.sentence[start - 1] != scene.sentence[start];
        push(29, view.between(one.tokens.end.min(begin), begin) * 64 + u64::from(self.after) * 32 + rule);
        push(30, crowd * 32 + rule);
        push(31, (crowd * 256 + place) * 2 + says);
        push(32, (u64::from(opens) * 256 + place) * 2 + says);
        push(33, next * 64 + rule);
        push(34, (next * 256 + place) * 16 + kind);
        if one.mention.is_none() {
            push(35, scene.words[one.tokens.end - 1].hash);
        }
        push(36, scene.words[start].hash ^ (rule << 3));
    }
}

impl View<'_, '_, '_> {
    /// What makes the candidate an object: the word before it.
    fn object(&self, candidate: usize) -> u64 {
        let scene = self.scene;
        let start = scene.candidates[candidate].tokens.start;
        if start == 0 || scene.paragraph[start - 1] != scene.paragraph[start] || scene.inside[start - 1] != NONE {
            return 0;
        }
        let word = scene.words[start - 1];
        match () {
            () if word.cue.is_some() => 1,
            () if word.is(Word::PREPOSITION) => {
                let text = scene.prose.word(start - 1);
                2 + ["to", "with", "by", "of", "for", "from", "in", "at", "about", "on"]
                    .iter()
                    .position(|known| text.eq_ignore_ascii_case(known))
                    .map_or(0, |at| at as u64 + 1)
            }
            () if word.is(Word::CONJUNCTION | Word::RELATIVE) => 14,
            () if word.is(Word::COMMA) => 15,
            () if word.is(Word::COLON | Word::DASH) => 16,
            () if word.is(Word::STOP) => 17,
            () if word.is(Word::BRACKET) => 18,
            () if word.is(Word::GENITIVE) => 19,
            () if word.is(Word::MARK) => 20,
            () => 21,
        }
    }

    /// What follows the candidate.
    fn next_word(&self, candidate: usize) -> u64 {
        let scene = self.scene;
        let end = scene.candidates[candidate].tokens.end;
        let Some(word) = scene.words.get(end) else { return 0 };
        if scene.paragraph[end] != scene.paragraph[end - 1] {
            return 0;
        }
        match () {
            () if scene.inside[end] != NONE => 1,
            () if word.is(Word::GENITIVE) => 2,
            () if word.is(Word::COMMA) => 3,
            () if word.is(Word::COLON) => 4,
            () if word.is(Word::STOP) => 5,
            () if word.is(Word::DASH | Word::BRACKET) => 6,
            () if word.is(Word::MARK) => 7,
            () if word.is(Word::AUXILIARY) => 8,
            () if word.cue.is_some() => 9,
            () if word.is(Word::RELATIVE) => 10,
            () if word.is(Word::PREPOSITION) => 11,
            () if word.is(Word::CONJUNCTION) => 12,
            () if word.is(Word::ADVERB) => 13,
            () => 14,
        }
    }

    /// Stretches, stops and reporting verbs between two tokens, in a few bits.
    fn between(&self, from: usize, to: usize) -> u64 {
        let scene = self.scene;
        if to <= from {
            return 0;
        }
        let cues = scene.cues.partition_point(|cue| cue.tokens.start < to)
            - scene.cues.partition_point(|cue| cue.tokens.start < from);
        let stretches = scene.stretches.partition_point(|stretch| stretch.tokens.start < to)
            - scene.stretches.partition_point(|stretch| stretch.tokens.start < from);
        1 + cues.min(3) as u64 * 4 + stretches.min(3) as u64
    }

    /// Candidates between this one and the stretch.
    fn crowd(&self, candidate: usize) -> u64 {
        let scene = self.scene;
        let here = scene.candidates.partition_point(|one| one.tokens.start < self.stretch.tokens.start);
        let crowd = if candidate >= here { candidate - here } else { here - 1 - candidate };
        crowd.min(6) as u64 + if candidate >= here { 8 } else { 0 }
    }
}

fn form(form: CueForm) -> u64 {
    match form {
        CueForm::Finite => 0,
        CueForm::Bare => 1,
        CueForm::Participle => 2,
    }
}

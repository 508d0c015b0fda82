//! What a stretch of quoted words and a candidate for its speaker have to do with each other, as hashed features.

use super::Ranked;
use super::candidate::Kind;
use super::scene::{Cue, NONE, Scene, Stretch};
use super::words::Word;
use crate::extract::Reason;
use crate::extract::cue::{CueClass, CueForm};
use crate::model::ranker::feature;
use crate::text::Span;

/// Tokens after a stretch that are looked at.
const AFTER: usize = 45;
/// Paragraphs before a stretch that are looked at.
const PARAGRAPHS: u32 = 3;
/// Candidates before and after a stretch that are looked at.
const BEFORE_MANY: usize = 40;
const AFTER_MANY: usize = 16;

/// Who spoke the stretch before.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Last {
    /// Candidate.
    pub(super) candidate: Option<usize>,
    /// Its stretch.
    pub(super) stretch: usize,
}

/// What surrounds one stretch.
pub(super) struct View<'s, 'a, 'b> {
    pub(super) scene: &'s Scene<'a, 'b>,
    pub(super) index: usize,
    pub(super) stretch: &'s Stretch,
    /// Nearest reporting verb before the stretch in its sentence.
    pub(super) lead: Option<usize>,
    /// First reporting verb after the stretch in its sentence.
    pub(super) tail: Option<usize>,
    /// What stands right before and after.
    before: Word,
    after: Word,
    paragraph: u32,
    sentence: u32,
    sentence_end: u32,
    last_paragraph: u32,
    /// How the stretch joins its surroundings, in a few bits.
    shape: u64,
    last: Last,
    last_entity: u32,
}

impl<'s, 'a, 'b> View<'s, 'a, 'b> {
    pub(super) fn new(scene: &'s Scene<'a, 'b>, index: usize, last: Last) -> Self {
        let stretch = &scene.stretches[index];
        let (begin, end) = (stretch.tokens.start, stretch.tokens.end);
        let sentence = scene.sentence[begin];
        let sentence_end = scene.sentence[end - 1];
        let paragraph = scene.paragraph[begin];
        let same = |token: usize| scene.sentence[token] == sentence && scene.inside[token] == NONE;
        let before =
            if begin > 0 && scene.paragraph[begin - 1] == paragraph { scene.words[begin - 1] } else { Word::default() };
        let last_paragraph = scene.paragraph[end - 1];
        let after = match scene.words.get(end) {
            Some(&word) if scene.paragraph[end] == last_paragraph => word,
            _ => Word::default(),
        };
        let next_cue = scene.cues.partition_point(|cue| cue.tokens.start < begin);
        let lead = next_cue.checked_sub(1).filter(|&cue| same(scene.cues[cue].tokens.start));
        let tail = scene
            .cues
            .get(next_cue)
            .filter(|cue| cue.tokens.start < end + AFTER && scene.sentence[cue.tokens.start] == sentence_end);
        let tail = tail.map(|_| next_cue);
        let last_entity = last.candidate.map_or(NONE, |candidate| scene.entity[candidate]);
        let mut view = Self {
            scene,
            index,
            stretch,
            lead,
            tail,
            before,
            after,
            paragraph,
            sentence,
            sentence_end,
            last_paragraph,
            shape: 0,
            last,
            last_entity,
        };
        view.shape = view.shape();
        view
    }

    fn shape(&self) -> u64 {
        let starts = self.begins_paragraph();
        let ends = match self.stretch.ends {
            ',' => 1,
            '.' | '…' => 2,
            '?' | '!' => 3,
            _ if self.after.is(Word::COMMA) => 4,
            _ => 0,
        };
        let joins = match self.before {
            word if word.is(Word::COMMA) => 1,
            word if word.is(Word::COLON) => 2,
            word if word.cue.is_some() => 3,
            word if word.is(Word::STOP) => 4,
            word if word.is(Word::QUOTE) => 5,
            word if word.is(Word::DETERMINER | Word::OWNER | Word::GENITIVE) => 6,
            word if word.is(Word::RELATIVE | Word::CONJUNCTION) => 7,
            word if word.is(Word::PREPOSITION) => 8,
            word if word.is(Word::MARK) => 9,
            _ if starts => 10,
            _ => 0,
        };
        ends * 16 + joins
    }

    fn begins_paragraph(&self) -> bool {
        let begin = self.stretch.tokens.start;
        begin == 0 || self.scene.paragraph[begin - 1] != self.paragraph
    }

    /// Candidates within reach, as a range of their indices.
    pub(super) fn reach(&self) -> std::ops::Range<usize> {
        let scene = self.scene;
        let (begin, end) = (self.stretch.tokens.start, self.stretch.tokens.end);
        let here = scene.candidates.partition_point(|candidate| candidate.tokens.start < begin);
        let first = here.saturating_sub(BEFORE_MANY);
        let floor = self.paragraph.saturating_sub(PARAGRAPHS);
        let skipped =
            (first..here).find(|&c| scene.paragraph[scene.candidates[c].tokens.start] >= floor).unwrap_or(here);
        let past = (here..scene.candidates.len().min(here + AFTER_MANY))
            .find(|&c| {
                let start = scene.candidates[c].tokens.start;
                start > end + AFTER || scene.paragraph[start] > self.last_paragraph + 1
            })
            .unwrap_or(scene.candidates.len().min(here + AFTER_MANY));
        skipped..past
    }

    fn cue(&self, index: Option<usize>) -> Option<&Cue> {
        index.map(|index| &self.scene.cues[index])
    }

    /// The rule by which `candidate` would be the speaker.
    pub(super) fn relation(&self, candidate: usize) -> Reason {
        let scene = self.scene;
        let start = scene.candidates[candidate].tokens.start;
        let after = start >= self.stretch.tokens.end;
        if self.is_transcript(candidate) {
            return Reason::Transcript;
        }
        if after && self.is_signature(candidate) {
            return Reason::Signature;
        }
        if let Some(tail) = self.cue(self.tail) {
            let according = tail.class == CueClass::According;
            if tail.right == Some(candidate) {
                return if according { Reason::AccordingTo } else { Reason::SubjectAfterVerb };
            }
            if tail.left == Some(candidate) && after {
                return Reason::SubjectBeforeVerb;
            }
        }
        if let Some(lead) = self.cue(self.lead) {
            let according = lead.class == CueClass::According;
            if lead.left == Some(candidate) {
                return Reason::Introduced;
            }
            if lead.right == Some(candidate) {
                return if according { Reason::AccordingTo } else { Reason::IntroducedInverted };
            }
        }
        if let Some(tail) = self.cue(self.tail)
            && tail.left == Some(candidate)
        {
            return Reason::AroundQuote;
        }
        let sentence = scene.sentence[start];
        if sentence == self.sentence {
            return if self.before.is(Word::COLON) { Reason::Colon } else { Reason::SameSentence };
        }
        if self.is_last(candidate) {
            return Reason::Carried;
        }
        if scene.subject_of[candidate] != NONE { Reason::EarlierSubject } else { Reason::Nearby }
    }

    /// The reporting verb that `candidate` goes with.
    pub(super) fn cue_of(&self, candidate: usize) -> Option<Span> {
        let own = |index: &usize| {
            let cue = &self.scene.cues[*index];
            cue.left == Some(candidate) || cue.right == Some(candidate)
        };
        let cue = self.tail.filter(own).or(self.lead.filter(own)).or(self.lead).or(self.tail)?;
        Some(self.scene.prose.span(self.scene.cues[cue].tokens.clone()))
    }

    fn is_last(&self, candidate: usize) -> bool {
        self.last.candidate == Some(candidate)
            || self.last_entity != NONE && self.scene.entity[candidate] == self.last_entity
    }

    /// `SMITH: words`, at the paragraph's begin.
    fn is_transcript(&self, candidate: usize) -> bool {
        let scene = self.scene;
        let tokens = &scene.candidates[candidate].tokens;
        if tokens.start == self.stretch.tokens.start + 1 {
            return true;
        }
        let opens = tokens.start == 0 || scene.paragraph[tokens.start - 1] != scene.paragraph[tokens.start];
        let colon = scene.words.get(tokens.end).is_some_and(|word| word.is(Word::COLON));
        opens && colon && scene.paragraph[tokens.start] == self.paragraph && tokens.end <= self.stretch.tokens.start
    }

    /// `“Words.” — Name`, on the same or the next line.
    fn is_signature(&self, candidate: usize) -> bool {
        let scene = self.scene;
        let tokens = &scene.candidates[candidate].tokens;
        let end = self.stretch.tokens.end;
        let dash = tokens.start - 1;
        dash >= end && dash < end + 2 && scene.words[dash].is(Word::DASH) && !matches!(self.stretch.ends, ',')
    }

    /// Fills `into` with the features of `candidate`.
    pub(super) fn features(&self, candidate: usize, into: &mut Vec<u32>) {
        into.clear();
        let scene = self.scene;
        let one = &scene.candidates[candidate];
        let (begin, end) = (self.stretch.tokens.start, self.stretch.tokens.end);
        let after = one.tokens.start >= end;
        let kind = u64::from(one.kind.code());
        let relation = self.relation(candidate);
        let rule = relation as u64;
        let mut push = |template: u32, value: u64| into.push(feature(template, value));

        let distance = bucket(if after { one.tokens.start - end } else { begin.saturating_sub(one.tokens.end) });
        let start_sentence = scene.sentence[one.tokens.start];
        let sentences =
            if after { start_sentence - self.sentence_end } else { self.sentence.saturating_sub(start_sentence) };
        let paragraphs = if after {
            scene.paragraph[one.tokens.start] - self.last_paragraph
        } else {
            self.paragraph - scene.paragraph[one.tokens.start]
        };
        let place = u64::from(after) * 64 + u64::from(sentences.min(4)) * 8 + u64::from(paragraphs.min(4));
        let subject = scene.subject_of[candidate];
        let is_subject = subject != NONE;
        let tail = self.cue(self.tail);
        let lead = self.cue(self.lead);
        let lead_class = lead.map_or(7, |cue| cue.class as u64);
        let tail_class = tail.map_or(7, |cue| cue.class as u64);
        let lead_gap = lead.map_or(9, |cue| bucket(begin - cue.tokens.end));
        let tail_gap = tail.map_or(9, |cue| bucket(cue.tokens.start - end));
        let last = u64::from(self.is_last(candidate)) + 2 * u64::from(self.last.candidate == Some(candidate));
        let since = (self.index - self.last.stretch.min(self.index)).min(3) as u64;
        let own = u64::from(self.lead.is_some()) + 2 * u64::from(self.tail.is_some());
        let object = self.object(candidate);

        push(1, rule);
        push(2, rule * 16 + kind);
        push(3, rule * 256 + self.shape);
        push(4, place);
        push(5, place * 16 + kind);
        push(6, u64::from(after) * 16 + distance);
        push(7, rule * 16 + distance);
        push(8, kind);
        push(9, rule * 128 + u64::from(one.qualifies) * 64 + object);
        push(10, object * 16 + kind);
        push(11, u64::from(one.qualifies) * 16 + kind);
        push(12, last * 64 + u64::from(paragraphs.min(3)) * 16 + own * 4 + since);
        push(13, (last * 4 + own) * 256 + self.shape);
        push(14, rule * 64 + lead_class * 8 + tail_class);
        push(15, (rule * 16 + lead_gap) * 16 + tail_gap);
        push(16, u64::from(is_subject) * 256 + place);
        push(17, (u64::from(is_subject) * 16 + kind) * 64 + u64::from(self.length()));
        push(18, u64::from(scene.frequency[candidate].min(8)) * 4 + u64::from(is_subject));
        push(19, rule * 8 + u64::from(self.length()));
        if is_subject {
            let cue = &scene.cues[subject as usize];
            let between = u64::from(cue.apposition);
            push(20, (rule * 8 + cue.class as u64) * 8 + form(cue.form));
            push(21, scene.words[cue.tokens.start].hash ^ rule);
            push(22, (between * 64 + rule) * 256 + self.shape);
            push(23, place * 8 + cue.class as u64);
        }
        if let Some(tail) = tail {
            push(24, scene.words[tail.tokens.start].hash ^ rule << 1);
            push(25, (rule * 16 + tail_gap) * 256 + self.shape);
            if after {
                push(26, self.between(end, one.tokens.start) * 64 + rule);
            }
        }
        if let Some(lead) = lead {
            push(27, scene.words[lead.tokens.start].hash ^ rule << 2);
            push(28, (rule * 16 + lead_gap) * 256 + self.shape);
        }
        push(29, self.between(one.tokens.end.min(begin), begin) * 64 + u64::from(after) * 32 + rule);
        push(30, self.crowd(candidate) * 32 + rule);
        push(31, (self.crowd(candidate) * 256 + place) * 2 + u64::from(is_subject));
        let opens = one.tokens.start == 0 || scene.sentence[one.tokens.start - 1] != start_sentence;
        push(32, (u64::from(opens) * 256 + place) * 2 + u64::from(is_subject));
        push(33, self.next_word(candidate) * 64 + rule);
        push(34, (self.next_word(candidate) * 256 + place) * 16 + kind);
        if one.kind == Kind::Noun || one.kind == Kind::Capitals || one.mention.is_none() {
            push(35, scene.words[one.tokens.end - 1].hash);
        }
        push(36, scene.words[one.tokens.start].hash ^ rule << 3);
    }

    fn length(&self) -> u32 {
        match self.stretch.words {
            0..=1 => 0,
            2 => 1,
            3..=4 => 2,
            5..=8 => 3,
            _ => 4,
        }
    }

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

    /// Fills `into` with the features that tell words said from scare quotes, titles and terms.
    pub(super) fn scare_features(&self, best: Option<Ranked>, into: &mut Vec<u32>) {
        into.clear();
        let scene = self.scene;
        let tokens = self.stretch.tokens.clone();
        let mut push = |template: u32, value: u64| into.push(feature(template + 64, value));
        let length = self.stretch.words.min(12) as u64;
        let relation = best.map_or(31, |ranked| self.relation(ranked.best) as u64);
        let score = best.map_or(0, |ranked| (ranked.score.clamp(-20.0, 20.0) / 2.0 + 10.0) as u64);
        let (mut capitals, mut lower, mut pronouns, mut verbs, mut odd) = (0usize, 0usize, 0usize, 0usize, 0usize);
        let mut first = Word::default();
        let mut last = Word::default();
        for token in tokens.clone() {
            let word = scene.words[token];
            if word.is(Word::MARK) {
                odd += usize::from(matches!(scene.prose.word(token), "#" | "@" | "/" | "_"));
                continue;
            }
            if first == Word::default() {
                first = word;
            }
            last = word;
            capitals += usize::from(word.is(Word::CAPITAL));
            lower += usize::from(
                !word.is(Word::CAPITAL | Word::NUMBER)
                    && !word.is(Word::PREPOSITION | Word::DETERMINER | Word::CONJUNCTION),
            );
            pronouns += usize::from(word.is(Word::PRONOUN | Word::OBJECT));
            verbs += usize::from(word.is(Word::AUXILIARY));
        }
        let titled = u64::from(lower == 0 && capitals > 0);
        let begins = u64::from(first.is(Word::CAPITAL));
        let lead = self.cue(self.lead);
        let tail = self.cue(self.tail);
        let lead_gap = lead.map_or(9, |cue| bucket(tokens.start - cue.tokens.end));
        let tail_gap = tail.map_or(9, |cue| bucket(cue.tokens.start - tokens.end));
        let cues = lead.map_or(7, |cue| cue.class as u64) * 8 + tail.map_or(7, |cue| cue.class as u64);
        let named = u64::from(self.covered_by_mention());
        let term = u64::from(self.follows_term());
        let context = self.before_code();
        push(0, 0);
        push(1, length);
        push(2, self.shape);
        push(3, length * 256 + self.shape);
        push(4, relation);
        push(5, relation * 16 + length);
        push(6, score);
        push(7, score * 16 + length.min(6));
        push(8, titled * 32 + begins * 16 + length);
        push(9, named * 16 + length);
        push(10, term * 16 + length.min(6));
        push(11, cues);
        push(12, lead_gap * 16 + tail_gap);
        push(13, cues * 16 + length.min(6));
        push(14, (pronouns.min(2) * 16 + verbs.min(2) * 4 + odd.min(2)) as u64);
        push(15, (pronouns.min(2) * 16 + verbs.min(2)) as u64 * 16 + length.min(8));
        push(16, context);
        push(17, context * 32 + begins * 16 + length.min(8));
        push(18, first.hash);
        push(19, last.hash);
        push(20, self.before.hash);
        push(21, self.after_code() * 64 + context);
        push(22, self.after_code() * 16 + length.min(8));
        push(23, titled * 64 + relation);
        push(24, u64::from(self.lead.is_some() || self.tail.is_some()) * 32 + titled * 16 + length.min(8));
        if let Some(lead) = lead {
            push(25, scene.words[lead.tokens.start].hash);
            push(26, lead_gap * 16 + lead.class as u64);
        }
        if let Some(ranked) = best {
            push(27, u64::from(scene.candidates[ranked.best].kind.code()) * 16 + length.min(6));
        }
        push(
            28,
            u64::from(self.last.candidate.is_some()) * 16
                + (self.index - self.last.stretch.min(self.index)).min(3) as u64,
        );
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

    fn before_code(&self) -> u64 {
        code(self.before)
    }

    fn after_code(&self) -> u64 {
        code(self.after)
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

fn bucket(distance: usize) -> u64 {
    match distance {
        0..=3 => distance as u64,
        4..=6 => 4,
        7..=10 => 5,
        11..=20 => 6,
        21..=50 => 7,
        _ => 8,
    }
}

fn form(form: CueForm) -> u64 {
    match form {
        CueForm::Finite => 0,
        CueForm::Bare => 1,
        CueForm::Participle => 2,
    }
}

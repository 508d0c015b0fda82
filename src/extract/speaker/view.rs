//! What surrounds a stretch of quoted words, and by which rule a candidate would be its speaker.

use std::ops::Range;

use super::candidate::Kind;
use super::compose::is_weak;
use super::foreign;
use super::scene::{Cue, NONE, Scene, Stretch};
use super::tongue::Tongue;
use super::words::Word;
use crate::extract::cue::{CueClass, CueForm};
use crate::extract::{EntityKind, Reason};
use crate::text::Span;

/// Tokens after a stretch that are looked at.
const AFTER: usize = 45;
/// Paragraphs before a stretch that are looked at.
const PARAGRAPHS: u32 = 3;
/// Candidates before and after a stretch that are looked at.
const BEFORE_MANY: usize = 40;
const AFTER_MANY: usize = 16;

/// Most marks between a quote and its signature.
const SIGNS: usize = 4;
/// Paragraphs after a stretch that are looked at: a signature may stand below an empty line of a block quote.
const BELOW: u32 = 2;
/// Most tokens of a noun phrase that is no name and no noun that speaks.
const NOUNS: usize = 6;
/// Tokens of a sentence before and after a stretch in which a verb of saying is looked for.
const AROUND: usize = 150;
/// Most tokens between a verb of saying and the colon that leads up to a stretch.
const COLON: usize = 30;
/// Most words of a fragment.
const FRAGMENT: usize = 4;
/// Words of the longest title.
const TITLE: usize = 12;
/// Words of a quote that stands as a paragraph of its own.
const PARAGRAPH: usize = 6;

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
    pub(super) before: Word,
    pub(super) after: Word,
    pub(super) paragraph: u32,
    pub(super) sentence: u32,
    pub(super) sentence_end: u32,
    pub(super) last_paragraph: u32,
    /// How the stretch joins its surroundings, in a few bits.
    pub(super) shape: u64,
    pub(super) last: Last,
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

    pub(super) fn begins_paragraph(&self) -> bool {
        let begin = self.stretch.tokens.start;
        begin == 0 || self.scene.paragraph[begin - 1] != self.paragraph || self.scene.prose.word(begin - 1) == ">"
    }

    /// The candidate that the text plainly names as the speaker: `“WALLACE: Let us begin.”`, or whom somebody else quotes
    /// "as saying" the stretch.
    pub(super) fn label(&self) -> Option<usize> {
        let scene = self.scene;
        let near = [self.lead, self.tail].into_iter().find_map(|cue| scene.quoted_as(self.cue(cue)?.tokens.start));
        if let Some(plain) =
            near.or_else(|| self.behind_foreign_verb()).or_else(|| self.before_colon()).or_else(|| self.describes())
        {
            return Some(plain);
        }
        let begin = self.stretch.tokens.start;
        let found = scene.candidates.partition_point(|one| one.tokens.start <= begin);
        let one = scene.candidates.get(found)?;
        let tokens = &one.tokens;
        let inserted = scene.tongue == Some(Tongue::French) && foreign::is_somebody(scene, found);
        ((tokens.start == begin + 1 || inserted) && tokens.end < self.stretch.tokens.end).then_some(found)
    }

    /// "he" in `“Words,” he said` and in `“Words,” he shared with the Post`: somebody right behind the words with which the
    /// sentence begins, and a verb that is theirs. Whatever else stands in the sentence, "according to the Post"
    /// too, says nothing of them.
    pub(super) fn subject_behind(&self) -> Option<usize> {
        let scene = self.scene;
        let end = self.stretch.tokens.end;
        let begin = self.stretch.tokens.start;
        if begin > 0 && scene.same_sentence(begin - 1, begin) {
            return None;
        }
        let comma = self.after.is(Word::COMMA);
        let goes_on = matches!(self.stretch.ends, ',' | '?' | '!') || comma;
        let at = end + usize::from(comma);
        let found = *scene.starting.get(at).filter(|&&found| goes_on && found != NONE)? as usize;
        let one = &scene.candidates[found];
        let named = matches!(one.kind, Kind::Name(EntityKind::Person) | Kind::He | Kind::She);
        let source = matches!(one.kind, Kind::Person | Kind::Group | Kind::Body | Kind::Paper)
            || one.kind == Kind::Name(EntityKind::Organization);
        let person = (named || source) && !one.qualifies;
        let cue = scene.cues.get(scene.subject_of[found] as usize).filter(|cue| cue.left == Some(found));
        let says = cue.is_some_and(|cue| cue.form == CueForm::Finite && cue.tokens.start <= one.tokens.end + 2);
        let same = scene.words.len() > one.tokens.end && scene.same_sentence(end - 1, one.tokens.end);
        let acts = || named && self.stretch.ends == ',' && scene.acts(one.tokens.end);
        (person && same && (says || acts())).then_some(found)
    }

    /// "Ada Okwu" in "Ada Okwu made the following comment:", in the paragraph above that leads up to the stretch: the last
    /// person that its last sentence names, and that owns nothing there and is not spoken to.
    pub(super) fn introduced_above(&self) -> Option<usize> {
        let scene = self.scene;
        let colon = self.stretch.tokens.start.checked_sub(1)?;
        if !self.begins_paragraph() || !scene.words[colon].is(Word::COLON) {
            return None;
        }
        let first = scene.candidates.partition_point(|one| scene.sentence[one.tokens.start] < scene.sentence[colon]);
        let inside = (first..scene.candidates.len()).take_while(|&one| scene.candidates[one].tokens.end <= colon);
        let speaks = |&one: &usize| {
            let one = &scene.candidates[one];
            let before = one.tokens.start.checked_sub(1).map_or("", |at| scene.prose.word(at));
            let person = matches!(one.kind, Kind::Name(EntityKind::Person) | Kind::He | Kind::She);
            person && !one.qualifies && !matches!(before, "to" | "with" | "for" | "about")
        };
        inside.filter(speaks).filter(|&one| scene.tongue.is_none() || foreign::is_subject(scene, one)).last()
    }

    /// "Paulo Souza" in `“Não”, rebateu Paulo Souza`: a name behind the verb of saying that follows the stretch. The models
    /// have seen English alone, where a verb before its subject is rarer.
    fn behind_foreign_verb(&self) -> Option<usize> {
        let scene = self.scene;
        let tail = self.cue(self.tail).filter(|tail| scene.words[tail.tokens.start].is(Word::FOREIGN))?;
        let joins = |mut between: Range<usize>| {
            between.all(|at| scene.words[at].is(Word::COMMA | Word::DASH | Word::AUXILIARY))
        };
        // Where every small word of the language is known, whatever is the subject is right: "a-t-elle ajouté".
        if scene.tongue.is_some() {
            let subject = tail.left.or(tail.right)?;
            let first = scene.candidates[subject].tokens.start.min(tail.tokens.start);
            return (first >= self.stretch.tokens.end && joins(self.stretch.tokens.end..first)).then_some(subject);
        }
        let subject = tail.right.filter(|_| tail.left.is_none())?;
        let joined = joins(self.stretch.tokens.end..tail.tokens.start);
        let one = &scene.candidates[subject];
        let is_name = matches!(one.kind, Kind::Name(_) | Kind::Capitals) && one.tokens.start == tail.tokens.end;
        let ends = scene.words.get(one.tokens.end).is_none_or(|next| next.is(Word::STOP | Word::COMMA));
        (joined && is_name && ends).then_some(subject)
    }

    /// "Frau Weber" in „Dazu sagte Frau Weber: „…““, in another language than English: the subject of the verb in a sentence
    /// that leads up to the stretch by a colon, or by "según dijo". Behind a verb that needs no subject may stand an object.
    fn before_colon(&self) -> Option<usize> {
        let scene = self.scene;
        let tongue = scene.tongue?;
        let lead = self.cue(self.lead).filter(|lead| matches!(lead.class, CueClass::Say | CueClass::According))?;
        if lead.class == CueClass::According {
            let source = lead.right.filter(|_| self.before.is(Word::COMMA | Word::COLON))?;
            return (scene.candidates[source].tokens.end + 1 == self.stretch.tokens.start).then_some(source);
        }
        let right = lead.right.filter(|&one| !tongue.leaves_out_subjects() || foreign::is_somebody(scene, one));
        let subject = lead.left.or(right)?;
        let opens = self.stretch.tokens.start;
        let near = opens <= lead.tokens.end + COLON;
        let leads = self.before.is(Word::COLON) || self.before.is(Word::COMMA) && foreign::is_as_said(scene, lead);
        (near && leads && scene.words[lead.tokens.start].is(Word::FOREIGN)).then_some(subject)
    }

    /// "Ada Okwu" in "Both praised their ties, with Ada Okwu describing them as “warm”".
    fn describes(&self) -> Option<usize> {
        let scene = self.scene;
        let describes = |at: usize| !matches!(scene.prose.word(at), "regarding" | "considering");
        let lead =
            self.cue(self.lead).filter(|lead| lead.form == CueForm::Participle && describes(lead.tokens.start))?;
        let subject = lead.left.filter(|_| !lead.apposition)?;
        let one = &scene.candidates[subject];
        let with = one.tokens.start.checked_sub(1).is_some_and(|at| scene.prose.word(at) == "with");
        (with && one.tokens.end == lead.tokens.start && matches!(one.kind, Kind::Name(_))).then_some(subject)
    }

    /// True where `candidate` is not by whom the stretch is said in "The law was criticized as “a disgrace” in a debate with
    /// Ada Okwu": in the passive only who stands behind "by" says something.
    pub(super) fn is_bystander(&self, candidate: usize) -> bool {
        let scene = self.scene;
        let passive = self.cue(self.lead).is_some_and(|lead| scene.is_passive(lead.tokens.start));
        let start = scene.candidates[candidate].tokens.start;
        let by = start > 0 && scene.prose.word(start - 1) == "by";
        let here = (self.sentence..=self.sentence_end).contains(&scene.sentence[start]);
        passive && self.tail.is_none() && !(here && by)
    }

    /// True for the channel in "the council said through a Facebook post".
    pub(super) fn is_channel(&self, candidate: usize) -> bool {
        let start = self.scene.candidates[candidate].tokens.start;
        start > 0 && matches!(self.scene.prose.word(start - 1), "through" | "via")
    }

    /// True for "the mayor" before “We wait for the mayor’s answer”, where no verb of saying is the mayor's: few speak of
    /// themselves like that.
    pub(super) fn is_spoken_of(&self, candidate: usize) -> bool {
        let scene = self.scene;
        let one = &scene.candidates[candidate];
        let tokens = one.tokens.clone();
        let nameless = one.mention.is_none() && tokens.len() > 1 && tokens.end <= self.stretch.tokens.start;
        if !nameless || !scene.prose.word(tokens.start).eq_ignore_ascii_case("the") {
            return false;
        }
        let words = &scene.words;
        let is_same =
            |at: &usize| words[tokens.clone()].iter().zip(&words[*at..]).all(|(own, word)| own.hash == word.hash);
        let last = (self.stretch.tokens.end + 1).saturating_sub(tokens.len());
        is_weak(self.relation(candidate)) && (self.stretch.tokens.start..last).any(|at| is_same(&at))
    }

    /// True where `candidate` stands inside the words that `“The report says that the head of the gang “rules””` reports,
    /// between the verb and the stretch, and says nothing itself.
    pub(super) fn is_reported(&self, candidate: usize) -> bool {
        let scene = self.scene;
        let reports = |lead: &&Cue| lead.left.is_some() || scene.is_told(lead.tokens.start);
        let Some(lead) = self.cue(self.lead).filter(reports) else { return false };
        let one = &scene.candidates[candidate].tokens;
        let that = scene.prose.tokens.get(lead.tokens.end).is_some_and(|_| scene.prose.word(lead.tokens.end) == "that");
        let inside = lead.tokens.end < one.start && one.end <= self.stretch.tokens.start;
        that && inside && lead.right != Some(candidate) && scene.subject_of[candidate] == NONE
    }

    /// True for the subject of "she was told that", who listens, and of "she was called a", who is spoken of.
    pub(super) fn is_listener(&self, candidate: usize) -> bool {
        let told = |cue: Option<usize>| {
            let at = self.cue(cue)?.tokens.start;
            (self.scene.is_told(at) || self.scene.is_passive(at)).then(|| self.scene.left_of(at).0)?
        };
        told(self.lead) == Some(candidate) || told(self.tail) == Some(candidate)
    }

    /// True where the stretch is a paragraph of its own, and long enough that it is no title.
    pub(super) fn is_paragraph(&self) -> bool {
        let scene = self.scene;
        let end = self.stretch.tokens.end;
        let ends = scene.words.get(end).is_none() || scene.paragraph[end] != self.last_paragraph;
        self.begins_paragraph()
            && ends
            && self.stretch.words >= PARAGRAPH
            && matches!(self.stretch.ends, '.' | '!' | '?' | '…')
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
                start > end + AFTER || scene.paragraph[start] > self.last_paragraph + BELOW
            })
            .unwrap_or(scene.candidates.len().min(here + AFTER_MANY));
        skipped..past
    }

    pub(super) fn cue(&self, index: Option<usize>) -> Option<&Cue> {
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
            if after && (tail.left == Some(candidate) || self.is_apposed(candidate, tail)) {
                return Reason::SubjectBeforeVerb;
            }
        }
        if let Some(lead) = self.cue(self.lead) {
            let according = lead.class == CueClass::According;
            if lead.left == Some(candidate) || self.is_apposed(candidate, lead) {
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
        if scene.subject_of[candidate] == NONE { Reason::Nearby } else { Reason::EarlierSubject }
    }

    /// "Anna White" in "a spokeswoman, Anna White, said".
    fn is_apposed(&self, candidate: usize, cue: &Cue) -> bool {
        let scene = self.scene;
        let one = &scene.candidates[candidate];
        let comma = |at: usize| scene.words[at].is(Word::COMMA);
        one.kind == Kind::Name(EntityKind::Person)
            && one.tokens.end + 1 == cue.tokens.start
            && one.tokens.start > 0
            && comma(one.tokens.end)
            && comma(one.tokens.start - 1)
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

    /// True where `candidate` is "somebody" and the like, and says nothing itself: that tells no more than no speaker.
    pub(super) fn is_anybody(&self, candidate: usize) -> bool {
        const ANYBODY: [&str; 8] =
            ["somebody", "someone", "anybody", "anyone", "nobody", "everybody", "everyone", "one"];
        let scene = self.scene;
        let tokens = &scene.candidates[candidate].tokens;
        scene.subject_of[candidate] == NONE
            && ANYBODY.iter().any(|word| scene.prose.word(tokens.end - 1).eq_ignore_ascii_case(word))
    }

    /// True for a few words inside a sentence of the narrator's in which nothing is said: a term, a title, a nickname.
    pub(super) fn is_fragment(&self) -> bool {
        let scene = self.scene;
        let begin = self.stretch.tokens.start;
        let inside = begin > 0 && scene.same_sentence(begin - 1, begin);
        let told_by_marks = self.is_in_headline() && !self.is_doubted();
        inside && self.stretch.words <= FRAGMENT && !told_by_marks && !self.is_said_around()
    }

    /// True for a few words inside a sentence of the narrator's, no verb of saying right before them.
    pub(super) fn is_term(&self) -> bool {
        let begin = self.stretch.tokens.start;
        let inside = begin > 0 && self.scene.same_sentence(begin - 1, begin);
        inside && self.stretch.words <= FRAGMENT && self.before.cue.is_none()
    }

    /// True for `candidate` in "Okwu led the “launch team”", of whom no verb tells that anything is said.
    pub(super) fn is_mere_neighbour(&self, candidate: usize) -> bool {
        let (scene, end) = (self.scene, self.stretch.tokens.end);
        let behind = scene.candidates[candidate].tokens.start > end;
        let by = behind && scene.prose.word(end) == "by";
        let weak = is_weak(self.relation(candidate)) && self.relation(candidate) != Reason::Carried;
        weak && !by && !self.says_here(candidate)
    }

    /// True for a few words that somebody says, whoever it is: in a headline, behind a colon, "that" or "as".
    pub(super) fn is_told_by_marks(&self) -> bool {
        let as_it_is = self.stretch.tokens.start.checked_sub(1).is_some_and(|at| self.scene.prose.word(at) == "as");
        self.before.is(Word::COLON | Word::RELATIVE) || as_it_is || self.is_in_headline() && !self.is_doubted()
    }

    /// True where `candidate` is the subject of a verb of saying in the sentence around.
    pub(super) fn says_here(&self, candidate: usize) -> bool {
        let scene = self.scene;
        let cue = scene.verb_behind(candidate).unwrap_or(scene.subject_of[candidate] as usize);
        let cue = scene.cues.get(cue);
        cue.is_some_and(|cue| {
            let here = (self.sentence..=self.sentence_end).contains(&scene.sentence[cue.tokens.start]);
            here && !matches!(cue.class, CueClass::Think | CueClass::Show)
        })
    }

    /// True for a name in marks: "a card called “tongtong,”", "a talk titled, “Owners on an Equal Footing”".
    pub(super) fn is_called(&self) -> bool {
        let scene = self.scene;
        let begin = self.stretch.tokens.start;
        let skips = |at: usize| scene.words[at].is(Word::COMMA | Word::COLON);
        let Some(verb) = begin.checked_sub(1).map(|at| at.saturating_sub(usize::from(skips(at)))) else { return false };
        let noun = |at: usize| {
            let word = scene.words[at];
            word.in_phrase() && word.cue.is_none() && !word.is(Word::CAPITAL | Word::MARK | Word::PERSON | Word::GROUP)
        };
        let here = scene.same_sentence(verb, begin) && self.stretch.words <= TITLE;
        here && match scene.prose.word(verb) {
            "titled" | "entitled" | "headlined" | "subtitled" | "themed" => true,
            // "On the theme", not "returned to his theme: “We must build the dam.”"
            "theme" => verb > 1 && matches!(scene.prose.word(verb - 2), "on" | "under" | "with") && self.tail.is_none(),
            "called" | "dubbed" | "named" | "nicknamed" => verb > 0 && noun(verb - 1) && self.is_named(verb),
            _ => false,
        }
    }

    /// True where the stretch behind the verb at `verb` is a name and not what somebody says of something, as in "a tax
    /// dubbed “cruel and stupid” by farmers", "what the lawsuit called “a mess”".
    fn is_named(&self, verb: usize) -> bool {
        const NEAR: usize = 4;
        let scene = self.scene;
        let words = &self.stretch.tokens;
        let first = words.clone().find(|&at| !scene.words[at].is(Word::MARK));
        let is_name = self.stretch.words <= 2 || first.is_some_and(|at| scene.words[at].is(Word::CAPITAL));
        let by = scene.words.len() > words.end && scene.prose.word(words.end) == "by";
        let mut before = verb.saturating_sub(NEAR)..verb;
        is_name && !by && !before.any(|at| scene.words[at].is(Word::RELATIVE))
    }

    /// True for one word between an article and the rest of a clause: "the “experts” who built it".
    fn is_doubted(&self) -> bool {
        let scene = self.scene;
        let Range { start, end } = self.stretch.tokens;
        let goes_on = scene.words.get(end).is_some_and(|next| !next.is(Word::MARK | Word::CAPITAL));
        self.stretch.words == 1 && start > 0 && scene.words[start - 1].is(Word::DETERMINER) && goes_on
    }

    /// True in a paragraph that ends as no sentence does: headlines quote a word or two, and say so by marks alone.
    fn is_in_headline(&self) -> bool {
        let run = &self.scene.prose.paragraphs[self.paragraph as usize].tokens;
        self.paragraph == 0 || !self.scene.words[run.end - 1].is(Word::STOP | Word::QUOTE | Word::COLON)
    }

    /// True where the sentence around has a verb of saying, or a colon before the stretch.
    fn is_said_around(&self) -> bool {
        let scene = self.scene;
        let (begin, end) = (self.stretch.tokens.start, self.stretch.tokens.end);
        let floor = begin.saturating_sub(AROUND);
        let first = scene.cues.partition_point(|cue| cue.tokens.start < floor);
        let mut cues = scene.cues[first..].iter().take_while(|cue| cue.tokens.start < end + AROUND);
        let says = |cue: &Cue| {
            let here = (self.sentence..=self.sentence_end).contains(&scene.sentence[cue.tokens.start]);
            here && !matches!(cue.class, CueClass::Think | CueClass::Show)
        };
        let mut before = (floor..begin).rev().take_while(|&at| scene.same_sentence(at, begin));
        cues.any(says) || before.any(|at| scene.words[at].is(Word::COLON))
    }

    /// True where `candidate` is more words than a noun phrase has without a name or a noun that speaks.
    pub(super) fn is_no_phrase(&self, candidate: usize) -> bool {
        let one = &self.scene.candidates[candidate];
        one.kind == Kind::Noun && one.tokens.len() > NOUNS
    }

    /// True where `candidate` is a place of which the text does not tell that it says anything: "Beijing" speaks only as
    /// the subject of a verb of saying, or before a colon.
    pub(super) fn is_mere_place(&self, candidate: usize) -> bool {
        let scene = self.scene;
        let one = &scene.candidates[candidate];
        let label = self.is_transcript(candidate) && one.tokens.len() == 1;
        one.kind == Kind::Name(EntityKind::Place) && scene.subject_of[candidate] == NONE && !label
    }

    pub(super) fn is_last(&self, candidate: usize) -> bool {
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

    /// `“Words.” — Name`, on the same line or below.
    fn is_signature(&self, candidate: usize) -> bool {
        let scene = self.scene;
        let tokens = &scene.candidates[candidate].tokens;
        let between = self.stretch.tokens.end..tokens.start;
        let signs = (1..=SIGNS).contains(&between.len()) && between.clone().all(|at| scene.words[at].is(Word::MARK));
        signs && scene.words[between.end - 1].is(Word::DASH) && self.stretch.ends != ','
    }

    pub(super) fn length(&self) -> u32 {
        match self.stretch.words {
            0..=1 => 0,
            2 => 1,
            3..=4 => 2,
            5..=8 => 3,
            _ => 4,
        }
    }
}

/// A distance in tokens, in a few steps.
pub(super) fn bucket(distance: usize) -> u64 {
    match distance {
        0..=3 => distance as u64,
        4..=6 => 4,
        7..=10 => 5,
        11..=20 => 6,
        21..=50 => 7,
        _ => 8,
    }
}

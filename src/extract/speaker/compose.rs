//! Stretches and reports to quotes. `"One," he said. "Two."` is one quote of two spans; `he said it was "two"` is one
//! quote that holds the whole clause.

use std::ops::Range;

use super::Spoken;
use super::addressee::{self, Said};
use super::candidate::Kind;
use super::person;
use super::pronoun::Resolver;
use super::report::Report;
use super::scene::{NONE, Scene};
use super::transcript;
use super::view::View;
use super::words::Word;
use crate::extract::cue::{CueClass, CueForm};
use crate::extract::quote::Quoted;
use crate::extract::{Addressee, Entity, Quote, QuoteKind, Reason, SpeakerClass};
use crate::text::{Span, TokenKind};

/// Verbs of saying before another one that share its subject.
const VERBS: usize = 8;

/// What has become of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    /// Nothing yet.
    None,
    /// Its cue and source went to the words in quotation marks that it holds.
    Words,
    /// Its whole content is a quote.
    Whole,
}

/// Makes the quotes of a text, in order of their first span.
pub(super) fn quotes(
    scene: &Scene,
    entities: &[Entity],
    quoted: &[Quoted],
    spoken: &[Spoken],
    reports: &[Report],
    holders: &[Option<usize>],
) -> Vec<Quote> {
    let mut composer =
        Composer { scene, entities, quoted, resolver: Resolver::new(scene, entities), quotes: Vec::new() };
    composer.note_pronouns(spoken, reports);
    let mut uses = vec![Use::None; reports.len()];
    for one in spoken {
        let holder = one.stretches.clone().find_map(|stretch| holders[stretch]);
        match holder.map(|holder| (holder, uses[holder])) {
            Some((_, Use::Whole)) => {}
            Some((report, Use::None)) if answers(scene, &reports[report], one) => {
                uses[report] = Use::Words;
                composer.direct(one, None);
            }
            // What stands between marks is what nobody would comment on.
            Some((report, _)) if reports[report].silent => {}
            Some((report, Use::None)) if goes_beyond(scene, &reports[report], one) => {
                uses[report] = Use::Whole;
                composer.mixed(&reports[report], Some(one));
            }
            Some((report, Use::None)) => {
                uses[report] = Use::Words;
                composer.direct(one, Some(&reports[report]));
            }
            Some((_, Use::Words)) | None => composer.direct(one, None),
        }
    }
    let mut said = vec![false; scene.stretches.len()];
    for one in spoken {
        said[one.stretches.clone()].fill(true);
    }
    for (report, one) in reports.iter().zip(uses) {
        if one == Use::None && !is_said(scene, report, &said) {
            composer.mixed(report, None);
        }
    }
    composer.quotes.extend(transcript::quotes(scene, entities));
    composer.quotes.sort_by_key(|quote| (quote.spans[0], quote.spans.len()));
    composer.quotes.dedup_by(|later, first| {
        let same = later.spans == first.spans;
        if same && is_told_better(later, first) {
            std::mem::swap(later, first);
        }
        same
    });
    composer.quotes
}

/// True where `one` of two quotes of the same words is the one to keep: that with marks, then that with a speaker.
fn is_told_better(one: &Quote, other: &Quote) -> bool {
    let rank = |quote: &Quote| (quote.kind != QuoteKind::Indirect, quote.speaker.is_some());
    rank(one) > rank(other)
}

/// True for a speaker of whom no verb of saying tells that these words are theirs.
pub(super) fn is_weak(reason: Reason) -> bool {
    matches!(reason, Reason::NoRule | Reason::SameSentence | Reason::Carried | Reason::EarlierSubject | Reason::Nearby)
}

/// `tokens` without the commas and other marks at their ends, unless there is nothing else.
fn without_marks(scene: &Scene, tokens: Range<usize>) -> Range<usize> {
    let is_word = |at: &usize| scene.prose.tokens[*at].kind != TokenKind::Mark;
    match (tokens.clone().find(is_word), tokens.clone().rfind(is_word)) {
        (Some(first), Some(last)) => first..last + 1,
        _ => tokens,
    }
}

/// The tokens that `span` touches.
fn tokens(scene: &Scene, span: Span) -> Range<usize> {
    scene.prose.token_at(span.begin)..scene.prose.token_at(span.end.saturating_sub(1)) + 1
}

/// For each stretch the report whose content holds most of it, the surest.
pub(super) fn holders(scene: &Scene, reports: &[Report]) -> Vec<Option<usize>> {
    let mut holders: Vec<Option<usize>> = vec![None; scene.stretches.len()];
    for (index, report) in reports.iter().enumerate() {
        // What stands in the phrase that names who did not answer was not said either.
        let asked = report.source.iter().filter(|_| report.silent);
        for run in report.content.iter().chain(asked) {
            let first = scene.stretches.partition_point(|stretch| stretch.tokens.end <= run.start);
            for (number, stretch) in
                scene.stretches.iter().enumerate().skip(first).take_while(|(_, stretch)| stretch.tokens.start < run.end)
            {
                let shared = run.end.min(stretch.tokens.end) - run.start.max(stretch.tokens.start);
                let surer = holders[number].is_none_or(|held: usize| reports[held].sure < report.sure);
                if 2 * shared > stretch.tokens.len() && surer {
                    holders[number] = Some(index);
                }
            }
        }
    }
    holders
}

/// "Okwu did not comment at once, but later wrote: ..." is an answer after all: "but" and a verb of saying stand between.
fn answers(scene: &Scene, report: &Report, one: &Spoken) -> bool {
    let begin = scene.stretches[one.stretches.start].tokens.start;
    let between = report.cue.end.min(begin)..begin;
    let Some(but) = between.into_iter().find(|&at| scene.prose.word(at) == "but") else { return false };
    let first = scene.cues.partition_point(|cue| cue.tokens.start < but);
    let mut after = scene.cues[first..].iter().take_while(|cue| cue.tokens.end <= begin);
    report.silent && scene.same_sentence(but, begin) && after.any(|cue| cue.form == CueForm::Finite)
}

/// True where all that is reported stands within stretches that are quotes themselves.
fn is_said(scene: &Scene, report: &Report, said: &[bool]) -> bool {
    report.content.iter().flat_map(Clone::clone).all(|at| scene.inside[at] != NONE && said[scene.inside[at] as usize])
}

/// True where the words that report hold one that is known to.
fn is_saying(scene: &Scene, report: &Report) -> bool {
    report.cue.clone().any(|at| scene.words[at].cue.is_some() || scene.prose.word(at).eq_ignore_ascii_case("according"))
}

/// True where the report holds words around the stretch: reported speech with a part in quotation marks.
fn goes_beyond(scene: &Scene, report: &Report, one: &Spoken) -> bool {
    let multiple = one.stretches.clone().any(|stretch| {
        let tokens = &scene.stretches[stretch].tokens;
        scene.paragraph[tokens.start] != scene.paragraph[tokens.end - 1]
    });
    // A clause that breaks a quote is none of its words.
    if multiple || one.stretches.len() > 1 || stands_alone(scene, one) {
        return false;
    }
    let outside = |run: &Range<usize>| {
        run.clone().filter(|&at| scene.inside[at] == NONE && !scene.words[at].is(Word::MARK)).count()
    };
    report.content.iter().map(outside).sum::<usize>() > 0
}

/// True where the words begin a sentence and end as a sentence does: `“We lost,” ...`.
fn stands_alone(scene: &Scene, one: &Spoken) -> bool {
    let stretch = &scene.stretches[one.stretches.start];
    let begin = stretch.tokens.start;
    let opens = begin == 0 || scene.sentence[begin - 1] != scene.sentence[begin];
    let capital = stretch
        .tokens
        .clone()
        .find(|&at| !scene.words[at].is(Word::MARK))
        .is_some_and(|at| scene.words[at].is(Word::CAPITAL));
    let comma = scene.words.get(stretch.tokens.end).is_some_and(|word| word.is(Word::COMMA));
    opens && capital && stretch.words > 1 && (comma || matches!(stretch.ends, ',' | '.' | '?' | '!' | '…'))
}

struct Composer<'s, 'a, 'b> {
    scene: &'s Scene<'a, 'b>,
    entities: &'s [Entity],
    quoted: &'s [Quoted],
    resolver: Resolver<'s, 'a, 'b>,
    quotes: Vec<Quote>,
}

impl Composer<'_, '_, '_> {
    /// Notes all that each pronoun says, before any is resolved: who names somebody in one of its quotes is not that one.
    fn note_pronouns(&mut self, spoken: &[Spoken], reports: &[Report]) {
        for one in spoken {
            let spans = self.quoted[one.stretches.clone()].iter().flat_map(|quoted| quoted.spans.iter().copied());
            one.speaker
                .into_iter()
                .for_each(|speaker| spans.clone().for_each(|span| self.resolver.note(speaker, span)));
        }
        for report in reports {
            let Some(speaker) = report.source.as_ref().and_then(|source| self.candidate_in(source)) else { continue };
            report.content.iter().for_each(|run| self.resolver.note(speaker, self.scene.prose.span(run.clone())));
        }
    }

    fn direct(&mut self, one: &Spoken, report: Option<&Report>) {
        let spans = self.quoted[one.stretches.clone()].iter().flat_map(|quoted| quoted.spans.iter().copied()).collect();
        self.push(QuoteKind::Direct, spans, Some(one), report);
    }

    fn mixed(&mut self, report: &Report, one: Option<&Spoken>) {
        let scene = self.scene;
        let mut spans: Vec<Span> = Vec::new();
        for run in &report.content {
            let mut run = run.clone();
            // A run never cuts a stretch.
            for edge in [run.start, run.end - 1] {
                if scene.inside[edge] != NONE {
                    let stretch = &scene.stretches[scene.inside[edge] as usize].tokens;
                    run = run.start.min(stretch.start)..run.end.max(stretch.end);
                }
            }
            let span = scene.prose.span(scene.whole_words(run));
            match spans.last_mut() {
                Some(last) if last.end >= span.begin => *last = last.cover(span),
                _ => spans.push(span),
            }
        }
        // What stands between marks and is not said, a title or a term, does not make reported speech a quote.
        self.push(if one.is_some() { QuoteKind::Mixed } else { QuoteKind::Indirect }, spans, one, Some(report));
    }

    fn push(&mut self, kind: QuoteKind, mut spans: Vec<Span>, one: Option<&Spoken>, report: Option<&Report>) {
        let scene = self.scene;
        let source = report.and_then(|report| report.source.clone());
        let subject = report.zip(source.as_ref()).and_then(|(report, source)| self.subject_of(report, source));
        let weak = one.is_some_and(|one| is_weak(one.reason));
        // Who reports the words is surer than somebody named beside them.
        let beside = one.filter(|one| one.is_doubtful).and_then(|one| one.speaker);
        let told = source.as_ref().zip(beside).and_then(|(source, beside)| {
            let outside = !source.contains(&scene.candidates[beside].tokens.start);
            self.candidate_in(source).filter(|_| outside)
        });
        let candidate = subject.filter(|_| weak).or(told).or(one.and_then(|one| one.speaker));
        let candidate = candidate.or_else(|| self.candidate_in(source.as_ref()?));
        let candidate = candidate.or_else(|| shared_subject(scene, report.filter(|report| !report.silent)?));
        // The models of reported speech know English alone.
        let candidate = one.filter(|_| scene.tongue.is_some()).map_or(candidate, |one| one.speaker);
        let silent = report.is_some_and(|report| report.silent && one.is_none());
        let speaker = candidate.map(|candidate| {
            let phrase = source.clone().filter(|source| source.contains(&scene.candidates[candidate].tokens.start));
            let mut speaker =
                person::speaker(scene, &mut self.resolver, self.entities, candidate, phrase.as_ref(), &spans);
            if silent {
                speaker.class = SpeakerClass::Declined;
            }
            speaker
        });
        let source_span = speaker.as_ref().and_then(|speaker| speaker.span);
        if kind == QuoteKind::Indirect
            && source_span.is_some_and(|source| spans.iter().any(|span| span.overlaps(source)))
        {
            // Nobody's report of himself: the models disagree about what the clause is.
            return;
        }
        if silent && speaker.is_none() {
            // Nobody did not answer.
            return;
        }
        if kind == QuoteKind::Indirect && speaker.is_none() && !report.is_some_and(|report| is_saying(scene, report)) {
            // "was known as", "seemed": nobody says that.
            return;
        }
        let cue = report.map(|report| scene.prose.span(without_marks(scene, report.cue.clone())));
        let cue = cue.or(one.and_then(|one| one.cue));
        let addressee = cue.filter(|_| !silent).and_then(|cue| self.addressee(cue, &spans, source_span));
        if let Some(addressee) = addressee.as_ref().filter(|_| kind != QuoteKind::Direct) {
            let Some(rest) = self.behind(addressee.span, spans[0]) else { return };
            spans[0] = rest;
        }
        // The words between marks may stand beside nobody, and the report around them tell who speaks.
        let own = one.filter(|one| one.speaker.is_some() || speaker.is_none());
        let confidence = one.map_or(1.0, |one| one.said)
            * match (own, report) {
                (Some(one), _) => one.speaker.map_or(1.0, |_| one.sure),
                (None, report) => report.map_or(0.0, |report| report.sure),
            };
        let reason = own.map_or(if silent { Reason::Declined } else { Reason::Reported }, |one| one.reason);
        self.quotes.push(Quote {
            kind,
            spans,
            cue,
            speaker,
            addressee,
            embed: None,
            about: Vec::new(),
            reason,
            confidence,
        });
    }

    /// The candidate with which `source` begins, where it is the subject of the verb by which `report` reports, and of a
    /// clause of its own: "and Miller called it", "after Miller told the town". "Fox News" of "a source speaking to Fox News
    /// said" is not.
    fn subject_of(&self, report: &Report, source: &Range<usize>) -> Option<usize> {
        let scene = self.scene;
        let candidate = self.candidate_in(source)?;
        let cue = scene.cues.get(scene.subject_of[candidate] as usize)?;
        let opens = |at: usize| {
            scene.words[at].is(Word::CONJUNCTION)
                || matches!(scene.prose.word(at), "after" | "before" | "since" | "until")
        };
        let joint = source.start.checked_sub(1).is_some_and(opens);
        let begins = joint && scene.candidates[candidate].tokens.start == source.start;
        (begins && report.cue.contains(&cue.tokens.start) && cue.left == Some(candidate)).then_some(candidate)
    }

    /// The part of `content` behind the addressee with whom it begins: "told the BBC | the dam would hold". `None` where
    /// that is all of it.
    fn behind(&self, addressee: Span, content: Span) -> Option<Span> {
        let scene = self.scene;
        if addressee.begin != content.begin {
            return Some(content);
        }
        let (next, end) = (tokens(scene, addressee).end, tokens(scene, content).end);
        if next >= end {
            return None;
        }
        let opens = Word::DETERMINER | Word::OWNER | Word::PRONOUN | Word::RELATIVE | Word::CONJUNCTION | Word::CAPITAL;
        let is_clause = scene.words[next].is(opens | Word::QUOTE) && !matches!(scene.prose.word(next), "and" | "or");
        Some(if is_clause { Span::new(scene.prose.tokens[next].span.begin, content.end) } else { content })
    }

    fn addressee(&self, cue: Span, spans: &[Span], source: Option<Span>) -> Option<Addressee> {
        let scene = self.scene;
        let content: Vec<Range<usize>> = spans.iter().map(|&span| tokens(scene, span)).collect();
        let source = source.map(|source| tokens(scene, source));
        let found = addressee::find(scene, &Said { cue: tokens(scene, cue), content: &content, source })?;
        let entity = Some(scene.entity[found]).filter(|&entity| entity != NONE).map(|entity| entity as usize);
        let name = entity.map(|entity| self.entities[entity].name.clone());
        Some(Addressee { span: scene.prose.span(scene.candidates[found].tokens.clone()), entity, name })
    }

    /// The first candidate in `tokens` that owns or qualifies nothing, of those that do not reach beyond.
    fn candidate_in(&self, tokens: &Range<usize>) -> Option<usize> {
        let scene = self.scene;
        let first = scene.candidates.partition_point(|one| one.tokens.start < tokens.start);
        let inside = first..scene.candidates.partition_point(|one| one.tokens.start < tokens.end);
        let end = |one: usize| scene.candidates[one].tokens.end;
        let owns = |one: usize| scene.words.get(end(one)).is_some_and(|next| next.is(Word::GENITIVE));
        // What follows a name in what was taken for one noun phrase may be a verb that nobody knows: "Xi unveiled".
        let is_all = |one: usize| end(one) == tokens.end && !owns(one);
        let stands = |&one: &usize| !scene.candidates[one].qualifies || is_all(one);
        let whole = |&one: &usize| end(one) <= tokens.end && stands(&one);
        inside.clone().find(whole).or_else(|| inside.clone().find(stands)).or(inside.clone().next())
    }
}

/// The subject of a verb before, for the second verb in "Miller accused the council and chided it" and for "adding" in
/// "Miller said it was late, adding that it rained".
fn shared_subject(scene: &Scene, report: &Report) -> Option<usize> {
    let at = report.cue.start;
    let own = scene.cues.partition_point(|cue| cue.tokens.start < at);
    let form = scene.cues.get(own).filter(|cue| cue.tokens.start == at)?.form;
    let joint = at.checked_sub(1).filter(|&joint| scene.same_sentence(joint, at))?;
    let before = scene.cues[..own].last().filter(|cue| cue.form == CueForm::Finite)?;
    // "Johnson recalled how Miller had warned them, adding that" does not tell who added.
    let near = scene.cues[..own].iter().rev().take(VERBS).take_while(|cue| scene.same_sentence(cue.tokens.start, at));
    if near.into_iter().filter_map(|cue| cue.left).any(|left| Some(left) != before.left) {
        return None;
    }
    let joined = match form {
        CueForm::Participle => scene.words[joint].is(Word::COMMA),
        // "Miller said the council lied and denied it" does not tell who denied it.
        CueForm::Finite => scene.words[joint].is(Word::CONJUNCTION) && before.class == CueClass::Label,
        CueForm::Bare => false,
    };
    let subject = before.left.filter(|_| joined && scene.same_sentence(before.tokens.start, at))?;
    let one = &scene.candidates[subject];
    let speaks = !matches!(one.kind, Kind::Noun | Kind::Capitals | Kind::Speech | Kind::Relative);
    (speaks && one.tokens.end <= before.tokens.start).then_some(subject)
}

/// Words of the clause that may stand between two spans of one quote.
const CLAUSE: usize = 45;
/// Tokens after a stretch in which its own clause must bring its verb.
const NEAR: usize = 12;

/// True where the stretch at `next` goes on with the words of the stretch at `index`, which the clause between them
/// attributes: nothing else is said between them.
pub(super) fn continues(scene: &Scene, view: &View, next: usize) -> bool {
    let (one, other) = (&scene.stretches[view.index], &scene.stretches[next]);
    let gap = one.tokens.end..other.tokens.start;
    if gap.len() > CLAUSE || scene.paragraph[one.tokens.end - 1] != scene.paragraph[other.tokens.start] {
        return false;
    }
    let after = scene.words[gap.start];
    let broken = matches!(one.ends, ',' | '?' | '!' | '—' | '-') || after.is(Word::COMMA | Word::DASH);
    let Some(tail) = view.tail.map(|tail| &scene.cues[tail]) else { return false };
    if !broken || !gap.contains(&tail.tokens.start) || is_answered(scene, view, &gap) {
        return false;
    }
    let last = scene.words[gap.end - 1];
    let one_sentence =
        gap.clone().all(|token| scene.inside[token] == NONE && scene.sentence[token] == scene.sentence[gap.start]);
    one_sentence && (last.is(Word::COMMA | Word::DASH) || last.is(Word::STOP) && !has_own_tail(scene, next))
}

/// True for `Okwu asked, “Why?” Marsh replied, “Because.”` and for `“Yes,” Okwu said, and Marsh said, “No.”`: the last verb of
/// saying in the `gap` belongs to what follows it.
fn is_answered(scene: &Scene, view: &View, gap: &Range<usize>) -> bool {
    let first = scene.cues.partition_point(|cue| cue.tokens.start < gap.start);
    let own = scene.cues[first..].iter().take_while(|cue| cue.tokens.start < gap.end);
    let mut finite = own.filter(|cue| cue.form == CueForm::Finite && cue.class != CueClass::According);
    let Some(one) = finite.next() else { return false };
    let Some(subject) = one.left.or(one.right) else { return false };
    let is_other = |other: usize| {
        let entity = scene.entity[other];
        other != subject && (entity == NONE || entity != scene.entity[subject])
    };
    let asks = matches!(view.stretch.ends, '?' | '!');
    let joins = view.before.is(Word::COMMA | Word::COLON) || view.before.cue.is_some();
    let asked = view.lead.and_then(|lead| scene.cues[lead].left).filter(|_| asks && joins);
    let last = finite.last().filter(|cue| cue.tokens.end + 1 == gap.end).and_then(|cue| cue.left);
    let goes_on = scene.words[gap.end - 1].is(Word::COMMA);
    goes_on && (asked.is_some_and(is_other) || last.is_some_and(is_other))
}

/// `“For now,” said Thorley`: a clause of its own attributes the stretch.
fn has_own_tail(scene: &Scene, index: usize) -> bool {
    let stretch = &scene.stretches[index];
    let end = stretch.tokens.end;
    if !matches!(stretch.ends, ',' | '?' | '!') && !scene.words.get(end).is_some_and(|word| word.is(Word::COMMA)) {
        return false;
    }
    let tail = scene.cues.partition_point(|cue| cue.tokens.start < end);
    scene
        .cues
        .get(tail)
        .is_some_and(|cue| cue.tokens.start < end + NEAR && scene.sentence[cue.tokens.start] == scene.sentence[end - 1])
}

#[cfg(test)]
mod tests {
    use crate::extract::{QuoteKind, annotate};

    /// The quotes of `text`, each as "words < speaker as printed".
    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let found = annotate(text, Some("en"));
        let printed = found.quotes.iter().map(|quote| {
            let speaker = quote.speaker.as_ref().and_then(|speaker| speaker.span);
            format!("{} < {}", quote.words(text), speaker.map_or("?", |span| span.of(text)))
        });
        assert_eq!(printed.collect::<Vec<_>>(), expect, "in {text:?}");
    }

    #[test]
    fn words_end_where_they_end_in_print() {
        check("Mary Johnson promised a Miller-only dam.", &["a Miller-only dam < Mary Johnson"]);
        check("The mayor promised to repay $22 million.", &["to repay $22 million < The mayor"]);
    }

    #[test]
    fn the_dateline_is_neither_speaker_nor_words() {
        check("KABUL, Afghanistan — Mary Johnson promised a new dam.", &["a new dam < Mary Johnson"]);
        check("KABUL — The dam will hold, Mary Johnson said.", &["The dam will hold < Mary Johnson"]);
        check("Mary Johnson — a lawyer — said the dam would hold.", &["the dam would hold < Mary Johnson — a lawyer"]);
    }

    #[test]
    fn the_addressee_is_none_of_the_words() {
        check("Mary Johnson told the council that the dam would hold.", &["that the dam would hold < Mary Johnson"]);
        check("Mary Johnson told Robert Miller he was wrong.", &["he was wrong < Mary Johnson"]);
        check(
            "Mary Johnson told the council and its guests that the dam would hold.",
            &["that the dam would hold < Mary Johnson"],
        );
    }

    #[test]
    fn an_answer_is_no_part_of_the_question() {
        check(
            "Mary Johnson asked, “Why is it old?” Robert Miller then wrote back, “Nobody built a new one.”",
            &["“Why is it old?” < Mary Johnson", "“Nobody built a new one.” < Robert Miller"],
        );
        check(
            "“It will hold,” Mary Johnson said, and Robert Miller said, “It will not.”",
            &["“It will hold,” < Mary Johnson", "“It will not.” < Robert Miller"],
        );
        check(
            "“It will hold,” Mary Johnson said, according to Robert Miller, “for years.”",
            &["“It will hold,” “for years.” < Mary Johnson"],
        );
    }

    #[test]
    fn who_is_told_by_the_report_has_its_reason() {
        let text = "In June, Kenya said its river guards had stopped a boat of thieves who worked for a mill before they \
                    were able to begin theft and “river operations”.";
        let found = annotate(text, Some("en"));
        let [quote] = &found.quotes[..] else { panic!("{:?}", found.quotes) };
        assert_eq!(quote.speaker.as_ref().and_then(|speaker| speaker.name.as_deref()), Some("Kenya"));
        assert_eq!(quote.reason, crate::extract::Reason::Reported);
        assert!(quote.confidence < 1.0 && quote.confidence > 0.3, "{}", quote.confidence);
    }

    #[test]
    fn a_late_answer_is_one() {
        let found = annotate(
            "Mary Johnson did not comment at first, but later she wrote: “The dam will hold, as we said.”",
            Some("en"),
        );
        let told = found.quotes.iter().filter(|quote| !quote.is_declined());
        assert_eq!(told.map(|quote| quote.kind).collect::<Vec<_>>(), [QuoteKind::Direct], "{:?}", found.quotes);
    }

    #[test]
    fn what_is_quoted_is_not_reported_too() {
        check(
            "“I hope that the dam will hold,” Mary Johnson said.",
            &["“I hope that the dam will hold,” < Mary Johnson"],
        );
    }

    #[test]
    fn the_same_words_are_one_quote() {
        check(
            "Dams leak, the mayor said, adding that the dam above the town could leak even more.",
            &["Dams leak < the mayor", "that the dam above the town could leak even more < the mayor"],
        );
        check(
            "A third man, David Johnson, was locked up in May, neighbours told the BBC, adding that he was parted \
             from his two brothers and mother.",
            &["that he was parted from his two brothers and mother < neighbours"],
        );
    }

    #[test]
    fn one_subject_says_it_all() {
        let two =
            "Mary Johnson recalled how Robert Miller had warned the town, adding that the dam was old and leaked.";
        let found = annotate(two, Some("en"));
        let added = found.quotes.iter().find(|quote| quote.cue.is_some_and(|cue| cue.of(two) == "adding"));
        assert!(added.is_some_and(|quote| quote.speaker.is_none()), "{:?}", found.quotes);
        let text = "Mary Johnson described the dam as weak, and said the wall itself might break by the spring.";
        assert_eq!(super::super::last_speaker(text).name.as_deref(), Some("Mary Johnson"));
        check(
            "The dam will hold, the mayor said, noting that it was built in stone.",
            &["The dam will hold < the mayor", "that it was built in stone < the mayor"],
        );
    }

    #[test]
    fn what_nobody_says_is_not_reported() {
        check("The dam was known as the Old Wall.", &[]);
        check("The dam is known for its beautiful wall.", &[]);
    }

    #[test]
    fn a_speaker_ends_before_a_verb_that_nobody_knows() {
        let found = annotate("Mary Johnson encouraged Peruvians to join her at the dam.", Some("en"));
        let speakers = found.quotes.iter().filter_map(|quote| quote.speaker.as_ref()?.name.as_deref());
        assert_eq!(speakers.collect::<Vec<_>>(), ["Mary Johnson"]);
    }
}

//! Reported speech: who reports what by which words.
//!
//! A linear model tells which words report. Around each of them the tagger of reports, a conditional random field of the
//! same make as the tagger of names, labels the sentence: cue, source, content ([`tagger`]).

mod anchor;
mod hashes;
mod line;
mod seen;
mod silence;
mod tagger;
#[cfg(feature = "train")]
pub(super) mod train;

use std::ops::Range;

pub use self::hashes::Hashes;
use self::line::Line;
use self::silence::Silence;
use self::tagger::{Parts, Reader};
use super::phrase;
use super::scene::{NONE, Scene};
use super::words::Word;
use crate::extract::cue::CueForm;
use crate::model::ranker::Linear;
use crate::model::sequence::Labeller;

/// Tokens of a sentence before and after a cue that are looked at.
const BEFORE: usize = 150;
const AFTER: usize = 200;

/// Fewest tokens of a sentence that are said before "says Ada Okwu".
const MAIN: usize = 3;

/// How sure a silence is that the model did not see.
const SILENT: f32 = 0.8;

/// The models.
#[derive(Clone, Debug)]
pub struct ReportModel {
    /// Tells whether a word reports.
    pub anchor: Linear,
    /// Labels a report's parts.
    pub tagger: Labeller,
    /// The words that report at times.
    pub words: Hashes,
}

impl ReportModel {
    /// A model that finds nothing.
    pub fn nothing() -> Self {
        Self { anchor: Linear::zero(), tagger: Labeller::new(&[][..]), words: Hashes::new(Vec::new()) }
    }
}

/// Somebody reports something, in tokens.
#[derive(Clone, Debug)]
pub(super) struct Report {
    pub(super) cue: Range<usize>,
    /// Empty where nobody is named.
    pub(super) source: Option<Range<usize>>,
    /// One or two runs, in order.
    pub(super) content: Vec<Range<usize>>,
    /// Probability that the word reports.
    pub(super) sure: f32,
    /// "declined to comment", "did not reply": nothing was said.
    pub(super) silent: bool,
}

/// Tokens of each sentence of the scene.
pub(super) fn sentences(scene: &Scene) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in 0..scene.words.len() {
        match runs.last_mut() {
            Some(run) if scene.sentence[at] == scene.sentence[run.start] => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// Finds the reports of a text, in order of their cues; those that are less sure than `threshold` are left out.
pub(super) fn find(scene: &Scene, model: &ReportModel, threshold: f32) -> Vec<Report> {
    let mut reports: Vec<Report> = Vec::new();
    let mut buffer = Vec::new();
    for whole in sentences(scene) {
        let first = reports.len();
        let mut finder = Finder { scene, model, whole: &whole, reader: None };
        let silences = silence::find(scene, &whole);
        finder.told(&silences, threshold, &mut buffer, &mut reports);
        for silence in silences {
            if !reports[first..].iter().any(|report| is_part(&silence, &report.cue)) {
                reports.extend(finder.silent(silence));
            }
        }
        without_asking(&mut reports, first);
        reports[first..].sort_by_key(|report| report.cue.start);
    }
    reports
}

/// Finds the reports of one sentence.
struct Finder<'s, 'a, 'b, 'w> {
    scene: &'s Scene<'a, 'b>,
    model: &'s ReportModel,
    whole: &'w Range<usize>,
    /// The part of the sentence that was read last.
    reader: Option<Reader<'s, 'a, 'b>>,
}

impl Finder<'_, '_, '_, '_> {
    /// Adds what the models find, but for what `silences` are about.
    fn told(&mut self, silences: &[Silence], threshold: f32, buffer: &mut Vec<u32>, reports: &mut Vec<Report>) {
        let mut free = self.whole.start;
        for at in self.whole.clone() {
            if at < free || !anchor::may_report(self.scene, self.model, at) || self.scene.only_quotes(at) {
                continue;
            }
            let sentence = window(self.whole, at);
            let sure = anchor::likelihood(self.scene, &sentence, at, &self.model.anchor, buffer);
            if sure < threshold {
                continue;
            }
            let mut parts = self.read(sentence, at);
            self.turn(&mut parts);
            let content =
                until_another(self.scene, at, with_main_clause(self.scene, self.whole, parts.content, &parts.cue));
            let content = stripped(self.scene, content);
            let source = parts.source.map(|source| without_mark(self.scene, self.scene.behind_dateline(source)));
            let measured = source.as_ref().is_some_and(|source| is_measure(self.scene, &parts.cue, source));
            if content.is_empty() || says_nothing(self.scene, &content) || self.introduces(&parts.cue) || measured {
                continue;
            }
            free = parts.cue.end;
            if !silences.iter().any(|silence| is_part(silence, &parts.cue)) {
                let cue = parts.cue;
                let quoted = self.scene.quoted_as(at).map(|quoted| self.scene.candidates[quoted].tokens.clone());
                // Who "was told" something listens, and who "was accused" of it said nothing.
                let source = match () {
                    () if self.scene.is_told(at) => None,
                    () if self.scene.is_passive(at) => source.filter(|source| source.start > at),
                    () => quoted.or(source),
                };
                reports.push(Report { cue, source, content, sure, silent: false });
            }
        }
    }

    /// `The dam will hold, says the engineer Ada Okwu.`: what stands alone behind the verb has no verb of its own, and is who
    /// says what stands before.
    fn turn(&self, parts: &mut Parts) {
        let scene = self.scene;
        let [content] = &parts.content[..] else { return };
        let (begin, cue) = (self.whole.start, parts.cue.clone());
        let behind = content.start == cue.end && cue.len() == 1 && cue.start > begin + MAIN;
        let comma = cue.start.checked_sub(1).is_some_and(|at| scene.words[at].is(Word::COMMA));
        let ends = content.end == self.whole.end || scene.words[content.end].is(Word::STOP | Word::COMMA);
        let finite = scene.words[cue.start].cue.is_some_and(|(_, form)| form == CueForm::Finite);
        let ahead = parts.source.as_ref().is_none_or(|source| source.start < cue.start) && cue.start - begin <= BEFORE;
        if behind && comma && ends && finite && ahead && is_somebody(scene, content) {
            parts.source = Some(content.clone());
            parts.content[0] = begin..cue.start - 1;
        }
    }

    /// True where what is said stands in the lines after the sentence: "in a letter to the council she wrote:".
    fn introduces(&self, cue: &Range<usize>) -> bool {
        cue.end + 1 == self.whole.end && self.scene.words[cue.end].is(Word::COLON)
    }

    fn read(&mut self, sentence: Range<usize>, anchor: usize) -> Parts {
        if self.reader.as_ref().is_none_or(|reader| reader.sentence != sentence) {
            let line = Line::new(self.scene, &sentence);
            self.reader = Some(Reader::new(line, sentence, &self.model.tagger));
        }
        self.reader.as_ref().expect("it was just filled in").read(anchor)
    }

    /// The report that nobody answered, which is one whether the models take it for that or not.
    fn silent(&mut self, silence: Silence) -> Option<Report> {
        let scene = self.scene;
        let sentence = window(self.whole, silence.anchor);
        let parts = self.read(sentence.clone(), silence.anchor);
        let subject = scene.left_of(silence.tokens.start).0.map(|subject| scene.candidates[subject].tokens.clone());
        let source = subject.or(parts.source).or_else(|| before(scene, &sentence, silence.tokens.start))?;
        let source = up_to(source, silence.tokens.start);
        let mut content = stripped(scene, parts.content);
        content.retain(|run| run.start >= source.end || source.start >= run.end);
        if content.is_empty() {
            content.push(silence.tokens);
        }
        Some(Report { cue: parts.cue, source: Some(source), content, sure: SILENT, silent: true })
    }
}

/// `runs` with the main clause behind the comma where the last, behind the verb, is only what goes before one: "said that if
/// the dam broke | , the town would be lost".
fn with_main_clause(
    scene: &Scene,
    whole: &Range<usize>,
    mut runs: Vec<Range<usize>>,
    cue: &Range<usize>,
) -> Vec<Range<usize>> {
    /// Tokens of the longest main clause.
    const MAIN_CLAUSE: usize = 60;
    const BEFORE_IT: [&str; 9] = ["if", "while", "when", "although", "though", "once", "unless", "during", "after"];
    let near = |run: &Range<usize>| run.start >= cue.end && !run.is_empty() && whole.end - run.end <= MAIN_CLAUSE;
    let Some(run) = runs.last_mut().filter(|run| near(run)) else { return runs };
    let opens = run.start + usize::from(matches!(scene.prose.word(run.start), "that" | "too"));
    let is_comma = |at: usize| scene.words[at].is(Word::COMMA);
    // "She asked him if the dam had broken, he left": what is asked is all of it.
    let asks = |at: usize| matches!(scene.prose.word(at), "asked" | "asks" | "ask" | "asking" | "wondered" | "wonders");
    let clause = opens < run.end && BEFORE_IT.contains(&scene.prose.word(opens)) && !run.clone().any(is_comma);
    let clause = clause && !cue.clone().any(asks);
    let end = (run.end..whole.end).rfind(|&at| !scene.words[at].is(Word::STOP)).map_or(run.end, |last| last + 1);
    let rest = run.end + 1..end;
    let joins = |at: usize| scene.words[at].is(Word::CONJUNCTION | Word::RELATIVE | Word::MARK);
    let says = |at: usize| scene.words[at].cue.is_some() || scene.inside[at] != NONE;
    if clause && rest.len() > 1 && is_comma(run.end) && !joins(rest.start) && !rest.clone().any(says) {
        run.end = end;
    }
    runs
}

/// `runs` up to where somebody else speaks: "she said it was “dead” | and Miller called it “alive”". Both have words in
/// quotation marks, or it may be part of what is reported.
fn until_another(scene: &Scene, anchor: usize, mut runs: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let quotes = |run: Range<usize>| run.into_iter().any(|at| scene.inside[at] != NONE);
    for run in runs.iter_mut().filter(|run| run.start > anchor) {
        let first = scene.cues.partition_point(|cue| cue.tokens.start < run.start);
        let cues = scene.cues[first..].iter().take_while(|cue| cue.tokens.end < run.end);
        let splits = cues.filter(|cue| cue.form == CueForm::Finite).filter_map(|cue| {
            let subject = &scene.candidates[cue.left?].tokens;
            let joint = subject.start.checked_sub(1).filter(|&at| at > run.start)?;
            let is_joint = matches!(scene.prose.word(joint), "and" | "but" | "while");
            (is_joint && quotes(run.start..joint) && quotes(cue.tokens.end..run.end)).then_some(joint)
        });
        run.end = splits.min().unwrap_or(run.end);
    }
    runs
}

/// True for a noun phrase that names a person, with what is apposed to it, and nothing else.
fn is_somebody(scene: &Scene, run: &Range<usize>) -> bool {
    let found = phrase::person(scene, run).is_some();
    let verb = |at: usize| scene.words[at].is(Word::AUXILIARY) || scene.inside[at] != NONE || scene.acts(at);
    found && !run.clone().any(|at| verb(at) || scene.words[at].cue.is_some() && !scene.in_candidate(at))
}

/// `run` without the closing mark that it begins with, whose words nobody opened, and without the verb behind it: `” says
/// Ada Okwu`.
fn without_mark(scene: &Scene, mut run: Range<usize>) -> Range<usize> {
    if run.len() > 1 && scene.prose.word(run.start) == "”" {
        run.start += 1;
        let verb = scene.words[run.start].cue.is_some() && !scene.in_candidate(run.start);
        run.start += usize::from(verb && run.len() > 1);
    }
    run
}

/// The part of `run` before `at`, where it begins before.
fn up_to(run: Range<usize>, at: usize) -> Range<usize> {
    if run.start < at { run.start..run.end.min(at) } else { run }
}

/// The last noun phrase of the sentence before `at`.
fn before(scene: &Scene, sentence: &Range<usize>, at: usize) -> Option<Range<usize>> {
    let before = &scene.candidates[..scene.candidates.partition_point(|one| one.tokens.start < at)];
    let last = before.iter().rev().find(|one| one.tokens.end <= at && !one.qualifies)?;
    (last.tokens.start >= sentence.start).then(|| last.tokens.clone())
}

/// `runs` without the marks that join them to what stands around, and without those that are nothing else.
fn stripped(scene: &Scene, runs: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let runs = runs.into_iter().map(|run| strip(scene, scene.behind_dateline(run)));
    runs.filter(|run| !run.is_empty() && !is_relative(scene, run)).collect()
}

/// "which" in "which he called a disgrace" is none of the words.
fn is_relative(scene: &Scene, run: &Range<usize>) -> bool {
    run.len() == 1 && scene.inside[run.start] == NONE && matches!(scene.prose.word(run.start), "which" | "who" | "whom")
}

/// "The ministry said nothing."
fn says_nothing(scene: &Scene, content: &[Range<usize>]) -> bool {
    matches!(content, [run] if run.len() == 1 && scene.inside[run.start] == NONE && scene.prose.word(run.start) == "nothing")
}

/// True for "according to need", "according to the usual procedure": what something is done by says nothing.
fn is_measure(scene: &Scene, cue: &Range<usize>, source: &Range<usize>) -> bool {
    const MEASURES: &str = "need needs requirement requirements protocol protocols procedure procedures schedule age size \
        weight height taste tastes preference preferences ability abilities availability merit standard standards \
        principle principles criterion criteria custom customs tradition plan formula";
    let head = source.clone().find(|&at| scene.words[at].is(Word::PREPOSITION)).unwrap_or(source.end);
    let noun = scene.prose.word(head.max(source.start + 1) - 1);
    // "The schedule" is a paper that says it.
    let is_paper = scene.words[source.start].is(Word::DETERMINER | Word::OWNER);
    !is_paper
        && scene.prose.word(cue.start).eq_ignore_ascii_case("according")
        && MEASURES.split_whitespace().any(|measure| measure == noun)
}

/// True where the words that report are those of `silence`.
fn is_part(silence: &Silence, cue: &Range<usize>) -> bool {
    cue.start < silence.tokens.end && silence.tokens.start < cue.end
}

/// Takes out of the reports from `first` on those whose verb stands in the phrase that names who did not answer: "a
/// spokesman, asked about the dam, did not reply".
fn without_asking(reports: &mut Vec<Report>, first: usize) {
    let silent = reports[first..].iter().filter(|report| report.silent);
    let sources: Vec<Range<usize>> = silent.filter_map(|report| report.source.clone()).collect();
    let mut at = 0;
    reports.retain(|report| {
        at += 1;
        at <= first || report.silent || !sources.iter().any(|source| source.contains(&report.cue.start))
    });
}

/// The part of a sentence around `anchor` that is looked at, so that endless sentences take no endless time.
fn window(sentence: &Range<usize>, anchor: usize) -> Range<usize> {
    sentence.start.max(anchor.saturating_sub(BEFORE))..sentence.end.min(anchor + AFTER)
}

/// `run` without the marks that join it to what stands around.
fn strip(scene: &Scene, mut run: Range<usize>) -> Range<usize> {
    let joins = |at: usize| scene.inside[at] == NONE && scene.words[at].is(Word::COMMA | Word::DASH | Word::COLON);
    run.start = behind_it(scene, &run);
    while run.start < run.end && joins(run.start) {
        run.start += 1;
    }
    while run.start < run.end && joins(run.end - 1) {
        run.end -= 1;
    }
    run
}

/// Where `run` begins behind "it" and "it simply:", as in "the mayor put it simply: the dam will hold".
fn behind_it(scene: &Scene, run: &Range<usize>) -> usize {
    let word = |back: usize| run.start.checked_sub(back).map_or("", |at| scene.prose.word(at));
    let puts = |word: &str| matches!(word, "put" | "puts" | "putting");
    let it = puts(word(1)) && scene.prose.word(run.start) == "it";
    let behind = word(1) == "it" && puts(word(2));
    let mut rest = run.start + usize::from(it)..run.end;
    let adverb = rest.find(|&at| !scene.words[at].is(Word::ADVERB)).filter(|_| it || behind);
    adverb.filter(|&at| scene.words[at].is(Word::COLON | Word::DASH | Word::COMMA)).unwrap_or(run.start)
}

/// What stands at token `at`, as one number: the word, the kind of mark, a quoted stretch, the sentence's edge.
fn token(scene: &Scene, sentence: &Range<usize>, at: Option<usize>) -> u64 {
    match at {
        Some(at) if sentence.contains(&at) => match scene.words[at] {
            _ if scene.inside[at] != NONE => 2,
            word if word.is(Word::MARK) => 3 + u64::from(word.bits),
            word if word.is(Word::NUMBER) => 4,
            word => word.hash,
        },
        _ => 1,
    }
}

/// The same in less detail: what kind of word stands there.
fn sort(scene: &Scene, sentence: &Range<usize>, at: Option<usize>) -> u64 {
    match at {
        Some(at) if sentence.contains(&at) => match scene.words[at] {
            _ if scene.inside[at] != NONE => 2,
            word => u64::from(word.bits) << 8 | word.cue.map_or(0, |(class, form)| 8 + class as u64 * 4 + form as u64),
        },
        _ => 1,
    }
}

fn bucket(distance: usize) -> u64 {
    match distance {
        0..=4 => distance as u64,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=22 => 8,
        23..=35 => 9,
        _ => 10,
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::annotate;

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let found = annotate(text, Some("en"));
        let told: Vec<_> = found.quotes.iter().map(|quote| quote.words(text)).collect();
        assert_eq!(told, expect, "in {text:?}");
    }

    #[test]
    fn who_says_nothing_is_not_quoted() {
        check("The ministry said nothing.", &[]);
        check("The ministry said nothing had changed at the dam.", &["nothing had changed at the dam"]);
    }

    #[test]
    fn who_says_it_stands_behind_the_verb() {
        let text = "The two dams are worth a fortune, said Mary Johnson, president of the Hydrology Centre.";
        check(text, &["The two dams are worth a fortune"]);
        let found = annotate(text, Some("en"));
        let names: Vec<_> = found.quotes.iter().filter_map(|quote| quote.speaker.as_ref()?.name.as_deref()).collect();
        assert_eq!(names, ["Mary Johnson"]);
    }

    #[test]
    fn words_end_where_somebody_else_speaks() {
        let text = "Mary Johnson said the dam was “dead” and Robert Miller called it “a wall”.";
        check(text, &["the dam was “dead”", "it “a wall”"]);
        let found = annotate(text, Some("en"));
        let names: Vec<_> = found.quotes.iter().filter_map(|quote| quote.speaker.as_ref()?.name.as_deref()).collect();
        assert_eq!(names, ["Mary Johnson", "Robert Miller"]);
    }

    #[test]
    fn a_clause_before_the_main_one_is_not_all() {
        let both = "that if the dam broke, the town would be lost";
        check(&format!("Mary Johnson said {both}."), &[both]);
        let told = "Mary Johnson said that after the dam broke, which took an hour, the town was lost.";
        assert!(annotate(told, Some("en")).quotes.iter().all(|quote| !quote.words(told).ends_with("dam broke")));
    }

    #[test]
    fn what_something_is_done_by_says_nothing() {
        check("The council will build the dam according to market needs in Kenya.", &[]);
        check("The dam will hold according to the needs assessment of the council.", &["The dam will hold"]);
    }

    #[test]
    fn what_is_put_simply_begins_behind_that() {
        check("Mary Johnson put it simply: The dam “will never” hold.", &["The dam “will never” hold"]);
    }

    #[test]
    fn what_a_colon_introduces_stands_below_it() {
        check(
            "“We have waited long enough,” Mary Johnson told the Post. In a letter to the council she wrote:\n\nSee below.",
            &["“We have waited long enough,”"],
        );
    }
}

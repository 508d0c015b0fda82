//! Quoted words to quotes: who said them, and which of them nobody did.
//!
//! Two linear models decide. The ranker scores every name, pronoun and noun phrase around the words by how it stands to
//! them ([`features`]); the best one is the speaker where it is good enough. The filter tells words that somebody said
//! from scare quotes, titles and terms.

mod addressee;
mod between;
mod body;
mod candidate;
#[cfg(feature = "train")]
pub mod check;
mod clause;
mod compose;
mod doubt;
mod embed;
mod features;
mod foreign;
mod gender;
mod head;
mod inflection;
mod nameless;
mod office;
mod omitted;
mod person;
mod phrase;
mod pronoun;
mod repeated;
mod roles;
mod report;
mod scene;
mod several;
mod tongue;
#[cfg(feature = "train")]
pub mod train;
mod transcript;
mod unsaid;
mod view;
mod words;

use std::sync::LazyLock;

pub use self::report::{Hashes, ReportModel};
use self::scene::Scene;
use self::view::{Last, View};
use super::quote::Quoted;
use super::{Entity, Mention, Quote, Reason};
use crate::article::SetOff;
use crate::model::ranker::Linear;
use crate::model::sequence::Labeller;
use crate::text::{Prose, Span};

/// The two models.
#[derive(Clone, Debug)]
pub struct Model {
    /// Scores candidates.
    pub ranker: Linear,
    /// Tells quotes (above 0) from others.
    pub filter: Linear,
    /// Tells how sure the ranker is: logistic regression on its scores, of held-out articles.
    pub trust: Linear,
    /// Finds reported speech.
    pub report: ReportModel,
}

impl Model {
    /// The files of the model, by name, for `src/model/weights`.
    pub fn files(&self) -> [(&'static str, Vec<u8>); 6] {
        [
            ("quotes-ranker.bin", self.ranker.to_bytes()),
            ("quotes-filter.bin", self.filter.to_bytes()),
            ("quotes-trust.bin", self.trust.to_bytes()),
            ("quotes-anchor.bin", self.report.anchor.to_bytes()),
            ("quotes-tagger.bin", self.report.tagger.bytes().to_vec()),
            ("quotes-words.bin", self.report.words.to_bytes()),
        ]
    }
}

/// Below this probability the best candidate is more likely wrong than right, and the speaker is unknown.
const UNKNOWN_BELOW: f32 = 0.5;
/// How sure a speaker is whom the words name before a colon.
const LABELLED: f32 = 0.95;
/// How sure a speaker is at least behind "according to", whoever it is.
const ACCORDING: f32 = 0.6;
/// Below this probability somebody does not speak of whom no verb of saying tells it.
const DOUBTFUL: f32 = 0.78;
/// A word that more likely reports nothing is passed over.
const REPORTED_FROM: f32 = 0.5;
/// Scores beyond this say no more.
const MARGIN: f32 = 20.0;

macro_rules! weights {
    ($name:literal) => {
        Linear::from_bytes(include_bytes!(concat!("../../model/weights/quotes-", $name, ".bin")))
            .unwrap_or_else(Linear::zero)
    };
}

static MODEL: LazyLock<Model> = LazyLock::new(|| Model {
    ranker: weights!("ranker"),
    filter: weights!("filter"),
    trust: weights!("trust"),
    report: ReportModel {
        anchor: weights!("anchor"),
        tagger: Labeller::new(&include_bytes!("../../model/weights/quotes-tagger.bin")[..]),
        words: Hashes::from_bytes(include_bytes!("../../model/weights/quotes-words.bin")),
    },
});

/// Makes quotes of those `quoted` stretches that are somebody's words, each with its speaker, and of the parts of the
/// text that are `set_off`.
pub fn attribute(
    prose: &Prose,
    mentions: &[Mention],
    entities: &[Entity],
    quoted: &[Quoted],
    set_off: &[SetOff],
) -> Vec<Quote> {
    attribute_with(&MODEL, prose, mentions, entities, quoted, set_off)
}

/// As [`attribute`], by the weights of `model`.
pub fn attribute_with(
    model: &Model,
    prose: &Prose,
    mentions: &[Mention],
    entities: &[Entity],
    quoted: &[Quoted],
    set_off: &[SetOff],
) -> Vec<Quote> {
    let scene = Scene::new(prose, mentions, entities, quoted);
    let reports = report::find(&scene, &model.report, REPORTED_FROM);
    let holders = compose::holders(&scene, &reports);
    let spoken = spoken(&scene, model, &holders, UNKNOWN_BELOW);
    let mut found = compose::quotes(&scene, entities, quoted, &spoken, &reports, &holders);
    embed::mark(&scene, entities, set_off, &mut found);
    repeated::lend_speakers(&scene, &mut found);
    between::carry_speakers(&scene, entities, &mut found);
    found
}

/// A stretch that somebody says, with the stretches that go on with it.
#[derive(Clone, Debug)]
struct Spoken {
    /// Stretches, in order.
    stretches: std::ops::Range<usize>,
    /// The speaker, where good enough.
    speaker: Option<usize>,
    cue: Option<Span>,
    reason: Reason,
    /// How sure it is that somebody says it, and who.
    said: f32,
    sure: f32,
    /// The speaker only stands in the same sentence, and hardly speaks.
    is_doubtful: bool,
}

/// Decides on each stretch in turn, as each speaker may go on from the last; `holders` has the report that holds it.
/// Speakers less sure than `threshold` are unknown.
fn spoken(scene: &Scene, model: &Model, holders: &[Option<usize>], threshold: f32) -> Vec<Spoken> {
    let mut found: Vec<Spoken> = Vec::new();
    let mut last = Last::default();
    let mut features = Vec::new();
    let mut index = 0;
    while index < scene.stretches.len() {
        let view = View::new(scene, index, last);
        index += 1;
        if view.stretch.words == 0 {
            continue;
        }
        let label = view.label();
        let ranked = label.map(Ranked::certain).or_else(|| rank(&view, &model.ranker, &mut features));
        let plain =
            view.subject_behind().filter(|&plain| label.is_none() && ranked.is_some_and(|ranked| ranked.best != plain));
        let (label, ranked) = (label.or(plain), plain.map(Ranked::certain).or(ranked));
        view.scare_features(ranked, &mut features);
        let said = sigmoid(model.filter.score(&features));
        if said < 0.5 && !view.is_paragraph() && !view.is_foreign_sentence()
            || holders[index - 1].is_none() && view.is_fragment()
            || view.is_called()
        {
            continue;
        }
        let sure = match ranked {
            Some(_) if label.is_some() => LABELLED,
            Some(ranked) => {
                view.trust_features(ranked, &mut features);
                let told = view.relation(ranked.best) == Reason::AccordingTo;
                sigmoid(model.trust.score(&features)).max(if told { ACCORDING } else { 0.0 })
            }
            None => 0.0,
        };
        let above = if sure < threshold { view.introduced_above() } else { None };
        let (ranked, sure) = above.map_or((ranked, sure), |above| (Some(Ranked::certain(above)), LABELLED));
        let left_out = label.is_none() && view.leaves_out_subject();
        let (ranked, sure) = if left_out {
            (view.predecessor().map(Ranked::certain), omitted::LEFT_OUT)
        } else {
            let told = label.is_some() || above.is_some();
            let ranked = ranked.filter(|ranked| told || !view.is_guess(ranked.best));
            match view.told_around().filter(|_| scene.tongue.is_some() && (ranked.is_none() || sure < threshold)) {
                Some((around, sure)) => (Some(Ranked::certain(around)), sure),
                None => (ranked, sure),
            }
        };
        let speaker = ranked.filter(|_| sure >= threshold).map(|ranked| ranked.best);
        let speaker =
            speaker.filter(|&one| !view.is_anybody(one) && !view.is_mere_place(one) && !view.is_no_phrase(one));
        let is_doubtful = said * sure < DOUBTFUL && speaker.is_some_and(|one| view.is_mere_neighbour(one));
        let is_term = is_doubtful && holders[index - 1].is_none() && view.is_term();
        if is_term && !view.is_told_by_marks() {
            continue;
        }
        let first = index - 1;
        if index < scene.stretches.len() && compose::continues(scene, &view, index) {
            index += 1;
        }
        if let Some(ranked) = ranked {
            last = Last { candidate: Some(ranked.best), stretch: index - 1 };
        }
        found.push(Spoken {
            stretches: first..index,
            speaker,
            cue: speaker.and_then(|speaker| view.cue_of(speaker)),
            reason: match speaker {
                Some(_) if left_out => Reason::Carried,
                Some(speaker) => view.relation(speaker),
                None => Reason::NoRule,
            },
            said,
            sure,
            is_doubtful,
        });
    }
    found
}

/// The best candidate for a speaker, with its score.
#[derive(Clone, Copy, Debug)]
struct Ranked {
    best: usize,
    score: f32,
    /// How much the second best is behind.
    margin: f32,
}

impl Ranked {
    fn certain(best: usize) -> Self {
        Self { best, score: MARGIN, margin: MARGIN }
    }
}

fn rank(view: &View, ranker: &Linear, features: &mut Vec<u32>) -> Option<Ranked> {
    let mut top: Option<Ranked> = None;
    let may_speak = |&candidate: &usize| {
        !view.is_reported(candidate)
            && !view.is_listener(candidate)
            && !view.is_channel(candidate)
            && !view.is_bystander(candidate)
            && !view.is_spoken_of(candidate)
            && !view.is_addressed(candidate)
            && !view.is_in_dateline(candidate)
            && !view.is_beside_writing(candidate)
    };
    if view.is_said_by_some() {
        return None;
    }
    for candidate in view.reach().filter(may_speak) {
        view.features(candidate, features);
        let score = ranker.score(features);
        match &mut top {
            Some(top) if score <= top.score => top.margin = top.margin.min(top.score - score),
            _ => {
                let margin = top.map_or(MARGIN, |top| (score - top.score).min(MARGIN));
                top = Some(Ranked { best: candidate, score, margin });
            }
        }
    }
    top
}

fn sigmoid(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

/// Expects that the last quote of `text` is said by who has this name.
#[cfg(test)]
#[track_caller]
fn check_last_speaker(text: &str, expect: Option<&str>) {
    assert_eq!(last_speaker(text).name.as_deref(), expect, "in {text:?}");
}

/// Expects that the last quote of `text`, which is in `language`, is said by who has this name, or by nobody known.
#[cfg(test)]
#[track_caller]
fn check_last_speaker_in(text: &str, language: &str, expect: Option<&str>) {
    let last = super::annotate(text, Some(language)).quotes.pop().expect("a quote");
    assert_eq!(last.speaker.and_then(|speaker| speaker.name).as_deref(), expect, "in {text:?}");
}

/// Who says the last quote of `text`.
#[cfg(test)]
#[track_caller]
fn last_speaker(text: &str) -> super::Speaker {
    super::annotate(text, Some("en")).quotes.pop().and_then(|quote| quote.speaker).expect("somebody speaks")
}

#[cfg(test)]
mod tests {
    use crate::extract::{QuoteKind, annotate};

    /// The direct and mixed quotes of `text`, each as "kind: words < printed = name".
    fn told(text: &str) -> Vec<String> {
        let found = annotate(text, Some("en"));
        let told = found.quotes.iter().filter(|quote| quote.kind != QuoteKind::Indirect).map(|quote| {
            let speaker = quote.speaker.as_ref();
            let printed = speaker.and_then(|speaker| speaker.span).map_or("?", |span| span.of(text));
            let name = speaker.and_then(|speaker| speaker.name.as_deref()).unwrap_or("?");
            format!("{}: {} < {printed} = {name}", quote.kind.as_str(), quote.words(text))
        });
        told.collect()
    }

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        assert_eq!(told(text), expect, "in {text:?}");
    }

    #[test]
    fn speakers_before_and_after_the_words() {
        check(
            "“The river is rising,” Robert Miller said on Monday.",
            &["direct: “The river is rising,” < Robert Miller = Robert Miller"],
        );
        check(
            "“The river is rising,” said Robert Miller.",
            &["direct: “The river is rising,” < Robert Miller = Robert Miller"],
        );
        check(
            "Robert Miller said: “The river is rising.”",
            &["direct: “The river is rising.” < Robert Miller = Robert Miller"],
        );
    }

    #[test]
    fn a_clause_breaks_a_quote_and_another_speaker_begins_one() {
        check(
            "“If it rains,” Robert Miller said, “we leave.”",
            &["direct: “If it rains,” “we leave.” < Robert Miller = Robert Miller"],
        );
        check(
            "“We leave,” said Robert Miller. “We stay,” said Mary Johnson.",
            &[
                "direct: “We leave,” < Robert Miller = Robert Miller",
                "direct: “We stay,” < Mary Johnson = Mary Johnson",
            ],
        );
    }

    #[test]
    fn pronouns_stand_for_the_name_of_their_gender() {
        check(
            "Mary Johnson met Robert Miller at the dam.\n\n“It will hold,” she said.",
            &["direct: “It will hold,” < she = Mary Johnson"],
        );
    }

    #[test]
    fn who_is_quoted_by_others_speaks() {
        check(
            "The Daily Post quoted Mary Johnson as saying, “The dam will hold.”",
            &["direct: “The dam will hold.” < Mary Johnson = Mary Johnson"],
        );
        check(
            "“The dam will hold,” Robert Miller quoted Mary Johnson as saying.",
            &["direct: “The dam will hold,” < Mary Johnson = Mary Johnson"],
        );
    }

    #[test]
    fn who_stands_behind_the_words_says_them_whoever_printed_them() {
        check(
            "“The dam will hold,” Robert Miller said at the council, according to the Daily Post.",
            &["direct: “The dam will hold,” < Robert Miller = Robert Miller"],
        );
        check(
            "Mary Johnson is a nurse.\n\n“The dam will hold,” she shared with the Daily Post.",
            &["direct: “The dam will hold,” < she = Mary Johnson"],
        );
    }

    #[test]
    fn who_is_told_something_does_not_say_it() {
        check(
            "Mary Johnson was told that she was “a liar” by her boss.",
            &["mixed: that she was “a liar” by her boss < her boss = ?"],
        );
    }

    #[test]
    fn in_the_passive_who_stands_near_says_nothing() {
        check(
            "The law was criticized as “a disgrace” in a rally against Robert Miller.",
            &["mixed: The law as “a disgrace” in a rally against Robert Miller < ? = ?"],
        );
    }

    #[test]
    fn neither_an_order_nor_a_part_of_somebody_speaks() {
        for (text, wrong) in [
            ("First, “Is wool the future of rope?” Possibly.", "First"),
            ("His head went up, his hands shaking, as if to say, “Did you see it fall?”", "his hands shaking"),
        ] {
            let found = super::super::annotate(text, Some("en"));
            let spans = found.quotes.iter().filter_map(|quote| quote.speaker.as_ref()?.span);
            assert!(spans.map(|span| span.of(text)).all(|printed| printed != wrong), "{text}");
        }
    }

    #[test]
    fn what_nobody_with_a_name_says_is_nobodys() {
        for text in [
            "Robert Miller’s friends cheered and held signs of Miller. Some chanted “Dam! Dam! Dam!”",
            "The man was freed by President Robert Miller after the rules were deemed “partly unlawful.”",
            "The fair is over, but little was so fine as what some referred to as “The Last Ferry” of Robert Miller.",
            "Harrow News, 3 May - In Kenya, “a mostly unseen flood” is under way.",
        ] {
            let found = annotate(text, Some("en"));
            let names = found.quotes.iter().filter_map(|quote| quote.speaker.as_ref()?.name.clone());
            assert_eq!(names.collect::<Vec<_>>(), [""; 0], "{text}");
        }
    }

    #[test]
    fn what_is_written_on_something_is_not_said_by_who_holds_it() {
        check(
            "Robert Miller spoke in front of a sign saying “Miller Out Now Or Never”.",
            &["direct: “Miller Out Now Or Never” < a sign = ?"],
        );
        check(
            "Robert Miller wore a shirt that read “Miller Is In Now Or Never”.",
            &["direct: “Miller Is In Now Or Never” < ? = ?"],
        );
    }

    #[test]
    fn who_is_told_it_does_not_say_it() {
        check(
            "Riham came. “The dam will hold,” Riham, told the Harrow Post.",
            &["direct: “The dam will hold,” < Riham = Riham"],
        );
        check(
            "“The dam will hold,” told Mary Johnson, the mayor, to the Harrow Post.",
            &["direct: “The dam will hold,” < Mary Johnson = Mary Johnson"],
        );
        super::check_last_speaker(
            "The plan was labelled “a recipe for chaos” by the leader, Robert Miller.",
            Some("Robert Miller"),
        );
    }

    #[test]
    fn figures_and_greetings_are_no_turns() {
        check("The votes:\n\nMary Johnson: 1,769.\n\nRobert Miller: 1,501.\n\nMary Johnson: 547.", &[]);
        check(
            "Robert Miller: 1984.\n\nMary Johnson: A good year for the dam.\n\nRobert Miller: Yes, it was.",
            &[
                "direct: 1984. < Robert Miller = Robert Miller",
                "direct: A good year for the dam. < Mary Johnson = Mary Johnson",
                "direct: Yes, it was. < Robert Miller = Robert Miller",
            ],
        );
        check(
            "DEAR MARY: My husband sits in front.\n\nDEAR SAD: He should not.\n\nDEAR MARY: He does.\n\nDEAR SAD: Leave.",
            &[],
        );
    }

    #[test]
    fn whom_the_words_speak_of_does_not_say_them() {
        let rower = "The Harrow Club worries about the mayor, who had answered at once.";
        let own = super::last_speaker(&format!("{rower} “If speed was the mark of the mayor’s answer, it is gone.”"));
        assert_ne!(own.role.as_deref(), Some("mayor"));
        let told =
            super::last_speaker(&format!("{rower} “The office of the mayor will answer again,” the mayor said."));
        assert_eq!(told.role.as_deref(), Some("mayor"));
    }

    #[test]
    fn terms_in_a_sentence_that_says_nothing_are_no_quotes() {
        check("The town’s “dam fund” ran dry, and Robert Miller went home.", &[]);
        check(
            "Robert Miller said the town’s “dam fund” ran dry.",
            &["mixed: the town’s “dam fund” ran dry < Robert Miller = Robert Miller"],
        );
    }

    #[test]
    fn a_few_words_beside_somebody_who_says_nothing_are_no_quote() {
        check("The dam is old.\n\nDavid Miller took over from his father Robert, founder of the “Harrow” brand.", &[]);
        check(
            "The dam is old.\n\nRobert Miller won the mill by no more than a gift for “haggling,” the town’s own way \
             of buying boats.",
            &[],
        );
    }

    #[test]
    fn credits_are_no_turns() {
        check("Producers: Mary Johnson, Robert Miller\n\nLabel: Harrow\n\nProducers: Anna Brown, David Johnson", &[]);
        let turn = |words: &str| format!("MARY JOHNSON: {words}\n\nROBERT MILLER: {words}\n\nMARY JOHNSON: {words}");
        for words in ["We will go to Paris", "Paris?!", "We were going to -"] {
            assert_eq!(super::super::annotate(&turn(words), Some("en")).quotes.len(), 3, "{words}");
        }
    }

    #[test]
    fn an_office_behind_the_words_says_them_whoever_printed_them() {
        check(
            "“The dam is important for us”, the foreign minister said, according to a statement by the ministry.",
            &["direct: “The dam is important for us” < the foreign minister = ?"],
        );
    }

    #[test]
    fn what_stands_in_brackets_says_nothing() {
        check(
            "Robert Miller (D-Newport News) said the dam was “weak.”",
            &["mixed: the dam was “weak.” < Robert Miller (D-Newport News) = Robert Miller"],
        );
        check(
            "Robert Miller [D-Newport News] said the dam was “weak.”",
            &["mixed: the dam was “weak.” < Robert Miller [D-Newport News] = Robert Miller"],
        );
    }

    #[test]
    fn the_head_of_a_phrase_speaks() {
        check(
            "“I doubt it will hold,” a spokesman for Miller Bank Ltd in Paris said.",
            &["direct: “I doubt it will hold,” < a spokesman for Miller Bank Ltd in Paris = ?"],
        );
    }

    #[test]
    fn transcripts_need_no_marks() {
        check(
            "From the hearing:\n\nSMITH: Did it hold?\n\nMILLER: It did.\n\nSMITH: Thank you.",
            &[
                "direct: Did it hold? < SMITH = SMITH",
                "direct: It did. < MILLER = MILLER",
                "direct: Thank you. < SMITH = SMITH",
            ],
        );
    }

    #[test]
    fn titles_are_nobodys_words() {
        check("Her novel, “The Keeper of the Lamps,” became a film.", &[]);
        check("The coffee club launched a card called “tongtong,” which can be downloaded.", &[]);
        let farmers = "A tax dubbed “cruel and very stupid” by farmers was passed.";
        assert_eq!(super::super::annotate(farmers, Some("en")).quotes.len(), 1);
        check("The fair opened on the theme: “Wool, the Pride of Harrow,” which it explores.", &[]);
        check(
            "Robert Miller returned to his theme: “We must build the dam.”",
            &["direct: “We must build the dam.” < Robert Miller = Robert Miller"],
        );
        check("The minister spoke at a symposium titled, “Owners on an Equal Footing,” she said.", &[]);
    }

    #[test]
    fn endless_texts_take_linear_time() {
        let pieces = [
            "the ",
            "said ",
            "“a” said ",
            "Smith said that he said ",
            "“Yes,” he said, ",
            "Mr. Smith, ",
            "a of the ",
            "said Smith, ",
        ];
        for piece in pieces {
            let text = piece.repeat(200_000 / piece.len());
            let begun = std::time::Instant::now();
            annotate(&text, Some("en"));
            // A guard against rules that do not come to an end; a machine under load takes 20 seconds for some.
            assert!(begun.elapsed().as_secs() < 120, "{piece:?} took {:?}", begun.elapsed());
        }
    }
}

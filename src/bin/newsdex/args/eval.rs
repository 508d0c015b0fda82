//! `newsdex eval`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::FormatArgs;

#[derive(Debug, Args)]
pub(crate) struct EvalArgs {
    /// Texts with the right answers, as JSON lines: {"id", "text", "attributions"} or {"id", "text", "entities"}
    ///
    /// An attribution has `content`, `source` and `cue`, lists of ranges [begin, end] in characters, and a `kind`:
    /// direct, mixed or indirect; where it is not known where the speaker stands, `source` is empty and `speaker` is a
    /// name. An entity has a `span` [begin, end] in UTF-8 bytes, and a `type`: person, organization,
    /// place or other.
    #[arg(value_name = "GOLD", value_hint = ValueHint::FilePath, required_unless_present = "ranking")]
    pub(crate) gold: Option<PathBuf>,

    /// Measure how well hits are ranked, on the test collection in FOLDER: docs.jsonl, queries.tsv and qrels.txt
    ///
    /// A line of docs.jsonl is {"id", "title", "text"}; of queries.tsv an identifier, a tab and a query; of qrels.txt, as
    /// TREC has it, query, 0, document and grade.
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath, conflicts_with_all = ["gold", "pred", "errors"])]
    pub(crate) ranking: Option<PathBuf>,

    /// Measure the answers in FILE, as `newsdex extract` prints them, instead of extracting them from the texts
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) pred: Option<PathBuf>,

    /// Write each mistake to FILE, as JSON lines
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) errors: Option<PathBuf>,

    /// How many threads extract [default: one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) threads: Option<u16>,

    #[command(flatten)]
    pub(crate) format: FormatArgs,
}

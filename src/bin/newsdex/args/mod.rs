//! All flags and their help: those of every command here, those of one beside it.

mod actors;
mod eval;
mod extract;
mod filters;
mod index;
mod inspect;
mod output;
mod quotes;
mod search;
mod show;
mod verify;

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum, ValueHint};

pub(crate) use actors::{ActorArgs, ActorsArgs};
pub(crate) use eval::EvalArgs;
pub(crate) use extract::ExtractArgs;
pub(crate) use filters::{FilterArgs, Order};
pub(crate) use index::IndexArgs;
pub(crate) use inspect::InspectArgs;
pub(crate) use output::{ExportArgs, ExportFormat, Format, FormatArgs, PageArgs};
pub(crate) use quotes::{Class, GroupBy, QuotesArgs};
pub(crate) use search::{Counted, SearchArgs};
pub(crate) use show::ShowArgs;
pub(crate) use verify::VerifyArgs;

const EXIT_STATUS: &str = "Exit status: 0 where something was found, 1 where nothing was, 2 on errors.";

/// Index a folder of news articles; search it by phrase, actor and attributed quote.
#[derive(Debug, Parser)]
#[command(name = "newsdex", version, after_help = EXIT_STATUS, max_term_width = 100, propagate_version = true)]
pub(crate) struct Cli {
    /// Folder of the index
    #[arg(long, global = true, value_name = "DIR", env = "NEWSDEX_INDEX", default_value = "index", value_hint = ValueHint::DirPath)]
    pub(crate) index: PathBuf,

    /// File that says which names are one actor [default: actors.toml in the index folder, if there]
    ///
    /// It merges, splits, renames and hides actors; `docs/actors.md` describes it. Nothing in the index changes.
    #[arg(long, global = true, value_name = "FILE", env = "NEWSDEX_ACTORS", value_hint = ValueHint::FilePath)]
    pub(crate) actors: Option<PathBuf>,

    /// When to use colour
    ///
    /// `auto` colours on a terminal, unless the environment variable `NO_COLOR` is set.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,

    /// Language of queries
    ///
    /// `nexis` reads the operators of Lexis/Nexis, and in its order: OR first, then W/n, PRE/n, W/S, W/P, AND, AND NOT.
    /// `docs/query-syntax.md` describes both.
    #[arg(long, global = true, value_name = "LANGUAGE", default_value = "newsdex")]
    pub(crate) dialect: Dialect,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Language of queries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Dialect {
    /// newsdex's own
    #[default]
    Newsdex,
    /// That of Lexis/Nexis
    Nexis,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal
    Auto,
    /// Even in a pipe
    Always,
    /// Not at all
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Index folders of articles; a second run takes up what changed
    Index(IndexArgs),
    /// Find articles
    Search(SearchArgs),
    /// List quotes: who said what
    Quotes(QuotesArgs),
    /// List the people, organizations and places in the news
    Actors(ActorsArgs),
    /// Tell of one actor: names, roles, timeline, company, quotes
    Actor(ActorArgs),
    /// Print an article with its fields, names and quotes
    Show(ShowArgs),
    /// Say what the index holds
    Status(FormatArgs),
    /// Print what is read from articles as JSON lines, without an index
    Extract(ExtractArgs),
    /// Tell how a file is read: its format, each field with its evidence, what was rejected and why
    Inspect(InspectArgs),
    /// Prove that every quote of the index still stands in its file, character for character
    Verify(VerifyArgs),
    /// Measure quotes and speakers, or names, on texts of which the right answers are known
    Eval(EvalArgs),
    /// Print a completion script for a shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
}

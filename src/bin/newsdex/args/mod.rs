//! All flags and their help: those of every command here, those of one beside it.

mod actors;
mod eval;
mod extract;
mod facets;
mod filters;
mod index;
mod inspect;
mod kwic;
mod output;
mod quotes;
mod saved;
mod search;
mod show;
mod verify;

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum, ValueHint};

pub(crate) use actors::{ActorArgs, ActorsArgs};
pub(crate) use eval::EvalArgs;
pub(crate) use extract::ExtractArgs;
pub(crate) use facets::{FacetsArgs, TimelineArgs};
pub(crate) use filters::{FilterArgs, Order};
pub(crate) use index::IndexArgs;
pub(crate) use inspect::InspectArgs;
pub(crate) use kwic::{KwicArgs, SimilarArgs, TermsArgs};
pub(crate) use output::{ExportArgs, ExportFormat, Format, FormatArgs, PageArgs, TableFormat};
pub(crate) use quotes::{Class, GroupBy, QuotesArgs};
pub(crate) use saved::{AlertsArgs, SaveArgs, SavedArgs};
pub(crate) use search::{Counted, SearchArgs};
pub(crate) use show::ShowArgs;
pub(crate) use verify::VerifyArgs;

const EXIT_STATUS: &str = "Exit status: 0 where something was found, 1 where nothing was, 2 on errors.";

/// Index a folder of news articles; search it by phrase, actor and attributed quote.
#[derive(Debug, Parser)]
#[command(name = "newsdex", version, after_help = EXIT_STATUS, max_term_width = 100, propagate_version = true, disable_help_subcommand = true)]
pub(crate) struct Cli {
    /// Folder of the index
    #[arg(long, global = true, value_name = "DIR", env = "NEWSDEX_INDEX", default_value = "index", value_hint = ValueHint::DirPath)]
    pub(crate) index: PathBuf,

    /// File that says which names are one actor [default: actors.toml in the index folder, if there]
    ///
    /// It merges, splits, renames and hides actors; `docs/actors.md` describes it. Nothing in the index changes.
    #[arg(long, global = true, value_name = "FILE", env = "NEWSDEX_ACTORS", value_hint = ValueHint::FilePath)]
    pub(crate) actors: Option<PathBuf>,

    /// File that says which names and sites are one outlet [default: outlets.toml in the index folder, if there]
    ///
    /// `docs/outlets.md` describes it. Nothing in the index changes.
    #[arg(long, global = true, value_name = "FILE", env = "NEWSDEX_OUTLETS", value_hint = ValueHint::FilePath)]
    pub(crate) outlets: Option<PathBuf>,

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

    /// When to make paths links to their files
    ///
    /// `auto` does so on terminals that are known to understand it. Links need colour.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) hyperlinks: Color,

    /// Print listings at once, not through a pager
    ///
    /// On a terminal, listings go through `$NEWSDEX_PAGER`, `$PAGER` or `less`.
    #[arg(long, global = true)]
    pub(crate) no_pager: bool,

    /// Leave the configuration file unread
    ///
    /// It stands at ~/.config/newsdex/config.toml or where `$NEWSDEX_CONFIG` says; docs/config.md describes it.
    #[arg(long, global = true)]
    pub(crate) no_config: bool,

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

/// When to use colour, or links.
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
    /// Count the articles that match by outlet, person, month and more
    Facets(FacetsArgs),
    /// Count the articles that match over time
    Timeline(TimelineArgs),
    /// List every match in its context, one below the other
    Kwic(KwicArgs),
    /// List what is said unusually often in the articles that match
    Terms(TermsArgs),
    /// Find articles like one
    Similar(SimilarArgs),
    /// Save a search under a name
    Save(SaveArgs),
    /// List the saved searches
    Saved(SavedArgs),
    /// Tell what the saved searches find that they have not told before
    Alerts(AlertsArgs),
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
    /// Print the help of a command, or of the query language: `newsdex help query`
    Help {
        /// A command, or `query`
        topic: Vec<String>,
    },
    /// Print the manual page, or write one for each command into a folder
    Man {
        /// Folder to write into
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        folder: Option<PathBuf>,
    },
    /// Print a completion script for a shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
}

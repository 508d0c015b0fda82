//! `newsdex kwic`, `newsdex terms` and `newsdex similar`.

use clap::{Args, ValueEnum};
use newsdex::search::ConcordanceSort;

use super::{ExportArgs, FilterArgs, Order, TableFormat};

#[derive(Debug, Args)]
pub(crate) struct KwicArgs {
    /// What to look for, as in `newsdex search`
    #[arg(required = true)]
    pub(crate) query: Vec<String>,

    #[command(flatten)]
    pub(crate) filters: FilterArgs,

    /// Order of the lines
    #[arg(long, value_name = "ORDER", default_value = "date")]
    pub(crate) sort: KwicOrder,

    /// Columns of a line [default: those of the terminal]
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(30..=2000))]
    pub(crate) width: Option<u16>,

    /// How many lines to list; 0 for all
    #[arg(short = 'n', long, value_name = "N", default_value_t = 25)]
    pub(crate) limit: usize,

    /// How many to pass over first
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: usize,

    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: TableFormat,
}

/// The order of a concordance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum KwicOrder {
    /// Oldest first
    Date,
    /// By the words before the match, the nearest first
    Left,
    /// By the match and the words after it
    Right,
}

impl From<KwicOrder> for ConcordanceSort {
    fn from(order: KwicOrder) -> Self {
        match order {
            KwicOrder::Date => Self::Date,
            KwicOrder::Left => Self::Left,
            KwicOrder::Right => Self::Right,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct TermsArgs {
    /// What to look for, as in `newsdex search`
    #[arg(required_unless_present_any = ["outlet", "from", "to", "person", "org", "place", "actor"])]
    pub(crate) query: Vec<String>,

    #[command(flatten)]
    pub(crate) filters: FilterArgs,

    /// Only words at most N words away from a match of the query: its collocates
    #[arg(long, value_name = "N", requires = "query", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub(crate) near: Option<u16>,

    /// How many words, phrases and actors to list; 0 for all
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,

    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: TableFormat,
}

#[derive(Debug, Args)]
pub(crate) struct SimilarArgs {
    /// Path of the article or the end of it, or the beginning of its identifier
    pub(crate) article: String,

    #[command(flatten)]
    pub(crate) filters: FilterArgs,

    /// Order of the articles
    #[arg(long, value_name = "ORDER", default_value = "relevance", allow_hyphen_values = true)]
    pub(crate) sort: Order,

    /// List every article, not only the first of those that tell the same story
    #[arg(long)]
    pub(crate) all_copies: bool,

    /// Let newer articles count more
    #[arg(long)]
    pub(crate) recent: bool,

    #[command(flatten)]
    pub(crate) page: ExportArgs,
}

//! `newsdex search`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};
use newsdex::search::FacetField;

use super::facets::facet_field;
use super::{ExportArgs, FilterArgs, Order};

#[derive(Debug, Args)]
pub(crate) struct SearchArgs {
    /// What to look for: words, "phrases", AND, OR, NOT, (brackets), field:value
    ///
    /// Words are joined by AND. `docs/query-syntax.md` has every field with an example.
    #[arg(required_unless_present_any = ["queries", "facet", "outlet", "from", "to", "person", "org", "place", "actor"])]
    pub(crate) query: Vec<String>,

    #[command(flatten)]
    pub(crate) filters: FilterArgs,

    /// Answer each query of FILE, one a line, in one run
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["query", "facet", "explain"])]
    pub(crate) queries: Option<PathBuf>,

    /// Count the hits by this field instead of listing them
    #[arg(long, value_name = "FIELD", value_parser = facet_field())]
    pub(crate) facet: Option<FacetField>,

    /// What --facet counts: articles, or stories, of which copies and edited versions make one
    #[arg(long, value_name = "WHAT", default_value = "articles", requires = "facet")]
    pub(crate) count: Counted,

    /// List every article, also those that tell the same story as an earlier one
    #[arg(long)]
    pub(crate) all_copies: bool,

    /// Say what the query means, part by part, and how much each finds, instead of listing hits
    #[arg(long, conflicts_with = "facet")]
    pub(crate) explain: bool,

    /// Show so many sentences before and behind the best match
    #[arg(long, value_name = "N")]
    pub(crate) context: Option<usize>,

    /// Order of the hits
    #[arg(long, value_name = "ORDER", default_value = "relevance", allow_hyphen_values = true)]
    pub(crate) sort: Order,

    /// Let newer articles count more in the order by relevance
    #[arg(long)]
    pub(crate) recent: bool,

    #[command(flatten)]
    pub(crate) page: ExportArgs,
}

/// What facets count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Counted {
    Articles,
    Stories,
}

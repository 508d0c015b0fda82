//! `newsdex search`.

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, ValueEnum};
use newsdex::search::FacetField;

use super::{ExportArgs, FilterArgs, Order};

#[derive(Debug, Args)]
pub(crate) struct SearchArgs {
    /// What to look for: words, "phrases", AND, OR, NOT, (brackets), field:value
    ///
    /// Words are joined by AND. `docs/query-syntax.md` has every field with an example.
    #[arg(required_unless_present_any = ["facet", "outlet", "from", "to", "person", "org", "place", "actor"])]
    pub(crate) query: Vec<String>,

    #[command(flatten)]
    pub(crate) filters: FilterArgs,

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
    #[arg(long, value_name = "ORDER", default_value = "relevance")]
    pub(crate) sort: Order,

    #[command(flatten)]
    pub(crate) page: ExportArgs,
}

/// What facets count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Counted {
    Articles,
    Stories,
}

/// Reads the name of a field that hits can be counted by.
fn facet_field() -> impl clap::builder::TypedValueParser<Value = FacetField> {
    let named = |name: String| FacetField::ALL.into_iter().find(|field| field.as_str() == name);
    PossibleValuesParser::new(FacetField::ALL.map(FacetField::as_str))
        .try_map(move |name| named(name).ok_or("no such field"))
}

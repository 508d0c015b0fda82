//! `newsdex facets` and `newsdex timeline`.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueHint};
use newsdex::search::{FacetField, Period};

use super::{Counted, FilterArgs, TableFormat};

#[derive(Debug, Args)]
pub(crate) struct FacetsArgs {
    /// What to look for, as in `newsdex search`; all articles where it is left out
    pub(crate) query: Vec<String>,

    /// Fields to count by
    #[arg(long, value_name = "FIELD", value_delimiter = ',', default_value = "outlet,person,organization,place,speaker,month", value_parser = facet_field())]
    pub(crate) by: Vec<FacetField>,

    /// Only values with a word that begins so
    #[arg(long, value_name = "PREFIX")]
    pub(crate) value: Option<String>,

    /// Set the counts against the words printed: articles in every million words of all articles with the value
    #[arg(long)]
    pub(crate) per_million: bool,

    /// Count articles, or the stories that they tell
    #[arg(long, value_name = "WHAT", default_value = "articles", conflicts_with = "per_million")]
    pub(crate) count: Counted,

    /// How many values of each field to list, but of days, months and years all; 0 for all
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,

    #[command(flatten)]
    pub(crate) filters: FilterArgs,

    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: TableFormat,
}

#[derive(Debug, Args)]
pub(crate) struct TimelineArgs {
    /// What to look for, as in `newsdex search`; all articles where it is left out
    pub(crate) query: Vec<String>,

    /// How long a period is
    #[arg(long, value_name = "PERIOD", default_value = "month", value_parser = period())]
    pub(crate) by: Period,

    /// A row for each of the outlets, speakers or others with most articles
    #[arg(long, value_name = "FIELD", value_parser = facet_field())]
    pub(crate) split: Option<FacetField>,

    /// How many of them
    #[arg(short = 'n', long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub(crate) limit: u16,

    /// A second query to set beside the first; may be given several times
    #[arg(long, value_name = "QUERY", conflicts_with = "split")]
    pub(crate) versus: Vec<String>,

    /// Set the counts against the words printed: articles in every million words of all articles of the period
    #[arg(long)]
    pub(crate) per_million: bool,

    /// Draw the timeline into FILE, as SVG
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) svg: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) filters: FilterArgs,

    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: TableFormat,
}

/// Reads the name of a field that hits can be counted by.
pub(super) fn facet_field() -> impl TypedValueParser<Value = FacetField> {
    let named = |name: String| FacetField::ALL.into_iter().find(|field| field.as_str() == name);
    PossibleValuesParser::new(FacetField::ALL.map(FacetField::as_str))
        .try_map(move |name| named(name).ok_or("no such field"))
}

/// Reads the name of a length of time.
fn period() -> impl TypedValueParser<Value = Period> {
    let named = |name: String| Period::ALL.into_iter().find(|period| period.as_str() == name);
    PossibleValuesParser::new(Period::ALL.map(Period::as_str)).try_map(move |name| named(name).ok_or("no such period"))
}

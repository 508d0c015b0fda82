//! `newsdex save`, `newsdex saved` and `newsdex alerts`.

use clap::Args;

use super::{FilterArgs, Format, FormatArgs};

#[derive(Debug, Args)]
pub(crate) struct SaveArgs {
    /// Name to save the search under: letters, digits, `-` and `_`
    pub(crate) name: String,

    /// What to look for, as in `newsdex search`
    pub(crate) query: Vec<String>,

    /// Look for quotes, as `newsdex quotes` does
    #[arg(long)]
    pub(crate) quotes: bool,

    /// Only quotes of this speaker
    #[arg(long, value_name = "SPEAKER", requires = "quotes")]
    pub(crate) by: Vec<String>,

    /// Only quotes said to this addressee
    #[arg(long, value_name = "NAME", requires = "quotes")]
    pub(crate) addressee: Vec<String>,

    /// Only quotes that name this actor
    #[arg(long, value_name = "ACTOR", requires = "quotes")]
    pub(crate) about: Vec<String>,

    #[command(flatten)]
    pub(crate) filters: FilterArgs,
}

#[derive(Debug, Args)]
pub(crate) struct SavedArgs {
    /// Take the search of this name out
    #[arg(long, value_name = "NAME")]
    pub(crate) remove: Option<String>,

    #[command(flatten)]
    pub(crate) output: FormatArgs,
}

#[derive(Debug, Args)]
pub(crate) struct AlertsArgs {
    /// Only the searches of these names
    pub(crate) name: Vec<String>,

    /// Tell the same again next time
    #[arg(long)]
    pub(crate) peek: bool,

    /// Most articles or quotes to tell of a search, the others next time; 0 for all
    #[arg(short = 'n', long, value_name = "N", default_value_t = 0)]
    pub(crate) limit: usize,

    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,
}

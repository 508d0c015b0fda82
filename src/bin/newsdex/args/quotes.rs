//! `newsdex quotes`.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, ValueEnum, ValueHint};
use newsdex::extract::QuoteKind;

use super::{ExportArgs, FilterArgs, Order};

#[derive(Debug, Args)]
pub(crate) struct QuotesArgs {
    /// Words that the quote must hold, as in `newsdex search`
    pub(crate) query: Vec<String>,

    /// Say what the query means, part by part, and how much each finds, instead of listing quotes
    #[arg(long)]
    pub(crate) explain: bool,

    /// Answer each query of FILE, one a line, in one run
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["query", "group_by", "explain"])]
    pub(crate) queries: Option<PathBuf>,

    /// Only what this speaker said; any of the speaker's names will do
    #[arg(long, value_name = "SPEAKER")]
    pub(crate) by: Vec<String>,

    /// Only what is said to this addressee, as in "told Reuters" or "in a letter to the council"; `--to NAME` is the same
    #[arg(long, value_name = "NAME")]
    pub(crate) addressee: Vec<String>,

    /// Only quotes that name this actor
    #[arg(long, value_name = "ACTOR")]
    pub(crate) about: Vec<String>,

    /// How the words are given: direct and mixed (reported speech with a part in quotation marks) unless this or the
    /// query (`kind:`) asks otherwise
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = quote_kind())]
    pub(crate) kind: Vec<QuoteKind>,

    /// True where the configuration file gives the kinds, which `kind:` in a query goes before.
    #[arg(skip)]
    pub(crate) usual_kinds: bool,

    /// Only quotes of this class of speaker
    #[arg(long, value_name = "CLASS", value_delimiter = ',')]
    pub(crate) class: Vec<Class>,

    /// Only quotes at least this sure, from 0 to 1
    #[arg(long, value_name = "SHARE", default_value_t = 0.0, value_parser = share)]
    pub(crate) min_confidence: f32,

    /// Only quotes of at least so many words (`length:` in the query is on their articles)
    #[arg(long, value_name = "N")]
    pub(crate) min_words: Option<usize>,

    /// Only quotes of at most so many words
    #[arg(long, value_name = "N")]
    pub(crate) max_words: Option<usize>,

    /// List every copy of the same words, not one group of them, and every version of an article
    #[arg(long)]
    pub(crate) all_copies: bool,

    /// Put the quotes below their speaker, outlet or month: at most 3 below each
    ///
    /// Those with most quotes come first, months in order (`--sort date`: the newest first), and last the quotes of which it is
    /// not known. `--limit` and
    /// `--offset` count groups; `--limit 0` gives every quote of every group, but for people (`--format text`) 3 of each.
    #[arg(long, value_name = "FIELD")]
    pub(crate) group_by: Option<GroupBy>,

    #[command(flatten)]
    pub(crate) filters: FilterArgs,

    /// Order of the quotes; one with copies stands where the first of them in that order would
    #[arg(long, value_name = "ORDER", default_value = "relevance", allow_hyphen_values = true)]
    pub(crate) sort: Order,

    #[command(flatten)]
    pub(crate) page: ExportArgs,
}

/// What quotes can be put below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum GroupBy {
    Speaker,
    Outlet,
    Month,
}

/// Class of a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Class {
    /// A person with a name
    Named,
    /// One person without a name ("an official")
    Unnamed,
    /// Several ("residents")
    Group,
    /// A company, ministry, party
    Organization,
    /// A report, a statement, a law
    Document,
    /// Whoever is asked and does not answer ("declined to comment"); listed only when asked for
    Declined,
    /// The text does not tell
    Unknown,
}

/// Reads the kind of a quote.
fn quote_kind() -> impl clap::builder::TypedValueParser<Value = QuoteKind> {
    let kinds = [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect];
    let named = move |name: String| kinds.into_iter().find(|kind| kind.as_str() == name);
    PossibleValuesParser::new(kinds.map(QuoteKind::as_str)).try_map(move |name| named(name).ok_or("no such kind"))
}

/// Reads a number from 0 to 1.
fn share(text: &str) -> Result<f32, String> {
    text.parse().ok().filter(|share| (0.0..=1.0).contains(share)).ok_or_else(|| "not a number from 0 to 1".into())
}

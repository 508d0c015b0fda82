//! All flags and their help.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use newsdex::extract::{EntityKind, QuoteKind};
use newsdex::search::FacetField;

const EXIT_STATUS: &str = "Exit status: 0 where something was found, 1 where nothing was, 2 on errors.";

const VERIFY_STATUS: &str = "Exit status: 0 where all quotes stand, 1 where one does not, 2 on errors.";

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

    #[command(subcommand)]
    pub(crate) command: Command,
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

/// How listings are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Text,
    /// One JSON object a line; docs/json.md describes each field
    Json,
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

#[derive(Debug, Args)]
pub(crate) struct IndexArgs {
    /// Folders or files to index
    #[arg(required = true, value_name = "FOLDER", value_hint = ValueHint::AnyPath)]
    pub(crate) folders: Vec<PathBuf>,

    /// Write what became of each file to FILE, as JSON lines
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) report: Option<PathBuf>,

    /// How many threads read articles [default: one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) threads: Option<u16>,

    /// Most seconds between two commits: what a power cut can cost
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    pub(crate) commit_every: u64,

    /// Print nothing but errors
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// What narrows a listing down.
#[derive(Debug, Args)]
#[command(next_help_heading = "Filters")]
pub(crate) struct FilterArgs {
    /// Only articles of this outlet; several are alternatives
    #[arg(long, value_name = "NAME")]
    pub(crate) outlet: Vec<String>,

    /// Only articles of this day or later: 2025-10-12, 2025-10 or 2025
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<String>,

    /// Only articles of this day or earlier; a month or year counts whole
    #[arg(long, value_name = "DATE")]
    pub(crate) to: Option<String>,

    /// Only articles that name this person
    #[arg(long, value_name = "NAME")]
    pub(crate) person: Vec<String>,

    /// Only articles that name this organization
    #[arg(long, value_name = "NAME", alias = "organization")]
    pub(crate) org: Vec<String>,

    /// Only articles that name this place, or are datelined there
    #[arg(long, value_name = "NAME")]
    pub(crate) place: Vec<String>,

    /// Only articles that name this person, organization, place or other thing
    #[arg(long, value_name = "NAME")]
    pub(crate) actor: Vec<String>,
}

/// Which part of a listing, and how it is printed.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct PageArgs {
    /// How many to list
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,

    /// How many to pass over first
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: usize,

    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,
}

/// Which part of a listing, and in which of the formats that other programs read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct ExportArgs {
    /// How many to list; 0 for all
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,

    /// How many to pass over first
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: usize,

    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: ExportFormat,
}

/// How hits are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// For people
    #[default]
    Text,
    /// One JSON object a line; docs/json.md describes each field
    Json,
    /// For spreadsheets; docs/export.md describes each column
    Csv,
    /// For notes
    Markdown,
}

/// The order of a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Order {
    /// Best match first
    Relevance,
    /// Newest first
    #[value(alias = "-date")]
    Date,
    /// Oldest first
    Oldest,
    /// Quotes nearest to the top of their article first
    Prominence,
}

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

    /// Order of the hits
    #[arg(long, value_name = "ORDER", default_value = "relevance")]
    pub(crate) sort: Order,

    #[command(flatten)]
    pub(crate) page: ExportArgs,
}

/// Reads the name of a field that hits can be counted by.
fn facet_field() -> impl clap::builder::TypedValueParser<Value = FacetField> {
    let named = |name: String| FacetField::ALL.into_iter().find(|field| field.as_str() == name);
    PossibleValuesParser::new(FacetField::ALL.map(FacetField::as_str))
        .try_map(move |name| named(name).ok_or("no such field"))
}

#[derive(Debug, Args)]
pub(crate) struct QuotesArgs {
    /// Words that the quote must hold, as in `newsdex search`
    pub(crate) query: Vec<String>,

    /// Only what this speaker said; any of the speaker's names will do
    #[arg(long, value_name = "SPEAKER")]
    pub(crate) by: Vec<String>,

    /// Only quotes that name this actor
    #[arg(long, value_name = "ACTOR")]
    pub(crate) about: Vec<String>,

    /// How the words are given: direct and mixed (reported speech with a part in quotation marks) unless asked otherwise
    #[arg(long, value_name = "KIND", value_delimiter = ',', default_value = "direct,mixed", value_parser = quote_kind())]
    pub(crate) kind: Vec<QuoteKind>,

    /// Only quotes of this class of speaker
    #[arg(long, value_name = "CLASS", value_delimiter = ',')]
    pub(crate) class: Vec<Class>,

    /// Only quotes at least this sure, from 0 to 1
    #[arg(long, value_name = "SHARE", default_value_t = 0.0, value_parser = share)]
    pub(crate) min_confidence: f32,

    /// Only quotes of at least so many words
    #[arg(long, value_name = "N")]
    pub(crate) min_words: Option<usize>,

    /// Only quotes of at most so many words
    #[arg(long, value_name = "N")]
    pub(crate) max_words: Option<usize>,

    /// List every copy of the same words, not one group of them
    #[arg(long)]
    pub(crate) all_copies: bool,

    /// Put the quotes below their speaker, outlet or month, those with most quotes first
    #[arg(long, value_name = "FIELD")]
    pub(crate) group_by: Option<GroupBy>,

    #[command(flatten)]
    pub(crate) filters: FilterArgs,

    /// Order of the quotes
    #[arg(long, value_name = "ORDER", default_value = "relevance")]
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

#[derive(Debug, Args)]
pub(crate) struct ActorsArgs {
    /// Only actors with a name that has a word beginning so
    pub(crate) prefix: Vec<String>,

    /// Only actors of this kind
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<Kind>,

    #[command(flatten)]
    pub(crate) page: PageArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ActorArgs {
    /// Any name of the actor
    #[arg(required = true)]
    pub(crate) name: Vec<String>,

    /// Only an actor of this kind
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<Kind>,

    /// Most quotes by the actor, and as many about it
    #[arg(short = 'n', long, value_name = "N", default_value_t = 3)]
    pub(crate) limit: usize,

    #[command(flatten)]
    pub(crate) format: FormatArgs,
}

/// Kind of an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    Person,
    #[value(alias = "org")]
    Organization,
    Place,
    Other,
}

#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// Path of the article or the end of it, or the beginning of its identifier
    pub(crate) article: String,

    /// Say for each quote why it has its speaker
    #[arg(long)]
    pub(crate) explain: bool,

    #[command(flatten)]
    pub(crate) format: FormatArgs,
}

#[derive(Debug, Args)]
pub(crate) struct FormatArgs {
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct ExtractArgs {
    /// Files or folders to read
    #[arg(required_unless_present = "stdin", value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,

    /// Read JSON lines {"id", "text"} from standard input; a line that is not one gives an error line in its place
    #[arg(long, conflicts_with = "paths")]
    pub(crate) stdin: bool,

    /// How many threads read articles [default: one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) threads: Option<u16>,
}

#[derive(Debug, Args)]
#[command(after_help = VERIFY_STATUS)]
pub(crate) struct VerifyArgs {
    /// How many threads read files [default: one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) threads: Option<u16>,

    #[command(flatten)]
    pub(crate) format: FormatArgs,
}

#[derive(Debug, Args)]
pub(crate) struct EvalArgs {
    /// Texts with the right answers, as JSON lines: {"id", "text", "attributions"} or {"id", "text", "entities"}
    ///
    /// An attribution has `content`, `source` and `cue`, lists of ranges [begin, end] in characters, and a `kind`:
    /// direct, mixed or indirect. An entity has a `span` [begin, end] in UTF-8 bytes, and a `type`: person, organization,
    /// place or other.
    #[arg(value_name = "GOLD", value_hint = ValueHint::FilePath)]
    pub(crate) gold: PathBuf,

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

impl From<Kind> for EntityKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Person => Self::Person,
            Kind::Organization => Self::Organization,
            Kind::Place => Self::Place,
            Kind::Other => Self::Other,
        }
    }
}

//! All flags and their help.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use newsdex::extract::EntityKind;
use newsdex::search::FacetField;

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
    pub(crate) page: PageArgs,
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

    #[command(flatten)]
    pub(crate) filters: FilterArgs,

    /// Order of the quotes
    #[arg(long, value_name = "ORDER", default_value = "relevance")]
    pub(crate) sort: Order,

    #[command(flatten)]
    pub(crate) page: PageArgs,
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
    /// Identifier or path of the article, or an unambiguous part of either
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

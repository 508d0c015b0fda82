//! What is looked for, as a tree.

use std::fmt;

use super::DateRange;

/// A condition that an article or a quote meets or does not.
///
/// Printing gives a text that [`parse`](Query::parse) reads back as the same tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Query {
    /// Everything.
    #[default]
    All,
    /// A word, in any form with the same stem. What the index holds as several words ("co-operation") is found where
    /// they stand in this order.
    Word(String),
    /// Any word that begins so.
    Prefix(String),
    /// These words in this order, as written but for capitals and accents.
    Phrase(String),
    /// Days of publication; only inside [`Field::Date`].
    Dates(DateRange),
    /// A condition on one field; holds words, phrases and their combinations, no other field.
    Field(Field, Box<Query>),
    /// The opposite.
    Not(Box<Query>),
    /// All of these, at least two.
    And(Vec<Query>),
    /// Any of these, at least two.
    Or(Vec<Query>),
}

/// A field that a query can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// Outlet.
    Outlet,
    /// News agency.
    Wire,
    /// Day of publication.
    Date,
    /// Place in the dateline or the text.
    Place,
    /// Person named.
    Person,
    /// Organization named.
    Organization,
    /// Anything named.
    Actor,
    /// Author.
    Byline,
    /// Headline.
    Headline,
    /// Running text.
    Body,
    /// Language, as an ISO 639-1 code.
    Language,
    /// Words of the article's path.
    Path,
    /// Who is quoted.
    Speaker,
    /// Words that are quoted.
    Said,
    /// Who is named in quoted words.
    About,
    /// Kind of a quote.
    Kind,
}

impl Field {
    /// All, in the order of help texts.
    pub const ALL: [Self; 16] = [
        Self::Outlet,
        Self::Wire,
        Self::Date,
        Self::Place,
        Self::Person,
        Self::Organization,
        Self::Actor,
        Self::Byline,
        Self::Headline,
        Self::Body,
        Self::Language,
        Self::Path,
        Self::Speaker,
        Self::Said,
        Self::About,
        Self::Kind,
    ];

    /// The name that queries use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Outlet => "outlet",
            Self::Wire => "wire",
            Self::Date => "date",
            Self::Place => "place",
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Actor => "actor",
            Self::Byline => "byline",
            Self::Headline => "headline",
            Self::Body => "body",
            Self::Language => "language",
            Self::Path => "path",
            Self::Speaker => "speaker",
            Self::Said => "said",
            Self::About => "about",
            Self::Kind => "kind",
        }
    }

    /// The field of that name, in whatever case, or of a short form of it.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            "org" => Some(Self::Organization),
            "lang" => Some(Self::Language),
            _ => Self::ALL.into_iter().find(|field| field.as_str() == name),
        }
    }

    /// True for the fields that a quote has of its own, so that several of them can hold in one quote.
    pub const fn is_of_quote(self) -> bool {
        matches!(self, Self::Speaker | Self::Said | Self::About | Self::Kind)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => Ok(()),
            Self::Word(word) => f.write_str(word),
            Self::Prefix(prefix) => write!(f, "{prefix}*"),
            Self::Phrase(phrase) => write_phrase(f, phrase),
            Self::Dates(range) => write!(f, "{range}"),
            Self::Field(field, inner) => {
                write!(f, "{field}:")?;
                inner.write_below(f, Level::Atom)
            }
            Self::Not(inner) => {
                f.write_str("NOT ")?;
                inner.write_below(f, Level::Not)
            }
            Self::And(parts) => write_list(f, parts, " AND ", Level::Not),
            Self::Or(parts) => write_list(f, parts, " OR ", Level::And),
        }
    }
}

/// How tightly an operator holds its parts together, loosest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Or,
    And,
    Not,
    Atom,
}

impl Query {
    const fn level(&self) -> Level {
        match self {
            Self::Or(_) => Level::Or,
            Self::And(_) => Level::And,
            Self::Not(_) => Level::Not,
            _ => Level::Atom,
        }
    }

    /// Writes this as a part of an operator that needs `level` at least, with brackets where it is looser.
    fn write_below(&self, f: &mut fmt::Formatter<'_>, level: Level) -> fmt::Result {
        if self.level() < level { write!(f, "({self})") } else { write!(f, "{self}") }
    }
}

fn write_list(f: &mut fmt::Formatter<'_>, parts: &[Query], operator: &str, level: Level) -> fmt::Result {
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            f.write_str(operator)?;
        }
        part.write_below(f, level)?;
    }
    Ok(())
}

fn write_phrase(f: &mut fmt::Formatter<'_>, phrase: &str) -> fmt::Result {
    f.write_str("\"")?;
    for c in phrase.chars() {
        if c == '\\' || super::lexer::is_quotation_mark(c) {
            f.write_str("\\")?;
        }
        write!(f, "{c}")?;
    }
    f.write_str("\"")
}

//! What is looked for, as a tree.

use std::fmt;

use super::lexer::is_quotation_mark;
use super::{DateRange, LengthRange};

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
    /// A word in this form alone, but for capitals and accents.
    Exact(String),
    /// Words of this pattern: `*` stands for any letters or none, `?` for one.
    Wildcard(String),
    /// Words that this one becomes by so many changes at most, 1 or 2: a letter more, less or other, or two that stand
    /// next to each other exchanged.
    Fuzzy(String, u8),
    /// Words, in small letters and without accents, that this regular expression matches from end to end.
    Regex(String),
    /// These words in this order, as written but for capitals and accents.
    Phrase(String),
    /// This full name, as articles spell it, and no other that has its words; only inside the fields of actors. It is
    /// what another name comes to by the actor whose name both are; printed it is a phrase, and no text is read as it.
    Name(String),
    /// Words in this order, with as many other words between them as the number says, all gaps together. Holds words
    /// as written, patterns, and [`All`](Self::All) for any one word.
    Run(Vec<Query>, u32),
    /// Two matches as the link says.
    Linked(Box<Query>, Link, Box<Query>),
    /// At least so many matches.
    AtLeast(u32, Box<Query>),
    /// The same, its score multiplied by this many hundredths.
    Boost(Box<Query>, u32),
    /// Days of publication; only inside [`Field::Date`].
    Dates(DateRange),
    /// Numbers of words; only inside [`Field::Length`].
    Length(LengthRange),
    /// A condition on one field; holds words, phrases and their combinations, no other field.
    Field(Field, Box<Query>),
    /// The opposite.
    Not(Box<Query>),
    /// All of these, at least two.
    And(Vec<Query>),
    /// Any of these, at least two.
    Or(Vec<Query>),
}

impl Query {
    /// True where a part of it is a condition on `field`.
    pub fn asks_for(&self, field: Field) -> bool {
        match self {
            Self::Field(own, inner) => *own == field || inner.asks_for(field),
            Self::Linked(left, _, right) => left.asks_for(field) || right.asks_for(field),
            Self::AtLeast(_, inner) | Self::Boost(inner, _) | Self::Not(inner) => inner.asks_for(field),
            Self::Run(parts, _) | Self::And(parts) | Self::Or(parts) => parts.iter().any(|part| part.asks_for(field)),
            Self::All
            | Self::Word(_)
            | Self::Exact(_)
            | Self::Wildcard(_)
            | Self::Fuzzy(..)
            | Self::Regex(_)
            | Self::Phrase(_)
            | Self::Name(_)
            | Self::Dates(_)
            | Self::Length(_) => false,
        }
    }
}

/// A language that queries are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// The program's own, as `docs/query-syntax.md` has it.
    #[default]
    Newsdex,
    /// That of Lexis/Nexis.
    Nexis,
}

impl Dialect {
    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Newsdex => Self::Nexis,
            Self::Nexis => Self::Newsdex,
        }
    }
}

/// How two matches have to stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Link {
    /// How near.
    pub reach: Reach,
    /// True where the second has to stand behind the first.
    pub ordered: bool,
    /// True where the match of the first is wanted that has none of the second in reach.
    pub negated: bool,
}

/// How near two matches have to stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// The last word of one is at most this many words before the first of the other: 1 for neighbours.
    Words(u32),
    /// In one sentence.
    Sentence,
    /// In one paragraph.
    Paragraph,
}

impl Reach {
    /// The farthest that [`Words`](Self::Words) can ask for.
    pub const FARTHEST: u32 = 255;
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let negation = if self.negated { "NOT " } else { "" };
        match (self.ordered, self.reach) {
            (true, Reach::Words(count)) => write!(f, "{negation}PRE/{count}"),
            (false, Reach::Words(count)) => write!(f, "{negation}NEAR/{count}"),
            (true, Reach::Sentence) => write!(f, "{negation}PRE/s"),
            (false, Reach::Sentence) => write!(f, "{negation}/s"),
            (true, Reach::Paragraph) => write!(f, "{negation}PRE/p"),
            (false, Reach::Paragraph) => write!(f, "{negation}/p"),
        }
    }
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
    /// Beginning of the running text: the first two paragraphs, or the first hundred words where these are longer.
    Lead,
    /// Number of words of the running text.
    Length,
    /// Language, as an ISO 639-1 code.
    Language,
    /// Words of the article's path.
    Path,
    /// Who is quoted.
    Speaker,
    /// Words that are quoted.
    Said,
    /// To whom quoted words are said.
    Addressee,
    /// Who is named in quoted words.
    About,
    /// Kind of a quote.
    Kind,
}

impl Field {
    /// All, in the order of help texts.
    pub const ALL: [Self; 19] = [
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
        Self::Lead,
        Self::Length,
        Self::Language,
        Self::Path,
        Self::Speaker,
        Self::Said,
        Self::Addressee,
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
            Self::Lead => "lead",
            Self::Length => "length",
            Self::Language => "language",
            Self::Path => "path",
            Self::Speaker => "speaker",
            Self::Said => "said",
            Self::Addressee => "addressee",
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

    /// True for the fields that are running text, with sentences and words in any form; what is found there scores.
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Headline | Self::Body | Self::Lead | Self::Said)
    }

    /// True for the fields whose words have places, so that distances can be asked for.
    pub const fn has_places(self) -> bool {
        !matches!(self, Self::Outlet | Self::Wire | Self::Language | Self::Kind | Self::Date | Self::Length)
    }

    /// True for the fields that a quote has of its own, so that several of them can hold in one quote.
    pub const fn is_of_quote(self) -> bool {
        matches!(self, Self::Speaker | Self::Said | Self::Addressee | Self::About | Self::Kind)
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
            Self::Word(word) | Self::Wildcard(word) => f.write_str(word),
            Self::Exact(word) => write!(f, "={word}"),
            Self::Fuzzy(word, changes) => write!(f, "{word}~{changes}"),
            Self::Regex(expression) => write!(f, "/{expression}/"),
            Self::Phrase(phrase) | Self::Name(phrase) => {
                f.write_str("\"")?;
                write_escaped(f, phrase)?;
                f.write_str("\"")
            }
            Self::Run(words, slop) => write_run(f, words, *slop),
            Self::Linked(left, link, right) => {
                left.write_below(f, self.level())?;
                write!(f, " {link} ")?;
                right.write_below(f, self.level().next())
            }
            Self::AtLeast(count, inner) => {
                write!(f, "ATLEAST/{count} ")?;
                inner.write_below(f, Level::Leaf)
            }
            Self::Boost(inner, hundredths) => {
                inner.write_below(f, Level::Leaf)?;
                write!(f, "^{}", f64::from(*hundredths) / 100.0)
            }
            Self::Dates(range) => write!(f, "{range}"),
            Self::Length(range) => write!(f, "{range}"),
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
    Paragraph,
    Sentence,
    Distance,
    Count,
    Atom,
    Leaf,
}

impl Level {
    /// The level of what stands to the right of an operator of positions.
    const fn next(self) -> Self {
        match self {
            Self::Paragraph => Self::Sentence,
            Self::Sentence => Self::Distance,
            _ => Self::Count,
        }
    }
}

impl Query {
    const fn level(&self) -> Level {
        match self {
            Self::Or(_) => Level::Or,
            Self::And(_) => Level::And,
            Self::Not(_) => Level::Not,
            Self::Linked(_, Link { reach: Reach::Paragraph, .. }, _) => Level::Paragraph,
            Self::Linked(_, Link { reach: Reach::Sentence, .. }, _) => Level::Sentence,
            Self::Linked(..) => Level::Distance,
            Self::AtLeast(..) => Level::Count,
            Self::Field(..) | Self::Boost(..) => Level::Atom,
            _ => Level::Leaf,
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

fn write_run(f: &mut fmt::Formatter<'_>, words: &[Query], slop: u32) -> fmt::Result {
    f.write_str("\"")?;
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            f.write_str(" ")?;
        }
        match word {
            Query::All => f.write_str("*")?,
            Query::Exact(word) => write_escaped(f, word)?,
            Query::Fuzzy(word, changes) => {
                write_escaped(f, word)?;
                write!(f, "~{changes}")?;
            }
            Query::Regex(expression) => write!(f, "/{expression}/")?,
            word => write!(f, "{word}")?,
        }
    }
    f.write_str("\"")?;
    if slop > 0 { write!(f, "~{slop}") } else { Ok(()) }
}

/// Writes what stands between quotation marks, so that every mark is read as itself.
fn write_escaped(f: &mut fmt::Formatter<'_>, words: &str) -> fmt::Result {
    for c in words.chars() {
        if is_quotation_mark(c) || is_special(c) {
            f.write_str("\\")?;
        }
        write!(f, "{c}")?;
    }
    Ok(())
}

/// Marks that mean something between quotation marks, unless a backslash stands before them.
pub(super) const fn is_special(c: char) -> bool {
    matches!(c, '\\' | '*' | '?' | '/' | '~')
}

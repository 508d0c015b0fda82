//! What a search gives back.

use super::FacetField;
use crate::article::{Article, PublicationDate};
use crate::extract::{Annotations, Embed, EntityKind, QuoteKind, SpeakerClass};
use crate::index::analyzer::words;
use crate::text::Span;

/// One page of hits, with how many there are in all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hits<T> {
    /// How many match, exactly, on all pages.
    pub total: usize,
    /// How many more match and are not counted, because an earlier article tells the same story.
    pub copies: usize,
    /// This page, in order.
    pub hits: Vec<T>,
}

/// What identifies an article in listings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ArticleHead {
    /// Identifier in the index: the hexadecimal hash of the path; `show` takes any unambiguous beginning of it.
    pub id: String,
    /// As [`Article::path`].
    pub path: String,
    /// Headline.
    pub headline: Option<String>,
    /// Outlet.
    pub outlet: Option<String>,
    /// Day of publication.
    pub date: Option<PublicationDate>,
}

/// An article that matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Which article.
    pub article: ArticleHead,
    /// BM25 score; 0 where the query only filters.
    pub score: f32,
    /// What matches in the headline, as spans into it, in order.
    pub headline_marks: Vec<Span>,
    /// The passage that shows the match best.
    pub snippet: Snippet,
    /// The other articles of the index that tell the same story, whether they match or not, first printed first; empty
    /// where all copies are listed.
    pub copies: Vec<ArticleHead>,
    /// True where a later version of the same item is in the index. It is listed only where no later one matches.
    pub superseded: bool,
}

/// A passage of an article with the matches marked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snippet {
    /// The passage as printed.
    pub text: String,
    /// Where the passage stands in the article's text.
    pub span: Span,
    /// What matches, as spans into [`text`](Self::text), in order.
    pub marks: Vec<Span>,
}

/// A quote that matches.
#[derive(Clone, Debug, PartialEq)]
pub struct QuoteHit {
    /// The article it is printed in.
    pub article: ArticleHead,
    /// BM25 score; 0 where the query only filters.
    pub score: f32,
    /// How the article gives the words.
    pub kind: QuoteKind,
    /// Where the words stand in the article's text, with their quotation marks.
    pub spans: Vec<Span>,
    /// The words exactly as they stand there; several spans are joined by one space.
    pub words: String,
    /// The words that say that something is said.
    pub cue: Option<String>,
    /// The speaker as printed next to the quote.
    pub printed: Option<String>,
    /// The speaker's fullest name in the article; `None` where it does not tell one.
    pub speaker: Option<String>,
    /// What the article says the speaker is.
    pub role: Option<String>,
    /// What kind of source the speaker is.
    pub class: Option<SpeakerClass>,
    /// The words that name the addressee, and the addressee's fullest name in the article.
    pub addressee: Option<(String, Option<String>)>,
    /// How the words are set off from the running text.
    pub embed: Option<Embed>,
    /// Names of the entities that the words name.
    pub about: Vec<String>,
    /// The sentence or sentences around the words, with the matches marked.
    pub sentence: Snippet,
    /// Why it is a quote and has this speaker.
    pub reason: String,
    /// How sure quote and speaker are, from 0 to 1.
    pub confidence: f32,
    /// Whether a later version of the article, which replaces it, is in the index.
    pub superseded: bool,
}

impl QuoteHit {
    /// True where both have a character of one article in common.
    fn shares_a_passage(&self, other: &Self) -> bool {
        let overlaps = |span: &Span| other.spans.iter().any(|one| one.overlaps(*span));
        self.article.id == other.article.id && self.spans.iter().any(overlaps)
    }
}

/// The same words in one or several articles.
#[derive(Clone, Debug, PartialEq)]
pub struct QuoteGroup {
    /// The quote as first printed, or, where the query asks for one outlet or time, as first printed there.
    pub quote: QuoteHit,
    /// Every other place where the words, or most of them, are printed, whether the query matches there or not; first
    /// printed first. Versions of an article that a later one replaces are left out where the query matches elsewhere.
    pub copies: Vec<QuoteHit>,
}

impl QuoteGroup {
    /// `quote` and those of `copies` that are another place: not a report of the same passage in other bounds.
    pub(super) fn new(quote: QuoteHit, copies: impl Iterator<Item = QuoteHit>) -> Self {
        let mut group = Self { quote, copies: Vec::new() };
        for copy in copies {
            if !group.all().any(|other| other.shares_a_passage(&copy)) {
                group.copies.push(copy);
            }
        }
        group
    }

    /// True where two articles name speakers that have no word of their names in common.
    pub fn speakers_disagree(&self) -> bool {
        let name = |quote: &QuoteHit| Some((quote.article.id.clone(), words(quote.speaker.as_deref()?)));
        let names: Vec<(String, Vec<String>)> = self.all().filter_map(name).collect();
        let disagree = |(article, left): &(String, Vec<String>), (other, right): &(String, Vec<String>)| {
            article != other && !left.iter().any(|word| right.contains(word))
        };
        names.iter().enumerate().any(|(at, left)| names[at + 1..].iter().any(|right| disagree(left, right)))
    }

    /// The quote and its copies.
    pub fn all(&self) -> impl Iterator<Item = &QuoteHit> {
        std::iter::once(&self.quote).chain(&self.copies)
    }
}

/// One page of groups, with how many groups and quotes there are in all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QuoteGroups {
    /// Quotes that match.
    pub quotes: usize,
    /// Groups that they make.
    pub total: usize,
    /// This page, in order.
    pub groups: Vec<QuoteGroup>,
}

/// An actor with its figures over the whole index.
#[derive(Clone, Debug, PartialEq)]
pub struct ActorHit {
    /// Name.
    pub name: String,
    /// What kind of thing it is.
    pub kind: EntityKind,
    /// Its other full names, as articles spell them, most frequent first.
    pub aliases: Vec<String>,
    /// How many articles name it.
    pub articles: usize,
    /// How many quotes it says.
    pub quotes: usize,
    /// Days of the first and the last article that name it.
    pub dates: Option<(chrono::NaiveDate, chrono::NaiveDate)>,
}

/// A value of a field, and how many hits have it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FacetCount {
    /// Value, as printed in listings.
    pub value: String,
    /// Number of hits.
    pub count: usize,
}

/// The values of a field among the articles that match, those that most of them have first; days, months and years in
/// order.
#[derive(Clone, Debug, PartialEq)]
pub struct Facet {
    /// The field.
    pub field: FacetField,
    /// How many different values there are in all.
    pub total: usize,
    /// The values listed.
    pub values: Vec<FacetCount>,
    /// For each value listed, the number of its articles that match in every million words of all its articles; empty
    /// where that was not asked for.
    pub per_million: Vec<f64>,
}

/// An article as stored, for `show`.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredArticle {
    /// Identifier in the index.
    pub id: String,
    /// The article as parsed.
    pub article: Article,
    /// Its entities and quotes.
    pub annotations: Annotations,
}

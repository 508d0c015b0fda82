//! What to look for, beside the query itself: filters, order, page.

use std::fmt;

use chrono::{Datelike, Months, NaiveDate};

use super::Query;
use crate::error::{Error, Result};
use crate::extract::{EntityKind, QuoteKind, SpeakerClass};

/// Conditions on articles, or on the articles that quotes stand in. All have to hold.
///
/// Names are compared in lower case and without accents. A name matches where the words given stand next to each other
/// in it: "trump" and "donald trump" both match "Donald Trump".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// Outlet: one of these. An outlet that has exactly this name, with or without "the", goes before outlets that only
    /// have the words in their name.
    pub outlets: Vec<String>,
    /// Published on this day or later.
    pub from: Option<NaiveDate>,
    /// Published on this day or earlier.
    pub to: Option<NaiveDate>,
    /// Names each of these persons.
    pub persons: Vec<String>,
    /// Names each of these organizations.
    pub organizations: Vec<String>,
    /// Names each of these places, in the dateline or the text.
    pub places: Vec<String>,
    /// Names each of these, of whatever kind.
    pub actors: Vec<String>,
}

/// Order of hits. Equal hits stand by day, newest first, then by path.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best first.
    #[default]
    Relevance,
    /// Newest first, undated last.
    Newest,
    /// Oldest first, undated last.
    Oldest,
    /// Of quotes: nearest to the top of their article first. Articles stand as by [`Newest`](Self::Newest).
    Prominence,
}

/// How to search articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchOptions {
    /// Conditions that all hits meet.
    pub filters: Filters,
    /// Order.
    pub sort: Sort,
    /// Number of hits on the page.
    pub limit: usize,
    /// Number of hits before the page.
    pub offset: usize,
    /// Whether every article is listed, not only the first of those that tell the same story. Quotes have groups of their
    /// own and do not heed it.
    pub all_copies: bool,
}

impl Default for SearchOptions {
    /// The ten best stories.
    fn default() -> Self {
        Self { filters: Filters::default(), sort: Sort::default(), limit: 10, offset: 0, all_copies: false }
    }
}

/// Which quotes to list. Words, speaker and what the words are about are looked for in one and the same quote.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QuoteRequest {
    /// Words that are said; other fields of the query hold for the quote or its article.
    pub query: Query,
    /// Who says it: one of these names.
    pub by: Vec<String>,
    /// Whom the words name: each of these.
    pub about: Vec<String>,
    /// How the words are given: one of these; empty for all.
    pub kinds: Vec<QuoteKind>,
    /// What kind of source says it: one of these, `None` standing for an unknown one; empty for all.
    pub classes: Vec<Option<SpeakerClass>>,
    /// Least confidence, from 0 to 1, to the hundredth.
    pub confidence: f32,
    /// Least and greatest number of words.
    pub length: (Option<usize>, Option<usize>),
    /// Order and page, and conditions on the articles.
    pub options: SearchOptions,
}

/// Which actors to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActorRequest {
    /// Beginning of any word of the name; empty for all.
    pub prefix: String,
    /// Kinds; empty for all.
    pub kinds: Vec<EntityKind>,
    /// Number of actors on the page.
    pub limit: usize,
    /// Number of actors before the page.
    pub offset: usize,
}

/// A field to count hits by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FacetField {
    /// Outlet.
    Outlet,
    /// News agency.
    Wire,
    /// Year of publication.
    Year,
    /// Month of publication, as 2016-09.
    Month,
    /// Day of publication.
    Day,
    /// Author.
    Byline,
    /// Language.
    Language,
    /// Person named.
    Person,
    /// Organization named.
    Organization,
    /// Place named, in the dateline or the text.
    Place,
    /// Anything else named.
    Other,
    /// Person or other source quoted.
    Speaker,
}

impl FacetField {
    /// All, in the order of help texts.
    pub const ALL: [Self; 12] = [
        Self::Outlet,
        Self::Wire,
        Self::Year,
        Self::Month,
        Self::Day,
        Self::Byline,
        Self::Language,
        Self::Person,
        Self::Organization,
        Self::Place,
        Self::Other,
        Self::Speaker,
    ];

    /// The word that flags use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Outlet => "outlet",
            Self::Wire => "wire",
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
            Self::Byline => "byline",
            Self::Language => "language",
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Place => "place",
            Self::Other => "other",
            Self::Speaker => "speaker",
        }
    }
}

/// A run of days, open at either end where that is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct DateRange {
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
}

impl DateRange {
    /// Reads a year, month or day (`2016`, `2016-09`, `2016-09-12`) or two of them with `..` between, of which one may
    /// be left out.
    ///
    /// ```
    /// use newsdex::search::DateRange;
    /// let range = DateRange::parse("2016-09..2016-10")?;
    /// assert_eq!(range.to_string(), "2016-09-01..2016-10-31");
    /// # Ok::<(), newsdex::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Date`] for anything else, and where the first day is after the last.
    pub fn parse(text: &str) -> Result<Self> {
        Self::read(text).ok_or_else(|| Error::Date { value: text.into() })
    }

    pub(super) fn read(text: &str) -> Option<Self> {
        let Some((from, to)) = text.split_once("..") else { return period(text) };
        let (from, to) = (from.trim(), to.trim());
        let range = Self {
            from: if from.is_empty() { None } else { period(from)?.from },
            to: if to.is_empty() { None } else { period(to)?.to },
        };
        let ordered = range.from.zip(range.to).is_none_or(|(from, to)| from <= to);
        (ordered && range != Self::default()).then_some(range)
    }
}

impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (Some(from), Some(to)) = (self.from, self.to)
            && from == to
        {
            return write!(f, "{from}");
        }
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        write!(f, "{}..{}", day(self.from), day(self.to))
    }
}

/// The days of a year, month or day.
fn period(text: &str) -> Option<DateRange> {
    let parts: Vec<&str> = text.split('-').collect();
    let widths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let number = |at: usize| parts.get(at).map_or(Some(1), |part| digits(part));
    let first = NaiveDate::from_ymd_opt(number(0)? as i32, number(1)?, number(2)?)?;
    let next = match widths[..] {
        [4] => first.checked_add_months(Months::new(12))?,
        [4, 1 | 2] => first.checked_add_months(Months::new(1))?,
        [4, 1 | 2, 1 | 2] => first.succ_opt()?,
        _ => return None,
    };
    let last = NaiveDate::from_num_days_from_ce_opt(next.num_days_from_ce() - 1)?;
    Some(DateRange { from: Some(first), to: Some(last) })
}

fn digits(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: Option<&str>) {
        assert_eq!(DateRange::read(text).map(|range| range.to_string()).as_deref(), expect, "{text}");
    }

    #[test]
    fn dates_are_read() {
        check("2016", Some("2016-01-01..2016-12-31"));
        check("2016-2", Some("2016-02-01..2016-02-29"));
        check("2016-09-12", Some("2016-09-12"));
        check("2016..", Some("2016-01-01.."));
        check("..2016-09", Some("..2016-09-30"));
        check("2015-12..2016", Some("2015-12-01..2016-12-31"));
    }

    #[test]
    fn other_things_are_not() {
        for text in ["", "..", "16", "2016-13", "2016-02-30", "2017..2016", "2016-1-1-1", "20160912", "+016", "a..b"] {
            check(text, None);
        }
    }
}

//! What to look for, beside the query itself: filters, order, page.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate};

use super::{Field, Query};
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
    /// By the name of the outlet, newest first; articles of unknown outlets last.
    Outlet,
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
    /// Whether newer articles count more where hits are ranked: one of the index's newest day twice as much as one of
    /// long ago.
    pub recent: bool,
    /// Number of hits on the page.
    pub limit: usize,
    /// Number of hits before the page.
    pub offset: usize,
    /// Whether every article is listed, not only the first of those that tell the same story. Quotes have groups of their
    /// own and do not heed it.
    pub all_copies: bool,
    /// Sentences that a passage has before and behind its match; `None` for as much as a listing has room for.
    pub context: Option<usize>,
}

impl Default for SearchOptions {
    /// The ten best stories.
    fn default() -> Self {
        Self {
            filters: Filters::default(),
            sort: Sort::default(),
            recent: false,
            limit: 10,
            offset: 0,
            all_copies: false,
            context: None,
        }
    }
}

/// Which quotes to list. Words, speaker and what the words are about are looked for in one and the same quote.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QuoteRequest {
    /// Words that are said; other fields of the query hold for the quote or its article.
    pub query: Query,
    /// Who says it: one of these names.
    pub by: Vec<String>,
    /// To whom it is said: one of these names.
    pub addressees: Vec<String>,
    /// Whom the words name: each of these.
    pub about: Vec<String>,
    /// How the words are given: one of these; empty for all. Does not matter where only those are asked for who declined
    /// to comment.
    pub kinds: Vec<QuoteKind>,
    /// What kind of source says it: one of these, `None` standing for an unknown one; empty for all
    /// but [`SpeakerClass::Declined`], by whom nothing is said.
    pub classes: Vec<Option<SpeakerClass>>,
    /// Only quotes whose speaker the article does not name.
    pub nameless: bool,
    /// Least confidence, from 0 to 1.
    pub confidence: f32,
    /// Least and greatest number of words.
    pub length: (Option<usize>, Option<usize>),
    /// Order and page, and conditions on the articles.
    pub options: SearchOptions,
}

impl QuoteRequest {
    /// The kinds of quotes that are listed unless asked otherwise: those with words in quotation marks, or all where
    /// `query` itself names a kind.
    pub fn usual_kinds(query: &Query) -> Vec<QuoteKind> {
        if query.asks_for(Field::Kind) { Vec::new() } else { vec![QuoteKind::Direct, QuoteKind::Mixed] }
    }
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

/// Which values of a field to count.
#[derive(Clone, Debug, PartialEq)]
pub struct FacetRequest {
    /// What the articles match.
    pub query: Query,
    /// Conditions on the articles.
    pub filters: Filters,
    /// The field.
    pub field: FacetField,
    /// Only values with words that begin so; empty for all.
    pub beginning: String,
    /// Number of values to list; days, months and years are all listed.
    pub limit: usize,
    /// Whether articles that tell the same story count once for each value.
    pub by_story: bool,
    /// Whether to set the counts against the number of words printed.
    pub per_million: bool,
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
    /// be left out. In the place of each may stand `today`, `yesterday`, `this-` or `last-` with `week`, `month` or
    /// `year`, or `last-7-days` and the like, which end today.
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
        Self::read(text, chrono::Local::now().date_naive()).ok_or_else(|| Error::Date { value: text.into() })
    }

    /// As [`parse`](Self::parse), on the day `today`.
    pub(super) fn read(text: &str, today: NaiveDate) -> Option<Self> {
        let period = |text| period(text).or_else(|| relative(text, today));
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

/// The days that `text` means on the day `today`; weeks begin on Monday.
fn relative(text: &str, today: NaiveDate) -> Option<DateRange> {
    let text = text.to_ascii_lowercase();
    let days = |from, to| Some(DateRange { from: Some(from), to: Some(to) });
    match text.as_str() {
        "today" => return days(today, today),
        "yesterday" => return days(today.pred_opt()?, today.pred_opt()?),
        _ => {}
    }
    if let Some(unit) = text.strip_prefix("this-") {
        let begin = begin_of(unit, today)?;
        return days(begin, after(unit, 1, begin)?.pred_opt()?);
    }
    let rest = text.strip_prefix("last-")?;
    match rest.split_once('-') {
        None => {
            let end = begin_of(rest, today)?.pred_opt()?;
            days(begin_of(rest, end)?, end)
        }
        Some((count, unit)) => {
            let (count, unit) = (digits(count).filter(|count| *count > 0)?, unit.strip_suffix('s').unwrap_or(unit));
            days(before(unit, count, today)?.succ_opt()?, today)
        }
    }
}

/// The first day of the week, month or year that `day` lies in.
fn begin_of(unit: &str, day: NaiveDate) -> Option<NaiveDate> {
    match unit {
        "week" => Some(day.week(chrono::Weekday::Mon).first_day()),
        "month" => day.with_day(1),
        "year" => day.with_month(1)?.with_day(1),
        _ => None,
    }
}

fn after(unit: &str, count: u32, day: NaiveDate) -> Option<NaiveDate> {
    match unit {
        "day" => day.checked_add_days(Days::new(count.into())),
        "week" => day.checked_add_days(Days::new(u64::from(count) * 7)),
        "month" => day.checked_add_months(Months::new(count)),
        "year" => day.checked_add_months(Months::new(count.checked_mul(12)?)),
        _ => None,
    }
}

fn before(unit: &str, count: u32, day: NaiveDate) -> Option<NaiveDate> {
    match unit {
        "day" => day.checked_sub_days(Days::new(count.into())),
        "week" => day.checked_sub_days(Days::new(u64::from(count) * 7)),
        "month" => day.checked_sub_months(Months::new(count)),
        "year" => day.checked_sub_months(Months::new(count.checked_mul(12)?)),
        _ => None,
    }
}

/// A number of words, open at either end where that is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct LengthRange {
    /// Least number.
    pub least: Option<u64>,
    /// Greatest number.
    pub most: Option<u64>,
}

impl LengthRange {
    /// Reads a number, or two of them with `..` between, of which one may be left out.
    pub(super) fn read(text: &str) -> Option<Self> {
        let number = |text: &str| digits(text).map(u64::from);
        let Some((least, most)) = text.split_once("..") else {
            return number(text).map(|number| Self { least: Some(number), most: Some(number) });
        };
        let end = |text: &str| if text.is_empty() { Some(None) } else { number(text).map(Some) };
        let range = Self { least: end(least)?, most: end(most)? };
        let ordered = range.least.zip(range.most).is_none_or(|(least, most)| least <= most);
        (ordered && range != Self::default()).then_some(range)
    }
}

impl fmt::Display for LengthRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (Some(least), Some(most)) = (self.least, self.most)
            && least == most
        {
            return write!(f, "{least}");
        }
        let end = |end: Option<u64>| end.map(|end| end.to_string()).unwrap_or_default();
        write!(f, "{}..{}", end(self.least), end(self.most))
    }
}

fn digits(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: Option<&str>) {
        let today = NaiveDate::from_ymd_opt(2016, 9, 14).unwrap();
        assert_eq!(DateRange::read(text, today).map(|range| range.to_string()).as_deref(), expect, "{text}");
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
    fn days_are_counted_from_today() {
        check("today", Some("2016-09-14"));
        check("Yesterday", Some("2016-09-13"));
        check("this-week", Some("2016-09-12..2016-09-18"));
        check("last-week", Some("2016-09-05..2016-09-11"));
        check("this-month", Some("2016-09-01..2016-09-30"));
        check("last-month", Some("2016-08-01..2016-08-31"));
        check("last-year", Some("2015-01-01..2015-12-31"));
        check("last-7-days", Some("2016-09-08..2016-09-14"));
        check("last-1-day", Some("2016-09-14"));
        check("last-2-months", Some("2016-07-15..2016-09-14"));
        check("2016-09-01..yesterday", Some("2016-09-01..2016-09-13"));
        check("last-month..", Some("2016-08-01.."));
        for text in
            ["last", "last-", "last-0-days", "last-day", "last-4294967295-years", "next-week", "last-2-fortnights"]
        {
            check(text, None);
        }
    }

    #[test]
    fn numbers_of_words() {
        let check = |text: &str, expect: Option<&str>| {
            assert_eq!(LengthRange::read(text).map(|range| range.to_string()).as_deref(), expect, "{text}");
        };
        check("500..", Some("500.."));
        check("..300", Some("..300"));
        check("300..500", Some("300..500"));
        check("300", Some("300"));
        for text in ["", "..", "a", "5..3", "-1", "1..b"] {
            check(text, None);
        }
    }

    #[test]
    fn other_things_are_not() {
        for text in ["", "..", "16", "2016-13", "2016-02-30", "2017..2016", "2016-1-1-1", "20160912", "+016", "a..b"] {
            check(text, None);
        }
    }
}

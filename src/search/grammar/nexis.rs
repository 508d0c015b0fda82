//! Queries as Lexis/Nexis reads them: its operators, its segments, and its order of operators.
//!
//! Of the operators, `OR` holds tightest, then `W/n`, `PRE/n` and `NOT W/n`, the smaller number first, then `W/S`, then
//! `W/P`, then `AND`, and last `AND NOT` ("Lexis: order of connectors" in its help pages). Words side by side are a
//! phrase. Operators and segments may be written in any case.

use chrono::NaiveDate;

use super::leaf::{self, Trouble};
use super::operator::Operator;
use super::{Parser, negated, stranger};
use crate::error::Result;
use crate::search::lexer::{Piece, What};
use crate::search::query::{Field, Link, Query, Reach};
use crate::search::{DateRange, LengthRange};

/// How tightly `OR` holds; a distance of n words holds by that much less.
const TIGHTEST: u32 = 300;

/// Words that compare, before a date or a number.
const COMPARISONS: [&str; 11] = ["IS", "=", "AFT", "AFTER", ">", "BEF", "BEFORE", "<", ">=", "<=", "EQ"];

/// A part of an article that Nexis names.
#[derive(Clone, Copy)]
enum Segment {
    One(Field),
    /// Headline and beginning of the text.
    HeadlineAndLead,
}

impl Parser<'_> {
    /// What stands up to the next operator that holds less tightly than `least`.
    pub(super) fn lexis(&mut self, least: u32, field: Option<Field>) -> Result<Query> {
        let mut left = self.first_of_lexis(field)?;
        let mut previous = None;
        while let Some((operator, pieces, column)) = self.connector()? {
            let power = power(operator);
            if power < least {
                break;
            }
            self.at += pieces;
            if pieces > 0 {
                self.expect_operand(&spelled(operator), column)?;
            }
            let right = self.deeper(column, |parser| parser.lexis(power + 1, field))?;
            left = match operator {
                Operator::Link(link) => self.joined(left, link, right, column, field)?,
                Operator::Or => added(left, right, previous == Some(Operator::Or), Query::Or),
                Operator::Not => {
                    added(left, negated(right), matches!(previous, Some(Operator::And | Operator::Not)), Query::And)
                }
                _ => added(left, right, previous == Some(Operator::And), Query::And),
            };
            previous = Some(operator);
        }
        Ok(left)
    }

    /// A condition, or `NOT` and what it is about.
    fn first_of_lexis(&mut self, field: Option<Field>) -> Result<Query> {
        let Some(column) = self.peek().map(|piece| piece.column) else {
            return Err(self.error(1, "nothing to search for", "type a word"));
        };
        if let Some((Operator::Not, _)) = self.operator()? {
            self.at += 1;
            self.expect_operand("NOT", column)?;
            let power = if self.is_nexis() { power(Operator::And) } else { power(Operator::And) + 1 };
            return self.deeper(column, |parser| parser.lexis(power, field).map(negated));
        }
        self.counted(field)
    }

    /// The operator between two conditions, how many pieces it takes, and its column.
    fn connector(&self) -> Result<Option<(Operator, usize, usize)>> {
        let Some(piece) = self.peek().filter(|piece| piece.what != What::Close) else { return Ok(None) };
        if let Some((link, column, pieces)) = self.link()? {
            return Ok(Some((Operator::Link(link), pieces, column)));
        }
        Ok(Some(match self.operator()? {
            Some((Operator::And, column)) => match self.operator_at(self.at + 1)? {
                Some((Operator::Not, _)) => (Operator::Not, 2, column),
                _ => (Operator::And, 1, column),
            },
            Some((Operator::Or, column)) => (Operator::Or, 1, column),
            Some((Operator::Not, column)) => (Operator::Not, 1, column),
            _ => (Operator::And, 0, piece.column),
        }))
    }

    /// A condition and those right beside it, which make a phrase with it.
    pub(super) fn adjacent(&mut self, field: Option<Field>) -> Result<Query> {
        let mut items = vec![self.item(field)?];
        while self.peek().is_some_and(|piece| piece.what != What::Close) && self.operator()?.is_none() {
            let column = self.peek().map_or(1, |piece| piece.column);
            let next = self.item(field)?;
            if items.iter().chain([&next]).any(|item| stranger(item).is_some()) {
                return Err(self.error(column, "no operator stands before this", "write AND or OR between the two"));
            }
            items.push(next);
        }
        if items.len() == 1 {
            return Ok(items.remove(0));
        }
        if field.is_some_and(|field| !field.is_text()) {
            return self.name(&items);
        }
        let link = Link { reach: Reach::Words(1), ordered: true, negated: false };
        let next_to = |left, right| Query::Linked(Box::new(left), link, Box::new(right));
        Ok(items.into_iter().reduce(next_to).unwrap_or_default())
    }

    /// Words of a name, side by side.
    fn name(&self, items: &[Query]) -> Result<Query> {
        let words: Option<Vec<&str>> = items
            .iter()
            .map(|item| match item {
                Query::Word(word) | Query::Exact(word) | Query::Phrase(word) => Some(word.as_str()),
                _ => None,
            })
            .collect();
        let column = self.pieces[self.at - 1].column;
        let words =
            words.ok_or_else(|| self.error(column, "a pattern in a name of several words", "use one word of it"));
        words.map(|words| Query::Phrase(words.join(" ")))
    }

    /// A segment with its brackets, or a comparison of dates or lengths, if one stands next.
    pub(super) fn segment(&mut self, outer: Option<Field>) -> Result<Option<Query>> {
        let Some(Piece { what: What::Chunk(name), column, .. }) = self.peek().cloned() else { return Ok(None) };
        let next = self.pieces.get(self.at + 1).cloned();
        let is_open = matches!(next, Some(Piece { what: What::Open, touches: true, .. }));
        let compares = matches!(&next, Some(Piece { what: What::Chunk(chunk), .. }) if comparison(chunk).is_some());
        let upper = name.to_uppercase();
        let measured = match upper.as_str() {
            "DATE" | "PUB-DATE" | "PUBLICATION-DATE" => Some(Field::Date),
            "LENGTH" | "WORD-COUNT" => Some(Field::Length),
            _ => None,
        };
        if let Some(field) = measured.filter(|_| is_open || compares) {
            self.refuse_inside(field, outer, column)?;
            self.at += 1 + usize::from(is_open);
            return self.compared(field, is_open, column).map(Some);
        }
        if !is_open || !name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-') {
            return Ok(None);
        }
        let Some(segment) = segment(&upper) else {
            let message = format!("there is no segment `{name}`");
            return Err(self.error(
                column,
                message,
                format!("segments are {SEGMENTS}; a space parts words from brackets"),
            ));
        };
        let checked = if let Segment::One(field) = segment { field } else { Field::Headline };
        self.refuse_inside(checked, outer, column)?;
        self.at += 2;
        let inner = self.group(column, Some(checked))?;
        let within = |field| Query::Field(field, Box::new(inner.clone()));
        Ok(Some(match segment {
            Segment::One(field) => within(field),
            Segment::HeadlineAndLead => Query::Or(vec![within(Field::Headline), within(Field::Lead)]),
        }))
    }

    fn refuse_inside(&self, field: Field, outer: Option<Field>, column: usize) -> Result<()> {
        let Some(outer) = outer else { return Ok(()) };
        let message = format!("the segment for `{field}` stands inside of that for `{outer}`");
        Err(self.error(column, message, "close the brackets before it"))
    }

    /// A comparison and what it compares with, up to a closing bracket or an operator.
    fn compared(&mut self, field: Field, bracketed: bool, column: usize) -> Result<Query> {
        let mut words = Vec::new();
        while let Some(Piece { what: What::Chunk(chunk), .. }) = self.peek().cloned() {
            if !words.is_empty() && self.operator()?.is_some() {
                break;
            }
            words.push(chunk);
            self.at += 1;
        }
        if bracketed {
            match self.peek() {
                Some(Piece { what: What::Close, .. }) => self.at += 1,
                _ => return Err(self.error(column, "one comparison stands in these brackets", COMPARISON_HINT)),
            }
        }
        let text = words.join(" ");
        let value = match comparison(&text) {
            Some((sign, value)) if field == Field::Date => self.dates(sign, value).map(Query::Dates),
            Some((sign, value)) => lengths(sign, value).map(Query::Length),
            None if field == Field::Date => self.dates("IS", &text).map(Query::Dates),
            None => lengths("IS", &text).map(Query::Length),
        };
        let value = value.ok_or_else(|| self.error(column, format!("`{text}` is no {field}"), COMPARISON_HINT))?;
        Ok(Query::Field(field, Box::new(value)))
    }

    fn dates(&self, sign: &str, text: &str) -> Option<DateRange> {
        let range = DateRange::read(text, self.today).or_else(|| written_date(text, self.today))?;
        let (from, to) = (range.from?, range.to?);
        Some(match sign {
            "AFT" | "AFTER" | ">" => DateRange { from: to.succ_opt(), to: None },
            ">=" => DateRange { from: Some(from), to: None },
            "BEF" | "BEFORE" | "<" => DateRange { from: None, to: from.pred_opt() },
            "<=" => DateRange { from: None, to: Some(to) },
            _ => range,
        })
    }
}

const COMPARISON_HINT: &str = "write DATE IS 2016, DATE AFT 2016-09-12, DATE BEF 9/12/2016 or LENGTH > 500";
const SEGMENTS: &str = "HEADLINE, LEAD, HLEAD, BODY, PUBLICATION, BYLINE, PERSON, COMPANY, GEOGRAPHIC, LANGUAGE, DATE, \
    LENGTH, SPEAKER, SAID, ABOUT, KIND, WIRE, ACTOR, PATH";

fn segment(name: &str) -> Option<Segment> {
    let field = match name {
        "HLEAD" => return Some(Segment::HeadlineAndLead),
        "HEADLINE" | "TITLE" | "HEAD" => Field::Headline,
        "LEAD" => Field::Lead,
        "BODY" | "TEXT" => Field::Body,
        "PUBLICATION" | "PUB" | "SOURCE" => Field::Outlet,
        "BYLINE" | "AUTHOR" => Field::Byline,
        "PERSON" | "NAME" => Field::Person,
        "COMPANY" | "ORGANIZATION" => Field::Organization,
        "GEOGRAPHIC" | "COUNTRY" | "CITY" | "STATE" | "DATELINE" => Field::Place,
        "DATE" | "LENGTH" => return None,
        other => return Field::from_name(other).map(Segment::One),
    };
    Some(Segment::One(field))
}

/// A comparison at the beginning of `text`, and what follows it.
fn comparison(text: &str) -> Option<(&'static str, &str)> {
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    let upper = first.to_uppercase();
    if let Some(sign) = COMPARISONS.into_iter().find(|sign| *sign == upper) {
        return Some((sign, rest));
    }
    let sign = [">=", "<=", ">", "<", "="].into_iter().find(|sign| text.starts_with(sign))?;
    Some((sign, text[sign.len()..].trim_start()))
}

/// A date as it is written in America: `9/12/2016`, `September 12, 2016`, `September 2016`.
fn written_date(text: &str, today: NaiveDate) -> Option<DateRange> {
    let text = text.trim();
    if let Ok(first) = NaiveDate::parse_from_str(&format!("1 {text}"), "%d %B %Y") {
        return DateRange::read(&first.format("%Y-%m").to_string(), today);
    }
    let forms = ["%m/%d/%Y", "%B %d, %Y", "%B %d %Y"];
    let day = forms.iter().find_map(|form| NaiveDate::parse_from_str(text, form).ok())?;
    Some(DateRange { from: Some(day), to: Some(day) })
}

fn lengths(sign: &str, text: &str) -> Option<LengthRange> {
    let range = LengthRange::read(text)?;
    let (least, most) = (range.least?, range.most?);
    Some(match sign {
        "AFT" | "AFTER" | ">" => LengthRange { least: Some(most + 1), most: None },
        ">=" => LengthRange { least: Some(least), most: None },
        "BEF" | "BEFORE" | "<" => LengthRange { least: None, most: Some(least.checked_sub(1)?) },
        "<=" => LengthRange { least: None, most: Some(most) },
        _ => range,
    })
}

/// How tightly an operator holds.
const fn power(operator: Operator) -> u32 {
    match operator {
        Operator::Not => 1,
        Operator::And | Operator::AtLeast(_) => 2,
        Operator::Link(Link { reach: Reach::Paragraph, .. }) => 3,
        Operator::Link(Link { reach: Reach::Sentence, .. }) => 4,
        Operator::Link(Link { reach: Reach::Words(count), .. }) => TIGHTEST - 1 - count,
        Operator::Or => TIGHTEST,
    }
}

fn spelled(operator: Operator) -> String {
    match operator {
        Operator::And | Operator::AtLeast(_) => "AND".into(),
        Operator::Or => "OR".into(),
        Operator::Not => "AND NOT".into(),
        Operator::Link(link) => link.to_string(),
    }
}

/// `left` and `right` in one list; `left` is a list of that kind already where `grows`.
fn added(left: Query, right: Query, grows: bool, list: impl Fn(Vec<Query>) -> Query) -> Query {
    match left {
        Query::And(mut parts) | Query::Or(mut parts) if grows => {
            parts.push(right);
            list(parts)
        }
        left => list(vec![left, right]),
    }
}

/// A word as Nexis reads it: `!` at the end stands for any ending, `*` for one letter, or at the end for one or none.
pub(super) fn word(text: &str) -> std::result::Result<Query, Trouble> {
    if let Some(stem) = text.strip_suffix('!') {
        return leaf::word(&format!("{}*", stem.replace('*', "?")));
    }
    let stem = text.trim_end_matches('*');
    let endings = text.len() - stem.len();
    let stem = stem.replace('*', "?");
    if endings == 0 {
        return leaf::word(&stem);
    }
    let mut forms = vec![leaf::word(&if stem.contains('?') { stem.clone() } else { format!("={stem}") })?];
    for count in 1..=endings.min(20) {
        forms.push(leaf::word(&format!("{stem}{}", "?".repeat(count)))?);
    }
    Ok(Query::Or(forms))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;
    use crate::search::Dialect;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2016, 9, 14).unwrap()
    }

    fn check(text: &str, expect: &str) {
        let query = Query::parse_as(text, Dialect::Nexis, today()).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(query.to_string(), expect, "{text}");
        assert_eq!(Query::parse(expect).unwrap(), query, "{text}");
    }

    #[test]
    fn the_order_of_operators() {
        check("a AND b OR c", "a AND (b OR c)");
        check("a w/5 b or c", "a NEAR/5 (b OR c)");
        check("a W/10 b W/3 c", "a NEAR/10 (b NEAR/3 c)");
        check("a W/3 b W/3 c", "a NEAR/3 b NEAR/3 c");
        check("a W/S b W/5 c PRE/2 d", "a /s b NEAR/5 (c PRE/2 d)");
        check("a W/P b W/SENT c AND d", "a /p b /s c AND d");
        check("a AND b AND NOT c AND d", "a AND b AND NOT (c AND d)");
        check("a AND NOT b AND NOT c", "a AND NOT b AND NOT c");
        check("a NOT W/5 b", "a NOT NEAR/5 b");
        check("(a AND b) OR c", "a AND b OR c");
        check("NOT a", "NOT a");
    }

    #[test]
    fn words() {
        check("prime minister W/5 resign!", "prime PRE/1 minister NEAR/5 resign*");
        check("wom*n colo*r", "wom?n PRE/1 colo?r");
        check("run** OR \"wom*n only\"", "(=run OR run? OR run??) OR \"wom?n only\"");
        check("ATLEAST5(gas OR oil) and atleast3 coal", "ATLEAST/5 (gas OR oil) AND ATLEAST/3 coal");
    }

    #[test]
    fn segments() {
        check("HEADLINE(gas W/3 oil) AND BODY(coal)", "headline:(gas NEAR/3 oil) AND body:coal");
        check("HLEAD(gas)", "headline:gas OR lead:gas");
        check("PUBLICATION(New York Times) and byline(smith)", "outlet:\"New York Times\" AND byline:smith");
        check(
            "PERSON(Angela Merkel) AND said(gas w/5 russia)",
            "person:\"Angela Merkel\" AND said:(gas NEAR/5 russia)",
        );
        check("gas AND DATE IS 2016", "gas AND date:2016-01-01..2016-12-31");
        check("gas AND DATE AFT 9/12/2016 AND DATE BEF 2017", "gas AND date:2016-09-13.. AND date:..2016-12-31");
        check("date(> September 2016) AND DATE(= March 5, 2015)", "date:2016-10-01.. AND date:2015-03-05");
        check("LENGTH > 500 AND length(<300)", "length:501.. AND length:..299");
        check("date AND length", "date AND length");
    }

    fn check_error(text: &str, expect_column: usize, expect_message: &str) {
        match Query::parse_as(text, Dialect::Nexis, today()) {
            Err(Error::Query { message, column, .. }) => {
                assert_eq!((column, message.contains(expect_message)), (expect_column, true), "{text}: {message}");
            }
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn what_is_wrong() {
        check_error("a W/SEG b", 3, "not understood");
        check_error("a W/300 b", 3, "from 1 to 255");
        check_error("SECTION(sport)", 1, "no segment");
        check_error("HEADLINE(a AND BODY(b))", 16, "inside of");
        check_error("DATE IS someday", 1, "is no date");
        check_error("a W/5 (b AND c)", 3, "AND stands beside");
        check_error("a HEADLINE(b)", 3, "no operator stands before this");
        check_error("a AND", 3, "after AND");
        check_error("(a", 1, "never closed");
        check_error("OR a", 1, "before this operator");
    }

    #[test]
    fn the_other_order_of_operators() {
        let check = |text: &str, dialect, expect: Option<&str>| {
            let other = Query::read_otherwise(text, dialect, today());
            assert_eq!(other.map(|query| query.to_string()).as_deref(), expect, "{text}");
        };
        check("a b OR c", Dialect::Newsdex, Some("a AND (b OR c)"));
        check("a NEAR/5 b OR c", Dialect::Newsdex, Some("a NEAR/5 (b OR c)"));
        check("a NEAR/5 b AND c", Dialect::Newsdex, None);
        check("a OR b AND c", Dialect::Nexis, Some("a OR b AND c"));
        check("a W/5 b", Dialect::Nexis, None);
        check("a (b", Dialect::Newsdex, None);
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics(text in "(a|b!|c\\*| w/2 | AND | OR | NOT | W/S | PRE/3 |ATLEAST2|\\(|\\)|HLEAD\\(|DATE|> | 2016|\"|LENGTH| ){0,14}") {
            match Query::parse_as(&text, Dialect::Nexis, today()) {
                Ok(query) => {
                    let printed = query.to_string();
                    proptest::prop_assert_eq!(Query::parse(&printed).ok(), Some(query), "{}", printed);
                }
                Err(Error::Query { column, .. }) => {
                    proptest::prop_assert!((1..=text.chars().count().max(1)).contains(&column), "{} of {}", column, text);
                }
                Err(other) => proptest::prop_assert!(false, "{}", other),
            }
        }
    }
}

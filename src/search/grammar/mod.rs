//! A query as typed to a [`Query`].
//!
//! `NOT` and a leading `-` hold tightest of the operators that combine articles, then `AND`, which may be left out, then
//! `OR`. Tighter than all of these hold those of positions: `NEAR/5` and `PRE/5`, then `/s`, then `/p`. Whatever cannot
//! be understood is an error that points at its column: nothing is passed over.

mod field;
mod leaf;
mod nexis;
mod operator;
mod phrase;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use self::leaf::Trouble;
use self::operator::Operator;
use super::lexer::{Piece, What, pieces};
use super::query::{Dialect, Field, Link, Query, Reach};
use crate::error::{Error, Result};

/// Brackets, negations and operators in a row that may stand inside each other.
const DEEPEST: usize = 100;

impl Query {
    /// Reads a query as typed. Nothing is passed over: what cannot be understood is an error. Days such as `yesterday`
    /// are counted from today.
    ///
    /// ```
    /// use newsdex::search::Query;
    /// let query = Query::parse("outlet:guardian (flood OR \"high water\") -insurance")?;
    /// assert_eq!(query.to_string(), "outlet:guardian AND (flood OR \"high water\") AND NOT insurance");
    /// # Ok::<(), newsdex::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Query`], with the column of what is wrong.
    pub fn parse(text: &str) -> Result<Self> {
        Self::parse_on(text, chrono::Local::now().date_naive())
    }

    /// As [`parse`](Self::parse), on the day `today`.
    ///
    /// ```
    /// use newsdex::search::Query;
    /// let today = chrono::NaiveDate::from_ymd_opt(2016, 9, 12).unwrap();
    /// let query = Query::parse_on("date:yesterday", today)?;
    /// assert_eq!(query.to_string(), "date:2016-09-11");
    /// # Ok::<(), newsdex::Error>(())
    /// ```
    pub fn parse_on(text: &str, today: NaiveDate) -> Result<Self> {
        Self::parse_as(text, Dialect::Newsdex, today)
    }

    /// As [`parse_on`](Self::parse_on), of a query in the language `dialect`.
    ///
    /// ```
    /// use newsdex::search::{Dialect, Query};
    /// let today = chrono::NaiveDate::from_ymd_opt(2016, 9, 12).unwrap();
    /// let query = Query::parse_as("gas OR oil W/5 russia AND NOT ukraine", Dialect::Nexis, today)?;
    /// assert_eq!(query.to_string(), "(gas OR oil) NEAR/5 russia AND NOT ukraine");
    /// # Ok::<(), newsdex::Error>(())
    /// ```
    pub fn parse_as(text: &str, dialect: Dialect, today: NaiveDate) -> Result<Self> {
        read(text, dialect, dialect, today)
    }

    /// What a query written in `dialect` would mean if its operators held as tightly as in the other language; `None`
    /// where that is the same.
    ///
    /// ```
    /// use newsdex::search::{Dialect, Query};
    /// let today = chrono::NaiveDate::from_ymd_opt(2016, 9, 12).unwrap();
    /// let other = Query::read_otherwise("gas AND oil OR coal", Dialect::Newsdex, today);
    /// assert_eq!(other.map(|query| query.to_string()).as_deref(), Some("gas AND (oil OR coal)"));
    /// ```
    pub fn read_otherwise(text: &str, dialect: Dialect, today: NaiveDate) -> Option<Self> {
        let own = read(text, dialect, dialect, today).ok()?;
        read(text, dialect, dialect.other(), today).ok().filter(|other| *other != own)
    }
}

/// Reads `text`, spelt as in one language, with operators that hold as tightly as in another.
fn read(text: &str, spelling: Dialect, precedence: Dialect, today: NaiveDate) -> Result<Query> {
    let pieces = pieces(text)?;
    if pieces.is_empty() {
        return Ok(Query::All);
    }
    let mut parser = Parser { text, pieces, at: 0, depth: 0, spelling, precedence, today };
    let query = parser.whole(None)?;
    match parser.peek() {
        None => Ok(query),
        Some(piece) => Err(parser.error(piece.column, "this bracket was never opened", "take it out")),
    }
}

struct Parser<'a> {
    text: &'a str,
    pieces: Vec<Piece>,
    at: usize,
    depth: usize,
    /// How operators are written.
    spelling: Dialect,
    /// How tightly they hold.
    precedence: Dialect,
    today: NaiveDate,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Piece> {
        self.pieces.get(self.at)
    }

    /// The operator that the piece at `at` spells, with its column.
    fn operator_at(&self, at: usize) -> Result<Option<(Operator, usize)>> {
        let Some(Piece { what: What::Chunk(chunk), column, .. }) = self.pieces.get(at) else { return Ok(None) };
        let operator = if self.is_nexis() { operator::read_nexis(chunk) } else { operator::read(chunk) };
        match operator {
            Ok(operator) => Ok(operator.map(|operator| (operator, *column))),
            Err(trouble) => Err(self.trouble(*column, trouble)),
        }
    }

    /// The operator that stands next, with its column.
    fn operator(&self) -> Result<Option<(Operator, usize)>> {
        self.operator_at(self.at)
    }

    /// The link that stands next, its column, and how many pieces it takes.
    fn link(&self) -> Result<Option<(Link, usize, usize)>> {
        match self.operator()? {
            Some((Operator::Link(link), column)) => Ok(Some((link, column, 1))),
            Some((Operator::Not, column)) => match self.operator_at(self.at + 1)? {
                Some((Operator::Link(link), _)) => Ok(Some((Link { negated: true, ..link }, column, 2))),
                _ => Ok(None),
            },
            _ => Ok(None),
        }
    }

    fn is_nexis(&self) -> bool {
        self.spelling == Dialect::Nexis
    }

    /// All that stands up to a closing bracket; inside `field` where that is given.
    fn whole(&mut self, field: Option<Field>) -> Result<Query> {
        match self.precedence {
            Dialect::Newsdex => self.alternatives(field),
            Dialect::Nexis => self.lexis(0, field),
        }
    }

    /// One or more groups with `OR` between them; inside `field` where that is given.
    fn alternatives(&mut self, field: Option<Field>) -> Result<Query> {
        let mut parts = vec![self.conjunction(field)?];
        while let Some((Operator::Or, column)) = self.operator()? {
            self.at += 1;
            self.expect_operand("OR", column)?;
            parts.push(self.conjunction(field)?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Query::Or(parts) })
    }

    /// One or more conditions with `AND` or nothing between them.
    fn conjunction(&mut self, field: Option<Field>) -> Result<Query> {
        let mut parts = vec![self.negation(field)?];
        loop {
            match (self.operator()?, self.peek().map(|piece| &piece.what)) {
                (Some((Operator::And, column)), _) => {
                    self.at += 1;
                    self.expect_operand("AND", column)?;
                }
                (Some((Operator::Or, _)), _) | (None, None | Some(What::Close)) => break,
                _ => {}
            }
            parts.push(self.negation(field)?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Query::And(parts) })
    }

    fn negation(&mut self, field: Option<Field>) -> Result<Query> {
        let Some(piece) = self.peek() else { return Err(self.error(1, "nothing to search for", "type a word")) };
        let column = piece.column;
        if let Some((Operator::Not, _)) = self.operator()? {
            self.at += 1;
            self.expect_operand("NOT", column)?;
            return self.deeper(column, |parser| parser.negation(field).map(negated));
        }
        self.linked(Reach::Paragraph, field)
    }

    /// One or more matches with operators of positions between them, none looser than `loosest` is.
    fn linked(&mut self, loosest: Reach, field: Option<Field>) -> Result<Query> {
        let mut operands = 1;
        let mut left = self.tighter(loosest, field)?;
        while let Some((link, column, pieces)) = self.link()?.filter(|(link, ..)| is_level(link.reach, loosest)) {
            self.at += pieces;
            self.expect_operand(&link.to_string(), column)?;
            let right = self.tighter(loosest, field)?;
            left = self.joined(left, link, right, column, field)?;
            operands += 1;
            if operands > DEEPEST {
                return Err(self.error(column, "too many operators in a row", "take some out"));
            }
        }
        Ok(left)
    }

    /// `left` and `right` as `link`, which stands at `column`, wants them.
    fn joined(&self, left: Query, link: Link, right: Query, column: usize, field: Option<Field>) -> Result<Query> {
        let name = link.to_string();
        self.check_places(&name, column, field)?;
        self.check_operand(&left, &name, column)?;
        self.check_operand(&right, &name, column)?;
        Ok(Query::Linked(Box::new(left), link, Box::new(right)))
    }

    fn tighter(&mut self, level: Reach, field: Option<Field>) -> Result<Query> {
        match level {
            Reach::Paragraph => self.linked(Reach::Sentence, field),
            Reach::Sentence => self.linked(Reach::Words(0), field),
            Reach::Words(_) => self.counted(field),
        }
    }

    /// A condition, or how often one has to be met.
    fn counted(&mut self, field: Option<Field>) -> Result<Query> {
        match self.operator()? {
            Some((Operator::AtLeast(count), column)) => {
                let name = format!("ATLEAST/{count}");
                self.at += 1;
                self.expect_operand(&name, column)?;
                self.check_places(&name, column, field)?;
                let inner = self.single(field)?;
                self.check_operand(&inner, &name, column)?;
                Ok(Query::AtLeast(count, Box::new(inner)))
            }
            _ => self.single(field),
        }
    }

    /// A condition without an operator.
    fn single(&mut self, field: Option<Field>) -> Result<Query> {
        if self.is_nexis() { self.adjacent(field) } else { self.item(field) }
    }

    /// A word, a phrase, or what stands in brackets.
    fn item(&mut self, field: Option<Field>) -> Result<Query> {
        let Some(piece) = self.peek() else { return Err(self.error(1, "nothing to search for", "type a word")) };
        let column = piece.column;
        match &piece.what {
            _ if self.operator()?.is_some() => {
                Err(self.error(column, "nothing stands before this operator", QUOTE_OPERATOR))
            }
            What::Chunk(chunk) if chunk.starts_with('-') => {
                let rest = chunk[1..].to_owned();
                self.minus(column, rest, field)
            }
            _ if self.is_nexis() => match self.segment(field)? {
                Some(segment) => Ok(segment),
                None => self.operand(field),
            },
            _ => self.operand(field),
        }
    }

    /// What follows a `-` at `column`, of which the same chunk holds `rest`.
    fn minus(&mut self, column: usize, rest: String, field: Option<Field>) -> Result<Query> {
        if rest.starts_with('-') {
            return Err(self.error(column, "two hyphens", "options such as --outlet stand outside of the query"));
        }
        if rest.is_empty() {
            let touches = self.pieces.get(self.at + 1).is_some_and(|next| next.touches);
            if !touches {
                return Err(self.error(column, "a `-` on its own", "write it right before what must not be there"));
            }
            self.at += 1;
        } else {
            self.pieces[self.at] = Piece { what: What::Chunk(rest), column: column + 1, touches: false };
        }
        self.deeper(column, |parser| parser.negation_of_one(field))
    }

    fn negation_of_one(&mut self, field: Option<Field>) -> Result<Query> {
        if let Some((_, column)) = self.operator()? {
            return Err(self.error(column, "an operator behind a `-`", QUOTE_OPERATOR));
        }
        self.operand(field).map(negated)
    }

    fn expect_operand(&self, operator: &str, column: usize) -> Result<()> {
        match self.peek() {
            None | Some(Piece { what: What::Close, .. }) => {
                Err(self.error(column, format!("nothing stands after {operator}"), QUOTE_OPERATOR))
            }
            Some(_) => Ok(()),
        }
    }

    /// Checks that words in `field` have places that the operator `name` can look at.
    fn check_places(&self, name: &str, column: usize, field: Option<Field>) -> Result<()> {
        match field.filter(|field| !field.has_places()) {
            Some(field) => {
                let message = format!("`{name}` stands in `{field}:`, which has no running text");
                Err(self.error(column, message, "join the words with AND or OR"))
            }
            None => Ok(()),
        }
    }

    /// Checks that `operand` of the operator `name` is something that has places in a text.
    fn check_operand(&self, operand: &Query, name: &str, column: usize) -> Result<()> {
        let Some(stranger) = stranger(operand) else { return Ok(()) };
        let hint = match stranger {
            "AND" => "say it twice: (a NEAR/5 b) AND (a NEAR/5 c)",
            "NOT" => "write a NOT NEAR/5 b for an a without a b near it, or put the NOT before the whole",
            "a field" => "put the field before the whole: headline:(a NEAR/5 b)",
            "a weight" => "put brackets round the whole, and the weight behind them",
            _ => "join them with AND",
        };
        Err(self.error(column, format!("{stranger} stands beside {name}, which looks at places of words"), hint))
    }

    fn operand(&mut self, field: Option<Field>) -> Result<Query> {
        let piece = self.pieces[self.at].clone();
        self.at += 1;
        match piece.what {
            What::Close => Err(self.error(piece.column, "this bracket closes nothing", "take it out")),
            What::Open => self.group(piece.column, field),
            What::Phrase(phrase) => self.phrase(piece.column, &phrase, field),
            What::Regex(expression) => self.regex(piece.column, &expression, field),
            What::Chunk(chunk) => self.chunk(piece.column, &chunk, field),
        }
    }

    /// What stands between brackets, of which the first is at `column`.
    fn group(&mut self, column: usize, field: Option<Field>) -> Result<Query> {
        if let None | Some(Piece { what: What::Close, .. }) = self.peek() {
            let closed = self.peek().is_some();
            let message = if closed { "nothing stands in these brackets" } else { "this bracket is never closed" };
            return Err(self.error(column, message, "take it out"));
        }
        let inner = self.deeper(column, |parser| parser.whole(field))?;
        match self.peek() {
            Some(Piece { what: What::Close, .. }) => self.at += 1,
            _ => return Err(self.error(column, "this bracket is never closed", "put a `)` where it ends")),
        }
        match self.suffix() {
            Some((suffix, column)) if suffix.starts_with(['^', '~']) => {
                self.at += 1;
                let Some(weight) = suffix.strip_prefix('^') else {
                    return Err(self.error(column, "`~` goes with a word or a phrase", "write a NEAR/5 b"));
                };
                self.weighed(inner, weight, column, field)
            }
            _ => Ok(inner),
        }
    }

    /// What stands right behind the last piece, with its column.
    fn suffix(&self) -> Option<(String, usize)> {
        match self.peek()? {
            Piece { what: What::Chunk(next), column, touches: true } => Some((next.clone(), *column)),
            _ => None,
        }
    }

    fn phrase(&mut self, column: usize, raw: &str, field: Option<Field>) -> Result<Query> {
        let (mut slop, mut weight) = (0, None);
        if let Some((suffix, column)) = self.suffix() {
            self.at += 1;
            let (distance, boost) = suffix.split_once('^').map_or((suffix.as_str(), None), |(a, b)| (a, Some(b)));
            weight = boost.map(|boost| (boost.to_owned(), column));
            if let Some(digits) = distance.strip_prefix('~') {
                slop = operator::distance(&suffix, digits).map_err(|_| self.error(column, SLOP, SLOP_HINT))?;
            } else if !distance.is_empty() {
                return Err(self.error(column, "no space", "put a space after the quotation mark"));
            }
        }
        // Where Nexis reads a star, one letter stands.
        let stars = if self.is_nexis() { raw.replace('*', "?") } else { raw.to_owned() };
        let leaf = phrase::read(&stars, slop).map_err(|trouble| self.trouble(column, trouble))?;
        let leaf = self.value(column, leaf, raw, field)?;
        match weight {
            Some((weight, column)) => self.weighed(leaf, &weight, column, field),
            None => Ok(leaf),
        }
    }

    fn regex(&mut self, column: usize, expression: &str, field: Option<Field>) -> Result<Query> {
        let leaf = leaf::regex(expression).map_err(|trouble| self.trouble(column, trouble))?;
        let leaf = self.value(column, leaf, expression, field)?;
        match self.suffix() {
            Some((suffix, column)) => {
                self.at += 1;
                let Some(weight) = suffix.strip_prefix('^') else {
                    return Err(self.error(column, "no space", "put a space after the regular expression"));
                };
                self.weighed(leaf, weight, column, field)
            }
            None => Ok(leaf),
        }
    }

    /// `inner` with the weight that the digits `weight`, before which a `^` stands at `column`, say.
    fn weighed(&self, inner: Query, weight: &str, column: usize, field: Option<Field>) -> Result<Query> {
        let number = weight.parse::<f64>().ok().filter(|_| weight.bytes().all(|b| b.is_ascii_digit() || b == b'.'));
        let Some(hundredths) = number.map(|number| (number * 100.0).round()).filter(|n| (1.0..=100_000.0).contains(n))
        else {
            return Err(self.error(column, "`^` needs a weight from 0.01 to 1000", "write flood^2"));
        };
        if field.is_some_and(|field| !field.is_text()) || !is_scored(&inner) {
            let message = "a weight changes nothing where no words of a text are looked for";
            return Err(self.error(column, message, "leave the `^` out"));
        }
        Ok(Query::Boost(Box::new(inner), hundredths as u32))
    }

    fn chunk(&mut self, column: usize, chunk: &str, field: Option<Field>) -> Result<Query> {
        if let Some(Piece { what: What::Phrase(_), column: next, touches: true }) = self.peek()
            && !chunk.ends_with(':')
        {
            return Err(self.error(*next, "no space before the quotation mark", "put a space between them"));
        }
        if let Some((name, value)) = chunk.split_once(':')
            && !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_alphabetic())
        {
            return self.field(column, name, value, field);
        }
        self.word(column, chunk, field)
    }

    fn word(&self, column: usize, word: &str, field: Option<Field>) -> Result<Query> {
        if matches!(field, Some(Field::Date | Field::Length)) {
            return self.value(column, Query::All, word, field);
        }
        if is_unclosed_regex(word) && field.is_none_or(Field::is_text) {
            return Err(self.error(column, format!("the regular expression `{word}` is not closed"), REGEX_HINT));
        }
        let (bare, weight) = word.split_once('^').map_or((word, None), |(bare, weight)| (bare, Some(weight)));
        let leaf = if self.is_nexis() { nexis::word(bare) } else { leaf::word(bare) };
        let leaf = leaf.map_err(|trouble| self.trouble(column, trouble))?;
        let leaf = self.value(column, leaf, bare, field)?;
        match weight {
            Some(weight) => self.weighed(leaf, weight, column + bare.chars().count(), field),
            None => Ok(leaf),
        }
    }

    fn deeper(&mut self, column: usize, read: impl FnOnce(&mut Self) -> Result<Query>) -> Result<Query> {
        if self.depth == DEEPEST {
            return Err(self.error(column, "brackets stand too deep inside each other", "take some out"));
        }
        self.depth += 1;
        let query = read(self);
        self.depth -= 1;
        query
    }

    fn trouble(&self, column: usize, (message, hint): Trouble) -> Error {
        self.error(column, message, hint)
    }

    fn error(&self, column: usize, message: impl Into<String>, hint: impl Into<String>) -> Error {
        Error::Query { message: message.into(), query: self.text.into(), column, hint: Some(hint.into()) }
    }
}

const QUOTE_OPERATOR: &str = "to search for the word itself, write it in small letters or in quotation marks";
const REGEX_HINT: &str = "end it with a `/`, without white space before that, or take the `/` out";
const SLOP: &str = "`~` needs a number of words from 1 to 255";
const SLOP_HINT: &str = "write \"a b\"~3 for a before b with up to three words between them";

/// True for a slash before a word that no other slash follows.
fn is_unclosed_regex(word: &str) -> bool {
    word.strip_prefix('/').is_some_and(|rest| !rest.contains('/') && rest.contains(char::is_alphanumeric))
}

fn negated(query: Query) -> Query {
    Query::Not(Box::new(query))
}

const fn is_level(reach: Reach, level: Reach) -> bool {
    matches!(
        (reach, level),
        (Reach::Paragraph, Reach::Paragraph) | (Reach::Sentence, Reach::Sentence) | (Reach::Words(_), Reach::Words(_))
    )
}

/// What in `query` has no place in a text, if anything.
fn stranger(query: &Query) -> Option<&'static str> {
    match query {
        Query::And(_) => Some("AND"),
        Query::Not(_) => Some("NOT"),
        Query::Field(..) => Some("a field"),
        Query::Boost(..) => Some("a weight"),
        Query::AtLeast(..) => Some("ATLEAST"),
        Query::Or(parts) => parts.iter().find_map(stranger),
        Query::Linked(left, _, right) => stranger(left).or_else(|| stranger(right)),
        _ => None,
    }
}

/// True where words of a text are looked for, which a weight can make count more.
fn is_scored(query: &Query) -> bool {
    match query {
        Query::Field(field, inner) => field.is_text() && is_scored(inner),
        Query::And(parts) | Query::Or(parts) => parts.iter().any(is_scored),
        Query::Not(_) | Query::Dates(_) | Query::Length(_) | Query::All => false,
        _ => true,
    }
}

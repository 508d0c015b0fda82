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
const SLOP: &str = "`~` needs a number of words from 1 to 255";
const SLOP_HINT: &str = "write \"a b\"~3 for a before b with up to three words between them";

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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    use crate::search::{DateRange, LengthRange};

    fn check(text: &str, expect: &str) {
        let query = Query::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(query.to_string(), expect, "{text}");
        assert_eq!(Query::parse(expect).unwrap(), query, "{text}");
    }

    #[test]
    fn precedence() {
        check("", "");
        check("a b OR c -d", "a AND b OR c AND NOT d");
        check("a AND (b OR NOT c)", "a AND (b OR NOT c)");
        check("((a b) c)", "(a AND b) AND c");
        check("NOT NOT a", "NOT NOT a");
        check("-(a b)", "NOT (a AND b)");
        check("-\"a b\"", "NOT \"a b\"");
        check("or and not", "or AND and AND not");
    }

    #[test]
    fn words_and_phrases() {
        check("don't co-operation 24/7 10:30 AT&T", "don't AND co-operation AND 24/7 AND 10:30 AND AT&T");
        check("immigr* co-op*", "immigr* AND co-op*");
        check("“white house” \"a \\\"b\\\" c\"", "\"white house\" AND \"a \\\"b\\\" c\"");
    }

    #[test]
    fn operators_of_positions() {
        check("a NEAR/5 b c", "a NEAR/5 b AND c");
        check("a NOT NEAR/5 b NOT c", "a NOT NEAR/5 b AND NOT c");
        check("a PRE/2 b /s c /p d", "a PRE/2 b /s c /p d");
        check("a /p b /s c NEAR/2 d", "a /p b /s c NEAR/2 d");
        check("a /p (b /P c) NEAR/s d", "a /p (b /p c) /s d");
        check("(a /s b) NEAR/3 c", "(a /s b) NEAR/3 c");
        check("a PRE/s b NOT /p c", "a PRE/s b NOT /p c");
        check("NOT a NEAR/5 b", "NOT a NEAR/5 b");
        check("(a OR b) NEAR/5 \"c d\"", "(a OR b) NEAR/5 \"c d\"");
        check("ATLEAST/3 (a OR b) ATLEAST/2 c", "ATLEAST/3 (a OR b) AND ATLEAST/2 c");
        check("headline:(a NEAR/5 b)", "headline:(a NEAR/5 b)");
    }

    #[test]
    fn forms_of_words() {
        check("=strike wom?n *ship colour~1", "=strike AND wom?n AND *ship AND colour~1");
        check("/colou?rs?/ /(wo)?men/ a/b", "/colou?rs?/ AND /(wo)?men/ AND a/b");
        check("headline:/colou?r/ headline:=a headline:b~2", "headline:/colou?r/ AND headline:=a AND headline:b~2");
        check("\"white hou*\" \"the * house\"", "\"white hou*\" AND \"the * house\"");
        check("\"a b\"~3 \"a /b+/ c~1\"", "\"a b\"~3 AND \"a /b+/ c~1\"");
        check("\"who? what next?\"", "\"who\\? what next\\?\"");
        check("\"who? ne?t\"", "\"who\\? ne?t\"");
        check("\"5\\*5 a~b\"", "\"5\\*5 a\\~b\"");
    }

    #[test]
    fn weights() {
        check("a^2 \"b c\"^0.5 (d e)^10 /f/^3", "a^2 AND \"b c\"^0.5 AND (d AND e)^10 AND /f/^3");
        check("headline:a^2 (headline:a)^2 \"b c\"~3^2", "headline:a^2 AND (headline:a)^2 AND \"b c\"~3^2");
        check("(ATLEAST/2 a)^2", "(ATLEAST/2 a)^2");
    }

    #[test]
    fn fields() {
        check("outlet:guardian", "outlet:guardian");
        check("ORG:\"world bank\" lang:en", "organization:\"world bank\" AND language:en");
        check("-outlet:(guardian OR times)", "NOT outlet:(guardian OR times)");
        check("date:2016-02", "date:2016-02-01..2016-02-29");
        check("date:(2015 OR 2016-09-12)", "date:(2015-01-01..2015-12-31 OR 2016-09-12)");
        check(
            "speaker:(van der leyen) said:gas kind:direct",
            "speaker:(van AND der AND leyen) AND said:gas AND kind:direct",
        );
        check("path:C:\\news", "path:C:\\news");
        check("length:500.. length:(100 OR ..5)", "length:500.. AND length:(100 OR ..5)");
    }

    fn check_error(text: &str, expect_column: usize, expect_message: &str) {
        match Query::parse(text) {
            Err(Error::Query { message, column, hint, .. }) => {
                assert_eq!((column, message.contains(expect_message)), (expect_column, true), "{text}: {message}");
                assert!(hint.is_some(), "{text}");
            }
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn errors_point_at_the_column() {
        check_error("flood \"high water", 7, "no partner");
        check_error("(a b", 1, "never closed");
        check_error("a (", 3, "never closed");
        check_error("a b)", 4, "never opened");
        check_error("a ()", 3, "nothing stands in these brackets");
        check_error("a )", 3, "never opened");
        check_error(") a", 1, "closes nothing");
        check_error("AND a", 1, "before this operator");
        check_error("a OR", 3, "after OR");
        check_error("(a AND) b", 4, "after AND");
        check_error("NOT", 1, "after NOT");
        check_error("a - b", 3, "on its own");
        check_error("a --outlet b", 3, "two hyphens");
        check_error("& b", 1, "no operator");
        check_error("a …", 3, "nothing to search for");
        check_error("a \"…\"", 3, "nothing to search for");
        check_error("é outlt:x", 3, "no field `outlt`");
        check_error("https://example.com", 1, "no field `https`");
        check_error("outlet: guardian", 1, "nothing stands after `outlet:`");
        check_error("outlet:-guardian", 8, "before the field");
        check_error("outlet:(a person:b)", 11, "inside of `outlet:`");
        check_error("date:someday", 6, "no date");
        check_error("date:\"2016 x\"", 6, "no date");
        check_error("kind:loud", 6, "no kind");
        check_error("a\"b\"", 2, "no space");
        check_error("\"b\"a", 4, "no space");
        check_error("\"b c\"~300", 6, "from 1 to 255");
        check_error("\"b c*\"x", 7, "no space");
        check_error("\"* c\"", 1, "lone `*`");
        check_error("a NEAR b", 3, "not understood");
        check_error("a NEAR/0 b", 3, "from 1 to 255");
        check_error("a NEAR/x b", 3, "from 1 to 255");
        for text in ["w/5", "W/S", "near/5", "NEAR5", "ADJ", "ONEAR/3", "pre/3", "ATLEAST3", "atleast/3"] {
            check_error(&format!("a {text} c"), 3, "not understood");
        }
        check_error("NEAR/5 b", 1, "before this operator");
        check_error("a NEAR/5", 3, "after NEAR/5");
        check_error("a NOT NEAR/5", 3, "after NOT NEAR/5");
        check_error("a NEAR/5 (b c)", 3, "AND stands beside NEAR/5");
        check_error("a NEAR/5 (NOT b)", 3, "NOT stands beside");
        check_error("a NEAR/5 headline:b", 3, "a field stands beside");
        check_error("a NEAR/5 b^2", 3, "a weight stands beside");
        check_error("-a NEAR/5 b", 4, "NOT stands beside");
        check_error("a /s ATLEAST/2 b", 3, "ATLEAST stands beside");
        check_error("outlet:(a NEAR/5 b)", 11, "no running text");
        check_error("a ATLEAST/0 b", 3, "number of matches");
        check_error("b~3", 1, "needs 1 or 2");
        check_error("co-op~1", 1, "is several");
        check_error("=b*", 1, "whole word alone");
        check_error("* b", 1, "nothing to search for");
        check_error("b^x", 2, "needs a weight");
        check_error("b^0", 2, "needs a weight");
        check_error("outlet:b^2", 9, "changes nothing");
        check_error("/[a/ b", 1, "cannot be read");
        check_error("(a)~2 b", 4, "goes with a word or a phrase");
        check_error("lang:e*", 6, "no patterns");
        check_error("length:many", 8, "no number of words");
        check_error(&"a NEAR/1 ".repeat(200), 894, "too many operators");
        check_error("immigr!", 1, "not understood");
        check_error("+a", 1, "not needed");
        check_error("[a TO b]", 1, "not understood here");
        check_error(&"(".repeat(200), 101, "too deep");
        check_error(&format!("{}a", "NOT ".repeat(200)), 401, "too deep");
    }

    fn leaf() -> impl Strategy<Value = Query> {
        let run = (prop::collection::vec(word_of_run(), 2..4), 0..4u32)
            .prop_filter("else a phrase", |(words, slop)| {
                *slop > 0 || words.iter().any(|word| !matches!(word, Query::Exact(_)))
            });
        prop_oneof![
            "[a-zé]{1,6}(-[a-z]{1,3})?('s)?".prop_map(Query::Word),
            "[a-zé]{1,6}(-[a-z]{1,3})?('s)?".prop_map(Query::Exact),
            "[*?]?[a-z]{1,6}[*?]?[a-z]{0,2}[*?]".prop_map(Query::Wildcard),
            ("[a-zé]{1,6}", 1..=2u8).prop_map(|(word, changes)| Query::Fuzzy(word, changes)),
            "[a-z]{1,3}[(][a-z]{1,3}[|][a-z][)][?*+]?".prop_map(Query::Regex),
            "[a-z\"“\\\\()*?/~-]{0,3}[a-z][a-z \"\\\\*?/~]{0,8}".prop_map(Query::Phrase),
            run.prop_map(|(words, slop)| Query::Run(words, slop)),
        ]
    }

    fn word_of_run() -> impl Strategy<Value = Query> {
        prop_oneof![
            "[a-z*?/~\"\\\\]{0,3}[a-z]{1,3}[*?/~\"]{0,2}".prop_map(Query::Exact),
            "[a-z]{1,4}[*?][a-z]{1,2}".prop_map(Query::Wildcard),
            ("[a-z]{1,6}", 1..=2u8).prop_map(|(word, changes)| Query::Fuzzy(word, changes)),
            "[a-z]{1,4}[?*+]?".prop_map(Query::Regex),
        ]
    }

    fn link() -> impl Strategy<Value = Link> {
        let reach = prop_oneof![(1..=255u32).prop_map(Reach::Words), Just(Reach::Sentence), Just(Reach::Paragraph)];
        (reach, any::<bool>(), any::<bool>()).prop_map(|(reach, ordered, negated)| Link { reach, ordered, negated })
    }

    /// Conditions on places in a text.
    fn places() -> impl Strategy<Value = Query> {
        leaf().prop_recursive(3, 12, 3, |inner| {
            prop_oneof![
                (inner.clone(), link(), inner.clone()).prop_map(|(left, link, right)| Query::Linked(
                    Box::new(left),
                    link,
                    Box::new(right)
                )),
                prop::collection::vec(inner, 2..4).prop_map(Query::Or),
            ]
        })
    }

    fn text() -> impl Strategy<Value = Query> {
        prop_oneof![
            places(),
            (1..9u32, places()).prop_map(|(count, inner)| Query::AtLeast(count, Box::new(inner))),
            (1..1000u32, places()).prop_map(|(weight, inner)| Query::Boost(Box::new(inner), weight)),
        ]
    }

    fn combined(leaf: impl Strategy<Value = Query> + 'static) -> impl Strategy<Value = Query> {
        leaf.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                inner.clone().prop_map(negated),
                prop::collection::vec(inner.clone(), 2..4).prop_map(Query::And),
                prop::collection::vec(inner, 2..4).prop_map(Query::Or),
            ]
        })
    }

    fn dates() -> impl Strategy<Value = Query> {
        let day = |days: i32| chrono::NaiveDate::from_num_days_from_ce_opt(days);
        (700_000..730_000, 0..4000, 0..3).prop_map(move |(from, length, open)| {
            let range =
                DateRange { from: day(from).filter(|_| open != 1), to: day(from + length).filter(|_| open != 2) };
            Query::Field(Field::Date, Box::new(Query::Dates(range)))
        })
    }

    fn lengths() -> impl Strategy<Value = Query> {
        (0..900u64, 0..900u64, 0..3).prop_map(|(least, more, open)| {
            let range = LengthRange {
                least: Some(least).filter(|_| open != 1),
                most: Some(least + more).filter(|_| open != 2),
            };
            Query::Field(Field::Length, Box::new(Query::Length(range)))
        })
    }

    fn field() -> impl Strategy<Value = Query> {
        let fields = [Field::Lead, Field::Body, Field::Said, Field::Headline];
        (prop::sample::select(fields.to_vec()), combined(text()))
            .prop_map(|(field, inner)| Query::Field(field, Box::new(inner)))
    }

    proptest! {
        #[test]
        fn what_is_printed_parses_back(query in combined(prop_oneof![text(), field(), dates(), lengths()])) {
            let printed = query.to_string();
            prop_assert_eq!(Query::parse(&printed).map_err(|error| error.to_string()), Ok(query), "{}", printed);
        }

        #[test]
        fn nothing_panics_and_columns_are_inside(text in "[ab\"“()*~:/é \\\\\\-ANDORTEP1s^=?!]{0,20}|\\PC{0,20}|(a|b| NEAR/2 | /s | NOT |ATLEAST/2 |\\(|\\)|\"|~1|\\^2|/c+/|\\*| OR ){0,12}") {
            match Query::parse(&text) {
                Ok(query) => prop_assert_eq!(Query::parse(&query.to_string()).ok(), Some(query)),
                Err(Error::Query { column, .. }) => {
                    prop_assert!((1..=text.chars().count().max(1)).contains(&column), "{} of {}", column, text);
                }
                Err(other) => prop_assert!(false, "{}", other),
            }
        }
    }
}

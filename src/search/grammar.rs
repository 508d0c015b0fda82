//! A query as typed to a [`Query`].
//!
//! `NOT` and a leading `-` hold tightest, then `AND`, which may be left out, then `OR`. Whatever cannot be understood,
//! or cannot be searched for yet, is an error that points at its column: nothing is passed over.

use super::DateRange;
use super::lexer::{Piece, What, pieces};
use super::query::{Field, Query};
use crate::error::{Error, Result};
use crate::index::analyzer::words;

/// Brackets and negations that may stand inside each other.
const DEEPEST: usize = 100;

impl Query {
    /// Reads a query as typed. Nothing is passed over: what cannot be understood is an error.
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
        let pieces = pieces(text)?;
        if pieces.is_empty() {
            return Ok(Self::All);
        }
        let mut parser = Parser { text, pieces, at: 0, depth: 0 };
        let query = parser.alternatives(None)?;
        match parser.peek() {
            None => Ok(query),
            Some(piece) => Err(parser.error(piece.column, "this bracket was never opened", "take it out")),
        }
    }
}

struct Parser<'a> {
    text: &'a str,
    pieces: Vec<Piece>,
    at: usize,
    depth: usize,
}

/// An operator that a piece spells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Operator {
    And,
    Or,
    Not,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Piece> {
        self.pieces.get(self.at)
    }

    /// The operator that stands next, with its column.
    fn operator(&self) -> Option<(Operator, usize)> {
        let piece = self.peek()?;
        let What::Chunk(chunk) = &piece.what else { return None };
        let operator = match chunk.as_str() {
            "AND" => Operator::And,
            "OR" => Operator::Or,
            "NOT" => Operator::Not,
            _ => return None,
        };
        Some((operator, piece.column))
    }

    /// One or more groups with `OR` between them; inside `field` where that is given.
    fn alternatives(&mut self, field: Option<Field>) -> Result<Query> {
        let mut parts = vec![self.conjunction(field)?];
        while let Some((Operator::Or, column)) = self.operator() {
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
            match (self.operator(), self.peek().map(|piece| &piece.what)) {
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
        match (self.operator(), &piece.what) {
            (Some((Operator::Not, _)), _) => {
                self.at += 1;
                self.expect_operand("NOT", column)?;
                self.deeper(column, |parser| parser.negation(field).map(negated))
            }
            (Some((_, _)), _) => Err(self.error(column, "nothing stands before this operator", QUOTE_OPERATOR)),
            (None, What::Chunk(chunk)) if chunk.starts_with('-') => {
                let rest = chunk[1..].to_owned();
                self.minus(column, rest, field)
            }
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
        self.deeper(column, |parser| parser.negation(field).map(negated))
    }

    fn expect_operand(&self, operator: &str, column: usize) -> Result<()> {
        match self.peek() {
            None | Some(Piece { what: What::Close, .. }) => {
                Err(self.error(column, format!("nothing stands after {operator}"), QUOTE_OPERATOR))
            }
            Some(_) => Ok(()),
        }
    }

    fn operand(&mut self, field: Option<Field>) -> Result<Query> {
        let piece = self.pieces[self.at].clone();
        self.at += 1;
        match piece.what {
            What::Close => Err(self.error(piece.column, "this bracket closes nothing", "take it out")),
            What::Open => self.group(piece.column, field),
            What::Phrase(phrase) => self.phrase(piece.column, &phrase, field),
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
        let inner = self.deeper(column, |parser| parser.alternatives(field))?;
        match self.peek() {
            Some(Piece { what: What::Close, .. }) => self.at += 1,
            _ => return Err(self.error(column, "this bracket is never closed", "put a `)` where it ends")),
        }
        Ok(inner)
    }

    fn phrase(&mut self, column: usize, phrase: &str, field: Option<Field>) -> Result<Query> {
        if let Some(Piece { what: What::Chunk(next), column, touches: true }) = self.peek() {
            let message = if next.starts_with('~') { "distance in phrases is not understood yet" } else { "no space" };
            return Err(self.error(*column, message, "put a space after the quotation mark"));
        }
        if words(phrase).is_empty() {
            return Err(self.error(column, "nothing to search for in this phrase", "put words between the marks"));
        }
        if phrase.contains('*') {
            return Err(self.error(column, "`*` in a phrase is not understood yet", "write the words out"));
        }
        self.value(column, Query::Phrase(phrase.into()), phrase, field)
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

    /// `name:value`, where the value may be a phrase or brackets that follow.
    fn field(&mut self, column: usize, name: &str, value: &str, outer: Option<Field>) -> Result<Query> {
        let Some(field) = Field::from_name(name) else {
            return Err(self.error(column, format!("there is no field `{name}`"), unknown_field_hint(name)));
        };
        if let Some(outer) = outer {
            let message = format!("`{field}:` stands inside of `{outer}:`");
            return Err(self.error(column, message, "close the brackets before it"));
        }
        let inner = if value.is_empty() {
            self.detached_value(column, field)?
        } else {
            self.attached_value(column + name.chars().count() + 1, value, field)?
        };
        Ok(Query::Field(field, Box::new(inner)))
    }

    /// A value that the same chunk holds as its field.
    fn attached_value(&self, column: usize, value: &str, field: Field) -> Result<Query> {
        if let Some(rest) = value.strip_prefix('-') {
            return Err(self.error(column, "a `-` stands before the field", format!("write -{field}:{rest}")));
        }
        self.word(column, value, Some(field))
    }

    /// A phrase or brackets right after the colon of `field`, which begins at `column`.
    fn detached_value(&mut self, column: usize, field: Field) -> Result<Query> {
        if let Some(Piece { what: What::Open | What::Phrase(_), touches: true, .. }) = self.peek() {
            return self.operand(Some(field));
        }
        let hint = "write the value right after the colon, without a space";
        Err(self.error(column, format!("nothing stands after `{field}:`"), hint))
    }

    fn word(&self, column: usize, word: &str, field: Option<Field>) -> Result<Query> {
        if field == Some(Field::Date) {
            return self.value(column, Query::All, word, field);
        }
        if let Some((message, hint)) = unsupported(word) {
            return Err(self.error(column, message, hint));
        }
        let stem = word.strip_suffix('*');
        if words(stem.unwrap_or(word)).is_empty() {
            return Err(self.error(column, format!("nothing to search for in `{word}`"), "use letters or digits"));
        }
        let leaf = stem.map_or_else(|| Query::Word(word.into()), |stem| Query::Prefix(stem.into()));
        self.value(column, leaf, word, field)
    }

    /// Checks that `leaf`, typed as `text`, can be a value of `field`.
    fn value(&self, column: usize, leaf: Query, text: &str, field: Option<Field>) -> Result<Query> {
        match field {
            Some(Field::Date) => {
                let range = DateRange::read(text);
                range.map(Query::Dates).ok_or_else(|| self.error(column, format!("`{text}` is no date"), DATE_HINT))
            }
            Some(Field::Kind) if !["direct", "mixed", "indirect"].contains(&text.to_lowercase().as_str()) => {
                Err(self.error(column, format!("there is no kind `{text}`"), "write direct, mixed or indirect"))
            }
            Some(Field::Language) if matches!(leaf, Query::Prefix(_)) => {
                Err(self.error(column, "a language has no beginnings", "write a code such as en"))
            }
            _ => Ok(leaf),
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

    fn error(&self, column: usize, message: impl Into<String>, hint: impl Into<String>) -> Error {
        Error::Query { message: message.into(), query: self.text.into(), column, hint: Some(hint.into()) }
    }
}

const QUOTE_OPERATOR: &str = "to search for the word itself, write it in small letters or in quotation marks";
const DATE_HINT: &str = "write date:2016, date:2016-09, date:2016-09-12 or date:2016-09..2016-10";

fn negated(query: Query) -> Query {
    Query::Not(Box::new(query))
}

/// Why `word` cannot be searched for, and what to type instead; `None` where it can.
fn unsupported(word: &str) -> Option<(String, &'static str)> {
    const QUOTED: &str = "put it in quotation marks to search for the words as they are";
    let operator = word.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('/');
    let distance = word.len() > operator.len() || !word.contains('/');
    if (matches!(operator, "NEAR" | "ONEAR" | "PRE" | "ADJ" | "ATLEAST") && distance)
        || (matches!(operator, "w" | "W" | "n" | "N") && word.contains('/') && distance)
        || matches!(word, "/s" | "/p" | "/S" | "/P" | "w/s" | "w/p" | "W/S" | "W/P")
    {
        return Some((format!("`{word}` is not understood yet"), "join words with AND, or make a phrase of them"));
    }
    if matches!(word, "&&" | "||" | "&" | "|" | "+") {
        return Some((format!("`{word}` is no operator"), "write AND, OR or NOT"));
    }
    if word.len() > 2 && word.starts_with('/') && word.ends_with('/') {
        return Some(("regular expressions are not understood yet".into(), QUOTED));
    }
    let (first, last) = (word.chars().next()?, word.chars().last()?);
    match (first, last) {
        ('=', _) => return Some(("`=` is not understood yet".into(), QUOTED)),
        ('+', _) => return Some(("`+` is not needed".into(), "every word has to be there; take it out")),
        (_, '!') => return Some(("`!` is not understood".into(), "write `*` for any ending")),
        _ => {}
    }
    let bare = word.strip_suffix('*').unwrap_or(word);
    if bare.contains('*') || (bare.len() < word.len() && !bare.ends_with(char::is_alphanumeric)) {
        return Some(("`*` is understood only at the end of a word".into(), "write the beginning of the word"));
    }
    let mark = bare.chars().find(|&c| matches!(c, '?' | '~' | '^' | '[' | ']' | '{' | '}'))?;
    Some((format!("`{mark}` is not understood yet"), QUOTED))
}

fn unknown_field_hint(name: &str) -> String {
    let close = |field: &Field| distance(&name.to_ascii_lowercase(), field.as_str());
    match Field::ALL.iter().min_by_key(|field| close(field)).filter(|field| close(field) <= 2) {
        Some(field) => format!("did you mean `{field}:`? to search for a colon's words, use quotation marks"),
        None => format!(
            "fields are {}; to search for a colon's words, use quotation marks",
            Field::ALL.map(Field::as_str).join(", ")
        ),
    }
}

/// Number of letters to insert, delete or change to make `left` of `right` (Levenshtein 1966).
fn distance(left: &str, right: &str) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in right.bytes().enumerate() {
            let change = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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
        check_error("lang:e*", 6, "no beginnings");
        check_error("a\"b\"", 2, "no space");
        check_error("\"b\"a", 4, "no space");
        check_error("\"b c\"~3", 6, "distance");
        check_error("\"b c*\"", 1, "in a phrase");
        for text in [
            "NEAR/5",
            "NEAR",
            "w/5",
            "PRE/3",
            "/s",
            "ATLEAST/3",
            "b~1",
            "b^2",
            "=b",
            "/re/",
            "b?d",
            "*b",
            "b*d",
            "-* b",
        ] {
            assert!(Query::parse(&format!("a {text} c")).is_err(), "{text}");
        }
        check_error("immigr!", 1, "not understood");
        check_error("+a", 1, "not needed");
        check_error("[a TO b]", 1, "not understood");
        check_error(&"(".repeat(200), 101, "too deep");
        check_error(&format!("{}a", "NOT ".repeat(200)), 401, "too deep");
    }

    fn leaf() -> impl Strategy<Value = Query> {
        prop_oneof![
            "[a-zé]{1,6}(-[a-z]{1,3})?('s)?".prop_map(Query::Word),
            "[a-z]{1,6}".prop_map(Query::Prefix),
            "[a-z\"“\\\\()-]{0,3}[a-z][a-z \"\\\\]{0,8}".prop_map(Query::Phrase),
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

    fn field() -> impl Strategy<Value = Query> {
        let fields = [Field::Outlet, Field::Person, Field::Said, Field::Path, Field::Headline];
        (prop::sample::select(fields.to_vec()), combined(leaf()))
            .prop_map(|(field, inner)| Query::Field(field, Box::new(inner)))
    }

    proptest! {
        #[test]
        fn what_is_printed_parses_back(query in combined(prop_oneof![leaf(), field(), dates()])) {
            let printed = query.to_string();
            prop_assert_eq!(Query::parse(&printed).map_err(|error| error.to_string()), Ok(query), "{}", printed);
        }

        #[test]
        fn nothing_panics_and_columns_are_inside(text in "[ab\"“()*~:/é \\-ANDORT=?!]{0,20}|\\PC{0,20}") {
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

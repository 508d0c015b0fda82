//! How queries are read, and what is wrong with others.

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
fn a_phrase_may_stand_in_the_marks_of_any_language() {
    for marked in [
        "“we are”",
        "”we are”",
        "„we are“",
        "„we are”",
        "«we are»",
        "»we are«",
        "‹we are›",
        "›we are‹",
        "‘we are’",
        "‚we are‘",
        "「we are」",
        "『we are』",
        "＂we are＂",
    ] {
        check(marked, "\"we are\"");
        check(&format!("a -{marked}"), "a AND NOT \"we are\"");
        check(&format!("headline:{marked} b"), "headline:\"we are\" AND b");
        check(&format!("({marked}~3)^2"), "\"we are\"~3^2");
    }
    check("「a『b』c」", "\"a\\『b\\』c\"");
    check("‘they don’t know’ c", "\"they don’t know\" AND c");
    // What has no partner is an apostrophe.
    check("‘em don’t strike", "‘em AND don’t AND strike");
    check("‘em \"the workers’ strike\"", "‘em AND \"the workers’ strike\"");
    check("O‘Brien’ ‚a", "O‘Brien’ AND ‚a");
    check_error("a 「b", 3, "no partner");
    check_error("a ‹b»", 3, "no partner");
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
    for text in ["w/5", "W/S", "near/5", "NEAR5", "ADJ", "ONEAR/3", "pre/3", "ATLEAST3", "atleast/3", "/5", "/sent"] {
        check_error(&format!("a {text} c"), 3, "not understood");
    }
    check_error("a SAME c", 3, "not understood");
    check_error("a /fl oo/", 3, "is not closed");
    check_error("a headline:/x", 12, "is not closed");
    check("path:/x a /x/y same", "path:/x AND a AND /x/y AND same");
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
    let run = (prop::collection::vec(word_of_run(), 2..4), 0..4u32).prop_filter("else a phrase", |(words, slop)| {
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
        let range = DateRange { from: day(from).filter(|_| open != 1), to: day(from + length).filter(|_| open != 2) };
        Query::Field(Field::Date, Box::new(Query::Dates(range)))
    })
}

fn lengths() -> impl Strategy<Value = Query> {
    (0..900u64, 0..900u64, 0..3).prop_map(|(least, more, open)| {
        let range =
            LengthRange { least: Some(least).filter(|_| open != 1), most: Some(least + more).filter(|_| open != 2) };
        Query::Field(Field::Length, Box::new(Query::Length(range)))
    })
}

fn field() -> impl Strategy<Value = Query> {
    let fields = [Field::Lead, Field::Body, Field::Said, Field::Headline];
    (prop::sample::select(fields.to_vec()), combined(text()))
        .prop_map(|(field, inner)| Query::Field(field, Box::new(inner)))
}

#[test]
fn marks_that_stand_for_themselves_part_the_words_of_a_pattern() {
    for text in [r#""\"?s""#, r#""\/?s/""#, r#""a\"b*""#, r#""\\?s""#, r#""\=a*""#] {
        let query = Query::parse(text).unwrap();
        assert_eq!(Query::parse(&query.to_string()).unwrap(), query, "{text}");
    }
}

#[test]
fn a_regular_expression_ends_where_a_bracket_or_a_phrase_begins() {
    for (text, printed) in [("/c/(a)", "/c/ AND a"), (r#"/c/"a b""#, r#"/c/ AND "a b""#)] {
        assert_eq!(Query::parse(text).unwrap().to_string(), printed);
    }
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

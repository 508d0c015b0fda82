//! Queries as the matcher understands them: how they are made, how they are written, and whether they hold.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate};
use frostem::{Algorithm, Stemmer};

use crate::generator::Random;
use crate::text::{Document, Words};

/// A condition on an article.
pub(crate) enum Condition {
    /// In headline or text.
    Text(Expression),
    Headline(Expression),
    Body(Expression),
    Lead(Expression),
    /// So many times in headline and text together.
    AtLeast(usize, Expression),
    /// In the words of one quote of this kind.
    Said(Expression, &'static str),
    /// So many words of running text, from and to.
    Length(usize, usize),
    /// Days as the query writes them, the first and the last; an article without a date is of none.
    Date(String, NaiveDate, NaiveDate),
    /// Any days; how they are written is told elsewhere.
    Dated(Box<dyn Fn(NaiveDate) -> bool>),
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
}

/// What has a place in a text.
pub(crate) enum Expression {
    /// Words in this order, with so many others between.
    Phrase(Vec<Word>, usize),
    Word(Word),
    Or(Vec<Expression>),
    Linked {
        left: Box<Expression>,
        reach: Reach,
        ordered: bool,
        negated: bool,
        right: Box<Expression>,
    },
}

#[derive(Clone, Copy)]
pub(crate) enum Reach {
    Words(usize),
    Sentence,
    Paragraph,
}

/// What stands for one word.
#[derive(Clone)]
pub(crate) enum Word {
    Stem(String),
    Exact(String),
    Pattern(String),
    Fuzzy(String, usize),
    /// A regular expression, and the same as a function.
    Regex(&'static str, Test),
    /// Any word; only in phrases.
    Any,
}

/// Tells whether a word is meant.
type Test = fn(&str) -> bool;

const EXPRESSIONS: [(&str, Test); 5] = [
    ("(wo)?men", |word| word == "men" || word == "women"),
    (".*ing", |word| word.ends_with("ing")),
    ("[0-9]{4}", |word| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit())),
    ("th(e|is|at)", |word| matches!(word, "the" | "this" | "that")),
    ("[xyz].+", |word| word.len() > 1 && word.starts_with(['x', 'y', 'z'])),
];

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stem(word) | Self::Pattern(word) => f.write_str(word),
            Self::Exact(word) => write!(f, "={word}"),
            Self::Fuzzy(word, changes) => write!(f, "{word}~{changes}"),
            Self::Regex(expression, _) => write!(f, "/{expression}/"),
            Self::Any => f.write_str("*"),
        }
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => write!(f, "{word}"),
            Self::Phrase(words, slop) => {
                let words: Vec<String> = words.iter().map(|word| word.to_string().replace('=', "")).collect();
                write!(f, "\"{}\"", words.join(" "))?;
                if *slop > 0 { write!(f, "~{slop}") } else { Ok(()) }
            }
            Self::Or(parts) => write_list(f, parts, " OR "),
            Self::Linked { left, reach, ordered, negated, right } => {
                let negation = if *negated { "NOT " } else { "" };
                let link = match (reach, ordered) {
                    (Reach::Words(count), false) => format!("NEAR/{count}"),
                    (Reach::Words(count), true) => format!("PRE/{count}"),
                    (Reach::Sentence, false) => "/s".into(),
                    (Reach::Sentence, true) => "PRE/s".into(),
                    (Reach::Paragraph, false) => "/p".into(),
                    (Reach::Paragraph, true) => "PRE/p".into(),
                };
                write!(f, "({left} {negation}{link} {right})")
            }
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(expression) => write!(f, "{expression}"),
            Self::Headline(expression) => write!(f, "headline:({expression})"),
            Self::Body(expression) => write!(f, "body:({expression})"),
            Self::Lead(expression) => write!(f, "lead:({expression})"),
            Self::AtLeast(count, expression) => write!(f, "ATLEAST/{count} ({expression})"),
            Self::Said(expression, kind) => write!(f, "(said:({expression}) kind:{kind})"),
            Self::Length(least, most) => write!(f, "length:{least}..{most}"),
            Self::Date(text, ..) => write!(f, "date:{text}"),
            Self::Dated(_) => f.write_str("(some days)"),
            Self::And(parts) => write_list(f, parts, " AND "),
            Self::Or(parts) => write_list(f, parts, " OR "),
            Self::Not(inner) => write!(f, "(NOT {inner})"),
        }
    }
}

fn write_list(f: &mut fmt::Formatter<'_>, parts: &[impl fmt::Display], operator: &str) -> fmt::Result {
    let parts: Vec<String> = parts.iter().map(ToString::to_string).collect();
    write!(f, "({})", parts.join(operator))
}

impl Condition {
    /// A condition about words that stand in one of `documents`, so that it may hold there.
    pub(crate) fn random(random: &mut Random, documents: &[Document], depth: usize) -> Self {
        let document = &documents[random.below(documents.len())];
        Self::about(random, documents, document, depth)
    }

    fn about(random: &mut Random, documents: &[Document], document: &Document, depth: usize) -> Self {
        let list = |random: &mut Random| {
            (0..2 + random.below(2)).map(|_| Self::about(random, documents, document, depth - 1)).collect()
        };
        match random.below(if depth == 0 { 12 } else { 16 }) {
            0..=4 => Self::Text(Expression::random(random, &document.body, 3)),
            5 if !document.headline.list.is_empty() => {
                Self::Headline(Expression::random(random, &document.headline, 1))
            }
            6 => Self::Body(Expression::random(random, &document.body, 3)),
            7 => Self::Lead(Expression::random(random, &document.body, 2)),
            8 => Self::AtLeast(1 + random.below(4), Expression::random(random, &document.body, 2)),
            9 if !document.quotes.is_empty() => {
                let (words, kind) = &document.quotes[random.below(document.quotes.len())];
                Self::Said(Expression::random(random, words, 2), kind)
            }
            10 => {
                let length = document.body.list.len();
                Self::Length(length.saturating_sub(random.below(100)), length + random.below(100))
            }
            11 if document.day.is_some() => Self::date(random, document.day.unwrap()),
            12 | 13 => Self::And(list(random)),
            14 => Self::Or(list(random)),
            15 => Self::Not(Box::new(Self::random(random, documents, depth - 1))),
            _ => Self::Text(Expression::random(random, &document.body, 2)),
        }
    }

    /// Days round `day`: a year, a month, a day, or from one of these to another, which may be left out.
    fn date(random: &mut Random, day: NaiveDate) -> Self {
        let period = |random: &mut Random, day: NaiveDate| {
            let month = day.with_day(1).unwrap();
            let last_of_month = month + Months::new(1) - Days::new(1);
            match random.below(3) {
                0 => (day.format("%Y").to_string(), ymd(day.year(), 1, 1), ymd(day.year(), 12, 31)),
                1 => (day.format("%Y-%m").to_string(), month, last_of_month),
                _ => (day.format("%Y-%m-%d").to_string(), day, day),
            }
        };
        let (text, first, last) = period(random, day);
        match random.below(4) {
            0 => Self::Date(text, first, last),
            1 => Self::Date(format!("{text}.."), first, NaiveDate::MAX),
            2 => Self::Date(format!("..{text}"), NaiveDate::MIN, last),
            _ => {
                let later = Days::new(random.below(60) as u64);
                let (until, _, end) = period(random, last + later);
                Self::Date(format!("{text}..{until}"), first, end)
            }
        }
    }

    pub(crate) fn holds(&self, document: &Document) -> bool {
        let found = |expression: &Expression, words: &Words| !expression.matches(words).is_empty();
        match self {
            Self::Text(expression) => found(expression, &document.headline) || found(expression, &document.body),
            Self::Headline(expression) => found(expression, &document.headline),
            Self::Body(expression) => found(expression, &document.body),
            Self::Lead(expression) => {
                let lead = document.body.lead();
                expression.matches(&document.body).iter().any(|found| found.end < lead)
            }
            Self::AtLeast(count, expression) => {
                expression.matches(&document.headline).len() + expression.matches(&document.body).len() >= *count
            }
            Self::Said(expression, kind) => {
                document.quotes.iter().any(|(words, known)| known == kind && found(expression, words))
            }
            Self::Length(least, most) => (*least..=*most).contains(&document.body.list.len()),
            Self::Date(_, first, last) => document.day.is_some_and(|day| (*first..=*last).contains(&day)),
            Self::Dated(is) => document.day.is_some_and(is),
            Self::And(parts) => parts.iter().all(|part| part.holds(document)),
            Self::Or(parts) => parts.iter().any(|part| part.holds(document)),
            Self::Not(inner) => !inner.holds(document),
        }
    }

    /// Number of places in the running text of all documents, where the condition is about these alone.
    pub(crate) fn matches(&self, documents: &[Document]) -> Option<usize> {
        match self {
            Self::Body(expression) | Self::Text(expression) if !matches!(expression, Expression::Or(_)) => {
                Some(documents.iter().map(|document| expression.matches(&document.body).len()).sum())
            }
            _ => None,
        }
    }
}

fn ymd(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// A match: its first and its last word, and whether all between them belong to it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    begin: usize,
    end: usize,
    solid: bool,
}

impl Found {
    fn words(self) -> Vec<usize> {
        if self.solid { (self.begin..=self.end).collect() } else { vec![self.begin, self.end] }
    }
}

impl Expression {
    fn random(random: &mut Random, text: &Words, depth: usize) -> Self {
        let at = random.below(text.list.len().max(1));
        Self::near(random, text, at, depth)
    }

    /// An expression about words that stand near the place `at`.
    fn near(random: &mut Random, text: &Words, at: usize, depth: usize) -> Self {
        if text.list.is_empty() {
            return Self::Word(Word::Stem("nothing".into()));
        }
        let other = (at + random.below(12)).saturating_sub(4).min(text.list.len() - 1);
        match random.below(if depth == 0 { 6 } else { 12 }) {
            0..=3 => Self::Word(Word::random(random, &text.list[at])),
            4 | 5 => Self::phrase(random, text, at),
            6 => Self::Or((0..2 + random.below(2)).map(|_| Self::near(random, text, other, depth - 1)).collect()),
            kind => Self::Linked {
                left: Box::new(Self::near(random, text, at, depth - 1)),
                reach: match kind {
                    7 | 8 => Reach::Words(1 + random.below(12)),
                    9 => Reach::Words(1),
                    10 => Reach::Sentence,
                    _ => Reach::Paragraph,
                },
                ordered: random.below(3) == 0,
                negated: random.below(5) == 0,
                right: Box::new(Self::near(random, text, other, depth - 1)),
            },
        }
    }

    fn phrase(random: &mut Random, text: &Words, at: usize) -> Self {
        let wanted = 2 + random.below(3);
        let slop = if random.below(2) == 0 { random.below(4) } else { 0 };
        let mut words = Vec::new();
        let mut place = at;
        while words.len() < wanted && place < text.list.len() {
            words.push(match random.below(6) {
                0 if !words.is_empty() && words.len() + 1 < wanted && place + 1 < text.list.len() => Word::Any,
                1 => Word::random_pattern(random, &text.list[place]),
                _ => Word::Exact(text.list[place].clone()).checked(),
            });
            place += 1 + random.below(slop + 1);
        }
        while matches!(words.last(), Some(Word::Any)) {
            words.pop();
        }
        Self::Phrase(words, slop)
    }

    /// All matches of which none contains another.
    pub(crate) fn matches(&self, text: &Words) -> Vec<Found> {
        let found = match self {
            Self::Word(word) => {
                // What is written as several words in the index is one word here.
                let at = |&at: &usize| word.is(&text.list[at]);
                (0..text.list.len()).filter(at).map(|at| Found { begin: at, end: at, solid: true }).collect()
            }
            Self::Phrase(words, slop) => runs(words, *slop, text),
            Self::Or(parts) => parts.iter().flat_map(|part| part.matches(text)).collect(),
            Self::Linked { left, reach, ordered, negated, right } => {
                let (left, right) = (left.matches(text), right.matches(text));
                if *negated {
                    let near = |x: &Found| right.iter().any(|y| is_near(*x, *y, *reach, *ordered, text));
                    return left.into_iter().filter(|x| !near(x)).collect();
                }
                let mut found = Vec::new();
                for &x in &left {
                    for &y in &right {
                        let shares = |a: Found, b: Found| a.words().contains(&b.begin) || a.words().contains(&b.end);
                        if is_near(x, y, *reach, *ordered, text) && !shares(x, y) && !shares(y, x) {
                            found.push(Found { begin: x.begin.min(y.begin), end: x.end.max(y.end), solid: false });
                        }
                    }
                }
                found
            }
        };
        shortest(&found)
    }
}

fn is_near(x: Found, y: Found, reach: Reach, ordered: bool, text: &Words) -> bool {
    let (first, last) = (x.begin.min(y.begin), x.end.max(y.end));
    let distance = if x.end < y.begin { y.begin - x.end } else { x.begin.saturating_sub(y.end) };
    (!ordered || x.end < y.begin)
        && match reach {
            Reach::Words(count) => distance <= count,
            Reach::Sentence => text.sentence(first) == text.sentence(last),
            Reach::Paragraph => text.paragraph(first) == text.paragraph(last),
        }
}

/// Every way to find `words` in order, with up to `slop` others between them.
fn runs(words: &[Word], slop: usize, text: &Words) -> Vec<Found> {
    let mut found = Vec::new();
    let solid = slop == 0 && !words.iter().any(|word| matches!(word, Word::Any));
    for begin in 0..text.list.len() {
        let mut ends = Vec::new();
        if words.first().is_some_and(|word| word.is(&text.list[begin])) {
            ends.push(begin);
        }
        for word in &words[1..] {
            let mut next = Vec::new();
            for &end in &ends {
                let most = (begin + words.len() + slop).min(text.list.len());
                next.extend((end + 1..most).filter(|&at| word.is(&text.list[at])));
            }
            next.sort_unstable();
            next.dedup();
            ends = next;
        }
        let longest = begin + words.len() - 1 + slop;
        found.extend(ends.into_iter().filter(|&end| end <= longest).map(|end| Found { begin, end, solid }));
    }
    found
}

/// Those that contain no other, each once; a loose one goes before a solid one in the same place.
fn shortest(found: &[Found]) -> Vec<Found> {
    let contains = |x: &Found, y: &Found| {
        x.begin <= y.begin && y.end <= x.end && ((x.begin, x.end) != (y.begin, y.end) || x.solid && !y.solid)
    };
    let mut kept: Vec<Found> = Vec::new();
    for x in found {
        if !found.iter().any(|y| contains(x, y)) && !kept.contains(x) {
            kept.push(*x);
        }
    }
    kept
}

impl Word {
    fn random(random: &mut Random, word: &str) -> Self {
        match random.below(8) {
            0..=3 => Self::Stem(word.to_owned()).checked(),
            4 => Self::Exact(word.to_owned()).checked(),
            _ => Self::random_pattern(random, word),
        }
    }

    fn random_pattern(random: &mut Random, word: &str) -> Self {
        let letters: Vec<char> = word.chars().collect();
        if !letters.iter().all(char::is_ascii_lowercase) || letters.len() < 3 {
            return Self::Exact(word.to_owned()).checked();
        }
        let cut = 1 + random.below(letters.len() - 2);
        let (before, after): (String, String) = (letters[..cut].iter().collect(), letters[cut + 1..].iter().collect());
        match random.below(7) {
            0 => Self::Pattern(format!("{before}*")),
            1 => Self::Pattern(format!("{before}?{after}")),
            2 => Self::Pattern(format!("{before}*{}", &after[after.len() - 1..])),
            3 => Self::Pattern(format!("*{after}")),
            4 => Self::Fuzzy(format!("{before}x{after}"), 1),
            5 => Self::Fuzzy(word.to_owned(), 1 + random.below(2)),
            _ => {
                let (expression, is) = EXPRESSIONS[random.below(EXPRESSIONS.len())];
                Self::Regex(expression, is)
            }
        }
    }

    /// The word, or another where a query cannot write it alone.
    fn checked(self) -> Self {
        match self {
            Self::Stem(word) | Self::Exact(word) if word == "'s" => Self::Exact("s".into()),
            word => word,
        }
    }

    fn is(&self, word: &str) -> bool {
        match self {
            Self::Stem(own) => {
                let plain = |word: &str| word.bytes().all(|byte| byte.is_ascii_lowercase());
                let stemmer = Stemmer::new(Algorithm::English);
                own == word || plain(own) && plain(word) && stemmer.stem(own) == stemmer.stem(word)
            }
            Self::Exact(own) => own == word,
            Self::Pattern(pattern) => fits(pattern.as_bytes(), word.as_bytes()),
            Self::Fuzzy(own, changes) => distance(own, word) <= *changes,
            Self::Regex(_, is) => is(word),
            Self::Any => true,
        }
    }
}

fn fits(pattern: &[u8], word: &[u8]) -> bool {
    match (pattern, word) {
        ([], []) => true,
        ([b'*', rest @ ..], _) => (0..=word.len()).any(|skip| fits(rest, &word[skip..])),
        ([b'?', rest @ ..], [_, after @ ..]) => fits(rest, after),
        ([own, rest @ ..], [letter, after @ ..]) => own == letter && fits(rest, after),
        _ => false,
    }
}

/// Letters to insert, delete, change, or exchange with the next, each letter once (optimal string alignment).
fn distance(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut table = vec![vec![0; right.len() + 1]; left.len() + 1];
    for i in 0..=left.len() {
        for j in 0..=right.len() {
            table[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let change = table[i - 1][j - 1] + usize::from(left[i - 1] != right[j - 1]);
                let mut least = change.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                    least = least.min(table[i - 2][j - 2] + 1);
                }
                least
            };
        }
    }
    table[left.len()][right.len()]
}

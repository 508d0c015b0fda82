//! Queries as Nexis reads them: written without brackets, and put together here by the order of its operators, as its
//! help pages give it, splitting at the weakest operator first.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use crate::expression::{Condition, Expression, Reach, Word};
use crate::generator::Random;
use crate::text::{Document, Words};

/// `a AND b AND NOT c AND d`: what has to hold together, and what of the like must not.
pub(crate) struct NexisQuery {
    wanted: Vec<Part>,
    excluded: Vec<Vec<Part>>,
}

/// What stands between `AND`s.
enum Part {
    Chain(Chain),
    /// In this segment.
    Segment(&'static str, Chain),
    AtLeast(usize, Chain),
    Date(Comparison, NaiveDate),
    Longer(usize),
}

#[derive(Clone, Copy)]
enum Comparison {
    Is,
    Month,
    After,
    Before,
}

/// Items with operators of positions or `OR` between them: one fewer than items.
struct Chain {
    items: Vec<Item>,
    operators: Vec<Operator>,
}

enum Item {
    /// Words side by side.
    Words(Vec<Word>),
    Brackets(Box<Chain>),
}

#[derive(Clone, Copy, PartialEq)]
enum Operator {
    Or,
    Within(usize),
    Before(usize),
    NotWithin(usize),
    Sentence,
    Paragraph,
}

impl NexisQuery {
    /// A query about words that stand in one of `documents`, so that it may hold there.
    pub(crate) fn random(random: &mut Random, documents: &[Document]) -> Self {
        let mut document = || {
            let at = random.below(documents.len());
            &documents[at]
        };
        let (own, other) = (document(), document());
        let list = |random: &mut Random, document: &Document, most: usize| {
            (0..=random.below(most)).map(|_| Part::random(random, document)).collect::<Vec<_>>()
        };
        let wanted = list(random, own, 2);
        let excluded = (0..random.below(3)).map(|_| list(random, other, 2)).collect();
        Self { wanted, excluded }
    }

    /// What it means.
    pub(crate) fn condition(&self) -> Condition {
        let all = |parts: &[Part]| Condition::And(parts.iter().map(Part::condition).collect());
        let excluded = self.excluded.iter().map(|parts| Condition::Not(Box::new(all(parts))));
        Condition::And(std::iter::once(all(&self.wanted)).chain(excluded).collect())
    }
}

impl Part {
    fn random(random: &mut Random, document: &Document) -> Self {
        let chain = |random: &mut Random, words: &Words| Chain::random(random, words, 2);
        match (random.below(12), document.day) {
            (0, _) if !document.headline.list.is_empty() => {
                Self::Segment("HEADLINE", chain(random, &document.headline))
            }
            (1, _) => Self::Segment(["LEAD", "BODY"][random.below(2)], chain(random, &document.body)),
            (2, _) => Self::Segment("HLEAD", chain(random, &document.body)),
            (3, _) => Self::AtLeast(1 + random.below(4), chain(random, &document.body)),
            (4, _) => Self::Longer(document.body.list.len().saturating_sub(random.below(50))),
            (5 | 6, Some(day)) => {
                let comparison = [Comparison::Is, Comparison::Month, Comparison::After, Comparison::Before];
                Self::Date(comparison[random.below(4)], day)
            }
            _ => Self::Chain(chain(random, &document.body)),
        }
    }

    fn condition(&self) -> Condition {
        match self {
            Self::Chain(chain) => Condition::Text(chain.expression()),
            Self::Segment("HEADLINE", chain) => Condition::Headline(chain.expression()),
            Self::Segment("LEAD", chain) => Condition::Lead(chain.expression()),
            Self::Segment("BODY", chain) => Condition::Body(chain.expression()),
            Self::Segment(_, chain) => {
                Condition::Or(vec![Condition::Headline(chain.expression()), Condition::Lead(chain.expression())])
            }
            Self::AtLeast(count, chain) => Condition::AtLeast(*count, chain.expression()),
            Self::Longer(words) => Condition::Length(words + 1, usize::MAX),
            Self::Date(comparison, day) => {
                let month = |day: NaiveDate| (day.year(), day.month());
                let day = *day;
                Condition::Dated(match comparison {
                    Comparison::Is => Box::new(move |other| other == day),
                    Comparison::Month => Box::new(move |other| month(other) == month(day)),
                    Comparison::After => Box::new(move |other| other > day),
                    Comparison::Before => Box::new(move |other| other < day),
                })
            }
        }
    }
}

impl Chain {
    fn random(random: &mut Random, words: &Words, depth: usize) -> Self {
        let at = random.below(words.list.len().max(1));
        let count = 1 + random.below(3);
        let items = (0..count).map(|_| Item::random(random, words, at, depth)).collect();
        Self { items, operators: (1..count).map(|_| Operator::random(random)).collect() }
    }

    fn expression(&self) -> Expression {
        built(&self.items, &self.operators)
    }
}

/// What `items` with `operators` between them mean: the two sides of the weakest operator, of equals the last.
fn built(items: &[Item], operators: &[Operator]) -> Expression {
    let Some(weakest) = operators.iter().map(|operator| operator.strength()).min() else {
        return items[0].expression();
    };
    let at = operators.iter().rposition(|operator| operator.strength() == weakest).unwrap();
    let left = Box::new(built(&items[..=at], &operators[..at]));
    let right = Box::new(built(&items[at + 1..], &operators[at + 1..]));
    let linked = |reach, ordered, negated| Expression::Linked { left, reach, ordered, negated, right };
    match operators[at] {
        Operator::Or => {
            let (left, right) = (built(&items[..=at], &operators[..at]), built(&items[at + 1..], &operators[at + 1..]));
            Expression::Or(vec![left, right])
        }
        Operator::Within(count) => linked(Reach::Words(count), false, false),
        Operator::Before(count) => linked(Reach::Words(count), true, false),
        Operator::NotWithin(count) => linked(Reach::Words(count), false, true),
        Operator::Sentence => linked(Reach::Sentence, false, false),
        Operator::Paragraph => linked(Reach::Paragraph, false, false),
    }
}

impl Item {
    fn random(random: &mut Random, words: &Words, at: usize, depth: usize) -> Self {
        if depth > 0 && random.below(6) == 0 {
            return Self::Brackets(Box::new(Chain::random(random, words, depth - 1)));
        }
        let near = (at + random.below(8)).min(words.list.len().saturating_sub(1));
        let count = 1 + usize::from(random.below(4) == 0);
        let found: Vec<Word> =
            words.list.iter().skip(near).filter_map(|word| plain(random, word)).take(count).collect();
        Self::Words(if found.is_empty() { vec![Word::Stem("nothing".into())] } else { found })
    }

    fn expression(&self) -> Expression {
        match self {
            Self::Brackets(chain) => chain.expression(),
            Self::Words(words) => {
                let words = words.iter().cloned().map(Expression::Word);
                let next_to = |left, right| Expression::Linked {
                    left: Box::new(left),
                    reach: Reach::Words(1),
                    ordered: true,
                    negated: false,
                    right: Box::new(right),
                };
                words.reduce(next_to).unwrap()
            }
        }
    }
}

/// `word` or a pattern that fits it, as Nexis can write it; `None` for what it reads as something else.
fn plain(random: &mut Random, word: &str) -> Option<Word> {
    if !word.bytes().all(|byte| byte.is_ascii_lowercase()) || word.len() < 3 || matches!(word, "and" | "not") {
        return None;
    }
    Some(match random.below(6) {
        0 => Word::Pattern(format!("{}*", &word[..2])),
        1 => Word::Pattern(format!("{}?{}", &word[..1], &word[2..])),
        _ => Word::Stem(word.to_owned()),
    })
}

impl Operator {
    fn random(random: &mut Random) -> Self {
        let count = 1 + random.below(9);
        match random.below(10) {
            0..=3 => Self::Or,
            4 => Self::Within(count),
            5 => Self::Before(count),
            6 => Self::NotWithin(count),
            7 | 8 => Self::Sentence,
            _ => Self::Paragraph,
        }
    }

    /// How tightly it holds: `OR` most, then a distance the more the fewer words it is.
    const fn strength(self) -> usize {
        match self {
            Self::Paragraph => 0,
            Self::Sentence => 1,
            Self::Within(count) | Self::Before(count) | Self::NotWithin(count) => 1000 - count,
            Self::Or => 1001,
        }
    }
}

impl fmt::Display for NexisQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = |parts: &[Part]| parts.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ");
        f.write_str(&all(&self.wanted))?;
        self.excluded.iter().try_for_each(|parts| write!(f, " AND NOT {}", all(parts)))
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Chain(chain) => write!(f, "{chain}"),
            Self::Segment(name, chain) => write!(f, "{name}({chain})"),
            Self::AtLeast(count, chain) => write!(f, "ATLEAST{count}({chain})"),
            Self::Longer(words) => write!(f, "LENGTH > {words}"),
            Self::Date(Comparison::Is, day) => write!(f, "DATE IS {day}"),
            Self::Date(Comparison::Month, day) => write!(f, "DATE(= {})", day.format("%B %Y")),
            Self::Date(Comparison::After, day) => write!(f, "DATE AFT {}", day.format("%m/%d/%Y")),
            Self::Date(Comparison::Before, day) => write!(f, "date bef {}", day.format("%B %d, %Y")),
        }
    }
}

impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.items[0])?;
        self.operators.iter().zip(&self.items[1..]).try_for_each(|(operator, item)| write!(f, " {operator} {item}"))
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = |word: &Word| match word {
            Word::Pattern(pattern) => pattern.replace('*', "!").replace('?', "*"),
            other => other.to_string(),
        };
        match self {
            Self::Words(words) => f.write_str(&words.iter().map(word).collect::<Vec<_>>().join(" ")),
            Self::Brackets(chain) => write!(f, "({chain})"),
        }
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Or => f.write_str("or"),
            Self::Within(count) => write!(f, "w/{count}"),
            Self::Before(count) => write!(f, "PRE/{count}"),
            Self::NotWithin(count) => write!(f, "NOT W/{count}"),
            Self::Sentence => f.write_str("W/S"),
            Self::Paragraph => f.write_str("w/p"),
        }
    }
}

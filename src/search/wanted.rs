//! An expression about places in a text, with all words of the index that stand for each of its words.
//!
//! The search and the marks in what it shows read the same tree, so that what is marked is what was found.

use tantivy::Searcher as Snapshot;
use tantivy::schema::Field as Slot;

use super::forms::Forms;
use super::interval::{self, Interval};
use super::pattern::{Pattern, wildcard_words};
use super::query::{Link, Query, Reach};
use super::vocabulary;
use crate::index::analyzer::words;
use crate::index::bounds::Bounds;

/// What is looked for in one text.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// The words that stand for each word of the query, in order.
    pub(super) words: Vec<Forms>,
    pub(super) root: Node,
}

/// A part of an expression; words are numbers into [`Wanted::words`].
#[derive(Clone, Debug)]
pub(super) enum Node {
    /// Words in this order, each so many steps behind the one before it, with so many other words between them.
    Run {
        words: Vec<usize>,
        steps: Vec<u32>,
        slop: u32,
    },
    Any(Vec<Node>),
    Linked(Box<Node>, Link, Box<Node>),
    Lead(Box<Node>),
}

/// The words of a leaf: which words of the index stand for each, and how many steps each stands behind the one before.
pub(super) struct Leaf {
    pub(super) words: Vec<Forms>,
    pub(super) steps: Vec<u32>,
    pub(super) slop: u32,
}

impl Leaf {
    /// True where the words follow each other with nothing between them.
    pub(super) fn is_row(&self) -> bool {
        self.slop == 0 && self.steps.iter().skip(1).all(|&step| step == 1)
    }
}

/// Where an expression is looked for.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) slot: Slot,
    /// True where words without a sign are found in any form.
    pub(super) widened: bool,
}

impl Place<'_> {
    /// The words that the leaf `query` looks for.
    pub(super) fn leaf(self, query: &Query) -> tantivy::Result<Leaf> {
        let mut leaf = Leaf { words: Vec::new(), steps: Vec::new(), slop: 0 };
        match query {
            Query::Run(parts, slop) => {
                leaf.slop = *slop;
                let mut step = 1;
                for part in parts {
                    if *part == Query::All {
                        step += 1;
                        continue;
                    }
                    for forms in self.forms(part)? {
                        leaf.words.push(forms);
                        leaf.steps.push(std::mem::replace(&mut step, 1));
                    }
                }
            }
            other => {
                leaf.words = self.forms(other)?;
                leaf.steps = vec![1; leaf.words.len()];
            }
        }
        Ok(leaf)
    }

    /// The words of the index that stand for each word of `query`.
    fn forms(self, query: &Query) -> tantivy::Result<Vec<Forms>> {
        let Self { snapshot, slot, .. } = self;
        match query {
            Query::Word(text) if self.widened => {
                words(text).iter().map(|word| vocabulary::same_stem(snapshot, slot, word).map(Forms::Listed)).collect()
            }
            Query::Word(text) | Query::Exact(text) | Query::Phrase(text) | Query::Name(text) => {
                Ok(words(text).into_iter().map(Forms::one).collect())
            }
            Query::Wildcard(text) => wildcard_words(text).iter().map(|word| self.fitting(word)).collect(),
            Query::Fuzzy(text, changes) => {
                let near =
                    |word: &String| Pattern::fuzzy(slot, word, *changes)?.words(snapshot, slot).map(Forms::Listed);
                words(text).iter().map(near).collect()
            }
            Query::Regex(expression) => match Pattern::regex(expression) {
                Ok(pattern) => Ok(vec![Forms::Listed(pattern.words(snapshot, slot)?)]),
                Err(_) => Ok(vec![Forms::Listed(Vec::new())]),
            },
            _ => Ok(Vec::new()),
        }
    }

    /// The words of the index that fit `word`, which may hold `*` and `?`.
    fn fitting(self, word: &str) -> tantivy::Result<Forms> {
        if !word.contains(['*', '?']) {
            return Ok(Forms::one(word.to_owned()));
        }
        if let Some(beginning) = word.strip_suffix('*').filter(|beginning| !beginning.contains(['*', '?'])) {
            return Ok(Forms::Beginning(beginning.to_owned()));
        }
        match Pattern::wildcard(word) {
            Ok(pattern) => pattern.words(self.snapshot, self.slot).map(Forms::Listed),
            Err(_) => Ok(Forms::Listed(Vec::new())),
        }
    }

    /// What `query`, a leaf or leaves joined by `OR` and by operators of positions, looks for.
    pub(super) fn wanted(self, query: &Query, in_lead: bool) -> tantivy::Result<Wanted> {
        let mut words = Vec::new();
        let root = self.node(query, &mut words)?;
        Ok(Wanted { words, root: if in_lead { Node::Lead(Box::new(root)) } else { root } })
    }

    fn node(self, query: &Query, into: &mut Vec<Forms>) -> tantivy::Result<Node> {
        match query {
            Query::Or(parts) => {
                Ok(Node::Any(parts.iter().map(|part| self.node(part, into)).collect::<tantivy::Result<_>>()?))
            }
            Query::Linked(left, link, right) => {
                let (left, right) = (self.node(left, into)?, self.node(right, into)?);
                Ok(Node::Linked(Box::new(left), *link, Box::new(right)))
            }
            Query::AtLeast(_, inner) | Query::Boost(inner, _) => self.node(inner, into),
            leaf => {
                let Leaf { words, steps, slop } = self.leaf(leaf)?;
                let first = into.len();
                into.extend(words);
                Ok(Node::Run { words: (first..into.len()).collect(), steps, slop })
            }
        }
    }
}

impl Wanted {
    /// Where the expression matches in a text: `lists` are the positions of each of its words.
    pub(super) fn matches(&self, lists: &[Vec<u32>], bounds: &Bounds) -> Vec<Interval> {
        self.root.matches(lists, bounds)
    }

    /// The words and phrases that make up the `matches`, in no order.
    pub(super) fn parts(&self, matches: &[Interval], lists: &[Vec<u32>], bounds: &Bounds) -> Vec<Interval> {
        let mut parts = Vec::new();
        self.root.parts(matches, lists, bounds, &mut parts);
        parts
    }
}

impl Node {
    fn matches(&self, lists: &[Vec<u32>], bounds: &Bounds) -> Vec<Interval> {
        match self {
            Self::Run { words, steps, slop } => {
                let lists: Vec<&[u32]> = words.iter().map(|&word| lists[word].as_slice()).collect();
                interval::run(&lists, steps, *slop)
            }
            Self::Any(nodes) => interval::any(nodes.iter().map(|node| node.matches(lists, bounds)).collect()),
            Self::Linked(left, link, right) => {
                let left = left.matches(lists, bounds);
                if left.is_empty() {
                    return left;
                }
                interval::linked(&left, &right.matches(lists, bounds), *link, bounds)
            }
            Self::Lead(inner) => interval::in_lead(inner.matches(lists, bounds), bounds),
        }
    }

    fn parts(&self, matches: &[Interval], lists: &[Vec<u32>], bounds: &Bounds, into: &mut Vec<Interval>) {
        match self {
            Self::Run { words, steps, slop } => {
                let is_row = *slop == 0 && steps.iter().skip(1).all(|&step| step == 1);
                for found in matches {
                    if is_row {
                        into.push(Interval::solid(found.begin, found.end));
                    } else {
                        let lists: Vec<&[u32]> = words.iter().map(|&word| lists[word].as_slice()).collect();
                        into.extend(interval::words_of_run(*found, &lists, steps));
                    }
                }
            }
            Self::Any(nodes) => {
                for node in nodes {
                    let own = interval::common(&node.matches(lists, bounds), matches);
                    node.parts(&own, lists, bounds, into);
                }
            }
            Self::Linked(left, Link { negated: true, .. }, _) => left.parts(matches, lists, bounds, into),
            Self::Linked(left, link, right) => {
                let (left_matches, right_matches) = (left.matches(lists, bounds), right.matches(lists, bounds));
                let (xs, ys) = interval::pairs(&left_matches, &right_matches, *link, bounds, matches);
                left.parts(&xs, lists, bounds, into);
                right.parts(&ys, lists, bounds, into);
            }
            Self::Lead(inner) => inner.parts(matches, lists, bounds, into),
        }
    }

    /// Words without which the expression matches nowhere.
    pub(super) fn needed_words(&self) -> Vec<usize> {
        match self {
            Self::Run { words, .. } => words.clone(),
            Self::Any(nodes) => {
                if let [node] = &nodes[..] {
                    node.needed_words()
                } else {
                    Vec::new()
                }
            }
            Self::Linked(left, link, _) if link.negated => left.needed_words(),
            Self::Linked(left, _, right) => [left.needed_words(), right.needed_words()].concat(),
            Self::Lead(inner) => inner.needed_words(),
        }
    }

    /// True where the expression looks at the bounds that `needs` names.
    pub(super) fn needs(&self, bound: Bound) -> bool {
        match self {
            Self::Run { .. } => false,
            Self::Any(nodes) => nodes.iter().any(|node| node.needs(bound)),
            Self::Linked(left, link, right) => {
                let own = match bound {
                    Bound::Sentence => link.reach == Reach::Sentence,
                    Bound::Paragraph => link.reach == Reach::Paragraph,
                    Bound::Lead => false,
                };
                own || left.needs(bound) || right.needs(bound)
            }
            Self::Lead(inner) => bound == Bound::Lead || inner.needs(bound),
        }
    }
}

/// What a text is cut by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    Sentence,
    Paragraph,
    Lead,
}

//! Which names are one actor, by how articles use them.
//!
//! An article that prints "Ada B. Okwu" and goes on with "Ada Okwu" says that both are one; so an article that has only
//! the shorter name most likely means the same. That is followed where the words bear it out and no article speaks
//! against it. A surname alone has many owners: it is taken for one only where nearly all of many articles agree.

use std::collections::{BTreeMap, BTreeSet};

use super::roster::{Draft, Use};
use crate::extract::EntityKind;
use crate::extract::entity::{is_acronym, words_left_out};

/// Share of the articles that use one word or an acronym for a longer name which have to use it for the same.
const AGREEMENT: f64 = 0.95;

/// Articles that have to use one word for a longer name.
const SURNAME_ARTICLES: usize = 10;

/// Articles that have to explain an acronym.
const ACRONYM_ARTICLES: usize = 2;

/// A group of names that stands for another, by a pair of spellings.
#[derive(Clone, Copy)]
struct Pair {
    short: u32,
    long: u32,
    articles: usize,
}

/// Joins names that `uses` show to be one: first names of several words, then single words and acronyms, as these are
/// only told apart when all names of their owner are known.
pub(super) fn join(draft: &mut Draft, uses: &[Use]) {
    for pair in full_names(draft, &pairs(draft, uses)) {
        draft.join(pair.short, pair.long);
    }
    for pair in agreed(draft, &pairs(draft, uses)) {
        draft.join(pair.short, pair.long);
    }
}

/// The groups that articles use for one another, with the number of those articles, in order.
fn pairs(draft: &Draft, uses: &[Use]) -> Vec<Pair> {
    let mut pairs: BTreeMap<(u32, u32), Pair> = BTreeMap::new();
    for found in uses {
        let Some(short) = found.spelling.filter(|&short| !draft.is_apart(short) && !draft.is_apart(found.owner)) else {
            continue;
        };
        let groups = (draft.root(short), draft.root(found.owner));
        if groups.0 != groups.1 {
            let pair = pairs.entry(groups).or_insert(Pair { short, long: found.owner, articles: 0 });
            pair.articles += found.articles;
        }
    }
    pairs.into_values().collect()
}

/// The pairs of names of one person of which the shorter has several words.
///
/// Left out are longer names that hold two names which do not hold each other ("Ada Okwu and Rob Marsh", read as one),
/// and shorter ones whose longer ones differ in what stands between the words ("George W. Bush", "George H. W. Bush").
fn full_names(draft: &Draft, pairs: &[Pair]) -> Vec<Pair> {
    let borne_out = |pair: &&Pair| {
        let (short, long) = (&draft.spellings[pair.short as usize], &draft.spellings[pair.long as usize]);
        short.kind == EntityKind::Person
            && short.text.contains(' ')
            && words_left_out(&short.text, &long.text).is_some()
    };
    let pairs: Vec<Pair> = pairs.iter().filter(borne_out).copied().collect();
    let (mut held, mut middles) = (BTreeMap::new(), BTreeMap::new());
    for pair in &pairs {
        held.entry(pair.long).or_insert_with(Vec::new).push(pair.short);
        let long = &draft.spellings[pair.long as usize].text;
        let [_, middle, _] = words_left_out(&draft.spellings[pair.short as usize].text, long).unwrap_or_default();
        let initials: String = middle.iter().filter_map(|word| word.chars().next()).collect();
        let initials = Some(initials).filter(|initials| !initials.is_empty());
        middles.entry(pair.short).or_insert_with(BTreeSet::new).extend(initials);
    }
    let nested = |left: u32, right: u32| {
        let (left, right) = (&draft.spellings[left as usize].text, &draft.spellings[right as usize].text);
        left == right || words_left_out(left, right).is_some() || words_left_out(right, left).is_some()
    };
    let is_one = |shorts: &Vec<u32>| shorts.iter().all(|&left| shorts.iter().all(|&right| nested(left, right)));
    pairs.into_iter().filter(|pair| is_one(&held[&pair.long]) && middles[&pair.short].len() <= 1).collect()
}

/// The pairs of a single word or an acronym and the name that nearly all articles use it for.
fn agreed(draft: &Draft, pairs: &[Pair]) -> Vec<Pair> {
    let mut agreed = Vec::new();
    for pairs in pairs.chunk_by(|left, right| draft.root(left.short) == draft.root(right.short)) {
        let total: usize = pairs.iter().map(|pair| pair.articles).sum();
        let Some(&most) = pairs.iter().max_by_key(|pair| pair.articles) else { continue };
        if most.articles as f64 >= total as f64 * AGREEMENT && may_stand_for(draft, most) {
            agreed.push(most);
        }
    }
    agreed
}

/// True where the single word or acronym of `pair` may stand for its name in articles that do not say so.
fn may_stand_for(draft: &Draft, pair: Pair) -> bool {
    let (short, long) = (&draft.spellings[pair.short as usize], &draft.spellings[pair.long as usize]);
    match short.kind {
        EntityKind::Person => {
            let is_word = !short.text.contains(' ') && words_left_out(&short.text, &long.text).is_some();
            is_word && pair.articles >= SURNAME_ARTICLES
        }
        EntityKind::Organization => {
            // Letters that most articles do not explain may be usual for something else.
            let is_explained = pair.articles >= ACRONYM_ARTICLES && pair.articles * 4 >= short.articles;
            is_acronym(&short.text) && !is_acronym(&long.text) && is_explained
        }
        EntityKind::Place | EntityKind::Other => false,
    }
}

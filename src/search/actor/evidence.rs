//! Which names are one actor, by how articles use them.
//!
//! An article that prints "Ada B. Okwu" and goes on with "Ada Okwu" says that both are one; so an article that has only
//! the shorter name most likely means the same. That is followed only where the words bear it out, where nearly all
//! articles agree, and never for a single word of a person's name: a surname alone has many owners.

use std::collections::BTreeMap;

use super::roster::{Draft, Use};
use crate::extract::EntityKind;
use crate::extract::entity::{is_acronym, is_shorter_person};

/// Share of the articles that use a name for a longer one which have to use it for the same.
const AGREEMENT: f64 = 0.9;

/// Articles that have to explain an acronym.
const EXPLAINED: usize = 2;

/// Joins names that `uses` show to be one.
pub(super) fn join(draft: &mut Draft, uses: &[Use]) {
    // For each group that stands for another: the groups it stands for, with articles and a pair of spellings.
    let mut meanings: BTreeMap<u32, BTreeMap<u32, (usize, (u32, u32))>> = BTreeMap::new();
    for found in uses {
        let Some(short) = found.spelling.filter(|&short| !draft.is_apart(short) && !draft.is_apart(found.owner)) else {
            continue;
        };
        let (from, into) = (draft.root(short), draft.root(found.owner));
        if from != into {
            let entry = meanings.entry(from).or_default().entry(into).or_insert((0, (short, found.owner)));
            entry.0 += found.articles;
        }
    }
    for meaning in meanings.values() {
        let total: usize = meaning.values().map(|(articles, _)| articles).sum();
        let Some(&(articles, (short, long))) = meaning.values().max_by_key(|(articles, _)| *articles) else { continue };
        if articles as f64 >= total as f64 * AGREEMENT && is_borne_out(draft, short, long, articles) {
            draft.join(short, long);
        }
    }
}

/// True where the words of two names allow them to be one.
fn is_borne_out(draft: &Draft, short: u32, long: u32, articles: usize) -> bool {
    let (short, long) = (&draft.spellings[short as usize], &draft.spellings[long as usize]);
    match short.kind {
        EntityKind::Person => short.text.contains(' ') && is_shorter_person(&short.text, &long.text),
        EntityKind::Organization => {
            // Letters that most articles do not explain may be usual for something else.
            let explained = articles >= EXPLAINED && articles * 4 >= short.articles;
            is_acronym(&short.text) && !is_acronym(&long.text) && explained
        }
        EntityKind::Place | EntityKind::Other => false,
    }
}

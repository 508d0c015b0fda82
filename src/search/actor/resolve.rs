//! A name as a user types it to the actor that is meant, or to those that may be.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use tantivy::Searcher as Snapshot;

use super::bare::bare;
use super::list::{hit, tallies};
use super::roster::{ActorNumber, Roster};
use super::rules::kinds;
use crate::extract::EntityKind;
use crate::extract::entity::name_key;
use crate::index::analyzer::words;
use crate::search::ActorHit;

/// Share of the articles with a name that have to mean one actor by it, for that actor to be taken as meant.
const SHARE: f64 = 0.66;

/// Most actors that are suggested.
const SUGGESTIONS: usize = 6;

/// What a name comes to.
pub(super) enum Resolution {
    One(ActorNumber),
    Several(Vec<ActorNumber>),
    None,
}

/// The actor that is called `name`, or, where nobody is, what `name` is without titles.
pub(super) fn resolve(roster: &Roster, name: &str, kind: Option<EntityKind>) -> Resolution {
    match called(roster, name, kind) {
        Resolution::None => bare(name).map_or(Resolution::None, |name| called(roster, &name, kind)),
        found => found,
    }
}

/// The actor that is called `name`: in full, whatever the spelling, or by an alias.
///
/// A full name of several words goes before aliases. One word counts for all that bear it, as "Okwu" is more likely Ada
/// Okwu, whom most articles call so, than somebody of whom no article tells more.
fn called(roster: &Roster, name: &str, kind: Option<EntityKind>) -> Resolution {
    let mut articles: BTreeMap<ActorNumber, usize> = BTreeMap::new();
    for actor in kinds(kind).filter_map(|kind| roster.find(kind, name)) {
        let is_part = roster.detours.iter().any(|detour| detour.into == actor);
        let named = roster.articles(actor);
        if named > 0 || is_part {
            articles.insert(actor, named);
        }
    }
    let is_full = !articles.is_empty() && words(name).len() > 1;
    if !is_full {
        let keys = EntityKind::ALL.map(|kind| name_key(kind, name));
        for alias in &roster.aliases {
            let owner = &roster.actors[alias.owner as usize];
            if alias.key == keys[owner.kind as usize] && kind.is_none_or(|kind| kind == owner.kind) {
                *articles.entry(alias.owner).or_default() += alias.articles;
            }
        }
    }
    let total: usize = articles.values().sum();
    let mut found: Vec<(ActorNumber, usize)> = articles.into_iter().collect();
    found.sort_by_key(|&(actor, articles)| (Reverse(articles), actor));
    match found[..] {
        [] => Resolution::None,
        [(actor, most), ..] if is_full || most as f64 >= total as f64 * SHARE => Resolution::One(actor),
        _ => Resolution::Several(found.into_iter().map(|(actor, _)| actor).take(SUGGESTIONS).collect()),
    }
}

/// `actors` with their figures, in their order.
pub(super) fn hits(snapshot: &Snapshot, roster: &Roster, actors: &[ActorNumber]) -> tantivy::Result<Vec<ActorHit>> {
    if actors.is_empty() {
        return Ok(Vec::new());
    }
    let tallies = tallies(snapshot, roster)?;
    Ok(actors.iter().map(|&actor| hit(roster, actor, tallies[actor as usize])).collect())
}

/// Actors with a name like `name`: first those that have its words, then those whose words differ by few letters.
pub(super) fn alike(roster: &Roster, name: &str, kind: Option<EntityKind>) -> Vec<ActorNumber> {
    let wanted: Vec<Vec<char>> = words(name).iter().map(|word| word.chars().collect()).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (number, actor) in (0..).zip(&roster.actors) {
        if actor.hidden.is_some() || kind.is_some_and(|kind| kind != actor.kind) {
            continue;
        }
        let names = roster.names(number).chain([actor.name.as_str()]);
        let strangeness = names.filter_map(|name| strangeness(&wanted, name)).min();
        let articles = roster.articles(number);
        if let Some(strangeness) = strangeness.filter(|_| articles > 0) {
            found.push((strangeness, Reverse(articles), actor.name.as_str(), number));
        }
    }
    found.sort();
    found.into_iter().take(SUGGESTIONS).map(|(_, _, _, number)| number).collect()
}

/// How many letters have to be changed for `name` to have all `wanted` words, at its words' beginnings at least; `None`
/// where they are too many.
fn strangeness(wanted: &[Vec<char>], name: &str) -> Option<usize> {
    let words: Vec<Vec<char>> = words(name).iter().map(|word| word.chars().collect()).collect();
    let best = |want: &Vec<char>| words.iter().filter_map(|word| word_strangeness(want, word)).min();
    wanted.iter().map(best).sum()
}

fn word_strangeness(wanted: &[char], word: &[char]) -> Option<usize> {
    if word.starts_with(wanted) {
        return Some(0);
    }
    let limit = match wanted.len() {
        0..=3 => return None,
        4..=6 => 1,
        _ => 2,
    };
    let close = wanted.len().abs_diff(word.len()) <= limit;
    close.then(|| distance(wanted, word)).filter(|&distance| distance <= limit)
}

/// Number of letters to insert, delete, change or swap with their neighbour to make `left` of `right` (Damerau 1964, in
/// the restricted form).
fn distance(left: &[char], right: &[char]) -> usize {
    let mut before = vec![0; right.len() + 1];
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.iter().enumerate() {
        let mut next = vec![i + 1; right.len() + 1];
        for (j, b) in right.iter().enumerate() {
            next[j + 1] = (row[j] + usize::from(a != b)).min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && *a == right[j - 1] && left[i - 1] == *b {
                next[j + 1] = next[j + 1].min(before[j - 1] + 1);
            }
        }
        before = std::mem::replace(&mut row, next);
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(wanted: &str, name: &str, expect: Option<usize>) {
        let wanted: Vec<Vec<char>> = words(wanted).iter().map(|word| word.chars().collect()).collect();
        assert_eq!(strangeness(&wanted, name), expect, "{name}");
    }

    #[test]
    fn misspelt_and_partial_names() {
        check("okwu", "Ada Okwu", Some(0));
        check("ok", "Ada Okwu", Some(0));
        check("okuw", "Ada Okwu", Some(1));
        check("adda okwu", "Ada Okwu", Some(1));
        check("tornquist", "Lena Törnqvist", Some(1));
        check("oku", "Ada Okwu", None);
        check("marsh", "Ada Okwu", None);
        check("okwu marsh", "Ada Okwu", None);
    }

    #[test]
    fn distances() {
        for (left, right, expect) in [("", "ab", 2), ("abcd", "abdc", 1), ("kitten", "sitting", 3), ("abc", "abc", 0)] {
            let chars = |text: &str| text.chars().collect::<Vec<char>>();
            assert_eq!(distance(&chars(left), &chars(right)), expect, "{left} {right}");
        }
    }
}

//! What the tagger looks at, shared by training and use.
//!
//! Every feature is a hash of what kind it is and what it saw. Those that one word alone tells ([`word_features`]) are
//! kept apart from those that need its surroundings ([`place_features`]): the first are summed once for all
//! occurrences of the word in a text. The third kind ([`second_features`]) looks at what the first pass found elsewhere
//! in the text. The choice follows Ratinov and Roth (2009), "Design challenges and misconceptions in named entity
//! recognition".

use super::document::{Document, NONE, REACH, Stretch};
use super::form::Form;
use super::hash::{join, key};
use super::label::{KINDS, OUTSIDE, WHOLE, kind_of, label, place_of};
use super::lexicon::LISTS;

/// The features that `form` has for the token that stands `offset` before it.
pub(super) fn word_features(form: &Form, offset: isize, mut emit: impl FnMut(u32)) {
    let base = (offset + REACH) as u64 * 64 + u64::from(form.uncased) * 32;
    let mut add = |kind: u64, value: u64| emit(key(join(base + kind, value)));
    add(0, form.lower);
    if !form.uncased {
        add(1, form.squeezed);
    }
    if form.clusters[0] != 0 {
        for (at, cluster) in form.clusters.iter().enumerate() {
            add(2 + at as u64, u64::from(*cluster));
        }
    } else {
        add(2, 0);
    }
    if offset.abs() == 1 && !form.uncased {
        add(6, form.word);
    }
    if offset != 0 {
        return;
    }
    add(7, 0);
    add(8, form.shape);
    add(9, form.case as u64);
    for (at, affix) in form.affixes.iter().enumerate() {
        if *affix != 0 {
            add(10 + at as u64, *affix);
        }
    }
    if !form.uncased {
        add(18, form.word);
        add(19, join(form.case as u64, u64::from(form.clusters[2])));
    }
}

/// The features of the token at `at` that need more than one word.
pub(super) fn place_features(document: &Document, stretch: &Stretch, at: usize, mut emit: impl FnMut(u32)) {
    let base = 1000 + u64::from(stretch.uncased) * 500;
    let mut add = |kind: u64, value: u64| emit(key(join(base + kind, value)));
    let [before, left, here, right, after] =
        [-2, -1, 0, 1, 2].map(|offset| &document.forms[document.near(at, offset, stretch) as usize]);
    add(0, join(left.lower, here.lower));
    add(1, join(here.lower, right.lower));
    add(2, join(left.lower, right.lower));
    add(3, join(before.lower, left.lower));
    add(4, join(right.lower, after.lower));
    let [c0, c1, c2, c3, c4] = [before, left, here, right, after].map(|form| form.case as u64);
    let three = c1 << 8 | c2 << 4 | c3;
    let start = at == stretch.sentence.start;
    if !stretch.uncased {
        add(5, three);
        add(6, c0 << 16 | three << 4 | c4);
        add(7, join(c2, left.lower));
        add(8, join(c2, right.lower));
        add(9, c2 << 2 | u64::from(start) << 1 | u64::from(stretch.titled));
        kin_features(document, at, start, &mut add);
        run_features(document, stretch, at, &mut add);
    }
    let cluster = |form: &Form, grain: usize| u64::from(form.clusters[grain]);
    add(10, cluster(left, 2) << 16 | cluster(here, 2));
    add(11, cluster(here, 2) << 16 | cluster(right, 2));
    add(12, cluster(left, 1) << 32 | cluster(here, 1) << 16 | cluster(right, 1));
    add(13, cluster(left, 2) << 16 | cluster(right, 2));
    for (slot, offset) in [(0, -1), (1, 0), (2, 1)] {
        let near = at.wrapping_add_signed(offset);
        if stretch.tokens.contains(&near) {
            list_features(document.listed[near], slot, c2, &mut add);
        }
    }
}

/// What stands around the run of words with capitals, and how it begins and ends.
fn run_features(document: &Document, stretch: &Stretch, at: usize, add: &mut impl FnMut(u64, u64)) {
    let (begin, end) = document.runs[at];
    if end == 0 {
        return;
    }
    let (begin, end) = (begin as usize, end as usize);
    let place = u64::from(super::label::place(at == begin, at + 1 == end));
    add(50, (end - begin).min(6) as u64 * 6 + (at - begin).min(5) as u64);
    let ends = [(51, begin, -1), (52, end - 1, 1), (53, end, -1), (54, begin, 0)];
    for (kind, from, offset) in ends {
        let form = &document.forms[document.near(from, offset, stretch) as usize];
        add(kind, join(form.lower, place));
        add(kind + 4, u64::from(form.clusters[2]) << 2 | place);
    }
}

fn list_features(mut bits: u64, slot: u64, case: u64, add: &mut impl FnMut(u64, u64)) {
    if slot == 1 {
        add(40, bits);
    }
    while bits != 0 {
        let bit = u64::from(bits.trailing_zeros());
        debug_assert!(bit < LISTS.len() as u64 * 4);
        add(41 + slot, bit);
        if slot == 1 {
            add(44, bit << 4 | case);
        }
        bits &= bits - 1;
    }
}

/// What the other occurrences of the word in the text tell: whether it is ever without a capital, and what stands
/// around them.
fn kin_features(document: &Document, at: usize, start: bool, add: &mut impl FnMut(u64, u64)) {
    const MOST: usize = 8;
    let form = document.form(at);
    let kin = document.kin[form.kin as usize];
    let flags = u64::from(kin.small) << 1 | u64::from(kin.capital_inside);
    add(20, join(flags << 1 | u64::from(start), form.case as u64));
    if !form.case.is_capital() {
        return;
    }
    let mut other = kin.last;
    let (mut count, mut seen) = (0, [0; MOST * 2]);
    while other != NONE && count < MOST {
        let place = other as usize;
        if place != at {
            let sides = [(21, place.checked_sub(1)), (22, Some(place + 1).filter(|next| *next < document.of.len()))];
            for (slot, (kind, near)) in sides.into_iter().enumerate() {
                let Some(near) = near else { continue };
                let word = document.form(near).lower;
                if !seen[..count * 2].iter().skip(slot).step_by(2).any(|before| *before == word) {
                    neighbour_features(document, near, kind, add);
                }
                seen[count * 2 + slot] = word;
            }
            count += 1;
        }
        other = document.earlier[place];
    }
}

/// What a word tells that stands beside another occurrence: itself, its clusters, its lists. "Khalid Zadran" tells by
/// its given name what "Zadran" alone is.
fn neighbour_features(document: &Document, near: usize, kind: u64, add: &mut impl FnMut(u64, u64)) {
    let form = document.form(near);
    add(kind, form.lower);
    add(kind + 10, u64::from(form.clusters[2]));
    add(kind + 12, (form.case as u64) << 12 | u64::from(form.clusters[1]));
    let mut bits = document.listed[near];
    while bits != 0 {
        add(kind + 14, u64::from(bits.trailing_zeros()));
        bits &= bits - 1;
    }
}

/// What the first pass says of one spelling, over all its occurrences.
#[derive(Clone, Copy, Debug, Default)]
struct Votes {
    labels: [u16; 17],
}

/// What the first pass found in the text, arranged for [`second_features`].
#[derive(Debug)]
pub(super) struct FirstPass<'a> {
    labels: &'a [u8],
    votes: Vec<Votes>,
    /// For each token the best phrase over it that the first pass found elsewhere: kind and place; [`OUTSIDE`] for none.
    phrases: Vec<u8>,
}

impl<'a> FirstPass<'a> {
    /// Arranges `labels`, one a token.
    pub(super) fn new(document: &Document, labels: &'a [u8]) -> Self {
        let mut votes = vec![Votes::default(); document.kin.len()];
        for stretch in &document.stretches {
            for at in stretch.tokens.clone() {
                let form = document.form(at);
                if form.uncased || form.case.is_capital() {
                    let votes = &mut votes[form.kin as usize].labels[usize::from(labels[at])];
                    *votes = votes.saturating_add(1);
                }
            }
        }
        Self { labels, votes, phrases: phrases(document, labels) }
    }

    /// The label that most other occurrences of the word at `at` have, how many have it, and how many there are.
    fn majority(&self, document: &Document, at: usize) -> (u8, u16, u16) {
        let form = document.form(at);
        if !form.uncased && !form.case.is_capital() {
            return (OUTSIDE, 0, 0);
        }
        let mut votes = self.votes[form.kin as usize].labels;
        votes[usize::from(self.labels[at])] -= 1;
        let (mut best, mut all) = (OUTSIDE, 0);
        for (label, count) in votes.iter().enumerate() {
            all += count;
            if *count > votes[usize::from(best)] {
                best = label as u8;
            }
        }
        (best, votes[usize::from(best)], all)
    }
}

/// The longest names of two tokens or more that the first pass found, laid over every other place where they stand.
fn phrases(document: &Document, labels: &[u8]) -> Vec<u8> {
    let mut found: Vec<(u32, u64, usize, usize, u8)> = Vec::new();
    let kin = |at: usize| document.form(at).kin;
    for (begin, end, kind) in super::label::spans(labels).filter(|(begin, end, _)| end - begin > 1) {
        let hash = (begin..end).fold(0, |hash, at| join(hash, u64::from(kin(at))));
        found.push((kin(begin), hash, end - begin, begin, kind));
    }
    found.sort_unstable();
    let mut laid = vec![OUTSIDE; labels.len()];
    for stretch in &document.stretches {
        for begin in stretch.tokens.clone() {
            let first = kin(begin);
            let from = found.partition_point(|name| name.0 < first);
            let mut best: Option<(usize, u8)> = None;
            for (_, hash, length, place, kind) in found[from..].iter().take_while(|name| name.0 == first) {
                let fits = *place != begin
                    && best.is_none_or(|(longest, _)| *length > longest)
                    && begin + length <= stretch.tokens.end
                    && (begin..begin + length).fold(0, |hash, at| join(hash, u64::from(kin(at)))) == *hash;
                if fits {
                    best = Some((*length, *kind));
                }
            }
            if let Some((length, kind)) = best
                && laid[begin] == OUTSIDE
            {
                super::label::write(&mut laid, begin..begin + length, kind);
            }
        }
    }
    laid
}

/// The features of the token at `at` that the first pass gives.
pub(super) fn second_features(
    document: &Document,
    stretch: &Stretch,
    first: &FirstPass<'_>,
    at: usize,
    mut emit: impl FnMut(u32),
) {
    let base = 3000 + u64::from(stretch.uncased) * 100;
    let mut add = |kind: u64, value: u64| emit(key(join(base + kind, value)));
    let own = u64::from(first.labels[at]);
    let (best, count, all) = first.majority(document, at);
    let phrase = u64::from(first.phrases[at]);
    let kind = u64::from(kind_of(best));
    add(0, own);
    if all > 0 {
        let sure = u64::from(count == all) << 2 | u64::from(count.min(3));
        add(1, u64::from(best) << 8 | sure);
        add(2, kind << 8 | own);
        add(3, kind << 8 | sure);
        add(4, u64::from(best) << 16 | own << 8 | sure);
    } else {
        add(5, own);
    }
    if phrase != u64::from(OUTSIDE) {
        add(6, phrase);
        add(7, phrase << 8 | own);
        add(8, phrase << 8 | kind);
    }
    for (slot, offset) in [(9, -1), (11, 1)] {
        let near = at.wrapping_add_signed(offset);
        if stretch.tokens.contains(&near) {
            let (other, count, _) = first.majority(document, near);
            if count > 0 {
                add(slot, u64::from(other) << 8 | own);
                add(slot + 1, u64::from(other) << 8 | u64::from(best));
            }
        }
    }
    let whole = best != OUTSIDE && place_of(best) == WHOLE;
    debug_assert!(!whole || best == label(kind as u8, WHOLE) && usize::from(kind_of(best)) < KINDS);
}

//! Stretches of words in which an expression matches, and how operators combine them.
//!
//! The algebra is that of Clarke, Cormack & Burkowski, "An Algebra for Structured Text Search" (1995): a match is an
//! interval of positions, and of two matches of one expression of which one contains the other only the shorter counts.
//! Lists of intervals are therefore in order of their beginnings and of their ends alike.

use super::query::{Link, Reach};
use crate::index::bounds::Bounds;

/// A match: the positions of its first and of its last word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Interval {
    pub(super) begin: u32,
    pub(super) end: u32,
    /// True where every word from the first to the last is part of the match; else only these two surely are.
    pub(super) solid: bool,
}

impl Interval {
    pub(super) const fn solid(begin: u32, end: u32) -> Self {
        Self { begin, end, solid: true }
    }

    /// True where the word at `position` is part of the match.
    const fn holds(self, position: u32) -> bool {
        if self.solid {
            self.begin <= position && position <= self.end
        } else {
            position == self.begin || position == self.end
        }
    }

    /// True where a word is part of both.
    const fn shares(self, other: Self) -> bool {
        self.holds(other.begin) || self.holds(other.end) || other.holds(self.begin) || other.holds(self.end)
    }

    /// How far the nearest words of the two are from each other: 1 for neighbours, 0 where they overlap.
    const fn distance(self, other: Self) -> u32 {
        if self.end < other.begin { other.begin - self.end } else { self.begin.saturating_sub(other.end) }
    }

    fn cover(self, other: Self) -> Self {
        Self { begin: self.begin.min(other.begin), end: self.end.max(other.end), solid: false }
    }
}

/// The matches of words that follow each other.
///
/// `lists` are the positions of each word, `steps` how far each stands from the one before at least, and `slop` how
/// many words more may stand between them, all gaps together.
pub(super) fn run(lists: &[&[u32]], steps: &[u32], slop: u32) -> Vec<Interval> {
    let Some((first, rest)) = lists.split_first() else { return Vec::new() };
    let least: u32 = steps.iter().skip(1).sum();
    let solid = slop == 0 && least as usize + 1 == lists.len();
    let mut found = Vec::new();
    'starts: for &begin in *first {
        let mut end = begin;
        for (list, step) in rest.iter().zip(&steps[1..]) {
            let at = list.partition_point(|&position| position < end + step);
            match list.get(at) {
                Some(&position) => end = position,
                None => break 'starts,
            }
            if end - begin > least + slop {
                continue 'starts;
            }
        }
        found.push(Interval { begin, end, solid });
    }
    minimal(found)
}

/// The matches of any of several expressions.
pub(super) fn any(lists: Vec<Vec<Interval>>) -> Vec<Interval> {
    let mut lists = lists;
    if lists.len() == 1 { lists.remove(0) } else { minimal(lists.concat()) }
}

/// The matches of `left` and `right` as `link` wants them.
pub(super) fn linked(left: &[Interval], right: &[Interval], link: Link, bounds: &Bounds) -> Vec<Interval> {
    if link.negated {
        let is_near =
            |&x: &Interval| candidates(x, right, link.reach, bounds).iter().any(|&y| meets(x, y, link, bounds));
        return left.iter().filter(|x| !is_near(x)).copied().collect();
    }
    let mut found = Vec::new();
    for &x in left {
        found.extend(partners(x, right, link, bounds).map(|y| x.cover(y)));
    }
    minimal(found)
}

/// Those of `right` that `x` matches together with.
pub(super) fn partners<'a>(
    x: Interval,
    right: &'a [Interval],
    link: Link,
    bounds: &'a Bounds,
) -> impl Iterator<Item = Interval> + 'a {
    let near = candidates(x, right, link.reach, bounds).iter().copied();
    near.filter(move |&y| !x.shares(y) && meets(x, y, link, bounds))
}

/// Those of `left` and of `right` that make up the `matches` of both.
pub(super) fn pairs(
    left: &[Interval],
    right: &[Interval],
    link: Link,
    bounds: &Bounds,
    matches: &[Interval],
) -> (Vec<Interval>, Vec<Interval>) {
    let (mut xs, mut ys) = (Vec::new(), Vec::new());
    for &x in left {
        for y in partners(x, right, link, bounds) {
            let both = x.cover(y);
            if matches.iter().any(|found| (found.begin, found.end) == (both.begin, both.end)) {
                xs.push(x);
                ys.push(y);
            }
        }
    }
    (xs, ys)
}

/// Those of `own` that stand where one of `matches` does.
pub(super) fn common(own: &[Interval], matches: &[Interval]) -> Vec<Interval> {
    let is_match = |x: &&Interval| matches.iter().any(|found| (found.begin, found.end) == (x.begin, x.end));
    own.iter().filter(is_match).copied().collect()
}

/// The single words of a match of [`run`].
pub(super) fn words_of_run(found: Interval, lists: &[&[u32]], steps: &[u32]) -> Vec<Interval> {
    let mut words = Vec::with_capacity(lists.len());
    let mut end = found.begin;
    for (at, list) in lists.iter().enumerate() {
        let least = if at == 0 { found.begin } else { end + steps[at] };
        end = list.get(list.partition_point(|&position| position < least)).copied().unwrap_or(least);
        words.push(Interval::solid(end, end));
    }
    words
}

/// Those of `right` that may be in reach of `x`.
fn candidates<'a>(x: Interval, right: &'a [Interval], reach: Reach, bounds: &Bounds) -> &'a [Interval] {
    let (least, most) = match reach {
        Reach::Words(count) => (x.begin.saturating_sub(count), x.end.saturating_add(count)),
        Reach::Sentence => around(x, &bounds.sentences),
        Reach::Paragraph => around(x, &bounds.paragraphs),
    };
    let from = right.partition_point(|y| y.end < least);
    let count = right[from..].partition_point(|y| y.begin <= most);
    &right[from..from + count]
}

/// The first and the last position of the stretches that `x` touches.
fn around(x: Interval, starts: &[u32]) -> (u32, u32) {
    let (first, last) = (number(x.begin, starts), number(x.end, starts));
    let begin = first.checked_sub(1).map_or(0, |at| starts[at]);
    (begin, starts.get(last).map_or(u32::MAX, |next| next - 1))
}

/// Number of the stretch that `position` lies in, where all but the first begin at `starts`.
fn number(position: u32, starts: &[u32]) -> usize {
    starts.partition_point(|&start| start <= position)
}

/// True where `y` is in reach of `x`, and behind it where that is asked for.
fn meets(x: Interval, y: Interval, link: Link, bounds: &Bounds) -> bool {
    if link.ordered && y.begin <= x.end {
        return false;
    }
    let together = x.cover(y);
    let within = |starts: &[u32]| number(together.begin, starts) == number(together.end, starts);
    match link.reach {
        Reach::Words(count) => x.distance(y) <= count,
        Reach::Sentence => within(&bounds.sentences),
        Reach::Paragraph => within(&bounds.paragraphs),
    }
}

/// The matches that lie in the lead.
pub(super) fn in_lead(mut found: Vec<Interval>, bounds: &Bounds) -> Vec<Interval> {
    found.retain(|interval| bounds.lead.is_none_or(|lead| interval.end < lead));
    found
}

/// Drops what contains another match. Of equals one is left, a loose one where there is one.
pub(super) fn minimal(mut found: Vec<Interval>) -> Vec<Interval> {
    // From the back, whatever ends no earlier than something that begins no earlier contains it.
    found.sort_unstable_by(|a, b| b.begin.cmp(&a.begin).then(a.end.cmp(&b.end)).then(a.solid.cmp(&b.solid)));
    let mut earliest = u32::MAX;
    found.retain(|interval| {
        let keep = interval.end < earliest;
        earliest = earliest.min(interval.end);
        keep
    });
    found.reverse();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(positions: &[u32]) -> Vec<Interval> {
        positions.iter().map(|&at| Interval::solid(at, at)).collect()
    }

    fn ends(found: &[Interval]) -> Vec<(u32, u32)> {
        found.iter().map(|interval| (interval.begin, interval.end)).collect()
    }

    fn check(left: &[u32], reach: Reach, ordered: bool, right: &[u32], expect: &[(u32, u32)]) {
        let bounds = Bounds { sentences: vec![4, 10], paragraphs: vec![10], lead: Some(10), words: 20 };
        let found = linked(&words(left), &words(right), Link { reach, ordered, negated: false }, &bounds);
        assert_eq!(ends(&found), expect);
    }

    #[test]
    fn words_without_another_near_them() {
        let bounds = Bounds { sentences: vec![4], ..Bounds::default() };
        let kept = |reach, ordered, right: &[u32]| {
            ends(&linked(&words(&[2, 9]), &words(right), Link { reach, ordered, negated: true }, &bounds))
        };
        assert_eq!(kept(Reach::Words(2), false, &[4]), [(9, 9)]);
        assert_eq!(kept(Reach::Words(1), false, &[4]), [(2, 2), (9, 9)]);
        assert_eq!(kept(Reach::Words(2), true, &[7]), [(2, 2), (9, 9)]);
        assert_eq!(kept(Reach::Sentence, false, &[4]), [(2, 2)]);
        assert_eq!(kept(Reach::Words(5), false, &[2, 9]), []);
    }

    #[test]
    fn two_words() {
        check(&[1, 9], Reach::Words(3), false, &[4, 20], &[(1, 4)]);
        check(&[1, 9], Reach::Words(2), false, &[4, 20], &[]);
        check(&[5], Reach::Words(2), true, &[4], &[]);
        check(&[5], Reach::Words(2), false, &[4], &[(4, 5)]);
        check(&[3, 11], Reach::Sentence, false, &[4, 15], &[(11, 15)]);
        check(&[3, 11], Reach::Paragraph, false, &[5, 9], &[(3, 5)]);
        check(&[3], Reach::Words(5), false, &[3], &[]);
        check(&[3, 6], Reach::Words(5), false, &[3, 6], &[(3, 6)]);
    }

    #[test]
    fn runs() {
        let found = |slop| ends(&run(&[&[1, 5, 9], &[2, 8, 11]], &[1, 1], slop));
        assert_eq!(found(0), [(1, 2)]);
        assert_eq!(found(1), [(1, 2), (9, 11)]);
        assert_eq!(found(2), [(1, 2), (5, 8), (9, 11)]);
        assert_eq!(ends(&run(&[&[1, 5], &[3, 6]], &[1, 2], 0)), [(1, 3)]);
        assert_eq!(ends(&run(&[&[1, 2], &[4]], &[1, 1], 5)), [(2, 4)]);
    }

    #[test]
    fn a_word_between_the_ends_of_a_pair_is_near_it() {
        let bounds = Bounds::default();
        let link = Link { reach: Reach::Words(3), ordered: false, negated: false };
        let pair = linked(&words(&[1]), &words(&[4]), link, &bounds);
        assert_eq!(ends(&linked(&pair, &words(&[2]), link, &bounds)), [(1, 4)]);
        let phrase = [Interval::solid(1, 4)];
        assert_eq!(linked(&phrase, &words(&[2]), link, &bounds), []);
    }

    #[test]
    fn the_shorter_of_two_counts() {
        let loose = |begin, end| Interval { begin, end, solid: false };
        let found = minimal(vec![loose(0, 9), loose(2, 5), Interval::solid(2, 5), loose(2, 7), loose(4, 6)]);
        assert_eq!(found, [loose(2, 5), loose(4, 6)]);
    }
}

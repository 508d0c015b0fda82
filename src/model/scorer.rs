//! The tagger's weights: read, looked up, decoded with.

use super::hash::Table;
use super::label::{BEGIN, INSIDE, KINDS, LABELS, LAST, MIDDLE, OUTSIDE, WHOLE, label, may_follow};

/// What a weight of 1 is in the scale of the stored numbers.
pub(super) const SCALE: f32 = 64.0;
/// The largest weight that is stored.
#[cfg(feature = "train")]
pub(super) const LARGEST: f32 = 127.0 / SCALE;

/// Weights of one feature for every label but the last: what is outside every name always has 0.
pub(super) type Row = [i8; INSIDE];
/// Sums of rows.
pub(super) type Sums = [i16; INSIDE];
/// Weights of one label after another, in the scale of [`Row`]; `FORBIDDEN` where it may not follow.
pub(super) type Transitions = [[i32; LABELS]; LABELS];

/// Far below every score that a stretch can have.
pub(super) const FORBIDDEN: i32 = -1_000_000;

/// Rows under the keys of features.
#[derive(Clone, Debug)]
pub(super) struct Weights {
    rows: Table<Row>,
    /// First pass and second pass, each for text with and without telling capitals.
    pub(super) transitions: Box<[[Transitions; 2]; 2]>,
}

impl Weights {
    pub(super) fn new(rows: &[(u32, Row)], transitions: Box<[[Transitions; 2]; 2]>) -> Self {
        Self { rows: Table::new(rows.iter().copied()), transitions }
    }

    /// No rows, and every label as likely as any other.
    pub(super) fn empty() -> Self {
        let mut table = [[FORBIDDEN; LABELS]; LABELS];
        allowed().for_each(|(left, right)| table[left][right] = 0);
        Self::new(&[], Box::new([[table; 2]; 2]))
    }

    /// Adds to each of `sums` the rows of those of its features that have one; `ends` tells where they end in `features`.
    pub(super) fn add_each(&self, features: &[u32], ends: &[usize], sums: &mut [Sums]) {
        let mut at = 0;
        self.rows.get_each(features, |feature, row| {
            while ends[at] <= feature {
                at += 1;
            }
            add_row(row, &mut sums[at]);
        });
    }

    /// Adds the rows of those of `features` that have one, which are few and mostly do.
    #[inline]
    pub(super) fn add(&self, features: &[u32], sums: &mut Sums) {
        features.iter().filter_map(|&feature| self.rows.get(feature)).for_each(|row| add_row(row, sums));
    }

    /// Reads what [`write`] wrote: the transitions that may be, then the rows, each as the distance of its key from
    /// the one before (LEB128), a bit for every weight that is not 0, and those weights.
    pub(super) fn read(bytes: &[u8]) -> Self {
        let mut reader = Reader { bytes };
        let mut transitions = [[[[FORBIDDEN; LABELS]; LABELS]; 2]; 2];
        for table in transitions.iter_mut().flatten() {
            for (left, right) in allowed() {
                table[left][right] = i32::from(reader.short() as i16);
            }
        }
        let mut rows = Vec::with_capacity(bytes.len() / 8);
        let mut key = 0_u32;
        while !reader.bytes.is_empty() {
            key = key.wrapping_add(reader.number());
            let present = reader.short();
            let mut row = [0; INSIDE];
            for (at, weight) in row.iter_mut().enumerate() {
                if present >> at & 1 == 1 {
                    *weight = reader.byte() as i8;
                }
            }
            rows.push((key, row));
        }
        Self::new(&rows, Box::new(transitions))
    }
}

fn add_row(row: &Row, sums: &mut Sums) {
    *sums = std::array::from_fn(|label| sums[label] + i16::from(row[label]));
}

/// The pairs of labels of which the second may follow the first.
pub(super) fn allowed() -> impl Iterator<Item = (usize, usize)> {
    (0..LABELS * LABELS)
        .map(|pair| (pair / LABELS, pair % LABELS))
        .filter(|(left, right)| may_follow(*left as u8, *right as u8))
}

/// Bytes for `rows`, which must be in the order of their keys.
#[cfg(feature = "train")]
pub(super) fn write(rows: &[(u32, Row)], transitions: &[[Transitions; 2]; 2]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for table in transitions.iter().flatten() {
        for (left, right) in allowed() {
            bytes.extend((table[left][right] as i16).to_le_bytes());
        }
    }
    let mut last = 0;
    for (key, row) in rows {
        let mut gap = key - last;
        last = *key;
        while gap >= 128 {
            bytes.push(gap as u8 | 128);
            gap >>= 7;
        }
        bytes.push(gap as u8);
        let present =
            row.iter().enumerate().filter(|(_, weight)| **weight != 0).map(|(at, _)| 1_u16 << at).sum::<u16>();
        bytes.extend(present.to_le_bytes());
        bytes.extend(row.iter().filter(|weight| **weight != 0).map(|weight| *weight as u8));
    }
    bytes
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl Reader<'_> {
    fn byte(&mut self) -> u8 {
        let (first, rest) = self.bytes.split_first().expect("the embedded weights are whole");
        self.bytes = rest;
        *first
    }

    fn short(&mut self) -> u16 {
        u16::from_le_bytes([self.byte(), self.byte()])
    }

    fn number(&mut self) -> u32 {
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = self.byte();
            value |= u32::from(byte & 127) << shift;
            if byte < 128 {
                return value;
            }
            shift += 7;
        }
    }
}

/// Labels after which a token may begin a name or be outside, in order.
const CLOSED: [usize; KINDS * 2 + 1] = of_places(LAST, WHOLE);
/// Labels that begin a name or are outside, in order.
const STARTS: [usize; KINDS * 2 + 1] = of_places(BEGIN, WHOLE);

const fn of_places(one: u8, other: u8) -> [usize; KINDS * 2 + 1] {
    let mut labels = [OUTSIDE as usize; KINDS * 2 + 1];
    let mut kind = 0;
    while kind < KINDS {
        labels[kind * 2] = label(kind as u8, one) as usize;
        labels[kind * 2 + 1] = label(kind as u8, other) as usize;
        kind += 1;
    }
    labels
}

/// The best labels for tokens with these sums (Viterbi 1967), between tokens that are outside every name.
pub(super) fn decode<'s>(
    sums: impl ExactSizeIterator<Item = &'s Sums>,
    transitions: &Transitions,
    labels: &mut Vec<u8>,
) {
    let outside = usize::from(OUTSIDE);
    let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(sums.len());
    let mut scores = [FORBIDDEN; LABELS];
    scores[outside] = 0;
    for sums in sums {
        let mut next = [FORBIDDEN * 2; LABELS];
        let mut from = [OUTSIDE; LABELS];
        let mut reach = |left: usize, right: usize| {
            let reached = scores[left] + transitions[left][right];
            if reached > next[right] {
                next[right] = reached;
                from[right] = left as u8;
            }
        };
        for right in STARTS {
            for left in CLOSED {
                reach(left, right);
            }
        }
        for kind in 0..KINDS as u8 {
            for right in [MIDDLE, LAST] {
                for left in [BEGIN, MIDDLE] {
                    reach(label(kind, left).into(), label(kind, right).into());
                }
            }
        }
        for (score, sum) in next.iter_mut().zip(sums) {
            *score += i32::from(*sum);
        }
        scores = next;
        back.push(from);
    }
    let end = (0..LABELS).max_by_key(|left| (scores[*left] + transitions[*left][outside], *left));
    let mut last = end.unwrap_or(outside) as u8;
    let begin = labels.len();
    for from in back.iter().rev() {
        labels.push(last);
        last = from[usize::from(last)];
    }
    labels[begin..].reverse();
}

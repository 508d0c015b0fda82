//! The finer class of a name whose kind is known: towns from buildings, peoples from events.

use super::Class;
use super::document::Document;
use super::hash::{Table, join, key};

/// Classes that are told apart here: two of places, three of other names.
pub(super) const CLASSES: [Class; 5] =
    [Class::Location, Class::Facility, Class::Nationality, Class::Product, Class::Miscellaneous];

/// Which of [`CLASSES`] a name of `kind` can have; empty where the kind says it all.
pub(super) const fn choices(kind: u8) -> std::ops::Range<usize> {
    match kind {
        2 => 0..2,
        3 => 2..5,
        _ => 0..0,
    }
}

/// Weights of one feature for each of [`CLASSES`].
pub(super) type Row = [i8; 5];

/// A linear scorer over the words of a name.
#[derive(Clone, Debug)]
pub(super) struct Classes {
    rows: Table<Row>,
}

impl Classes {
    /// Reads rows of a key (4 bytes, little-endian) and five weights (1 byte each).
    pub(super) fn read(bytes: &[u8]) -> Self {
        let row = |nine: &[u8]| {
            let key = u32::from_le_bytes([nine[0], nine[1], nine[2], nine[3]]);
            (key, std::array::from_fn(|at| nine[4 + at] as i8))
        };
        Self { rows: Table::new(bytes.chunks_exact(9).map(row)) }
    }

    /// The class of the name of `kind` at `tokens`.
    pub(super) fn class(&self, document: &Document, tokens: std::ops::Range<usize>, kind: u8) -> Class {
        match kind {
            0 => return Class::Person,
            1 => return Class::Organization,
            _ => {}
        }
        let mut sums = [0_i32; 5];
        features(document, tokens, |feature| {
            let row = self.rows.get(feature).copied().unwrap_or_default();
            sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += i32::from(weight));
        });
        let choices = choices(kind);
        let first = choices.start;
        CLASSES[choices.fold(first, |best, class| if sums[class] > sums[best] { class } else { best })]
    }
}

/// What the class is judged by.
pub(super) fn features(document: &Document, tokens: std::ops::Range<usize>, mut emit: impl FnMut(u32)) {
    let mut add = |kind: u64, value: u64| emit(key(join(7000 + kind, value)));
    let first = document.form(tokens.start);
    let last = document.form(tokens.end - 1);
    add(0, tokens.len().min(4) as u64);
    add(1, tokens.clone().fold(0, |hash, at| join(hash, document.form(at).lower)));
    add(2, last.lower);
    add(3, first.lower);
    add(4, last.affixes[6]);
    add(5, last.affixes[7]);
    add(6, u64::from(last.clusters[1]));
    add(7, u64::from(last.clusters[2]));
    add(8, u64::from(first.clusters[1]));
    add(9, document.listed[tokens.end - 1]);
    add(10, join(last.case as u64, tokens.len().min(2) as u64));
    if let Some(before) = tokens.start.checked_sub(1) {
        add(11, document.form(before).lower);
        add(12, u64::from(document.form(before).clusters[1]));
    }
    if tokens.end < document.of.len() {
        add(13, document.form(tokens.end).lower);
        add(14, u64::from(document.form(tokens.end).clusters[1]));
    }
}

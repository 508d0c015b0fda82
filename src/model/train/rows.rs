//! From keys of features to numbers that the fit works with, and from fitted weights to stored rows.

use super::fit::{Fitted, Lists};
use crate::model::label::{INSIDE, LABELS};
use crate::model::scorer::{FORBIDDEN, LARGEST, Row, SCALE, Transitions, allowed};

/// Replaces keys by numbers, without the rare ones; returns the key of every number, in order.
pub(super) fn number_features(lists: &mut Lists, least: u32) -> Vec<u32> {
    let mut sorted = lists.pool.clone();
    sorted.sort_unstable();
    let mut keys = Vec::new();
    for run in sorted.chunk_by(|left, right| left == right) {
        if run.len() as u32 >= least {
            keys.push(run[0]);
        }
    }
    drop(sorted);
    let (mut kept, mut begin, mut write) = (Vec::with_capacity(lists.ends.len()), 0, 0);
    for end in &lists.ends {
        for at in begin..*end {
            if let Ok(number) = keys.binary_search(&lists.pool[at]) {
                lists.pool[write] = number as u32;
                write += 1;
            }
        }
        begin = *end;
        kept.push(write);
    }
    lists.pool.truncate(write);
    lists.pool.shrink_to_fit();
    lists.ends = kept;
    keys
}

/// Rounds weights to the stored numbers and leaves out the rows that hardly count; in the order of their keys.
pub(super) fn store(keys: &[u32], fitted: &Fitted, prune: f32) -> (Vec<(u32, Row)>, [[Transitions; 2]; 2]) {
    let round = |weight: f32| (weight.clamp(-LARGEST, LARGEST) * SCALE).round();
    let mut rows: Vec<(u32, Row)> = Vec::new();
    for (key, row) in keys.iter().zip(&fitted.rows) {
        if row.iter().any(|weight| weight.abs() >= prune) {
            let stored: [i8; INSIDE] =
                row.map(|weight| if weight.abs() < prune / 2.0 { 0 } else { round(weight) as i8 });
            rows.push((*key, stored));
        }
    }
    rows.sort_by_key(|row| row.0);
    rows.dedup_by_key(|row| row.0);
    let mut transitions = [[[[FORBIDDEN; LABELS]; LABELS]; 2]; 2];
    for pass in 0..2 {
        for side in 0..2 {
            for (left, right) in allowed() {
                transitions[pass][side][left][right] =
                    (fitted.transitions[pass][side][left][right] * SCALE).round() as i32;
            }
        }
    }
    (rows, transitions)
}

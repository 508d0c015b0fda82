//! Stretches to quotes: `"One," he said. "Two."` is one quote of two spans.

use super::features::View;
use super::scene::{NONE, Scene};
use super::words::Word;

/// Words of the clause that may stand between two spans of one quote.
const CLAUSE: usize = 45;

/// True where the stretch at `next` goes on with the words of the stretch at `index`, which the clause between them
/// attributes: nothing else is said between them.
pub(super) fn continues(scene: &Scene, view: &View, next: usize) -> bool {
    let (one, other) = (&scene.stretches[view.index], &scene.stretches[next]);
    let gap = one.tokens.end..other.tokens.start;
    if gap.len() > CLAUSE || scene.paragraph[one.tokens.end - 1] != scene.paragraph[other.tokens.start] {
        return false;
    }
    let broken = matches!(one.ends, ',' | '?' | '!' | '—' | '-') || scene.words[gap.start].is(Word::COMMA);
    let Some(tail) = view.tail.map(|tail| &scene.cues[tail]) else { return false };
    if !broken || !gap.contains(&tail.tokens.start) {
        return false;
    }
    let closed = gap.clone().next_back().is_some_and(|token| scene.words[token].is(Word::STOP | Word::COMMA));
    let one_sentence =
        gap.clone().all(|token| scene.inside[token] == NONE && scene.sentence[token] == scene.sentence[gap.start]);
    closed && one_sentence
}

//! Quoted words to quotes: who said them, and which of them nobody did.

use super::quote::Quoted;
use super::{Entity, Mention, Quote};
use crate::text::Prose;

/// Makes quotes of those `quoted` stretches that are somebody's words, each with its speaker.
pub fn attribute(prose: &Prose, mentions: &[Mention], entities: &[Entity], quoted: &[Quoted]) -> Vec<Quote> {
    let _ = (prose, mentions, entities, quoted);
    Vec::new()
}

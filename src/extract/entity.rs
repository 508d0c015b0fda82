//! Mentions to entities: which names in a text name the same thing.

use super::{Entity, Mention};
use crate::text::Prose;

/// Joins the mentions that name the same. Every mention's span is in exactly one entity.
pub fn resolve(prose: &Prose, mentions: &[Mention]) -> Vec<Entity> {
    let _ = (prose, mentions);
    Vec::new()
}

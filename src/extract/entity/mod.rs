//! Mentions to entities: which names in a text name the same thing.

use std::collections::HashMap;

use super::{Entity, EntityKind, Mention};
use crate::text::Prose;

/// Joins the mentions that name the same. Every mention's span is in exactly one entity.
pub fn resolve(prose: &Prose, mentions: &[Mention]) -> Vec<Entity> {
    let mut entities: Vec<Entity> = Vec::new();
    let mut by_name: HashMap<(EntityKind, &str), usize> = HashMap::new();
    let mut by_surname: HashMap<&str, usize> = HashMap::new();
    for mention in mentions {
        let name = mention.span.of(prose.text);
        let surname = name.rsplit(' ').next().filter(|_| mention.kind == EntityKind::Person);
        let known =
            by_name.get(&(mention.kind, name)).or_else(|| by_surname.get(surname.filter(|&word| word == name)?));
        let index = known.copied().unwrap_or(entities.len());
        if index == entities.len() {
            let (name, kind) = (name.to_owned(), mention.kind);
            entities.push(Entity { name, kind, mentions: Vec::new(), aliases: Vec::new(), roles: Vec::new() });
        }
        by_name.insert((mention.kind, name), index);
        if let Some(surname) = surname {
            by_surname.insert(surname, index);
        }
        let entity = &mut entities[index];
        entity.mentions.push(mention.span);
        if entity.name != name && !entity.aliases.iter().any(|alias| alias == name) {
            entity.aliases.push(name.to_owned());
        }
    }
    entities
}

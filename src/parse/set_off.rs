//! Which parts of a page's story the page sets off: block quotes, posts that it embeds, messages that it repeats.

use super::markup::Tag;
use crate::article::{Embed, SetOff};
use crate::text::Span;

/// Words in the class of an element that holds a post of a network.
const POSTS: &[&str] = &["twitter", "tweet", "instagram", "tiktok", "bluesky", "mastodon", "toot", "fb", "threads"];

/// Words in the class of an element that repeats a message.
const MESSAGES: &[&str] = &["gmail", "moz", "yahoo", "protonmail"];

/// What the element that `tag` opens is set off as, whose `classes` are in small letters; `None` where it is not.
pub(super) fn embed(tag: Tag<'_>, classes: &str) -> Option<Embed> {
    if !tag.is(&["blockquote"]) {
        return None;
    }
    let is_any = |known: &[&str]| classes.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| known.contains(&word));
    Some(match () {
        () if is_any(POSTS) => Embed::Post,
        () if is_any(MESSAGES) || tag.attribute("type").is_some_and(|kind| kind.eq_ignore_ascii_case("cite")) => {
            Embed::Email
        }
        () => Embed::Block,
    })
}

/// Adds a line that the element of this number sets off, as one part with the lines before it that it sets off too.
pub(super) fn add(parts: &mut Vec<(usize, SetOff)>, number: usize, line: SetOff) {
    match parts.last_mut() {
        Some((last, part)) if *last == number => part.span = Span::new(part.span.begin, line.span.end),
        _ => parts.push((number, line)),
    }
}

/// The parts of a story that are set off; none where they are most of it: then the page only indents its story.
pub(super) fn of_story(parts: Vec<(usize, SetOff)>, text: &str) -> Vec<SetOff> {
    let parts: Vec<SetOff> = parts.into_iter().map(|(_, part)| part).collect();
    let blocks = parts.iter().filter(|part| part.embed == Embed::Block);
    let length: usize = blocks.map(|part| part.span.len()).sum();
    if length * 2 > text.len() { Vec::new() } else { parts }
}

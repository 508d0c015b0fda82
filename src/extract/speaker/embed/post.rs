//! Posts on a network as pages embed them: `Words — Name (@handle) June 1, 2016`.

use super::{Embedded, trimmed};
use crate::extract::speaker::scene::Scene;
use crate::extract::{Embed, Reason};
use crate::text::Span;

/// Most bytes of a name with the dash before it, and of a handle.
const NAME: usize = 80;
const HANDLE: usize = 40;

/// The posts of a text, in order.
pub(super) fn find(scene: &Scene) -> Vec<Embedded> {
    let text = scene.prose.text;
    let mut found: Vec<Embedded> = Vec::new();
    // Several posts may share a line: each begins where the one before ends.
    let mut free = 0;
    for (at, _) in text.match_indices("(@") {
        if let Some((post, end)) = post(scene, free, at) {
            free = end;
            found.push(post);
        }
    }
    found
}

/// The post whose handle stands at `at`, and where its signature ends.
fn post(scene: &Scene, free: usize, at: usize) -> Option<(Embedded, usize)> {
    let (text, paragraphs) = (scene.prose.text, &scene.prose.paragraphs);
    let number = paragraphs.partition_point(|run| run.span.end <= at);
    let line = paragraphs.get(number)?.span;
    let close = at + text[at..line.end].find(')').filter(|&length| length < HANDLE)?;
    if !is_date(&text[close + 1..line.end]) {
        return None;
    }
    let begin = line.begin.max(free);
    let near = (begin.max(at.saturating_sub(NAME))..at).find(|&near| text.is_char_boundary(near))?;
    let before = text.get(near..at)?;
    let dash = near + before.rfind(['—', '–', '―']).or_else(|| before.rfind("- "))?;
    let name = trimmed(text, Span::new(dash + text[dash..].chars().next()?.len_utf8(), at))?;
    // A page's markup may have been left in the text.
    let own = text[begin..dash].rfind('>').map_or(begin, |tag| begin + tag + 1);
    let words = trimmed(text, Span::new(own, dash));
    // The signature may stand on a line of its own.
    let above = || Some(number.checked_sub(1)?).and_then(|above| trimmed(text, paragraphs[above].span));
    let words = words.or_else(|| above().filter(|words| words.begin >= free))?;
    let (embed, reason) = (Embed::Post, Reason::Signature);
    Some((Embedded { embed, spans: vec![words], author: Some(name), cue: None, reason }, close + 1))
}

/// True where a date follows the handle, or nothing does.
fn is_date(rest: &str) -> bool {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let rest = rest.trim_start_matches([' ', '\u{a0}', ',', '·']);
    rest.is_empty()
        || rest.starts_with(|c: char| c.is_ascii_digit())
        || MONTHS.iter().any(|month| rest.starts_with(month))
}

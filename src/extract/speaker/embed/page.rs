//! Parts that a page's own markup sets off. The words say who wrote them below, after a dash or on a line of their own;
//! or the line above does, before a colon.

use super::block::{author, ends_with_colon};
use super::{Embedded, trimmed};
use crate::article::SetOff;
use crate::extract::Reason;
use crate::extract::speaker::candidate::Kind;
use crate::extract::speaker::scene::Scene;
use crate::extract::speaker::words::Word;
use crate::text::Span;

/// Most tokens of a signature that no dash marks.
const SIGNATURE: usize = 8;

/// What `part` holds; `None` where that is no words.
pub(super) fn read(scene: &Scene, part: &SetOff) -> Option<Embedded> {
    let paragraphs = &scene.prose.paragraphs;
    let first = paragraphs.partition_point(|run| run.span.end <= part.span.begin);
    let end = paragraphs.partition_point(|run| run.span.begin < part.span.end);
    let signature = (first + 1 < end).then(|| signature(scene, end - 1)).flatten();
    let words = first..if signature.is_some() { end - 1 } else { end };
    let spans: Vec<Span> = words.filter_map(|at| trimmed(scene.prose.text, paragraphs[at].span)).collect();
    let above = || first.checked_sub(1).filter(|&at| ends_with_colon(scene, at)).and_then(|at| author(scene, at));
    let reason = if signature.is_some() { Reason::Signature } else { Reason::Block };
    let author = signature.or_else(above);
    (!spans.is_empty()).then_some(Embedded { embed: part.embed, spans, author, cue: None, reason })
}

/// The name in `— Name, role`, or in a line that is a name with a role at most.
fn signature(scene: &Scene, at: usize) -> Option<Span> {
    let tokens = &scene.prose.paragraphs[at].tokens;
    let dash = scene.words[tokens.start].is(Word::DASH);
    let name = tokens.start + usize::from(dash);
    let found = scene.candidates.partition_point(|one| one.tokens.start < name);
    let one = scene.candidates.get(found).filter(|one| one.tokens.start == name && one.tokens.end <= tokens.end)?;
    let is_name = matches!(one.kind, Kind::Name(_) | Kind::Capitals);
    let ends = one.tokens.end == tokens.end || scene.words[one.tokens.end].is(Word::COMMA);
    let sentence = scene.words[tokens.end - 1].is(Word::STOP);
    let plain = is_name && ends && !sentence && tokens.len() <= SIGNATURE;
    (dash || plain).then(|| scene.prose.span(one.tokens.clone()))
}

//! Block quotes: lines that begin with `>`, as in Markdown and in answers to a message, and lines that are indented below
//! a sentence that ends in a colon.

use std::ops::Range;

use super::{Embedded, trimmed};
use crate::extract::speaker::candidate::Kind;
use crate::extract::speaker::scene::Scene;
use crate::extract::speaker::words::Word;
use crate::extract::{Embed, EntityKind, Reason};
use crate::text::Span;

/// How a line is set off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    /// In no way.
    Plain,
    /// By this many `>`.
    Marked(usize),
    Indented,
}

/// Spaces that indent.
const INDENT: usize = 4;

/// The block quotes of a text, in order.
pub(super) fn find(scene: &Scene) -> Vec<Embedded> {
    let lines: Vec<Line> = scene.prose.paragraphs.iter().map(|run| line(scene.prose.text, run.span)).collect();
    let mut found = Vec::new();
    let mut begin = 0;
    for run in lines.chunk_by(|one, other| one == other) {
        let end = begin + run.len();
        match run[0] {
            Line::Plain => {}
            Line::Marked(_) => found.extend(marked(scene, begin..end)),
            Line::Indented => found.extend(indented(scene, begin..end, lines.get(end))),
        }
        begin = end;
    }
    found
}

fn line(text: &str, span: Span) -> Line {
    let line = span.of(text);
    let marks = line.chars().take_while(|&c| c == '>' || c == ' ').filter(|&c| c == '>').count();
    let before = &text[..span.begin];
    let lead = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
    let lead = if lead.is_empty() { &line[..line.len() - line.trim_start().len()] } else { lead };
    match marks {
        0 if lead.contains('\t') || lead.chars().filter(|&c| c == ' ').count() >= INDENT => Line::Indented,
        0 => Line::Plain,
        marks => Line::Marked(marks),
    }
}

fn marked(scene: &Scene, lines: Range<usize>) -> Option<Embedded> {
    let text = scene.prose.text;
    let words = |at: usize| {
        let span = scene.prose.paragraphs[at].span;
        let line = span.of(text);
        let marks = line.len() - line.trim_start_matches(['>', ' ']).len();
        trimmed(text, Span::new(span.begin + marks, span.end))
    };
    let spans: Vec<Span> = lines.clone().filter_map(words).collect();
    let above = lines.start.checked_sub(1).filter(|&at| ends_with_colon(scene, at));
    let answer = above.is_some_and(|at| scene.prose.paragraphs[at].span.of(text).ends_with("wrote:"));
    let author = above.and_then(|at| {
        // A long line that says who wrote breaks before the address.
        author(scene, at).or_else(|| answer.then(|| author(scene, at.checked_sub(1)?))?)
    });
    let below = || signature(scene, lines.end);
    let embed =
        if answer && lines.start > 0 && is_answer(scene, lines.start - 1) { Embed::Email } else { Embed::Block };
    let reason = if author.is_some() { Reason::Block } else { Reason::Signature };
    (!spans.is_empty()).then(|| Embedded { embed, spans, author: author.or_else(below), cue: None, reason })
}

/// "On 3 May, Mary Johnson wrote:" in a message; a story would say more, or less.
fn is_answer(scene: &Scene, at: usize) -> bool {
    let line = |at: usize| scene.prose.paragraphs[at].span.of(scene.prose.text);
    line(at).contains('@') || line(at).starts_with("On ") || at > 0 && line(at - 1).starts_with("On ")
}

/// Indented lines are a quote only where the sentence above names who says them, and the text goes on as before.
fn indented(scene: &Scene, lines: Range<usize>, next: Option<&Line>) -> Option<Embedded> {
    let above = lines.start.checked_sub(1).filter(|&at| ends_with_colon(scene, at))?;
    let author = author(scene, above).filter(|_| next.is_none_or(|next| *next == Line::Plain))?;
    let spans: Vec<Span> = lines.filter_map(|at| trimmed(scene.prose.text, scene.prose.paragraphs[at].span)).collect();
    let reason = Reason::Block;
    (!spans.is_empty()).then_some(Embedded { embed: Embed::Block, spans, author: Some(author), cue: None, reason })
}

pub(super) fn ends_with_colon(scene: &Scene, at: usize) -> bool {
    scene.prose.paragraphs[at].span.of(scene.prose.text).trim_end().ends_with(':')
}

/// Who says what follows the line at `at`: the subject of its last reporting verb, or its first person.
pub(super) fn author(scene: &Scene, at: usize) -> Option<Span> {
    let tokens = &scene.prose.paragraphs[at].tokens;
    let last = scene.cues.partition_point(|cue| cue.tokens.start < tokens.end).checked_sub(1);
    let cue = last.map(|cue| &scene.cues[cue]).filter(|cue| cue.tokens.start >= tokens.start);
    let named = |at: &usize| matches!(scene.candidates[*at].kind, Kind::Name(_) | Kind::Capitals);
    let subject = cue.and_then(|cue| cue.left.or(cue.right)).filter(named);
    let first = scene.candidates.partition_point(|one| one.tokens.start < tokens.start);
    let inside = (first..scene.candidates.len()).take_while(|&at| scene.candidates[at].tokens.start < tokens.end);
    let mut persons = inside.filter(|&at| {
        let one = &scene.candidates[at];
        one.kind == Kind::Name(EntityKind::Person) && !one.qualifies
    });
    let found = subject.or_else(|| persons.next())?;
    Some(scene.prose.span(scene.candidates[found].tokens.clone()))
}

/// The name in `— Name`, which is all that the line at `at` has.
fn signature(scene: &Scene, at: usize) -> Option<Span> {
    let tokens = &scene.prose.paragraphs.get(at)?.tokens;
    let name = tokens.start + 1;
    let found = scene.candidates.partition_point(|one| one.tokens.start < name);
    let one = scene.candidates.get(found).filter(|one| one.tokens.start == name && one.tokens.end <= tokens.end)?;
    scene.words[tokens.start].is(Word::DASH).then(|| scene.prose.span(one.tokens.clone()))
}

//! Messages that a story prints with their header: `From: Name`, `To: Name`, `Subject: words`, then the message.

use super::{Embedded, trimmed};
use crate::extract::speaker::scene::Scene;
use crate::extract::{Embed, Reason};
use crate::text::Span;

/// Names of the lines of a header.
const LABELS: [&str; 7] = ["From", "To", "Subject", "Date", "Sent", "Cc", "CC"];

/// The messages of a text, in order. A header at the text's begin is that of the text itself.
pub(super) fn find(scene: &Scene) -> Vec<Embedded> {
    let (text, paragraphs) = (scene.prose.text, &scene.prose.paragraphs);
    let mut found = Vec::new();
    let mut at = 0;
    while at < paragraphs.len() {
        let begin = at;
        while at < paragraphs.len() && label(text, paragraphs[at].span).is_some() {
            at += 1;
        }
        if begin > 0 && at - begin > 1 {
            let lines = (begin..at).map(|at| paragraphs[at].span);
            let from = lines.filter(|&line| label(text, line) == Some("From")).find_map(|line| author(text, line));
            let end = body_end(scene, at);
            let spans: Vec<Span> = (at..end).filter_map(|at| trimmed(text, paragraphs[at].span)).collect();
            if from.is_some() && !spans.is_empty() {
                let (embed, reason) = (Embed::Email, Reason::Block);
                found.push(Embedded { embed, spans, author: from, cue: None, reason });
            }
            at = end;
        }
        at = at.max(begin + 1);
    }
    found
}

/// "From" in `From: Mary Johnson`.
fn label(text: &str, line: Span) -> Option<&'static str> {
    let (label, rest) = line.of(text).split_once(':')?;
    LABELS.into_iter().find(|known| *known == label && !rest.is_empty())
}

/// The name in `From: Mary Johnson <mary@example.com>`.
fn author(text: &str, line: Span) -> Option<Span> {
    let words = line.of(text);
    let begin = words.find(':')? + 1;
    let end = words.find(['<', '[', '(']).filter(|&end| end > begin).unwrap_or(words.len());
    trimmed(text, Span::new(line.begin + begin, line.begin + end))
}

/// One past the last line of the message that begins with the line at `at`: an empty line ends it.
fn body_end(scene: &Scene, at: usize) -> usize {
    let paragraphs = &scene.prose.paragraphs;
    let mut end = (at + 1).min(paragraphs.len());
    while end < paragraphs.len() {
        let gap = &scene.prose.text[paragraphs[end - 1].span.end..paragraphs[end].span.begin];
        if gap.matches('\n').count() > 1 {
            break;
        }
        end += 1;
    }
    end
}

//! A paragraph of quoted words between two quotes of one person, where nobody else is named: the same person goes on.

use super::candidate::Kind;
use super::scene::{NONE, Scene};
use crate::extract::{Entity, EntityKind, Quote, QuoteKind, Reason};
use crate::text::Span;

/// Paragraphs on either side in which the person speaks.
const PARAGRAPHS: usize = 3;
/// Candidates in between that are looked at.
const CANDIDATES: usize = 60;
/// How much less sure it is than the less sure of the two.
const DOUBT: f32 = 0.8;

/// Gives direct quotes that are paragraphs of their own and have no speaker the one who speaks before and after them.
pub(super) fn carry_speakers(scene: &Scene, entities: &[Entity], quotes: &mut [Quote]) {
    let mut after: Vec<Option<usize>> = vec![None; quotes.len()];
    let mut next = None;
    for at in (0..quotes.len()).rev() {
        after[at] = next;
        next = if quotes[at].speaker.is_some() { Some(at) } else { next };
    }
    let mut before = None;
    for at in 0..quotes.len() {
        if quotes[at].speaker.is_some() {
            before = Some(at);
        } else if let Some((before, after)) = before.zip(after[at])
            && (before + 1, after) == (at, at + 1)
            && quotes[at].kind == QuoteKind::Direct
            && is_paragraph(scene, &quotes[at])
            && !asks(scene, &quotes[at])
            && goes_on(scene, entities, (&quotes[before], &quotes[at], &quotes[after]))
        {
            let confidence = quotes[before].confidence.min(quotes[after].confidence) * DOUBT;
            let speaker = quotes[before].speaker.clone();
            let quote = &mut quotes[at];
            (quote.speaker, quote.reason, quote.confidence) = (speaker, Reason::Carried, confidence);
        }
    }
}

/// True where one person says the first and the last of three quotes, close by, and nobody else is named in between.
fn goes_on(scene: &Scene, entities: &[Entity], (before, quote, after): (&Quote, &Quote, &Quote)) -> bool {
    let entity = |quote: &Quote| quote.speaker.as_ref().filter(|_| !quote.is_declined()).and_then(|one| one.entity);
    let Some(person) = entity(before).filter(|&one| entities[one].kind == EntityKind::Person) else { return false };
    let (from, to) = (end(before), after.spans[0].begin);
    let paragraph = |at: usize| scene.paragraph[scene.prose.token_at(at)] as usize;
    let near = paragraph(quote.spans[0].begin) <= paragraph(from.saturating_sub(1)) + PARAGRAPHS
        && paragraph(to) <= paragraph(end(quote).saturating_sub(1)) + PARAGRAPHS;
    near && from <= quote.spans[0].begin
        && entity(after) == Some(person)
        && is_alone(scene, person, Span::new(from, to))
}

/// True where `span` names no person but `person`, outside of quoted words.
fn is_alone(scene: &Scene, person: usize, span: Span) -> bool {
    let first = scene.candidates.partition_point(|one| scene.prose.tokens[one.tokens.start].span.begin < span.begin);
    let inside = (first..scene.candidates.len())
        .take_while(|&one| scene.prose.tokens[scene.candidates[one].tokens.start].span.begin < span.end);
    let other = |one: usize| {
        let (candidate, entity) = (&scene.candidates[one], scene.entity[one]);
        let named = candidate.kind == Kind::Name(EntityKind::Person) && entity != NONE && entity as usize != person;
        let unnamed = matches!(candidate.kind, Kind::Person | Kind::Group | Kind::Body);
        scene.inside[candidate.tokens.start] == NONE && (named || unnamed)
    };
    let mut inside = inside.take(CANDIDATES + 1);
    inside.clone().count() <= CANDIDATES && !inside.any(other)
}

/// True for a question, which another one may ask.
fn asks(scene: &Scene, quote: &Quote) -> bool {
    let words = quote.spans.last().map_or("", |span| span.of(scene.prose.text));
    words.trim_end_matches(['"', '”', '\'', '’', '»', ' ']).ends_with('?')
}

/// True where the words take whole paragraphs.
fn is_paragraph(scene: &Scene, quote: &Quote) -> bool {
    let (first, last) =
        (scene.prose.token_at(quote.spans[0].begin), scene.prose.token_at(end(quote).saturating_sub(1)));
    let opens = first == 0 || scene.paragraph[first - 1] != scene.paragraph[first];
    opens && scene.paragraph.get(last + 1).is_none_or(|&next| next != scene.paragraph[last])
}

fn end(quote: &Quote) -> usize {
    quote.spans.last().map_or(0, |span| span.end)
}

#[cfg(test)]
mod tests {
    use crate::extract::annotate;

    /// Who says the quotes of `text`.
    fn speakers(text: &str) -> Vec<String> {
        let found = annotate(text, Some("en"));
        let name = |quote: &crate::extract::Quote| quote.speaker.as_ref().and_then(|speaker| speaker.name.clone());
        found.quotes.iter().map(|quote| name(quote).unwrap_or_default()).collect()
    }

    #[test]
    fn who_speaks_before_and_after_speaks_in_between() {
        let before = "“The dam will hold,” Mary Johnson said.\n\nThe river rose in the night.";
        let after = "The rain went on.\n\n“We will see it in the morning,” Johnson said.";
        let between = "“There was no wall when I came here forty years ago.”";
        assert_eq!(speakers(&format!("{before}\n\n{between}\n\n{after}")), ["Mary Johnson"; 3]);
        let asked = "The chairman raised his hand.\n\n“When was it built, and by whom?”\n\nNobody spoke.";
        assert_ne!(speakers(&format!("{before}\n\n{asked}\n\n{after}"))[1], "Mary Johnson");
        let other = "Robert Miller came by. “It leaks,” he said.\n\nNight fell.";
        let found = speakers(&format!("{before}\n\n{other}\n\n{between}\n\n{after}"));
        assert_ne!(found[2], "Mary Johnson", "{found:?}");
    }
}

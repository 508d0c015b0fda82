//! Words that stand twice in a text: a pull quote or a heading has the speaker of the quote that it repeats.

use std::collections::HashMap;

use super::compose::is_weak;
use super::scene::Scene;
use crate::extract::{Quote, QuoteKind, Reason, Speaker};

/// Words of the shortest quote that is told by its words.
const WORDS: usize = 6;
/// Places where the same words begin that are compared.
const PLACES: usize = 4;

/// Gives direct quotes of which no verb of saying tells the speaker, and which stand elsewhere with one, that speaker.
pub(super) fn lend_speakers(scene: &Scene, quotes: &mut [Quote]) {
    let (owners, others): (Vec<usize>, Vec<usize>) = (0..quotes.len()).partition(|&at| has_own_speaker(&quotes[at]));
    let is_asked = |&at: &usize| quotes[at].kind == QuoteKind::Direct && is_open(scene, &quotes[at]);
    let others = others.into_iter().filter(is_asked);
    let others = others.map(|at| (at, words(scene, &quotes[at]))).filter(|(_, words)| words.len() >= WORDS);
    let others: Vec<(usize, Vec<u64>)> = others.collect();
    if others.is_empty() {
        return;
    }
    let owners: Vec<(usize, Vec<u64>)> = owners.into_iter().map(|at| (at, words(scene, &quotes[at]))).collect();
    let mut places: HashMap<&[u64], Vec<(usize, &[u64])>> = HashMap::new();
    for (owner, words) in &owners {
        for (from, run) in words.windows(WORDS).enumerate() {
            let found = places.entry(run).or_default();
            if found.len() < PLACES {
                found.push((*owner, &words[from..]));
            }
        }
    }
    for (other, words) in others {
        let Some(found) = places.get(&words[..WORDS]) else { continue };
        let mut owners = found.iter().filter(|(_, rest)| rest.starts_with(&words)).map(|&(owner, _)| owner);
        let Some(owner) = owners.next() else { continue };
        if owners.all(|another| entity(&quotes[another]) == entity(&quotes[owner])) {
            let speaker = quotes[owner].speaker.clone();
            let confidence = quotes[owner].confidence;
            let quote = &mut quotes[other];
            quote.speaker = speaker.map(|speaker| Speaker { span: None, ..speaker });
            (quote.cue, quote.addressee) = (None, None);
            (quote.reason, quote.confidence) = (Reason::Repeated, confidence);
        }
    }
}

/// True where a verb of saying or the like tells that somebody with a name says `quote`.
fn has_own_speaker(quote: &Quote) -> bool {
    use Reason::{AccordingTo, Block, Introduced, IntroducedInverted, SubjectAfterVerb, SubjectBeforeVerb, Transcript};
    const OWN: [Reason; 7] =
        [SubjectBeforeVerb, SubjectAfterVerb, Introduced, IntroducedInverted, AccordingTo, Transcript, Block];
    quote.kind != QuoteKind::Indirect && entity(quote).is_some() && OWN.contains(&quote.reason)
}

/// True where nothing beside the words says who speaks, as "a crowd chanted" in the same paragraph may.
fn is_open(scene: &Scene, quote: &Quote) -> bool {
    let first = scene.prose.token_at(quote.spans[0].begin);
    let begins = first == 0 || scene.paragraph[first - 1] != scene.paragraph[first];
    is_weak(quote.reason) && (begins || quote.reason != Reason::EarlierSubject)
}

fn entity(quote: &Quote) -> Option<usize> {
    quote.speaker.as_ref()?.entity
}

/// The words of `quote`, without marks, as hashes.
fn words(scene: &Scene, quote: &Quote) -> Vec<u64> {
    let tokens = quote
        .spans
        .iter()
        .flat_map(|span| scene.prose.token_at(span.begin)..scene.prose.token_at(span.end.saturating_sub(1)) + 1);
    tokens.map(|at| scene.words[at]).filter(|word| !word.is(super::words::Word::MARK)).map(|word| word.hash).collect()
}

#[cfg(test)]
mod tests {
    use crate::extract::{Reason, annotate};

    /// Who says the first quote of `text`, and whether that is told by another one.
    fn first(text: &str) -> (Option<String>, bool) {
        let found = annotate(text, Some("en"));
        let quote = &found.quotes[0];
        (quote.speaker.as_ref().and_then(|speaker| speaker.name.clone()), quote.reason == Reason::Repeated)
    }

    #[test]
    fn a_pull_quote_is_said_by_whom_the_text_names() {
        let pulled = "Robert Miller spoke first.\n\n“The river belongs to the people of this town.”\n\nIt rained.\n\n";
        let told = "“The river belongs to the people of this town,” Mary Johnson said. “It always did.”";
        assert_eq!(first(&format!("{pulled}{told}")), (Some("Mary Johnson".to_owned()), true));
        let two = "“The river belongs to the people of this town,” said David Brown.";
        assert!(!first(&format!("{pulled}{told}\n\n{two}")).1);
        let crowd = "A crowd of women chanted. “The river belongs to the people of this town.”";
        let found = annotate(&format!("{told}\n\n{crowd}"), Some("en"));
        assert!(found.quotes.iter().all(|quote| quote.reason != Reason::Repeated), "{:?}", found.quotes);
        let other = "“The river belongs to the people of this city,” Mary Johnson said.";
        assert!(!first(&format!("{pulled}{other}")).1);
    }
}

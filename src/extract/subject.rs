//! Whom the words of a quote name, beside the one who says them.

use super::{Entity, Quote};
use crate::text::Span;

/// Fills in [`Quote::about`].
///
/// Takes time in proportion to the mentions and to the quotes.
pub(super) fn find(entities: &[Entity], quotes: &mut [Quote]) {
    let mentions = entities.iter().enumerate();
    let mut mentions: Vec<(Span, usize)> =
        mentions.flat_map(|(at, entity)| entity.mentions.iter().map(move |&span| (span, at))).collect();
    mentions.sort_unstable();
    for quote in quotes {
        let speaker = quote.speaker.as_ref().and_then(|speaker| speaker.entity);
        let mut about = Vec::new();
        for span in &quote.spans {
            let from = mentions.partition_point(|(mention, _)| mention.begin < span.begin);
            let inside = mentions[from..].iter().take_while(|(mention, _)| mention.begin < span.end);
            for &(_, entity) in inside.filter(|(mention, _)| mention.end <= span.end) {
                if Some(entity) != speaker && !about.contains(&entity) {
                    about.push(entity);
                }
            }
        }
        quote.about = about;
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::annotate;

    /// The first quote of `text`, and the names of those whom it names.
    fn check(text: &str, expect: &[&str]) {
        let found = annotate(text, Some("en"));
        let quote = found.quotes.first().unwrap();
        let names: Vec<&str> = quote.about.iter().map(|&at| found.entities[at].name.as_str()).collect();
        assert_eq!(names, expect, "{}", quote.words(text));
    }

    #[test]
    fn quotes_name_whom_their_words_name() {
        let said = "Maria Lopez met David Miller in Kabul. “David Miller never came to London,” Maria Lopez said.";
        check(said, &["David Miller", "London"]);
        check("“Nobody came,” Maria Lopez said in Kabul.", &[]);
    }

    #[test]
    fn speakers_are_not_whom_they_speak_about() {
        check("Maria Lopez spoke. “They call me Maria Lopez in London,” Maria Lopez said.", &["London"]);
    }
}

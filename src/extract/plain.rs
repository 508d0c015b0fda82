//! A text without the markup of its file, as extraction reads it, and the way back to the text as it stands.

use super::Annotations;
use crate::text::Span;

/// A text from which some spans were cut out.
#[derive(Debug)]
pub(super) struct Plain {
    /// What is left.
    pub(super) text: String,
    /// For each cut: where it was, in bytes of what is left, and how many bytes are gone up to there.
    cuts: Vec<(usize, usize)>,
}

impl Plain {
    /// `whole` without `markup`, whose spans are in order and do not overlap.
    pub(super) fn new(whole: &str, markup: &[Span]) -> Self {
        let (mut text, mut cuts, mut at) = (String::with_capacity(whole.len()), Vec::with_capacity(markup.len()), 0);
        for span in markup {
            text.push_str(&whole[at..span.begin]);
            at = span.end;
            cuts.push((text.len(), at - text.len()));
        }
        text.push_str(&whole[at..]);
        Self { text, cuts }
    }

    /// How many bytes the first `cuts` cuts took.
    fn gone(&self, cuts: usize) -> usize {
        cuts.checked_sub(1).map_or(0, |last| self.cuts[last].1)
    }

    /// Where in the whole text the bytes stand that `span` of what is left covers; it may have markup inside, and has none
    /// at its ends.
    fn whole(&self, span: Span) -> Span {
        let begin = span.begin + self.gone(self.cuts.partition_point(|(at, _)| *at <= span.begin));
        let end = span.end + self.gone(self.cuts.partition_point(|(at, _)| *at < span.end));
        Span::new(begin, end.max(begin))
    }

    /// The same; where it has markup inside, with the markup at its ends, which mostly belongs to that: "[the mayor](a.b), Ada".
    fn around(&self, span: Span) -> Span {
        let first = self.cuts.partition_point(|(at, _)| *at < span.begin);
        let inside = self.cuts[first..].iter().any(|(at, _)| span.begin < *at && *at < span.end);
        if !inside {
            return self.whole(span);
        }
        let last = self.cuts.partition_point(|(at, _)| *at <= span.end);
        Span::new(span.begin + self.gone(first), span.end + self.gone(last))
    }

    /// What is left of `span` of the whole text; `None` where nothing is.
    pub(super) fn left(&self, span: Span) -> Option<Span> {
        let left = Span::new(self.left_before(span.begin), self.left_before(span.end));
        Some(left).filter(|left| !left.is_empty())
    }

    /// How much of the whole text up to byte `at` is left.
    fn left_before(&self, at: usize) -> usize {
        let cuts = self.cuts.partition_point(|(left, gone)| left + gone <= at);
        // Inside the next cut nothing more is left.
        (at - self.gone(cuts)).min(self.cuts.get(cuts).map_or(usize::MAX, |(left, _)| *left))
    }

    /// Lets all spans of `found`, which point into what is left, point into the whole text.
    pub(super) fn restore(&self, found: &mut Annotations) {
        let speakers = found.quotes.iter_mut().filter_map(|quote| quote.speaker.as_mut()?.span.as_mut());
        speakers.for_each(|span| *span = self.around(*span));
        each_span(found, |span| *span = self.whole(*span));
    }
}

/// Calls `change` with every span of `found` but those of speakers.
fn each_span(found: &mut Annotations, mut change: impl FnMut(&mut Span)) {
    found.entities.iter_mut().flat_map(|entity| &mut entity.mentions).for_each(&mut change);
    for quote in &mut found.quotes {
        quote.spans.iter_mut().for_each(&mut change);
        quote.cue.iter_mut().for_each(&mut change);
        quote.addressee.iter_mut().for_each(|addressee| change(&mut addressee.span));
    }
    if let Some(cut) = &mut found.cut {
        cut.sentences.iter_mut().chain(&mut cut.paragraphs).for_each(&mut change);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = "--- The [mayor](a.b) said **no** and *left*";

    fn plain() -> Plain {
        let marks = ["--- ", "[", "](a.b)", "**no**", "*left*"];
        let mut spans: Vec<Span> =
            marks.iter().map(|mark| WHOLE.find(mark).map(|at| Span::new(at, at + mark.len())).unwrap()).collect();
        let last = spans.pop().unwrap();
        spans.extend([Span::new(last.begin, last.begin + 1), Span::new(last.end - 1, last.end)]);
        Plain::new(WHOLE, &spans)
    }

    #[test]
    fn spans_find_their_way_back() {
        let plain = plain();
        assert_eq!(plain.text, "The mayor said  and left");
        for (words, expect) in [
            ("The mayor said", "The [mayor](a.b) said"),
            ("mayor", "mayor"),
            ("said  and", "said **no** and"),
            ("left", "left"),
            ("The", "The"),
        ] {
            let begin = plain.text.find(words).unwrap();
            let span = Span::new(begin, begin + words.len());
            assert_eq!(plain.whole(span).of(WHOLE), expect);
            assert_eq!(plain.left(plain.whole(span)), Some(span));
        }
        let around = |words: &str| {
            let begin = plain.text.find(words).unwrap();
            plain.around(Span::new(begin, begin + words.len())).of(WHOLE)
        };
        assert_eq!(around("mayor said"), "[mayor](a.b) said");
        assert_eq!(around("said  and left"), "said **no** and *left*");
        assert_eq!(around("left"), "left");
    }

    #[test]
    fn of_what_is_cut_out_nothing_is_left() {
        let plain = plain();
        let left = |words: &str| {
            let begin = WHOLE.find(words).unwrap();
            plain.left(Span::new(begin, begin + words.len())).map(|span| span.of(&plain.text))
        };
        assert_eq!(left("no"), None);
        assert_eq!(left("a.b"), None);
        assert_eq!(left("[mayor]"), Some("mayor"));
        assert_eq!(left("b) said **n"), Some(" said "));
        assert_eq!(left(WHOLE), Some(plain.text.as_str()));
    }
}

//! Byte ranges into a text.

use std::ops::Range;

/// A half-open range of bytes into a text, always on character boundaries.
///
/// Every offset that newsdex keeps is a `Span` into [`Article::text`](crate::article::Article::text).
///
/// ```
/// use newsdex::text::Span;
/// let span = Span::new(4, 9);
/// assert_eq!(span.of("The Tyne rose."), "Tyne ");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub begin: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The bytes from `begin` up to, not including, `end`.
    pub const fn new(begin: usize, end: usize) -> Self {
        Self { begin, end }
    }

    /// The piece of `text` that this span covers.
    ///
    /// # Panics
    /// If the span does not lie on character boundaries of `text`: a span belongs to the text it was made for.
    pub fn of(self, text: &str) -> &str {
        &text[self.begin..self.end]
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.begin)
    }

    /// True where the span covers no byte.
    pub const fn is_empty(self) -> bool {
        self.end <= self.begin
    }

    /// True where every byte of `other` lies in this span.
    pub const fn contains(self, other: Self) -> bool {
        self.begin <= other.begin && other.end <= self.end
    }

    /// True where the two spans share at least one byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.begin < other.end && other.begin < self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self::new(self.begin.min(other.begin), self.end.max(other.end))
    }

    /// The same span in a text in which this one's text begins at byte `offset`.
    #[must_use]
    pub const fn shifted(self, offset: usize) -> Self {
        Self::new(self.begin + offset, self.end + offset)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

impl From<Span> for Range<usize> {
    fn from(span: Span) -> Self {
        span.begin..span.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations_between_spans() {
        let whole = Span::new(0, 10);
        assert!(whole.contains(Span::new(0, 10)) && whole.contains(Span::new(3, 3)));
        assert!(whole.overlaps(Span::new(9, 12)) && !whole.overlaps(Span::new(10, 12)));
        assert_eq!(Span::new(2, 4).cover(Span::new(8, 9)), Span::new(2, 9));
        assert_eq!(Span::new(2, 4).shifted(5), Span::new(7, 9));
        assert!(Span::new(4, 2).is_empty() && Span::new(4, 2).is_empty());
    }
}

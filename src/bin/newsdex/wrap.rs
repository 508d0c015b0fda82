//! Text with styled spans, wrapped to a width.

use std::fmt::Write as _;

use anstyle::Style;
use newsdex::text::Span;
use unicode_width::UnicodeWidthStr as _;

use crate::listing::without_controls;
use crate::{link, terminal};

/// A span of a text and the style to print it in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint {
    pub(crate) span: Span,
    pub(crate) style: Style,
}

impl Paint {
    /// The same for the part of the text in `window`, with offsets from its begin; `None` where they share no byte.
    pub(crate) fn within(self, window: Span) -> Option<Self> {
        let begin = self.span.begin.max(window.begin);
        let end = self.span.end.min(window.end);
        (begin < end).then(|| Self { span: Span::new(begin - window.begin, end - window.begin), style: self.style })
    }
}

/// `text` wrapped as by [`wrap_painted`], with all `marks` in one style.
pub(crate) fn wrap(text: &str, marks: &[Span], style: Style, indent: usize, width: usize) -> String {
    let paints: Vec<Paint> = marks.iter().map(|&span| Paint { span, style }).collect();
    wrap_painted(text, &paints, indent, width)
}

/// `text` in `style` cut at its `marks`, which are in the style `marked`.
pub(crate) fn pieces<'a>(text: &'a str, style: Style, marks: &[Span], marked: Style) -> Vec<(&'a str, Style)> {
    let (mut pieces, mut end) = (Vec::new(), 0);
    for mark in marks {
        pieces.extend([(&text[end..mark.begin], style), (mark.of(text), marked)]);
        end = mark.end;
    }
    pieces.push((&text[end..], style));
    pieces
}

/// `pieces` behind each other, each in its style, after `indent` spaces: as one line where that is no wider than `width`,
/// else as several, of which those behind the first are after `hanging` spaces. Control characters count as spaces.
pub(crate) fn flow(pieces: &[(&str, Style)], (indent, hanging): (usize, usize), width: usize) -> String {
    let (mut text, mut paints, mut styled) = (String::new(), Vec::new(), Styled::default());
    for (piece, style) in pieces {
        let (begin, piece) = (text.len(), without_controls(piece));
        text.push_str(&piece);
        paints.push(Paint { span: Span::new(begin, text.len()), style: *style });
        styled.add(&piece, *style);
    }
    if indent + text.width() > width {
        let lines = wrap_painted(&text, &paints, hanging, width);
        return format!("{:indent$}{}", "", lines.trim_start_matches(' '));
    }
    let line = styled.finish();
    format!("{:indent$}{}\n", "", if terminal::has_isolates() { link::isolated(&line) } else { line })
}

/// `text` as lines of at most `width` columns, each after `indent` spaces; the last one ends with a line feed, too.
///
/// White space of any kind, line breaks included, counts as one space; other control characters are left out. A word
/// wider than a line has a line of its own. Where paints overlap, their styles add up. `paints` are in order.
pub(crate) fn wrap_painted(text: &str, paints: &[Paint], indent: usize, width: usize) -> String {
    let mut styled = Styled::default();
    let room = width.saturating_sub(indent).max(1);
    let mut used = 0;
    let mut end = 0;
    for (begin, word) in words(text) {
        let columns = word.width();
        if used > 0 && used + 1 + columns > room {
            styled.plain("\n");
            used = 0;
        }
        if used == 0 {
            styled.plain(&" ".repeat(indent));
        } else {
            // The space inside a marked phrase is in the phrase's style.
            styled.add(" ", style_over(paints, Span::new(end, begin)));
            used += 1;
        }
        paint(&mut styled, begin, word, paints);
        used += columns;
        end = begin + word.len();
    }
    styled.plain("\n");
    let out = styled.finish();
    if terminal::has_isolates() { isolated(&out) } else { out }
}

/// `lines` with those that run from right to left isolated, behind their indent.
fn isolated(lines: &str) -> String {
    let mut out = String::with_capacity(lines.len());
    for line in lines.lines() {
        let text = line.trim_start_matches(' ');
        out.push_str(&line[..line.len() - text.len()]);
        out.push_str(&link::isolated(text));
        out.push('\n');
    }
    out
}

/// Adds `word`, which stands at `begin`, cut where styles change.
fn paint(out: &mut Styled, begin: usize, word: &str, paints: &[Paint]) {
    let here = Span::new(begin, begin + word.len());
    let edges =
        paints.iter().filter(|paint| paint.span.overlaps(here)).flat_map(|paint| [paint.span.begin, paint.span.end]);
    let mut cuts: Vec<usize> = edges.filter(|&edge| here.begin < edge && edge < here.end).collect();
    cuts.push(here.end);
    cuts.sort_unstable();
    let mut at = begin;
    for cut in cuts {
        out.add(&word[at - begin..cut - begin], style_over(paints, Span::new(at, cut)));
        at = cut;
    }
}

/// All styles that cover the whole of `span`, together.
fn style_over(paints: &[Paint], span: Span) -> Style {
    let covering = paints.iter().filter(|paint| paint.span.contains(span));
    covering.fold(Style::new(), |sum, paint| {
        let color = paint.style.get_fg_color().or(sum.get_fg_color());
        sum.effects(sum.get_effects() | paint.style.get_effects()).fg_color(color)
    })
}

/// Text in which a style is written where it begins and where it ends.
#[derive(Default)]
struct Styled {
    text: String,
    style: Style,
}

impl Styled {
    /// Adds `piece` in `style`, without its control characters.
    fn add(&mut self, piece: &str, style: Style) {
        if piece.is_empty() {
            return;
        }
        if style != self.style {
            let _ = write!(self.text, "{:#}{style}", self.style);
            self.style = style;
        }
        self.text.extend(piece.chars().filter(|c| !c.is_control()));
    }

    /// Adds `piece` as it is, in no style.
    fn plain(&mut self, piece: &str) {
        let _ = write!(self.text, "{:#}{piece}", self.style);
        self.style = Style::new();
    }

    fn finish(mut self) -> String {
        self.plain("");
        self.text
    }
}

/// The words of `text` with the bytes that they begin at.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace().map(|word| (word.as_ptr().addr() - text.as_ptr().addr(), word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, marks: &[Span], width: usize, expect: &str) {
        let style = anstyle::AnsiColor::Red.on_default();
        let (on, off) = (style.render().to_string(), style.render_reset().to_string());
        let found = wrap(text, marks, style, 2, width).replace(&on, "[").replace(&off, "]");
        assert_eq!(found, expect);
    }

    #[test]
    fn pieces_flow() {
        let bold = Style::new().bold();
        let check = |text: &str, width, expect: &str| {
            let found = flow(&pieces(text, Style::new(), &[Span::new(2, 5)], bold), (1, 3), width);
            assert_eq!(found.replace("\u{1b}[1m", "[").replace("\u{1b}[0m", "]"), expect);
        };
        check("a dam\nbroke  here", 40, " a [dam] broke  here\n");
        check("a dam\nbroke  here", 12, " a [dam]\n   broke\n   here\n");
    }

    #[test]
    fn lines_break_between_words() {
        check("one two  three\nfour", &[], 10, "  one two\n  three\n  four\n");
        check("incomprehensibilities are long", &[], 10, "  incomprehensibilities\n  are long\n");
        check("水 水水 水", &[], 9, "  水 水水\n  水\n");
        check("bell\u{7} and \u{1b}[31mescape", &[], 40, "  bell and [31mescape\n");
    }

    #[test]
    fn marks_are_painted_as_a_whole_on_each_line() {
        check("the old dam's wall", &[Span::new(4, 11)], 40, "  the [old dam]'s wall\n");
        check("a dam", &[Span::new(2, 5)], 3, "  a\n  [dam]\n");
        check("a dam b", &[Span::new(2, 5), Span::new(6, 7)], 40, "  a [dam] [b]\n");
    }

    #[test]
    fn lines_from_right_to_left_are_isolated_behind_their_indent() {
        assert_eq!(isolated("    کابل\n    Kabul\n"), "    \u{2068}کابل\u{2069}\n    Kabul\n");
    }

    #[test]
    fn overlapping_styles_add_up() {
        let bold = Paint { span: Span::new(0, 3), style: Style::new().bold() };
        let line = Paint { span: Span::new(2, 3), style: Style::new().underline() };
        assert_eq!(style_over(&[bold, line], Span::new(2, 3)), Style::new().bold().underline());
        assert_eq!(style_over(&[bold, line], Span::new(0, 1)), Style::new().bold());
    }
}

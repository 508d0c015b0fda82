//! Text with marked spans, wrapped to a width.

use anstyle::Style;
use newsdex::text::Span;
use unicode_width::UnicodeWidthStr as _;

/// `text` as lines of at most `width` columns, each after `indent` spaces; `marks` are in `style`.
///
/// White space of any kind, line breaks included, counts as one space. A word wider than a line has a line of its own.
pub(crate) fn wrap(text: &str, marks: &[Span], style: Style, indent: usize, width: usize) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let room = width.saturating_sub(indent).max(1);
    let mut used = 0;
    let mut was_marked = false;
    for (begin, word) in words(text) {
        let columns = word.width();
        // A match that runs over a space is marked as one, so the space is in the same style as what stands around it.
        let joins = was_marked && marks.iter().any(|mark| mark.begin < begin && begin < mark.end);
        if used > 0 && used + 1 + columns > room {
            out.push('\n');
            used = 0;
        }
        if used == 0 {
            out.extend(std::iter::repeat_n(' ', indent));
        } else {
            if joins {
                out.push_str(&format!("{style} {style:#}"));
            } else {
                out.push(' ');
            }
            used += 1;
        }
        was_marked = paint(&mut out, begin, word, marks, style);
        used += columns;
    }
    out.push('\n');
    out
}

/// Adds `word`, which stands at `begin`, and says whether its end is marked.
fn paint(out: &mut String, begin: usize, word: &str, marks: &[Span], style: Style) -> bool {
    let here = Span::new(begin, begin + word.len());
    let mut at = begin;
    let mut marked = false;
    for mark in marks.iter().filter(|mark| mark.overlaps(here)) {
        let (from, to) = (mark.begin.max(at), mark.end.min(here.end));
        if from >= to {
            continue;
        }
        out.push_str(&word[at - begin..from - begin]);
        out.push_str(&format!("{style}{}{style:#}", &word[from - begin..to - begin]));
        at = to;
        marked = at == here.end;
    }
    out.push_str(&word[at - begin..]);
    marked
}

/// The words of `text` with the bytes that they begin at.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace().map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
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
    fn lines_break_between_words() {
        check("one two  three\nfour", &[], 10, "  one two\n  three\n  four\n");
        check("incomprehensibilities are long", &[], 10, "  incomprehensibilities\n  are long\n");
        check("水 水水 水", &[], 9, "  水 水水\n  水\n");
    }

    #[test]
    fn marks_are_painted_word_by_word_and_joined() {
        check("the old dam's wall", &[Span::new(4, 11)], 40, "  the [old][ ][dam]'s wall\n");
        check("a dam", &[Span::new(2, 5)], 3, "  a\n  [dam]\n");
    }
}

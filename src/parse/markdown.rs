//! Markdown in the lines above a story: a file's text stays what it is, but its headline is told without the marks.

use std::borrow::Cow;

use super::dateline::{self, Dateline};
use crate::text::Span;

/// Longest line whose marks are looked at, in bytes: headlines are shorter.
const LONGEST: usize = 1000;

/// True for a line of hyphens or of equals signs, which makes a heading of the line above.
pub(super) fn is_underline(line: &str) -> bool {
    line.len() > 2 && (line.bytes().all(|byte| byte == b'=') || line.bytes().all(|byte| byte == b'-'))
}

/// True for a heading of the first level.
pub(super) fn is_heading(line: &str) -> bool {
    line.starts_with("# ")
}

/// What of `line` stands between marks that emphasize all of it: "By Jane Doe" of "**By Jane Doe**".
pub(super) fn emphasized(line: &str) -> Span {
    let whole = Span::new(0, line.len());
    ["***", "**", "*", "__", "_"].into_iter().find_map(|mark| inside(line, mark)).unwrap_or(whole)
}

fn inside(line: &str, mark: &str) -> Option<Span> {
    let inner = line.strip_prefix(mark)?.strip_suffix(mark)?;
    let is_one = !inner.is_empty() && !inner.starts_with(char::is_whitespace) && !inner.contains(mark);
    is_one.then(|| Span::new(mark.len(), mark.len() + inner.len()))
}

/// `line` without the marks of links and emphasis.
pub(super) fn plain(line: &str) -> Cow<'_, str> {
    if line.len() > LONGEST || !line.contains(['[', '*', '_', '`']) {
        return Cow::Borrowed(line);
    }
    ["**", "__", "*", "_", "`"].into_iter().fold(without_links(line), |line, mark| without(line, mark))
}

/// `line` with the words of its links alone; a picture is none of them.
fn without_links(line: &str) -> Cow<'_, str> {
    let mut plain = String::new();
    let mut rest = line;
    while let Some((before, words, behind)) = next_link(rest) {
        plain.push_str(before);
        plain.push_str(words);
        rest = behind;
    }
    if plain.is_empty() && rest.len() == line.len() {
        return Cow::Borrowed(line);
    }
    Cow::Owned(plain + rest)
}

/// What stands before the first link of `line`, its words, and what stands behind it.
fn next_link(line: &str) -> Option<(&str, &str, &str)> {
    let (left, right) = line.split_once("](")?;
    let (before, words) = left.rsplit_once('[')?;
    let (address, behind) = right.split_once(')')?;
    let is_link = !before.ends_with('!') && !words.is_empty() && !address.contains(' ');
    is_link.then_some((before, words, behind))
}

/// `line` without the pairs of `mark` that stand around words. `snake_case` and `5 * 3` have none.
fn without<'a>(line: Cow<'a, str>, mark: &str) -> Cow<'a, str> {
    // "f**k" and "*****" are no marks of `*`.
    let sign = mark.chars().next();
    let is_whole =
        |at: &usize| line[..*at].chars().next_back() != sign && line[*at + mark.len()..].chars().next() != sign;
    let places: Vec<usize> = line.match_indices(mark).map(|(at, _)| at).filter(is_whole).collect();
    let is_word = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
    let is_free = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let opens = |at: usize| is_free(line[..at].chars().next_back()) && is_word(line[at + mark.len()..].chars().next());
    let closes = |at: usize| is_word(line[..at].chars().next_back()) && is_free(line[at + mark.len()..].chars().next());
    let mut gone = Vec::new();
    let mut open = None;
    for at in places {
        match open {
            Some(begin) if closes(at) => {
                gone.extend([begin, at]);
                open = None;
            }
            None if opens(at) => open = Some(at),
            _ => {}
        }
    }
    if gone.is_empty() {
        return line;
    }
    let mut plain = String::new();
    let mut from = 0;
    for at in gone {
        plain.push_str(&line[from..at]);
        from = at + mark.len();
    }
    Cow::Owned(plain + &line[from..])
}

/// The dateline that opens `paragraph`, which may be emphasized, and the byte that its places are counted from.
pub(super) fn dateline(paragraph: &str) -> Option<(usize, Dateline)> {
    let plainly = dateline::read(paragraph).map(|found| (0, found));
    plainly.or_else(|| ["**", "*", "__", "_"].into_iter().find_map(|mark| emphasized_dateline(paragraph, mark)))
}

fn emphasized_dateline(paragraph: &str, mark: &str) -> Option<(usize, Dateline)> {
    let (head, behind) = paragraph.strip_prefix(mark)?.split_once(mark)?;
    // Blanks stand for the mark, so that all places stay what they are.
    let blanks = " ".repeat(mark.len());
    let rest = behind.get(..LONGEST).unwrap_or(behind);
    dateline::read(&format!("{head}{blanks}{rest}")).map(|found| (mark.len(), found))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sample::check;
    use super::*;

    const STORY: &str = "Hundreds of people left their homes on Sunday, as the river rose over its banks.";

    #[test]
    fn links_and_emphasis_are_no_part_of_a_line() {
        for (line, expect) in [
            ("[River](https://a.org/r) rises, **hundreds** _flee_", "River rises, hundreds flee"),
            ("*River* `rises`", "River rises"),
            ("A*STAR and snake_case: 5 * 3 * 2", "A*STAR and snake_case: 5 * 3 * 2"),
            ("![River](a.jpg) rises [sic] (again)", "![River](a.jpg) rises [sic] (again)"),
            ("The **“dam”** holds", "The “dam” holds"),
            ("“I don't give a f**k, s**t or d**n”", "“I don't give a f**k, s**t or d**n”"),
            ("Review: *****", "Review: *****"),
        ] {
            assert_eq!(plain(line), expect);
        }
    }

    #[test]
    fn headings_are_headlines() {
        let expect = ["River rises, hundreds flee | - | - | - | Jane Doe | - | en | -", STORY];
        for head in [
            "# [River rises](https://a.org/r), hundreds *flee*\n\n**By Jane Doe**",
            "River rises, hundreds flee\n==========================\n\n*By Jane Doe*",
            "**River rises, hundreds flee**\n---\n_By Jane Doe_",
        ] {
            check("a.md", format!("{head}\n\n{STORY}"), &expect);
        }
    }

    #[test]
    fn a_dateline_may_be_emphasized() {
        for opening in ["**HARROW (AP)** — ", "*HARROW (AP) —* "] {
            let story = format!("{opening}{STORY}");
            let text = format!("# River rises\n\n{story}");
            check("a.md", text, &["River rises | Associated Press | - | - | - | Harrow | en | -", &story]);
        }
    }

    #[test]
    fn a_line_below_an_empty_one_underlines_nothing() {
        assert!(is_underline("---") && is_underline("=====") && !is_underline("--") && !is_underline("-=-"));
        check(
            "a.md",
            format!("{STORY}\n\n---\n\n{STORY}"),
            &["- | - | - | - | - | - | en | -", &format!("{STORY}\n\n---\n\n{STORY}")],
        );
    }

    proptest! {
        #[test]
        fn any_line_is_read(line in "[ a_*`é\\[\\]()!A—-]{0,30}") {
            plain(&line);
            emphasized(&line).of(&line);
            dateline(&line);
        }
    }
}

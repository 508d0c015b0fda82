//! Sentences and paragraphs.

use std::ops::Range;

use super::abbreviation::{binds_next, opens_sentence};
use super::{Span, Token, TokenKind};

/// The marks that end a sentence.
const STOPS: [char; 10] = ['.', '!', '?', '…', '。', '！', '？', '।', '؟', '۔'];

/// What parts lines and paragraphs beside the line break.
const SEPARATORS: [char; 2] = ['\u{2028}', '\u{2029}'];

/// A run of tokens: a sentence or a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// From the first byte of its first token to the last byte of its last, in bytes of the text.
    pub span: Span,
    /// Which tokens it holds: indices into [`Prose::tokens`](super::Prose::tokens), never empty.
    pub tokens: Range<usize>,
}

impl Run {
    fn new(tokens: &[Token], range: Range<usize>) -> Self {
        let span = Span::new(tokens[range.start].span.begin, tokens[range.end - 1].span.end);
        Self { span, tokens: range }
    }
}

/// Cuts `tokens` into paragraphs. A line break ends one; in a text that was wrapped at a fixed width, only a blank
/// line, an indented line or a line that stops short does. A line that stops short in mid-sentence, as the first of a
/// story does whose dateline stood before it, ends none.
pub fn paragraphs(text: &str, tokens: &[Token]) -> Vec<Run> {
    let wrap = Wrap::of(text);
    runs(tokens, |at| breaks_paragraph(text, wrap, &tokens[at - 1], &tokens[at]))
}

/// Cuts `tokens` into sentences; the end of one of `paragraphs` always ends one. Quotation marks and brackets that
/// close right after the full stop belong to the sentence that they close.
pub fn sentences(text: &str, tokens: &[Token], paragraphs: &[Run]) -> Vec<Run> {
    let cased = is_cased(text);
    let mut ends = paragraphs.iter().map(|run| run.tokens.end).peekable();
    runs(tokens, |at| ends.next_if_eq(&at).is_some() || ends_sentence(text, tokens, at, cased))
}

/// False where `text` holds nothing that ends a sentence or a paragraph before its end: what is one sentence needs no
/// cutting. True says nothing.
pub(crate) fn may_have_breaks(text: &str) -> bool {
    let ends = |byte: u8| matches!(byte, b'.' | b'!' | b'?' | b'\n');
    text.bytes().any(ends) || !text.is_ascii() && (text.contains(STOPS) || text.contains(SEPARATORS))
}

fn runs(tokens: &[Token], mut breaks: impl FnMut(usize) -> bool) -> Vec<Run> {
    let mut found = Vec::new();
    let mut start = 0;
    for at in 1..=tokens.len() {
        if at == tokens.len() || breaks(at) {
            found.push(Run::new(tokens, start..at));
            start = at;
        }
    }
    found
}

fn breaks_paragraph(text: &str, wrap: Option<Wrap>, left: &Token, right: &Token) -> bool {
    let gap = &text[left.span.end..right.span.begin];
    if matches!(gap, "" | " ") {
        return false;
    }
    let Some((_, after)) = gap.split_once('\n') else { return gap.contains(SEPARATORS) };
    let Some(wrap) = wrap else { return true };
    if after.contains('\n') || is_indented(after) {
        return true;
    }
    let begin = text[..left.span.end].rfind('\n').map_or(0, |at| at + 1);
    let next = &text[right.span.begin..];
    let short = left.span.end - begin + first_word(next) < wrap.width * 3 / 4;
    short && !goes_on(&text[begin..left.span.end], next, wrap.indents)
}

/// True where `line`, which stops short, breaks off in mid-sentence before `next`. Before a capital letter only
/// indented paragraphs tell that: elsewhere it may be a heading or a line of a list, and a line of capitals always may.
fn goes_on(line: &str, next: &str, indents: bool) -> bool {
    let open = line.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '-'));
    let small = next.starts_with(char::is_lowercase);
    open && line.contains(char::is_lowercase) && (small || indents)
}

fn is_indented(line: &str) -> bool {
    line.starts_with("  ") || line.starts_with('\t')
}

/// How a text was wrapped at a fixed width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Wrap {
    /// The longest line, in bytes.
    width: usize,
    /// Paragraphs begin with an indented line.
    indents: bool,
}

impl Wrap {
    /// `None` where a line is a paragraph.
    ///
    /// A wrapped text breaks off in mid-sentence: a line without a closing mark, and a small letter to begin the next.
    fn of(text: &str) -> Option<Self> {
        const LONGEST: usize = 120;
        let (mut pairs, mut cut, mut width, mut indented) = (0, 0, 0, 0);
        let mut lines = text.lines().map(str::trim_end).peekable();
        while let Some(line) = lines.next() {
            let Some(next) = lines.peek() else { break };
            if line.is_empty() || next.is_empty() {
                continue;
            }
            pairs += 1;
            indented += usize::from(is_indented(next));
            let small = next.trim_start().chars().next().is_some_and(char::is_lowercase);
            if small && line.ends_with(|c: char| c.is_alphanumeric() || c == ',') && line.len() <= LONGEST {
                cut += 1;
                width = width.max(line.len());
            }
        }
        (cut > 1 && cut * 3 >= pairs).then_some(Self { width, indents: indented > 0 && indented * 2 <= pairs })
    }
}

fn first_word(rest: &str) -> usize {
    rest.find(char::is_whitespace).unwrap_or(rest.len())
}

/// True where capitals tell something: more than one letter in two hundred is one.
fn is_cased(text: &str) -> bool {
    /// Bytes that can be counted in one.
    const COUNTED: usize = 255;
    let (mut upper, mut lower) = (0_usize, 0_usize);
    for bytes in text.as_bytes().chunks(COUNTED) {
        upper += usize::from(bytes.iter().map(|byte| u8::from(byte.is_ascii_uppercase())).sum::<u8>());
        lower += usize::from(bytes.iter().map(|byte| u8::from(byte.is_ascii_lowercase())).sum::<u8>());
    }
    upper * 200 > lower
}

/// True where a sentence ends before the token at `at`.
fn ends_sentence(text: &str, tokens: &[Token], at: usize, cased: bool) -> bool {
    if tokens[at - 1].span.end == tokens[at].span.begin && !is_wide_stop(tokens[at - 1].span.of(text)) {
        return false;
    }
    let Some(stop) = stop_before(text, tokens, at) else { return false };
    let next = tokens[at].span.of(text);
    if is_closing(next) && next != "\"" && next != "'" {
        return false;
    }
    let last = tokens[stop].span.of(text);
    let small = next.chars().next().is_some_and(char::is_lowercase);
    match tokens[stop].kind {
        _ if small && cased => false,
        TokenKind::Word if binds_next(last) => false,
        TokenKind::Word if stop + 1 == at => opens_sentence(next) || !cased && is_opener(next),
        _ => true,
    }
}

/// The full stop, question or exclamation mark that closes what stands before `at`, behind closing marks.
fn stop_before(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    let mut stop = at - 1;
    if text.as_bytes()[tokens[stop].span.end - 1].is_ascii_alphanumeric() {
        // Most words: neither a stop nor a mark that closes.
        return None;
    }
    while is_closing(tokens[stop].span.of(text)) && stop > 0 && tokens[stop - 1].span.end == tokens[stop].span.begin {
        stop -= 1;
    }
    let word = tokens[stop].span.of(text);
    word.ends_with(STOPS).then_some(stop)
}

/// Full stops after which no space is written.
fn is_wide_stop(word: &str) -> bool {
    matches!(word, "。" | "！" | "？")
}

fn is_closing(word: &str) -> bool {
    matches!(word, "\"" | "”" | "''" | "'" | "’" | ")" | "]" | "»" | "」" | "』")
}

fn is_opener(word: &str) -> bool {
    let mut letters = word.chars();
    let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    opens_sentence(&(capital + letters.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenize;

    fn check(text: &str, expect: &[&str]) {
        let tokens = tokenize(text);
        let found = sentences(text, &tokens, &paragraphs(text, &tokens));
        let pieces: Vec<&str> = found.iter().map(|run| run.span.of(text)).collect();
        assert_eq!(pieces, expect);
        let last = found.last().map_or(0, |run| run.span.begin);
        assert!(pieces.len() < 2 || may_have_breaks(&text[..last]));
    }

    #[test]
    fn closing_marks_belong_to_the_sentence_they_close() {
        check("“We left.” She wept.", &["“We left.”", "She wept."]);
        check("\"We left.\" \"Did you?\" she asked.", &["\"We left.\"", "\"Did you?\" she asked."]);
        check("``Go.'' (He went.) All sat.", &["``Go.''", "(He went.)", "All sat."]);
        check("“Why?” he asked. “Because,” she said.", &["“Why?” he asked.", "“Because,” she said."]);
    }

    #[test]
    fn short_forms_do_not_end_a_sentence_unless_one_opens_after() {
        check(
            "Mr. Ode met Gen. J. Moss of the U.S. Navy at 9 a.m. Friday.",
            &["Mr. Ode met Gen. J. Moss of the U.S. Navy at 9 a.m. Friday."],
        );
        check("He left the U.S. The ship sank.", &["He left the U.S.", "The ship sank."]);
        check("It cost 4.5 million... He paid.", &["It cost 4.5 million...", "He paid."]);
    }

    #[test]
    fn text_without_capitals_is_cut_at_full_stops() {
        check("the tyne rose. mr. ode left.", &["the tyne rose.", "mr. ode left."]);
    }

    #[test]
    fn lines_end_sentences_unless_the_text_is_wrapped() {
        check("TYNE RISES\nNEWCASTLE — The river rose", &["TYNE RISES", "NEWCASTLE — The river rose"]);
        let wrapped = "The river rose again on Tuesday after\nthe heavy rains of the past week, said\nofficials \
            who had come to see it and\nwho left soon. The town was dry.\n\nOn Wednesday it fell.";
        check(
            wrapped,
            &[
                "The river rose again on Tuesday after\nthe heavy rains of the past week, said\nofficials \
                who had come to see it and\nwho left soon.",
                "The town was dry.",
                "On Wednesday it fell.",
            ],
        );
    }

    #[test]
    fn a_line_that_breaks_off_ends_no_sentence() {
        let indented = "Bank of Tarn governor Ada\nOkwu-Tolle said that to lower interest rates too fast could put\n\
            at risk what the country had won in the past few years.\n    In remarks prepared for the merchants of\n\
            Torrow she said that returns are better than they were for\nsome years.";
        check(
            indented,
            &[
                "Bank of Tarn governor Ada\nOkwu-Tolle said that to lower interest rates too fast could put\n\
                at risk what the country had won in the past few years.",
                "In remarks prepared for the merchants of\n\
                Torrow she said that returns are better than they were for\nsome years.",
            ],
        );
        check(
            "The river rose\nagain on Tuesday after the heavy rains of the past week, said\nofficials who had come.",
            &["The river rose\nagain on Tuesday after the heavy rains of the past week, said\nofficials who had come."],
        );
    }

    #[test]
    fn headings_in_wrapped_text_are_paragraphs() {
        let wrapped = "The river rose again on Tuesday after\nthe heavy rains of the past week, said\nofficials \
            who had come to see it and\nwho left soon.\n\nWhat next\nOn Wednesday it fell.";
        assert_eq!(sentence_count(wrapped), 3);
        let shouted = "RIVER RISES\nThe river rose again on Tuesday after\nthe heavy rains of the past week, said\n\
            officials who had come to see it.\n    On Wednesday it fell.";
        assert_eq!(sentence_count(shouted), 3);
    }

    fn sentence_count(text: &str) -> usize {
        let tokens = tokenize(text);
        sentences(text, &tokens, &paragraphs(text, &tokens)).len()
    }

    #[test]
    fn every_token_is_in_one_sentence() {
        let text = "新聞。社\n\nA. B! \"C\" d? (e.) f";
        let tokens = tokenize(text);
        let found = sentences(text, &tokens, &paragraphs(text, &tokens));
        let held: Vec<usize> = found.iter().flat_map(|run| run.tokens.clone()).collect();
        assert_eq!(held, (0..tokens.len()).collect::<Vec<_>>());
    }
}

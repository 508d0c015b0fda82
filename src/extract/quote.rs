//! What stands between quotation marks.
//!
//! A state machine over the marks of one paragraph after the other. A mark opens or closes by its shape and, where one
//! shape does both (`"`, `''`, `'`, `”` in Swedish), by the letters and spaces around it. A mark left open at a
//! paragraph's end goes on where the next paragraph opens with a mark of its kind, as newspapers print long speeches;
//! otherwise the quote ends with its paragraph. Marks that close nothing are passed over; marks inside quoted words
//! belong to them.

use crate::text::{Prose, Span};

/// Words between quotation marks, over one or more paragraphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// With their marks, one span a paragraph, in order; never empty.
    pub spans: Vec<Span>,
    /// True where the last span ends with a mark, false where it ends with its paragraph.
    pub closed: bool,
}

/// Finds all that stands between quotation marks, in order; no two share a byte.
pub fn find(prose: &Prose) -> Vec<Quoted> {
    let mut machine = Machine::default();
    for paragraph in &prose.paragraphs {
        machine.read(prose.text, paragraph.span);
    }
    machine.found
}

/// Marks that open and close one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    /// “ ” „ ‟ " '' and two graves: writers and their programs mix them.
    Double,
    /// ‘ ’ ‚ '.
    Single,
    /// « » ‹ ›.
    Angle,
    /// 「 」 『 』.
    Corner,
}

/// Words of the longest attribution at the end of words whose mark never closes.
const ATTRIBUTION: usize = 12;

/// Which way a mark's shape points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Opens,
    Closes,
    Either,
}

#[derive(Clone, Copy, Debug)]
struct Mark {
    span: Span,
    family: Family,
    shape: Shape,
    /// The character before; a space at a paragraph's begin.
    before: char,
    /// The character after; a space at a paragraph's end.
    after: char,
}

impl Mark {
    /// Words may begin after it.
    fn can_open(&self) -> bool {
        let free = self.before.is_whitespace() || is_opening(self.before);
        !self.after.is_whitespace() && (free || !self.before.is_alphanumeric() && !is_closing(self.after))
    }

    fn opens(&self) -> bool {
        match self.shape {
            Shape::Opens => true,
            Shape::Closes => self.can_open() && self.before.is_whitespace() && self.after.is_alphanumeric(),
            // `5'10"` measures; `said:"No` lacks a space.
            Shape::Either => self.can_open(),
        }
    }

    fn closes(&self, open: &Mark) -> bool {
        match self.shape {
            _ if self.family != open.family => false,
            // German „…“ and »…«, and “…“ by hasty typists.
            Shape::Opens => self.after_words() && !self.after.is_alphanumeric() && open.span.end < self.span.begin,
            Shape::Closes | Shape::Either => true,
        }
    }

    fn after_words(&self) -> bool {
        !self.before.is_whitespace() && !is_opening(self.before)
    }
}

fn is_opening(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '—' | '–' | '-' | '―' | '/' | '“' | '"' | '‘' | '\'' | '„' | '«' | '>' | '…')
}

fn is_closing(c: char) -> bool {
    matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '”' | '’' | '—' | '–')
}

/// Which bytes begin a mark.
static BEGINS: [bool; 256] = {
    let mut begins = [false; 256];
    let bytes = [b'"', b'\'', b'`', 0xC2, 0xE2, 0xE3];
    let mut at = 0;
    while at < bytes.len() {
        begins[bytes[at] as usize] = true;
        at += 1;
    }
    begins
};

/// The marks of `paragraph`, in order.
fn marks(text: &str, paragraph: Span) -> Vec<Mark> {
    let bytes = &text.as_bytes()[..paragraph.end];
    let mut found = Vec::new();
    let mut at = paragraph.begin;
    while at < paragraph.end {
        // Anything but the beginning of a mark is passed over without decoding.
        let Some(next) = bytes[at..].iter().position(|byte| BEGINS[usize::from(*byte)]) else { break };
        at += next;
        let before = text[paragraph.begin..at].chars().next_back().unwrap_or(' ');
        let Some((length, family, shape)) = mark_at(&text[at..paragraph.end], before) else {
            at += 1;
            while at < paragraph.end && !text.is_char_boundary(at) {
                at += 1;
            }
            continue;
        };
        let span = Span::new(at, at + length);
        let after = text[span.end..paragraph.end].chars().next().unwrap_or(' ');
        found.push(Mark { span, family, shape, before, after });
        at = span.end;
    }
    found
}

/// The mark that `rest` begins with, behind the character `before`: its length in bytes, family and shape.
fn mark_at(rest: &str, before: char) -> Option<(usize, Family, Shape)> {
    use Family::{Angle, Corner, Double, Single};
    use Shape::{Closes, Either, Opens};
    // Of a single mark and a double one, what was opened last is closed first.
    let three = rest.starts_with("'''") && !rest.starts_with("''''");
    if three && !before.is_whitespace() && !is_opening(before) {
        return Some((1, Single, Either));
    }
    if rest.starts_with("''") {
        return Some((2, Double, Either));
    }
    if rest.starts_with("``") {
        return Some((2, Double, Opens));
    }
    let first = rest.chars().next()?;
    let (family, shape) = match first {
        '"' => (Double, Either),
        '“' | '„' | '‟' => (Double, Opens),
        '”' => (Double, Closes),
        '\'' => (Single, Either),
        '‘' | '‚' | '‛' => (Single, Opens),
        '’' => (Single, Closes),
        '«' | '‹' => (Angle, Opens),
        '»' | '›' => (Angle, Closes),
        '「' | '『' => (Corner, Opens),
        '」' | '』' => (Corner, Closes),
        _ => return None,
    };
    Some((first.len_utf8(), family, shape))
}

#[derive(Default)]
struct Machine {
    found: Vec<Quoted>,
    /// The mark that the last paragraph left open, where the next may go on with it.
    open: Option<Mark>,
    /// The mark that the last line left open in the middle of a sentence.
    hung: Option<Mark>,
}

impl Machine {
    fn read(&mut self, text: &str, paragraph: Span) {
        let marks = marks(text, paragraph);
        let mut open = self.carried(text, paragraph, marks.first());
        let mut carried = open.is_some();
        let mut at = usize::from(carried);
        if let Some(hung) = self.hung.take().filter(|hung| is_same_line(text, hung, paragraph)) {
            (open, carried) = (Some(hung), self.reopen());
        }
        let mut singles = true;
        while let Some(mark) = marks.get(at) {
            match open {
                Some(opener) if mark.closes(&opener) => {
                    self.push(Span::new(opener.span.begin, mark.span.end), true, carried);
                    (open, carried) = (None, false);
                }
                None if mark.family == Family::Single && singles => match single(text, &marks, at) {
                    Closer::At(closer) => {
                        self.push(Span::new(mark.span.begin, marks[closer].span.end), true, false);
                        at = closer;
                    }
                    Closer::NoneHere => {}
                    Closer::NoneLeft => singles = false,
                },
                None if mark.family != Family::Single && mark.opens() => open = Some(*mark),
                _ => {}
            }
            at += 1;
        }
        self.open = None;
        if let Some(opener) = open.filter(|opener| opener.span.end < paragraph.end) {
            let end =
                attribution(&text[opener.span.end..paragraph.end]).map_or(paragraph.end, |at| opener.span.end + at);
            self.push(Span::new(opener.span.begin, end), false, carried);
            if end < paragraph.end {
                (self.open, self.hung) = (None, None);
                return;
            }
            let ended = ends_sentence(paragraph.of(text));
            (self.open, self.hung) = if ended { (Some(opener), None) } else { (None, Some(opener)) };
        }
    }

    /// Takes back the last span, which its line did not end; true where it went on with a quote.
    fn reopen(&mut self) -> bool {
        let Some(last) = self.found.last_mut() else { return false };
        last.spans.pop();
        let carried = !last.spans.is_empty();
        if !carried {
            self.found.pop();
        }
        carried
    }

    /// The mark that opens `paragraph`, where it goes on with the quote that the last paragraph left open.
    fn carried(&self, text: &str, paragraph: Span, first: Option<&Mark>) -> Option<Mark> {
        let (open, first) = (self.open?, *first?);
        let (mark, before) = (first.span.of(text), open.span.of(text));
        let same = mark == before || matches!((mark, before), ("\"", "“") | ("“", "\""));
        let same = same && first.shape != Shape::Closes;
        let label = is_labelled(&text[first.span.end..paragraph.end]);
        (same && first.span.begin == paragraph.begin && !label).then_some(first)
    }

    fn push(&mut self, span: Span, closed: bool, carried: bool) {
        match self.found.last_mut() {
            Some(last) if carried => {
                last.spans.push(span);
                last.closed = closed;
            }
            _ => self.found.push(Quoted { spans: vec![span], closed }),
        }
    }
}

/// Where the attribution with which a paragraph ends begins, in words whose mark never closes: behind the comma of
/// `“We lost, he said.`, behind the mark of another kind of `“We lost,’ said Ada Okwu.`
fn attribution(words: &str) -> Option<usize> {
    let comma = words.rfind([',', '?', '!'])?;
    let closes = words[comma + 1..].chars().next().filter(|c| matches!(c, '’' | '\'')).map_or(0, char::len_utf8);
    let end = comma + 1 + closes;
    let clause = words[end..].strip_prefix(' ')?.strip_suffix('.')?;
    let (first, last) = (clause.split(' ').next()?, clause.rsplit(' ').next()?);
    let says = |word: &str| matches!(word, "said" | "says" | "added" | "adds");
    let pronoun = matches!(first, "he" | "she" | "they");
    let name = |word: &str| word.starts_with(char::is_uppercase);
    let words = clause.split(' ').count();
    let told = says(first) && name(last) || says(last) && (pronoun || name(first));
    ((2..=ATTRIBUTION).contains(&words) && told).then_some(end)
}

/// True where `words` begin with the name of another speaker, as transcripts print it: `SMITH: Yes.`
fn is_labelled(words: &str) -> bool {
    let label = words.split(':').next().unwrap_or_default();
    let letters = label.chars().filter(|c| c.is_alphabetic()).count();
    label.len() < words.len() && label.len() < 40 && letters > 1 && !label.chars().any(char::is_lowercase)
}

/// True where `line` goes on with the sentence of the quote that `open` opened: text whose lines break anywhere.
fn is_same_line(text: &str, open: &Mark, line: Span) -> bool {
    let before = &text[open.span.begin..line.begin];
    let gap = &before[before.trim_end().len()..];
    gap.matches('\n').count() == 1 && text[line.begin..].chars().next().is_some_and(char::is_lowercase)
}

fn ends_sentence(paragraph: &str) -> bool {
    paragraph.ends_with(['.', '!', '?', '…', ':', ';', ','])
}

/// What closes a single mark.
enum Closer {
    /// The mark at this index.
    At(usize),
    /// This mark is an apostrophe, or nothing closes it.
    NoneHere,
    /// No later single mark of the paragraph can be closed either.
    NoneLeft,
}

/// Finds the closing mark of the single mark at `at`, which may be an apostrophe: 'tis, the workers' union.
fn single(text: &str, marks: &[Mark], at: usize) -> Closer {
    let opener = &marks[at];
    if !opens_single(text, opener) {
        return Closer::NoneHere;
    }
    let mut likely = None;
    let mut doubles = 0;
    for (index, mark) in marks.iter().enumerate().skip(at + 1) {
        if mark.family == Family::Double {
            doubles += 1;
        } else if mark.family == Family::Single {
            if opens_single(text, mark) {
                // The next quote begins: what closes this one stands before it.
                return likely.map_or(Closer::NoneHere, Closer::At);
            }
            let closes = mark.after_words() && !mark.after.is_alphanumeric() && doubles % 2 == 0;
            if closes && !is_possessive(text, mark) {
                return Closer::At(index);
            }
            if closes {
                likely = likely.or(Some(index));
            }
        }
    }
    likely.map_or(Closer::NoneLeft, Closer::At)
}

fn opens_single(text: &str, mark: &Mark) -> bool {
    let free = mark.before.is_whitespace() || is_opening(mark.before);
    mark.family == Family::Single
        && mark.shape != Shape::Closes
        && free
        && !mark.after.is_whitespace()
        && !is_elision(&text[mark.span.end..])
}

/// True where an apostrophe at the begin of `rest` stands for letters left out: 'em, '90s.
fn is_elision(rest: &str) -> bool {
    const CLIPPED: [&str; 10] = ["em", "tis", "twas", "til", "till", "cause", "bout", "round", "n", "cos"];
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let word = &rest[..end];
    let decade = word.len() == 3 && word.ends_with('s') && word.as_bytes()[..2].iter().all(u8::is_ascii_digit);
    let year = word.len() == 2 && word.bytes().all(|b| b.is_ascii_digit());
    decade || year || CLIPPED.iter().any(|clipped| word.eq_ignore_ascii_case(clipped))
}

/// True where `mark` may be the apostrophe of "the workers' union": after s, before a word.
fn is_possessive(text: &str, mark: &Mark) -> bool {
    let follows = text[mark.span.end..].trim_start_matches(' ').chars().next();
    mark.before == 's' && mark.after == ' ' && follows.is_some_and(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each quote's spans joined by " + ".
    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let found: Vec<String> = find(&Prose::new(text))
            .iter()
            .map(|quoted| quoted.spans.iter().map(|span| span.of(text)).collect::<Vec<_>>().join(" + "))
            .collect();
        assert_eq!(found, expect, "in {text:?}");
    }

    #[test]
    fn every_kind_of_mark() {
        check("He said, “Go now.”", &["“Go now.”"]);
        check("He said, \"Go now.\" Then: \"Stay.\"", &["\"Go now.\"", "\"Stay.\""]);
        check("''Go now,'' he said. ``Stay,'' she said.", &["''Go now,''", "``Stay,''"]);
        check("Er sagte: „Geh jetzt.“ Und: „Bleib!”", &["„Geh jetzt.“", "„Bleib!”"]);
        check("Il a dit : « Partez. »", &["« Partez. »"]);
        check("Er sagte: »Geh jetzt.« Und ging.", &["»Geh jetzt.«"]);
        check("Han sa: ”Gå nu.”", &["”Gå nu.”"]);
        check("他说「走吧」。", &["「走吧」"]);
        check("‘Go now,’ he said.", &["‘Go now,’"]);
        check("'Go now,' he said.", &["'Go now,'"]);
    }

    #[test]
    fn apostrophes_are_no_marks() {
        check("The workers’ union won’t say ‘yes’ to the ’90s plan.", &["‘yes’"]);
        check("'The workers' union isn't ready,' he said of the '90s plan.", &["'The workers' union isn't ready,'"]);
        check("Rock 'n' roll; get 'em all; the boys' room.", &[]);
        check(
            "‘We don’t know the ministers’ plans,’ she said, ‘yet.’",
            &["‘We don’t know the ministers’ plans,’", "‘yet.’"],
        );
    }

    #[test]
    fn nested_marks_belong_to_the_words() {
        check("“He told me ‘no’ twice,” she said.", &["“He told me ‘no’ twice,”"]);
        check("''I call it 'old,''' he said.", &["''I call it 'old,'''"]);
        check("'''old' is what I call it,'' he said.", &["'''old' is what I call it,''"]);
        check("‘He told me “no” twice,’ she said.", &["‘He told me “no” twice,’"]);
        check("«Er sagte “nein” dazu», so sie.", &["«Er sagte “nein” dazu»"]);
    }

    #[test]
    fn quotes_over_paragraphs() {
        check("“One.\n\n“Two.\n\n“Three.” She left.", &["“One. + “Two. + “Three.”"]);
        check("\"One.\n\"Two,\" he said.", &["\"One. + \"Two,\""]);
        check("“One.\n\"Two.\n“Three.”", &["“One. + \"Two. + “Three.”"]);
        check("“One.\n\nHe left. “Two.”", &["“One.", "“Two.”"]);
        check("The word “one\n“Two,” he said.", &["“one", "“Two,”"]);
        check("He said “one\ntwo\nthree,” and left.", &["“one\ntwo\nthree,”"]);
        check("“SMITH: One.\n“JONES: Two.”", &["“SMITH: One.", "“JONES: Two.”"]);
        check("He said “one\n\ntwo” and left.", &["“one"]);
    }

    #[test]
    fn marks_that_close_nothing() {
        check("“We lost, said the coach Ada Okwu.", &["“We lost,"]);
        check("“We lost. So it goes,’ he says.", &["“We lost. So it goes,’"]);
        check("“We lost, and they won.", &["“We lost, and they won."]);
        check("He left.” “Go,” she said.”", &["“Go,”"]);
        check("A 6'2\" man said \"Go.\"", &["\"Go.\""]);
        check("\"", &[]);
        check("”", &[]);
    }

    #[test]
    fn a_long_line_of_marks_takes_linear_time() {
        for mark in ["\"", "'", " '", "‘", "‘a", "' 'a", "s' ", "“", "«»"] {
            let text = mark.repeat(200_000);
            let begun = std::time::Instant::now();
            find(&Prose::new(&text));
            assert!(begun.elapsed().as_secs() < 5, "{mark:?}");
        }
    }
}

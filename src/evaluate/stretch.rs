//! Ranges of characters: gold standards of quotes count characters, not bytes.

/// A half-open range of characters of a text; a prediction may begin before the text or end after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stretch {
    pub(super) begin: i64,
    pub(super) end: i64,
}

impl Stretch {
    pub(super) const fn new(begin: i64, end: i64) -> Self {
        Self { begin, end }
    }

    pub(super) const fn len(self) -> i64 {
        self.end - self.begin
    }

    /// How many characters the two have in common.
    pub(super) fn shared(self, other: Self) -> i64 {
        (self.end.min(other.end) - self.begin.max(other.begin)).max(0)
    }

    pub(super) fn overlaps(self, other: Self) -> bool {
        self.shared(other) > 0
    }

    pub(super) fn shifted(self, by: i64) -> Self {
        Self::new(self.begin + by, self.end + by)
    }
}

/// How many characters `stretch` and `others` have in common.
pub(super) fn covered(stretch: Stretch, others: &[Stretch]) -> i64 {
    others.iter().map(|&other| stretch.shared(other)).sum()
}

/// A text by its characters.
pub(super) struct Characters {
    characters: Vec<char>,
}

impl Characters {
    pub(super) fn new(text: &str) -> Self {
        Self { characters: text.chars().collect() }
    }

    pub(super) const fn len(&self) -> i64 {
        self.characters.len() as i64
    }

    /// The characters of `stretch` that the text has.
    pub(super) fn of(&self, stretch: Stretch) -> &[char] {
        let place = |at: i64| at.clamp(0, self.len()) as usize;
        let begin = place(stretch.begin);
        &self.characters[begin..place(stretch.end).max(begin)]
    }

    pub(super) fn text(&self, stretch: Stretch) -> String {
        self.of(stretch).iter().collect()
    }

    /// `stretch` without space, quotation marks and punctuation at its ends.
    pub(super) fn trimmed(&self, stretch: Stretch) -> Stretch {
        let within = self.of(stretch);
        if within.len() as i64 != stretch.len() {
            return stretch;
        }
        let leading = within.iter().take_while(|&&c| is_trimmed(c)).count();
        let trailing = within[leading..].iter().rev().take_while(|&&c| is_trimmed(c)).count();
        Stretch::new(stretch.begin + leading as i64, stretch.end - trailing as i64)
    }

    /// How many words, divided by white space, `stretch` holds.
    pub(super) fn words(&self, stretch: Stretch) -> usize {
        self.of(stretch).split(|&c| is_space(c)).filter(|word| !word.is_empty()).count()
    }

    /// What stands between quotation marks, each line for itself; a mark left open runs to the line's end.
    pub(super) fn quoted(&self) -> Vec<Stretch> {
        let mut found = Vec::new();
        let mut base = 0;
        for line in self.characters.split(|&c| c == '\n') {
            quoted_in_line(line, base, &mut found);
            base += line.len() as i64 + 1;
        }
        found
    }
}

fn is_trimmed(c: char) -> bool {
    "\"“”„«»‘’'` \n\t,.;:!?—–-…".contains(c)
}

/// White space as Python's `str.split` has it, which the published figures were computed with.
fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\x1c'..='\x1f').contains(&c)
}

/// Adds what stands between quotation marks in `line`, which begins at the character `base` of the text.
fn quoted_in_line(line: &[char], base: i64, found: &mut Vec<Stretch>) {
    let mut start = None;
    let mut at = 0;
    while at < line.len() {
        let Some(mark) = Mark::at(&line[at..]) else {
            at += 1;
            continue;
        };
        let after = at + mark.length;
        match (start, mark.kind) {
            (None, MarkKind::Opening | MarkKind::Either) => start = Some(after),
            (Some(begin), MarkKind::Closing | MarkKind::Either) => {
                if at > begin {
                    found.push(Stretch::new(begin as i64, at as i64).shifted(base));
                }
                start = None;
            }
            (None, MarkKind::Closing) | (Some(_), MarkKind::Opening) => {}
        }
        at = after;
    }
    if let Some(begin) = start.filter(|&begin| line.len() > begin) {
        found.push(Stretch::new(begin as i64, line.len() as i64).shifted(base));
    }
}

struct Mark {
    kind: MarkKind,
    length: usize,
}

#[derive(Clone, Copy)]
enum MarkKind {
    Opening,
    Closing,
    /// Opens where none is open, and closes otherwise.
    Either,
}

impl Mark {
    /// The quotation mark that `rest` begins with.
    fn at(rest: &[char]) -> Option<Self> {
        let (kind, length) = match rest {
            ['“', ..] => (MarkKind::Opening, 1),
            ['”', ..] => (MarkKind::Closing, 1),
            ['"', ..] => (MarkKind::Either, 1),
            ['\'', '\'', ..] => (MarkKind::Either, 2),
            ['`', '`', ..] => (MarkKind::Opening, 2),
            _ => return None,
        };
        Some(Self { kind, length })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let characters = Characters::new(text);
        let found: Vec<String> = characters.quoted().into_iter().map(|stretch| characters.text(stretch)).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn marks_enclose_stretches_of_one_line() {
        check("He said “no” and \"yes\".", &["no", "yes"]);
        check("``Old style'' and ''two'' of it", &["Old style", "two"]);
        check("a ” closes nothing, “” holds nothing", &[]);
        check("“outer “inner” rest”", &["outer “inner"]);
        check("“runs to the end\nnew line \"also", &["runs to the end", "also"]);
        check("“straight closes\" it", &["straight closes"]);
        check("\"curly” closes it, the last one opens \"", &["curly"]);
        check("é “naïve” '''x''", &["naïve", "'x"]);
    }

    #[test]
    fn ends_are_trimmed_of_space_marks_and_punctuation() {
        let characters = Characters::new("“Yes, no,” …");
        let whole = Stretch::new(0, characters.len());
        assert_eq!(characters.text(characters.trimmed(whole)), "Yes, no");
        assert_eq!(characters.trimmed(Stretch::new(8, 12)).len(), 0);
        let outside = Stretch::new(-2, 3);
        assert_eq!(characters.trimmed(outside), outside);
    }

    #[test]
    fn words_are_divided_by_any_white_space() {
        let count = |text| Characters::new(text).words(Stretch::new(0, 99));
        assert_eq!(count(" one\u{a0}two\u{1f}three\t"), 3);
        assert_eq!(count("\n"), 0);
    }
}

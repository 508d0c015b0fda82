//! Forms: what the letters of a word tell, worked out once for all its occurrences in a text.

use super::hash::{join, lower_hash};
use super::lexicon::Clusters;
use crate::text::TokenKind;

/// How a word uses capitals, digits and marks; four bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Case {
    /// Before the first and after the last word of a sentence.
    Edge,
    Lower,
    Initial,
    Capitals,
    /// One capital letter.
    Letter,
    /// One capital letter or several, each with a full stop: "J.", "U.S.".
    Dotted,
    /// A small letter first, or a capital inside: `McKay`, `iPhone`.
    Mixed,
    Number,
    /// Digits with marks or letters.
    NumberMixed,
    Hyphen,
    Stop,
    Quote,
    Bracket,
    Ending,
    Mark,
}

impl Case {
    /// True where a capital makes the word a likely part of a name.
    pub(super) const fn is_capital(self) -> bool {
        matches!(self, Self::Initial | Self::Capitals | Self::Letter | Self::Dotted | Self::Mixed)
    }
}

/// A word as it is spelt, with all that follows from the spelling.
#[derive(Clone, Debug)]
pub(super) struct Form {
    /// Hash of the spelling; of the lower-case spelling where capitals tell nothing.
    pub(super) word: u64,
    /// Hash of the lower-case spelling.
    pub(super) lower: u64,
    /// Number of the lower-case spelling within the text.
    pub(super) kin: u32,
    /// True where it stands in text whose capitals tell nothing.
    pub(super) uncased: bool,
    pub(super) case: Case,
    /// Hash of the spelling with letters and digits replaced by their class.
    pub(super) shape: u64,
    /// The same with repetitions left out.
    pub(super) squeezed: u64,
    /// Hashes of the first and the last one to four letters.
    pub(super) affixes: [u64; 8],
    pub(super) clusters: Clusters,
}

impl Form {
    /// The form for the edge of a sentence.
    pub(super) const fn edge(uncased: bool, side: u64) -> Self {
        Self {
            word: side,
            lower: side,
            kin: u32::MAX,
            uncased,
            case: Case::Edge,
            shape: side,
            squeezed: side,
            affixes: [side; 8],
            clusters: [0; 4],
        }
    }

    /// Works out how `word`, whose own `hash` is known, is spelt; `kin` is set by the caller, the rest by
    /// [`look_closer`](Self::look_closer).
    pub(super) fn new(word: &str, hash: u64, kind: TokenKind, uncased: bool) -> Self {
        let is_lower = word.bytes().all(|byte| byte.is_ascii_lowercase());
        let lower = if is_lower { hash } else { lower_hash(word) };
        Self {
            word: if uncased { lower } else { hash },
            lower,
            kin: 0,
            uncased,
            case: if uncased { case(&word.to_lowercase(), kind) } else { case(word, kind) },
            shape: 0,
            squeezed: 0,
            affixes: [0; 8],
            clusters: [0; 4],
        }
    }

    /// Works out what the letters of `word`, which has this form, tell; `clusters` are set by the caller.
    pub(super) fn look_closer(&mut self, word: &str) {
        let small = self.uncased.then(|| word.to_lowercase());
        let word = small.as_deref().unwrap_or(word);
        (self.shape, self.squeezed) = shapes(word);
        self.affixes = affixes(word);
    }
}

fn case(word: &str, kind: TokenKind) -> Case {
    let first = word.as_bytes()[0];
    match kind {
        TokenKind::Number if word.bytes().all(|byte| byte.is_ascii_digit()) => Case::Number,
        TokenKind::Number => Case::NumberMixed,
        TokenKind::Word if first == b'\'' || word.starts_with('’') => Case::Ending,
        TokenKind::Word => plain(word).unwrap_or_else(|| letters(word)),
        TokenKind::Mark => match word {
            "-" | "–" | "—" | "‑" | "‐" => Case::Hyphen,
            "." | "!" | "?" => Case::Stop,
            "\"" | "“" | "”" | "``" | "''" | "'" | "‘" | "’" | "«" | "»" => Case::Quote,
            "(" | ")" | "[" | "]" => Case::Bracket,
            _ => Case::Mark,
        },
    }
}

/// What [`letters`] makes of a word of ASCII letters that are small but for the first, as most are.
fn plain(word: &str) -> Option<Case> {
    let (first, rest) = word.as_bytes().split_first()?;
    let is_small = rest.iter().all(u8::is_ascii_lowercase);
    match first {
        b'a'..=b'z' if is_small => Some(Case::Lower),
        b'A'..=b'Z' if is_small && !rest.is_empty() => Some(Case::Initial),
        _ => None,
    }
}

fn letters(word: &str) -> Case {
    let (mut upper, mut lower, mut stops, mut digits) = (0, 0, 0, 0);
    for c in word.chars() {
        match c {
            '.' => stops += 1,
            c if c.is_uppercase() => upper += 1,
            c if c.is_lowercase() => lower += 1,
            c if c.is_numeric() => digits += 1,
            _ => {}
        }
    }
    let starts_upper = word.starts_with(char::is_uppercase);
    match (upper, lower) {
        (0, _) if digits > 0 => Case::NumberMixed,
        (0, _) => Case::Lower,
        (_, 0) if stops > 0 => Case::Dotted,
        (1, 0) if digits == 0 => Case::Letter,
        (_, 0) => Case::Capitals,
        (1, _) if starts_upper => Case::Initial,
        _ => Case::Mixed,
    }
}

fn shapes(word: &str) -> (u64, u64) {
    const LONGEST: usize = 14;
    let (mut full, mut squeezed, mut last) = (1, 2, '\0');
    for (at, c) in word.chars().enumerate() {
        let class = match c {
            'a'..='z' => 'x',
            'A'..='Z' => 'X',
            '0'..='9' => 'd',
            c if c.is_uppercase() => 'X',
            c if c.is_alphabetic() => 'x',
            c => c,
        };
        if at < LONGEST {
            full = join(full, u64::from(class));
        }
        if class != last {
            squeezed = join(squeezed, u64::from(class));
        }
        last = class;
    }
    (full, squeezed)
}

fn affixes(word: &str) -> [u64; 8] {
    let mut found = [0; 8];
    let mut prefix = 3;
    for (slot, c) in found[..4].iter_mut().zip(word.chars()) {
        prefix = join(prefix, u64::from(c));
        *slot = prefix;
    }
    let mut suffix = 4;
    for (slot, c) in found[4..].iter_mut().zip(word.chars().rev()) {
        suffix = join(suffix, u64::from(c));
        *slot = suffix;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenize;

    fn check(word: &str, expect: Case) {
        assert_eq!(case(word, tokenize(word)[0].kind), expect, "{word}");
    }

    #[test]
    fn cases() {
        check("river", Case::Lower);
        check("Tyne", Case::Initial);
        check("Évora", Case::Initial);
        check("NATO", Case::Capitals);
        check("G7", Case::Capitals);
        check("J", Case::Letter);
        check("U.S.", Case::Dotted);
        check("McKay", Case::Mixed);
        check("iPhone", Case::Mixed);
        check("1996", Case::Number);
        check("6-4", Case::NumberMixed);
        check("’s", Case::Ending);
        check("“", Case::Quote);
    }

    proptest::proptest! {
        #[test]
        fn a_plain_word_has_the_case_of_its_letters(word in "[A-Za-z]?[a-zA-Z.é1]{0,4}") {
            proptest::prop_assert!(plain(&word).is_none_or(|case| case == letters(&word)));
        }
    }

    #[test]
    fn shapes_forget_letters_and_repetitions() {
        assert_eq!(shapes("Tyne"), shapes("Wear"));
        assert_ne!(shapes("Tyne").0, shapes("Tees-").0);
        assert_eq!(shapes("Tyne").1, shapes("Newcastle").1);
        assert_ne!(shapes("Tyne").1, shapes("TYNE").1);
    }
}

//! Text to the words that the index knows, shared by indexing, querying and highlighting.
//!
//! A word is a run of letters and digits, lower-cased and without accents; hyphens, slashes and other marks part words.
//! An apostrophe between letters belongs to the word (`don't`, `o'brien`), except before a possessive `s`, which is a
//! word of its own (`trump's` is `trump` and `'s`). Scripts that write without spaces give one word a character, so that
//! a run of characters is found as a phrase. Nothing is stemmed: a query widens its words to those with the same stem.

use memchr::memchr;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::text::Span;

/// Stands between values of one field that no phrase may bridge.
pub(crate) const GAP: char = '\u{1f}';

/// Positions left free at a [`GAP`]: more than any distance that a query can ask for.
const GAP_POSITIONS: usize = 1000;

/// Bytes of a word that are kept; the rest of a longer one is not told apart.
const LONGEST: usize = 120;

/// The words of a text, in order: [`advance`](Self::advance), then read the public fields.
#[derive(Clone, Debug)]
pub(crate) struct Words<'a> {
    text: &'a str,
    /// Byte at which the next word is looked for.
    at: usize,
    /// Position of the next word.
    next: usize,
    /// The word as the index knows it.
    pub(crate) word: String,
    /// Where it stands in the text.
    pub(crate) span: Span,
    /// Its place in the order of words, counted from 0.
    pub(crate) position: usize,
}

impl<'a> Words<'a> {
    /// The words of `text`.
    pub(crate) fn new(text: &'a str) -> Self {
        // Room for nearly every word.
        Self { text, at: 0, next: 0, word: String::with_capacity(32), span: Span::default(), position: 0 }
    }

    /// Goes on to the next word; false at the end.
    pub(crate) fn advance(&mut self) -> bool {
        self.word.clear();
        let bytes = self.text.as_bytes();
        while self.at < bytes.len() {
            let begin = self.at;
            match class(self.text, begin) {
                (Class::Letter, _) => {
                    let (end, plain) = end_of_word(self.text, begin);
                    return self.finish(begin, end, plain);
                }
                (Class::Alone, width) => return self.finish(begin, begin + width, false),
                (Class::Apostrophe, width)
                    if begin == self.span.end && begin > 0 && is_possessive(self.text, begin) =>
                {
                    return self.finish(begin, begin + width + 1, false);
                }
                (Class::Gap, width) => {
                    self.next += GAP_POSITIONS;
                    self.at += width;
                }
                (_, width) => self.at = end_of_link(self.text, begin).unwrap_or(begin + width),
            }
        }
        false
    }

    /// Takes the bytes from `begin` to `end` as one word, which is ASCII if it is `plain`; goes on where nothing of them is
    /// left after folding.
    fn finish(&mut self, begin: usize, end: usize, plain: bool) -> bool {
        self.at = end;
        if plain {
            self.word.push_str(&self.text[begin..end.min(begin + LONGEST)]);
            self.word.make_ascii_lowercase();
        } else {
            fold_into(&self.text[begin..end], &mut self.word);
        }
        if self.word.is_empty() {
            return self.advance();
        }
        self.span = Span::new(begin, end);
        self.position = self.next;
        self.next += 1;
        true
    }
}

/// The words of `text` in a list, for the short texts of queries and names.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut words = Words::new(text);
    while words.advance() {
        found.push(words.word.clone());
    }
    found
}

/// What a character does to words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Belongs to a word.
    Letter,
    /// Is a word.
    Alone,
    /// Belongs to a word between two letters.
    Apostrophe,
    /// Is no part of the word it stands in, and does not end it.
    Ignored,
    /// Parts values.
    Gap,
    /// Parts words.
    Mark,
}

/// Bytes of the longest address in a text that is taken for one.
const ADDRESS: usize = 2000;

/// End of the address of a Markdown link, `](https://example.org "title")`, that begins at byte `at`: nobody reads it, and a
/// phrase goes on behind it. Other addresses are words as all others.
fn end_of_link(text: &str, at: usize) -> Option<usize> {
    let rest = text.as_bytes()[at..].strip_prefix(b"](http")?;
    let rest = &rest[..rest.len().min(ADDRESS)];
    let begin = at + "](http".len();
    let mut depth = 0_usize;
    for (length, byte) in rest.iter().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(begin + length + 1),
            b')' => depth -= 1,
            b' ' if rest[length + 1..].starts_with(b"\"") => {
                let title = memchr::memmem::find(&rest[length + 2..], b"\")")?;
                return Some(begin + length + 2 + title + 2);
            }
            byte if byte.is_ascii_whitespace() => return None,
            _ => {}
        }
    }
    None
}

/// Class and width in bytes of the character at byte `at` of `text`, which must be a boundary before the end.
#[inline]
fn class(text: &str, at: usize) -> (Class, usize) {
    let byte = text.as_bytes()[at];
    if byte.is_ascii() {
        return (ascii_class(byte), 1);
    }
    let c = text[at..].chars().next().expect("a character begins before the end");
    (wide_class(c), c.len_utf8())
}

const fn ascii_class(byte: u8) -> Class {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => Class::Letter,
        b'\'' => Class::Apostrophe,
        0x1f => Class::Gap,
        _ => Class::Mark,
    }
}

fn wide_class(c: char) -> Class {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{ff07}' => Class::Apostrophe,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {
            Class::Ignored
        }
        '\u{2010}'..='\u{205f}' => Class::Mark,
        c if is_alone(c) => Class::Alone,
        c if c.is_alphanumeric() || is_combining_mark(c) => Class::Letter,
        _ => Class::Mark,
    }
}

/// True in the scripts that write without spaces: Thai, Lao, Burmese, Khmer, kana, Han.
const fn is_alone(c: char) -> bool {
    matches!(c,
        '\u{e01}'..='\u{e4e}' | '\u{e50}'..='\u{edf}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{309d}'..='\u{309f}' | '\u{30a1}'..='\u{30fa}'
        | '\u{30fc}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Byte after the word that begins at `begin`, and whether all of the word is ASCII.
fn end_of_word(text: &str, begin: usize) -> (usize, bool) {
    let bytes = text.as_bytes();
    let (mut at, mut plain) = (begin, true);
    loop {
        // Most letters are ASCII: these need no decoding.
        at += bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        if at == bytes.len() {
            break;
        }
        let (class, width) = class(text, at);
        match class {
            Class::Letter | Class::Ignored => {}
            Class::Apostrophe if is_elided(&text[begin..at]) => break,
            Class::Apostrophe if is_letter(text, at + width) && !is_possessive(text, at) => {}
            _ => break,
        }
        at += width;
        plain &= width == 1;
    }
    (at, plain)
}

/// What French, Italian and Catalan write in front of a vowel, with an apostrophe: "l’école" is two words.
const ELIDED: &[&str] = &[
    "l", "d", "c", "j", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "dell", "all", "nell", "sull",
    "dall", "coll", "un", "quell", "bell",
];

fn is_elided(word: &str) -> bool {
    word.len() <= 6 && ELIDED.iter().any(|elided| word.eq_ignore_ascii_case(elided))
}

fn is_letter(text: &str, at: usize) -> bool {
    at < text.len() && class(text, at).0 == Class::Letter
}

/// True where the apostrophe at byte `at` begins a possessive ending.
fn is_possessive(text: &str, at: usize) -> bool {
    let (_, width) = class(text, at);
    let s = at + width;
    matches!(text.as_bytes().get(s), Some(b's' | b'S')) && !is_letter(text, s + 1)
}

/// Appends `word` to `folded` in lower case, without accents, in the compatible form of each character.
fn fold_into(word: &str, folded: &mut String) {
    let ascii = word.bytes().take_while(u8::is_ascii).count();
    let begin = folded.len();
    folded.push_str(&word[..ascii.min(LONGEST.saturating_sub(begin))]);
    folded[begin..].make_ascii_lowercase();
    if ascii < word.len() {
        fold_wide(&word[ascii..], folded);
    }
}

fn fold_wide(word: &str, folded: &mut String) {
    for c in word.chars() {
        if folded.len() >= LONGEST {
            return;
        }
        match wide_class_of(c) {
            Class::Apostrophe => folded.push('\''),
            Class::Ignored => {}
            _ if ('\u{ac00}'..='\u{d7a3}').contains(&c) => folded.push(c),
            _ => std::iter::once(c).nfkd().flat_map(char::to_lowercase).for_each(|c| fold_char(c, folded)),
        }
    }
}

fn wide_class_of(c: char) -> Class {
    if c.is_ascii() { ascii_class(c as u8) } else { wide_class(c) }
}

/// Appends one decomposed, lower-case character, or what it is told apart from no more.
fn fold_char(c: char, folded: &mut String) {
    match c {
        // Accents, Hebrew points and Arabic vowel signs; the marks of other scripts tell words apart.
        '\u{300}'..='\u{36f}'
        | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}'
        | '\u{591}'..='\u{5c7}'
        | '\u{610}'..='\u{61a}'
        | '\u{640}'
        | '\u{64b}'..='\u{65f}'
        | '\u{670}'
        | '\u{6d6}'..='\u{6ed}' => {}
        'ß' => folded.push_str("ss"),
        'æ' => folded.push_str("ae"),
        'œ' => folded.push_str("oe"),
        'þ' => folded.push_str("th"),
        'ø' => folded.push('o'),
        'đ' | 'ð' => folded.push('d'),
        'ł' => folded.push('l'),
        'ħ' => folded.push('h'),
        'ı' => folded.push('i'),
        'ς' => folded.push('σ'),
        // Forms of one letter in Arabic, Persian, Pashto, Urdu and Kurdish, which keyboards mix.
        '\u{671}' => folded.push('\u{627}'),
        '\u{649}' | '\u{6cc}' | '\u{6cd}' | '\u{6ce}' | '\u{6d0}' | '\u{6d2}' => folded.push('\u{64a}'),
        '\u{6a9}' | '\u{6aa}' => folded.push('\u{643}'),
        '\u{6ab}' => folded.push('\u{6af}'),
        '\u{629}' | '\u{6be}' | '\u{6c1}' | '\u{6c3}' | '\u{6d5}' => folded.push('\u{647}'),
        '\u{6c6}' | '\u{6c7}' | '\u{6cb}' => folded.push('\u{648}'),
        '\u{695}' => folded.push('\u{631}'),
        '\u{6b5}' => folded.push('\u{644}'),
        '\u{660}'..='\u{669}' => folded.push((b'0' + (c as u32 - 0x660) as u8) as char),
        '\u{6f0}'..='\u{6f9}' => folded.push((b'0' + (c as u32 - 0x6f0) as u8) as char),
        c => folded.push(c),
    }
}

/// Stands behind every word of a [`joined`] text; no word holds it.
const END: char = '\u{1e}';

/// The words of `text` as the value of a field in words, which [`Split`] takes apart.
///
/// What is indexed is read here and not where segments are made: the one thread for that has more to do than ours, and
/// knows nothing of what else is wanted of the words.
pub(crate) fn joined(text: &str) -> String {
    let (mut joined, mut words) = (Joined::with_capacity(text.len() + text.len() / 8 + 8), Words::new(text));
    while words.advance() {
        joined.push(&words);
    }
    joined.text
}

/// Words put together as [`joined`] gives them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Joined {
    pub(crate) text: String,
    /// Position of the next word, where no gap comes before it.
    next: usize,
}

impl Joined {
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), next: 0 }
    }

    /// Adds the word that `words` stands at.
    pub(crate) fn push(&mut self, words: &Words) {
        for _ in 0..(words.position - self.next) / GAP_POSITIONS {
            self.text.push(GAP);
        }
        self.text.push_str(&words.word);
        self.text.push(END);
        self.next = words.position + 1;
    }

    /// As much of it as holds the first `count` words.
    pub(crate) fn head(&self, count: u32) -> &str {
        let last = (count as usize).checked_sub(1).and_then(|last| self.text.match_indices(END).nth(last));
        &self.text[..last.map_or(0, |(at, _)| at + END.len_utf8())]
    }
}

/// The words of a [`joined`] text, each with its position.
#[derive(Clone, Debug)]
pub(crate) struct Split<'a> {
    rest: &'a str,
    /// Position of the next word.
    next: usize,
}

impl<'a> Split<'a> {
    pub(crate) const fn new(joined: &'a str) -> Self {
        Self { rest: joined, next: 0 }
    }
}

impl<'a> Iterator for Split<'a> {
    type Item = (&'a str, usize);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.rest.as_bytes();
        let gaps = bytes.iter().take_while(|byte| **byte == GAP as u8).count();
        let length = memchr(END as u8, &bytes[gaps..])?;
        let (word, position) = (&self.rest[gaps..gaps + length], self.next + gaps * GAP_POSITIONS);
        self.next = position + 1;
        self.rest = &self.rest[gaps + length + 1..];
        Some((word, position))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        assert_eq!(words(text), expect, "{text}");
    }

    #[test]
    fn words_are_folded_runs_of_letters_and_digits() {
        check(
            "The Tyne rose 3.5 metres in Covid19 Year-End/AC",
            &["the", "tyne", "rose", "3", "5", "metres", "in", "covid19", "year", "end", "ac"],
        );
        check("Élysée Straße ŁÓDŹ smørrebrød e\u{301}tat", &["elysee", "strasse", "lodz", "smorrebrod", "etat"]);
        check(" -- … ", &[]);
    }

    #[test]
    fn the_address_of_a_link_is_no_word() {
        check("the [chair](https://a.example/x?y=1) of [it](http://b.example),", &["the", "chair", "of", "it"]);
        check("[a](https://b.example/c_(d)_e) f [g](https://h.example \"Été\") i", &["a", "f", "g", "i"]);
        check("[a](https b) [c](d)", &["a", "https", "b", "c", "d"]);
        check("a](http", &["a", "http"]);
    }

    #[test]
    fn apostrophes() {
        check(
            "Don't O’Brien’s workers' 'quoted' 1990's IT'S 'S",
            &["don't", "o'brien", "'s", "workers", "quoted", "1990", "'s", "it", "'s", "s"],
        );
        check("Trump's’s", &["trump", "'s", "'s"]);
        check("l’école d'habitants dell'acqua qu'il", &["l", "ecole", "d", "habitants", "dell", "acqua", "qu", "il"]);
    }

    #[test]
    fn other_scripts() {
        check("東京タワー ok", &["東", "京", "タ", "ワ", "ー", "ok"]);
        check("می\u{200c}خواهم ک", &["ميخواهم", "ك"]);
        check("مُحَمَّد أحمد ٣٤", &["محمد", "احمد", "34"]);
        // The final letters of Arabic, Urdu, Pashto and Kurdish words, and the letters of other keyboards.
        check("مدرسة مدرسه ۀ", &["مدرسه", "مدرسه", "ه"]);
        check("پاکستان كے ہے", &["پاكستان", "كي", "هي"]);
        check("افغانستان ګټه ښوونځی يې", &["افغانستان", "گټه", "ښوونځي", "يي"]);
        check("کوردستان هەولێر ڕۆژ", &["كوردستان", "ههولير", "روژ"]);
        check("Київ Ёлка", &["киів", "елка"]);
        check("हिन्दी", &["हिन्दी"]);
        check("한국어", &["한국어"]);
    }

    #[test]
    fn gaps_part_positions() {
        let text = format!("a b{GAP}c");
        let mut words = Words::new(&text);
        let mut positions = Vec::new();
        while words.advance() {
            positions.push(words.position);
        }
        assert_eq!(positions, [0, 1, 1002]);
    }

    #[test]
    fn a_word_without_end_is_cut() {
        let text = "x".repeat(1_000_000);
        assert_eq!(words(&text)[0].len(), LONGEST);
    }

    /// The words of a joined `text`, each with its position.
    fn split(text: &str) -> Vec<(String, usize)> {
        Split::new(text).map(|(word, position)| (word.to_owned(), position)).collect()
    }

    proptest::proptest! {
        #[test]
        fn split_tells_what_words_tell(text in "(\\PC|[\u{1e}\u{1f}\\n ’a-z]){0,60}") {
            let (mut words, mut expect) = (Words::new(&text), Vec::new());
            while words.advance() {
                expect.push((words.word.clone(), words.position));
            }
            proptest::prop_assert_eq!(split(&joined(&text)), expect);
        }
    }

    #[test]
    fn a_head_has_so_many_words() {
        let mut joined = Joined::default();
        let text = format!("It’s over.{GAP}{GAP}The dam broke.");
        let mut words = Words::new(&text);
        while words.advance() {
            joined.push(&words);
        }
        let head = |count| split(joined.head(count));
        assert_eq!(head(0), []);
        assert_eq!(head(2), [("it".to_owned(), 0), ("'s".to_owned(), 1)]);
        assert_eq!(head(4)[3], ("the".to_owned(), 2003));
        assert_eq!(head(6), split(&joined.text));
    }
}

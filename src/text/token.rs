//! Words, numbers and marks, cut as newspapers print them.
//!
//! What a name can be made of decides where the cuts fall: "Ankara's" is two tokens, so that the name stands free of its
//! ending; "Kabul-based" is three; "U.S.", "J.", "Gen." keep their full stop, "O'Brien" its apostrophe, "6-4" its dash.
//! Every kind of double quotation mark is a token of its own.

use super::Span;
use super::abbreviation::{Stop, stop_after};

/// Bytes of the longest address of a mail box or a host (RFC 5321, section 4.5.3.1).
const ADDRESS: usize = 255;

/// Bytes of the longest row of letters with full stops: more of them are no short form.
const CHAIN: usize = 64;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, with the marks that belong inside a word; also "'s" and its like, addresses of pages and mail.
    Word,
    /// Digits, with the marks that belong inside a number.
    Number,
    /// Anything else: one mark, or one run of the same mark.
    Mark,
}

/// One word, number or mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands, in bytes of the text.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
}

/// Splits `text` into tokens in order; between two tokens stands white space or nothing.
///
/// ```
/// use newsdex::text::tokenize;
/// let text = "Gen. O'Brien's Ankara-based unit won 6-4.";
/// let words: Vec<&str> = tokenize(text).iter().map(|token| token.span.of(text)).collect();
/// assert_eq!(words, ["Gen.", "O'Brien", "'s", "Ankara", "-", "based", "unit", "won", "6-4", "."]);
/// ```
pub fn tokenize(text: &str) -> Vec<Token> {
    let mut cutter = Cutter { text, bytes: text.as_bytes(), tokens: Vec::with_capacity(text.len() / 5 + 1) };
    let mut at = 0;
    while at < text.len() {
        at = match cutter.class(at) {
            (Class::Space, next) => next,
            (Class::Letter | Class::Digit, _) => cutter.word(at),
            (Class::Ideograph, next) => cutter.push(at, next, TokenKind::Word),
            (Class::Mark, next) => cutter.mark(at, next),
        };
    }
    cutter.tokens
}

/// What a character does for the cutter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Letter,
    Digit,
    /// A character of a script that writes no spaces and few letters a word: a token of its own.
    Ideograph,
    Mark,
}

const ASCII: [Class; 128] = {
    let mut table = [Class::Mark; 128];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = match byte as u8 {
            b' ' | 9..=13 => Class::Space,
            b'0'..=b'9' => Class::Digit,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => Class::Letter,
            _ => Class::Mark,
        };
        byte += 1;
    }
    table
};

fn class_of(c: char) -> Class {
    match c {
        c if c.is_ascii() => ASCII[c as usize],
        c if c.is_whitespace() => Class::Space,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => {
            Class::Ideograph
        }
        c if c.is_alphabetic() => Class::Letter,
        c if c.is_numeric() => Class::Digit,
        c if joins_letters(c) => Class::Letter,
        _ => Class::Mark,
    }
}

/// Signs that Unicode does not count as letters and that stand inside words all the same: accents that combine, the
/// signs of Indic scripts that silence a vowel, joiners, the soft hyphen.
fn joins_letters(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{5b0}'..='\u{5c7}' | '\u{64b}'..='\u{65f}')
        || matches!(u32::from(c), 0x900..=0xdff if matches!(u32::from(c) & 0x7f, 0x3c | 0x4d))
        || matches!(c, '\u{e31}'..='\u{e4e}' | '\u{1039}' | '\u{103a}' | '\u{17d2}')
}

struct Cutter<'a> {
    text: &'a str,
    bytes: &'a [u8],
    tokens: Vec<Token>,
}

impl Cutter<'_> {
    fn push(&mut self, begin: usize, end: usize, kind: TokenKind) -> usize {
        self.tokens.push(Token { span: Span::new(begin, end), kind });
        end
    }

    /// The class of the character at `at`, and where the next one begins.
    #[inline]
    fn class(&self, at: usize) -> (Class, usize) {
        match self.bytes[at] {
            byte if byte < 128 => (ASCII[usize::from(byte)], at + 1),
            _ => {
                let c = self.char_at(at);
                (class_of(c), at + c.len_utf8())
            }
        }
    }

    /// The character that begins at `at`, NUL at the end.
    fn char_at(&self, at: usize) -> char {
        self.text[at..].chars().next().unwrap_or('\0')
    }

    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    fn class_at(&self, at: usize) -> Class {
        if at < self.bytes.len() { self.class(at).0 } else { Class::Space }
    }

    fn is_letter(&self, at: usize) -> bool {
        self.class_at(at) == Class::Letter
    }

    fn is_digit(&self, at: usize) -> bool {
        self.class_at(at) == Class::Digit
    }

    /// End of the letters and digits that stand at `at`.
    fn run(&self, mut at: usize) -> usize {
        loop {
            // Most letters are ASCII: these need no decoding.
            let ascii = |byte: &u8| *byte < 128 && matches!(ASCII[usize::from(*byte)], Class::Letter | Class::Digit);
            at += self.bytes[at..].iter().take_while(|byte| ascii(byte)).count();
            match self.bytes.get(at) {
                Some(128..) => match self.class(at) {
                    (Class::Letter | Class::Digit, next) => at = next,
                    _ => return at,
                },
                _ => return at,
            }
        }
    }

    /// Cuts the word or number at `begin`, with an ending such as "'s" as a second token; returns where it ends.
    fn word(&mut self, begin: usize) -> usize {
        let mut end = self.run(begin);
        if let Some(end) = self.address(begin, end) {
            return self.push(begin, end, TokenKind::Word);
        }
        let kind = if self.is_digit(begin) { TokenKind::Number } else { TokenKind::Word };
        while let Some(next) = self.joined(begin, end) {
            end = next;
        }
        self.push(begin, end, kind);
        match self.ending(end) {
            Some(after) => self.push(end, after, TokenKind::Word),
            None => end,
        }
    }

    /// Where the token that began at `begin` and reaches `end` ends when the mark at `end` belongs to it.
    fn joined(&self, begin: usize, end: usize) -> Option<usize> {
        let mark = self.byte(end);
        let glued = match mark {
            b'.' => return self.full_stop(begin, end),
            b',' | b':' | b'/' | b'-' => self.digits_around(end, end + 1),
            b'&' => self.letter_before(end) && self.is_letter(end + 1),
            b'\'' => self.letter_before(end) && self.is_letter(end + 1) && self.ending(end).is_none(),
            0xe2 => return self.joined_by_sign(end),
            _ => false,
        };
        glued.then(|| self.run(end + 1))
    }

    /// The same for marks of three bytes: the apostrophe "’", and the dash "–" in scores.
    fn joined_by_sign(&self, end: usize) -> Option<usize> {
        let after = end + 3;
        let glued = match self.char_at(end) {
            '’' => self.letter_before(end) && self.is_letter(after) && self.ending(end).is_none(),
            '–' | '‑' | '‐' => self.digits_around(end, after),
            _ => false,
        };
        glued.then(|| self.run(after))
    }

    /// Where the token ends when the full stop at `end` belongs to it.
    fn full_stop(&self, begin: usize, end: usize) -> Option<usize> {
        if self.digits_around(end, end + 1) && self.is_digit(begin) {
            return Some(self.run(end + 1));
        }
        if self.bytes[end - 1] == b'.' {
            return None;
        }
        let word = &self.text[begin..end];
        if word.len() <= CHAIN && is_letter_chain(word) {
            return self.letter_and_stop(begin, end);
        }
        match stop_after(word)? {
            Stop::Always => Some(end + 1),
            Stop::BeforeDigit => self.is_digit(self.after_spaces(end + 1)).then_some(end + 1),
            Stop::BeforeWord => {
                let next = self.after_spaces(end + 1);
                (self.is_letter(next) || self.is_digit(next)).then_some(end + 1)
            }
            Stop::InsideLine => (!self.line_ends(end + 1)).then_some(end + 1),
        }
    }

    /// "J." and "U.S.": a letter with its full stop, and the letters that follow in the same way.
    fn letter_and_stop(&self, begin: usize, end: usize) -> Option<usize> {
        let next = end + 1;
        if self.is_letter(next) {
            let after = self.class(next).1;
            let alone = self.run(next) == after;
            return Some(if alone { after } else { next });
        }
        let chain = self.bytes[begin..end].contains(&b'.');
        let initial = !matches!(&self.text[begin..end], "I" | "i" | "a") && self.is_letter(self.after_spaces(next));
        (chain || initial).then_some(next)
    }

    /// First byte at or after `at` that is no blank; line ends do not count as blanks.
    fn after_spaces(&self, mut at: usize) -> usize {
        while matches!(self.byte(at), b' ' | b'\t') {
            at += 1;
        }
        at
    }

    fn line_ends(&self, at: usize) -> bool {
        matches!(self.byte(self.after_spaces(at)), 0 | b'\n' | b'\r' | b'"') || self.text[at..].starts_with('”')
    }

    fn digits_around(&self, left: usize, right: usize) -> bool {
        left > 0 && self.bytes[left - 1].is_ascii_digit() && self.is_digit(right)
    }

    fn letter_before(&self, at: usize) -> bool {
        self.bytes[at - 1].is_ascii_alphabetic() || self.bytes[at - 1] >= 128
    }

    /// End of "'s", "'re" and the like, where one begins at `at`.
    fn ending(&self, at: usize) -> Option<usize> {
        let letters = match self.byte(at) {
            b'\'' => at + 1,
            0xe2 if self.char_at(at) == '’' => at + 3,
            _ => return None,
        };
        let tail = &self.bytes[letters.min(self.bytes.len())..(letters + 2).min(self.bytes.len())];
        let length = match tail {
            [b's' | b'S' | b'd' | b'D' | b'm' | b'M', ..] => 1,
            [b'r' | b'R' | b'v' | b'V', b'e' | b'E'] | [b'l' | b'L', b'l' | b'L'] => 2,
            _ => return None,
        };
        let end = letters + length;
        let inside = matches!(self.class_at(end), Class::Letter | Class::Digit)
            || (matches!(self.byte(end), b'\'') && self.is_letter(end + 1));
        (!inside).then_some(end)
    }

    /// End of the address of a page or mail box that begins at `begin`, with the run of letters that ends at `first`.
    fn address(&self, begin: usize, first: usize) -> Option<usize> {
        let mark = self.byte(first);
        if !matches!(mark, b'@' | b'.' | b'-' | b'+' | b':') {
            return None;
        }
        let head = &self.bytes[begin..];
        let page = head.starts_with(b"http://") || head.starts_with(b"https://") || head.starts_with(b"www.");
        if page {
            return Some(self.address_end(begin));
        }
        if mark == b':' {
            return None;
        }
        let host = |c: &u8| c.is_ascii_alphanumeric() || matches!(c, b'.' | b'-' | b'@' | b'_' | b'+');
        let length = head.iter().take(ADDRESS + 1).take_while(|c| host(c)).count();
        if length > ADDRESS {
            return None;
        }
        let stretch = self.text[begin..begin + length].trim_end_matches(['.', '-', '@', '+']);
        let mail = stretch.split_once('@').is_some_and(|(_, host)| host.contains('.'));
        let slash = self.byte(begin + stretch.len()) == b'/';
        match (mail, is_host(stretch)) {
            (false, false) => None,
            (false, true) if slash => Some(self.address_end(begin)),
            _ => Some(begin + stretch.len()),
        }
    }

    /// End of the unbroken stretch at `begin`, without the marks that close a clause after it.
    fn address_end(&self, begin: usize) -> usize {
        let rest = &self.text[begin..];
        let stops = |c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '<' | '>' | '«' | '»');
        let length = rest.find(stops).unwrap_or(rest.len());
        begin + rest[..length].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '’', '…']).len()
    }

    /// Cuts the mark at `begin`, whose first character ends at `next`; returns where it ends.
    fn mark(&mut self, begin: usize, next: usize) -> usize {
        let byte = self.bytes[begin];
        let doubled = self.byte(next) == byte;
        let end = match byte {
            b'`' | b'\'' if doubled => next + 1,
            b'\'' | 0xe2 => match self.ending(begin) {
                Some(end) if !self.bytes[..begin].last().is_some_and(u8::is_ascii_punctuation) => {
                    return self.push(begin, end, TokenKind::Word);
                }
                _ => next,
            },
            b'.' | b'-' | b'=' | b'*' | b'_' | b'~' | b'#' | b'!' | b'?' if doubled => {
                next + self.bytes[next..].iter().take_while(|other| **other == byte).count()
            }
            _ => next,
        };
        self.push(begin, end, TokenKind::Mark)
    }
}

/// True for "J", "U.S", "a.m": single letters with full stops between.
fn is_letter_chain(word: &str) -> bool {
    let mut characters = word.chars();
    loop {
        if !characters.next().is_some_and(char::is_alphabetic) {
            return false;
        }
        match characters.next() {
            None => return true,
            Some('.') => {}
            Some(_) => return false,
        }
    }
}

/// True for "example.com": labels of letters with a full stop between and a well-known last one.
fn is_host(stretch: &str) -> bool {
    const LAST: [&str; 34] = [
        "com", "org", "net", "gov", "edu", "info", "int", "mil", "biz", "uk", "au", "nz", "za", "ke", "ng", "gh", "in",
        "pk", "bd", "lk", "cn", "hk", "jp", "kr", "ru", "fr", "de", "br", "mx", "ph", "sg", "tv", "ie", "io",
    ];
    let Some((host, last)) = stretch.rsplit_once('.') else { return false };
    let last_fits =
        LAST.contains(&last) || (matches!(last, "COM" | "ORG" | "NET") && !host.contains(char::is_lowercase));
    last_fits && host.len() > 1 && host.split('.').all(|label| label.len() > 1) && !host.contains('@')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expect: &str) {
        let words: Vec<&str> = tokenize(text).iter().map(|token| token.span.of(text)).collect();
        assert_eq!(words, expect.split(' ').collect::<Vec<_>>(), "{text}");
    }

    #[test]
    fn endings_stand_alone_and_apostrophes_inside_names_do_not_cut() {
        check("Ankara's mayor, O'Brien, won't go", "Ankara 's mayor , O'Brien , won't go");
        check("Sana’a’s streets; D’Souza", "Sana’a ’s streets ; D’Souza");
        check("ANKARA'S PLAN", "ANKARA 'S PLAN");
        check("workers' rights; they're, I'll", "workers ' rights ; they 're , I 'll");
        check("the 'Tide Line' paper", "the ' Tide Line ' paper");
    }

    #[test]
    fn full_stops_stay_with_what_they_shorten() {
        check("The U.S. said Gen. J. K. Moss left.", "The U.S. said Gen. J. K. Moss left .");
        check("J.K.Moss met Mr. Ode at 9 a.m. in St. Ives.", "J.K. Moss met Mr. Ode at 9 a.m. in St. Ives .");
        check("No. 5 of Dec. 4, but no. Tyne Corp. rose", "No. 5 of Dec. 4 , but no . Tyne Corp. rose");
        check("bought Tyne Corp.", "bought Tyne Corp .");
        check("So said I. He left.Then", "So said I . He left . Then");
    }

    #[test]
    fn hyphens_cut_words_and_not_scores() {
        check("Kabul-based Al-Noor won 6-4, 3–1 on 1996-08-30", "Kabul - based Al - Noor won 6-4 , 3–1 on 1996-08-30");
        check("$1,250.50 at 10:30, 20th, 5%", "$ 1,250.50 at 10:30 , 20th , 5 %");
        check("AT&T -- and -- F-16", "AT&T -- and -- F - 16");
    }

    #[test]
    fn addresses_are_one_token() {
        check(
            "See https://a.example/x?y=1, or www.tyne.example.",
            "See https://a.example/x?y=1 , or www.tyne.example .",
        );
        check("desk@tyne.co.uk or tyne.com/news.", "desk@tyne.co.uk or tyne.com/news .");
        check("(tyne.com) end.In all", "( tyne.com ) end . In all");
    }

    #[test]
    fn quotation_marks_are_tokens_of_their_own() {
        check("``Stop,'' he said. \"No.\" “Yes...” «oui»", "`` Stop , '' he said . \" No . \" “ Yes ... ” « oui »");
        check("wait… \"\"x", "wait … \" \" x");
    }

    #[test]
    fn other_scripts() {
        check("Ильичёв, Αθήνα", "Ильичёв , Αθήνα");
        check("新聞社", "新 聞 社");
        check("हिन्दी में", "हिन्दी में");
        check("São Tomé e\u{301}te", "São Tomé e\u{301}te");
    }

    #[test]
    fn endless_words_take_linear_time() {
        for piece in ["A-", "a.", "x@", "Aa+"] {
            let text = piece.repeat(500_000);
            let begun = std::time::Instant::now();
            assert!(tokenize(&text).len() > 1);
            assert!(begun.elapsed().as_secs() < 10, "{piece:?} took {:?}", begun.elapsed());
        }
    }

    proptest! {
        #[test]
        fn tokens_and_white_space_tile_the_text(text in "(\\PC|[ \n.'’\"`@/a-cA-C0-1-]){0,60}") {
            let mut at = 0;
            for token in tokenize(&text) {
                prop_assert!(text[at..token.span.begin].chars().all(char::is_whitespace));
                prop_assert!(!token.span.is_empty() && !token.span.of(&text).contains(char::is_whitespace));
                at = token.span.end;
            }
            prop_assert!(text[at..].chars().all(char::is_whitespace));
        }
    }
}

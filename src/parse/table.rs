//! Sorted tables that ship inside the program, searched where they lie.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Lines `key TAB value`, sorted by the bytes of their keys, each ended by a line break.
///
/// Binary search over the raw bytes: no table is unpacked when the program starts.
pub(super) struct Table(&'static str);

impl Table {
    pub(super) const fn new(lines: &'static str) -> Self {
        Self(lines)
    }

    /// The value under `key`.
    pub(super) fn get(&self, key: &str) -> Option<&'static str> {
        let (mut low, mut high) = (0, self.0.len());
        while low < high {
            let middle = low.midpoint(high);
            let begin = memchr::memrchr(b'\n', &self.0.as_bytes()[low..middle]).map_or(low, |at| low + at + 1);
            let end = memchr::memchr(b'\n', &self.0.as_bytes()[middle..high]).map_or(high, |at| middle + at);
            let (name, value) = self.0[begin..end].split_once('\t')?;
            match name.cmp(key) {
                std::cmp::Ordering::Equal => return Some(value),
                std::cmp::Ordering::Less => low = (end + 1).min(high),
                std::cmp::Ordering::Greater => high = begin,
            }
        }
        None
    }
}

/// `text` as the tables spell their keys: lower case, without accents, Arabic letters as in Persian, single spaces.
pub(super) fn fold(text: &str) -> Cow<'_, str> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    if text.bytes().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut folded = String::with_capacity(text.len());
    let mut push = |c: char| match c {
        'ß' => folded.push_str("ss"),
        c if c.is_whitespace() && (folded.is_empty() || folded.ends_with(' ')) => {}
        c if c.is_whitespace() => folded.push(' '),
        c => folded.push(c),
    };
    if text.is_ascii() {
        text.chars().map(|c| if c == '`' { '\'' } else { c.to_ascii_lowercase() }).for_each(&mut push);
    } else {
        letters(text).for_each(&mut push);
    }
    folded.truncate(folded.trim_end_matches([' ', '.']).len());
    Cow::Owned(folded)
}

/// The letters of `text`, small, without accents, in one spelling.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase).nfkd().filter(|&c| !is_combining_mark(c)).map(|c| match c {
        '’' | 'ʼ' | '`' => '\'',
        'ي' | 'ى' => 'ی',
        'ك' => 'ک',
        'ı' => 'i',
        c => c,
    })
}

/// `text` folded and without anything but letters and digits: "Wash-Post" and "washpost" become one.
pub(super) fn squeeze(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_a_table_is_found() {
        const LINES: &str = "a\t1\nab\t2\nb c\t3\nzürich\t4\n";
        let table = Table::new(LINES);
        for (key, value) in LINES.lines().filter_map(|line| line.split_once('\t')) {
            assert_eq!(table.get(key), Some(value));
        }
        for absent in ["", "aa", "b", "zz", "0"] {
            assert_eq!(table.get(absent), None);
        }
    }

    #[test]
    fn the_shipped_tables_are_sorted() {
        let tables = [
            include_str!("tables/agencies.tsv"),
            include_str!("tables/entities.tsv"),
            include_str!("tables/months.tsv"),
            include_str!("tables/outlets.tsv"),
            include_str!("tables/outlet_slugs.tsv"),
            include_str!("tables/places.tsv"),
        ];
        for lines in tables {
            let keys: Vec<&str> = lines.lines().map(|line| line.split_once('\t').unwrap().0).collect();
            assert!(keys.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }

    #[test]
    fn folding_keeps_letters_and_drops_dress() {
        assert_eq!(fold("  São  Paulo "), "sao paulo");
        assert_eq!(fold("Sept."), "sept");
        assert_eq!(fold("İstanbul"), "istanbul");
        assert_eq!(squeeze("The Wash-Post"), "thewashpost");
    }
}

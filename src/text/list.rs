//! Sorted lists of words, searched where they lie in the binary.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::OnceLock;

use memchr::{memchr, memrchr};
use xxhash_rust::xxh3::xxh3_64;

use super::filter::Filter;

/// A list of lines in byte order, one entry a line: looked up by binary search, with nothing to build first.
#[derive(Clone, Copy, Debug)]
pub struct WordList {
    lines: &'static str,
}

impl WordList {
    /// A list over `lines`, which are in byte order, each ended by a line feed.
    pub const fn new(lines: &'static str) -> Self {
        Self { lines }
    }

    /// True where `entry` is a line of the list, exactly as printed.
    pub fn contains(self, entry: &str) -> bool {
        !entry.is_empty() && self.search(|line| line.cmp(entry.as_bytes()))
    }

    /// True where `word` in lower case is a line of the list.
    pub fn contains_folded(self, word: &str) -> bool {
        with_folded(word, |folded| self.contains(folded))
    }

    /// Every entry, in byte order.
    pub fn iter(self) -> impl Iterator<Item = &'static str> {
        self.lines.lines()
    }

    /// True where the entries are in byte order, as the search needs them.
    pub fn is_sorted(self) -> bool {
        self.iter().is_sorted()
    }

    /// The first line that is not before `start` in byte order.
    pub fn first_from(self, start: &str) -> Option<&'static str> {
        let at = self.find(|line| line.cmp(start.as_bytes())).unwrap_or_else(|at| at);
        self.lines[at..].lines().next()
    }

    fn search(self, compare: impl Fn(&[u8]) -> Ordering) -> bool {
        self.find(compare).is_ok()
    }

    /// Where the line that `compare` calls equal begins, else where it would.
    fn find(self, compare: impl Fn(&[u8]) -> Ordering) -> Result<usize, usize> {
        let bytes = self.lines.as_bytes();
        let (mut low, mut high) = (0, bytes.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let begin = memrchr(b'\n', &bytes[low..middle]).map_or(low, |at| low + at + 1);
            let end = memchr(b'\n', &bytes[begin..]).map_or(bytes.len(), |at| begin + at);
            match compare(&bytes[begin..end]) {
                Ordering::Equal => return Ok(begin),
                Ordering::Less => low = end + 1,
                Ordering::Greater => high = begin,
            }
        }
        Err(low.min(bytes.len()))
    }
}

/// A [`WordList`] that is asked for every word of a text, most of which are not on it: a filter knows that of most of these.
#[derive(Debug)]
pub(crate) struct FilteredList {
    list: WordList,
    filter: OnceLock<Filter>,
}

impl FilteredList {
    /// As [`WordList::new`]; the filter is made when it is first asked.
    pub(crate) const fn new(lines: &'static str) -> Self {
        Self { list: WordList::new(lines), filter: OnceLock::new() }
    }

    /// As [`WordList::contains`].
    pub(crate) fn contains(&self, entry: &str) -> bool {
        self.may_hold(entry) && self.list.contains(entry)
    }

    /// As [`WordList::contains_folded`].
    pub(crate) fn contains_folded(&self, word: &str) -> bool {
        with_folded(word, |folded| self.contains(folded))
    }

    /// What stands behind `key` and a space in the line that they begin; no key holds a space.
    pub(crate) fn value(&self, key: &str) -> Option<&'static str> {
        let line = if self.may_hold(key) { self.list.first_from(key)? } else { return None };
        line.strip_prefix(key)?.strip_prefix(' ')
    }

    /// As [`WordList::iter`].
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.list.iter()
    }

    /// As [`WordList::is_sorted`].
    #[cfg(test)]
    pub(crate) fn is_sorted(&self) -> bool {
        self.list.is_sorted()
    }

    /// False where no line, nor the first word of one, is `entry`.
    fn may_hold(&self, entry: &str) -> bool {
        let hash = |entry: &str| xxh3_64(entry.as_bytes());
        let filter = self.filter.get_or_init(|| {
            let keys = self.iter().filter_map(|line| line.split_once(' ')).map(|(key, _)| key);
            Filter::new(self.iter().count(), self.iter().chain(keys).map(hash))
        });
        filter.may_hold(hash(entry))
    }
}

/// `word` in lower case, borrowed where it is so already.
pub fn folded(word: &str) -> Cow<'_, str> {
    if is_folded(word) { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
}

/// True for ASCII without a capital, as most words are.
fn is_folded(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
}

/// What `look` makes of `word` in lower case; most words are so already, and nearly all others need no memory of their own.
pub(crate) fn with_folded<T>(word: &str, look: impl FnOnce(&str) -> T) -> T {
    if is_folded(word) {
        return look(word);
    }
    let mut buffer = [0; 32];
    let Some(lower) = buffer.get_mut(..word.len()).filter(|_| word.is_ascii()) else {
        return look(&word.to_lowercase());
    };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    look(str::from_utf8(lower).expect("ASCII letters are UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_entry_and_nothing_else() {
        let list = WordList::new("ant\nbee\nbee fly\nélan\n");
        for entry in list.iter() {
            assert!(list.contains(entry), "{entry}");
        }
        for other in ["", "an", "ants", "be", "bee ", "fly", "zebra", "Bee"] {
            assert!(!list.contains(other), "{other}");
        }
        assert_eq!(list.first_from("be"), Some("bee"));
        assert_eq!(list.first_from("élan vital"), None);
        assert!(list.contains_folded("BEE") && list.contains_folded("Élan"));
        let filtered = FilteredList::new("ant\nbee fly\nélan\n");
        assert!(filtered.iter().all(|entry| filtered.contains(entry)) && filtered.contains_folded("Élan"));
        assert!(!["", "an", "ants", "bee", "fly", "Ant"].into_iter().any(|other| filtered.contains(other)));
        assert_eq!((filtered.value("bee"), filtered.value("ant"), filtered.value("be")), (Some("fly"), None, None));
        let long = "Bee".repeat(20);
        assert_eq!(with_folded(&long, str::to_owned), folded(&long));
    }
}

//! Whether two spellings that sound alike are one name, one of them a slip, or the names of two people.

use std::collections::{HashMap, HashSet};

use super::key::{Name, Word};

/// What a text tells about one spelling of a word.
#[derive(Clone, Copy, Debug, Default)]
struct Use {
    /// Number of the first mention that holds it.
    first: usize,
    /// Mentions that hold it.
    count: usize,
    /// Of those, the ones by this word alone.
    alone: usize,
}

/// How a text uses each spelling of the words of its names.
#[derive(Debug, Default)]
pub(super) struct Spellings {
    uses: HashMap<u64, Use>,
    /// The sentence in which each sound was met last, and in what spelling.
    latest: HashMap<u64, (usize, u64)>,
    /// Sounds of which one sentence holds two spellings.
    apart: HashSet<u64>,
}

impl Spellings {
    /// Adds mention number `at` of the text, by `name`, which stands in sentence number `sentence` where that is known.
    pub(super) fn add(&mut self, at: usize, name: &Name, sentence: Option<usize>) {
        for word in &name.words {
            let known = self.uses.entry(word.key).or_insert(Use { first: at, ..Use::default() });
            known.count += 1;
            known.alone += usize::from(name.words.len() == 1);
            let Some(sentence) = sentence else { continue };
            let before = self.latest.insert(word.sound, (sentence, word.key));
            if before.is_some_and(|(other, key)| other == sentence && key != word.key) {
                self.apart.insert(word.sound);
            }
        }
    }

    /// True where `word`, by itself, may be a slip for `own`, which sounds alike: who is named is introduced first and
    /// then spelled one way. A spelling that stands before the full name does, or that is used as often as the other,
    /// or beside it in one sentence, is somebody else's name: President Reagan is not Donald Regan.
    pub(super) fn is_slip(&self, word: &Word, own: &Word) -> bool {
        let of = |word: &Word| self.uses.get(&word.key).copied().unwrap_or_default();
        let (slip, usual) = (of(word), of(own));
        let once = slip.count == 1;
        let introduced = usual.first < slip.first && (once || usual.alone < 2);
        !self.apart.contains(&word.sound) && (introduced || once && usual.count > 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::entity::key;

    /// `names` apart by commas, sentences apart by stops.
    fn check(names: &str, word: &str, own: &str, expect: bool) {
        let mut spellings = Spellings::default();
        let sentences = names.split(". ").enumerate();
        let mentions = sentences.flat_map(|(sentence, names)| names.split(", ").map(move |name| (sentence, name)));
        for (at, (sentence, name)) in mentions.enumerate() {
            spellings.add(at, &key::person(name), Some(sentence));
        }
        assert_eq!(spellings.is_slip(&key::word(word), &key::word(own)), expect, "{names}");
    }

    #[test]
    fn a_slip_is_rare_and_the_name_was_told() {
        check("Ada Hansen. Hansen. Hanssen. Hansen", "Hanssen", "Hansen", true);
        check("Hanssen. Ada Hansen. Hansen", "Hanssen", "Hansen", true);
        check("Ada Hansen. Hanssen. Hanssen", "Hanssen", "Hansen", true);
    }

    #[test]
    fn a_spelling_with_a_use_of_its_own_is_another_name() {
        check("Hanssen. Hanssen. Ada Hansen", "Hanssen", "Hansen", false);
        check("Hanssen. Ada Hansen", "Hanssen", "Hansen", false);
        check("Ada Hansen. Hansen. Hanssen. Hansen. Hanssen", "Hanssen", "Hansen", false);
        check("Ada Hansen. Hanssen, Hansen", "Hanssen", "Hansen", false);
    }
}

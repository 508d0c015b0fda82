//! The names and figures of an article, as a few numbers.
//!
//! Reports written on a form (prices, sales, share issues) share most of their words and tell different stories: what
//! differs are the names and the figures. Of each article the least hashes of these are kept (Broder, "On the resemblance
//! and containment of documents", 1997, on the sketch of least elements), which are all of them in a short report.

use xxhash_rust::xxh3::xxh3_64;

use crate::text::list::with_folded;

/// Most hashes that are kept.
const KEPT: usize = 32;

/// Fewest names and figures that tell anything.
const TELLING: usize = 4;

/// The least hashes of an article's names and figures, in rising order; 0 where there are no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Particulars([u16; KEPT]);

impl Particulars {
    /// Numbers that [`pack`](Self::pack) makes of it.
    pub(super) const PACKED: usize = KEPT / 4;

    /// Those of `text`: words with a digit, and words that open with a capital where no sentence begins.
    pub(super) fn of(text: &str) -> Self {
        let (mut figures, mut names, mut words, mut begins) = (Vec::new(), Vec::new(), 0, true);
        for token in tokens(text) {
            let word = bare(token);
            let is_figure = has_digit(word);
            let is_name = !begins && word.starts_with(char::is_uppercase);
            words += 1;
            match (is_figure, is_name) {
                (true, _) => figures.push(hash(word)),
                (_, true) => names.push(hash(word)),
                _ => {}
            }
            begins = !is_figure && ends_sentence(token);
        }
        // In a text that is all capitals they tell nothing.
        let mut hashes = figures;
        hashes.extend(Some(names).filter(|names| names.len() * 2 < words).into_iter().flatten());
        hashes.sort_unstable();
        hashes.dedup();
        let mut kept = [0; KEPT];
        kept.iter_mut().zip(hashes).for_each(|(place, hash)| *place = hash);
        Self(kept)
    }

    /// They as numbers, for a column of the index.
    pub(super) fn pack(&self) -> impl Iterator<Item = u64> + '_ {
        self.0.chunks_exact(4).map(|four| four.iter().fold(0, |number, &hash| number << 16 | u64::from(hash)))
    }

    /// Reads what [`pack`](Self::pack) wrote; `None` where there is less.
    pub(super) fn unpack(mut numbers: impl Iterator<Item = u64>) -> Option<Self> {
        let mut kept = [0; KEPT];
        for four in kept.chunks_exact_mut(4) {
            let number = numbers.next()?;
            four.iter_mut().zip([48, 32, 16, 0]).for_each(|(hash, shift)| *hash = (number >> shift) as u16);
        }
        Some(Self(kept))
    }

    /// Share of the names and figures of the article with fewer of them that the other has too, from 0 to 1; `None` where
    /// there are too few to tell.
    pub(super) fn shared(&self, other: &Self) -> Option<f64> {
        // Above the greatest hash that one of them kept, it says nothing.
        let reach = self.reach().min(other.reach());
        let (own, others) = (self.up_to(reach), other.up_to(reach));
        let few = own.len().min(others.len());
        let shared = own.iter().filter(|hash| others.binary_search(hash).is_ok()).count();
        (few >= TELLING).then(|| shared as f64 / few as f64)
    }

    fn reach(&self) -> u16 {
        if self.0[KEPT - 1] == 0 { u16::MAX } else { self.0[KEPT - 1] }
    }

    fn up_to(&self, reach: u16) -> &[u16] {
        let count = self.0.iter().take_while(|&&hash| hash != 0 && hash <= reach).count();
        &self.0[..count]
    }
}

/// What white space parts in `text`. Nearly all of it is ASCII, which needs no decoding; what else is white space is looked for
/// only where something is not.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let is_space = |byte: &u8| matches!(byte, b'\t'..=b'\r' | b' ');
    let mut rest = text;
    let pieces = std::iter::from_fn(move || {
        let begin = rest.bytes().position(|byte| !is_space(&byte))?;
        let length = rest.as_bytes()[begin..].iter().position(is_space).unwrap_or(rest.len() - begin);
        let piece = &rest[begin..begin + length];
        rest = &rest[begin + length..];
        Some(piece)
    });
    pieces.flat_map(|piece| {
        let plain = piece.is_ascii();
        let others = if plain { "" } else { piece };
        plain.then_some(piece).into_iter().chain(others.split_whitespace())
    })
}

fn ends_sentence(token: &str) -> bool {
    match token.as_bytes().last() {
        Some(b'.' | b'!' | b'?' | b'"' | b':') => true,
        // The last byte of the only mark that is not ASCII.
        Some(0x9D) => token.ends_with('”'),
        _ => false,
    }
}

/// `token` without the marks around it.
fn bare(token: &str) -> &str {
    let bytes = token.as_bytes();
    match (bytes.first(), bytes.last()) {
        (Some(first), Some(last)) if first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric() => token,
        _ => token.trim_matches(|c: char| !c.is_alphanumeric()),
    }
}

fn has_digit(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit()) || !word.is_ascii() && word.contains(char::is_numeric)
}

/// One number of `word`, in any case; never 0.
fn hash(word: &str) -> u16 {
    with_folded(word, |word| xxh3_64(word.as_bytes()) as u16).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn short_ways_lead_to_the_same(token in "([a-c0-2é²½’.,-]|\\PC){1,6}") {
            let word = token.trim_matches(|c: char| !c.is_alphanumeric());
            proptest::prop_assert_eq!(bare(&token), word);
            proptest::prop_assert_eq!(has_digit(word), word.contains(char::is_numeric));
        }
    }

    proptest::proptest! {
        #[test]
        fn white_space_of_every_kind_parts(text in "([a-cé”\u{a0}\u{85}\u{2003}\u{0b} \n\t.]|\\PC){0,20}") {
            let (found, expect): (Vec<_>, Vec<_>) = (tokens(&text).collect(), text.split_whitespace().collect());
            proptest::prop_assert_eq!(&found, &expect);
            let ends = |token: &str| token.ends_with(['.', '!', '?', '”', '"', ':']);
            proptest::prop_assert!(found.iter().all(|token| ends_sentence(token) == ends(token)));
        }
    }

    fn check(left: &str, right: &str, expect: Option<f64>) {
        let (left, right) = (Particulars::of(left), Particulars::of(right));
        assert_eq!(left.shared(&right), expect);
        assert_eq!(left.shared(&right), right.shared(&left));
        assert_eq!(Particulars::unpack(left.pack()), Some(left));
    }

    #[test]
    fn names_and_figures_are_compared() {
        let form = "The bank said Harrow Mills issues 12 mln dlrs of notes due 1999 through Vale and Sons.";
        check(form, form, Some(1.0));
        check(
            form,
            "In the town of HARROW the MILLS, says Vale, sold 12 mln in 1999; Sons of Torres bought.",
            Some(1.0),
        );
        check(
            form,
            "The bank said Selby Dock issues 40 mln dlrs of notes due 1995 through Torres and Lind.",
            Some(0.0),
        );
        check(
            form,
            "The bank said Harrow Mills issues 40 mln dlrs of notes due 1995 through Lind and Sons.",
            Some(0.5),
        );
        check(
            "HARROW MILLS ISSUES NOTES THROUGH VALE AND SONS",
            "HARROW MILLS ISSUES NOTES THROUGH VALE AND SONS",
            None,
        );
        check("The river rose. It fell.", "The River fell. He rose.", None);
    }

    #[test]
    fn of_long_texts_a_part_is_compared() {
        let text = |from: usize| (from..from + 400).map(|at| format!("in {at}")).collect::<Vec<_>>().join(" ");
        let (all, half) = (Particulars::of(&text(0)), Particulars::of(&text(200)));
        let shared = all.shared(&half).unwrap();
        assert!((0.3..0.7).contains(&shared), "{shared}");
        assert_eq!(all.shared(&all), Some(1.0));
    }
}

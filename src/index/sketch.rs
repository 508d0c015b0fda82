//! A few bytes that tell how many words two articles share.
//!
//! One permutation hashing (Li, Owen & Zhang, "One permutation hashing", NIPS 2012): every run of three words has one
//! hash, which chooses a bin, and each bin keeps its least. Bins that stay empty borrow from another (Shrivastava,
//! "Optimal densification for fast and accurate minwise hashing", ICML 2017). Of what is kept, one byte is enough (Li &
//! König, "b-bit minwise hashing", WWW 2010). The share of bins that two sketches agree in is their resemblance, the
//! share of runs that both articles have (Broder, "On the resemblance and containment of documents", 1997).

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::fingerprint::combine;
use super::particulars::Particulars;
use super::reading::Reading;

/// Bins of a sketch.
const BINS: usize = 128;
/// Words in a run.
const RUN: usize = 3;
/// Neighbouring bins that must all agree for two sketches to be compared at all.
const BAND: usize = 3;
/// Runs that an article must have for its copies to be told from chance; shorter ones must be the same to the word.
const TELLING: u64 = 20;
/// Least resemblance that counts: below it, an estimate from [`BINS`] bins is mostly chance.
const RESEMBLANCE: f64 = 0.15;
/// Share of the shorter article's runs that the longer one must have, and of the names and figures of the one with fewer:
/// where fewer runs are common, more of the names and figures must be.
const EDITED: (f64, f64) = (0.5, 0.85);
const ALIKE: (f64, f64) = (0.75, 0.72);
/// The same for articles printed further apart than [`NEAR`]: copies are printed within days, and reports on a form come
/// back every week.
const LATE: (f64, f64) = (0.75, 0.95);
/// Runs of an article that needs no names and figures: shorter ones without them must be the same to the word.
const LONG: u64 = 100;
/// Most days between a story and the copies that may be edited a lot.
const NEAR: u64 = 3;

/// What is kept of an article's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sketch {
    bins: [u8; BINS],
    /// Number of runs of three words.
    runs: u64,
    /// Hash of all words in order.
    words: u64,
    particulars: Particulars,
}

impl Sketch {
    /// Numbers that [`pack`](Self::pack) makes of it.
    const PACKED: usize = BINS / 8 + 2 + Particulars::PACKED;
    /// Numbers that [`bands`](Self::bands) gives.
    pub(super) const BANDS: usize = BINS / BAND;

    /// The sketch of `headline` and `body`; capitals, accents and marks do not count. `None` where no word is left.
    pub(super) fn of(headline: &str, body: &Reading) -> Option<Self> {
        let mut hashes = Reading::new(headline).hashes;
        hashes.extend(&body.hashes);
        if hashes.is_empty() {
            return None;
        }
        let mut least = [u64::MAX; BINS];
        for run in hashes.windows(RUN) {
            let hash = mixed(run);
            let bin = &mut least[(hash >> 57) as usize];
            *bin = (*bin).min(hash);
        }
        let runs = (hashes.len() + 1).saturating_sub(RUN) as u64;
        // In headlines, capitals may tell nothing.
        let particulars = Particulars::of(body.text);
        Some(Self { bins: filled(&least), runs, words: combine(&hashes), particulars })
    }

    /// The sketch as numbers, for a column of the index.
    pub(super) fn pack(&self) -> [u64; Self::PACKED] {
        let mut packed = [0; Self::PACKED];
        for (number, bins) in packed.iter_mut().zip(self.bins.chunks_exact(8)) {
            *number = bins.iter().rev().fold(0, |number, &bin| number << 8 | u64::from(bin));
        }
        packed[BINS / 8] = self.runs;
        packed[BINS / 8 + 1] = self.words;
        packed[BINS / 8 + 2..].iter_mut().zip(self.particulars.pack()).for_each(|(number, packed)| *number = packed);
        packed
    }

    /// Reads what [`pack`](Self::pack) wrote; `None` where there is nothing.
    pub(super) fn unpack(mut numbers: impl Iterator<Item = u64>) -> Option<Self> {
        let mut bins = [0; BINS];
        for eight in bins.chunks_exact_mut(8) {
            eight.copy_from_slice(&numbers.next()?.to_le_bytes());
        }
        let (runs, words) = (numbers.next()?, numbers.next()?);
        Some(Self { bins, runs, words, particulars: Particulars::unpack(numbers)? })
    }

    /// Numbers of which copies nearly always have one in common, and other articles nearly never.
    ///
    /// With 42 bands of three bins, articles that share 0.4 of their runs agree in a band with probability 0.94, those
    /// that share 0.6 with 0.9999 (Leskovec, Rajaraman & Ullman, "Mining of Massive Datasets", section 3.4).
    pub(super) fn bands(&self) -> impl Iterator<Item = u32> {
        let number = |band: &[u8]| band.iter().fold(0, |number, &bin| number << 8 | u32::from(bin));
        let seed = if self.runs < TELLING { self.words as u32 | 1 } else { 0 };
        self.bins.chunks_exact(BAND).map(number).map(move |number| number ^ seed.wrapping_mul(0x9e37_79b1))
    }

    /// True where one article is a copy of the other, perhaps cut or edited, that was printed `days` before or after it.
    pub(super) fn is_copy(&self, other: &Self, days: Option<u64>) -> bool {
        if self.words == other.words && self.runs == other.runs {
            return true;
        }
        let (few, many) = (self.runs.min(other.runs), self.runs.max(other.runs));
        let resemblance = self.resemblance(other);
        if few < TELLING || resemblance < RESEMBLANCE {
            return false;
        }
        // Of two sets with a and b members that share j of their union, j(a+b)/(1+j) members are shared.
        let containment = resemblance * (few + many) as f64 / (1.0 + resemblance) / few as f64;
        let is_near = days.is_none_or(|days| days <= NEAR);
        match self.particulars.shared(&other.particulars) {
            None => few >= LONG && is_near && containment >= EDITED.0,
            Some(share) => {
                let meets = |bounds: (f64, f64)| containment >= bounds.0 && share >= bounds.1;
                if is_near { meets(EDITED) || meets(ALIKE) } else { meets(LATE) }
            }
        }
    }

    /// Share of the runs of either article that both have, from 0 to 1, estimated to within 0.09 in 95 of 100 cases.
    fn resemblance(&self, other: &Self) -> f64 {
        let agreeing = self.bins.iter().zip(&other.bins).filter(|(left, right)| left == right).count();
        // Bytes of different runs are equal once in 256 times.
        let chance = 1.0 / 256.0;
        ((agreeing as f64 / BINS as f64 - chance) / (1.0 - chance)).max(0.0)
    }
}

fn mixed(run: &[u64]) -> u64 {
    let mut hash = run[0];
    for &word in &run[1..] {
        hash = (hash.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    hash ^ (hash >> 29)
}

/// One byte of each bin's least hash. An empty bin asks other bins, in an order of its own, until one has something.
fn filled(least: &[u64; BINS]) -> [u8; BINS] {
    let mut bins = [0; BINS];
    if least.iter().all(|&hash| hash == u64::MAX) {
        return bins;
    }
    for (at, bin) in bins.iter_mut().enumerate() {
        let mut hash = least[at];
        let mut attempt = 0_u64;
        while hash == u64::MAX {
            attempt += 1;
            hash = least[xxh3_64_with_seed(&attempt.to_le_bytes(), at as u64) as usize % BINS];
        }
        *bin = (hash >> 20) as u8;
    }
    bins
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `count` words, those that `changed` names replaced.
    fn article(count: usize, changed: impl Fn(usize) -> bool) -> String {
        let letters = |at: usize| {
            [at / 26 / 26, at / 26, at].map(|at| char::from(b'a' + (at % 26) as u8)).iter().collect::<String>()
        };
        let word = |at: usize| if changed(at) { format!("other{}", letters(at)) } else { letters(at * 7919 % 1000) };
        (0..count).map(word).collect::<Vec<_>>().join(" ")
    }

    fn sketch(text: &str) -> Sketch {
        Sketch::of("", &Reading::new(text)).unwrap()
    }

    fn check(left: &str, right: &str, is_copy: bool) {
        let (left, right) = (sketch(left), sketch(right));
        assert_eq!(left.is_copy(&right, None), is_copy, "{}", left.resemblance(&right));
        if is_copy {
            assert!(left.bands().zip(right.bands()).any(|(left, right)| left == right));
        }
    }

    #[test]
    fn resemblance_is_the_share_of_common_runs() {
        let whole = sketch(&article(600, |_| false));
        for (every, least, most) in [(50, 0.75, 0.98), (10, 0.40, 0.70), (4, 0.05, 0.30)] {
            let edited = sketch(&article(600, |at| at % every == 0));
            let share = whole.resemblance(&edited);
            assert!((least..most).contains(&share), "every {every}: {share}");
        }
        assert!(whole.resemblance(&sketch(&article(600, |_| true))) < 0.1);
    }

    #[test]
    fn copies_are_the_same_words_cut_or_edited() {
        let whole = article(500, |_| false);
        check(&whole, &whole.to_uppercase(), true);
        check(&whole, &article(200, |_| false), true);
        check(&whole, &article(500, |at| at % 12 == 0), true);
        check(&whole, &article(500, |at| !(50..=400).contains(&at)), true);
        check(&whole, &article(500, |at| at > 60), false);
        check(&whole, &article(500, |_| true), false);
    }

    #[test]
    fn the_shortest_must_be_the_same_to_the_word() {
        check("The river rose on Sunday.", "the river rose, on Sunday", true);
        check("The river rose on Sunday.", "The river rose on Monday.", false);
        check("Blah blah", "blah, blah", true);
        check("Blah blah", "blah", false);
        assert_eq!(Sketch::of("", &Reading::new("...")), None);
    }

    #[test]
    fn reports_on_a_form_are_no_copies() {
        let report = |name: &str, sum: usize| {
            format!(
                "The board of {name} declared a dividend of {sum} cents a share for the quarter, to be paid in full to all \
                 who hold shares on the day of record. In a note the treasurer of {name} said that {sum} cents was what the \
                 company could afford, and that the {name} Trust agreed."
            )
        };
        let harrow = sketch(&report("Harrow Mills", 12));
        assert!(!harrow.is_copy(&sketch(&report("Selby Dock", 40)), Some(0)));
        let edited = sketch(&report("Harrow Mills", 12).replace("could afford", "was able to pay this year"));
        assert!(harrow.is_copy(&edited, Some(0)) && harrow.is_copy(&edited, None));
        // The next quarter's report tells another story; what is the same to the word is a copy on any day.
        assert!(harrow.is_copy(&harrow.clone(), Some(90)));
        assert!(!harrow.is_copy(&sketch(&report("Harrow Mills", 13)), Some(90)));
    }

    #[test]
    fn sketches_are_read_back() {
        let sketch = sketch(&article(300, |_| false));
        assert_eq!(Sketch::unpack(sketch.pack().into_iter()), Some(sketch));
        assert_eq!(Sketch::unpack([1, 2].into_iter()), None);
    }
}

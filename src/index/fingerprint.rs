//! Numbers by which the same words are found again in other articles.
//!
//! Winnowing (Schleimer, Wilkerson & Aiken, "Winnowing: local algorithms for document fingerprinting", SIGMOD 2003):
//! of every few neighbouring shingles the one with the least hash is kept, so that two quotes that have a run of
//! [`SHARED_RUN`] words in common have a number in common, wherever one of them was cut.

use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Words in a shingle.
const SHINGLE: usize = 5;
/// Neighbouring shingles of which one is kept.
const WINDOW: usize = 4;
/// Words in a row that two quotes must share to be found as copies of each other.
pub(crate) const SHARED_RUN: usize = SHINGLE + WINDOW - 1;
/// Fewer words than these say little by themselves: they are the same only from the same mouth.
const TELLING: usize = 5;

/// Groups of numbers that quotes are looked up by. Nearly every number is one quote's alone: as terms of the index they
/// would be more than its words. A group of a million quotes has some four hundred, which are then compared.
const GROUPS: u64 = 1 << 13;

/// The group that a quote with `number` is looked up by.
pub(crate) const fn group(number: u64) -> u64 {
    number % GROUPS
}

/// The numbers of a quote whose words have these `hashes`, ascending, each once.
///
/// Fewer than [`SHARED_RUN`] words have one number for all of them; fewer than five one for them and `speaker`, and
/// none where nobody is known to have said them.
pub(super) fn fingerprints(hashes: &[u64], speaker: Option<&str>) -> Vec<u64> {
    let count = hashes.len();
    let mut found = if count >= SHARED_RUN {
        winnow(hashes)
    } else if count >= TELLING {
        vec![combine(hashes)]
    } else {
        speaker
            .filter(|_| count > 0)
            .map(|speaker| xxh3_64_with_seed(speaker.as_bytes(), combine(hashes)))
            .into_iter()
            .collect()
    };
    for number in &mut found {
        // Half the bits tell enough quotes apart, and take half the room.
        *number &= u64::from(u32::MAX);
    }
    found.sort_unstable();
    found.dedup();
    found
}

pub(super) fn combine(hashes: &[u64]) -> u64 {
    hashes.iter().fold(0, |sum, &hash| xxh3_64_with_seed(&hash.to_le_bytes(), sum))
}

fn winnow(hashes: &[u64]) -> Vec<u64> {
    let shingles: Vec<u64> = hashes.windows(SHINGLE).map(combine).collect();
    shingles.windows(WINDOW).filter_map(|window| window.iter().min().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::reading::Reading;

    fn fingerprints(words: &str, speaker: Option<&str>) -> Vec<u64> {
        super::fingerprints(&Reading::new(words).hashes, speaker)
    }

    fn shared(left: &str, right: &str) -> usize {
        let (left, right) = (fingerprints(left, Some("Torres")), fingerprints(right, Some("Torres")));
        left.iter().filter(|number| right.contains(number)).count()
    }

    const WHOLE: &str = "“We will not open the gates to fill somebody else’s trout pond, and no judge will make us.”";

    #[test]
    fn marks_and_case_do_not_count() {
        let plain = "we will not open the gates to fill somebody else's trout pond and no judge will make us";
        assert_eq!(fingerprints(WHOLE, None), fingerprints(plain, None));
    }

    #[test]
    fn a_shortened_quote_shares_numbers_with_the_whole() {
        assert!(shared(WHOLE, "not open the gates to fill somebody else’s trout pond") > 0);
        assert_eq!(shared(WHOLE, "We will open every gate that we can find in this valley"), 0);
    }

    #[test]
    fn few_words_count_only_from_the_same_mouth() {
        assert_eq!(fingerprints("No comment", Some("Torres")), fingerprints("“No comment.”", Some("Torres")));
        assert_ne!(fingerprints("No comment", Some("Torres")), fingerprints("No comment", Some("Pryce")));
        assert!(fingerprints("No comment", None).is_empty());
        assert!(fingerprints("...", Some("Torres")).is_empty());
        assert_eq!(
            fingerprints("We shall fight on regardless", None),
            fingerprints("we shall fight on regardless!", Some("Pryce"))
        );
    }
}

//! Short forms that end in a full stop, and the words that open a sentence after one.

/// When the full stop after a short form belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// Always: nothing else is spelt so.
    Always,
    /// Where a number follows: "No. 5", "Dec. 4".
    BeforeDigit,
    /// Where a word follows on the same line: "Gen. Moss".
    BeforeWord,
    /// Where the line goes on: "Tyne Corp. rose", but "bought Tyne Corp." ends with a full stop of the sentence.
    InsideLine,
}

/// When the full stop after `word` belongs to it; `None` where `word` is no short form. Case does not count.
pub(super) fn stop_after(word: &str) -> Option<Stop> {
    let mut lower = [0; 6];
    let letters = lower.get_mut(..word.len())?;
    letters.copy_from_slice(word.as_bytes());
    letters.make_ascii_lowercase();
    Some(match &*letters {
        b"mr" | b"mrs" | b"ms" | b"dr" | b"prof" | b"messrs" | b"st" | b"ph" => Stop::Always,
        b"gen" | b"col" | b"lt" | b"sgt" | b"capt" | b"cpl" | b"maj" | b"brig" | b"adm" | b"cmdr" | b"sen"
        | b"sens" | b"rep" | b"reps" | b"gov" | b"govs" | b"rev" | b"hon" | b"supt" | b"insp" | b"det" | b"pres"
        | b"amb" | b"atty" | b"mt" | b"ft" | b"asst" | b"fr" | b"sr" | b"eng" | b"engr" | b"sh" | b"vs" => {
            Stop::BeforeWord
        }
        b"no" | b"nos" | b"jan" | b"feb" | b"mar" | b"apr" | b"jun" | b"jul" | b"aug" | b"sept" | b"sep" | b"oct"
        | b"nov" | b"dec" | b"art" | b"vol" | b"sec" | b"fig" | b"pp" => Stop::BeforeDigit,
        b"inc" | b"corp" | b"co" | b"ltd" | b"bros" | b"jr" | b"etc" | b"dept" | b"univ" | b"assn" | b"ave"
        | b"blvd" | b"pty" | b"cie" | b"pte" | b"calif" | b"fla" | b"mich" | b"mass" | b"conn" | b"ariz" | b"tenn"
        | b"wis" | b"minn" | b"colo" | b"va" | b"ky" | b"md" | b"tex" | b"okla" | b"penn" | b"ont" | b"que" => {
            Stop::InsideLine
        }
        _ => return None,
    })
}

/// True for a short form that a full stop belongs to: "Sen", "Dec".
pub fn is_short_form(word: &str) -> bool {
    stop_after(word).is_some()
}

/// True where a short form such as `word`, full stop included, hardly ever ends a sentence: titles and initials.
pub(super) fn binds_next(word: &str) -> bool {
    let bare = word.trim_end_matches('.');
    bare.chars().count() == 1 || matches!(stop_after(bare), Some(Stop::Always | Stop::BeforeWord | Stop::BeforeDigit))
}

/// True for words that, with a capital, open a sentence far more often than they open a name.
pub(super) fn opens_sentence(word: &str) -> bool {
    matches!(
        word,
        "The"
            | "A"
            | "An"
            | "In"
            | "On"
            | "At"
            | "He"
            | "She"
            | "It"
            | "They"
            | "We"
            | "I"
            | "You"
            | "But"
            | "And"
            | "However"
            | "This"
            | "That"
            | "These"
            | "Those"
            | "His"
            | "Her"
            | "Its"
            | "Their"
            | "Our"
            | "There"
            | "As"
            | "If"
            | "When"
            | "While"
            | "After"
            | "Before"
            | "For"
            | "With"
            | "From"
            | "By"
            | "To"
            | "Since"
            | "Some"
            | "Many"
            | "Most"
            | "Both"
            | "Meanwhile"
            | "Although"
            | "Though"
            | "According"
            | "No"
            | "Not"
            | "So"
            | "What"
            | "Who"
            | "Why"
            | "How"
            | "Where"
            | "Earlier"
            | "Later"
            | "Now"
            | "Last"
            | "Also"
            | "Or"
            | "During"
            | "Under"
            | "Despite"
            | "Because"
            | "Then"
            | "Yet"
            | "Such"
            | "All"
            | "Other"
            | "Another"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, expect: Option<Stop>) {
        assert_eq!(stop_after(word), expect, "{word}");
    }

    #[test]
    fn case_does_not_count_and_length_does_not_matter() {
        check("MR", Some(Stop::Always));
        check("Corp", Some(Stop::InsideLine));
        check("dec", Some(Stop::BeforeDigit));
        check("spokeswoman", None);
        check("", None);
    }

    #[test]
    fn titles_and_initials_bind_the_next_word() {
        assert!(binds_next("Gen.") && binds_next("J.") && binds_next("No."));
        assert!(!binds_next("U.S.") && !binds_next("Corp.") && !binds_next("a.m."));
    }
}

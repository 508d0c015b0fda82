//! Tells a headline from the first paragraph of a story.

use super::table::fold;

/// What stands around a line that may be a headline.
#[derive(Clone, Copy, Debug)]
pub(super) struct Surroundings<'a> {
    /// Words of the file's name or of the address, joined by hyphens: many repeat the headline.
    pub(super) slugs: [&'a str; 2],
    /// True where an address stands above the line: such files seldom carry the headline.
    pub(super) below_address: bool,
    /// True where an empty line or a byline follows.
    pub(super) set_apart: bool,
    /// True where a line that opens with "By" stands right below: whatever it is, it heads the story.
    pub(super) above_byline: bool,
    /// Length of the longest of the next paragraphs in bytes; 0 where there is none.
    pub(super) next: usize,
}

/// Longest headline, in characters and in words.
const LONGEST: (usize, usize) = (180, 30);

/// How sure it is that `line` is a headline, from 0 to 1; `None` where it is not one.
pub(super) fn confidence(line: &str, around: Surroundings<'_>) -> Option<f32> {
    let words: Vec<&str> = line.split_whitespace().collect();
    if around.above_byline && (3..=LONGEST.1).contains(&words.len()) && line.chars().count() <= LONGEST.0 {
        return Some(0.9);
    }
    if words.is_empty() || words.len() > LONGEST.1 || line.chars().count() > LONGEST.0 || is_other(line) {
        return None;
    }
    if around.slugs.iter().any(|slug| repeats(line, slug)) {
        return Some(1.0);
    }
    if around.next == 0 {
        return None;
    }
    // A lead without its full stop reads like a headline, but is longer.
    if words.len() > 20 && !is_title_case(&words) || line.ends_with('?') && words.len() > 14 {
        return None;
    }
    let stop = line.trim_end_matches(['"', '”', '’', '\'', '»', ')']).ends_with(['.', '…', '。', '।', '۔']);
    let sentences = inner_stops(&words);
    // A paragraph of running text is longer than its headline, and ends in a full stop.
    match (stop, sentences) {
        // "Judge Confirmed. Is This the Last One?"
        (_, 2..) => (is_title_case(&words) && around.set_apart && sentences == 2).then_some(0.7),
        (false, _) if ends_open(line) => None,
        (false, _) if (words.len() >= 2 || is_unspaced(line)) && (around.set_apart || around.next > line.len()) => {
            Some(if around.below_address { 0.8 } else { 0.9 })
        }
        (true, 0) if is_title_case(&words) && around.set_apart => Some(0.8),
        (true, 0)
            if words.len() >= 2
                && !around.below_address
                && around.set_apart
                && around.next > line.len()
                && !is_lead(&words) =>
        {
            Some(0.6)
        }
        _ => None,
    }
}

/// True for a line that is not too long for a headline.
pub(super) fn fits(line: &str) -> bool {
    (1..=LONGEST.1).contains(&line.split_whitespace().count()) && line.chars().count() <= LONGEST.0
}

/// Length of headlines in scripts that write without spaces, in characters.
const UNSPACED: std::ops::RangeInclusive<usize> = 4..=50;

/// True for a line in Han, kana or Thai and its neighbours, which have no spaces to count words by.
fn is_unspaced(line: &str) -> bool {
    let unspaced = |c: &char| matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}');
    let length = line.chars().count();
    UNSPACED.contains(&length) && line.chars().filter(unspaced).count() * 2 > length
}

/// True for captions, notes, list items and quotes, which stand above stories as well.
fn is_other(line: &str) -> bool {
    let caption = ["Photo:", "Photo by", "Picture:", "(Photo", "File photo", "pictured", "Image:", "Credit:"];
    let note =
        line.starts_with(['(', '[', '{', '<', '*', '•', '-', '–', '“', '"', '«']) && !line.ends_with(['”', '"', '»']);
    let label = matches!(fold(line).trim_end_matches([':', '.']), "abstract" | "full text" | "summary" | "highlights");
    let whole_quote = line.starts_with(['“', '"']) && line.ends_with(['.', '”', '"']) && line.contains(['.', ',']);
    caption.iter().any(|word| line.contains(word)) || note || label || whole_quote
}

/// True where a line breaks off: a comma, a dash or an introduction.
fn ends_open(line: &str) -> bool {
    line.ends_with([',', ':', '-', '–', '—', '('])
}

/// Full stops inside the line that end a sentence: the next word has a capital, the one before is no initial.
fn inner_stops(words: &[&str]) -> usize {
    let ends = |word: &str| {
        word.ends_with(['.', '!', '?']) && !word[..word.len() - 1].contains('.') && word.chars().count() > 4
    };
    let begins = |word: &str| word.trim_start_matches(['“', '"', '‘', '\'']).starts_with(char::is_uppercase);
    words.windows(2).filter(|pair| ends(pair[0]) && begins(pair[1])).count() * 2
}

/// True where most long words begin with a capital.
fn is_title_case(words: &[&str]) -> bool {
    let long = words
        .iter()
        .map(|word| word.trim_start_matches(['“', '"', '‘', '\'', '(']))
        .filter(|word| word.chars().count() > 3);
    let (mut capital, mut all) = (0, 0);
    for word in long {
        all += 1;
        capital += usize::from(word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()));
    }
    all >= 2 && capital * 10 >= all * 8
}

/// Words that a first sentence has and a headline avoids: reporting in the past, days, articles in number.
fn is_lead(words: &[&str]) -> bool {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let told = [
        "said",
        "told",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "yesterday",
        "was",
        "were",
        "had",
        "has",
        "have",
        "been",
    ];
    let articles = words.iter().filter(|word| matches!(bare(word).as_str(), "the" | "a" | "an")).count();
    words.len() > 16 || articles >= 2 || words.iter().any(|word| told.contains(&bare(word).as_str()))
}

/// True where `slug`, from an address or a file's name, repeats the words of `line`.
fn repeats(line: &str, slug: &str) -> bool {
    let slug = slug.trim_end_matches(|c: char| !c.is_alphabetic());
    let (line, slug) = (hyphenated(line), hyphenated(slug));
    let (words, names) = (line.split('-').count(), slug.split('-').count());
    let shared = line.len().min(slug.len());
    // Archives cut the slug short, so that the line may go on; not for a whole paragraph, though.
    let prefix = shared >= 12 && line.as_bytes()[..shared] == slug.as_bytes()[..shared] && words <= names * 3 + 6;
    let long = |name: &&str| name.len() > 2;
    let present = slug.split('-').filter(long).filter(|name| line.split('-').any(|word| word == *name)).count();
    let expected = slug.split('-').filter(long).count();
    prefix || (expected >= 5 && present * 10 >= expected * 8 && words * 2 <= expected * 3 + 4)
}

/// `line` in small letters, with a hyphen for everything between words, and without numbers: many slugs lack them.
fn hyphenated(line: &str) -> String {
    let folded = fold(line);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    let mut spelled = String::with_capacity(folded.len());
    for word in words.filter(|word| word.contains(|c: char| !c.is_ascii_digit())) {
        if !spelled.is_empty() {
            spelled.push('-');
        }
        spelled.push_str(word);
    }
    spelled
}

/// Where the words of `line` end: behind them stands the full stop or semicolon that some archives add.
pub(super) fn trimmed_len(line: &str) -> usize {
    let bare = line.trim_end_matches([' ', ';', '.']);
    let last = bare.rsplit(' ').next().unwrap_or("");
    // "U.S.", "Jr." and "Inc." keep their own full stop.
    let owns = last.contains('.')
        || matches!(last, "Jr" | "Sr" | "Inc" | "Co" | "Corp" | "Ltd" | "No" | "St" | "Gov" | "Sen" | "Rep");
    let stops = line[bare.len()..].starts_with('.');
    // An ellipsis belongs to the headline.
    if line[bare.len()..].starts_with("...") {
        return bare.len() + 3;
    }
    bare.len() + usize::from(owns && stops)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(line: &str, slug: &str, below_address: bool, expect: Option<f32>) {
        let around = Surroundings { slugs: [slug, ""], below_address, set_apart: true, above_byline: false, next: 300 };
        assert_eq!(confidence(line, around), expect, "{line}");
    }

    #[test]
    fn headlines_have_no_full_stop_or_are_repeated_by_the_slug() {
        check("River Rises in the North", "", false, Some(0.9));
        check("River rises in the north", "", true, Some(0.8));
        check("Is the river rising?", "", true, Some(0.8));
        check("River rises in the north as rain goes on.", "river-rises-in-the-north-as-ra", false, Some(1.0));
        check("Trump’s river rises, E.U. says.", "trump-s-river-rises-e-u-sa", true, Some(1.0));
        check("River Rises in the Northern Valley.", "", true, Some(0.8));
        check("Northern River Rises Again. Is This the Last Flood?", "", true, Some(0.7));
        check("Poll: River and rain in dead heat.", "", false, Some(0.6));
        check("After 39-hour rain, the river rises by 3,000 feet.", "after-hour-rain-the-river-ri", true, Some(1.0));
    }

    #[test]
    fn scripts_without_spaces_have_headlines() {
        check("市长因预算争议宣布辞职", "", false, Some(0.9));
        check("市長が辞任を表明", "", false, Some(0.9));
        check("นายกเทศมนตรีลาออก", "", false, Some(0.9));
        check("市长王伟星期二辞职，此前关于预算的争论持续了很长时间。", "", false, None);
        check("市长", "", false, None);
        check("River", "", false, None);
    }

    #[test]
    fn leads_captions_and_quotes_are_none() {
        check("The river rose by a metre in the northern valley on Tuesday, officials said.", "", false, None);
        check("River rises in the north as rain goes on.", "", true, None);
        check("The village by the river. Photo: Jane Doe", "", true, None);
        check("“We saw the river rise,” said Doe.", "", true, None);
        check("It rained. The river rose", "", false, None);
        let lead = "The president of the northern valley met the minister of the river and spoke with him of rain and of other things";
        check(lead, "", true, None);
        check("FULL TEXT.", "", false, None);
    }

    #[test]
    fn only_an_added_full_stop_is_cut() {
        for (line, kept) in [
            ("River rises.", "River rises"),
            ("River rises; ", "River rises"),
            ("Rivers of the U.S.", "Rivers of the U.S."),
            ("John Doe Jr.", "John Doe Jr."),
            ("And then...", "And then..."),
            ("River rises?", "River rises?"),
        ] {
            assert_eq!(&line[..trimmed_len(line)], kept);
        }
    }

    proptest! {
        #[test]
        fn any_line_is_judged(line: String, slug: String) {
            let around = Surroundings { slugs: [&slug, &line], below_address: false, set_apart: true, above_byline: false, next: 9 };
            confidence(&line, around);
            assert!(line.is_char_boundary(trimmed_len(&line)));
        }
    }
}

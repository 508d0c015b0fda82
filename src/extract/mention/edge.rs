//! Where a name that the tagger found begins and ends.

use crate::extract::{EntityKind, Mention};
use crate::parse::clip;
use crate::text::Span;
use crate::text::name::{gender_of_given_name, is_title};

/// Ranks and offices that are no part of a name, in lower case and without the stop. (Not those that names are known
/// with: "Sheikh", "Mullah", "Mother".)
const OFFICES: &[&str] = &[
    "admiral",
    "ambassador",
    "brigadier",
    "captain",
    "colonel",
    "commissioner",
    "congressman",
    "congresswoman",
    "corporal",
    "general",
    "governor",
    "inspector",
    "lieutenant",
    "minister",
    "president",
    "professor",
    "representative",
    "secretary",
    "senator",
    "sergeant",
    "superintendent",
];

const WEEKDAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// False for what only looks like a name: the ticker of a share in angle brackets, the handle of an account.
pub(super) fn is_name(text: &str, span: Span) -> bool {
    !is_ticker(text, span) && !text[..span.begin].ends_with('@')
}

/// True for "AHLN" in "<AHLN.AS>".
fn is_ticker(text: &str, span: Span) -> bool {
    const LONGEST: usize = 12;
    let code = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '.' | '=' | '-');
    let before = &text[clip::tail(&text[..span.begin], LONGEST)..span.begin];
    let after = clip::head(&text[span.end..], LONGEST);
    let opened = before.trim_end_matches(code).ends_with('<');
    opened && span.of(text).chars().all(code) && after.trim_start_matches(code).starts_with('>')
}

/// Takes off what stands at an edge of a name and is none of it.
pub(super) fn trim(text: &str, mention: &mut Mention) {
    match mention.kind {
        EntityKind::Person => trim_offices(text, &mut mention.span),
        EntityKind::Organization => trim_end(text, &mut mention.span),
        EntityKind::Place | EntityKind::Other => {}
    }
}

/// "Sen. Ada Okwu", "Colonel Okwu".
fn trim_offices(text: &str, span: &mut Span) {
    while let Some((word, rest)) = span.of(text).split_once(' ') {
        let bare = word.trim_end_matches('.');
        let is_office = OFFICES.iter().any(|office| office.eq_ignore_ascii_case(bare));
        let is_short =
            bare.len() < word.len() && bare.len() > 1 && is_title(word) && gender_of_given_name(bare).is_none();
        if !(is_office || is_short) || !rest.starts_with(char::is_uppercase) {
            return;
        }
        span.begin = span.end - rest.len();
    }
}

/// "MSNBC Monday", "CNN Democratic" before "debate".
fn trim_end(text: &str, span: &mut Span) {
    let Some((rest, last)) = span.of(text).rsplit_once(' ') else { return };
    // A football club, and a party's own bodies.
    let is_day = WEEKDAYS.contains(&last) && rest != "Sheffield";
    let before_noun = || text[span.end..].strip_prefix(' ').is_some_and(|after| after.starts_with(char::is_lowercase));
    let is_side = matches!(last, "Democratic" | "Republican") && rest.chars().all(|c| c.is_ascii_uppercase());
    if is_day || is_side && before_noun() {
        span.end = span.begin + rest.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: EntityKind, text: &str, name: &str, expect: &str) {
        let begin = text.find(name).expect("the name stands in the text");
        let mut mention = Mention { span: Span::new(begin, begin + name.len()), kind, confidence: 1.0 };
        trim(text, &mut mention);
        assert_eq!(mention.span.of(text), expect, "{text}");
    }

    use EntityKind::{Organization, Person};

    #[test]
    fn ranks_and_offices_are_no_part_of_a_name() {
        check(Person, "Sen. Ada Okwu left.", "Sen. Ada Okwu", "Ada Okwu");
        check(Person, "Lieutenant Colonel Okwu left.", "Colonel Okwu", "Okwu");
        check(Person, "Mother Teresa left.", "Mother Teresa", "Mother Teresa");
        check(Person, "J. R. Okwu left.", "J. R. Okwu", "J. R. Okwu");
        check(Person, "General left.", "General", "General");
    }

    #[test]
    fn days_and_sides_are_no_part_of_a_name() {
        check(Organization, "He told TBC Monday that it rained.", "TBC Monday", "TBC");
        check(Organization, "At the TBC Democratic debate it rained.", "TBC Democratic", "TBC");
        check(Organization, "Sheffield Wednesday won.", "Sheffield Wednesday", "Sheffield Wednesday");
        check(Organization, "The Torrow Democratic office shut.", "Torrow Democratic", "Torrow Democratic");
    }

    #[test]
    fn tickers_and_handles_are_no_names() {
        let is_name = |text: &str, name: &str| {
            let begin = text.find(name).expect("the name stands in the text");
            super::is_name(text, Span::new(begin, begin + name.len()))
        };
        assert!(!is_name("Tarn NV <TARN.AS> rose.", "TARN"));
        assert!(!is_name("Tarn NV <TARN.AS> rose.", "TARN.AS"));
        assert!(!is_name("So wrote @TarnNews today.", "TarnNews"));
        assert!(is_name("So wrote <Tarn> today.", "Tarn"));
        assert!(is_name("<a>TARN</a> today.", "TARN"));
    }
}

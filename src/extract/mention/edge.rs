//! Where a name that the tagger found begins and ends.

use std::collections::{HashMap, HashSet};

use super::words::is_plain;
use crate::extract::{EntityKind, Mention};
use crate::parse::clip;
use crate::text::Span;
use crate::text::name::{gender_of_given_name, is_title};

/// Ranks, offices and parties that are no part of a name, in lower case and without the stop. (Not those that names are
/// known with: "Sheikh", "Mullah", "Mother".)
const OFFICES: &[&str] = &[
    "actor",
    "actress",
    "admiral",
    "ambassador",
    "assemblyman",
    "assemblywoman",
    "brigadier",
    "captain",
    "colonel",
    "commissioner",
    "congressman",
    "congresswoman",
    "corporal",
    "councilman",
    "councilwoman",
    "democrat",
    "general",
    "governor",
    "inspector",
    "lieutenant",
    "minister",
    "president",
    "professor",
    "representative",
    "republican",
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
        EntityKind::Person => {
            trim_offices(text, &mut mention.span);
            widen(text, &mut mention.span);
        }
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

/// "Prayut Chan-o" before "-cha": a name that goes on in small letters behind a hyphen may have one more syllable.
fn widen(text: &str, span: &mut Span) {
    const SYLLABLE: usize = 4;
    let is_small = |part: &str| !part.is_empty() && part.chars().all(char::is_lowercase);
    let goes_on = span.of(text).rsplit_once('-').is_some_and(|(_, last)| is_small(last));
    let Some(rest) = text[span.end..].strip_prefix('-').filter(|_| goes_on) else { return };
    let (part, behind) = rest.split_at(rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len()));
    if is_small(part) && part.chars().count() <= SYLLABLE && !behind.starts_with('-') {
        span.end += 1 + part.len();
    }
}

/// Takes the given name before a surname into it, "Hillary" before "Clinton", where nothing that ends after `free` is a
/// name of its own: a tagger that knows the surname well may leave it out. A name that no list has may be `told`.
pub(super) fn take_given_name(text: &str, mention: &mut Mention, free: usize, told: &Told) {
    let Some(given) = word_before(text, mention, free) else { return };
    let word = given.of(text);
    let is_listed = || !is_word(word) && gender_of_given_name(word).is_some();
    if is_listed() || told.contains(&(word, mention.span.of(text))) {
        mention.span.begin = given.begin;
    }
}

/// Words with a capital that are given names as the text tells, each with its surname.
pub(super) type Told<'a> = HashSet<(&'a str, &'a str)>;

/// The words that stand before the same surname again, and inside a sentence, "Casimir" of "So said Casimir Dragan", or
/// before the surname of a longer name: "Casimir" of "Ion Casimir Dragan". ("Mary" of "Crooked Mary" is no surname.)
pub(super) fn told<'a>(text: &'a str, mentions: &[Mention]) -> Told<'a> {
    let mut seen: HashMap<(&str, &str), (usize, bool)> = HashMap::new();
    let mut free = 0;
    for mention in mentions {
        if let Some(given) = word_before(text, mention, free) {
            let (count, inside) = seen.entry((given.of(text), mention.span.of(text))).or_default();
            *count += 1;
            *inside |= is_inside(&text[..given.begin]);
        }
        free = mention.span.end;
    }
    let again = seen.into_iter().filter(|(_, (count, inside))| *count > 1 && *inside).map(|(pair, _)| pair);
    let persons = mentions.iter().filter(|mention| mention.kind == EntityKind::Person);
    let longer = persons.filter_map(|mention| {
        let (before, surname) = mention.span.of(text).rsplit_once(' ')?;
        let given = before.rsplit(' ').next()?;
        gender_of_given_name(surname).is_none().then_some((given, surname))
    });
    let is_name =
        |word: &str| word.contains(char::is_lowercase) && !is_plain(word) && !is_title(word) && !is_word(word);
    again.chain(longer).filter(|(word, _)| is_name(word)).collect()
}

/// True where what follows `before` begins no sentence.
fn is_inside(before: &str) -> bool {
    let before = before.trim_end();
    before.ends_with(char::is_lowercase) || before.trim_end_matches(['”', '"', '’']).ends_with(',')
}

/// The word with a capital before a surname that stands alone, behind `free`.
fn word_before(text: &str, mention: &Mention, free: usize) -> Option<Span> {
    let name = mention.span.of(text);
    let is_surname = mention.kind == EntityKind::Person && !name.contains(' ') && name.contains(char::is_lowercase);
    let before = text[free..mention.span.begin].strip_suffix(' ').filter(|_| is_surname)?;
    let given = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let begin = before.len() - given.len();
    let opens = begin == 0 || before[..begin].ends_with([' ', '\n', '"', '“', '‘', '(', '—']);
    (opens && given.starts_with(char::is_uppercase)).then(|| Span::new(free + begin, mention.span.begin - 1))
}

/// True for given names that begin sentences as words, or stand before names as titles.
fn is_word(given: &str) -> bool {
    const WORDS: [&str; 24] = [
        "Art",
        "Bill",
        "Chase",
        "Christian",
        "Dean",
        "Drew",
        "Earl",
        "Faith",
        "Grace",
        "Grant",
        "Guy",
        "Hope",
        "Iris",
        "Israel",
        "Joy",
        "Major",
        "Mark",
        "May",
        "Pat",
        "Rich",
        "Rob",
        "Sterling",
        "Sue",
        "Will",
    ];
    WORDS.contains(&given)
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
        check(Person, "Democrat Ada Okwu left.", "Democrat Ada Okwu", "Ada Okwu");
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

    #[test]
    fn a_syllable_behind_a_hyphen_is_part_of_the_name() {
        check(Person, "Prayut Chan-o-cha left.", "Prayut Chan-o", "Prayut Chan-o-cha");
        check(Person, "A Chun Doo-hwan-style coup.", "Chun Doo-hwan", "Chun Doo-hwan");
        check(Person, "The Okwu-led party.", "Okwu", "Okwu");
    }

    #[test]
    fn a_given_name_is_part_of_the_name() {
        let check = |text: &str, name: &str, free: usize, expect: &str| {
            let begin = text.find(name).expect("the name stands in the text");
            let span = Span::new(begin, begin + name.len());
            let mut mention = Mention { span, kind: Person, confidence: 1.0 };
            take_given_name(text, &mut mention, free, &Told::new());
            assert_eq!(mention.span.of(text), expect, "{text}");
        };
        check("Hillary Clinton says so.", "Clinton", 0, "Hillary Clinton");
        check("So says Hillary Clinton.", "Clinton", 0, "Hillary Clinton");
        check("“We go.” Hillary Clinton left.", "Clinton", 0, "Hillary Clinton");
        check("“Hillary Clinton left.”", "Clinton", 0, "Hillary Clinton");
        check("For Hillary, Clinton is a name.", "Clinton", 0, "Clinton");
        check("For Hillary Clinton is a name.", "Clinton", 11, "Clinton");
        check("Will Clinton go?", "Clinton", 0, "Clinton");
        check("A Bolton Clinton met.", "Clinton", 0, "Clinton");
    }

    #[test]
    fn a_given_name_that_no_list_has_is_told_by_the_text() {
        // All that stands between "Ion" and the surname is one name.
        let check = |surname: &str, text: &str, expect: &[&str]| {
            let person = |(at, _): (usize, &str)| {
                let longer = text[..at].rfind("Ion ").filter(|begin| !text[*begin..at].contains('.'));
                Mention { span: Span::new(longer.unwrap_or(at), at + surname.len()), kind: Person, confidence: 1.0 }
            };
            let mut mentions: Vec<Mention> = text.match_indices(surname).map(person).collect();
            let told = told(text, &mentions);
            let mut free = 0;
            for mention in &mut mentions {
                take_given_name(text, mention, free, &told);
                free = mention.span.end;
            }
            assert_eq!(mentions.iter().map(|mention| mention.span.of(text)).collect::<Vec<_>>(), expect, "{text}");
        };
        check("Dragan", "Casimir Dragan left. “No,” Casimir Dragan said.", &["Casimir Dragan", "Casimir Dragan"]);
        check("Dragan", "Casimir Dragan left. So said Dragan.", &["Dragan", "Dragan"]);
        check("Varga", "So said Ion Casimir Varga. Casimir Varga left.", &["Ion Casimir Varga", "Casimir Varga"]);
        check("Mary", "So said Ion Crooked Mary. Crooked Mary left.", &["Ion Crooked Mary", "Mary"]);
        check("Dragan", "For Dragan. “For Dragan,” they cried, “for Dragan!” So, For Dragan.", &["Dragan"; 4]);
        check("Dragan", "Outside Dragan left. Outside Dragan sat.", &["Dragan", "Dragan"]);
        check("Dragan", "So said President Dragan. So wrote President Dragan.", &["Dragan", "Dragan"]);
    }
}

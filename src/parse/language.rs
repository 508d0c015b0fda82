//! The language of an article, as an ISO 639-1 code.

use whatlang::Lang;

use super::clip;
use crate::article::{Field, Origin};

/// How much of a text is looked at, in bytes; more changes the answer hardly ever.
const SAMPLE: usize = 2048;

/// Letters that Pashto has and its neighbours have not: statistics take Pashto for Persian or Arabic.
const PASHTO: &[char] = &['ټ', 'ډ', 'ړ', 'ږ', 'ښ', 'ڼ', 'ې', 'ۍ'];

/// The language that `body` is written in; `None` where it is too short or in no known language.
pub(super) fn of(body: &str) -> Option<Field<String>> {
    let sample = clip::head(body, SAMPLE);
    let (code, confidence) = if plainly_english(sample) { ("en", 1.0) } else { by_statistics(sample)? };
    Some(Field::new(code.to_owned(), Origin::Text).sure(confidence))
}

/// What `body` is written in where that is beyond doubt and not `told`, which the file declares: programs that make pages
/// declare English where nobody told them otherwise, and sites one language for all their pages.
pub(super) fn against(told: &str, body: &str) -> Option<Field<String>> {
    let sample = clip::head(body, SAMPLE);
    if told != "en" {
        return plainly_english(sample).then(|| Field::new("en".to_owned(), Origin::Text));
    }
    let doubtful = sample.len() < ENOUGH || share_of_english(sample) > FOREIGN;
    let (code, confidence) = by_statistics(sample).filter(|_| !doubtful)?;
    (code != "en" && confidence >= 0.9).then(|| Field::new(code.to_owned(), Origin::Text).sure(confidence))
}

/// What trigrams and letters say (whatlang), and how sure they are.
fn by_statistics(sample: &str) -> Option<(&'static str, f32)> {
    if sample.chars().filter(|c| c.is_alphabetic()).take(20).count() < 20 {
        return None;
    }
    let told = whatlang::detect(sample)?;
    let pashto = sample.chars().filter(|c| PASHTO.contains(c)).take(3).count() == 3;
    match told.lang() {
        Lang::Pes | Lang::Ara | Lang::Urd if pashto => Some(("ps", 0.9)),
        other => Some((code(other)?, told.confidence() as f32)),
    }
}

/// The commonest words of English that are no common words of another language in Latin letters, sorted. (So no "in",
/// "is", "was", "he", "be", "for", "on", "me".)
const ENGLISH: &[&str] = &[
    "about", "after", "and", "are", "been", "but", "by", "from", "had", "has", "have", "his", "it", "its", "not", "of",
    "said", "that", "the", "their", "they", "this", "to", "were", "when", "which", "who", "will", "with", "would",
];

/// Least share of a text's words that stand in [`ENGLISH`], in hundredths: news has 25 to 35, texts in other languages
/// that quote English far less.
const SHARE: usize = 16;

/// Fewest bytes that tell a language against what the file declares, and the most of their words, in hundredths, that are
/// common in English.
const ENOUGH: usize = 300;
const FOREIGN: usize = 3;

/// How many of the words of `sample`, in hundredths, stand in [`ENGLISH`].
fn share_of_english(sample: &str) -> usize {
    let words = || sample.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words().filter(|word| common_word(word).is_some()).count() * 100 / words().count().max(1)
}

/// True where so many of the commonest English words stand in `sample` that no statistics need be asked, which cost
/// twenty times as much. (Dunning, "Statistical identification of language", 1994, on how far common words go.)
fn plainly_english(sample: &str) -> bool {
    let (mut words, mut found, mut kinds) = (0, 0, 0_u32);
    for word in sample.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        words += 1;
        if let Some(place) = common_word(word) {
            found += 1;
            kinds |= 1 << place;
        }
    }
    found >= 8 && kinds.count_ones() >= 4 && found * 100 >= words * SHARE
}

/// Where `word` stands in [`ENGLISH`].
fn common_word(word: &str) -> Option<usize> {
    let mut lower = [0; 5];
    let lower = lower.get_mut(..word.len())?;
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    ENGLISH.binary_search_by(|common| common.as_bytes().cmp(lower)).ok()
}

/// A language tag as files declare it ("en-GB", "eng", "English"), as an ISO 639-1 code.
pub(super) fn declared(tag: &str) -> Option<String> {
    let tag = tag.trim();
    let primary = tag.split(['-', '_', ',', ' ']).next().unwrap_or("").to_ascii_lowercase();
    match primary.len() {
        2 if primary.bytes().all(|byte| byte.is_ascii_lowercase()) => Some(primary),
        3 => Lang::from_code(&primary).and_then(code).map(str::to_owned),
        _ => Lang::all()
            .iter()
            .find(|lang| lang.eng_name().eq_ignore_ascii_case(tag))
            .and_then(|lang| code(*lang))
            .map(str::to_owned),
    }
}

/// ISO 639-1 codes of the languages that have one, by ISO 639-3.
const CODES: &[(&str, &str)] = &[
    ("afr", "af"),
    ("aka", "ak"),
    ("amh", "am"),
    ("ara", "ar"),
    ("aze", "az"),
    ("bel", "be"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cmn", "zh"),
    ("cym", "cy"),
    ("dan", "da"),
    ("deu", "de"),
    ("ell", "el"),
    ("eng", "en"),
    ("epo", "eo"),
    ("est", "et"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("guj", "gu"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("hye", "hy"),
    ("ind", "id"),
    ("ita", "it"),
    ("jav", "jv"),
    ("jpn", "ja"),
    ("kan", "kn"),
    ("kat", "ka"),
    ("khm", "km"),
    ("kor", "ko"),
    ("lat", "la"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("mal", "ml"),
    ("mar", "mr"),
    ("mkd", "mk"),
    ("mya", "my"),
    ("nep", "ne"),
    ("nld", "nl"),
    ("nob", "no"),
    ("ori", "or"),
    ("pan", "pa"),
    ("pes", "fa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("sin", "si"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("sna", "sn"),
    ("spa", "es"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tel", "te"),
    ("tgl", "tl"),
    ("tha", "th"),
    ("tuk", "tk"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("urd", "ur"),
    ("uzb", "uz"),
    ("vie", "vi"),
    ("yid", "yi"),
    ("zul", "zu"),
];

fn code(lang: Lang) -> Option<&'static str> {
    CODES.iter().find(|(long, _)| *long == lang.code()).map(|(_, short)| *short)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::PathBuf;

    use super::*;
    use crate::article::Article;
    use crate::crawl::{FoundFile, is_container, members, read, walk};
    use crate::parse::parse;

    #[test]
    fn languages_are_told_apart() {
        let check = |text: &str, expect: &str| assert_eq!(of(text).map_or(String::new(), |field| field.value), expect);
        check("The river rose by a metre in the northern valley on Tuesday, officials said.", "en");
        check("El río subió un metro en el valle del norte el martes, dijeron las autoridades.", "es");
        check("در شمال کشور سطح آب رودخانه یک متر بالا آمد و مردم خانه‌های خود را ترک کردند.", "fa");
        check("د هېواد په شمال کې د سیند اوبه یو متر لوړې شوې او خلکو خپل کورونه پرېښودل، چارواکي وايي.", "ps");
        check("12.10.", "");
    }

    #[test]
    fn common_words_tell_plain_english() {
        let check = |text: &str, expect: bool| assert_eq!(plainly_english(text), expect, "{text}");
        check(
            "The river rose by a metre, and officials said that the people of the valley have left their homes. It was \
             the third flood of the year.",
            true,
        );
        check("The Who, The Cure, The The: The best of the bands", false);
        check("Les Beatles ont chanté “The Long and Winding Road” et “With a Little Help from My Friends”.", false);
        check("Het water van de rivier steeg met een meter, of dat nu aan de regen lag of niet.", false);
        check("", false);
        assert!(ENGLISH.is_sorted() && ENGLISH.len() <= 32 && ENGLISH.iter().all(|word| word.len() <= 5));
    }

    #[test]
    fn declared_languages_become_short_codes() {
        assert_eq!(declared("en-GB").as_deref(), Some("en"));
        assert_eq!(declared("fra").as_deref(), Some("fr"));
        assert_eq!(declared("German").as_deref(), Some("de"));
        assert_eq!(declared("?"), None);
    }

    /// Every article of `file`, and of its members.
    fn articles(file: &FoundFile) -> Vec<Article> {
        let mut found = Vec::new();
        let mut take = |file| found.extend(parse(&file).articles.into_iter().map(|(article, _)| article));
        if is_container(file).unwrap_or(false) {
            members(file, &mut |member| {
                member.into_iter().for_each(&mut take);
                std::ops::ControlFlow::Continue(())
            });
        } else {
            read(file).into_iter().for_each(&mut take);
        }
        found
    }

    /// `NEWSDEX_SHARED=… cargo test --lib languages_of_real_articles -- --nocapture` prints how often the program and the
    /// statistics alone, on twice the text, say the same, and how often each says what the page declares.
    #[test]
    fn a_text_is_surer_than_what_its_file_declares() {
        let check = |told, body: &str, expect: Option<&str>| {
            assert_eq!(against(told, body).map(|field| field.value).as_deref(), expect, "{body}");
        };
        let german = "Der Bürgermeister hat am Montag eine neue Brücke über den Fluss eröffnet. Viele Leute aus der Stadt \
            kamen, um sie zu sehen, obwohl es seit dem frühen Morgen geregnet hatte und der Wind sehr stark war. „Wir \
            haben lange darauf gewartet“, sagte eine Frau, die mit ihren Kindern gekommen war. Am Abend gab es ein Fest.";
        let english = "The mayor opened a new bridge over the river on Monday. Many people from the town came to see it, \
            though it had rained since the early morning and the wind was strong. They have waited for it for years.";
        check("en", german, Some("de"));
        check("de", german, None);
        check("de", english, Some("en"));
        check("en", english, None);
        check("en", "Tarn 5, Torrow 0.", None);
        check("en", clip::head(german, 120), None);
    }

    #[test]
    #[allow(clippy::print_stdout, reason = "its figures are printed")]
    fn languages_of_real_articles() {
        let Some(shared) = std::env::var_os("NEWSDEX_SHARED").map(PathBuf::from) else { return };
        for folder in ["corpora/worldwide", "corpora/us-politics-2016", "corpora/reuters-21578.jsonl.gz", "html"] {
            let mut counts = BTreeMap::<&str, usize>::new();
            let mut count = |what, holds: bool| *counts.entry(what).or_default() += usize::from(holds);
            for article in walk(&[shared.join("data").join(folder)], &[]).flatten().flat_map(|file| articles(&file)) {
                let told = of(article.body()).map(|field| field.value);
                let slow = by_statistics(clip::head(article.body(), 4096)).map(|(code, _)| code.to_owned());
                count("articles", true);
                count("plainly English", plainly_english(clip::head(article.body(), SAMPLE)));
                count("the same as by statistics alone", told == slow);
                if told != slow {
                    println!("{}: {told:?}, by statistics {slow:?}", article.path);
                }
                let declared = article.language.filter(|field| field.evidence.origin == Origin::Metadata);
                if let Some(declared) = declared.map(|field| Some(field.value)) {
                    count("declared", true);
                    count("as declared", told == declared);
                    count("by statistics as declared", slow == declared);
                }
            }
            println!("{folder}: {counts:?}");
            assert!(counts["the same as by statistics alone"] * 1000 >= counts["articles"] * 990, "{folder}");
        }
    }
}

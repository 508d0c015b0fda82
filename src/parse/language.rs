//! The language of an article, as an ISO 639-1 code.

use whatlang::Lang;

use super::clip;
use crate::article::{Field, Origin};

/// How much of a text is looked at, in bytes; more changes the answer hardly ever.
const SAMPLE: usize = 4096;

/// Letters that Pashto has and its neighbours have not: statistics take Pashto for Persian or Arabic.
const PASHTO: &[char] = &['ټ', 'ډ', 'ړ', 'ږ', 'ښ', 'ڼ', 'ې', 'ۍ'];

/// The language that `body` is written in; `None` where it is too short or in no known language.
pub(super) fn of(body: &str) -> Option<Field<String>> {
    let sample = clip::head(body, SAMPLE);
    if sample.chars().filter(|c| c.is_alphabetic()).take(20).count() < 20 {
        return None;
    }
    let told = whatlang::detect(sample)?;
    let pashto = sample.chars().filter(|c| PASHTO.contains(c)).take(3).count() == 3;
    let (code, confidence) = match told.lang() {
        Lang::Pes | Lang::Ara | Lang::Urd if pashto => ("ps", 0.9),
        other => (code(other)?, told.confidence() as f32),
    };
    Some(Field::new(code.to_owned(), Origin::Text).sure(confidence))
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
    use super::*;

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
    fn declared_languages_become_short_codes() {
        assert_eq!(declared("en-GB").as_deref(), Some("en"));
        assert_eq!(declared("fra").as_deref(), Some("fr"));
        assert_eq!(declared("German").as_deref(), Some("de"));
        assert_eq!(declared("?"), None);
    }
}

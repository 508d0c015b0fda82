//! Stems of words in the languages that have a stemmer (Porter 2001, "Snowball"), and Korean particles.
//!
//! The index knows words folded: lower-cased and without accents. Stemmers want them as printed, so endings that folding
//! has changed beyond recognition are put right first.

use frostem::{Algorithm, Stemmer};

use crate::index::analyzer::words;

/// A language with stems.
#[derive(Clone, Copy, Debug)]
pub(super) struct Language {
    /// ISO 639-1.
    pub(super) code: &'static str,
    /// `None` for Korean, whose particles are cut off here.
    algorithm: Option<Algorithm>,
    script: Script,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    Greek,
    Armenian,
    Hebrew,
    Arabic,
    Devanagari,
    Tamil,
    Hangul,
}

const fn language(code: &'static str, algorithm: Algorithm, script: Script) -> Language {
    Language { code, algorithm: Some(algorithm), script }
}

/// All languages with stems but English, whose words every index is asked for.
const LANGUAGES: &[Language] = &[
    language("ar", Algorithm::Arabic, Script::Arabic),
    language("ca", Algorithm::Catalan, Script::Latin),
    language("cs", Algorithm::Czech, Script::Latin),
    language("da", Algorithm::Danish, Script::Latin),
    language("de", Algorithm::German, Script::Latin),
    language("el", Algorithm::Greek, Script::Greek),
    language("eo", Algorithm::Esperanto, Script::Latin),
    language("es", Algorithm::Spanish, Script::Latin),
    language("et", Algorithm::Estonian, Script::Latin),
    language("eu", Algorithm::Basque, Script::Latin),
    language("fa", Algorithm::Persian, Script::Arabic),
    language("fi", Algorithm::Finnish, Script::Latin),
    language("fr", Algorithm::French, Script::Latin),
    language("ga", Algorithm::Irish, Script::Latin),
    language("hi", Algorithm::Hindi, Script::Devanagari),
    language("hu", Algorithm::Hungarian, Script::Latin),
    language("hy", Algorithm::Armenian, Script::Armenian),
    language("id", Algorithm::Indonesian, Script::Latin),
    language("it", Algorithm::Italian, Script::Latin),
    Language { code: "ko", algorithm: None, script: Script::Hangul },
    language("lt", Algorithm::Lithuanian, Script::Latin),
    language("ms", Algorithm::Indonesian, Script::Latin),
    language("nb", Algorithm::Norwegian, Script::Latin),
    language("ne", Algorithm::Nepali, Script::Devanagari),
    language("nl", Algorithm::Dutch, Script::Latin),
    language("nn", Algorithm::Norwegian, Script::Latin),
    language("no", Algorithm::Norwegian, Script::Latin),
    language("pl", Algorithm::Polish, Script::Latin),
    language("pt", Algorithm::Portuguese, Script::Latin),
    language("ro", Algorithm::Romanian, Script::Latin),
    language("ru", Algorithm::Russian, Script::Cyrillic),
    language("sv", Algorithm::Swedish, Script::Latin),
    language("ta", Algorithm::Tamil, Script::Tamil),
    language("tr", Algorithm::Turkish, Script::Latin),
    language("uk", Algorithm::Ukrainian, Script::Cyrillic),
    language("yi", Algorithm::Yiddish, Script::Hebrew),
];

/// The language called `code`, where it is written in the script of `word` and has stems.
pub(super) fn language_of(code: &str, word: &str) -> Option<Language> {
    let found = *LANGUAGES.iter().find(|language| language.code == code)?;
    (script(word)? == found.script).then_some(found)
}

/// The one script of `word`, of those that have stems.
fn script(word: &str) -> Option<Script> {
    let of = |c: char| match c {
        'a'..='z' => Some(Script::Latin),
        '\u{370}'..='\u{3ff}' => Some(Script::Greek),
        '\u{400}'..='\u{52f}' => Some(Script::Cyrillic),
        '\u{531}'..='\u{58f}' => Some(Script::Armenian),
        '\u{590}'..='\u{5ff}' => Some(Script::Hebrew),
        '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' => Some(Script::Arabic),
        '\u{900}'..='\u{97f}' => Some(Script::Devanagari),
        '\u{b80}'..='\u{bff}' => Some(Script::Tamil),
        '\u{ac00}'..='\u{d7a3}' => Some(Script::Hangul),
        _ => None,
    };
    let first = of(word.chars().next()?)?;
    word.chars().all(|c| of(c) == Some(first)).then_some(first)
}

/// A word's stem in one language, to compare other words with.
pub(super) struct Stem {
    pub(super) language: Language,
    stemmer: Option<Stemmer>,
    letters: String,
    beginning: String,
}

/// Letters of a word, and of the beginning that it shares with its other forms, below which nothing is cut off.
const SHORTEST: (usize, usize) = (3, 2);

impl Stem {
    /// The stem of `word`, as the index knows it, in `language`; `None` where the word is too short to have one.
    pub(super) fn new(language: Language, word: &str) -> Option<Self> {
        let stemmer = language.algorithm.map(Stemmer::new);
        let letters = word.chars().count();
        if letters < SHORTEST.0 && language.script != Script::Hangul {
            return None;
        }
        let stem = stem_of(language, stemmer.as_ref(), word);
        let beginning = beginning(&stem, word);
        (beginning.chars().count() >= SHORTEST.1).then_some(Self { language, stemmer, letters: stem, beginning })
    }

    /// Beginnings, one of which every word with this stem has.
    pub(super) fn beginnings(&self) -> Vec<String> {
        let fronts = fronts(self.language.code);
        std::iter::once(&"").chain(fronts).map(|front| format!("{front}{}", self.beginning)).collect()
    }

    /// True where `candidate`, a word as the index knows it, has this stem.
    pub(super) fn matches(&self, candidate: &str) -> bool {
        script(candidate) == Some(self.language.script)
            && stem_of(self.language, self.stemmer.as_ref(), candidate) == self.letters
    }
}

/// What stands in front of a word in some languages: articles, prepositions and conjunctions that Arabic writes together
/// with it, and what Indonesian and Malay make verbs and nouns with.
fn fronts(code: &str) -> &'static [&'static str] {
    match code {
        "ar" => &["ال", "و", "وال", "ب", "بال", "لل", "ل", "ف", "فال", "ك", "كال"],
        "id" | "ms" => &["me", "mem", "men", "meng", "di", "ber", "ter", "pe", "pem", "pen", "peng", "per", "ke", "se"],
        _ => &[],
    }
}

fn stem_of(language: Language, stemmer: Option<&Stemmer>, word: &str) -> String {
    let Some(stemmer) = stemmer else { return without_particle(word).to_owned() };
    folded(&stemmer.stem(&as_printed(language.code, word)))
}

fn folded(word: &str) -> String {
    words(word).concat()
}

/// The beginning that `word` shares with its stem, less the last letter, which some stems change.
fn beginning(stem: &str, word: &str) -> String {
    let shared: Vec<char> =
        stem.chars().zip(word.chars()).take_while(|(left, right)| left == right).map(|(c, _)| c).collect();
    // What Arabic and Indonesian write in front is no part of the stem.
    let shared = if shared.is_empty() { stem.chars().collect() } else { shared };
    let kept = if shared.len() > 3 { shared.len() - 1 } else { shared.len() };
    shared[..kept].iter().collect()
}

/// `word` with the endings of `language` that folding has changed.
fn as_printed(language: &str, word: &str) -> String {
    let ending = |pairs: &[(&str, &str)]| {
        let found = pairs.iter().find_map(|(folded, printed)| Some((word.strip_suffix(folded)?, printed)));
        found.map_or_else(|| word.to_owned(), |(rest, printed)| format!("{rest}{printed}"))
    };
    match language {
        "es" => ending(&[("cion", "ción"), ("sion", "sión")]),
        // Plurals are brought back to the singular: the stemmer knows only some of them.
        "pt" => ending(&[("ao", "ão"), ("oes", "ão"), ("aes", "ão")]),
        "ar" => arabic(word),
        "fr" => ending(&[("ees", "ées"), ("ee", "ée")]),
        "pl" => ending(&[("ow", "ów")]),
        "ru" | "uk" => {
            let vowels = ["а", "е", "и", "о", "у", "ы", "э", "ю", "я", "і", "є"];
            let rest = word.strip_suffix('и').filter(|rest| vowels.iter().any(|vowel| rest.ends_with(vowel)));
            rest.map_or_else(|| word.to_owned(), |rest| format!("{rest}й"))
        }
        "fa" => word
            .chars()
            .map(|c| {
                if c == 'ي' {
                    'ی'
                } else if c == 'ك' {
                    'ک'
                } else {
                    c
                }
            })
            .collect(),
        "tr" => turkish(word),
        _ => word.to_owned(),
    }
}

/// An Arabic word without "and" or "so" before its article, and with the ending that the index writes as another letter.
fn arabic(word: &str) -> String {
    let bare = word.strip_prefix(['و', 'ف']).filter(|rest| rest.starts_with("ال")).unwrap_or(word);
    let ending = bare.strip_suffix('ه').filter(|rest| rest.chars().count() >= 3);
    ending.map_or_else(|| bare.to_owned(), |rest| format!("{rest}ة"))
}

/// A Turkish word with the letters that vowel harmony asks for: behind a, ı, o and u stands ı, behind the others ü; a g
/// between vowels is a ğ.
fn turkish(word: &str) -> String {
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'ı' | 'o' | 'ö' | 'u' | 'ü');
    // A word whose other vowels are all front ones has front vowels throughout.
    let front = word.contains('e') && !word.contains('a');
    let fronted = |c: char| match c {
        'o' if front => 'ö',
        'u' if front => 'ü',
        c => c,
    };
    let letters: Vec<char> = word.chars().map(fronted).collect();
    let mut before = None;
    let mut printed = String::with_capacity(word.len() + 4);
    for (at, &c) in letters.iter().enumerate() {
        let c = match (c, before) {
            ('i', Some('a' | 'ı' | 'o' | 'u')) => 'ı',
            ('u', Some('e' | 'i' | 'ö' | 'ü')) => 'ü',
            ('g', Some(_)) if letters.get(at + 1).is_some_and(|&next| is_vowel(next)) && is_vowel(letters[at - 1]) => {
                'ğ'
            }
            _ => c,
        };
        before = if is_vowel(c) { Some(c) } else { before };
        printed.push(c);
    }
    printed
}

/// Particles that Korean writes behind a noun, the longest first.
const PARTICLES: &[&str] = &[
    "에서는",
    "에서도",
    "으로는",
    "으로도",
    "에게는",
    "이라고",
    "이라는",
    "께서는",
    "까지는",
    "부터는",
    "에서",
    "에게",
    "에는",
    "에도",
    "으로",
    "이나",
    "이란",
    "이라",
    "라고",
    "라는",
    "까지",
    "부터",
    "보다",
    "처럼",
    "에선",
    "께서",
    "한테",
    "마다",
    "조차",
    "밖에",
    "와의",
    "과의",
    "로의",
    "들은",
    "들이",
    "들을",
    "들의",
    "들도",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "로",
    "와",
    "과",
    "도",
    "만",
    "들",
];

/// A Korean word without the particle behind it; two syllables at least stay.
fn without_particle(word: &str) -> &str {
    let rests = PARTICLES.iter().filter_map(|particle| word.strip_suffix(particle));
    rests.into_iter().find(|rest| rest.chars().count() >= 2).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of one stem in the language `code`, and one that is another's.
    fn check(code: &str, forms: &[&str], other: &str) {
        let known: Vec<String> = forms.iter().map(|form| folded(form)).collect();
        for word in &known {
            let stem = Stem::new(language_of(code, word).unwrap(), word).unwrap();
            for candidate in &known {
                assert!(stem.matches(candidate), "{code}: {word} and {candidate}, stem {}", stem.letters);
                let reached = stem.beginnings().iter().any(|beginning| candidate.starts_with(beginning.as_str()));
                assert!(reached, "{code}: {candidate} from {:?}", stem.beginnings());
            }
            assert!(!stem.matches(&folded(other)), "{code}: {word} and {other}");
        }
    }

    #[test]
    fn forms_of_one_word_in_many_languages() {
        check("ar", &["نهر", "النهر", "والنهر"], "نار");
        check("ar", &["مدرسة", "المدرسة"], "درس");
        check("cs", &["řeka", "řeky", "řekou"], "rak");
        check("da", &["flod", "floden"], "flag");
        check("de", &["Häuser", "Haus", "Hauses"], "Hase");
        check("el", &["ποταμός", "ποταμού", "ποταμοί"], "ποτήρι");
        check("es", &["organización", "organizaciones"], "organillo");
        check("es", &["puente", "puentes"], "puerta");
        check("fa", &["کتاب", "کتاب‌ها", "کتاب‌های"], "کتف");
        check("fi", &["talossa", "talot", "talon"], "tali");
        check("fr", &["élection", "élections"], "élève");
        check("hi", &["नदी", "नदियों"], "नगर");
        check("hu", &["házak", "ház"], "hazug");
        check("id", &["pilih", "dipilih"], "pilu");
        check("it", &["fiume", "fiumi"], "fiamma");
        check("ko", &["서울", "서울에서", "서울은"], "서부");
        check("nb", &["elv", "elven"], "elg");
        check("nl", &["rivier", "rivieren"], "ritme");
        check("pl", &["rzeka", "rzeki"], "rzecz");
        check("pt", &["eleição", "eleições"], "eleitor");
        check("ro", &["guvern", "guvernul", "guvernului"], "gura");
        check("ru", &["президент", "президента", "президентом"], "премьер");
        check("ru", &["новый", "новая", "новой"], "ночь");
        check("sv", &["flod", "floden", "floder"], "flagga");
        check("tr", &["kitap", "kitaplar", "kitapları"], "kita");
        check("uk", &["річка", "річки", "річкою"], "рік");
    }

    #[test]
    fn a_language_has_its_script() {
        assert!(language_of("ru", "река").is_some() && language_of("ru", "reka").is_none());
        assert!(language_of("es", "don't").is_none() && language_of("xx", "word").is_none());
    }
}

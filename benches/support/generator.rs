//! An invented news archive, as large as wanted: the same number always gives the same article.
//!
//! Words are drawn by Zipf's law from real function words and made-up stems with English endings; persons, ministries
//! and towns are named by full and by last name; every fourth sentence or so quotes somebody. The articles are as long
//! as those of a newspaper (3,100 bytes in the mean).

use std::fmt::Write as _;

use chrono::{Days, NaiveDate};
use newsdex::article::{Article, Field, Origin, PublicationDate};
use newsdex::extract::{Annotations, Entity, EntityKind, Quote, QuoteKind, Reason, Speaker, SpeakerClass};
use newsdex::text::Span;

const COMMON: &str = "the of to and a in that is for on with was as by at it from be has he have an not are this had \
    said but they its who were will his we which or been their after would one more than about two new other when \
    there all up out people year last over into some could time also she them can what her so no you first if years \
    because most between before only where many during against under government while should now made such since";
const OUTLETS: &[&str] = &[
    "The Harbour Times",
    "Weekly Ledger",
    "Times of Velmar",
    "The Times",
    "Ostrava Post",
    "Élan Quotidien",
    "North Herald",
    "Radio Quill",
    "The Ledger",
    "Brack Gazette",
];
const WIRES: &[&str] = &["Unipress", "Norna Agency"];
const ODD: &[&str] =
    &["co-operation", "don't", "O’Brien’s", "café", "Zürich", "24/7", "year-end", "it's", "naïve", "A.I."];
const FIRST: &[&str] =
    &["Ada", "Bela", "Carla", "Dimo", "Elin", "Farid", "Greta", "Hugo", "Inés", "Jonas", "Kaja", "Lior"];
const ENDINGS: &[&str] = &["", "s", "ed", "ing", "er", "ly", "ation", "ment", "ness", "'s"];

/// Random numbers by `SplitMix64` (Steele, Lea & Flood 2014).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        value ^ (value >> 31)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// From 0 up to `end`, low numbers as much more often as Zipf's law has it.
    pub(crate) fn zipf(&mut self, end: usize) -> usize {
        let unit = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        (((end as f64 + 1.0).powf(unit)) - 1.0) as usize % end
    }
}

/// The archive.
pub(crate) struct Generator {
    words: Vec<String>,
    persons: Vec<String>,
    places: Vec<String>,
    organizations: Vec<String>,
}

impl Generator {
    /// An archive whose vocabulary has about `stems` made-up stems.
    pub(crate) fn new(stems: usize) -> Self {
        let mut random = Random::new(7);
        let mut words: Vec<String> = COMMON.split_whitespace().map(str::to_owned).collect();
        for _ in 0..stems {
            let stem = stem(&mut random);
            for ending in ENDINGS.iter().take(1 + random.below(ENDINGS.len())) {
                words.push(format!("{stem}{ending}"));
            }
        }
        words.extend(ODD.iter().map(|&word| word.to_owned()));
        // Frequency has nothing to do with the ending, only the function words stay in front.
        let common = COMMON.split_whitespace().count();
        for at in (common + 1..words.len()).rev() {
            let other = common + random.below(at - common);
            words.swap(at, other);
        }
        let persons = (0..stems).map(|at| format!("{} {}", FIRST[at % FIRST.len()], capital(&stem(&mut random))));
        let persons = persons.collect();
        let places = (0..stems / 4 + 12).map(|_| format!("{}ville", capital(&stem(&mut random)))).collect();
        let organizations =
            (0..stems / 4 + 12).map(|_| format!("Ministry of {}", capital(&stem(&mut random)))).collect();
        Self { words, persons, places, organizations }
    }

    /// The article with this number.
    pub(crate) fn article(&self, number: u64) -> (Article, Annotations) {
        let mut draft = Draft::new(self, number);
        draft.headline();
        for _ in 0..4 + draft.random.below(14) {
            draft.text.push_str("\n\n");
            draft.paragraph();
        }
        draft.finish(number)
    }

    /// The brief with this number: a headline and one sentence that quotes somebody.
    pub(crate) fn brief(&self, number: u64) -> (Article, Annotations) {
        let mut draft = Draft::new(self, number);
        draft.headline();
        draft.text.push_str("\n\n");
        draft.quote();
        draft.finish(number)
    }

    /// A word that stands at `rank` in the order of frequency.
    pub(crate) fn word(&self, rank: usize) -> &str {
        &self.words[rank]
    }

    pub(crate) fn person(&self, rank: usize) -> &str {
        &self.persons[rank]
    }
}

fn stem(random: &mut Random) -> String {
    const ONSETS: &[&str] =
        &["b", "br", "c", "d", "f", "g", "gl", "h", "k", "l", "m", "n", "p", "pl", "r", "s", "st", "t", "v", "z"];
    const RHYMES: &[&str] = &["a", "ar", "en", "in", "o", "ol", "un", "e", "i", "ast", "ern", "ick", "ond", "urt"];
    let syllables = 2 + random.below(2);
    let mut stem = String::new();
    for _ in 0..syllables {
        stem.push_str(ONSETS[random.below(ONSETS.len())]);
        stem.push_str(RHYMES[random.below(RHYMES.len())]);
    }
    stem
}

fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

struct Draft<'a> {
    generator: &'a Generator,
    random: Random,
    text: String,
    annotations: Annotations,
}

impl<'a> Draft<'a> {
    fn new(generator: &'a Generator, number: u64) -> Self {
        let random = Random::new(number.wrapping_mul(0x1000_0001).wrapping_add(1));
        Self { generator, random, text: String::with_capacity(4096), annotations: Annotations::default() }
    }

    fn headline(&mut self) {
        let words = 5 + self.random.below(6);
        self.sentence(words);
    }

    fn finish(mut self, number: u64) -> (Article, Annotations) {
        let headline = self.text.lines().next().unwrap_or_default().to_owned();
        let begin = headline.len() + "\n\n".len();
        let outlet = OUTLETS[self.random.zipf(OUTLETS.len())];
        let day = NaiveDate::from_ymd_opt(2014, 1, 1).expect("a day of the calendar")
            + Days::new(self.random.below(1200) as u64);
        let article = Article {
            path: format!(
                "/archive/{}/{}/{number:07}.txt",
                outlet.to_lowercase().replace(' ', "-"),
                day.format("%Y/%m")
            ),
            body: Span::new(begin, self.text.len()),
            headline: Some(Field::new(headline.clone(), Origin::Headline).at(Span::new(0, headline.len()))),
            outlet: (self.random.below(20) > 0).then(|| Field::new(outlet.to_owned(), Origin::Folder).sure(0.9)),
            wire: (self.random.below(5) == 0)
                .then(|| Field::new(WIRES[self.random.below(2)].to_owned(), Origin::Credit)),
            date: (self.random.below(30) > 0).then(|| Field::new(PublicationDate::from(day), Origin::Folder)),
            bylines: vec![Field::new(self.generator.persons[self.random.zipf(12)].clone(), Origin::Byline)],
            place: (self.random.below(3) == 0)
                .then(|| Field::new(self.generator.places[self.random.zipf(12)].clone(), Origin::Dateline)),
            language: Some(Field::new("en".to_owned(), Origin::Text)),
            text: self.text,
            ..Article::default()
        };
        (article, self.annotations)
    }

    fn paragraph(&mut self) {
        for sentence in 0..=self.random.below(3) {
            if sentence > 0 {
                self.text.push(' ');
            }
            match self.random.below(4) {
                0 => self.quote(),
                1 => self.mention(),
                _ => {
                    let words = 8 + self.random.below(16);
                    self.sentence(words);
                }
            }
        }
    }

    fn words(&mut self, count: usize) {
        for at in 0..count {
            if at > 0 {
                self.text.push(' ');
            }
            let rank = self.random.zipf(self.generator.words.len());
            self.text.push_str(&self.generator.words[rank]);
        }
    }

    fn sentence(&mut self, count: usize) {
        let begin = self.text.len();
        self.words(count);
        let first = self.text[begin..].chars().next().expect("a sentence has words");
        self.text.replace_range(begin..begin + first.len_utf8(), &first.to_uppercase().to_string());
        self.text.push('.');
    }

    fn mention(&mut self) {
        let kind = EntityKind::ALL[self.random.below(3)];
        self.name(kind);
        let words = 6 + self.random.below(10);
        self.text.push(' ');
        self.words(words);
        self.text.push('.');
    }

    /// Writes a name of `kind`, and notes it; gives the entity and where the name stands.
    fn name(&mut self, kind: EntityKind) -> (usize, Span) {
        let names = match kind {
            EntityKind::Person => &self.generator.persons,
            EntityKind::Organization => &self.generator.organizations,
            _ => &self.generator.places,
        };
        let name = &names[self.random.zipf(names.len())];
        let known = self.annotations.entities.iter().position(|entity| entity.name == *name && entity.kind == kind);
        let begin = self.text.len();
        let alias = name.rsplit(' ').next().expect("a name has a word");
        self.text.push_str(if known.is_some() { alias } else { name });
        let span = Span::new(begin, self.text.len());
        let at = known.unwrap_or_else(|| {
            let (mentions, aliases, roles) = (Vec::new(), Vec::new(), Vec::new());
            self.annotations.entities.push(Entity { name: name.clone(), kind, mentions, aliases, roles });
            self.annotations.entities.len() - 1
        });
        let entity = &mut self.annotations.entities[at];
        entity.mentions.push(span);
        if known.is_some() && alias != name && entity.aliases.is_empty() {
            entity.aliases.push(alias.to_owned());
        }
        (at, span)
    }

    /// Writes what somebody said: in one piece, broken by the speaker, or nobody's.
    fn quote(&mut self) {
        let mut spans = vec![self.quoted(',')];
        let _ = write!(self.text, " {} ", ["said", "added", "told reporters"][0]);
        let cue = Span::new(self.text.len() - 5, self.text.len() - 1);
        let speaker = (self.random.below(6) > 0).then(|| self.name(EntityKind::Person));
        if speaker.is_none() {
            self.text.push_str("an official");
        }
        if self.random.below(4) == 0 {
            self.text.push_str(", ");
            spans.push(self.quoted('.'));
        } else {
            self.text.push('.');
        }
        let official = Span::new(cue.end + 1, cue.end + 1 + "an official".len());
        let speaker = match speaker {
            Some((at, span)) => Speaker {
                span: Some(span),
                entity: Some(at),
                name: Some(self.annotations.entities[at].name.clone()),
                role: None,
                class: SpeakerClass::Named,
            },
            None => Speaker {
                span: Some(official),
                entity: None,
                name: None,
                role: Some("official".to_owned()),
                class: SpeakerClass::Unnamed,
            },
        };
        let about = self.annotations.entities.iter().enumerate();
        let about = about.filter(|(_, entity)| {
            entity.mentions.iter().any(|&mention| spans.iter().any(|span| span.contains(mention)))
        });
        self.annotations.quotes.push(Quote {
            kind: if spans.len() > 1 { QuoteKind::Mixed } else { QuoteKind::Direct },
            addressee: None,
            embed: None,
            about: about.map(|(at, _)| at).collect(),
            spans,
            cue: Some(cue),
            speaker: Some(speaker),
            reason: Reason::NoRule,
            confidence: 0.8,
        });
    }

    fn quoted(&mut self, end: char) -> Span {
        let begin = self.text.len();
        self.text.push('“');
        let words = 4 + self.random.below(12);
        self.words(words);
        if self.random.below(5) == 0 {
            self.text.push(' ');
            self.name(EntityKind::Organization);
        }
        self.text.push(end);
        self.text.push('”');
        Span::new(begin, self.text.len())
    }
}

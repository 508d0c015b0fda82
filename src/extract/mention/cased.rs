//! Names by their capital letters: runs of capitalised words, with care at the start of sentences, and what stands in
//! and around them.

use std::collections::HashMap;
use std::ops::Range;

use xxhash_rust::xxh3::xxh3_64;

use super::words::{is_german_office, is_noun, is_organization, is_place, is_plain, names_after};
use crate::extract::cue;
use crate::extract::{EntityKind, Mention};
use crate::text::list::folded;
use crate::text::name::{gender_of_given_name, gender_of_title, is_given_name_abroad, is_particle, is_title};
use crate::text::{Prose, Run, TokenKind, gazetteer};

/// Finds the names in `prose` that capital letters tell. Where `language` is known not to be English, a run of
/// capitalised words of which nothing else is known must be repeated, and confidence is lower.
pub(super) fn find(prose: &Prose, language: Option<&str>) -> Vec<Mention> {
    let finder = Finder::new(prose, language);
    let mut found = Vec::new();
    for sentence in &prose.sentences {
        finder.sentence(sentence, &mut found);
    }
    if !finder.english {
        finder.surnames(&mut found);
    }
    found
}

/// How German words end that are offices before a name, and may be bodies elsewhere ("Stadtrat").
const OFFICES: [&str; 16] = [
    "vorsitzender",
    "sekretär",
    "sekretärin",
    "forscherin",
    "anwältin",
    "führer",
    "führerin",
    "rat",
    "rätin",
    "beauftragte",
    "beauftragter",
    "autor",
    "autorin",
    "manager",
    "managerin",
    "politiker",
];
const ARTICLES: [&str; 16] = [
    "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "eines", "Der", "Die", "Das",
    "Ein",
];

/// German words for times that stand before or behind a verb of saying.
const TIMES: [&str; 16] = [
    "Ende",
    "Anfang",
    "Mitte",
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
    "Uhr",
];

/// Most tokens of the given names before "von" and the like.
const GIVEN: usize = 4;

/// How often a word stands in the text in which dress.
#[derive(Clone, Copy, Default)]
struct Seen {
    lower: u32,
    capital: u32,
}

struct Finder<'p, 'a> {
    prose: &'p Prose<'a>,
    seen: HashMap<u64, Seen>,
    english: bool,
    /// Every noun has a capital, so a capital tells nothing.
    nouns_have_capitals: bool,
}

impl<'p, 'a> Finder<'p, 'a> {
    fn new(prose: &'p Prose<'a>, language: Option<&str>) -> Self {
        let english = matches!(language, None | Some("en"));
        let nouns_have_capitals = matches!(language, Some("de" | "lb"));
        let mut finder = Self { prose, seen: HashMap::new(), english, nouns_have_capitals };
        for sentence in &prose.sentences {
            finder.count(sentence);
        }
        finder
    }

    fn count(&mut self, sentence: &Run) {
        let headline = self.is_headline(sentence);
        for at in sentence.tokens.clone() {
            let word = self.prose.word(at);
            let capital = is_capital(word);
            if self.prose.tokens[at].kind != TokenKind::Word || (capital && (headline || self.opens(sentence, at))) {
                continue;
            }
            let seen = self.seen.entry(key(word)).or_default();
            if capital {
                seen.capital += 1;
            } else {
                seen.lower += 1;
            }
        }
    }

    /// True for a given name: of the one list, and of the names of other languages where the text is not English.
    fn is_given(&self, word: &str) -> bool {
        gender_of_given_name(word).is_some() || !self.english && is_given_name_abroad(word)
    }

    fn seen(&self, word: &str) -> Seen {
        self.seen.get(&key(word)).copied().unwrap_or_default()
    }

    /// True where most words have capitals, so that capitals tell nothing.
    fn is_headline(&self, sentence: &Run) -> bool {
        let words = || sentence.tokens.clone().map(|at| self.prose.word(at)).filter(|word| word.len() > 3);
        let capitals = words().filter(|word| is_capital(word)).count();
        capitals >= 4 && capitals * 10 > words().count() * 7
    }

    /// True where a capital is due to the place in the sentence.
    fn opens(&self, sentence: &Run, at: usize) -> bool {
        at == sentence.tokens.start
            || matches!(
                self.prose.word(at - 1),
                "\"" | "“" | "‘" | "'" | "«" | ":" | "``" | "''" | "-" | "–" | "—" | "*" | "•"
            )
    }

    fn sentence(&self, sentence: &Run, found: &mut Vec<Mention>) {
        let headline = self.is_headline(sentence);
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let end = self.run_end(at, sentence.tokens.end);
            if end > at {
                self.run(at..end, self.opens(sentence, at), headline, found);
            }
            at = end.max(at + 1);
        }
    }

    /// End of the run of capitalised words that begins at `at`; `at` where there is none.
    fn run_end(&self, at: usize, limit: usize) -> usize {
        if !self.is_name_word(at) || is_plain(self.prose.word(at)) && !self.glued(at + 1, limit) {
            // A plain word opens no run, but "The" of "The Hague" does where the gazetteer knows the whole.
            return self.gazetteer_end(at, limit).unwrap_or(at);
        }
        let mut end = at + 1;
        while let Some(next) = self.joined(at, end, limit) {
            end = next;
        }
        end
    }

    /// One past the token that carries on the run `start..end`, where one does.
    fn joined(&self, start: usize, end: usize, limit: usize) -> Option<usize> {
        let word = self.prose.word(*[end].iter().find(|&&at| at < limit)?);
        let capital_at = |at: usize| at < limit && self.is_name_word(at) && !is_plain(self.prose.word(at));
        match word {
            "." if self.glued(end, limit) && is_abbreviation(self.prose.word(end - 1)) && capital_at(end + 1) => {
                Some(end + 2)
            }
            "." if self.glued(end, limit) && self.glued(end - 1, limit) => Some(end + 1),
            "-" | "'" | "’" if self.glued(end, limit) && self.glued(end + 1, limit) && capital_at(end + 1) => {
                Some(end + 2)
            }
            "&" if capital_at(end + 1) => Some(end + 2),
            "-" if end > start + 1
                && self.glued(end, limit)
                && self.glued(end + 1, limit)
                && self.ends_name(end + 1) =>
            {
                Some(end + 2)
            }
            "of" | "for" if capital_at(end + 1) && self.takes_of(start..end) => Some(end + 2),
            _ if capital_at(end) && !self.glued(end, limit) => Some(end + 1),
            _ => self.past_particles(start, end, limit).filter(|&next| capital_at(next)).map(|next| next + 1),
        }
    }

    /// The token after the particles at `end`, where the run from `start` is of a person.
    fn past_particles(&self, start: usize, end: usize, limit: usize) -> Option<usize> {
        let word = self.prose.word(end);
        let given = || {
            end - start <= GIVEN
                && (start..end).all(|at| self.is_given(self.prose.word(at)) || self.prose.word(at).len() < 3)
        };
        let known = || gender_of_given_name(self.prose.word(start)).is_some();
        // Behind a whole name, "von der Stiftung" tells where somebody is from.
        let personal = || is_title(self.prose.word(start)) || if self.english { known() } else { given() };
        if !is_particle(word)
            || self.is_capitalised_plain(end)
            || !(matches!(word, "bin" | "ibn" | "al" | "el") || personal())
        {
            return None;
        }
        (end + 1..limit.min(end + 4)).find(|&at| !is_particle(self.prose.word(at)) && self.prose.word(at) != "-")
    }

    fn is_capitalised_plain(&self, at: usize) -> bool {
        is_capital(self.prose.word(at)) && is_plain(self.prose.word(at))
    }

    /// True where no space stands between the token at `at` and the one before.
    fn glued(&self, at: usize, limit: usize) -> bool {
        at > 0 && at < limit && self.prose.tokens[at - 1].span.end == self.prose.tokens[at].span.begin
    }

    fn is_name_word(&self, at: usize) -> bool {
        self.prose.tokens[at].kind == TokenKind::Word && is_capital(self.prose.word(at))
    }

    /// True for the small part of "Jae-in", not of "Kabul-based".
    fn ends_name(&self, at: usize) -> bool {
        let word = self.prose.word(at);
        let verb = ["ed", "led", "born", "run", "held", "made"].iter().any(|ending| word.ends_with(ending));
        self.prose.tokens[at].kind == TokenKind::Word && word.len() <= 6 && !verb && !is_plain(word) || word == "in"
    }

    /// True where "of" may follow: "Ministry of", "Bank of", "Gulf of".
    fn takes_of(&self, run: Range<usize>) -> bool {
        run.into_iter().any(|at| is_organization(self.prose.word(at)) || is_place(self.prose.word(at)))
    }

    fn gazetteer_end(&self, at: usize, limit: usize) -> Option<usize> {
        if !self.is_name_word(at) {
            return None;
        }
        let ends = (at + 2..=limit.min(at + gazetteer::LONGEST)).rev();
        ends.into_iter().find(|&end| gazetteer::is_place(self.prose.span(at..end).of(self.prose.text)))
    }

    /// Judges one run: strips titles and words that are no name, and tells its kind.
    fn run(&self, mut run: Range<usize>, opens: bool, headline: bool, found: &mut Vec<Mention>) {
        if self.push_if_known(&run, found) {
            return;
        }
        let first = run.start..run.start + 1;
        if run.len() > 2 && is_title(self.prose.word(run.start + 1)) && self.push_if_known(&first, found) {
            run.start += 1;
        }
        let titled = self.strip_title(&mut run);
        if opens && titled.is_none() && run.len() > 1 && self.is_ordinary(run.start) {
            run.start += 1;
        }
        while run.len() > 1 && matches!(self.prose.word(run.end - 1), "." | "&" | "-") {
            run.end -= 1;
        }
        if run.is_empty() || self.push_if_known(&run, found) {
            return;
        }
        let says = !self.english && (self.says(&run, opens) || self.has_office(&run));
        if !self.english && titled.is_none() {
            self.strip_to_given(&mut run);
        }
        if says && self.nouns_have_capitals {
            self.strip_office(&mut run);
        }
        let proven = !(headline || opens && run.len() == 1);
        let scale = if self.english { 1.0 } else { 0.6 };
        let judged = self.judge(&run, titled, proven);
        if let Some((kind, confidence)) = judged.or_else(|| self.judge_speaker(&run).filter(|_| says)) {
            found.push(Mention { span: self.prose.span(run), kind, confidence: confidence * scale });
        }
    }

    fn push_if_known(&self, run: &Range<usize>, found: &mut Vec<Mention>) -> bool {
        let span = self.prose.span(run.clone());
        let name = span.of(self.prose.text);
        let kind = if gazetteer::is_place(name) {
            EntityKind::Place
        } else if run.len() == 1 && gazetteer::is_people(name) {
            EntityKind::Other
        } else {
            return false;
        };
        found.push(Mention { span, kind, confidence: if self.english { 0.8 } else { 0.6 } });
        true
    }

    /// Takes leading titles off `run`; tells whether one stood there that only persons have.
    fn strip_title(&self, run: &mut Range<usize>) -> Option<bool> {
        let mut personal = None;
        while run.start < run.end && is_title(self.prose.word(run.start)) {
            let gendered = gender_of_title(self.prose.word(run.start)).is_some();
            personal = Some(personal.unwrap_or(false) || gendered);
            run.start += 1;
            if run.start < run.end && self.prose.word(run.start) == "." {
                run.start += 1;
            }
        }
        personal
    }

    /// True for a word that begins a sentence and is none of the name after it.
    fn is_ordinary(&self, at: usize) -> bool {
        let word = self.prose.word(at);
        let seen = self.seen(word);
        is_plain(word) || (seen.lower > seen.capital && !self.is_given(word))
    }

    fn judge(&self, run: &Range<usize>, titled: Option<bool>, proven: bool) -> Option<(EntityKind, f32)> {
        let first = self.prose.word(run.start);
        let last = run.clone().rev().map(|at| self.prose.word(at)).find(|word| is_capital(word)).unwrap_or(first);
        let words = run.clone().filter(|&at| self.prose.tokens[at].kind == TokenKind::Word).count();
        let repeated = self.seen(last).capital > 1 && self.seen(last).lower == 0;
        match titled {
            Some(_) if is_organization(last) => return Some((EntityKind::Organization, 0.7)),
            Some(personal) if words <= 4 => return Some((EntityKind::Person, if personal { 0.9 } else { 0.75 })),
            _ => {}
        }
        if run.clone().any(|at| is_organization(self.prose.word(at))) && words > 1 {
            return Some((EntityKind::Organization, 0.75));
        }
        if words > 1 && (is_place(last) || is_place(first)) {
            return Some((EntityKind::Place, 0.7));
        }
        if words > 1 && words <= 5 && self.is_given(first) {
            return Some((EntityKind::Person, 0.8));
        }
        if self.nouns_have_capitals || is_plain(last) {
            return None;
        }
        if words == 1 {
            return self.judge_single(run.start, proven, repeated);
        }
        let believed = if self.english { proven || repeated } else { proven && repeated };
        (believed && words <= 4).then_some((EntityKind::Person, 0.45))
    }

    /// Takes off `run` what stands before a given name and a surname, and is none: "Showrunner Okon Tolle", "Florida Okon
    /// Tolle" in "il senatore della Florida Okon Tolle". What is named after somebody keeps its whole name.
    fn strip_to_given(&self, run: &mut Range<usize>) {
        let is_word = |at: usize| self.prose.tokens[at].kind == TokenKind::Word;
        let word = |at: usize| self.prose.word(at);
        if is_given_name_abroad(word(run.start))
            || run.clone().any(|at| is_organization(word(at)) || names_after(word(at)))
        {
            return;
        }
        let surname = |at: usize| (at + 1..run.end).any(|next| is_word(next) && !self.glued(next, run.end));
        let given = |at: &usize| {
            let opens = is_word(*at) && !self.glued(*at, run.end) && word(*at).len() > 2;
            opens && is_given_name_abroad(word(*at)) && surname(*at)
        };
        if let Some(at) = (run.start + 1..run.end - 1).find(given) {
            run.start = at;
        }
    }

    /// A name that says something: of two to four words, or of one where it is the subject right behind quoted words.
    fn judge_speaker(&self, run: &Range<usize>) -> Option<(EntityKind, f32)> {
        if run.len() == 1 {
            return self.is_inverted_subject(run.start).then_some((EntityKind::Person, 0.5));
        }
        let mut words = run.clone().map(|at| self.prose.word(at)).filter(|word| word.len() > 1);
        let dull = words.any(|word| is_plain(word) || TIMES.contains(&word));
        let noun = self.nouns_have_capitals && self.has_article(run.start);
        ((2..=4).contains(&run.len()) && !dull && !noun).then_some((EntityKind::Person, 0.7))
    }

    /// True for the one word in "“...”, sagte Tolle" and "“...”, so Tolle", where it may be a name: a noun has its article,
    /// or is in the plural with its verb.
    fn is_inverted_subject(&self, at: usize) -> bool {
        let word = self.prose.word(at);
        let verb = at.checked_sub(1).map_or("", |verb| self.prose.word(verb));
        let before = at.checked_sub(2).map_or("", |before| self.prose.word(before));
        let before = if before == "," && at > 2 { self.prose.word(at - 3) } else { before };
        let plural = if self.nouns_have_capitals { verb.ends_with("en") } else { false };
        let says = cue::is_foreign(verb) || self.nouns_have_capitals && verb == "so";
        let last = self.prose.tokens.len() <= at + 1;
        let alone = last
            || !(is_capital(self.prose.word(at + 1))
                || self.glued(at + 1, self.prose.tokens.len()) && self.prose.word(at + 1) == "-");
        let noun =
            is_plain(word) || is_title(word) || TIMES.contains(&word) || is_noun(word) || self.seen(word).lower > 0;
        says && matches!(before, "“" | "”" | "«" | "»" | "\"" | "›" | "‹" | "’" | "‘")
            && !plural
            && alone
            && !noun
            && word.len() > 2
            && !is_acronym(word)
    }

    /// True where `run` stands next to a verb of saying: "sagte Karl Meier", "Karl Meier hat gesagt". What a sentence
    /// `opens` with has a capital anyway: where nouns have one too, it may be "Israels Armee".
    fn says(&self, run: &Range<usize>, opens: bool) -> bool {
        let so = |at: usize| self.nouns_have_capitals && self.prose.word(at) == "so";
        let verb = |at: usize| at < self.prose.tokens.len() && (cue::is_foreign(self.prose.word(at)) || so(at));
        let auxiliary = |at: usize| verb(at + 1) && !is_capital(self.prose.word(at));
        run.start > 0 && verb(run.start - 1)
            || !(opens && self.nouns_have_capitals) && (verb(run.end) || auxiliary(run.end))
    }

    /// Takes the office off "Polizeisprecher Karl Meier", in a language whose nouns have capitals too: German given names
    /// and surnames are one word each.
    fn strip_office(&self, run: &mut Range<usize>) {
        let compound = |at: usize| self.glued(at, run.end) || at + 1 < run.end && self.glued(at + 1, run.end);
        let given = self.is_given(self.prose.word(run.start));
        if run.len() > 2 && !given && !run.clone().any(compound) {
            run.start = run.end - 2;
        }
        let word = folded(self.prose.word(run.start));
        if is_german_office(&word) || OFFICES.iter().any(|office| word.ends_with(office)) {
            run.start += 1;
        }
    }

    /// True for "Parlamentspräsident Okon Tolle" in a language whose nouns have capitals.
    fn has_office(&self, run: &Range<usize>) -> bool {
        self.nouns_have_capitals && run.len() == 3 && is_german_office(&folded(self.prose.word(run.start)))
    }

    fn has_article(&self, at: usize) -> bool {
        at > 0 && ARTICLES.contains(&self.prose.word(at - 1))
    }

    /// Adds the surnames that stand alone of those who are named in full, and of those who are named alone where they say
    /// something: a noun has its article before it.
    fn surnames(&self, found: &mut Vec<Mention>) {
        let text = self.prose.text;
        let named = found.iter().filter(|mention| mention.kind == EntityKind::Person);
        let surnames: HashMap<&str, f32> = named
            .map(|mention| (mention.span.of(text).rsplit(' ').next().unwrap_or_default(), mention.confidence))
            .collect();
        let mut alone = Vec::new();
        let mut taken = found.iter().peekable();
        for (at, token) in self.prose.tokens.iter().enumerate() {
            while taken.next_if(|mention| mention.span.end <= token.span.begin).is_some() {}
            let free = taken.peek().is_none_or(|mention| mention.span.begin >= token.span.end);
            if let Some(&confidence) = surnames.get(token.span.of(text))
                && free
                && !self.has_article(at)
                && (self.nouns_have_capitals || self.seen(token.span.of(text)).lower == 0)
            {
                alone.push(Mention { span: token.span, kind: EntityKind::Person, confidence: confidence * 0.8 });
            }
        }
        found.extend(alone);
        found.sort_by_key(|mention| mention.span);
    }

    fn judge_single(&self, at: usize, proven: bool, repeated: bool) -> Option<(EntityKind, f32)> {
        let word = self.prose.word(at);
        if !proven && !repeated || word.chars().count() < 2 || is_plain(word) || is_title(word) {
            return None;
        }
        if is_acronym(word) {
            return Some((EntityKind::Organization, 0.5));
        }
        let before = if at == 0 { "" } else { self.prose.word(at - 1) };
        if self.english && matches!(before, "in" | "near" | "from" | "at") && self.seen(word).lower == 0 {
            return Some((EntityKind::Place, 0.4));
        }
        (repeated && !is_organization(word) && !is_place(word)).then_some((EntityKind::Person, 0.35))
    }
}

fn key(word: &str) -> u64 {
    xxh3_64(folded(word).as_bytes())
}

fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

fn is_abbreviation(word: &str) -> bool {
    word.chars().count() == 1 || is_title(word) && word.len() <= 4 || matches!(word, "St" | "Jr" | "Mt" | "Ft")
}

/// True for two to six capitals: "NATO", "TTP".
fn is_acronym(word: &str) -> bool {
    (2..=6).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: Option<&str>, text: &str, expect: &[(&str, EntityKind)]) {
        let found = find(&Prose::new(text), language);
        let names: Vec<_> = found.iter().map(|mention| (mention.span.of(text), mention.kind)).collect();
        assert_eq!(names, expect, "{text}");
    }

    use EntityKind::{Organization, Other, Person, Place};

    #[test]
    fn titles_and_given_names_make_persons() {
        check(
            None,
            "On Monday Gen Okwu met Mrs Maria Tolle in Kabul.",
            &[("Okwu", Person), ("Maria Tolle", Person), ("Kabul", Place)],
        );
        check(None, "It met French President Ada Okwu.", &[("French", Other), ("Ada Okwu", Person)]);
        check(None, "They asked Okon Jae-in and Tarn-based Ada.", &[("Okon Jae-in", Person)]);
        check(None, "The bill was read to Khalid bin Sarwar.", &[("Khalid bin Sarwar", Person)]);
    }

    #[test]
    fn organizations_places_and_peoples() {
        check(
            None,
            "He told the Ministry of Water that Afghan farmers of Torrow Province and the Tarn River Bank wait.",
            &[
                ("Ministry of Water", Organization),
                ("Afghan", Other),
                ("Torrow Province", Place),
                ("Tarn River Bank", Organization),
            ],
        );
        check(None, "Prices in Saudi Arabia fell.", &[("Saudi Arabia", Place)]);
    }

    #[test]
    fn the_start_of_a_sentence_proves_nothing() {
        check(None, "Farmers wait. Nobody came. However, Prices fell.", &[]);
        check(
            None,
            "Zadran left. They said Zadran was ill, and Zadran knew.",
            &[("Zadran", Person), ("Zadran", Person), ("Zadran", Person)],
        );
    }

    #[test]
    fn other_languages_stay_without_noise() {
        check(
            Some("de"),
            "Die Regierung in Berlin lobte den Neuen Haushalt von Angela Wolters.",
            &[("Berlin", Place), ("Angela Wolters", Person)],
        );
        check(Some("es"), "El Gobierno de España habló con el Comité Pleno.", &[("España", Place)]);
    }

    #[test]
    fn who_says_something_has_a_name() {
        check(
            Some("de"),
            "Das ist gut, sagte Polizeisprecher Okon Tolle. Der Tolle, so hieß es, und Tolle ging zum Bauern.",
            &[("Okon Tolle", Person), ("Tolle", Person)],
        );
        check(Some("sv"), "Vi går, svarade Okon Tolle.", &[("Okon Tolle", Person)]);
    }

    #[test]
    fn what_stands_before_a_given_name_is_none() {
        check(
            Some("de"),
            "Der Forscher Karsten Tolle sprach mit BKA-Präsident Karl-Heinz Okwu und der Beauftragten Gunthild Ombrin.",
            &[("Karsten Tolle", Person), ("Karl-Heinz Okwu", Person), ("Gunthild Ombrin", Person)],
        );
        check(Some("de"), "Es kam der Parlamentspräsident Veltra Ombrin.", &[("Veltra Ombrin", Person)]);
        check(Some("de"), "Es kam auch Simone Tolle von der Stiftung Wasser.", &[("Simone Tolle", Person)]);
        check(Some("de"), "Es kam auch Antje von Tolle.", &[("Antje von Tolle", Person)]);
        check(Some("es"), "Lo dijo ayer en la Asamblea Juan Tolle con calma.", &[("Juan Tolle", Person)]);
        check(Some("es"), "Estaba cerca de la Plaza Juan Tolle con calma.", &[]);
    }

    #[test]
    fn one_word_behind_a_verb_of_saying_is_a_name() {
        check(
            Some("de"),
            "„Das ist gut“, sagte Ombrin. Da kam der Ombrin, so hieß es, und Ombrin ging.",
            &[("Ombrin", Person), ("Ombrin", Person)],
        );
        check(Some("de"), "„Das ist gut“, so Ombrin.", &[("Ombrin", Person)]);
        check(Some("de"), "„Das ist gut“, sagten Anwohner.", &[]);
        check(Some("es"), "“Está bien”, explicó Ombrin.", &[("Ombrin", Person)]);
        check(Some("es"), "Estaba bien, y lo explicó Ombrin.", &[]);
        check(Some("es"), "“Está bien”. Así ha resumido el día.", &[]);
    }
}

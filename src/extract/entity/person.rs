//! People: full names first, then the surnames and first names that refer back to them.

use std::collections::{HashMap, HashSet};

use super::form::{CROWD, Form, Forms, Reference, gender_of_reference, has_title, note_titles};
use super::key::{self, Name, Word};
use super::spelling::Spellings;
use crate::text::name::{Gender, gender_of_given_name, is_sovereign};

/// Sets the key of a family apart from that of a person.
const FAMILY: u64 = 0x9e37_79b9_7f4a_7c15;

/// Tells for each of `references`, in order of the text, which person it is: equal numbers, equal persons.
pub(super) fn resolve(references: &[Reference]) -> Vec<usize> {
    let mut forms = Forms::default();
    let form_of: Vec<usize> = references.iter().map(|reference| forms.add(reference)).collect();
    forms.read_offices(references, &form_of);
    let mut people = People { beside: beside(references, &form_of, &forms.all), ..People::default() };
    for (at, (reference, &form)) in references.iter().zip(&form_of).enumerate() {
        people.spellings.add(at, &forms.all[form].name, reference.sentence);
    }
    let full = people.add_names(&mut forms.all);
    people.survey(references, &form_of, &forms.all, &full);
    let resolved = references.iter().zip(&form_of).enumerate().map(|(at, (reference, &form))| {
        let name = &forms.all[form].name;
        let person = full[form].unwrap_or_else(|| people.back_reference(name, reference));
        people.note(person, name, reference, at);
        person
    });
    resolved.collect()
}

/// Pairs of full names that stand next to each other in one sentence, with one surname: "George Okwu and George W.
/// Okwu" are two people, though one name holds the other.
fn beside(references: &[Reference], form_of: &[usize], forms: &[Form]) -> HashSet<(usize, usize)> {
    let mut pairs = HashSet::new();
    let mut latest: HashMap<u64, (usize, usize)> = HashMap::new();
    for (reference, &form) in references.iter().zip(form_of) {
        let (words, Some(sentence)) = (&forms[form].name.words, reference.sentence) else { continue };
        let Some(last) = words.last().filter(|_| words.len() > 1) else { continue };
        match latest.insert(last.sound, (sentence, form)) {
            Some((other, before)) if other == sentence && before != form => {
                pairs.insert((before, form));
                pairs.insert((form, before));
            }
            _ => {}
        }
    }
    pairs
}

struct Person<'a> {
    /// Words of the fullest name.
    words: Vec<Word<'a>>,
    /// Surnames that other full names of the person end in: other spellings, mostly.
    spelled: Vec<u64>,
    /// The last of them is the father's name.
    is_patronymic: bool,
    is_junior: bool,
    gender: Option<Gender>,
    /// Titles that stood before a mention.
    titles: Vec<&'a str>,
    /// Mentions by full name in the whole text.
    full: usize,
    /// Mentions by one word in the whole text that can be of nobody else.
    sure: usize,
    /// Number of the first mention by full name in the whole text.
    first: usize,
    /// Mentions by one word before which, of all who have the word, only this person is named in full.
    near: usize,
    /// Mentions so far.
    seen: usize,
    /// Of those, by one word.
    short: usize,
    /// Number of the last mention so far.
    last: usize,
}

#[derive(Default)]
struct People<'a> {
    all: Vec<Person<'a>>,
    /// By the first and last of two words of the name, as they sound.
    pairs: HashMap<(u64, u64), Vec<usize>>,
    wholes: HashMap<u64, usize>,
    /// By each word of the name, as it sounds.
    words: HashMap<u64, Vec<usize>>,
    /// Persons of whom the text tells one word only, by that word.
    single: HashMap<u64, Vec<usize>>,
    spellings: Spellings,
    /// Forms that are beside each other the names of two people.
    beside: HashSet<(usize, usize)>,
    /// The form by which each person was added.
    forms: Vec<usize>,
}

impl<'a> People<'a> {
    /// One person for each name of several words. "Al Hinai" is the surname of one who has it, "Al Gore" a full name.
    fn add_names(&mut self, forms: &mut [Form<'a>]) -> Vec<Option<usize>> {
        let mut full = self.add_full_names(forms);
        self.index_words(0);
        let known = self.all.len();
        for (at, (form, person)) in
            forms.iter_mut().zip(&mut full).enumerate().filter(|(_, (_, person))| person.is_none())
        {
            let [last] = form.name.words[..] else { continue };
            let Some(first) = form.name.opening.filter(|_| !self.words.contains_key(&last.sound)) else { continue };
            form.name.words.insert(0, first);
            form.gender = form.gender.or_else(|| gender_of_given_name(first.text));
            let whose = self.holder(form, at).unwrap_or_else(|| self.add(form, at));
            self.wholes.entry(form.name.whole).or_insert(whose);
            self.all[whose].full += form.count;
            *person = Some(whose);
        }
        self.index_words(known);
        full
    }

    /// One person for each full name, the longest first, so that a shorter one finds the longer that holds it. The
    /// result has the person of each form, `None` where the form is one word.
    fn add_full_names(&mut self, forms: &[Form<'a>]) -> Vec<Option<usize>> {
        let mut order: Vec<usize> = (0..forms.len()).filter(|&at| forms[at].name.words.len() > 1).collect();
        order.sort_by_key(|&at| (usize::MAX - forms[at].name.words.len(), forms[at].name.words[0].is_initial, at));
        let mut full = vec![None; forms.len()];
        for at in order {
            let form = &forms[at];
            let known = self.wholes.get(&form.name.whole).copied();
            let person = known.or_else(|| self.holder(form, at)).unwrap_or_else(|| self.add(form, at));
            self.wholes.entry(form.name.whole).or_insert(person);
            self.all[person].full += form.count;
            self.all[person].spelled(&form.name);
            note_titles(&mut self.all[person].titles, &form.name.titles);
            note_titles(&mut self.all[person].titles, &form.titles);
            self.all[person].gender = self.all[person].gender.or(form.gender);
            full[at] = Some(person);
        }
        full
    }

    fn add(&mut self, form: &Form<'a>, at: usize) -> usize {
        let person = self.all.len();
        self.forms.push(at);
        let words = form.name.words.clone();
        for (at, first) in words.iter().enumerate().take(6) {
            for last in words[at + 1..].iter().take(5) {
                push_bounded(self.pairs.entry((first.sound, last.sound)).or_default(), person);
            }
        }
        if let [first, .., last] = words.as_slice() {
            push_bounded(self.pairs.entry((first.sound, last.sound)).or_default(), person);
            push_bounded(self.pairs.entry((first.initial, last.sound)).or_default(), person);
            push_bounded(self.pairs.entry((first.given, last.sound)).or_default(), person);
        }
        self.all.push(Person::new(&form.name, form.gender));
        person
    }

    /// The one person whose name holds that of `form`: "Ada Okwu" in "Ada J. Okwu", "A. Okwu" in "Ada Okwu".
    fn holder(&self, form: &Form<'a>, at: usize) -> Option<usize> {
        let (first, last) = (form.name.words.first()?, form.name.words.last()?);
        let keys = [(first.sound, last.sound), (first.given, last.sound), (first.initial, last.sound)];
        let mut found: Vec<usize> = keys.iter().filter_map(|pair| self.pairs.get(pair)).flatten().copied().collect();
        found.retain(|&person| {
            let apart = self.forms.get(person).is_some_and(|&other| self.beside.contains(&(at, other)));
            let person = &self.all[person];
            let alike = !apart && person.is_junior == form.name.is_junior && agree(person.gender, form.gender);
            alike && is_within(&form.name.words, &person.words)
        });
        found.sort_unstable();
        found.dedup();
        if found.len() > 1 {
            let same_ends = |words: &[Word]| words[0].key == first.key && words[words.len() - 1].key == last.key;
            found.retain(|&person| same_ends(&self.all[person].words));
        }
        if let [only] = found[..] { Some(only) } else { None }
    }

    fn index_words(&mut self, from: usize) {
        for (index, person) in self.all.iter().enumerate().skip(from) {
            for word in &person.words {
                push_bounded(self.words.entry(word.sound).or_default(), index);
            }
        }
    }

    /// Whom one word refers to.
    fn back_reference(&mut self, name: &Name<'a>, reference: &Reference<'a>) -> usize {
        let Some(word) = name.words.first() else { return self.alone(name, name.whole, None) };
        let gender = gender_of_reference(name, reference);
        if let Some(family) = self.family(name, reference) {
            return self.alone(name, family, None);
        }
        if let Some(&joined) = self.wholes.get(&name.whole) {
            return joined;
        }
        let candidates = self.candidates(name, reference);
        if let Some(surname) = reference.shared.filter(|_| gender_of_given_name(word.text).is_some()) {
            return self.sibling(name, key::word(surname), &candidates, reference);
        }
        self.choose(candidates, word, reference).unwrap_or_else(|| self.alone(name, name.whole, gender))
    }

    /// The persons that the one word of `name` can name; none where it is a whole crowd.
    fn candidates(&self, name: &Name, reference: &Reference) -> Vec<usize> {
        let Some(word) = name.words.first() else { return Vec::new() };
        let gender = gender_of_reference(name, reference);
        let named = |key: u64| self.words.get(&key).filter(|known| known.len() < CROWD).into_iter().flatten().copied();
        let refers =
            |&person: &usize| self.refers(person, word, name, reference) && agree(self.all[person].gender, gender);
        let mut found: Vec<usize> = named(word.sound).filter(refers).collect();
        if word.is_short {
            found.extend(named(word.given).filter(refers));
            found.sort_unstable();
            found.dedup();
        }
        found
    }

    /// True where `word` alone can name `person`: it is a word of the name, or a slip for one. "Salman" is not the son
    /// that is called "bin Salman", and "King Okon" no Okon Tolle that is not known as a king.
    fn refers(&self, person: usize, word: &Word, name: &Name, reference: &Reference) -> bool {
        let person = &self.all[person];
        let is_word = |own: &Word| {
            own.key == word.key
                || own.sound == word.sound && word.text.len() >= 5 && person.is_slip(word, own, &self.spellings)
                || word.is_short && own.given == word.given
        };
        let words = person.words.len();
        let own = if person.is_patronymic && !name.is_patronymic { words - 1 } else { words };
        let sovereign = |titles: &[&str]| titles.iter().any(|title| is_sovereign(title));
        let shared = reference.titles.iter().any(|title| is_sovereign(title) && has_title(&person.titles, title));
        let rank = !sovereign(&reference.titles) || shared || person.is_surname(word) && !sovereign(&person.titles);
        person.words[..own].iter().any(is_word) && rank && (person.is_junior || !name.is_junior)
    }

    /// Counts, before anything is decided, whom the mentions by one word are of: those that only one person can have, and
    /// those behind whose full name they stand. Whoever the text is about is introduced and then named by one word;
    /// who is named in full again and again is told apart by that.
    fn survey(&mut self, references: &[Reference<'a>], form_of: &[usize], forms: &[Form<'a>], full: &[Option<usize>]) {
        for (at, (reference, &form)) in references.iter().zip(form_of).enumerate() {
            let name = &forms[form].name;
            if let Some(person) = full[form] {
                self.all[person].first = self.all[person].first.min(at);
            } else if !reference.is_family {
                let candidates = self.candidates(name, reference);
                if let [only] = candidates[..] {
                    self.all[only].sure += 1;
                }
                let mut told = candidates.iter().copied().filter(|&person| self.all[person].first < at);
                if let Some(person) = told.next().filter(|_| told.next().is_none()) {
                    self.all[person].near += 1;
                }
            }
        }
    }

    /// The key of the family that `name` names: "the Okwu brothers", or "the Okwus" where an Okwu is known.
    fn family(&self, name: &Name, reference: &Reference) -> Option<u64> {
        if reference.is_family {
            return Some(name.whole ^ FAMILY);
        }
        let surname = key::person(reference.text.strip_suffix('s')?);
        let word = surname.words.first().filter(|_| name.words.len() == 1)?;
        let is_known = |persons: &Vec<usize>| persons.iter().any(|&at| self.all[at].is_surname(word));
        let known = !self.words.contains_key(&name.words[0].sound) && self.words.get(&word.sound).is_some_and(is_known);
        known.then_some(surname.whole ^ FAMILY)
    }

    /// Whom a given name names that shares the surname of the person after it.
    fn sibling(&mut self, name: &Name<'a>, surname: Word, candidates: &[usize], reference: &Reference) -> usize {
        let word = name.words[0];
        let ends = |person: &&usize| self.all[**person].words.last().map(|last| last.key);
        if let Some(&known) = candidates.iter().find(|person| ends(person) == Some(surname.key)) {
            return known;
        }
        let is_surname = candidates.iter().any(|person| ends(&person) == Some(word.key));
        let chosen = if is_surname { self.choose(candidates.to_vec(), &word, reference) } else { None };
        chosen.unwrap_or_else(|| {
            let person = self.alone(name, word.key ^ surname.key.rotate_left(1), None);
            self.single.entry(name.whole).or_insert_with(|| vec![person]);
            person
        })
    }

    /// The person of whom the text tells no more than this one word, known by `key`.
    fn alone(&mut self, name: &Name<'a>, key: u64, gender: Option<Gender>) -> usize {
        let known = self
            .single
            .get(&key)
            .and_then(|known| known.iter().copied().find(|&person| agree(self.all[person].gender, gender)));
        let person = known.unwrap_or(self.all.len());
        if known.is_none() {
            self.all.push(Person::new(name, gender));
            self.single.entry(key).or_default().push(person);
        }
        self.all[person].gender = self.all[person].gender.or(gender);
        person
    }

    /// The one of `candidates` that `word` refers to: by its place in the name, by title, by pronoun, by prominence.
    /// `None` where the text does not tell.
    fn choose(&self, mut candidates: Vec<usize>, word: &Word, reference: &Reference) -> Option<usize> {
        let narrow = |candidates: &mut Vec<usize>, test: &dyn Fn(&Person) -> bool| {
            if candidates.len() > 1 && candidates.iter().any(|&at| test(&self.all[at])) {
                candidates.retain(|&at| test(&self.all[at]));
            }
        };
        let senior = |person: &Person, junior: &Person| !person.is_junior && person.words[0].key == junior.words[0].key;
        let seniors = candidates.clone();
        candidates.retain(|&at| {
            let person = &self.all[at];
            !person.is_junior || !seniors.iter().any(|&other| senior(&self.all[other], person))
        });
        narrow(&mut candidates, &|person| person.words.iter().any(|own| own.key == word.key));
        // Who is named already comes before who is not yet: "Huang Wei" before "Ada Huang", whose surname it is.
        narrow(&mut candidates, &|person| person.seen > 0);
        narrow(&mut candidates, &|person| person.words.last().is_some_and(|last| last.key == word.key));
        if !reference.titles.is_empty() {
            narrow(&mut candidates, &|person| reference.titles.iter().any(|title| has_title(&person.titles, title)));
        }
        if reference.pronoun.is_some() {
            narrow(&mut candidates, &|person| person.gender.is_none() || person.gender == reference.pronoun);
        }
        match candidates[..] {
            [] => None,
            [only] => Some(only),
            _ => self.most_prominent(&candidates),
        }
    }

    /// The one of several namesakes that the text has made its subject: the only one named so far or by this word
    /// before, the one named far more often, or the one named both last and most.
    fn most_prominent(&self, candidates: &[usize]) -> Option<usize> {
        let one = |test: &dyn Fn(&Person) -> bool| {
            let mut passing = candidates.iter().copied().filter(|&at| test(&self.all[at]));
            passing.next().filter(|_| passing.next().is_none())
        };
        let weight = |at: usize| self.all[at].weight();
        let most = candidates.iter().copied().max_by_key(|&at| (weight(at), usize::MAX - at))?;
        let rest = candidates.iter().filter(|&&at| at != most).map(|&at| weight(at)).max().unwrap_or(0);
        let latest = candidates.iter().copied().max_by_key(|&at| self.all[at].last)?;
        let nobody = candidates.iter().all(|&at| self.all[at].seen == 0);
        let first = candidates.iter().copied().min_by_key(|&at| self.all[at].first);
        one(&|person| person.seen > 0)
            .or_else(|| (weight(most) >= 2 * rest).then_some(most))
            .or_else(|| one(&|person| person.short > 0))
            .or_else(|| (latest == most && self.all[most].seen > 0 && weight(most) > rest).then_some(most))
            .or_else(|| (nobody && first == Some(most) && weight(most) > rest).then_some(most))
    }

    /// Keeps that mention number `at` names `person`.
    fn note(&mut self, person: usize, name: &Name<'a>, reference: &Reference<'a>, at: usize) {
        let person = &mut self.all[person];
        person.seen += 1;
        person.short += usize::from(name.words.len() < 2);
        person.last = at;
        note_titles(&mut person.titles, &name.titles);
        note_titles(&mut person.titles, &reference.titles);
    }
}

impl<'a> Person<'a> {
    fn new(name: &Name<'a>, gender: Option<Gender>) -> Self {
        let Name { is_patronymic, is_junior, .. } = *name;
        let words = name.words.clone();
        let (titles, spelled) = (Vec::new(), Vec::new());
        let (first, full, sure, near) = (usize::MAX, 0, 0, 0);
        let (seen, short, last) = (0, 0, 0);
        Self { words, spelled, is_patronymic, is_junior, gender, titles, full, sure, first, near, seen, short, last }
    }

    /// How much of the text is about the person.
    fn weight(&self) -> usize {
        // One mention that happens to follow is no sign yet.
        let near = if self.near > 1 { self.near } else { 0 };
        self.full + self.sure.max(self.short).max(near)
    }

    /// Keeps how `name`, which the person has, spells the surname.
    fn spelled(&mut self, name: &Name) {
        let Some(key) = name.words.last().map(|word| word.key) else { return };
        if self.spelled.len() < CROWD && !self.spelled.contains(&key) {
            self.spelled.push(key);
        }
    }

    /// True where `word`, which sounds like the person's `own`, is another spelling of it in this text.
    fn is_slip(&self, word: &Word, own: &Word, spellings: &Spellings) -> bool {
        self.spelled.contains(&word.key) || spellings.is_slip(word, own)
    }

    fn is_surname(&self, word: &Word) -> bool {
        self.words.last().is_some_and(|last| last.sound == word.sound)
    }
}

fn push_bounded(list: &mut Vec<usize>, person: usize) {
    if list.len() < CROWD && list.last() != Some(&person) {
        list.push(person);
    }
}

fn agree(left: Option<Gender>, right: Option<Gender>) -> bool {
    left.is_none() || right.is_none() || left == right
}

/// True where the words of `short` stand in `long` in their order, with the same word at one end at least.
fn is_within(short: &[Word], long: &[Word]) -> bool {
    let (Some(first), Some(last), Some(start), Some(end)) = (short.first(), short.last(), long.first(), long.last())
    else {
        return false;
    };
    let mut rest = long.iter();
    (same(first, start) || same(last, end)) && short.iter().all(|word| rest.any(|other| same(word, other)))
}

/// True for one word in two spellings, or a word and its initial.
fn same(left: &Word, right: &Word) -> bool {
    left.key == right.key
        || left.sound == right.sound && left.text.len() >= 4
        || (left.is_short || right.is_short) && left.given == right.given
        || (left.is_initial || right.is_initial) && left.initial == right.initial
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mentions apart by commas, with titles before "|", a pronoun or "family" after "/", a shared surname after "+", an
    /// office after "=", and the number of the sentence after "@".
    fn check(text: &str, expect: &[usize]) {
        let references: Vec<Reference> = text.split(", ").map(reference).collect();
        let found = resolve(&references);
        let mut order: Vec<usize> = Vec::new();
        let numbers: Vec<usize> = found
            .iter()
            .map(|person| {
                order.iter().position(|known| known == person).unwrap_or_else(|| {
                    order.push(*person);
                    order.len() - 1
                })
            })
            .collect();
        assert_eq!(numbers, expect, "{text}");
    }

    fn reference(mention: &str) -> Reference<'_> {
        let (mention, sentence) = mention.split_once('@').map_or((mention, None), |(one, at)| (one, at.parse().ok()));
        let (mention, office) = mention.split_once('=').map_or((mention, None), |(one, office)| (one, Some(office)));
        let (offices, is_family) = (office.into_iter().collect(), mention.ends_with("/family"));
        let (mention, shared) = mention.split_once('+').map_or((mention, None), |(one, other)| (one, Some(other)));
        let (mention, after) = mention.split_once('/').unwrap_or((mention, ""));
        let (titles, text) = mention.split_once('|').unwrap_or(("", mention));
        let pronoun = match after {
            "she" => Some(Gender::Female),
            "he" => Some(Gender::Male),
            _ => None,
        };
        let titles = titles.split_whitespace().collect();
        Reference { text, titles, pronoun, is_family, shared, offices, sentence }
    }

    #[test]
    fn surnames_and_first_names_refer_back_and_ahead() {
        check("Tolle, Robert Tolle, Mr.|Tolle, Robert", &[0, 0, 0, 0]);
        check("Khalid bin Sarwar, bin Sarwar, Khalid, Sarwar, Okwu", &[0, 0, 0, 1, 2]);
        check("Ada J. Okwu, A. Okwu, Ada Okwu, Okwu", &[0, 0, 0, 0]);
    }

    #[test]
    fn titles_and_given_names_tell_namesakes_apart() {
        check("Maria Tolle, Robert Tolle, Mrs.|Tolle, Mr.|Tolle", &[0, 1, 0, 1]);
        check("Maria Tolle, Mr.|Tolle, Tolle", &[0, 1, 0]);
        check("Maria Tolle, Robert Tolle, Tolle/she, Tolle/he", &[0, 1, 0, 1]);
        check("Senator|Kim Okwu, Judge|Lee Okwu, Judge|Okwu", &[0, 1, 1]);
    }

    #[test]
    fn namesakes_stay_apart_where_the_text_does_not_tell() {
        check("Maria Tolle, Robert Tolle, Tolle", &[0, 1, 2]);
        check("Maria Tolle, Tolle, Robert Tolle, Tolle", &[0, 0, 1, 0]);
        check("Maria Tolle, Maria Tolle, Maria Tolle, Robert Tolle, Tolle", &[0, 0, 0, 1, 0]);
        check("Robert Tolle, Maria Tolle, Maria Tolle, Tolle", &[0, 1, 1, 1]);
    }

    #[test]
    fn near_spellings_are_one_name_only_by_a_slip() {
        check("President|Hansen, Hansen, Donald Hanssen, Hanssen", &[0, 0, 1, 1]);
        check("Donald Hanssen@1, Hansen@1, Hanssen@2", &[0, 1, 0]);
        check("Donald Hanssen, Hanssen, Hansen, Hanssen", &[0, 0, 0, 0]);
        check("Ada Hansen, Hansen, Ada Hanssen, Hanssen, Hanssen, Hansen", &[0, 0, 0, 0, 0, 0]);
    }

    #[test]
    fn whoever_the_text_is_about_owns_the_surname() {
        // The son is named in full each time, as the bare surname is the father's.
        check(
            "Tolle, Rupert Tolle, Tolle, Tolle, Tolle, Omar Tolle, Tolle, Omar Tolle, Omar Tolle",
            &[0, 0, 0, 0, 0, 1, 0, 1, 1],
        );
        check(
            "Ada Tolle, Tolle, Tolle, Omar Tolle, Tolle, Omar Tolle, Omar Tolle, Omar Tolle, Omar Tolle, Tolle",
            &[0, 0, 0, 1, 0, 1, 1, 1, 1, 0],
        );
    }

    #[test]
    fn who_stands_beside_a_namesake_is_another() {
        check("George W. Tolle@0, George Tolle@2, George Tolle@4, George W. Tolle@4", &[0, 1, 1, 0]);
        check("George W. Tolle@0, George Tolle@2", &[0, 0]);
    }

    #[test]
    fn an_office_is_no_given_name() {
        check("Vikram Okwu=dean, Dean Okwu, Okwu", &[0, 0, 0]);
        check("Vikram Okwu, Dean Okwu, Dean Tolle", &[0, 1, 2]);
    }

    #[test]
    fn families_and_sovereigns_are_none_of_their_namesakes() {
        check("Maria Tolle, Tolle/family, Tolle, Tolles, Jones", &[0, 1, 0, 1, 2]);
        check("Rajesh+Tolle, Omar Tolle, Rajesh", &[0, 1, 0]);
        check("Tullus Okwu, Emperor|Tullus, Mr.|Tullus", &[0, 1, 0]);
        check("Prince|Omar Sarwar, Prince|Omar, King|Sarwar", &[0, 0, 1]);
        check("David Okwu, David+Tolle, Jane Tolle, David", &[0, 1, 2, 0]);
        check("Bill Tolle, Maria Tolle, Bill+Tolle, Maria Tolle", &[0, 1, 0, 1]);
        check("Ada Clinton, Clinton+Tolle, Jane Tolle", &[0, 0, 1]);
    }

    #[test]
    fn spellings_of_one_name_meet() {
        check("Mohammed Sarwari, Muhammad Sarwari, Sarwary", &[0, 0, 0]);
        check("Okon Suk-yeol, Okon Suk Yeol, Okon", &[0, 0, 0]);
        check("Mario Tolle, Maria Tolle", &[0, 1]);
        check("Charles Tolle, Chuck Tolle, Chuck", &[0, 0, 0]);
        check("Donald Tolle, Donald Tolle Jr., Donald Jr., Donald Tolle Jr., Mr.|Tolle", &[0, 1, 1, 1, 0]);
        check("Omar Sarwar Jr., Sarwar", &[0, 0]);
        check("Al Tolle, Tolle, Omar Al Sarwar, Al Sarwar", &[0, 0, 1, 1]);
        check("Ben Okwu, Mr.|Okwu, Ada Tolle", &[0, 0, 1]);
        check("Maria Okwu, Mario Okwu, Okwu", &[0, 1, 2]);
        check("Okwu Tolle, Okwu, Maria Okwu, Okwu", &[0, 0, 1, 1]);
    }
}

//! What kind of source a speaker is, and what the text says the speaker is.

use std::ops::Range;

use super::candidate::Kind;
use super::foreign;
use super::phrase;
use super::pronoun::Resolver;
use super::scene::Scene;
use super::several;
use super::words::Word;
use crate::extract::{Entity, EntityKind, Speaker, SpeakerClass};
use crate::text::name::{is_particle, is_title};
use crate::text::{Span, gazetteer};

/// The speaker of what stands at `said`, whom `candidate` names; it stands in `phrase` where that is known.
pub(super) fn speaker(
    scene: &Scene,
    resolver: &mut Resolver,
    entities: &[Entity],
    candidate: usize,
    phrase: Option<&Range<usize>>,
    said: &[Span],
) -> Speaker {
    let tokens = phrase.unwrap_or(&scene.candidates[candidate].tokens);
    if let Some(both) = several::joint(scene, candidate, phrase) {
        let both = tokens.start.min(both.start)..tokens.end.max(both.end);
        let span = Some(scene.prose.span(scene.whole_words(both)));
        return Speaker { span, entity: None, name: None, role: None, class: SpeakerClass::Group };
    }
    let is_person = |entity: usize| entities[entity].kind == EntityKind::Person;
    let of = |candidate: usize, entity: usize| !is_namesake(scene, &entities[entity], candidate);
    let own = resolver.entity(candidate, said).or_else(|| foreign::apposed(scene, candidate));
    let own = own.or_else(|| bearer(scene, entities, candidate)).filter(|&entity| {
        let one_of_them = is_people(&entities[entity]) && !plural(scene, candidate);
        of(candidate, entity) && !one_of_them && (is_person(entity) || !is_some_of(scene, candidate, tokens))
    });
    let other = Some(tokens).filter(|phrase| !is_named_by(scene, candidate, phrase));
    let own = own.filter(|_| other.is_none());
    let named = || {
        let around = || scene.subject(candidate).or_else(|| scene.object(candidate));
        let found = phrase::person(scene, &phrase.cloned().or_else(around)?)?;
        let entity = scene.entity[found] as usize;
        of(found, entity).then_some((found, entity))
    };
    let named = if own.is_some_and(is_person) { None } else { named() };
    let entity = named.map(|(_, entity)| entity).or(own);
    let role = named.and_then(|(found, _)| title(scene, tokens.start, found)).or_else(|| role(scene, candidate));
    // "elle" of "souligne-t-elle".
    let pronoun = matches!(scene.candidates[candidate].kind, Kind::He | Kind::She | Kind::They);
    let whole = if scene.tongue.is_some() && pronoun { tokens.clone() } else { scene.whole_words(tokens.clone()) };
    Speaker {
        span: Some(scene.prose.span(whole)),
        entity,
        name: entity.map(|entity| entities[entity].name.clone()),
        role: role.or_else(|| entities[entity?].roles.first().cloned()),
        class: match other.filter(|_| entity.is_none()) {
            Some(phrase) => class_of(scene, phrase),
            None => class(scene, candidate, entity.map(|entity| entities[entity].kind)),
        },
    }
}

/// The one person before `candidate` whose surname it ends with, where the tagger saw no name: "Best" in "Best added", "an
/// emotional Jabeur".
fn bearer(scene: &Scene, entities: &[Entity], candidate: usize) -> Option<usize> {
    let one = &scene.candidates[candidate];
    let last = one.tokens.end - 1;
    // "the Koch-backed group" is not Koch.
    let compound = one.tokens.end < scene.words.len() && scene.prose.word(one.tokens.end) == "-";
    // "Mr. King" is no king.
    let is_surname = one.tokens.len() > 1 && is_honorific(scene.prose.word(honorific(scene, one.tokens.start, last)));
    if compound
        || one.mention.is_some()
        || !scene.words[last].is(Word::CAPITAL)
        || scene.words[last].is(Word::ROLE | Word::PRONOUN) && !is_surname
    {
        return None;
    }
    let (word, begin) = (scene.prose.word(last), scene.prose.tokens[last].span.begin);
    let named = |entity: &Entity| {
        let full = entity.name.rsplit_once(' ').is_some_and(|(_, surname)| surname == word);
        full && entity.kind == EntityKind::Person && entity.mentions.first().is_some_and(|span| span.begin < begin)
    };
    let mut bearers = (0..entities.len()).filter(|&entity| named(&entities[entity]));
    bearers.next().filter(|_| bearers.next().is_none())
}

/// The token of the title before the surname at `last`: "Mr" in "Mr. King", whose stop may be a token of its own.
fn honorific(scene: &Scene, first: usize, last: usize) -> usize {
    let before = last - 1;
    if before > first && scene.words[before].is(Word::STOP) { before - 1 } else { before }
}

/// True for "Malaysian", "Democrat": a people or a party, of whom somebody is one and nobody is all.
fn is_people(entity: &Entity) -> bool {
    entity.kind == EntityKind::Other && gazetteer::is_people(&entity.name)
}

/// True where the phrase `tokens` speaks of some of those whom `candidate` names: "some Democrats", "two other Democrats".
fn is_some_of(scene: &Scene, candidate: usize, tokens: &Range<usize>) -> bool {
    const WHOLE: [&str; 7] = ["the", "a", "an", "this", "that", "these", "those"];
    let first = scene.prose.word(tokens.start);
    let some =
        scene.words[tokens.start].is(Word::DETERMINER) && !WHOLE.iter().any(|word| word.eq_ignore_ascii_case(first));
    some && plural(scene, candidate)
}

/// True where the name of `candidate` stands in `phrase` and is that of the phrase: not for "Ada Okwu's camp", "Okwu
/// supporters" and "pro-Okwu voters", nor where "people holding Ada Okwu" was taken for one noun phrase.
fn is_named_by(scene: &Scene, candidate: usize, phrase: &Range<usize>) -> bool {
    let one = &scene.candidates[candidate];
    let Some(mention) = one.mention.map(|mention| scene.mentions[mention].span) else { return true };
    let end = scene.prose.token_at(mention.end.saturating_sub(1)) + 1;
    let owns = end + 1 < phrase.end && one.tokens.end <= end && scene.words[end].is(Word::GENITIVE);
    let first = scene.prose.token_at(mention.begin);
    let are_others = end + 1 == phrase.end && is_people_noun(scene, end);
    let is_object = first > phrase.start + 1 && is_present(scene, first - 1);
    let is_theirs = one.kind != Kind::Name(EntityKind::Person) && is_somebody_of(scene, end..phrase.end);
    let is_other = owns || are_others || is_theirs || is_object || is_compound(scene.prose.text, mention);
    first < phrase.end && !is_other
}

/// True for the `words` behind the name in "the Harrow front-runner", "a Leeds state attorney general": their noun is one for
/// a person, who is not the body or the place.
fn is_somebody_of(scene: &Scene, words: Range<usize>) -> bool {
    let noun = |&at: &usize| {
        let word = scene.words[at];
        word.in_phrase() && !word.is(Word::CAPITAL | Word::GENITIVE | Word::NUMBER)
    };
    let mut nouns = words.take_while(noun);
    nouns.any(|at| scene.words[at].is(Word::PERSON | Word::GROUP) || is_doer(scene.prose.word(at)))
}

/// True for a noun for persons that has other senses as well, and needs the name before it: "front-runner", "combatants".
fn is_doer(word: &str) -> bool {
    const ENDINGS: [&str; 8] = ["runner", "watcher", "player", "goer", "combatant", "ologist", "crat", "legend"];
    const OTHERS: [&str; 4] = ["hopeful", "counsel", "moderates", "insider"];
    let one = word.strip_suffix('s').unwrap_or(word);
    ENDINGS.iter().any(|ending| one.ends_with(ending)) || OTHERS.contains(&one) || OTHERS.contains(&word)
}

/// True for "supporters", "advocates", "lobbyists" in small letters, not for "filings".
fn is_people_noun(scene: &Scene, at: usize) -> bool {
    let word = scene.prose.word(at);
    let plain = word.chars().all(char::is_lowercase);
    plain && (scene.words[at].is(Word::GROUP) || word == "advocates" || word.ends_with("ists"))
}

/// True for "encouraging" in "groups encouraging", whose object follows; "a smiling" has none.
fn is_present(scene: &Scene, at: usize) -> bool {
    let (before, word) = (scene.prose.word(at - 1), scene.prose.word(at));
    let plural = before.ends_with('s') && !scene.words[at - 1].is(Word::DETERMINER | Word::OWNER);
    word.ends_with("ing") && word.starts_with(char::is_lowercase) && (plural || is_people_noun(scene, at - 1))
}

/// True for the name at `span` in "pro-Okwu demonstrators", not in "al-Okwu".
fn is_compound(text: &str, span: Span) -> bool {
    let before = text[..span.begin].strip_suffix('-').unwrap_or_default();
    let part = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    part.ends_with(char::is_lowercase) && !is_particle(part)
}

/// True where the words before the surname are another first name than `entity` has: "Casimir Dragan" is not Livia Dragan,
/// though the tagger saw the surname only.
fn is_namesake(scene: &Scene, entity: &Entity, candidate: usize) -> bool {
    let one = &scene.candidates[candidate];
    let Some(mention) = one.mention.map(|mention| scene.mentions[mention].span) else { return false };
    let at = scene.prose.token_at(mention.begin);
    if entity.kind != EntityKind::Person || at <= one.tokens.start || mention.of(scene.prose.text).contains(' ') {
        return false;
    }
    let word = scene.prose.word(at - 1);
    let known = entity.aliases.iter().chain([&entity.name]).any(|name| name.split(' ').any(|part| part == word));
    let names = scene.words[at - 1].is(Word::CAPITAL) && !scene.words[at - 1].is(Word::ROLE | Word::TITLE | Word::MARK);
    names && !known && !is_title(word) && entity.name.contains(' ') && word.chars().any(char::is_lowercase)
}

fn class(scene: &Scene, candidate: usize, entity: Option<EntityKind>) -> SpeakerClass {
    let kind = scene.candidates[candidate].kind;
    match (kind, entity) {
        (_, Some(EntityKind::Person)) => SpeakerClass::Named,
        (_, Some(EntityKind::Organization | EntityKind::Place)) | (Kind::Body | Kind::It, _) => {
            SpeakerClass::Organization
        }
        (Kind::Group | Kind::They, _) => SpeakerClass::Group,
        (Kind::Capitals, _) => SpeakerClass::Named,
        (Kind::Name(_) | Kind::Noun, _) if plural(scene, candidate) => SpeakerClass::Group,
        (Kind::Name(EntityKind::Other), None) if is_somebody(scene, candidate) => SpeakerClass::Unnamed,
        (Kind::Name(_) | Kind::Paper, _) => SpeakerClass::Document,
        _ => SpeakerClass::Unnamed,
    }
}

/// What kind of source `phrase` is by its last noun that speaks: "Ada Okwu's aides".
fn class_of(scene: &Scene, phrase: &Range<usize>) -> SpeakerClass {
    let Some(noun) = phrase.clone().rfind(|&at| scene.words[at].is(Word::ROLE)) else { return SpeakerClass::Unnamed };
    match scene.words[noun] {
        word if word.is(Word::GROUP) || scene.prose.word(noun).ends_with('s') => SpeakerClass::Group,
        word if word.is(Word::BODY) => SpeakerClass::Organization,
        word if word.is(Word::PAPER) => SpeakerClass::Document,
        _ => SpeakerClass::Unnamed,
    }
}

/// True for "the French professional" and "the Syrian", not for "the Democratic platform".
fn is_somebody(scene: &Scene, candidate: usize) -> bool {
    let one = &scene.candidates[candidate];
    let end = |mention: usize| scene.prose.token_at(scene.mentions[mention].span.end.saturating_sub(1)) + 1;
    scene.words[one.tokens.end - 1].is(Word::PERSON)
        || one.mention.is_some_and(|mention| end(mention) == one.tokens.end)
}

fn plural(scene: &Scene, candidate: usize) -> bool {
    let word = scene.prose.word(scene.candidates[candidate].tokens.end - 1);
    word.ends_with('s') && !word.ends_with("ss")
}

/// "member of parliament" in "the member of parliament Ada Okwu", whose name is that of the candidate `named`.
fn title(scene: &Scene, start: usize, named: usize) -> Option<String> {
    let name = scene.prose.token_at(scene.mentions[scene.candidates[named].mention?].span.begin);
    let mut tokens = start..name;
    let joins = |at: usize| scene.words[at].is(Word::COMMA | Word::BRACKET) || is_honorific(scene.prose.word(at));
    while tokens.start < tokens.end && scene.words[tokens.start].is(Word::DETERMINER | Word::OWNER) {
        tokens.start += 1;
    }
    while tokens.start < tokens.end && joins(tokens.end - 1) {
        tokens.end -= 1;
    }
    let whole = !tokens.is_empty() && !tokens.clone().any(|at| scene.words[at].is(Word::COMMA));
    whole.then(|| scene.prose.span(scene.whole_words(tokens)).of(scene.prose.text).to_owned())
}

/// "Clinton spokesman" in "Clinton spokesman Jesse Ferguson", "senior official" in "a senior official".
fn role(scene: &Scene, candidate: usize) -> Option<String> {
    let one = &scene.candidates[candidate];
    let mut tokens = one.tokens.clone();
    if let Some(mention) = one.mention {
        tokens.end = scene.prose.token_at(scene.mentions[mention].span.begin);
    } else if !matches!(one.kind, Kind::Person | Kind::Group) {
        return None;
    }
    while tokens.start < tokens.end && scene.words[tokens.start].is(Word::DETERMINER | Word::OWNER) {
        tokens.start += 1;
    }
    while tokens.start < tokens.end && is_honorific(scene.prose.word(tokens.end - 1)) {
        tokens.end -= 1;
    }
    let only_title = |token: usize| is_title(scene.prose.word(token)) && scene.prose.word(token).ends_with('.');
    // "the bureau's" in "the bureau's Ada Okwu" is no role.
    let owns = tokens.clone().last().is_some_and(|last| scene.words[last].is(Word::GENITIVE));
    if owns || tokens.clone().all(only_title) {
        return None;
    }
    let role = scene.prose.span(scene.whole_words(tokens)).of(scene.prose.text);
    Some(if scene.tongue.is_some() { foreign::without_article(role) } else { role }.to_owned())
}

/// "Mr" and the like, which tell how somebody is addressed and no more.
fn is_honorific(word: &str) -> bool {
    const HONORIFICS: [&str; 8] = ["mr", "mrs", "ms", "miss", "mx", "md", "mme", "sir"];
    let word = word.strip_suffix('.').unwrap_or(word);
    HONORIFICS.iter().any(|honorific| word.eq_ignore_ascii_case(honorific))
}

#[cfg(test)]
mod tests {
    use super::super::last_speaker;
    use crate::extract::{SpeakerClass, annotate};

    /// The role of who says the last quote of `text`.
    #[track_caller]
    fn check(text: &str, expect: Option<&str>) {
        assert_eq!(last_speaker(text).role.as_deref(), expect, "in {text:?}");
    }

    #[test]
    fn two_say_it_together() {
        for text in [
            "Robert Miller and Mary Johnson said: “The dam will hold.”",
            "“The dam will hold,” Robert Miller and Mary Johnson said.",
            "“The dam will hold,” said Robert Miller and Mary Johnson.",
        ] {
            let found = annotate(text, Some("en"));
            let speaker = found.quotes[0].speaker.as_ref().expect("somebody speaks");
            let printed = speaker.span.map(|span| span.of(text));
            assert_eq!(
                (printed, speaker.class),
                (Some("Robert Miller and Mary Johnson"), SpeakerClass::Group),
                "{text}"
            );
            assert_eq!(speaker.name, None, "{text}");
        }
    }

    #[test]
    fn who_speaks_for_several_has_no_name() {
        for text in [
            "Robert Miller came. Mr. Miller and other leaders have said that the dam would hold.",
            "Robert Miller came. Miller and his aides said that the dam would hold.",
            "Mary Johnson came. She and her aides said that the dam would hold.",
        ] {
            let speaker = last_speaker(text);
            assert_eq!((speaker.name, speaker.class), (None, SpeakerClass::Group), "{text}");
        }
    }

    #[test]
    fn some_of_them_are_not_all_of_them() {
        let speaker = last_speaker("Some Democrats said that the dam would hold.");
        assert_eq!((speaker.name, speaker.class), (None, SpeakerClass::Group));
        assert_eq!(last_speaker("Democrats said that the dam would hold.").name.as_deref(), Some("Democrats"));
    }

    #[test]
    fn somebody_of_a_body_is_not_the_body() {
        for text in [
            "The GOP front-runner complained that the dam was “weak” and old.",
            "The New York state attorney general said that the dam was “weak” and old.",
            "Many World Bank watchers said that the dam was “weak” and old.",
        ] {
            assert_eq!(last_speaker(text).name, None, "{text}");
        }
        let bank = last_speaker("The World Bank on Monday said that the dam was “weak” and old.");
        assert_eq!(bank.name.as_deref(), Some("World Bank"));
    }

    #[test]
    fn two_with_callings_say_it_together() {
        let rower = "applauded the “great” dam.";
        for text in [
            format!("Mary Johnson, head of the bank, and Robert Miller, its founder, {rower}"),
            format!("Harrow mayor Mary Johnson and Leeds mayor Robert Miller {rower}"),
            format!("Mary Johnson and Economy Minister Robert Miller {rower}"),
        ] {
            let speaker = last_speaker(&text);
            assert_eq!((speaker.name, speaker.class), (None, SpeakerClass::Group), "{text}");
        }
        let firm = last_speaker("“Oil is dear,” Mary Johnson and McGinley analyst Robert Miller said.");
        assert_ne!(firm.class, SpeakerClass::Group);
        for one in ["who worked for David Brown, Carlos Diaz,", "a friend of David Brown, the mayor,"] {
            let one = format!("Mary Johnson, {one} and Robert Miller, the sheriff, {rower}");
            assert_ne!(last_speaker(&one).class, SpeakerClass::Group, "{one}");
        }
    }

    #[test]
    fn who_is_for_or_against_somebody_is_somebody_else() {
        for text in [
            "Mary Johnson lost. Mary Johnson supporters promised “growth” and jobs.",
            "Progressive groups encouraging Mary Johnson to run are hailing “her great speech”.",
            "Mary Johnson lost. A crowd of Mary Johnson supporters said that the “old dam” would fall.",
        ] {
            let speaker = last_speaker(text);
            assert_eq!((speaker.name, speaker.class), (None, SpeakerClass::Group), "{text}");
        }
        let against = last_speaker("Hundreds of pro-Miller demonstrators marched, chanting “Dam! Dam! Dam!”");
        assert_eq!(against.name, None);
        for words in ["The acting", "A smiling", "The outgoing", "At the meeting", "During the briefing"] {
            let own = last_speaker(&format!("{words} Mary Johnson said that the dam would hold."));
            assert_eq!(own.name.as_deref(), Some("Mary Johnson"), "{words}");
        }
        let particle = last_speaker("Bashar al-Marin has fled. “We will return to the dam,” al-Marin said.");
        assert_eq!(particle.name.as_deref(), Some("Bashar al-Marin"));
    }

    #[test]
    fn who_owns_a_phrase_is_not_who_it_names() {
        let class = |text: &str| {
            let speaker = last_speaker(text);
            assert_eq!(speaker.name, None, "{text}");
            speaker.class
        };
        let johnson = |words: &str| class(&format!("Mary Johnson came. {words} that the dam would “hold”."));
        assert_eq!(johnson("Johnson’s confidants say"), SpeakerClass::Unnamed);
        assert_eq!(johnson("Johnson’s campaign said"), SpeakerClass::Organization);
        assert_eq!(johnson("Johnson’s five voters said"), SpeakerClass::Group);
        let speaker = last_speaker("Mary Johnson came. Johnson’s claim that the dam would hold was wrong.");
        assert_eq!(speaker.name.as_deref(), Some("Mary Johnson"));
    }

    #[test]
    fn who_stands_behind_the_phrase_does_not_name_it() {
        let speaker = last_speaker("Bank managers love RTF; trade unions do not. The RTF is a pact.");
        assert_eq!((speaker.name, speaker.class), (None, SpeakerClass::Group));
    }

    #[test]
    fn mr_king_is_no_king() {
        let king = "“Having Larry King here helps,” Robert Miller said. “It will hold,” Mr. King, 82, told me.";
        assert_eq!(last_speaker(king).name.as_deref(), Some("Larry King"));
    }

    #[test]
    fn a_surname_that_is_a_word_too_is_its_bearers() {
        let speaker = last_speaker("The dietitian Trista Best warned the town. “The dam will hold,” Best added.");
        assert_eq!(speaker.name.as_deref(), Some("Trista Best"));
    }

    #[test]
    fn a_people_is_not_who_speaks_for_it() {
        let speaker =
            last_speaker("“The dam will hold,” said Malaysian member of parliament Mary Johnson, an engineer.");
        assert_eq!((speaker.name.as_deref(), speaker.class), (Some("Mary Johnson"), SpeakerClass::Named));
        assert_eq!(speaker.role.as_deref(), Some("Malaysian member of parliament"));
        let speaker = last_speaker("“The dam will hold,” the Syrian said.");
        assert_eq!((speaker.name, speaker.class), (None, SpeakerClass::Unnamed));
    }

    #[test]
    fn how_somebody_is_addressed_is_no_role() {
        check("“The dam will hold,” Mr Miller said.", None);
        check("“The dam will hold,” said the Hydrology Centre’s Robert Miller.", None);
        check("“The dam will hold,” said mayor Robert Miller.", Some("mayor"));
        check("Robert Miller, the mayor, spoke. “The dam will hold,” Mr Miller said.", Some("mayor"));
    }
}

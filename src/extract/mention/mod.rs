//! Spans that name.
//!
//! English goes through the trained [tagger](crate::model). For every other language there is a finder that has learned
//! nothing: [`cased`] goes by capital letters and cues, and where a script has no capitals, [`uncased`] knows a list of
//! places. It leaves out what it is not sure of, and its confidence is lower.

mod bracket;
mod cased;
mod edge;
mod headline;
mod language;
mod surname;
mod uncased;
mod words;

pub(super) use words::is_german_office;

use super::{EntityKind, Mention};
use crate::model;
use crate::text::{Prose, Span};

/// Finds the names in `prose`, in order, none overlapping another. `language` is the text's ISO 639-1 code; a text of
/// Latin letters that reads like English is taken as English whatever the code.
pub fn find(prose: &Prose, language: Option<&str>) -> Vec<Mention> {
    let mut found: Vec<Mention> = if language::is_english(prose, language) {
        let named = model::tag(prose).into_iter().map(Mention::from);
        let is_name = |span| !is_seat(prose.text, span) && edge::is_name(prose.text, span);
        let mut found = named.filter(|mention| is_name(mention.span)).collect();
        tidy(prose, &mut found);
        found
    } else {
        find_untrained(prose, language)
    };
    surname::to_persons(prose.text, &mut found);
    found
}

/// Makes what a dateline names at `place` a place, whatever its capitals were taken for.
pub fn set_place(found: &mut Vec<Mention>, place: Span) {
    let from = found.partition_point(|mention| mention.span.end <= place.begin);
    let to = found.partition_point(|mention| mention.span.begin < place.end);
    if found[from..to].iter().all(|mention| mention.kind != EntityKind::Place) {
        found.splice(from..to, [Mention { span: place, kind: EntityKind::Place, confidence: 1.0 }]);
    }
}

/// Sets right what the tagger, which sees one sentence, cannot know.
fn tidy(prose: &Prose, found: &mut Vec<Mention>) {
    headline::cut(prose, found);
    for mention in found.iter_mut() {
        edge::trim(prose.text, mention);
    }
    let told = edge::told(prose.text, found);
    let mut free = 0;
    for mention in found.iter_mut() {
        edge::take_given_name(prose.text, mention, free, &told);
        free = mention.span.end;
    }
    bracket::join(prose.text, found);
    surname::add_passed_over(prose.text, found);
}

/// True for party and state in brackets, "(D-Nev.)", which name neither by themselves.
fn is_seat(text: &str, span: Span) -> bool {
    let state = span.of(text).strip_prefix(['D', 'R', 'I']).and_then(|rest| rest.strip_prefix(['-', '–', '—']));
    let is_state = |state: &str| (1..=6).contains(&state.len()) && state.starts_with(|c: char| c.is_ascii_uppercase());
    text[..span.begin].ends_with('(') && state.is_some_and(is_state)
}

fn find_untrained(prose: &Prose, language: Option<&str>) -> Vec<Mention> {
    let mut found = cased::find(prose, language);
    let foreign = uncased::find(prose);
    if !foreign.is_empty() {
        found.extend(foreign);
        found.sort_by_key(|mention| mention.span);
    }
    found
}

/// `marked` without its braces, and the persons whose names stand between them.
#[cfg(test)]
fn marked_persons(marked: &str) -> (String, Vec<Mention>) {
    let (mut text, mut mentions) = (String::new(), Vec::new());
    for piece in marked.split('{') {
        let Some((name, rest)) = piece.split_once('}') else {
            text.push_str(piece);
            continue;
        };
        let span = Span::new(text.len(), text.len() + name.len());
        mentions.push(Mention { span, kind: super::EntityKind::Person, confidence: 1.0 });
        text.push_str(name);
        text.push_str(rest);
    }
    (text, mentions)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, language: Option<&str>, expect: &[(&str, EntityKind)]) {
        let found = find(&Prose::new(text), language);
        let names: Vec<_> = found.iter().map(|mention| (mention.span.of(text), mention.kind)).collect();
        assert_eq!(names, expect, "{text}");
    }

    #[test]
    fn each_language_has_its_finder() {
        let robert = ("Robert Tolle", EntityKind::Person);
        check("The minister, Robert Tolle, said that he was in the city.", None, &[robert]);
        check("El ministro habló con Robert Tolle sobre el río.", Some("es"), &[robert]);
        check("عقد الاجتماع في كابل و بغداد", None, &[("كابل", EntityKind::Place), ("بغداد", EntityKind::Place)]);
    }

    #[test]
    fn what_a_dateline_names_is_a_place() {
        let check = |marked: &str, name: &str, expect: &[(&str, EntityKind)]| {
            let (text, mut mentions) = marked_persons(marked);
            let begin = text.find(name).expect("the dateline names it");
            set_place(&mut mentions, Span::new(begin, begin + name.len()));
            let found: Vec<_> = mentions.iter().map(|mention| (mention.span.of(&text), mention.kind)).collect();
            assert_eq!(found, expect, "in {marked}");
        };
        let miller = ("Miller", EntityKind::Person);
        check("{TORROW} (AP) — {Miller} left.", "TORROW", &[("TORROW", EntityKind::Place), miller]);
        check("{TORROW Miller} left.", "TORROW", &[("TORROW", EntityKind::Place)]);
        check("TORROW (AP) — {Miller} left.", "TORROW", &[("TORROW", EntityKind::Place), miller]);
        check("{Miller} left. TORROW (AP) — It rained.", "TORROW", &[miller, ("TORROW", EntityKind::Place)]);
    }

    #[test]
    fn a_seat_is_no_name() {
        let text = "Sen. Robert Tolle (D-Nev.) and Ada Miller (R-Ga.) voted for it on Monday.";
        check(text, Some("en"), &[("Robert Tolle", EntityKind::Person), ("Ada Miller", EntityKind::Person)]);
    }

    #[test]
    fn other_languages_are_less_sure() {
        let confidence = |language| find(&Prose::new("Robert Tolle lives in Berlin."), language)[0].confidence;
        assert!(confidence(Some("es")) < confidence(Some("en")));
    }
}

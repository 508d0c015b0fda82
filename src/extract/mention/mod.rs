//! Spans that name.
//!
//! English goes through the trained [tagger](crate::model). For every other language there is a finder that has learned
//! nothing: [`cased`] goes by capital letters and cues, and where a script has no capitals, [`uncased`] knows a list of
//! places. It leaves out what it is not sure of, and its confidence is lower.

mod cased;
mod language;
mod uncased;
mod words;

use super::Mention;
use crate::model;
use crate::text::Prose;

/// Finds the names in `prose`, in order, none overlapping another. `language` is the text's ISO 639-1 code; a text of
/// Latin letters that reads like English is taken as English whatever the code.
pub fn find(prose: &Prose, language: Option<&str>) -> Vec<Mention> {
    if language::is_english(prose, language) {
        model::tag(prose).into_iter().map(Mention::from).collect()
    } else {
        find_untrained(prose, language)
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::EntityKind;

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
    fn other_languages_are_less_sure() {
        let confidence = |language| find(&Prose::new("Robert Tolle lives in Berlin."), language)[0].confidence;
        assert!(confidence(Some("es")) < confidence(Some("en")));
    }
}

//! Spans that name.
//!
//! English goes through the trained [tagger](crate::model). For every other language there is a finder that has learned
//! nothing: [`cased`] goes by capital letters and cues, and where a script has no capitals, [`uncased`] knows a list of
//! places. It leaves out what it is not sure of, and its confidence is lower.

mod cased;
mod language;
mod uncased;
mod words;

use super::{EntityKind, Mention};
use crate::model::{self, Class, Name};
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

impl From<Name> for Mention {
    fn from(name: Name) -> Self {
        Self { span: name.span, kind: EntityKind::from(name.class), confidence: name.confidence }
    }
}

impl From<Class> for EntityKind {
    fn from(class: Class) -> Self {
        match class {
            Class::Person => Self::Person,
            Class::Organization => Self::Organization,
            Class::Location | Class::Facility => Self::Place,
            Class::Nationality | Class::Product | Class::Miscellaneous => Self::Other,
        }
    }
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
    fn other_languages_are_less_sure() {
        let confidence = |language| find(&Prose::new("Robert Tolle lives in Berlin."), language)[0].confidence;
        assert!(confidence(Some("es")) < confidence(Some("en")));
    }
}

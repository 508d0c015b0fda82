//! Speakers in a text of a [`Tongue`], on which the models have learned nothing: a subject that
//! the verb leaves out ("«Veremos», ha dicho."), and which of the models' choices is no more than a guess.

use super::candidate::Kind;
use super::foreign;
use super::scene::{Cue, NONE};
use super::tongue::Tongue;
use super::view::View;
use super::words::Word;
use crate::extract::{EntityKind, Reason};

/// How sure a speaker is whom a verb leaves out, and who spoke last.
pub(super) const LEFT_OUT: f32 = 0.7;
/// Candidates before a stretch that are looked at.
const CANDIDATES: usize = 40;
/// Tokens between a verb of saying and a name in what it reports.
const CLAUSE: usize = 60;

impl View<'_, '_, '_> {
    /// True where the verb of saying next to the stretch has no subject of its own: "«Veremos», ha dicho."
    pub(super) fn leaves_out_subject(&self) -> bool {
        let scene = self.scene;
        if !scene.tongue.is_some_and(Tongue::leaves_out_subjects) {
            return false;
        }
        let bare =
            |cue: &&Cue| cue.left.is_none() && cue.right.is_none() && scene.words[cue.tokens.start].is(Word::FOREIGN);
        let small = Word::COMMA | Word::DASH | Word::AUXILIARY | Word::ADVERB | Word::COLON | Word::CONJUNCTION;
        let joined = |mut between: std::ops::Range<usize>| between.all(|at| scene.words[at].is(small));
        let tail = self.cue(self.tail).filter(|tail| joined(self.stretch.tokens.end..tail.tokens.start));
        let lead = self.cue(self.lead).filter(|lead| joined(lead.tokens.end..self.stretch.tokens.start));
        tail.or(lead).as_ref().is_some_and(bare)
    }

    /// The one person who said something in this paragraph or the one before, where nobody else was brought in since.
    pub(super) fn predecessor(&self) -> Option<usize> {
        let scene = self.scene;
        let floor = self.paragraph.saturating_sub(1);
        let here = scene.candidates.partition_point(|one| one.tokens.start < self.stretch.tokens.start);
        let last = self.last.candidate.filter(|_| {
            let stretch = &scene.stretches[self.last.stretch];
            scene.paragraph[stretch.tokens.end - 1] >= floor
        });
        let near = (here.saturating_sub(CANDIDATES)..here).rev();
        let near = near.take_while(|&one| scene.paragraph[scene.candidates[one].tokens.start] >= floor);
        let says = |one: usize| scene.subject_of[one] != NONE || Some(one) == last;
        let mut found: Option<usize> = last;
        let near = near.filter(|&one| foreign::is_somebody(scene, one) && foreign::is_subject(scene, one));
        for (at, one) in near.filter(|&one| !self.is_in_report(one)).enumerate() {
            let same = found.is_some_and(|found| self.is_same(found, one));
            // Who is named since, and says nothing, may be the subject as well.
            let other = found.is_some() && !same && (says(one) || at == 0)
                || found.is_none() && at == 0 && !says(one) && !self.is_apposition(one);
            if other {
                return None;
            }
            found = found.or(Some(one).filter(|&one| says(one)));
        }
        found
    }

    /// True for whom somebody else speaks of in the same sentence: "la Guardia Civil" in "El alcalde pidió calma porque la
    /// Guardia Civil sigue en la zona".
    fn is_in_report(&self, candidate: usize) -> bool {
        let scene = self.scene;
        let start = scene.candidates[candidate].tokens.start;
        let first = scene.cues.partition_point(|cue| cue.tokens.start + CLAUSE < start);
        let mut before = scene.cues[first..].iter().take_while(|cue| cue.tokens.end < start);
        let clause = |from: usize| (from..start).any(|at| scene.words[at].is(Word::CONJUNCTION));
        scene.subject_of[candidate] == NONE
            && before.any(|cue| {
                let subject = cue.left.filter(|&left| foreign::is_somebody(scene, left));
                subject.is_some() && scene.same_sentence(cue.tokens.start, start) && clause(cue.tokens.end)
            })
    }

    /// True where two candidates are one: by name, or by the name apposed to a role.
    fn is_same(&self, one: usize, other: usize) -> bool {
        let name = |one: usize| match self.scene.entity[one] {
            NONE => foreign::apposed(self.scene, one),
            entity => Some(entity as usize),
        };
        let kind = |one: usize| self.scene.candidates[one].kind;
        let pronoun = matches!(kind(one), Kind::He | Kind::She) && kind(one) == kind(other);
        one == other || pronoun || name(one).is_some_and(|found| name(other) == Some(found))
    }

    /// True for a name behind a comma, which may be that of whoever stands before.
    fn is_apposition(&self, candidate: usize) -> bool {
        let start = self.scene.candidates[candidate].tokens.start;
        start > 0 && self.scene.words[start - 1].is(Word::COMMA)
    }

    /// True where nothing in a text of another language tells that `candidate` says the stretch.
    pub(super) fn is_guess(&self, candidate: usize) -> bool {
        let scene = self.scene;
        if scene.tongue.is_none() {
            return false;
        }
        let one = &scene.candidates[candidate];
        let start = one.tokens.start;
        let touches = || scene.prose.tokens[start - 1].span.end == scene.prose.tokens[start].span.begin;
        match self.relation(candidate) {
            Reason::AccordingTo => false,
            // "Der Fall Weber: ..." is a headline, and „Hurra“-Rufe are one word.
            Reason::Transcript => {
                matches!(one.kind, Kind::Name(_) | Kind::Noun) && scene.words[start].is(Word::DETERMINER)
            }
            Reason::Signature => touches(),
            _ if !foreign::is_subject(scene, candidate) && !foreign::speaks_for_body(scene, candidate) => true,
            Reason::SameSentence | Reason::Nearby | Reason::EarlierSubject | Reason::NoRule => true,
            // What stands behind a verb that is not next to the words may be its object.
            Reason::SubjectAfterVerb => one.kind == Kind::Noun,
            Reason::IntroducedInverted => one.kind == Kind::Noun || self.before.is(Word::PREPOSITION),
            Reason::Colon => !self.opens_sentence(candidate) || self.is_heard(),
            Reason::Carried => {
                let stretch = &scene.stretches[self.last.stretch];
                let far = scene.paragraph[stretch.tokens.end - 1] + 1 < self.paragraph;
                far || self.lead.is_some() || self.tail.is_some() || self.has_clause_of_another()
            }
            _ => false,
        }
    }

    /// True for a person with whom the sentence begins that leads up to the stretch by a colon: "Weber im Gespräch: „…“".
    fn opens_sentence(&self, candidate: usize) -> bool {
        let scene = self.scene;
        let one = &scene.candidates[candidate];
        let start = one.tokens.start;
        let person = matches!(one.kind, Kind::Name(EntityKind::Person) | Kind::Person | Kind::He | Kind::She);
        person && !one.qualifies && (start == 0 || !scene.same_sentence(start - 1, start))
    }
}

#[cfg(test)]
mod tests {
    use super::super::check_last_speaker_in as check;

    #[test]
    fn who_spoke_last_goes_on_where_the_verb_has_no_subject() {
        let torres = "“Limpiamos calle por calle”, dijo el alcalde de Lugo, Juan Torres.";
        check(&format!("{torres} “No había nadie en las casas”, ha añadido."), "es", Some("Juan Torres"));
        check(&format!("{torres}\n\n“No había nadie en las casas”, aseguró."), "es", Some("Juan Torres"));
        check(
            "«Siamo pronti per la piena», ha detto Anna Rossi. «Non c’è fretta per ora», ha aggiunto.",
            "it",
            Some("Anna Rossi"),
        );
    }

    #[test]
    fn whom_somebody_speaks_of_is_no_subject() {
        check(
            "Juan Torres pidió calma porque la guardia civil sigue en la zona. “No había nadie en las casas”, ha señalado.",
            "es",
            Some("Juan Torres"),
        );
    }

    #[test]
    fn nobody_is_guessed_where_two_may_be_meant() {
        let torres = "“Limpiamos calle por calle”, dijo el alcalde de Lugo, Juan Torres.";
        check(&format!("{torres} Después llegó Luis Pérez. “No había nadie en las casas”, aseguró."), "es", None);
        check("Las casas de Lugo arden porque Luis Pérez se fue. “No había nadie en las casas”, aseguró.", "es", None);
        let far = "La gente esperó en la plaza.";
        check(&format!("{torres}\n\n{far}\n\n{far}\n\n“No había nadie en las casas”, aseguró."), "es", None);
    }

    #[test]
    fn a_name_near_by_is_no_speaker() {
        check("Juan Torres llegó a Lugo. “No había nadie en las casas y no se podía pasar”.", "es", None);
        check("Peter Weber kam nach Aachen. „Es war niemand in den Häusern, und wir mussten gehen.“", "de", None);
        check("Paul Durand est à Nantes. « Il n’y avait personne dans les maisons de la ville. »", "fr", None);
        check("Peter Weber im Gespräch mit der Zeitung: „Es war niemand in den Häusern.“", "de", Some("Peter Weber"));
    }
}

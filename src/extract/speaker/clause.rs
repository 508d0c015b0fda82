//! Who speaks, in a text of a [`Tongue`](super::tongue::Tongue), where no verb of saying stands in the sentence of the
//! stretch: the subject of the clause that a colon joins to it ("Esta vecina no está de acuerdo: «…»"), and who says
//! something in the sentence before.

use std::ops::Range;

use super::candidate::Kind;
use super::foreign;
use super::scene::NONE;
use super::tongue::Tongue;
use super::view::View;
use super::words::Word;
use crate::extract::EntityKind;
use crate::extract::cue::{self, CueClass};

/// How sure a speaker is who is the subject of a clause before a colon, and one who reports in the sentence before.
const JOINED: f32 = 0.75;
const REPORTS: f32 = 0.65;
/// Fewest words behind the colon: fewer are a title or a term.
const LEAST: usize = 5;
/// Tokens of the longest clause, and of a sentence before that is looked at.
const CLAUSE: usize = 60;

/// Verbs whose subject shows words of somebody else, and things that they stand on.
const SHOWS: &str = "cita citó citaba cite citait citou zitiert zitierte mostra mostró mostrou muestra montre montrait \
    porta portava porte portait lleva llevaba exhibe trägt trug";
/// What may stand behind a passive, before whoever says the words.
const BY: &str = "da dal dalla dai dagli dalle par por pelo pela pelos pelas von vom";

/// Verbs whose subject reads or hears the words.
const HEARS: &str = "recibió recibe leyó lee escuchó escucha oyó oye recebeu recebe leu lê ouviu ouve ricevuto riceve \
    letto legge sente sentito reçoit reçu lit lu entend entendu écoute bekam bekommt erhielt erhält las liest hört hörte \
    gehört gelesen vio";

impl View<'_, '_, '_> {
    /// Who speaks by the clause before a colon or by the sentence before, and how sure that is.
    pub(super) fn told_around(&self) -> Option<(usize, f32)> {
        let joined = self.joined_subject().map(|subject| (subject, JOINED));
        joined.or_else(|| Some((self.reporter()?, REPORTS)))
    }

    /// The subject of the clause before a colon, where nobody else is named that it may be: "Anna Weber lässt keinen Zweifel:
    /// „…“".
    fn joined_subject(&self) -> Option<usize> {
        let scene = self.scene;
        let clause = self.clause_before_colon()?;
        let ends = matches!(self.stretch.ends, '.' | '!' | '?' | '…') || self.after.is(Word::STOP);
        if self.stretch.words < LEAST || !ends || self.lead.is_some() || self.tail.is_some() || self.is_heard() {
            return None;
        }
        let small = Word::ADVERB | Word::CONJUNCTION | Word::COMMA;
        let first = clause.clone().find(|&at| !scene.words[at].is(small))?;
        let somebody = |&one: &usize| {
            let kind = scene.candidates[one].kind;
            foreign::is_somebody(scene, one) && !foreign::is_governed(scene, one) && kind != Kind::They
        };
        let from = scene.candidates.partition_point(|one| one.tokens.start < clause.start);
        let inside = (from..scene.candidates.len()).take_while(|&one| scene.candidates[one].tokens.end <= clause.end);
        let mut those = inside.filter(somebody);
        let subject = those.next()?;
        let one = &scene.candidates[subject];
        let is_apposed = |other: usize| {
            foreign::apposed(scene, subject).is_some_and(|entity| scene.entity[other] as usize == entity)
                || scene.candidates[other].tokens.start == one.tokens.end + 1
                    && scene.words[one.tokens.end].is(Word::COMMA)
        };
        let named = one.kind == Kind::Name(EntityKind::Person);
        // "Ähnlich sieht es Konrad Duffy:", but not "Die Presse lobt Konrad Duffy:".
        let inverted = scene.tongue == Some(Tongue::German)
            && named
            && !scene.words[first].is(Word::DETERMINER | Word::PREPOSITION | Word::AUXILIARY)
            && scene.words[one.tokens.end].is(Word::COMMA | Word::COLON);
        let opens = one.tokens.start == first && one.tokens.end < clause.end;
        ((opens || inverted) && those.all(is_apposed)).then_some(subject)
    }

    /// True for a whole sentence in a text of a tongue, whose words the models do not know: a term or a title is none.
    pub(super) fn is_foreign_sentence(&self) -> bool {
        let scene = self.scene;
        let begin = self.stretch.tokens.start;
        let opens = begin == 0 || !scene.same_sentence(begin - 1, begin);
        let said = self.after.is(Word::COMMA)
            && self.cue(self.tail).is_some_and(|tail| {
                let mut between = self.stretch.tokens.end..tail.tokens.start;
                between.all(|at| scene.words[at].is(Word::COMMA | Word::AUXILIARY | Word::ADVERB))
            });
        let ends = matches!(self.stretch.ends, '.' | '!' | '?' | '…') || self.after.is(Word::STOP) || said;
        scene.tongue.is_some() && opens && ends && self.stretch.words > LEAST
    }

    /// True where whoever is named before the colon reads, hears or shows the words, or is called so by somebody.
    pub(super) fn is_heard(&self) -> bool {
        let is_of = |list: &str, at: usize| list.split_whitespace().any(|one| one == self.scene.prose.word(at));
        let is_passive = |at: usize| is_of(BY, at) && at > 1 && self.is_participle(at - 1);
        let hears = |at: usize| is_of(HEARS, at) || is_of(SHOWS, at) || is_passive(at);
        self.clause_before_colon().is_some_and(|mut clause| clause.any(hears))
    }

    /// True for "accusé" of "est accusé", whose verb is an auxiliary.
    fn is_participle(&self, at: usize) -> bool {
        const ENDINGS: [&str; 20] = [
            "é", "ée", "és", "ées", "ato", "ata", "ati", "ate", "ito", "ita", "uto", "uta", "ado", "ada", "ados",
            "adas", "ido", "ida", "idos", "t",
        ];
        let word = self.scene.prose.word(at);
        let before = at.checked_sub(1).is_some_and(|before| {
            let word = self.scene.words[before];
            word.is(Word::AUXILIARY) || ENDINGS.iter().any(|ending| self.scene.prose.word(before).ends_with(ending))
        });
        before && ENDINGS.iter().any(|ending| word.ends_with(ending))
    }

    /// The tokens from the begin of the sentence to the colon right before the stretch.
    fn clause_before_colon(&self) -> Option<Range<usize>> {
        let scene = self.scene;
        let colon = self.stretch.tokens.start.checked_sub(1).filter(|_| self.before.is(Word::COLON))?;
        let floor = colon.saturating_sub(CLAUSE);
        let begin = (floor..colon).rev().take_while(|&at| scene.same_sentence(at, colon)).last()?;
        let whole = begin > floor || floor == 0;
        (whole && (begin..colon).all(|at| scene.inside[at] == NONE)).then_some(begin..colon)
    }

    /// True where a clause with a subject of its own leads up to the stretch by a colon, so that nobody goes on: "La otra
    /// vecina coincide: «…»".
    pub(super) fn has_clause_of_another(&self) -> bool {
        let scene = self.scene;
        let Some(clause) = self.clause_before_colon() else { return false };
        let small = Word::ADVERB | Word::CONJUNCTION | Word::COMMA;
        let Some(first) = clause.clone().find(|&at| !scene.words[at].is(small)) else { return false };
        let article = || [cue::hash("the"), cue::hash("a")].contains(&scene.words[first].hash);
        let owned = foreign::is_owner(scene.prose.word(first));
        clause.end > first + 2 && scene.words[first].is(Word::DETERMINER) && article() && !owned
    }

    /// The one who says something in the sentence before, where the stretch is a sentence of its own: "Weber sagt, sie
    /// bleibe. „Ich gehe nicht.“"
    fn reporter(&self) -> Option<usize> {
        let scene = self.scene;
        let Range { start, end } = self.stretch.tokens;
        let before = start.checked_sub(1)?;
        let opens = !scene.same_sentence(before, start) && scene.paragraph[before] == self.paragraph;
        let ends = matches!(self.stretch.ends, '.' | '!' | '?' | '…') || self.after.is(Word::STOP);
        let closes = scene.words.get(end).is_none() || self.after.is(Word::STOP) || !scene.same_sentence(end - 1, end);
        if !opens || !ends || !closes || self.stretch.words < LEAST || self.lead.is_some() || self.tail.is_some() {
            return None;
        }
        let floor = before.saturating_sub(CLAUSE);
        let first = scene.cues.partition_point(|cue| cue.tokens.start < floor);
        let here = scene.cues[first..].iter().take_while(|cue| cue.tokens.start <= before);
        let says = |class: CueClass| matches!(class, CueClass::Say | CueClass::Claim);
        let mut cues = here.filter(|cue| says(cue.class) && scene.same_sentence(cue.tokens.start, before));
        let subject = cues.next().and_then(|cue| cue.left.or(cue.right))?;
        let alone = cues.all(|cue| cue.left.or(cue.right).is_none_or(|other| other == subject));
        (alone && foreign::is_somebody(scene, subject) && foreign::is_subject(scene, subject)).then_some(subject)
    }
}

#[cfg(test)]
mod tests {
    use super::super::check_last_speaker_in as check;
    use crate::extract::annotate;

    #[test]
    fn the_subject_of_a_clause_before_a_colon_speaks() {
        check(
            "Es ist Mai. Karsten Weber lässt keinen Zweifel: „Wir gehen nicht aus der Stadt.“",
            "de",
            Some("Karsten Weber"),
        );
        check(
            "Es ist Mai. Ähnlich sieht es Karsten Weber: „Wir gehen nicht aus der Stadt.“",
            "de",
            Some("Karsten Weber"),
        );
        check("Paul Durand est catégorique : « Nous ne partirons pas de la ville. »", "fr", Some("Paul Durand"));
        check("Pero Juan Torres no está de acuerdo: “No vamos a salir de la plaza”.", "es", Some("Juan Torres"));
        check("Anna Rossi non ha dubbi: «Non andremo via dalla città per questo».", "it", Some("Anna Rossi"));
    }

    #[test]
    fn whoever_is_not_the_subject_does_not_speak() {
        check("Am Abend traf Karsten Weber ein Freund von Konrad Meier: „Wir gehen nicht aus der Stadt.“", "de", None);
        check("Die Presse lobt Karsten Weber: „Wir gehen nicht aus der Stadt.“", "de", None);
        check("Paul Durand a reçu une lettre : « Nous ne partirons pas de la ville. »", "fr", None);
        check("Paul Durand est accusé par le procureur : « Nous ne partirons pas de la ville. »", "fr", None);
        check("Paul Durand porte un tee-shirt : « Nous ne partirons pas de la ville. »", "fr", None);
        check("Anna Rossi è stata insultata dai tifosi: «Non andremo via dalla città per questo».", "it", None);
        check("Juan Torres cita a Lorca: “No vamos a salir de la plaza”.", "es", None);
    }

    #[test]
    fn a_whole_sentence_between_marks_is_said() {
        let count = |text: &str| annotate(text, Some("pt")).quotes.len();
        let land = "Ela saiu do país, e na volta era outra.";
        assert_eq!(
            count(&format!("{land} \"Mais tarde, no ano da feira, fui lendo mais e tal\". Rendido, foi embora.")),
            1
        );
        assert_eq!(count(&format!("{land} O livro \"Mais tarde, no ano da feira, e tal\" saiu em maio do ano.")), 0);
    }

    #[test]
    fn nobody_goes_on_over_the_clause_of_another() {
        let torres = "“Queremos la fiesta en la plaza”, dijo Juan Torres.";
        check(&format!("{torres} La otra parte coincide: “No queremos perder la fiesta del barrio”."), "es", None);
        let torres = "El portavoz destaca que quieren fiesta: \"Queremos la fiesta en la plaza\".";
        let last =
            annotate(&format!("{torres} La otra coincide: \"No queremos perder la fiesta\"."), Some("es")).quotes.pop();
        assert!(last.expect("a quote").speaker.is_none(), "the sentence ends behind the mark and the stop");
    }

    #[test]
    fn who_reports_in_the_sentence_before_goes_on() {
        check(
            "Juan Torres explicó que la plaza estaba llena. “No había nadie en las casas de la calle”.",
            "es",
            Some("Juan Torres"),
        );
        check(
            "Der Regen kam. Karsten Weber sagt, er bleibe. „Wir gehen nicht aus der Stadt.“",
            "de",
            Some("Karsten Weber"),
        );
        check(
            "Juan Torres explicó lo que Luis Pérez contó ayer. “No había nadie en las casas de la calle”.",
            "es",
            None,
        );
    }
}

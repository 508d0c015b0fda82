//! The languages besides English whose small words the search for speakers knows: Spanish, Portuguese, Italian, French
//! and German. In a text in one of them the same letters as an English word are another word ("on", "man", "will"), and
//! without the prepositions of the language a place would be part of the phrase: "el alcalde de Lugo".

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::words::Word;
use crate::extract::cue::foreign::{FRENCH, GERMAN, ITALIAN, PORTUGUESE, SPANISH, Verbs};
use crate::extract::cue::{self, Identity};
use crate::extract::mention::is_german_office;
use crate::text::{Prose, TokenKind};

/// Most words that are looked at to tell the language.
const SAMPLE: usize = 400;
/// A text has at least one frequent word of its language in so many words.
const FREQUENT: usize = 8;

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tongue {
    Spanish,
    Portuguese,
    Italian,
    French,
    German,
}

/// All of them.
const TONGUES: [Tongue; 5] = [Tongue::Spanish, Tongue::Portuguese, Tongue::Italian, Tongue::French, Tongue::German];

/// Frequent words, of each of [`TONGUES`] and then of English, Dutch and the languages of the north.
const COMMON: [&str; 8] = [
    "el la los las de del que y en un una por con para se su al es lo no como más fue ha dijo",
    "o os as da do das dos que e em um uma por com para se sua ao é não na no nas nos mais foi disse",
    "il lo la gli le di del della dei delle che e è un una per con non si al nel sono ha i da più",
    "le la les de du des que et en un une pour par dans est au aux sur qui ne pas il a plus ce cette",
    "der die das und den dem des ein eine einen ist nicht von mit zu im auf für sich auch wir er sie es am wird hat sagte sagt sind",
    "the and of to a an as he she it be are for with that by from his her their they was were said has have had not which would is on at",
    "het een van en dat is op te zijn voor met niet aan ook door maar er bij",
    "og och er är det på av som en et ett til till med for för ikke inte har den at att han",
];

/// Bytes of the longest of [`COMMON`].
const LONGEST: usize = 5;

/// The words of a language, by what they are.
struct Lists {
    verbs: Verbs,
    /// Articles and the like before the one they name, and before a new one.
    definite: &'static str,
    indefinite: &'static str,
    prepositions: &'static str,
    conjunctions: &'static str,
    /// Auxiliaries, negations, and pronouns that are no subjects where they stand.
    auxiliaries: &'static str,
    adverbs: &'static str,
    times: &'static str,
    persons: &'static str,
    groups: &'static str,
    bodies: &'static str,
    /// Forms that say something right behind quoted words, and are nouns or other verbs elsewhere.
    inserted: &'static str,
}

const LISTS: [Lists; 5] = [
    Lists {
        verbs: SPANISH,
        definite: "el la los las este esta estos estas ese esa esos esas aquel aquella su sus mi mis nuestro nuestra",
        indefinite: "un una unos unas otro otra otros otras varios varias algunos algunas algún alguna cada dos tres",
        prepositions: "de del a al en con por para sin sobre entre desde hasta hacia contra ante bajo tras durante \
            mediante",
        conjunctions: "y e o u pero sino que porque aunque mientras cuando donde como si pues quien quienes cuyo cuya",
        auxiliaries: "ha han he había habían hay es son era eran fue fueron ser está están estaba estaban puede pueden \
            debe deben va van tiene tienen hace no se le les lo me te nos él ella ellos ellas ello yo nosotros",
        adverbs: "además también tampoco ahora así entonces después luego hoy ayer asimismo tanto ya solo sólo muy más \
            menos aún todavía siempre nunca aquí allí",
        times: "lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre \
            octubre noviembre diciembre",
        persons: "alcalde alcaldesa presidente presidenta vicepresidente vicepresidenta ministro ministra portavoz \
            consejero consejera secretario secretaria director directora delegado delegada concejal concejala diputado \
            diputada senador senadora gobernador gobernadora juez jueza fiscal abogado abogada líder jefe jefa \
            coordinador coordinadora responsable subdelegado embajador embajadora canciller papa rey reina obispo \
            sacerdote médico médica doctor doctora profesor profesora investigador investigadora experto experta \
            analista economista escritor escritora autor autora actor actriz cantante entrenador entrenadora jugador \
            jugadora técnico capitán comisario comisaria inspector agente policía general coronel empresario empresaria \
            vecino vecina testigo víctima hombre mujer joven padre madre hijo hija hermano hermana mandatario \
            mandataria dirigente funcionario funcionaria candidato candidata representante periodista activista \
            científico científica",
        groups: "alcaldes ministros portavoces vecinos expertos autoridades fuentes diputados padres trabajadores \
            sindicatos investigadores agentes testigos víctimas médicos familiares organizadores responsables",
        bodies: "gobierno ejecutivo ministerio policía ayuntamiento partido empresa compañía comisión tribunal juzgado \
            fiscalía ejército grupo asociación federación organización agencia cadena diario periódico universidad \
            hospital club consejería junta guardia sindicato oposición plataforma fundación consejo banco congreso senado",
        inserted: "resume describe define denuncia critica pregunta alerta sentencia relata cuenta ataca",
    },
    Lists {
        verbs: PORTUGUESE,
        definite: "o a os as este esta estes estas esse essa esses essas seu sua seus suas",
        indefinite: "um uma uns umas outro outra outros outras vários várias alguns algumas cada dois duas três",
        prepositions: "de do da dos das em no na nos nas num numa ao à aos às com por pelo pela pelos pelas para sem \
            sobre entre desde até contra após durante",
        conjunctions: "e ou mas que porque embora enquanto quando onde como se quem cujo cuja",
        auxiliaries: "tem têm tinha tinham foi foram é são era eram ser está estão estava estavam pode podem deve devem \
            vai vão há não lhe lhes me nos ele ela eles elas eu nós",
        adverbs: "também agora hoje ontem amanhã então depois ainda já sempre nunca mais muito assim porém além disso \
            só apenas aqui ali",
        times: "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo janeiro fevereiro março abril \
            maio junho julho agosto setembro outubro novembro dezembro",
        persons: "presidente vice-presidente ministro ministra porta-voz secretário secretária diretor diretora prefeito \
            prefeita deputado deputada senador senadora governador governadora juiz juíza procurador procuradora \
            advogado advogada líder chefe coordenador coordenadora embaixador embaixadora médico médica professor \
            professora pesquisador pesquisadora especialista analista economista autor autora ator atriz treinador \
            técnico jogador jogadora delegado delegada empresário empresária morador moradora homem mulher jovem pai mãe \
            candidato candidata representante",
        groups: "ministros moradores especialistas autoridades fontes deputados pais trabalhadores pesquisadores médicos",
        bodies: "governo ministério polícia prefeitura câmara partido empresa companhia comissão tribunal exército grupo \
            associação federação organização agência jornal universidade hospital clube sindicato",
        inserted: "critica pergunta alerta lamenta relata conta",
    },
    Lists {
        verbs: ITALIAN,
        definite: "il lo la i gli le questo questa questi queste quel quella suo sua suoi sue",
        indefinite: "un uno una altro altra altri altre alcuni alcune ogni due tre",
        prepositions: "di del dello della dei degli delle a al allo alla ai agli alle da dal dallo dalla dai dagli dalle \
            in nel nello nella nei negli nelle con per tra fra su sul sullo sulla sui sugli sulle contro verso dopo \
            durante senza",
        conjunctions: "e ed o ma che perché mentre quando dove come se chi cui",
        auxiliaries: "ha hanno ho aveva avevano è sono era erano stato stata può possono deve devono va non si ci mi ti \
            lui lei loro egli ella noi io",
        adverbs: "inoltre anche poi ora adesso oggi ieri domani così già ancora sempre mai più molto infine quindi \
            dunque tuttavia invece solo soltanto qui",
        times: "lunedì martedì mercoledì giovedì venerdì sabato domenica gennaio febbraio marzo aprile maggio giugno \
            luglio agosto settembre ottobre novembre dicembre",
        persons: "presidente vicepresidente ministro ministra premier portavoce segretario segretaria direttore \
            direttrice sindaco sindaca assessore assessora deputato deputata senatore senatrice governatore giudice \
            procuratore avvocato avvocata leader capo coordinatore coordinatrice responsabile ambasciatore papa vescovo \
            medico dottore professore professoressa ricercatore ricercatrice esperto esperta analista economista autore \
            autrice attore attrice allenatore tecnico giocatore comandante imprenditore imprenditrice testimone uomo \
            donna padre madre candidato candidata capogruppo",
        groups: "ministri esperti autorità fonti deputati genitori lavoratori sindacati ricercatori testimoni medici",
        bodies: "governo ministero polizia comune partito azienda società commissione tribunale procura esercito gruppo \
            associazione federazione organizzazione agenzia giornale università ospedale club sindacato",
        inserted: "attacca accusa commenta denuncia nota conclude critica lamenta",
    },
    Lists {
        verbs: FRENCH,
        definite: "le la les ce cet cette ces son sa ses leur leurs notre nos",
        indefinite: "un une chaque plusieurs quelques deux trois autre autres",
        prepositions: "de du des à au aux en dans par pour sur sous avec sans chez vers contre entre depuis pendant \
            après avant devant derrière dès outre malgré parmi",
        conjunctions: "et ou mais donc or ni car que qui parce lorsque quand comme si tandis dont où",
        auxiliaries: "a ont ai avait avaient est sont était étaient été être ne pas se va vont doit doivent peut peuvent \
            fait lui me il elle ils elles je nous on vous tu y",
        adverbs: "ainsi enfin ensuite puis hier demain aujourd’hui aujourd'hui alors aussi encore déjà toujours jamais \
            plus moins très bien même cependant toutefois pourtant néanmoins notamment également seulement récemment \
            finalement ici là",
        times: "lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août \
            septembre octobre novembre décembre",
        persons: "président présidente vice-président vice-présidente ministre porte-parole secrétaire directeur \
            directrice maire adjoint adjointe préfet préfète député députée sénateur sénatrice gouverneur juge procureur \
            procureure avocat avocate chef cheffe patron patronne responsable ambassadeur ambassadrice pape évêque \
            médecin docteur professeur professeure chercheur chercheuse expert experte analyste économiste historien \
            historienne écrivain écrivaine auteur autrice acteur actrice entraîneur joueur joueuse capitaine commissaire \
            général colonel entrepreneur témoin victime homme femme père mère fils fille candidat candidate élu élue \
            représentant représentante journaliste militant militante scientifique dirigeant dirigeante",
        groups: "ministres experts autorités sources députés parents salariés syndicats chercheurs témoins habitants \
            élus médecins avocats",
        bodies: "gouvernement ministère police mairie parti entreprise société commission tribunal parquet armée groupe \
            association fédération organisation agence journal université hôpital club syndicat préfecture",
        inserted: "juge pointe note cite commente demande plaide résume tranche souffle observe assure remarque lance",
    },
    Lists {
        verbs: GERMAN,
        definite: "der die das den dem dieser diese dieses diesem diesen sein seine seinem seinen ihr ihre ihrem ihren \
            unser unsere",
        indefinite: "ein eine einen einem einer eines kein keine jeder jede andere anderer viele einige mehrere zwei drei",
        prepositions: "von vom zu zum zur in im ins an am ans auf aus bei beim mit nach seit vor für durch gegen ohne \
            um über unter zwischen hinter neben während wegen trotz gegenüber des",
        conjunctions: "und oder denn sondern dass weil wenn als ob obwohl nachdem bevor wie wo",
        auxiliaries: "hat haben hatte hatten habe ist sind war waren wird werden wurde wurden worden sei seien kann \
            können konnte konnten könnte muss müssen musste mussten müsste soll sollen sollte sollten will wollen wollte \
            wollten darf dürfen durfte mag möchte würde würden wäre hätte gibt gab geht ging steht stand handelt handele \
            nicht sich er sie es man wir ich uns ihm ihnen ihn",
        adverbs: "aber hingegen jedoch indes allerdings dann danach zudem dabei damit doch nun heute gestern morgen auch \
            noch schon außerdem dennoch derweil ebenfalls bislang jüngst kürzlich anschließend demnach hierzu dafür \
            darüber daran deswegen erst zuletzt vielmehr hinzu selbst zwar sogar nämlich weiter weiterhin dagegen dazu deshalb daher daraufhin zuvor bereits nur sehr mehr immer \
            wieder hier dort jetzt gleichzeitig schließlich später zunächst etwa einmal so da schön",
        times: "montag dienstag mittwoch donnerstag freitag samstag sonntag sonnabend montagabend dienstagabend \
            mittwochabend donnerstagabend freitagabend samstagabend sonntagabend januar februar märz april mai juni \
            juli august september oktober november dezember anfang ende mitte",
        persons: "mann frau vater mutter sohn tochter bruder schwester zeuge zeugin arzt ärztin könig königin papst \
            bischof pfarrer richter richterin senator senatorin abgeordnete abgeordneter kandidat kandidatin ökonom \
            ökonomin analyst analystin historiker historikerin lehrer lehrerin nachbar nachbarin opfer spieler spielerin \
            kapitän schauspieler schauspielerin schriftsteller schriftstellerin unternehmer unternehmerin premier \
            gouverneur botschafter botschafterin general oberst",
        groups: "ermittler experten forscher behörden ärzte eltern anwohner minister zeugen wissenschaftler politiker",
        bodies: "regierung ministerium polizei stadt partei firma unternehmen konzern kommission gericht armee gruppe \
            verband verein organisation agentur zeitung universität klinik klub gewerkschaft staatsanwaltschaft \
            bundesregierung innenministerium",
        inserted: "findet fand glaubt denkt weiß hofft lacht erinnert erinnerte freut freute wünscht wünschte betet betete",
    },
];

/// Openings of several words, of all the languages, that tell when or why something is said.
const OPENINGS: &[&[&str]] = &[
    &["sin", "embargo"],
    &["no", "obstante"],
    &["en", "tanto"],
    &["mientras", "tanto"],
    &["por", "su", "parte"],
    &["por", "otra", "parte"],
    &["por", "otro", "lado"],
    &["por", "último"],
    &["al", "respecto"],
    &["a", "su", "vez"],
    &["de", "hecho"],
    &["en", "cambio"],
    &["en", "ese", "sentido"],
    &["en", "este", "sentido"],
    &["en", "este", "contexto"],
    &["no", "entanto"],
    &["por", "sua", "vez"],
    &["por", "outro", "lado"],
    &["na", "ocasião"],
    &["par", "ailleurs"],
    &["en", "revanche"],
    &["en", "outre"],
    &["de", "plus"],
    &["quant", "à", "lui"],
    &["quant", "à", "elle"],
    &["de", "son", "côté"],
    &["pour", "sa", "part"],
    &["à", "son", "tour"],
    &["da", "parte", "sua"],
    &["dal", "canto", "suo"],
    &["a", "sua", "volta"],
    &["unter", "anderem"],
    &["vor", "allem"],
    &["zum", "beispiel"],
    &["darüber", "hinaus"],
];

/// What stands for "according to", by language; the last word of each stands before who says it.
const ACCORDING: [(Tongue, &[&str]); 11] = [
    (Tongue::Spanish, &["según"]),
    (Tongue::Spanish, &["de", "acuerdo", "con"]),
    (Tongue::Portuguese, &["segundo"]),
    (Tongue::Portuguese, &["de", "acordo", "com"]),
    (Tongue::Italian, &["secondo"]),
    (Tongue::Italian, &["stando", "a"]),
    (Tongue::French, &["selon"]),
    (Tongue::French, &["d’après"]),
    (Tongue::French, &["d'après"]),
    (Tongue::German, &["laut"]),
    (Tongue::German, &["nach", "angaben"]),
];

type Table = HashMap<u64, u32, BuildHasherDefault<Identity>>;

/// Per language, the bits of each word.
static TABLES: LazyLock<[Table; 5]> = LazyLock::new(|| {
    let mut tables: [Table; 5] = Default::default();
    for (table, lists) in tables.iter_mut().zip(&LISTS) {
        let bits = [
            (lists.definite, Word::DETERMINER),
            (lists.indefinite, Word::DETERMINER),
            (lists.prepositions, Word::PREPOSITION),
            (lists.conjunctions, Word::CONJUNCTION),
            (lists.auxiliaries, Word::AUXILIARY),
            (lists.adverbs, Word::ADVERB),
            (lists.times, Word::TIME),
            (lists.persons, Word::PERSON),
            (lists.groups, Word::GROUP),
            (lists.bodies, Word::BODY),
        ];
        for (words, bits) in bits {
            words.split_whitespace().for_each(|word| *table.entry(cue::hash(word)).or_default() |= bits);
        }
        lists.verbs.forms().for_each(|form| *table.entry(cue::hash(&form)).or_default() |= Word::FOREIGN);
        // What also says something where nothing else is meant keeps to that.
        table.values_mut().filter(|bits| **bits & Word::FOREIGN != 0).for_each(|bits| *bits = Word::FOREIGN);
    }
    tables
});

impl Tongue {
    /// The language of `prose`, where it is one of these.
    pub(super) fn of(prose: &Prose) -> Option<Self> {
        static COUNTED: LazyLock<HashMap<u64, u8, BuildHasherDefault<Identity>>> = LazyLock::new(|| {
            let mut counted: HashMap<u64, u8, _> = HashMap::default();
            for (language, words) in COMMON.iter().enumerate() {
                words.split(' ').for_each(|word| *counted.entry(cue::hash(word)).or_default() |= 1 << language);
            }
            counted
        });
        let words = prose.tokens.iter().filter(|token| token.kind == TokenKind::Word).take(SAMPLE);
        let (mut all, mut counts) = (0, [0; COMMON.len()]);
        for word in words {
            all += 1;
            let short = Some(word.span.of(prose.text)).filter(|word| word.len() <= LONGEST);
            let Some(languages) = short.and_then(|word| COUNTED.get(&cue::hash(word))) else { continue };
            counts
                .iter_mut()
                .enumerate()
                .for_each(|(language, count)| *count += usize::from(languages >> language & 1));
        }
        let best = (0..TONGUES.len()).rev().max_by_key(|&language| counts[language])?;
        let other = counts[TONGUES.len()..].iter().max()?;
        (counts[best] > (*other).max(1) && counts[best] * FREQUENT >= all).then(|| TONGUES[best])
    }

    fn lists(self) -> &'static Lists {
        &LISTS[self as usize]
    }

    /// The bits of `word`, which say nothing of its letters.
    pub(super) fn bits(self, word: &str) -> u32 {
        let lower = word.to_lowercase();
        let find = |word: &str| TABLES[self as usize].get(&cue::hash(word)).copied().unwrap_or_default();
        if let Some((elided, rest)) = elided(&lower) {
            return match elided {
                "l" | "un" => find(rest) & (Word::ROLE | Word::FOREIGN),
                "s" if find(rest) & Word::FOREIGN != 0 => Word::FOREIGN,
                "d" | "dell" | "all" | "dall" | "nell" | "sull" => Word::PREPOSITION | Word::DETERMINER,
                "c" | "j" | "s" | "n" | "m" => Word::AUXILIARY,
                "qu" | "lorsqu" | "puisqu" | "ch" => Word::CONJUNCTION,
                _ => 0,
            };
        }
        let bits = find(&lower);
        let office = || self == Self::German && is_german_office(&lower);
        let manner = || self != Self::French && self != Self::German && lower.ends_with("mente") && lower.len() > 7;
        match bits {
            0 if office() => Word::PERSON,
            0 if manner() => Word::ADVERB,
            bits => bits,
        }
    }

    /// The English article that does what `word` does.
    pub(super) fn article(self, word: &str) -> Option<&'static str> {
        let is_in = |list: &str| list.split_whitespace().any(|entry| entry.eq_ignore_ascii_case(word));
        match () {
            () if is_in(self.lists().definite) => Some("the"),
            () if is_in(self.lists().indefinite) => Some("a"),
            () => None,
        }
    }

    /// True for a form that says something right behind quoted words only.
    pub(super) fn is_inserted(self, word: &str) -> bool {
        self.lists().inserted.split(' ').any(|entry| entry == word)
    }

    /// True where a sentence needs no word for its subject: "ha detto".
    pub(super) fn leaves_out_subjects(self) -> bool {
        matches!(self, Self::Spanish | Self::Portuguese | Self::Italian)
    }

    /// How many words from `at` on open a clause and name nobody.
    pub(super) fn opening(prose: &Prose, at: usize) -> Option<usize> {
        OPENINGS.iter().find(|words| stands(prose, at, words)).map(|words| words.len())
    }

    /// How many words from `at` on stand for "according to".
    pub(super) fn according(self, prose: &Prose, at: usize) -> Option<usize> {
        let found = ACCORDING.iter().find(|(tongue, words)| *tongue == self && stands(prose, at, words));
        found.map(|(_, words)| words.len())
    }
}

/// "l" and "avocat" of "l’avocat".
pub(super) fn elided(word: &str) -> Option<(&str, &str)> {
    let (first, rest) = word.split_once(['’', '\''])?;
    (first.len() <= 7 && rest.len() > 1 && !first.is_empty()).then_some((first, rest))
}

/// True where `words` stand in `prose` from `at` on, in whatever case.
fn stands(prose: &Prose, at: usize, words: &[&str]) -> bool {
    let is = |at: usize, word: &str| {
        let text = prose.word(at);
        text.len() <= word.len() + 2 && (text == word || text.to_lowercase() == word)
    };
    at + words.len() <= prose.tokens.len() && words.iter().zip(at..).all(|(word, at)| is(at, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_frequent_word_is_passed_over() {
        let longest = COMMON.iter().flat_map(|words| words.split(' ')).map(str::len).max();
        assert_eq!(longest, Some(LONGEST));
    }

    #[test]
    fn frequent_words_tell_the_language() {
        let check = |text, expect| assert_eq!(Tongue::of(&Prose::new(text)), expect, "{text}");
        check("La alcaldesa dijo que el puente no se abrirá hasta el lunes.", Some(Tongue::Spanish));
        check("A prefeita disse que a ponte não será aberta no domingo.", Some(Tongue::Portuguese));
        check("La sindaca ha detto che il ponte non aprirà per ora.", Some(Tongue::Italian));
        check("La maire a dit que le pont ne sera pas ouvert dans le mois.", Some(Tongue::French));
        check("Die Brücke wird nicht am Montag geöffnet, sagte der Bürgermeister.", Some(Tongue::German));
        check("The mayor of La Paz said that the bridge would not open on Monday.", None);
        check("Pormestari avasi sillan joen yli.", None);
    }

    #[test]
    fn the_same_letters_are_other_words() {
        assert_eq!(Tongue::German.bits("man"), Word::AUXILIARY);
        assert_eq!(Tongue::German.bits("Polizeisprecherin"), Word::PERSON);
        assert_eq!(Tongue::French.bits("l’avocat"), Word::PERSON);
        assert_eq!(Tongue::French.bits("s’inquiète"), Word::FOREIGN);
        assert_eq!(Tongue::Spanish.bits("desgraciadamente"), Word::ADVERB);
        assert_eq!(Tongue::Italian.bits("table"), 0);
    }
}

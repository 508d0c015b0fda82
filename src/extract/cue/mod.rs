//! Reporting verbs: the words that say that something is said.
//!
//! The verbs were gathered from lists for journalism (`JournalismAI`, Gender Gap Tracker) and from the verbs that the
//! annotators of `PolNeAR` marked as cues; only the bare facts are kept, by kind.

pub(super) mod foreign;

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

/// What a reporting verb does with the words it reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CueClass {
    /// Gives words: "said", "tweeted", "replied".
    Say,
    /// Gives words with a colour: "argued", "warned", "insisted".
    Claim,
    /// Calls something something, or quotes a few words of a judgement: "called", "accused", "praised".
    Label,
    /// Gives a thought: "thinks", "believes", "fears".
    Think,
    /// Lets a paper speak: "shows", "reads", "found".
    Show,
    /// "according to".
    According,
}

/// Which form of a verb stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CueForm {
    /// "said", "says".
    Finite,
    /// "say", "tell".
    Bare,
    /// "saying".
    Participle,
}

const SAY: &str = "say tell add write ask tweet reply respond answer post retweet blog text email continue quip joke \
    shout yell scream cry exclaim whisper mutter mumble murmur interject retort recall remark comment observe declare \
    announce quote utter chant sing ad-lib blurt snap thunder intone opine muse recount repeat reiterate elaborate \
    read conclude begin state testify narrate deadpan crack chime chuckle laugh sigh grumble gush vent scoff sneer \
    implore plead beg inquire query wonder enthuse rejoin concur finish pronounce proclaim preach rave write type \
    message voice echo relate phrase sum counter pray boast brag mouth holler bellow growl hiss roar yelp drawl \
    croon gasp groan moan snarl stammer stutter wail warble instruct order command request urge explain note";
const CLAIM: &str = "argue claim insist warn assert maintain contend stress emphasize emphasise acknowledge admit \
    concede confess confirm deny disclose reveal explain suggest indicate predict promise pledge vow swear assure \
    reassure inform advise caution urge remind complain lament bemoan allege advocate affirm reaffirm agree disagree \
    point signal hint imply propose recommend clarify guarantee object protest rebut refute dispute demand threaten \
    theorize speculate estimate reckon reason rule submit attest certify counsel dictate endorse exhort forecast \
    foresee foretell hypothesize intimate justify notify plead portend posit postulate profess prophesy rationalize \
    report request restate retell reassert stipulate summarize surmise tout underline underscore venture \
    volunteer vouch whine decry invoke pray apologize clamor appeal call-out deliver address speak talk discuss \
    outline detail illustrate highlight mention cite declaim disclaim convince persist confide marvel recite refer";
const LABEL: &str = "call describe dub label brand term accuse criticize criticise praise blast slam mock denounce \
    condemn deride dismiss hail blame ridicule characterize characterise portray charge attack assail lambast lambaste \
    rebuke rip slap scold chide castigate bash knock pan trash taunt tease compare liken applaud commend congratulate \
    thank salute laud extol credit welcome celebrate defend reject rebuff question challenge doubt excoriate \
    chastise berate fault skewer savage decry disparage belittle insult name nickname title deem declare regard view \
    see depict cast paint frame represent consider disavow renounce repudiate oppose support back tar lampoon hammer \
    rail lash fire shoot zing jab needle greet introduce summon invoke dispute admonish reprimand upbraid vilify \
    demonize caricature style bill tout slur smear impugn reference";
const THINK: &str = "think believe feel hope fear expect want know doubt worry suspect assume imagine figure guess \
    realize realise remember understand wish find learn hear notice decide prefer dream envision conclude gather \
    anticipate regret trust presume";
const SHOW: &str = "show suggest indicate reveal find report read state note say conclude demonstrate prove announce \
    feature display carry bear proclaim publish print headline title";

/// Forms that no rule makes, each with its verb and form (`f` finite, `p` participle).
const IRREGULAR: &str = "said say f says say f told tell f wrote write f written write p spoke speak f \
    spoken speak p swore swear f thought think f felt feel f knew know f found find f saw see f seen see p sang sing f \
    began begin f begun begin p foresaw foresee f foretold foretell f retold retell f heard hear f understood understand f \
    replied reply f replies reply f cried cry f cries cry f denied deny f denies deny f testified testify f \
    testifies testify f implied imply f implies imply f decried decry f decries decry f clarified clarify f \
    clarifies clarify f notified notify f notifies notify f certified certify f justified justify f \
    prophesied prophesy f prophesies prophesy f worried worry f worries worry f vilified vilify f \
    referred refer f referring refer p rebutted rebut f rebutting rebut p submitted submit f submitting submit p \
    admitted admit f admitting admit p quipped quip f quipping quip p ripped rip f ripping rip p slammed slam f \
    slamming slam p dubbed dub f dubbing dub p panned pan f slapped slap f slurred slur f begged beg f begging beg p \
    bragged brag f bragging brag p snapped snap f snapping snap p shot shoot f put put f puts put f cast cast f \
    hinted hint f read read f went go f goes go f led lead f summed sum f summing sum p goes go f kidded kid f \
    inquiries inquiry f queried query f queries query f relied rely f kept keep f";

/// What a word is as a cue, by its lower-case hash.
static CUES: LazyLock<HashMap<u64, (CueClass, CueForm), BuildHasherDefault<Identity>>> = LazyLock::new(|| {
    let mut table = HashMap::default();
    // The first class that names a verb keeps it.
    let classes = [
        (SAY, CueClass::Say),
        (CLAIM, CueClass::Claim),
        (LABEL, CueClass::Label),
        (THINK, CueClass::Think),
        (SHOW, CueClass::Show),
    ];
    for (verbs, class) in classes {
        for verb in verbs.split_whitespace() {
            for (form, kind) in inflect(verb) {
                table.entry(hash(&form)).or_insert((class, kind));
            }
        }
    }
    for form in foreign() {
        table.entry(form).or_insert((CueClass::Say, CueForm::Finite));
    }
    let mut forms = IRREGULAR.split_whitespace();
    while let (Some(form), Some(verb), Some(kind)) = (forms.next(), forms.next(), forms.next()) {
        let kind = if kind == "p" { CueForm::Participle } else { CueForm::Finite };
        if let Some(&(class, _)) = table.get(&hash(verb)) {
            table.insert(hash(form), (class, kind));
        }
    }
    table
});

/// A verb with its regular forms.
fn inflect(verb: &str) -> [(String, CueForm); 4] {
    let stem = verb.strip_suffix('e').unwrap_or(verb);
    let sibilant = ["s", "x", "ch", "sh", "z"].iter().any(|end| verb.ends_with(end));
    [
        (verb.to_owned(), CueForm::Bare),
        (format!("{verb}{}", if sibilant { "es" } else { "s" }), CueForm::Finite),
        (format!("{stem}ed"), CueForm::Finite),
        (format!("{stem}ing"), CueForm::Participle),
    ]
}

/// What `word` is as a cue, by its [`hash`]; `None` where it reports nothing.
pub fn class(hash: u64) -> Option<(CueClass, CueForm)> {
    CUES.get(&hash).copied()
}

/// Every word that reports, by its [`hash`], with what it is; in no order.
pub(super) fn all() -> impl Iterator<Item = (u64, (CueClass, CueForm))> {
    CUES.iter().map(|(&hash, &cue)| (hash, cue))
}

/// The words that report in other languages than English, each by its [`hash`].
pub(super) fn foreign() -> impl Iterator<Item = u64> {
    let listed = foreign::VERBS.iter().flat_map(|verbs| verbs.split_whitespace()).map(hash);
    let conjugated = foreign::CONJUGATED.into_iter().flat_map(foreign::Verbs::forms);
    listed.chain(conjugated.map(|form| hash(&form)))
}

/// True for a word that reports in another language than English.
pub(super) fn is_foreign(word: &str) -> bool {
    static FOREIGN: LazyLock<HashSet<u64, BuildHasherDefault<Identity>>> = LazyLock::new(|| foreign().collect());
    FOREIGN.contains(&hash(word))
}

/// A hash of `word` in lower case (ASCII), the same on every machine.
pub fn hash(word: &str) -> u64 {
    word.bytes().fold(0xCBF2_9CE4_8422_2325, |state, byte| {
        (state ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01B3)
    })
}

/// Takes a [`hash`] as its own hash.
#[derive(Default)]
pub struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, expect: Option<(CueClass, CueForm)>) {
        assert_eq!(class(hash(word)), expect, "for {word:?}");
    }

    #[test]
    fn verbs_in_every_form() {
        check("said", Some((CueClass::Say, CueForm::Finite)));
        check("SAYING", Some((CueClass::Say, CueForm::Participle)));
        check("argues", Some((CueClass::Claim, CueForm::Finite)));
        check("dubbed", Some((CueClass::Label, CueForm::Finite)));
        check("believe", Some((CueClass::Think, CueForm::Bare)));
        check("shows", Some((CueClass::Show, CueForm::Finite)));
        check("table", None);
    }
}

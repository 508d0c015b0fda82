//! What a token is to the search for speakers: one lookup a token, made once a text.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::foreign;
use super::tongue::Tongue;
use crate::extract::cue::{self, CueClass, CueForm, Identity};
use crate::extract::entity::role_word;
use crate::text::filter::Filter;
use crate::text::{Prose, TokenKind};

/// Properties of a token, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Word {
    /// Which of the bits below hold.
    pub(super) bits: u32,
    /// What it is as a reporting verb.
    pub(super) cue: Option<(CueClass, CueForm)>,
    /// [`cue::hash`] of the word.
    pub(super) hash: u64,
}

macro_rules! bits {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        impl Word { $($(#[$doc])* pub(super) const $name: u32 = 1 << $bit;)* }
    };
}

bits! {
    DETERMINER = 0;
    /// his, her, their, my.
    OWNER = 1;
    PREPOSITION = 2;
    CONJUNCTION = 3;
    AUXILIARY = 4;
    ADVERB = 5;
    /// he.
    HE = 6;
    SHE = 7;
    THEY = 8;
    /// I, we, you.
    SPEECH = 9;
    IT = 10;
    /// who, which, that.
    RELATIVE = 11;
    /// A person without a name: spokesman, official.
    PERSON = 12;
    /// Several: officials, residents.
    GROUP = 13;
    /// police, government, campaign.
    BODY = 14;
    /// report, letter, poll.
    PAPER = 15;
    /// Monday, yesterday.
    TIME = 16;
    /// Quotation mark, bracket, comma, full stop: any mark.
    MARK = 17;
    COMMA = 18;
    /// . ! ?
    STOP = 19;
    COLON = 20;
    DASH = 21;
    QUOTE = 22;
    /// Begins with a capital.
    CAPITAL = 23;
    NUMBER = 24;
    /// 's.
    GENITIVE = 25;
    /// object pronouns: him, them, me, us, himself.
    OBJECT = 26;
    /// Mr., Sen.
    TITLE = 27;
    /// this, that, these, some, many, one: may stand for a noun.
    STANDS_ALONE = 28;
    BRACKET = 29;
    /// so-called, titled, dubbed, known as, word, phrase, term.
    TERM = 30;
    /// A verb of saying in another language than English.
    FOREIGN = 31;
}

impl Word {
    /// True where one of `bits` holds.
    pub(super) fn is(self, bits: u32) -> bool {
        self.bits & bits != 0
    }

    pub(super) const PRONOUN: u32 = Self::HE | Self::SHE | Self::THEY | Self::SPEECH | Self::IT;
    /// Nouns that speak.
    pub(super) const ROLE: u32 = Self::PERSON | Self::GROUP | Self::BODY | Self::PAPER;
    /// Words that no noun phrase goes across.
    const BOUNDARY: u32 = Self::PREPOSITION
        | Self::CONJUNCTION
        | Self::AUXILIARY
        | Self::PRONOUN
        | Self::RELATIVE
        | Self::OBJECT
        | Self::ADVERB
        | Self::TIME;

    /// True where the word can stand inside a noun phrase, after its article.
    pub(super) fn in_phrase(self) -> bool {
        if self.is(Self::MARK) {
            return self.is(Self::GENITIVE) || self.is(Self::DASH) && !self.is(Self::BRACKET);
        }
        !self.is(Self::BOUNDARY | Self::DETERMINER | Self::OWNER)
    }
}

const LISTS: [(u32, &str); 20] = [
    (
        Word::DETERMINER,
        "the a an this that these those some any no each every another both all either neither such several many most few one two three four five six seven eight nine ten other",
    ),
    (Word::STANDS_ALONE, "this that these those some many most few one both all others another several none"),
    (Word::OWNER, "his her their my our your its whose"),
    (
        Word::PREPOSITION,
        "of in on at by for from with to into onto over under about against between among during before after since until through throughout toward towards across behind beyond near within without despite amid per via upon like unlike than around along outside inside besides في من على إلى عن مع بعد قبل خلال بين حول در از به با برای",
    ),
    (
        Word::CONJUNCTION,
        "and or but nor yet so because although though while whereas if unless whether when where as once whenever wherever how why",
    ),
    (
        Word::AUXILIARY,
        "is are was were be been being am has have had having do does did doing will would shall should can could may might must cannot ain't isn't wasn't aren't weren't don't doesn't didn't won't wouldn't can't couldn't haven't hasn't hadn't 's 're 've 'll 'd 'm n't not never",
    ),
    (
        Word::ADVERB,
        "also then later now just still even only again once already often recently repeatedly publicly previously reportedly famously simply bluntly flatly quickly soon here there too however meanwhile instead perhaps maybe actually really never always sometimes earlier further afterward afterwards ago nonetheless nevertheless therefore thus moreover furthermore else rather quite very much more up out off back down away together",
    ),
    (Word::HE, "he"),
    (Word::SHE, "she"),
    (Word::THEY, "they"),
    (Word::SPEECH, "i we you"),
    (Word::IT, "it"),
    (Word::RELATIVE, "who which whom what that إن أن الذي التي که"),
    (Word::OBJECT, "him them me us himself herself themselves itself myself ourselves yourself her"),
    (
        Word::TIME,
        "monday tuesday wednesday thursday friday saturday sunday yesterday today tonight tomorrow january february march april june july august september october november december morning afternoon evening night week month year",
    ),
    (
        Word::PERSON,
        "spokesman spokeswoman spokesperson official officer source minister president prime premier senator congressman congresswoman governor mayor secretary judge lawyer attorney prosecutor analyst expert professor economist strategist adviser advisor aide consultant director chairman chairwoman chairperson chair chief executive commissioner commander general colonel captain sergeant sheriff detective investigator inspector author writer editor reporter journalist columnist host anchor moderator critic supporter voter resident witness survivor victim suspect defendant plaintiff leader head boss owner founder manager coach player pilot driver doctor physician nurse scientist researcher scholar historian activist organizer campaigner candidate nominee contender frontrunner front-runner rival opponent challenger incumbent lawmaker legislator representative delegate ambassador diplomat envoy king queen prince princess pope bishop archbishop priest pastor rabbi imam cleric teacher student farmer worker trader investor banker businessman businesswoman billionaire mogul man woman boy girl mother father son daughter brother sister wife husband widow uncle aunt cousin friend neighbor neighbour colleague boyfriend girlfriend veteran soldier insider operative pollster democrat republican conservative liberal actor actress singer director comedian musician artist star caller speaker protester heckler fan user commenter person guy lady gentleman somebody someone everyone nobody anyone one deputy vice senior former coordinator co-ordinator counsel counselor psychologist sociologist specialist treasurer vicar designer engineer architect builder carpenter baker butcher plumber electrician mechanic gardener miner sailor captain skipper broker dealer merchant shopper lecturer linguist biologist chemist physicist geologist meteorologist climatologist epidemiologist virologist surgeon dentist pharmacist paramedic firefighter policeman policewoman constable marshal trooper guard warden magistrate solicitor barrister notary clerk auditor accountant treasurer cashier waiter waitress chef cook bartender barber hairdresser tailor weaver painter sculptor photographer filmmaker producer composer conductor pianist violinist drummer guitarist dancer choreographer novelist poet playwright translator interpreter librarian curator archivist archaeologist astronomer astronaut cosmonaut athlete striker goalkeeper midfielder defender captain cyclist boxer jockey referee umpire trainer physiotherapist headmaster headmistress headteacher chancellor vice-chancellor councillor councilor alderman councilman councilwoman premier viceroy sultan sheikh emir mufti monk nun chaplain missionary preacher evangelist regulator superintendent principal dean provost ombudsman whistleblower informant defector refugee member migrant immigrant passenger customer client patient tenant shopkeeper villager fisherman",
    ),
    (
        Word::GROUP,
        "spokesmen spokeswomen spokespeople officials officers sources ministers presidents senators congressmen governors mayors secretaries judges lawyers attorneys prosecutors analysts experts professors economists strategists advisers advisors aides consultants directors executives commanders generals investigators authors writers editors reporters journalists columnists hosts moderators critics supporters voters residents witnesses survivors victims suspects leaders heads owners founders managers coaches players pilots drivers doctors nurses scientists researchers scholars historians activists organizers campaigners candidates nominees contenders rivals opponents lawmakers legislators representatives delegates ambassadors diplomats kings bishops priests pastors clerics teachers students farmers workers traders investors bankers men women boys girls parents mothers fathers sons daughters brothers sisters wives husbands friends neighbors neighbours colleagues veterans soldiers insiders operatives pollsters democrats republicans conservatives liberals actors singers fans users people persons guys families protesters demonstrators crowd crowds attendees members observers authorities rebels militants locals others americans detractors donors allies backers respondents participants relatives",
    ),
    (
        Word::BODY,
        "police government administration ministry department agency office bureau commission committee council court panel board party campaign company firm corporation bank group organization organisation union association federation foundation institute university school hospital church team club network station newspaper paper magazine outlet channel website site blog army military navy force forces militia parliament senate house congress cabinet embassy consulate palace kremlin pentagon coalition alliance movement nonprofit charity think-tank pac institution committees companies groups agencies media press fbi cia",
    ),
    (
        Word::PAPER,
        "report statement letter memo document documents email e-mail emails note article story editorial column op-ed essay book post tweet tweets message messages release survey poll polls study studies analysis paper filing lawsuit complaint indictment affidavit ruling opinion decision order law bill act statute constitution bible transcript video audio recording ad ads commercial advertisement sign signs banner banners poster slogan headline caption page text texts account notice petition resolution brief motion testimony review data figures statistics results summary draft dossier cable website narrator voiceover chyron placard posting advisory bulletin manual",
    ),
    (
        Word::TERM,
        "so-called titled entitled called dubbed known nicknamed labeled labelled word words phrase phrases term terms slogan hashtag film movie book song album series show named headlined subtitled slang moniker buzzword",
    ),
];

/// What persons are called, and much else.
const AMBIGUOUS: [&str; 10] =
    ["elect", "fellow", "forward", "justice", "keeper", "legend", "major", "model", "runner", "spinner"];

/// Nouns and verbs that end as adverbs do.
const LY_NOUNS: [&str; 9] =
    ["family", "rally", "assembly", "supply", "reply", "monopoly", "anomaly", "butterfly", "apply"];

const TITLES: &str = "mr mrs ms miss dr sen rep gov gen col lt sgt capt rev hon prof sir lord lady dame judge justice president minister senator congressman congresswoman representative governor mayor secretary chancellor ambassador king queen prince pope";

/// Bits of a word, and what it is as a reporting verb.
type Known = (u32, Option<(CueClass, CueForm)>);

static TABLE: LazyLock<HashMap<u64, Known, BuildHasherDefault<Identity>>> = LazyLock::new(|| {
    let mut table: HashMap<u64, Known, _> = HashMap::default();
    for (bits, words) in LISTS.into_iter().chain([(Word::TITLE, TITLES)]) {
        for word in words.split_whitespace() {
            table.entry(cue::hash(word)).or_default().0 |= bits;
        }
    }
    cue::all().for_each(|(hash, cue)| table.entry(hash).or_default().1 = Some(cue));
    for noun in role_word::nouns().filter(|noun| !AMBIGUOUS.contains(noun)) {
        for (bit, noun) in [(Word::PERSON, noun.to_owned()), (Word::GROUP, plural(noun))] {
            table.entry(cue::hash(&noun)).or_insert((bit, None));
        }
    }
    cue::foreign().for_each(|hash| table.entry(hash).or_default().0 |= Word::FOREIGN);
    table
});

/// What [`TABLE`] does not hold, which in a text are most of the different words.
static KNOWN: LazyLock<Filter> = LazyLock::new(|| Filter::new(TABLE.len(), TABLE.keys().copied()));

/// The plural of a noun for persons: "gunmen", "deputies", "witnesses".
fn plural(noun: &str) -> String {
    let irregular = [("man", "men"), ("wife", "wives"), ("thief", "thieves"), ("passerby", "passersby")];
    if let Some((stem, ending)) = irregular.iter().find_map(|(one, many)| Some((noun.strip_suffix(one)?, many))) {
        return format!("{stem}{ending}");
    }
    let bare = noun.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']));
    let hisses = noun.ends_with(['s', 'x']) || noun.ends_with("ch") || noun.ends_with("sh");
    match bare {
        Some(stem) => format!("{stem}ies"),
        None => format!("{noun}{}", if hisses { "es" } else { "s" }),
    }
}

/// One [`Word`] for each token of `prose`, whose small words are those of `tongue`.
pub(super) fn read(prose: &Prose, tongue: Option<Tongue>) -> Vec<Word> {
    let mut words: Vec<Word> = (0..prose.tokens.len()).map(|index| one(prose, index)).collect();
    for (at, word) in words.iter_mut().enumerate().skip(1) {
        if is_genitive(prose, at) {
            *word = Word { bits: Word::GENITIVE | Word::MARK, cue: None, ..*word };
        }
    }
    foreign::frame(prose, &mut words, tongue);
    words
}

fn one(prose: &Prose, index: usize) -> Word {
    let text = prose.word(index);
    let first = text.chars().next().unwrap_or(' ');
    if prose.tokens[index].kind == TokenKind::Mark && !first.is_alphanumeric() {
        return Word { bits: Word::MARK | mark(first), ..Word::default() };
    }
    let hash = cue::hash(text.strip_suffix('.').unwrap_or(text));
    let known = if KNOWN.may_hold(hash) { TABLE.get(&hash) } else { None };
    let (mut bits, cue) = known.copied().unwrap_or_default();
    if first.is_uppercase() {
        bits |= Word::CAPITAL;
    }
    if first.is_numeric() {
        bits |= Word::NUMBER;
    }
    if bits & !Word::CAPITAL == 0
        && first.is_lowercase()
        && text.len() > 4
        && text.ends_with("ly")
        && !LY_NOUNS.contains(&text)
    {
        bits |= Word::ADVERB;
    }
    // The models know no foreign verb, and the plainest English one well.
    let hash = if bits & Word::FOREIGN == 0 { hash } else { *SAID };
    Word { bits, cue, hash }
}

static SAID: LazyLock<u64> = LazyLock::new(|| cue::hash("said"));

fn mark(first: char) -> u32 {
    match first {
        ',' => Word::COMMA,
        '.' | '!' | '?' | '…' => Word::STOP,
        ':' => Word::COLON,
        '-' | '–' | '—' | '―' => Word::DASH,
        '"' | '“' | '”' | '„' | '«' | '»' | '`' | '‘' | '「' | '」' => Word::QUOTE,
        '(' | ')' | '[' | ']' => Word::BRACKET,
        _ => 0,
    }
}

/// True where the token at `at` is the ending 's (or its mark, or its letter) of the word before it.
fn is_genitive(prose: &Prose, at: usize) -> bool {
    let (token, before) = (&prose.tokens[at], &prose.tokens[at - 1]);
    if before.span.end != token.span.begin {
        return false;
    }
    match prose.word(at) {
        "'s" | "’s" => true,
        "'" | "’" => {
            before.kind != TokenKind::Mark && (follows(prose, at, "s") || before.span.of(prose.text).ends_with('s'))
        }
        "s" => at > 1 && matches!(prose.word(at - 1), "'" | "’") && prose.tokens[at - 2].span.end == before.span.begin,
        _ => false,
    }
}

fn follows(prose: &Prose, at: usize, letter: &str) -> bool {
    prose
        .tokens
        .get(at + 1)
        .is_some_and(|next| next.span.begin == prose.tokens[at].span.end && next.span.of(prose.text) == letter)
}

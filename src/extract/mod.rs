//! [`Article`] to [`Annotations`]: names, actors, quotes. No I/O, and never fails.
//!
//! The steps, in order: `plain` leaves out the markup of the file; [`Prose`] cuts the text; [`mention`] finds the spans
//! that name; [`entity`] joins those that name the same; [`quote`] finds what stands in quotation marks; [`speaker`] tells
//! who said it; [`subject`] whom the words name.

pub mod cue;
pub mod entity;
pub mod mention;
mod plain;
pub mod quote;
pub mod speaker;
mod subject;

use std::borrow::Cow;

use self::plain::Plain;
pub use crate::article::Embed;
use crate::article::{Article, Field, LONGEST_STORY, Origin, SetOff};
use crate::model::{Class, Name};
use crate::parse::clip;
use crate::text::{Cut, Prose, Span};

/// Everything that extraction finds in one text. Every span points into that text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotations {
    /// In order of their first mention.
    pub entities: Vec<Entity>,
    /// In order of their first span.
    pub quotes: Vec<Quote>,
    /// The sentences and paragraphs of the text; `None` where nobody has looked for them to the end of it.
    pub cut: Option<Cut>,
}

impl Annotations {
    /// In how many of the quotes something is said: who declined to comment is not quoted.
    pub fn said(&self) -> usize {
        self.quotes.iter().filter(|quote| !quote.is_declined()).count()
    }
}

/// What kind of thing a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityKind {
    /// A human being.
    Person,
    /// A company, party, ministry, agency, team, band.
    Organization,
    /// A country, town, river, building.
    Place,
    /// Nationalities, religions, events, works, products.
    Other,
}

impl EntityKind {
    /// All kinds, in the order of listings.
    pub const ALL: [Self; 4] = [Self::Person, Self::Organization, Self::Place, Self::Other];

    /// The word that flags, facets and the wire format use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Place => "place",
            Self::Other => "other",
        }
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

impl From<Name> for Mention {
    fn from(name: Name) -> Self {
        Self { span: name.span, kind: name.class.into(), confidence: name.confidence }
    }
}

/// A stretch of text that names something.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// The name as printed, without title, possessive ending or article.
    pub span: Span,
    /// What kind of thing it names.
    pub kind: EntityKind,
    /// How sure that is, from 0 to 1.
    pub confidence: f32,
}

/// One thing that a text names, with every place where it does.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Its fullest name in the text.
    pub name: String,
    /// What kind of thing it is.
    pub kind: EntityKind,
    /// Where it is named, in order; never empty.
    pub mentions: Vec<Span>,
    /// Its other names in the text, each once, in order of first use.
    pub aliases: Vec<String>,
    /// What the text says it is ("interior minister", "spokesperson for the police"), each once, in order.
    pub roles: Vec<String>,
}

/// How a text gives somebody's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum QuoteKind {
    /// All of it between quotation marks.
    Direct,
    /// Reported speech with a part between quotation marks.
    Mixed,
    /// Reported speech without quotation marks.
    Indirect,
}

impl QuoteKind {
    /// The word that flags, facets and the wire format use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
        }
    }
}

/// What somebody said, as printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// How the text gives the words.
    pub kind: QuoteKind,
    /// The words, with the quotation marks around them, in order; never empty. A quote that a clause interrupts, or
    /// that goes on in the next paragraph, has several.
    pub spans: Vec<Span>,
    /// The words that say that something is said ("said", "according to").
    pub cue: Option<Span>,
    /// Who said it; `None` where the text does not tell.
    pub speaker: Option<Speaker>,
    /// To whom it is said; `None` where the text does not tell.
    pub addressee: Option<Addressee>,
    /// How the words are set off from the running text; `None` where they are part of it.
    pub embed: Option<Embed>,
    /// The entities that the words name, as indices into [`Annotations::entities`], in order.
    pub about: Vec<usize>,
    /// Why this is a quote and has this speaker.
    pub reason: Reason,
    /// How sure quote and speaker are, from 0 to 1.
    pub confidence: f32,
}

impl Quote {
    /// The words exactly as they stand in `text`; where there are several spans, joined by one space.
    pub fn words(&self, text: &str) -> String {
        let pieces: Vec<&str> = self.spans.iter().map(|span| span.of(text)).collect();
        pieces.join(" ")
    }

    /// True where nothing is said: somebody was asked and did not answer.
    pub fn is_declined(&self) -> bool {
        self.speaker.as_ref().is_some_and(|speaker| speaker.class == SpeakerClass::Declined)
    }
}

/// Who said a quote.
#[derive(Clone, Debug, PartialEq)]
pub struct Speaker {
    /// The words that name the speaker next to the quote ("he", "the spokesman", "Ms. Arbour").
    pub span: Option<Span>,
    /// Whom they name, as an index into [`Annotations::entities`].
    pub entity: Option<usize>,
    /// The speaker's fullest name in the text; `None` where only a role or a pronoun is told.
    pub name: Option<String>,
    /// What the text says the speaker is.
    pub role: Option<String>,
    /// What kind of source this is.
    pub class: SpeakerClass,
}

/// To whom a quote is said: "told Reuters", "in a letter to the council".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressee {
    /// The words that name the addressee.
    pub span: Span,
    /// Whom they name, as an index into [`Annotations::entities`].
    pub entity: Option<usize>,
    /// The addressee's fullest name in the text; `None` where only a role is told ("reporters").
    pub name: Option<String>,
}

/// What kind of source a speaker is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SpeakerClass {
    /// A person with a name.
    Named,
    /// One person without a name ("an official").
    Unnamed,
    /// Several ("residents", "sources close to the talks").
    Group,
    /// A company, ministry, party.
    Organization,
    /// A report, a statement, a law.
    Document,
    /// Whoever is asked and does not answer ("declined to comment"): nothing is said.
    Declined,
}

impl SpeakerClass {
    /// The word that flags, facets and the wire format use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::Unnamed => "unnamed",
            Self::Group => "group",
            Self::Organization => "organization",
            Self::Document => "document",
            Self::Declined => "declined",
        }
    }
}

/// How the text tells a quote's speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// No rule holds: the speaker is unknown.
    NoRule,
    /// `"Words," Smith said.`
    SubjectBeforeVerb,
    /// `"Words," said Smith.`
    SubjectAfterVerb,
    /// `Smith said: "Words."`
    Introduced,
    /// `Said Smith: "Words."`
    IntroducedInverted,
    /// `Smith, "in words," said no more.`
    AroundQuote,
    /// `According to Smith, "words".`
    AccordingTo,
    /// `SMITH: "Words."`
    Transcript,
    /// `"Words." — Smith`
    Signature,
    /// `Smith was clear: "Words."`
    Colon,
    /// `Smith left over "words".`
    SameSentence,
    /// The speaker of the quote before goes on.
    Carried,
    /// `Smith spoke first. "Words."`
    EarlierSubject,
    /// The speaker is named in the sentences around the quote.
    Nearby,
    /// `Smith said that it rained.`
    Reported,
    /// `Smith declined to comment.`
    Declined,
    /// Words set off from the text, below `Smith wrote:`.
    Block,
    /// A pull quote or a heading that repeats a quote.
    Repeated,
}

impl Reason {
    /// Every reason: the index stores a reason by its words, and finds it here again.
    pub const ALL: &'static [Self] = &[
        Self::NoRule,
        Self::SubjectBeforeVerb,
        Self::SubjectAfterVerb,
        Self::Introduced,
        Self::IntroducedInverted,
        Self::AroundQuote,
        Self::AccordingTo,
        Self::Transcript,
        Self::Signature,
        Self::Colon,
        Self::SameSentence,
        Self::Carried,
        Self::EarlierSubject,
        Self::Nearby,
        Self::Reported,
        Self::Declined,
        Self::Block,
        Self::Repeated,
    ];

    /// The reason in words that a person can check against the text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoRule => "no speaker stands near the words",
            Self::SubjectBeforeVerb => "the speaker and a verb of saying follow the words",
            Self::SubjectAfterVerb => "a verb of saying and the speaker follow the words",
            Self::Introduced => "the speaker and a verb of saying stand before the words",
            Self::IntroducedInverted => "a verb of saying and the speaker stand before the words",
            Self::AroundQuote => "the speaker stands before the words, the verb of saying after them",
            Self::AccordingTo => "the words are according to the speaker",
            Self::Transcript => "the paragraph begins with the speaker and a colon",
            Self::Signature => "the speaker's name follows the words after a dash",
            Self::Colon => "the speaker stands in the clause that a colon joins to the words",
            Self::SameSentence => "the speaker stands in the same sentence",
            Self::Carried => "the speaker of the words before goes on",
            Self::EarlierSubject => "the speaker says something in a sentence nearby",
            Self::Nearby => "the speaker is named in a sentence nearby",
            Self::Reported => "the sentence reports the words with a verb of saying",
            Self::Declined => "the sentence says that the speaker did not answer",
            Self::Block => "the words are set off below the line that names the speaker",
            Self::Repeated => "the same words stand elsewhere in the text with their speaker",
        }
    }
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Finds everything in the first [`LONGEST_STORY`] bytes of the text of `article`, its markup not counted, with what its file
/// says of the text: its language, which parts are set off or markup, and what its dateline names.
pub fn annotate_article(article: &Article) -> Annotations {
    let mut told = Told {
        language: article.language.as_ref().map(|language| language.value.as_str()),
        set_off: Cow::Borrowed(&article.set_off),
        dateline: article.place.as_ref().and_then(dateline),
    };
    if article.markup.is_empty() {
        return annotate_with(&article.text, &told);
    }
    let plain = Plain::new(&article.text, &article.markup);
    let left = |part: &SetOff| plain.left(part.span).map(|span| SetOff { span, ..*part });
    told.set_off = article.set_off.iter().filter_map(left).collect();
    told.dateline = told.dateline.and_then(|(span, name)| Some((plain.left(span)?, name)));
    let mut found = annotate_with(&plain.text, &told);
    plain.restore(&mut found);
    found
}

/// Finds everything in the first [`LONGEST_STORY`] bytes of `text`, which is in the language with the ISO 639-1 code
/// `language`, where that is known.
pub fn annotate(text: &str, language: Option<&str>) -> Annotations {
    annotate_with(text, &Told { language, ..Told::default() })
}

/// What a file says of its text.
#[derive(Default)]
struct Told<'a> {
    language: Option<&'a str>,
    set_off: Cow<'a, [SetOff]>,
    /// Where the dateline names a place, and the place.
    dateline: Option<(Span, &'a str)>,
}

/// Where the dateline stands that names `place`, and its name.
fn dateline(place: &Field<String>) -> Option<(Span, &str)> {
    let span = place.evidence.span.filter(|_| place.evidence.origin == Origin::Dateline)?;
    Some((span, &place.value))
}

fn annotate_with(whole: &str, told: &Told<'_>) -> Annotations {
    let text = clip::head(whole, LONGEST_STORY);
    let within = told.set_off.partition_point(|part| part.span.end <= text.len());
    let prose = Prose::new(text);
    let mut mentions = mention::find(&prose, told.language);
    let place = told.dateline.filter(|(span, _)| span.end <= text.len());
    if let Some((span, _)) = place {
        mention::set_place(&mut mentions, span);
    }
    let mut entities = entity::resolve(&prose, &mentions);
    if let Some((span, name)) = place {
        entity::set_capitals(&mut entities, span, name);
    }
    let mut quotes = speaker::attribute(&prose, &mentions, &entities, &quote::find(&prose), &told.set_off[..within]);
    subject::find(&entities, &mut quotes);
    let cut = (text.len() == whole.len()).then(|| prose.cut());
    Annotations { entities, quotes, cut }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_dateline_names_is_a_place() {
        let text =
            "Recount confirms teacher\n\nPUERTO LIRIO, Argentina (AP) — A recount on Tuesday confirmed the victory.\n";
        let (article, _) = crate::parse::parse_text("recount.txt", text.to_owned());
        let found = annotate_article(&article);
        let named = found.entities.iter().filter(|entity| entity.name.eq_ignore_ascii_case("Puerto Lirio"));
        let named: Vec<_> = named.map(|entity| (entity.name.as_str(), entity.kind)).collect();
        assert_eq!(named, [("Puerto Lirio", EntityKind::Place)]);
    }

    #[test]
    fn markdown_is_read_as_it_looks() {
        let text = "---\ntitle: \"Board quits\"\nsource: https://a.example/board\n---\n\
            “We were [never asked](https://b.example/x),” said [Tomas **Brandt**](https://b.example/y), the [board’s \
            chairman](https://b.example/z).\n\n*“It was my life,”* **Brandt** added.\n";
        let (article, _) = crate::parse::parse_text("notes/board.md", text.to_owned());
        let found = annotate_article(&article);
        let quotes: Vec<_> =
            found.quotes.iter().map(|quote| (quote.words(text), quote.speaker.clone().unwrap())).collect();
        let told: Vec<_> =
            quotes.iter().map(|(words, speaker)| (words.as_str(), speaker.name.as_deref().unwrap())).collect();
        assert_eq!(
            told,
            [("“We were [never asked](https://b.example/x),”", "Tomas Brandt"), ("“It was my life,”", "Tomas Brandt")]
        );
        let named = quotes.iter().map(|(_, speaker)| speaker.span.unwrap().of(text));
        assert_eq!(
            named.collect::<Vec<_>>(),
            ["[Tomas **Brandt**](https://b.example/y), the [board’s chairman](https://b.example/z)", "Brandt"]
        );
        assert_eq!(quotes[0].1.role.as_deref(), Some("board’s chairman"));
    }
}

//! Who may have said something: names, pronouns, and noun phrases such as "a senior official".

use std::ops::Range;

use super::foreign;
use super::tongue::Tongue;
use super::words::Word;
use crate::extract::cue::CueForm;
use crate::extract::{EntityKind, Mention};
use crate::text::Prose;

/// What a candidate is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// A name, by its kind.
    Name(EntityKind),
    /// Words with capitals that are no known name.
    Capitals,
    /// "he".
    He,
    /// "she".
    She,
    /// "they".
    They,
    /// "I", "we", "you".
    Speech,
    /// "it".
    It,
    /// "who".
    Relative,
    /// "a senior official".
    Person,
    /// "officials".
    Group,
    /// "the ministry".
    Body,
    /// "the report".
    Paper,
    /// Any other noun phrase next to a reporting verb.
    Noun,
}

impl Kind {
    /// A number below 16, for features.
    pub(super) fn code(self) -> u32 {
        match self {
            Self::Name(EntityKind::Person) => 0,
            Self::Name(EntityKind::Organization) => 1,
            Self::Name(EntityKind::Place) => 2,
            Self::Name(EntityKind::Other) => 3,
            Self::Capitals => 4,
            Self::He => 5,
            Self::She => 6,
            Self::They => 7,
            Self::Speech => 8,
            Self::It => 9,
            Self::Relative => 10,
            Self::Person => 11,
            Self::Group => 12,
            Self::Body => 13,
            Self::Paper => 14,
            Self::Noun => 15,
        }
    }
}

/// Past forms of frequent verbs that do not end in -ed, and are no nouns.
const ACTS: [&str; 40] = [
    "won", "lost", "went", "came", "got", "gave", "took", "made", "met", "ran", "held", "led", "sent", "spent",
    "built", "fought", "became", "began", "brought", "bought", "broke", "chose", "drew", "drove", "fell", "flew",
    "grew", "kept", "put", "sat", "sold", "stood", "struck", "taught", "threw", "wore", "withdrew", "wants", "goes",
    "gets",
];
/// Words that put sentences in order: "First, ...".
const ORDER: [&str; 9] = ["first", "firstly", "second", "secondly", "third", "thirdly", "finally", "lastly", "next"];
/// What somebody has, and does not say anything by itself: "his hands shaking".
const PARTS: [&str; 14] = [
    "eyes",
    "eye",
    "face",
    "faces",
    "hand",
    "hands",
    "head",
    "heads",
    "lips",
    "mouth",
    "arms",
    "shoulders",
    "smile",
    "brow",
];
/// Most tokens of a noun phrase: longer ones are no phrases.
const PHRASE: usize = 40;

/// A noun phrase, name or pronoun that may be a speaker.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// The whole phrase as printed.
    pub(super) tokens: Range<usize>,
    /// What it is made of.
    pub(super) kind: Kind,
    /// The name in it, as an index into the mentions.
    pub(super) mention: Option<usize>,
    /// "Clinton" in "Clinton's plan": owns or qualifies what follows.
    pub(super) qualifies: bool,
}

/// Finds the candidates of a text, in order of their begin; `quoted` tells the tokens inside quotation marks, and `tongue` the
/// language of the text.
pub(super) fn find(
    prose: &Prose,
    words: &[Word],
    mentions: &[Mention],
    quoted: &[bool],
    tongue: Option<Tongue>,
) -> Vec<Candidate> {
    let mut finder = Finder { words, mentions, named: named(prose, mentions), prose, tongue, found: Vec::new() };
    // French names who speaks between the marks: « Non, explique Anne Dupont. »
    let open = if tongue == Some(Tongue::French) { vec![false; words.len()] } else { Vec::new() };
    let mut at = 0;
    while at < words.len() {
        if quoted[at] && !open.is_empty() {
            finder.inserted(at, &open);
        }
        if quoted[at] {
            if at == 0 || !quoted[at - 1] || finder.breaks(at) {
                finder.label(at);
            }
            at += 1;
            continue;
        }
        let end = finder.phrase_end(at, quoted);
        if end > at {
            finder.phrase(at..end);
            at = end;
        } else {
            finder.pronoun(at);
            at += 1;
        }
    }
    finder.found.sort_by_key(|candidate| (candidate.tokens.start, candidate.tokens.end));
    finder.found
}

/// True for what is likely a verb in the past: "visited", "went".
pub(super) fn is_past(text: &str, word: Word) -> bool {
    (text.len() > 4 && text.ends_with("ed") || ACTS.contains(&text))
        && !word.is(Word::CAPITAL | Word::ROLE | Word::AUXILIARY)
}

/// The dash of "KABUL — Officials", not that of "vice-president".
pub(super) fn is_spaced_dash(prose: &Prose, words: &[Word], at: usize) -> bool {
    let spaced = |right: usize| {
        right > 0 && right < words.len() && prose.tokens[right - 1].span.end < prose.tokens[right].span.begin
    };
    words[at].is(Word::DASH) && spaced(at) && spaced(at + 1)
}

/// For each token the mention that holds it, counted from 1; 0 where none does.
fn named(prose: &Prose, mentions: &[Mention]) -> Vec<u32> {
    let mut named = vec![0; prose.tokens.len()];
    for (index, mention) in mentions.iter().enumerate() {
        let last = prose.token_at(mention.span.end.saturating_sub(1));
        for slot in named.iter_mut().take(last + 1).skip(prose.token_at(mention.span.begin)) {
            *slot = index as u32 + 1;
        }
    }
    named
}

struct Finder<'a, 'b> {
    prose: &'a Prose<'b>,
    /// The language, where it is another than English that is known.
    tongue: Option<Tongue>,
    words: &'a [Word],
    mentions: &'a [Mention],
    named: Vec<u32>,
    found: Vec<Candidate>,
}

impl Finder<'_, '_> {
    /// One past the last token of the noun phrase that begins at `begin`; `begin` where none does.
    fn phrase_end(&self, begin: usize, quoted: &[bool]) -> usize {
        let words = self.words;
        let mut at = begin;
        while at < words.len().min(begin + PHRASE) && !quoted[at] {
            let word = words[at];
            let opens =
                word.is(Word::DETERMINER | Word::OWNER) && !word.is(Word::RELATIVE) || self.is_demonstrative(at);
            let inside = self.named[at] != 0 || word.in_phrase() && !(at == begin && word.is(Word::MARK));
            let continues =
                if at == begin { opens || inside } else { inside || opens && self.all_determiners(begin, at) };
            if !continues
                || at > begin
                    && (self.breaks(at)
                        || self.is_verb(begin, at)
                        || self.named[at] == 0 && is_spaced_dash(self.prose, self.words, at)
                        || self.named[at] != self.named[at - 1] && foreign::is_fused(word)
                        || self.acts(at)
                        || self.leaves_german_name(at))
                || at == begin && self.is_verb(begin, at)
            {
                break;
            }
            at += 1;
        }
        while at > begin && words[at - 1].is(Word::MARK) && self.named[at - 1] == 0 {
            at -= 1;
        }
        at
    }

    /// True for the verb of "Clinton visited Iowa", which no list has: behind the name of somebody who can act.
    fn acts(&self, at: usize) -> bool {
        let Some(name) = (self.named[at - 1] as usize).checked_sub(1).filter(|_| self.named[at] == 0) else {
            return false;
        };
        is_past(self.prose.word(at), self.words[at])
            && matches!(self.mentions[name].kind, EntityKind::Person | EntityKind::Organization)
    }

    /// "würdigte" in "Bischof Weber würdigte": in German nothing in small letters but a preposition follows a noun in its
    /// phrase.
    fn leaves_german_name(&self, at: usize) -> bool {
        let small = |at: usize| !self.words[at].is(Word::CAPITAL | Word::MARK | Word::NUMBER | Word::PREPOSITION);
        let noun = self.words[at - 1].is(Word::CAPITAL) && !self.words[at - 1].is(Word::DETERMINER | Word::ADVERB);
        self.tongue == Some(Tongue::German) && noun && self.named[at] == 0 && self.named[at - 1] != 0 && small(at)
    }

    /// "that" before a noun, not before a clause: only where the phrase that follows has a noun that speaks.
    fn is_demonstrative(&self, at: usize) -> bool {
        self.words[at].is(Word::RELATIVE)
            && self.words[at].is(Word::DETERMINER)
            && self.words.get(at + 1).is_some_and(|next| next.is(Word::ROLE))
    }

    fn all_determiners(&self, begin: usize, end: usize) -> bool {
        self.words[begin..end].iter().all(|word| word.is(Word::DETERMINER | Word::OWNER))
    }

    /// A new paragraph begins between the token at `at` and the one before.
    fn breaks(&self, at: usize) -> bool {
        let gap = self.prose.tokens[at - 1].span.end..self.prose.tokens[at].span.begin;
        gap.len() > 1 && self.prose.text.as_bytes()[gap].contains(&b'\n')
    }

    /// True where the word at `at`, in a phrase that begins at `begin`, is a reporting verb and not a noun.
    fn is_verb(&self, begin: usize, at: usize) -> bool {
        let word = self.words[at];
        let Some((_, form)) = word.cue else { return false };
        if self.named[at] != 0 || word.is(Word::CAPITAL) && at > begin && self.words[at - 1].is(Word::CAPITAL) {
            return false;
        }
        if at == begin {
            return !(word.is(Word::GROUP | Word::PERSON) || word.is(Word::ROLE) && word.is(Word::CAPITAL));
        }
        if word.is(Word::FOREIGN) {
            return true;
        }
        let before = self.words[at - 1];
        if self.is_post(begin, at) {
            return false;
        }
        let owned = before.is(Word::DETERMINER | Word::OWNER | Word::GENITIVE);
        match form {
            CueForm::Finite | CueForm::Participle if !word.is(Word::ROLE) => {
                !owned || self.prose.word(at).ends_with("id")
            }
            _ => !(owned || word.is(Word::ROLE) && !before.is(Word::CAPITAL | Word::ROLE)),
        }
    }

    /// True for "post" in "a Facebook post", in a phrase that begins at `begin`.
    fn is_post(&self, begin: usize, at: usize) -> bool {
        const PLATFORMS: [&str; 12] = [
            "Twitter",
            "Facebook",
            "Instagram",
            "Telegram",
            "Weibo",
            "WeChat",
            "YouTube",
            "TikTok",
            "LinkedIn",
            "Reddit",
            "Tumblr",
            "Snapchat",
        ];
        let opens = self.words[begin].is(Word::DETERMINER | Word::OWNER)
            || self.words[at - 1].is(Word::GENITIVE)
            || at > 1 && self.words[at - 2].is(Word::GENITIVE);
        let noun =
            matches!(self.prose.word(at), "post" | "posts" | "tweet" | "tweets" | "message" | "messages" | "blog");
        noun && opens && PLATFORMS.contains(&self.prose.word(at - 1))
    }

    /// Adds the candidates of the noun phrase `tokens`.
    fn phrase(&mut self, tokens: Range<usize>) {
        let last_name = tokens.clone().rev().find(|&at| self.named[at] != 0);
        let role = tokens.clone().rev().find(|&at| self.words[at].is(Word::ROLE) && self.named[at] == 0);
        let mut at = tokens.start;
        while at < tokens.end {
            let named = self.named[at];
            let end = (at..tokens.end).find(|&next| self.named[next] != named).unwrap_or(tokens.end);
            let heads = Some(end - 1) == last_name && role.is_none_or(|role| role < at);
            if named != 0 && !heads {
                self.name(named, at..end, true);
            }
            if named != 0 && heads {
                let owns = self.words.get(end).is_some_and(|next| next.is(Word::GENITIVE));
                self.name(named, tokens.start..end, owns);
            }
            at = end;
        }
        match (last_name, role) {
            (Some(name), Some(role)) if role > name => self.role(tokens.start..role + 1),
            (None, Some(role)) if self.is_name(role + 1..tokens.end) => {
                let qualifies = self.words.get(tokens.end).is_some_and(|next| next.is(Word::GENITIVE));
                self.found.push(Candidate { tokens, kind: Kind::Capitals, mention: None, qualifies });
            }
            (None, Some(role)) => self.role(tokens.start..role + 1),
            (None, None) => self.other(tokens),
            _ => {}
        }
    }

    /// "Ada Okwu" in "die Ministerin Ada Okwu", where the finder of names for other languages left it out.
    fn is_name(&self, tokens: Range<usize>) -> bool {
        self.tongue.is_some()
            && (2..=3).contains(&tokens.len())
            && tokens.into_iter().all(|at| self.words[at].is(Word::CAPITAL))
    }

    fn name(&mut self, named: u32, tokens: Range<usize>, qualifies: bool) {
        let mention = named as usize - 1;
        let kind = Kind::Name(self.mentions[mention].kind);
        self.found.push(Candidate { tokens, kind, mention: Some(mention), qualifies });
    }

    fn role(&mut self, tokens: Range<usize>) {
        let head = self.words[tokens.end - 1];
        let plural = self.prose.word(tokens.end - 1).ends_with('s');
        let kind = match () {
            () if head.is(Word::GROUP) => Kind::Group,
            () if head.is(Word::PERSON) && !plural => Kind::Person,
            () if head.is(Word::BODY) => Kind::Body,
            () if head.is(Word::PAPER) => Kind::Paper,
            () => Kind::Group,
        };
        let qualifies = self.words.get(tokens.end).is_some_and(|next| next.is(Word::GENITIVE));
        self.found.push(Candidate { tokens, kind, mention: None, qualifies });
    }

    /// A phrase without a name or a noun that speaks counts where it stands next to a reporting verb.
    fn other(&mut self, tokens: Range<usize>) {
        let last = self.prose.word(tokens.end - 1);
        let comma = self.words.get(tokens.end).is_some_and(|next| next.is(Word::COMMA));
        let orders = comma && tokens.len() == 1 && ORDER.iter().any(|word| word.eq_ignore_ascii_case(last));
        let is_part = tokens.len() > 1 && PARTS.contains(&self.prose.word(tokens.start + 1));
        let does = tokens.len() == 2 || last.ends_with("ing");
        if orders || self.words[tokens.start].is(Word::OWNER) && is_part && does {
            return;
        }
        let capitals = self.words[tokens.end - 1].is(Word::CAPITAL)
            && (tokens.len() > 1 || !self.begins_sentence(tokens.start))
            && !self.words[tokens.end - 1].is(Word::DETERMINER | Word::OWNER);
        if !capitals && !self.reported_next(tokens.end) && !self.reported_before(tokens.start) {
            return;
        }
        let kind = if capitals { Kind::Capitals } else { Kind::Noun };
        let qualifies = self.words.get(tokens.end).is_some_and(|next| next.is(Word::GENITIVE));
        self.found.push(Candidate { tokens, kind, mention: None, qualifies });
    }

    fn begins_sentence(&self, at: usize) -> bool {
        at == 0 || self.breaks(at) || self.words[at - 1].is(Word::STOP | Word::QUOTE | Word::COLON)
    }

    fn reported_next(&self, mut at: usize) -> bool {
        let limit = at + 4;
        while at < self.words.len().min(limit) && self.words[at].is(Word::ADVERB | Word::AUXILIARY) {
            at += 1;
        }
        self.words.get(at).is_some_and(|word| word.cue.is_some() || word.is(Word::COLON | Word::COMMA))
    }

    fn reported_before(&self, at: usize) -> bool {
        at > 0 && self.words[at - 1].cue.is_some()
    }

    /// Who says it in a clause that begins with the comma, or other mark, at `mark` inside of quoted words: ", explique Anne
    /// Dupont.", ", souligne-t-elle." Nothing in `open` stands between marks.
    fn inserted(&mut self, mark: usize, open: &[bool]) {
        let is = |at: usize, bits: u32| self.words.get(at).is_some_and(|word| word.is(bits));
        let asks = matches!(self.prose.word(mark), "?" | "!" | "…");
        let mut at = mark + 1;
        while is(at, Word::AUXILIARY) && at < mark + 4 {
            at += 1;
        }
        // "A-t-il dit": the pronoun stands before the verb.
        let before = (mark + 1..at + 5).find(|&at| is(at, Word::HE | Word::SHE));
        let closes = |at: usize| self.words.get(at).is_none_or(|word| word.is(Word::COMMA | Word::STOP | Word::QUOTE));
        if !(is(mark, Word::COMMA) || asks)
            || !(is(at, Word::FOREIGN) || before.is_some_and(|at| is(at + 1, Word::FOREIGN)))
        {
            return;
        }
        let pronoun = before.or_else(|| {
            let behind = (at + 1..at + 5).take_while(|&at| !is(at, Word::COMMA | Word::STOP));
            behind.into_iter().find(|&at| is(at, Word::HE | Word::SHE))
        });
        if let Some(pronoun) = pronoun {
            let hyphen = self.prose.word(pronoun - 1) == "-";
            if hyphen {
                self.pronoun(pronoun);
            }
            return;
        }
        let begin = at + 1;
        let end = if begin < self.words.len() { self.phrase_end(begin, open) } else { begin };
        if end > begin && closes(end) {
            self.phrase(begin..end);
        }
    }

    /// "WALLACE" in `“WALLACE: Let us begin.”`, whose mark stands at `opening`.
    fn label(&mut self, opening: usize) {
        let begin = opening + 1;
        let end =
            (begin..self.words.len().min(begin + 4)).find(|&at| !self.words[at].is(Word::CAPITAL)).unwrap_or(begin);
        let upper = |at: usize| self.prose.word(at).chars().all(|c| !c.is_lowercase());
        if end > begin && self.words[end].is(Word::COLON) && (begin..end).all(upper) {
            let mention = (self.named[begin] as usize).checked_sub(1);
            let kind = mention.map_or(Kind::Capitals, |mention| Kind::Name(self.mentions[mention].kind));
            self.found.push(Candidate { tokens: begin..end, kind, mention, qualifies: false });
        }
    }

    fn pronoun(&mut self, at: usize) {
        let word = self.words[at];
        let kind = match () {
            () if word.is(Word::HE) => Kind::He,
            () if word.is(Word::SHE) => Kind::She,
            () if word.is(Word::THEY) => Kind::They,
            () if word.is(Word::SPEECH) => Kind::Speech,
            () if word.is(Word::IT) => Kind::It,
            () if word.is(Word::RELATIVE) && !word.is(Word::DETERMINER) => Kind::Relative,
            () => return,
        };
        self.found.push(Candidate { tokens: at..at + 1, kind, mention: None, qualifies: false });
    }
}

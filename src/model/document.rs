//! A text made ready for the tagger: forms instead of words, lists of names looked up, stretches where a name can be.

use std::ops::Range;

use super::form::{Case, Form};
use super::hash::{join, word_hash};
use super::lexicon::{LONGEST, Lexicon};
use crate::text::list::FilteredList;
use crate::text::name::is_particle;
use crate::text::{Prose, TokenKind};

/// Words that begin sentences, and days and months that are nobody's name: alone no name, in lower case.
static OPENINGS: FilteredList = FilteredList::new(include_str!("openings.txt"));

/// Words of [`OPENINGS`] that have a capital wherever they stand, in lower case.
static CAPITALIZED: FilteredList = FilteredList::new(
    "december\nfebruary\nfriday\ni\ni'm\njanuary\njuly\nmonday\nnovember\noctober\nsaturday\nseptember\nsunday\n\
     thursday\ntuesday\nwednesday\n",
);

/// Forms 0 to 3 stand for the edges of sentences.
pub(super) const LEFT_EDGE: u32 = 0;
pub(super) const RIGHT_EDGE: u32 = 2;
const EDGES: usize = 4;

/// How far to the left and right a word tells something.
pub(super) const REACH: isize = 2;

/// Tokens that are decoded together: a name can be in them, and cannot reach beyond.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) tokens: Range<usize>,
    /// The sentence that holds them.
    pub(super) sentence: Range<usize>,
    /// True where the sentence's capitals tell nothing.
    pub(super) uncased: bool,
    /// True where most of the sentence's words have capitals, as in some headlines.
    pub(super) titled: bool,
}

/// What the text tells of one lower-case spelling.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kin {
    /// It stands in the text without a capital.
    pub(super) small: bool,
    /// It stands with a capital where no sentence begins.
    pub(super) capital_inside: bool,
    /// The last token so spelt that has a capital, or none; [`Document::earlier`] leads to the others.
    pub(super) last: u32,
}

/// No token.
pub(super) const NONE: u32 = u32::MAX;

/// A text made ready for the tagger.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) forms: Vec<Form>,
    /// The form of every token.
    pub(super) of: Vec<u32>,
    /// Its case, which is asked for more often than the rest of it.
    cases: Vec<Case>,
    /// Which lists hold a phrase over this token, four bits a list for begin, middle, last, whole.
    pub(super) listed: Vec<u64>,
    pub(super) kin: Vec<Kin>,
    /// For every token with a capital, the one before it with the same spelling but for case.
    pub(super) earlier: Vec<u32>,
    pub(super) stretches: Vec<Stretch>,
    /// For every token with a capital, the unbroken run of such tokens that holds it: first, one past the last.
    pub(super) runs: Vec<(u32, u32)>,
}

impl Document {
    pub(super) fn new(prose: &Prose<'_>, lexicon: &Lexicon) -> Self {
        let count = prose.tokens.len();
        let edges = [(false, 11), (true, 11), (false, 12), (true, 12)];
        let mut forms = Vec::with_capacity(count / 2 + edges.len());
        forms.extend(edges.map(|(uncased, side)| Form::edge(uncased, side)));
        let mut document = Self {
            forms,
            of: Vec::with_capacity(count),
            cases: Vec::with_capacity(count),
            listed: vec![0; count],
            kin: Vec::new(),
            earlier: vec![NONE; count],
            stretches: Vec::new(),
            runs: vec![(0, 0); count],
        };
        document.read_forms(prose);
        document.look_closer(prose, lexicon);
        document.find_runs();
        document.read_kin(prose);
        document.look_up(prose, lexicon);
        document
    }

    pub(super) fn form(&self, token: usize) -> &Form {
        &self.forms[self.of[token] as usize]
    }

    /// The form of the token `offset` away from `token`, or that of the sentence's edge.
    #[inline]
    pub(super) fn near(&self, token: usize, offset: isize, stretch: &Stretch) -> u32 {
        let at = token.wrapping_add_signed(offset);
        if stretch.sentence.contains(&at) {
            self.of[at]
        } else if offset < 0 {
            LEFT_EDGE + u32::from(stretch.uncased)
        } else {
            RIGHT_EDGE + u32::from(stretch.uncased)
        }
    }

    fn read_forms(&mut self, prose: &Prose<'_>) {
        let whole = !capitals_tell(prose);
        let mut spellings = Numbers::new(prose.tokens.len());
        let mut lowers = Numbers::new(prose.tokens.len());
        for sentence in &prose.sentences {
            let uncased = whole || is_shouted(prose, sentence.tokens.clone());
            for at in sentence.tokens.clone() {
                let word = prose.word(at);
                let hash = word_hash(word);
                let (number, new) = spellings.number(join(hash, u64::from(uncased)));
                if new {
                    let mut form = Form::new(word, hash, prose.tokens[at].kind, uncased);
                    form.kin = lowers.number(form.lower).0;
                    self.forms.push(form);
                }
                self.of.push(number + EDGES as u32);
                self.cases.push(self.forms[number as usize + EDGES].case);
            }
            self.find_stretches(prose, sentence.tokens.clone(), uncased);
        }
        self.kin = vec![Kin { small: false, capital_inside: false, last: NONE }; lowers.count as usize];
    }

    /// Fills in what features want to know of the forms in stretches and within [`REACH`] of them, and of no others.
    fn look_closer(&mut self, prose: &Prose<'_>, lexicon: &Lexicon) {
        const REACH: usize = self::REACH as usize;
        let (mut seen, mut wanted) = (vec![false; self.forms.len()], Vec::with_capacity(self.forms.len()));
        for stretch in &self.stretches {
            for at in stretch.tokens.start.saturating_sub(REACH)..self.of.len().min(stretch.tokens.end + REACH) {
                let form = self.of[at] as usize;
                if !std::mem::replace(&mut seen[form], true) {
                    self.forms[form].look_closer(prose.word(at));
                    wanted.push(form);
                }
            }
        }
        let lowers: Vec<u64> = wanted.iter().map(|&form| self.forms[form].lower).collect();
        lexicon.each_clusters(&lowers, |at, clusters| self.forms[wanted[at]].clusters = clusters);
    }

    fn find_stretches(&mut self, prose: &Prose<'_>, sentence: Range<usize>, uncased: bool) {
        if uncased {
            let stretch = Stretch { tokens: sentence.clone(), sentence, uncased, titled: false };
            self.stretches.push(stretch);
            return;
        }
        let titled = self.is_titled(sentence.clone());
        let mut at = sentence.start;
        while at < sentence.end {
            if !self.can_name(prose, at, &sentence) {
                at += 1;
                continue;
            }
            let begin = at;
            while at < sentence.end && self.can_name(prose, at, &sentence) {
                at += 1;
            }
            if !self.is_dull(prose, begin..at, &sentence) {
                self.stretches.push(Stretch { tokens: begin..at, sentence: sentence.clone(), uncased, titled });
            }
        }
    }

    /// True where all capitals are those of words which alone are no name: they begin a sentence, or have a capital always.
    fn is_dull(&self, prose: &Prose<'_>, mut tokens: Range<usize>, sentence: &Range<usize>) -> bool {
        let opens = |at: usize| {
            let before = |at: usize| self.cases[at];
            at == sentence.start
                || matches!(before(at - 1), Case::Quote | Case::Bracket | Case::Stop | Case::Hyphen)
                || before(at - 1) == Case::Mark && prose.word(at - 1) != ","
        };
        tokens.all(|at| match self.cases[at] {
            Case::Initial | Case::Letter => {
                let word = prose.word(at);
                OPENINGS.contains_folded(word) && (opens(at) || CAPITALIZED.contains_folded(word))
            }
            case => !case.is_capital(),
        })
    }

    /// True where the token can be part of a name: it has a capital, or stands next to one that has; small words and
    /// marks only between two, but for a particle before the first ("de Silva") and what a hyphen joins ("Young-ho").
    fn can_name(&self, prose: &Prose<'_>, at: usize, sentence: &Range<usize>) -> bool {
        let case = self.cases[at];
        if case.is_capital() {
            return true;
        }
        let beside =
            |at: usize| sentence.contains(&at) && (self.cases[at].is_capital() || self.cases[at] == Case::Hyphen);
        if !beside(at.wrapping_sub(1)) && !beside(at + 1) {
            // Most words: a name reaches a token over the one beside it.
            return false;
        }
        let near = |offset: isize| {
            let at = at.wrapping_add_signed(offset);
            sentence.contains(&at) && self.cases[at].is_capital()
        };
        let hyphen = |offset: isize| {
            let at = at.wrapping_add_signed(offset);
            sentence.contains(&at) && self.cases[at] == Case::Hyphen
        };
        let is_between = || near(-1) && (near(1) || near(2)) || near(1) && near(-2);
        let is_joined = || hyphen(-1) && near(-2) || hyphen(1) && near(2);
        match case {
            Case::Stop | Case::Quote | Case::Bracket | Case::Ending | Case::Mark => is_between(),
            Case::Lower => is_between() || is_joined() || near(1) && is_particle(prose.word(at)),
            _ => near(-1) || near(1) || is_joined(),
        }
    }

    fn find_runs(&mut self) {
        let joins = |document: &Self, at: usize| document.cases[at].is_capital();
        for stretch in &self.stretches {
            let mut at = stretch.tokens.start;
            while at < stretch.tokens.end {
                let begin = at;
                while at < stretch.tokens.end
                    && (joins(self, at)
                        || at > begin
                            && self.cases[at] == Case::Hyphen
                            && at + 1 < stretch.tokens.end
                            && joins(self, at + 1))
                {
                    at += 1;
                }
                self.runs[begin..at].fill((begin as u32, at as u32));
                at = at.max(begin + 1);
            }
        }
    }

    fn is_titled(&self, sentence: Range<usize>) -> bool {
        let (mut small, mut capital) = (0, 0);
        for at in sentence {
            match self.cases[at] {
                Case::Lower => small += 1,
                case if case.is_capital() => capital += 1,
                _ => {}
            }
        }
        capital > 3 && capital > small * 2
    }

    fn read_kin(&mut self, prose: &Prose<'_>) {
        for sentence in &prose.sentences {
            for at in sentence.tokens.clone() {
                let form = &self.forms[self.of[at] as usize];
                let kin = &mut self.kin[form.kin as usize];
                match form.case {
                    _ if form.uncased => {}
                    Case::Lower => {
                        kin.small = true;
                        continue;
                    }
                    case if case.is_capital() => kin.capital_inside |= at > sentence.tokens.start,
                    _ => continue,
                }
                self.earlier[at] = kin.last;
                kin.last = at as u32;
            }
        }
    }

    /// Marks the longest listed phrase that begins at each token of a stretch.
    fn look_up(&mut self, prose: &Prose<'_>, lexicon: &Lexicon) {
        let stretches = std::mem::take(&mut self.stretches);
        for stretch in &stretches {
            for begin in stretch.tokens.clone() {
                let form = self.form(begin);
                if form.uncased && prose.tokens[begin].kind == TokenKind::Word || form.case.is_capital() {
                    self.mark_phrases(begin, stretch.tokens.end, lexicon);
                }
            }
        }
        self.stretches = stretches;
    }

    fn mark_phrases(&mut self, begin: usize, end: usize, lexicon: &Lexicon) {
        let mut phrase = self.form(begin).lower;
        let mut longest = (0, 0);
        for at in begin..end.min(begin + LONGEST) {
            if at > begin {
                phrase = join(phrase, self.form(at).lower);
            }
            let Some(listed) = lexicon.listed(phrase) else { break };
            if listed.lists != 0 {
                longest = (at + 1, listed.lists);
            }
            if !listed.goes_on {
                break;
            }
        }
        let (end, lists) = longest;
        for at in begin..end {
            let place = super::label::place(at == begin, at + 1 == end);
            self.listed[at] |= spread(lists) << place;
        }
    }
}

/// Moves every bit four times as far up.
fn spread(lists: u16) -> u64 {
    (0..16).filter(|bit| lists >> bit & 1 == 1).map(|bit| 1_u64 << (bit * 4)).sum()
}

/// True where the text has capitals at the beginning of some words and not of all.
fn capitals_tell(prose: &Prose<'_>) -> bool {
    let (mut words, mut capital, mut shouted) = (0_usize, 0_usize, 0_usize);
    for token in prose.tokens.iter().filter(|token| token.kind == TokenKind::Word) {
        let word = token.span.of(prose.text);
        words += 1;
        capital += usize::from(word.starts_with(char::is_uppercase));
        shouted += usize::from(!word.contains(char::is_lowercase));
    }
    capital * 60 > words && shouted * 3 < words * 2
}

/// True where the sentence is all capitals and long enough that no single name explains it.
fn is_shouted(prose: &Prose<'_>, tokens: Range<usize>) -> bool {
    let mut words = 0;
    for at in tokens {
        let word = prose.word(at);
        if prose.tokens[at].kind == TokenKind::Word && word.len() > 1 {
            if word.bytes().any(|byte| byte.is_ascii_lowercase()) {
                return false;
            }
            words += usize::from(word.starts_with(char::is_uppercase));
        }
    }
    words > 2
}

/// Numbers hashes in the order in which they first come.
struct Numbers {
    slots: Vec<(u64, u32)>,
    count: u32,
}

impl Numbers {
    /// Room for at most `most` different hashes.
    fn new(most: usize) -> Self {
        Self { slots: vec![(0, NONE); (most * 2).next_power_of_two().max(2)], count: 0 }
    }

    /// The number of `hash`, and whether it is new.
    fn number(&mut self, hash: u64) -> (u32, bool) {
        let mask = self.slots.len() - 1;
        let mut at = (hash >> 32) as usize & mask;
        loop {
            match self.slots[at] {
                (_, NONE) => break,
                (found, number) if found == hash => return (number, false),
                _ => at = (at + 1) & mask,
            }
        }
        self.slots[at] = (hash, self.count);
        self.count += 1;
        (self.count - 1, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model;

    /// The stretches of `text` in which a name is looked for.
    fn check(text: &str, expect: &[&str]) {
        let prose = Prose::new(text);
        let document = Document::new(&prose, &model::TAGGER.lexicon);
        let found: Vec<&str> =
            document.stretches.iter().map(|stretch| prose.span(stretch.tokens.clone()).of(text)).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn a_name_can_be_where_capitals_are() {
        check("On Monday the envoy saw Ada Okwu, who had left for Nairobi.", &["Ada Okwu", "Nairobi"]);
        check(
            "He wrote to the Bank of the North, then it was to Harrow, Mills & Sons.",
            &["Bank of the North", "Harrow, Mills & Sons"],
        );
        check(
            "The group soon saw Kim Young-ho there, then an anti-Brack crowd, then all of Group 20.",
            &["Kim Young-ho", "anti-Brack", "Group 20"],
        );
    }

    #[test]
    fn small_words_before_a_name_are_its_own_where_they_are_particles() {
        check(
            "It then quotes de Silva, who wrote to el-Sisi and the northern Velmar.",
            &["de Silva", "el-Sisi", "Velmar"],
        );
    }

    #[test]
    fn what_begins_a_sentence_is_no_name_alone() {
        check("The river rose. It fell on Sunday; “We are dry,” I heard.", &[]);
        check("The Times fell. Rose rose. IT is up.", &["The Times", "Rose", "IT"]);
        check("The chain (Now shut) fell: They shut the last shop in July, as I heard.", &[]);
    }

    #[test]
    fn what_begins_sentences_can_be_a_name_inside_one() {
        check(
            "The retailer Next shut its last shop. Then she saw The Who there.",
            &["The retailer Next", "Then she saw The Who"],
        );
    }

    #[test]
    fn lists_are_sorted() {
        assert!(OPENINGS.is_sorted() && CAPITALIZED.is_sorted(), "binary search needs order");
        assert!(CAPITALIZED.iter().all(|word| OPENINGS.contains(word)), "they begin sentences, too");
    }
}

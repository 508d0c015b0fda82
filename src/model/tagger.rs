//! Finds names: two passes of a linear-chain conditional random field (Lafferty, `McCallum` and Pereira 2001). The first
//! is only for the features of the second.

use super::Name;
use super::class::Classes;
use super::document::{Document, REACH, Stretch};
use super::features::{FirstPass, place_features, second_features, word_features};
use super::label::{INSIDE, OUTSIDE};
use super::lexicon::Lexicon;
use super::posterior::{Factors, Lattice, Likely};
use super::scorer::{Sums, Weights, decode};
use crate::text::Prose;

/// Weights and tables.
#[derive(Debug)]
pub struct Tagger {
    pub(super) lexicon: Lexicon,
    weights: Weights,
    /// Of the second pass, for text with and without telling capitals.
    factors: [Factors; 2],
    classes: Classes,
}

impl Tagger {
    /// Reads the tables and weights as training wrote them.
    pub fn new(clusters: &[u8], names: &[u8], weights: &[u8], classes: &[u8]) -> Self {
        Self::with(Lexicon::new(clusters, names), Weights::read(weights), Classes::read(classes))
    }

    pub(super) fn with(lexicon: Lexicon, weights: Weights, classes: Classes) -> Self {
        let factors = weights.transitions[1].each_ref().map(Factors::new);
        Self { lexicon, weights, factors, classes }
    }

    /// Finds the names in `prose`, in order, none overlapping another.
    pub fn tag(&self, prose: &Prose<'_>) -> Vec<Name> {
        let document = Document::new(prose, &self.lexicon);
        let mut pass = Pass::new(&document, &self.weights);
        pass.sum_first();
        let first = pass.labels();
        pass.sum_second(&first);
        let name = |name: Likely| Name {
            class: self.classes.class(&document, name.tokens.clone(), name.kind),
            span: prose.span(name.tokens),
            confidence: name.probability,
        };
        pass.names(&self.factors).into_iter().map(name).collect()
    }

    /// The labels that the first pass gives.
    #[cfg(feature = "train")]
    pub(super) fn first_labels(&self, document: &Document) -> Vec<u8> {
        let mut pass = Pass::new(document, &self.weights);
        pass.sum_first();
        pass.labels()
    }
}

const OFFSETS: usize = REACH as usize * 2 + 1;

struct Pass<'a> {
    document: &'a Document,
    weights: &'a Weights,
    /// For each form at each offset, one more than the place of its own features' sums in [`known`](Self::known); 0 where
    /// nobody has asked for them yet.
    forms: Vec<[u32; OFFSETS]>,
    known: Vec<Sums>,
    /// For the tokens of all stretches, in order.
    sums: Vec<Sums>,
    gathered: Gathered,
}

/// Features of several tokens, or forms, that are looked up together; the buffers are used again.
#[derive(Default)]
struct Gathered {
    features: Vec<u32>,
    /// Where those of each end.
    ends: Vec<usize>,
}

impl Gathered {
    /// Takes what `fill` adds as the features of one more.
    fn push(&mut self, fill: impl FnOnce(&mut Vec<u32>)) {
        fill(&mut self.features);
        self.ends.push(self.features.len());
    }

    /// Adds the weights of each one's features to its sums, and forgets them.
    fn settle(&mut self, weights: &Weights, sums: &mut [Sums]) {
        weights.add_each(&self.features, &self.ends, sums);
        self.features.clear();
        self.ends.clear();
    }
}

impl<'a> Pass<'a> {
    fn new(document: &'a Document, weights: &'a Weights) -> Self {
        let tokens = document.stretches.iter().map(|stretch| stretch.tokens.len()).sum();
        let forms = vec![[0; OFFSETS]; document.forms.len()];
        let (known, sums) = (Vec::with_capacity(tokens * 3), Vec::with_capacity(tokens));
        Self { document, weights, forms, known, sums, gathered: Gathered::default() }
    }

    fn sum_first(&mut self) {
        for stretch in &self.document.stretches {
            self.know_forms(stretch);
            let from = self.sums.len();
            for at in stretch.tokens.clone() {
                let mut sums = [0; INSIDE];
                for offset in -REACH..=REACH {
                    let form = self.document.near(at, offset, stretch);
                    let own = self.known[self.forms[form as usize][(offset + REACH) as usize] as usize - 1];
                    sums.iter_mut().zip(own).for_each(|(sum, part)| *sum += part);
                }
                self.sums.push(sums);
                self.gathered.push(|into| place_features(self.document, stretch, at, |feature| into.push(feature)));
            }
            self.gathered.settle(self.weights, &mut self.sums[from..]);
        }
    }

    /// Sums up the features that the forms of `stretch` and around it have by themselves.
    fn know_forms(&mut self, stretch: &Stretch) {
        let from = self.known.len();
        for at in stretch.tokens.clone() {
            for offset in -REACH..=REACH {
                let form = self.document.near(at, offset, stretch) as usize;
                let slot = &mut self.forms[form][(offset + REACH) as usize];
                if *slot == 0 {
                    self.gathered
                        .push(|into| word_features(&self.document.forms[form], offset, |feature| into.push(feature)));
                    *slot = (from + self.gathered.ends.len()) as u32;
                }
            }
        }
        self.known.resize(from + self.gathered.ends.len(), [0; INSIDE]);
        self.gathered.settle(self.weights, &mut self.known[from..]);
    }

    fn sum_second(&mut self, labels: &[u8]) {
        let first = FirstPass::new(self.document, labels);
        let mut from = 0;
        for stretch in &self.document.stretches {
            for at in stretch.tokens.clone() {
                self.gathered
                    .push(|into| second_features(self.document, stretch, &first, at, |feature| into.push(feature)));
            }
            self.gathered.settle(self.weights, &mut self.sums[from..]);
            from += stretch.tokens.len();
        }
    }

    /// The best label of every token after the first pass.
    fn labels(&self) -> Vec<u8> {
        let mut labels = vec![OUTSIDE; self.document.of.len()];
        let mut found = Vec::new();
        for (stretch, sums) in self.stretches() {
            found.clear();
            decode(sums.iter(), &self.weights.transitions[0][usize::from(stretch.uncased)], &mut found);
            labels[stretch.tokens.clone()].copy_from_slice(&found);
        }
        labels
    }

    /// The names after the second pass, in order.
    fn names(&self, factors: &[Factors; 2]) -> Vec<Likely> {
        let (mut lattice, mut names) = (Lattice::default(), Vec::new());
        for (stretch, sums) in self.stretches() {
            factors[usize::from(stretch.uncased)].names(sums, stretch.tokens.start, &mut lattice, &mut names);
        }
        names
    }

    /// Every stretch with the sums of its tokens.
    fn stretches(&self) -> impl Iterator<Item = (&Stretch, &[Sums])> {
        let mut rest = &self.sums[..];
        self.document.stretches.iter().map(move |stretch| {
            let (own, others) = rest.split_at(stretch.tokens.len());
            rest = others;
            (stretch, own)
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::model::tag;
    use crate::text::Prose;

    fn check(text: &str, expect: &[(&str, &str)]) {
        let found = tag(&Prose::new(text));
        let names: Vec<(&str, String)> =
            found.iter().map(|name| (name.span.of(text), format!("{:?}", name.class))).collect();
        let expect: Vec<(&str, String)> = expect.iter().map(|(name, class)| (*name, (*class).to_owned())).collect();
        assert_eq!(names, expect, "{text}");
        assert!(found.iter().all(|name| name.confidence > 0.0 && name.confidence <= 1.0));
    }

    const NAMES: [(&str, &str); 4] = [
        ("Angela Brown", "Person"),
        ("Kenyan", "Nationality"),
        ("Bank of Uganda", "Organization"),
        ("Nairobi", "Location"),
    ];

    #[test]
    fn names_of_every_kind() {
        check("Angela Brown, a Kenyan lawyer, left the Bank of Uganda's office in Nairobi on Monday.\n", &NAMES);
    }

    #[test]
    fn names_in_small_letters_and_in_capitals() {
        let text = "Angela Brown, a Kenyan lawyer, left the Bank of Uganda's office in Nairobi on Monday.\n";
        let small = NAMES.map(|(name, class)| (name.to_lowercase(), class));
        let large = NAMES.map(|(name, class)| (name.to_uppercase(), class));
        check(&text.to_lowercase(), &small.each_ref().map(|(name, class)| (name.as_str(), *class)));
        check(&text.to_uppercase(), &large.each_ref().map(|(name, class)| (name.as_str(), *class)));
    }

    #[test]
    fn text_without_names() {
        check("", &[]);
        check("\n \n", &[]);
        check("The river rose again, and nobody knew why. It fell a day later.", &[]);
        check("...!? “” ( ) --", &[]);
    }

    #[test]
    fn a_name_reaches_across_its_hyphen_and_not_over_the_possessive() {
        check(
            "South Korea's Kim Young-ho met Chen Mei-ling.",
            &[("South Korea", "Location"), ("Kim Young-ho", "Person"), ("Chen Mei-ling", "Person")],
        );
    }

    proptest::proptest! {
        #[test]
        fn names_lie_in_the_text_in_order(text in "([A-Z]?[a-zé]{0,6}[ .,'’\"\n-]|\\PC){0,60}") {
            let mut at = 0;
            for name in tag(&Prose::new(&text)) {
                proptest::prop_assert!(at <= name.span.begin && !name.span.is_empty());
                proptest::prop_assert!(text.get(name.span.begin..name.span.end).is_some());
                at = name.span.end;
            }
        }
    }
}

//! Fits the tagger of names.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::fit::{Options, SampleStretch, Samples, fit, fit_several};
use super::gold::{GoldArticle, read};
use super::rows::{number_features, store};
use crate::model::class::Classes;
use crate::model::document::REACH;
use crate::model::document::{Document, Stretch};
use crate::model::features::{FirstPass, place_features, second_features, word_features};
use crate::model::label::{OUTSIDE, spans, write};
use crate::model::lexicon::Lexicon;
use crate::model::score::Score;
use crate::model::scorer::{self, Weights};
use crate::model::tagger::Tagger;
use crate::model::{Class, Name};
use crate::text::{Prose, Span};

/// What to fit on and how.
#[derive(Clone, Debug)]
pub struct Recipe {
    /// Gold files to learn from.
    pub train: Vec<PathBuf>,
    /// How much each of them counts, in their order; 1 for those beyond the last.
    pub trust: Vec<f32>,
    /// Gold files to measure on.
    pub check: Vec<PathBuf>,
    /// Folder with `clusters.bin` and `names.bin`, where `tagger.bin` is written.
    pub weights: PathBuf,
    /// How to fit.
    pub options: Options,
    /// Features seen less often are left out.
    pub least: u32,
    /// Rows without a larger weight are left out.
    pub prune: f32,
    /// Parts of the data that are held out in turn to train the second pass; 0 for no second pass.
    pub folds: usize,
    /// Learn from every how-manieth article in small letters too; 0 for none.
    pub lower: usize,
}

/// One text of the training data, ready for features.
struct Example {
    document: Document,
    labels: Vec<u8>,
    trust: f32,
}

/// Fits the tagger, writes it, and prints how good it is.
pub fn run(recipe: &Recipe) -> Result<()> {
    let (clusters, names) = (table(&recipe.weights, "clusters.bin")?, table(&recipe.weights, "names.bin")?);
    let lexicon = Lexicon::new(&clusters, &names);
    let mut articles = Vec::new();
    for (at, path) in recipe.train.iter().enumerate() {
        let trust = recipe.trust.get(at).copied().unwrap_or(1.0);
        articles.extend(read(path)?.into_iter().map(|article| (article, trust)));
    }
    let bytes = learn(recipe, &articles, &lexicon);
    let path = recipe.weights.join("tagger.bin");
    std::fs::write(&path, &bytes).with_context(|| format!("cannot write {}", path.display()))?;
    println!("{}: {} bytes", path.display(), bytes.len());
    let tagger = Tagger::new(&clusters, &names, &bytes, &[]);
    for path in &recipe.check {
        measure(path, &tagger)?;
    }
    Ok(())
}

fn table(folder: &Path, name: &str) -> Result<Vec<u8>> {
    let path = folder.join(name);
    std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
}

/// Reads the tables in `folder`.
pub(super) fn lexicon(folder: &Path) -> Result<Lexicon> {
    Ok(Lexicon::new(&table(folder, "clusters.bin")?, &table(folder, "names.bin")?))
}

/// Reads the tables and weights in `folder`.
pub fn load(folder: &Path) -> Result<Tagger> {
    let files = ["clusters.bin", "names.bin", "tagger.bin", "classes.bin"];
    let [clusters, names, weights, classes] = files.map(|name| table(folder, name));
    Ok(Tagger::new(&clusters?, &names?, &weights?, &classes?))
}

fn learn(recipe: &Recipe, articles: &[(GoldArticle, f32)], lexicon: &Lexicon) -> Vec<u8> {
    let step = if recipe.lower == 0 { usize::MAX } else { recipe.lower };
    let picked = articles.iter().skip(step - 1).step_by(step);
    let lowered: Vec<(GoldArticle, f32)> = picked.map(|(article, trust)| (article.recased(false), *trust)).collect();
    let examples: Vec<Example> =
        articles.iter().chain(&lowered).map(|(article, trust)| example(article, *trust, lexicon)).collect();
    let mut samples = Samples::default();
    for (number, example) in examples.iter().enumerate() {
        collect(example, number, &mut samples);
    }
    let mut keys = number_features(&mut samples.first, recipe.least);
    let total = articles.len();
    if recipe.folds > 0 {
        jackknife(recipe, &mut samples, &keys, &examples, total);
        let offset = keys.len() as u32;
        let more = number_features(&mut samples.second, recipe.least);
        samples.second.pool.iter_mut().for_each(|feature| *feature += offset);
        keys.extend(more);
    }
    eprintln!("{} features, {} tokens", keys.len(), samples.labels.len());
    let fitted = fit_several(&samples, keys.len(), recipe.folds > 0, recipe.options);
    let (rows, transitions) = store(&keys, &fitted, recipe.prune);
    eprintln!("{} rows", rows.len());
    scorer::write(&rows, &transitions)
}

fn example(article: &GoldArticle, trust: f32, lexicon: &Lexicon) -> Example {
    let prose = Prose::new(&article.text);
    let document = Document::new(&prose, lexicon);
    let labels = within(&document.stretches, &article.labels(&prose));
    Example { document, labels, trust }
}

/// Cuts the gold names to the stretches that are decoded.
fn within(stretches: &[Stretch], gold: &[u8]) -> Vec<u8> {
    let mut labels = vec![OUTSIDE; gold.len()];
    let (mut whole, mut kept) = (0, 0);
    for (begin, end, kind) in spans(gold) {
        whole += end - begin;
        for stretch in stretches {
            let (from, to) = (begin.max(stretch.tokens.start), end.min(stretch.tokens.end));
            if from < to {
                kept += to - from;
                write(&mut labels, from..to, kind);
            }
        }
    }
    debug_assert!(kept <= whole);
    labels
}

fn collect(example: &Example, article: usize, samples: &mut Samples) {
    let document = &example.document;
    for stretch in &document.stretches {
        let begin = samples.labels.len();
        for at in stretch.tokens.clone() {
            let pool = &mut samples.first.pool;
            for offset in -REACH..=REACH {
                let form = &document.forms[document.near(at, offset, stretch) as usize];
                word_features(form, offset, |feature| pool.push(feature));
            }
            place_features(document, stretch, at, |feature| pool.push(feature));
            samples.first.close();
            samples.labels.push(example.labels[at]);
        }
        let end = samples.labels.len();
        samples.stretches.push(SampleStretch { begin, end, article, uncased: stretch.uncased, weight: example.trust });
    }
}

/// Fills in the features of the second pass, from what the first pass finds when it is fitted on the other parts.
fn jackknife(recipe: &Recipe, samples: &mut Samples, keys: &[u32], examples: &[Example], articles: usize) {
    let part = |article: usize| article % articles % recipe.folds;
    let mut predicted: Vec<Vec<u8>> = vec![Vec::new(); examples.len()];
    let options = Options { rounds: recipe.options.rounds * 2 / 3, ..recipe.options };
    let parts: Vec<usize> = (0..recipe.folds).collect();
    for pair in parts.chunks(2) {
        std::thread::scope(|scope| {
            let shared = &*samples;
            let workers: Vec<_> = pair
                .iter()
                .map(|held| {
                    scope.spawn(move || {
                        let fitted = fit(shared, keys.len(), false, options, |article| part(article) != *held);
                        let (rows, transitions) = store(keys, &fitted, recipe.prune);
                        Weights::new(&rows, Box::new(transitions))
                    })
                })
                .collect();
            for (held, worker) in pair.iter().zip(workers) {
                let weights = worker.join().expect("fitting does not panic");
                let tagger = Tagger::with(Lexicon::new(&[], &[]), weights, Classes::read(&[]));
                for (at, example) in examples.iter().enumerate().filter(|(at, _)| part(*at) == *held) {
                    predicted[at] = tagger.first_labels(&example.document);
                }
            }
        });
    }
    for (example, labels) in examples.iter().zip(&predicted) {
        let document = &example.document;
        let first = FirstPass::new(document, labels);
        for stretch in &document.stretches {
            for at in stretch.tokens.clone() {
                second_features(document, stretch, &first, at, |feature| samples.second.pool.push(feature));
                samples.second.close();
            }
        }
    }
}

/// Prints every mistake on a gold file: its class, the kinds, and the words with three more on each side.
pub fn errors(path: &Path, tagger: &Tagger) -> Result<()> {
    for article in read(path)? {
        let prose = Prose::new(&article.text);
        let found: Vec<(Span, u8)> = tagger.tag(&prose).iter().map(|name| (name.span, kind(name))).collect();
        let gold: Vec<(Span, u8)> = article.names.iter().map(|name| (name.span, name.kind)).collect();
        let print = |class: &str, span: Span, kinds: String| {
            let (begin, end) = (prose.token_at(span.begin), prose.token_at(span.end - 1) + 1);
            let near = prose.span(begin.saturating_sub(4)..(end + 4).min(prose.tokens.len()));
            let (left, right) = (&article.text[near.begin..span.begin], &article.text[span.end..near.end]);
            println!("{class}\t{kinds}\t{left}[{}]{right}", span.of(&article.text).replace('\n', "|"));
        };
        for (span, kind) in &found {
            match gold.iter().find(|(other, _)| other.overlaps(*span)) {
                None => print("spurious", *span, format!("-{kind}")),
                Some((other, right)) if other != span => print("bounds", *span, format!("{right}{kind}")),
                Some((_, right)) if right != kind => print("kind", *span, format!("{right}{kind}")),
                Some(_) => {}
            }
        }
        for (span, kind) in gold.iter().filter(|(span, _)| !found.iter().any(|(other, _)| other.overlaps(*span))) {
            print("missed", *span, format!("{kind}-"));
        }
    }
    Ok(())
}

/// Prints the best score that any labels could reach on a gold file, given the tokens and where names are looked for.
pub fn ceiling(path: &Path, tagger: &Tagger) -> Result<()> {
    let mut all = Score::default();
    for article in read(path)? {
        let prose = Prose::new(&article.text);
        let document = Document::new(&prose, &tagger.lexicon);
        let labels = within(&document.stretches, &article.labels(&prose));
        let found: BTreeSet<(Span, u8)> =
            spans(&labels).map(|(begin, end, kind)| (prose.span(begin..end), kind)).collect();
        let gold: BTreeSet<(Span, u8)> = article.names.iter().map(|name| (name.span, name.kind)).collect();
        all.add(&found, &gold);
    }
    println!("{}: at most {all}", path.display());
    Ok(())
}

/// Prints the scores on a gold file: as it is, in small letters and in capitals.
pub fn measure(path: &Path, tagger: &Tagger) -> Result<()> {
    let articles = read(path)?;
    let lower: Vec<GoldArticle> = articles.iter().map(|article| article.recased(false)).collect();
    let upper: Vec<GoldArticle> = articles.iter().map(|article| article.recased(true)).collect();
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    for (case, articles) in [("", articles), (" small", lower), (" capitals", upper)] {
        let mut all = Score::default();
        let mut kinds = [Score::default(); 4];
        let mut bounds = Score::default();
        for article in &articles {
            let found = tagger.tag(&Prose::new(&article.text));
            let found: BTreeSet<(Span, u8)> = found.iter().map(|name| (name.span, kind(name))).collect();
            let gold: BTreeSet<(Span, u8)> =
                article.names.iter().map(|name| (bare(&article.text, name.span), name.kind)).collect();
            all.add(&found, &gold);
            let without = |names: &BTreeSet<(Span, u8)>| names.iter().map(|(span, _)| (*span, 0)).collect();
            bounds.add(&without(&found), &without(&gold));
            for (at, score) in kinds.iter_mut().enumerate() {
                let of = |names: &BTreeSet<(Span, u8)>| {
                    names.iter().copied().filter(|(_, kind)| usize::from(*kind) == at).collect()
                };
                score.add(&of(&found), &of(&gold));
            }
        }
        let each: Vec<String> = kinds.iter().map(|score| format!("{:.2}", score.f1())).collect();
        println!(
            "{name}{case}: {all}   person organization place other {}   bounds {:.2}",
            each.join(" "),
            bounds.f1()
        );
    }
    Ok(())
}

/// A gold span without the ending that belongs to no name.
fn bare(text: &str, span: Span) -> Span {
    let name = span.of(text);
    let bare = ["'s", "’s", "'S", "’S"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name);
    Span::new(span.begin, span.begin + bare.len())
}

fn kind(name: &Name) -> u8 {
    match name.class {
        Class::Person => 0,
        Class::Organization => 1,
        Class::Location | Class::Facility => 2,
        Class::Nationality | Class::Product | Class::Miscellaneous => 3,
    }
}

//! Fits the finer classes of names: an averaged perceptron (Freund and Schapire 1999; Collins 2002).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::gold::read;
use super::tagger::lexicon;
use crate::model::Class;
use crate::model::class::{CLASSES, Classes, choices, features};
use crate::model::document::Document;
use crate::text::Prose;

const ROUNDS: usize = 6;

struct Sample {
    features: Vec<u32>,
    kind: u8,
    class: usize,
}

/// Weights with the sum of what they were, for the mean.
type Weights = BTreeMap<u32, ([f64; 5], [f64; 5])>;

/// Learns from the gold files that have the finer tags and writes `classes.bin`; prints how often it is right on the
/// `check` files.
pub fn run(train: &[PathBuf], check: &[PathBuf], weights: &Path) -> Result<()> {
    let samples = samples(train, weights)?;
    let fitted = fit(&samples);
    let largest = fitted.values().flatten().fold(1.0_f64, |most, weight| most.max(weight.abs()));
    let mut bytes = Vec::new();
    for (key, row) in &fitted {
        let stored = row.map(|weight| (weight * 127.0 / largest).round() as i8);
        if stored.iter().any(|weight| *weight != 0) {
            bytes.extend(key.to_le_bytes());
            bytes.extend(stored.map(|weight| weight as u8));
        }
    }
    let path = weights.join("classes.bin");
    std::fs::write(&path, &bytes).with_context(|| format!("cannot write {}", path.display()))?;
    println!("{}: {} bytes", path.display(), bytes.len());
    measure(check, weights, &Classes::read(&bytes))
}

fn class_of(tag: &str) -> Option<usize> {
    let class = match tag {
        "Location" => Class::Location,
        "Facility" => Class::Facility,
        "NORP" => Class::Nationality,
        "Product" => Class::Product,
        "Misc" => Class::Miscellaneous,
        _ => return None,
    };
    CLASSES.iter().position(|other| *other == class)
}

/// Calls `visit` with the text, the tokens, the kind and the class of every gold name that has a finer tag.
fn visit(
    files: &[PathBuf],
    weights: &Path,
    mut visit: impl FnMut(&Document, std::ops::Range<usize>, u8, usize),
) -> Result<()> {
    let lexicon = lexicon(weights)?;
    for file in files {
        for article in read(file)? {
            let prose = Prose::new(&article.text);
            let document = Document::new(&prose, &lexicon);
            for name in &article.names {
                let tokens = prose.token_at(name.span.begin)..prose.token_at(name.span.end - 1) + 1;
                if let Some(class) = class_of(&name.tag) {
                    visit(&document, tokens, name.kind, class);
                }
            }
        }
    }
    Ok(())
}

fn samples(files: &[PathBuf], weights: &Path) -> Result<Vec<Sample>> {
    let mut samples = Vec::new();
    visit(files, weights, |document, tokens, kind, class| {
        let mut found = Vec::new();
        features(document, tokens, |feature| found.push(feature));
        samples.push(Sample { features: found, kind, class });
    })?;
    Ok(samples)
}

fn fit(samples: &[Sample]) -> BTreeMap<u32, [f64; 5]> {
    let mut weights = Weights::new();
    let mut time = 1.0;
    for _ in 0..ROUNDS {
        // Every eleventh, then the next eleventh: neighbours in a text are much alike.
        for sample in (0..11).flat_map(|first| samples.iter().skip(first).step_by(11)) {
            let mut sums = [0.0; 5];
            for row in sample.features.iter().filter_map(|feature| weights.get(feature)) {
                sums.iter_mut().zip(row.0).for_each(|(sum, weight)| *sum += weight);
            }
            let rivals = choices(sample.kind).filter(|class| *class != sample.class);
            let rival = rivals.reduce(|best, class| if sums[class] > sums[best] { class } else { best });
            if let Some(rival) = rival.filter(|rival| sums[*rival] + 1.0 > sums[sample.class]) {
                for feature in &sample.features {
                    let row = weights.entry(*feature).or_default();
                    for (class, step) in [(sample.class, 1.0), (rival, -1.0)] {
                        row.0[class] += step;
                        row.1[class] += step * time;
                    }
                }
            }
            time += 1.0;
        }
    }
    let mean = |(last, sum): &([f64; 5], [f64; 5])| std::array::from_fn(|at| last[at] - sum[at] / time);
    weights.iter().map(|(key, row)| (*key, mean(row))).collect()
}

fn measure(check: &[PathBuf], weights: &Path, classes: &Classes) -> Result<()> {
    let mut table = [[0; 5]; 5];
    visit(check, weights, |document, tokens, kind, class| {
        let found = classes.class(document, tokens, kind);
        let found = CLASSES.iter().position(|other| *other == found).unwrap_or(class);
        table[class][found] += 1;
    })?;
    for (class, row) in CLASSES.iter().zip(table) {
        println!("{class:?} found as {CLASSES:?}: {row:?}");
    }
    Ok(())
}

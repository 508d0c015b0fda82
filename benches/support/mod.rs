//! What the benchmarks share: the invented archive, its index, and figures.

#![allow(dead_code, clippy::print_stdout, reason = "each benchmark uses its own part, and prints")]

pub(crate) mod fts5;
pub(crate) mod generator;

use std::fs;
use std::path::PathBuf;

use newsdex::article::Article;
use newsdex::extract::Annotations;
use newsdex::index::{FileRecord, Index, Outcome};
use newsdex::ingest::IngestOptions;
use newsdex::search::Searcher;

use self::generator::Generator;

/// Made-up stems in the archive: with their endings about 170,000 words.
pub(crate) const STEMS: usize = 30_000;

/// Clock ticks of `/proc/self/stat` in a second, as Linux has them.
const TICKS: f64 = 100.0;

/// Processor seconds of this process so far, of all threads, in and below the program.
pub(crate) fn processor_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").expect("Linux tells of every process");
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok());
    ticks.sum::<f64>() / TICKS
}

/// Bytes for what is not yet on disk: as many as `newsdex index` takes.
pub(crate) fn memory() -> usize {
    IngestOptions::default().writer_memory
}

/// Number of articles: 100,000, or what the environment variable `NEWSDEX_BENCH_ARTICLES` says.
pub(crate) fn articles() -> u64 {
    let told = std::env::var("NEWSDEX_BENCH_ARTICLES").ok().and_then(|number| number.parse().ok());
    told.unwrap_or(100_000)
}

/// A folder for an index that is kept between runs.
pub(crate) fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", articles()))
}

/// Indexes the archive as it is generated, with the annotations that the generator knows.
pub(crate) fn index_archive(index: &Index) -> newsdex::Result<()> {
    let generator = Generator::new(STEMS);
    index_generated(index, articles(), |number| generator.article(number))
}

/// Indexes the first `count` articles that `article` makes.
pub(crate) fn index_generated(
    index: &Index,
    count: u64,
    article: impl Fn(u64) -> (Article, Annotations),
) -> newsdex::Result<()> {
    let mut writer = index.writer(memory())?;
    for number in 0..count {
        let pair = article(number);
        let file = FileRecord {
            path: pair.0.path.clone(),
            size: pair.0.text.len() as u64,
            modified: number as i64,
            hash: number,
            outcome: Outcome::Articles(1),
        };
        writer.replace(&file, std::slice::from_ref(&pair))?;
    }
    writer.commit(&["/archive".to_owned()])?;
    writer.finish()?;
    Searcher::open(index)?.keep_actors()
}

/// The index of the archive, made where it is not there yet.
pub(crate) fn archive() -> newsdex::Result<PathBuf> {
    let folder = folder("archive");
    let whole =
        Index::open(&folder).and_then(|index| index.status()).is_ok_and(|status| status.articles as u64 == articles());
    if !whole {
        let _ = fs::remove_dir_all(&folder);
        index_archive(&Index::open_or_create(&folder)?)?;
    }
    Ok(folder)
}

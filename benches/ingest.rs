//! What indexing costs beside plain tantivy: the same bodies, in processor time and peak memory.
//!
//! Each way runs in a process of its own; the time that generating the articles takes is subtracted from all.

#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, and stops at errors")]

mod support;

use std::fs;
use std::process::Command;

use newsdex::extract::annotate;
use newsdex::index::{FileRecord, Index, Outcome};
use support::generator::Generator;
use tantivy::schema::{STORED, Schema, TEXT};
use tantivy::{IndexWriter, TantivyDocument};

fn main() {
    let way = std::env::args().skip_while(|argument| argument != "way").nth(1);
    match way.as_deref() {
        Some("generate") => generate(),
        Some("plain") => plain(),
        Some("index") => support::index_archive(&fresh("ingest")).unwrap(),
        Some("extract") => extract(),
        Some(other) => panic!("no way {other}"),
        None => return table(),
    }
    println!("{} {}", support::processor_seconds(), peak());
}

fn table() {
    println!("{} articles", support::articles());
    println!("{:<42} {:>12} {:>8} {:>10}", "way", "processor s", "ratio", "peak MiB");
    let (generate, _) = run("generate");
    let (plain, plain_peak) = run("plain");
    let plain = plain - generate;
    println!("{:<42} {plain:>12.1} {:>8.2} {plain_peak:>10.0}", "plain tantivy, one field, stored", 1.0);
    for (way, name) in [("index", "newsdex, annotations given"), ("extract", "newsdex, with extraction")] {
        let (seconds, peak) = run(way);
        println!("{name:<42} {:>12.1} {:>8.2} {peak:>10.0}", seconds - generate, (seconds - generate) / plain);
    }
}

/// Processor seconds and peak memory in MiB of a process that goes one way.
fn run(way: &str) -> (f64, f64) {
    let output = Command::new(std::env::current_exe().unwrap()).args(["way", way]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let mut figures = text.split_whitespace().map(|figure| figure.parse::<f64>().unwrap());
    (figures.next().unwrap(), figures.next().unwrap())
}

fn generate() {
    let generator = Generator::new(support::STEMS);
    let bytes: usize = (0..support::articles()).map(|number| generator.article(number).0.text.len()).sum();
    assert!(bytes > 0);
}

fn plain() {
    let mut schema = Schema::builder();
    let body = schema.add_text_field("body", TEXT | STORED);
    let folder = support::folder("plain");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let index = tantivy::Index::create_in_dir(&folder, schema.build()).unwrap();
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 200_000_000).unwrap();
    let generator = Generator::new(support::STEMS);
    for number in 0..support::articles() {
        let mut document = TantivyDocument::new();
        document.add_text(body, generator.article(number).0.body());
        writer.add_document(document).unwrap();
    }
    writer.commit().unwrap();
    writer.wait_merging_threads().unwrap();
}

fn extract() {
    let index = fresh("extract");
    let generator = Generator::new(support::STEMS);
    let mut writer = index.writer(200_000_000).unwrap();
    for number in 0..support::articles() {
        let (article, _) = generator.article(number);
        let annotations = annotate(&article.text, Some("en"));
        let path = article.path.clone();
        let file = FileRecord { path, size: 0, modified: 0, hash: number, outcome: Outcome::Articles(1) };
        writer.replace(&file, &[(article, annotations)]).unwrap();
    }
    writer.commit(&[]).unwrap();
    writer.finish().unwrap();
}

fn fresh(name: &str) -> Index {
    let folder = support::folder(name);
    let _ = fs::remove_dir_all(&folder);
    Index::open_or_create(folder).unwrap()
}

/// Most memory that this process had, in MiB.
fn peak() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0
}

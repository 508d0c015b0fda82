//! What indexing costs beside plain tantivy: the same bodies, in processor time and peak memory.
//!
//! The articles are invented; where the environment variable `NEWSDEX_BENCH_FOLDER` names a folder, they are those of the files
//! in it. Each way runs in a process of its own; the time that making or reading the articles takes is subtracted from all.

#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, and stops at errors")]

mod support;

use std::ffi::OsString;
use std::fs;
use std::process::Command;

use newsdex::article::Article;
use newsdex::crawl::{read, walk};
use newsdex::extract::annotate_article;
use newsdex::index::{FileRecord, Index, Outcome};
use newsdex::parse::parse;
use support::generator::Generator;
use tantivy::schema::{STORED, Schema, TEXT};
use tantivy::{IndexWriter, TantivyDocument};

fn main() {
    let way = std::env::args().skip_while(|argument| argument != "way").nth(1);
    let articles = match way.as_deref() {
        Some("make") => each_article(|_, article| assert!(!article.text.is_empty())),
        Some("plain") => plain(),
        Some("index") => support::index_archive(&fresh("ingest")).map(|()| support::articles()).unwrap(),
        Some("extract") => extract(),
        Some(other) => panic!("no way {other}"),
        None => return table(),
    };
    println!("{} {} {articles}", support::processor_seconds(), peak());
}

fn table() {
    let [make, _, articles] = run("make");
    println!("{articles} articles");
    println!("{:<42} {:>12} {:>8} {:>10}", "way", "processor s", "ratio", "peak MiB");
    let mut plain = None;
    let ways = [
        ("plain", "plain tantivy, one field, stored"),
        ("index", "newsdex, annotations given"),
        ("extract", "newsdex, with extraction"),
    ];
    // Of real articles nobody knows the annotations.
    for (way, name) in ways.into_iter().filter(|(way, _)| *way != "index" || real().is_none()) {
        let [seconds, peak, _] = run(way);
        let seconds = seconds - make;
        let ratio = seconds / *plain.get_or_insert(seconds);
        println!("{name:<42} {seconds:>12.1} {ratio:>8.2} {peak:>10.0}");
    }
}

/// The folder whose articles are indexed.
fn real() -> Option<OsString> {
    std::env::var_os("NEWSDEX_BENCH_FOLDER")
}

/// Calls `visit` with the number of each article and the article; gives how many there are.
fn each_article(mut visit: impl FnMut(u64, Article)) -> u64 {
    let mut count = 0;
    let mut visit = |article: Article| {
        visit(count, article);
        count += 1;
    };
    if let Some(folder) = real() {
        let files = walk(&[folder.into()], &[]).filter_map(Result::ok);
        let parsed = files.filter_map(|file| read(&file).ok()).map(|raw| parse(&raw));
        parsed.flat_map(|parsed| parsed.articles).for_each(|(article, _)| visit(article));
    } else {
        let generator = Generator::new(support::STEMS);
        (0..support::articles()).for_each(|number| visit(generator.article(number).0));
    }
    count
}

/// Processor seconds and peak memory in MiB of a process that goes one way, and its number of articles.
fn run(way: &str) -> [f64; 3] {
    let output = Command::new(std::env::current_exe().unwrap()).args(["way", way]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let figures: Vec<f64> = text.split_whitespace().map(|figure| figure.parse().unwrap()).collect();
    figures.try_into().unwrap()
}

fn plain() -> u64 {
    let mut schema = Schema::builder();
    let body = schema.add_text_field("body", TEXT | STORED);
    let folder = support::folder("plain");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let index = tantivy::Index::create_in_dir(&folder, schema.build()).unwrap();
    let mut writer: IndexWriter = index.writer_with_num_threads(1, support::memory()).unwrap();
    let count = each_article(|_, article| {
        let mut document = TantivyDocument::new();
        document.add_text(body, article.body());
        writer.add_document(document).unwrap();
    });
    writer.commit().unwrap();
    writer.wait_merging_threads().unwrap();
    count
}

fn extract() -> u64 {
    let index = fresh("extract");
    let mut writer = index.writer(support::memory()).unwrap();
    let count = each_article(|number, article| {
        let annotations = annotate_article(&article);
        let path = article.path.clone();
        let file = FileRecord { path, size: 0, modified: 0, hash: number, outcome: Outcome::Articles(1) };
        writer.replace(&file, &[(article, annotations)]).unwrap();
    });
    writer.commit(&[]).unwrap();
    writer.finish().unwrap();
    count
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

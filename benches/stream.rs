//! How much memory all hits of a query take, for numbers of hits that differ tenfold: each listing runs in a process of
//! its own, which writes every hit as JSON to nowhere and looks at its own memory as it goes. What is mapped from the
//! index is the system's to keep or drop and does not count.
//!
//! `NEWSDEX_BENCH_ARTICLES=1000000 cargo bench --bench stream`

#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, and stops at errors")]

mod support;

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use newsdex::export::wire::Line;
use newsdex::index::Index;
use newsdex::search::{Query, QuoteRequest, SearchOptions, Searcher, Sort};
use support::generator::Generator;

/// Hits after which memory is looked at.
const BETWEEN: usize = 1_000;

const LISTINGS: [&str; 6] =
    ["best first", "newest first", "by outlet", "stories, best first", "quotes", "quotes in groups"];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.iter().position(|argument| argument == "answer") {
        Some(at) => answer(Path::new(&arguments[at + 1]), &arguments[at + 2]),
        None => table(),
    }
}

fn table() {
    let most = support::articles();
    println!("{:<22} {:>10} {:>12} {:>10}", "listing", "hits", "most MB", "seconds");
    for count in [most / 10, most] {
        let index = archive(count);
        for listing in LISTINGS {
            let program = std::env::current_exe().unwrap();
            let child = Command::new(program).args(["answer", index.to_str().unwrap(), listing]).output().unwrap();
            assert!(child.status.success(), "{}", String::from_utf8_lossy(&child.stderr));
            println!("{listing:<22} {}", String::from_utf8_lossy(&child.stdout).trim());
        }
    }
}

/// The index of `count` briefs, made where it is not there yet.
fn archive(count: u64) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("briefs-{count}"));
    let articles = Index::open(&folder).and_then(|index| index.status()).map(|status| status.articles as u64);
    if articles.ok() != Some(count) {
        let _ = fs::remove_dir_all(&folder);
        let generator = Generator::new(support::STEMS);
        let index = Index::open_or_create(&folder).unwrap();
        support::index_generated(&index, count, |number| generator.brief(number)).unwrap();
    }
    folder
}

/// Megabytes of this process that no file on disk stands behind.
fn memory() -> f64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux tells of every process");
    let own = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).expect("Linux 4.5 or later");
    own.trim().trim_end_matches(" kB").parse::<f64>().expect("a number of kilobytes") / 1024.0
}

/// Memory and hits so far.
#[derive(Default)]
struct Watch {
    hits: usize,
    most: f64,
}

impl Watch {
    fn see(&mut self, line: &Line) -> ControlFlow<()> {
        line.write(&mut std::io::sink()).unwrap();
        if self.hits.is_multiple_of(BETWEEN) {
            self.most = self.most.max(memory());
        }
        self.hits += 1;
        ControlFlow::Continue(())
    }
}

/// Writes all hits of one listing, and prints what that took.
fn answer(index: &Path, listing: &str) {
    let searcher = Searcher::open(&Index::open(index).unwrap()).unwrap();
    let sort = match listing {
        "newest first" => Sort::Newest,
        "by outlet" => Sort::Outlet,
        _ => Sort::Relevance,
    };
    let all_copies = listing != "stories, best first";
    let options = SearchOptions { sort, limit: usize::MAX, all_copies, ..SearchOptions::default() };
    let (mut watch, begun) = (Watch::default(), Instant::now());
    let query = Query::parse("said OR the").unwrap();
    if listing.starts_with("quotes") {
        let request = QuoteRequest { options, ..QuoteRequest::default() };
        if listing == "quotes" {
            searcher.each_quote(&request, |quote| watch.see(&Line::quote(&quote))).unwrap();
        } else {
            searcher.each_quote_group(&request, |group| watch.see(&Line::quote_group(&group, None))).unwrap();
        }
    } else {
        searcher.each_hit(&query, &options, |hit| watch.see(&Line::hit(&hit))).unwrap();
    }
    println!("{:>10} {:>12.1} {:>10.1}", watch.hits, watch.most.max(memory()), begun.elapsed().as_secs_f64());
}

//! How long an answer takes, from the start of a cold process to its end, over 100,000 invented articles.
//!
//! Each query runs in a process of its own: open the index, search, read ten hits with their snippets, print. Beside it
//! runs `/bin/true`; the table gives the difference of the medians and of the lower quartiles in milliseconds.

#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, and stops at errors")]

mod support;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use newsdex::index::Index;
use newsdex::search::{ActorRequest, FacetField, Filters, Query, QuoteRequest, SearchOptions, Searcher};
use support::generator::Generator;

/// Runs of each query.
const RUNS: usize = 31;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.iter().position(|argument| argument == "answer") {
        Some(at) => answer(Path::new(&arguments[at + 1]), &arguments[at + 2], &arguments[at + 3]),
        None => table(),
    }
}

/// What one cold process does.
fn answer(index: &Path, command: &str, query: &str) {
    let index = Index::open(index).unwrap();
    let searcher = Searcher::open(&index).unwrap();
    let parsed = || Query::parse(query).unwrap();
    let options = SearchOptions::default();
    match command {
        "search" => println!("{:?}", searcher.search(&parsed(), &options).unwrap()),
        "quotes" => {
            let request = QuoteRequest { query: parsed(), options, ..QuoteRequest::default() };
            println!("{:?}", searcher.quotes(&request).unwrap());
        }
        "actors" => {
            let request = ActorRequest { prefix: query.to_owned(), limit: 10, ..ActorRequest::default() };
            println!("{:?}", searcher.actors(&request).unwrap());
        }
        "show" => println!("{:?}", searcher.article(query).unwrap()),
        "status" => println!("{:?}", index.status().unwrap()),
        "open" => println!("{}", index.path().display()),
        field => {
            let field = FacetField::ALL.into_iter().find(|each| each.as_str() == field).unwrap();
            println!("{:?}", searcher.facets(&parsed(), &Filters::default(), field, 10).unwrap());
        }
    }
}

fn table() {
    let index = support::archive().unwrap();
    let generator = Generator::new(support::STEMS);
    let (often, seldom, rare) = (generator.word(100), generator.word(3_000), generator.word(60_000));
    let person = generator.person(0);
    let (first, _) = generator.article(4_711);
    let phrase: Vec<&str> = first.body().split_whitespace().skip(20).take(3).collect();
    let phrase = format!("\"{}\"", phrase.join(" ").replace(['“', '”', ',', '.'], ""));
    let queries = [
        ("open", String::new()),
        ("search", often.to_owned()),
        ("search", seldom.to_owned()),
        ("search", rare.to_owned()),
        ("search", "government".to_owned()),
        ("search", "the".to_owned()),
        ("search", format!("{often} {seldom}")),
        ("search", format!("{seldom} {rare}")),
        ("search", format!("{often} OR {seldom} OR {rare}")),
        ("search", format!("the -{often}")),
        ("search", phrase),
        ("search", format!("\"{often} {seldom}\"")),
        ("search", "\"of the\"".to_owned()),
        ("search", "\"in the of\"".to_owned()),
        ("search", format!("{}*", &seldom[..4])),
        ("search", "b*".to_owned()),
        ("search", format!("outlet:ledger date:2015 {seldom}")),
        ("search", format!("person:\"{person}\"")),
        ("search", format!("speaker:\"{person}\" said:government")),
        ("quotes", seldom.to_owned()),
        ("quotes", format!("speaker:\"{person}\" government")),
        ("quotes", format!("government person:\"{person}\"")),
        ("outlet", seldom.to_owned()),
        ("month", "government".to_owned()),
        ("person", seldom.to_owned()),
        ("person", "the".to_owned()),
        ("actors", "ada".to_owned()),
        ("actors", String::new()),
        ("show", "0004711.txt".to_owned()),
        ("status", String::new()),
    ];
    println!("{} articles, {RUNS} runs; milliseconds beyond /bin/true", support::articles());
    println!("{:<8} {:<44} {:>8} {:>8} {:>8}", "command", "query", "quartile", "median", "hits");
    for (command, query) in queries {
        let (mut own, mut bare) = (Vec::new(), Vec::new());
        for _ in 0..RUNS {
            own.push(time(Command::new(std::env::current_exe().unwrap()).args([
                "answer",
                index.to_str().unwrap(),
                command,
                &query,
            ])));
            bare.push(time(&mut Command::new("/bin/true")));
        }
        let beyond = |share: usize| at(&mut own.clone(), share) - at(&mut bare.clone(), share);
        let shown: String = query.chars().take(44).collect();
        println!("{command:<8} {shown:<44} {:>8.1} {:>8.1} {:>8}", beyond(4), beyond(2), hits(&index, command, &query));
    }
}

/// Runs `command` to its end; in milliseconds.
fn time(command: &mut Command) -> f64 {
    let start = Instant::now();
    let status = command.stdout(Stdio::null()).status().unwrap();
    assert!(status.success());
    start.elapsed().as_secs_f64() * 1000.0
}

/// The value that one in `share` runs is not above.
fn at(times: &mut [f64], share: usize) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / share]
}

fn hits(index: &Path, command: &str, query: &str) -> usize {
    let searcher = Searcher::open(&Index::open(index).unwrap()).unwrap();
    let options = SearchOptions { limit: 1, ..SearchOptions::default() };
    match command {
        "search" => searcher.search(&Query::parse(query).unwrap(), &options).unwrap().total,
        "quotes" => {
            let query = Query::parse(query).unwrap();
            searcher.quotes(&QuoteRequest { query, options, ..QuoteRequest::default() }).unwrap().total
        }
        "actors" => {
            searcher.actors(&ActorRequest { prefix: query.to_owned(), ..ActorRequest::default() }).unwrap().total
        }
        _ => 0,
    }
}

//! How long an answer takes, from the start of a cold process to its end, over 100,000 invented articles.
//!
//! Each query runs in a process of its own: open the index, search, read ten hits with their snippets, print. Beside it
//! runs `/bin/true`; the table gives the difference of the medians and of the lower quartiles in milliseconds. The last
//! column is the median of the same question to `SQLite`'s FTS5, also beyond `/bin/true`, where the machine has the
//! `sqlite3` program and FTS5 has such a question.

#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, and stops at errors")]

mod support;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use newsdex::index::Index;
use newsdex::search::{ActorRequest, FacetField, Filters, Query, QuoteRequest, SearchOptions, Searcher};
use support::fts5::Fts5;
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
    let word = |word: &str| word.to_owned();
    // A command, its query, and what FTS5 calls the same.
    let queries = [
        ("open", String::new(), None),
        ("search", word(often), Some(word(often))),
        ("search", word(seldom), Some(word(seldom))),
        ("search", word(rare), Some(word(rare))),
        ("search", word("government"), Some(word("government"))),
        ("search", word("the"), Some(word("the"))),
        ("search", format!("{often} {seldom}"), Some(format!("{often} {seldom}"))),
        ("search", format!("{seldom} {rare}"), Some(format!("{seldom} {rare}"))),
        ("search", format!("{often} OR {seldom} OR {rare}"), Some(format!("{often} OR {seldom} OR {rare}"))),
        ("search", format!("the -{often}"), Some(format!("the NOT {often}"))),
        ("search", phrase.clone(), Some(phrase)),
        ("search", format!("\"{often} {seldom}\""), Some(format!("\"{often} {seldom}\""))),
        ("search", word("\"of the\""), Some(word("\"of the\""))),
        ("search", word("\"in the of\""), Some(word("\"in the of\""))),
        ("search", format!("{often} NEAR/5 {seldom}"), Some(format!("NEAR({often} {seldom}, 4)"))),
        ("search", word("government NEAR/5 the"), Some(word("NEAR(government the, 4)"))),
        ("search", format!("{often} /s {seldom}"), None),
        ("search", format!("{often} NOT NEAR/5 the"), None),
        ("search", format!("ATLEAST/3 {often}"), None),
        ("search", format!("\"the {}*\"", &seldom[..4]), Some(format!("\"the {}\" *", &seldom[..4]))),
        ("search", word("\"the b*\""), Some(word("\"the b\" *"))),
        ("search", format!("{seldom}~1"), None),
        ("search", format!("/{}.*/", &seldom[..4]), None),
        ("search", format!("{}*", &seldom[..4]), Some(format!("{}*", &seldom[..4]))),
        ("search", word("b*"), Some(word("b*"))),
        ("search", format!("outlet:ledger date:2015 {seldom}"), None),
        ("search", format!("person:\"{person}\""), None),
        ("search", format!("speaker:\"{person}\" said:government"), None),
        ("quotes", word(seldom), None),
        ("quotes", format!("speaker:\"{person}\" government"), None),
        ("quotes", format!("government person:\"{person}\""), None),
        ("outlet", word(seldom), Some(word(seldom))),
        ("month", word("government"), Some(word("government"))),
        ("person", word(seldom), None),
        ("person", word("government"), None),
        ("person", word("the"), None),
        ("actors", word("ada"), None),
        ("actors", String::new(), None),
        ("show", word("0004711.txt"), None),
        ("status", String::new(), None),
    ];
    let fts5 = Fts5::archive();
    println!("{} articles, {RUNS} runs; milliseconds beyond /bin/true", support::articles());
    println!("{:<8} {:<44} {:>8} {:>8} {:>8} {:>8}", "command", "query", "quartile", "median", "hits", "FTS5");
    for (command, query, theirs) in queries {
        let own = || {
            let mut own = Command::new(std::env::current_exe().unwrap());
            own.args(["answer", index.to_str().unwrap(), command, &query]);
            own
        };
        let theirs = fts5.as_ref().zip(theirs).map(|(fts5, theirs)| {
            move || if command == "search" { fts5.best(&theirs) } else { fts5.counts(command, &theirs) }
        });
        let (mut own_times, mut bare, mut their_times) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..RUNS {
            own_times.push(time(&mut own()));
            bare.push(time(&mut Command::new("/bin/true")));
            their_times.extend(theirs.as_ref().map(|theirs| time(&mut theirs())));
        }
        let beyond = |share: usize| at(&mut own_times.clone(), share) - at(&mut bare.clone(), share);
        let fts5 = if their_times.is_empty() {
            "-".to_owned()
        } else {
            format!("{:.1}", at(&mut their_times, 2) - at(&mut bare.clone(), 2))
        };
        let shown: String = query.chars().take(44).collect();
        let hits = hits(&index, command, &query);
        println!("{command:<8} {shown:<44} {:>8.1} {:>8.1} {hits:>8} {fts5:>8}", beyond(4), beyond(2));
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

//! What is read from web pages, against pages whose fields are known.
//!
//! The pages are not part of the repository: where the environment variable `NEWSDEX_SHARED` names the folder that
//! holds them, the figures are measured, with every page that was read wrong, otherwise only the measures are tested.
//! They are printed with `NEWSDEX_SHARED=… cargo test --test html -- --nocapture --test-threads 1`.
//!
//! Pages are read without their files' names, which would tell outlet and date.

#![allow(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use newsdex::article::Article;
use newsdex::crawl::RawFile;
use newsdex::parse::parse;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The folder of pages called `name`, where the machine has it.
fn pages(name: &str) -> Option<PathBuf> {
    let shared = std::env::var_os("NEWSDEX_SHARED").map(PathBuf::from)?;
    Some(shared.join("data/html").join(name))
}

/// The article of the page at `path`, read under a name that tells nothing.
fn article(path: &Path) -> Article {
    let mut bytes = fs::read(path).unwrap();
    if path.extension().is_some_and(|extension| extension == "gz") {
        let mut page = Vec::new();
        MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut page).unwrap();
        bytes = page;
    }
    let file = RawFile::new("page.html", bytes);
    parse(&file).articles.into_iter().next().map(|(article, _)| article).unwrap_or_default()
}

fn day(article: &Article) -> String {
    article.date.as_ref().map_or(String::new(), |date| date.value.day.to_string())
}

/// Pages read right, of all that tell the field.
#[derive(Default)]
struct Share {
    right: usize,
    all: usize,
}

impl Share {
    fn add(&mut self, page: &str, field: &str, expect: &str, found: &str, right: bool) {
        self.all += 1;
        self.right += usize::from(right);
        if !right {
            println!("{field} of {page}: expected `{expect}`, found `{found}`");
        }
    }

    fn value(&self) -> f64 {
        self.right as f64 / self.all.max(1) as f64
    }

    fn print(&self, field: &str) {
        println!("{field}: {} of {}, {:.3}", self.right, self.all, self.value());
    }
}

/// How often each run of four words stands in `text`.
fn shingles(text: &str) -> HashMap<Vec<&str>, usize> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
    let mut counts = HashMap::new();
    for begin in 0..=words.len().saturating_sub(4) {
        *counts.entry(words[begin..words.len().min(begin + 4)].to_vec()).or_default() += 1;
    }
    counts
}

/// Precision and recall of `found` against `gold` in runs of four words (scrapinghub, "article-extraction-benchmark",
/// 2020); `None` where there is nothing to be precise about.
fn overlap(gold: &str, found: &str) -> (Option<f64>, Option<f64>) {
    let (gold, found) = (shingles(gold), shingles(found));
    let shared: usize = gold.iter().map(|(run, count)| (*count).min(found.get(run).copied().unwrap_or(0))).sum();
    let share = |of: &HashMap<_, usize>| {
        let all = of.values().sum::<usize>();
        (all > 0).then(|| shared as f64 / all as f64)
    };
    (share(&found), share(&gold))
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

#[test]
fn a_story_is_measured_by_runs_of_four_words() {
    assert_eq!(overlap("a b c d e", "a b c d e"), (Some(1.0), Some(1.0)));
    assert_eq!(overlap("a b c d e", "a b c d, x"), (Some(0.5), Some(0.5)));
    assert_eq!(overlap("a b c d e", "a b c d"), (Some(1.0), Some(0.5)));
}

#[test]
fn stories_of_pages() {
    let Some(folder) = pages("bodies") else { return };
    let gold: BTreeMap<String, Value> =
        serde_json::from_slice(&fs::read(folder.join("ground-truth.json")).unwrap()).unwrap();
    let (mut precisions, mut recalls) = (Vec::new(), Vec::new());
    for (page, gold) in gold {
        let article = article(&folder.join(format!("{page}.html")));
        let (precision, recall) = overlap(gold["articleBody"].as_str().unwrap_or(""), article.body());
        if precision.unwrap_or(0.0).min(recall.unwrap_or(1.0)) < 0.9 {
            println!("body of {page}: precision {precision:.2?}, recall {recall:.2?}");
        }
        precisions.extend(precision);
        recalls.extend(recall);
    }
    let (precision, recall) = (mean(&precisions), mean(&recalls));
    let f1 = 2.0 * precision * recall / (precision + recall);
    println!("bodies: F1 {f1:.3}, precision {precision:.3}, recall {recall:.3}");
    assert!(f1 >= 0.955, "F1 of bodies");
}

/// An outlet's name without case, accents, article, edition in brackets and top-level domain.
fn bare_outlet(name: &str) -> String {
    let name = name.split(" (").next().unwrap_or(name);
    let lower: String = name.trim().nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    let articles = ["the ", "der ", "die ", "das ", "le ", "la ", "les ", "el ", "l'", "il "];
    let name = articles.iter().find_map(|article| lower.strip_prefix(article)).unwrap_or(&lower);
    let site = name.rsplit_once('.').filter(|(_, end)| (2..=4).contains(&end.len()) && !end.contains(' '));
    site.map_or(name, |(site, _)| site).trim().to_owned()
}

#[test]
fn outlets_are_compared_without_their_dress() {
    assert_eq!(bare_outlet("The Guardian"), bare_outlet("guardian.com"));
    assert_ne!(bare_outlet("The Guardian"), bare_outlet("Guardian Online"));
}

#[test]
fn fields_of_pages() {
    let Some(folder) = pages("outlets") else { return };
    let gold = fs::read_to_string(folder.join("gold.jsonl")).unwrap();
    let (mut headlines, mut days, mut outlets, mut authors) =
        (Share::default(), Share::default(), Share::default(), Share::default());
    for gold in gold.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
        let text = |field: &str| gold[field].as_str().unwrap_or("");
        let page = text("file");
        let file = page.trim_start_matches("test_data/").trim_end_matches(".gz");
        let article = article(&folder.join(file));
        let named = |field: &Option<newsdex::article::Field<String>>| {
            field.as_ref().map_or(String::new(), |field| field.value.clone())
        };
        let (headline, outlet) = (named(&article.headline), named(&article.outlet));
        headlines.add(page, "headline", text("title"), &headline, headline == text("title"));
        let right = bare_outlet(&outlet) == bare_outlet(text("outlet"));
        if gold["outlet"].is_string() {
            outlets.add(page, "outlet", text("outlet"), &outlet, right);
        }
        let date = &text("date")[..text("date").len().min(10)];
        days.add(page, "date", date, &day(&article), day(&article) == date);
        let expect: BTreeSet<&str> =
            gold["authors"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let found: BTreeSet<&str> = article.bylines.iter().map(|byline| byline.value.as_str()).collect();
        authors.add(page, "authors", &format!("{expect:?}"), &format!("{found:?}"), expect == found);
    }
    headlines.print("headlines");
    days.print("dates");
    outlets.print("outlets");
    authors.print("authors");
    assert!(headlines.value() >= 0.80, "headlines");
    assert!(days.value() >= 0.97, "dates");
    assert!(outlets.value() >= 0.90, "outlets");
    assert!(authors.value() >= 0.80, "authors");
}

#[test]
fn dates_of_pages() {
    let Some(folder) = pages("dates") else { return };
    let gold = fs::read_to_string(folder.join("gold.tsv")).unwrap();
    let mut days = Share::default();
    for line in gold.lines().skip(1) {
        let [page, _, date] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        if date == "nan" {
            continue;
        }
        let found = day(&article(&folder.join(page)));
        days.add(page, "date", date, &found, found == date);
    }
    days.print("dates of the other pages");
    assert!(days.value() >= 0.87, "dates of the other pages");
}

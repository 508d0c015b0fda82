//! The formats of wires and feeds: what is read of a file of each, and that no damage to one stops a run.
//!
//! `NEWSDEX_SHARED=… cargo test --test formats real_files -- --nocapture` prints a line for each file of the folder that the
//! environment variable names, which is not part of the repository.

#![allow(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use newsdex::article::{Article, Field};
use newsdex::crawl::{FoundFile, RawFile, is_container, members, read as read_file, walk};
use newsdex::extract::annotate;
use newsdex::parse::{Parsed, parse_on};
use proptest::prelude::*;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpora/formats")
}

fn read(path: &str, bytes: Vec<u8>) -> Parsed {
    parse_on(&RawFile::new(path, bytes), NaiveDate::from_ymd_opt(2025, 10, 14).unwrap())
}

/// What is read of the sample at `path`: its format; fields, body and warnings of each article; what was rejected.
fn printed(path: &str) -> String {
    let parsed = read(path, fs::read(folder().join(path)).unwrap());
    let mut out = format!("{}\n", parsed.taken_for.unwrap().format);
    for (article, warnings) in &parsed.articles {
        out.push_str(&fields(article, path));
        let _ = writeln!(out, "  {}", article.body().replace('\n', "\n  ").replace("\n  \n", "\n\n"));
        for warning in warnings {
            writeln!(out, "  warning: {warning}").unwrap();
        }
    }
    for reason in &parsed.rejected {
        writeln!(out, "  {reason}").unwrap();
    }
    out
}

fn fields(article: &Article, path: &str) -> String {
    let text = |field: &Option<Field<String>>| field.as_ref().map(|field| field.value.clone());
    let date = article.date.as_ref().map(|date| date.value);
    let bylines: Vec<&str> = article.bylines.iter().map(|byline| byline.value.as_str()).collect();
    let values = [
        ("headline", text(&article.headline)),
        ("outlet", text(&article.outlet)),
        ("wire", text(&article.wire)),
        ("date", date.map(|date| date.time.map_or(date.day.to_string(), |time| time.to_rfc3339()))),
        ("byline", (!bylines.is_empty()).then(|| bylines.join(", "))),
        ("place", text(&article.place)),
        ("language", text(&article.language)),
        ("url", text(&article.url)),
        ("guid", text(&article.guid)),
        ("revision", article.revision.as_ref().map(|revision| revision.value.to_string())),
    ];
    let told = values.into_iter().filter_map(|(name, value)| Some(format!(" {name}={}", value?)));
    format!(" {}{}\n", article.path.strip_prefix(path).unwrap(), told.collect::<Vec<_>>().join(";"))
}

/// Files below the folder of samples, in order.
fn samples() -> Vec<String> {
    let files = walkdir::WalkDir::new(folder()).sort_by_file_name().into_iter().map(|entry| entry.unwrap());
    let files =
        files.filter(|entry| entry.file_type().is_file() && entry.path().extension() != Some("expect".as_ref()));
    files.map(|entry| entry.path().strip_prefix(folder()).unwrap().to_str().unwrap().to_owned()).collect()
}

/// Each sample stands beside a file that says what is read of it. `UPDATE=1 cargo test --test formats` writes those anew.
#[test]
fn each_format_tells_its_fields() {
    let mut wrong = Vec::new();
    for path in samples() {
        let found = printed(&path);
        let expect = folder().join(format!("{path}.expect"));
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&expect, &found).unwrap();
        }
        if fs::read_to_string(&expect).unwrap_or_default() != found {
            wrong.push(format!("{path}\n{found}"));
        }
    }
    assert!(samples().len() >= 12, "the samples are there");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The reason why nothing is read of `xml`, or the number of articles.
fn fate(xml: Vec<u8>) -> String {
    let parsed = read("a.xml", xml);
    let reason = parsed.rejected.first().map(ToString::to_string);
    reason.unwrap_or_else(|| format!("{} articles", parsed.articles.len()))
}

#[test]
fn attacks_end_with_a_reason() {
    let mut laughs = String::from("<?xml version='1.0'?><!DOCTYPE nitf [<!ENTITY a0 'ha'>");
    for level in 1..20 {
        let _ = write!(laughs, "<!ENTITY a{level} '{}'>", format!("&a{};", level - 1).repeat(20));
    }
    laughs.push_str("]><nitf><body><body.content><p>&a19;</p></body.content></body></nitf>");
    // The entity is text: nothing expands.
    assert_eq!(fate(laughs.into_bytes()), "1 articles");
    let deep = |count: usize| format!("<nitf>{}", "<p>".repeat(count)).into_bytes();
    assert_eq!(fate(deep(100_000)), "no article: XML nested more than 500 deep");
    let attributes = " a='1'".repeat(200_000);
    let wide = format!("<nitf><p{attributes}>a</p></nitf>").into_bytes();
    assert_eq!(fate(wide), "no article: XML with an element of more than 256 attributes");
    for unclosed in ["<p ", "<p><", "<!--", "<![CDATA[", "&", "&amp", "<p a='", "<!DOCTYPE "] {
        let large = format!("<nitf>{}", unclosed.repeat(8_000_000 / unclosed.len())).into_bytes();
        let fate = fate(large);
        assert!(fate.starts_with("no article: "), "{unclosed}: {fate}");
    }
}

/// A change to a sample: bytes cut out, doubled, overwritten, or put in from another sample.
#[derive(Clone, Debug)]
enum Damage {
    Cut(usize, usize),
    Double(usize, usize),
    Overwrite(usize, Vec<u8>),
    Splice(usize, usize, usize),
}

/// What formats are made of.
const MARKS: &[&str] =
    &["<", ">", "/>", "\"", "&", "]]>", "<!--", "\u{2}", "\u{3}", "{", "[", "é", "\n\n", "0", "<nitf>"];

fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<usize>;
    let length = 0usize..400;
    let mark = prop::sample::select(MARKS).prop_map(|mark| mark.as_bytes().to_vec());
    prop_oneof![
        (at(), length.clone()).prop_map(|(at, length)| Damage::Cut(at, length)),
        (at(), length.clone()).prop_map(|(at, length)| Damage::Double(at, length)),
        (at(), prop_oneof![prop::collection::vec(any::<u8>(), 1..8), mark])
            .prop_map(|(at, bytes)| Damage::Overwrite(at, bytes)),
        (at(), at(), length).prop_map(|(at, from, length)| Damage::Splice(at, from, length)),
    ]
}

fn damaged(mut bytes: Vec<u8>, other: &[u8], damages: &[Damage]) -> Vec<u8> {
    for damage in damages {
        let span = |at: usize, length: usize, bytes: &[u8]| {
            let begin = at % (bytes.len() + 1);
            begin..(begin + length).min(bytes.len())
        };
        match damage {
            Damage::Cut(at, length) => drop(bytes.drain(span(*at, *length, &bytes))),
            Damage::Double(at, length) => {
                let part = bytes[span(*at, *length, &bytes)].to_vec();
                let at = *at % (bytes.len() + 1);
                bytes.splice(at..at, part);
            }
            Damage::Overwrite(at, with) => drop(bytes.splice(span(*at, with.len(), &bytes), with.iter().copied())),
            Damage::Splice(at, from, length) => {
                let part = other[span(*from, *length, other)].to_vec();
                drop(bytes.splice(span(*at, *length, &bytes), part));
            }
        }
    }
    bytes
}

proptest! {
    /// What the fuzz targets check, on damaged samples; `PROPTEST_CASES=100000` makes it a long run.
    #[test]
    fn no_damage_stops_a_run(
        sample in any::<prop::sample::Index>(),
        other in any::<prop::sample::Index>(),
        damages in prop::collection::vec(damage(), 1..12),
    ) {
        let samples = samples();
        let path = sample.get(&samples);
        let bytes = fs::read(folder().join(path)).unwrap();
        let other = fs::read(folder().join(other.get(&samples))).unwrap();
        let parsed = read(path, damaged(bytes, &other, &damages));
        prop_assert!(!parsed.articles.is_empty() || !parsed.rejected.is_empty());
        for (article, _) in &parsed.articles {
            prop_assert!(article.body.end <= article.text.len());
            let language = article.language.as_ref().map(|language| language.value.as_str());
            for quote in annotate(&article.text, language).quotes {
                prop_assert!(quote.spans.iter().all(|span| article.text.get(span.begin..span.end).is_some()));
            }
        }
    }
}

/// What became of the file `path`: headline, date, outlet and length of its text, of each article, or the reasons.
fn row(path: &str, parsed: &Parsed) -> String {
    let mut row = format!("{path}\t{}", parsed.taken_for.map_or("-", |taken| taken.format));
    for (article, _) in &parsed.articles {
        let short = |field: &Option<Field<String>>| {
            field.as_ref().map_or("-".to_owned(), |field| field.value.chars().take(50).collect())
        };
        let day = article.date.as_ref().map_or("-".to_owned(), |date| date.value.day.to_string());
        let (headline, outlet) = (short(&article.headline), short(&article.outlet));
        let length = article.body().chars().count();
        write!(row, "\n\t{headline} | {day} | {outlet} | {length} characters").unwrap();
    }
    for reason in &parsed.rejected {
        write!(row, "\n\t({reason})").unwrap();
    }
    row
}

/// A row for each member of `file`, or for the file.
fn rows(file: &FoundFile) -> Vec<String> {
    let mut rows = Vec::new();
    let mut take = |member: Result<RawFile, newsdex::crawl::Skipped>| {
        rows.push(match member {
            Ok(raw) => row(&raw.path, &newsdex::parse::parse(&raw)),
            Err(skipped) => format!("{}\t({})", skipped.path, skipped.reason),
        });
    };
    if is_container(file).unwrap_or(false) {
        members(file, &mut |member| {
            take(member);
            std::ops::ControlFlow::Continue(())
        });
    } else {
        take(read_file(file));
    }
    if rows.is_empty() {
        rows.push(format!("{}\t(no member that is an article)", file.path.display()));
    }
    rows
}

#[test]
fn real_files_have_their_articles_or_their_reasons() {
    let Some(shared) = std::env::var_os("NEWSDEX_SHARED").map(PathBuf::from) else { return };
    let folder = shared.join("data/formats");
    let (mut files, mut silent) = (0, Vec::new());
    for file in walk(std::slice::from_ref(&folder), &[]).flatten() {
        let rows = rows(&file);
        files += 1;
        if !rows.iter().any(|row| row.contains(" characters") || row.contains('(')) {
            silent.push(file.path.clone());
        }
        for row in rows {
            println!("{}", row.replace(&format!("{}/", folder.display()), ""));
        }
    }
    println!("{files} files");
    assert!(silent.is_empty(), "{silent:?}");
}

//! The seeds of the fuzz targets: together they reach every format and every container, and no change of a few of their
//! bytes makes the program fail.
//!
//! `NEWSDEX_FUZZ_ROUNDS=20000 cargo test --release --test fuzz_seeds -- --nocapture` changes them for as long as wanted,
//! where no fuzzer is at hand.

#![allow(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

#[path = "../fuzz/fuzz_targets/dress.rs"]
mod dress;

use std::collections::BTreeSet;
use std::fs;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::SystemTime;

use newsdex::crawl::{FoundFile, members};
use newsdex::parse::{Parsed, parse};

/// Names and bytes of the seeds of `target`.
fn seeds(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut seeds: Vec<_> =
        paths.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap())).collect();
    seeds.sort();
    seeds
}

fn rounds() -> usize {
    std::env::var("NEWSDEX_FUZZ_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(30)
}

/// Random numbers by `SplitMix64` (Steele, Lea & Flood 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((value ^ (value >> 31)) % end.max(1) as u64) as usize
    }
}

/// Runs of bytes that mean something to one format or another.
const TOKENS: &[&[u8]] = &[
    b"<",
    b">",
    b"</",
    b"/>",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"&#",
    b"&amp;",
    b"&",
    b"\"",
    b"'",
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b",",
    b"\\",
    b"\\u",
    b"\\'",
    b"\n",
    b"\r\n",
    b"\n\n",
    b"\0",
    b"\x01",
    b"\x02",
    b"\x03",
    b"=",
    b";",
    b"\t",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xe2\x80",
    "ش".as_bytes(),
    "“".as_bytes(),
    "\u{130}".as_bytes(),
    b"From ",
    b"--b",
    b"%",
    b"1987",
    b"12/10/2025",
    b"99999999999999999999",
    b"-1",
    b"(AP) --",
    b"<p>",
    b"<script>",
    b"<title>",
    b"charset=utf-16",
];

/// `seed` with a few of its runs of bytes replaced, doubled, swapped with those of `other`, or taken out.
fn changed(seed: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=random.below(6) {
        let begin = random.below(bytes.len() + 1);
        let most = 1 << random.below(8);
        let end = (begin + random.below(most)).min(bytes.len());
        let run = match random.below(5) {
            0 => Vec::new(),
            1 => bytes[begin..end].repeat(1 + random.below(40)),
            2 => {
                let begin = random.below(other.len());
                other[begin..(begin + random.below(64)).min(other.len())].to_vec()
            }
            3 => vec![random.below(256) as u8],
            _ => TOKENS[random.below(TOKENS.len())].to_vec(),
        };
        bytes.splice(begin..end, run);
    }
    bytes
}

/// Runs `read` on changed seeds of `target`; a failure prints the bytes that it came with.
fn change(target: &str, read: impl Fn(&[u8])) {
    let seeds = seeds(target);
    let mut random = Random(11);
    for round in 0..rounds() {
        for (name, seed) in &seeds {
            let other = &seeds[random.below(seeds.len())].1;
            let bytes = changed(seed, other, &mut random);
            let ended = catch_unwind(AssertUnwindSafe(|| read(&bytes)));
            assert!(ended.is_ok(), "round {round}, {name}: {:?}", String::from_utf8_lossy(&bytes));
        }
    }
    println!("{target}: {} rounds over {} seeds", rounds(), seeds.len());
}

fn parsed(input: &[u8]) -> Option<Parsed> {
    let parsed = parse(&dress::file(input)?);
    assert!(!parsed.articles.is_empty() || !parsed.rejected.is_empty(), "a file without a word on it");
    for (article, _) in &parsed.articles {
        assert!(article.text.get(article.body.begin..article.body.end).is_some(), "a body outside of the text");
    }
    Some(parsed)
}

/// The members of a container, and what it says of those that are none.
fn opened(path: &Path, bytes: &[u8]) -> Vec<String> {
    fs::write(path, bytes).unwrap();
    let file = FoundFile { path: path.to_path_buf(), size: bytes.len() as u64, modified: SystemTime::UNIX_EPOCH };
    let mut lines = Vec::new();
    members(&file, &mut |member| {
        lines.push(match member {
            Ok(file) => file.path,
            Err(skipped) => format!("{}: {}", skipped.path, skipped.reason),
        });
        ControlFlow::Continue(())
    });
    lines
}

#[test]
fn every_format_has_a_seed() {
    let mut formats = BTreeSet::new();
    for (name, seed) in seeds("parse") {
        let parsed = parsed(&seed).unwrap();
        assert!(!parsed.articles.is_empty(), "{name}: {:?}", parsed.rejected);
        formats.insert(parsed.taken_for.map_or("", |taken| taken.format));
    }
    let expect = [
        "IPTC 7901 or ANPA wire text",
        "JSON",
        "NITF",
        "NewsML 1",
        "NewsML-G2",
        "RSS or Atom",
        "SGML",
        "XML",
        "ZCZC wire text",
        "mail",
        "plain text",
        "rich text",
        "table",
        "web page",
    ];
    assert_eq!(formats.into_iter().collect::<Vec<_>>(), expect);
}

#[test]
fn every_container_has_a_seed() {
    let folder = tempfile::tempdir().unwrap();
    for (name, seed) in seeds("members") {
        let lines = opened(&folder.path().join("container"), &seed[1..]);
        assert!(lines.iter().any(|line| !line.contains(": ")), "{name}: {lines:?}");
    }
}

#[test]
fn no_change_of_a_few_bytes_makes_the_formats_fail() {
    change("parse", |bytes| drop(parsed(bytes)));
}

#[test]
fn no_change_of_a_few_bytes_makes_the_containers_fail() {
    let folder = tempfile::tempdir().unwrap();
    change("members", |bytes| drop(opened(&folder.path().join("container"), bytes.get(1..).unwrap_or_default())));
}

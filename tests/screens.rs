//! What people see: the transcripts in README.md and in `tests/screens/` are what the program prints on `corpus/`.
//!
//! `BLESS=1 cargo test --test screens` writes the transcripts anew; read the difference before you commit it.

#![allow(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use support::{arguments, found, newsdex};

/// What a transcript's command prints, errors after the answer, with the time it took as `0.0 s`.
fn print(index: &Path, command: &str) -> String {
    let command = command.replacen("cargo run --release -- ", "newsdex ", 1);
    let output = newsdex().args(arguments(&command)).env("NEWSDEX_INDEX", index).output().expect("the program starts");
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8(text).expect("output is UTF-8").replace(&index.display().to_string(), "index");
    // Some formats have absolute paths.
    let text = without_identifiers(&text.replace(concat!(env!("CARGO_MANIFEST_DIR"), "/"), ""));
    let mut out = String::new();
    for line in text.lines() {
        out.push_str(&without_time(line));
        out.push('\n');
    }
    out
}

/// `text` with an identifier of 16 digits, which depends on where the repository lies, as zeros.
fn without_identifiers(text: &str) -> String {
    let is_identifier = |word: &str| word.len() == 16 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let pieces = text.split_inclusive(|c: char| !c.is_ascii_alphanumeric());
    let mut out = String::with_capacity(text.len());
    for piece in pieces {
        let word = piece.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        if is_identifier(word) {
            out.push_str("0000000000000000");
            out.push_str(&piece[word.len()..]);
        } else {
            out.push_str(piece);
        }
    }
    out
}

/// The line with "in 1.3 s" as "in 0.0 s", and the bytes on disk, which depend on the moment of merging, left out.
fn without_time(line: &str) -> String {
    if line.starts_with("size ") {
        return "size …".to_owned();
    }
    match line.rfind(" in ").filter(|_| line.starts_with("indexed:")) {
        Some(at) => format!("{} in 0.0 s", &line[..at]),
        None => line.trim_end().to_owned(),
    }
}

/// `page` with the output of every command in its `console` blocks as the program prints it now.
fn renewed(index: &Path, page: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    let mut passing = false;
    for line in page.lines() {
        let fence = line.starts_with("```");
        inside = if fence { !inside && line == "```console" } else { inside };
        passing &= inside && !line.starts_with("$ ");
        if passing {
            continue;
        }
        out.push_str(line);
        out.push('\n');
        if let Some(command) = line.strip_prefix("$ ").filter(|_| inside) {
            out.push_str(&print(index, command));
            passing = true;
        }
    }
    out
}

fn check(index: &Path, path: &Path) {
    let page = fs::read_to_string(path).expect("the page is in the repository");
    let now = renewed(index, &page);
    if std::env::var_os("BLESS").is_some() {
        fs::write(path, now).expect("the page can be written");
        return;
    }
    for (at, (left, right)) in page.lines().zip(now.lines()).enumerate() {
        assert_eq!(left, right, "{}:{}", path.display(), at + 1);
    }
    assert_eq!(page.lines().count(), now.lines().count(), "{}", path.display());
}

#[test]
fn transcripts_are_what_the_program_prints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let index = folder.path().join("index");
    check(&index, &root.join("README.md"));
    found(&index, &["index", "--quiet", "corpus"]);
    let screens = fs::read_dir(root.join("tests/screens")).expect("the folder is in the repository");
    let paths = screens.map(|entry| entry.expect("the entry can be read").path());
    let mut pages: Vec<PathBuf> = paths.filter(|path| path.extension().is_some_and(|end| end == "md")).collect();
    pages.sort();
    assert!(pages.len() >= 4, "one page a subject: {pages:?}");
    for page in pages {
        check(&index, &page);
    }
}

/// Colour is there when asked for, and only then.
#[test]
fn colour_is_as_asked() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let index = folder.path().join("index");
    found(&index, &["index", "--quiet", "corpus"]);
    let commands: [&[&str]; 11] = [
        &["search", "dam"],
        &["quotes", "dam"],
        &["actors"],
        &["actor", "Tull"],
        &["show", "flash.txt"],
        &["facets", "dam"],
        &["timeline", "dam", "--versus", "ferry"],
        &["kwic", "dam"],
        &["terms", "dam"],
        &["similar", "flash.txt"],
        &["status"],
    ];
    for command in commands {
        let with = |color| found(&index, &[command, &["--color", color]].concat());
        let (plain, colored) = (found(&index, command), with("always"));
        assert!(!plain.contains('\u{1b}') && plain == with("never"), "{command:?}: {plain}");
        assert!(colored.contains("\u{1b}["), "{command:?}: {colored}");
        assert_eq!(anstream::adapter::strip_str(&colored).to_string(), plain, "{command:?}");
    }
}

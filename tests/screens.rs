//! What people see: the transcripts in README.md and in `tests/screens/` are what the program prints on `corpus/`; beside
//! each page of `tests/screens/` the same in colour, each style by its name, in `tests/screens/coloured/`.
//!
//! `BLESS=1 cargo test --test screens` writes the transcripts anew; read the difference before you commit it.

#![allow(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use support::{arguments, found, newsdex};

/// What a transcript's command prints, errors after the answer, with the time it took as `0.0 s`.
fn print(index: &Path, command: &str, color: &str) -> String {
    let command = command.replacen("cargo run --release -- ", "newsdex ", 1);
    let mut program = newsdex();
    program.args(arguments(&command)).env("NEWSDEX_INDEX", index);
    if color != "auto" {
        program.args(["--color", color]);
    }
    let output = program.output().expect("the program starts");
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

/// `text` with each change of style as its name in `‹›`; `‹/›` ends all.
fn named(text: &str) -> String {
    let mut pieces = text.split("\u{1b}[");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (code, rest) = piece.split_once('m').expect("a style ends with an m");
        let name = match code {
            "0" => "/",
            "1" => "bold",
            "2" => "faint",
            "3" => "italic",
            "4" => "underline",
            "31" => "red",
            "32" => "green",
            "33" => "yellow",
            "34" => "blue",
            "35" => "magenta",
            "36" => "cyan",
            other => panic!("a style without a name: {other}"),
        };
        out.extend(["‹", name, "›", rest]);
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
    if anstream::adapter::strip_str(line).to_string().starts_with("size ") {
        return "size …".to_owned();
    }
    match line.rfind(" in ").filter(|_| line.starts_with("indexed:")) {
        Some(at) => format!("{} in 0.0 s", &line[..at]),
        None => line.trim_end().to_owned(),
    }
}

/// `page` with the output of every command in its `console` blocks as the program prints it now.
fn renewed(page: &str, print: &dyn Fn(&str) -> String) -> String {
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
            out.push_str(&print(command));
            passing = true;
        }
    }
    out
}

/// Expects the file at `path` to hold `now`, or writes it.
fn expect(path: &Path, now: &str) {
    if std::env::var_os("BLESS").is_some() {
        fs::write(path, now).expect("the page can be written");
        return;
    }
    let page = fs::read_to_string(path).expect("the page is in the repository");
    same(path, &page, now);
}

/// Compares two texts line by line, but for spaces at the ends of lines.
fn same(path: &Path, left: &str, right: &str) {
    for (at, (left, right)) in left.lines().zip(right.lines()).enumerate() {
        assert_eq!(left.trim_end(), right.trim_end(), "{}:{}", path.display(), at + 1);
    }
    assert_eq!(left.lines().count(), right.lines().count(), "{}", path.display());
}

/// The page at `path` with what its commands print in `color` on `index`.
fn printed(index: &Path, path: &Path, color: &str) -> String {
    let page = fs::read_to_string(path).expect("the page is in the repository");
    renewed(&page, &|command| print(index, command, color))
}

fn pages() -> Vec<PathBuf> {
    let screens =
        fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/screens")).expect("the folder is there");
    let paths = screens.map(|entry| entry.expect("the entry can be read").path());
    let mut pages: Vec<PathBuf> = paths.filter(|path| path.extension().is_some_and(|end| end == "md")).collect();
    pages.sort();
    assert!(pages.len() >= 4, "one page a subject: {pages:?}");
    pages
}

#[test]
fn screens_are_what_the_program_prints() {
    transcripts_are_as_printed();
    colours_are_as_printed();
}

fn transcripts_are_as_printed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let index = folder.path().join("index");
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    expect(&readme, &printed(&index, &readme, "auto"));
    found(&index, &["index", "--quiet", "corpus"]);
    for page in pages() {
        expect(&page, &printed(&index, &page, "auto"));
    }
}

/// Each screen in colour: its styles as they were last looked at, and without them the plain screen.
fn colours_are_as_printed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let index = folder.path().join("index");
    found(&index, &["index", "--quiet", "corpus"]);
    for page in pages() {
        let colored = printed(&index, &page, "always");
        let name = page.file_name().expect("a page has a name");
        expect(&page.with_file_name("coloured").join(name), &named(&colored));
        let plain = fs::read_to_string(&page).expect("the page is in the repository");
        same(&page, &plain, &anstream::adapter::strip_str(&colored).to_string());
        assert!(!plain.contains('\u{1b}') && colored.contains("\u{1b}["), "{}", page.display());
    }
}

/// Every command has a screen.
#[test]
fn every_command_has_a_screen() {
    let help = newsdex().arg("--help").output().expect("the program starts");
    let help = String::from_utf8(help.stdout).expect("output is UTF-8");
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names: Vec<&str> = commands.filter_map(|line| line.strip_prefix("  ")?.split(' ').next()).collect();
    let names: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
    assert!(names.len() > 20, "{names:?}");
    let all: String = pages().iter().map(|page| fs::read_to_string(page).expect("it can be read")).collect();
    for name in names {
        assert!(all.contains(&format!("\n$ newsdex {name}")), "no page of tests/screens/ shows `newsdex {name}`");
    }
}

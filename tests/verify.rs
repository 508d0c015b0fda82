//! `newsdex verify` finds every quote that no longer stands in its file, and no other.

#![allow(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use support::{found, outcome};

const HEAD: &str =
    "Harbour vote\n\nBy Helen Marsh\n\nSELBY, Oct. 3 — Eleven boats lay in the old harbour of Selby.\n\n";
const BROKEN: &str =
    "“We shall not wait for Tarn,” council leader Maya Torres told reporters, “and we shall not pay for it.”\n\n";
const WHOLE: &str = "“It is vote number nine, and the last one,” said Owen Pryce.\n";

/// Files of two quotes each, indexed; the folder goes with the last field.
struct Corpus {
    folder: PathBuf,
    index: PathBuf,
    _guard: tempfile::TempDir,
}

impl Corpus {
    fn new(names: &[&str]) -> Self {
        let guard = tempfile::tempdir().unwrap();
        let root = guard.path().canonicalize().unwrap();
        let corpus = Self { folder: root.join("corpus"), index: root.join("index"), _guard: guard };
        fs::create_dir(&corpus.folder).unwrap();
        for name in names {
            corpus.write(name, &[HEAD, BROKEN, WHOLE].concat());
        }
        found(&corpus.index, &["index", "--quiet", corpus.folder.to_str().unwrap()]);
        corpus
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    /// Exit status and the lines of `newsdex verify --format json`.
    fn verify(&self) -> (Option<i32>, Vec<Value>) {
        let (code, printed, _) = outcome(&self.index, &["verify", "--format", "json"]);
        (code, printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
    }

    /// Expects `files`, "name outcome", and `findings`, "name fate second-word [line]", and the exit status that goes
    /// with them.
    fn check(&self, files: &[&str], findings: &[&str]) {
        let (code, lines) = self.verify();
        let of = |kind| lines.iter().filter(move |line| line["type"] == kind);
        let name = |line: &Value| {
            let path = Path::new(line["path"].as_str().unwrap());
            path.strip_prefix(&self.folder).unwrap().to_str().unwrap().to_owned()
        };
        let file = |line: &Value| format!("{} {}", name(line), line["outcome"].as_str().unwrap());
        let finding = |line: &Value| {
            let begin = line["text"].as_str().unwrap().split_whitespace().nth(1).unwrap();
            let now = line["now"].as_object().map(|now| format!(" {}", now["line"])).unwrap_or_default();
            format!("{} {} {begin}{now}", name(line), line["fate"].as_str().unwrap())
        };
        assert_eq!(of("file").map(file).collect::<Vec<_>>(), files);
        assert_eq!(of("finding").map(finding).collect::<Vec<_>>(), findings);
        let last = lines.last().unwrap();
        assert_eq!(last["type"], "verification");
        assert_eq!(last["quotes"].as_u64().unwrap() - last["standing"].as_u64().unwrap(), findings.len() as u64);
        assert_eq!(code, Some(i32::from(!findings.is_empty())));
    }
}

#[test]
fn untouched_files_hold_every_quote() {
    let corpus = Corpus::new(&["a.txt", "b.txt"]);
    corpus.check(&[], &[]);
    let (code, printed, errors) = outcome(&corpus.index, &["verify"]);
    let expect =
        "verified: 4 quotes in 2 files, all stand\n  standing  4\n  moved     0\n  changed   0\n  vanished  0\n";
    assert_eq!((code, printed.as_str(), errors.as_str()), (Some(0), expect, ""));
}

#[test]
fn each_kind_of_change_is_told() {
    let corpus =
        Corpus::new(&["changed.txt", "deleted.txt", "empty.txt", "inserted.txt", "longer.txt", "untouched.txt"]);
    corpus.write("changed.txt", &[HEAD, BROKEN, &WHOLE.replace("nine", "five")].concat());
    fs::remove_file(corpus.path("deleted.txt")).unwrap();
    corpus.write("empty.txt", "");
    corpus.write("inserted.txt", &[HEAD, "A new paragraph.\n\n", BROKEN, WHOLE].concat());
    corpus.write("longer.txt", &[HEAD, BROKEN, WHOLE, "Eleven boats lay there.\n"].concat());
    corpus.check(
        &[
            "changed.txt changed",
            "deleted.txt removed",
            "empty.txt skipped",
            "inserted.txt changed",
            "longer.txt changed",
        ],
        &[
            "changed.txt changed is",
            "deleted.txt vanished shall",
            "deleted.txt vanished is",
            "empty.txt vanished shall",
            "empty.txt vanished is",
            "inserted.txt moved shall 9",
            "inserted.txt moved is 11",
        ],
    );
    let (code, printed, errors) = outcome(&corpus.index, &["verify"]);
    let printed = printed.replace(&format!("{}/", corpus.folder.display()), "");
    let expect = "\
changed.txt  changed, 1 of 2 quotes not where they stood
  Owen Pryce  changed
    “It is vote number nine, and the last one,”
deleted.txt  gone, with 2 quotes
empty.txt  empty, and had 2 quotes
inserted.txt  changed, 2 of 2 quotes not where they stood
  Maya Torres  moved to line 9
    “We shall not wait for Tarn,” “and we shall not pay for it.”
  Owen Pryce  moved to line 11
    “It is vote number nine, and the last one,”
longer.txt  changed, 2 quotes still stand
verified: 12 quotes in 6 files, not all stand
  standing  5
  moved     2
  changed   1
  vanished  4
  files: 3 changed, 1 gone, 1 not read
";
    assert_eq!(printed, expect);
    assert_eq!((code, errors.as_str()), (Some(1), "hint: `newsdex index FOLDER` takes up what changed\n"));
}

#[test]
fn one_character_is_enough() {
    let corpus = Corpus::new(&["a.txt"]);
    // As long as before, so that everything around it still stands: “ becomes ‟.
    corpus.write("a.txt", &[HEAD, BROKEN, &WHOLE.replace('“', "‟")].concat());
    corpus.check(&["a.txt changed"], &["a.txt changed is"]);
    corpus.write("a.txt", &[HEAD, &BROKEN.replace("pay for", "pay  for"), WHOLE].concat());
    corpus.check(&["a.txt changed"], &["a.txt changed shall", "a.txt moved is 9"]);
}

#[test]
fn indexing_again_makes_all_stand() {
    let corpus = Corpus::new(&["a.txt", "b.txt"]);
    corpus.write("a.txt", &[HEAD, WHOLE].concat());
    fs::remove_file(corpus.path("b.txt")).unwrap();
    corpus.check(
        &["a.txt changed", "b.txt removed"],
        &["a.txt changed shall", "a.txt moved is 7", "b.txt vanished shall", "b.txt vanished is"],
    );
    found(&corpus.index, &["index", "--quiet", corpus.folder.to_str().unwrap()]);
    corpus.check(&[], &[]);
}

#[test]
fn without_an_index_it_fails() {
    let folder = tempfile::tempdir().unwrap();
    let (code, printed, errors) = outcome(&folder.path().join("none"), &["verify"]);
    assert_eq!((code, printed.as_str()), (Some(2), ""));
    assert!(errors.starts_with("error: no index at `"), "{errors}");
}

//! Every command in `docs/query-syntax.md` finds something in `corpus/`, and every error there is printed as it stands.

#![allow(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

mod support;

use std::fs;
use std::path::Path;

use support::{arguments, blocks, found, outcome};

#[test]
fn examples_of_the_query_syntax_hold() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let index = folder.path().join("index");
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(home.join("docs/query-syntax.md")).expect("the page is in the repository");
    found(&index, &["index", "--quiet", "corpus"]);
    let commands: Vec<&str> = blocks(&page, "sh").concat();
    assert!(commands.len() > 40, "the page has {} commands", commands.len());
    for command in commands {
        let arguments = arguments(command);
        found(&index, &arguments.iter().map(String::as_str).collect::<Vec<_>>());
    }
    for transcript in blocks(&page, "console") {
        let arguments = arguments(&transcript[0]["$ ".len()..]);
        let (code, _, errors) = outcome(&index, &arguments.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!((code, errors.trim_end()), (Some(2), transcript[1..].join("\n").as_str()), "{}", transcript[0]);
    }
}

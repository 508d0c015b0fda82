//! The configuration file, the manual and the help.

#![allow(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

mod support;

use std::fs;
use std::path::Path;

use support::{fill, found, newsdex};

/// Exit status, standard output and standard error with the configuration `text`.
fn configured(folder: &Path, text: &str, arguments: &[&str]) -> (Option<i32>, String, String) {
    let file = folder.join("config.toml");
    fs::write(&file, text.replace("{folder}", &folder.display().to_string())).unwrap();
    let output = newsdex().env("NEWSDEX_CONFIG", &file).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap().replace(&file.display().to_string(), "{file}");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn the_file_gives_defaults_that_flags_override() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    fill(&corpus, 6);
    found(&index, &["index", "--quiet", corpus.to_str().unwrap()]);
    let text = "index = \"{folder}/index\"\n[search]\nlimit = 2\nformat = \"paths\"\n";
    let run = |arguments: &[&str]| configured(folder.path(), text, arguments);
    assert_eq!(run(&["search", "vote"]).1.lines().count(), 2);
    assert_eq!(run(&["search", "vote", "-n", "3"]).1.lines().count(), 3);
    let (code, _, errors) = run(&["search", "vote", "--no-config", "--index", "/no/such/index"]);
    assert_eq!(code, Some(2), "{errors}");
}

/// What is typed goes before the file, also where the two cannot go together.
#[test]
fn a_default_gives_way_to_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    fill(&corpus, 6);
    found(&index, &["index", "--quiet", corpus.to_str().unwrap()]);
    let queries = folder.path().join("queries.txt");
    fs::write(&queries, "vote\n").unwrap();
    let text = "index = \"{folder}/index\"\n[search]\nfacet = \"outlet\"\n[quotes]\ngroup-by = \"speaker\"\nkind = \
                [\"direct\"]\n[timeline]\nsplit = \"outlet\"\n";
    let check = |arguments: &[&str]| {
        let expect = found(&index, arguments);
        assert_eq!(configured(folder.path(), text, arguments).1, expect, "{arguments:?}");
    };
    let queries = queries.to_str().unwrap();
    check(&["search", "--queries", queries]);
    check(&["timeline", "vote", "--versus", "harbour", "--format", "csv"]);
    let grouped = configured(folder.path(), text, &["quotes", "kind:indirect", "--format", "json"]).1;
    assert!(grouped.contains("\"kind\":\"indirect\"") && grouped.contains("\"group\":"), "{grouped}");
}

/// A format that some answers have not is no reason to refuse these, unless it is typed.
#[test]
fn a_format_of_the_file_gives_way_to_what_has_it_not() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    fill(&corpus, 6);
    found(&index, &["index", "--quiet", corpus.to_str().unwrap()]);
    let check = |text: &str, arguments: &[&str]| {
        let text = format!("index = \"{{folder}}/index\"\n{text}");
        let expect = found(&index, arguments);
        assert_eq!(configured(folder.path(), &text, arguments).1, expect, "{text} {arguments:?}");
    };
    let paths = "[search]\nformat = \"paths\"\n[quotes]\nformat = \"csv\"\n";
    check(paths, &["search", "vote", "--explain"]);
    check(paths, &["search", "vote", "--facet", "outlet"]);
    check(paths, &["quotes", "vote", "--explain"]);
    check("[search]\nfacet = \"outlet\"\n", &["search", "vote", "--format", "paths"]);
}

#[test]
fn mistakes_in_the_file_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let check = |text: &str, begin: &str, end: &str| {
        let (code, _, errors) = configured(folder.path(), text, &["search", "vote"]);
        assert_eq!(code, Some(2), "{errors}");
        assert!(errors.starts_with(begin) && errors.ends_with(end), "{errors}");
    };
    check("[serach]\nlimit = 2\n", "error: `{file}`: there is no command `serach`\n", "");
    check("[search]\nlimt = 2\n", "error: `{file}`: in `[search]`: there is no flag `--limt`\n", "");
    check("limit =\n", "error: `{file}`: TOML parse error at line 1", "");
    let expect = "error: `{file}`: in `[kwic]`: `sort` cannot be `up`; it is one of date, left, right\n";
    check("[kwic]\nsort = \"up\"\n", expect, "");
    let output = newsdex().env("NEWSDEX_CONFIG", "/no/such/file").arg("status").output().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.starts_with("error: cannot read the configuration `/no/such/file`: "), "{errors}");
    for arguments in [&["help"][..], &["help", "query"], &["--version"], &["search", "--help"], &["-h"]] {
        let output = newsdex().env("NEWSDEX_CONFIG", "/no/such/file").args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    }
}

#[test]
fn help_and_manual_are_there() {
    let folder = tempfile::tempdir().unwrap();
    let print = |arguments: &[&str]| found(folder.path(), arguments);
    assert!(print(&["help", "query"]).starts_with("dam wall  "));
    assert!(print(&["help", "search"]).contains("Usage: newsdex search"));
    assert!(print(&["help"]).contains("timeline"));
    assert!(print(&["man"]).contains(".TH newsdex 1"));
    let pages = folder.path().join("man");
    print(&["man", pages.to_str().unwrap()]);
    assert!(pages.join("newsdex.1").is_file() && pages.join("newsdex-search.1").is_file());
    let output = newsdex().args(["help", "serach"]).output().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    let expect = "error: no command `serach`; `newsdex help` lists all, `newsdex help query` is on queries\n";
    assert_eq!((output.status.code(), errors.as_str()), (Some(2), expect));
}

/// Links are there when asked for, and lead to the file.
#[test]
fn paths_can_be_links() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().canonicalize().unwrap().join("corpus"), folder.path().join("index"));
    fill(&corpus, 1);
    found(&index, &["index", "--quiet", corpus.to_str().unwrap()]);
    let linked = found(&index, &["search", "vote", "--color", "always", "--hyperlinks", "always"]);
    assert!(linked.contains(&format!("\u{1b}]8;;file://{}", corpus.display())), "{linked}");
    assert!(!found(&index, &["search", "vote", "--color", "always"]).contains("\u{1b}]8;;"));
    let whole = found(&index, &["search", "vote"]);
    assert_eq!(found(&index, &["search", "vote", "--color", "never", "--hyperlinks", "always"]), whole);
}

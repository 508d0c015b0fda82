//! Every command in `docs/query-syntax.md` finds something in `corpus/`, and every error there is printed as it stands.

mod support;

use std::fs;
use std::path::Path;

use support::{found, outcome};

/// The lines of the blocks that are fenced as `language`, one list a block.
fn blocks<'a>(page: &'a str, language: &str) -> Vec<Vec<&'a str>> {
    let opening = format!("```{language}");
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while lines.any(|line| line == opening) {
        blocks.push(lines.by_ref().take_while(|line| *line != "```").collect());
    }
    blocks
}

/// The arguments that a shell makes of `command`, without the program's name.
fn arguments(command: &str) -> Vec<String> {
    let mut arguments = vec![String::new()];
    let mut open = None;
    for c in command.strip_prefix("newsdex ").expect("a command of newsdex").chars() {
        match open {
            Some(mark) if c == mark => open = None,
            None if matches!(c, '\'' | '"') => open = Some(c),
            None if c == ' ' => arguments.push(String::new()),
            _ => arguments.last_mut().expect("never empty").push(c),
        }
    }
    arguments
}

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

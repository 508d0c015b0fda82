//! What the tests of the whole program share: the binary, and folders of invented articles.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The program, with an environment that no setting of the machine reaches.
pub(crate) fn newsdex() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_newsdex"));
    command
        .env_remove("NEWSDEX_INDEX")
        .env("NEWSDEX_CONFIG", "")
        .env("COLUMNS", "80")
        .current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

/// Runs the program on the index `index` and gives its output.
pub(crate) fn run(index: &Path, arguments: &[&str]) -> Output {
    newsdex().args(arguments).arg("--index").arg(index).output().expect("the program starts")
}

/// Standard output of a run that must find something.
pub(crate) fn found(index: &Path, arguments: &[&str]) -> String {
    let output = run(index, arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).expect("output is UTF-8")
}

/// Exit status, standard output and standard error of a run.
pub(crate) fn outcome(index: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = run(index, arguments);
    let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
    (status.code(), text(stdout), text(stderr))
}

/// Everything that an index answers, as text: what two indexes of the same files must agree in. The order is by day,
/// because articles that were replaced count for scores until tantivy merges their segment.
pub(crate) fn answers(index: &Path) -> String {
    let listings: [&[&str]; 4] = [
        &["search", "ferry OR dam OR harbour", "--limit", "1000", "--sort", "oldest", "--format", "json"],
        &["quotes", "--all-copies", "--sort", "oldest", "--limit", "100000", "--format", "json"],
        &["actors", "--limit", "100000", "--format", "json"],
        &["search", "--facet", "outlet", "--limit", "1000", "--format", "json"],
    ];
    listings
        .iter()
        .map(|arguments| run(index, arguments).stdout)
        .map(|out| String::from_utf8_lossy(&out).into_owned())
        .collect()
}

/// Figures of `newsdex status --format json`.
pub(crate) fn status(index: &Path) -> serde_json::Value {
    let output = run(index, &["status", "--format", "json"]);
    serde_json::from_slice(&output.stdout).unwrap_or_default()
}

const PLACES: [&str; 8] = ["Harrow", "Selby", "Tarn", "Eastgate", "Morvane", "Quill", "Ostrava", "Lindley"];
const PEOPLE: [&str; 8] = [
    "Maya Torres",
    "Owen Pryce",
    "Ingrid Vale",
    "Samuel Okoro",
    "Priya Nair",
    "Tomas Lind",
    "Helen Marsh",
    "Karim Aziz",
];
const SUBJECTS: [&str; 6] = ["ferry", "dam", "harbour", "railway", "school", "market"];

/// The `number`th article of an endless series of invented ones.
pub(crate) fn invented_article(number: usize) -> String {
    let pick = |list: &'static [&'static str], step: usize| list[(number * step + number / 7) % list.len()];
    let (place, other) = (pick(&PLACES, 3), pick(&PLACES, 5));
    let (person, second) = (pick(&PEOPLE, 1), pick(&PEOPLE, 3));
    let (subject, more) = (pick(&SUBJECTS, 1), pick(&SUBJECTS, 5));
    let surname = person.split(' ').next_back().unwrap_or_default();
    format!(
        "{place} weighs new {subject} after vote {number}\n\nBy {second}\n\n{} (AP) — The town of {place} decided on \
         Monday to rebuild its {subject}, council leader {person} said.\n\n“We shall not wait for {other} to pay for \
         the {more},” {surname} told reporters. “It is vote number {number}, and the last one.”\n\nThe {subject} in \
         {other} is older than the one in {place}.\n",
        place.to_uppercase()
    )
}

/// Fills `folder` with `count` invented articles in folders by outlet and day.
pub(crate) fn fill(folder: &Path, count: usize) {
    for number in 0..count {
        let path = article_path(folder, number);
        fs::create_dir_all(path.parent().expect("the path has a folder")).expect("the folder can be made");
        fs::write(path, invented_article(number)).expect("the file can be written");
    }
}

/// Where [`fill`] puts an article.
pub(crate) fn article_path(folder: &Path, number: usize) -> PathBuf {
    let outlet = ["harrow-gazette", "selby-post", "tarn-courier"][number % 3];
    folder.join(format!("{outlet}/2025/{:02}/{:02}/story-{number}.txt", number % 12 + 1, number % 28 + 1))
}

/// The lines of the blocks that are fenced as `language`, one list a block.
pub(crate) fn blocks<'a>(page: &'a str, language: &str) -> Vec<Vec<&'a str>> {
    let opening = format!("```{language}");
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while lines.any(|line| line == opening) {
        blocks.push(lines.by_ref().take_while(|line| *line != "```").collect());
    }
    blocks
}

/// The arguments that a shell makes of `command`, without the program's name.
pub(crate) fn arguments(command: &str) -> Vec<String> {
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

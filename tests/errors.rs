//! Every error says what failed, which file it concerns, and what to do.

#![allow(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use newsdex::index::Index;
use support::{fill, found, newsdex, outcome};

/// Runs and expects exit status 2 and exactly these lines on standard error; `{index}` stands for the index folder.
fn check(index: &Path, arguments: &[&str], expect: &str) {
    let (code, printed, errors) = outcome(index, arguments);
    assert_eq!(errors, expect.replace("{index}", &index.display().to_string()), "{arguments:?}");
    assert_eq!((code, printed.as_str()), (Some(2), ""), "{arguments:?}");
}

#[test]
fn there_is_no_index_yet() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [&["search", "dam"][..], &["quotes"], &["actors"], &["show", "x"], &["status"]] {
        let expect = "error: no index at `{index}`\n\
                      hint: make one with `newsdex index FOLDER`, or name another with `--index DIR`\n";
        check(&folder.path().join("none"), arguments, expect);
    }
}

#[test]
fn the_folder_holds_something_else() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("letter.txt"), "Dear all").unwrap();
    let expect = "error: `{index}` holds other files and no newsdex index\n\
                  hint: name an empty or new folder with `--index DIR`\n";
    check(folder.path(), &["index", "corpus"], expect);
    assert_eq!(fs::read_to_string(folder.path().join("letter.txt")).unwrap(), "Dear all");
}

/// Rewrites the format version in the payload of the last commit.
fn make_foreign(index: &Path) {
    let meta = index.join("meta.json");
    let text = fs::read_to_string(&meta).unwrap();
    let foreign = text.replacen(&format!("format\\\":{}", newsdex::index::FORMAT), "format\\\":4711", 1);
    assert_ne!(text, foreign, "the payload names its format");
    fs::write(&meta, foreign).unwrap();
}

#[test]
fn another_version_made_the_index() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    fill(&corpus, 3);
    found(&index, &["index", "--quiet", corpus.to_str().unwrap()]);
    make_foreign(&index);
    let corpus = corpus.canonicalize().unwrap();
    let expect = format!(
        "error: cannot open index `{{index}}`: format 4711, expected {}\nhint: rebuild it with `newsdex index {}`\n",
        newsdex::index::FORMAT,
        corpus.display()
    );
    check(&index, &["search", "dam"], &expect);

    let (code, _, errors) = outcome(&index, &["index", corpus.to_str().unwrap()]);
    assert_eq!(code, Some(0), "{errors}");
    assert!(errors.contains("format 4711, of another version of newsdex: it is made anew"), "{errors}");
    assert_eq!(support::status(&index)["articles"], 3);
}

#[test]
fn another_process_is_writing() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    fill(&corpus, 2);
    let held = Index::open_or_create(&index).unwrap().writer(20 << 20).unwrap();
    let expect = "error: index `{index}` is locked by another process\n\
                  hint: wait until the other `newsdex index` has ended, or stop it\n";
    check(&index, &["index", corpus.to_str().unwrap()], expect);
    drop(held);
    found(&index, &["index", corpus.to_str().unwrap()]);
}

#[test]
fn a_folder_is_not_there_or_empty() {
    let folder = tempfile::tempdir().unwrap();
    let index = folder.path().join("index");
    let expect = "error: no such file or folder `nowhere/at/all`\nhint: check the spelling, or name another folder\n";
    check(&index, &["index", "nowhere/at/all"], expect);
    check(&index, &["extract", "nowhere/at/all"], expect);
    let nothing = folder.path().join("nothing.txt");
    fs::write(&nothing, "").unwrap();
    let (code, printed, _) = outcome(&index, &["extract", nothing.to_str().unwrap()]);
    assert!(code == Some(1) && printed.contains("\"type\":\"error\""), "{printed}");
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    let expect = format!(
        "error: no file in `{}`\nhint: name a folder that holds articles; what was indexed before is kept, and \
         `newsdex index --remove FOLDER` takes it out\n",
        empty.canonicalize().unwrap().display()
    );
    check(&index, &["index", empty.to_str().unwrap()], &expect);
}

#[test]
fn an_index_without_articles_says_so() {
    let folder = tempfile::tempdir().unwrap();
    Index::open_or_create(folder.path()).unwrap();
    for command in
        ["actors", "search x", "quotes x", "kwic x", "terms x", "timeline x", "facets", "search --facet outlet"]
    {
        let arguments: Vec<&str> = command.split(' ').collect();
        let (code, _, errors) = outcome(folder.path(), &arguments);
        let expect = "hint: the index holds no article yet; fill it with `newsdex index FOLDER`\n";
        assert_eq!((code, errors.as_str()), (Some(1), expect), "{command}");
    }
}

#[test]
fn a_report_to_standard_output_is_all_that_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    fill(&corpus, 1);
    let (code, printed, _) = outcome(&index, &["index", corpus.to_str().unwrap(), "--report", "-"]);
    let lines: Vec<serde_json::Value> = printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((code, lines.len()), (Some(0), 1), "{printed}");
    assert_eq!(lines[0]["type"], "file");
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_reported_and_stops_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index, report) =
        (folder.path().join("corpus"), folder.path().join("index"), folder.path().join("report"));
    fill(&corpus, 2);
    std::os::unix::fs::symlink(folder.path().join("gone"), corpus.join("broken-link.txt")).unwrap();
    found(&index, &["index", corpus.to_str().unwrap(), "--report", report.to_str().unwrap()]);
    let lines = fs::read_to_string(&report).unwrap();
    let line = lines.lines().find(|line| line.contains("broken-link.txt")).expect("the link has a line");
    assert!(line.contains("\"outcome\":\"skipped\"") && line.contains("cannot be read: "), "{line}");
    assert_eq!(support::status(&index)["articles"], 2);
}

#[cfg(target_os = "linux")]
#[test]
fn the_disk_is_full() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    fill(&corpus, 2);
    let expect = "error: cannot write the report: No space left on device (os error 28)\n";
    let (code, _, errors) = outcome(&index, &["index", corpus.to_str().unwrap(), "--report", "/dev/full"]);
    assert_eq!((code, errors.as_str()), (Some(2), expect));
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = newsdex().args(["status", "--index"]).arg(&index).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "error: No space left on device (os error 28)\n");
}

/// What stops tantivy's thread in the middle of a run is told, and not that it has stopped.
#[cfg(target_os = "linux")]
#[test]
fn the_index_cannot_grow() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    fs::create_dir(&corpus).unwrap();
    let articles =
        (0..20_000).map(|number| serde_json::json!({ "body": support::invented_article(number) }).to_string());
    fs::write(corpus.join("dump.jsonl"), articles.collect::<Vec<_>>().join("\n")).unwrap();
    // As on a full disk, but for the error's number: no file may have more than so many blocks.
    let limited = r#"trap '' XFSZ; ulimit -f 512; exec "$0" index --quiet "$1" --index "$2""#;
    let program = newsdex().get_program().to_owned();
    let output = Command::new("sh").args(["-c", limited]).args([&program]).args([&corpus, &index]).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{errors}");
    assert!(errors.contains("File too large (os error 27)") && !errors.contains("killed"), "{errors}");
}

#[test]
fn a_date_cannot_be_understood() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    fill(&corpus, 1);
    found(&index, &["index", "--quiet", corpus.to_str().unwrap()]);
    let wrong = [
        ("yesterday-ish", "write it as 2025-10-12, 2025-10 or 2025, or as yesterday, last-week or last-7-days"),
        ("2025-13", "a year has the months 01 to 12"),
        ("2025-02-30", "the calendar has no such day; write it as 2025-10-12, year first"),
    ];
    for (value, hint) in wrong {
        for flag in ["--from", "--to"] {
            let expect = format!("error: {flag}: cannot understand the date `{value}`\nhint: {hint}\n");
            check(&index, &["search", "dam", flag, value], &expect);
        }
    }
    let expect = "error: no day is both --from 2025-10-01 and --to 2025-09-30: the first is later\n";
    check(&index, &["search", "dam", "--from", "2025-10", "--to", "2025-09"], expect);
    check(&index, &["quotes", "--from", "2025-10", "--to", "2025-09"], expect);
}

#[test]
fn a_query_cannot_be_understood() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    fill(&corpus, 1);
    found(&index, &["index", "--quiet", corpus.to_str().unwrap()]);
    for (query, column) in [("dam AND", 5), ("(dam", 1), ("\"never closed", 1), ("colour:red", 1), ("dam NEAR wall", 5)]
    {
        let (code, _, errors) = outcome(&index, &["search", query]);
        assert_eq!(code, Some(2), "{query}");
        let lines: Vec<&str> = errors.lines().collect();
        assert!(lines[0].starts_with(&format!("error: cannot understand the query at column {column}: ")), "{errors}");
        assert_eq!(lines[1], format!("  {query}"));
        assert_eq!(lines[2].find('^'), Some(column + 1), "{errors}");
    }
}

#[test]
fn an_offset_is_beyond_the_last() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    fill(&corpus, 3);
    found(&index, &["index", "--quiet", corpus.to_str().unwrap()]);
    let hint = |command: &str| {
        let (code, out, errors) = outcome(&index, &[command, "--offset", "1000", "vote"]);
        assert_eq!(code, Some(1), "{errors}");
        assert!(!out.contains("1001") && !out.contains("printed"), "{out}");
        errors
    };
    assert_eq!(hint("search"), "hint: --offset 1000 is beyond the last: there are 3 articles in all\n");
    let errors = hint("quotes");
    assert!(errors.starts_with("hint: --offset 1000 is beyond the last: there are "), "{errors}");
}

#[test]
fn no_article_has_that_name() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    fill(&corpus, 2);
    found(&index, &["index", "--quiet", corpus.to_str().unwrap()]);
    let expect = "error: no article `no-such-story` in the index\n\
                  hint: `newsdex search` prints the path and identifier of every hit\n";
    check(&index, &["show", "no-such-story"], expect);
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_quiet() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    fill(&corpus, 30);
    found(&index, &["index", "--quiet", corpus.to_str().unwrap()]);
    let line = format!(
        "{} extract {} | head -c 10 >/dev/null; exit ${{PIPESTATUS[0]}}",
        env!("CARGO_BIN_EXE_newsdex"),
        corpus.display()
    );
    let output = std::process::Command::new("bash").args(["-c", &line]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn there_is_no_such_file_to_inspect() {
    let folder = tempfile::tempdir().unwrap();
    let index = folder.path().join("none");
    let place = folder.path().canonicalize().unwrap();
    let place = place.display();
    fs::write(folder.path().join("river.txt"), "The river rose.").unwrap();
    let expect = format!("error: `{place}` is a folder: name one of its files\n");
    check(&index, &["inspect", &place.to_string()], &expect);
    let expect =
        format!("error: no such file or folder `{place}/sea.txt`\nhint: check the spelling, or name another folder\n");
    check(&index, &["inspect", &format!("{place}/sea.txt")], &expect);
    let expect = format!("error: `{place}/river.txt` has no member or article `2`\n");
    check(&index, &["inspect", &format!("{place}/river.txt!/2")], &expect);
}

/// A thousand rows of which nine hundred gave an article left the reader wondering: the rest was counted nowhere.
#[test]
fn items_without_an_article_are_counted_and_listed() {
    let guard = tempfile::tempdir().unwrap();
    let (corpus, index, report) =
        (guard.path().join("corpus"), guard.path().join("index"), guard.path().join("report"));
    fs::create_dir(&corpus).unwrap();
    let text = "Hundreds of people left their homes on Sunday.";
    let row = format!("Vote,2025-10-12,{text}\n");
    let bare = ",2025-10-12,\n";
    fs::write(corpus.join("few.csv"), format!("title,date,text\n{row}{bare}{row}{bare}")).unwrap();
    fs::write(corpus.join("many.csv"), format!("title,date,text\n{}{bare}{}", row.repeat(1500), row.repeat(1500)))
        .unwrap();
    let record = format!("{{\"title\": \"Vote\", \"text\": \"{text}\"}}\n");
    fs::write(corpus.join("few.jsonl"), format!("{record}{{broken\n{record}{{\"title\": \"Vote\"}}\n")).unwrap();
    let entry = format!("<item><title>Vote</title><description>{text}</description></item>");
    fs::write(corpus.join("a.rss"), format!("<rss><channel>{entry}<item><title>Vote</title></item></channel></rss>"))
        .unwrap();
    let out = found(&index, &["index", corpus.to_str().unwrap(), "--report", report.to_str().unwrap()]);
    let told = "inside archives and dumps, 6 passed over  \
        1 not valid JSON, 1 without a field that holds a text, 4 without a text";
    assert!(out.contains(told), "{out}");
    let lines = fs::read_to_string(&report).unwrap();
    for (path, reason) in [
        ("few.csv!/2", "without a text"),
        ("few.csv!/4", "without a text"),
        ("many.csv!/1501", "without a text"),
        ("few.jsonl!/2", "not valid JSON"),
        ("few.jsonl!/4", "without a field that holds a text"),
        ("a.rss!/2", "without a text"),
    ] {
        let is_it = |line: &&str| line.contains("\"type\":\"member\"") && line.contains(path) && line.contains(reason);
        assert_eq!(lines.lines().filter(is_it).count(), 1, "{path} {reason}: {lines}");
    }
}

#[test]
fn a_column_that_no_record_has_is_told() {
    let guard = tempfile::tempdir().unwrap();
    let (corpus, index) = (guard.path().join("corpus"), guard.path().join("index"));
    fs::create_dir(&corpus).unwrap();
    let text = "Hundreds of people left their homes on Sunday.";
    fs::write(corpus.join("a.csv"), format!("title,date,text\nVote,2025-10-12,{text}\n")).unwrap();
    fs::write(corpus.join("b.json"), format!("{{\"title\": \"Vote\", \"meta\": {{\"text\": \"{text}\"}}}}")).unwrap();
    let folder = corpus.to_str().unwrap();
    let told = |map: &str| outcome(&index, &["index", folder, "--map", map, "--map", "body=text"]).2;
    assert!(
        told("headline=tilte").contains(
            "hint: no record has the column that `--map headline=tilte` names; `newsdex inspect FILE` shows those it has"
        ),
        "{}",
        told("headline=tilte")
    );
    // It is no part of the report for people, so it comes without that, too.
    for flags in [&["--quiet"][..], &["--report", "-"]] {
        let (_, printed, errors) = outcome(
            &index,
            &[&["index", folder, "--map", "headline=tilte", "--map", "body=text", "--force"][..], flags].concat(),
        );
        assert!(errors.starts_with("hint: no record has the column that `--map headline=tilte` names"), "{errors}");
        assert!(printed.lines().all(|line| line.starts_with('{')), "{printed}");
    }
    // What one record has is there, in a list or below another name.
    assert_eq!(told("body=meta.text"), "");
    // No record gives an article then, and no file.
    let typo = outcome(&guard.path().join("typo"), &["index", folder, "--map", "body=txet"]).2;
    assert!(typo.contains("hint: no record has the column that `--map body=txet` names"), "{typo}");
}

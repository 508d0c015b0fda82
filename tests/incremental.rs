//! A second run touches only what is new, changed or gone.

#![allow(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

mod support;

use std::fs;
use std::path::Path;

use newsdex::article::Article;
use newsdex::extract::Annotations;
use newsdex::index::{FileRecord, Index, Outcome};
use support::{answers, article_path, fill, found, invented_article, outcome, status};

/// The figures of a run: added, changed, unchanged, removed, skipped.
fn figures(index: &Path, corpus: &Path) -> [usize; 5] {
    let printed = found(index, &["index", corpus.to_str().unwrap()]);
    let figure = |name: &str| {
        let line = printed.lines().find(|line| line.trim_start().starts_with(name)).expect("the report has the line");
        line.split_whitespace().nth(1).unwrap().replace(',', "").parse().unwrap()
    };
    ["added", "changed", "unchanged", "removed", "skipped"].map(figure)
}

#[test]
fn indexing_twice_equals_indexing_once() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    fill(&corpus, 40);
    assert_eq!(figures(&index, &corpus), [40, 0, 0, 0, 0]);
    let once = answers(&index);
    assert_eq!(figures(&index, &corpus), [0, 0, 40, 0, 0]);
    assert_eq!(answers(&index), once);
}

#[test]
fn changed_renamed_and_deleted_files_are_followed() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index, fresh) =
        (folder.path().join("corpus"), folder.path().join("index"), folder.path().join("fresh"));
    fill(&corpus, 20);
    assert_eq!(figures(&index, &corpus), [20, 0, 0, 0, 0]);

    fs::write(article_path(&corpus, 3), invented_article(103)).unwrap();
    fs::rename(article_path(&corpus, 4), corpus.join("moved.txt")).unwrap();
    fs::remove_file(article_path(&corpus, 5)).unwrap();
    fs::write(corpus.join("empty.txt"), "").unwrap();
    assert_eq!(figures(&index, &corpus), [1, 1, 17, 2, 1]);
    assert_eq!(figures(&index, &corpus), [0, 0, 19, 0, 1]);

    found(&fresh, &["index", "--quiet", corpus.to_str().unwrap()]);
    assert_eq!(answers(&index), answers(&fresh));
}

#[test]
fn a_folder_is_taken_out_of_the_index() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let (kept, gone, index, fresh) = (root.join("kept"), root.join("gone"), root.join("index"), root.join("fresh"));
    fill(&kept, 12);
    fs::create_dir(&gone).unwrap();
    fs::write(gone.join("a.txt"), invented_article(71)).unwrap();
    fs::write(gone.join("empty.txt"), "").unwrap();
    found(&fresh, &["index", "--quiet", kept.to_str().unwrap()]);
    found(&index, &["index", "--quiet", kept.to_str().unwrap(), gone.to_str().unwrap()]);
    fs::remove_dir_all(&gone).unwrap();
    let name = gone.to_str().unwrap();
    let (code, _, errors) = outcome(&index, &["index", name]);
    let expect = format!(
        "error: `{name}` is gone; 1 article of it is still in the index\nhint: take them out with `newsdex index \
         --remove {name}`, or put it back\n"
    );
    assert_eq!((code, errors), (Some(2), expect));
    assert_eq!(found(&index, &["index", "--remove", name]), "removed: 1 article of 2 files\n");
    assert_eq!(answers(&index), answers(&fresh));
    let mut left = status(&index);
    left["size"] = status(&fresh)["size"].clone();
    left["index"] = status(&fresh)["index"].clone();
    assert_eq!(left["folders"], status(&fresh)["folders"]);
    assert_eq!(left["files"], status(&fresh)["files"]);
    let (code, _, errors) = outcome(&index, &["index", "--remove", name]);
    let expect =
        format!("error: nothing of `{name}` is in the index\nhint: it is built from {}\n", kept.to_str().unwrap());
    assert_eq!((code, errors), (Some(2), expect));
    let (code, _, errors) = outcome(&root.join("none"), &["index", "--remove", name]);
    assert!(code == Some(2) && errors.starts_with("error: no index at"), "{errors}");
}

#[test]
fn a_part_of_a_folder_is_no_folder_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let (corpus, index) = (root.join("corpus"), root.join("index"));
    fill(&corpus, 5);
    fs::create_dir(corpus.join("part")).unwrap();
    fs::write(corpus.join("part/a.txt"), invented_article(71)).unwrap();
    for path in [&corpus, &corpus.join("part")] {
        found(&index, &["index", "--quiet", path.to_str().unwrap()]);
    }
    assert_eq!(status(&index)["folders"], serde_json::json!([corpus.to_str().unwrap()]));
}

/// The next run of the folder around it took it out, since the walk passes over it.
#[test]
fn a_hidden_folder_that_was_named_stays_and_is_followed() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let (corpus, index) = (root.join("corpus"), root.join("index"));
    let hidden = corpus.join(".private");
    fill(&corpus, 5);
    fs::create_dir(&hidden).unwrap();
    fs::write(hidden.join("a.txt"), invented_article(71)).unwrap();
    fs::write(hidden.join("b.txt"), invented_article(72)).unwrap();
    assert_eq!(figures(&index, &corpus), [5, 0, 0, 0, 0]);
    assert_eq!(figures(&index, &hidden), [2, 0, 0, 0, 0]);
    let folders = || status(&index)["folders"].clone();
    assert_eq!(folders(), serde_json::json!([corpus.to_str().unwrap(), hidden.to_str().unwrap()]));
    assert_eq!(figures(&index, &corpus), [0, 0, 7, 0, 0]);

    fs::write(hidden.join("a.txt"), invented_article(171)).unwrap();
    fs::remove_file(hidden.join("b.txt")).unwrap();
    assert_eq!(figures(&index, &corpus), [0, 1, 5, 1, 0]);

    found(&index, &["index", "--quiet", "--remove", hidden.to_str().unwrap()]);
    assert_eq!(figures(&index, &corpus), [0, 0, 5, 0, 0]);
    assert_eq!(folders(), serde_json::json!([corpus.to_str().unwrap()]));

    assert_eq!(figures(&index, &hidden), [1, 0, 0, 0, 0]);
    fs::remove_dir_all(&hidden).unwrap();
    assert_eq!(figures(&index, &corpus), [0, 0, 5, 1, 0]);
}

/// An older newsdex walked into what is passed over today; what it read there stays until it is gone from the disk.
#[test]
fn what_the_walk_no_longer_leads_to_goes_with_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let (corpus, index, hidden) = (root.join("corpus"), root.join("index"), root.join("corpus/.private"));
    fill(&corpus, 2);
    assert_eq!(figures(&index, &corpus), [2, 0, 0, 0, 0]);
    fs::create_dir(&hidden).unwrap();
    fs::write(hidden.join("a.txt"), invented_article(71)).unwrap();
    {
        let opened = Index::open(&index).unwrap();
        let mut writer = opened.writer(0).unwrap();
        for name in ["a.txt", "b.txt"] {
            let path = hidden.join(name).to_str().unwrap().to_owned();
            let article = Article { path: path.clone(), text: "Ada Quill left.".into(), ..Article::default() };
            let file = FileRecord { path, size: 0, modified: 0, hash: 0, outcome: Outcome::Articles(1) };
            writer.replace(&file, &[(article, Annotations::default())]).unwrap();
        }
        writer.commit(&opened.folders().unwrap()).unwrap();
        writer.finish().unwrap();
    }

    assert_eq!(figures(&index, &corpus), [0, 0, 2, 1, 0]);
    assert_eq!(figures(&index, &corpus), [0, 0, 2, 0, 0]);
    fs::remove_dir_all(&hidden).unwrap();
    assert_eq!(figures(&index, &corpus), [0, 0, 2, 1, 0]);
}

#[test]
fn a_moved_folder_is_followed_in_one_run() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let (old, new, index) = (root.join("old"), root.join("new"), root.join("index"));
    fill(&old, 5);
    found(&index, &["index", "--quiet", old.to_str().unwrap()]);
    fs::rename(&old, &new).unwrap();
    let printed = found(&index, &["index", new.to_str().unwrap(), "--remove", old.to_str().unwrap()]);
    assert!(printed.contains("added     5") && printed.contains("removed   5"), "{printed}");
    assert_eq!(status(&index)["articles"], 5);
    assert_eq!(status(&index)["folders"], serde_json::json!([new.to_str().unwrap()]));
}

#[test]
fn a_change_that_leaves_size_and_time_is_taken_up_by_force() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let (corpus, index) = (root.join("corpus"), root.join("index"));
    fs::create_dir(&corpus).unwrap();
    let path = corpus.join("a.txt");
    let write = |word: &str| {
        fs::write(&path, format!("Harbour vote\n\n“I am {word} about it,” said Maya Torres.\n")).unwrap();
        let file = fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000)).unwrap();
    };
    write("sorry");
    figures(&index, &corpus);
    write("happy");
    assert_eq!(figures(&index, &corpus), [0, 0, 1, 0, 0]);
    let (code, _, errors) = outcome(&index, &["verify"]);
    let expect = "hint: `newsdex index FOLDER` takes up what changed; with --force also the file whose size and time are as \
                  they were\n";
    assert_eq!((code, errors.as_str()), (Some(1), expect));
    found(&index, &["index", "--force", "--quiet", corpus.to_str().unwrap()]);
    assert!(found(&index, &["quotes", "happy"]).contains("happy"));
    found(&index, &["verify"]);
}

#[test]
fn a_touched_file_with_the_same_content_is_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    fill(&corpus, 3);
    figures(&index, &corpus);
    let touched = fs::File::options().write(true).open(article_path(&corpus, 1)).unwrap();
    touched.set_modified(std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000)).unwrap();
    assert_eq!(figures(&index, &corpus), [0, 0, 3, 0, 0]);
}

#[test]
fn folders_indexed_one_after_the_other_stand_side_by_side() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second, index) =
        (folder.path().join("first"), folder.path().join("second"), folder.path().join("index"));
    fill(&first, 6);
    fill(&second, 4);
    figures(&index, &first);
    assert_eq!(figures(&index, &second), [4, 0, 0, 0, 0]);
    assert_eq!(status(&index)["articles"], 10);
    assert_eq!(status(&index)["folders"].as_array().unwrap().len(), 2);
}

#[test]
fn an_empty_folder_empties_no_index() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    fill(&corpus, 5);
    figures(&index, &corpus);
    fs::remove_dir_all(&corpus).unwrap();
    fs::create_dir(&corpus).unwrap();
    let (code, _, errors) = outcome(&index, &["index", corpus.to_str().unwrap()]);
    assert_eq!(code, Some(2));
    assert!(errors.contains("no file in `") && errors.contains("what was indexed before is kept"), "{errors}");
    assert_eq!(status(&index)["articles"], 5);
}

#[test]
fn the_report_file_has_a_line_for_every_file() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index, report) =
        (folder.path().join("corpus"), folder.path().join("index"), folder.path().join("report"));
    fill(&corpus, 3);
    fs::write(corpus.join("empty.txt"), "").unwrap();
    fs::write(corpus.join("picture.txt"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap();
    found(&index, &["index", corpus.to_str().unwrap(), "--report", report.to_str().unwrap()]);
    let text = fs::read_to_string(&report).unwrap();
    let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let outcome_of = |name: &str| {
        let line =
            lines.iter().find(|line| line["path"].as_str().unwrap().ends_with(name)).expect("the file has a line");
        (line["outcome"].as_str().unwrap().to_owned(), line["reason"].as_str().map(str::to_owned))
    };
    assert_eq!(lines.len(), 5);
    assert_eq!(outcome_of("story-1.txt"), ("added".to_owned(), None));
    assert_eq!(outcome_of("empty.txt"), ("skipped".to_owned(), Some("empty".to_owned())));
    assert_eq!(outcome_of("picture.txt").0, "skipped");
}

//! The user's file of outlets, as the whole program obeys it.

mod support;

use std::fs;
use std::path::Path;

/// An index of three articles by papers whose names are spelt in three ways, and its corpus.
fn indexed(folder: &Path) -> std::path::PathBuf {
    let (index, corpus) = (folder.join("index"), folder.join("corpus"));
    for (outlet, story) in [
        ("valley-times", "The ferry of Harrow sank in the harbour on Sunday, the council said."),
        ("valley-times-online", "The ferry of Selby was late again on Monday, its captain said."),
        ("other-paper", "The ferry of Tarn was sold to a farmer on Tuesday, he said."),
    ] {
        let day = corpus.join(outlet).join("2025/10/12");
        fs::create_dir_all(&day).expect("a folder can be made");
        fs::write(day.join("ferry.txt"), format!("News of the ferry\n\n{story}\n")).expect("a file can be written");
    }
    support::run(&index, &["index", corpus.to_str().expect("the path is Unicode")]);
    index
}

fn check(index: &Path, arguments: &[&str], expect: &[&str]) {
    let page = support::found(index, arguments);
    for line in expect {
        assert!(page.contains(line), "{arguments:?}: `{line}` is not in\n{page}");
    }
}

#[test]
fn names_of_one_outlet_are_joined_when_a_question_is_asked() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let index = indexed(folder.path());
    let facet = ["search", "ferry", "--facet", "outlet", "--format", "json"];
    check(&index, &facet, &["\"value\":\"Valley Times Online\"", "\"value\":\"Valley Times\""]);
    fs::write(
        index.join("outlets.toml"),
        "[[outlet]]\nname = \"The Valley Times of Harrow\"\nnames = [\"Valley Times\", \"valley times online\"]\n",
    )
    .expect("a file can be written");
    let joined = support::found(&index, &facet);
    assert!(joined.contains("\"value\":\"The Valley Times of Harrow\",\"count\":2"), "{joined}");
    assert!(!joined.contains("Online"), "{joined}");
    let timeline = ["timeline", "ferry", "--split", "outlet", "--by", "year", "--format", "csv"];
    check(&index, &timeline, &["year,The Valley Times of Harrow,Other Paper\n2025,2,1\n"]);
    for name in ["The Valley Times of Harrow", "Valley Times"] {
        let hits = ["search", "ferry", "--outlet", name, "--all-copies", "--format", "json"];
        check(&index, &hits, &["\"total\":2", "\"outlet\":\"The Valley Times of Harrow\""]);
    }
    check(
        &index,
        &["search", "ferry outlet:\"other paper\"", "--format", "json"],
        &["\"outlet\":\"Other Paper\"", "\"total\":1"],
    );
}

#[test]
fn a_file_that_cannot_be_understood_names_its_line() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let index = indexed(folder.path());
    let rules = folder.path().join("mine.toml");
    fs::write(&rules, "[[outlet]]\nname = \"A\"\n").expect("a file can be written");
    let rules = rules.to_str().expect("the path is Unicode");
    let (status, _, errors) = support::outcome(&index, &["search", "ferry", "--outlets", rules]);
    assert_eq!(status, Some(2));
    assert!(errors.contains("at line 2: neither `names` nor `sites`"), "{errors}");
    assert!(errors.contains("hint: list the other names of the outlet"), "{errors}");
}

//! `newsdex eval` prints the figures of the reference scorers.
//!
//! The figures here were recorded from those scorers (Python) on the same files. `gold/predicted.jsonl` holds, for the
//! gold of quotes and of names alike, answers made right, wrong and missing by chance, articles with text before or
//! after the gold's or without its first line, one with another text, one that could not be read, and one not at all.

mod support;

use std::fs::{self, File};
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;
use support::{newsdex, outcome};

const QUOTES: &str = "tests/gold/corpus.jsonl";
const NAMES: &str = "tests/gold/entities.jsonl";
const PREDICTED: &str = "tests/gold/predicted.jsonl";

/// What `newsdex eval` prints; `--index` is given as to every command, and never looked at.
fn check(arguments: &[&str], expect: (i32, &str, &str)) {
    let (code, printed, errors) = outcome(Path::new("none"), &[&["eval"], arguments].concat());
    assert_eq!((code, printed.as_str(), errors.as_str()), (Some(expect.0), expect.1, expect.2), "{arguments:?}");
}

fn eval(arguments: &[&str]) -> String {
    let (code, printed, errors) = outcome(Path::new("none"), &[&["eval"], arguments].concat());
    assert_eq!(code, Some(0), "{arguments:?}: {errors}");
    printed
}

#[test]
fn figures_of_quotes_are_those_of_the_reference() {
    let expect = "\
articles missing or unaligned: 3
segments   P 98.2 R 87.8 F1 92.7   (gold 189, predicted 169)
speaker    right 79.5 %  unknown 7.8 %  of 166
together   P 78.1 R 69.8 F1 73.7
overlap 0.3 quoted P 71.4 R 64.7 F1 67.9   speaker 80.8 %
overlap 0.3 all    P 82.8 R 87.2 F1 84.9   speaker 81.9 %
overlap 0.8 quoted P 57.1 R 51.7 F1 54.3   speaker 79.8 %
overlap 0.8 all    P 65.9 R 69.4 F1 67.6   speaker 81.0 %
exact      source P 90.2 R 70.4 F1 79.1   cue P 92.1 R 65.9 F1 76.8   content P 64.7 R 63.8 F1 64.2
";
    check(&[QUOTES, "--pred", PREDICTED], (0, expect, ""));
}

#[test]
fn figures_of_names_are_those_of_the_reference() {
    let expect = "\
articles missing or altered: 5 of 36
person       P 86.96 R 60.87 F1 71.61   (gold 230)
organization P 85.39 R 66.09 F1 74.51   (gold 115)
place        P 88.89 R 61.11 F1 72.43   (gold 144)
other        P 32.00 R 57.14 F1 41.03   (gold 28)
boundaries   P 90.23 R 69.63 F1 78.60
all          P 80.20 R 61.90 F1 69.87   (gold 517)
";
    check(&[NAMES, "--pred", PREDICTED], (0, expect, ""));
}

#[test]
fn mistakes_are_written_one_a_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("errors.jsonl");
    eval(&[QUOTES, "--pred", PREDICTED, "--errors", path.to_str().unwrap()]);
    let text = fs::read_to_string(&path).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let count = |kind: &str| lines.iter().filter(|line| line["kind"] == kind).count();
    // Gold and predicted segments less the right ones, and speakers less the right ones.
    assert_eq!([count("missed"), count("not a quote")], [189 - 166, 169 - 166]);
    assert_eq!(count("wrong speaker") + count("no speaker"), 166 - 132);
    assert_eq!(lines[0]["type"], "mistake");
    assert_eq!(lines[0]["quote"], "You can't irrigate with a court date,");
    assert_eq!(lines[0]["gold"], serde_json::json!(["rancher Wade Hollister"]));
    assert_eq!(lines[0]["said"], "Tull");
}

#[test]
fn extraction_is_measured_as_its_printed_answers_are() {
    let folder = tempfile::tempdir().unwrap();
    for gold in [QUOTES, NAMES] {
        let predicted = folder.path().join("predicted.jsonl");
        let mut extract = newsdex();
        extract.args(["extract", "--stdin"]).stdin(File::open(gold).unwrap());
        extract.stdout(Stdio::from(File::create(&predicted).unwrap()));
        assert!(extract.status().unwrap().success());
        let [from, errors] = ["from.jsonl", "errors.jsonl"].map(|name| folder.path().join(name));
        let read = eval(&[gold, "--pred", predicted.to_str().unwrap(), "--errors", from.to_str().unwrap()]);
        let extracted = eval(&[gold, "--errors", errors.to_str().unwrap(), "--threads", "3"]);
        assert_eq!(read, extracted);
        assert!(read.contains(": 0"), "no article is missing: {read}");
        assert_eq!(fs::read_to_string(from).unwrap(), fs::read_to_string(errors).unwrap());
    }
}

#[test]
fn figures_come_as_json() {
    let read =
        |gold| -> Value { serde_json::from_str(&eval(&[gold, "--pred", PREDICTED, "--format", "json"])).unwrap() };
    let quotes = read(QUOTES);
    assert_eq!(
        (&quotes["type"], &quotes["of"], &quotes["missing"]),
        (&"evaluation".into(), &"quotes".into(), &3.into())
    );
    assert_eq!(quotes["segments"]["right"], 166);
    assert_eq!((&quotes["overlap"][2]["threshold"], &quotes["overlap"][2]["among"]), (&0.8.into(), &"quoted".into()));
    assert_eq!(quotes["overlap"][1]["precision"], 82.8125);
    let names = read(NAMES);
    assert_eq!((&names["of"], &names["articles"]), (&"entities".into(), &36.into()));
    assert_eq!(names["types"]["person"]["gold"], 230);
}

#[test]
fn a_line_that_is_wrong_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let [gold, predicted] = ["gold.jsonl", "predicted.jsonl"].map(|name| folder.path().join(name));
    let fails = |gold_text: &str, predicted_text: &str, expect: &str| {
        fs::write(&gold, gold_text).unwrap();
        fs::write(&predicted, predicted_text).unwrap();
        let expect = expect
            .replace("GOLD", &format!("`{}`", gold.display()))
            .replace("PREDICTED", &format!("`{}`", predicted.display()));
        let arguments = [gold.to_str().unwrap(), "--pred", predicted.to_str().unwrap()];
        check(&arguments, (2, "", &format!("error: {expect}\n")));
    };
    let empty = r#"{"id":"a","text":"Oh é","attributions":[]}"#;
    fails("\n{\"id\":\"a\"}", "", "GOLD, line 2: neither `attributions` nor `entities`");
    fails(&format!("{empty}\n{{}}"), "", "GOLD, line 2: missing field `id` at column 2");
    fails(&format!("{empty}\nnonsense"), "", "GOLD, line 2: expected ident at column 2");
    let outside =
        r#"{"id":"a","text":"Oh é","attributions":[{"content":[[0,5]],"source":[],"cue":[],"kind":"direct"}]}"#;
    fails(outside, "", "GOLD, line 1: [0, 5] is no range of the text, which has 4 characters");
    let outside = r#"{"id":"a","text":"Oh é","entities":[{"span":[3,4],"type":"other"}]}"#;
    fails(outside, "", "GOLD, line 1: [3, 4] is no range of the text in bytes, on character boundaries");
    let split = r#"{"id":"a","text":"Oh é","quotes":[{"spans":[[0,4]]}]}"#;
    fails(empty, split, "PREDICTED, line 1: [0, 4] is no range of the text in bytes, on character boundaries");
    fails(empty, "\n{\"id\":\"a\"}", "PREDICTED, line 2: no string `text`");
}

#[test]
fn nothing_can_be_said_of_an_empty_gold() {
    let folder = tempfile::tempdir().unwrap();
    let gold = folder.path().join("gold.jsonl");
    fs::write(&gold, "\n").unwrap();
    let hint = format!("hint: `{}` holds no article\n", gold.display());
    check(&[gold.to_str().unwrap()], (1, "", &hint));
}

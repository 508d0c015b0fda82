//! `newsdex eval` prints the figures of the reference scorers.
//!
//! The figures here were recorded from those scorers (Python) on the same files, which must stay as they are.
//! `eval/predicted.jsonl` holds answers that chance made right, wrong and missing, articles with text before or after
//! the gold's or without its first line, one with another text, one that could not be read, and one not at all. The
//! last articles of `eval/quotes.jsonl` are no language: every kind of mark, spans that overlap, nest and repeat.

#![allow(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

mod support;

use std::fs::{self, File};
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;
use support::{newsdex, outcome};

const QUOTES: &str = "tests/eval/quotes.jsonl";
const NAMES: &str = "tests/eval/names.jsonl";
const PREDICTED: &str = "tests/eval/predicted.jsonl";

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
segments   P 95.2 R 76.9 F1 85.1   (gold 52, predicted 42)
speaker    right 77.5 %  unknown 7.5 %  of 40
together   P 73.8 R 59.6 F1 66.0
overlap 0.3 quoted P 58.7 R 51.4 F1 54.8   speaker 72.7 %
overlap 0.3 all    P 61.9 R 68.2 F1 64.9   speaker 78.5 %
overlap 0.8 quoted P 49.2 R 43.1 F1 45.9   speaker 75.0 %
overlap 0.8 all    P 52.5 R 57.9 F1 55.1   speaker 76.4 %
exact      source P 68.7 R 46.5 F1 55.4   cue P 81.2 R 51.5 F1 63.0   content P 54.5 R 56.1 F1 55.3
";
    check(&[QUOTES, "--pred", PREDICTED], (0, expect, ""));
}

#[test]
fn figures_of_names_are_those_of_the_reference() {
    let expect = "\
articles missing or altered: 5 of 12
person       P 94.74 R 36.00 F1 52.17   (gold 50)
organization P 90.48 R 44.19 F1 59.38   (gold 43)
place        P 85.00 R 40.48 F1 54.84   (gold 42)
other        P 21.43 R 42.86 F1 28.57   (gold 7)
boundaries   P 83.78 R 43.66 F1 57.41
all          P 77.03 R 40.14 F1 52.78   (gold 142)
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
    assert_eq!([count("missed"), count("not a quote")], [52 - 40, 42 - 40]);
    assert_eq!(count("wrong speaker") + count("no speaker"), 40 - 31);
    assert_eq!(lines[0]["type"], "mistake");
    assert_eq!(lines[0]["quote"], "You can't irrigate with a court date,");
    assert_eq!(lines[0]["gold"], serde_json::json!(["rancher Wade Hollister"]));
    assert_eq!(lines[0]["said"], "Tull");
}

#[test]
fn extraction_is_measured_as_its_printed_answers_are() {
    let folder = tempfile::tempdir().unwrap();
    for gold in ["tests/gold/corpus.jsonl", "tests/gold/entities.jsonl"] {
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
    assert_eq!(quotes["segments"]["right"], 40);
    assert_eq!((&quotes["overlap"][2]["threshold"], &quotes["overlap"][2]["among"]), (&0.8.into(), &"quoted".into()));
    assert_eq!(quotes["exact"]["cue"]["precision"], 81.25);
    let names = read(NAMES);
    assert_eq!((&names["of"], &names["articles"]), (&"entities".into(), &12.into()));
    assert_eq!(names["types"]["person"]["gold"], 50);
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

/// Three quotes said by one, of which the gold names the first two by place and the last by name, and one by nobody.
const SURE: &str = r#"{"id":"pier","text":"“The pier will be closed,” said Ada Pike.\n“It will be opened,” said Orla Tull.\n“We shall see it,” she said.\n“Nobody said this one.”\n","attributions":[
{"content":[[0,26]],"source":[[32,40]],"cue":[],"kind":"direct"},{"content":[[42,62]],"source":[[68,77]],"cue":[],"kind":"direct"},
{"content":[[79,97]],"source":[],"cue":[],"kind":"direct","speaker":"Mrs. Tull"},{"content":[[108,131]],"source":[[32,40]],"cue":[],"kind":"direct"}]}"#;

#[test]
fn errors_are_counted_by_confidence() {
    let folder = tempfile::tempdir().unwrap();
    let [gold, predicted] = ["gold.jsonl", "predicted.jsonl"].map(|name| folder.path().join(name));
    let line: Value = serde_json::from_str(&SURE.replace('\n', "")).unwrap();
    let text = line["text"].as_str().unwrap();
    let place = |words: &str| text.find(words).map(|begin| [begin, begin + words.len()]).unwrap();
    let quote = |words: &str, speaker: Option<&str>, confidence: f32| {
        let speaker = speaker.map(|speaker| serde_json::json!({"span": place(speaker), "name": null}));
        serde_json::json!({"spans": [place(words)], "speaker": speaker, "confidence": confidence})
    };
    let quotes = [
        quote("The pier will be closed,", Some("Ada Pike"), 0.92),
        quote("It will be opened,", Some("Ada Pike"), 0.75),
        quote("We shall see it,", Some("Orla Tull"), 0.6),
        quote("Nobody said this one.", None, 0.99),
    ];
    fs::write(&gold, line.to_string()).unwrap();
    fs::write(&predicted, serde_json::json!({"id": "pier", "text": text, "quotes": quotes}).to_string()).unwrap();
    let arguments = [gold.to_str().unwrap(), "--pred", predicted.to_str().unwrap()];
    let printed = eval(&arguments);
    let expect = "\
named      right 100.0 %  unknown 0.0 %  of 1
";
    assert!(printed.contains(expect), "{printed}");
    let expect = "\
sure 0.00  speaker told  66.7 %  of these wrong 50.0 %
sure 0.30  speaker told  66.7 %  of these wrong 50.0 %
sure 0.50  speaker told  66.7 %  of these wrong 50.0 %
sure 0.70  speaker told  66.7 %  of these wrong 50.0 %
sure 0.80  speaker told  33.3 %  of these wrong  0.0 %
sure 0.90  speaker told  33.3 %  of these wrong  0.0 %
sure 0.95  speaker told   0.0 %  of these wrong  0.0 %
";
    assert!(printed.ends_with(expect), "{printed}");
    let printed: Value = serde_json::from_str(&eval(&[&arguments[..], &["--format", "json"]].concat())).unwrap();
    assert_eq!(printed["confidence"][3], serde_json::json!({"least": 0.7, "told": 200.0 / 3.0, "wrong": 50.0}));
    assert_eq!(printed["named"], serde_json::json!({"right": 100.0, "unknown": 0.0, "of": 1}));
}

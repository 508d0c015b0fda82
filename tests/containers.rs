//! Archives, dumps and mailboxes from the folder to the screen: their members are found, shown, proved and followed.

#![allow(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

mod support;

use std::fs;
use std::io::{Cursor, Write as _};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::SystemTime;

use newsdex::crawl::{FoundFile, RawFile, members};
use newsdex::parse::parse;
use support::{found, invented_article, newsdex, outcome, run, status};

/// A zip archive of invented articles with these numbers.
fn zip(numbers: impl Iterator<Item = usize>) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for number in numbers {
        writer.start_file(format!("2025/story-{number}.txt"), zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(invented_article(number).as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A dump of invented articles with these numbers, as JSON lines.
fn json_lines(numbers: impl Iterator<Item = usize>) -> String {
    let line = |number| serde_json::json!({"title": format!("Vote {number}"), "text": invented_article(number)});
    numbers.flat_map(|number| [line(number).to_string(), "\n".to_owned()]).collect()
}

/// A feed of so many invented articles, in an encoding that its first line declares.
fn feed(count: usize) -> Vec<u8> {
    let item = |number: usize| {
        let text = invented_article(number).replace('\n', "<br>");
        format!("<item><title>Caf\u{e9} {number}</title><description><![CDATA[{text}<p>]]></description></item>\n")
    };
    let items: String = (0..count).map(item).collect();
    let head = "<?xml version='1.0' encoding='windows-1252'?>\n<rss version='2.0'><channel><title>The Harrow \
                Gazette</title><description><![CDATA[News<br>]]></description><language>en-gb</language>\n";
    // Letters of this encoding have the numbers that Unicode gives them.
    format!("{head}{items}</channel></rss>\n").chars().map(|letter| u8::try_from(letter).unwrap_or(b'?')).collect()
}

fn index(index: &Path, corpus: &Path) -> String {
    found(index, &["index", corpus.to_str().unwrap()])
}

#[test]
fn members_are_searched_shown_and_proved() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index_path) = (folder.path().join("corpus"), folder.path().join("index"));
    fs::create_dir(&corpus).unwrap();
    fs::write(corpus.join("dump.zip"), zip(0..5)).unwrap();
    index(&index_path, &corpus);
    assert_eq!(status(&index_path)["articles"], 5);
    let hits = found(&index_path, &["search", "vote", "--format", "json"]);
    assert!(hits.contains("dump.zip!/2025/story-3.txt"), "{hits}");
    let shown = found(&index_path, &["show", "dump.zip!/2025/story-3.txt"]);
    assert!(shown.contains("vote 3"), "{shown}");
    let (code, verified, _) = outcome(&index_path, &["verify"]);
    assert_eq!(code, Some(0), "{verified}");
}

#[test]
fn a_large_feed_comes_in_pieces_and_holds_what_it_holds_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("feed.xml");
    let bytes = feed(3000);
    fs::write(&path, &bytes).unwrap();
    let file = FoundFile { path: path.clone(), size: bytes.len() as u64, modified: SystemTime::UNIX_EPOCH };
    let (mut pieces, mut articles) = (0, Vec::new());
    members(&file, &mut |member| {
        let parsed = parse(&member.unwrap());
        assert!(parsed.rejected.is_empty(), "{:?}", parsed.rejected);
        articles.extend(parsed.articles);
        pieces += 1;
        ControlFlow::Continue(())
    });
    let whole = parse(&RawFile::new(path.to_str().unwrap(), bytes));
    assert!(pieces > 1);
    assert_eq!(articles.len(), 3000);
    assert_eq!(articles, whole.articles);
    let (last, _) = articles.last().unwrap();
    assert!(last.path.ends_with("feed.xml!/3000"), "{}", last.path);
    assert_eq!(last.headline.as_ref().unwrap().value, "Caf\u{e9} 2999");
    assert_eq!(last.outlet.as_ref().unwrap().value, "The Harrow Gazette");
}

#[test]
fn a_changed_archive_is_read_again_and_a_removed_one_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index_path) = (folder.path().join("corpus"), folder.path().join("index"));
    fs::create_dir(&corpus).unwrap();
    fs::write(corpus.join("a.zip"), zip(0..5)).unwrap();
    fs::write(corpus.join("b.jsonl"), json_lines(5..500)).unwrap();
    index(&index_path, &corpus);
    assert_eq!(status(&index_path)["articles"], 500);
    assert!(index(&index_path, &corpus).contains("unchanged 2"));

    fs::write(corpus.join("a.zip"), zip(1..9)).unwrap();
    index(&index_path, &corpus);
    assert_eq!(status(&index_path)["articles"], 503);
    let (code, shown, _) = outcome(&index_path, &["show", "a.zip!/2025/story-0.txt"]);
    assert_eq!(code, Some(2), "{shown}");

    fs::remove_file(corpus.join("b.jsonl")).unwrap();
    index(&index_path, &corpus);
    assert_eq!(status(&index_path)["articles"], 8);
}

#[test]
fn quotes_that_moved_in_a_dump_are_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index_path) = (folder.path().join("corpus"), folder.path().join("index"));
    fs::create_dir(&corpus).unwrap();
    fs::write(corpus.join("b.jsonl"), json_lines(0..2000)).unwrap();
    index(&index_path, &corpus);
    assert_eq!(outcome(&index_path, &["verify"]).0, Some(0));
    // One line more at the top: every article moves by one, over the bounds of the pieces that are read at a time.
    fs::write(corpus.join("b.jsonl"), json_lines(9000..9001) + &json_lines(0..2000)).unwrap();
    let (code, verified, _) = outcome(&index_path, &["verify", "--format", "json"]);
    assert_eq!(code, Some(1));
    assert!(
        !verified.contains("\"fate\":\"vanished\"") && !verified.contains("\"fate\":\"changed\""),
        "{verified:.2000}"
    );
}

#[test]
fn an_interrupted_container_is_gone_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index_path, whole) =
        (folder.path().join("corpus"), folder.path().join("index"), folder.path().join("whole"));
    fs::create_dir(&corpus).unwrap();
    fs::write(corpus.join("a.zip"), zip(0..400)).unwrap();
    index(&whole, &corpus);
    let mut rounds = 0;
    loop {
        let mut child = newsdex()
            .args(["index", "--quiet", "--commit-every", "0", "--index"])
            .args([&index_path, &corpus])
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(200 + 150 * rounds));
        let ended = child.try_wait().unwrap().is_some();
        child.kill().unwrap();
        child.wait().unwrap();
        rounds += 1;
        if ended {
            break;
        }
    }
    assert_eq!(status(&index_path)["articles"], 400);
    assert_eq!(support::answers(&index_path), support::answers(&whole));
    assert_eq!(outcome(&index_path, &["verify"]).0, Some(0));
}

#[test]
fn members_passed_over_have_their_line_in_the_report() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, report) = (folder.path().join("corpus"), folder.path().join("report"));
    fs::create_dir(&corpus).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let members: [(&str, &[u8]); 2] = [("a.txt", invented_article(1).as_bytes()), ("b.png", b"\x89PNG\r\n\x1a\n\0")]
        .map(|(name, bytes)| (name, Box::leak(bytes.to_vec().into_boxed_slice()) as &[u8]));
    for (name, bytes) in members {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    fs::write(corpus.join("a.zip"), writer.finish().unwrap().into_inner()).unwrap();
    let index_path = folder.path().join("index");
    run(&index_path, &["index", corpus.to_str().unwrap(), "--report", report.to_str().unwrap()]);
    let lines: Vec<serde_json::Value> =
        fs::read_to_string(&report).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["type"], "member");
    assert!(lines[0]["path"].as_str().unwrap().ends_with("a.zip!/b.png"));
    assert_eq!(lines[0]["reason"], "image: not a format that newsdex reads");
    assert_eq!((&lines[1]["articles"], &lines[1]["outcome"]), (&1.into(), &"added".into()));
    assert_eq!(lines[1]["warnings"][0], "passed over: image: not a format that newsdex reads");
}

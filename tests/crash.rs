//! Whatever happens to the process, the index on disk is the last commit, and the next run carries on from there.

#![allow(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

mod support;

use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use support::{answers, fill, found, newsdex, status};

/// Rounds of `kill -9`, at moments spread over the time that a whole run takes.
const ROUNDS: u32 = 24;
const ARTICLES: usize = 300;

fn start(corpus: &std::path::Path, index: &std::path::Path) -> Child {
    newsdex()
        .args(["index", "--quiet", "--commit-every", "0", "--index"])
        .args([index, corpus])
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts")
}

#[test]
fn a_kill_at_any_moment_loses_nothing_committed() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index, whole) =
        (folder.path().join("corpus"), folder.path().join("index"), folder.path().join("whole"));
    fill(&corpus, ARTICLES);
    found(&whole, &["index", "--quiet", corpus.to_str().unwrap()]);

    let mut committed = 0;
    let mut kills = 0;
    for round in 0..ROUNDS {
        let mut child = start(&corpus, &index);
        // Early moments hit the making of the index, later ones its commits and merges.
        thread::sleep(Duration::from_millis(u64::from(round * round * 37 % 400)));
        kills += u32::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        if index.join("meta.json").exists() {
            let now = status(&index)["articles"].as_u64().expect("the index can be read after a kill");
            assert!(now >= committed, "round {round}: {now} articles, {committed} had been committed");
            committed = now;
        }
    }
    assert!(kills > 0, "every run ended before it could be killed: make the corpus larger");

    found(&index, &["index", "--quiet", corpus.to_str().unwrap()]);
    assert_eq!(status(&index)["articles"], ARTICLES);
    assert_eq!(answers(&index), answers(&whole));
}

#[cfg(unix)]
#[test]
fn an_interrupt_commits_what_is_done_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    fill(&corpus, 3000);
    let mut child = newsdex()
        .args(["index", "--index"])
        .args([&index, &corpus])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // Once the index is there the handler is set, and the run is under way.
    let begun = Instant::now();
    while !index.join("meta.json").exists() && begun.elapsed() < Duration::from_secs(20) {
        thread::sleep(Duration::from_millis(2));
    }
    let killed = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let mut printed = String::new();
    std::io::Read::read_to_string(&mut child.stdout.take().unwrap(), &mut printed).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130), "{printed}");
    assert!(
        printed.starts_with("interrupted, committed so far: ") && printed.contains("go on with: newsdex index "),
        "{printed}"
    );
    assert!(status(&index)["articles"].as_u64().unwrap() < 3000);

    found(&index, &["index", "--quiet", corpus.to_str().unwrap()]);
    assert_eq!(status(&index)["articles"], 3000);
}

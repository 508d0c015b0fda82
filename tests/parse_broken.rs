//! Files that no archive should hold and every archive does: each is read or passed over with its reason.

#![allow(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use newsdex::crawl::{RawFile, read, walk};
use newsdex::parse::{parse, parse_text};
use proptest::prelude::*;

/// What becomes of a file with `bytes`: its article's text with warnings, or why there is none.
fn fate(name: &str, bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::write(folder.path().join(name), bytes).expect("a file for the test");
    let found =
        walk(&[folder.path().to_path_buf()], &[]).next().expect("the file is found").expect("the file is no link");
    let file = match read(&found) {
        Ok(file) => file,
        Err(skipped) => return format!("skipped: {}", skipped.reason),
    };
    let parsed = parse(&file);
    let articles = parsed.articles.iter().map(|(article, warnings)| {
        let warnings: Vec<String> = warnings.iter().map(ToString::to_string).collect();
        format!("{} [{}]", article.text, warnings.join("; "))
    });
    articles.chain(parsed.rejected.iter().map(|reason| format!("rejected: {reason}"))).collect::<Vec<_>>().join(" | ")
}

fn check(name: &str, bytes: &[u8], expect: &str) {
    assert_eq!(fate(name, bytes), expect, "{name}");
}

#[test]
fn nothing_and_not_text() {
    check("empty.txt", b"", "skipped: empty");
    check("blank.txt", b" \n\t\r\n", "skipped: empty");
    check("mark-only.txt", b"\xff\xfe", "rejected: empty");
    check("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "skipped: image: not a format that newsdex reads");
    check("noise.txt", b"\x00\x01\x02\x00\xff\xfe\x00\x07", "skipped: not text");
}

#[test]
fn encodings() {
    let utf16: Vec<u8> = "The river rose.\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked: Vec<u8> = [&b"\xff\xfe"[..], &utf16].concat();
    check("a.txt", "The river — it rose.".as_bytes(), "The river — it rose. []");
    check("a.txt", b"\xef\xbb\xbfThe river rose.", "The river rose. []");
    check("a.txt", &utf16, "The river rose.\n [decoded as UTF-16LE by its bytes]");
    check("a.txt", &marked, "The river rose.\n [decoded as UTF-16LE by its byte-order mark]");
    check(
        "a.txt",
        b"Le fleuve a d\xe9bord\xe9 \xe0 Gen\xe8ve, o\xf9 les gens ont \xe9t\xe9 \xe9vacu\xe9s.",
        "Le fleuve a débordé à Genève, où les gens ont été évacués. [decoded as windows-1252 by a guess from its bytes]",
    );
    let broken = ["Über die Ufer: Bäche, Flüsse, Höfe, Dörfer".as_bytes(), b"\xc3"].concat();
    check(
        "a.txt",
        &broken,
        "Über die Ufer: Bäche, Flüsse, Höfe, Dörfer\u{fffd} [decoded as UTF-8 by its bytes, with unreadable bytes replaced]",
    );
}

#[test]
fn names_with_line_breaks_and_bytes_that_are_no_text() {
    check("odd\nname.txt", b"The river rose.", "The river rose. []");
    #[cfg(target_os = "linux")]
    {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt as _;
        let folder = tempfile::tempdir().expect("a folder for the test");
        fs::write(folder.path().join(OsStr::from_bytes(b"n\xffme.txt")), "The river rose.")
            .expect("a file for the test");
        let found = walk(&[folder.path().to_path_buf()], &[]).next().expect("found").expect("no link");
        assert!(read(&found).expect("readable").path.ends_with("n\u{fffd}me.txt"));
    }
}

#[cfg(unix)]
#[test]
fn unreadable_files_pipes_and_loops_do_not_stop_the_walk() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = |name: &str| folder.path().join(name);
    fs::write(path("a.txt"), "The river rose.").expect("a file for the test");
    fs::set_permissions(path("a.txt"), fs::Permissions::from_mode(0o000)).expect("own file");
    symlink(folder.path(), path("b")).expect("a link for the test");
    symlink(path("c"), path("c")).expect("a link to itself");
    let socket = std::os::unix::net::UnixListener::bind(path("d")).expect("a socket for the test");
    fs::write(path("e.txt"), "The river fell.").expect("a file for the test");
    let mut fates = Vec::new();
    for found in walk(&[folder.path().to_path_buf()], &[]) {
        let name = |path: &str| {
            Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
        };
        match found.and_then(|found| read(&found)) {
            Ok(file) => fates.push(format!("{}: read", name(&file.path))),
            Err(skipped) => fates.push(format!("{}: {}", name(&skipped.path), skipped.reason)),
        }
    }
    drop(socket);
    // The superuser may read everything.
    let first = if fates[0] == "a.txt: read" {
        "a.txt: read"
    } else {
        "a.txt: cannot be read: Permission denied (os error 13)"
    };
    assert_eq!(fates.remove(0), first);
    let rest = [
        "b: link back to a folder above it",
        "c: cannot be read: Too many levels of symbolic links (os error 40)",
        "d: special file: not a format that newsdex reads",
        "e.txt: read",
    ];
    #[cfg(target_os = "linux")]
    assert_eq!(fates, rest);
    #[cfg(not(target_os = "linux"))]
    assert_eq!(fates.len(), rest.len());
}

#[test]
fn a_huge_line_takes_time_in_proportion() {
    let line =
        "The river rose by two metres, said Doe, and \"it will rise\" again (AP) - in Paris, Oct 12. ".repeat(600_000);
    assert!(line.len() > 50_000_000);
    let file = RawFile::new("huge.txt", line.into_bytes());
    let start = Instant::now();
    let parsed = parse(&file);
    assert_eq!(parsed.articles.len(), 1);
    assert!(start.elapsed() < Duration::from_secs(30), "took {:?}", start.elapsed());
}

#[test]
fn huge_heads_take_time_in_proportion() {
    for piece in [
        "<html><p>x",
        "<html><h1>",
        "<html><a b=\"c>",
        "<html><!--",
        "<html>&amp",
        "<p>a, b, c and so on, with no end in sight</p>",
        "\n",
        "https://example.org/a\n",
        "By Jane Doe\n",
        "Title: ",
        "(AP) - ",
        "{\\rtf1 ",
        "[{\"a\":",
        "<html><div>",
        "----",
        "2024-",
    ] {
        let file = RawFile::new("huge", piece.repeat(5_000_000 / piece.len()).into_bytes());
        let start = Instant::now();
        let parsed = parse(&file);
        assert!(parsed.articles.len() + parsed.rejected.len() > 0);
        assert!(start.elapsed() < Duration::from_secs(30), "{piece:?} took {:?}", start.elapsed());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_parsed(path: String, bytes: Vec<u8>) {
        let parsed = parse(&RawFile::new(path, bytes));
        for (article, _) in &parsed.articles {
            prop_assert!(article.body.end <= article.text.len());
            article.body();
        }
    }

    #[test]
    fn any_text_comes_back_unaltered_with_its_evidence_in_it(path: String, text in "((By |Oct 12|PARIS|https://a.org/|[(]AP[)]|Title:|---|Reporting by |[\r\n]{1,2}|[ .:,—-]|[A-Za-zé]{1,9}|\\PC){0,40})") {
        let (article, _) = parse_text(&path, text.clone());
        prop_assert_eq!(&article.text, &text);
        article.body();
        let fields = [&article.headline, &article.outlet, &article.wire, &article.place, &article.url];
        for span in fields.into_iter().flatten().chain(&article.bylines).filter_map(|field| field.evidence.span) {
            prop_assert!(!span.of(&text).is_empty());
        }
    }
}

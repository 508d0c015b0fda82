//! What hostile files cost the program: processor seconds and peak memory of `newsdex index` on one file each.
//!
//! `cargo bench --bench hostile` prints a line for each, with what became of the file. It asks Linux for both.

#![allow(missing_docs, clippy::print_stdout, reason = "a benchmark prints")]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;

/// Bytes of the large files.
const LARGE: usize = 50 << 20;

const PARAGRAPH: &str =
    "<p>The river rose by two metres on Sunday, “and it will rise again”, mayor Ada Vale said.</p>\n";

/// What `file` holds.
type Make = fn() -> Vec<u8>;

const FILES: &[(&str, Make)] = &[
    ("story.txt", || b"River rises\n\nThe river rose by two metres on Sunday, mayor Ada Vale said.\n".to_vec()),
    ("50-mb-one-story.xml", || around("<nitf><body><body.content>", PARAGRAPH, "</body.content></body></nitf>")),
    ("50-mb-feed.xml", || around("<rss><channel>", &item(), "</channel></rss>")),
    ("50-mb-tags.xml", || around("<nitf>", "<a><b/></a>", "</nitf>")),
    ("50-mb-one-story.html", || around("<html><body><article>", PARAGRAPH, "</article></body></html>")),
    ("50-mb-unclosed.html", || around("<html><body>", "<div><b><a href=x>a <p", "")),
    ("50-mb-lists.html", || around("<html><body>", "<ul><li>a<ul><li>b, c, d</ul></ul>", "")),
    ("50-mb-one-line.txt", || around("", "The river rose by two metres, mayor Ada Vale said. ", "")),
    ("50-mb.json", || around("[", "{\"title\": \"River\", \"text\": \"The river rose by two metres.\"},\n", "{}]")),
    ("50-mb-open-quote.csv", || around("title,text\n", "River,\"The river rose by two metres\n", "")),
    ("20000-deep.html", || deep("<div>", 20_000, "</div>")),
    ("20000-deep.xml", || deep("<a>", 20_000, "</a>")),
    ("20000-deep.json", || deep("{\"a\":", 20_000, "}")),
    ("1000000-deep.html", || deep("<div>", 1_000_000, "</div>")),
    ("1000000-deep.xml", || deep("<a>", 1_000_000, "</a>")),
    ("1000000-deep.json", || deep("[", 1_000_000, "]")),
    ("entities.xml", entities),
    ("10-gb.txt.gz", || gzip(10 << 10)),
    ("10-gb-lines.jsonl.gz.gz", || gzip_bytes(&gzip(10 << 10))),
    ("zip-in-zip.zip", || (0..12).fold(gzip(1 << 10), |inner, _| zip(&inner))),
];

fn around(begin: &str, repeated: &str, end: &str) -> Vec<u8> {
    format!("{begin}{}{end}", repeated.repeat(LARGE / repeated.len())).into_bytes()
}

fn item() -> String {
    format!("<item><title>River rises</title><description><![CDATA[{PARAGRAPH}]]></description></item>\n")
}

fn deep(open: &str, levels: usize, close: &str) -> Vec<u8> {
    format!("{}{PARAGRAPH}{}", open.repeat(levels), close.repeat(levels)).into_bytes()
}

/// Entities that would expand to more than there is memory.
fn entities() -> Vec<u8> {
    let levels = (1..40).map(|level| format!("<!ENTITY a{level} \"{}\">", format!("&a{};", level - 1).repeat(10)));
    let declared: String = std::iter::once("<!ENTITY a0 \"ha\">".to_owned()).chain(levels).collect();
    format!("<?xml version=\"1.0\"?><!DOCTYPE nitf [{declared}]><nitf><body>&a39;</body></nitf>").into_bytes()
}

/// So many megabytes of blanks, compressed.
fn gzip(megabytes: usize) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let blanks = vec![b' '; 1 << 20];
    (0..megabytes).for_each(|_| encoder.write_all(&blanks).expect("memory takes all"));
    encoder.finish().expect("memory takes all")
}

fn gzip_bytes(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory takes all");
    encoder.finish().expect("memory takes all")
}

fn zip(inner: &[u8]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer.start_file("inner.zip", zip::write::SimpleFileOptions::default()).expect("memory takes all");
    writer.write_all(inner).expect("memory takes all");
    writer.finish().expect("memory takes all").into_inner()
}

/// Most memory of the process so far, in bytes.
fn peak(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or_default() << 10
}

/// Processor seconds of the process so far, of all threads, in and below the program; a tick is a hundredth.
fn processor_seconds(process: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}

/// What the report of a run says of its first file.
fn fate(report: &Path) -> String {
    let report = fs::read_to_string(report).unwrap_or_default();
    let lines = report.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let mut files = lines.filter(|line| line["type"] == "file");
    files.next().map_or("no line".to_owned(), |line| match line["reason"].as_str() {
        Some(reason) => reason.to_owned(),
        None => format!("{} articles, {} quotes", line["articles"], line["quotes"]),
    })
}

fn main() {
    println!("{:<26} {:>9} {:>8} {:>8}  fate", "file", "size", "seconds", "peak");
    for (name, make) in FILES {
        let folder = tempfile::tempdir().expect("a folder for the file");
        let (corpus, report) = (folder.path().join("corpus"), folder.path().join("report"));
        fs::create_dir(&corpus).expect("a folder can be made");
        let bytes = make();
        fs::write(corpus.join(name), &bytes).expect("the file can be written");
        let mut child = Command::new(env!("CARGO_BIN_EXE_newsdex"))
            .env("NEWSDEX_CONFIG", "")
            .args(["index", "--quiet", "--report"])
            .arg(&report)
            .arg("--index")
            .args([&folder.path().join("index"), &corpus])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let (mut most, mut seconds) = (0, 0.0_f64);
        while child.try_wait().expect("the program can be waited for").is_none() {
            most = most.max(peak(child.id()));
            seconds = seconds.max(processor_seconds(child.id()));
            std::thread::sleep(Duration::from_millis(2));
        }
        let size = bytes.len() as f64 / f64::from(1 << 20);
        println!("{name:<26} {size:>6.1} MB {seconds:>8.2} {:>5} MB  {}", most >> 20, fate(&report));
    }
}

//! Bytes made a file of a chosen format. Shared by the target `parse` and the test that reads its seeds.

use std::sync::Arc;

use newsdex::crawl::{Dump, Part, RawFile};

/// Names and openings that decide what a file is taken for; the first leaves it to the bytes.
pub(crate) const FORMATS: &[(&str, &str)] = &[
    ("a", ""),
    ("paper/2025/10/12/river.txt", ""),
    ("a.html", "<html>"),
    ("a.xml", "<nitf>"),
    ("a.xml", "<NewsML>"),
    ("a.xml", "<newsMessage>"),
    ("a.xml", "<newsItem>"),
    ("a.xml", "<rss>"),
    ("a.xml", "<feed>"),
    ("a.xml", "<?xml version='1.0'?><story>"),
    ("a.sgm", "<!DOCTYPE lewis SYSTEM 'lewis.dtd'>"),
    ("a.rtf", "{\\rtf1 "),
    ("a.txt", "\u{1}"),
    ("a.tst", "ZCZC AAP\n"),
    ("a.json", "{\""),
    ("a.json", "[{\""),
    ("a.csv", ""),
    ("a.eml", "From: a@b.org\nMessage-ID: <1@b>\n"),
    ("a.jsonl", ""),
    ("a.json", ""),
    ("a.tsv", ""),
    ("a.mbox", ""),
];

/// How the items of the last of [`FORMATS`] are cut, which come as parts of a dump.
const DUMPS: [Dump; 4] = [Dump::Lines, Dump::List, Dump::Rows(b'\t'), Dump::Mailbox];

/// The file that `input` stands for: its first byte chooses the format ("d" the first one, "e" the second, and on from
/// there), the rest follows the format's opening.
pub(crate) fn file(input: &[u8]) -> Option<RawFile> {
    let (choice, content) = input.split_first()?;
    let choice = (usize::from(*choice) + FORMATS.len() - usize::from(b'd') % FORMATS.len()) % FORMATS.len();
    let (name, opening) = FORMATS[choice];
    let mut file = RawFile::new(name, [opening.as_bytes(), content].concat());
    if let Some(dump) = choice.checked_sub(FORMATS.len() - DUMPS.len()).map(|at| DUMPS[at]) {
        let head = Arc::from(&file.bytes[..file.bytes.len().min(512)]);
        file.told.part = Some(Part { dump, before: 0, head });
    }
    Some(file)
}

//! A folder that an enemy filled: the run ends, in bounded memory, and every file has its articles or its reason.

#![allow(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use support::{invented_article, newsdex, outcome};
use zip::write::SimpleFileOptions;

/// What must become of a file.
enum Fate {
    /// So many articles, with a warning that holds these words.
    Articles(u64, &'static str),
    /// None, for a reason that holds these words.
    Skipped(&'static str),
}

use Fate::{Articles, Skipped};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = lzma_rust2::XzWriter::new(Vec::new(), lzma_rust2::XzOptions::with_preset(1)).unwrap();
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// `bytes` with every occurrence of one run of bytes replaced by another of the same length.
fn with(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    for at in 0..bytes.len().saturating_sub(from.len() - 1) {
        if bytes[at..].starts_with(from) {
            bytes[at..at + from.len()].copy_from_slice(to);
        }
    }
    bytes
}

/// A zip archive whose members say that they are encrypted.
fn encrypted(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = zip(members);
    for at in 0..bytes.len() - 10 {
        match &bytes[at..at + 4] {
            b"PK\x03\x04" => bytes[at + 6] |= 1,
            b"PK\x01\x02" => bytes[at + 8] |= 1,
            _ => {}
        }
    }
    bytes
}

/// A zip archive whose members say that they are compressed by `method`.
fn compressed_by(method: u8, members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = zip(members);
    for at in 0..bytes.len() - 12 {
        match &bytes[at..at + 4] {
            b"PK\x03\x04" => bytes[at + 8] = method,
            b"PK\x01\x02" => bytes[at + 10] = method,
            _ => {}
        }
    }
    bytes
}

/// One entry of a tar archive, with a header of any kind.
fn entry(name: &str, kind: tar::EntryType, size: u64, content: &[u8]) -> Vec<u8> {
    let mut header = tar::Header::new_ustar();
    header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
    header.set_entry_type(kind);
    header.set_size(size);
    header.set_cksum();
    let padding = vec![0; content.len().next_multiple_of(512) - content.len()];
    [header.as_bytes(), content, &padding].concat()
}

fn file(name: &str, content: &[u8]) -> Vec<u8> {
    entry(name, tar::EntryType::Regular, content.len() as u64, content)
}

fn warc(kind: &str, length: usize, content: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://www.harrow-gazette.org/2025/10/12/vote\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {length}\r\n\r\n"
    );
    [head.as_bytes(), content, b"\r\n\r\n"].concat()
}

fn answer(page: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}").into_bytes()
}

fn page(story: &str) -> String {
    let paragraphs = format!("<p>{}</p>", story.trim().replace("\n\n", "</p>\n<p>"));
    format!("<!DOCTYPE html><html><head><title>Vote</title></head><body><article>{paragraphs}</article></body></html>")
}

/// Takes a file's name, its content, and what must become of it.
type Add<'a> = dyn FnMut(&'static str, Vec<u8>, Fate) + 'a;

/// The files of the folder, with what must become of each.
fn files() -> Vec<(&'static str, Vec<u8>, Fate)> {
    let mut files = Vec::new();
    let mut add = |name, bytes, fate| files.push((name, bytes, fate));
    texts(&mut add);
    encodings(&mut add);
    pages(&mut add);
    markup(&mut add);
    wires(&mut add);
    json(&mut add);
    tables(&mut add);
    mail(&mut add);
    compressed(&mut add);
    zip_archives(&mut add);
    tar_archives(&mut add);
    web_archives(&mut add);
    files
}

/// Text, and what is none.
fn texts(add: &mut Add<'_>) {
    let story = invented_article(7);
    let text = story.as_bytes();
    add("good.txt", text.to_vec(), Articles(1, ""));
    add("empty.txt", Vec::new(), Skipped("empty"));
    add("blank.txt", b" \r\n\t\n".to_vec(), Skipped("empty"));
    add("zeros.txt", vec![0; 4096], Skipped("not text"));
    add("zeros-inside.txt", [text, b"\0\0\0", text].concat(), Articles(1, ""));
    add(
        "noise.txt",
        (0..60_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect(),
        Skipped("not text"),
    );
    add(
        "huge-line.txt",
        "The river rose, said Maya Torres, “by a metre”. ".repeat(60_000).into_bytes(),
        Articles(1, "longer than 1 MB"),
    );
    add("no-suffix", text.to_vec(), Articles(1, ""));
    add("odd\nname\t\u{202e}.txt", text.to_vec(), Articles(1, ""));
    add("control-characters.txt", [b"\x01\x02\x16 ", text, b"\x03\x04"].concat(), Articles(1, ""));
    add("too-large.txt", vec![b'a'; (64 << 20) + 1], Skipped("larger than 64 MB"));
}

/// Texts in other encodings than they say.
fn encodings(add: &mut Add<'_>) {
    let story = invented_article(7);
    let text = story.as_bytes();
    let html = page(&story);
    let utf16: Vec<u8> = story.encode_utf16().flat_map(u16::to_le_bytes).collect();
    add("utf-16.txt", utf16.clone(), Articles(1, "UTF-16LE"));
    add("utf-16-cut.txt", utf16[..utf16.len() - 1].to_vec(), Articles(1, "UTF-16LE"));
    add(
        "utf-8-labelled-latin.html",
        html.replace("<head>", "<head><meta charset=iso-8859-1>").into_bytes(),
        Articles(1, ""),
    );
    add(
        "latin-labelled-utf-8.html",
        html.replace("<head>", "<head><meta charset=utf-8>")
            .replace(['“', '”'], "\"")
            .replace('—', "-")
            .into_bytes()
            .into_iter()
            .chain(*b"<p>Z\xfcrich</p>")
            .collect(),
        Articles(1, "guess"),
    );
    add("broken-utf-8.txt", [text, b"\xe2\x80"].concat(), Articles(1, "unreadable bytes"));
    add("unknown-label.html", html.replace("<head>", "<head><meta charset=klingon>").into_bytes(), Articles(1, ""));
}

/// Web pages.
fn pages(add: &mut Add<'_>) {
    let story = invented_article(7);
    let html = page(&story);
    add("deep.html", format!("<html><body>{}{}", "<div>".repeat(20_000), html).into_bytes(), Articles(1, ""));
    add(
        "unclosed.html",
        format!("<html><body><p>{}", "<b><i><a href=x>".repeat(20_000)).into_bytes(),
        Skipped("without running text"),
    );
    add("attributes.html", format!("<html><body {}><p>{story}", "a=b ".repeat(100_000)).into_bytes(), Articles(1, ""));
    add("comment.html", format!("<html><!-- {html}").into_bytes(), Skipped("without running text"));
    add(
        "script.html",
        format!("<html><script>{}</script>", "var a;".repeat(50_000)).into_bytes(),
        Skipped("without running text"),
    );
    add("picture.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), Skipped("image"));
    add("page.txt", html.clone().into_bytes(), Articles(1, ""));
}

/// XML and SGML.
fn markup(add: &mut Add<'_>) {
    let entities: String = std::iter::once("<!ENTITY a0 \"ha\">".to_owned())
        .chain((1..40).map(|level| format!("<!ENTITY a{level} \"{}\">", format!("&a{};", level - 1).repeat(10))))
        .collect();
    add(
        "entities.xml",
        format!("<?xml version=\"1.0\"?><!DOCTYPE nitf [{entities}]><nitf><body>&a39;</body></nitf>").into_bytes(),
        Skipped(""),
    );
    add(
        "external.xml",
        b"<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>".to_vec(),
        Skipped(""),
    );
    add("deep.xml", format!("<?xml version=\"1.0\"?>{}", "<a>".repeat(20_000)).into_bytes(), Skipped(""));
    add(
        "cut.sgm",
        b"<!DOCTYPE lewis SYSTEM \"lewis.dtd\"><REUTERS NEWID=\"1\"><DATE> 3-MAR".to_vec(),
        Skipped("no article"),
    );
}

/// The wires' formats: cut short, mislabelled, of wrong lengths.
fn wires(add: &mut Add<'_>) {
    let story = invented_article(7);
    let paragraph = format!("<p>{}</p>", story.trim().replace("\n\n", "</p><p>"));
    let nitf =
        format!("<nitf><body><body.head><hedline><hl1>Vote</hl1></hedline></body.head><body.content>{paragraph}");
    add("cut-nitf.xml", nitf.clone().into_bytes(), Articles(1, ""));
    add("nitf.html", format!("{nitf}</body.content></body></nitf>").into_bytes(), Articles(1, ""));
    add(
        "wrong-label-nitf.xml",
        format!("<?xml version='1.0' encoding='utf-16'?>{nitf}</body.content></body></nitf>").into_bytes(),
        Articles(1, ""),
    );
    let newsml = "<NewsML><NewsItem><NewsComponent>";
    add("deep-newsml.xml", newsml.repeat(5_000).into_bytes(), Skipped(""));
    let item = format!(
        "<newsItem guid='a'><itemMeta><itemClass qcode='ninat:text'/></itemMeta><contentSet><inlineXML><html><body>\
         {paragraph}</body></html></inlineXML></contentSet></newsItem>"
    );
    add("cut-g2.xml", format!("<newsMessage><itemSet>{item}{}", &item[..item.len() / 2]).into_bytes(), Articles(2, ""));
    add("empty-g2.xml", b"<newsMessage><itemSet/></newsMessage>".to_vec(), Skipped("no article"));
    let entry = format!("<item><title>Vote</title><description><![CDATA[{paragraph}]]></description></item>");
    add(
        "cut.rss",
        format!("<rss><channel>{entry}<item><description><![CDATA[<p>cut").into_bytes(),
        Articles(1, "without a text"),
    );
    add("endless.atom", "<feed><entry>".repeat(20_000).into_bytes(), Skipped(""));
    add("no-end.tst", format!("\u{1}\u{2}Vote in Harrow =\r\n\r\n   {story}").into_bytes(), Articles(1, ""));
    add("marks-only.tst", b"\x01\x02\x03\x01\x02\x03".to_vec(), Skipped(""));
    add("header-only.tst", b"ZCZC AAP\r\n$Vote in Harrow\r\n#vote\r\n".to_vec(), Skipped("without a text"));
    add("no-end.rtf", format!("{{\\rtf1 {}", story.replace('\n', "\\par ")).into_bytes(), Articles(1, ""));
    add("deep.rtf", format!("{}{story}", "{\\rtf1 ".repeat(50_000)).into_bytes(), Articles(1, ""));
}

/// JSON and JSON lines.
fn json(add: &mut Add<'_>) {
    let story = invented_article(7);
    let record = format!("{}\n", serde_json::json!({"title": "Vote", "text": story}));
    add("deep.json", "[".repeat(100_000).into_bytes(), Skipped("not valid JSON"));
    add("deep-object.json", "{\"a\":".repeat(100_000).into_bytes(), Skipped("not valid JSON"));
    add(
        "cut.json",
        format!("[{record},{record},{{\"title\": \"cu").into_bytes(),
        Articles(2, "cut short: the file ends in the middle of an item"),
    );
    add(
        "bad-lines.jsonl",
        format!("{record}{{broken\n\0\n{record}").into_bytes(),
        Articles(2, "2 items not valid JSON"),
    );
    add("broken-lines.jsonl", format!("{record}{{broken\n{record}[]\n").into_bytes(), Articles(2, "not valid JSON"));
    add(
        "large.jsonl",
        format!("{}{{broken\n{}", record.repeat(400), record.repeat(400)).into_bytes(),
        Articles(800, "not valid JSON"),
    );
    add(
        "wrapped.json",
        format!("{{\"hits\": {{\"hits\": [{{\"_source\": {record}}}, {{\"_source\": 3}}]}}}}").into_bytes(),
        Articles(1, "without a field"),
    );
    add("numbers.json", format!("[{}]", "1,".repeat(30_000)).into_bytes(), Skipped(""));
    add("json.txt", record.clone().into_bytes(), Articles(1, ""));
}

/// Tables.
fn tables(add: &mut Add<'_>) {
    let story = invented_article(7);
    add(
        "unbalanced.csv",
        format!("title,text\nOne,\"{0}\nTwo,\"{0}\"\nThree,\"{0}\"\n", story.replace(['\n', '"'], " ")).into_bytes(),
        Articles(3, ""),
    );
    add(
        "ragged.csv",
        format!(
            "title,text,date\nOne\nTwo,{0},2025-10-12,more,and,more\n,,,,,,\n",
            "Hundreds of people left their homes"
        )
        .into_bytes(),
        Articles(1, "without a text"),
    );
    add("no-texts.csv", b"name,size\nriver,3\nlake,4\n".to_vec(), Skipped("--map body=COLUMN"));
    add("one-quote.csv", b"title,text\n\"".to_vec(), Skipped("no article"));
    add("semicolons.csv", format!("title;text\nOne;\"{}\"\n", story.replace('"', "'")).into_bytes(), Articles(1, ""));
}

/// Messages and mailboxes.
fn mail(add: &mut Add<'_>) {
    let story = invented_article(7);
    let message = format!(
        "From: Maya Torres <maya@harrow-gazette.org>\nSubject: Vote\nDate: Sun, 12 Oct 2025 08:00:00 +0000\n\
         Message-ID: <1@harrow>\n\n{story}"
    );
    add("letter.eml", message.clone().into_bytes(), Articles(1, ""));
    add("headers-only.eml", b"From: a@b.org\nMessage-ID: <1@b>\nSubject: Nothing\n\n".to_vec(), Skipped("no article"));
    add(
        "no-end.mbox",
        format!(
            "From a@b.org Sun Oct 12 08:00:00 2025\n{message}\n\nFrom c@d.org Sun Oct 12 09:00:00 2025\n{}",
            &message[..message.len() / 2]
        )
        .into_bytes(),
        Articles(2, ""),
    );
    add(
        "boundaries.eml",
        format!(
            "From: a@b.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n{}",
            "--b\nContent-Type: multipart/mixed; boundary=b\n\n".repeat(5_000)
        )
        .into_bytes(),
        Skipped("empty"),
    );
}

/// Compressed files.
fn compressed(add: &mut Add<'_>) {
    let story = invented_article(7);
    let text = story.as_bytes();
    let blanks = vec![b' '; 6 << 20];
    add("cut.txt.gz", gzip(&[text, &noise(200_000)].concat())[..90_000].to_vec(), Skipped("damaged: cut short"));
    add(
        "cut-text.gz",
        {
            let packed =
                gzip(&(0..2_000).flat_map(|number| invented_article(number).into_bytes()).collect::<Vec<u8>>());
            packed[..packed.len() / 2].to_vec()
        },
        Articles(1, "cut short"),
    );
    add("broken.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\0nothing".to_vec(), Skipped("damaged"));
    add("bomb.gz", gzip(&blanks), Skipped("times its size"));
    add("bomb.bz2", bzip2(&blanks), Skipped("times its size"));
    add("bomb.xz", xz(&blanks), Skipped("times its size"));
    add("bomb.zst", zstd(&blanks), Skipped("times its size"));
    add("bomb-in-bomb.gz", gzip(&gzip(&blanks)), Skipped("times its size"));
    add("mislabelled.gz", text.to_vec(), Articles(1, ""));
    add("mislabelled.zst", gzip(text), Articles(1, ""));
    add("trailing.gz", [gzip(text), b"garbage".to_vec()].concat(), Articles(1, ""));
    add("not-xz.xz", b"\xfd7zXZ\0 and then nothing".to_vec(), Skipped("damaged"));
    add("not-zstd.zst", b"\x28\xb5\x2f\xfd and then nothing".to_vec(), Skipped("damaged"));
    add("not-bzip2.bz2", b"BZh91AY&SY nothing at all".to_vec(), Skipped("damaged"));
}

/// Zip archives.
fn zip_archives(add: &mut Add<'_>) {
    let story = invented_article(7);
    let text = story.as_bytes();
    let blanks = vec![b' '; 6 << 20];
    let deep_zip = (0..8).fold(zip(&[("a.txt", text)]), |inner, _| zip(&[("inner.zip", &inner)]));
    add(
        "names.zip",
        zip(&[("/etc/passwd", text), ("../../escape.txt", text), ("a\nb.txt", text), ("", text)]),
        Articles(4, ""),
    );
    add("twice.zip", with(zip(&[("aaaa.txt", text), ("bbbb.txt", text)]), b"bbbb.txt", b"aaaa.txt"), Articles(2, ""));
    add("bomb.zip", zip(&[("a.txt", &blanks), ("b.txt", &blanks), ("c.txt", text)]), Skipped("times its size"));
    add("nested.zip", deep_zip, Skipped("archive inside of 4 archives"));
    add("encrypted.zip", encrypted(&[("a.txt", text), ("b.txt", text)]), Skipped("encrypted member"));
    add("unknown-method.zip", compressed_by(97, &[("a.txt", text)]), Skipped("method"));
    add(
        "cut.zip",
        {
            let whole = zip(&[("a.txt", text), ("b.txt", text)]);
            whole[..whole.len() - 50].to_vec()
        },
        Articles(2, "damaged"),
    );
    add("no-members.zip", zip(&[]), Skipped("empty"));
    add(
        "wrong-sum.zip",
        {
            let mut whole = zip(&[("a.txt", text), ("b.txt", text)]);
            let list = whole.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
            whole[list + 16] ^= 0xff;
            whole
        },
        Articles(2, "checksum"),
    );
}

/// Tar archives.
fn tar_archives(add: &mut Add<'_>) {
    let story = invented_article(7);
    let text = story.as_bytes();
    let zeros = vec![0; 8 << 20];
    add(
        "devices.tar",
        [
            entry("dev/sda", tar::EntryType::Block, 0, b""),
            entry("pipe", tar::EntryType::Fifo, 0, b""),
            entry("up", tar::EntryType::Symlink, 0, b""),
            file("a.txt", text),
            vec![0; 1024],
        ]
        .concat(),
        Articles(1, "special file"),
    );
    add(
        "escape.tar",
        [file("/etc/passwd", text), file("../../a.txt", text), file("a.txt", text), file("a.txt", text)].concat(),
        Articles(4, ""),
    );
    add(
        "cut.tar",
        {
            let whole = [file("a.txt", text), file("b.txt", text)].concat();
            whole[..whole.len() - 300].to_vec()
        },
        Articles(2, "cut short"),
    );
    add(
        "wrong-size.tar",
        entry("a.txt", tar::EntryType::Regular, 8 << 30, &b"The river rose. ".repeat(64)),
        Articles(1, "cut short"),
    );
    add(
        "wrong-sum.tar",
        [file("a.txt", text), with(file("b.txt", text), b"b.txt", b"c.txt")].concat(),
        Articles(1, "checksum"),
    );
    add("long-name.tar", entry("long", tar::EntryType::GNULongName, 4 << 30, b"name"), Skipped("name of more than"));
    add("zeros.tar.gz", gzip(&zeros), Skipped("times its size"));
}

/// Web archives.
fn web_archives(add: &mut Add<'_>) {
    let story = invented_article(7);
    let html = page(&story);
    let good = warc("response", answer(&html).len(), &answer(&html));
    add("good.warc", good.clone(), Articles(1, ""));
    add("too-long.warc", warc("response", 1 << 40, &answer(&html)), Articles(1, "cut short"));
    add("too-short.warc", [warc("response", 60, &answer(&html)), good.clone()].concat(), Articles(1, "a page of"));
    add("no-length.warc", with(good.clone(), b"Content-Length", b"Content-Lengty"), Skipped(""));
    add("bad-length.warc", with(good.clone(), b"Content-Length: ", b"Content-Length:-"), Skipped("damaged"));
    add("errors.warc", warc("response", 40, b"HTTP/1.1 404 Not Found\r\nServer: x\r\n\r\nnot"), Skipped("404"));
    add("requests.warc", warc("request", 20, b"GET / HTTP/1.1\r\n\r\n  "), Skipped("empty"));
    add(
        "cut.warc.gz",
        {
            let packed = gzip(&good.repeat(50));
            packed[..packed.len() - 4].to_vec()
        },
        Articles(50, "cut short"),
    );
}

/// Bytes that no method compresses.
fn noise(length: u32) -> Vec<u8> {
    (0..length).map(|at| (at.wrapping_mul(2_654_435_761).rotate_left(at % 31) >> 11) as u8).collect()
}

/// Runs the index over `corpus` and gives its exit status and most memory, in bytes, as last seen.
fn index(folder: &Path, corpus: &Path) -> (Option<i32>, u64) {
    let mut child = newsdex()
        .args(["index", "--threads", "2", "--report"])
        .arg(folder.join("report"))
        .arg("--index")
        .args([&folder.join("index"), corpus])
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
        peak = peak.max(kilobytes.unwrap_or_default() << 10);
        std::thread::sleep(Duration::from_millis(5));
    }
    (child.wait().unwrap().code(), peak)
}

#[test]
fn every_file_has_its_articles_or_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = folder.path().join("corpus");
    fs::create_dir(&corpus).unwrap();
    let files = files();
    assert!(files.len() >= 60, "{} files", files.len());
    for (name, bytes, _) in &files {
        fs::write(corpus.join(name), bytes).unwrap();
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink(&corpus, corpus.join("loop")).unwrap();
        symlink(corpus.join("self"), corpus.join("self")).unwrap();
        symlink("/dev/zero", corpus.join("device")).unwrap();
    }
    let (code, peak) = index(folder.path(), &corpus);
    assert_eq!(code, Some(0));
    println!("most memory: {} MB", peak >> 20);
    assert!(peak < 1 << 30, "{} MB", peak >> 20);

    let report = fs::read_to_string(folder.path().join("report")).unwrap();
    let lines = report.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let lines: BTreeMap<String, Value> = lines
        .filter(|line| line["type"] == "file")
        .map(|line| (line["path"].as_str().unwrap().rsplit_once("corpus/").unwrap().1.to_owned(), line))
        .collect();
    let wrong: Vec<String> = files.iter().filter_map(|(name, _, fate)| wrong(name, lines.get(*name), fate)).collect();
    assert!(wrong.is_empty(), "{} of {} files:\n{}", wrong.len(), files.len(), wrong.join("\n"));
    #[cfg(unix)]
    for (name, reason) in [("loop", "link back"), ("self", "symbolic links"), ("device", "special file")] {
        assert!(lines[name]["reason"].as_str().unwrap().contains(reason), "{}", lines[name]);
    }
    let (code, verified, _) = outcome(&folder.path().join("index"), &["verify"]);
    assert_eq!(code, Some(0), "{verified}");
}

/// What is wrong about the report's `line` on the file `name`.
fn wrong(name: &str, line: Option<&Value>, fate: &Fate) -> Option<String> {
    let Some(line) = line else { return Some(format!("{name:?} has no line")) };
    let told = format!("{}", line["warnings"]);
    let holds = match fate {
        Articles(count, warning) => line["articles"] == *count && told.contains(warning),
        Skipped(reason) => {
            line["outcome"] == "skipped" && line["reason"].as_str().is_some_and(|own| own.contains(reason))
        }
    };
    (!holds).then(|| format!("{name:?}: {line}"))
}

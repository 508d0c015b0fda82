//! Containers of every kind, whole and broken.

use std::fs;
use std::io::Write as _;
use std::time::SystemTime;

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

use super::*;

/// What comes out of the file `name` that holds `bytes`: paths with their text, or with the reason.
fn lines(name: &str, bytes: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let file = FoundFile { path, size: bytes.len() as u64, modified: SystemTime::UNIX_EPOCH };
    assert!(is_container(&file).unwrap(), "{name} is a container");
    let around = format!("{}/", folder.path().display());
    let mut lines = Vec::new();
    members(&file, &mut |member| {
        let line = match member {
            Ok(RawFile { path, bytes, .. }) => {
                format!("{}: {}", path.replace(&around, ""), String::from_utf8_lossy(&bytes[..bytes.len().min(60)]))
            }
            Err(Skipped { path, reason }) => format!("{}: ({reason})", path.replace(&around, "")),
        };
        lines.push(line);
        ControlFlow::Continue(())
    });
    lines
}

fn check(name: &str, bytes: &[u8], expect: &[&str]) {
    assert_eq!(lines(name, bytes), expect);
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = lzma_rust2::XzWriter::new(Vec::new(), lzma_rust2::XzOptions::with_preset(1)).unwrap();
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ::bzip2::write::BzEncoder::new(Vec::new(), ::bzip2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        // What tells the kind of a document is never compressed.
        let method = if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

/// A header of its own making, for names and kinds that the builder refuses.
fn entry(name: &str, kind: tar::EntryType, size: u64) -> Vec<u8> {
    let mut header = tar::Header::new_ustar();
    header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
    header.set_entry_type(kind);
    header.set_size(size);
    header.set_cksum();
    header.as_bytes().to_vec()
}

const TEXT: &[u8] = b"The river rose.";

#[test]
fn compressed_files_are_named_without_their_ending() {
    check("story.txt.gz", &gzip(TEXT), &["story.txt.gz!/story.txt: The river rose."]);
    check("story.txt.zst", &zstd(TEXT), &["story.txt.zst!/story.txt: The river rose."]);
    check("story.txt.xz", &xz(TEXT), &["story.txt.xz!/story.txt: The river rose."]);
    check("story.txt.bz2", &bzip2(TEXT), &["story.txt.bz2!/story.txt: The river rose."]);
    // The ending is no evidence, the bytes are.
    check("story.html", &xz(TEXT), &["story.html!/story.html: The river rose."]);
}

#[test]
fn parts_are_joined() {
    for (name, pack) in [("a.gz", gzip as fn(&[u8]) -> Vec<u8>), ("a.zst", zstd), ("a.xz", xz), ("a.bz2", bzip2)] {
        let parts = [pack(b"The river "), pack(b"rose.")].concat();
        check(name, &parts, &[&format!("{name}!/a: The river rose.")]);
    }
}

#[test]
fn archives_give_their_members_in_order() {
    let members: &[(&str, &[u8])] = &[("2025/b.txt", TEXT), ("a.txt", b"It fell."), ("empty.txt", b"")];
    let expect = |name: &str| {
        [
            format!("{name}!/2025/b.txt: The river rose."),
            format!("{name}!/a.txt: It fell."),
            format!("{name}!/empty.txt: (empty)"),
        ]
    };
    for (name, bytes) in [
        ("a.zip", zip(members)),
        ("a.tar", tar(members)),
        ("a.tar.gz", gzip(&tar(members))),
        ("a.tgz", gzip(&tar(members))),
        ("a.tar.zst", zstd(&tar(members))),
        ("a.tar.xz", xz(&tar(members))),
        ("a.tbz2", bzip2(&tar(members))),
    ] {
        assert_eq!(lines(name, &bytes), expect(name));
    }
}

#[test]
fn long_names_of_tar_members_are_read() {
    let name = format!("{}/story.txt", "folder".repeat(40));
    check("a.tar", &tar(&[(&name, TEXT)]), &[&format!("a.tar!/{name}: The river rose.")]);
}

#[test]
fn members_that_are_no_files_are_named() {
    let rest =
        [entry("dev", tar::EntryType::Char, 0), entry("up", tar::EntryType::Symlink, 0), tar(&[("a.txt", TEXT)])];
    check(
        "a.tar",
        &rest.concat(),
        &[
            "a.tar!/dev: (special file: not a format that newsdex reads)",
            "a.tar!/up: (link inside an archive: not a format that newsdex reads)",
            "a.tar!/a.txt: The river rose.",
        ],
    );
}

/// Parts of office documents came as articles: what was deleted stood between the words, and `mimetype` was one of its own.
#[test]
fn office_documents_are_told_and_the_pages_of_books_are_read() {
    let skipped = |name: &str| format!("{name}: (office document: not a format that newsdex reads)");
    let text = b"application/vnd.oasis.opendocument.text";
    let odt = zip(&[("mimetype", text), ("content.xml", TEXT)]);
    let docx = zip(&[("[Content_Types].xml", b"<Types/>"), ("_rels/.rels", b"<R/>"), ("word/document.xml", TEXT)]);
    let typed = zip(&[("[Content_Types].xml", b"<Types/>"), ("b.txt", TEXT)]);
    check("a.zip", &typed, &["a.zip!/[Content_Types].xml: <Types/>", "a.zip!/b.txt: The river rose."]);
    check("a.odt", &odt, &[&skipped("a.odt")]);
    check("a.docx", &docx, &[&skipped("a.docx")]);
    let other = zip(&[("_rels/.rels", b"<R/>"), ("word/document.xml", TEXT), ("[Content_Types].xml", b"<Types/>")]);
    for (name, whole) in [("a.odt", &odt), ("a.docx", &docx), ("a.docx", &other)] {
        check(name, &whole[..whole.len() - 100], &[&skipped(name)]);
    }
    check(
        "a.zip",
        &zip(&[("a.docx", &docx), ("b.txt", TEXT)]),
        &[&skipped("a.zip!/a.docx"), "a.zip!/b.txt: The river rose."],
    );
    let book = zip(&[("mimetype", b"application/epub+zip"), ("a.xhtml", TEXT)]);
    check("a.epub", &book, &["a.epub!/a.xhtml: The river rose."]);
    check("a.zip", &zip(&[("in/mimetype", TEXT)]), &["a.zip!/in/mimetype: The river rose."]);
}

/// What an archive's reader knows by name alone, is the last of each name.
#[test]
fn members_of_one_name_are_told_apart() {
    let members: &[(&str, &[u8])] = &[("a.txt", TEXT), ("b.txt", b"The bridge fell."), ("c.txt", b"It rained.")];
    let mut archive = zip(members);
    let named: Vec<usize> = memchr::memmem::find_iter(&archive, b"c.txt").collect();
    for at in named {
        archive[at] = b'a';
    }
    let expect = ["a.zip!/a.txt: It rained.", "a.zip!/b.txt: The bridge fell.", "a.zip!/a.txt~2: The river rose."];
    check("a.zip", &archive, &expect);
    check(
        "b.tar",
        &tar(&[("in.zip", &archive)]),
        &expect.map(|line| line.replace("a.zip", "b.tar!/in.zip")).each_ref().map(String::as_str),
    );
}

#[test]
fn archives_lie_in_archives_only_so_deep() {
    let mut bytes = zip(&[("a.txt", TEXT)]);
    let mut inner = "a.txt".to_owned();
    for _ in 1..4 {
        bytes = zip(&[("z.zip", &bytes)]);
        inner = format!("z.zip!/{inner}");
        check("z.zip", &bytes, &[&format!("z.zip!/{inner}: The river rose.")]);
    }
    bytes = zip(&[("z.zip", &bytes)]);
    let expect = "z.zip!/z.zip!/z.zip!/z.zip!/z.zip: (archive inside of 4 archives: not a format that newsdex reads)";
    check("z.zip", &bytes, &[expect]);
    let packed = zip(&[("b.tar.gz", &gzip(&tar(&[("c.txt.xz", &xz(TEXT))])))]);
    check("a.zip", &packed, &["a.zip!/b.tar.gz!/c.txt.xz!/c.txt: The river rose."]);
}

#[test]
fn what_is_cut_short_gives_its_beginning() {
    let long = "The river rose by a metre. ".repeat(40_000);
    let bytes = gzip(long.as_bytes());
    let found = lines("a.txt.gz", &bytes[..bytes.len() / 2]);
    assert_eq!(found[0], "a.txt.gz!/a.txt: (damaged: cut short)");
    assert!(found[1].starts_with("a.txt.gz!/a.txt: The river rose by a metre."), "{}", found[1]);

    let archive = tar(&[("a.txt", TEXT), ("b.txt", TEXT)]);
    check("a.tar", &archive[..1024 + 100], &["a.tar!/a.txt: The river rose.", "a.tar: (damaged: cut short)"]);
    let archive = zip(&[("a.txt", TEXT), ("b.txt", TEXT)]);
    let found = lines("a.zip", &archive[..archive.len() - 60]);
    assert_eq!(found[..2], ["a.zip!/a.txt: The river rose.", "a.zip!/b.txt: The river rose."]);
    assert!(found[2].starts_with("a.zip: (damaged: zip: "), "{}", found[2]);
}

#[test]
fn a_broken_member_does_not_stop_the_rest() {
    let mut archive = zip(&[("a.txt", TEXT.repeat(9).as_slice()), ("b.txt", TEXT)]);
    archive[36..46].fill(0xff);
    let found = lines("a.zip", &archive);
    assert!(found[0].starts_with("a.zip!/a.txt: (damaged: "), "{}", found[0]);
    assert_eq!(found.last().unwrap(), "a.zip!/b.txt: The river rose.");
}

#[test]
fn bombs_are_defused() {
    let zeros = vec![b'a'; 20 << 20];
    for (name, bytes) in
        [("a.gz", gzip(&zeros)), ("a.bz2", bzip2(&zeros)), ("a.xz", xz(&zeros)), ("a.zst", zstd(&zeros))]
    {
        let found = lines(name, &bytes);
        assert_eq!(found[0], format!("{name}!/a: (unpacks to more than 200 times its size)"));
    }
    let packed = zip(&[("a.txt", &zeros), ("b.txt", &zeros)]);
    assert!(lines("a.zip", &packed).iter().any(|line| line.ends_with("(unpacks to more than 200 times its size)")));
    let name = entry("long", tar::EntryType::GNULongName, 1 << 30);
    let found = lines("a.tar.gz", &gzip(&[name, vec![b'n'; 1 << 16]].concat()));
    assert_eq!(found, ["a.tar.gz: (damaged: tar: a name of more than 64 KB)"]);
}

#[test]
fn a_file_with_nothing_readable_says_why() {
    let found = lines("a.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\0nothing");
    assert_eq!(found, ["a.gz!/a: (damaged: gzip: corrupt deflate stream)"]);
    check("a.gz", &gzip(b""), &["a.gz!/a: (empty)"]);
    check("a.zip", b"PK\x05\x06", &["a.zip: (damaged: zip: its list of members cannot be read)"]);
}

/// A record of a web archive.
fn warc(kind: &str, content: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://harrow.example/vote\r\nContent-Length: {}\r\n\r\n",
        content.len()
    );
    [head.as_bytes(), content, b"\r\n\r\n"].concat()
}

const PAGE: &str = "<html><p>The river rose over its banks in the night to Monday, the council said.</p></html>";

/// The pages of the web archive `bytes`, with what was told of them.
fn pages(name: &str, bytes: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let file = FoundFile { path, size: bytes.len() as u64, modified: SystemTime::UNIX_EPOCH };
    let mut pages = Vec::new();
    members(&file, &mut |member| {
        pages.push(match member {
            Ok(RawFile { bytes, told, path }) => {
                let (address, encoding) = (told.address.unwrap_or_default(), told.encoding.unwrap_or_default());
                let number = path.rsplit("!/").next().unwrap_or_default();
                format!("{number} {address} {encoding} {}", bytes == PAGE.as_bytes())
            }
            Err(skipped) => skipped.reason.to_string(),
        });
        ControlFlow::Continue(())
    });
    pages
}

#[test]
fn pages_of_web_archives_are_unpacked() {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=koi8-r\r\n";
    let plain = format!("{head}\r\n{PAGE}");
    let (begin, end) = PAGE.split_at(40);
    let chunked = format!(
        "{head}Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{begin}\r\n{:x}\r\n{end}\r\n0\r\n\r\n",
        begin.len(),
        end.len()
    );
    let packed = [format!("{head}Content-Encoding: gzip\r\n\r\n").as_bytes(), &gzip(PAGE.as_bytes())].concat();
    // The crawler has unpacked the page, and kept the header.
    let unpacked = format!("{head}Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n{PAGE}");
    let records = [
        warc("warcinfo", b"software: x"),
        warc("request", b"GET /vote HTTP/1.1\r\n\r\n"),
        warc("response", plain.as_bytes()),
        warc("response", chunked.as_bytes()),
        warc("response", &packed),
        warc("response", unpacked.as_bytes()),
        warc("response", b"HTTP/1.1 301 Moved\r\n\r\n"),
        warc("response", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx"),
    ];
    let page = |number: usize| format!("{number} https://harrow.example/vote koi8-r true");
    let expect = [
        page(1),
        page(2),
        page(3),
        page(4),
        "no article: the server answered 301".to_owned(),
        "image/png: not a format that newsdex reads".to_owned(),
    ];
    assert_eq!(pages("a.warc", &records.concat()), expect);
    let each: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    assert_eq!(pages("a.warc.gz", &each), expect);
}

/// [`PAGE`] as a server sends it to browsers that read brotli.
const BROTLI: &[u8] = b"B\x0b\x00\x92\xc5\x81\x1d\xeb2\x92F\x15\xc5v\x94oiM\xcdC\x85\x06\xa7\xdc\xe8\x0a$\xafY|\xc2\xc8@K.`\xbe-I\x13\x0c\xf8\xb7w\xcay\x8cY\x02y\xd4~\xfd\xdd\xd0\x8c\xb5t\x08\xd9\x02\xbd\xf7v+\x91\xba\xc4\xe5\xf9%\xc7t\xde\x04)t\x22";

#[test]
fn pages_compressed_by_their_server_are_unpacked() {
    let answer = |method: &str, bytes: &[u8]| {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {method}\r\n\r\n");
        warc("response", &[head.as_bytes(), bytes].concat())
    };
    let records = [
        answer("br", BROTLI),
        answer("br", PAGE.as_bytes()),
        answer("zstd", &zstd(PAGE.as_bytes())),
        answer("deflate", PAGE.as_bytes()),
    ];
    let expect: Vec<String> = (1..5).map(|number| format!("{number} https://harrow.example/vote  true")).collect();
    assert_eq!(pages("a.warc", &records.concat()), expect);
}

#[test]
fn a_broken_record_does_not_end_a_web_archive() {
    let plain = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}");
    let noise: Vec<String> = (0..4000_u32).map(|at| at.wrapping_mul(2_654_435_761).to_string()).collect();
    let noise = noise.join(" ");
    let long = gzip(&warc("response", format!("{plain}<p>{noise}</p>").as_bytes()));
    let good = gzip(&warc("response", plain.as_bytes()));
    let broken = |at: usize| {
        let mut record = long.clone();
        record[at..at + 40].fill(0xff);
        record
    };
    let (page, damaged) = (|number: usize| format!("{number} https://harrow.example/vote  true"), "damaged: gzip: ");
    let check = |broken: &[u8], expect: &[&str]| {
        let found = pages("a.warc.gz", &[&good, broken, &good, &good].concat());
        let alike = |(line, expect): (&String, &&str)| line.starts_with(expect);
        assert!(found.len() == expect.len() && found.iter().zip(expect).all(alike), "{found:?}");
    };
    // Its beginning is broken; its middle is, and what comes before that is kept.
    check(&broken(12), &[&page(1), damaged, &page(2), &page(3)]);
    let (second, third, fourth) = ("2 https://harrow.example/vote  false", page(3), page(4));
    check(&broken(long.len() / 2), &[&page(1), second, damaged, &third, &fourth]);
    assert_eq!(pages("a.warc.gz", &[good.clone(), vec![0; 512], good.clone()].concat()), [page(1), page(2)]);
}

#[test]
fn records_of_older_web_archives_are_read() {
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}");
    let archive = format!(
        "filedesc://a.arc 0.0.0.0 20251012080000 text/plain 4\n1 0 \n\n\
         http://harrow.example/a vote 10.0.0.1 20251012080000 text/html {}\n{answer}\n",
        answer.len()
    );
    assert_eq!(pages("a.arc", archive.as_bytes()), ["1 http://harrow.example/a vote  true"]);
}

#[test]
fn dumps_come_in_pieces_of_whole_items() {
    let line =
        |number: usize| format!("{{\"title\": \"Vote {number}\", \"text\": \"{}\"}}", "The river rose. ".repeat(40));
    let lines: String = (0..3000).map(|number| line(number) + "\n").collect();
    let list = format!("{{\"articles\": [{}]}}", (0..3000).map(line).collect::<Vec<_>>().join(",\n"));
    for (name, text) in [("a.jsonl", lines), ("a.json", list)] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, &text).unwrap();
        let file = FoundFile { path, size: text.len() as u64, modified: SystemTime::UNIX_EPOCH };
        let (mut items, mut pieces) = (0, 0);
        members(&file, &mut |member| {
            let RawFile { bytes, told, .. } = member.unwrap();
            let part = told.part.unwrap();
            assert_eq!(part.before, items);
            assert!(bytes.len() < PIECE + 2000);
            let first = part.dump.items(&bytes).next().unwrap();
            assert_eq!(String::from_utf8_lossy(first).trim(), line(items));
            items += part.dump.items(&bytes).count();
            pieces += 1;
            ControlFlow::Continue(())
        });
        assert_eq!(items, 3000, "{name}");
        assert!(pieces > 3, "{name}: {pieces} pieces");
    }
}

#[test]
fn messages_come_one_by_one() {
    let message =
        |number: usize| format!("From a@b Sun Oct 12 08:00:00 2025\nSubject: Vote {number}\n\nThe river rose.\n\n");
    let mailbox: String = (1..4).map(message).collect();
    let expect: Vec<String> = (1..4)
        .map(|number| {
            format!("a.mbox!/{number}: From a@b Sun Oct 12 08:00:00 2025\nSubject: Vote {number}\n\nThe river")
        })
        .collect();
    let found: Vec<String> =
        lines("a.mbox", mailbox.as_bytes()).iter().map(|line| line.chars().take(70).collect()).collect();
    let expect: Vec<String> = expect.iter().map(|line| line.chars().take(70).collect()).collect();
    assert_eq!(found, expect);
}

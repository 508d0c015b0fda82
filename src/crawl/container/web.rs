//! Archives of web crawls: WARC, and the older ARC. Pages become members, with the address that they were fetched from.
//!
//! The format is lines of text before each record, so it is read here, with a limit on every line: records of a hostile
//! file claim any length.

use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;

use brotli_decompressor::Decompressor;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::compressed::Zstd;
use super::stream::{Stream, reason};
use super::{FILE_LIMIT, Opener, RawFile, SkipReason, magic};
use crate::crawl::Told;

/// Longest line of a record's header, in bytes, and how many lines there may be.
const HEADER: (u64, usize) = (64 << 10, 400);

/// Least bytes of a page: less is what is left of one whose record has a wrong length.
const SHORTEST: usize = 64;

/// How often a stream may fail before its next record is found: behind what is broken, a stream of gzip goes on with its
/// next part, which may look like one and be none.
const FAILURES: usize = 100;

/// Opens the records of the web archive in `stream`.
pub(super) fn read(opener: &mut Opener<'_>, around: &str, stream: Stream<'_>) -> ControlFlow<()> {
    let mut reader = Reader { source: BufReader::with_capacity(64 << 10, stream), pages: 0, failures: 0, around };
    loop {
        match reader.next() {
            Ok(Some(record)) => reader.open(opener, &record)?,
            Ok(None) => return ControlFlow::Continue(()),
            Err(error) => reader.fail(opener, &error)?,
        }
        if reader.failures > FAILURES {
            return ControlFlow::Continue(());
        }
    }
}

/// What stands before a record.
#[derive(Debug, Default)]
struct Record {
    /// Its kind, in small letters: "response", "resource", "conversion", "request".
    kind: String,
    address: Option<String>,
    /// Kind of content, in small letters.
    content: String,
    length: u64,
}

struct Reader<'a, 'b> {
    source: BufReader<Stream<'b>>,
    /// How many records were pages.
    pages: usize,
    /// How often the stream failed since the last record; more than [`FAILURES`] where nothing more can be read of it.
    failures: usize,
    around: &'a str,
}

impl Reader<'_, '_> {
    /// The next record, whose content follows; `None` at the end. What stands between records is passed over.
    fn next(&mut self) -> io::Result<Option<Record>> {
        loop {
            let Some(line) = self.line()? else { return Ok(None) };
            if line.starts_with("WARC/") {
                return self.header().map(Some);
            }
            if let Some(record) = arc_record(&line) {
                return Ok(Some(record));
            }
        }
    }

    /// The next line, without its end; `None` at the end of the archive.
    fn line(&mut self) -> io::Result<Option<String>> {
        let mut line = Vec::new();
        let read = Read::by_ref(&mut self.source).take(HEADER.0).read_until(b'\n', &mut line)?;
        Ok((read > 0).then(|| String::from_utf8_lossy(&line).trim_end().to_owned()))
    }

    fn header(&mut self) -> io::Result<Record> {
        let mut record = Record::default();
        for _ in 0..HEADER.1 {
            let line = self.line()?.ok_or(io::ErrorKind::UnexpectedEof)?;
            if line.is_empty() {
                break;
            }
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "warc-type" => record.kind = value.to_ascii_lowercase(),
                "warc-target-uri" => record.address = Some(value.trim_matches(['<', '>']).to_owned()),
                "content-type" => record.content = value.to_ascii_lowercase(),
                "content-length" => {
                    let length = value.parse();
                    record.length = length.map_err(|_| io::Error::other("warc: a record without its length"))?;
                }
                _ => {}
            }
        }
        Ok(record)
    }

    /// Hands over the page of `record`, where it is one, and passes over the rest of it.
    fn open(&mut self, opener: &mut Opener<'_>, record: &Record) -> ControlFlow<()> {
        let mut content = Content { left: Read::by_ref(&mut self.source).take(record.length), failure: None };
        let is_page = match record.kind.as_str() {
            "response" => record.address.as_ref().is_some_and(|address| address.starts_with("http")),
            "resource" | "conversion" => true,
            _ => false,
        };
        let mut taken = ControlFlow::Continue(());
        if is_page {
            self.pages += 1;
            let path = format!("{}!/{}", self.around, self.pages);
            taken = match page(record, &mut content) {
                Ok((bytes, told)) => match magic::refuse(&bytes) {
                    Some(reason) => opener.skip(path, reason),
                    None => (opener.take)(Ok(RawFile { path, bytes, told })),
                },
                Err(reason) => opener.skip(path, reason),
            };
        }
        taken?;
        let passed = io::copy(&mut content, &mut io::sink());
        let (is_short, failure) = (content.left.limit() > 0, content.failure);
        self.failures = 0;
        match failure.or(passed.err()) {
            Some(error) => self.fail(opener, &error),
            None if is_short => opener.skip(self.around.to_owned(), SkipReason::Damaged("cut short".into())),
            None => ControlFlow::Continue(()),
        }
    }

    /// Says what failed; the records behind it are looked for, unless it is all too much.
    fn fail(&mut self, opener: &mut Opener<'_>, error: &io::Error) -> ControlFlow<()> {
        let reason = reason(error);
        self.failures = if reason == SkipReason::Bomb { FAILURES + 1 } else { self.failures + 1 };
        // What is no record says so once.
        if self.failures == 1 || reason == SkipReason::Bomb {
            opener.skip(self.around.to_owned(), reason)?;
        }
        ControlFlow::Continue(())
    }
}

/// The content of a record, which ends where its stream fails: what can be read behind that belongs to another record.
struct Content<R> {
    left: io::Take<R>,
    failure: Option<io::Error>,
}

impl<R: Read> Read for Content<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.failure.is_some() {
            return Ok(0);
        }
        self.left.read(buffer).or_else(|error| {
            self.failure = Some(error);
            Ok(0)
        })
    }
}

/// The record that an ARC header line announces: address, internet address, date, type, length.
fn arc_record(line: &str) -> Option<Record> {
    let mut fields = line.rsplitn(5, ' ');
    let length = fields.next()?.parse().ok()?;
    let content = fields.next()?.to_ascii_lowercase();
    let date = fields.next()?;
    let (_host, address) = (fields.next()?, fields.next()?);
    let dated = matches!(date.len(), 12 | 14) && date.bytes().all(|byte| byte.is_ascii_digit());
    let kind = if address.starts_with("http") { "response" } else { "warcinfo" };
    let address = Some(address.to_owned());
    (dated && line.contains("://")).then(|| Record { kind: kind.into(), address, content, length })
}

/// The content of a page, and what its server told of it.
fn page<R: Read>(record: &Record, content: &mut Content<R>) -> Result<(Vec<u8>, Told), SkipReason> {
    let mut bytes = Vec::new();
    let read = content.take(FILE_LIMIT + 1).read_to_end(&mut bytes);
    if bytes.len() as u64 > FILE_LIMIT {
        return Err(SkipReason::TooLarge);
    }
    if let Some(error) = content.failure.as_ref().or(read.as_ref().err())
        && bytes.is_empty()
    {
        return Err(reason(error));
    }
    let address = record.address.clone();
    if record.kind != "response" {
        text_type(&record.content)?;
        return Ok((bytes, Told { address, encoding: label(&record.content), part: None }));
    }
    let answer = Answer::read(&bytes)?;
    text_type(&answer.content)?;
    let told = Told { address, encoding: label(&answer.content), part: None };
    let body = answer.body(&bytes[answer.head..])?;
    if body.len() < SHORTEST {
        return Err(SkipReason::NoArticle(format!("a page of {} bytes", body.len())));
    }
    Ok((body, told))
}

/// What a server answered, without the page.
#[derive(Default)]
struct Answer {
    /// Bytes before the page.
    head: usize,
    content: String,
    chunked: bool,
    /// How the page is compressed.
    packed: String,
}

impl Answer {
    fn read(bytes: &[u8]) -> Result<Self, SkipReason> {
        let mut headers = [httparse::EMPTY_HEADER; 200];
        let mut response = httparse::Response::new(&mut headers);
        let parsed = httparse::ParserConfig::default()
            .allow_spaces_after_header_name_in_responses(true)
            .ignore_invalid_headers_in_responses(true)
            .parse_response(&mut response, bytes);
        let Ok(httparse::Status::Complete(head)) = parsed else {
            return Err(SkipReason::Damaged("warc: an answer without headers".into()));
        };
        match response.code {
            Some(200 | 203 | 206) | None => {}
            Some(code) => return Err(SkipReason::NoArticle(format!("the server answered {code}"))),
        }
        let mut answer = Self { head, ..Self::default() };
        for header in response.headers.iter() {
            let value = String::from_utf8_lossy(header.value).trim().to_ascii_lowercase();
            match header.name.to_ascii_lowercase().as_str() {
                "content-type" => answer.content = value,
                "transfer-encoding" => answer.chunked = value.contains("chunked"),
                "content-encoding" => answer.packed = value,
                _ => {}
            }
        }
        Ok(answer)
    }

    /// The page as the browser shows it. Crawlers unpack pages and keep the headers, so what a header says of the bytes
    /// counts only where the bytes bear it out.
    fn body(&self, bytes: &[u8]) -> Result<Vec<u8>, SkipReason> {
        let joined = if self.chunked { unchunked(bytes) } else { None };
        let bytes = joined.as_deref().unwrap_or(bytes);
        let limit = (bytes.len() as u64).saturating_mul(super::RATIO).clamp(1 << 20, FILE_LIMIT);
        let unpack = |source: &mut dyn Read| {
            let mut page = Vec::new();
            let read = source.take(limit + 1).read_to_end(&mut page);
            (read.is_ok() || !page.is_empty()).then_some(page)
        };
        let page = match self.packed.as_str() {
            _ if bytes.starts_with(b"\x1f\x8b\x08") => unpack(&mut MultiGzDecoder::new(bytes)),
            "deflate" => unpack(&mut ZlibDecoder::new(bytes)).or_else(|| unpack(&mut DeflateDecoder::new(bytes))),
            "br" if !is_text(bytes) => unpack(&mut Decompressor::new(bytes, 4096)),
            "zstd" if bytes.starts_with(b"\x28\xb5\x2f\xfd") => unpack(&mut Zstd::new(bytes)),
            _ => None,
        };
        let page = page.unwrap_or_else(|| bytes.to_vec());
        if page.len() as u64 > limit.max(bytes.len() as u64) { Err(SkipReason::Bomb) } else { Ok(page) }
    }
}

/// True where `bytes` begin like text: a page that was unpacked already.
fn is_text(bytes: &[u8]) -> bool {
    match std::str::from_utf8(&bytes[..bytes.len().min(64)]) {
        Ok(text) => !text.contains('\0'),
        // A character may be cut in two at the end.
        Err(error) => error.error_len().is_none(),
    }
}

/// The chunks of `bytes` joined; `None` where they are no chunks. A last chunk that is cut short is kept.
fn unchunked(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while !rest.is_empty() {
        let Ok(httparse::Status::Complete((begin, length))) = httparse::parse_chunk_size(rest) else {
            return (!joined.is_empty()).then_some(joined);
        };
        if length == 0 {
            break;
        }
        let end = begin.saturating_add(length as usize).min(rest.len());
        joined.extend_from_slice(&rest[begin..end]);
        rest = rest[end..].strip_prefix(b"\r\n").unwrap_or(&rest[end..]);
    }
    Some(joined)
}

/// Refuses what is no text.
fn text_type(content: &str) -> Result<(), SkipReason> {
    let kind = content.split(';').next().unwrap_or("").trim();
    let texts = [
        "",
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "text/xml",
        "application/xml",
        "application/json",
        "application/rss+xml",
        "application/atom+xml",
        "application/ld+json",
        "unk",
        "no-type",
    ];
    if texts.contains(&kind) { Ok(()) } else { Err(SkipReason::Unsupported(kind.chars().take(60).collect())) }
}

/// The encoding that a type of content names.
fn label(content: &str) -> Option<String> {
    let (_, rest) = content.split_once("charset=")?;
    let label = rest.trim_matches(['"', '\'']).split([';', '"', ' ']).next().unwrap_or("");
    (!label.is_empty()).then(|| label.to_owned())
}

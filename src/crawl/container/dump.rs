//! Dumps of many articles, cut into pieces of whole items.

use std::io::{self, Read};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::stream::{Stream, reason};
use super::{FILE_LIMIT, Opener, PIECE, RawFile, SkipReason};
use crate::crawl::pieces::{Cut, Dump};
use crate::crawl::{Part, Told};

/// Hands over the items of the `dump` at `path`, whose first item begins at the byte `begin` of `stream`.
pub(super) fn read(
    opener: &mut Opener<'_>,
    dump: Dump,
    begin: usize,
    path: &str,
    mut stream: Stream<'_>,
) -> ControlFlow<()> {
    let head: Arc<[u8]> = match dump {
        Dump::Rows(_) => stream.head().into(),
        Dump::Feed => stream.head()[..begin].into(),
        // These name their fields in each item.
        Dump::Lines | Dump::List | Dump::Mailbox => Arc::from([]),
    };
    if io::copy(&mut Read::by_ref(&mut stream).take(begin as u64), &mut io::sink()).is_err() {
        return ControlFlow::Continue(());
    }
    let mut cutter = Cutter { dump, path, head, buffer: Vec::new(), from: 0, end: 0, at: 0, items: 0, before: 0 };
    let mut size = PIECE;
    loop {
        let read = Read::by_ref(&mut stream).take(size as u64).read_to_end(&mut cutter.buffer);
        let last = !matches!(read, Ok(read) if read == size);
        let is_end = cutter.cut(opener, last)?;
        if let Err(error) = read {
            return opener.skip(path.to_owned(), reason(&error));
        }
        if last || is_end {
            return ControlFlow::Continue(());
        }
        // Twice as much each time: an item that is far from its end is looked at from its beginning again.
        size = cutter.buffer.len().max(PIECE);
        if cutter.buffer.len() as u64 > FILE_LIMIT {
            cutter.pass(opener, &mut stream)?;
        }
    }
}

struct Cutter<'a> {
    dump: Dump,
    path: &'a str,
    head: Arc<[u8]>,
    buffer: Vec<u8>,
    /// Where the first item begins that is not yet handed over.
    from: usize,
    /// Where the last whole item ends.
    end: usize,
    /// Where the first item begins that is not yet known to be whole.
    at: usize,
    /// How many items lie between them.
    items: usize,
    /// How many items came before them.
    before: usize,
}

impl Cutter<'_> {
    /// Hands over the whole items in the buffer; true at the end of the dump.
    fn cut(&mut self, opener: &mut Opener<'_>, last: bool) -> ControlFlow<(), bool> {
        loop {
            match self.dump.cut(&self.buffer[self.at..], last) {
                Cut::Item(length) => {
                    self.at += length;
                    self.end = self.at;
                    self.items += 1;
                    if self.dump == Dump::Mailbox || self.at - self.from >= PIECE {
                        self.give(opener)?;
                    }
                }
                Cut::Gap(length) => {
                    self.at += length;
                    if self.items == 0 {
                        self.from = self.at;
                    }
                }
                cut @ (Cut::More | Cut::End) => {
                    self.give(opener)?;
                    self.buffer.drain(..self.from);
                    (self.from, self.at) = (0, 0);
                    return ControlFlow::Continue(cut == Cut::End);
                }
            }
        }
    }

    /// Hands over the items that are known to be whole.
    fn give(&mut self, opener: &mut Opener<'_>) -> ControlFlow<()> {
        if self.items == 0 {
            return ControlFlow::Continue(());
        }
        let bytes = self.buffer[self.from..self.end].to_vec();
        let part = Part { dump: self.dump, before: self.before, head: Arc::clone(&self.head) };
        self.before += self.items;
        (self.items, self.from) = (0, self.at);
        let path = match self.dump {
            Dump::Mailbox => format!("{}!/{}", self.path, self.before),
            _ => self.path.to_owned(),
        };
        (opener.take)(Ok(RawFile { path, bytes, told: Told { part: Some(part), ..Told::default() } }))
    }

    /// Passes over an item that is too large, up to the next line.
    fn pass(&mut self, opener: &mut Opener<'_>, stream: &mut Stream<'_>) -> ControlFlow<()> {
        self.before += 1;
        opener.skip(format!("{}!/{}", self.path, self.before), SkipReason::TooLarge)?;
        self.buffer.clear();
        let mut chunk = vec![0; 64 << 10];
        while let Ok(read @ 1..) = stream.read(&mut chunk) {
            if let Some(end) = memchr::memchr(b'\n', &chunk[..read]) {
                self.buffer.extend_from_slice(&chunk[end + 1..read]);
                break;
            }
        }
        ControlFlow::Continue(())
    }
}

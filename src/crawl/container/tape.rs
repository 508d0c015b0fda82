//! Tar archives, read block by block.
//!
//! The `tar` crate takes headers apart. Its own reader of entries takes a name as long as a header says into memory,
//! and a hostile header says gigabytes; so the blocks are walked here.

use std::io::{self, Read};
use std::ops::ControlFlow;

use tar::{EntryType, Header, PaxExtensions};

use super::name::{Names, decoded};
use super::stream::{Stream, reason};
use super::{Opener, Place, SkipReason};

const BLOCK: usize = 512;

/// Longest name, and longest list of a member's attributes, in bytes.
const LONGEST_NAME: u64 = 64 << 10;

/// Opens the members of the tar archive in `stream`.
pub(super) fn read(opener: &mut Opener<'_>, around: &str, stream: Stream<'_>, depth: usize) -> ControlFlow<()> {
    let mut tape = Tape { stream, told: Told::default() };
    let mut names = Names::default();
    loop {
        match tape.next() {
            Ok(Some(member)) => open(opener, &mut tape, &member, around, &mut names, depth)?,
            Ok(None) => return ControlFlow::Continue(()),
            Err(error) => return opener.skip(around.to_owned(), reason(&error)),
        }
    }
}

/// A member, whose content comes next on the tape.
struct Member {
    name: String,
    kind: EntryType,
    size: u64,
}

/// What the records before a member tell of it, because its own header has no room for it.
#[derive(Default)]
struct Told {
    name: Option<Vec<u8>>,
    size: Option<u64>,
}

struct Tape<'a> {
    stream: Stream<'a>,
    told: Told,
}

impl Tape<'_> {
    /// The next member; `None` at the end of the archive.
    fn next(&mut self) -> io::Result<Option<Member>> {
        let mut block = [0; BLOCK];
        loop {
            if !self.fill(&mut block)? || block.iter().all(|&byte| byte == 0) {
                return Ok(None);
            }
            let header = Header::from_byte_slice(&block);
            if !is_sound(header, &block) {
                return Err(io::Error::other("tar: a header whose checksum is wrong"));
            }
            let size = header.entry_size()?;
            match header.entry_type() {
                EntryType::GNULongName => self.told.name = Some(self.text(size)?),
                EntryType::XHeader => self.attributes(size)?,
                EntryType::GNULongLink | EntryType::XGlobalHeader => self.pass(padded(size))?,
                kind => {
                    let told = std::mem::take(&mut self.told);
                    let name = told.name.unwrap_or_else(|| header.path_bytes().into_owned());
                    return Ok(Some(Member { name: decoded(&name), kind, size: told.size.unwrap_or(size) }));
                }
            }
        }
    }

    /// Fills `block`; false where the archive ends before it.
    fn fill(&mut self, block: &mut [u8; BLOCK]) -> io::Result<bool> {
        let mut begin = Vec::with_capacity(BLOCK);
        Read::by_ref(&mut self.stream).take(BLOCK as u64).read_to_end(&mut begin)?;
        match begin.len() {
            0 => Ok(false),
            BLOCK => {
                block.copy_from_slice(&begin);
                Ok(true)
            }
            _ => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }

    /// A record of `size` bytes, without the NULs at its end.
    fn text(&mut self, size: u64) -> io::Result<Vec<u8>> {
        if size > LONGEST_NAME {
            return Err(io::Error::other("tar: a name of more than 64 KB"));
        }
        let mut text = Vec::new();
        Read::by_ref(&mut self.stream).take(padded(size)).read_to_end(&mut text)?;
        text.truncate(size as usize);
        text.truncate(text.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1));
        Ok(text)
    }

    fn attributes(&mut self, size: u64) -> io::Result<()> {
        let record = self.text(size)?;
        for extension in PaxExtensions::new(&record).flatten() {
            match extension.key_bytes() {
                b"path" => self.told.name = Some(extension.value_bytes().to_vec()),
                b"size" => self.told.size = extension.value().ok().and_then(|size| size.parse().ok()),
                _ => {}
            }
        }
        Ok(())
    }

    fn pass(&mut self, bytes: u64) -> io::Result<()> {
        let passed = io::copy(&mut Read::by_ref(&mut self.stream).take(bytes), &mut io::sink())?;
        if passed < bytes { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }
}

/// Opens `member`, and leaves the tape behind it.
fn open(
    opener: &mut Opener<'_>,
    tape: &mut Tape<'_>,
    member: &Member,
    around: &str,
    names: &mut Names,
    depth: usize,
) -> ControlFlow<()> {
    let what = match member.kind {
        EntryType::Directory => None,
        EntryType::Regular | EntryType::Continuous => {
            let place = Place::file(&names.path(around, &member.name));
            let mut content = Content { left: member.size, tape };
            opener.open(&place, &mut content, depth + 1)?;
            let rest = content.left + padded(member.size) - member.size;
            // Where that fails the next header cannot be read either, and says why.
            let _ = tape.pass(rest);
            return ControlFlow::Continue(());
        }
        EntryType::Symlink | EntryType::Link => Some("link inside an archive"),
        EntryType::GNUSparse => Some("file with holes inside an archive"),
        _ => Some("special file"),
    };
    if let Some(what) = what {
        opener.skip(names.path(around, &member.name), SkipReason::Unsupported(what.into()))?;
    }
    // Links and devices have no content, whatever their header says of its size; directories may.
    let _ = tape.pass(if matches!(member.kind, EntryType::GNUSparse | EntryType::Directory) {
        padded(member.size)
    } else {
        0
    });
    ControlFlow::Continue(())
}

/// The content of one member.
struct Content<'a, 'b> {
    left: u64,
    tape: &'a mut Tape<'b>,
}

impl Read for Content<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let read = self.tape.stream.read(&mut buffer[..most])?;
        if read == 0 && most > 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left -= read as u64;
        Ok(read)
    }
}

/// `size` with what fills its last block.
const fn padded(size: u64) -> u64 {
    size.saturating_add(BLOCK as u64 - 1) / BLOCK as u64 * BLOCK as u64
}

/// True where the header's checksum is that of its bytes, its own field counted as blanks.
fn is_sound(header: &Header, block: &[u8; BLOCK]) -> bool {
    let sum: u32 =
        block.iter().enumerate().map(|(at, &byte)| if (148..156).contains(&at) { 32 } else { byte.into() }).sum();
    header.cksum().is_ok_and(|told| told == sum)
}

//! Files that hold files: compressed ones, archives, mailboxes, and dumps of many articles.
//!
//! Members come one after the other, out of a stream: nothing is unpacked to disk, and no container is held in memory.
//! Three limits keep a hostile one from costing more than its size is worth: how much all of it may unpack to
//! ([`allowance`]), how deep containers may lie in each other ([`DEPTH`]), and how large one member may be
//! ([`FILE_LIMIT`]).

mod allowance;
mod compressed;
mod dump;
mod kind;
mod name;
mod namesakes;
mod stream;
mod tape;
mod web;
mod zipped;

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek as _};
use std::ops::ControlFlow;

use super::{FILE_LIMIT, FoundFile, RawFile, SkipReason, Skipped, magic, printed};
use allowance::Allowance;
pub(super) use allowance::RATIO;
use kind::Kind;
use stream::{HEAD, Stream};

/// How many containers may lie in each other. A compressed archive counts as one.
const DEPTH: usize = 4;

/// Bytes of a dump that are handed over at a time.
const PIECE: usize = 512 << 10;

/// What takes the members, and may end it all.
pub type Take<'a> = dyn FnMut(Result<RawFile, Skipped>) -> ControlFlow<()> + 'a;

/// True where `file` holds members that [`members`] gives one by one; false where [`read`](super::read) reads it whole.
///
/// # Errors
/// [`SkipReason::Unreadable`] where the operating system refuses to read it.
pub fn is_container(file: &FoundFile) -> Result<bool, Skipped> {
    let path = printed(&file.path);
    let look = || -> std::io::Result<bool> {
        let mut begin = Vec::new();
        File::open(&file.path)?.take(HEAD as u64).read_to_end(&mut begin)?;
        Ok(Kind::of(&path, &begin).is_container())
    };
    look().map_err(|error| Skipped { path: path.clone(), reason: SkipReason::Unreadable(error.to_string()) })
}

/// Hands the members of the container `file` to `take`, in the container's order.
///
/// What cannot be read comes as [`Skipped`]: a member with its own path; a container that is cut short or damaged
/// with the container's path, after all members that can be read.
pub fn members(file: &FoundFile, take: &mut Take<'_>) {
    let path = printed(&file.path);
    let mut source = match File::open(&file.path) {
        Ok(source) => source,
        Err(error) => {
            let _ = take(Err(Skipped { path, reason: SkipReason::Unreadable(error.to_string()) }));
            return;
        }
    };
    let mut opener = Opener { take, allowance: Allowance::of(file.size) };
    let mut begin = Vec::new();
    let head = Read::by_ref(&mut source).take(HEAD as u64).read_to_end(&mut begin);
    // A zip archive lists its members at its end, so the file itself is read, not a stream.
    let _ = match (Kind::of(&path, &begin), head.and_then(|_| source.rewind())) {
        (_, Err(error)) => opener.skip(path, SkipReason::Unreadable(error.to_string())),
        (Kind::Zip, Ok(())) => zipped::read(&mut opener, &path, BufReader::new(source), 0),
        (_, Ok(())) => opener.open(&Place::file(&path), &mut BufReader::new(source), 0),
    };
}

/// Most bytes of a container held in memory that its limit is reckoned from: its members are held there, too.
const HELD: u64 = 1 << 20;

/// Hands the members of the container `bytes`, which is attached at `path` to a message, to `take`; what is no container
/// comes as it is.
pub fn attached_members(path: &str, bytes: &[u8], take: &mut Take<'_>) {
    let mut opener = Opener { take, allowance: Allowance::of((bytes.len() as u64).min(HELD)) };
    let _ = opener.open(&Place::file(path), &mut Cursor::new(bytes), 1);
}

/// Where a stream stands in its containers.
struct Place {
    /// Its own path.
    path: String,
    /// The path that its members' begin with: of "a.tar.gz" these are in "a.tar.gz", not in "a.tar.gz!/a.tar".
    around: String,
    /// True for what stands compressed alone, whose archive is then no deeper than its compression.
    fused: bool,
}

impl Place {
    fn file(path: &str) -> Self {
        Self { path: path.to_owned(), around: path.to_owned(), fused: false }
    }
}

/// Opens containers in containers.
struct Opener<'a> {
    take: &'a mut Take<'a>,
    allowance: Allowance,
}

impl Opener<'_> {
    /// Hands over what `source` at `place` holds, inside of `depth` containers.
    fn open(&mut self, place: &Place, source: &mut dyn Read, depth: usize) -> ControlFlow<()> {
        let stream = Stream::new(source);
        let kind = Kind::of(&place.path, stream.head());
        if depth - usize::from(place.fused) >= DEPTH && kind.is_archive() {
            let what = format!("archive inside of {DEPTH} archives");
            return self.skip(place.path.clone(), SkipReason::Unsupported(what));
        }
        match kind {
            Kind::Compressed(method) => {
                let path = compressed::inner_path(&place.path, method);
                let inner = Place { path, around: place.around.clone(), fused: true };
                compressed::read(self, method, &inner, stream, depth + 1)
            }
            Kind::Zip => self.inner_zip(place, stream, depth),
            Kind::Tar => tape::read(self, &place.around, stream, depth),
            Kind::Web => web::read(self, &place.around, stream),
            Kind::Dump(dump, begin) => dump::read(self, dump, begin, &place.path, stream),
            Kind::Plain => self.whole(&place.path, stream),
        }
    }

    /// Hands over a file that is no container.
    fn whole(&mut self, path: &str, stream: Stream<'_>) -> ControlFlow<()> {
        let (bytes, failure) = match stream.whole() {
            Ok(whole) => whole,
            Err(reason) => return self.skip(path.to_owned(), reason),
        };
        match failure {
            Some(reason @ SkipReason::Bomb) => return self.skip(path.to_owned(), reason),
            Some(reason) if bytes.is_empty() => return self.skip(path.to_owned(), reason),
            // What is cut short still holds its beginning.
            Some(reason) => self.skip(path.to_owned(), reason)?,
            None => {}
        }
        match magic::refuse(&bytes) {
            Some(reason) => self.skip(path.to_owned(), reason),
            None => (self.take)(Ok(RawFile::new(path, bytes))),
        }
    }

    /// Opens an archive whose list of members stands at its end, and which therefore has to be held whole.
    fn inner_zip(&mut self, place: &Place, stream: Stream<'_>, depth: usize) -> ControlFlow<()> {
        match stream.whole() {
            Ok((bytes, failure)) => {
                let rest = zipped::read(self, &place.around, Cursor::new(bytes), depth);
                failure.into_iter().try_for_each(|reason| self.skip(place.path.clone(), reason))?;
                rest
            }
            Err(reason) => self.skip(place.path.clone(), reason),
        }
    }

    fn skip(&mut self, path: String, reason: SkipReason) -> ControlFlow<()> {
        (self.take)(Err(Skipped { path, reason }))
    }
}

#[cfg(test)]
mod tests;

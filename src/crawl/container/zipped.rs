//! Zip archives.

use std::collections::HashSet;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

use zip::read::read_zipfile_from_stream_with_compressed_size;
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use super::kind::Method;
use super::name::{Names, decoded};
use super::namesakes::{self, Listed};
use super::stream::{Stream, reason};
use super::{Opener, Place, SkipReason, compressed};

/// Most members of one archive. Their list is held in memory, at about 400 bytes each.
const MEMBERS: u64 = 1_000_000;

/// Opens the zip archive in `file`.
pub(super) fn read<R: Read + Seek>(opener: &mut Opener<'_>, path: &str, mut file: R, depth: usize) -> ControlFlow<()> {
    if listed(&mut file) > MEMBERS {
        let what = format!("zip archive of more than {MEMBERS} members");
        return opener.skip(path.to_owned(), SkipReason::Unsupported(what));
    }
    let mut names = Names::default();
    match ZipArchive::new(&mut file) {
        Ok(mut archive) => {
            if is_office(&mut archive) {
                return opener.skip(path.to_owned(), SkipReason::Unsupported("office document".into()));
            }
            (0..archive.len()).try_for_each(|at| member(opener, &mut archive, at, path, &mut names, depth))?;
            if !archive.has_duplicate_names() {
                return ControlFlow::Continue(());
            }
            // The reader keeps the last of several members of one name, as unpacking would.
            let given = (0..archive.len()).filter_map(|at| Some(archive.by_index_data(at).ok()?.header_start()));
            let (list, offset) = (archive.central_directory_start(), archive.offset());
            let given: HashSet<u64> = given.map(|begin| begin - offset.min(begin)).collect();
            match namesakes::others(archive.into_inner(), list, given) {
                Ok(others) => others
                    .iter()
                    .try_for_each(|listed| namesake(opener, &mut file, listed, offset, path, &mut names, depth)),
                Err(error) => opener.skip(path.to_owned(), reason(&error)),
            }
        }
        // The list stands at the end: an archive that was cut short has none, but its members still stand in line.
        Err(error) => {
            let failure = match error {
                ZipError::InvalidArchive(_) => {
                    SkipReason::Damaged("zip: its list of members cannot be read".to_owned())
                }
                error => damaged(&error),
            };
            if begins_as_office(&mut file) {
                return opener.skip(path.to_owned(), SkipReason::Unsupported("office document".into()));
            }
            if file.rewind().is_ok() {
                in_line(opener, path, BufReader::new(file), &mut names, depth)?;
            }
            opener.skip(path.to_owned(), failure)
        }
    }
}

/// How many members the archive's last record says that it lists.
fn listed<R: Read + Seek>(file: &mut R) -> u64 {
    let mut end = Vec::new();
    let length = file.seek(SeekFrom::End(0)).unwrap_or(0);
    let read = file.seek(SeekFrom::Start(length.saturating_sub(LAST_RECORD))).and_then(|_| file.read_to_end(&mut end));
    let at = |mark: &[u8]| memchr::memmem::rfind(&end, mark);
    let number = |at: usize, bytes: usize| {
        let field = end.get(at..at + bytes)?;
        Some(field.iter().rev().fold(0, |sum, &byte| (sum << 8) | u64::from(byte)))
    };
    let plain = at(b"PK\x05\x06").and_then(|at| number(at + 10, 2));
    let large = at(b"PK\x06\x06").and_then(|at| number(at + 32, 8));
    let _ = (read, file.rewind());
    large.or(plain).unwrap_or(0)
}

/// Bytes from the end of an archive that its last records stand in: a comment has at most 64 KiB.
const LAST_RECORD: u64 = (64 << 10) + 200;

/// The first member of documents that are zip archives: it says what kind they are, and no more (`OpenDocument` 1.3 part 2,
/// 3.3; EPUB Open Container Format 4.3).
const KIND: &str = "mimetype";
/// Bytes of the longest name of a kind.
const LONGEST_KIND: u64 = 100;
/// How the kind of an office document begins.
const OPEN_DOCUMENT: &[u8] = b"application/vnd.oasis.opendocument.";
/// The folders of such documents.
const FOLDERS: [&str; 3] = ["word/", "xl/", "ppt/"];
/// The members that make an archive a document of an office program (ECMA-376 part 2, 7.2.3).
const PARTS: [&str; 2] = ["[Content_Types].xml", "_rels/.rels"];

/// True for an archive that is a document of an office program: its members are parts of it, in which what was deleted, the
/// notes and the fields stand between the words, so that none of them is a text to quote from.
fn is_office<R: Read + Seek>(archive: &mut ZipArchive<R>) -> bool {
    if PARTS.iter().all(|name| archive.index_for_name(name).is_some()) {
        return true;
    }
    let mut kind = Vec::new();
    let read = archive.by_name(KIND).is_ok_and(|member| member.take(LONGEST_KIND).read_to_end(&mut kind).is_ok());
    read && kind.starts_with(OPEN_DOCUMENT)
}

/// True for what is left of such a document when its end, and the list of its members with it, was cut off: a member that
/// tells stands first, with another one near, and the kind is not compressed.
fn begins_as_office<R: Read + Seek>(file: &mut R) -> bool {
    /// Bytes of what stands before the first member's name (APPNOTE 4.3.7).
    const HEADER: usize = 30;
    let mut start = Vec::new();
    let read = file.rewind().and_then(|()| file.take(64 << 10).read_to_end(&mut start));
    let Some(named) = start.get(HEADER..).filter(|_| read.is_ok()) else { return false };
    let is_kind = named.strip_prefix(KIND.as_bytes()).is_some_and(|kind| kind.starts_with(OPEN_DOCUMENT));
    // Which of them is first is the writer's choice.
    let parts = || PARTS.iter().chain(&FOLDERS).map(|part| part.as_bytes());
    let held = parts().filter(|part| memchr::memmem::find(named, part).is_some()).count();
    is_kind || held > 1 && parts().any(|part| named.starts_with(part))
}

/// Opens the member number `at`.
fn member<R: Read + Seek>(
    opener: &mut Opener<'_>,
    archive: &mut ZipArchive<R>,
    at: usize,
    around: &str,
    names: &mut Names,
    depth: usize,
) -> ControlFlow<()> {
    let Ok(entry) = archive.by_index_data(at) else { return ControlFlow::Continue(()) };
    let is_kind = entry.name_raw() == KIND.as_bytes() && entry.size() <= LONGEST_KIND;
    if entry.is_dir() || is_kind {
        return ControlFlow::Continue(());
    }
    let path = names.path(around, &decoded(entry.name_raw()));
    let refused = if entry.encrypted() {
        Some("encrypted member")
    } else if entry.is_symlink() {
        Some("link inside an archive")
    } else {
        None
    };
    if let Some(what) = refused {
        return opener.skip(path, SkipReason::Unsupported(what.into()));
    }
    let place = Place::file(&path);
    if entry.compression() == CompressionMethod::ZSTD {
        return match archive.by_index_raw(at) {
            Ok(mut raw) => compressed::read(opener, Method::Zstd, &place, Stream::new(&mut raw), depth + 1),
            Err(error) => opener.skip(path, damaged(&error)),
        };
    }
    match archive.by_index(at) {
        Ok(unpacked) => opener.open(&place, &mut opener.allowance.clone().meter(unpacked), depth + 1),
        Err(error) => opener.skip(path, damaged(&error)),
    }
}

/// Opens the member that the archive's list has as `listed`; its places are counted from the byte `offset`.
fn namesake<R: Read + Seek>(
    opener: &mut Opener<'_>,
    file: &mut R,
    listed: &Listed,
    offset: u64,
    around: &str,
    names: &mut Names,
    depth: usize,
) -> ControlFlow<()> {
    if listed.name.ends_with(b"/") {
        return ControlFlow::Continue(());
    }
    let path = names.path(around, &decoded(&listed.name));
    if listed.encrypted {
        return opener.skip(path, SkipReason::Unsupported("encrypted member".into()));
    }
    if let Err(error) = file.seek(SeekFrom::Start(listed.begin.saturating_add(offset))) {
        return opener.skip(path, reason(&error));
    }
    match read_zipfile_from_stream_with_compressed_size(file, listed.packed) {
        Ok(Some(unpacked)) => {
            opener.open(&Place::file(&path), &mut opener.allowance.clone().meter(unpacked), depth + 1)
        }
        Ok(None) => opener.skip(path, SkipReason::Damaged("zip: a member is not where the list says".into())),
        Err(error) => opener.skip(path, damaged(&error)),
    }
}

/// Opens the members as they stand one after the other, up to the first that cannot be read.
fn in_line<R: Read>(
    opener: &mut Opener<'_>,
    around: &str,
    mut file: R,
    names: &mut Names,
    depth: usize,
) -> ControlFlow<()> {
    while let Ok(Some(unpacked)) = zip::read::read_zipfile_from_stream(&mut file) {
        if !unpacked.is_dir() && unpacked.name_raw() != KIND.as_bytes() {
            let place = Place::file(&names.path(around, &decoded(unpacked.name_raw())));
            opener.open(&place, &mut opener.allowance.clone().meter(unpacked), depth + 1)?;
        }
    }
    ControlFlow::Continue(())
}

fn damaged(error: &ZipError) -> SkipReason {
    match error {
        ZipError::Io(error) => reason(error),
        ZipError::CompressionMethodNotSupported(method) => {
            SkipReason::Unsupported(format!("zip member compressed by method {method}"))
        }
        ZipError::UnsupportedArchive(what) => SkipReason::Unsupported(format!("zip member ({what})")),
        error => SkipReason::Damaged(format!("zip: {error}")),
    }
}

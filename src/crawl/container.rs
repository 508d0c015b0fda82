//! Members of compressed files.

use std::io::Read as _;

use flate2::read::MultiGzDecoder;

use super::{FILE_LIMIT, RawFile, SkipReason, magic};

/// How many times larger than its file a member may be: news text shrinks to a fifth, a bomb to a thousandth.
const RATIO: u64 = 200;

/// True for a file that gzip made.
pub(super) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x1f\x8b\x08")
}

/// The member of the gzip file `path`, several parts joined, at most [`FILE_LIMIT`] bytes.
pub(super) fn gunzip(path: &str, bytes: &[u8]) -> Result<RawFile, SkipReason> {
    let limit = FILE_LIMIT.min(bytes.len() as u64 * RATIO);
    let mut inner = Vec::new();
    let read = MultiGzDecoder::new(bytes).take(limit + 1).read_to_end(&mut inner);
    if inner.len() as u64 > limit {
        return Err(SkipReason::TooLarge);
    }
    // A file cut short still holds its beginning; one with nothing readable does not.
    if let Err(error) = read
        && inner.is_empty()
    {
        return Err(SkipReason::Unreadable(format!("gzip: {error}")));
    }
    if is_gzip(&inner) {
        return Err(SkipReason::Unsupported("gzip archive inside a gzip archive".into()));
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    let member = name.strip_suffix(".gz").unwrap_or(name);
    match magic::refuse(&inner) {
        Some(reason) => Err(reason),
        None => Ok(RawFile { path: format!("{path}!/{member}"), bytes: inner }),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn check(bytes: &[u8], expect: Result<(&str, &str), &str>) {
        let found = gunzip("/a/story.txt.gz", bytes);
        let found = found.map(|file| (file.path, String::from_utf8(file.bytes).unwrap()));
        let found = found.as_ref().map(|(path, text)| (path.as_str(), text.as_str())).map_err(ToString::to_string);
        assert_eq!(found, expect.map_err(ToOwned::to_owned));
    }

    #[test]
    fn members_are_joined_and_named() {
        check(&gzip(b"The river rose."), Ok(("/a/story.txt.gz!/story.txt", "The river rose.")));
        let parts = [gzip(b"The river "), gzip(b"rose.")].concat();
        check(&parts, Ok(("/a/story.txt.gz!/story.txt", "The river rose.")));
    }

    #[test]
    fn bombs_and_broken_files_are_refused() {
        check(&gzip(&vec![b'a'; 10_000_000]), Err("larger than 64 MB"));
        check(b"\x1f\x8b\x08\0\0\0\0\0\0\0nothing", Err("cannot be read: gzip: corrupt deflate stream"));
        check(
            &gzip(&gzip(b"The river rose.")),
            Err("gzip archive inside a gzip archive: not a format that newsdex reads"),
        );
        check(&gzip(b""), Err("empty"));
    }
}

//! Reads one found file, and turns away what is not text before anything tries to parse it.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use xxhash_rust::xxh3::Xxh3Default;

use super::{FoundFile, RawFile, SkipReason, Skipped, magic, printed};

/// Largest file that is read whole, in bytes.
pub const FILE_LIMIT: u64 = 64 << 20;

/// Reads `file`, which is no container, whole.
///
/// Files that are empty, larger than [`FILE_LIMIT`], not text or not readable come back as [`Skipped`].
pub fn read(file: &FoundFile) -> Result<RawFile, Skipped> {
    let path = printed(&file.path);
    content(&file.path, &path).map_err(|reason| Skipped { path, reason })
}

fn content(path: &Path, name: &str) -> Result<RawFile, SkipReason> {
    let bytes = limited(path).map_err(|error| SkipReason::Unreadable(error.to_string()))?;
    if bytes.len() as u64 > FILE_LIMIT {
        return Err(SkipReason::TooLarge);
    }
    match magic::refuse(&bytes) {
        Some(reason) => Err(reason),
        None => Ok(RawFile::new(name, bytes)),
    }
}

/// The hash of the content of `file`, read as a stream.
///
/// # Errors
/// Where the operating system refuses to read it.
pub fn hash(file: &FoundFile) -> io::Result<u64> {
    let mut source = File::open(&file.path)?;
    let mut hash = Xxh3Default::new();
    let mut buffer = vec![0; 256 << 10];
    loop {
        match source.read(&mut buffer)? {
            0 => return Ok(hash.digest()),
            read => hash.update(&buffer[..read]),
        }
    }
}

/// At most one byte more than the limit: the size that the walk saw may have changed since.
fn limited(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    if size > FILE_LIMIT {
        // Too large already: one byte over the limit says so without reading the rest.
        return Ok(vec![0; FILE_LIMIT as usize + 1]);
    }
    bytes.reserve_exact(size as usize + 1);
    file.take(FILE_LIMIT + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::SystemTime;

    use super::*;

    fn check(bytes: &[u8], expect: Result<(), SkipReason>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("story");
        fs::write(&path, bytes).unwrap();
        let found = FoundFile { path, size: bytes.len() as u64, modified: SystemTime::UNIX_EPOCH };
        match read(&found) {
            Ok(file) => assert_eq!((expect, file.bytes.as_slice()), (Ok(()), bytes)),
            Err(skipped) => assert_eq!(expect, Err(skipped.reason)),
        }
    }

    #[test]
    fn text_is_read_and_the_rest_named() {
        check(b"The river rose.", Ok(()));
        check(b"", Err(SkipReason::Empty));
        check(b" \r\n\t\n", Err(SkipReason::Empty));
        check(b"\xef\xbb\xbf\n", Err(SkipReason::Empty));
        check(b"\x89PNG\r\n\x1a\n\0\0", Err(SkipReason::Unsupported("image".into())));
        check(b"\x01\x02\x00\x00\x07text", Err(SkipReason::Binary));
        check(b"\x01\x02 a wire's control characters \x03", Ok(()));
    }

    #[test]
    fn a_missing_file_is_unreadable() {
        let found = FoundFile { path: "/nowhere/story.txt".into(), size: 0, modified: SystemTime::UNIX_EPOCH };
        let skipped = read(&found).unwrap_err();
        assert_eq!(skipped.reason.to_string(), "cannot be read: No such file or directory (os error 2)");
    }

    #[test]
    fn a_file_over_the_limit_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large");
        File::create(&path).unwrap().set_len(FILE_LIMIT + 1).unwrap();
        let found = FoundFile { path, size: FILE_LIMIT + 1, modified: SystemTime::UNIX_EPOCH };
        assert_eq!(read(&found).unwrap_err().reason, SkipReason::TooLarge);
    }
}

//! What a file is by its first bytes, where that is not text.

use super::{SkipReason, decode::is_wide};

/// Signatures at the start of a file, from the file formats' specifications, and what to call them.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"8BPS", "image"),
    (b"\0\0\x01\0", "image"),
    (b"%PDF-", "PDF"),
    (b"%!PS", "PostScript"),
    (b"PK\x03\x04", "zip archive or office document"),
    (b"PK\x05\x06", "zip archive or office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office document"),
    (b"\x1f\x8b", "gzip archive"),
    (b"\x28\xb5\x2f\xfd", "zstd archive"),
    (b"\xfd7zXZ\0", "xz archive"),
    (b"BZh", "bzip2 archive"),
    (b"7z\xbc\xaf\x27\x1c", "7z archive"),
    (b"Rar!\x1a\x07", "rar archive"),
    (b"ID3", "sound"),
    (b"OggS", "sound"),
    (b"fLaC", "sound"),
    (b"\x1a\x45\xdf\xa3", "video"),
    (b"FLV\x01", "video"),
    (b"\x7fELF", "program"),
    (b"MZ\x90\0", "program"),
    (b"\xfe\xed\xfa\xce", "program"),
    (b"\xfe\xed\xfa\xcf", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"SQLite format 3\0", "database"),
    (b"wOFF", "font"),
    (b"wOF2", "font"),
    (b"OTTO\0", "font"),
];

/// How much of a file is looked at for bytes that no text has.
const SAMPLE: usize = 8192;

/// Why `bytes` cannot be a text; `None` where they may be one.
///
/// Control characters alone do not tell: wire copy is full of them.
pub(super) fn refuse(bytes: &[u8]) -> Option<SkipReason> {
    let blank = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if blank.iter().all(u8::is_ascii_whitespace) {
        return Some(SkipReason::Empty);
    }
    if cfg!(feature = "pdf") && bytes.starts_with(b"%PDF-") {
        return None;
    }
    if let Some(name) = signature(bytes) {
        return Some(SkipReason::Unsupported(name.into()));
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let binary = sample.contains(&0) && !is_wide(bytes) && !is_stray(sample);
    binary.then_some(SkipReason::Binary)
}

/// True where the few NULs in `sample` are a flaw of a text: it has no other control characters.
fn is_stray(sample: &[u8]) -> bool {
    let nuls = memchr::memchr_iter(0, sample).count();
    let others = sample.iter().any(|byte| byte.is_ascii_control() && !byte.is_ascii_whitespace() && *byte != 0);
    nuls * 100 <= sample.len() && !others && sample.utf8_chunks().all(|chunk| chunk.invalid().len() < 2)
}

fn signature(bytes: &[u8]) -> Option<&'static str> {
    let named = SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start));
    let boxed = |kinds: &[&[u8]]| kinds.iter().any(|kind| bytes.get(8..8 + kind.len()) == Some(kind));
    match named {
        Some((_, name)) => Some(name),
        None if bytes.starts_with(b"RIFF") && boxed(&[b"WEBP"]) => Some("image"),
        None if bytes.starts_with(b"RIFF") && boxed(&[b"WAVE"]) => Some("sound"),
        None if bytes.starts_with(b"RIFF") && boxed(&[b"AVI "]) => Some("video"),
        None if bytes.get(4..8) == Some(b"ftyp") => Some("video"),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expect: Option<&str>) {
        assert_eq!(refuse(bytes).map(|reason| reason.to_string()).as_deref(), expect);
    }

    #[test]
    fn what_is_not_text_is_named() {
        check(b"BZh91AY&SY", Some("bzip2 archive: not a format that newsdex reads"));
        check(b"RIFF\x24\0\0\0WEBPVP8 ", Some("image: not a format that newsdex reads"));
        check(b"\0\0\0\x20ftypisom", Some("video: not a format that newsdex reads"));
        check(b"ab\0\0\0\0cd", Some("not text"));
    }

    #[test]
    fn text_passes_in_any_encoding() {
        check("Über die Grenze".as_bytes(), None);
        check(b"M\xfcnchen", None);
        check(b"\xff\xfeT\0h\0e\0", None);
        check(b"T\0h\0e\0 \0r\0i\0v\0e\0r\0", None);
        check(&[&b"The ri\0ver "[..], &b"rose and fell again. ".repeat(10)].concat(), None);
        check(b"\0\0\xfe\xff\0\0\0T\0\0\0h\0\0\0e", None);
    }
}

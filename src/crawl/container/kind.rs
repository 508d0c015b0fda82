//! What kind of container a stream is, by its first bytes.

use super::PIECE;

/// Kind of container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One file, compressed.
    Compressed(Method),
    Zip,
    Tar,
    /// No container.
    Plain,
}

/// Method of compression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Gzip,
    Zstd,
    Xz,
    Bzip2,
}

impl Method {
    /// What reports call it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Xz => "xz",
            Self::Bzip2 => "bzip2",
        }
    }

    /// Endings of compressed files' names, and what stands in their place when they are unpacked.
    pub(super) const fn endings(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Gzip => &[(".gz", ""), (".tgz", ".tar"), (".gzip", "")],
            Self::Zstd => &[(".zst", ""), (".tzst", ".tar"), (".zstd", "")],
            Self::Xz => &[(".xz", ""), (".txz", ".tar")],
            Self::Bzip2 => &[(".bz2", ""), (".tbz2", ".tar"), (".tbz", ".tar")],
        }
    }
}

/// Where the mark of a tar archive stands, after the name and the numbers of its first member.
const TAR_MARK: usize = 257;

impl Kind {
    /// Kind of the stream at `path` that begins with `head`.
    pub(super) fn of(_path: &str, head: &[u8]) -> Self {
        match head {
            [0x1f, 0x8b, 8, ..] => Self::Compressed(Method::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Self::Compressed(Method::Zstd),
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Self::Compressed(Method::Xz),
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31 | 0x17, ..] => Self::Compressed(Method::Bzip2),
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Self::Zip,
            _ if head.get(TAR_MARK..TAR_MARK + 5) == Some(b"ustar") => Self::Tar,
            _ => Self::Plain,
        }
    }

    /// True for what holds other files.
    pub(super) const fn is_archive(self) -> bool {
        !matches!(self, Self::Plain)
    }

    /// True where a file of `size` bytes is not read whole.
    pub(super) const fn is_container(self, size: u64) -> bool {
        let _ = (size, PIECE);
        self.is_archive()
    }
}

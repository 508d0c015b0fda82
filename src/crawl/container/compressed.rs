//! Files compressed by gzip, zstd, xz or bzip2, several parts joined.

use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::MultiGzDecoder;
use lzma_rust2::XzReader;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::kind::Method;
use super::stream::{Stream, reason};
use super::{Opener, Place, SkipReason};

/// Memory that the tables of one xz stream may take, in KiB: what `xz -9` needs.
const XZ_MEMORY: u32 = 80 << 10;

/// Opens what is compressed by `method` in `stream`, as the file at `inner`, inside of `depth` containers.
pub(super) fn read(
    opener: &mut Opener<'_>,
    method: Method,
    inner: &Place,
    stream: Stream<'_>,
    depth: usize,
) -> ControlFlow<()> {
    let packed = BufReader::with_capacity(64 << 10, stream);
    let unpacked: Box<dyn Read + '_> = match method {
        Method::Gzip => Box::new(MultiGzDecoder::new(packed)),
        Method::Zstd => Box::new(Zstd::new(packed)),
        Method::Xz => Box::new(XzReader::new_mem_limit(packed, true, XZ_MEMORY)),
        Method::Bzip2 => Box::new(MultiBzDecoder::new(packed)),
    };
    let mut named = Named { unpacked: opener.allowance.meter(unpacked), method };
    opener.open(inner, &mut named, depth)
}

/// The path of the file inside the compressed one at `path`.
pub(super) fn inner_path(path: &str, method: Method) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let lower = name.to_ascii_lowercase();
    let ending = method.endings().iter().find(|(ending, _)| lower.ends_with(ending));
    let inner = ending.map(|(ending, instead)| format!("{}{instead}", &name[..name.len() - ending.len()]));
    format!("{path}!/{}", inner.filter(|inner| !inner.is_empty()).unwrap_or_else(|| name.to_owned()))
}

/// Says of an error which method it comes from.
struct Named<R> {
    unpacked: R,
    method: Method,
}

impl<R: Read> Read for Named<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.unpacked.read(buffer).map_err(|error| match (reason(&error), error.kind()) {
            (SkipReason::Bomb, _) | (_, io::ErrorKind::UnexpectedEof) => error,
            (_, kind) => io::Error::new(kind, format!("{}: {error}", self.method.name())),
        })
    }
}

/// The frames of a zstd file, one after the other.
struct Zstd<R: BufRead> {
    packed: R,
    decoder: FrameDecoder,
    /// True while a frame has more blocks.
    in_frame: bool,
}

impl<R: BufRead> Zstd<R> {
    fn new(packed: R) -> Self {
        Self { packed, decoder: FrameDecoder::new(), in_frame: false }
    }

    /// Unpacks one block more, or begins the next frame; false at the end.
    fn step(&mut self) -> io::Result<bool> {
        if self.in_frame {
            let one = BlockDecodingStrategy::UptoBlocks(1);
            self.decoder.decode_blocks(&mut self.packed, one).map_err(io::Error::other)?;
            self.in_frame = !self.decoder.is_finished();
            return Ok(true);
        }
        if self.packed.fill_buf()?.is_empty() {
            return Ok(false);
        }
        match self.decoder.init(&mut self.packed) {
            Ok(()) => self.in_frame = true,
            // A frame without content, which other programs keep notes in.
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                io::copy(&mut Read::by_ref(&mut self.packed).take(length.into()), &mut io::sink())?;
            }
            Err(error) => return Err(io::Error::other(error)),
        }
        Ok(true)
    }
}

impl<R: BufRead> Read for Zstd<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.decoder.can_collect() == 0 {
            if !self.step()? {
                return Ok(0);
            }
        }
        self.decoder.read(buffer)
    }
}

//! Files compressed by gzip, zstd, xz or bzip2, several parts joined.

use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::GzDecoder;
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
        Method::Gzip => Box::new(Gzip::new(packed)),
        Method::Zstd => Box::new(Zstd::new(packed)),
        Method::Xz => Box::new(XzReader::new_mem_limit(packed, true, XZ_MEMORY)),
        Method::Bzip2 => Box::new(MultiBzDecoder::new(packed)),
    };
    let mut named = Named { unpacked: opener.allowance.meter(unpacked), method, failed: false };
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

/// Says of an error which method it comes from. Behind an error gzip alone goes on.
struct Named<R> {
    unpacked: R,
    method: Method,
    failed: bool,
}

impl<R: Read> Read for Named<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.failed && self.method != Method::Gzip {
            return Ok(0);
        }
        self.unpacked.read(buffer).map_err(|error| {
            self.failed = true;
            match (reason(&error), error.kind()) {
                (SkipReason::Bomb, _) | (_, io::ErrorKind::UnexpectedEof) => error,
                (_, kind) => io::Error::new(kind, format!("{}: {error}", self.method.name())),
            }
        })
    }
}

/// First bytes of each part of a gzip file.
const GZIP: &[u8] = b"\x1f\x8b\x08";

/// The parts of a gzip file, one after the other. Where one is broken an error comes, and then the next part that can be
/// found: web archives have a part for each record.
struct Gzip<R: BufRead> {
    /// The part that is read.
    part: Option<GzDecoder<R>>,
    /// What stands behind the last part, between parts.
    packed: Option<R>,
}

impl<R: BufRead> Gzip<R> {
    fn new(packed: R) -> Self {
        Self { part: Some(GzDecoder::new(packed)), packed: None }
    }

    /// Begins the next part, behind what fills blocks of a tape; false at the end of the file.
    fn begin(&mut self) -> io::Result<bool> {
        let Some(packed) = &mut self.packed else { return Ok(false) };
        loop {
            let waiting = packed.fill_buf()?;
            let zeros = waiting.iter().take_while(|&&byte| byte == 0).count();
            if waiting.is_empty() {
                return Ok(false);
            }
            if zeros < waiting.len() {
                packed.consume(zeros);
                break;
            }
            packed.consume(zeros);
        }
        self.part = self.packed.take().map(GzDecoder::new);
        Ok(true)
    }

    /// Passes over all bytes before the next that look like the beginning of a part.
    fn seek(packed: &mut R) -> io::Result<()> {
        loop {
            let waiting = packed.fill_buf()?;
            if waiting.is_empty() {
                return Ok(());
            }
            if let Some(at) = memchr::memmem::find(waiting, GZIP) {
                packed.consume(at);
                return Ok(());
            }
            // A mark that the end of the buffer cuts in two is missed, and the next one found.
            let length = waiting.len();
            packed.consume(length);
        }
    }
}

impl<R: BufRead> Read for Gzip<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.part.is_none() && !self.begin()? {
                return Ok(0);
            }
            let Some(part) = &mut self.part else { return Ok(0) };
            match part.read(buffer) {
                Ok(0) if !buffer.is_empty() => self.packed = self.part.take().map(GzDecoder::into_inner),
                Ok(read) => return Ok(read),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
                Err(error) => {
                    let mut packed = self.part.take().map(GzDecoder::into_inner);
                    if let Some(packed) = &mut packed {
                        Self::seek(packed)?;
                    }
                    self.packed = packed;
                    return Err(error);
                }
            }
        }
    }
}

/// The frames of a zstd file, one after the other.
pub(super) struct Zstd<R: BufRead> {
    packed: R,
    decoder: FrameDecoder,
    /// True while a frame has more blocks.
    in_frame: bool,
}

impl<R: BufRead> Zstd<R> {
    pub(super) fn new(packed: R) -> Self {
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

//! A stream whose first bytes are looked at before anything is read from it.

use std::io::{self, Read};

use super::allowance::Spent;
use super::{FILE_LIMIT, SkipReason};

/// How many bytes are looked at to tell what a stream holds.
pub(super) const HEAD: usize = 64 << 10;

/// A stream, and its first bytes.
pub(super) struct Stream<'a> {
    head: Vec<u8>,
    /// How much of the head has been read.
    at: usize,
    /// What failed behind the head.
    failure: Option<io::Error>,
    rest: &'a mut dyn Read,
}

impl<'a> Stream<'a> {
    pub(super) fn new(source: &'a mut dyn Read) -> Self {
        let mut head = Vec::new();
        let failure = (&mut *source).take(HEAD as u64).read_to_end(&mut head).err();
        Self { head, at: 0, failure, rest: source }
    }

    /// The first bytes, at most [`HEAD`].
    pub(super) fn head(&self) -> &[u8] {
        &self.head
    }

    /// All bytes, and what kept the rest of them from being read.
    ///
    /// # Errors
    /// Where there are more bytes than one file may have.
    pub(super) fn whole(self) -> Result<(Vec<u8>, Option<SkipReason>), SkipReason> {
        let mut bytes = Vec::new();
        let read = self.take(FILE_LIMIT + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > FILE_LIMIT {
            return Err(SkipReason::TooLarge);
        }
        Ok((bytes, read.err().map(|error| reason(&error))))
    }
}

impl Read for Stream<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at < self.head.len() {
            let read = (&self.head[self.at..]).read(buffer)?;
            self.at += read;
            return Ok(read);
        }
        match self.failure.take() {
            Some(error) => Err(error),
            None => self.rest.read(buffer),
        }
    }
}

/// Why a stream ended early.
pub(super) fn reason(error: &io::Error) -> SkipReason {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = error.get_ref().map(|inner| inner as _);
    while let Some(inner) = cause {
        if inner.is::<Spent>() {
            return SkipReason::Bomb;
        }
        let nested = inner.downcast_ref::<io::Error>().and_then(io::Error::get_ref).map(|inner| inner as _);
        cause = nested.or_else(|| inner.source());
    }
    match error.kind() {
        io::ErrorKind::UnexpectedEof => SkipReason::Damaged("cut short".into()),
        _ => SkipReason::Damaged(error.to_string()),
    }
}

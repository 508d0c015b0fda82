//! How much a container may unpack to.

use std::cell::Cell;
use std::fmt;
use std::io::{self, Read};
use std::rc::Rc;

/// How many times its own size a file may unpack to: news text shrinks to a fifth, a bomb to a thousandth.
pub(in crate::crawl) const RATIO: u64 = 200;

/// Bytes that any file may unpack to, however small it is: there the ratio says nothing yet.
const LEAST: u64 = 1 << 20;

/// What is left of the bytes that one file on disk may unpack to, shared by all that is in it.
#[derive(Clone)]
pub(super) struct Allowance(Rc<Cell<u64>>);

impl Allowance {
    /// The allowance of a file of `size` bytes.
    pub(super) fn of(size: u64) -> Self {
        Self(Rc::new(Cell::new(size.saturating_mul(RATIO).max(LEAST))))
    }

    /// `unpacked`, which fails once nothing is left.
    pub(super) fn meter<R: Read>(&self, unpacked: R) -> Metered<R> {
        Metered { unpacked, left: self.clone() }
    }
}

/// A stream whose bytes are counted.
pub(super) struct Metered<R> {
    unpacked: R,
    left: Allowance,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.unpacked.read(buffer)?;
        let left = self.left.0.get();
        self.left.0.set(left.saturating_sub(read as u64));
        if left < read as u64 { Err(io::Error::other(Spent)) } else { Ok(read) }
    }
}

/// Says that a container has unpacked to all that it may.
#[derive(Debug)]
pub(super) struct Spent;

impl fmt::Display for Spent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unpacks to more than {RATIO} times its size")
    }
}

impl std::error::Error for Spent {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_streams_draw_on_one_allowance() {
        let allowance = Allowance::of(0);
        let read = |length: usize| {
            let bytes = vec![0; length];
            allowance.meter(bytes.as_slice()).read_to_end(&mut Vec::new()).is_ok()
        };
        assert!(read(1 << 19) && read(1 << 19));
        assert!(!read(1));
        assert!(Allowance::of(1 << 20).meter(&vec![0; 2 << 20][..]).read_to_end(&mut Vec::new()).is_ok());
    }
}

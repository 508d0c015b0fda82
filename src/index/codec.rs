//! Values to bytes and back, for what the index stores and does not search.
//!
//! Numbers are written in groups of seven bits, lowest first, the highest bit telling that another group follows;
//! texts and lists after their length. Reading never panics: bytes that were not written here give `None`.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};

use crate::article::PublicationDate;
use crate::text::Span;

/// Collects bytes.
#[derive(Debug, Default)]
pub(crate) struct Encoder {
    pub(crate) bytes: Vec<u8>,
}

impl Encoder {
    /// Collects bytes, with room for so many.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self { bytes: Vec::with_capacity(bytes) }
    }

    pub(crate) fn number(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    /// A number that may be negative.
    pub(crate) fn signed(&mut self, value: i64) {
        self.number(((value << 1) ^ (value >> 63)) as u64);
    }

    pub(crate) fn float(&mut self, value: f32) {
        self.bytes.extend(value.to_bits().to_le_bytes());
    }

    pub(crate) fn text(&mut self, value: &str) {
        self.number(value.len() as u64);
        self.bytes.extend(value.as_bytes());
    }

    pub(crate) fn span(&mut self, value: Span) {
        self.number(value.begin as u64);
        self.signed(value.end as i64 - value.begin as i64);
    }

    pub(crate) fn day(&mut self, value: NaiveDate) {
        self.signed(i64::from(value.num_days_from_ce()));
    }

    pub(crate) fn date(&mut self, value: PublicationDate) {
        self.day(value.day);
        self.option(value.time, |to, time| {
            to.signed(time.timestamp());
            to.number(u64::from(time.timestamp_subsec_nanos()));
            to.signed(i64::from(time.offset().local_minus_utc()));
        });
    }

    pub(crate) fn option<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        self.bytes.push(u8::from(value.is_some()));
        if let Some(value) = value {
            write(self, value);
        }
    }

    pub(crate) fn list<T>(&mut self, values: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.number(values.len() as u64);
        for value in values {
            write(self, value);
        }
    }

    pub(crate) fn texts(&mut self, values: &[String]) {
        self.list(values, |to, value| to.text(value));
    }

    pub(crate) fn spans(&mut self, values: &[Span]) {
        self.list(values, |to, value| to.span(*value));
    }
}

/// Reads in the order of writing.
#[derive(Debug)]
pub(crate) struct Decoder<'a> {
    bytes: &'a [u8],
}

impl<'a> Decoder<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        Some(head)
    }

    pub(crate) fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    pub(crate) fn number(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    pub(crate) fn signed(&mut self) -> Option<i64> {
        let value = self.number()?;
        Some((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    pub(crate) fn float(&mut self) -> Option<f32> {
        let bytes = self.take(4)?.try_into().ok()?;
        Some(f32::from_bits(u32::from_le_bytes(bytes)))
    }

    pub(crate) fn text(&mut self) -> Option<String> {
        let length = self.number()? as usize;
        String::from_utf8(self.take(length)?.to_vec()).ok()
    }

    pub(crate) fn span(&mut self) -> Option<Span> {
        let begin = self.number()? as usize;
        let end = begin.checked_add_signed(self.signed()? as isize)?;
        Some(Span::new(begin, end))
    }

    pub(crate) fn day(&mut self) -> Option<NaiveDate> {
        NaiveDate::from_num_days_from_ce_opt(self.signed()?.try_into().ok()?)
    }

    pub(crate) fn date(&mut self) -> Option<PublicationDate> {
        let day = self.day()?;
        let time = self.option(|from| {
            let (seconds, nanoseconds) = (from.signed()?, from.number()?);
            let zone = FixedOffset::east_opt(from.signed()?.try_into().ok()?)?;
            Some(DateTime::from_timestamp(seconds, nanoseconds.try_into().ok()?)?.with_timezone(&zone))
        })?;
        Some(PublicationDate { day, time })
    }

    #[expect(clippy::option_option, reason = "the outer tells whether the bytes could be read")]
    pub(crate) fn option<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        match self.byte()? {
            0 => Some(None),
            _ => read(self).map(Some),
        }
    }

    pub(crate) fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length = self.number()? as usize;
        // A value takes a byte at least: a length that lies cannot make this allocate without bound.
        let mut values = Vec::with_capacity(length.min(self.bytes.len()));
        for _ in 0..length {
            values.push(read(self)?);
        }
        Some(values)
    }

    pub(crate) fn texts(&mut self) -> Option<Vec<String>> {
        self.list(Self::text)
    }

    pub(crate) fn spans(&mut self) -> Option<Vec<Span>> {
        self.list(Self::span)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(number: u64, signed: i64, text: String, spans: Vec<(u32, u32)>, float in -1e6f32..1e6) {
            let spans: Vec<Span> = spans.iter().map(|&(a, b)| Span::new(a as usize, b as usize)).collect();
            let mut to = Encoder::default();
            to.number(number);
            to.signed(signed);
            to.text(&text);
            to.spans(&spans);
            to.option(Some(float), Encoder::float);
            let mut from = Decoder::new(&to.bytes);
            prop_assert_eq!(from.number(), Some(number));
            prop_assert_eq!(from.signed(), Some(signed));
            prop_assert_eq!(from.text(), Some(text));
            prop_assert_eq!(from.spans(), Some(spans));
            prop_assert_eq!(from.option(Decoder::float), Some(Some(float)));
            prop_assert_eq!(from.byte(), None);
        }

        #[test]
        fn foreign_bytes_do_not_panic(bytes: Vec<u8>) {
            let mut from = Decoder::new(&bytes);
            let _ = (from.texts(), from.date(), from.spans(), from.signed());
        }
    }
}

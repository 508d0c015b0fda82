//! Bytes to text: byte-order mark, UTF-8, UTF-16 without a mark, a declared encoding, a guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

use crate::article::Warning;

/// A text and how it was made from bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte-order mark.
    pub text: String,
    /// Name of the encoding, as the WHATWG standard spells it ("windows-1251").
    pub encoding: &'static str,
    /// What told the encoding.
    pub how: How,
    /// True where bytes that mean nothing in the encoding were replaced by U+FFFD.
    pub lossy: bool,
}

/// What told the encoding of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// The byte-order mark at its start.
    Mark,
    /// The bytes are valid in it, and hardly any other text is.
    Valid,
    /// The file says so.
    Declared,
    /// Statistics of the bytes.
    Guessed,
}

impl Decoded {
    /// What a reader of the text must know of its decoding; `None` for plain UTF-8.
    pub fn warning(&self) -> Option<Warning> {
        let how = match self.how {
            How::Mark => "its byte-order mark",
            How::Valid => "its bytes",
            How::Declared => "its own label",
            How::Guessed => "a guess from its bytes",
        };
        if self.lossy {
            let name = self.encoding;
            return Some(Warning::new(format!("decoded as {name} by {how}, with unreadable bytes replaced")));
        }
        (self.encoding != UTF_8.name()).then(|| Warning::new(format!("decoded as {} by {how}", self.encoding)))
    }
}

/// Decodes `bytes`, with the encoding's label that the file declares, where it does.
///
/// Valid UTF-8 wins over a declaration: of wires that declare Latin-1 and hold other bytes than ASCII, most are UTF-8.
pub fn decode(bytes: &[u8], declared: Option<&str>) -> Decoded {
    // The mark of UTF-32 begins like that of UTF-16.
    if let Some((name, letters)) = utf32(bytes) {
        let text: String =
            letters.map(|letter| char::from_u32(letter).unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        let lossy = text.contains(char::REPLACEMENT_CHARACTER);
        return Decoded { text, encoding: name, how: How::Mark, lossy };
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return strict_or_lossy(encoding, How::Mark, &bytes[mark..]);
    }
    // ASCII text in UTF-16 is valid UTF-8 too, full of NULs.
    if let Some(encoding) = utf16(bytes) {
        return strict_or_lossy(encoding, How::Valid, bytes);
    }
    // Japanese mail is plain ASCII by its bytes; escapes switch to other letters.
    if bytes.is_ascii() && memchr::memmem::find(bytes, b"\x1b$").is_some() {
        let decoded = strict_or_lossy(ISO_2022_JP, How::Valid, bytes);
        if !decoded.lossy {
            return decoded;
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: text.to_owned(), encoding: UTF_8.name(), how: How::Valid, lossy: false };
    }
    // Mostly UTF-8 with a few broken bytes is a damaged file, not another encoding.
    if is_damaged_utf8(bytes) {
        return strict_or_lossy(UTF_8, How::Valid, bytes);
    }
    let label = declared.and_then(|label| Encoding::for_label(label.as_bytes()));
    if let Some(text) = label.and_then(|encoding| encoding.decode_without_bom_handling_and_without_replacement(bytes)) {
        let encoding = label.unwrap_or(UTF_8).name();
        return Decoded { text: text.into_owned(), encoding, how: How::Declared, lossy: false };
    }
    strict_or_lossy(guess(bytes), How::Guessed, bytes)
}

/// The letters of `bytes` and the encoding's name, where they are UTF-32 with its byte-order mark.
fn utf32(bytes: &[u8]) -> Option<(&'static str, impl Iterator<Item = u32>)> {
    let (name, number): (_, fn([u8; 4]) -> u32) = match bytes {
        [0xff, 0xfe, 0, 0, ..] => ("UTF-32LE", u32::from_le_bytes),
        [0, 0, 0xfe, 0xff, ..] => ("UTF-32BE", u32::from_be_bytes),
        _ => return None,
    };
    Some((name, bytes.as_chunks::<4>().0.iter().skip(1).map(move |letter| number(*letter))))
}

/// True where `bytes` are UTF-16 or UTF-32, with or without a byte-order mark.
pub(super) fn is_wide(bytes: &[u8]) -> bool {
    utf32(bytes).is_some() || bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") || utf16(bytes).is_some()
}

fn strict_or_lossy(encoding: &'static Encoding, how: How, bytes: &[u8]) -> Decoded {
    let (text, lossy) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), encoding: encoding.name(), how, lossy }
}

/// How many bytes the statistics look at.
const SAMPLE: usize = 1 << 16;

/// UTF-16 without a byte-order mark, told by where its NULs stand.
///
/// Spaces, digits and line breaks of any script have a NUL as their high byte, and no text has one as its low byte.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    let zeros = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // One space in a hundred characters is little even for Chinese.
    let enough = even.max(odd) * 200 > sample.len();
    let encoding = match (even, odd) {
        (0, 1..) if enough => UTF_16LE,
        (1.., 0) if enough => UTF_16BE,
        _ => return None,
    };
    let (text, broken) = encoding.decode_without_bom_handling(sample);
    // The sample may end inside a surrogate pair.
    let broken = broken && sample.len() == bytes.len();
    let odd_length = bytes.len() % 2 == 1 && bytes.len() < 8;
    let control = text.chars().any(|c| c.is_control() && !c.is_whitespace());
    (!broken && !control && !odd_length).then_some(encoding)
}

/// True where nearly every byte outside ASCII belongs to a well-formed UTF-8 sequence.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 3 * bad
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(bytes: &[u8], declared: Option<&str>, expect: &str, warning: &str) {
        let decoded = decode(bytes, declared);
        assert_eq!(decoded.text, expect);
        assert_eq!(decoded.warning().map_or(String::new(), |warning| warning.message), warning);
    }

    fn in_utf16(text: &str, bytes_of: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes_of).collect()
    }

    #[test]
    fn utf8_with_and_without_mark_needs_no_word() {
        check("Zürich".as_bytes(), None, "Zürich", "");
        check("\u{feff}Zürich".as_bytes(), None, "Zürich", "");
        check("Zürich".as_bytes(), Some("iso-8859-1"), "Zürich", "");
    }

    #[test]
    fn utf16_is_told_by_its_mark_or_its_nuls() {
        let marked = in_utf16("\u{feff}Zürich", u16::to_be_bytes);
        check(&marked, None, "Zürich", "decoded as UTF-16BE by its byte-order mark");
        let little = in_utf16("The river rose.", u16::to_le_bytes);
        check(&little, None, "The river rose.", "decoded as UTF-16LE by its bytes");
        let cyrillic = in_utf16("Вода в реке поднялась на метр.\n", u16::to_be_bytes);
        check(&cyrillic, None, "Вода в реке поднялась на метр.\n", "decoded as UTF-16BE by its bytes");
        let chinese = in_utf16("昨日河水上涨。\n居民撤离 3 个村庄。\n", u16::to_le_bytes);
        check(&chinese, None, "昨日河水上涨。\n居民撤离 3 个村庄。\n", "decoded as UTF-16LE by its bytes");
    }

    #[test]
    fn utf32_is_told_by_its_mark() {
        let little: Vec<u8> = "\u{feff}Zürich".chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        check(&little, None, "Zürich", "decoded as UTF-32LE by its byte-order mark");
        let big: Vec<u8> = "\u{feff}Zürich".chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
        check(&big, None, "Zürich", "decoded as UTF-32BE by its byte-order mark");
    }

    #[test]
    fn escapes_tell_japanese() {
        let (bytes, ..) = ISO_2022_JP.encode("川の水位が上がった。");
        check(&bytes, None, "川の水位が上がった。", "decoded as ISO-2022-JP by its bytes");
        check(b"price \x1b$ 5", None, "price \x1b$ 5", "");
    }

    #[test]
    fn a_label_that_does_not_fit_is_not_believed() {
        let (bytes, ..) = encoding_rs::SHIFT_JIS.encode("川の水位が上がり、住民は避難した。橋は閉鎖された。");
        check(
            &bytes,
            Some("euc-jp"),
            "川の水位が上がり、住民は避難した。橋は閉鎖された。",
            "decoded as Shift_JIS by a guess from its bytes",
        );
        check("Zürich".as_bytes(), Some("klingon"), "Zürich", "");
    }

    #[test]
    fn a_declared_encoding_is_used_where_it_fits() {
        check(b"M\xfcnchen", Some("windows-1252"), "München", "decoded as windows-1252 by its own label");
    }

    #[test]
    fn an_undeclared_encoding_is_guessed() {
        let text = "Уровень воды в реке поднялся на два метра, жители покинули дома.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(text);
        check(&bytes, None, text, "decoded as windows-1251 by a guess from its bytes");
    }

    #[test]
    fn broken_utf8_stays_utf8() {
        let mut bytes = "Übermütige Bäche überfluten die Höfe früh am Morgen in Köln".as_bytes().to_vec();
        bytes.push(0xff);
        let expect = "Übermütige Bäche überfluten die Höfe früh am Morgen in Köln\u{fffd}";
        check(&bytes, None, expect, "decoded as UTF-8 by its bytes, with unreadable bytes replaced");
    }

    proptest! {
        #[test]
        fn any_bytes_give_a_text(bytes: Vec<u8>) {
            decode(&bytes, None);
        }

        #[test]
        fn utf8_comes_back_unaltered(text in "[^\0\u{feff}\u{fffe}]*") {
            prop_assert_eq!(decode(text.as_bytes(), None).text, text);
        }
    }
}

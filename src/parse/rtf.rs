//! Rich Text Format, as word processors save notes, to plain text.

use encoding_rs::Encoding;

/// Groups that hold no text: fonts, colours, styles, pictures, the file's own properties.
const HIDDEN: &[&str] = &[
    "fonttbl",
    "colortbl",
    "expandedcolortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "header",
    "footer",
    "listtable",
    "listoverridetable",
    "generator",
    "themedata",
    "datastore",
    "fldinst",
    "rsidtbl",
    "xmlnstbl",
];

/// The text of `bytes`, one line a paragraph (Microsoft, "Rich Text Format Specification", version 1.9.1).
///
/// What is not understood is left out; no input fails.
pub(super) fn text(bytes: &[u8]) -> String {
    let mut reader =
        Reader { bytes, at: 0, text: String::new(), pending: Vec::new(), encoding: encoding_rs::WINDOWS_1252 };
    reader.read();
    reader.text
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    text: String,
    /// Bytes in the file's own encoding, not yet decoded: a character may take two.
    pending: Vec<u8>,
    encoding: &'static Encoding,
}

/// What holds inside one pair of braces.
#[derive(Clone, Copy)]
struct Group {
    hidden: bool,
    /// How many characters repeat a Unicode one for older readers.
    skip: usize,
}

/// Deepest nesting that is followed; files of people stay below 100.
const DEPTH: usize = 10_000;

impl<'a> Reader<'a> {
    fn read(&mut self) {
        let mut groups = vec![Group { hidden: false, skip: 1 }];
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            let group = groups.last().copied().unwrap_or(Group { hidden: false, skip: 1 });
            match byte {
                b'{' if groups.len() < DEPTH => groups.push(group),
                b'}' if groups.len() > 1 => {
                    self.flush();
                    groups.pop();
                }
                b'\\' => {
                    let changed = self.control(group);
                    if let Some(last) = groups.last_mut() {
                        *last = changed;
                    }
                }
                b'\r' | b'\n' | b'{' | b'}' => {}
                _ if group.hidden => {}
                _ => self.pending.push(byte),
            }
        }
        self.flush();
    }

    /// One control word or symbol; the group as it holds afterwards.
    fn control(&mut self, group: Group) -> Group {
        let Some(&first) = self.bytes.get(self.at) else { return group };
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            return self.symbol(first, group);
        }
        let word = self.take(|byte| byte.is_ascii_alphabetic());
        let number = self.take(|byte| byte.is_ascii_digit() || byte == b'-');
        let number: i64 = std::str::from_utf8(number).ok().and_then(|digits| digits.parse().ok()).unwrap_or(0);
        let word = std::str::from_utf8(word).unwrap_or("");
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        match word {
            "ansicpg" => {
                self.encoding = Encoding::for_label(format!("windows-{number}").as_bytes()).unwrap_or(self.encoding);
            }
            "uc" => return Group { skip: number.clamp(0, 8) as usize, ..group },
            _ if HIDDEN.contains(&word) => return Group { hidden: true, ..group },
            _ if group.hidden => {}
            "par" | "line" | "sect" | "page" | "row" => self.push("\n"),
            "tab" | "cell" => self.push("\t"),
            "emdash" => self.push("—"),
            "endash" => self.push("–"),
            "lquote" => self.push("‘"),
            "rquote" => self.push("’"),
            "ldblquote" => self.push("“"),
            "rdblquote" => self.push("”"),
            "bullet" => self.push("•"),
            "u" => self.unicode(number, group.skip),
            _ => {}
        }
        group
    }

    fn symbol(&mut self, symbol: u8, group: Group) -> Group {
        match symbol {
            // A group of a kind that readers may not know.
            b'*' => return Group { hidden: true, ..group },
            b'\'' => {
                let code = self
                    .bytes
                    .get(self.at..self.at + 2)
                    .and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
                self.at = (self.at + 2).min(self.bytes.len());
                if let Some(code) = code.filter(|_| !group.hidden) {
                    self.pending.push(code);
                }
            }
            _ if group.hidden => {}
            b'\r' | b'\n' => self.push("\n"),
            b'~' => self.push("\u{a0}"),
            b'_' => self.push("-"),
            b'\\' | b'{' | b'}' => self.pending.push(symbol),
            _ => {}
        }
        group
    }

    /// The character `number`, which `skip` characters in the file's encoding repeat. Above U+FFFF a pair comes.
    fn unicode(&mut self, number: i64, skip: usize) {
        let unit = (number & 0xffff) as u32;
        for _ in 0..skip {
            match self.bytes.get(self.at..) {
                Some([b'\\', b'\'', ..]) => self.at = (self.at + 4).min(self.bytes.len()),
                Some([b'\\' | b'{' | b'}', ..]) | None => break,
                Some(_) => self.at += 1,
            }
        }
        let c = char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER);
        self.push(c.encode_utf8(&mut [0; 4]));
    }

    fn push(&mut self, text: &str) {
        self.flush();
        self.text.push_str(text);
    }

    fn flush(&mut self) {
        if !self.pending.is_empty() {
            let (text, _) = self.encoding.decode_without_bom_handling(&self.pending);
            self.text.push_str(&text);
            self.pending.clear();
        }
    }

    fn take(&mut self, belongs: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().position(|&byte| !belongs(byte)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(rtf: &str, expect: &str) {
        assert_eq!(text(rtf.as_bytes()), expect);
    }

    #[test]
    fn text_comes_out_of_its_markup() {
        check(
            r"{\rtf1\ansi\ansicpg1252{\fonttbl\f0 Arial;}\f0\fs24 The river\'92s bank.\par Next}",
            "The river’s bank.\nNext",
        );
        check("{\\rtf1 One\\\nTwo\r\n \\b three\\b0 }", "One\nTwo three");
        check(r"{\rtf1\uc1 \u8220?Hello\u8221?}", "“Hello”");
        check(r"{\rtf1\ansicpg1251 \'d0\'e5\'ea\'e0}", "Река");
        check(r"{\rtf1{\*\unknown hidden}shown \{x\}}", "shown {x}");
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes: Vec<u8>, rtf in r"(\{|\}|\\|\\'|\\u|\\uc|\\par|[a-z0-9 ?-]){0,60}") {
            text(&bytes);
            text(rtf.as_bytes());
        }
    }
}

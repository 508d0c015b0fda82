//! Halves of characters in JSON: programs that cut a text at so many characters cut emoji in two.

use std::borrow::Cow;

/// Length of an escaped half: `\ud83d`.
const LENGTH: usize = 6;

/// `json` with each half of a character that lacks its other half replaced, by as many bytes: as it is, no reader takes it.
pub(super) fn mended(json: &str) -> Cow<'_, str> {
    let lone = lone_halves(json);
    if lone.is_empty() {
        return Cow::Borrowed(json);
    }
    let mut mended = String::with_capacity(json.len());
    let mut from = 0;
    for at in lone {
        mended.push_str(&json[from..at]);
        mended.push_str("\\ufffd");
        from = at + LENGTH;
    }
    Cow::Owned(mended + &json[from..])
}

/// Where the halves begin that stand alone.
fn lone_halves(json: &str) -> Vec<usize> {
    let bytes = json.as_bytes();
    let mut lone = Vec::new();
    let mut at = 0;
    while let Some(step) = memchr::memchr(b'\\', &bytes[at..]) {
        at += step;
        at += match (half(&bytes[at..]), bytes.get(at + LENGTH..).and_then(half)) {
            (Some(Half::First), Some(Half::Second)) => 2 * LENGTH,
            (Some(_), _) => {
                lone.push(at);
                LENGTH
            }
            // What is escaped may be a backslash.
            (None, _) => 2,
        };
        at = at.min(bytes.len());
    }
    lone
}

#[derive(Clone, Copy)]
enum Half {
    First,
    Second,
}

/// The half of a character that `bytes` begin with, escaped.
fn half(bytes: &[u8]) -> Option<Half> {
    let [b'\\', b'u', b'd' | b'D', kind, third, fourth, ..] = bytes else { return None };
    if !third.is_ascii_hexdigit() || !fourth.is_ascii_hexdigit() {
        return None;
    }
    match kind.to_ascii_lowercase() {
        b'8' | b'9' | b'a' | b'b' => Some(Half::First),
        b'c'..=b'f' => Some(Half::Second),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::check;
    use super::*;

    #[test]
    fn only_what_stands_alone_is_replaced() {
        for (json, expect) in [
            (r"\ud83c\udf0a", r"\ud83c\udf0a"),
            (r"a\uD83C b\udf0a", r"a\ufffd b\ufffd"),
            (r"\ud83c\ud83c\udf0a", r"\ufffd\ud83c\udf0a"),
            (r"\\ud83c", r"\\ud83c"),
            (r"\ud83", r"\ud83"),
            ("\\", "\\"),
        ] {
            assert_eq!(mended(json), expect);
        }
    }

    #[test]
    fn half_a_character_costs_no_article() {
        let body = "The river rose on Sunday \\ud83c, the mayor of Harrow said.";
        let article = format!(r#"{{"title": "River", "text": "{body}"}}"#);
        let expect = [
            "River | - | - | - | - | - | en | -",
            "The river rose on Sunday \u{fffd}, the mayor of Harrow said.",
            "warning: halves of characters were replaced",
        ];
        check("a.json", &article, &[&format!("!/1: {}", expect[0]), expect[1], expect[2]]);
        check("a.json", format!("[{article}]"), &[&format!("!/1: {}", expect[0]), expect[1], expect[2]]);
    }
}

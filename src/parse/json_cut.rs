//! JSON that ends too early: what stands before the cut.

use serde_json::Value;

/// The value that `json` begins, with what is open at its end closed; `None` where that gives no JSON.
pub(super) fn completed(json: &[u8]) -> Option<Value> {
    let json = String::from_utf8_lossy(json);
    let state = State::after(&json);
    let whole = format!("{}{}", state.without_half_escape(&json), state.closers());
    let parsed = serde_json::from_str(&whole).ok();
    // A key without its value, or half a word: all from the last comma on is lost.
    parsed.or_else(|| {
        let head = &json[..state.comma?];
        serde_json::from_str(&format!("{head}{}", State::after(head).closers())).ok()
    })
}

/// What is open behind some text.
#[derive(Default)]
struct State {
    /// The marks that close the lists and objects, outermost first.
    open: Vec<char>,
    in_string: bool,
    /// Where the last escape begins, while it is not known to be whole.
    escape: Option<usize>,
    /// Where the last comma stands between members.
    comma: Option<usize>,
}

impl State {
    fn after(json: &str) -> Self {
        let mut state = Self::default();
        for (at, c) in json.char_indices() {
            if state.in_string {
                state.string(at, c);
                continue;
            }
            match c {
                '"' => state.in_string = true,
                '{' => state.open.push('}'),
                '[' => state.open.push(']'),
                '}' | ']' => drop(state.open.pop()),
                ',' => state.comma = Some(at),
                _ => {}
            }
        }
        state
    }

    fn string(&mut self, at: usize, c: char) {
        match self.escape {
            Some(begin) if at == begin + 1 && c != 'u' => self.escape = None,
            // Four digits follow.
            Some(begin) if at > begin + 1 => self.escape = Some(begin).filter(|_| at < begin + 5),
            None if c == '\\' => self.escape = Some(at),
            None if c == '"' => self.in_string = false,
            _ => {}
        }
    }

    fn without_half_escape<'a>(&self, json: &'a str) -> &'a str {
        self.escape.map_or(json, |begin| &json[..begin])
    }

    fn closers(&self) -> String {
        let mark = if self.in_string { "\"" } else { "" };
        mark.chars().chain(self.open.iter().rev().copied()).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_stands_before_the_cut_is_kept() {
        let check = |json: &str, expect: &str| {
            let told = completed(json.as_bytes()).map(|value| value.to_string());
            assert_eq!(told.as_deref().unwrap_or("-"), expect, "{json}");
        };
        check(r#"{"a": "one", "b": "tw"#, r#"{"a":"one","b":"tw"}"#);
        check(r#"{"a": ["one", {"b": "tw\"#, r#"{"a":["one",{"b":"tw"}]}"#);
        check(r#"{"a": "x\u00e"#, r#"{"a":"x"}"#);
        check(r#"{"a": "x\u00e9"#, r#"{"a":"xé"}"#);
        check(r#"{"a": "one", "b"#, r#"{"a":"one"}"#);
        check(r#"{"a": "one", "b": tr"#, r#"{"a":"one"}"#);
        check(r#"{"a": "one","#, r#"{"a":"one"}"#);
        check("{broken", "-");
    }

    proptest! {
        #[test]
        fn any_text_ends(json in "[\\[\\]{}:,\\\\u0-9a-c\"é]{0,40}") {
            completed(json.as_bytes());
        }
    }
}

//! Single words of a query, and what can be wrong with them.

use std::borrow::Cow;

use crate::index::analyzer::words;
use crate::search::pattern::{Pattern, wildcard_words};
use crate::search::query::Query;

/// What is wrong, and what to type instead.
pub(super) type Trouble = (Cow<'static, str>, &'static str);

/// A word as typed, without its weight.
pub(super) fn word(text: &str) -> Result<Query, Trouble> {
    if let Some(trouble) = unsupported(text) {
        return Err(trouble);
    }
    if let Some(exact) = text.strip_prefix('=') {
        if exact.contains(['*', '?', '~', '=']) {
            return Err((
                "`=` goes with a whole word alone".into(),
                "patterns find words as written anyway: leave it out",
            ));
        }
        return if words(exact).is_empty() { Err(nothing(text)) } else { Ok(Query::Exact(exact.into())) };
    }
    if let Some((word, changes)) = text.split_once('~') {
        return match changes {
            "1" => fuzzy(word, 1),
            "2" => fuzzy(word, 2),
            _ => Err(("`~` needs 1 or 2 after it".into(), "write word~1 for words with one letter wrong")),
        };
    }
    if text.contains(['*', '?']) {
        return wildcard(text);
    }
    if words(text).is_empty() { Err(nothing(text)) } else { Ok(Query::Word(text.into())) }
}

/// A word with up to `changes` letters wrong.
pub(super) fn fuzzy(word: &str, changes: u8) -> Result<Query, Trouble> {
    const HINT: &str = "take the phrase apart, or use `*`";
    if word.contains(['*', '?', '=', '~', '/']) {
        return Err((format!("`~{changes}` goes with a whole word alone").into(), HINT));
    }
    match words(word).len() {
        1 => Ok(Query::Fuzzy(word.into(), changes)),
        0 => Err(nothing(word)),
        _ => Err((format!("`~{changes}` goes with one word, and `{word}` is several").into(), HINT)),
    }
}

/// A word with `*` or `?`.
fn wildcard(text: &str) -> Result<Query, Trouble> {
    let parts = wildcard_words(text);
    if parts.is_empty() {
        return Err(nothing(text));
    }
    if parts.iter().any(|part| Pattern::wildcard(part).is_err()) {
        return Err((format!("`{text}` is too long a pattern").into(), "shorten it"));
    }
    Ok(Query::Wildcard(text.into()))
}

/// Words that `expression` matches.
pub(super) fn regex(expression: &str) -> Result<Query, Trouble> {
    match Pattern::regex(expression) {
        Ok(_) => Ok(Query::Regex(expression.into())),
        Err(reason) => {
            let reason = reason.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
            Err((
                format!("the expression `/{expression}/` cannot be read: {reason}").into(),
                "it is matched against single whole words; `^`, `$` and `\\b` are not needed",
            ))
        }
    }
}

fn nothing(text: &str) -> Trouble {
    (format!("nothing to search for in `{text}`").into(), "use letters or digits")
}

/// Why `word` cannot be searched for, and what to type instead; `None` where it can.
fn unsupported(word: &str) -> Option<Trouble> {
    const QUOTED: &str = "put it in quotation marks to search for the words as they are";
    if matches!(word, "&&" | "||" | "&" | "|" | "+") {
        return Some((format!("`{word}` is no operator").into(), "write AND, OR or NOT"));
    }
    if word.starts_with('+') {
        return Some(("`+` is not needed".into(), "every word has to be there; take it out"));
    }
    if word.ends_with('!') {
        return Some(("`!` is not understood".into(), "write `*` for any ending, or use --dialect nexis"));
    }
    let mark = word.chars().find(|&c| matches!(c, '^' | '[' | ']' | '{' | '}'))?;
    Some((format!("`{mark}` is not understood here").into(), QUOTED))
}

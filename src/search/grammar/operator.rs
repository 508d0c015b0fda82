//! How operators are spelt.

use super::leaf::Trouble;
use crate::search::query::{Link, Reach};

/// An operator that a piece spells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    And,
    Or,
    Not,
    Link(Link),
    AtLeast(u32),
}

/// The operator that `chunk` spells.
pub(super) fn read(chunk: &str) -> Result<Option<Operator>, Trouble> {
    let operator = match chunk {
        "AND" => Operator::And,
        "OR" => Operator::Or,
        "NOT" => Operator::Not,
        "/s" | "/S" => link(Reach::Sentence, false),
        "/p" | "/P" => link(Reach::Paragraph, false),
        _ => match chunk.split_once('/') {
            Some(("NEAR", reach)) => link(read_reach(chunk, reach)?, false),
            Some(("PRE", reach)) => link(read_reach(chunk, reach)?, true),
            Some(("ATLEAST", count)) => Operator::AtLeast(read_count(chunk, count)?),
            _ => return foreign(chunk).map_or(Ok(None), Err),
        },
    };
    Ok(Some(operator))
}

/// The operator of Lexis/Nexis that `chunk` spells, in whatever case.
pub(super) fn read_nexis(chunk: &str) -> Result<Option<Operator>, Trouble> {
    let upper = chunk.to_uppercase();
    let count = upper.strip_prefix("ATLEAST").map(|count| count.trim_start_matches('/'));
    Ok(match upper.as_str() {
        "AND" | "&" => Some(Operator::And),
        "OR" => Some(Operator::Or),
        "NOT" => Some(Operator::Not),
        _ if count.is_some_and(|count| number(count).is_some()) => {
            Some(Operator::AtLeast(read_count(chunk, count.unwrap_or_default())?))
        }
        _ => match upper.split_once('/') {
            Some(("W" | "WITHIN" | "NEAR" | "N" | "", reach)) => {
                nexis_reach(chunk, reach)?.map(|reach| link(reach, false))
            }
            Some(("PRE", reach)) => nexis_reach(chunk, reach)?.map(|reach| link(reach, true)),
            _ => None,
        },
    })
}

fn nexis_reach(chunk: &str, reach: &str) -> Result<Option<Reach>, Trouble> {
    match reach {
        "S" | "SENT" => Ok(Some(Reach::Sentence)),
        "P" | "PARA" => Ok(Some(Reach::Paragraph)),
        "SEG" => Err((
            format!("`{chunk}` is not understood").into(),
            "put both words into one segment: HEADLINE(a AND b), or BODY(a AND b)",
        )),
        _ if number(reach).is_some() => distance(chunk, reach).map(|count| Some(Reach::Words(count))),
        _ => Ok(None),
    }
}

pub(super) const fn link(reach: Reach, ordered: bool) -> Operator {
    Operator::Link(Link { reach, ordered, negated: false })
}

fn read_reach(chunk: &str, reach: &str) -> Result<Reach, Trouble> {
    match reach {
        "s" | "S" => Ok(Reach::Sentence),
        "p" | "P" => Ok(Reach::Paragraph),
        _ => distance(chunk, reach).map(Reach::Words),
    }
}

/// A number of words, as `digits` of `chunk` say.
pub(super) fn distance(chunk: &str, digits: &str) -> Result<u32, Trouble> {
    match number(digits) {
        Some(count @ 1..=Reach::FARTHEST) => Ok(count),
        _ => Err((
            format!("`{chunk}` needs a number of words from 1 to {}", Reach::FARTHEST).into(),
            "write NEAR/5 for at most five words on, PRE/5 for that in order, /s or /p for one sentence or paragraph",
        )),
    }
}

/// A number of matches, as `digits` of `chunk` say.
pub(super) fn read_count(chunk: &str, digits: &str) -> Result<u32, Trouble> {
    match number(digits) {
        Some(count @ 1..=1_000_000) => Ok(count),
        _ => Err((format!("`{chunk}` needs a number of matches").into(), "write ATLEAST/3 before a word or brackets")),
    }
}

fn number(digits: &str) -> Option<u32> {
    (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok())?
}

/// What looks like an operator and is none here: another language's, or one without its number.
fn foreign(chunk: &str) -> Option<Trouble> {
    const NEXIS: &str = "write NEAR/5, PRE/5, /s or /p, or read the query as Nexis does, with --dialect nexis";
    let upper = chunk.to_uppercase();
    let stem = upper.trim_end_matches(|c: char| c.is_ascii_digit());
    if chunk == "SAME" {
        return Some((
            "`SAME` is not understood".into(),
            "write /p for one paragraph or /s for one sentence; for the word itself, write it in small letters",
        ));
    }
    let has_number = stem.len() < upper.len();
    let is_reach = has_number || matches!(upper.rsplit('/').next(), Some("S" | "P" | "SENT" | "PARA" | "SEG"));
    let foreign = match stem.split('/').next().unwrap_or_default() {
        "NEAR" | "ONEAR" | "PRE" | "ADJ" | "ATLEAST" if chunk == upper => true,
        "NEAR" | "PRE" | "W" | "N" | "ATLEAST" => upper.contains('/') && is_reach,
        "" => is_reach && matches!(stem, "/" | "/SENT" | "/PARA" | "/SEG"),
        _ => false,
    };
    foreign.then(|| (format!("`{chunk}` is not understood").into(), NEXIS))
}

//! Hits as Markdown (`CommonMark`): quotes as block quotes, to be pasted into notes.

use std::io;

use crate::search::{ArticleHead, Hit, QuoteGroup, QuoteHit};

/// Writes the heading of the answer to `query`.
///
/// # Errors
/// Those of `out`.
pub fn heading(mut out: impl io::Write, query: &str) -> io::Result<()> {
    writeln!(out, "\n## {}\n", escaped(query))
}

/// Writes an article as an item of a list.
///
/// # Errors
/// Those of `out`.
pub fn article(mut out: impl io::Write, hit: &Hit) -> io::Result<()> {
    let headline = hit.article.headline.as_deref().unwrap_or("(no headline)");
    writeln!(out, "- **{}** {}\n  {}", escaped(headline), source(&hit.article), escaped(&hit.snippet.text))
}

/// Writes a quote as a block quote, with its speaker and all places where it is printed below it.
///
/// # Errors
/// Those of `out`.
pub fn quote(mut out: impl io::Write, group: &QuoteGroup) -> io::Result<()> {
    let hit = &group.quote;
    writeln!(out, "> {}\n>", escaped(&hit.words))?;
    writeln!(out, "> — {}, {}", speaker(hit), source(&hit.article))?;
    if hit.superseded {
        writeln!(out, "> (a later version replaces this one)")?;
    }
    if group.speakers_disagree() {
        writeln!(out, "> (the articles name different speakers)")?;
    }
    for copy in &group.copies {
        let speaker = if copy.speaker == hit.speaker { String::new() } else { format!("{}, ", speaker(copy)) };
        writeln!(out, "> also: {speaker}{}", source(&copy.article))?;
    }
    writeln!(out)
}

fn speaker(hit: &QuoteHit) -> String {
    let name = hit.speaker.as_deref().or(hit.printed.as_deref()).unwrap_or("unknown");
    let role = hit.role.as_deref().map(|role| format!(", {}", escaped(role))).unwrap_or_default();
    format!("**{}**{role}", escaped(name))
}

fn source(head: &ArticleHead) -> String {
    let outlet = head.outlet.as_deref().map(|outlet| format!("*{}*, ", escaped(outlet))).unwrap_or_default();
    let day = head.date.map(|date| format!("{}, ", date.day)).unwrap_or_default();
    format!("{outlet}{day}`{}`", head.path.replace(['`', '\n', '\r'], " "))
}

/// `text` on one line, with what Markdown reads as markup escaped.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars() {
            if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#') {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped_and_lines_are_joined() {
        assert_eq!(escaped("a *b*\n\n<c> [d]_e"), "a \\*b\\* \\<c\\> \\[d\\]\\_e");
    }
}

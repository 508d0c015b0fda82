//! `newsdex quotes`: who said what.

use std::io::Write;

use anyhow::Result;
use newsdex::export::wire::Line;
use newsdex::search::{QuoteHit, QuoteRequest};

use crate::args::{Cli, Format, QuotesArgs};
use crate::listing::{INDENT, more_line, one_line, source_line};
use crate::terminal::{FAINT, MATCH, SPEAKER};
use crate::wrap::wrap;
use crate::{Outcome, filters, nothing, terminal};

/// Lists quotes.
pub(crate) fn run(cli: &Cli, args: &QuotesArgs) -> Result<Outcome> {
    let request = QuoteRequest {
        query: filters::query(&args.query)?,
        by: args.by.clone(),
        about: args.about.clone(),
        options: filters::options(&args.filters, args.sort, &args.page)?,
    };
    let searcher = filters::searcher(cli)?;
    let found = searcher.quotes(&request)?;
    let mut out = terminal::stdout();
    match args.page.format {
        Format::Json => {
            for hit in &found.hits {
                Line::quote(hit).write(&mut out)?;
            }
            Line::summary(found.total, found.hits.len()).write(&mut out)?;
        }
        Format::Text => {
            for hit in &found.hits {
                out.write_all(quote_text(hit, terminal::width()).as_bytes())?;
            }
            out.write_all(more_line(found.hits.len(), request.options.offset, found.total, "quote").as_bytes())?;
        }
    }
    out.flush()?;
    if found.total == 0 {
        nothing::explain(&searcher, "quote", &nothing::asked_of_quotes(&request), &request.options.filters)?;
    }
    Ok(Outcome::of(!found.hits.is_empty()))
}

/// A quote as a person reads it: the speaker, the words in their sentence, where it was printed.
pub(crate) fn quote_text(hit: &QuoteHit, width: usize) -> String {
    let mut out = format!("{}\n", speaker_line(hit));
    out.push_str(&wrap(&hit.sentence.text, &hit.sentence.marks, MATCH, INDENT, width));
    out.push_str(&source_line(&hit.article));
    out.push('\n');
    out
}

/// "Maya Torres, harbour master  “she” said": the name as resolved, the role, and what is printed next to the words.
fn speaker_line(hit: &QuoteHit) -> String {
    let name = hit.speaker.as_deref().or(hit.printed.as_deref()).unwrap_or("unknown");
    let mut out = format!("{SPEAKER}{}{SPEAKER:#}", one_line(name));
    if let Some(role) = &hit.role {
        out.push_str(", ");
        out.push_str(&one_line(role));
    }
    let printed = hit.printed.as_deref().filter(|printed| *printed != name);
    let told: Vec<String> = printed.into_iter().chain(hit.cue.as_deref()).map(one_line).collect();
    if !told.is_empty() {
        out.push_str(&format!("  {FAINT}{}{FAINT:#}", told.join(" … ")));
    }
    out
}

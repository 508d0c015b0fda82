//! `newsdex search`: articles that match, or their counts by a field.

use std::fmt::Write as _;
use std::io::Write;

use anyhow::Result;
use newsdex::export::csv::CsvWriter;
use newsdex::export::markdown;
use newsdex::export::wire::Line;
use newsdex::search::{FacetCount, FacetField, Hit, Query, SearchOptions, Searcher};

use crate::args::{Cli, Counted, ExportFormat, SearchArgs};
use crate::listing::{INDENT, grouped, more_line, one_line, source_line};
use crate::terminal::{FAINT, MATCH, STRONG, WARNING};
use crate::wrap::wrap;
use crate::{Outcome, explain, filters, nothing, terminal};

/// Copies named below an article; the rest is counted.
const COPIES: usize = 5;

/// Lists articles, or counts.
pub(crate) fn run(cli: &Cli, args: &SearchArgs) -> Result<Outcome> {
    let query = filters::query(cli, &args.query)?;
    let mut options = filters::options(&args.filters, args.sort, &args.page)?;
    options.context = args.context;
    options.all_copies = args.all_copies;
    let searcher = filters::searcher(cli)?;
    if args.explain {
        let explanation = searcher.explain_filtered(&query, &options.filters)?;
        return explain::print(cli, &args.query, &explanation, "article", args.page.format);
    }
    match args.facet {
        Some(field) => count(&searcher, &query, &options, (field, args.count), args.page.format),
        None => list(&searcher, &query, &options, args.page.format),
    }
}

fn list(searcher: &Searcher, query: &Query, options: &SearchOptions, format: ExportFormat) -> Result<Outcome> {
    let found = searcher.search(query, options)?;
    let mut out = terminal::stdout();
    match format {
        ExportFormat::Json => {
            for hit in &found.hits {
                Line::hit(hit).write(&mut out)?;
            }
            Line::summary(found.total, found.hits.len()).write(&mut out)?;
        }
        ExportFormat::Csv => {
            let mut csv = CsvWriter::articles(&mut out)?;
            for hit in &found.hits {
                csv.article(hit)?;
            }
            csv.into_inner()?;
        }
        ExportFormat::Markdown => {
            for hit in &found.hits {
                markdown::article(&mut out, hit)?;
            }
        }
        ExportFormat::Text => {
            for (number, hit) in (options.offset + 1..).zip(&found.hits) {
                out.write_all(hit_text(number, hit, terminal::width()).as_bytes())?;
            }
            out.write_all(more_line(found.hits.len(), options.offset, found.total, "article").as_bytes())?;
            out.write_all(copies_line(found.copies).as_bytes())?;
        }
    }
    out.flush()?;
    if found.total == 0 {
        nothing::explain(searcher, "article", &nothing::asked(&options.filters), &options.filters)?;
    }
    Ok(Outcome::of(!found.hits.is_empty()))
}

/// A hit as a person reads it.
fn hit_text(number: usize, hit: &Hit, width: usize) -> String {
    let headline = hit.article.headline.as_deref().unwrap_or("(no headline)");
    let mut out = format!("{FAINT}{number:>3}{FAINT:#} {STRONG}{}{STRONG:#}\n", one_line(headline));
    out.push_str(&source_line(&hit.article));
    if hit.superseded {
        let _ = writeln!(out, "{:INDENT$}{WARNING}a later version replaces this one{WARNING:#}", "");
    }
    if !hit.snippet.text.is_empty() {
        out.push_str(&wrap(&hit.snippet.text, &hit.snippet.marks, MATCH, INDENT, width));
    }
    for copy in hit.copies.iter().take(COPIES) {
        let _ = write!(out, "{:INDENT$}{FAINT}also{FAINT:#} {}", "", source_line(copy).trim_start());
    }
    if hit.copies.len() > COPIES {
        let _ = writeln!(out, "{:INDENT$}{FAINT}and {} more{FAINT:#}", "", grouped(hit.copies.len() - COPIES));
    }
    out.push('\n');
    out
}

/// Says how many articles are not listed by themselves.
fn copies_line(copies: usize) -> String {
    match copies {
        0 => String::new(),
        1 => format!("{FAINT}1 more tells the same story; list it with --all-copies{FAINT:#}\n"),
        _ => format!("{FAINT}{} more tell the same stories; list them with --all-copies{FAINT:#}\n", grouped(copies)),
    }
}

fn count(
    searcher: &Searcher,
    query: &Query,
    options: &SearchOptions,
    (field, counted): (FacetField, Counted),
    format: ExportFormat,
) -> Result<Outcome> {
    let counts = match counted {
        Counted::Articles => searcher.facets(query, &options.filters, field, options.limit)?,
        Counted::Stories => searcher.story_facets(query, &options.filters, field, options.limit)?,
    };
    let mut out = terminal::stdout();
    match format {
        ExportFormat::Json => {
            for count in &counts {
                Line::facet(field.as_str(), count).write(&mut out)?;
            }
        }
        ExportFormat::Csv | ExportFormat::Markdown => {
            for FacetCount { value, count } in &counts {
                writeln!(out, "{count},\"{}\"", value.replace('"', "\"\""))?;
            }
        }
        ExportFormat::Text => out.write_all(bars(&counts, terminal::width()).as_bytes())?,
    }
    out.flush()?;
    if counts.is_empty() {
        nothing::explain(searcher, "article", &nothing::asked(&options.filters), &options.filters)?;
    }
    Ok(Outcome::of(!counts.is_empty()))
}

/// One line a value: its count, a bar in proportion, and its name.
fn bars(counts: &[FacetCount], width: usize) -> String {
    let most = counts.iter().map(|count| count.count).max().unwrap_or(1);
    let digits = grouped(most).len();
    let room = (width / 3).max(8);
    let mut out = String::new();
    for FacetCount { value, count } in counts {
        let eighths = (count * room * 8).div_ceil(most);
        let bar = "█".repeat(eighths / 8) + ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8];
        let columns = eighths.div_ceil(8);
        let _ = writeln!(
            out,
            "{:>digits$} {FAINT}{bar}{FAINT:#}{:pad$} {}",
            grouped(*count),
            "",
            one_line(value),
            pad = room - columns
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_in_proportion() {
        let count = |value: &str, count| FacetCount { value: value.into(), count };
        let printed = bars(&[count("The Harrow Gazette", 1200), count("Reuters", 150), count("AP", 1)], 24);
        let plain = anstream::adapter::strip_str(&printed).to_string();
        assert_eq!(plain, "1,200 ████████ The Harrow Gazette\n  150 █        Reuters\n    1 ▏        AP\n");
    }
}

//! `newsdex search`: articles that match, or their counts by a field.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::ControlFlow;

use anyhow::{Result, bail};
use newsdex::export::csv::CsvWriter;
use newsdex::export::markdown;
use newsdex::export::wire::Line;
use newsdex::search::{Hit, Query, SearchOptions, Searcher};

use crate::args::{Cli, Counted, ExportArgs, ExportFormat, SearchArgs, TableFormat};
use crate::listing::{INDENT, grouped, more_line, nothing_line, source_line, superseded_line};
use crate::queries::{Label, asked};
use crate::terminal::{FAINT, MATCH, STRONG};
use crate::wrap::{flow, pieces, wrap};
use crate::writer::Writer;
use crate::{Outcome, explain, facets, filters, nothing, terminal};

/// Copies named below an article; the rest is counted.
const COPIES: usize = 5;

/// Lists articles, or counts.
pub(crate) fn run(cli: &Cli, args: &SearchArgs) -> Result<Outcome> {
    let queries = asked(cli, &args.query, args.queries.as_deref())?;
    let options = SearchOptions {
        recent: args.recent,
        all_copies: args.all_copies,
        context: args.context,
        ..filters::options(&args.filters, args.sort, &args.page)?
    };
    let searcher = filters::searcher(cli)?;
    if args.explain {
        let explanation = searcher.explain_filtered(&filters::query(cli, &args.query)?, &options.filters)?;
        return explain::print(cli, &args.query, &explanation, "article", args.page.format);
    }
    if let Some(field) = args.facet {
        let query = filters::query(cli, &args.query)?;
        let by_story = args.count == Counted::Stories;
        return facets::count(&searcher, query, &options, (field, by_story), table_format(args.page.format)?);
    }
    let mut out = Output::new(terminal::paged_as(args.page.format), &args.page, args.queries.is_some())?;
    let mut found = false;
    for asked in &queries {
        out.begin(asked.label.as_ref())?;
        let total = list(&searcher, &asked.query, &options, &mut out)?;
        found |= out.shown > 0;
        if total == 0 && asked.label.is_none() {
            out.flush()?;
            nothing::explain_search(&searcher, &asked.query, &options.filters)?;
        } else if out.shown == 0 && asked.label.is_none() {
            out.flush()?;
            nothing::tell_offset(args.page.offset, total, "article");
        }
    }
    out.finish()?;
    Ok(Outcome::of(found))
}

/// Counts are printed in the formats of tables.
fn table_format(format: ExportFormat) -> Result<TableFormat> {
    Ok(match format {
        ExportFormat::Text => TableFormat::Text,
        ExportFormat::Json => TableFormat::Json,
        ExportFormat::Csv => TableFormat::Csv,
        ExportFormat::Markdown => TableFormat::Markdown,
        ExportFormat::Paths => bail!("--facet prints counts, no paths; leave out --facet or --format paths"),
    })
}

/// Prints the page of one query, and gives the number of all its hits.
fn list<W: Write>(searcher: &Searcher, query: &Query, options: &SearchOptions, out: &mut Output<W>) -> Result<usize> {
    let mut failure = None;
    let (total, copies) = searcher.each_hit(query, options, |hit| match out.add(&hit) {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => {
            failure = Some(error);
            ControlFlow::Break(())
        }
    })?;
    match failure {
        Some(error) => return Err(error.into()),
        None => out.end(total, copies)?,
    }
    Ok(total)
}

/// Prints hits in one format, one query after the other.
pub(crate) struct Output<W: Write> {
    writer: Writer<W>,
    offset: usize,
    /// Hits of this query so far.
    pub(crate) shown: usize,
    width: usize,
    end_of_path: u8,
    labelled: bool,
}

impl<W: Write> Output<W> {
    /// Prints to `out`, as `page` says; `labelled` where several queries follow each other.
    pub(crate) fn new(out: W, page: &ExportArgs, labelled: bool) -> io::Result<Self> {
        let writer = Writer::new(out, page.format, |out| CsvWriter::articles(out, labelled))?;
        let end_of_path = if page.null { 0 } else { b'\n' };
        Ok(Self { writer, offset: page.offset, shown: 0, width: terminal::width(), end_of_path, labelled })
    }

    /// Begins the answer to a query.
    fn begin(&mut self, label: Option<&Label>) -> io::Result<()> {
        self.shown = 0;
        label.map_or(Ok(()), |label| self.writer.label(label))
    }

    /// Prints a hit.
    pub(crate) fn add(&mut self, hit: &Hit) -> io::Result<()> {
        self.shown += 1;
        match &mut self.writer {
            Writer::Text(out) => out.write_all(hit_text(self.offset + self.shown, hit, self.width).as_bytes()),
            Writer::Json(out) => Line::hit(hit).write(out),
            Writer::Markdown(out) => markdown::article(out, hit),
            Writer::Csv(out) => out.article(hit),
            Writer::Paths(out) => {
                out.write_all(hit.article.path.as_bytes())?;
                out.write_all(&[self.end_of_path])
            }
        }
    }

    /// Ends the answer to a query that `total` articles match, beside `copies` of them.
    pub(crate) fn end(&mut self, total: usize, copies: usize) -> io::Result<()> {
        match &mut self.writer {
            Writer::Text(out) => {
                if total == 0 && self.labelled {
                    out.write_all(nothing_line().as_bytes())?;
                }
                out.write_all(more_line(self.shown, self.offset, total, "article").as_bytes())?;
                out.write_all(copies_line(copies).as_bytes())
            }
            Writer::Json(out) => Line::summary(total, self.shown).write(out),
            Writer::Csv(_) | Writer::Markdown(_) | Writer::Paths(_) => Ok(()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.writer {
            Writer::Text(out) | Writer::Json(out) | Writer::Markdown(out) | Writer::Paths(out) => out.flush(),
            Writer::Csv(out) => out.flush(),
        }
    }

    /// Hands everything on to the output.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.flush()
    }
}

/// A hit as a person reads it.
pub(crate) fn hit_text(number: usize, hit: &Hit, width: usize) -> String {
    let headline = hit.article.headline.as_deref().unwrap_or("(no headline)");
    let headline = flow(&pieces(headline, STRONG, &hit.headline_marks, MATCH), (INDENT, INDENT), width);
    let mut out = format!("{FAINT}{number:>3}{FAINT:#} {}", headline.trim_start_matches(' '));
    out.push_str(&source_line(&hit.article));
    if hit.superseded {
        out.push_str(&superseded_line());
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

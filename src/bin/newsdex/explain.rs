//! `--explain`: a query in words, part by part, with what each finds.

use std::io::Write;

use anyhow::{Result, bail};
use newsdex::export::wire::Line;
use newsdex::search::{Dialect, Explanation, Query};

use crate::args::{Cli, ExportFormat};
use crate::listing::{counted, grouped};
use crate::terminal::{FAINT, STRONG};
use crate::{Outcome, filters, nothing, terminal};

/// Words of the index that are shown of those that stand for one of the query's.
const SHOWN: usize = 12;

/// True for the formats that an explanation has.
pub(crate) const fn has_format(format: ExportFormat) -> bool {
    matches!(format, ExportFormat::Text | ExportFormat::Json)
}

/// Prints what the query that `words` make means in a search for what `noun` names.
pub(crate) fn print(
    cli: &Cli,
    words: &[String],
    explanation: &Explanation,
    noun: &str,
    format: ExportFormat,
) -> Result<Outcome> {
    if !has_format(format) {
        bail!("--explain prints no {}; leave --format out, or write --format json", format.name());
    }
    let text = words.join(" ");
    let dialect = filters::dialect(cli);
    let otherwise = Query::read_otherwise(&text, dialect, filters::today());
    let mut out = terminal::stdout();
    if format == ExportFormat::Json {
        Line::explanation(explanation, otherwise.as_ref()).write(&mut out)?;
        return Ok(Outcome::of(explanation.hits > 0));
    }
    writeln!(out, "{STRONG}{}{STRONG:#}", explanation.query)?;
    let width = grouped(explanation.hits).len().max(widest(explanation));
    write_part(&mut out, explanation, 0, width)?;
    writeln!(out, "{FAINT}the figure before each part is the number of {noun}s that it finds by itself{FAINT:#}")?;
    for reason in explanation.reasons().iter().filter_map(|reason| nothing::sentence(reason, noun)) {
        writeln!(out, "{reason}")?;
    }
    if let Some(other) = otherwise {
        writeln!(out, "{}", warning(dialect, &other))?;
    }
    Ok(Outcome::of(explanation.hits > 0))
}

/// Says how the other language would read the same operators.
pub(crate) fn warning(dialect: Dialect, other: &Query) -> String {
    let (name, order) = match dialect {
        Dialect::Newsdex => ("Nexis", "OR holds tightest there, then distances, then AND, then AND NOT"),
        Dialect::Nexis => ("newsdex", "distances hold tightest there, then NOT, then AND, then OR"),
    };
    format!("warning: {name} would read this as `{other}`: {order}; brackets make it plain")
}

fn widest(explanation: &Explanation) -> usize {
    let own = grouped(explanation.hits).len();
    explanation.parts.iter().map(widest).fold(own, usize::max)
}

fn write_part(out: &mut impl Write, part: &Explanation, depth: usize, width: usize) -> Result<()> {
    let indent = "  ".repeat(depth);
    write!(out, "{:>width$}  {indent}{}", grouped(part.hits), part.meaning)?;
    if !part.words.is_empty() {
        let shown: Vec<&str> = part.words.iter().take(SHOWN).map(String::as_str).collect();
        let more = part.words.len().saturating_sub(SHOWN);
        let more = if more > 0 { format!(" and {}", counted(more, "other word")) } else { String::new() };
        write!(out, " {FAINT}({}{more}){FAINT:#}", shown.join(", "))?;
    }
    writeln!(out)?;
    part.parts.iter().try_for_each(|inner| write_part(out, inner, depth + 1, width))
}

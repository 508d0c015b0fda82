//! The formats that listings of hits are written in.

use std::io::{self, Write};

use newsdex::export::csv::CsvWriter;
use newsdex::export::markdown;
use newsdex::export::wire::Line;

use crate::args::ExportFormat;
use crate::listing::heading;
use crate::queries::Label;

/// Where hits are written to, in one format.
pub(crate) enum Writer<W: Write> {
    Text(W),
    Json(W),
    Markdown(W),
    Paths(W),
    Csv(Box<CsvWriter<W>>),
}

impl<W: Write> Writer<W> {
    /// Writes to `out` in `format`; `table` begins what is written as CSV.
    pub(crate) fn new(
        out: W,
        format: ExportFormat,
        table: impl FnOnce(W) -> io::Result<CsvWriter<W>>,
    ) -> io::Result<Self> {
        Ok(match format {
            ExportFormat::Text => Self::Text(out),
            ExportFormat::Json => Self::Json(out),
            ExportFormat::Markdown => Self::Markdown(out),
            ExportFormat::Paths => Self::Paths(out),
            ExportFormat::Csv => Self::Csv(Box::new(table(out)?)),
        })
    }

    /// Says which query of several the hits that follow answer.
    pub(crate) fn label(&mut self, label: &Label) -> io::Result<()> {
        match self {
            Self::Text(out) => out.write_all(heading(&label.query).as_bytes()),
            Self::Json(out) => Line::query(&label.query, label.line).write(out),
            Self::Markdown(out) => markdown::heading(out, &label.query),
            Self::Paths(_) => Ok(()),
            Self::Csv(out) => {
                out.label(&label.query);
                Ok(())
            }
        }
    }
}

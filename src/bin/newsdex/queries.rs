//! Queries from the command line, or many from a file.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use newsdex::search::Query;

use crate::args::Cli;
use crate::filters;

/// A query to answer.
pub(crate) struct Asked {
    /// Where it stands in a file of queries, which its answer is labelled with.
    pub(crate) label: Option<Label>,
    pub(crate) query: Query,
}

/// A query of a file, as typed, and its line, counted from 1.
pub(crate) struct Label {
    pub(crate) query: String,
    pub(crate) line: usize,
}

/// The queries of `file`, one a line, or the one that `words` make. Empty lines and those that begin with `#` are passed
/// over.
pub(crate) fn asked(cli: &Cli, words: &[String], file: Option<&Path>) -> Result<Vec<Asked>> {
    let Some(file) = file else { return Ok(vec![Asked { label: None, query: filters::query(cli, words)? }]) };
    let text = fs::read_to_string(file).with_context(|| format!("cannot read the queries in `{}`", file.display()))?;
    let lines = (1..).zip(text.trim_start_matches('\u{feff}').lines().map(str::trim));
    let lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let read = |(line, text): (usize, &str)| {
        let query =
            filters::query(cli, &[text.to_owned()]).with_context(|| format!("`{}`, line {line}", file.display()))?;
        Ok(Asked { label: Some(Label { query: text.to_owned(), line }), query })
    };
    let asked: Vec<Asked> = lines.map(read).collect::<Result<_>>()?;
    anyhow::ensure!(!asked.is_empty(), "no query in `{}`; write one a line", file.display());
    Ok(asked)
}

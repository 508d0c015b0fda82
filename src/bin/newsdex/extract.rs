//! `newsdex extract`: articles in, JSON lines out, no index.

use std::io::{BufRead as _, Write};
use std::ops::ControlFlow;
use std::path::Path;

use anyhow::{Context as _, Result};
use newsdex::article::{Article, Warning};
use newsdex::crawl::{self, FoundFile, RawFile, Skipped};
use newsdex::export::wire::Line;
use newsdex::extract::{Annotations, annotate_article};
use newsdex::ordered::{Give, map_given_in_order, map_in_order};
use newsdex::parse::{self, Columns};
use serde_json::Value;

use crate::args::ExtractArgs;
use crate::{Outcome, index, terminal};

/// Bytes of text under way at a time.
const BUDGET: u64 = 64 << 20;

/// Prints a line for each article of the paths or of standard input, in input order.
pub(crate) fn run(index: &Path, args: &ExtractArgs) -> Result<Outcome> {
    let threads = index::threads(args.threads);
    let mut out = terminal::stdout();
    let mut has_articles = false;
    let mut failure = None;
    let mut consume = |done: Vec<u8>| {
        has_articles |= has_article(&done);
        match out.write_all(&done) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failure = Some(error);
                ControlFlow::Break(())
            }
        }
    };
    if args.stdin {
        // A thread of its own reads, so the lock cannot be taken here.
        let input = std::io::BufReader::new(std::io::stdin()).split(b'\n').filter(|line| !is_blank(line));
        map_in_order(
            input,
            threads,
            BUDGET,
            |line| line.as_ref().map_or(0, |line| line.len() as u64),
            from_line,
            &mut consume,
        );
    } else {
        let roots = crawl::roots(&args.paths)?;
        let found = crawl::walk(&roots, &[index.to_path_buf()]);
        let columns = Columns::read(args.map.iter().map(String::as_str))?;
        let read = |task: Task| task.read(&columns);
        map_given_in_order(|give| feed(found, give), threads, BUDGET, Task::weight, read, &mut consume);
    }
    if let Some(error) = failure {
        return Err(error).context("cannot write the output");
    }
    out.flush()?;
    Ok(Outcome::of(has_articles))
}

/// True where `lines` tell of more than what could not be read.
fn has_article(lines: &[u8]) -> bool {
    let is_error = |line: &[u8]| line.starts_with(br#"{"type":"error""#);
    lines.split(|byte| *byte == b'\n').any(|line| !line.is_empty() && !is_error(line))
}

fn is_blank(line: &std::io::Result<Vec<u8>>) -> bool {
    line.as_ref().is_ok_and(|line| line.trim_ascii().is_empty())
}

/// The output for one line of standard input.
fn from_line(line: std::io::Result<Vec<u8>>) -> Vec<u8> {
    match line.map_err(|error| (None, format!("cannot read standard input: {error}"))).and_then(|line| read_line(&line))
    {
        Ok((id, text)) => {
            let (mut article, warnings) = parse::parse_text("", text);
            article.path.clear();
            article_line(&id, &article, &warnings)
        }
        Err((id, message)) => line_of(&Line::error(id.as_deref(), &message)),
    }
}

/// Identifier and text of a line, or the identifier, where there is one, and what is wrong.
fn read_line(line: &[u8]) -> Result<(String, String), (Option<String>, String)> {
    let value: Value = serde_json::from_slice(line).map_err(|error| (None, format!("not a JSON object: {error}")))?;
    let id = match value.get("id") {
        Some(Value::String(id)) => Some(id.clone()),
        Some(Value::Number(id)) => Some(id.to_string()),
        _ => None,
    };
    match (id, value) {
        (id, Value::Object(mut object)) => match (id, object.remove("text")) {
            (Some(id), Some(Value::String(text))) => Ok((id, text)),
            (Some(id), _) => Err((Some(id), "no string `text`".into())),
            (None, _) => Err((None, "no string or number `id`".into())),
        },
        (id, _) => Err((id, "not a JSON object".into())),
    }
}

/// What there is to read.
enum Task {
    Whole(FoundFile),
    Member(RawFile),
    Skipped(Skipped),
}

impl Task {
    /// Bytes that it holds, or will.
    fn weight(&self) -> u64 {
        match self {
            Self::Whole(file) => file.size,
            Self::Member(member) => member.bytes.len() as u64,
            Self::Skipped(_) => 0,
        }
    }

    /// The output for it.
    fn read(self, columns: &Columns) -> Vec<u8> {
        let raw = match self {
            Self::Whole(file) => crawl::read(&file),
            Self::Member(member) => Ok(member),
            Self::Skipped(skipped) => Err(skipped),
        };
        match raw {
            Ok(raw) => from_file(&raw, columns),
            Err(Skipped { path, reason }) => line_of(&Line::error(Some(&path), &reason.to_string())),
        }
    }
}

/// Gives the files `found`, and the members of those that are containers.
fn feed(mut found: impl Iterator<Item = Result<FoundFile, Skipped>>, give: &mut Give<'_, Task>) {
    let _ = found.try_for_each(|found| {
        let file = match found {
            Ok(file) => file,
            Err(skipped) => return give(Task::Skipped(skipped)),
        };
        match crawl::is_container(&file) {
            Ok(false) => give(Task::Whole(file)),
            Ok(true) => {
                let mut wanted = ControlFlow::Continue(());
                crawl::members(&file, &mut |member| {
                    wanted = give(member.map_or_else(Task::Skipped, Task::Member));
                    wanted
                });
                wanted
            }
            Err(skipped) => give(Task::Skipped(skipped)),
        }
    });
}

/// The output for one file.
fn from_file(raw: &RawFile, columns: &Columns) -> Vec<u8> {
    let parsed = parse::parse_columns(raw, columns);
    let mut out = Vec::new();
    for (article, warnings) in &parsed.articles {
        out.extend(article_line(&article.path, article, warnings));
    }
    for reason in &parsed.rejected {
        out.extend(line_of(&Line::error(Some(&raw.path), &reason.to_string())));
    }
    out
}

fn article_line(id: &str, article: &Article, warnings: &[Warning]) -> Vec<u8> {
    let annotations: Annotations = annotate_article(article);
    line_of(&Line::article(id, article, &annotations, warnings))
}

fn line_of(line: &Line) -> Vec<u8> {
    let mut out = Vec::new();
    line.write(&mut out).expect("a vector takes every byte");
    out
}

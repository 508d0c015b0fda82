//! `newsdex timeline`: how many articles match, over time.

use std::fmt::Write as _;
use std::fs;
use std::io::Write;

use anyhow::{Context as _, Result};
use newsdex::export::svg::{self, Caption};
use newsdex::export::table::Table;
use newsdex::export::wire::Line;
use newsdex::search::{Series, Timeline, TimelineRequest};
use unicode_width::UnicodeWidthStr as _;

use crate::args::{Cli, TableFormat, TimelineArgs};
use crate::chart::{bar, relative};
use crate::listing::{counted, grouped, one_line, shortened};
use crate::terminal::{DATE, FAINT, STRONG};
use crate::{Outcome, filters, nothing, terminal};

/// Columns between two series.
const GUTTER: usize = 2;

/// Fewest columns of a series: what does not fit beside the others stands below them.
const NARROWEST: usize = 18;

/// Widest bar of one series.
const LONGEST_BAR: usize = 48;

/// Counts, prints, and draws where that is asked for.
pub(crate) fn run(cli: &Cli, args: &TimelineArgs) -> Result<Outcome> {
    let mut queries = vec![filters::query(cli, &args.query)?];
    for versus in &args.versus {
        queries.push(filters::query(cli, std::slice::from_ref(versus))?);
    }
    let request = TimelineRequest {
        queries,
        filters: filters::filters(&args.filters)?,
        by: args.by,
        split: args.split,
        series: args.limit.into(),
        per_million: args.per_million,
    };
    let searcher = filters::searcher(cli)?;
    let timeline = searcher.timeline(&request)?;
    let names = names(&timeline, args);
    print(&timeline, &names, args.format)?;
    if let Some(file) = &args.svg {
        let title = if args.split.is_some() { asked(&args.query) } else { names.join(" · ") };
        let caption = Caption { title: &title, note: &note(args), names: &names };
        let action = || format!("cannot write the picture to `{}`", file.display());
        fs::write(file, svg::timeline(&timeline, &caption)).with_context(action)?;
    }
    let found = timeline.series.iter().any(|series| series.undated > 0 || series.counts.iter().any(|&count| count > 0));
    if !found {
        nothing::explain_search(&searcher, &request.queries[0], &request.filters)?;
    }
    Ok(Outcome::of(found))
}

/// What each series is called: its value, or its query.
fn names(timeline: &Timeline, args: &TimelineArgs) -> Vec<String> {
    let queries = std::iter::once(asked(&args.query)).chain(args.versus.iter().cloned());
    match args.split {
        Some(_) => timeline.series.iter().map(|series| series.value.clone().unwrap_or_default()).collect(),
        None => queries.collect(),
    }
}

fn asked(query: &[String]) -> String {
    if query.is_empty() { "all articles".to_owned() } else { query.join(" ") }
}

/// What is counted, for a picture.
fn note(args: &TimelineArgs) -> String {
    let split = args.split.map(|field| format!(", by {}", field.as_str())).unwrap_or_default();
    let against = if args.per_million { " in a million words" } else { "" };
    format!("articles a {}{against}{split}", args.by.as_str())
}

fn print(timeline: &Timeline, names: &[String], format: TableFormat) -> Result<()> {
    let mut out = terminal::paged();
    match format {
        TableFormat::Json => {
            for line in Line::timeline(timeline, names) {
                line.write(&mut out)?;
            }
        }
        TableFormat::Csv => table(timeline, names).write_csv(&mut out)?,
        TableFormat::Markdown => table(timeline, names).write_markdown(&mut out)?,
        TableFormat::Text => out.write_all(text(timeline, names, terminal::width()).as_bytes())?,
    }
    Ok(out.flush()?)
}

/// One row a period, one column a series, and a last row of what has no date, if anything has none.
fn table(timeline: &Timeline, names: &[String]) -> Table {
    let mut table = Table::new(std::iter::once(timeline.by.as_str()).chain(names.iter().map(String::as_str)));
    for (at, first) in timeline.periods.iter().enumerate() {
        let cell = |series: &Series| match series.per_million.get(at) {
            Some(share) => format!("{share:.3}"),
            None => series.counts[at].to_string(),
        };
        let cells = timeline.series.iter().map(cell);
        table.rows.push(std::iter::once(timeline.by.label(*first)).chain(cells).collect());
    }
    if timeline.series.iter().any(|series| series.undated > 0) {
        // A count against the words printed then there cannot be.
        let cell = |series: &Series| {
            if series.per_million.is_empty() { series.undated.to_string() } else { String::new() }
        };
        table.rows.push(std::iter::once("undated".to_owned()).chain(timeline.series.iter().map(cell)).collect());
    }
    table
}

/// One line a period, the series side by side, as many as there is room for; the others below them.
fn text(timeline: &Timeline, names: &[String], width: usize) -> String {
    if timeline.periods.is_empty() {
        return undated_line(timeline);
    }
    let label = timeline.periods.iter().map(|first| timeline.by.label(*first).len()).max().unwrap_or(0);
    let room = width.saturating_sub(label);
    let beside = (room / (NARROWEST + GUTTER)).clamp(1, timeline.series.len().max(1));
    let columns: Vec<Column> =
        timeline.series.iter().zip(names).map(|(series, name)| Column::new(series, name)).collect();
    let most = columns.iter().map(|column| column.most).fold(0.0, f64::max);
    let rows: Vec<String> = columns
        .chunks(beside)
        .map(|columns| block(timeline, columns, names.len() > 1, (label, room / beside - GUTTER, most)))
        .collect();
    rows.join("\n") + &undated_line(timeline)
}

/// The figures of a series, as printed, and the heights of its bars.
struct Column {
    name: String,
    figures: Vec<String>,
    heights: Vec<f64>,
    most: f64,
    digits: usize,
}

impl Column {
    fn new(series: &Series, name: &str) -> Self {
        let counts = || series.counts.iter().map(|&count| count as f64).collect();
        let heights: Vec<f64> = if series.per_million.is_empty() { counts() } else { series.per_million.clone() };
        let figures: Vec<String> = match &series.per_million[..] {
            [] => series.counts.iter().map(|&count| grouped(count)).collect(),
            shares => shares.iter().map(|&share| relative(share)).collect(),
        };
        let digits = figures.iter().map(String::len).max().unwrap_or(1);
        let most = heights.iter().copied().fold(0.0, f64::max);
        Self { name: one_line(name), figures, heights, most, digits }
    }

    /// The cell of the period `at`.
    fn cell(&self, at: usize, room: usize, most: f64) -> String {
        let bar_room = room.saturating_sub(self.digits + 1).clamp(1, LONGEST_BAR);
        let pad = room.saturating_sub(self.digits + 1 + bar_room);
        let bar = bar(self.heights[at], most, bar_room);
        format!("{:>digits$} {bar}{:pad$}", self.figures[at], "", digits = self.digits)
    }
}

fn block(timeline: &Timeline, columns: &[Column], headed: bool, (label, room, most): (usize, usize, f64)) -> String {
    let mut out = String::new();
    if headed {
        let names = columns.iter().map(|column| {
            let name = shortened(&column.name, room);
            let pad = room.saturating_sub(name.width());
            format!("{:GUTTER$}{STRONG}{name}{STRONG:#}{:pad$}", "", "")
        });
        let line = format!("{:label$}{}", "", names.collect::<String>());
        out.push_str(line.trim_end());
        out.push('\n');
    }
    for (at, first) in timeline.periods.iter().enumerate() {
        let cells: Vec<String> =
            columns.iter().map(|column| format!("{:GUTTER$}{}", "", column.cell(at, room, most))).collect();
        let label = format!("{DATE}{:label$}{DATE:#}", timeline.by.label(*first));
        let _ = writeln!(out, "{label}{}", cells.concat().trim_end());
    }
    out
}

/// How many articles are left out because they have no date; nothing where none is.
fn undated_line(timeline: &Timeline) -> String {
    let undated = timeline.series.iter().map(|series| series.undated).max().unwrap_or(0);
    if undated == 0 {
        return String::new();
    }
    format!("{FAINT}and {} without a date{FAINT:#}\n", counted(undated, "article"))
}

//! `newsdex status`: what the index holds.

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;

use anyhow::Result;
use newsdex::export::wire::Line;
use newsdex::extract::EntityKind;
use newsdex::index::{Index, Status};
use newsdex::search::ActorRequest;

use crate::args::{Cli, Format, FormatArgs};
use crate::filters;
use crate::listing::{counted, grouped, short_path};
use crate::terminal::FAINT;
use crate::{Outcome, terminal};

/// Prints the figures of the index; actors are what the user's file says.
pub(crate) fn run(cli: &Cli, args: &FormatArgs) -> Result<Outcome> {
    let path = cli.index.as_path();
    let status = Index::open(path)?.status()?;
    let searcher = filters::searcher(cli)?;
    let count = |kinds: &[EntityKind]| {
        let request = ActorRequest { kinds: kinds.to_vec(), limit: 0, ..ActorRequest::default() };
        searcher.actors(&request).map(|actors| actors.total)
    };
    let actors = count(&[EntityKind::Person, EntityKind::Organization, EntityKind::Other])?;
    let mut out = terminal::stdout();
    match args.format {
        Format::Json => Line::status(&path.to_string_lossy(), &status, actors).write(&mut out)?,
        Format::Text => out.write_all(table(path, &status, (actors, count(&[EntityKind::Place])?)).as_bytes())?,
    }
    out.flush()?;
    Ok(Outcome::of(status.articles > 0))
}

fn table(path: &Path, status: &Status, (actors, places): (usize, usize)) -> String {
    let dates = status.dates.map_or_else(|| "none".to_owned(), |(first, last)| format!("{first} to {last}"));
    let skipped: Vec<String> =
        status.skipped.iter().map(|(reason, count)| format!("{} {reason}", grouped(*count))).collect();
    let folders: Vec<String> = status.folders.iter().map(|folder| short_path(folder)).collect();
    let rows = [
        ("index", path.display().to_string()),
        ("format", status.format.to_string()),
        ("size", size(status.bytes)),
        ("folders", folders.join(", ")),
        ("files", grouped(status.files)),
        ("skipped", skipped.join(", ")),
        ("articles", grouped(status.articles)),
        ("quotes", grouped(status.quotes)),
        ("declined", declined(status.declined)),
        ("actors", format!("{} and {}", grouped(actors), counted(places, "place"))),
        ("dates", dates),
    ];
    let mut out = String::new();
    for (name, value) in rows.into_iter().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(out, "{FAINT}{name:<8}{FAINT:#}  {value}");
    }
    out
}

/// How often somebody was asked and did not answer; nothing is said there, so that it is no quote.
fn declined(count: usize) -> String {
    if count == 0 { String::new() } else { format!("{} to comment, counted apart from quotes", grouped(count)) }
}

/// Bytes in the largest unit that leaves a whole number before the point.
fn size(bytes: u64) -> String {
    let units = [(30, "GiB"), (20, "MiB"), (10, "KiB")];
    let unit = units.into_iter().find(|(shift, _)| bytes >> shift > 0);
    unit.map_or_else(
        || format!("{bytes} bytes"),
        |(shift, unit)| format!("{:.1} {unit}", bytes as f64 / f64::from(1 << shift)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_a_readable_unit() {
        assert_eq!(size(17), "17 bytes");
        assert_eq!(size(1536), "1.5 KiB");
        assert_eq!(size(3 << 30), "3.0 GiB");
    }
}

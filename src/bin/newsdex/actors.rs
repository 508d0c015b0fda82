//! `newsdex actors`: who and what is in the news.

use std::fmt::Write as _;
use std::io::Write;

use anyhow::Result;
use newsdex::export::wire::Line;
use newsdex::search::{ActorHit, ActorRequest};
use unicode_width::UnicodeWidthStr as _;

use crate::args::{ActorsArgs, Cli, Format};
use crate::listing::{grouped, more_line, one_line};
use crate::terminal::{DATE, FAINT, STRONG};
use crate::{Outcome, filters, nothing, terminal};

/// Widest name before the figures are pushed out of line.
const NAME_COLUMNS: usize = 36;

/// Lists actors, those in most articles first.
pub(crate) fn run(cli: &Cli, args: &ActorsArgs) -> Result<Outcome> {
    let searcher = filters::searcher(cli)?;
    let prefix = args.prefix.join(" ");
    let request = ActorRequest {
        prefix,
        kinds: args.kind.map(Into::into).into_iter().collect(),
        limit: filters::limit(args.page.limit),
        offset: args.page.offset,
    };
    let found = searcher.actors(&request)?;
    let mut out = terminal::paged();
    match args.page.format {
        Format::Json => {
            for actor in &found.hits {
                Line::actor(actor).write(&mut out)?;
            }
            Line::summary(found.total, found.hits.len()).write(&mut out)?;
        }
        Format::Text => {
            out.write_all(table(&found.hits).as_bytes())?;
            out.write_all(more_line(found.hits.len(), args.page.offset, found.total, "actor").as_bytes())?;
        }
    }
    out.flush()?;
    if found.hits.is_empty() && found.total > 0 {
        nothing::tell_offset(args.page.offset, found.total, "actor");
    }
    if found.total == 0 && !request.prefix.is_empty() {
        let prefix = &request.prefix;
        terminal::print_hint(&format!(
            "no actor's name has a word that begins with `{prefix}`; `newsdex actors` lists all"
        ));
    }
    Ok(Outcome::of(!found.hits.is_empty()))
}

/// One line an actor: name, kind, articles, quotes, first and last date.
fn table(actors: &[ActorHit]) -> String {
    let mut out = String::new();
    if actors.is_empty() {
        return out;
    }
    let widest = actors.iter().map(|actor| one_line(&actor.name).width()).max().unwrap_or(0).clamp(4, NAME_COLUMNS);
    let _ = writeln!(out, "{FAINT}{:widest$}  {:12}  articles  quotes  first and last{FAINT:#}", "name", "kind");
    for actor in actors {
        let name = one_line(&actor.name);
        let pad = widest.saturating_sub(name.width());
        let dates = actor.dates.map_or_else(String::new, |(first, last)| format!("{first} to {last}"));
        let _ = writeln!(
            out,
            "{STRONG}{name}{STRONG:#}{:pad$}  {:12}  {:>8}  {:>6}  {DATE}{dates}{DATE:#}",
            "",
            actor.kind.as_str(),
            grouped(actor.articles),
            grouped(actor.quotes),
        );
    }
    out
}

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

/// Columns of the two counts behind a name, with the spaces before them.
const FIGURES: usize = 18;

/// Columns of the kind, with the spaces before it.
const KIND: usize = 14;

/// Columns below which first and last date are left out, and the kind where it does not fit.
const NARROW: usize = 60;

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
            out.write_all(table(&found.hits, terminal::width()).as_bytes())?;
            out.write_all(more_line(found.hits.len(), args.page.offset, found.total, "actor").as_bytes())?;
        }
    }
    out.flush()?;
    if found.hits.is_empty() && found.total > 0 {
        nothing::tell_offset(args.page.offset, found.total, "actor");
    }
    if found.total == 0 && !nothing::is_empty(&searcher)? && !request.prefix.is_empty() {
        let prefix = &request.prefix;
        terminal::print_hint(&format!(
            "no actor's name has a word that begins with `{prefix}`; `newsdex actors` lists all"
        ));
    }
    Ok(Outcome::of(!found.hits.is_empty()))
}

/// One line an actor: name, kind, articles, quotes, first and last date, as far as there is room for them.
fn table(actors: &[ActorHit], width: usize) -> String {
    let mut out = String::new();
    if actors.is_empty() {
        return out;
    }
    let widest = actors.iter().map(|actor| one_line(&actor.name).width()).max().unwrap_or(0).clamp(4, NAME_COLUMNS);
    let has_dates = width >= NARROW;
    let has_kind = has_dates || width >= widest + FIGURES + KIND;
    let heading = |shown: bool, heading: &'static str| if shown { heading } else { "" };
    let (kind, dates) = (heading(has_kind, "  kind        "), heading(has_dates, "  first and last"));
    let _ = writeln!(out, "{FAINT}{:widest$}{kind}  articles  quotes{dates}{FAINT:#}", "name");
    for actor in actors {
        let name = one_line(&actor.name);
        let pad = widest.saturating_sub(name.width());
        let _ = write!(out, "{STRONG}{name}{STRONG:#}{:pad$}", "");
        if has_kind {
            let _ = write!(out, "  {:12}", actor.kind.as_str());
        }
        let _ = write!(out, "  {:>8}  {:>6}", grouped(actor.articles), grouped(actor.quotes));
        if let Some((first, last)) = actor.dates.filter(|_| has_dates) {
            let _ = write!(out, "  {DATE}{first} to {last}{DATE:#}");
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use newsdex::extract::EntityKind;

    use super::*;

    fn check(width: usize, expect: &str) {
        let day = |year| chrono::NaiveDate::from_ymd_opt(year, 1, 2);
        let actor = ActorHit {
            name: "Ada Lovell".into(),
            kind: EntityKind::Person,
            aliases: Vec::new(),
            articles: 1_234,
            quotes: 5,
            dates: day(2015).zip(day(2016)),
        };
        assert_eq!(anstream::adapter::strip_str(&table(&[actor], width)).to_string(), expect);
    }

    #[test]
    fn what_does_not_fit_a_narrow_terminal_is_left_out() {
        check(
            80,
            "name        kind          articles  quotes  first and last\n\
             Ada Lovell  person           1,234       5  2015-01-02 to 2016-01-02\n",
        );
        check(44, "name        kind          articles  quotes\nAda Lovell  person           1,234       5\n");
        check(40, "name        articles  quotes\nAda Lovell     1,234       5\n");
    }
}

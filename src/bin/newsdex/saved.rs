//! `newsdex save`, `saved` and `alerts`: searches under a name, and what they find that they have not told before.

use std::fmt::Write as _;
use std::io::Write;

use anyhow::{Result, bail, ensure};
use newsdex::export::wire::Line;
use newsdex::index::Index;
use newsdex::search::{SAVED_FILE, SavedSearch, SavedSearches};

use crate::args::{AlertsArgs, Cli, Format, SaveArgs, SavedArgs};
use crate::listing::{INDENT, counted, grouped, one_line, source_line};
use crate::terminal::{FAINT, STRONG};
use crate::{Outcome, filters, terminal};

/// Saves a search. What it finds now counts as told.
pub(crate) fn save(cli: &Cli, args: &SaveArgs) -> Result<Outcome> {
    let given = &args.filters;
    let search = SavedSearch {
        query: args.query.join(" "),
        outlet: given.outlet.clone(),
        from: given.from.clone(),
        to: given.to.clone(),
        person: given.person.clone(),
        org: given.org.clone(),
        place: given.place.clone(),
        actor: given.actor.clone(),
    };
    ensure!(search != SavedSearch::default(), "nothing to save: give a query or a filter");
    let (query, filters) = search.read()?;
    let searcher = filters::searcher(cli)?;
    let mut saved = SavedSearches::open(&cli.index)?;
    if !saved.add(&args.name, search)? {
        bail!("a search called `{0}` is saved already; take it out first with `newsdex saved --remove {0}`", args.name);
    }
    let found = searcher.unseen(&query, &filters, &saved.seen(&args.name)?)?;
    saved.remember(&args.name, &found.iter().map(|head| head.id.clone()).collect())?;
    let mut out = terminal::stdout();
    let now = counted(found.len(), "article");
    writeln!(out, "saved `{}`: {now} now; `newsdex alerts` will tell of new ones", args.name)?;
    out.flush()?;
    Ok(Outcome::Found)
}

/// Lists the saved searches, or takes one out.
pub(crate) fn saved(cli: &Cli, args: &SavedArgs) -> Result<Outcome> {
    Index::open(&cli.index)?;
    let mut saved = SavedSearches::open(&cli.index)?;
    let mut out = terminal::stdout();
    if let Some(name) = &args.remove {
        ensure!(saved.remove(name)?, "no search called `{name}` is saved; `newsdex saved` lists all");
        writeln!(out, "removed `{name}`")?;
        out.flush()?;
        return Ok(Outcome::Found);
    }
    let searches = saved.searches();
    match args.output.format {
        Format::Json => {
            for (name, search) in searches {
                Line::saved(name, search).write(&mut out)?;
            }
        }
        Format::Text => {
            let widest = searches.keys().map(String::len).max().unwrap_or(0);
            for (name, search) in searches {
                writeln!(out, "{STRONG}{name:widest$}{STRONG:#}  {}", one_line(&description(search)))?;
            }
        }
    }
    out.flush()?;
    if searches.is_empty() {
        hint_to_save();
    }
    Ok(Outcome::of(!searches.is_empty()))
}

fn hint_to_save() {
    terminal::print_hint("no search is saved; save one with `newsdex save NAME QUERY`");
}

/// The query and its filters, as they would be typed.
fn description(search: &SavedSearch) -> String {
    let mut out = search.query.clone();
    let dates = [("--from", &search.from), ("--to", &search.to)];
    for (flag, value) in dates.into_iter().filter_map(|(flag, value)| Some((flag, value.as_ref()?))) {
        let _ = write!(out, " {flag} {value}");
    }
    let lists = [
        ("--outlet", &search.outlet),
        ("--person", &search.person),
        ("--org", &search.org),
        ("--place", &search.place),
        ("--actor", &search.actor),
    ];
    for (flag, value) in lists.into_iter().flat_map(|(flag, values)| values.iter().map(move |value| (flag, value))) {
        let quoted = if value.contains(' ') { format!("'{value}'") } else { value.clone() };
        let _ = write!(out, " {flag} {quoted}");
    }
    out.trim_start().to_owned()
}

/// Tells what each search finds that it has not told before, and remembers what it told.
pub(crate) fn alerts(cli: &Cli, args: &AlertsArgs) -> Result<Outcome> {
    let searcher = filters::searcher(cli)?;
    let saved = SavedSearches::open(&cli.index)?;
    if let Some(name) = args.name.iter().find(|name| !saved.searches().contains_key(*name)) {
        bail!("no search called `{name}` is saved; `newsdex saved` lists all");
    }
    let mut out = terminal::paged();
    let mut told = Vec::new();
    let mut total = 0;
    let wanted = |name: &String| args.name.is_empty() || args.name.contains(name);
    for (name, search) in saved.searches().iter().filter(|(name, _)| wanted(name)) {
        let (query, filters) = search.read()?;
        let mut seen = saved.seen(name)?;
        let new = searcher.unseen(&query, &filters, &seen)?;
        total += new.len();
        let shown = &new[..new.len().min(filters::limit(args.limit))];
        match args.format {
            Format::Json => {
                Line::alert(name, search, new.len()).write(&mut out)?;
                shown.iter().try_for_each(|head| Line::head(head).write(&mut out))?;
            }
            Format::Text if new.is_empty() => {}
            Format::Text => {
                let count = counted(new.len(), "new article");
                writeln!(out, "{STRONG}{name}{STRONG:#}  {FAINT}{count}{FAINT:#}")?;
                for head in shown {
                    let headline = head.headline.as_deref().unwrap_or("(no headline)");
                    writeln!(out, "{:INDENT$}{}", "", one_line(headline))?;
                    out.write_all(source_line(head).as_bytes())?;
                }
                if shown.len() < new.len() {
                    let more = grouped(new.len() - shown.len());
                    writeln!(out, "{:INDENT$}{FAINT}{more} more the next time{FAINT:#}", "")?;
                }
                writeln!(out)?;
            }
        }
        seen.extend(shown.iter().map(|head| head.id.clone()));
        told.push((name, seen));
    }
    // What nobody could read is not told.
    out.flush()?;
    drop(out);
    if !args.peek {
        told.iter().try_for_each(|(name, seen)| saved.remember(name, seen))?;
    }
    if saved.searches().is_empty() {
        hint_to_save();
    } else if total == 0 && args.format == Format::Text {
        terminal::print_hint(&format!("nothing new for {} in `{SAVED_FILE}`", counted(told.len(), "search")));
    }
    Ok(Outcome::of(total > 0))
}

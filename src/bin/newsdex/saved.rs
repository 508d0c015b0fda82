//! `newsdex save`, `saved` and `alerts`: searches under a name, and what they find that they have not told before.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::ControlFlow;

use anyhow::{Result, bail, ensure};
use newsdex::export::wire::Line;
use newsdex::index::Index;
use newsdex::search::{Dialect, SAVED_FILE, SavedHit, SavedSearch, SavedSearches, Searcher};

use crate::args::{AlertsArgs, Cli, Format, SaveArgs, SavedArgs};
use crate::listing::{INDENT, counted, grouped, one_line, source_line};
use crate::terminal::{FAINT, MATCH, STRONG};
use crate::wrap::wrap;
use crate::{Outcome, filters, quotes, terminal};

/// Saves a search. What it finds now counts as told.
pub(crate) fn save(cli: &Cli, args: &SaveArgs) -> Result<Outcome> {
    let search = search(cli, args);
    let given_nothing = SavedSearch { nexis: search.nexis, ..SavedSearch::default() };
    ensure!(search != given_nothing, "nothing to save: give a query or a filter");
    search.read()?;
    let searcher = filters::searcher(cli)?;
    let mut saved = SavedSearches::open(&cli.index)?;
    if !saved.add(&args.name, search.clone())? {
        bail!("a search called `{0}` is saved already; take it out first with `newsdex saved --remove {0}`", args.name);
    }
    let found = each_new(&searcher, &search, &saved.seen(&args.name)?, usize::MAX, |_| Ok(()))?;
    let now = counted(found.len(), noun(&search));
    saved.remember(&args.name, &found.into_iter().collect())?;
    let mut out = terminal::stdout();
    writeln!(out, "saved `{}`: {now} now; `newsdex alerts` will tell of new ones", args.name)?;
    out.flush()?;
    Ok(Outcome::Found)
}

/// The search that the flags make.
fn search(cli: &Cli, args: &SaveArgs) -> SavedSearch {
    let given = &args.filters;
    SavedSearch {
        query: args.query.join(" "),
        nexis: filters::dialect(cli) == Dialect::Nexis,
        quotes: args.quotes,
        by: args.by.clone(),
        addressee: args.addressee.clone(),
        about: args.about.clone(),
        outlet: given.outlet.clone(),
        from: given.from.clone(),
        to: given.to.clone(),
        person: given.person.clone(),
        org: given.org.clone(),
        place: given.place.clone(),
        actor: given.actor.clone(),
    }
}

/// What a search looks for.
const fn noun(search: &SavedSearch) -> &'static str {
    if search.quotes { "quote" } else { "article" }
}

/// Hands the first `count` of what `search` finds and `seen` has not to `write`; gives what they are known by.
fn each_new(
    searcher: &Searcher,
    search: &SavedSearch,
    seen: &BTreeSet<String>,
    count: usize,
    mut write: impl FnMut(&SavedHit) -> io::Result<()>,
) -> Result<Vec<String>> {
    let (mut told, mut failure) = (Vec::new(), None);
    if count > 0 {
        searcher.each_unseen(search, seen, |identifier, hit| {
            failure = write(&hit).err();
            told.push(identifier);
            if failure.is_some() || told.len() == count { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
    }
    failure.map_or(Ok(told), |error| Err(error.into()))
}

/// A hit as a person reads it.
fn hit_text(hit: &SavedHit) -> String {
    match hit {
        SavedHit::Article(head) => {
            let headline = head.headline.as_deref().unwrap_or("(no headline)");
            format!("{:INDENT$}{}\n{}", "", one_line(headline), source_line(head))
        }
        SavedHit::Quote(hit) => {
            let width = terminal::width();
            let text = wrap(&hit.sentence.text, &hit.sentence.marks, MATCH, INDENT, width);
            format!("{}{text}{}", quotes::speaker_line(hit, INDENT, width), source_line(&hit.article))
        }
    }
}

/// A hit as a line of JSON.
fn hit_line(hit: &SavedHit) -> Line<'_> {
    match hit {
        SavedHit::Article(head) => Line::head(head),
        SavedHit::Quote(hit) => Line::quote(hit),
    }
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
    for (flag, _) in [("--quotes", search.quotes), ("--dialect nexis", search.nexis)].iter().filter(|(_, is)| *is) {
        let _ = write!(out, " {flag}");
    }
    let dates = [("--from", &search.from), ("--to", &search.to)];
    for (flag, value) in dates.into_iter().filter_map(|(flag, value)| Some((flag, value.as_ref()?))) {
        let _ = write!(out, " {flag} {value}");
    }
    for (flag, value) in search.names().flat_map(|(flag, values)| values.iter().map(move |value| (flag, value))) {
        let quoted = if value.contains(' ') { format!("'{value}'") } else { value.clone() };
        let _ = write!(out, " --{flag} {quoted}");
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
    let (mut told, mut broken) = (Vec::new(), 0);
    let mut total = 0;
    let wanted = |name: &String| args.name.is_empty() || args.name.contains(name);
    for (name, search) in saved.searches().iter().filter(|(name, _)| wanted(name)) {
        if let Err(error) = search.read() {
            // One that somebody wrote wrong in the file keeps none of the others back.
            terminal::print_error(
                &anyhow::Error::new(error).context(format!("saved search `{name}` in `{SAVED_FILE}`")),
            );
            broken += 1;
            continue;
        }
        let mut seen = saved.seen(name)?;
        let new = searcher.count_unseen(search, &seen)?;
        total += new;
        let shown = new.min(filters::limit(args.limit));
        let identifiers = match args.format {
            Format::Json => {
                Line::alert(name, search, new).write(&mut out)?;
                each_new(&searcher, search, &seen, shown, |hit| hit_line(hit).write(&mut out))?
            }
            Format::Text if new == 0 => Vec::new(),
            Format::Text => {
                let count = counted(new, &format!("new {}", noun(search)));
                writeln!(out, "{STRONG}{name}{STRONG:#}  {FAINT}{count}{FAINT:#}")?;
                let write = |hit: &SavedHit| out.write_all(hit_text(hit).as_bytes());
                let identifiers = each_new(&searcher, search, &seen, shown, write)?;
                if shown < new {
                    let more = grouped(new - shown);
                    writeln!(out, "{:INDENT$}{FAINT}{more} more the next time{FAINT:#}", "")?;
                }
                writeln!(out)?;
                identifiers
            }
        };
        seen.extend(identifiers);
        told.push((name, seen));
    }
    // What nobody could read is not told.
    out.flush()?;
    drop(out);
    if !args.peek {
        told.iter().try_for_each(|(name, seen)| saved.remember(name, seen))?;
    }
    ensure!(broken == 0, "{} not run; mend the query in `{SAVED_FILE}` of the index", counted(broken, "saved search"));
    if saved.searches().is_empty() {
        hint_to_save();
    } else if total == 0 && args.format == Format::Text {
        terminal::print_hint(&format!("nothing new for {} in `{SAVED_FILE}`", counted(told.len(), "search")));
    }
    Ok(Outcome::of(total > 0))
}

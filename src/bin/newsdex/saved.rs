//! `newsdex save`, `saved` and `alerts`: searches under a name, and what they find that they have not told before.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write;

use anyhow::{Result, bail, ensure};
use newsdex::export::wire::Line;
use newsdex::index::Index;
use newsdex::search::{ArticleHead, Dialect, QuoteHit, SAVED_FILE, SavedSearch, SavedSearches, Searcher};

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
    let found = New::of(&searcher, &search, &saved.seen(&args.name)?)?;
    saved.remember(&args.name, &found.identifiers(found.len()))?;
    let mut out = terminal::stdout();
    let now = counted(found.len(), found.noun());
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

/// What a search finds that it has not told before.
enum New {
    Articles(Vec<ArticleHead>),
    /// Each with what it is known by.
    Quotes(Vec<(String, QuoteHit)>),
}

impl New {
    fn of(searcher: &Searcher, search: &SavedSearch, seen: &BTreeSet<String>) -> Result<Self> {
        if let Some(request) = search.quote_request()? {
            return Ok(Self::Quotes(searcher.unseen_quotes(&request, seen)?));
        }
        let (query, filters) = search.read()?;
        Ok(Self::Articles(searcher.unseen(&query, &filters, seen)?))
    }

    const fn len(&self) -> usize {
        match self {
            Self::Articles(articles) => articles.len(),
            Self::Quotes(quotes) => quotes.len(),
        }
    }

    const fn noun(&self) -> &'static str {
        match self {
            Self::Articles(_) => "article",
            Self::Quotes(_) => "quote",
        }
    }

    /// What the first `count` are known by.
    fn identifiers(&self, count: usize) -> BTreeSet<String> {
        match self {
            Self::Articles(articles) => articles.iter().take(count).map(|head| head.id.clone()).collect(),
            Self::Quotes(quotes) => quotes.iter().take(count).map(|(identifier, _)| identifier.clone()).collect(),
        }
    }

    /// Writes the first `count` as a person reads them.
    fn write(&self, out: &mut impl Write, count: usize) -> Result<()> {
        match self {
            Self::Articles(articles) => {
                for head in articles.iter().take(count) {
                    let headline = head.headline.as_deref().unwrap_or("(no headline)");
                    writeln!(out, "{:INDENT$}{}", "", one_line(headline))?;
                    out.write_all(source_line(head).as_bytes())?;
                }
            }
            Self::Quotes(found) => {
                for (_, hit) in found.iter().take(count) {
                    writeln!(out, "{:INDENT$}{}", "", quotes::speaker_line(hit))?;
                    let text = wrap(&hit.sentence.text, &hit.sentence.marks, MATCH, INDENT, terminal::width());
                    out.write_all(text.as_bytes())?;
                    out.write_all(source_line(&hit.article).as_bytes())?;
                }
            }
        }
        Ok(())
    }

    /// Writes the first `count` as lines of JSON.
    fn write_lines(&self, out: &mut impl Write, count: usize) -> Result<()> {
        match self {
            Self::Articles(articles) => {
                articles.iter().take(count).try_for_each(|head| Line::head(head).write(&mut *out))?;
            }
            Self::Quotes(quotes) => {
                quotes.iter().take(count).try_for_each(|(_, hit)| Line::quote(hit).write(&mut *out))?;
            }
        }
        Ok(())
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
    let mut told = Vec::new();
    let mut total = 0;
    let wanted = |name: &String| args.name.is_empty() || args.name.contains(name);
    for (name, search) in saved.searches().iter().filter(|(name, _)| wanted(name)) {
        let mut seen = saved.seen(name)?;
        let new = New::of(&searcher, search, &seen)?;
        total += new.len();
        let shown = new.len().min(filters::limit(args.limit));
        match args.format {
            Format::Json => {
                Line::alert(name, search, new.len()).write(&mut out)?;
                new.write_lines(&mut out, shown)?;
            }
            Format::Text if new.len() == 0 => {}
            Format::Text => {
                let count = counted(new.len(), &format!("new {}", new.noun()));
                writeln!(out, "{STRONG}{name}{STRONG:#}  {FAINT}{count}{FAINT:#}")?;
                new.write(&mut out, shown)?;
                if shown < new.len() {
                    let more = grouped(new.len() - shown);
                    writeln!(out, "{:INDENT$}{FAINT}{more} more the next time{FAINT:#}", "")?;
                }
                writeln!(out)?;
            }
        }
        seen.extend(new.identifiers(shown));
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

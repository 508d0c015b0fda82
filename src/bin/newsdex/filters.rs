//! Flags to the library's filters.

use anyhow::{Context as _, Result, bail};
use newsdex::index::Index;
use newsdex::search::{ActorRules, DateRange, Dialect, Filters, OutletRules, Query, SearchOptions, Searcher, Sort};

use crate::args::{self, Cli, ExportArgs, FilterArgs, Order};

/// A searcher over the index, to which actors are what the user's file says.
pub(crate) fn searcher(cli: &Cli) -> Result<Searcher> {
    let index = Index::open(&cli.index)?;
    let rules = match &cli.actors {
        Some(file) => ActorRules::load(file)?,
        None => ActorRules::of_index(&cli.index)?,
    };
    let outlets = match &cli.outlets {
        Some(file) => OutletRules::load(file)?,
        None => OutletRules::of_index(&cli.index)?,
    };
    Ok(Searcher::open(&index)?.with_rules(rules).with_outlets(outlets))
}

/// What the flags ask for.
pub(crate) fn options(args: &FilterArgs, sort: Order, page: &ExportArgs) -> Result<SearchOptions> {
    Ok(SearchOptions {
        filters: filters(args)?,
        sort: order(sort),
        recent: false,
        limit: limit(page.limit),
        offset: page.offset,
        all_copies: false,
        context: None,
    })
}

/// The conditions that the flags make.
pub(crate) fn filters(args: &FilterArgs) -> Result<Filters> {
    let (from, to) = (days("--from", args.from.as_deref())?.from, days("--to", args.to.as_deref())?.to);
    if let (Some(from), Some(to)) = (from, to)
        && from > to
    {
        bail!("no day is both --from {from} and --to {to}: the first is later");
    }
    Ok(Filters {
        outlets: args.outlet.clone(),
        from,
        to,
        persons: args.person.clone(),
        organizations: args.org.clone(),
        places: args.place.clone(),
        actors: args.actor.clone(),
    })
}

/// The days that `flag` gives; all where it is not there.
fn days(flag: &'static str, given: Option<&str>) -> Result<DateRange> {
    given.map_or(Ok(DateRange::default()), |given| DateRange::parse(given).context(flag))
}

/// The number of entries that `-n` asks for: 0 stands for all.
pub(crate) const fn limit(given: usize) -> usize {
    if given == 0 { usize::MAX } else { given }
}

const fn order(order: Order) -> Sort {
    match order {
        Order::Relevance => Sort::Relevance,
        Order::Date => Sort::Newest,
        Order::Oldest => Sort::Oldest,
        Order::Outlet => Sort::Outlet,
        Order::Prominence => Sort::Prominence,
    }
}

/// The query that the words on the command line make; all articles where there is none.
pub(crate) fn query(cli: &Cli, words: &[String]) -> Result<Query> {
    let text = words.join(" ");
    Ok(if text.trim().is_empty() { Query::All } else { Query::parse_as(&text, dialect(cli), today())? })
}

/// The language that queries are written in.
pub(crate) const fn dialect(cli: &Cli) -> Dialect {
    match cli.dialect {
        args::Dialect::Newsdex => Dialect::Newsdex,
        args::Dialect::Nexis => Dialect::Nexis,
    }
}

/// The day that `yesterday` and the like are counted from.
pub(crate) fn today() -> chrono::NaiveDate {
    chrono::Local::now().date_naive()
}

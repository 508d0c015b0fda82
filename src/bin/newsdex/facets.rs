//! `newsdex facets`: how many of the articles that match have each value of some fields.

use std::fmt::Write as _;
use std::io::Write;

use anyhow::Result;
use newsdex::export::table::Table;
use newsdex::export::wire::Line;
use newsdex::search::{Facet, FacetField, FacetRequest, Filters, Query, SearchOptions, Searcher};

use crate::args::{Cli, Counted, FacetsArgs, TableFormat};
use crate::chart::{bar, relative};
use crate::listing::{counted, grouped, one_line};
use crate::terminal::{FAINT, STRONG};
use crate::{Outcome, filters, nothing, terminal};

/// Counts by each field asked for.
pub(crate) fn run(cli: &Cli, args: &FacetsArgs) -> Result<Outcome> {
    let (query, filters) = (filters::query(cli, &args.query)?, filters::filters(&args.filters)?);
    let searcher = filters::searcher(cli)?;
    let request = |field: &FacetField| FacetRequest {
        query: query.clone(),
        filters: filters.clone(),
        field: *field,
        beginning: args.value.clone().unwrap_or_default(),
        limit: filters::limit(args.limit),
        by_story: args.count == Counted::Stories,
        per_million: args.per_million,
    };
    let facets =
        args.by.iter().map(|field| searcher.facet(&request(field))).collect::<newsdex::Result<Vec<Facet>>>()?;
    print(&facets, args.format, true)?;
    let found = facets.iter().any(|facet| !facet.values.is_empty());
    if !found {
        match &args.value {
            Some(value) if searcher.facets(&query, &filters, FacetField::Outlet, 1)?.len() == 1 => {
                terminal::print_hint(&format!(
                    "no value in the articles that match has a word that begins with `{value}`"
                ));
            }
            _ => tell_nothing(&searcher, &query, &filters, &args.by)?,
        }
    }
    Ok(Outcome::of(found))
}

/// Counts by one field, without a heading.
pub(crate) fn count(
    searcher: &Searcher,
    query: Query,
    options: &SearchOptions,
    (field, by_story): (FacetField, bool),
    format: TableFormat,
) -> Result<Outcome> {
    let (asked, SearchOptions { filters, limit, .. }) = (query.clone(), options.clone());
    let request = FacetRequest { query, filters, field, beginning: String::new(), limit, by_story, per_million: false };
    let facet = searcher.facet(&request)?;
    let found = !facet.values.is_empty();
    print(&[facet], format, false)?;
    if !found {
        tell_nothing(searcher, &asked, &options.filters, &[field])?;
    }
    Ok(Outcome::of(found))
}

/// Says on standard error why nothing was counted: nothing matches, or what does has none of the `fields`.
fn tell_nothing(searcher: &Searcher, query: &Query, filters: &Filters, fields: &[FacetField]) -> Result<()> {
    let options = SearchOptions { filters: filters.clone(), limit: 0, all_copies: true, ..SearchOptions::default() };
    let matching = searcher.search(query, &options)?.total;
    if matching == 0 {
        return nothing::explain_search(searcher, query, filters);
    }
    let fields: Vec<&str> = fields.iter().map(|field| field.as_str()).collect();
    let verb = if matching == 1 { "matches" } else { "match" };
    let matching = counted(matching, "article");
    terminal::print_hint(&format!("{matching} {verb}, but of none is known: {}", fields.join(", ")));
    Ok(())
}

fn print(facets: &[Facet], format: TableFormat, headed: bool) -> Result<()> {
    let mut out = terminal::paged();
    match format {
        TableFormat::Json => {
            for facet in facets {
                for line in Line::facets(facet) {
                    line.write(&mut out)?;
                }
            }
        }
        TableFormat::Csv => table(facets).write_csv(&mut out)?,
        TableFormat::Markdown => table(facets).write_markdown(&mut out)?,
        TableFormat::Text => {
            let filled = facets.iter().filter(|facet| !facet.values.is_empty());
            let blocks: Vec<String> = filled.map(|facet| block(facet, headed, terminal::width())).collect();
            out.write_all(blocks.join("\n").as_bytes())?;
        }
    }
    Ok(out.flush()?)
}

/// One row a value, with all fields below each other.
fn table(facets: &[Facet]) -> Table {
    let relative = facets.iter().any(|facet| !facet.per_million.is_empty());
    let columns = ["field", "value", "articles"].into_iter().chain(relative.then_some("per_million_words"));
    let mut table = Table::new(columns);
    for facet in facets {
        for (at, count) in facet.values.iter().enumerate() {
            let cells = [facet.field.as_str().to_owned(), count.value.clone(), count.count.to_string()];
            let relative = facet.per_million.get(at).map(|share| format!("{share:.3}"));
            table.rows.push(cells.into_iter().chain(relative).collect());
        }
    }
    table
}

/// One line a value: its count, a bar in proportion, and its name.
fn block(facet: &Facet, headed: bool, width: usize) -> String {
    let mut out = String::new();
    if headed {
        let _ = writeln!(out, "{STRONG}{}{STRONG:#}  {FAINT}{}{FAINT:#}", facet.field.as_str(), heading(facet));
    }
    let heights: Vec<f64> = match &facet.per_million[..] {
        [] => facet.values.iter().map(|count| count.count as f64).collect(),
        shares => shares.to_vec(),
    };
    let most = heights.iter().copied().fold(0.0, f64::max);
    let digits = facet.values.iter().map(|count| grouped(count.count).len()).max().unwrap_or(1);
    let shares: Vec<String> = facet.per_million.iter().map(|share| relative(*share)).collect();
    let wide = shares.iter().map(String::len).max().unwrap_or(0);
    for (at, count) in facet.values.iter().enumerate() {
        let share = shares.get(at).map(|share| format!("{share:>wide$} ")).unwrap_or_default();
        let (count, name) = (grouped(count.count), one_line(&count.value));
        let _ = writeln!(out, "{count:>digits$} {share}{} {name}", bar(heights[at], most, (width / 3).max(8)));
    }
    out
}

/// "10 of 1,234 values · articles, articles in a million words".
fn heading(facet: &Facet) -> String {
    let (shown, total) = (facet.values.len(), grouped(facet.total));
    let values = if shown < facet.total { format!("{} of {total}", grouped(shown)) } else { total };
    let noun = if facet.total == 1 { "value" } else { "values" };
    let figures = if facet.per_million.is_empty() { "" } else { " · articles, and in a million words" };
    format!("{values} {noun}{figures}")
}

#[cfg(test)]
mod tests {
    use newsdex::search::FacetCount;

    use super::*;

    fn facet(counts: &[(&str, usize)], per_million: &[f64]) -> Facet {
        let values = counts.iter().map(|&(value, count)| FacetCount { value: value.into(), count });
        Facet { field: FacetField::Outlet, total: 12, values: values.collect(), per_million: per_million.to_vec() }
    }

    fn check(facet: &Facet, headed: bool, expect: &str) {
        assert_eq!(anstream::adapter::strip_str(&block(facet, headed, 24)).to_string(), expect);
    }

    #[test]
    fn bars_are_in_proportion() {
        let counts = [("The Harrow Gazette", 1200), ("Reuters", 150), ("AP", 1)];
        check(
            &facet(&counts, &[]),
            false,
            "1,200 ████████ The Harrow Gazette\n  150 █        Reuters\n    1 ▏        AP\n",
        );
        check(
            &facet(&counts[..2], &[4.0, 8.0]),
            true,
            "outlet  2 of 12 values · articles, and in a million words\n\
             1,200 4.0 ████     The Harrow Gazette\n  150 8.0 ████████ Reuters\n",
        );
    }
}

//! `newsdex quotes`: who said what.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::ControlFlow;

use anstyle::Style;
use anyhow::Result;
use chrono::NaiveDate;
use newsdex::export::csv::CsvWriter;
use newsdex::export::markdown;
use newsdex::export::wire::Line;
use newsdex::extract::{QuoteKind, SpeakerClass};
use newsdex::search::{
    DateRange, FacetCount, FacetField, Field, Query, QuoteGroup, QuoteHit, QuoteRequest, SearchOptions, Searcher, Sort,
};

use crate::args::{Class, Cli, ExportArgs, ExportFormat, FilterArgs, GroupBy, QuotesArgs};
use crate::listing::{INDENT, counted, more_line, nothing_line, one_line, source_line, superseded_line};
use crate::queries::{Label, asked};
use crate::terminal::{FAINT, MATCH, SPEAKER, STRONG, WARNING};
use crate::wrap::{flow, wrap};
use crate::writer::Writer;
use crate::{Outcome, explain, filters, nothing, terminal};

/// Quotes shown below each heading of a grouped listing.
const BELOW: usize = 3;

/// Lists quotes.
pub(crate) fn run(cli: &Cli, args: &QuotesArgs) -> Result<Outcome> {
    let mut request = request(cli, args)?;
    let searcher = filters::searcher(cli)?;
    if args.explain {
        let explanation = searcher.explain_quotes(&request)?;
        return explain::print(cli, &args.query, &explanation, "quote", args.page.format);
    }
    let (shown, total) = match args.group_by {
        Some(field) => list_grouped(&searcher, &request, args, field)?,
        None => list_each(cli, &searcher, &mut request, args)?,
    };
    if shown == 0 && args.queries.is_none() {
        if total > 0 {
            nothing::tell_offset(args.page.offset, total, if args.group_by.is_some() { "group" } else { "quote" });
        } else {
            nothing::explain_quotes(&searcher, &request)?;
        }
    }
    Ok(Outcome::of(shown > 0))
}

/// What the flags ask for.
fn request(cli: &Cli, args: &QuotesArgs) -> Result<QuoteRequest> {
    let query = filters::query(cli, &args.query)?;
    Ok(QuoteRequest {
        kinds: kinds(args, &query),
        query,
        by: args.by.clone(),
        addressees: addressees(args),
        about: args.about.clone(),
        classes: args.class.iter().copied().map(class).collect(),
        nameless: false,
        confidence: args.min_confidence,
        length: (args.min_words, args.max_words),
        options: filters::options(&dated(&args.filters), args.sort, &args.page)?,
    })
}

/// The kinds that `--kind` asks for, else those that are usual for `query`.
fn kinds(args: &QuotesArgs, query: &Query) -> Vec<QuoteKind> {
    let gives_way = args.usual_kinds && query.asks_for(Field::Kind);
    if args.kind.is_empty() || gives_way { QuoteRequest::usual_kinds(query) } else { args.kind.clone() }
}

/// Whom the quotes are said to: `--addressee`, and a `--to` that names somebody.
fn addressees(args: &QuotesArgs) -> Vec<String> {
    args.addressee.iter().chain(args.filters.to.iter().filter(|to| is_name(to))).cloned().collect()
}

/// `filters` with `--to` only where it is a day.
fn dated(filters: &FilterArgs) -> FilterArgs {
    let mut filters = filters.clone();
    filters.to = filters.to.filter(|to| !is_name(to));
    filters
}

/// True where `--to` gives a name: a day is `yesterday` and the like or begins with a digit, and so does a mistyped one.
fn is_name(to: &str) -> bool {
    to.chars().next().is_some_and(char::is_alphabetic) && DateRange::parse(to).is_err()
}

const fn class(class: Class) -> Option<SpeakerClass> {
    Some(match class {
        Class::Named => SpeakerClass::Named,
        Class::Unnamed => SpeakerClass::Unnamed,
        Class::Group => SpeakerClass::Group,
        Class::Organization => SpeakerClass::Organization,
        Class::Document => SpeakerClass::Document,
        Class::Declined => SpeakerClass::Declined,
        Class::Unknown => return None,
    })
}

/// Answers each query, and gives the numbers of entries printed and in all.
fn list_each(cli: &Cli, searcher: &Searcher, request: &mut QuoteRequest, args: &QuotesArgs) -> Result<(usize, usize)> {
    let queries = asked(cli, &args.query, args.queries.as_deref())?;
    let label = args.queries.is_some().then_some("query");
    let mut out = Output::new(terminal::paged_as(args.page.format), &args.page, label)?;
    let (mut shown, mut all) = (0, 0);
    for asked in queries {
        request.kinds = kinds(args, &asked.query);
        request.query = asked.query;
        out.begin(asked.label.as_ref())?;
        let (quotes, total) = each(searcher, request, args.all_copies, |group| out.add(group))?;
        let noun = if args.all_copies { "quote" } else { "different quote" };
        out.end(request.options.offset, (quotes, total), noun)?;
        shown += out.shown;
        all += total;
    }
    out.finish()?.flush()?;
    Ok((shown, all))
}

/// Hands on the quotes, each copy by itself or grouped; gives the numbers of quotes and of entries in all.
fn each(
    searcher: &Searcher,
    request: &QuoteRequest,
    all_copies: bool,
    mut add: impl FnMut(&QuoteGroup) -> io::Result<()>,
) -> Result<(usize, usize)> {
    let mut failure = None;
    let mut consume = |group: QuoteGroup| match add(&group) {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => {
            failure = Some(error);
            ControlFlow::Break(())
        }
    };
    let numbers = if all_copies {
        let total = searcher.each_quote(request, |quote| consume(QuoteGroup { quote, copies: Vec::new() }))?;
        (total, total)
    } else {
        searcher.each_quote_group(request, consume)?
    };
    failure.map_or(Ok(numbers), |error| Err(error.into()))
}

/// A speaker, outlet or month, and how many quotes it has; without a value for those of which it is not known.
struct Group {
    value: Option<String>,
    quotes: usize,
}

/// Lists the first quotes of each speaker, outlet or month; gives the numbers of groups printed and in all.
fn list_grouped(searcher: &Searcher, request: &QuoteRequest, args: &QuotesArgs, by: GroupBy) -> Result<(usize, usize)> {
    let SearchOptions { limit, offset, .. } = request.options;
    let mut out = Output::new(terminal::paged_as(args.page.format), &args.page, Some("group"))?;
    let groups = groups(searcher, request, by)?;
    let mut shown = 0;
    for group in groups.iter().skip(offset).take(limit) {
        let heading = group.value.as_deref().unwrap_or_else(|| unknown(by));
        out.group(heading, group.quotes)?;
        let mut below = narrowed(searcher, request, by, group.value.as_deref())?;
        below.options.limit =
            if args.page.limit == 0 && args.page.format != ExportFormat::Text { limit } else { BELOW };
        below.options.offset = 0;
        each(searcher, &below, args.all_copies, |quote| out.add_below(quote, heading))?;
        shown += 1;
    }
    out.end_groups(offset, shown, &groups)?;
    out.finish()?.flush()?;
    Ok((shown, groups.len()))
}

/// Every value with its quotes, those with most first, months in order, the newest first where quotes are; last what has
/// none.
fn groups(searcher: &Searcher, request: &QuoteRequest, by: GroupBy) -> Result<Vec<Group>> {
    let counts = searcher.quote_facets(request, facet(by), usize::MAX)?;
    let mut groups: Vec<Group> =
        counts.into_iter().map(|FacetCount { value, count }| Group { value: Some(value), quotes: count }).collect();
    if by == GroupBy::Month && request.options.sort == Sort::Newest {
        groups.reverse();
    }
    let mut rest = narrowed(searcher, request, by, None)?;
    (rest.options.limit, rest.options.offset) = (0, 0);
    let quotes = searcher.quotes(&rest)?.total;
    groups.extend((quotes > 0).then_some(Group { value: None, quotes }));
    Ok(groups)
}

const fn facet(by: GroupBy) -> FacetField {
    match by {
        GroupBy::Speaker => FacetField::Speaker,
        GroupBy::Outlet => FacetField::Outlet,
        GroupBy::Month => FacetField::Month,
    }
}

/// The heading of the quotes without a value.
const fn unknown(by: GroupBy) -> &'static str {
    match by {
        GroupBy::Speaker => "unknown speaker",
        GroupBy::Outlet => "unknown outlet",
        GroupBy::Month => "undated",
    }
}

/// `request` for one value of the field that it is grouped by, or for what has none.
fn narrowed(searcher: &Searcher, request: &QuoteRequest, by: GroupBy, value: Option<&str>) -> Result<QuoteRequest> {
    let any = || Box::new(Query::Regex(".*".to_owned()));
    let dated = || Box::new(Query::Dates(DateRange { from: Some(NaiveDate::MIN), to: None }));
    let condition = match (by, value) {
        (GroupBy::Speaker, Some(name)) => searcher.said_by(name)?,
        (GroupBy::Speaker, None) => return Ok(QuoteRequest { nameless: true, ..request.clone() }),
        (GroupBy::Outlet, Some(name)) => Query::Field(Field::Outlet, Box::new(Query::Phrase(name.to_owned()))),
        (GroupBy::Outlet, None) => Query::Not(Box::new(Query::Field(Field::Outlet, any()))),
        (GroupBy::Month, Some(month)) => Query::Field(Field::Date, Box::new(Query::Dates(DateRange::parse(month)?))),
        (GroupBy::Month, None) => Query::Not(Box::new(Query::Field(Field::Date, dated()))),
    };
    let query = match &request.query {
        Query::All => condition,
        query => Query::And(vec![query.clone(), condition]),
    };
    Ok(QuoteRequest { query, ..request.clone() })
}

/// Prints entries in one format.
struct Output<W: Write> {
    writer: Writer<W>,
    /// Entries of this query so far.
    shown: usize,
    width: usize,
    end_of_path: u8,
    /// The first column of a table, where several queries or groups follow each other.
    label: Option<&'static str>,
    /// The paths printed so far: an article with several quotes is printed once.
    paths: BTreeSet<String>,
}

impl<W: Write> Output<W> {
    fn new(out: W, page: &ExportArgs, label: Option<&'static str>) -> io::Result<Self> {
        let writer = Writer::new(out, page.format, |out| CsvWriter::quotes(out, label))?;
        let end_of_path = if page.null { 0 } else { b'\n' };
        Ok(Self { writer, shown: 0, width: terminal::width(), end_of_path, label, paths: BTreeSet::new() })
    }

    /// Begins the answer to a query.
    fn begin(&mut self, label: Option<&Label>) -> io::Result<()> {
        self.shown = 0;
        label.map_or(Ok(()), |label| self.writer.label(label))
    }

    /// Begins the quotes below `value`, which has `count` of them in all; in JSON each line says itself where it belongs.
    fn group(&mut self, value: &str, count: usize) -> io::Result<()> {
        match &mut self.writer {
            Writer::Text(out) => {
                let count = counted(count, "quote");
                writeln!(out, "{STRONG}{}{STRONG:#}  {FAINT}{count}{FAINT:#}\n", one_line(value))
            }
            Writer::Markdown(out) => markdown::heading(out, value),
            Writer::Csv(out) => {
                out.label(value);
                Ok(())
            }
            Writer::Json(_) | Writer::Paths(_) => Ok(()),
        }
    }

    /// Ends a grouped listing, of which so many groups are shown: says what of it is not.
    fn end_groups(&mut self, offset: usize, shown: usize, groups: &[Group]) -> io::Result<()> {
        match &mut self.writer {
            Writer::Text(out) => {
                if groups.iter().skip(offset).take(shown).any(|group| group.quotes > BELOW) {
                    writeln!(out, "{FAINT}at most {BELOW} below each; all with --limit 0 --format csv{FAINT:#}")?;
                }
                out.write_all(more_line(shown, offset, groups.len(), "group").as_bytes())
            }
            Writer::Json(out) => Line::summary(groups.len(), shown).write(out),
            Writer::Csv(_) | Writer::Markdown(_) | Writer::Paths(_) => Ok(()),
        }
    }

    /// Ends the answer to a query that has so many quotes, and so many entries in all.
    fn end(&mut self, offset: usize, (quotes, total): (usize, usize), noun: &str) -> io::Result<()> {
        match &mut self.writer {
            Writer::Text(out) => {
                if total == 0 && self.label.is_some() {
                    out.write_all(nothing_line().as_bytes())?;
                }
                out.write_all(more_line(self.shown, offset, total, noun).as_bytes())?;
                if quotes > total && self.shown > 0 {
                    writeln!(out, "{FAINT}printed {} in all{FAINT:#}", counted(quotes, "time"))?;
                }
                Ok(())
            }
            Writer::Json(out) => Line::summary(total, self.shown).write(out),
            Writer::Csv(_) | Writer::Markdown(_) | Writer::Paths(_) => Ok(()),
        }
    }

    fn add(&mut self, group: &QuoteGroup) -> io::Result<()> {
        self.add_line(group, None)
    }

    /// As [`add`](Self::add), below `heading`.
    fn add_below(&mut self, group: &QuoteGroup, heading: &str) -> io::Result<()> {
        self.add_line(group, Some(heading))
    }

    fn add_line(&mut self, group: &QuoteGroup, heading: Option<&str>) -> io::Result<()> {
        self.shown += 1;
        match &mut self.writer {
            Writer::Text(out) => out.write_all(quote_text(group, self.width).as_bytes()),
            Writer::Json(out) => Line::quote_group(group, heading).write(out),
            Writer::Markdown(out) => markdown::quote(out, group),
            Writer::Csv(out) => out.quote(group),
            Writer::Paths(out) => {
                let path = &group.quote.article.path;
                if self.paths.insert(path.clone()) {
                    out.write_all(path.as_bytes())?;
                    out.write_all(&[self.end_of_path])?;
                }
                Ok(())
            }
        }
    }

    fn finish(self) -> io::Result<W> {
        match self.writer {
            Writer::Text(out) | Writer::Json(out) | Writer::Markdown(out) | Writer::Paths(out) => Ok(out),
            Writer::Csv(out) => out.into_inner(),
        }
    }
}

/// A quote as a person reads it: the speaker, the words in their sentence, where they were printed.
fn quote_text(group: &QuoteGroup, width: usize) -> String {
    let hit = &group.quote;
    let mut out = speaker_line(hit, 0, width);
    out.push_str(&wrap(&hit.sentence.text, &hit.sentence.marks, MATCH, INDENT, width));
    out.push_str(&source_line(&hit.article));
    if hit.superseded {
        out.push_str(&superseded_line());
    }
    if group.speakers_disagree() {
        let _ = writeln!(out, "{:INDENT$}{WARNING}the articles name different speakers{WARNING:#}", "");
    }
    for copy in &group.copies {
        out.push_str(&copy_line(copy, hit));
    }
    out.push('\n');
    out
}

/// Where a copy is printed, and its speaker where that is another.
fn copy_line(copy: &QuoteHit, first: &QuoteHit) -> String {
    let source = source_line(&copy.article);
    let speaker = copy.speaker.as_deref().filter(|_| copy.speaker != first.speaker);
    let speaker = speaker.map(|name| format!("{SPEAKER}{}{SPEAKER:#} ", one_line(name))).unwrap_or_default();
    format!("{:INDENT$}{FAINT}also{FAINT:#} {speaker}{}", "", source.trim_start())
}

/// "Maya Torres, harbour master  she … said": the name as resolved, the role, and what is printed next to the words.
pub(crate) fn speaker_line(hit: &QuoteHit, indent: usize, width: usize) -> String {
    let name = hit.speaker.as_deref().or(hit.printed.as_deref()).unwrap_or("unknown");
    let mut pieces = vec![(name, SPEAKER)];
    if let Some(role) = hit.role.as_deref().filter(|role| !name.contains(role)) {
        pieces.extend([(", ", Style::new()), (role, Style::new())]);
    }
    let printed = hit.printed.as_deref().filter(|printed| *printed != name);
    let told: Vec<&str> = printed.into_iter().chain(hit.cue.as_deref()).collect();
    let told = told.join(" … ");
    if !told.is_empty() {
        pieces.extend([("  ", Style::new()), (told.as_str(), FAINT)]);
    }
    if let Some((printed, name)) = &hit.addressee {
        pieces.extend([("  ", Style::new()), ("to", FAINT), (" ", Style::new())]);
        pieces.push((name.as_deref().unwrap_or(printed), Style::new()));
    }
    let embed = hit.embed.map(|embed| format!("({embed})")).unwrap_or_default();
    if !embed.is_empty() {
        pieces.extend([("  ", Style::new()), (embed.as_str(), FAINT)]);
    }
    flow(&pieces, (indent, indent + INDENT), width)
}

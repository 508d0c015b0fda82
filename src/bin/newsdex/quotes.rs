//! `newsdex quotes`: who said what.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::ControlFlow;

use anstyle::Style;
use anyhow::Result;
use newsdex::export::csv::CsvWriter;
use newsdex::export::markdown;
use newsdex::export::wire::Line;
use newsdex::extract::{QuoteKind, SpeakerClass};
use newsdex::search::{DateRange, FacetField, Field, Filters, Query, QuoteGroup, QuoteHit, QuoteRequest, Searcher};

use crate::args::{Class, Cli, ExportArgs, FilterArgs, GroupBy, QuotesArgs};
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
        Some(field) => {
            let groups = list_grouped(&searcher, &request, args, field)?;
            (groups, groups)
        }
        None => list_each(cli, &searcher, &mut request, args)?,
    };
    if shown == 0 && args.queries.is_none() {
        if total > 0 {
            nothing::tell_offset(args.page.offset, total, "quote");
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
        confidence: args.min_confidence,
        length: (args.min_words, args.max_words),
        options: filters::options(&dated(&args.filters), args.sort, &args.page)?,
    })
}

/// The kinds that `--kind` asks for, else those that are usual for `query`.
fn kinds(args: &QuotesArgs, query: &Query) -> Vec<QuoteKind> {
    if args.kind.is_empty() { QuoteRequest::usual_kinds(query) } else { args.kind.clone() }
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
    let mut out = Output::new(terminal::paged_as(args.page.format), &args.page, args.queries.is_some())?;
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

/// Lists the first quotes of each speaker, outlet or month, those with most quotes first; gives the number of groups.
fn list_grouped(searcher: &Searcher, request: &QuoteRequest, args: &QuotesArgs, by: GroupBy) -> Result<usize> {
    let (field, limit) = (facet(by), request.options.limit);
    let mut out = Output::new(terminal::paged_as(args.page.format), &args.page, false)?;
    let counts = searcher.quote_facets(request, field, limit)?;
    for count in &counts {
        out.group(&count.value, count.count)?;
        let mut below = narrowed(request, by, &count.value)?;
        below.options.limit = BELOW;
        below.options.offset = 0;
        each(searcher, &below, args.all_copies, |group| out.add(group))?;
    }
    out.finish()?.flush()?;
    Ok(counts.len())
}

const fn facet(by: GroupBy) -> FacetField {
    match by {
        GroupBy::Speaker => FacetField::Speaker,
        GroupBy::Outlet => FacetField::Outlet,
        GroupBy::Month => FacetField::Month,
    }
}

/// `request` for one value of the field that it is grouped by.
fn narrowed(request: &QuoteRequest, by: GroupBy, value: &str) -> Result<QuoteRequest> {
    let mut narrowed = request.clone();
    match by {
        GroupBy::Speaker => {
            let speaker = Query::Field(Field::Speaker, Box::new(Query::Phrase(value.to_owned())));
            narrowed.query = match narrowed.query {
                Query::All => speaker,
                query => Query::And(vec![query, speaker]),
            };
        }
        GroupBy::Outlet => narrowed.options.filters.outlets = vec![value.to_owned()],
        GroupBy::Month => {
            let month = DateRange::parse(value)?;
            let Filters { from, to, .. } = &mut narrowed.options.filters;
            *from = (*from).max(month.from);
            *to = [*to, month.to].into_iter().flatten().min();
        }
    }
    Ok(narrowed)
}

/// Prints entries in one format.
struct Output<W: Write> {
    writer: Writer<W>,
    /// Entries of this query so far.
    shown: usize,
    width: usize,
    end_of_path: u8,
    labelled: bool,
    /// The paths printed so far: an article with several quotes is printed once.
    paths: BTreeSet<String>,
}

impl<W: Write> Output<W> {
    fn new(out: W, page: &ExportArgs, labelled: bool) -> io::Result<Self> {
        let writer = Writer::new(out, page.format, |out| CsvWriter::quotes(out, labelled))?;
        let end_of_path = if page.null { 0 } else { b'\n' };
        Ok(Self { writer, shown: 0, width: terminal::width(), end_of_path, labelled, paths: BTreeSet::new() })
    }

    /// Begins the answer to a query.
    fn begin(&mut self, label: Option<&Label>) -> io::Result<()> {
        self.shown = 0;
        label.map_or(Ok(()), |label| self.writer.label(label))
    }

    /// Begins the quotes below `value`, which has `count` of them in all; in tables and JSON each line says itself where
    /// it belongs.
    fn group(&mut self, value: &str, count: usize) -> io::Result<()> {
        match &mut self.writer {
            Writer::Text(out) => {
                let count = counted(count, "quote");
                writeln!(out, "{STRONG}{}{STRONG:#}  {FAINT}{count}{FAINT:#}\n", one_line(value))
            }
            Writer::Markdown(out) => markdown::heading(out, value),
            Writer::Json(_) | Writer::Csv(_) | Writer::Paths(_) => Ok(()),
        }
    }

    /// Ends the answer to a query that has so many quotes, and so many entries in all.
    fn end(&mut self, offset: usize, (quotes, total): (usize, usize), noun: &str) -> io::Result<()> {
        match &mut self.writer {
            Writer::Text(out) => {
                if total == 0 && self.labelled {
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
        self.shown += 1;
        match &mut self.writer {
            Writer::Text(out) => out.write_all(quote_text(group, self.width).as_bytes()),
            Writer::Json(out) => Line::quote_group(group).write(out),
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

//! `newsdex actor`: who or what an actor is, by all articles that name it.

use std::fmt::Write as _;
use std::io::Write;

use anyhow::Result;
use newsdex::export::wire::Line;
use newsdex::extract::EntityKind;
use newsdex::search::{ActorAnswer, ActorProfile, Companion, FacetCount, ProfileOptions, QuoteHit};
use newsdex::text::Span;
use unicode_width::UnicodeWidthStr as _;

use crate::args::{ActorArgs, Cli, Format};
use crate::listing::{INDENT, counted, grouped, one_line, source_line};
use crate::terminal::{DATE, FAINT, SPEAKER, STRONG};
use crate::wrap::wrap;
use crate::{Outcome, filters, nothing, quotes, terminal};

/// Columns of the words that stand before each line.
const LABEL: usize = 15;

/// Most entries of each list, for people and for programs.
const ENTRIES: usize = 8;
const ALL_ENTRIES: usize = 100;

/// Names and roles that fewer than one in so many articles have are not printed.
const RARE: usize = 100;

/// Most bars of a timeline.
const BARS: usize = 60;

/// Prints the profile of one actor, or names those that may be meant.
pub(crate) fn run(cli: &Cli, args: &ActorArgs) -> Result<Outcome> {
    let searcher = filters::searcher(cli)?;
    let name = args.name.join(" ");
    let format = args.format.format;
    let entries = if format == Format::Json { ALL_ENTRIES } else { ENTRIES };
    let options = ProfileOptions { entries, quotes: args.limit };
    let mut out = terminal::paged();
    match searcher.actor(&name, args.kind.map(Into::into), options)? {
        ActorAnswer::Found(profile) => {
            match format {
                Format::Json => Line::profile(&profile).write(&mut out)?,
                Format::Text => out.write_all(text(&profile, terminal::width()).as_bytes())?,
            }
            out.flush()?;
            return Ok(Outcome::Found);
        }
        ActorAnswer::Several(actors) => {
            let names: Vec<String> = actors.iter().map(nothing::one_of_many).collect();
            terminal::print_hint(&format!("several actors are called `{name}`: {}", names.join(", ")));
        }
        ActorAnswer::Unknown(similar) => terminal::print_hint(&nothing::unknown("actor", &name, &similar)),
    }
    Ok(Outcome::Nothing)
}

/// A profile as a person reads it.
fn text(profile: &ActorProfile, width: usize) -> String {
    let mut out = heading(profile);
    out.push_str(&list("also called", usual(&profile.names, profile.actor.articles), width));
    out.push_str(&list("described as", usual(&profile.roles, profile.actor.articles), width));
    out.push_str(&timeline(&profile.months, width));
    out.push_str(&list("outlets", &profile.outlets, width));
    for (kind, label) in [
        (EntityKind::Person, "with persons"),
        (EntityKind::Organization, "organizations"),
        (EntityKind::Place, "places"),
        (EntityKind::Other, "others"),
    ] {
        let company: Vec<&Companion> = profile.company.iter().filter(|other| other.kind == kind).collect();
        let counts = company.iter().map(|other| FacetCount { value: other.name.clone(), count: other.articles });
        out.push_str(&list(label, &counts.collect::<Vec<_>>(), width));
    }
    let others: Vec<String> = profile.see_also.iter().map(nothing::one_of_many).collect();
    out.push_str(&entries("see also", &others, width));
    out.push_str(&latest("latest quotes by", profile.actor.quotes, &profile.latest_by, width));
    out.push_str(&latest("latest quotes about", profile.quotes_about, &profile.latest_about, width));
    out
}

/// "Khalid Zadran  person · 31 articles · 12 quotes · 2 Jan 2024 to 3 Mar 2025".
fn heading(profile: &ActorProfile) -> String {
    let actor = &profile.actor;
    let mut out = format!("{SPEAKER}{}{SPEAKER:#}\n", one_line(&actor.name));
    let mut parts = vec![
        actor.kind.as_str().to_owned(),
        counted(actor.articles, "article"),
        format!("{} by, {} about", counted(actor.quotes, "quote"), grouped(profile.quotes_about)),
    ];
    if let Some((first, last)) = actor.dates {
        parts.push(format!("{DATE}{first} to {last}{DATE:#}"));
    }
    if let Some(line) = profile.hidden {
        parts.push(format!("hidden from lists by line {line} of the actors file"));
    }
    let _ = writeln!(out, "{}\n", parts.join(&format!(" {FAINT}·{FAINT:#} ")));
    out
}

/// Those of `counts` that more than one in [`RARE`] articles have: of much said, what is said once is often misread.
fn usual(counts: &[FacetCount], articles: usize) -> &[FacetCount] {
    let rare = counts.iter().position(|count| count.count * RARE <= articles);
    &counts[..rare.unwrap_or(counts.len())]
}

/// A label, and the entries with their counts beside it; nothing where there is none.
fn list(label: &str, counts: &[FacetCount], width: usize) -> String {
    let entry = |count: &FacetCount| format!("{} {}", one_line(&count.value), grouped(count.count));
    entries(label, &counts.iter().map(entry).collect::<Vec<_>>(), width)
}

/// A label, and `entries` beside it in lines that part no entry; nothing where there is none.
fn entries(label: &str, entries: &[String], width: usize) -> String {
    let Some((first, rest)) = entries.split_first() else { return String::new() };
    let mut out = format!("{FAINT}{label:<LABEL$}{FAINT:#}{first}");
    let mut used = LABEL + first.width();
    for entry in rest {
        let columns = entry.width();
        if used + columns + 2 > width {
            let _ = write!(out, ",\n{:LABEL$}{entry}", "");
            used = LABEL + columns;
        } else {
            let _ = write!(out, ", {entry}");
            used += columns + 2;
        }
    }
    out.push('\n');
    out
}

/// The articles over time as bars from the first month to the last, and when there were most.
fn timeline(months: &[FacetCount], width: usize) -> String {
    let (Some(first), Some(last)) = (months.first(), months.last()) else { return String::new() };
    let most = months.iter().rev().max_by_key(|month| month.count).unwrap_or(first);
    if months.len() == 1 {
        return entries("by month", &[format!("{} in {}", grouped(first.count), first.value)], width);
    }
    let room = width.saturating_sub(LABEL + first.value.len() + last.value.len() + 2).clamp(8, BARS);
    let step = months.len().div_ceil(room);
    let sums: Vec<usize> = months.chunks(step).map(|chunk| chunk.iter().map(|month| month.count).sum()).collect();
    let label = if step == 1 { "by month".to_owned() } else { format!("by {step} months") };
    let mut out = format!("{FAINT}{label:<LABEL$}{FAINT:#}{DATE}{}{DATE:#} {} ", first.value, sparkline(&sums));
    let _ = writeln!(out, "{DATE}{}{DATE:#}", last.value);
    let _ = writeln!(out, "{:LABEL$}{FAINT}most in {}: {}{FAINT:#}", "", most.value, grouped(most.count));
    out
}

/// One bar a value, in eighths of the greatest; a space for none.
fn sparkline(values: &[usize]) -> String {
    let most = values.iter().copied().max().unwrap_or(0).max(1);
    let bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    values.iter().map(|&value| if value == 0 { ' ' } else { bars[(value * 8).div_ceil(most) - 1] }).collect()
}

/// A heading and the quotes; nothing where there is none.
fn latest(label: &str, total: usize, hits: &[QuoteHit], width: usize) -> String {
    if hits.is_empty() {
        return String::new();
    }
    let mut out = format!("\n{STRONG}{label}{STRONG:#} {FAINT}({} of {}){FAINT:#}\n", hits.len(), grouped(total));
    for hit in hits {
        out.push_str(&quote(hit, width));
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// A quote: who says it and as what, the words in their sentence, and where that is printed.
fn quote(hit: &QuoteHit, width: usize) -> String {
    let words: Vec<Span> = hit.spans.iter().filter_map(|&span| inside(span, hit.sentence.span)).collect();
    let sentence = wrap(&hit.sentence.text, &words, STRONG, INDENT, width);
    format!("{}{sentence}{}\n", quotes::speaker_line(hit, 0, width), source_line(&hit.article))
}

/// `span` relative to the passage at `around`.
fn inside(span: Span, around: Span) -> Option<Span> {
    around.contains(span).then(|| Span::new(span.begin - around.begin, span.end - around.begin))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(value: &str, count: usize) -> FacetCount {
        FacetCount { value: value.into(), count }
    }

    fn check_timeline(months: &[FacetCount], width: usize, expect: &str) {
        assert_eq!(anstream::adapter::strip_str(&timeline(months, width)).to_string(), expect);
    }

    #[test]
    fn bars_are_in_proportion() {
        assert_eq!(sparkline(&[0, 1, 50, 100]), " ▁▄█");
        assert_eq!(sparkline(&[2, 2]), "██");
        assert_eq!(sparkline(&[0]), " ");
    }

    #[test]
    fn timelines() {
        check_timeline(&[month("2016-09", 3)], 80, "by month       3 in 2016-09\n");
        check_timeline(
            &[month("2016-09", 1), month("2016-10", 0), month("2016-11", 4)],
            80,
            "by month       2016-09 ▂ █ 2016-11\n               most in 2016-11: 4\n",
        );
        let years: Vec<FacetCount> = (0..12).map(|at| month("2016-01", at)).collect();
        check_timeline(&years, 30, "by 2 months    2016-01 ▁▂▄▅▇█ 2016-01\n               most in 2016-01: 11\n");
    }

    #[test]
    fn entries_are_not_parted() {
        let counts = [month("The Harrow Gazette", 12), month("Tarn Courier", 3)];
        let printed = anstream::adapter::strip_str(&list("outlets", &counts, 40)).to_string();
        assert_eq!(printed, "outlets        The Harrow Gazette 12,\n               Tarn Courier 3\n");
        assert_eq!(list("outlets", &[], 40), "");
    }
}

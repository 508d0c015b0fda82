//! `newsdex kwic`: a concordance, every match of a query in its context.

use std::fmt::Write as _;
use std::io::Write;

use anyhow::Result;
use newsdex::export::table::Table;
use newsdex::export::wire::Line;
use newsdex::search::{Concordance, ConcordanceLine, ConcordanceRequest};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::args::{Cli, KwicArgs, TableFormat};
use crate::listing::{more_line, one_line, shortened, without_controls};
use crate::terminal::{DATE, MATCH, OUTLET};
use crate::{Outcome, filters, link, nothing, terminal};

/// Columns of an outlet's name.
const OUTLET_COLUMNS: usize = 16;

/// Columns of a date and the spaces around it.
const DATE_COLUMNS: usize = 11;

/// Columns of a match of usual length.
const USUAL_MATCH: usize = 6;

/// Columns below which outlet and date are left out.
const NARROW: usize = 70;

/// Lists matches.
pub(crate) fn run(cli: &Cli, args: &KwicArgs) -> Result<Outcome> {
    let width = args.width.map_or_else(terminal::full_width, usize::from);
    let request = ConcordanceRequest {
        query: filters::query(cli, &args.query)?,
        filters: filters::filters(&args.filters)?,
        sort: args.sort.into(),
        context: width,
        limit: filters::limit(args.limit),
        offset: args.offset,
    };
    let searcher = filters::searcher(cli)?;
    let found = searcher.concordance(&request)?;
    print(&found, args, width)?;
    if found.articles == 0 {
        nothing::explain_search(&searcher, &request.query, &request.filters)?;
    } else if found.total == 0 {
        terminal::print_hint("articles match, but not by words of their running text; `newsdex search` lists them");
    } else if found.lines.is_empty() {
        nothing::tell_offset(args.offset, found.total, "match");
    }
    Ok(Outcome::of(!found.lines.is_empty()))
}

fn print(found: &Concordance, args: &KwicArgs, width: usize) -> Result<()> {
    let mut out = terminal::paged();
    match args.format {
        TableFormat::Json => {
            for line in &found.lines {
                Line::concordance(line).write(&mut out)?;
            }
            Line::summary(found.total, found.lines.len()).write(&mut out)?;
        }
        TableFormat::Csv => table(&found.lines).write_csv(&mut out)?,
        TableFormat::Markdown => table(&found.lines).write_markdown(&mut out)?,
        TableFormat::Text => {
            for line in &found.lines {
                out.write_all(text(line, width, terminal::has_isolates()).as_bytes())?;
            }
            out.write_all(more_line(found.lines.len(), args.offset, found.total, "match").as_bytes())?;
        }
    }
    Ok(out.flush()?)
}

fn table(lines: &[ConcordanceLine]) -> Table {
    let mut table = Table::new(["date", "outlet", "left", "match", "right", "path", "article"]);
    for line in lines {
        let ConcordanceLine { article, left, matched, right, .. } = line;
        let date = article.date.map(|date| date.day.to_string()).unwrap_or_default();
        let outlet = article.outlet.clone().unwrap_or_default();
        let context = [left, matched, right].map(|text| squeezed(text));
        let [left, matched, right] = context;
        table.rows.push(vec![date, outlet, left, matched, right, article.path.clone(), article.id.clone()]);
    }
    table
}

/// A line whose match stands in the middle of what date and outlet leave; with `isolates`, match and context keep to
/// themselves where they run from right to left.
fn text(line: &ConcordanceLine, width: usize, isolates: bool) -> String {
    let mut out = String::new();
    let mut room = width;
    if width >= NARROW {
        let date = line.article.date.map(|date| date.day.to_string()).unwrap_or_default();
        let outlet = shortened(&one_line(line.article.outlet.as_deref().unwrap_or_default()), OUTLET_COLUMNS);
        let pad = OUTLET_COLUMNS - outlet.width();
        let _ = write!(out, "{DATE}{date:10}{DATE:#} {OUTLET}{outlet}{OUTLET:#}{:pad$}  ", "");
        room -= DATE_COLUMNS + OUTLET_COLUMNS + 2;
    }
    let matched = squeezed(&line.matched);
    let matched = shortened(&matched, room / 2);
    // All matches begin in one column, and those of usual length stand in the middle.
    let side = (room / 2).saturating_sub(USUAL_MATCH / 2 + 1);
    let left = end_of(&squeezed(&line.left), side);
    let right = start_of(&squeezed(&line.right), room.saturating_sub(side + matched.width() + 2));
    let space = |text: &str, at_end: bool| {
        let edge = if at_end { text.chars().next_back() } else { text.chars().next() };
        if edge.is_some_and(char::is_whitespace) { " " } else { "" }
    };
    let before = if space(&line.left, true).is_empty() { "" } else { " " };
    let after = if space(&line.right, false).is_empty() { "" } else { " " };
    let pad = (side + 1).saturating_sub(left.width() + before.len());
    let [left, matched, right] = [left, matched, right].map(|text| if isolates { link::isolated(&text) } else { text });
    let _ = writeln!(out, "{:pad$}{left}{before}{MATCH}{matched}{MATCH:#}{after}{right}", "");
    out
}

/// `text` with any white space as one space, and none at its ends.
fn squeezed(text: &str) -> String {
    without_controls(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many bytes the first of `chars` have that fit into `columns`.
fn fitting(chars: impl Iterator<Item = char>, columns: usize) -> usize {
    let mut used = 0;
    let fits = |c: &char| {
        used += c.width().unwrap_or(0);
        used <= columns
    };
    chars.take_while(fits).map(char::len_utf8).sum()
}

/// The end of `text` that fits into `columns`, from the beginning of a word.
fn end_of(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let kept = fitting(text.chars().rev(), columns);
    let cut = &text[text.len() - kept..];
    let at_word = text[..text.len() - kept].ends_with(' ');
    match cut.find(' ') {
        Some(space) if !at_word => cut[space + 1..].to_owned(),
        _ => cut.to_owned(),
    }
}

/// The beginning of `text` that fits into `columns`, to the end of a word.
fn start_of(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let kept = fitting(text.chars(), columns);
    let cut = &text[..kept];
    match cut.rfind(' ') {
        Some(space) if !text[kept..].starts_with(' ') => cut[..space].to_owned(),
        _ => cut.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use newsdex::search::ArticleHead;

    use super::*;

    fn check(left: &str, matched: &str, right: &str, width: usize, expect: &str) {
        let line = ConcordanceLine {
            article: ArticleHead { outlet: Some("The Calder Falls Courier".into()), ..ArticleHead::default() },
            span: newsdex::text::Span::new(0, 0),
            left: left.into(),
            matched: matched.into(),
            right: right.into(),
        };
        let printed = text(&line, width, true);
        assert_eq!(anstream::adapter::strip_str(&printed).to_string(), expect);
    }

    #[test]
    fn the_match_stands_in_one_column() {
        check("nobody at the old ", "dam", " was hurt that day", 31, " at the old dam was hurt that\n");
        check("The\n", "dam", "s broke", 31, "        The dams broke\n");
        check("where the ", "floodgate", " was", 31, "  where the floodgate was\n");
        check("", "dam", ".", 31, "            dam.\n");
        check("東京の", "水", "道は古い", 21, " 東京の水道は古い\n");
    }

    #[test]
    fn what_runs_from_right_to_left_is_isolated_as_a_whole() {
        let expect = "    \u{2068}در شهر\u{2069} \u{2068}آب\u{2069} \u{2068}کم است\u{2069}\n";
        check("در شهر ", "آب", " کم است", 28, expect);
        check("the dam \u{1b}of ", "آب", " broke", 31, " the dam of \u{2068}آب\u{2069} broke\n");
    }

    #[test]
    fn date_and_outlet_stand_first_where_there_is_room() {
        let expect = "           The Calder Fall…                the dam broke\n";
        check("the ", "dam", " broke", 72, expect);
    }
}

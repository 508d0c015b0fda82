//! `newsdex terms`: what is said unusually often in the articles that match.

use std::fmt::Write as _;
use std::io::Write;

use anyhow::Result;
use newsdex::export::table::Table;
use newsdex::export::wire::Line;
use newsdex::search::{Keyness, Terms, TermsRequest};
use unicode_width::UnicodeWidthStr as _;

use crate::args::{Cli, TableFormat, TermsArgs};
use crate::chart::bar;
use crate::listing::{counted, grouped, one_line, shortened};
use crate::terminal::{FAINT, STRONG};
use crate::{Outcome, filters, nothing, terminal};

/// Widest entry before the figures are pushed out of line.
const VALUE_COLUMNS: usize = 34;

/// Columns of the two figures behind an entry, with the spaces before them.
const FIGURES: usize = 26;

/// Columns below which the scores are left out.
const NARROW: usize = 60;

/// Lists words, phrases and actors.
pub(crate) fn run(cli: &Cli, args: &TermsArgs) -> Result<Outcome> {
    let request = TermsRequest {
        query: filters::query(cli, &args.query)?,
        filters: filters::filters(&args.filters)?,
        limit: filters::limit(args.limit),
        near: args.near.map(usize::from),
    };
    let searcher = filters::searcher(cli)?;
    let terms = searcher.terms(&request)?;
    let mut out = terminal::paged();
    match args.format {
        TableFormat::Json => {
            for (list, keys) in lists(&terms) {
                for key in keys {
                    Line::term(list, key).write(&mut out)?;
                }
            }
        }
        TableFormat::Csv => table(&terms).write_csv(&mut out)?,
        TableFormat::Markdown => table(&terms).write_markdown(&mut out)?,
        TableFormat::Text => out.write_all(text(&terms, request.near, terminal::width()).as_bytes())?,
    }
    out.flush()?;
    let found = lists(&terms).iter().any(|(_, keys)| !keys.is_empty());
    if terms.articles == 0 {
        nothing::explain_search(&searcher, &request.query, &request.filters)?;
    } else if !found {
        let hint = match terms.others {
            _ if request.near.is_some() => format!(
                "no word stands out near matches in {}; the query needs words of the running text for --near",
                counted(terms.articles, "article")
            ),
            0 => "every article matches, so nothing is left to compare with; narrow the query down".to_owned(),
            _ => format!("{} too few to stand out from {}", matching(terms.articles), counted(terms.others, "other")),
        };
        terminal::print_hint(&hint);
    }
    Ok(Outcome::of(found))
}

fn matching(articles: usize) -> String {
    format!("{} {}", counted(articles, "article"), if articles == 1 { "is" } else { "are" })
}

/// The lists, each with the word that names its entries.
fn lists(terms: &Terms) -> [(&'static str, &[Keyness]); 3] {
    [("word", &terms.words), ("phrase", &terms.phrases), ("actor", &terms.actors)]
}

fn table(terms: &Terms) -> Table {
    let mut table = Table::new(["list", "value", "inside", "outside", "log_likelihood"]);
    for (list, keys) in lists(terms) {
        for Keyness { value, inside, outside, score } in keys {
            let figures = [inside.to_string(), outside.to_string(), format!("{score:.2}")];
            table.rows.push([list.to_owned(), value.clone()].into_iter().chain(figures).collect());
        }
    }
    table
}

fn text(terms: &Terms, near: Option<usize>, width: usize) -> String {
    let titles = match near {
        Some(near) => [format!("words within {near} of a match"), String::new(), String::new()],
        None => ["words", "phrases", "actors"].map(str::to_owned),
    };
    let filled = lists(terms).into_iter().zip(titles).filter(|((_, keys), _)| !keys.is_empty());
    let blocks: Vec<String> = filled.map(|((list, keys), title)| block(&title, list, keys, width)).collect();
    if blocks.is_empty() {
        return String::new();
    }
    let sets = match near {
        Some(_) => format!("{}, against the rest of the index", counted(terms.articles, "article")),
        None => format!("{} against {}", counted(terms.articles, "article"), counted(terms.others, "other")),
    };
    format!("{FAINT}{sets}{FAINT:#}\n\n{}", blocks.join("\n"))
}

/// One line an entry: how much it stands out, itself, how often it is here and elsewhere.
fn block(title: &str, list: &str, keys: &[Keyness], width: usize) -> String {
    let unit = if list == "actor" { "articles" } else { "times" };
    let widest = keys.iter().map(|key| one_line(&key.value).width()).max().unwrap_or(0).clamp(12, VALUE_COLUMNS);
    let (here, elsewhere) = (format!("{unit} here"), "elsewhere");
    // What is narrow shows how often, and for how unusual that is the order alone.
    let is_narrow = width < NARROW;
    let widest = if is_narrow { widest.min(width.saturating_sub(FIGURES)) } else { widest };
    // What stands before the bar: the value, two figures, the score, and the spaces between.
    let room = (width / 6).max(8).min(width.saturating_sub(widest + FIGURES + 11));
    let score = if is_narrow { "" } else { "  log-likelihood" };
    let title = if is_narrow { shortened(title, widest) } else { title.to_owned() };
    let mut out = format!("{STRONG}{title:widest$}{STRONG:#}  {FAINT}{here:>13}  {elsewhere:>9}{score}{FAINT:#}\n");
    let most = keys.iter().map(|key| key.score).fold(0.0, f64::max);
    for key in keys {
        let value = shortened(&one_line(&key.value), widest);
        let pad = widest - value.width();
        let (inside, outside) = (grouped(key.inside as usize), grouped(key.outside as usize));
        let _ = write!(out, "{value}{:pad$}  {inside:>13}  {outside:>9}", "");
        if !is_narrow {
            let _ = write!(out, "  {:>8.1} {}", key.score, bar(key.score, most, room).trim_end());
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(width: usize, expect: &str) {
        let keys = [
            Keyness { value: "harbour".into(), inside: 12, outside: 3, score: 40.0 },
            Keyness { value: "a phrase that is long".into(), inside: 7, outside: 0, score: 20.0 },
        ];
        let block = block("words", "word", &keys, width);
        assert_eq!(anstream::adapter::strip_str(&block).to_string(), expect);
    }

    #[test]
    fn what_does_not_fit_a_narrow_terminal_is_left_out() {
        check(
            80,
            "words                     times here  elsewhere  log-likelihood\n\
             harbour                           12          3      40.0 █████████████\n\
             a phrase that is long              7          0      20.0 ██████▌\n",
        );
        check(
            40,
            "words              times here  elsewhere\n\
             harbour                    12          3\n\
             a phrase that…              7          0\n",
        );
    }
}

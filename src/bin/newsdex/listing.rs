//! What every listing of hits shares: the line that names an article, and paths as a person would type them.

use std::path::Path;

use newsdex::search::ArticleHead;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::terminal::{DATE, FAINT, OUTLET, STRONG, WARNING};
use crate::{link, terminal};

/// Columns that the text of a hit is indented by.
pub(crate) const INDENT: usize = 4;

/// "Outlet · 12 Oct 2025 · path" as one line; what is not known is left out.
pub(crate) fn source_line(head: &ArticleHead) -> String {
    let outlet = head.outlet.as_ref().map(|outlet| format!("{OUTLET}{outlet}{OUTLET:#}"));
    let date = head.date.as_ref().map(|date| format!("{DATE}{}{DATE:#}", date.day.format("%-d %b %Y")));
    let short = one_line(&short_path(&head.path));
    let linked = if terminal::has_links() {
        // Where it is a link, no more of it need be read than `newsdex show` takes.
        let beside = head.outlet.as_ref().map_or(0, |outlet| outlet.width() + 3) + date.as_ref().map_or(0, |_| 14);
        let room = terminal::full_width().saturating_sub(INDENT + beside);
        link::file(&end_of_path(&short, room), &head.path)
    } else {
        short
    };
    let path = Some(format!("{FAINT}{linked}{FAINT:#}"));
    let parts: Vec<String> = [outlet, date, path].into_iter().flatten().collect();
    format!("{:INDENT$}{}\n", "", parts.join(&format!(" {FAINT}·{FAINT:#} ")))
}

/// The line below an article, or a quote of one, that a later version replaces.
pub(crate) fn superseded_line() -> String {
    format!("{:INDENT$}{WARNING}a later version replaces this one{WARNING:#}\n", "")
}

/// The path from the current folder, where the file lies below it.
pub(crate) fn short_path(path: &str) -> String {
    let here = std::env::current_dir().ok();
    let below = here.as_deref().and_then(|here| Path::new(path).strip_prefix(here).ok());
    below.map_or_else(|| path.to_owned(), |below| below.to_string_lossy().into_owned())
}

/// `path`, or where it is wider than `columns` its end after `…`: whole names of it, or where the file's own does not fit
/// as much of that as does.
fn end_of_path(path: &str, columns: usize) -> String {
    if path.width() <= columns {
        return path.to_owned();
    }
    let mut names = path.match_indices('/').map(|(at, _)| &path[at..]);
    let fits = |end: &&str| end.width() < columns;
    let end = names.find(fits).or_else(|| path.char_indices().map(|(at, _)| &path[at..]).find(fits));
    format!("…{}", end.unwrap_or_default())
}

/// `text` with every control character, line feeds included, as a space: names from files may hold any.
pub(crate) fn one_line(text: &str) -> String {
    let line = without_controls(text);
    if terminal::has_isolates() { link::isolated(&line) } else { line }
}

/// `text` with every control character as a space.
pub(crate) fn without_controls(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// `text` in at most `columns` columns, with `…` in place of an end that is left out.
pub(crate) fn shortened(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut used = 1;
    let kept: String = text
        .chars()
        .take_while(|c| {
            used += c.width().unwrap_or(0);
            used <= columns
        })
        .collect();
    kept.trim_end().to_owned() + "…"
}

/// `count` with its noun: "1 article", "12,500 articles".
pub(crate) fn counted(count: usize, noun: &str) -> String {
    let ending = match count {
        1 => "",
        _ if noun.ends_with("ch") => "es",
        _ => "s",
    };
    format!("{} {noun}{ending}", grouped(count))
}

/// A number with its thousands set apart.
pub(crate) fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The line above the answer to a query, where several follow each other.
pub(crate) fn heading(query: &str) -> String {
    format!("{FAINT}──{FAINT:#} {STRONG}{}{STRONG:#} {FAINT}──{FAINT:#}\n\n", one_line(query))
}

/// What stands in the place of an answer that is empty, where several follow each other.
pub(crate) fn nothing_line() -> String {
    format!("{FAINT}nothing found{FAINT:#}\n\n")
}

/// The line below a listing that says what it did not show; nothing where it showed all.
pub(crate) fn more_line(shown: usize, offset: usize, total: usize, noun: &str) -> String {
    let last = offset + shown;
    if shown == 0 || (offset == 0 && last >= total) {
        return String::new();
    }
    let next = if last < total { format!("; more with --offset {last}") } else { String::new() };
    format!("{FAINT}{} to {} of {}{next}{FAINT:#}\n", grouped(offset + 1), grouped(last), counted(total, noun))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    #[test]
    fn numbers_are_grouped_and_counted() {
        assert_eq!(counted(1, "quote"), "1 quote");
        assert_eq!(counted(0, "quote"), "0 quotes");
        assert_eq!(counted(1_234_567, "article"), "1,234,567 articles");
    }

    #[test]
    fn paths_are_shortened_to_whole_names() {
        let check = |columns, expect: &str| assert_eq!(end_of_path("/news/2016/09/dam.txt", columns), expect);
        check(21, "/news/2016/09/dam.txt");
        check(20, "…/2016/09/dam.txt");
        check(17, "…/2016/09/dam.txt");
        check(16, "…/09/dam.txt");
        check(9, "…/dam.txt");
        check(8, "…dam.txt");
        check(5, "….txt");
        check(0, "…");
    }

    #[test]
    fn a_partial_listing_says_how_to_go_on() {
        assert_eq!(plain(&more_line(10, 0, 25, "article")), "1 to 10 of 25 articles; more with --offset 10\n");
        assert_eq!(plain(&more_line(5, 20, 25, "article")), "21 to 25 of 25 articles\n");
        assert_eq!(more_line(25, 0, 25, "article"), "");
        assert_eq!(more_line(0, 30, 25, "article"), "");
    }

    #[test]
    fn what_is_too_long_is_cut_by_columns() {
        assert_eq!(shortened("Reuters", 7), "Reuters");
        assert_eq!(shortened("Associated Press", 12), "Associated…");
        assert_eq!(shortened("東京新聞", 6), "東京…");
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let head = ArticleHead { path: "/elsewhere/a\nb.txt".into(), ..ArticleHead::default() };
        assert_eq!(plain(&source_line(&head)), "    /elsewhere/a b.txt\n");
    }
}

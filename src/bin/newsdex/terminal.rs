//! Colour, width and messages: everything that depends on the screen.

use std::io::{self, IsTerminal as _, Write};
use std::sync::OnceLock;

use anstyle::{AnsiColor, Style};
use newsdex::Error;

use crate::args::{Cli, Color, ExportFormat};
use crate::pager::Pager;

/// Headlines and names.
pub(crate) const STRONG: Style = Style::new().bold();
/// What is there to be looked up, not read.
pub(crate) const FAINT: Style = Style::new().dimmed();
/// What matches a query.
pub(crate) const MATCH: Style = AnsiColor::Yellow.on_default().bold();
/// Outlets.
pub(crate) const OUTLET: Style = AnsiColor::Green.on_default();
/// Dates.
pub(crate) const DATE: Style = AnsiColor::Cyan.on_default();
/// Bars of charts.
pub(crate) const BAR: Style = AnsiColor::Blue.on_default();
/// Speakers.
pub(crate) const SPEAKER: Style = AnsiColor::Magenta.on_default().bold();
/// What a reader should be wary of.
pub(crate) const WARNING: Style = AnsiColor::Red.on_default();
const ERROR: Style = AnsiColor::Red.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default().bold();

/// Text is not wrapped wider than this: longer lines are hard to read.
const WIDEST: usize = 100;
/// Columns where nothing tells them.
const USUAL: usize = 80;

/// What was chosen for all that is printed.
#[derive(Default)]
struct Screen {
    pager: bool,
    links: bool,
    isolates: bool,
}

static SCREEN: OnceLock<Screen> = OnceLock::new();

/// Obeys `--color`, `--hyperlinks` and `--no-pager` for all that is printed from now on.
pub(crate) fn set_up(cli: &Cli) {
    let choice = match cli.color {
        Color::Auto => anstream::ColorChoice::Auto,
        Color::Always => anstream::ColorChoice::AlwaysAnsi,
        Color::Never => anstream::ColorChoice::Never,
    };
    choice.write_global();
    let is_terminal = io::stdout().is_terminal();
    let is_coloured = anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never;
    let links = match cli.hyperlinks {
        // Where links are taken out again with the colour, the path has to be there in full.
        _ if !is_coloured => false,
        Color::Auto => is_terminal && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout),
        Color::Always => true,
        Color::Never => false,
    };
    let _ = SCREEN.set(Screen { pager: !cli.no_pager, links, isolates: is_terminal });
}

/// True where paths are to be links.
pub(crate) fn has_links() -> bool {
    SCREEN.get().is_some_and(|screen| screen.links)
}

/// True where lines that run from right to left are to be kept from turning round what stands beside them.
pub(crate) fn has_isolates() -> bool {
    SCREEN.get().is_some_and(|screen| screen.isolates)
}

/// Standard output, buffered, with colour where that was chosen.
pub(crate) fn stdout() -> impl Write {
    io::BufWriter::new(anstream::stdout().lock())
}

/// As [`paged`] for text; what other programs read goes out byte for byte, with what colour is made of and all.
pub(crate) fn paged_as(format: ExportFormat) -> Box<dyn Write> {
    match (format, pager()) {
        (ExportFormat::Text, _) => paged(),
        (_, Some(pager)) => Box::new(io::BufWriter::new(pager)),
        (_, None) => Box::new(io::BufWriter::new(io::stdout().lock())),
    }
}

/// The pager, where there is one.
fn pager() -> Option<Pager> {
    SCREEN.get().filter(|screen| screen.pager).and_then(|_| Pager::chosen())
}

/// As [`stdout`], through the pager where there is one.
pub(crate) fn paged() -> Box<dyn Write> {
    match pager() {
        Some(pager) => {
            let choice = anstream::AutoStream::choice(&io::stdout());
            let pager: Box<dyn Write> = Box::new(pager);
            Box::new(io::BufWriter::new(anstream::AutoStream::new(pager, choice)))
        }
        None => Box::new(stdout()),
    }
}

/// How many columns a line of text may take.
pub(crate) fn width() -> usize {
    full_width().clamp(30, WIDEST)
}

/// How many columns the terminal has, for what is read across and not along.
pub(crate) fn full_width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let asked = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    columns.or_else(asked).unwrap_or(USUAL).max(30)
}

/// True where standard error is a terminal, so that a progress bar may be drawn there.
pub(crate) fn has_progress() -> bool {
    io::stderr().is_terminal()
}

/// True where `error` only says that nobody reads the output any more.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| match cause.downcast_ref::<io::Error>() {
        Some(error) => error.kind() == io::ErrorKind::BrokenPipe,
        None => {
            cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind)
                == Some(io::ErrorKind::BrokenPipe)
        }
    })
}

/// Prints `error`, and the hint that goes with it.
pub(crate) fn print_error(error: &anyhow::Error) {
    let mut message = format!("{ERROR}error:{ERROR:#} {}\n", with_causes(error));
    if let Some(error) = error.downcast_ref::<Error>() {
        if let Error::Query { query, column, .. } = error {
            message.push_str(&pointer(query, *column));
        }
        if let Some(hint) = error.hint() {
            message.push_str(&format_hint(&hint));
        }
    }
    // Where standard error is closed there is nobody left to tell.
    let _ = anstream::stderr().write_all(message.as_bytes());
}

/// `error` with what it comes from, as far as it does not say so itself.
fn with_causes(error: &anyhow::Error) -> String {
    let mut text = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !text.ends_with(&cause) {
            text.push_str(": ");
            text.push_str(&cause);
        }
    }
    text
}

/// Prints `hint` on standard error.
pub(crate) fn print_hint(hint: &str) {
    let _ = anstream::stderr().write_all(format_hint(hint).as_bytes());
}

fn format_hint(hint: &str) -> String {
    format!("{HINT}hint:{HINT:#} {hint}\n")
}

/// The query on a line, and a caret under the character at `column`, counted from 1.
fn pointer(query: &str, column: usize) -> String {
    let before: String = query.chars().take(column.saturating_sub(1)).collect();
    let indent = unicode_width::UnicodeWidthStr::width(before.as_str());
    let line: String = query.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("  {line}\n  {:indent$}{ERROR}^{ERROR:#}\n", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_its_column() {
        let printed = anstream::adapter::strip_str(&pointer("ab (c", 4)).to_string();
        assert_eq!(printed, "  ab (c\n     ^\n");
        let wide = anstream::adapter::strip_str(&pointer("日本 (", 4)).to_string();
        assert_eq!(wide, "  日本 (\n       ^\n");
    }

    #[test]
    fn a_cause_is_told_once() {
        let read = Error::Io { action: "read", path: "/a".into(), source: io::Error::other("gone") };
        let error = anyhow::Error::new(read);
        assert_eq!(with_causes(&error), "cannot read `/a`: gone");
        assert_eq!(with_causes(&error.context("no list")), "no list: cannot read `/a`: gone");
    }

    #[test]
    fn a_closed_pipe_is_no_error() {
        assert!(is_closed_pipe(&io::Error::from(io::ErrorKind::BrokenPipe).into()));
        let wrapped = serde_json::Error::io(io::Error::from(io::ErrorKind::BrokenPipe));
        assert!(is_closed_pipe(&wrapped.into()));
        assert!(!is_closed_pipe(&io::Error::from(io::ErrorKind::NotFound).into()));
    }
}

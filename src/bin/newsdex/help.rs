//! `newsdex help` and `newsdex man`.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use clap::CommandFactory as _;

use crate::args::Cli;
use crate::{Outcome, terminal};

/// The page of the manual that describes the query language; its first block of text is the language at a glance.
const QUERY_SYNTAX: &str = include_str!("../../../docs/query-syntax.md");

/// Prints the help of a command, or of the query language.
pub(crate) fn run(topic: &[String]) -> Result<Outcome> {
    let mut out = terminal::paged();
    match topic {
        [query] if query == "query" => out.write_all(at_a_glance().as_bytes())?,
        names => {
            let mut command = Cli::command();
            command.build();
            for name in names {
                let Some(part) = command.find_subcommand(name) else {
                    bail!("no command `{name}`; `newsdex help` lists all, `newsdex help query` is on queries");
                };
                command = part.clone();
            }
            let help = if names.is_empty() { command.render_help() } else { command.render_long_help() };
            write!(out, "{}", help.ansi())?;
        }
    }
    out.flush()?;
    Ok(Outcome::Found)
}

/// The query language on one screen.
fn at_a_glance() -> String {
    let lines = QUERY_SYNTAX.lines().skip_while(|line| *line != "```text").skip(1);
    lines.take_while(|line| *line != "```").flat_map(|line| [line, "\n"]).collect()
}

/// Prints the manual page, or writes one for each command into `folder`.
pub(crate) fn man(folder: Option<&Path>) -> Result<Outcome> {
    let Some(folder) = folder else {
        let mut page = Vec::new();
        clap_mangen::Man::new(Cli::command()).render(&mut page)?;
        std::io::stdout().write_all(&page)?;
        return Ok(Outcome::Found);
    };
    let action = || format!("cannot write manual pages into `{}`", folder.display());
    fs::create_dir_all(folder).with_context(action)?;
    clap_mangen::generate_to(Cli::command().disable_help_subcommand(true), folder).with_context(action)?;
    Ok(Outcome::Found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_query_language_fits_a_screen() {
        let page = at_a_glance();
        assert!((10..=40).contains(&page.lines().count()), "{page}");
        assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
    }
}

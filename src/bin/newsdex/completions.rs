//! `newsdex completions SHELL`.

use std::io::Write as _;

use clap::CommandFactory;

use crate::Outcome;
use crate::args::Cli;

/// Prints the completion script for `shell`.
pub(crate) fn run(shell: clap_complete::Shell) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "newsdex", &mut script);
    std::io::stdout().write_all(&script)?;
    Ok(Outcome::Found)
}

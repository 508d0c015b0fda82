//! newsdex on the command line: parses, runs one command, and exits with its status.

mod actor;
mod actors;
mod args;
mod completions;
mod eval;
mod explain;
mod extract;
mod filters;
mod index;
mod inspect;
mod listing;
mod nothing;
mod quotes;
mod search;
mod show;
mod status;
mod terminal;
mod verify;
mod wrap;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};

/// What a command came to; its exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// It found or did something.
    Found,
    /// There was nothing to find.
    Nothing,
    /// It was interrupted by the user.
    Interrupted,
}

impl Outcome {
    const fn of(found: bool) -> Self {
        if found { Self::Found } else { Self::Nothing }
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    terminal::choose_color(cli.color);
    match run(&cli) {
        Ok(Outcome::Found) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Ok(Outcome::Interrupted) => ExitCode::from(130),
        Err(error) if terminal::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            terminal::print_error(&error);
            ExitCode::from(2)
        }
    }
}

fn run(cli: &Cli) -> anyhow::Result<Outcome> {
    match &cli.command {
        Command::Index(args) => index::run(&cli.index, args),
        Command::Search(args) => search::run(cli, args),
        Command::Quotes(args) => quotes::run(cli, args),
        Command::Actors(args) => actors::run(cli, args),
        Command::Actor(args) => actor::run(cli, args),
        Command::Show(args) => show::run(&cli.index, args),
        Command::Status(args) => status::run(cli, args),
        Command::Extract(args) => extract::run(&cli.index, args),
        Command::Inspect(args) => inspect::run(args),
        Command::Verify(args) => verify::run(&cli.index, args),
        Command::Eval(args) => eval::run(args),
        Command::Completions { shell } => completions::run(*shell),
    }
}

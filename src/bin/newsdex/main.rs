//! newsdex on the command line: parses, runs one command, and exits with its status.

mod actor;
mod actors;
mod args;
mod chart;
mod completions;
mod config;
mod eval;
mod explain;
mod extract;
mod facets;
mod filters;
mod help;
mod index;
mod inspect;
mod kwic;
mod link;
mod listing;
mod negation;
mod nothing;
mod pager;
mod queries;
mod quotes;
mod ranking;
mod saved;
mod search;
mod show;
mod similar;
mod status;
mod terminal;
mod terms;
mod timeline;
mod verify;
mod wrap;
mod writer;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _};

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
    let cli = match parse() {
        Ok(cli) => cli,
        Err(error) => {
            terminal::print_error(&error);
            return ExitCode::from(2);
        }
    };
    terminal::set_up(&cli);
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

/// Reads the command line, over the defaults of the configuration file.
fn parse() -> anyhow::Result<Cli> {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let command = config::configured(Cli::command(), &arguments)?;
    let matches = match command.try_get_matches_from(&arguments) {
        Ok(matches) => matches,
        Err(error) => match negation::mistaken(&error, &arguments) {
            Some(message) => anyhow::bail!(message),
            None => error.exit(),
        },
    };
    let mut cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    if let Some((_, typed)) = matches.subcommand() {
        config::give_way(&mut cli.command, typed);
    }
    Ok(cli)
}

fn run(cli: &Cli) -> anyhow::Result<Outcome> {
    match &cli.command {
        Command::Index(args) => index::run(&cli.index, args),
        Command::Search(args) => search::run(cli, args),
        Command::Quotes(args) => quotes::run(cli, args),
        Command::Facets(args) => facets::run(cli, args),
        Command::Timeline(args) => timeline::run(cli, args),
        Command::Kwic(args) => kwic::run(cli, args),
        Command::Terms(args) => terms::run(cli, args),
        Command::Similar(args) => similar::run(cli, args),
        Command::Save(args) => saved::save(cli, args),
        Command::Saved(args) => saved::saved(cli, args),
        Command::Alerts(args) => saved::alerts(cli, args),
        Command::Actors(args) => actors::run(cli, args),
        Command::Actor(args) => actor::run(cli, args),
        Command::Show(args) => show::run(&cli.index, args),
        Command::Status(args) => status::run(cli, args),
        Command::Extract(args) => extract::run(&cli.index, args),
        Command::Inspect(args) => inspect::run(args),
        Command::Verify(args) => verify::run(&cli.index, args),
        Command::Eval(args) => eval::run(args),
        Command::Help { topic } => help::run(topic),
        Command::Man { folder } => help::man(folder.as_deref()),
        Command::Completions { shell } => completions::run(*shell),
    }
}

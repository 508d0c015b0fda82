//! `newsdex completions SHELL`.

use std::io::Write as _;

use clap::builder::PossibleValuesParser;
use clap::{Command, CommandFactory as _};

use crate::Outcome;
use crate::args::Cli;

/// `command`, of which `help` names what there is help on.
fn with_topics(command: Command) -> Command {
    let topics: Vec<String> = command.get_subcommands().map(|part| part.get_name().to_owned()).collect();
    let topics = PossibleValuesParser::new(topics.into_iter().chain(["query".to_owned()]));
    command.mut_subcommand("help", |help| help.mut_arg("topic", |topic| topic.value_parser(topics)))
}

/// Prints the completion script for `shell`.
pub(crate) fn run(shell: clap_complete::Shell) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut with_topics(Cli::command()), "newsdex", &mut script);
    std::io::stdout().write_all(&script)?;
    Ok(Outcome::Found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shells_know_what_there_is_help_on() {
        let command = with_topics(Cli::command());
        let help = command.find_subcommand("help").expect("there is help");
        let topic = help.get_arguments().find(|argument| argument.get_id() == "topic").expect("it has a topic");
        let values: Vec<String> = topic.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
        assert!(
            ["search", "quotes", "query"].iter().all(|name| values.iter().any(|value| value == name)),
            "{values:?}"
        );
    }
}

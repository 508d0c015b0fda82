//! The configuration file: defaults for flags, which flags and environment variables override.

use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail, ensure};
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, Id};
use etcetera::BaseStrategy as _;

use crate::args::{self, ExportFormat};
use crate::explain;

/// Names the file, in place of the usual one; empty for none.
const VARIABLE: &str = "NEWSDEX_CONFIG";

/// The flag that leaves the file unread.
const IGNORE: &str = "--no-config";

/// `command` with the defaults that the configuration file gives, where there is one.
///
/// # Errors
/// Where the file cannot be read or understood, or names a command, flag or value that there is not.
pub(crate) fn configured(command: Command, arguments: &[OsString]) -> Result<Command> {
    if arguments.iter().take_while(|argument| *argument != "--").any(|argument| argument == IGNORE) {
        return Ok(command);
    }
    let plain = command.clone();
    let typed = Typed::new(&command, arguments);
    let read = || match read()? {
        Some((path, text)) => defaults(command, &text, &typed).with_context(|| format!("`{}`", path.display())),
        None => Ok(command),
    };
    match read() {
        // Help is never refused: it may be what tells how to mend the file.
        Err(_) if typed.asks_for_help => Ok(plain),
        configured => configured,
    }
}

/// Lets defaults of the configuration file give way to what is `typed` and cannot go with them.
pub(crate) fn give_way(command: &mut args::Command, typed: &ArgMatches) {
    let is_default = |flag: &str| typed.value_source(flag) == Some(ValueSource::DefaultValue);
    match command {
        args::Command::Quotes(args) => {
            args.usual_kinds = is_default("kind");
            if args.explain && is_default("format") && !explain::has_format(args.page.format) {
                args.page.format = ExportFormat::Text;
            }
        }
        args::Command::Search(args) => {
            let counts_paths = args.facet.is_some() && args.page.format == ExportFormat::Paths;
            if counts_paths && is_default("facet") && !is_default("format") {
                args.facet = None;
            } else if is_default("format") && (counts_paths || args.explain && !explain::has_format(args.page.format)) {
                args.page.format = ExportFormat::Text;
            }
        }
        _ => {}
    }
}

/// What the command line says by itself.
#[derive(Default)]
struct Typed {
    /// Those flags and arguments of the command that are typed or set in the environment.
    given: Vec<Id>,
    asks_for_help: bool,
}

impl Typed {
    fn new(command: &Command, arguments: &[OsString]) -> Self {
        let matches = match command.clone().try_get_matches_from(arguments) {
            Ok(matches) => matches,
            // What else is wrong is told when the line is read with the defaults.
            Err(error) => return Self { given: Vec::new(), asks_for_help: !error.use_stderr() },
        };
        let (name, part) = matches.subcommand().unwrap_or(("", &matches));
        let is_given = |id: &&Id| {
            let source = part.value_source(id.as_str());
            matches!(source, Some(ValueSource::CommandLine | ValueSource::EnvVariable))
        };
        Self { given: part.ids().filter(is_given).cloned().collect(), asks_for_help: name == "help" }
    }

    /// True where `argument` of `command` conflicts with something that is typed.
    fn excludes(&self, command: &Command, argument: &Arg) -> bool {
        let typed = command.get_arguments().filter(|other| self.given.contains(other.get_id()));
        let conflict = |one: &Arg, other: &Arg| {
            command.get_arg_conflicts_with(one).iter().any(|found| found.get_id() == other.get_id())
        };
        let mut typed = typed.filter(|other| other.get_id() != argument.get_id());
        typed.any(|other| conflict(argument, other) || conflict(other, argument))
    }
}

/// The file and its text; `None` where there is none.
fn read() -> Result<Option<(PathBuf, String)>> {
    let named = std::env::var_os(VARIABLE);
    if named.as_ref().is_some_and(|named| named.is_empty()) {
        return Ok(None);
    }
    let usual = || Some(etcetera::choose_base_strategy().ok()?.config_dir().join("newsdex/config.toml"));
    let Some(path) = named.clone().map(PathBuf::from).or_else(usual) else { return Ok(None) };
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Some((path, text))),
        Err(error) if named.is_none() && error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read the configuration `{}`", path.display())),
    }
}

/// `command` with the defaults that `text` gives: keys are long flags, tables are commands. What conflicts with something
/// that is `typed` is left out.
fn defaults(mut command: Command, text: &str, typed: &Typed) -> Result<Command> {
    let table: toml::Table =
        toml::from_str(text).map_err(|error| anyhow::anyhow!("{}", error.to_string().trim_end()))?;
    for (key, value) in &table {
        let toml::Value::Table(flags) = value else {
            refuse_misplaced(&command, key)?;
            command = with_default(command, key, value, typed)?;
            continue;
        };
        let Some(mut part) = command.find_subcommand(key).cloned() else { bail!("there is no command `{key}`") };
        for (flag, value) in flags {
            part = with_default(part, flag, value, typed).with_context(|| format!("in `[{key}]`"))?;
        }
        command = command.mut_subcommand(key, |_| part);
    }
    Ok(command)
}

/// Says where `flag` belongs, where it is not one of all commands but of some.
fn refuse_misplaced(command: &Command, flag: &str) -> Result<()> {
    let has = |command: &Command| command.get_arguments().any(|argument| argument.get_long() == Some(flag));
    let owners: Vec<&str> = command.get_subcommands().filter(|part| has(part)).map(Command::get_name).collect();
    if let ([first, ..], false) = (&owners[..], has(command)) {
        bail!("`{flag}` is a flag of {}; write it below the name of one, as in `[{first}]`", owners.join(", "));
    }
    Ok(())
}

fn with_default(command: Command, flag: &str, value: &toml::Value, typed: &Typed) -> Result<Command> {
    let Some(argument) = command.get_arguments().find(|argument| argument.get_long() == Some(flag)) else {
        bail!("there is no flag `--{flag}`");
    };
    let id = argument.get_id().clone();
    let values = values(value).with_context(|| format!("`{flag}`"))?;
    if matches!(argument.get_action(), ArgAction::SetTrue) {
        ensure!(matches!(values[..], [ref value] if value == "true" || value == "false"), "`{flag}` is true or false");
    }
    check(flag, argument, &values)?;
    if typed.excludes(&command, argument) {
        return Ok(command);
    }
    Ok(command.mut_arg(id, |argument| argument.default_values(values)))
}

/// Refuses values that `argument` would refuse on the command line.
fn check(flag: &str, argument: &Arg, values: &[String]) -> Result<()> {
    for value in values {
        let alone = Arg::new("value").long("value").value_parser(argument.get_value_parser().clone());
        let trial = Command::new("trial").no_binary_name(true).arg(alone);
        if trial.try_get_matches_from([format!("--value={value}")]).is_err() {
            let possible = argument.get_possible_values();
            let names: Vec<&str> = possible.iter().map(clap::builder::PossibleValue::get_name).collect();
            let one_of = if names.is_empty() { String::new() } else { format!("; it is one of {}", names.join(", ")) };
            bail!("`{flag}` cannot be `{value}`{one_of}");
        }
    }
    Ok(())
}

/// The values that `value` stands for, as they would be typed.
fn values(value: &toml::Value) -> Result<Vec<String>> {
    Ok(match value {
        toml::Value::String(text) => vec![text.clone()],
        toml::Value::Integer(number) => vec![number.to_string()],
        toml::Value::Float(number) => vec![number.to_string()],
        toml::Value::Boolean(is) => vec![is.to_string()],
        toml::Value::Array(list) => list.iter().map(values).collect::<Result<Vec<_>>>()?.concat(),
        toml::Value::Datetime(date) => vec![date.to_string()],
        toml::Value::Table(_) => bail!("a flag has a value, a number, true or false, or a list"),
    })
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory as _, FromArgMatches as _};

    use super::*;
    use crate::args::{Cli, Command as Chosen, Order};

    fn parsed(text: &str, arguments: &[&str]) -> Cli {
        let typed: Vec<OsString> = arguments.iter().map(OsString::from).collect();
        let command = defaults(Cli::command(), text, &Typed::new(&Cli::command(), &typed)).unwrap();
        Cli::from_arg_matches(&command.try_get_matches_from(arguments).unwrap()).unwrap()
    }

    fn check(text: &str, expect: &str) {
        assert_eq!(format!("{:#}", defaults(Cli::command(), text, &Typed::default()).unwrap_err()), expect);
    }

    #[test]
    fn flags_go_before_the_file() {
        let text =
            "index = \"archive\"\n[search]\nlimit = 3\nsort = \"date\"\nrecent = true\noutlet = [\"A\", \"B\"]\n";
        let cli = parsed(text, &["newsdex", "search", "dam", "--sort", "oldest"]);
        assert_eq!(cli.index, PathBuf::from("archive"));
        let Chosen::Search(search) = cli.command else { panic!("a search") };
        assert_eq!((search.page.limit, search.sort, search.recent), (3, Order::Oldest, true));
        assert_eq!(search.filters.outlet, ["A", "B"]);
    }

    #[test]
    fn a_default_gives_way_to_what_conflicts_with_it() {
        let text = "[search]\nfacet = \"outlet\"\n[timeline]\nsplit = \"outlet\"\n[quotes]\ngroup-by = \"month\"\n";
        let Chosen::Search(search) = parsed(text, &["newsdex", "search", "--queries", "qq"]).command else {
            panic!("a search")
        };
        assert_eq!(search.facet, None);
        let Chosen::Timeline(timeline) = parsed(text, &["newsdex", "timeline", "dam", "--versus", "ferry"]).command
        else {
            panic!("a timeline")
        };
        assert_eq!(timeline.split, None);
        let Chosen::Quotes(quotes) = parsed(text, &["newsdex", "quotes", "--queries", "qq"]).command else {
            panic!("quotes")
        };
        assert_eq!(quotes.group_by, None);
        let Chosen::Timeline(timeline) = parsed(text, &["newsdex", "timeline", "dam"]).command else {
            panic!("a timeline")
        };
        assert!(timeline.split.is_some());
    }

    #[test]
    fn mistakes_are_named() {
        check("[serach]\nlimit = 3\n", "there is no command `serach`");
        check("[search]\nlimt = 3\n", "in `[search]`: there is no flag `--limt`");
        check("[search]\nrecent = \"yes\"\n", "in `[search]`: `recent` is true or false");
        check("[kwic]\nsort = \"up\"\n", "in `[kwic]`: `sort` cannot be `up`; it is one of date, left, right");
        check("[search]\nlimit = \"ten\"\n", "in `[search]`: `limit` cannot be `ten`");
        let expect = "`split` is a flag of timeline; write it below the name of one, as in `[timeline]`";
        check("split = \"outlet\"\n", expect);
        check("colour = \"never\"\n", "there is no flag `--colour`");
    }
}

//! A query that begins with `-word`, which the command line reads as flags.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue};

/// Commands that a query stands behind.
const COMMANDS: [&str; 7] = ["search", "quotes", "facets", "timeline", "kwic", "terms", "save"];

/// What to say where `error` comes of a word with a `-` before it among `arguments`; `None` where it does not.
pub(crate) fn mistaken(error: &clap::Error, arguments: &[OsString]) -> Option<String> {
    let arguments = arguments.iter().skip(1).map(|argument| argument.to_str());
    let mut arguments = arguments.take_while(|argument| *argument != Some("--")).flatten();
    arguments.by_ref().find(|argument| COMMANDS.contains(argument))?;
    let (flag, value) = (context(error, ContextKind::InvalidArg)?, context(error, ContextKind::InvalidValue));
    // `-clinton` is an unknown `-c`, `-nato` is `-n` with the value `ato`.
    let is_meant = |word: &str| match value {
        Some(value) => word.get(2..) == Some(value),
        None => word.starts_with(flag),
    };
    let word = arguments.find(|argument| is_negated_word(argument) && is_meant(argument))?;
    Some(format!("`{word}` is no flag; a query that begins with `-` goes behind `--`, as in `-- {word}`"))
}

/// True for `-` and what may be a word.
fn is_negated_word(argument: &str) -> bool {
    let mut letters = argument.chars();
    letters.next() == Some('-') && letters.by_ref().take(2).filter(|c| c.is_alphabetic()).count() == 2
}

fn context(error: &clap::Error, kind: ContextKind) -> Option<&str> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::args::Cli;

    fn check(line: &str, expect: Option<&str>) {
        let arguments: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        let error = Cli::command().try_get_matches_from(&arguments).expect_err(line);
        let said = mistaken(&error, &arguments);
        let expect = expect.map(|word| {
            format!("`{word}` is no flag; a query that begins with `-` goes behind `--`, as in `-- {word}`")
        });
        assert_eq!(said, expect, "{line}");
    }

    #[test]
    fn a_word_that_is_left_out_is_told_from_flags() {
        check("newsdex search -trump clinton", Some("-trump"));
        check("newsdex quotes -nato -n 3", Some("-nato"));
        check("newsdex facets --by person -outlet:reuters", Some("-outlet:reuters"));
        check("newsdex search clinton --outlt nyt", None);
        check("newsdex search clinton --sort -date --outlt nyt", None);
        check("newsdex search clinton -n x", None);
        check("newsdex search clinton -x", None);
        check("newsdex index -folder", None);
    }
}

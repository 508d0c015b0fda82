//! The pager: on a terminal, listings go through it.

use std::io::{self, IsTerminal as _, Write};
use std::process::{Child, Command, Stdio};

/// What `less` is told where the user has told it nothing: to leave at once where one screen is enough (`F`), to let
/// colours through (`R`), and to leave the screen as it is (`X`).
const LESS: &str = "FRX";

/// Standard output, through a pager that is started with the first byte.
pub(crate) struct Pager {
    command: Vec<String>,
    state: State,
}

enum State {
    Waiting,
    Running(Child),
    /// It could not be started: what is printed goes to the terminal as it is.
    Missing,
}

impl Pager {
    /// The pager that the user has chosen; `None` where there is to be none, or standard output is no terminal.
    pub(crate) fn chosen() -> Option<Self> {
        let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        if is_dumb || !io::stdout().is_terminal() {
            return None;
        }
        let variable = |name| std::env::var(name).ok();
        let command = command(variable("NEWSDEX_PAGER").or_else(|| variable("PAGER")))?;
        Some(Self { command, state: State::Waiting })
    }

    fn start(&self) -> State {
        let mut command = Command::new(&self.command[0]);
        command.args(&self.command[1..]).stdin(Stdio::piped());
        if std::env::var_os("LESS").is_none() {
            command.env("LESS", LESS);
        }
        // An interrupt is for the pager, which is in front until the user leaves it. A handler that is set already does as
        // well.
        let _ = ctrlc::set_handler(|| {});
        command.spawn().map_or(State::Missing, State::Running)
    }
}

impl Write for Pager {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if matches!(self.state, State::Waiting) {
            self.state = self.start();
        }
        match &mut self.state {
            State::Running(Child { stdin: Some(input), .. }) => input.write(bytes),
            _ => io::stdout().write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.state {
            State::Running(Child { stdin: Some(input), .. }) => input.flush(),
            _ => io::stdout().flush(),
        }
    }
}

impl Drop for Pager {
    /// Waits until the user leaves the pager.
    fn drop(&mut self) {
        if let State::Running(child) = &mut self.state {
            drop(child.stdin.take());
            let _ = child.wait();
        }
    }
}

/// The words of the command that `named` gives, as a shell would part them, `less` where it gives none; `None` for no pager
/// at all.
fn command(named: Option<String>) -> Option<Vec<String>> {
    let named = named.unwrap_or_else(|| "less".to_owned());
    let words = shlex::split(&named).unwrap_or_else(|| named.split_whitespace().map(str::to_owned).collect());
    (words.first()? != "cat").then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_chooses_the_pager() {
        let check = |named: Option<&str>, expect: Option<&[&str]>| {
            let expect = expect.map(|words| words.iter().map(ToString::to_string).collect());
            assert_eq!(command(named.map(str::to_owned)), expect, "{named:?}");
        };
        check(None, Some(&["less"]));
        check(Some("more"), Some(&["more"]));
        check(Some("less -S +G"), Some(&["less", "-S", "+G"]));
        check(Some("less -P 'my prompt'"), Some(&["less", "-P", "my prompt"]));
        check(Some("it's"), Some(&["it's"]));
        check(Some(""), None);
        check(Some("cat"), None);
    }
}

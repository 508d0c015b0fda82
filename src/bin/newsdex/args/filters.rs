//! What narrows listings down, and their order.

use clap::{Args, ValueEnum};

/// What narrows a listing down.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Filters")]
pub(crate) struct FilterArgs {
    /// Only articles of this outlet; several are alternatives
    #[arg(long, value_name = "NAME")]
    pub(crate) outlet: Vec<String>,

    /// Only articles of this day or later: 2025-10-12, 2025-10 or 2025
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<String>,

    /// Only articles of this day or earlier; a month or year counts whole
    #[arg(long, value_name = "DATE")]
    pub(crate) to: Option<String>,

    /// Only articles that name this person
    #[arg(long, value_name = "NAME")]
    pub(crate) person: Vec<String>,

    /// Only articles that name this organization
    #[arg(long, value_name = "NAME", alias = "organization")]
    pub(crate) org: Vec<String>,

    /// Only articles that name this place, or are datelined there
    #[arg(long, value_name = "NAME")]
    pub(crate) place: Vec<String>,

    /// Only articles that name this person, organization, place or other thing
    #[arg(long, value_name = "NAME")]
    pub(crate) actor: Vec<String>,
}

/// The order of a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Order {
    /// Best match first
    Relevance,
    /// Newest first
    #[value(alias = "-date")]
    Date,
    /// Oldest first
    Oldest,
    /// By the name of the outlet, newest first
    Outlet,
    /// Quotes nearest to the top of their article first
    Prominence,
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::Order;
    use crate::args::{Cli, Command};

    fn check(arguments: &[&str], expect: Order) {
        let cli = Cli::try_parse_from([&["newsdex", "search", "dam", "--sort"], arguments].concat()).unwrap();
        let Command::Search(search) = cli.command else { panic!("a search") };
        assert_eq!((search.sort, search.recent), (expect, arguments.contains(&"--recent")));
    }

    #[test]
    fn an_order_may_begin_with_a_hyphen() {
        check(&["date"], Order::Date);
        check(&["-date"], Order::Date);
        check(&["-date", "--recent"], Order::Date);
        check(&["oldest"], Order::Oldest);
    }
}

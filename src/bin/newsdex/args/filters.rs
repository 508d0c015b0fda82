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

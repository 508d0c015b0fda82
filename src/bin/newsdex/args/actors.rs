//! `newsdex actors` and `newsdex actor`.

use clap::{Args, ValueEnum};
use newsdex::extract::EntityKind;

use super::{FormatArgs, PageArgs};

#[derive(Debug, Args)]
pub(crate) struct ActorsArgs {
    /// Only actors with a name that has a word beginning so
    pub(crate) prefix: Vec<String>,

    /// Only actors of this kind
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<Kind>,

    #[command(flatten)]
    pub(crate) page: PageArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ActorArgs {
    /// Any name of the actor
    #[arg(required = true)]
    pub(crate) name: Vec<String>,

    /// Only an actor of this kind
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<Kind>,

    /// Most quotes by the actor, and as many about it
    #[arg(short = 'n', long, value_name = "N", default_value_t = 3)]
    pub(crate) limit: usize,

    #[command(flatten)]
    pub(crate) format: FormatArgs,
}

/// Kind of an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    Person,
    #[value(alias = "org")]
    Organization,
    Place,
    Other,
}

impl From<Kind> for EntityKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Person => Self::Person,
            Kind::Organization => Self::Organization,
            Kind::Place => Self::Place,
            Kind::Other => Self::Other,
        }
    }
}

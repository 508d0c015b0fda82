//! `newsdex inspect`.

use clap::{Args, ValueHint};

use super::FormatArgs;

#[derive(Debug, Args)]
pub(crate) struct InspectArgs {
    /// File to read, or one member or article of it: `dump.zip!/2025/a.html`, `wire.xml!/3`
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) file: String,

    /// Print the whole text, not its first lines
    #[arg(long)]
    pub(crate) full: bool,

    #[command(flatten)]
    pub(crate) format: FormatArgs,
}

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

    /// Take FIELD of JSON and CSV dumps from COLUMN, as `newsdex index --map` does
    #[arg(long, value_name = "FIELD=COLUMN")]
    pub(crate) map: Vec<String>,

    #[command(flatten)]
    pub(crate) format: FormatArgs,
}

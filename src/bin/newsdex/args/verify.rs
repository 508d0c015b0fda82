//! `newsdex verify`.

use clap::Args;

use super::FormatArgs;

const VERIFY_STATUS: &str = "Exit status: 0 where all quotes stand, 1 where one does not, 2 on errors.";

#[derive(Debug, Args)]
#[command(after_help = VERIFY_STATUS)]
pub(crate) struct VerifyArgs {
    /// How many threads read files [default: one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) threads: Option<u16>,

    #[command(flatten)]
    pub(crate) format: FormatArgs,
}

//! `newsdex show`.

use clap::Args;

use super::FormatArgs;

#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// Path of the article or the end of it, or the beginning of its identifier
    pub(crate) article: String,

    /// Say for each quote why it has its speaker
    #[arg(long)]
    pub(crate) explain: bool,

    #[command(flatten)]
    pub(crate) format: FormatArgs,
}

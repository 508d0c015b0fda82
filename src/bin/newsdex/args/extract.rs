//! `newsdex extract`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

#[derive(Debug, Args)]
pub(crate) struct ExtractArgs {
    /// Files or folders to read
    #[arg(required_unless_present = "stdin", value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,

    /// Read JSON lines {"id", "text"} from standard input; a line that is not one gives an error line in its place
    #[arg(long, conflicts_with = "paths")]
    pub(crate) stdin: bool,

    /// Take FIELD of JSON and CSV dumps from COLUMN, such as body=col
    ///
    /// Fields are headline, body, summary, date, outlet, author, url, dateline, language and kind. A column is named as in
    /// the file, or by its number in a table without names; in JSON full stops lead into objects: date=meta.published.
    /// What is not named is found by the usual names.
    #[arg(long, value_name = "FIELD=COLUMN")]
    pub(crate) map: Vec<String>,

    /// How many threads read articles [default: one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) threads: Option<u16>,
}

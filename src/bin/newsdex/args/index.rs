//! `newsdex index`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

#[derive(Debug, Args)]
pub(crate) struct IndexArgs {
    /// Folders or files to index
    ///
    /// Files and folders inside of them whose name begins with a dot are passed over; to index one, name it. It then stays, and
    /// is walked with the folder around it, until it is removed.
    #[arg(required_unless_present = "remove", value_name = "FOLDER", value_hint = ValueHint::AnyPath)]
    pub(crate) folders: Vec<PathBuf>,

    /// Take what was indexed of FOLDER out of the index, whether it is still there or not
    ///
    /// Its articles and quotes go, and `newsdex status` no longer names it; no file on disk is touched. Folders to index
    /// may be named beside it: of a folder that was moved, `newsdex index NEW --remove OLD` is all there is to do.
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::AnyPath)]
    pub(crate) remove: Vec<PathBuf>,

    /// Read every file again, even where its size and time are as they were
    #[arg(long)]
    pub(crate) force: bool,

    /// Write what became of each file to FILE, as JSON lines; `-` for standard output, without the summary
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) report: Option<PathBuf>,

    /// Take FIELD of JSON and CSV dumps from COLUMN, such as body=col
    ///
    /// Fields are headline, body, summary, date, outlet, author, url, dateline, language and kind. A column is named as in
    /// the file, or by its number in a table without names; in JSON full stops lead into objects: date=meta.published.
    /// What is not named is found by the usual names. The index remembers it; where it changes, all files are read again.
    #[arg(long, value_name = "FIELD=COLUMN")]
    pub(crate) map: Vec<String>,

    /// How many threads read articles [default: one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) threads: Option<u16>,

    /// Most seconds between two commits: what a power cut can cost
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    pub(crate) commit_every: u64,

    /// Print nothing but errors, and which columns named by --map no record has
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

//! Which part of a listing is printed, and how.

use clap::{Args, ValueEnum};

/// How listings are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Text,
    /// One JSON object a line; docs/json.md describes each field
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct FormatArgs {
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,
}

/// Which part of a listing, and how it is printed.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct PageArgs {
    /// How many to list; 0 for all
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,

    /// How many to pass over first
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: usize,

    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,
}

/// How counts are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    /// For people
    #[default]
    Text,
    /// One JSON object a line; docs/json.md describes each field
    Json,
    /// For spreadsheets
    Csv,
    /// For notes
    Markdown,
}

/// How hits are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// For people
    #[default]
    Text,
    /// One JSON object a line; docs/json.md describes each field
    Json,
    /// For spreadsheets; docs/export.md describes each column
    Csv,
    /// For notes
    Markdown,
    /// The path of each article, one a line
    Paths,
}

impl ExportFormat {
    /// What it is called on the command line.
    pub(crate) fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

/// Which part of a listing, and in which of the formats that other programs read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct ExportArgs {
    /// How many to list; 0 for all
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,

    /// How many to pass over first
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: usize,

    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: ExportFormat,

    /// With `--format paths`, end each path with a zero byte, as `xargs -0` reads them
    #[arg(short = '0', long)]
    pub(crate) null: bool,
}

//! `newsdex eval --ranking FOLDER`: how well hits are ranked.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Result;
use newsdex::export::wire::Line;
use newsdex::ranking::{Collection, Ranking, rank};

use crate::args::{EvalArgs, Format};
use crate::{Outcome, terminal};

/// Prints the measures of a collection.
pub(crate) fn run(args: &EvalArgs) -> Result<Outcome> {
    let Some(folder) = &args.ranking else { return Ok(Outcome::Nothing) };
    let collection = Collection::read(folder)?;
    let temporary = Temporary::new();
    let found = rank(&collection, &temporary.0)?;
    let mut out = terminal::stdout();
    match args.format.format {
        Format::Json => Line::ranking(&found).write(&mut out)?,
        Format::Text => {
            let Ranking { queries, average_precision, gain, precision } = found;
            writeln!(
                out,
                "queries  {queries}\nMAP      {average_precision:.4}\nnDCG@10  {gain:.4}\nP@10     {precision:.4}"
            )?;
        }
    }
    out.flush()?;
    Ok(Outcome::of(found.queries > 0))
}

/// A folder for an index that nobody keeps.
struct Temporary(PathBuf);

impl Temporary {
    fn new() -> Self {
        Self(std::env::temp_dir().join(format!("newsdex-ranking-{}", std::process::id())))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // What is left over in a folder for temporary files is cleared away by the system.
        let _ = fs::remove_dir_all(&self.0);
    }
}

//! What to say when nothing was found: why, and what to run instead.

use anyhow::Result;
use newsdex::search::{Filters, Searcher};

use crate::listing::counted;
use crate::terminal;

/// Says on standard error why no `noun` was found.
pub(crate) fn explain(searcher: &Searcher, noun: &str, filters: &Filters) -> Result<()> {
    let status = searcher.counts();
    let hint = if status == 0 {
        "the index holds no article yet; fill it with `newsdex index FOLDER`".to_owned()
    } else if *filters == Filters::default() {
        format!("no {noun} matches in {}; try fewer words, or OR between them", counted(status, "article"))
    } else {
        format!("no {noun} matches in {} with these filters; try without some of them", counted(status, "article"))
    };
    terminal::print_hint(&hint);
    Ok(())
}

//! What to say when nothing was found: why, and what to run instead.

use anyhow::Result;
use newsdex::index::Index;
use newsdex::search::Filters;

use crate::listing::counted;
use crate::terminal;

/// Says on standard error why no `noun` ("article", "quote") was found.
pub(crate) fn explain(index: &Index, noun: &str, filters: &Filters) -> Result<()> {
    let articles = index.status()?.articles;
    let among = counted(articles, "article");
    terminal::print_hint(&if articles == 0 {
        "the index holds no article yet; fill it with `newsdex index FOLDER`".to_owned()
    } else if *filters == Filters::default() {
        format!("no {noun} in {among} matches; try fewer words, or OR between them")
    } else {
        format!("no {noun} in {among} matches with these filters; try without some of them")
    });
    Ok(())
}

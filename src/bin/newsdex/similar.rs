//! `newsdex similar`: articles like an article.

use anyhow::Result;
use newsdex::search::SearchOptions;

use crate::args::{Cli, SimilarArgs};
use crate::search::Output;
use crate::{Outcome, filters, nothing, terminal};

/// Lists the articles most like one.
pub(crate) fn run(cli: &Cli, args: &SimilarArgs) -> Result<Outcome> {
    let options = filters::options(&args.filters, args.sort, &args.page)?;
    let options = SearchOptions { recent: args.recent, all_copies: args.all_copies, ..options };
    let searcher = filters::searcher(cli)?;
    let article = searcher.article(&args.article)?;
    let found = searcher.similar(&article, &options)?;
    let mut out = Output::new(terminal::paged_as(args.page.format), &args.page, false)?;
    found.hits.iter().try_for_each(|hit| out.add(hit))?;
    out.end(found.total, found.copies)?;
    let shown = out.shown;
    out.finish()?;
    if shown == 0 && found.total > 0 {
        nothing::tell_offset(args.page.offset, found.total, "article");
    } else if shown == 0 {
        terminal::print_hint("no other article with these filters shares its telling words");
    }
    Ok(Outcome::of(shown > 0))
}

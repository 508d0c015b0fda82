//! Web pages: the story by `html_body`, the fields by `html_head`, in one pass each and without a tree.

use chrono::NaiveDate;

use super::draft::Draft;
use super::html_head::{self, Head};
use super::{Parsed, html_body, text};
use crate::article::Origin;
use crate::crawl::SkipReason;

/// Shortest story, in characters: less is a menu, a notice or an empty shell that a script would fill.
const SHORTEST: usize = 140;

/// Reads the article of the page `html` from the file at `path`, on `today`.
pub(super) fn read(path: &str, html: &str, today: NaiveDate) -> Parsed {
    let head = html_head::read(html);
    let mut body = html_body::read(html);
    // Scripts write some pages' story; the copy for search engines is often cut short, but better than nothing.
    if body.chars().count() < SHORTEST
        && let Some(copy) = head.story.as_ref().filter(|copy| copy.len() > body.len())
    {
        body.clone_from(copy);
    }
    if body.chars().filter(|c| c.is_alphabetic()).count() < SHORTEST / 2 {
        return Parsed::none(SkipReason::NoArticle("a web page without running text".into()));
    }
    let mut draft = Draft::new(path, body, today);
    fields(&mut draft, &head);
    text::fields(&mut draft);
    Parsed { articles: vec![draft.finish()], rejected: Vec::new() }
}

/// Takes what the page says of itself, the most trusted places first.
fn fields(draft: &mut Draft, head: &Head) {
    if let Some(address) = &head.address {
        draft.see_address(address, Origin::Metadata, None);
    }
    draft.see_path();
    if let Some(headline) = &head.headline {
        draft.see_headline_field(headline);
    }
    head.outlet.iter().for_each(|name| draft.see_outlet_field(name));
    head.dates.iter().for_each(|(date, confidence)| draft.see_date_field(date, *confidence));
    head.authors.iter().for_each(|name| draft.see_byline_field(name));
    if let Some(language) = &head.language {
        draft.see_language_field(language);
    }
}

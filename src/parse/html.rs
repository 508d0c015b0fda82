//! Web pages: the story by `html_body`, the fields by `html_head`, in one pass each and without a tree.

use chrono::NaiveDate;

use super::draft::Draft;
use super::html_body::Story;
use super::html_head::{self, Head};
use super::{Parsed, html_body, html_date, text};
use crate::article::{Origin, Warning};
use crate::crawl::SkipReason;

/// Shortest story, in characters: less is a menu, a notice or an empty shell that a script would fill.
const SHORTEST: usize = 140;

/// Reads the article of the page `html` from the file at `path`, fetched from `address` where that is known, on `today`.
pub(super) fn read(path: &str, html: &str, address: Option<&str>, today: NaiveDate) -> Parsed {
    let mut head = html_head::read(html);
    head.address = address.map(str::to_owned).or(head.address);
    html_date::complete(&mut head, html);
    let mut story = html_body::read(html);
    // Scripts write some pages' story; the copy for search engines is often cut short, but better than nothing.
    if story.text.chars().count() < SHORTEST
        && let Some(copy) = head.story.as_ref().filter(|copy| copy.len() > story.text.len())
    {
        story = Story { text: copy.clone(), set_off: Vec::new() };
    }
    if story.text.is_empty() {
        story = html_body::all(html);
    }
    let mut warnings = Vec::new();
    if letters(&story.text) < SHORTEST / 2 {
        let Some(summary) = summary(&head) else {
            return Parsed::none(SkipReason::NoArticle("a web page without running text".into()));
        };
        story = Story { text: summary.to_owned(), set_off: Vec::new() };
        warnings.push(Warning::new("the page holds no story: its summary is the text"));
    }
    let mut draft = Draft::of_story(path, story, today);
    draft.warnings = warnings;
    fields(&mut draft, &head);
    text::fields(&mut draft);
    Parsed::one(draft.finish())
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// What a page is about that is an article, with a headline and a date, but shows its story to subscribers or by a
/// script only.
fn summary(head: &Head) -> Option<&str> {
    let article = head.headline.is_some() && head.dates.iter().any(|(_, confidence)| *confidence >= 0.95);
    head.summary.as_deref().filter(|summary| article && letters(summary) >= SHORTEST / 4)
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

//! Web pages: the story by `html_body`, the fields by `html_head`, in one pass each and without a tree.

use chrono::NaiveDate;

use super::calendar::Reading;
use super::draft::Draft;
use super::html_head::{self, Head};
use super::{Parsed, date, html_body, markup, text};
use crate::article::Origin;
use crate::crawl::SkipReason;

/// Shortest story, in characters: less is a menu, a notice or an empty shell that a script would fill.
const SHORTEST: usize = 140;

/// Reads the article of the page `html` from the file at `path`, fetched from `address` where that is known, on `today`.
pub(super) fn read(path: &str, html: &str, address: Option<&str>, today: NaiveDate) -> Parsed {
    let mut head = html_head::read(html);
    head.address = address.map(str::to_owned).or(head.address);
    if head.dates.iter().all(|(_, confidence)| *confidence < LEAST) {
        head.dates.splice(0..0, shown_date(html).map(|date| (date, SHOWN)));
    }
    let mut body = html_body::read(html);
    // Scripts write some pages' story; the copy for search engines is often cut short, but better than nothing.
    if body.chars().count() < SHORTEST
        && let Some(copy) = head.story.as_ref().filter(|copy| copy.len() > body.len())
    {
        body.clone_from(copy);
    }
    if body.is_empty() {
        body = html_body::all(html);
    }
    if body.chars().filter(|c| c.is_alphabetic()).count() < SHORTEST / 2 {
        return Parsed::none(SkipReason::NoArticle("a web page without running text".into()));
    }
    let mut draft = Draft::new(path, body, today);
    fields(&mut draft, &head);
    text::fields(&mut draft);
    Parsed::one(draft.finish())
}

/// How sure a date is that stands on a page in a line of its own.
const SHOWN: f32 = 0.6;

/// How sure a date must be to make such a line needless; that of the last change is not.
const LEAST: f32 = 0.7;

/// The first line of the page that holds a date and little else: events stand inside sentences.
fn shown_date(html: &str) -> Option<String> {
    let text = markup::text(html);
    let mut lines = text.lines().filter(|line| line.len() <= 120 && !line.contains('©'));
    let dated = |line: &&str| {
        date::find(line).is_some_and(|found| {
            let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
            let told = matches!(found.reading, Reading::Day(_) | Reading::Ambiguous { .. });
            told && letters(line) - letters(found.span.of(line)) <= 40
        })
    };
    lines.find(dated).map(str::to_owned)
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

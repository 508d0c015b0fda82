//! Spans that name.
//!
//! A finder that has learned nothing: [`cased`] goes by capital letters and cues, and where a script has no capitals,
//! [`uncased`] knows a list of places. What they find is honest about how sure it is.

mod cased;
mod uncased;
mod words;

use super::Mention;
use crate::text::Prose;

/// Finds the names in `prose`, in order, none overlapping another.
pub fn find(prose: &Prose, language: Option<&str>) -> Vec<Mention> {
    let mut found = cased::find(prose, language);
    let foreign = uncased::find(prose);
    if !foreign.is_empty() {
        found.extend(foreign);
        found.sort_by_key(|mention| mention.span);
    }
    found
}

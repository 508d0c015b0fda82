//! What stands between quotation marks.

use crate::text::{Prose, Span};

/// Words between quotation marks, over one or more paragraphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// With their marks, one span a paragraph, in order; never empty.
    pub spans: Vec<Span>,
}

/// Finds all that stands between quotation marks, in order.
pub fn find(prose: &Prose) -> Vec<Quoted> {
    let _ = prose;
    Vec::new()
}

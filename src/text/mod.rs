//! Language without news: spans, tokens, sentences, the parts of a person's name.

mod abbreviation;
pub(crate) mod filter;
pub mod gazetteer;
pub mod list;
pub mod name;
mod prose;
mod sentence;
mod span;
mod token;

pub use abbreviation::is_short_form;
pub use prose::{Cut, Prose};
pub(crate) use sentence::may_have_breaks;
pub use sentence::{Run, paragraphs, sentences};
pub use span::Span;
pub use token::{Token, TokenKind, tokenize};

//! temporary
use crate::article::{Article, Warning};
use crate::crawl::{RawFile, SkipReason};
use crate::text::Span;
/// What one file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// The articles, in the file's order, each with its warnings.
    pub articles: Vec<(Article, Vec<Warning>)>,
    /// Why there is none, or fewer than the file seems to hold.
    pub rejected: Vec<SkipReason>,
}
/// Reads the articles of `file`.
pub fn parse(file: &RawFile) -> Parsed {
    Parsed {
        articles: vec![parse_text(&file.path, String::from_utf8_lossy(&file.bytes).into_owned())],
        rejected: vec![],
    }
}
/// tmp
pub fn parse_text(path: &str, text: String) -> (Article, Vec<Warning>) {
    let body = Span::new(0, text.len());
    (Article { path: path.into(), text, body, ..Article::default() }, vec![])
}

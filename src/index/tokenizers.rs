//! How tantivy's own writer takes the fields' values apart, for tests that let it make a segment.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::analyzer::Split;
use super::bounds::marks;
use super::schema::{ANALYZER, BOUNDS};

type Terms<'a> = Box<dyn Iterator<Item = (&'a str, usize)> + 'a>;

/// Tells `index` how its fields are taken apart.
pub(crate) fn register(index: &tantivy::Index) {
    index.tokenizers().register(ANALYZER, Apart(words));
    index.tokenizers().register(BOUNDS, Apart(bounds));
}

fn words(text: &str) -> Terms<'_> {
    Box::new(Split::new(text))
}

fn bounds(text: &str) -> Terms<'_> {
    Box::new(marks(text).map(|(term, position)| -> (&str, usize) { (term, position) }))
}

#[derive(Clone)]
struct Apart(for<'a> fn(&'a str) -> Terms<'a>);

impl Tokenizer for Apart {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        Stream { terms: (self.0)(text), token: Token::default() }
    }
}

struct Stream<'a> {
    terms: Terms<'a>,
    token: Token,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let Some((term, position)) = self.terms.next() else { return false };
        term.clone_into(&mut self.token.text);
        self.token.position = position;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

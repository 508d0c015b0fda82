//! Words in a row, to be compared with the words of a value that is at hand.

use tantivy::schema::Field as Slot;

use super::pattern::{Pattern, wildcard_words};
use super::query::Query;
use crate::index::analyzer::words;

/// The words that a leaf of a query looks for in a name.
pub(super) struct Row {
    words: Vec<Form>,
    slop: usize,
    /// True where a name that has these words alone goes before one that has others too.
    is_name: bool,
}

/// Which words stand for one word of a query.
enum Form {
    This(String),
    Fitting(Pattern),
    Any,
}

impl Form {
    fn matches(&self, word: &str) -> bool {
        match self {
            Self::This(this) => this == word,
            Self::Fitting(pattern) => pattern.matches(word),
            Self::Any => true,
        }
    }
}

impl Row {
    pub(super) fn new(slot: Slot, query: &Query) -> tantivy::Result<Self> {
        let mut row = Self { words: Vec::new(), slop: 0, is_name: false };
        match query {
            Query::Run(parts, others) => {
                row.slop = *others as usize;
                for part in parts {
                    row.push(slot, part)?;
                }
            }
            leaf => row.push(slot, leaf)?,
        }
        row.is_name = row.words.iter().all(|form| matches!(form, Form::This(_)));
        Ok(row)
    }

    fn push(&mut self, slot: Slot, leaf: &Query) -> tantivy::Result<()> {
        let fitting = |pattern: Result<Pattern, String>| pattern.ok().map(Form::Fitting);
        match leaf {
            Query::All => self.words.push(Form::Any),
            Query::Word(text) | Query::Exact(text) | Query::Phrase(text) | Query::Name(text) => {
                self.words.extend(words(text).into_iter().map(Form::This));
            }
            Query::Wildcard(text) => {
                self.words.extend(wildcard_words(text).iter().filter_map(|word| fitting(Pattern::wildcard(word))));
            }
            Query::Fuzzy(text, changes) => {
                for word in words(text) {
                    self.words.push(Form::Fitting(Pattern::fuzzy(slot, &word, *changes)?));
                }
            }
            Query::Regex(expression) => self.words.extend(fitting(Pattern::regex(expression))),
            _ => {}
        }
        Ok(())
    }

    /// True where `found`, a name without its article, consists of just these words, but for an article.
    pub(super) fn is(&self, found: &[String]) -> bool {
        let own = match &self.words[..] {
            [Form::This(the), rest @ ..] if the == "the" && !rest.is_empty() => rest,
            all => all,
        };
        self.is_name && own.len() == found.len() && own.iter().zip(found).all(|(form, word)| form.matches(word))
    }

    /// True where these words stand in `found`, with no more others between them than is allowed.
    pub(super) fn is_in(&self, found: &[String]) -> bool {
        let Some((first, rest)) = self.words.split_first() else { return false };
        let begins = (0..found.len()).filter(|&at| first.matches(&found[at]));
        begins.into_iter().any(|begin| {
            let mut end = begin;
            for form in rest {
                match (end + 1..found.len()).find(|&at| form.matches(&found[at])) {
                    Some(next) => end = next,
                    None => return false,
                }
            }
            end - begin <= rest.len() + self.slop
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::fields;

    fn check(query: &str, name: &str, is: bool, is_in: bool) {
        let row = Row::new(fields().outlet, &Query::parse(query).unwrap()).unwrap();
        let found = words(name);
        assert_eq!((row.is(&found), row.is_in(&found)), (is, is_in), "{query} {name}");
    }

    #[test]
    fn names_are_compared() {
        check("herald", "Herald", true, true);
        check("\"the herald\"", "Herald", true, false);
        check("herald", "Northern Herald", false, true);
        check("\"northern herald\"", "Northern Evening Herald", false, false);
        check("\"northern herald\"~1", "Northern Evening Herald", false, true);
        check("\"northern * herald\"", "Northern Evening Herald", false, true);
        check("north*", "Northern Herald", false, true);
        check("heralt~1", "Northern Herald", false, true);
        check("/h.*d/", "Northern Herald", false, true);
        check("times", "Northern Herald", false, false);
    }
}

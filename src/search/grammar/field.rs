//! Fields and their values.

use super::Parser;
use crate::error::Result;
use crate::search::lexer::{Piece, What};
use crate::search::query::{Field, Query};
use crate::search::{DateRange, LengthRange};

const DATE_HINT: &str =
    "write date:2016, date:2016-09, date:2016-09-12, date:2016-09..2016-10, date:yesterday or date:last-7-days";
const LENGTH_HINT: &str = "write length:500.., length:..300 or length:300..500";

impl Parser<'_> {
    /// `name:value`, where the value may be a phrase or brackets that follow.
    pub(super) fn field(&mut self, column: usize, name: &str, value: &str, outer: Option<Field>) -> Result<Query> {
        let Some(field) = Field::from_name(name) else {
            return Err(self.error(column, format!("there is no field `{name}`"), unknown_field_hint(name)));
        };
        if let Some(outer) = outer {
            let message = format!("`{field}:` stands inside of `{outer}:`");
            return Err(self.error(column, message, "close the brackets before it"));
        }
        let inner = if value.is_empty() {
            self.detached_value(column, field)?
        } else {
            self.attached_value(column + name.chars().count() + 1, value, field)?
        };
        Ok(Query::Field(field, Box::new(inner)))
    }

    /// A value that the same chunk holds as its field.
    fn attached_value(&self, column: usize, value: &str, field: Field) -> Result<Query> {
        if let Some(rest) = value.strip_prefix('-') {
            return Err(self.error(column, "a `-` stands before the field", format!("write -{field}:{rest}")));
        }
        self.word(column, value, Some(field))
    }

    /// A phrase, a regular expression or brackets right after the colon of `field`, which begins at `column`.
    fn detached_value(&mut self, column: usize, field: Field) -> Result<Query> {
        if let Some(Piece { what: What::Open | What::Phrase(_) | What::Regex(_), touches: true, .. }) = self.peek() {
            return self.operand(Some(field));
        }
        let hint = "write the value right after the colon, without a space";
        Err(self.error(column, format!("nothing stands after `{field}:`"), hint))
    }

    /// Checks that `leaf`, typed as `text`, can be a value of `field`.
    pub(super) fn value(&self, column: usize, leaf: Query, text: &str, field: Option<Field>) -> Result<Query> {
        let is_plain = matches!(leaf, Query::Word(_) | Query::Phrase(_));
        match field {
            Some(Field::Date) => {
                let range = DateRange::read(text, self.today);
                range.map(Query::Dates).ok_or_else(|| self.error(column, format!("`{text}` is no date"), DATE_HINT))
            }
            Some(Field::Length) => {
                let range = LengthRange::read(text);
                let message = || format!("`{text}` is no number of words");
                range.map(Query::Length).ok_or_else(|| self.error(column, message(), LENGTH_HINT))
            }
            Some(Field::Kind) if !["direct", "mixed", "indirect"].contains(&text.to_lowercase().as_str()) => {
                Err(self.error(column, format!("there is no kind `{text}`"), "write direct, mixed or indirect"))
            }
            Some(Field::Language) if !is_plain => {
                Err(self.error(column, "a language has no patterns", "write a code such as en"))
            }
            _ => Ok(leaf),
        }
    }
}

fn unknown_field_hint(name: &str) -> String {
    let close = |field: &Field| distance(&name.to_ascii_lowercase(), field.as_str());
    match Field::ALL.iter().min_by_key(|field| close(field)).filter(|field| close(field) <= 2) {
        Some(field) => format!("did you mean `{field}:`? to search for a colon's words, use quotation marks"),
        None => format!(
            "fields are {}; to search for a colon's words, use quotation marks",
            Field::ALL.map(Field::as_str).join(", ")
        ),
    }
}

/// Number of letters to insert, delete or change to make `left` of `right` (Levenshtein 1966).
fn distance(left: &str, right: &str) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in right.bytes().enumerate() {
            let change = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}

//! Gold data: files of tokens with tags, joined to running text as print would join them.

use std::path::Path;

use anyhow::{Context, Result};

use crate::text::{Prose, Span};

use crate::model::label::{OUTSIDE, write};

/// A text with the names in it.
#[derive(Clone, Debug, Default)]
pub struct GoldArticle {
    /// Running text, one sentence a line.
    pub text: String,
    /// Where the names are.
    pub names: Vec<GoldName>,
}

/// A name in a gold text.
#[derive(Clone, Debug)]
pub struct GoldName {
    /// Where it stands.
    pub span: Span,
    /// 0 person, 1 organization, 2 place, 3 other.
    pub kind: u8,
    /// The tag in the gold data.
    pub tag: String,
}

impl GoldArticle {
    /// The label of every token of `prose`, which must be cut from this text.
    pub(crate) fn labels(&self, prose: &Prose<'_>) -> Vec<u8> {
        let mut labels = vec![OUTSIDE; prose.tokens.len()];
        for name in &self.names {
            let begin = prose.token_at(name.span.begin);
            let end = prose.tokens.partition_point(|token| token.span.begin < name.span.end);
            if begin < end {
                write(&mut labels, begin..end, name.kind);
            }
        }
        labels
    }

    /// The same text in small or in capital letters, as far as that keeps every offset.
    #[must_use]
    pub fn recased(&self, upper: bool) -> Self {
        let map = |c: char| {
            let other = if upper { alone(c.to_uppercase()) } else { alone(c.to_lowercase()) };
            other.filter(|other| other.len_utf8() == c.len_utf8()).unwrap_or(c)
        };
        Self { text: self.text.chars().map(map).collect(), names: self.names.clone() }
    }
}

/// The only character of `all`.
fn alone(mut all: impl Iterator<Item = char>) -> Option<char> {
    all.next().filter(|_| all.next().is_none())
}

fn kind_of(tag: &str) -> Option<u8> {
    Some(match tag {
        "person" | "PER" | "Person" | "per" | "politician" | "PERSON" => 0,
        "organization" | "ORG" | "Organization" | "org" | "politicalparty" | "organisation" | "ORGANIZATION" => 1,
        "place" | "LOC" | "Location" | "Facility" | "geo" | "GPE" | "location" | "country" | "LOCATION" => 2,
        "other" | "MISC" | "NORP" | "Misc" | "Product" | "gpe" | "event" | "election" | "misc" | "nat" | "eve"
        | "art" => 3,
        _ => return None,
    })
}

/// Reads a file of lines `token<TAB>tag` (IOB2), a blank line after each sentence, `-DOCSTART-` before each article.
pub fn read(path: &Path) -> Result<Vec<GoldArticle>> {
    let file = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut articles = Vec::new();
    let mut article = GoldArticle::default();
    let mut join = Joiner::default();
    for line in file.lines() {
        if line.starts_with("-DOCSTART-") {
            join.end(&mut article);
            articles.push(std::mem::take(&mut article));
        } else if let Some((token, tag)) = line.split_once('\t') {
            join.add(&mut article, token, tag.split('\t').next().unwrap_or(tag));
        } else {
            join.end(&mut article);
        }
    }
    join.end(&mut article);
    articles.push(article);
    articles.retain(|article| !article.text.is_empty());
    Ok(articles)
}

/// Joins tokens as print would: no space before a comma, none after an opening bracket.
#[derive(Default)]
struct Joiner {
    previous: Option<String>,
    open: bool,
    inside: bool,
}

impl Joiner {
    fn add(&mut self, article: &mut GoldArticle, token: &str, tag: &str) {
        const NONE_BEFORE: [&str; 26] = [
            ".", ",", ";", ":", "!", "?", ")", "]", "%", "'s", "’s", "n't", "n’t", "'re", "’re", "'ve", "’ve", "'ll",
            "’ll", "'d", "’d", "'m", "’m", "”", "''", "…",
        ];
        const NONE_AFTER: [&str; 8] = ["(", "[", "$", "£", "€", "“", "``", "open"];
        let closing = token == "\"" && self.open;
        let opening = token == "\"" && !self.open;
        self.open ^= token == "\"";
        if let Some(previous) = &self.previous
            && !NONE_BEFORE.contains(&token)
            && !closing
            && !NONE_AFTER.contains(&previous.as_str())
        {
            article.text.push(' ');
        }
        let begin = article.text.len();
        article.text.push_str(token);
        self.previous = Some(if opening { "open" } else { token }.to_owned());
        self.tag(article, begin, tag);
    }

    fn tag(&mut self, article: &mut GoldArticle, begin: usize, tag: &str) {
        let (place, name) = tag.split_once('-').unwrap_or((tag, ""));
        let kind = kind_of(name);
        let end = article.text.len();
        if let Some(last) = article.names.last_mut()
            && self.inside
            && place == "I"
            && Some(last.kind) == kind
        {
            last.span.end = end;
            return;
        }
        self.inside = kind.is_some();
        if let Some(kind) = kind {
            article.names.push(GoldName { span: Span::new(begin, end), kind, tag: name.to_owned() });
        }
    }

    fn end(&mut self, article: &mut GoldArticle) {
        if self.previous.take().is_some() {
            article.text.push('\n');
        }
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[(&str, &str)], expect: &str) {
        let (mut article, mut join) = (GoldArticle::default(), Joiner::default());
        for (token, tag) in lines {
            join.add(&mut article, token, tag);
        }
        join.end(&mut article);
        let mut marked = article.text.clone();
        for name in article.names.iter().rev() {
            marked.insert_str(name.span.end, &format!("]{}", name.kind));
            marked.insert(name.span.begin, '[');
        }
        assert_eq!(marked.trim_end(), expect);
    }

    #[test]
    fn tokens_are_joined_as_print_would() {
        let quoted =
            [("\"", "O"), ("Ada", "B-PER"), ("Moss", "I-PER"), ("'s", "O"), ("(", "O"), ("Tyne", "B-LOC"), (")", "O")];
        check(&quoted, "\"[Ada Moss]0's ([Tyne]2)");
        check(
            &[("Ada", "B-PER"), ("Tyne", "B-LOC"), (",", "O"), ("May", "B-Date"), ("Wear", "I-LOC")],
            "[Ada]0 [Tyne]2, May [Wear]2",
        );
    }

    #[test]
    fn recased_text_keeps_offsets() {
        let article = GoldArticle { text: "Straße in İzmir".to_owned(), names: Vec::new() };
        assert_eq!(article.recased(true).text, "STRAßE IN İZMIR");
        assert_eq!(article.recased(false).text.len(), article.text.len());
    }
}

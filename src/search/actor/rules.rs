//! What a user says about actors in a file of their own: which names are one, which are not, how to call them, which
//! to leave out. `docs/actors.md` describes the file.
//!
//! Rules are read anew for every searcher and change nothing in the index: without the file all is as before.

use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::Deserialize;
use toml::Spanned;

use crate::error::{Error, Result};
use crate::extract::EntityKind;
use crate::extract::entity::spelling_key;
use crate::index::analyzer::words;
use crate::search::{Field, Query};

/// Name of the file in the folder of an index.
pub const FILE_NAME: &str = "actors.toml";

/// The rules of one file, checked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ActorRules {
    /// Names that are one actor.
    pub(super) merges: Vec<Merge>,
    /// Names that are not what they are elsewhere.
    pub(super) splits: Vec<Split>,
    /// Names that no list shows.
    pub(super) hidden: Vec<Hidden>,
    path: PathBuf,
}

/// Names that are one actor.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Merge {
    /// What it is called.
    pub(super) name: String,
    /// Its other names.
    pub(super) names: Vec<String>,
    /// Only names of this kind.
    pub(super) kind: Option<EntityKind>,
    /// Line of the file, from 1.
    pub(super) line: usize,
}

/// Uses of a name that are another actor.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Split {
    /// The actor that they are taken from.
    pub(super) name: String,
    /// What they are called then.
    pub(super) into: String,
    /// Only names of this kind.
    pub(super) kind: Option<EntityKind>,
    /// Which uses.
    pub(super) part: Part,
    /// Line of the file, from 1.
    pub(super) line: usize,
}

/// Which uses of a name are another actor.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    /// Those that are spelt so.
    Names(Vec<String>),
    /// Those in the articles that match.
    Articles(Query),
}

/// A name that no list shows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Hidden {
    pub(super) name: String,
    pub(super) kind: Option<EntityKind>,
    pub(super) line: usize,
}

/// The file as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    merge: Vec<Spanned<MergeTable>>,
    #[serde(default)]
    split: Vec<Spanned<SplitTable>>,
    #[serde(default)]
    rename: Vec<Spanned<RenameTable>>,
    #[serde(default)]
    hide: Vec<Spanned<HideTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MergeTable {
    name: Spanned<String>,
    names: Spanned<Vec<Spanned<String>>>,
    kind: Option<KindName>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SplitTable {
    name: Spanned<String>,
    into: Option<Spanned<String>>,
    names: Option<Spanned<Vec<Spanned<String>>>>,
    #[serde(rename = "where")]
    articles: Option<Spanned<String>>,
    kind: Option<KindName>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RenameTable {
    from: Spanned<String>,
    to: Spanned<String>,
    kind: Option<KindName>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HideTable {
    name: Spanned<String>,
    kind: Option<KindName>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum KindName {
    Person,
    Organization,
    Place,
    Other,
}

impl From<KindName> for EntityKind {
    fn from(name: KindName) -> Self {
        match name {
            KindName::Person => Self::Person,
            KindName::Organization => Self::Organization,
            KindName::Place => Self::Place,
            KindName::Other => Self::Other,
        }
    }
}

impl ActorRules {
    /// Reads the rules in the file at `path`.
    ///
    /// # Errors
    /// [`Error::NotFound`] and [`Error::Io`] where the file cannot be read, [`Error::Rules`] with the line of what
    /// is wrong in it.
    pub fn load(path: &Path) -> Result<Self> {
        match fs::read_to_string(path) {
            Ok(text) => Self::parse(&text, path),
            Err(source) if source.kind() == io::ErrorKind::NotFound => Err(Error::NotFound { path: path.into() }),
            Err(source) => Err(Error::Io { action: "read", path: path.into(), source }),
        }
    }

    /// Reads the rules in [`FILE_NAME`] in the folder `index`; none where there is no such file.
    ///
    /// # Errors
    /// As [`load`](Self::load).
    pub fn of_index(index: &Path) -> Result<Self> {
        let path = index.join(FILE_NAME);
        if path.exists() { Self::load(&path) } else { Ok(Self::default()) }
    }

    /// Reads `text`, the content of the file at `path`.
    ///
    /// ```
    /// use std::path::Path;
    /// use newsdex::search::ActorRules;
    /// let text = "[[merge]]\nname = \"Taliban\"\nnames = [\"Islamic Emirate of Afghanistan\"]\n";
    /// assert!(ActorRules::parse(text, Path::new("actors.toml")).is_ok());
    /// let error = ActorRules::parse("[[merge]]\nnaem = 1\n", Path::new("actors.toml")).unwrap_err();
    /// assert!(error.to_string().starts_with("cannot understand `actors.toml` at line 2: unknown field `naem`"));
    /// ```
    ///
    /// # Errors
    /// [`Error::Rules`].
    pub fn parse(text: &str, path: &Path) -> Result<Self> {
        let reader = Reader { text, path };
        let file: File = toml::from_str(text).map_err(|error| reader.syntax(&error))?;
        let mut rules = Self { path: path.into(), ..Self::default() };
        for table in &file.merge {
            rules.merges.push(reader.merge(table)?);
        }
        for table in &file.rename {
            rules.merges.push(reader.rename(table)?);
        }
        for table in &file.split {
            rules.splits.push(reader.split(table)?);
        }
        for table in &file.hide {
            let HideTable { name, kind } = table.get_ref();
            let line = reader.line(table.span());
            rules.hidden.push(Hidden { name: reader.name(name)?, kind: kind.map(Into::into), line });
        }
        reader.check_owners(&rules.merges)?;
        Ok(rules)
    }

    /// True where the rules change nothing.
    pub fn is_empty(&self) -> bool {
        self.merges.is_empty() && self.splits.is_empty() && self.hidden.is_empty()
    }

    /// The file that they were read from; empty where there is none.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Reads tables, and knows where they stand.
struct Reader<'a> {
    text: &'a str,
    path: &'a Path,
}

impl Reader<'_> {
    fn merge(&self, table: &Spanned<MergeTable>) -> Result<Merge> {
        let MergeTable { name, names, kind } = table.get_ref();
        let line = self.line(table.span());
        if names.get_ref().is_empty() {
            let hint = "list the other names of the actor: names = [\"...\"]";
            return Err(self.error(names.span(), "no name in `names`", hint));
        }
        Ok(Merge { name: self.name(name)?, names: self.names(names)?, kind: kind.map(Into::into), line })
    }

    /// A new name is one more name of the actor: that which it is called by.
    fn rename(&self, table: &Spanned<RenameTable>) -> Result<Merge> {
        let RenameTable { from, to, kind } = table.get_ref();
        let line = self.line(table.span());
        Ok(Merge { name: self.name(to)?, names: vec![self.name(from)?], kind: kind.map(Into::into), line })
    }

    fn split(&self, table: &Spanned<SplitTable>) -> Result<Split> {
        let SplitTable { name, into, names, articles, kind } = table.get_ref();
        let part = match (names, articles) {
            (Some(names), None) if !names.get_ref().is_empty() => Part::Names(self.names(names)?),
            (None, Some(articles)) => Part::Articles(self.query(articles)?),
            _ => {
                let hint = "give `names`, the spellings that are not this actor, or `where`, a query for the articles \
                            in which it is another";
                return Err(self.error(table.span(), "`split` needs either `names` or `where`", hint));
            }
        };
        let into = match (into, &part) {
            (Some(into), _) => self.name(into)?,
            (None, Part::Names(names)) => names[0].clone(),
            (None, Part::Articles(_)) => {
                let hint = "give `into`, the name of the actor in the articles that match `where`";
                return Err(self.error(table.span(), "`split` by `where` needs `into`", hint));
            }
        };
        let line = self.line(table.span());
        Ok(Split { name: self.name(name)?, into, kind: kind.map(Into::into), part, line })
    }

    fn query(&self, text: &Spanned<String>) -> Result<Query> {
        Query::parse(text.get_ref()).map(|query| on_articles(&query)).map_err(|error| {
            let hint = error.hint().unwrap_or_else(|| "write it as for `newsdex search`".into());
            self.error(text.span(), &format!("`where`: {error}"), &hint)
        })
    }

    fn names(&self, names: &Spanned<Vec<Spanned<String>>>) -> Result<Vec<String>> {
        names.get_ref().iter().map(|name| self.name(name)).collect()
    }

    fn name(&self, name: &Spanned<String>) -> Result<String> {
        if words(name.get_ref()).is_empty() {
            let message = format!("`{}` is no name", name.get_ref());
            return Err(self.error(name.span(), &message, "write a name as `newsdex actors` prints it"));
        }
        Ok(name.get_ref().trim().to_owned())
    }

    /// Refuses a name that two rules give to different actors.
    fn check_owners(&self, merges: &[Merge]) -> Result<()> {
        let mut owners: HashMap<(u64, EntityKind), &Merge> = HashMap::new();
        for merge in merges {
            for name in &merge.names {
                for kind in kinds(merge.kind) {
                    let owner = owners.entry((spelling_key(name), kind)).or_insert(merge);
                    if spelling_key(&owner.name) != spelling_key(&merge.name) {
                        let message = format!(
                            "`{name}` is a name of `{}` already, by line {}, and cannot be one of `{}` too",
                            owner.name, owner.line, merge.name
                        );
                        let hint = "leave the name in one of the two rules, or give each rule a `kind`";
                        return Err(self.at(merge.line, &message, hint));
                    }
                }
            }
        }
        Ok(())
    }

    fn syntax(&self, error: &toml::de::Error) -> Error {
        let hint = "each rule begins with [[merge]], [[rename]], [[split]] or [[hide]]; docs/actors.md has examples";
        self.error(error.span().unwrap_or_default(), error.message(), hint)
    }

    fn error(&self, span: Range<usize>, message: &str, hint: &str) -> Error {
        self.at(self.line(span), message, hint)
    }

    fn at(&self, line: usize, message: &str, hint: &str) -> Error {
        // toml's messages may have several lines.
        let message = message.lines().collect::<Vec<_>>().join("; ");
        Error::Rules { path: self.path.into(), line, message, hint: hint.into() }
    }

    fn line(&self, span: Range<usize>) -> usize {
        self.text.get(..span.start).unwrap_or_default().matches('\n').count() + 1
    }
}

/// `query` such that words without a field are looked for in articles even where quotes are searched.
fn on_articles(query: &Query) -> Query {
    match query {
        Query::All | Query::Dates(_) | Query::Length(_) | Query::Field(..) => query.clone(),
        Query::Not(inner) => Query::Not(Box::new(on_articles(inner))),
        Query::Boost(inner, weight) => Query::Boost(Box::new(on_articles(inner)), *weight),
        Query::And(parts) => Query::And(parts.iter().map(on_articles).collect()),
        Query::Or(parts) => Query::Or(parts.iter().map(on_articles).collect()),
        _ => {
            let within = |field| Query::Field(field, Box::new(query.clone()));
            Query::Or(vec![within(Field::Headline), within(Field::Body)])
        }
    }
}

/// The kinds that a rule is about.
pub(super) fn kinds(kind: Option<EntityKind>) -> impl Iterator<Item = EntityKind> {
    EntityKind::ALL.into_iter().filter(move |one| kind.is_none_or(|kind| kind == *one))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_error(text: &str, expect: &str) {
        let error = ActorRules::parse(text, Path::new("x/actors.toml")).unwrap_err();
        assert_eq!(error.to_string(), format!("cannot understand `x/actors.toml` at {expect}"), "{text}");
        assert!(error.hint().is_some(), "{text}");
    }

    #[test]
    fn rules_are_read() {
        let text = "# ours\n[[merge]]\nname = \"Tarn Bank\"\nnames = [\"TB\", \"Bank of Tarn\"]\nkind = \"organization\"\n\
                    [[rename]]\nfrom = \"Ada Okwu\"\nto = \"Dame Ada\"\n\
                    [[split]]\nname = \"Tarn\"\ninto = \"Tarn (river)\"\nwhere = \"flood\"\n\
                    [[split]]\nname = \"Tarn Bank\"\nnames = [\"Tarn\"]\n\
                    [[hide]]\nname = \"Photo Agency\"\n";
        let rules = ActorRules::parse(text, Path::new("actors.toml")).unwrap();
        let merges: Vec<(&str, usize, usize)> =
            rules.merges.iter().map(|merge| (merge.name.as_str(), merge.names.len(), merge.line)).collect();
        assert_eq!(merges, [("Tarn Bank", 2, 2), ("Dame Ada", 1, 6)]);
        assert_eq!(rules.merges[0].kind, Some(EntityKind::Organization));
        assert_eq!((rules.splits[0].into.as_str(), rules.splits[1].into.as_str()), ("Tarn (river)", "Tarn"));
        assert_eq!(rules.hidden[0].line, 16);
        assert!(ActorRules::parse("", Path::new("")).unwrap().is_empty());
    }

    #[test]
    fn errors_name_the_line() {
        check_error("[[merge]]\nname = \"A\"\n", "line 1: missing field `names`");
        check_error("[[merge]]\nname = \"A\"\nnames = []\n", "line 3: no name in `names`");
        check_error("[[merge]]\nname = \"A\"\nnames = [\"B\", \"--\"]\n", "line 3: `--` is no name");
        check_error(
            "\n[[hide]]\nname = \"A\"\nkind = \"river\"\n",
            "line 4: unknown variant `river`, expected one of `person`, `organization`, `place`, `other`",
        );
        check_error("[[split]]\nname = \"A\"\n", "line 1: `split` needs either `names` or `where`");
        check_error("[[split]]\nname = \"A\"\nwhere = \"b\"\n", "line 1: `split` by `where` needs `into`");
        check_error(
            "[[split]]\nname = \"A\"\ninto = \"C\"\nwhere = \"(b\"\n",
            "line 4: `where`: cannot understand the query at column 1: this bracket is never closed",
        );
        check_error(
            "[[merge]]\nname = \"A\"\nnames = [\"X\"]\n[[rename]]\nfrom = \"x\"\nto = \"B\"\n",
            "line 4: `x` is a name of `A` already, by line 1, and cannot be one of `B` too",
        );
    }
}

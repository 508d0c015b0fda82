//! What a user says about outlets in a file of their own: which names and sites are one outlet, and what to call it.
//! `docs/outlets.md` describes the file.
//!
//! Rules are read anew for every searcher and change nothing in the index: without the file all is as before.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::Deserialize;
use toml::Spanned;

use super::FacetCount;
use super::query::{Field, Query};
use crate::error::{Error, Result};
use crate::index::analyzer::words;
use crate::parse::outlet_of_site;

/// Name of the file in the folder of an index.
pub const FILE_NAME: &str = "outlets.toml";

/// The rules of one file, checked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutletRules {
    /// What the outlets are called.
    names: Vec<String>,
    /// Which of them is meant by a name, squeezed.
    owners: HashMap<String, usize>,
    path: PathBuf,
}

/// The file as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    outlet: Vec<OutletTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OutletTable {
    name: Spanned<String>,
    #[serde(default)]
    names: Vec<Spanned<String>>,
    #[serde(default)]
    sites: Vec<Spanned<String>>,
}

impl OutletRules {
    /// Reads the rules in the file at `path`.
    ///
    /// # Errors
    /// [`Error::NotFound`] and [`Error::Io`] where the file cannot be read, [`Error::Rules`] with the line of what is
    /// wrong in it.
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
    /// use newsdex::search::OutletRules;
    /// let text = "[[outlet]]\nname = \"The Valley Times\"\nsites = [\"valleytimes.example\"]\n";
    /// assert!(OutletRules::parse(text, Path::new("outlets.toml")).is_ok());
    /// let error = OutletRules::parse("[[outlet]]\nnaem = 1\n", Path::new("outlets.toml")).unwrap_err();
    /// assert!(error.to_string().starts_with("cannot understand `outlets.toml` at line 2: unknown field `naem`"));
    /// ```
    ///
    /// # Errors
    /// [`Error::Rules`].
    pub fn parse(text: &str, path: &Path) -> Result<Self> {
        let line = |at: usize| text.get(..at).unwrap_or_default().matches('\n').count() + 1;
        let error = |at: usize, message: &str, hint: &str| {
            let message = message.lines().collect::<Vec<_>>().join("; ");
            Error::Rules { path: path.into(), line: line(at), message, hint: hint.into() }
        };
        let file: File = toml::from_str(text).map_err(|problem| {
            let hint = "each rule begins with [[outlet]]; docs/outlets.md has examples";
            error(problem.span().unwrap_or_default().start, problem.message(), hint)
        })?;
        let mut rules = Self { path: path.into(), ..Self::default() };
        for OutletTable { name, names, sites } in &file.outlet {
            if names.is_empty() && sites.is_empty() {
                let hint = "list the other names of the outlet: names = [\"...\"], or its sites: sites = [\"...\"]";
                return Err(error(name.span().start, "neither `names` nor `sites`", hint));
            }
            let owner = rules.names.len();
            rules.names.push(name.get_ref().trim().to_owned());
            let named = std::iter::once(name).chain(names).map(|name| (name, Some(name.get_ref().clone())));
            let of_sites = sites.iter().map(|site| (site, outlet_of_site(site.get_ref())));
            for (written, printed) in named.chain(of_sites) {
                let printed = printed.map(|printed| key(&printed)).filter(|key| !key.is_empty()).ok_or_else(|| {
                    let message = format!("`{}` is no name of an outlet or of a site", written.get_ref());
                    error(written.span().start, &message, "write a name as `newsdex search --facet outlet` prints it")
                })?;
                let first = *rules.owners.entry(printed).or_insert(owner);
                if first != owner {
                    let message = format!("`{}` is a name of `{}` already", written.get_ref(), rules.names[first]);
                    return Err(error(written.span().start, &message, "leave the name in one of the two rules"));
                }
            }
        }
        Ok(rules)
    }

    /// True where the rules change nothing.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The file that they were read from; empty where there is none.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What the outlet that the index calls `name` is called.
    pub(super) fn name(&self, name: &str) -> Option<&str> {
        self.owners.get(&key(name)).map(|&owner| self.names[owner].as_str())
    }

    /// Gives the outlet in `field` the name that it is called by.
    pub(super) fn rename(&self, field: &mut Option<String>) {
        if let Some(name) = field.as_deref().and_then(|name| self.name(name)) {
            *field = Some(name.to_owned());
        }
    }

    /// `counts` of outlets with those of one outlet added up, the `limit` most frequent first.
    pub(super) fn joined(&self, counts: Vec<FacetCount>, limit: usize) -> Vec<FacetCount> {
        let mut joined: Vec<FacetCount> = Vec::with_capacity(counts.len());
        let mut places: HashMap<String, usize> = HashMap::new();
        for FacetCount { value, count } in counts {
            let value = self.name(&value).map_or(value.clone(), str::to_owned);
            if let Some(&at) = places.get(&value) {
                joined[at].count += count;
            } else {
                places.insert(value.clone(), joined.len());
                joined.push(FacetCount { value, count });
            }
        }
        joined.sort_by(|left, right| right.count.cmp(&left.count).then_with(|| left.value.cmp(&right.value)));
        joined.truncate(limit);
        joined
    }

    /// `query` with every name of an outlet that the rules know widened to those of its names that are among `known`, the
    /// outlets of the index.
    pub(super) fn rewrite(&self, query: &Query, known: &[String]) -> Query {
        match query {
            Query::Field(Field::Outlet, inner) => Query::Field(Field::Outlet, Box::new(self.widened(inner, known))),
            Query::Not(inner) => Query::Not(Box::new(self.rewrite(inner, known))),
            Query::And(parts) => Query::And(parts.iter().map(|part| self.rewrite(part, known)).collect()),
            Query::Or(parts) => Query::Or(parts.iter().map(|part| self.rewrite(part, known)).collect()),
            _ => query.clone(),
        }
    }

    fn widened(&self, query: &Query, known: &[String]) -> Query {
        match query {
            Query::Word(name) | Query::Phrase(name) => {
                let Some(owner) = self.owners.get(&key(name)) else { return query.clone() };
                let of_owner = known.iter().filter(|other| self.owners.get(&key(other)) == Some(owner));
                let mut names: Vec<Query> = of_owner.map(|name| Query::Phrase(name.clone())).collect();
                match names.len() {
                    0 => query.clone(),
                    1 => names.remove(0),
                    _ => Query::Or(names),
                }
            }
            Query::Not(inner) => Query::Not(Box::new(self.widened(inner, known))),
            Query::And(parts) => Query::And(parts.iter().map(|part| self.widened(part, known)).collect()),
            Query::Or(parts) => Query::Or(parts.iter().map(|part| self.widened(part, known)).collect()),
            _ => query.clone(),
        }
    }
}

/// True where `query` asks for outlets by name.
pub(super) fn names_outlets(query: &Query) -> bool {
    match query {
        Query::Field(field, _) => *field == Field::Outlet,
        Query::Not(inner) => names_outlets(inner),
        Query::And(parts) | Query::Or(parts) => parts.iter().any(names_outlets),
        _ => false,
    }
}

/// A name without case, accents, spaces and its article: "The Valley-Times" and "valley times" are one.
fn key(name: &str) -> String {
    let words = words(name);
    let bare = words.strip_prefix(&["the".to_owned()]).filter(|rest| !rest.is_empty()).unwrap_or(&words);
    bare.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = "[[outlet]]\nname = \"Valley Times\"\nnames = [\"The Valley-Times Online\", \"VT\"]\nsites = \
                         [\"valleynews.example\"]\n";

    fn rules(text: &str) -> Result<OutletRules> {
        OutletRules::parse(text, Path::new("outlets.toml"))
    }

    #[test]
    fn names_and_sites_are_one_outlet() {
        let rules = rules(RULES).unwrap();
        for name in ["valley times", "Valley-Times Online", "VT", "Valley News"] {
            assert_eq!(rules.name(name), Some("Valley Times"), "{name}");
        }
        assert_eq!(rules.name("Valley Times Weekly"), None);
    }

    #[test]
    fn counts_of_one_outlet_are_added() {
        let count = |value: &str, count| FacetCount { value: value.into(), count };
        let joined = rules(RULES).unwrap().joined(vec![count("Other", 4), count("VT", 3), count("Valley Times", 2)], 9);
        assert_eq!(joined, [count("Valley Times", 5), count("Other", 4)]);
    }

    #[test]
    fn a_name_asks_for_all_names_in_the_index() {
        let known = ["VT".to_owned(), "Valley News".to_owned(), "Other".to_owned()];
        let query = Query::parse("dam outlet:\"Valley Times\"").unwrap();
        let expect = Query::parse("dam outlet:(\"VT\" OR \"Valley News\")").unwrap();
        assert_eq!(rules(RULES).unwrap().rewrite(&query, &known), expect);
        let other = Query::parse("outlet:other").unwrap();
        assert_eq!(rules(RULES).unwrap().rewrite(&other, &known), other);
    }

    fn check_error(text: &str, expect: &str) {
        let error = rules(text).unwrap_err();
        assert_eq!(format!("{error}; {}", error.hint().unwrap_or_default()), expect);
    }

    #[test]
    fn errors_name_the_line_and_what_to_write() {
        check_error(
            "[[outlet]]\nname = \"A\"\n",
            "cannot understand `outlets.toml` at line 2: neither `names` nor `sites`; list the other names of the outlet: \
             names = [\"...\"], or its sites: sites = [\"...\"]",
        );
        check_error(
            "[[outlet]]\nname = \"A\"\nnames = [\"-\"]\n",
            "cannot understand `outlets.toml` at line 3: `-` is no name of an outlet or of a site; write a name as \
             `newsdex search --facet outlet` prints it",
        );
        check_error(
            "[[outlet]]\nname = \"A\"\nnames = [\"C\"]\n[[outlet]]\nname = \"B\"\nnames = [\"c\"]\n",
            "cannot understand `outlets.toml` at line 6: `c` is a name of `A` already; leave the name in one of the two rules",
        );
        check_error(
            "[outlet]\n",
            "cannot understand `outlets.toml` at line 1: invalid type: map, expected a sequence; each rule begins with \
             [[outlet]]; docs/outlets.md has examples",
        );
    }
}

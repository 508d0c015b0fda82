//! Saved searches: a readable file beside the index, and for each search a list of the articles already told of.
//!
//! An article is known by its identifier, which depends on nothing but its path, and a quote by that and its words. So an
//! index that is made anew tells nothing twice, and a search that is edited tells what it finds in addition.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::ErrorKind;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use tantivy::DocAddress;
use xxhash_rust::xxh3::xxh3_64;

use super::stored::{Addresses, head};
use super::{
    ArticleHead, DateRange, Dialect, Filters, Query, QuoteHit, QuoteRequest, SearchOptions, Searcher, Sort, filtered,
    plan,
};
use crate::error::{Error, Result};
use crate::index::{Kind, name};

/// File in the index folder that holds the searches.
pub const SAVED_FILE: &str = "saved.toml";

/// Folder in the index folder that holds, in a file for each search, the articles already told of.
const SEEN: &str = "saved.seen";

const HEADING: &str = "# Saved searches. `newsdex alerts` tells what each finds that it has not told before.\n";

/// A search under a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedSearch {
    /// The query, as typed; empty for everything that meets the filters.
    #[serde(default)]
    pub query: String,
    /// Whether the query is in the language of Lexis/Nexis.
    #[serde(default)]
    pub nexis: bool,
    /// Whether it is quotes that are looked for, direct and mixed ones.
    #[serde(default)]
    pub quotes: bool,
    /// As [`QuoteRequest::by`].
    #[serde(default)]
    pub by: Vec<String>,
    /// As [`QuoteRequest::addressees`].
    #[serde(default)]
    pub addressee: Vec<String>,
    /// As [`QuoteRequest::about`].
    #[serde(default)]
    pub about: Vec<String>,
    /// As [`Filters::outlets`].
    #[serde(default)]
    pub outlet: Vec<String>,
    /// First day, month or year.
    pub from: Option<String>,
    /// Last day, month or year.
    pub to: Option<String>,
    /// As [`Filters::persons`].
    #[serde(default)]
    pub person: Vec<String>,
    /// As [`Filters::organizations`].
    #[serde(default)]
    pub org: Vec<String>,
    /// As [`Filters::places`].
    #[serde(default)]
    pub place: Vec<String>,
    /// As [`Filters::actors`].
    #[serde(default)]
    pub actor: Vec<String>,
}

impl SavedSearch {
    /// The query and the filters.
    ///
    /// # Errors
    /// Those of [`Query::parse`] and [`DateRange::parse`].
    pub fn read(&self) -> Result<(Query, Filters)> {
        let dialect = if self.nexis { Dialect::Nexis } else { Dialect::Newsdex };
        let today = chrono::Local::now().date_naive();
        let is_empty = self.query.trim().is_empty();
        let query = if is_empty { Query::All } else { Query::parse_as(&self.query, dialect, today)? };
        let range = |date: &Option<String>| date.as_deref().map(DateRange::parse).transpose();
        let filters = Filters {
            outlets: self.outlet.clone(),
            from: range(&self.from)?.and_then(|range| range.from),
            to: range(&self.to)?.and_then(|range| range.to),
            persons: self.person.clone(),
            organizations: self.org.clone(),
            places: self.place.clone(),
            actors: self.actor.clone(),
        };
        Ok((query, filters))
    }

    /// The quotes that are looked for, newest first; `None` where it is articles.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn quote_request(&self) -> Result<Option<QuoteRequest>> {
        if !self.quotes {
            return Ok(None);
        }
        let (query, filters) = self.read()?;
        let options = SearchOptions { filters, sort: Sort::Newest, limit: usize::MAX, ..SearchOptions::default() };
        Ok(Some(QuoteRequest {
            kinds: QuoteRequest::usual_kinds(&query),
            query,
            by: self.by.clone(),
            addressees: self.addressee.clone(),
            about: self.about.clone(),
            options,
            ..QuoteRequest::default()
        }))
    }

    /// The lists of names that are not empty, each with its key.
    pub fn names(&self) -> impl Iterator<Item = (&'static str, &[String])> {
        let lists: [(&'static str, &[String]); 8] = [
            ("by", &self.by),
            ("addressee", &self.addressee),
            ("about", &self.about),
            ("outlet", &self.outlet),
            ("person", &self.person),
            ("org", &self.org),
            ("place", &self.place),
            ("actor", &self.actor),
        ];
        lists.into_iter().filter(|(_, values)| !values.is_empty())
    }

    /// The table of the file that holds this search.
    fn table(&self, name: &str) -> String {
        let mut out = format!("\n[{name}]\n");
        let mut line = |key: &str, value: String| {
            let _ = writeln!(out, "{key} = {value}");
        };
        line("query", quoted(&self.query));
        let dates = [("from", &self.from), ("to", &self.to)];
        for (key, date) in dates.into_iter().filter_map(|(key, date)| Some((key, date.as_ref()?))) {
            line(key, quoted(date));
        }
        for (key, _) in [("nexis", self.nexis), ("quotes", self.quotes)].into_iter().filter(|(_, is_set)| *is_set) {
            line(key, "true".to_owned());
        }
        for (key, values) in self.names() {
            let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
            line(key, format!("[{}]", values.join(", ")));
        }
        out
    }
}

/// `text` as a basic string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out + "\""
}

/// What a saved search finds.
#[derive(Clone, Debug, PartialEq)]
pub enum SavedHit {
    /// An article.
    Article(ArticleHead),
    /// A quote.
    Quote(Box<QuoteHit>),
}

/// The saved searches of an index.
#[derive(Clone, Debug)]
pub struct SavedSearches {
    folder: PathBuf,
    text: String,
    searches: BTreeMap<String, SavedSearch>,
}

impl SavedSearches {
    /// Reads the searches of the index in `folder`; none where there is no file.
    ///
    /// # Errors
    /// [`Error::Saved`] where the file cannot be understood.
    pub fn open(folder: &Path) -> Result<Self> {
        let path = folder.join(SAVED_FILE);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(source) if source.kind() == ErrorKind::NotFound => String::new(),
            Err(source) => return Err(Error::Io { action: "read", path, source }),
        };
        let searches = toml::from_str(&text).map_err(|source| Error::Saved { path, reason: source.to_string() })?;
        Ok(Self { folder: folder.to_owned(), text, searches })
    }

    /// The searches, by name.
    pub const fn searches(&self) -> &BTreeMap<String, SavedSearch> {
        &self.searches
    }

    /// Adds `search`, and writes the file; what stands there already, comments too, is kept. Gives false, and does
    /// nothing, where the name is taken.
    ///
    /// # Errors
    /// [`Error::SavedName`] where the name has other characters than letters of ASCII, digits, `-` and `_`.
    pub fn add(&mut self, name: &str, search: SavedSearch) -> Result<bool> {
        if !is_name(name) {
            return Err(Error::SavedName { name: name.into() });
        }
        if self.searches.contains_key(name) {
            return Ok(false);
        }
        let mut text = if self.text.is_empty() { HEADING.to_owned() } else { self.text.clone() };
        if !text.ends_with('\n') {
            text.push('\n');
        }
        self.write(text + &search.table(name))?;
        self.searches.insert(name.to_owned(), search);
        Ok(true)
    }

    /// Takes the search called `name` out of the file, with what was told of it; false where there is none.
    ///
    /// # Errors
    /// [`Error::Saved`] where the file does not hold it as a table of its own.
    pub fn remove(&mut self, name: &str) -> Result<bool> {
        if self.searches.remove(name).is_none() {
            return Ok(false);
        }
        let text = without_table(&self.text, name);
        let left: BTreeMap<String, SavedSearch> = toml::from_str(&text).unwrap_or_default();
        if left != self.searches {
            let path = self.folder.join(SAVED_FILE);
            let reason = format!("`{name}` has no table of its own: take it out by hand");
            return Err(Error::Saved { path, reason });
        }
        self.write(text)?;
        let seen = self.seen_path(name);
        match fs::remove_file(&seen) {
            Err(source) if source.kind() != ErrorKind::NotFound => {
                Err(Error::Io { action: "remove", path: seen, source })
            }
            _ => Ok(true),
        }
    }

    /// Identifiers of the articles or quotes that were told of for the search called `name`.
    pub fn seen(&self, name: &str) -> Result<BTreeSet<String>> {
        let path = self.seen_path(name);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(text.lines().map(str::to_owned).collect()),
            Err(source) if source.kind() == ErrorKind::NotFound => Ok(BTreeSet::new()),
            Err(source) => Err(Error::Io { action: "read", path, source }),
        }
    }

    /// Remembers that `seen` were told of for the search called `name`.
    pub fn remember(&self, name: &str, seen: &BTreeSet<String>) -> Result<()> {
        let folder = self.folder.join(SEEN);
        fs::create_dir_all(&folder).map_err(|source| Error::Io { action: "create", path: folder, source })?;
        let mut text = String::with_capacity(seen.len() * 17);
        for identifier in seen {
            text.push_str(identifier);
            text.push('\n');
        }
        write_whole(&self.seen_path(name), &text)
    }

    fn seen_path(&self, name: &str) -> PathBuf {
        self.folder.join(SEEN).join(name)
    }

    fn write(&mut self, text: String) -> Result<()> {
        write_whole(&self.folder.join(SAVED_FILE), &text)?;
        self.text = text;
        Ok(())
    }
}

impl Searcher {
    /// How many articles or quotes `search` finds that are not in `seen`.
    ///
    /// # Errors
    /// Those of [`SavedSearch::read`], and where the index cannot be read; as for [`each_unseen`](Self::each_unseen).
    pub fn count_unseen(&self, search: &SavedSearch, seen: &BTreeSet<String>) -> Result<usize> {
        let mut count = 0;
        if search.quotes {
            self.each_unseen(search, seen, |_, _| {
                count += 1;
                ControlFlow::Continue(())
            })?;
            return Ok(count);
        }
        let (query, filters) = search.read()?;
        let addresses = self.collect(&query, &filters, &Addresses)?;
        let identifiers = self.identifiers(&addresses).map_err(|source| self.index.error(source))?;
        Ok(identifiers.iter().filter(|identifier| !seen.contains(*identifier)).count())
    }

    /// Hands what `search` finds and `seen` has not to `consume`, newest first and one at a time, each with what it is
    /// known by, until it says to stop.
    pub fn each_unseen(
        &self,
        search: &SavedSearch,
        seen: &BTreeSet<String>,
        mut consume: impl FnMut(String, SavedHit) -> ControlFlow<()>,
    ) -> Result<()> {
        if let Some(request) = search.quote_request()? {
            self.each_quote(&request, |hit| {
                let identifier = format!("{}-{:016x}", hit.article.id, xxh3_64(hit.words.as_bytes()));
                if seen.contains(&identifier) {
                    return ControlFlow::Continue(());
                }
                consume(identifier, SavedHit::Quote(Box::new(hit)))
            })?;
            return Ok(());
        }
        let (query, filters) = search.read()?;
        let plan = self.plan(&filtered(&query, plan::conditions(&filters)), Kind::Article);
        let options =
            SearchOptions { sort: Sort::Newest, limit: usize::MAX, all_copies: true, ..SearchOptions::default() };
        self.each_page(plan, Kind::Article, &self.pages(&options)?, |matches| {
            let addresses: Vec<DocAddress> = matches.iter().map(|found| found.address).collect();
            for (address, identifier) in addresses.iter().zip(self.identifiers(&addresses)?) {
                if seen.contains(&identifier) {
                    continue;
                }
                if consume(identifier, SavedHit::Article(head(&self.snapshot, *address)?)).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(())
    }

    /// The identifiers of articles, from their fast field alone.
    fn identifiers(&self, addresses: &[DocAddress]) -> tantivy::Result<Vec<String>> {
        let columns: tantivy::Result<Vec<_>> =
            self.snapshot.segment_readers().iter().map(|reader| reader.fast_fields().u64(name::ARTICLE)).collect();
        let columns = columns?;
        let number = |address: &DocAddress| columns[address.segment_ord as usize].first(address.doc_id);
        Ok(addresses.iter().map(|address| format!("{:016x}", number(address).unwrap_or_default())).collect())
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// `text` without the table `[name]`, up to the next table, and the blank lines before it.
fn without_table(text: &str, name: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for line in text.lines() {
        if let Some(header) = header(line) {
            let before = inside;
            inside = header == name;
            if inside {
                out.truncate(out.trim_end().len());
                out.push_str(if out.is_empty() { "" } else { "\n" });
            } else if before && !out.is_empty() {
                out.push('\n');
            }
        }
        if !inside {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// The name of the table that `line` begins.
fn header(line: &str) -> Option<&str> {
    let name = line.trim().strip_prefix('[')?.split_once(']')?.0;
    Some(name.trim().trim_matches('"'))
}

/// Writes a file whole or not at all.
fn write_whole(path: &Path, text: &str) -> Result<()> {
    let error = |source| Error::Io { action: "write", path: path.into(), source };
    let draft = path.with_extension("draft");
    fs::write(&draft, text).map_err(error)?;
    fs::rename(&draft, path).map_err(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search(query: &str) -> SavedSearch {
        SavedSearch { query: query.into(), ..SavedSearch::default() }
    }

    #[test]
    fn what_is_saved_is_read_and_comments_stay() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(SAVED_FILE), "# mine\n[water]\nquery = \"dam\"\n# about water").unwrap();
        let mut saved = SavedSearches::open(folder.path()).unwrap();
        let strike = SavedSearch {
            quotes: true,
            by: vec!["Ann Lee".into()],
            outlet: vec!["The \"Post\"".into()],
            from: Some("2025".into()),
            ..search("a\\b")
        };
        assert!(saved.add("strike", strike.clone()).unwrap());
        assert!(!saved.add("water", search("other")).unwrap());
        let mut again = SavedSearches::open(folder.path()).unwrap();
        assert_eq!(
            again.searches(),
            &BTreeMap::from([("strike".into(), strike.clone()), ("water".into(), search("dam"))])
        );
        assert!(again.remove("strike").unwrap() && !again.remove("strike").unwrap());
        let text = fs::read_to_string(folder.path().join(SAVED_FILE)).unwrap();
        assert_eq!(text, "# mine\n[water]\nquery = \"dam\"\n# about water\n");
    }

    #[test]
    fn a_table_in_the_middle_is_taken_out_alone() {
        let text = "# top\n\n[a]\nquery = \"[x]\"\n\n[b]\nquery = \"y\"\n\n[c]\nquery = \"z\"\n";
        assert_eq!(without_table(text, "b"), "# top\n\n[a]\nquery = \"[x]\"\n\n[c]\nquery = \"z\"\n");
        assert_eq!(without_table(text, "a"), "# top\n\n[b]\nquery = \"y\"\n\n[c]\nquery = \"z\"\n");
    }

    #[test]
    fn names_and_fields_are_checked() {
        let folder = tempfile::tempdir().unwrap();
        let mut saved = SavedSearches::open(folder.path()).unwrap();
        for name in ["", "a b", "../up", "über"] {
            assert!(matches!(saved.add(name, search("x")), Err(Error::SavedName { .. })), "{name}");
        }
        fs::write(folder.path().join(SAVED_FILE), "[a]\nquerry = \"x\"\n").unwrap();
        let error = SavedSearches::open(folder.path()).unwrap_err().to_string();
        assert!(error.contains("querry"), "{error}");
    }
}

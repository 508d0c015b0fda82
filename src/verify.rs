//! Proves that every stored quote still stands in its file, character for character.
//!
//! Nothing is taken on trust from the index but where a quote should stand and what should stand there: each file is
//! read and parsed anew. A quote that stands elsewhere in the file, word for word, has moved.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::article::Article;
use crate::crawl::{self, FoundFile, SkipReason, Skipped};
use crate::index::{FileRecord, Index, Outcome};
use crate::ingest::{Change, FileReport};
use crate::ordered::map_in_order;
use crate::search::{QuoteHit, Searcher};
use crate::text::Span;
use crate::{Result, parse};

/// Bytes of files under way at a time.
const BUDGET: u64 = 64 << 20;

/// A file, and those of its quotes that do not stand where they did.
#[derive(Clone, Debug, PartialEq)]
pub struct VerifiedFile {
    /// What has become of the file since it was indexed; articles and quotes are those of the index.
    pub file: FileReport,
    /// In the order of the file.
    pub findings: Vec<Finding>,
}

/// A quote that does not stand where it did.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The quote as stored.
    pub quote: QuoteHit,
    /// What has become of it.
    pub fate: Fate,
}

/// What has become of a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Its words stand elsewhere in the file, in their order.
    Moved {
        /// Path of the article that they stand in now.
        article: String,
        /// Where they stand in its text.
        spans: Vec<Span>,
        /// The line of the text that they begin on, counted from 1.
        line: usize,
    },
    /// Its words do not stand in the file any more.
    Changed,
    /// Its article does not stand in the file any more, or the file is gone or cannot be read.
    Vanished,
}

impl Fate {
    /// The word that reports and the wire format use.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Moved { .. } => "moved",
            Self::Changed => "changed",
            Self::Vanished => "vanished",
        }
    }
}

/// What a verification came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// Files that quotes or articles were read from.
    pub files: usize,
    /// Those with another content than when they were indexed.
    pub changed_files: usize,
    /// Those that are gone.
    pub vanished_files: usize,
    /// Those that are there and cannot be read, or hold no text any more.
    pub unread_files: usize,
    /// Quotes in the index.
    pub quotes: usize,
    /// Quotes whose words stand elsewhere in the file.
    pub moved: usize,
    /// Quotes whose words do not stand in the file any more.
    pub changed: usize,
    /// Quotes whose article or file is gone or cannot be read.
    pub vanished: usize,
}

impl Verification {
    /// How many quotes stand where they did, character for character.
    pub const fn standing(&self) -> usize {
        self.quotes - self.moved - self.changed - self.vanished
    }

    /// True where every quote does.
    pub const fn all_stand(&self) -> bool {
        self.standing() == self.quotes
    }

    fn count(&mut self, verified: &VerifiedFile) {
        self.files += 1;
        match verified.file.change {
            Change::Changed => self.changed_files += 1,
            Change::Removed => self.vanished_files += 1,
            Change::Skipped(_) => self.unread_files += 1,
            Change::Unchanged | Change::Added => {}
        }
        self.quotes += verified.file.quotes;
        for finding in &verified.findings {
            match finding.fate {
                Fate::Moved { .. } => self.moved += 1,
                Fate::Changed => self.changed += 1,
                Fate::Vanished => self.vanished += 1,
            }
        }
    }
}

/// Looks up every quote of `index` in its file, on `threads` threads, and hands each file to `each`, in order of path.
///
/// `each` may end it early; what was verified by then is counted.
///
/// # Errors
/// Where the index cannot be read.
pub fn verify(
    index: &Index,
    threads: usize,
    each: &mut dyn FnMut(&VerifiedFile) -> ControlFlow<()>,
) -> Result<Verification> {
    let searcher = Searcher::open(index)?;
    let records = index.manifest()?.into_values();
    let mut verification = Verification::default();
    let mut failure = None;
    map_in_order(
        records.filter_map(Known::new),
        threads,
        BUDGET,
        |known| known.record.size,
        |known| known.verify(&searcher),
        |verified| match verified {
            Ok(verified) => {
                verification.count(&verified);
                each(&verified)
            }
            Err(error) => {
                failure = Some(error);
                ControlFlow::Break(())
            }
        },
    );
    failure.map_or(Ok(verification), Err)
}

/// A file that articles were read from.
struct Known {
    record: FileRecord,
    articles: usize,
}

impl Known {
    fn new(record: FileRecord) -> Option<Self> {
        match record.outcome {
            Outcome::Articles(articles) => Some(Self { record, articles }),
            Outcome::Skipped(_) => None,
        }
    }

    fn verify(self, searcher: &Searcher) -> Result<VerifiedFile> {
        let quotes = searcher.quotes_of_file(&self.record.path)?;
        let (change, articles) = read(&self.record);
        let articles = Articles::new(articles);
        let file = FileReport {
            size: self.record.size,
            articles: self.articles,
            quotes: quotes.len(),
            warnings: Vec::new(),
            path: self.record.path,
            change,
        };
        let findings = quotes.into_iter().filter_map(|quote| Some(Finding { fate: articles.fate(&quote)?, quote }));
        let findings = findings.collect();
        Ok(VerifiedFile { file, findings })
    }
}

/// What has become of a file, and the articles that it holds now.
fn read(record: &FileRecord) -> (Change, Vec<Article>) {
    let path = on_disk(&record.path);
    if !path.exists() {
        return (Change::Removed, Vec::new());
    }
    let found = FoundFile { path, size: record.size, modified: SystemTime::UNIX_EPOCH };
    let raw = match crawl::read(&found) {
        Ok(raw) => raw,
        Err(Skipped { reason, .. }) => return (Change::Skipped(reason), Vec::new()),
    };
    let is_same = xxhash_rust::xxh3::xxh3_64(&raw.bytes) == record.hash;
    let parsed = parse::parse(&raw);
    let articles: Vec<Article> = parsed.articles.into_iter().map(|(article, _)| article).collect();
    let change = match parsed.rejected.into_iter().next() {
        Some(reason) if articles.is_empty() => Change::Skipped(reason),
        None if articles.is_empty() => Change::Skipped(SkipReason::Empty),
        _ if is_same => Change::Unchanged,
        _ => Change::Changed,
    };
    (change, articles)
}

/// The file that is printed as `printed`: a name that is not valid Unicode is not known in any other form.
fn on_disk(printed: &str) -> PathBuf {
    let path = Path::new(printed);
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return path.into() };
    if !printed.contains(char::REPLACEMENT_CHARACTER) || path.exists() {
        return path.into();
    }
    let folder = on_disk(&folder.to_string_lossy());
    let is_named = |entry: &OsStr| entry.to_string_lossy() == name.to_string_lossy();
    let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
    let found = entries.map(|entry| entry.path()).find(|entry| entry.file_name().is_some_and(is_named));
    found.unwrap_or_else(|| folder.join(name))
}

/// The articles that a file holds now. A file may hold tens of thousands.
struct Articles {
    articles: Vec<Article>,
    by_path: HashMap<String, usize>,
}

impl Articles {
    fn new(articles: Vec<Article>) -> Self {
        let by_path = articles.iter().enumerate().map(|(at, article)| (article.path.clone(), at)).collect();
        Self { articles, by_path }
    }

    /// What has become of `quote`; `None` where it stands.
    fn fate(&self, quote: &QuoteHit) -> Option<Fate> {
        let own = self.by_path.get(&quote.article.path).copied();
        let pieces = pieces(quote);
        if own.is_some_and(|own| stands(quote, &pieces, &self.articles[own].text)) {
            return None;
        }
        let first = quote.spans.first()?.begin;
        let moved = self.around(own.unwrap_or(self.articles.len())).find_map(|article| {
            let spans = moved(&pieces, first, &article.text)?;
            let line = 1 + article.text[..spans.first()?.begin].matches('\n').count();
            Some(Fate::Moved { article: article.path.clone(), spans, line })
        });
        Some(moved.unwrap_or(if own.is_some() { Fate::Changed } else { Fate::Vanished }))
    }

    /// The article at `place`, then those beside it, nearest first: where one article is added to or taken from a file
    /// that numbers them, all others are found one place further.
    fn around(&self, place: usize) -> impl Iterator<Item = &Article> {
        let steps = 0..=self.articles.len();
        let places = steps.flat_map(move |step| {
            let before = place.checked_sub(step).filter(|_| step > 0);
            [before, Some(place + step)].into_iter().flatten()
        });
        places.filter_map(|place| self.articles.get(place))
    }
}

/// The words of each span of `quote`, as stored.
fn pieces(quote: &QuoteHit) -> Vec<&str> {
    let around = &quote.sentence;
    let piece = |span: &Span| &around.text[span.begin - around.span.begin..span.end - around.span.begin];
    quote.spans.iter().map(piece).collect()
}

fn stands(quote: &QuoteHit, pieces: &[&str], text: &str) -> bool {
    quote.spans.iter().zip(pieces).all(|(span, piece)| text.get(span.begin..span.end) == Some(*piece))
}

/// Where `pieces` stand in `text` one after the other, the first one as near as can be to the byte `near`.
fn moved(pieces: &[&str], near: usize, text: &str) -> Option<Vec<Span>> {
    let (first, rest) = pieces.split_first()?;
    let placed = text.match_indices(first).filter_map(|(begin, _)| {
        let mut spans = vec![Span::new(begin, begin + first.len())];
        for piece in rest {
            let from = spans.last()?.end;
            let begin = from + text[from..].find(piece)?;
            spans.push(Span::new(begin, begin + piece.len()));
        }
        Some(spans)
    });
    placed.min_by_key(|spans| spans[0].begin.abs_diff(near))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::QuoteKind;
    use crate::search::{ArticleHead, Snippet};

    const TEXT: &str = "Dam falls\n“Run,” she said, “run.”\n“Run,” he said.\n";

    /// The fate of the words between `begin` and `end` marks of `TEXT` in a file that holds `texts`.
    fn check(words: &[&str], texts: &[(&str, &str)], expect: Option<&Fate>) {
        let spans = moved(words, 0, TEXT).unwrap();
        let around = spans.iter().copied().reduce(Span::cover).unwrap();
        let quote = QuoteHit {
            article: ArticleHead { path: "a".into(), ..ArticleHead::default() },
            score: 0.0,
            kind: QuoteKind::Direct,
            spans,
            words: words.join(" "),
            cue: None,
            printed: None,
            speaker: None,
            role: None,
            class: None,
            about: Vec::new(),
            sentence: Snippet { text: around.of(TEXT).into(), span: around, marks: Vec::new() },
            reason: String::new(),
            confidence: 1.0,
        };
        let article = |(path, text): &(&str, &str)| Article {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
            ..Article::default()
        };
        let articles: Vec<Article> = texts.iter().map(article).collect();
        assert_eq!(Articles::new(articles).fate(&quote).as_ref(), expect, "{words:?} in {texts:?}");
    }

    fn moved_to(article: &str, begin: usize, words: &[&str], line: usize) -> Fate {
        let mut end = begin;
        let spans = words.iter().map(|piece| {
            let begin = end;
            end = begin + piece.len() + " she said, ".len();
            Span::new(begin, begin + piece.len())
        });
        Fate::Moved { article: article.into(), spans: spans.collect(), line }
    }

    #[test]
    fn a_quote_stands_moves_changes_or_vanishes() {
        let both = ["“Run,”", "“run.”"];
        check(&both, &[("a", TEXT)], None);
        check(&both, &[("b", TEXT), ("a", TEXT)], None);
        check(&both, &[("a", &format!("New line\n{TEXT}"))], Some(&moved_to("a", 19, &both, 3)));
        check(&both, &[("a", &TEXT.replace("run.", "go."))], Some(&Fate::Changed));
        // The pieces stand there, but the second one before the first.
        check(&both, &[("a", "“run.” she said. “Run,”")], Some(&Fate::Changed));
        check(&both, &[], Some(&Fate::Vanished));
        check(&both, &[("b", "Other")], Some(&Fate::Vanished));
        check(&both, &[("b", TEXT)], Some(&moved_to("b", 10, &both, 2)));
        check(&both, &[("b", TEXT), ("a", "Gone")], Some(&moved_to("b", 10, &both, 2)));
    }

    #[test]
    fn neighbours_come_first_and_each_article_once() {
        let check = |place, expect: &str| {
            let article = |path: char| Article { path: path.into(), ..Article::default() };
            let articles = Articles::new("abcd".chars().map(article).collect());
            assert_eq!(articles.around(place).map(|article| article.path.as_str()).collect::<String>(), expect);
        };
        check(0, "abcd");
        check(2, "cbda");
        check(4, "dcba");
    }

    #[test]
    fn the_nearest_place_counts() {
        assert_eq!(moved(&["x"], 4, "x..x.x"), Some(vec![Span::new(3, 4)]));
        assert_eq!(moved(&["x"], 9, "x..x.x"), Some(vec![Span::new(5, 6)]));
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_not_unicode_is_found_again() {
        use std::os::unix::ffi::OsStrExt as _;
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join(OsStr::from_bytes(b"caf\xe9"));
        fs::create_dir(&inner).unwrap();
        let path = inner.join(OsStr::from_bytes(b"\xe9t\xe9.txt"));
        fs::write(&path, "x").unwrap();
        assert_eq!(on_disk(&crawl::printed(&path)), path);
    }
}

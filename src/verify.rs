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

use crate::Result;
use crate::article::Article;
use crate::crawl::{self, FoundFile, RawFile, SkipReason, Skipped};
use crate::index::{FileRecord, Index, Outcome};
use crate::ingest::{Change, FileReport, is_untouched};
use crate::ordered::map_in_order;
use crate::parse::{self, Columns};
use crate::search::{QuoteHit, QuotesOfFile, Searcher};
use crate::text::Span;

/// Bytes of files under way at a time.
const BUDGET: u64 = 64 << 20;

/// A file, and those of its quotes that do not stand where they did.
#[derive(Clone, Debug, PartialEq)]
pub struct VerifiedFile {
    /// What has become of the file since it was indexed; articles and quotes are those of the index.
    pub file: FileReport,
    /// True where its content is another, but size and time are as they were: only a forced ingestion takes it up.
    pub untouched: bool,
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
    /// Those of them whose size and time are as they were: only a forced ingestion takes them up.
    pub untouched_files: usize,
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
        self.untouched_files += usize::from(verified.untouched);
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
    let columns = Columns::read(index.columns()?.iter().map(String::as_str))?;
    let records = index.manifest()?.into_values();
    let mut verification = Verification::default();
    let mut failure = None;
    map_in_order(
        records.filter_map(Known::new),
        threads,
        BUDGET,
        |known| known.record.size,
        |known| known.verify(&searcher, &columns),
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
            Outcome::Articles(articles) | Outcome::Begun { articles, .. } => Some(Self { record, articles }),
            Outcome::Skipped(_) => None,
        }
    }

    fn verify(self, searcher: &Searcher, columns: &Columns) -> Result<VerifiedFile> {
        let quotes = searcher.quotes_of_file(&self.record.path)?;
        let count = quotes.len();
        let mut window = Window { quotes, before: Vec::new(), current: Vec::new(), findings: Vec::new() };
        let change = read(&self.record, columns, &mut |articles| window.push(articles))?;
        let findings = window.finish()?;
        let metadata = || fs::metadata(on_disk(&self.record.path));
        let untouched = change == Change::Changed && metadata().is_ok_and(|now| is_untouched(&self.record, &now));
        let file = FileReport {
            size: self.record.size,
            articles: self.articles,
            quotes: count,
            warnings: Vec::new(),
            columns: Vec::new(),
            path: self.record.path,
            change,
        };
        Ok(VerifiedFile { file, untouched, findings })
    }
}

/// Hands the articles that a file holds now to `take`, all at once or, of a container, member by member; and tells what
/// has become of the file.
fn read(record: &FileRecord, columns: &Columns, take: &mut dyn FnMut(Vec<Article>) -> Result<()>) -> Result<Change> {
    let path = on_disk(&record.path);
    if !path.exists() {
        return Ok(Change::Removed);
    }
    let found = FoundFile { path, size: record.size, modified: SystemTime::UNIX_EPOCH };
    let mut now = Now { columns, hash: None, articles: 0, reason: None };
    match crawl::is_container(&found) {
        Ok(true) => {
            now.hash = crawl::hash(&found).ok();
            let mut failure = Ok(());
            crawl::members(&found, &mut |member| {
                failure = now.read(member, take);
                if failure.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            });
            failure?;
        }
        Ok(false) => {
            let raw = crawl::read(&found);
            now.hash = raw.as_ref().ok().map(|raw| xxhash_rust::xxh3::xxh3_64(&raw.bytes));
            now.read(raw, take)?;
        }
        Err(skipped) => now.reason = Some(skipped.reason),
    }
    Ok(match now.reason {
        reason if now.articles == 0 => Change::Skipped(reason.unwrap_or(SkipReason::Empty)),
        _ if now.hash == Some(record.hash) => Change::Unchanged,
        _ => Change::Changed,
    })
}

/// What a file holds now.
struct Now<'a> {
    columns: &'a Columns,
    hash: Option<u64>,
    articles: usize,
    /// The first reason why something of it was passed over.
    reason: Option<SkipReason>,
}

impl Now<'_> {
    fn read(&mut self, raw: Result<RawFile, Skipped>, take: &mut dyn FnMut(Vec<Article>) -> Result<()>) -> Result<()> {
        let parsed = match raw {
            Ok(raw) => parse::parse_columns(&raw, self.columns),
            Err(Skipped { reason, .. }) => {
                self.reason.get_or_insert(reason);
                return Ok(());
            }
        };
        self.reason = self.reason.take().or_else(|| parsed.rejected.into_iter().next());
        self.articles += parsed.articles.len();
        take(parsed.articles.into_iter().map(|(article, _)| article).collect())
    }
}

/// The articles around those that are looked at: where one article is added to a dump, all others move by one, and the
/// last of one piece becomes the first of the next.
struct Window<'a> {
    quotes: QuotesOfFile<'a>,
    before: Vec<Article>,
    current: Vec<Article>,
    findings: Vec<Finding>,
}

impl Window<'_> {
    /// Looks at the current articles, and makes `next` the current ones.
    fn push(&mut self, next: Vec<Article>) -> Result<()> {
        self.look(&next)?;
        self.before = std::mem::replace(&mut self.current, next);
        Ok(())
    }

    fn look(&mut self, next: &[Article]) -> Result<()> {
        let mut astray = Vec::new();
        for article in &self.current {
            let quotes = self.quotes.take(&article.path)?.into_iter();
            astray.extend(quotes.filter(|quote| !stands(quote, &pieces(quote), &article.text)));
        }
        if !astray.is_empty() {
            let articles = Articles::new(self.before.iter().chain(&self.current).chain(next));
            self.findings.extend(astray.into_iter().filter_map(|quote| articles.finding(quote)));
        }
        Ok(())
    }

    /// Looks at the last articles, and at the quotes whose articles were not met.
    fn finish(mut self) -> Result<Vec<Finding>> {
        self.look(&[])?;
        let articles = Articles::new(self.before.iter().chain(&self.current));
        while let Some(quotes) = self.quotes.take_any()? {
            self.findings.extend(quotes.into_iter().filter_map(|quote| articles.finding(quote)));
        }
        Ok(self.findings)
    }
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

/// Articles that a quote may stand in.
struct Articles<'a> {
    articles: Vec<&'a Article>,
    by_path: HashMap<&'a str, usize>,
}

impl<'a> Articles<'a> {
    fn new(articles: impl IntoIterator<Item = &'a Article>) -> Self {
        let articles: Vec<&Article> = articles.into_iter().collect();
        let by_path = articles.iter().enumerate().map(|(at, article)| (article.path.as_str(), at)).collect();
        Self { articles, by_path }
    }

    /// `quote` with what has become of it; `None` where it stands.
    fn finding(&self, quote: QuoteHit) -> Option<Finding> {
        Some(Finding { fate: self.fate(&quote)?, quote })
    }

    /// What has become of `quote`; `None` where it stands.
    fn fate(&self, quote: &QuoteHit) -> Option<Fate> {
        let own = self.by_path.get(quote.article.path.as_str()).copied();
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
        places.filter_map(|place| self.articles.get(place).copied())
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
            addressee: None,
            embed: None,
            about: Vec::new(),
            sentence: Snippet { text: around.of(TEXT).into(), span: around, marks: Vec::new() },
            reason: String::new(),
            confidence: 1.0,
            superseded: false,
        };
        let article = |(path, text): &(&str, &str)| Article {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
            ..Article::default()
        };
        let articles: Vec<Article> = texts.iter().map(article).collect();
        assert_eq!(Articles::new(&articles).fate(&quote).as_ref(), expect, "{words:?} in {texts:?}");
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
            let articles: Vec<Article> = "abcd".chars().map(article).collect();
            let articles = Articles::new(&articles);
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

//! `newsdex index FOLDER...`: brings the index up to date and reports what it did.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use indicatif::{ProgressBar, ProgressStyle};
use newsdex::Error;
use newsdex::crawl;
use newsdex::crawl::Skipped;
use newsdex::export::wire::Line;
use newsdex::extract::EntityKind;
use newsdex::index::Index;
use newsdex::ingest::{FileReport, IngestOptions, Progress, Report, ingest, remove};
use newsdex::parse::{Columns, Role};
use newsdex::search::{ActorRequest, Searcher};

use crate::args::IndexArgs;
use crate::listing::{counted, grouped};
use crate::terminal::{FAINT, STRONG};
use crate::{Outcome, terminal};

/// Runs the ingestion and prints its report.
pub(crate) fn run(path: &Path, args: &IndexArgs) -> Result<Outcome> {
    let begun = Instant::now();
    let columns = Columns::read(args.map.iter().map(String::as_str))?;
    let named = columns.arguments();
    let stop = stop_on_interrupt();
    let index = if args.folders.is_empty() { Index::open(path)? } else { open(path, args)? };
    let mut screen = Screen::new(args)?;
    let options = IngestOptions {
        threads: threads(args.threads),
        commit_every: Duration::from_secs(args.commit_every),
        columns,
        force: args.force,
        ..IngestOptions::default()
    };
    if !args.remove.is_empty() {
        // Nothing is taken out for the sake of a folder that is not there.
        crawl::roots(&args.folders)?;
    }
    let removed = take_out(&index, args, &options, &mut screen)?;
    if args.folders.is_empty() {
        screen.finish()?;
        return Ok(Outcome::Found);
    }
    let mut report = ingest(&index, &args.folders, &options, &stop, &mut screen)?;
    report.removed += removed;
    Searcher::open(&index)?.keep_actors()?;
    let dumps = screen.finish()?;
    // Lines for a program are not mixed with those for people.
    let has_room = args.report.as_deref() != Some(Path::new(STANDARD_OUTPUT));
    if !args.quiet && has_room {
        let mut out = terminal::stdout();
        out.write_all(summary(&report, begun.elapsed()).as_bytes())?;
        out.write_all(columns_found(&dumps).as_bytes())?;
        out.write_all(next_commands(&index, path, args, &report)?.as_bytes())?;
        out.flush()?;
    }
    // What was asked for and not done is told whoever reads along: it stands in no other place.
    for hint in missing_columns(&named, &report) {
        terminal::print_hint(&hint);
    }
    Ok(if report.interrupted { Outcome::Interrupted } else { Outcome::Found })
}

/// Takes the folders out of the index that are to be removed, and says so; gives the number of their files.
fn take_out(index: &Index, args: &IndexArgs, options: &IngestOptions, screen: &mut Screen) -> Result<usize> {
    if args.remove.is_empty() {
        return Ok(0);
    }
    let report = remove(index, &args.remove, options, screen)?;
    Searcher::open(index)?.keep_actors()?;
    if !args.quiet && args.folders.is_empty() {
        let (articles, files) = (counted(report.removed_articles, "article"), counted(report.removed, "file"));
        writeln!(terminal::stdout(), "{STRONG}removed: {articles} of {files}{STRONG:#}")?;
    }
    Ok(report.removed)
}

/// Opens the index or makes it; one that another version wrote is made anew, which loses nothing: all is in the files.
fn open(path: &Path, args: &IndexArgs) -> Result<Index> {
    match Index::open_or_create(path) {
        Err(Error::Format { found, .. }) => {
            if !args.quiet {
                terminal::print_hint(&format!(
                    "the index has format {found}, of another version of newsdex: it is made anew"
                ));
            }
            Ok(Index::recreate(path)?)
        }
        opened => Ok(opened?),
    }
}

/// How many threads to run: as asked, or one a processor.
pub(crate) fn threads(asked: Option<u16>) -> usize {
    asked.map_or_else(|| IngestOptions::default().threads, usize::from)
}

/// A flag that turns true on the first Ctrl-C; the second one ends the program, which loses nothing committed.
fn stop_on_interrupt() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    // Where no handler can be set, Ctrl-C ends the program at once, and the last commit stands.
    let _ = ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
    stop
}

/// The report file that is none.
const STANDARD_OUTPUT: &str = "-";

/// Path of a dump, and which columns of it hold what.
type DumpColumns = (String, Vec<(Role, String)>);

/// How many dumps the columns of are shown.
const SHOWN: usize = 5;

/// Shows progress on a terminal, and writes the report file.
struct Screen {
    bar: Option<ProgressBar>,
    file: Option<Box<dyn Write>>,
    failure: Option<std::io::Error>,
    /// Dumps and the columns that they were read from, the first few.
    columns: Vec<DumpColumns>,
    articles: usize,
    quotes: usize,
}

impl Screen {
    fn new(args: &IndexArgs) -> Result<Self> {
        let create = |path: &Path| -> Result<Box<dyn Write>> {
            if path == Path::new(STANDARD_OUTPUT) {
                return Ok(Box::new(BufWriter::new(std::io::stdout())));
            }
            let file = File::create(path).with_context(|| format!("cannot write the report `{}`", path.display()))?;
            Ok(Box::new(BufWriter::new(file)))
        };
        let file = args.report.as_deref().map(create).transpose()?;
        let bar = (!args.quiet && terminal::has_progress()).then(|| {
            let style = ProgressStyle::with_template("{spinner} {pos} files, {per_sec}  {msg}");
            let bar = ProgressBar::new_spinner();
            bar.set_style(style.expect("the template is well-formed"));
            bar.enable_steady_tick(Duration::from_millis(100));
            bar
        });
        Ok(Self { bar, file, failure: None, columns: Vec::new(), articles: 0, quotes: 0 })
    }

    fn finish(mut self) -> Result<Vec<DumpColumns>> {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        let flushed = self.file.as_mut().map_or(Ok(()), Write::flush);
        self.failure.map_or(flushed, Err).context("cannot write the report")?;
        Ok(self.columns)
    }
}

impl Progress for Screen {
    fn file(&mut self, report: &FileReport) {
        self.articles += report.articles;
        self.quotes += report.quotes;
        if let Some(bar) = &self.bar {
            bar.inc(1);
            bar.set_message(format!("{}, {}", counted(self.articles, "article"), counted(self.quotes, "quote")));
        }
        if !report.columns.is_empty() && self.columns.len() < SHOWN {
            self.columns.push((report.path.clone(), report.columns.clone()));
        }
        self.report(&Line::file(report));
    }

    fn member(&mut self, skipped: &Skipped) {
        self.report(&Line::member(skipped));
    }
}

impl Screen {
    fn report(&mut self, line: &Line<'_>) {
        // A full disk under the report must not stop the index: it is told at the end.
        if let Some(file) = self.file.as_mut().filter(|_| self.failure.is_none()) {
            self.failure = line.write(file).err();
        }
    }
}

/// The report for people.
fn summary(report: &Report, took: Duration) -> String {
    let verb = if report.interrupted { "interrupted, committed so far" } else { "indexed" };
    let mut out = format!(
        "{STRONG}{verb}: {}, {}{STRONG:#} {FAINT}in {:.1} s{FAINT:#}\n",
        counted(report.articles, "article"),
        counted(report.quotes, "quote"),
        took.as_secs_f64()
    );
    let skipped: usize = report.skipped.values().sum();
    let rows = [
        ("added", report.added, String::new()),
        ("changed", report.changed, String::new()),
        ("unchanged", report.unchanged, String::new()),
        ("removed", report.removed, String::new()),
        ("skipped", skipped, reasons(&report.skipped)),
    ];
    let digits = rows.iter().map(|(_, count, _)| grouped(*count).len()).max().unwrap_or(1);
    for (name, count, note) in rows {
        let note = if note.is_empty() { note } else { format!("  {FAINT}{note}{FAINT:#}") };
        let _ = writeln!(out, "  {name:<9} {:>digits$}{note}", grouped(count));
    }
    if !report.members.is_empty() {
        let members: usize = report.members.values().sum();
        let _ = writeln!(
            out,
            "  inside archives and dumps, {} passed over  {FAINT}{}{FAINT:#}",
            grouped(members),
            reasons(&report.members)
        );
    }
    out
}

/// Which columns of dumps were taken for what, so that a wrong guess is seen.
fn columns_found(dumps: &[DumpColumns]) -> String {
    let mut out = String::new();
    for (path, columns) in dumps {
        let columns: Vec<String> = columns.iter().map(|(role, column)| format!("{}={column}", role.as_str())).collect();
        let name = path.rsplit('/').next().unwrap_or(path);
        let _ = writeln!(out, "  columns   {name}: {}  {FAINT}wrong? --map FIELD=COLUMN{FAINT:#}", columns.join(" "));
    }
    out
}

/// What to say of columns that are `named`, as in `body=text`, and that no record has.
fn missing_columns(named: &[String], report: &Report) -> Vec<String> {
    let Some(met) = &report.met else { return Vec::new() };
    let column = |argument: &&String| argument.split_once('=').is_some_and(|(_, column)| !met.contains(column));
    let hint = |argument: &String| {
        format!("no record has the column that `--map {argument}` names; `newsdex inspect FILE` shows those it has")
    };
    named.iter().filter(column).map(hint).collect()
}

/// How often each reason came.
fn reasons<S: AsRef<str>>(counts: &BTreeMap<S, usize>) -> String {
    let reason = |(reason, count): (&S, &usize)| format!("{} {}", grouped(*count), reason.as_ref());
    let reasons: Vec<String> = counts.iter().map(reason).collect();
    reasons.join(", ")
}

/// What to run next: a search and a list of quotes that find something, or how to see what was skipped.
fn next_commands(index: &Index, path: &Path, args: &IndexArgs, report: &Report) -> Result<String> {
    let searcher = Searcher::open(index)?;
    // Whoever set the environment variable need not name the index again.
    let is_default = path == Path::new("index") || std::env::var_os("NEWSDEX_INDEX").is_some_and(|set| set == path);
    let flag = if is_default { String::new() } else { format!(" --index {}", quoted(&path.display().to_string())) };
    let mut out = String::new();
    if report.interrupted {
        let folders: Vec<String> = args.folders.iter().map(|folder| quoted(&folder.display().to_string())).collect();
        let _ = writeln!(out, "go on with: newsdex index {}{flag}", folders.join(" "));
        return Ok(out);
    }
    if args.report.is_none() && !(report.skipped.is_empty() && report.members.is_empty()) {
        let _ = writeln!(out, "what was skipped, and why: add --report FILE");
    }
    if index.status()?.articles == 0 {
        return Ok(out);
    }
    let _ = writeln!(out, "try:");
    let request = ActorRequest { kinds: vec![EntityKind::Person], limit: 20, ..ActorRequest::default() };
    let people = searcher.actors(&request)?;
    if let Some(person) = people.hits.iter().max_by_key(|person| person.quotes).filter(|person| person.quotes > 0) {
        let _ = writeln!(out, "  newsdex quotes --by {}{flag}", quoted(&person.name));
    }
    if let Some(person) = people.hits.first() {
        let _ = writeln!(out, "  newsdex search {}{flag}", quoted(&format!("\"{}\"", person.name)));
    }
    let _ = writeln!(out, "  newsdex actors{flag}");
    Ok(out)
}

/// `word` as a shell reads it back.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

//! Writes what was read, in the order of the walk, and commits.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::feed::Opened;
use super::open::Open;
use super::prepare::{Prepared, Read, Step, What};
use super::{Change, FileReport, Progress, Report, is_below};
use crate::crawl::{self, Skipped};
use crate::index::{Index, Manifest, Writer};
use crate::{Error, Result};

/// The writing side of one ingestion.
pub(super) struct Run<'a> {
    writer: Writer,
    manifest: &'a Manifest,
    /// All folders that the index is built from, those of earlier runs included.
    folders: Vec<String>,
    /// The folders and files of this run.
    roots: Vec<String>,
    seen: HashSet<String>,
    /// Folders and files that could not be looked into: what was indexed of them is kept.
    unread: Vec<String>,
    commit_every: Duration,
    last_commit: Instant,
    dirty: bool,
    report: Report,
    progress: &'a mut dyn Progress,
    /// The container whose members are being written.
    open: Option<Open>,
}

impl<'a> Run<'a> {
    pub(super) fn new(
        index: &Index,
        writer: Writer,
        manifest: &'a Manifest,
        roots: &[PathBuf],
        commit_every: Duration,
        progress: &'a mut dyn Progress,
    ) -> Result<Self> {
        let mut folders = index.folders()?;
        let earlier = folders.len();
        let roots: Vec<String> = roots.iter().map(|root| crawl::printed(root)).collect();
        for root in &roots {
            if !folders.iter().any(|folder| is_walked(root, folder)) {
                folders.push(root.clone());
            }
        }
        let dirty = folders.len() > earlier || index.is_stale()?;
        Ok(Self {
            writer,
            manifest,
            folders,
            roots,
            seen: HashSet::new(),
            unread: Vec::new(),
            commit_every,
            last_commit: Instant::now(),
            dirty,
            report: Report::default(),
            progress,
            open: None,
        })
    }

    /// The hidden folders below the roots that the user named at some time: whoever names one wants it in the index, and
    /// the walk of the roots passes over it.
    pub(super) fn hidden(&self) -> impl Iterator<Item = PathBuf> + use<> {
        let (around, folders) = (self.roots.clone(), self.folders.clone());
        let is_hidden = move |folder: &String| {
            let below = around.iter().any(|root| is_below(folder, root));
            below && !around.iter().any(|root| is_walked(folder, root))
        };
        folders.into_iter().filter(is_hidden).map(PathBuf::from)
    }

    pub(super) fn take(&mut self, step: Step) -> Result<()> {
        match step {
            Step::File(prepared) => self.file(prepared)?,
            Step::Begin(opened) => self.begin(opened)?,
            Step::Member(member) => self.member(&member)?,
            Step::End { failed } => self.end(failed)?,
        }
        if self.dirty && self.last_commit.elapsed() >= self.commit_every {
            self.commit()?;
        }
        Ok(())
    }

    fn file(&mut self, Prepared { path, size, what }: Prepared) -> Result<()> {
        let mut report = FileReport { size, ..FileReport::new(path, Change::Unchanged) };
        match what {
            What::Unchanged { articles } => report.articles = articles,
            What::Read { record, read, known } => {
                self.pass_over(read.items.iter());
                self.report.meet(read.met.as_ref());
                let articles = &read.articles;
                self.writer.replace(&record, articles)?;
                self.dirty = true;
                report.change = if known { Change::Changed } else { Change::Added };
                report.articles = articles.len();
                report.quotes = articles.iter().map(|(_, annotations)| annotations.said()).sum();
                report.warnings = read.warnings;
                report.columns = read.columns;
            }
            What::Skipped { reason, record, read } => {
                self.pass_over(read.items.iter());
                self.report.meet(read.met.as_ref());
                if !reason.is_lasting() {
                    self.unread.push(report.path.clone());
                }
                if let Some(record) = record {
                    self.writer.replace(&record, &[])?;
                    self.dirty = true;
                }
                report.change = Change::Skipped(reason);
            }
        }
        self.seen.insert(report.path.clone());
        self.tell(&report);
        Ok(())
    }

    /// Makes room for the articles of a container.
    fn begin(&mut self, opened: Opened) -> Result<()> {
        if opened.resumed.0 == 0 {
            self.writer.remove(&opened.record.path)?;
        }
        self.dirty = true;
        self.seen.insert(opened.record.path.clone());
        self.open = Some(Open::new(opened));
        Ok(())
    }

    fn member(&mut self, member: &Read) -> Result<()> {
        let Some(open) = &mut self.open else { return Ok(()) };
        for (article, annotations) in &member.articles {
            self.writer.add(open.path(), article, annotations)?;
        }
        self.dirty = true;
        open.take(member);
        self.pass_over(member.passed_over());
        self.report.meet(member.met.as_ref());
        Ok(())
    }

    /// Counts members and items that were passed over, and tells them.
    fn pass_over<'b>(&mut self, skipped: impl Iterator<Item = &'b Skipped>) {
        for skipped in skipped {
            self.report.count_member(skipped);
            self.progress.member(skipped);
        }
    }

    /// Notes what came of the container, and reports it.
    fn end(&mut self, failed: bool) -> Result<()> {
        let Some(open) = self.open.take() else { return Ok(()) };
        let earlier = open.earlier();
        let (record, report) = open.close(failed);
        match &report.change {
            Change::Skipped(reason) if !reason.is_lasting() => self.unread.push(report.path.clone()),
            _ => self.writer.record(&record)?,
        }
        self.tell(&report);
        // Those were counted by the run that indexed them.
        self.report.articles -= earlier.min(self.report.articles);
        Ok(())
    }

    fn tell(&mut self, report: &FileReport) {
        self.report.count(report);
        self.progress.file(report);
    }

    /// Removes what is gone, unless the walk was cut short, and commits.
    pub(super) fn finish(mut self, interrupted: bool) -> Result<Report> {
        self.report.interrupted = interrupted;
        if let Some(open) = &self.open {
            self.report.articles += open.articles() - open.earlier();
            self.report.quotes += open.quotes();
        }
        if !interrupted {
            if self.seen.is_empty() && self.unread.is_empty() {
                // An unmounted disk looks like an empty folder: that must not empty the index.
                return Err(Error::Empty { path: self.roots.first().map(PathBuf::from).unwrap_or_default() });
            }
            self.remove_gone()?;
        }
        if self.dirty {
            self.commit()?;
        }
        if self.writer.group_stories()? {
            self.commit()?;
        }
        self.writer.finish()?;
        Ok(self.report)
    }

    /// Removes what stands in the manifest where the walk leads, and was not met on it; and below the walk's roots, where
    /// it does not lead, what is gone from the disk.
    fn remove_gone(&mut self) -> Result<()> {
        let hidden = self.hidden().map(|folder| crawl::printed(&folder));
        let roots: Vec<String> = self.roots.iter().cloned().chain(hidden).collect();
        let is_gone = |path: &&String| {
            !self.seen.contains(*path)
                && (roots.iter().any(|root| is_walked(path, root))
                    || self.roots.iter().any(|root| is_below(path, root)) && !Path::new(path).exists())
                && !self.unread.iter().any(|folder| is_below(path, folder))
        };
        let gone: Vec<String> = self.manifest.keys().filter(is_gone).cloned().collect();
        for path in gone {
            self.writer.remove(&path)?;
            self.dirty = true;
            self.report.removed_articles += self.manifest.get(&path).map_or(0, |file| file.outcome.articles());
            self.tell(&FileReport::new(path, Change::Removed));
        }
        Ok(())
    }

    /// A container that is half written is noted as such: the next run goes on behind its last member.
    fn commit(&mut self) -> Result<()> {
        if let Some(open) = &self.open {
            self.writer.record(&open.begun())?;
        }
        self.writer.commit(&self.folders)?;
        self.dirty = false;
        self.last_commit = Instant::now();
        self.progress.committed();
        Ok(())
    }
}

/// True where the walk of `root` comes to `path`.
fn is_walked(path: &str, root: &str) -> bool {
    crawl::is_walked(Path::new(path), Path::new(root))
}

//! A container while its members are written.

use std::collections::BTreeMap;

use super::feed::Opened;
use super::prepare::Read;
use super::{Change, FileReport};
use crate::crawl::SkipReason;
use crate::index::{FileRecord, Outcome};
use crate::parse::Role;

/// How many different warnings of one container are reported.
const WARNINGS: usize = 20;

/// A container while its members are written.
pub(super) struct Open {
    opened: Opened,
    members: usize,
    articles: usize,
    quotes: usize,
    warnings: Counted,
    skipped: Counted,
    /// Which columns hold what in the first dump.
    columns: Vec<(Role, String)>,
    /// The gravest reason, which stands for all where it is the only one.
    reason: Option<SkipReason>,
    /// The member that was passed over first, and whether others were.
    skipped_first: Option<String>,
    several: bool,
}

impl Open {
    pub(super) fn new(opened: Opened) -> Self {
        let (members, articles) = opened.resumed;
        let (warnings, skipped) = (Counted::default(), Counted::default());
        Self {
            opened,
            members,
            articles,
            quotes: 0,
            warnings,
            skipped,
            columns: Vec::new(),
            reason: None,
            skipped_first: None,
            several: false,
        }
    }

    pub(super) fn path(&self) -> &str {
        &self.opened.record.path
    }

    pub(super) const fn articles(&self) -> usize {
        self.articles
    }

    pub(super) const fn quotes(&self) -> usize {
        self.quotes
    }

    /// How many of the articles an earlier run has written.
    pub(super) const fn earlier(&self) -> usize {
        self.opened.resumed.1
    }

    /// Counts what came of one member more.
    pub(super) fn take(&mut self, member: &Read) {
        self.members += 1;
        if self.columns.is_empty() {
            self.columns.clone_from(&member.columns);
        }
        self.articles += member.articles.len();
        self.quotes += member.articles.iter().map(|(_, annotations)| annotations.said()).sum::<usize>();
        member.warnings.iter().for_each(|warning| self.warnings.add(warning));
        for skipped in &member.skipped {
            self.skipped.add(&skipped.reason.to_string());
            let first = self.skipped_first.get_or_insert_with(|| skipped.path.clone());
            self.several |= *first != skipped.path;
            let worse = |known: &SkipReason| gravity(&skipped.reason) > gravity(known);
            if self.reason.as_ref().is_none_or(worse) {
                self.reason = Some(skipped.reason.clone());
            }
        }
    }

    /// What the manifest has of it until it is read to its end.
    pub(super) fn begun(&self) -> FileRecord {
        let outcome = Outcome::Begun { members: self.members, articles: self.articles };
        FileRecord { outcome, ..self.opened.record.clone() }
    }

    /// What the manifest keeps of it, and its report.
    pub(super) fn close(self, failed: bool) -> (FileRecord, FileReport) {
        let Opened { mut record, known, .. } = self.opened;
        let mut warnings = self.warnings.lines("");
        warnings.extend(self.skipped.lines("passed over: "));
        if failed {
            warnings.push(SkipReason::Failed.to_string());
        }
        let change = match (self.articles, failed) {
            (0, true) => Change::Skipped(SkipReason::Failed),
            (0, false) => Change::Skipped(match self.reason {
                // A bomb among the members has used up what all of them may unpack to.
                Some(reason) if self.skipped.is_one() || !self.several || reason == SkipReason::Bomb => reason,
                Some(_) => SkipReason::NoArticle("none of its members holds one".into()),
                None => SkipReason::Empty,
            }),
            _ if known => Change::Changed,
            _ => Change::Added,
        };
        record.outcome = match &change {
            Change::Skipped(reason) => Outcome::Skipped(reason.clone()),
            _ => Outcome::Articles(self.articles),
        };
        let (articles, quotes) = (self.articles, self.quotes);
        let report = FileReport {
            size: record.size,
            articles,
            quotes,
            warnings,
            columns: self.columns,
            ..FileReport::new(record.path.clone(), change)
        };
        (record, report)
    }
}

/// How much a reason tells of a container as a whole.
const fn gravity(reason: &SkipReason) -> u8 {
    match reason {
        SkipReason::Bomb => 2,
        SkipReason::Damaged(_) => 1,
        _ => 0,
    }
}

/// Messages, each with how often it came: a container may hold a hundred thousand files with the same flaw.
#[derive(Default)]
struct Counted {
    messages: BTreeMap<String, usize>,
    others: usize,
}

impl Counted {
    fn add(&mut self, message: &str) {
        if let Some(count) = self.messages.get_mut(message) {
            *count += 1;
        } else if self.messages.len() < WARNINGS {
            self.messages.insert(message.to_owned(), 1);
        } else {
            self.others += 1;
        }
    }

    fn is_one(&self) -> bool {
        self.messages.len() == 1 && self.others == 0
    }

    fn lines(&self, before: &str) -> Vec<String> {
        let times = |count: usize| if count == 1 { String::new() } else { format!(" ({count} times)") };
        let lines = self.messages.iter().map(|(message, count)| format!("{before}{message}{}", times(*count)));
        let others = (self.others > 0).then(|| format!("{before}and {} more", self.others));
        lines.chain(others).collect()
    }
}

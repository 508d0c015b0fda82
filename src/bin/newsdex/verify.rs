//! `newsdex verify`: whether every stored quote still stands in its file.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;

use anyhow::Result;
use newsdex::export::wire::Line;
use newsdex::index::Index;
use newsdex::ingest::Change;
use newsdex::verify::{Fate, Finding, Verification, VerifiedFile, verify};

use crate::args::{Format, VerifyArgs};
use crate::listing::{INDENT, counted, grouped, one_line, short_path};
use crate::terminal::{FAINT, SPEAKER, STRONG};
use crate::wrap::wrap;
use crate::{Outcome, index, terminal};

/// Lists what does not stand where it did, file by file, and counts what does.
pub(crate) fn run(path: &Path, args: &VerifyArgs) -> Result<Outcome> {
    let index = Index::open(path)?;
    let mut out = terminal::stdout();
    let mut failure = None;
    let mut each = |verified: &VerifiedFile| match write_file(&mut out, args.format.format, verified) {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => {
            failure = Some(error);
            ControlFlow::Break(())
        }
    };
    let verification = verify(&index, index::threads(args.threads), &mut each)?;
    failure.map_or(Ok(()), Err)?;
    match args.format.format {
        Format::Json => Line::verification(&verification).write(&mut out)?,
        Format::Text => out.write_all(summary(&verification, index.status()?.declined).as_bytes())?,
    }
    out.flush()?;
    if !verification.all_stand() {
        terminal::print_hint(&next(&verification));
    }
    Ok(Outcome::of(verification.all_stand()))
}

/// How to take up what changed.
fn next(verification: &Verification) -> String {
    let next = "`newsdex index FOLDER` takes up what changed";
    match verification.untouched_files {
        0 => next.to_owned(),
        1 => format!("{next}; with --force also the file whose size and time are as they were"),
        files => format!("{next}; with --force also the {files} files whose size and time are as they were"),
    }
}

/// Prints a file that is not as it was, and its quotes that do not stand where they did.
fn write_file(out: &mut impl Write, format: Format, verified: &VerifiedFile) -> io::Result<()> {
    let VerifiedFile { file, findings, .. } = verified;
    if file.change == Change::Unchanged && findings.is_empty() {
        return Ok(());
    }
    match format {
        Format::Json => {
            Line::file(file).write(&mut *out)?;
            findings.iter().try_for_each(|finding| Line::finding(finding).write(&mut *out))
        }
        Format::Text => out.write_all(file_text(verified).as_bytes()),
    }
}

/// The file and what became of it, then its quotes that do not stand where they did.
fn file_text(VerifiedFile { file, findings, .. }: &VerifiedFile) -> String {
    let path = one_line(&short_path(&file.path));
    let quotes = counted(file.quotes, "quote");
    let fate = match &file.change {
        Change::Removed => format!("gone, with {quotes}"),
        Change::Skipped(reason) => format!("{}, and had {quotes}", one_line(&reason.to_string())),
        _ if file.quotes == 0 => "changed, and had no quote".to_owned(),
        _ if findings.is_empty() => format!("changed, {quotes} still stand"),
        change => {
            let verb = if *change == Change::Unchanged { "unchanged" } else { "changed" };
            format!("{verb}, {} of {quotes} not where they stood", grouped(findings.len()))
        }
    };
    let mut out = format!("{STRONG}{path}{STRONG:#}  {fate}\n");
    // Of a file that is gone every quote is: its name says enough.
    if !matches!(file.change, Change::Removed | Change::Skipped(_)) {
        out.extend(findings.iter().map(|finding| finding_text(finding, &file.path)));
    }
    out
}

/// Speaker, fate and words of a quote.
fn finding_text(Finding { quote, fate }: &Finding, file: &str) -> String {
    let speaker = one_line(quote.speaker.as_deref().or(quote.printed.as_deref()).unwrap_or("unknown"));
    let mut out = format!("  {SPEAKER}{speaker}{SPEAKER:#}  {}", fate.as_str());
    if let Fate::Moved { line, .. } = fate {
        let _ = write!(out, " to line {}", grouped(*line));
    }
    // Of a file with several articles it says which one.
    let article = if let Fate::Moved { article, .. } = fate { article } else { &quote.article.path };
    if article != file {
        let _ = write!(out, " {FAINT}{}{FAINT:#}", one_line(&short_path(article)));
    }
    out.push('\n');
    out.push_str(&wrap(&quote.words, &[], STRONG, INDENT, terminal::width()));
    out
}

/// The counts; of what was looked up, so many say that somebody `declined` to comment.
fn summary(verification: &Verification, declined: usize) -> String {
    let &Verification { files, quotes, moved, changed, vanished, .. } = verification;
    let verdict = if verification.all_stand() { "all stand" } else { "not all stand" };
    let (mut quotes, files) = (counted(quotes - declined, "quote"), counted(files, "file"));
    if declined > 0 {
        let _ = write!(quotes, " and {} to comment", counted(declined, "refusal"));
    }
    let mut out = format!("{STRONG}verified: {quotes} in {files}, {verdict}{STRONG:#}\n");
    let rows = [("standing", verification.standing()), ("moved", moved), ("changed", changed), ("vanished", vanished)];
    let digits = rows.iter().map(|(_, count)| grouped(*count).len()).max().unwrap_or(1);
    for (name, count) in rows {
        let _ = writeln!(out, "  {name:<9} {:>digits$}", grouped(count));
    }
    let rows = [
        ("changed", verification.changed_files),
        ("gone", verification.vanished_files),
        ("not read", verification.unread_files),
    ];
    let files: Vec<String> =
        rows.iter().filter(|row| row.1 > 0).map(|(name, n)| format!("{} {name}", grouped(*n))).collect();
    if !files.is_empty() {
        let _ = writeln!(out, "  {FAINT}files: {}{FAINT:#}", files.join(", "));
    }
    out
}

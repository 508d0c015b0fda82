//! The same archive in `SQLite`'s full-text index FTS5, asked by the `sqlite3` program where the machine has it.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::generator::Generator;

/// A database of the archive's articles.
pub(crate) struct Fts5(PathBuf);

impl Fts5 {
    /// The database, made where it is not there yet; `None` where there is no `sqlite3`.
    pub(crate) fn archive() -> Option<Self> {
        let path = super::folder("fts5").with_extension("db");
        if !path.exists() && fill(&path).is_none() {
            let _ = fs::remove_file(&path);
            println!("no `sqlite3` with FTS5 on this machine: its column stays empty");
            return None;
        }
        Some(Self(path))
    }

    /// A process that lists the ten best articles for the FTS5 query `query`, with snippets.
    pub(crate) fn best(&self, query: &str) -> Command {
        let query = query.replace('\'', "''");
        self.run(&format!(
            "select headline, snippet(articles, 1, '[', ']', '…', 30) from articles where articles match '{query}' \
             order by rank limit 10;"
        ))
    }

    /// A process that counts the articles that match `query` by `column`.
    pub(crate) fn counts(&self, column: &str, query: &str) -> Command {
        self.run(&format!(
            "select {column}, count(*) from articles where articles match '{query}' group by 1 order by 2 desc limit 10;"
        ))
    }

    fn run(&self, sql: &str) -> Command {
        let mut command = Command::new("sqlite3");
        command.arg("-readonly").arg(&self.0).arg(sql);
        command
    }
}

fn fill(path: &Path) -> Option<()> {
    fs::create_dir_all(path.parent()?).ok()?;
    let mut child = Command::new("sqlite3").arg("-bail").arg(path).stdin(Stdio::piped()).spawn().ok()?;
    let mut out = BufWriter::new(child.stdin.take()?);
    let written = write_archive(&mut out);
    drop(out);
    (child.wait().ok()?.success() && written.is_ok()).then_some(())
}

fn write_archive(out: &mut impl Write) -> std::io::Result<()> {
    let generator = Generator::new(super::STEMS);
    writeln!(
        out,
        "create virtual table articles using fts5(headline, body, outlet unindexed, month unindexed, \
         tokenize = 'porter unicode61');\nbegin;"
    )?;
    let quoted = |text: &str| text.replace('\'', "''");
    for number in 0..super::articles() {
        let (article, _) = generator.article(number);
        let headline = article.headline.as_ref().map_or("", |headline| headline.value.as_str());
        let outlet = article.outlet.as_ref().map_or("", |outlet| outlet.value.as_str());
        let month = article.date.as_ref().map(|date| date.value.day.format("%Y-%m").to_string()).unwrap_or_default();
        let (headline, body, outlet) = (quoted(headline), quoted(article.body()), quoted(outlet));
        writeln!(out, "insert into articles values ('{headline}', '{body}', '{outlet}', '{month}');")?;
    }
    writeln!(out, "commit;")
}

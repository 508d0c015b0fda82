//! Rows of cells as CSV (RFC 4180) and as a Markdown table.

use std::io;

use super::csv::cause;
use super::markdown::escaped;

/// Rows of cells under named columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Rows, each with a cell for every column.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// A table without rows.
    pub fn new<'a>(columns: impl IntoIterator<Item = &'a str>) -> Self {
        Self { columns: columns.into_iter().map(str::to_owned).collect(), rows: Vec::new() }
    }

    /// Writes the table as CSV, the names of the columns first.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_csv(&self, out: impl io::Write) -> io::Result<()> {
        let mut writer = csv::Writer::from_writer(out);
        for row in std::iter::once(&self.columns).chain(&self.rows) {
            writer.write_record(row).map_err(cause)?;
        }
        writer.flush()
    }

    /// Writes the table as Markdown.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_markdown(&self, mut out: impl io::Write) -> io::Result<()> {
        let line = |row: &[String]| {
            let cells: Vec<String> = row.iter().map(|cell| escaped(cell).replace('|', "\\|")).collect();
            format!("| {} |\n", cells.join(" | "))
        };
        out.write_all(line(&self.columns).as_bytes())?;
        out.write_all(line(&vec!["---".to_owned(); self.columns.len()]).as_bytes())?;
        self.rows.iter().try_for_each(|row| out.write_all(line(row).as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A pipe whose other end is closed.
    struct Closed;

    impl io::Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_pipe_that_nobody_reads_is_told_as_such() {
        let mut table = Table::new(["value"]);
        table.rows = vec![vec!["a long cell".into()]; 10_000];
        assert_eq!(table.write_csv(Closed).unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    }

    #[test]
    fn cells_are_quoted_and_escaped() {
        let mut table = Table::new(["value", "count"]);
        table.rows.push(vec!["a, \"b\" | *c*".into(), "3".into()]);
        let (mut csv, mut markdown) = (Vec::new(), Vec::new());
        table.write_csv(&mut csv).unwrap();
        table.write_markdown(&mut markdown).unwrap();
        assert_eq!(String::from_utf8(csv).unwrap(), "value,count\n\"a, \"\"b\"\" | *c*\",3\n");
        let expect = "| value | count |\n| --- | --- |\n| a, \"b\" \\| \\*c\\* | 3 |\n";
        assert_eq!(String::from_utf8(markdown).unwrap(), expect);
    }
}

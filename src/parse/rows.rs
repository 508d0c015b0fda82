//! Tables: CSV and its like, with the columns named in the first row or told by what stands in them.

use chrono::NaiveDate;
use csv::ReaderBuilder;

use super::columns::{Columns, Role};
use super::record::{Record, is_prose, squeezed};
use super::{Parsed, cut_short, date, reject};
use crate::crawl::{Dump, Part, SkipReason, delimiter, is_open, separator_line};

/// What a row is that gives no article.
const MISSING: &str = "without a text";

/// How many rows tell what the columns hold.
const SAMPLE: usize = 50;

/// Least mean length, in characters, of what stands in a column of texts.
const TEXT: usize = 80;

/// Reads the articles of the table at `path` that holds `text`, or of the `part` of one, on `today`.
///
/// Each article's path ends in `!/` and the number of its row, from 1; a row of names is not counted.
pub(super) fn read(path: &str, text: &str, part: Option<&Part>, columns: &Columns, today: NaiveDate) -> Parsed {
    let head = part.map_or_else(|| text.into(), |part| String::from_utf8_lossy(&part.head));
    let head = head.trim_start_matches('\u{feff}');
    let layout = match Layout::of(head, columns) {
        Ok(layout) => layout,
        Err(reason) => return Parsed::none(reason),
    };
    let before = part.map_or(0, |part| part.before);
    let mut parsed = Parsed::default();
    // The row of names is an item of the dump, too.
    let numbers = (before..).map(|number| number + usize::from(!layout.is_named));
    let (rows, is_cut) = rows(without_separator_line(text).as_bytes(), &layout);
    let last = rows.len();
    for (at, (number, row)) in (1..).zip(numbers.zip(rows)) {
        if number == 0 {
            continue;
        }
        let cells = cells(row, layout.delimiter);
        let record = Record::of_row(&layout.names, &cells, &layout.columns);
        record.meet(columns, &mut parsed.met);
        let path = format!("{path}!/{number}");
        match record.article(&path, today) {
            Some(mut article) => {
                if parsed.columns.is_empty() {
                    parsed.columns = record.mapping();
                }
                article.1.extend((is_cut && at == last).then(|| cut_short::warning("a cell")));
                parsed.articles.push(article);
            }
            None => parsed.pass_over(path, MISSING),
        }
    }
    let missing = parsed.passed_over.len();
    reject(&mut parsed.rejected, missing, "row", MISSING);
    parsed
}

/// True where the first row of `text` names columns of articles.
pub(super) fn is_table(text: &str) -> bool {
    let Some(delimiter) = delimiter(text.as_bytes()) else { return false };
    let first =
        Dump::Rows(delimiter).items(without_separator_line(text).as_bytes()).next().map(|row| cells(row, delimiter));
    first.is_some_and(|names| names.len() > 2 && is_header(&names) && known(&names) > 2)
}

/// `table` without a first line that only tells what parts the cells.
fn without_separator_line(table: &str) -> &str {
    separator_line(table.as_bytes()).map_or(table, |(_, length)| &table[length..])
}

/// How a table is laid out.
struct Layout {
    delimiter: u8,
    /// Squeezed names, or numbers from 1 where the table names none.
    names: Vec<String>,
    /// True where the first row names the columns.
    is_named: bool,
    columns: Columns,
}

impl Layout {
    /// The layout of the table that begins with `head`, of which the user has named `columns`.
    fn of(head: &str, columns: &Columns) -> Result<Self, SkipReason> {
        let missing = |what: &str| SkipReason::NoArticle(format!("a table {what}"));
        let delimiter = delimiter(head.as_bytes()).ok_or_else(|| missing("of one column"))?;
        let bytes = without_separator_line(head).as_bytes();
        let rows: Vec<Vec<String>> =
            Dump::Rows(delimiter).items(bytes).take(SAMPLE).map(|row| cells(row, delimiter)).collect();
        let first = rows.first().ok_or(SkipReason::Empty)?;
        let is_named =
            is_header(first) && (known(first) > 1 || is_unlike(first, &rows[1..]) || is_above_numbers(&rows[1..]));
        let width = rows.iter().map(Vec::len).max().unwrap_or_default();
        let mut names: Vec<String> =
            if is_named { first.iter().map(|name| squeezed(name)).collect() } else { Vec::new() };
        names.extend((names.len() + 1..=width).map(|number| number.to_string()));
        let columns = complete(columns, &names, &rows[usize::from(is_named)..]);
        let finds = |role: Role| match columns.named(role) {
            Some(told) => told.iter().any(|column| names.contains(column)),
            None => role.names().iter().any(|usual| names.iter().any(|name| name == usual)),
        };
        if !finds(Role::Body) && !finds(Role::Summary) {
            let listed = names.join(", ");
            return Err(missing(&format!(
                "without a column of texts (it has {listed}); name one with --map body=COLUMN"
            )));
        }
        Ok(Self { delimiter, names, is_named, columns })
    }
}

/// The rows of `table`, and whether it ends inside of a cell.
///
/// A quotation mark that nothing closes holds one line only, so that it costs no other row. Where no row follows, it is
/// the table that is cut short, and all the rest is that cell's.
fn rows<'a>(table: &'a [u8], layout: &Layout) -> (Vec<&'a [u8]>, bool) {
    let mut rows: Vec<&[u8]> = Dump::Rows(layout.delimiter).items(table).collect();
    let is_text = |row: &&&[u8]| !row.contains(&b'"') && cells(row, layout.delimiter).len() < layout.names.len();
    let behind = rows.iter().rev().take_while(is_text).count();
    // Behind a line break it is the mark that is missing, not the end.
    let open = |at: &usize| !table.ends_with(b"\n") && is_open(rows[*at], layout.delimiter);
    let Some(at) = rows.len().checked_sub(behind + 1).filter(open) else {
        return (rows, false);
    };
    let begin = rows[at].as_ptr().addr() - table.as_ptr().addr();
    rows.truncate(at);
    rows.push(&table[begin..]);
    (rows, true)
}

/// The cells of `row`.
fn cells(row: &[u8], delimiter: u8) -> Vec<String> {
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(row);
    let mut cells = csv::ByteRecord::new();
    // A slice is read without errors.
    let _ = reader.read_byte_record(&mut cells);
    cells.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect()
}

/// True where each of `cells` could be a column's name.
fn is_header(cells: &[String]) -> bool {
    let name = |cell: &String| {
        let cell = cell.trim();
        cell.chars().count() <= 40 && cell.parse::<f64>().is_err() && cell.split_whitespace().count() <= 4
    };
    cells.iter().all(name) && cells.iter().filter(|cell| !cell.trim().is_empty()).count() > 1
}

/// How many of `cells` are usual names of columns.
fn known(cells: &[String]) -> usize {
    let usual = |cell: &&String| {
        let name = squeezed(cell);
        Role::ALL.iter().any(|role| role.names().contains(&name.as_str())) || matches!(name.as_str(), "id" | "class")
    };
    cells.iter().filter(usual).count()
}

/// True where the first row is far shorter than the others, as names are.
fn is_unlike(first: &[String], rows: &[Vec<String>]) -> bool {
    let length = |row: &[String]| row.iter().map(|cell| cell.chars().count()).sum::<usize>();
    let mean = rows.iter().map(|row| length(row)).sum::<usize>() / rows.len().max(1);
    length(first) * 3 < mean
}

/// True where a column of the rows below the first holds numbers alone.
fn is_above_numbers(rows: &[Vec<String>]) -> bool {
    let width = rows.first().map_or(0, Vec::len);
    let number = |row: &Vec<String>, at: usize| row.get(at).is_some_and(|cell| cell.trim().parse::<f64>().is_ok());
    (0..width).any(|at| rows.iter().all(|row| number(row, at)))
}

/// How likely it is that cells hold what a role asks for; 0 where they do not.
type Score = fn(&[&str]) -> usize;

/// `columns`, and for roles that neither the user nor a usual name tells, the column whose content tells it.
fn complete(columns: &Columns, names: &[String], rows: &[Vec<String>]) -> Columns {
    let mut columns = columns.clone();
    let told = |columns: &Columns, role: Role| {
        columns.named(role).is_some() || role.names().iter().any(|usual| names.iter().any(|name| name == usual))
    };
    let free = |columns: &Columns, name: &String| {
        !Role::ALL.iter().any(|role| {
            role.names().contains(&name.as_str()) || columns.named(*role).is_some_and(|named| named.contains(name))
        })
    };
    let guesses: [(Role, Score); 4] =
        [(Role::Body, texts), (Role::Address, addresses), (Role::Date, dates), (Role::Headline, headlines)];
    for (role, score) in guesses {
        if told(&columns, role) || (role == Role::Body && told(&columns, Role::Summary)) {
            continue;
        }
        let scored = names.iter().enumerate().filter(|(_, name)| free(&columns, name)).map(|(at, name)| {
            let cells: Vec<&str> = rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.trim()).collect();
            (score(&cells), name)
        });
        if let Some((1.., name)) = scored.max_by_key(|(score, _)| *score) {
            columns.add(role, name.clone());
        }
    }
    columns
}

fn mean_length(cells: &[&str]) -> usize {
    cells.iter().map(|cell| cell.chars().count()).sum::<usize>() / cells.len().max(1)
}

/// How likely `cells` are running texts: their mean length.
fn texts(cells: &[&str]) -> usize {
    let prose = cells.iter().filter(|cell| is_prose(cell)).count();
    if prose * 2 > cells.len() && mean_length(cells) >= TEXT { mean_length(cells) } else { 0 }
}

/// How likely `cells` are headlines: prose, and short.
fn headlines(cells: &[&str]) -> usize {
    let prose = cells.iter().filter(|cell| cell.split_whitespace().count() > 2).count();
    let short = (15..=160).contains(&mean_length(cells));
    if short && prose * 3 > cells.len() * 2 { prose } else { 0 }
}

fn addresses(cells: &[&str]) -> usize {
    let count = cells.iter().filter(|cell| cell.starts_with("http://") || cell.starts_with("https://")).count();
    if count * 2 > cells.len() { count } else { 0 }
}

fn dates(cells: &[&str]) -> usize {
    let dated =
        |cell: &&&str| cell.len() <= 40 && date::find(cell).is_some_and(|found| found.span.end - found.span.begin >= 8);
    let count = cells.iter().filter(dated).count();
    if count * 2 > cells.len() { count } else { 0 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BODY: &str =
        "Hundreds of people left their homes, when the river rose over its banks in the night to Monday.";

    /// The articles, one a line, what is rejected, and the columns.
    fn check(table: &str, map: &[&str], expect: &[&str]) {
        let today = NaiveDate::from_ymd_opt(2025, 10, 14).unwrap();
        let columns = Columns::read(map.iter().copied()).unwrap();
        let parsed = read("a.csv", &table.replace("BODY", BODY), None, &columns, today);
        let articles = parsed.articles.iter().map(|(article, _)| {
            let headline = article.headline.as_ref().map_or("-", |field| &field.value);
            let outlet = article.outlet.as_ref().map_or("-", |field| &field.value);
            let date = article.date.as_ref().map_or("-".into(), |field| field.value.day.to_string());
            format!("{}: {headline} | {outlet} | {date} | {}", article.path, article.body().replace(BODY, "BODY"))
        });
        let columns: Vec<String> =
            parsed.columns.iter().map(|(role, column)| format!("{}={column}", role.as_str())).collect();
        let columns = (!columns.is_empty()).then(|| columns.join(" "));
        let rejected = parsed.rejected.iter().map(ToString::to_string);
        let lines: Vec<String> = articles.chain(rejected).chain(columns).collect();
        assert_eq!(lines, expect);
    }

    #[test]
    fn columns_with_usual_names() {
        check(
            "Title,Author,Date,Content,publication\nRiver rises,Jane Doe,2025-10-12,\"BODY\",The Guardian\nNo text,,,,\n",
            &[],
            &[
                "a.csv!/1: River rises | The Guardian | 2025-10-12 | BODY",
                "no article: 1 row without a text",
                "headline=title body=content date=date outlet=publication author=author",
            ],
        );
        check(
            "id\ttitle\ttext\n1\tRiver rises\tBODY\n",
            &[],
            &["a.csv!/1: River rises | - | - | BODY", "headline=title body=text"],
        );
    }

    #[test]
    fn columns_of_excel_in_other_languages() {
        check(
            "sep=;\nÜberschrift;Text;Datum;Quelle;Autor\nRiver rises;\"BODY\";12.10.2025;The Guardian;Jane Doe\n",
            &[],
            &[
                "a.csv!/1: River rises | The Guardian | 2025-10-12 | BODY",
                "headline=überschrift body=text date=datum outlet=quelle author=autor",
            ],
        );
        check(
            "titre;texte;date;source;auteur\nRiver rises;\"BODY\";2025-10-12;The Guardian;Jane Doe\n",
            &[],
            &[
                "a.csv!/1: River rises | The Guardian | 2025-10-12 | BODY",
                "headline=titre body=texte date=date outlet=source author=auteur",
            ],
        );
    }

    #[test]
    fn columns_without_names() {
        check(
            "3,River rises over its banks,\"BODY\"\n4,The harbour is shut,\"BODY\"\n",
            &[],
            &[
                "a.csv!/1: River rises over its banks | - | - | BODY",
                "a.csv!/2: The harbour is shut | - | - | BODY",
                "headline=2 body=3",
            ],
        );
    }

    #[test]
    fn columns_that_the_user_names() {
        let table = "a;b;c\nBODY;River rises;12 October 2025\n";
        check(
            table,
            &["headline=b", "date=c", "body=a"],
            &["a.csv!/1: River rises | - | 2025-10-12 | BODY", "headline=b body=a date=c"],
        );
        check(
            "River rises|BODY\nRiver falls|BODY\n",
            &["body=2"],
            &["a.csv!/1: - | - | - | BODY", "a.csv!/2: - | - | - | BODY", "body=2"],
        );
    }

    #[test]
    fn a_table_without_texts_says_what_to_do() {
        check(
            "name,size\nriver,3\nlake,4\n",
            &[],
            &["no article: a table without a column of texts (it has name, size); name one with --map body=COLUMN"],
        );
    }

    #[test]
    fn a_bad_row_costs_itself_alone() {
        check(
            "title,text\nOne,\"BODY\nTwo,\"BODY\"\nThree\nFour,\"BODY\",more,cells\n",
            &[],
            &[
                "a.csv!/1: One | - | - | BODY",
                "a.csv!/2: Two | - | - | BODY",
                "a.csv!/4: Four | - | - | BODY",
                "no article: 1 row without a text",
                "headline=title body=text",
            ],
        );
    }

    #[test]
    fn a_table_may_end_inside_of_a_cell() {
        let today = NaiveDate::from_ymd_opt(2025, 10, 14).unwrap();
        let read_cut = |table: &str| {
            let parsed = read("a.csv", table, None, &Columns::default(), today);
            let articles = parsed.articles.iter().map(|(article, warnings)| {
                let warnings: Vec<String> = warnings.iter().map(ToString::to_string).collect();
                format!("{} | {}", article.body(), warnings.join(", "))
            });
            articles.chain(parsed.rejected.iter().map(ToString::to_string)).collect::<Vec<_>>()
        };
        let warning = "cut short: the file ends in the middle of a cell";
        let table = format!("title,text\nOne,\"{BODY}\"\nTwo,\"{BODY}");
        assert_eq!(read_cut(&table), [format!("{BODY} | "), format!("{BODY} | {warning}")]);
        let lines = format!("{table}\nIt fell\nagain.");
        assert_eq!(read_cut(&lines)[1], format!("{BODY}\nIt fell\nagain. | {warning}"));
        // Here a row follows.
        let unclosed = format!("{table}\nThree,{BODY}\n").replace("night, to", "night to");
        assert_eq!(read_cut(&unclosed)[1], format!("{BODY} | "));
        assert_eq!(read_cut(&format!("{table}\n"))[1], format!("{BODY} | "));
    }

    proptest! {
        #[test]
        fn any_text_ends(table in "(title|text|date|[,;\"\n\t|]|[a-z ]{0,40}){0,40}") {
            read("a", &table, None, &Columns::default(), NaiveDate::from_ymd_opt(2025, 10, 14).unwrap());
        }
    }
}

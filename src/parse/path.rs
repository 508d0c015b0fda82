//! What the names of a file and of the folders above it tell: outlet, date, headline.

use chrono::NaiveDate;

use super::outlet;
use super::url::{self, AddressDate};
use crate::article::{Field, Origin};

/// What a path tells.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Who published the article.
    pub(super) outlet: Option<Field<String>>,
    /// The date, and whether file or folder told it.
    pub(super) date: Option<(AddressDate, Origin)>,
    /// The words of the file's name behind outlet and date.
    pub(super) slug: String,
}

/// How many names, from the file upwards, are looked at.
const DEPTH: usize = 6;

/// Reads `path`, on `today`. Of a container only its folders count.
pub(super) fn read(path: &str, today: NaiveDate) -> Told {
    let path: String = path.replace('\\', "/").chars().map(ascii_digit).collect();
    let members = path.split("!/").collect::<Vec<_>>();
    let (member, containers) = members.split_last().map_or(("", &[][..]), |(member, containers)| (*member, containers));
    let folders =
        containers.iter().flat_map(|container| container.rsplit_once('/').map_or("", |(folder, _)| folder).split('/'));
    let names: Vec<&str> = folders.chain(member.split('/')).filter(|name| !name.is_empty() && *name != ".").collect();
    let Some((file, folders)) = names[names.len().saturating_sub(DEPTH)..].split_last() else { return Told::default() };
    let stem = file.split_once('.').map_or(*file, |(stem, _)| if stem.is_empty() { *file } else { stem });
    let in_file = url::date_in(stem, today).filter(|date| date.reading.is_some());
    let joined = format!("{}/{stem}", folders.join("/"));
    let in_path = url::date_in(&joined, today).filter(|date| is_calendar(date.span.of(&joined)));
    let date = match (in_file, in_path) {
        (Some(date), _) if is_calendar(date.span.of(stem)) => Some((date, Origin::FileName)),
        (_, Some(date)) => Some((date, Origin::Folder)),
        _ => None,
    };
    let dated = in_file.is_some_and(|date| date.span.begin == 0 && is_calendar(date.span.of(stem)));
    let outlet = file_outlet(stem, in_file).or_else(|| folder_outlet(folders, dated));
    let slug = in_file.map_or(stem, |date| &stem[date.span.end..]);
    Told { outlet, date, slug: slug.trim_matches(['_', '-', ' ']).to_owned() }
}

/// True for digits that spell a date; seconds since 1970 and longer codes are too weak in a file's name.
fn is_calendar(digits: &str) -> bool {
    digits.contains(['-', '_', '.', '/']) || digits.len() == 8 || digits.len() == 14
}

/// `outlet_2016-09-12_slug`, and names that open with a known outlet.
fn file_outlet(stem: &str, date: Option<AddressDate>) -> Option<Field<String>> {
    let before = date.map(|date| stem[..date.span.begin].trim_end_matches(['_', '-', ' ']))?;
    is_named(before).then(|| outlet::of_slug(before, Origin::FileName))
}

/// Persian and Arabic digits as others write them.
fn ascii_digit(c: char) -> char {
    let value = match c {
        '٠'..='٩' => c as u32 - '٠' as u32,
        '۰'..='۹' => c as u32 - '۰' as u32,
        _ => return c,
    };
    char::from_digit(value, 10).unwrap_or(c)
}

/// The folder above year, month and day, or above files whose names begin with a date; else a folder with the name of a
/// known outlet.
fn folder_outlet(folders: &[&str], dated_file: bool) -> Option<Field<String>> {
    let dated = folders.iter().rev().take_while(|name| is_dated(name)).count();
    let above = folders.len() - dated;
    let name = *folders.get(above.checked_sub(1)?)?;
    let year = folders[above..].iter().any(|name| name.len() >= 4);
    if (year || dated_file) && is_named(name) {
        return Some(outlet::of_slug(name, Origin::Folder));
    }
    // Without dates under it, only a long and known name tells: "time", "focus" and "nation" name folders too.
    let known =
        outlet::named(name).filter(|_| name.len() >= 8 || matches!(name, "reuters" | "bbc" | "cnn" | "nyt" | "afp"))?;
    Some(Field::new(known.to_owned(), Origin::Folder).sure(0.7))
}

/// "2016", "09", "2016-09", "2016-09-12", "20160912".
fn is_dated(name: &str) -> bool {
    let parts: Vec<&str> = name.split(['-', '_', '.']).collect();
    let number = |part: &&str| part.len() <= 8 && part.bytes().all(|byte| byte.is_ascii_digit());
    let year =
        |part: &str| part.get(..4).and_then(|year| year.parse().ok()).is_some_and(|year| (1340..2100).contains(&year));
    let small = |part: &str| part.len() <= 2 && part.parse().is_ok_and(|number| (1..=31).contains(&number));
    match parts.as_slice() {
        [part] => number(part) && (small(part) || (year(part) && matches!(part.len(), 4 | 6 | 8))),
        [first, rest @ ..] => number(first) && first.len() == 4 && year(first) && rest.iter().all(|part| small(part)),
        [] => false,
    }
}

/// Names of folders that hold articles of anybody.
const GENERIC: &[&str] = &[
    "archive",
    "archives",
    "article",
    "articles",
    "backup",
    "clean",
    "content",
    "corpora",
    "corpus",
    "crawl",
    "data",
    "dataset",
    "desktop",
    "documents",
    "downloads",
    "dump",
    "example",
    "examples",
    "fixtures",
    "export",
    "files",
    "home",
    "html",
    "index",
    "input",
    "json",
    "media",
    "news",
    "newspaper",
    "newspapers",
    "original",
    "output",
    "page",
    "pages",
    "plain",
    "posts",
    "raw",
    "sample",
    "samples",
    "source",
    "sources",
    "stories",
    "story",
    "test",
    "text",
    "texts",
    "tmp",
    "train",
    "txt",
    "web",
    "xml",
];

fn is_named(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    name.chars().filter(|c| c.is_alphabetic()).count() >= 2 && !GENERIC.contains(&lower.as_str()) && name.len() <= 60
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::calendar::Reading;
    use super::*;

    fn check(path: &str, expect: &str) {
        let today = NaiveDate::from_ymd_opt(2025, 10, 12).unwrap();
        let told = read(path, today);
        let outlet = told.outlet.map_or(String::new(), |field| format!("{} by {}", field.value, field.evidence.origin));
        let date = told.date.map_or(String::new(), |(date, origin)| match date.reading {
            Some(reading) => format!("{} by {origin}", day(reading)),
            None => format!("{} by {origin}", date.month.format("%Y-%m")),
        });
        assert_eq!(format!("{outlet}; {date}; {}", told.slug), expect, "{path}");
    }

    #[test]
    fn folders_and_files_tell_outlet_and_date() {
        check("/a/nyt/2016/09/12/ten-boats.txt", "The New York Times by folder; 2016-09-12 by folder; ten-boats");
        check(
            "wash-post_2016-09-12_ten-boats.txt",
            "The Washington Post by file name; 2016-09-12 by file name; ten-boats",
        );
        check("/a/usa-today/2016/09/usa-today_2016-09-02_x.txt", "USA Today by file name; 2016-09-02 by file name; x");
        check("/a/valley-news/2016-09-12/x.txt", "Valley News by folder; 2016-09-12 by folder; x");
        check("/a/articles/2016/09/12/x.txt", "; 2016-09-12 by folder; x");
        check("/articles/20160912-ten-boats.txt", "; 2016-09-12 by file name; ten-boats");
        check("/a/Valley News/2016-09-12 Ten boats.txt", "Valley News by folder; 2016-09-12 by file name; Ten boats");
        check("/a/payam-e-sahar/۱۴۰۴-۰۷-۲۰.txt", "Payam-e Sahar by folder; 2025-10-12 by file name; ");
        check("/a/payam-e-sahar/۱۴۰۴/۰۷/۲۰/x.txt", "Payam-e Sahar by folder; 2025-10-12 by folder; x");
        check("/a/breitbart/x.txt", "Breitbart by folder; ; x");
        check("/a/2016/09/x.txt", "a by folder; 2016-09 by folder; x".replace("a by folder", "").as_str());
        check("worldwide/af_afrol_14.txt", "; ; af_afrol_14");
        check("dump.zip!/politico/2016/09/12/x.txt", "Politico by folder; 2016-09-12 by folder; x");
        check("/politico/2016/09/12/x.txt.gz!/x.txt", "Politico by folder; 2016-09-12 by folder; x");
    }

    fn day(reading: Reading) -> String {
        match reading {
            Reading::Day(day) => day.to_string(),
            other => format!("{other:?}"),
        }
    }

    proptest! {
        #[test]
        fn any_path_is_read(path: String) {
            read(&path, NaiveDate::from_ymd_opt(2025, 10, 12).unwrap());
        }
    }
}

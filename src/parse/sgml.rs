//! The SGML of Reuters' archives: many items in one file, each in a `<REUTERS>` element.

use chrono::NaiveDate;

use super::draft::Draft;
use super::{Parsed, markup, text};
use crate::article::{Article, Field, Origin, Warning};
use crate::crawl::SkipReason;

/// Reads the items of the file at `path` that holds `sgml`, on `today`; each item's path ends in `!/` and its number.
pub(super) fn read(path: &str, sgml: &str, today: NaiveDate) -> Parsed {
    let mut parsed = Parsed::default();
    let (mut rest, mut empty) = (sgml, 0);
    while let Some(begin) = find(rest, "<REUTERS ") {
        let end = find(&rest[begin..], "</REUTERS>").map_or(rest.len(), |end| begin + end);
        match item(path, &rest[begin..end], today) {
            Some(article) => parsed.articles.push(article),
            None => empty += 1,
        }
        rest = &rest[end..];
    }
    if empty > 0 || parsed.articles.is_empty() {
        parsed.rejected.push(SkipReason::NoArticle(format!("{empty} items without a text")));
    }
    parsed
}

fn find(text: &str, mark: &str) -> Option<usize> {
    memchr::memmem::find(text.as_bytes(), mark.as_bytes())
}

fn item(path: &str, item: &str, today: NaiveDate) -> Option<(Article, Vec<Warning>)> {
    let number = item.split_once("NEWID=\"").and_then(|(_, rest)| rest.split('"').next()).unwrap_or("");
    let whole = element(item, "TEXT")?;
    // News in brief is all headline, and what could not be cut into fields is all text.
    let body = element(&whole, "BODY").or_else(|| element(&whole, "TITLE")).unwrap_or(whole.clone());
    let body = plain(&body);
    if body.is_empty() {
        return None;
    }
    let mut draft = Draft::new(&format!("{path}!/{number}"), body, today);
    draft.outlets.push(Field::new("Reuters".to_owned(), Origin::Metadata));
    if let Some(headline) = element(&whole, "TITLE") {
        draft.see_headline_field(&plain(&headline));
    }
    if let Some(date) = element(item, "DATE") {
        draft.see_date_field(&date, 1.0);
    }
    if let Some(line) = element(&whole, "DATELINE") {
        draft.see_dateline_field(&plain(&line));
    }
    if let Some(author) = element(&whole, "AUTHOR") {
        draft.see_byline_field(plain(&author).trim_end_matches([',', ' ']));
    }
    text::fields(&mut draft);
    Some(draft.finish())
}

/// What stands between the tags of the first element `name`, attributes or not.
fn element(text: &str, name: &str) -> Option<String> {
    let mut from = 0;
    let open = loop {
        let at = from + find(&text[from..], &format!("<{name}"))?;
        from = at + 1 + name.len();
        // "<DATE" opens "<DATELINE>" too.
        if text[from..].starts_with(['>', ' ']) {
            break from;
        }
    };
    let begin = open + text[open..].find('>')? + 1;
    let end = find(&text[begin..], &format!("</{name}>")).map_or(text.len(), |end| begin + end);
    Some(text[begin..end].to_owned())
}

/// Text without character references, and without the control characters of the wire; line breaks stay.
fn plain(text: &str) -> String {
    let decoded = markup::decode(text);
    let kept: String = decoded.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    kept.trim_matches([' ', '\n', '\t']).to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(sgml: &str, expect: &[&str]) {
        let parsed = read("a.sgm", sgml, NaiveDate::from_ymd_opt(2025, 10, 14).unwrap());
        let articles = parsed.articles.iter().map(|(article, _)| {
            let headline = article.headline.as_ref().map_or("-", |field| &field.value);
            let date = article.date.as_ref().map_or("-".into(), |field| field.value.day.to_string());
            let place = article.place.as_ref().map_or("-", |field| &field.value);
            format!("{}: {headline} | {date} | {place} | {}", article.path, article.body())
        });
        let lines: Vec<String> = articles.chain(parsed.rejected.iter().map(ToString::to_string)).collect();
        assert_eq!(lines, expect);
    }

    #[test]
    fn items_with_and_without_a_body() {
        check(
            "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS NEWID=\"7\"><DATE> 3-MAR-1987 09:18:21.26</DATE><TEXT>&#2;\n\
             <TITLE>RIVER &amp; RAIN</TITLE>\n<DATELINE>    PARIS, March 3 - </DATELINE><BODY>The river rose.\n&#3;</BODY></TEXT>\n</REUTERS>\n\
             <REUTERS NEWID=\"8\"><DATE> 4-MAR-1987</DATE><TEXT TYPE=\"BRIEF\">&#2;\n<TITLE>RIVER FALLS AGAIN</TITLE>&#3;</TEXT></REUTERS>\n\
             <REUTERS NEWID=\"9\"><TEXT>&#2;</TEXT></REUTERS>",
            &[
                "a.sgm!/7: RIVER & RAIN | 1987-03-03 | Paris | The river rose.",
                "a.sgm!/8: RIVER FALLS AGAIN | 1987-03-04 | - | RIVER FALLS AGAIN",
                "no article: 1 items without a text",
            ],
        );
    }

    proptest! {
        #[test]
        fn any_file_ends(sgml in "(<REUTERS |</REUTERS>|<TEXT|</TEXT>|<BODY>|<DATE|>|NEWID=\"|[a-zé&#;]{0,9}){0,30}") {
            read("a", &sgml, NaiveDate::from_ymd_opt(2025, 10, 14).unwrap());
        }
    }
}

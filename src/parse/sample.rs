//! What the tests of the formats share: a sample read as a file, and printed.

use chrono::NaiveDate;

use super::parse_on;
use crate::article::Article;
use crate::crawl::RawFile;

/// Reads `content` as the file `path`, and compares what is found, line by line, with `expect`.
///
/// Of each article: its fields, with `-` for what is not told, then its body, then its warnings; at the end what was
/// rejected. An article's path is printed where it is not the file's.
pub(super) fn check(path: &str, content: impl AsRef<[u8]>, expect: &[&str]) {
    let file = RawFile::new(path, content.as_ref().to_vec());
    let parsed = parse_on(&file, NaiveDate::from_ymd_opt(2025, 10, 14).unwrap());
    let mut lines = Vec::new();
    for (article, warnings) in &parsed.articles {
        let place = article.path.strip_prefix(path).unwrap_or_default();
        lines.push(format!("{place}{}{}", if place.is_empty() { "" } else { ": " }, fields(article)));
        lines.push(article.body().to_owned());
        lines.extend(warnings.iter().map(|warning| format!("warning: {warning}")));
    }
    lines.extend(parsed.rejected.iter().map(ToString::to_string));
    assert_eq!(lines, expect);
}

fn fields(article: &Article) -> String {
    let or_dash = |value: Option<String>| value.unwrap_or_else(|| "-".into());
    let date = article.date.as_ref().map(|date| date.value);
    let date = date.map(|date| date.time.map_or(date.day.to_string(), |time| time.to_rfc3339()));
    let bylines: Vec<&str> = article.bylines.iter().map(|byline| byline.value.as_str()).collect();
    let guid = article.guid.as_ref().map(|guid| match &article.revision {
        Some(revision) => format!("{} {}", guid.value, revision.value),
        None => guid.value.clone(),
    });
    let mut fields = [&article.headline, &article.outlet, &article.wire, &article.place, &article.language]
        .map(|field| or_dash(field.as_ref().map(|field| field.value.clone())))
        .to_vec();
    fields.insert(3, or_dash(date));
    fields.insert(4, or_dash((!bylines.is_empty()).then(|| bylines.join(", "))));
    fields.push(or_dash(guid));
    fields.join(" | ")
}

//! Whole articles as agencies, papers and archives print them: every field that is told, and no other.

#![allow(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

use chrono::NaiveDate;
use newsdex::article::{Article, Field};
use newsdex::parse::parse_text_on;

/// What the article tells, one field a line, with where it was read; then the first words of the body.
fn told(path: &str, text: &str) -> String {
    let today = NaiveDate::from_ymd_opt(2025, 10, 14).expect("a day of the calendar");
    let (article, warnings) = parse_text_on(path, text.to_owned(), today);
    assert_eq!(article.text, text, "the text must come back unaltered");
    let mut lines = fields(&article);
    lines.extend(warnings.iter().map(|warning| format!("warning: {warning}")));
    let body: Vec<&str> = article.body().split_whitespace().collect();
    lines.push(format!("body: {} … {}", body[..body.len().min(3)].join(" "), body.last().unwrap_or(&"")));
    lines.join("\n")
}

fn fields(article: &Article) -> Vec<String> {
    let field =
        |name: &str, field: &Option<Field<String>>| field.iter().map(|field| line(name, &field.value, field)).collect();
    let mut lines: Vec<String> = Vec::new();
    lines.extend::<Vec<String>>(field("headline", &article.headline));
    lines.extend::<Vec<String>>(field("outlet", &article.outlet));
    lines.extend::<Vec<String>>(field("wire", &article.wire));
    lines.extend(article.date.iter().map(|date| line("date", &date.value.day.to_string(), date)));
    lines.extend(article.bylines.iter().map(|byline| line("byline", &byline.value, byline)));
    lines.extend::<Vec<String>>(field("place", &article.place));
    lines
}

fn line<T>(name: &str, value: &str, field: &Field<T>) -> String {
    format!("{name}: {value} ({})", field.evidence.origin)
}

fn check(path: &str, text: &str, expect: &[&str]) {
    assert_eq!(told(path, text), expect.join("\n"), "{path}");
}

#[test]
fn an_agency_story_below_its_headline() {
    check(
        "wires/0001.txt",
        "Flood forces hundreds from homes in Marlow\n\nBy Jane Doe\n\nMARLOW, England, Oct 12, 2025 (Reuters) - Hundreds of people left \
         their homes.\n\n\"We had minutes,\" said Ann Roe.\n\n(Reporting by Jane Doe in Marlow; Editing by John Poe)\n",
        &[
            "headline: Flood forces hundreds from homes in Marlow (headline)",
            "outlet: Reuters (dateline)",
            "date: 2025-10-12 (dateline)",
            "byline: Jane Doe (byline)",
            "place: Marlow (dateline)",
            "body: MARLOW, England, Oct … Roe.",
        ],
    );
}

#[test]
fn a_release_stands_below_its_kind() {
    check(
        "wires/0002.txt",
        "MEDIA RELEASE PR67276\nFerry line to Selby opens in May\n\nHARROW, England, Feb. 1, 2025 /PRNewswire/ --\n\nThe ferry \
         line between Harrow and Selby opens in May, its owner announced today.\n",
        &[
            "headline: Ferry line to Selby opens in May (headline)",
            "outlet: PR Newswire (dateline)",
            "date: 2025-02-01 (dateline)",
            "place: Harrow (dateline)",
            "body: HARROW, England, Feb. … today.",
        ],
    );
}

#[test]
fn a_paper_that_ran_an_agency_story() {
    check(
        "the-valley-times/2025/10/13/flood.txt",
        "Flood forces hundreds from homes.\r\n\r\nMARLOW, England, Oct 12 (AP) — Hundreds of people left their homes by the river.\r\n",
        &[
            "headline: Flood forces hundreds from homes (headline)",
            "outlet: The Valley Times (folder)",
            "wire: Associated Press (dateline)",
            "date: 2025-10-13 (folder)",
            "place: Marlow (dateline)",
            "body: MARLOW, England, Oct … river.",
        ],
    );
}

#[test]
fn an_address_line_and_no_headline() {
    check(
        "web/17.txt",
        "https://www.example-herald.co.uk/world/2025/10/12/flood/\n\nHundreds of people left their homes by the river on Sunday, \
         officials in Marlow said.\n\nMore rain was expected.\n",
        &["outlet: Example Herald (url)", "date: 2025-10-12 (url)", "body: Hundreds of people … expected."],
    );
}

#[test]
fn labels_of_an_archive() {
    check(
        "export.txt",
        "HEADLINE: Flood forces hundreds from homes\nBYLINE: JANE DOE and ANN ROE\nDATE: 12 October 2025\nPUBLICATION: The Guardian\n\
         SECTION: World\nBODY:\nHundreds of people left their homes.\n",
        &[
            "headline: Flood forces hundreds from homes (headline)",
            "outlet: The Guardian (text)",
            "date: 2025-10-12 (date line)",
            "byline: Jane Doe (byline)",
            "byline: Ann Roe (byline)",
            "body: Hundreds of people … homes.",
        ],
    );
}

#[test]
fn markdown_with_front_matter() {
    check(
        "notes/flood.md",
        "---\ntitle: Flood forces hundreds from homes\ndate: 2025-10-12T08:00:00Z\nauthor: Jane Doe\ntags: [flood]\n---\n\nHundreds of \
         people left their homes.\n",
        &[
            "headline: Flood forces hundreds from homes (headline)",
            "date: 2025-10-12 (date line)",
            "byline: Jane Doe (byline)",
            "body: Hundreds of people … homes.",
        ],
    );
}

/// As clippers of web pages write it: names as links of a wiki, in a list; and the day of the clipping, which tells nothing.
#[test]
fn markdown_of_a_clipper() {
    check(
        "notes/flood.md",
        "---\ntitle: \"[Watch] Flood forces hundreds from homes\"\nsource: \"https://www.theguardian.com/world/flood\"\nauthor:\n  \
         - \"[[Jane Doe]]\"\n  - \"[[Ann Roe]]\"\npublished: 2025-10-12\ncreated: 2025-10-14\ntags:\n  - \"clippings\"\n---\n\
         Hundreds of people left their homes.\n",
        &[
            "headline: [Watch] Flood forces hundreds from homes (headline)",
            "outlet: The Guardian (url)",
            "date: 2025-10-12 (date line)",
            "byline: Jane Doe (byline)",
            "byline: Ann Roe (byline)",
            "body: Hundreds of people … homes.",
        ],
    );
}

/// As readers of web pages for programs write it.
#[test]
fn markdown_of_a_reader() {
    check(
        "a.md",
        "Title: Flood forces hundreds from homes\n\nURL Source: https://www.theguardian.com/world/flood\n\nPublished Time: \
         2025-10-12T08:00:00Z\n\nMarkdown Content:\nHundreds of people left their homes.\n",
        &[
            "headline: Flood forces hundreds from homes (headline)",
            "outlet: The Guardian (url)",
            "date: 2025-10-12 (date line)",
            "body: Hundreds of people … homes.",
        ],
    );
}

#[test]
fn date_lines_below_the_headline() {
    check(
        "a.txt",
        "# Flood forces hundreds from homes\n\nPublished 12 October 2025\nUpdated 13 October 2025\n\nHundreds of people left their homes.\n",
        &[
            "headline: Flood forces hundreds from homes (headline)",
            "date: 2025-10-12 (date line)",
            "body: Hundreds of people … homes.",
        ],
    );
}

#[test]
fn of_several_date_lines_the_first_counts() {
    check(
        "a.txt",
        "Dates of the floods by the river\n\n12 October 2025\n3 May 1990\n4 June 1980\n\nHundreds of people left their homes.\n",
        &[
            "headline: Dates of the floods by the river (headline)",
            "date: 2025-10-12 (date line)",
            "body: Hundreds of people … homes.",
        ],
    );
}

#[test]
fn dates_that_cannot_be_are_told_and_not_used() {
    check(
        "a.txt",
        "Flood forces hundreds from homes\n\nPublished 31 September 2025\n\nHundreds of people left their homes.\n",
        &[
            "headline: Flood forces hundreds from homes (headline)",
            "warning: date line date does not exist",
            "body: Hundreds of people … homes.",
        ],
    );
    check(
        "a.txt",
        "Published 12 October 2031\n\nHundreds of people left their homes.\n",
        &["warning: date line date 2031-10-12 lies in the future", "body: Hundreds of people … homes."],
    );
}

#[test]
fn a_dateline_without_year_and_nothing_else_has_no_date() {
    check(
        "a.txt",
        "MARLOW, England, Oct 12 (AP) — Hundreds of people left their homes.\n",
        &["outlet: Associated Press (dateline)", "place: Marlow (dateline)", "body: MARLOW, England, Oct … homes."],
    );
}

#[test]
fn a_dateline_without_year_takes_it_from_the_folder() {
    check(
        "wires/2024/12/a.txt",
        "MARLOW, England, Dec 30 (AP) — Hundreds of people left their homes.\n",
        &[
            "outlet: Wires (folder)",
            "wire: Associated Press (dateline)",
            "date: 2024-12-30 (dateline)",
            "place: Marlow (dateline)",
            "body: MARLOW, England, Dec … homes.",
        ],
    );
}

#[test]
fn story_marked_below_a_summary() {
    check(
        "a.txt",
        "Flood forces hundreds from homes; \nA river rose by two metres.\n\nABSTRACT.\n\nA river rose.\n\nFULL TEXT.\n\nPARIS — Hundreds \
         of people left their homes.\n",
        &[
            "headline: Flood forces hundreds from homes (headline)",
            "place: Paris (dateline)",
            "body: ABSTRACT. A river … homes.",
        ],
    );
}

#[test]
fn other_languages() {
    check(
        "a.txt",
        "МОСКВА, 27 фев 2024 - РИА Новости. Река поднялась на два метра, сообщили власти.\n",
        &[
            "outlet: RIA Novosti (dateline)",
            "date: 2024-02-27 (dateline)",
            "place: Москва (dateline)",
            "body: МОСКВА, 27 фев … власти.",
        ],
    );
    check(
        "a.txt",
        "سیل صدها نفر را آواره کرد\n\nتاریخ انتشار: ۲۰ مهر ۱۴۰۴\n\nصدها نفر خانه‌های خود را در کنار رودخانه ترک کردند.\n",
        &[
            "headline: سیل صدها نفر را آواره کرد (headline)",
            "date: 2025-10-12 (date line)",
            "body: صدها نفر خانه‌های … کردند.",
        ],
    );
}

#[test]
fn a_headline_alone_is_still_an_article() {
    check("a.txt", "Flood forces hundreds from homes", &["body: Flood forces hundreds … homes"]);
    check("a.txt", "\u{feff}", &["body:  … "]);
    check("a.txt", "", &["body:  … "]);
}

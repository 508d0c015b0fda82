//! How fast files become articles, in bytes and articles a second on one core, for each format.
//!
//! The same invented articles are dressed in every format: `cargo bench --bench parse`. Where the environment variable
//! `NEWSDEX_SHARED` names the folder that holds them, saved pages of real outlets are read, too.

#![allow(missing_docs, reason = "the attribute of the benchmarks makes public items")]

mod support;

use std::fmt::Write as _;
use std::path::PathBuf;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use newsdex::article::Article;
use newsdex::crawl::{RawFile, read, walk};
use newsdex::parse::{page_story, parse};
use support::generator::Generator;

/// Articles of each format; feeds and dumps hold ten in a file.
const ARTICLES: u64 = 200;

const TOGETHER: usize = 10;

fn main() {
    divan::main();
}

fn articles() -> Vec<Article> {
    let generator = Generator::new(support::STEMS);
    (0..ARTICLES).map(|number| generator.article(number).0).collect()
}

/// `text` as XML and HTML spell it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn headline(article: &Article) -> String {
    article.headline.as_ref().map_or(String::new(), |field| escaped(&field.value))
}

fn date(article: &Article) -> String {
    article.date.as_ref().map_or(String::new(), |date| date.value.day.to_string())
}

/// The paragraphs of `article`, each between the tags of `element`.
fn paragraphs(article: &Article, element: &str) -> String {
    let paragraphs = article.body().split("\n\n").map(escaped);
    let dressed: Vec<String> = paragraphs.map(|paragraph| format!("<{element}>{paragraph}</{element}>\n")).collect();
    dressed.concat()
}

fn page(article: &Article) -> String {
    let (headline, date, story) = (headline(article), date(article), paragraphs(article, "p"));
    let mut links = String::new();
    for number in 0..120 {
        let _ = write!(links, "<li class=\"menu-item\"><a href=\"/section/{number}\">Section {number}</a></li>");
    }
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>{headline} | Paper</title><meta property=\"article:published_time\" \
         content=\"{date}\"><meta property=\"og:title\" content=\"{headline}\"></head><body><nav><ul>{links}</ul></nav>\
         <article><h1>{headline}</h1>{story}</article><aside><ul>{links}</ul></aside><footer>© Paper</footer></body></html>"
    )
}

fn nitf(article: &Article) -> String {
    format!(
        "<?xml version=\"1.0\"?><nitf><head><docdata><date.issue norm=\"{}\"/></docdata></head><body><body.head><hedline>\
         <hl1>{}</hl1></hedline></body.head><body.content>{}</body.content></body></nitf>",
        date(article),
        headline(article),
        paragraphs(article, "p")
    )
}

fn newsml_g2(articles: &[Article]) -> String {
    let items = articles.iter().map(|article| {
        format!(
            "<newsItem guid=\"a\" version=\"1\"><itemMeta><itemClass qcode=\"ninat:text\"/><versionCreated>{}</versionCreated>\
             </itemMeta><contentMeta><headline>{}</headline></contentMeta><contentSet><inlineXML><html><body>{}</body></html>\
             </inlineXML></contentSet></newsItem>",
            date(article),
            headline(article),
            paragraphs(article, "p")
        )
    });
    format!("<newsMessage><itemSet>{}</itemSet></newsMessage>", items.collect::<String>())
}

fn rss(articles: &[Article]) -> String {
    let items = articles.iter().map(|article| {
        format!(
            "<item><title>{}</title><pubDate>{}</pubDate><content:encoded><![CDATA[{}]]></content:encoded></item>",
            headline(article),
            date(article),
            paragraphs(article, "p")
        )
    });
    let items: String = items.collect();
    format!("<rss xmlns:content=\"c\"><channel><title>Paper</title>{items}</channel></rss>")
}

fn json_lines(articles: &[Article]) -> String {
    let lines = articles.iter().map(|article| {
        let value = serde_json::json!({
            "type": "text", "headline": headline(article), "versioncreated": date(article), "body_text": article.body(),
        });
        format!("{value}\n")
    });
    lines.collect()
}

fn wire_text(article: &Article) -> String {
    let lines: Vec<String> = article.body().split("\n\n").map(|paragraph| format!("   {paragraph}\r\n")).collect();
    let story = lines.concat();
    format!("\u{1}eca062 4 i 211 dpa 061\r\n\r\n\u{2}{} =\r\n\r\n{story}\u{3}131137 GMT Nov 13\r\n", headline(article))
}

/// The folder of saved pages, where the machine has it.
fn saved_pages() -> Option<PathBuf> {
    let folder = PathBuf::from(std::env::var_os("NEWSDEX_SHARED")?).join("data/html/bodies");
    folder.is_dir().then_some(folder)
}

/// The saved pages, in memory.
fn saved() -> Vec<RawFile> {
    let pages = walk(&saved_pages().into_iter().collect::<Vec<_>>(), &[]).filter_map(Result::ok);
    let html = pages.filter(|file| file.path.extension().is_some_and(|ending| ending == "html"));
    html.map(|file| read(&file).expect("a saved page can be read")).collect()
}

/// Files of one format, with a name that fits it.
fn files(format: &str) -> Vec<RawFile> {
    let articles = articles();
    let one = |name: &str, dress: fn(&Article) -> String| {
        articles.iter().map(|article| RawFile::new(name, dress(article).into_bytes())).collect()
    };
    let many = |name: &str, dress: fn(&[Article]) -> String| {
        articles.chunks(TOGETHER).map(|articles| RawFile::new(name, dress(articles).into_bytes())).collect()
    };
    match format {
        "html" => one("a.html", page),
        "nitf" => one("a.xml", nitf),
        "newsml-g2" => many("a.xml", newsml_g2),
        "rss" => many("a.xml", rss),
        "json lines" => many("a.jsonl", json_lines),
        "iptc 7901" => one("a.txt", wire_text),
        SAVED => saved(),
        _ => one("a.txt", |article| article.text.clone()),
    }
}

const FORMATS: &[&str] = &["text", "html", "nitf", "newsml-g2", "rss", "json lines", "iptc 7901"];

const SAVED: &str = "saved html";

/// The formats, and the saved pages where there are any.
fn formats() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().copied().chain(saved_pages().map(|_| SAVED))
}

fn web_pages() -> impl Iterator<Item = &'static str> {
    formats().filter(|format| format.ends_with("html"))
}

fn bytes(files: &[RawFile]) -> BytesCount {
    BytesCount::new(files.iter().map(|file| file.bytes.len()).sum::<usize>())
}

/// From bytes in memory to articles.
#[divan::bench(args = formats())]
fn parsed(bencher: Bencher<'_, '_>, format: &str) {
    let files = files(format);
    let read = || files.iter().map(|file| parse(file).articles.len()).sum::<usize>();
    let articles = read() as u64;
    assert!(articles == ARTICLES || format == SAVED, "each article is read back");
    bencher.counter(bytes(&files)).counter(ItemsCount::new(articles)).bench(read);
}

/// From the text of web pages to that of their stories: the body extractor alone.
#[divan::bench(args = web_pages())]
fn story_alone(bencher: Bencher<'_, '_>, format: &str) {
    let files = files(format);
    let pages: Vec<_> = files.iter().map(|file| String::from_utf8_lossy(&file.bytes)).collect();
    bencher
        .counter(bytes(&files))
        .counter(ItemsCount::new(pages.len()))
        .bench(|| pages.iter().map(|page| page_story(page).len()).sum::<usize>());
}

/// From a folder on disk to articles.
#[divan::bench(args = FORMATS)]
fn crawled_and_parsed(bencher: Bencher<'_, '_>, format: &str) {
    let files = files(format);
    let folder = tempfile::tempdir().expect("a folder for the files");
    for (number, file) in files.iter().enumerate() {
        let path = folder.path().join(format!("{number:04}-{}", file.path));
        std::fs::write(path, &file.bytes).expect("the file can be written");
    }
    let roots = [folder.path().to_path_buf()];
    bencher.counter(bytes(&files)).counter(ItemsCount::new(ARTICLES)).bench(|| {
        let found = walk(&roots, &[]).filter_map(Result::ok);
        found.filter_map(|file| read(&file).ok()).map(|file| parse(&file).articles.len()).sum::<usize>()
    });
}

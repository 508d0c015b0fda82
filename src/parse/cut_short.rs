//! Files that end before their text does: a download that broke off leaves half a story, which reads like a whole one.

use super::database;
use super::format::Format;
use super::markup::{self, Piece};
use crate::article::Warning;

/// The warning for a text that ends in the middle of `what`.
pub(super) fn warning(what: &str) -> Warning {
    Warning::new(format!("cut short: the file ends in the middle of {what}"))
}

/// The warning for the last article of a file of this `format` that holds `text`, where the file is cut short.
///
/// JSON and tables tell it of their items.
pub(super) fn of_file(format: Format, text: &str) -> Option<Warning> {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || c == '\0');
    match format {
        Format::Html => is_cut_page(text).then(|| warning("the page")),
        Format::Rtf => is_cut_group(text).then(|| warning("the text")),
        Format::Nitf | Format::NewsMl | Format::NewsMlG2 | Format::Feed | Format::Xml => {
            let root = open_root(text)?;
            Some(warning(&format!("its element `{root}`")))
        }
        _ => None,
    }
}

/// The warning for the last article of the part of a feed that ends a file, where `text` is cut short.
pub(super) fn of_items(text: &str) -> Option<Warning> {
    let text = text.trim_end();
    let name = text.strip_suffix('>').and_then(|rest| rest.rsplit(['/', ':']).next());
    let is_whole = text.ends_with("/>") || matches!(name.map(str::trim_end), Some("item" | "entry"));
    (!is_whole).then(|| warning("an item"))
}

/// True for a page that does not say that it ends, and does end inside of a tag, of a sentence, or of an element that has to
/// be closed, or that the page closes everywhere else. Whoever writes pages may leave out the ends of the page, of its body
/// and of paragraphs, and many leave out others, but then end with an element.
fn is_cut_page(text: &str) -> bool {
    if text.ends_with('>') {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    let has = |tag: &str| lower.contains(tag);
    let is_open = (has("<html") || has("<body")) && !has("</html") && !has("</body");
    is_open && (ends_in_tag(text) || breaks_off(text) || leaves_open(text) || leaves_paragraph(text))
}

/// True for a text whose last `<` begins a tag that nothing closes.
fn ends_in_tag(text: &str) -> bool {
    let last = text.rfind('<').map(|at| &text[at + 1..]);
    last.is_some_and(|tag| {
        !tag.contains('>') && tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!')
    })
}

/// Least words of a last line that has to end as sentences do: below a story, shorter ones name the paper and the year.
const SENTENCE: usize = 12;

/// True where the text behind the last tag is running text, and its last sentence does not end.
fn breaks_off(text: &str) -> bool {
    let last = text.rsplit('>').next().unwrap_or(text).trim_end();
    let closes = last.ends_with(|c: char| !c.is_alphanumeric() && !matches!(c, ',' | ';' | '-' | '–' | '—' | '&'));
    !closes && last.split_whitespace().nth(SENTENCE - 1).is_some()
}

/// Elements that have to be closed.
const CLOSED: &[&str] = &["article", "div", "main", "section", "table", "ul", "ol", "blockquote"];

/// True for a text with more of such elements opened than closed.
fn leaves_open(text: &str) -> bool {
    let (opened, closed) = count(text, CLOSED);
    opened > closed
}

/// True for a page that closes each of its paragraphs but the last: that one would be closed, too. Where none is closed, the
/// last may be whole; so may the line on the paper and the year, which is not by the hand that wrote the rest.
fn leaves_paragraph(text: &str) -> bool {
    let (opened, closed) = count(text, &["p"]);
    let last = text.rsplit('>').next().unwrap_or(text).trim().replace("&copy;", "©");
    let ends = last.ends_with(['.', '!', '?', '"', '”', '’', '»', ')']);
    closed > 0 && opened == closed + 1 && !ends && !database::is_rights(&last)
}

/// How many of such elements `text` opens, and how many it closes.
fn count(text: &str, names: &[&str]) -> (usize, usize) {
    markup::pieces(text).fold((0, 0), |(opened, closed), piece| match piece {
        Piece::Open(tag) if !tag.is_closed() && markup::is_one_of(tag.name, names) => (opened + 1, closed),
        Piece::Close(name) if markup::is_one_of(name, names) => (opened, closed + 1),
        _ => (opened, closed),
    })
}

/// True for rich text with more braces that open than that close.
fn is_cut_group(text: &str) -> bool {
    let (mut depth, mut escaped) = (0_i64, false);
    for byte in text.bytes() {
        match byte {
            b'\\' if !escaped => {
                escaped = true;
                continue;
            }
            b'{' if !escaped => depth += 1,
            b'}' if !escaped => depth -= 1,
            _ => {}
        }
        escaped = false;
    }
    depth > 0
}

/// The name of the root element of `xml` where nothing closes it.
fn open_root(xml: &str) -> Option<&str> {
    let root = markup::pieces(xml).find_map(|piece| match piece {
        Piece::Open(tag) => Some(tag),
        _ => None,
    })?;
    let closes = format!("</{}", root.name);
    (!root.is_closed() && !xml.contains(&closes)).then_some(root.name)
}

#[cfg(test)]
mod tests {
    use super::super::sample::check;

    const BODY: &str = "Hundreds of people left their homes on Sunday, as the river rose over its banks, and the mayor said that \
        the bridge is shut until the";

    #[test]
    fn half_a_page_is_told_from_a_page_that_closes_nothing() {
        let fields = "- | - | - | - | - | - | en | -";
        let page = format!("<html><body><p>{BODY}");
        check("a.html", &page, &[fields, BODY, "warning: cut short: the file ends in the middle of the page"]);
        check(
            "a.html",
            format!("{page}<a hre"),
            &[fields, BODY, "warning: cut short: the file ends in the middle of the page"],
        );
        check("a.html", format!("{page}</p>"), &[fields, BODY]);
        check("a.html", format!("{page}</body> end"), &[fields, BODY]);
        // The page and its body need not be closed.
        let whole = format!("{BODY} morning.");
        check("a.html", format!("<html><body><p>{whole}"), &[fields, &whole]);
        check("a.html", format!("<html><body><p>{whole}<p>© 2025 The Harrow Gazette"), &[fields, &whole]);
        // Where they are, a page that ends early in one is cut short.
        let early = ["<p>The mayor", "<p>The mayor of <b>Harrow</b>, who", "<p>A man"];
        for early in early {
            let page = format!("<html><body><h1>River rises</h1><p>{whole}</p>{early}");
            let told = super::of_file(super::Format::Html, &page).map(|warning| warning.to_string());
            assert_eq!(told.as_deref(), Some("cut short: the file ends in the middle of the page"), "{early}");
            let open = page.replace("</p>", "");
            assert_eq!(super::of_file(super::Format::Html, &open), None, "{early}");
        }
        let rights = format!("<html><body><p>{whole}</p><p>&copy; 2025 The Harrow Gazette");
        assert_eq!(super::of_file(super::Format::Html, &rights), None);
        check("a.html", format!("<html><body><p>{whole}</p>© 2025 The Harrow Gazette"), &[fields, &whole]);
        // But other elements do.
        check(
            "a.html",
            format!("<html><body><div><p>{whole}"),
            &[fields, &whole, "warning: cut short: the file ends in the middle of the page"],
        );
    }

    #[test]
    fn half_an_element_is_told() {
        let nitf = format!("<nitf><body><body.content><p>{BODY}");
        check(
            "a.xml",
            nitf,
            &[
                "- | - | - | - | - | - | en | -",
                BODY,
                "warning: cut short: the file ends in the middle of its element `nitf`",
            ],
        );
        let feed = format!("<feed><entry><title>River rises</title><content>{BODY}");
        check(
            "a.xml",
            feed,
            &[
                "!/1: River rises | - | - | - | - | - | en | -",
                BODY,
                "warning: cut short: the file ends in the middle of its element `feed`",
            ],
        );
    }

    #[test]
    fn half_a_group_is_told() {
        let rtf = format!("{{\\rtf1 {BODY}");
        let fields = "- | - | - | - | - | - | en | -";
        check("a.rtf", &rtf, &[fields, BODY, "warning: cut short: the file ends in the middle of the text"]);
        check("a.rtf", format!("{rtf}}}"), &[fields, BODY]);
    }

    #[test]
    fn the_last_item_of_a_long_feed_may_be_cut() {
        assert_eq!(super::of_items("<item>a</item>\n"), None);
        assert_eq!(super::of_items("<a:entry>a</a:entry >"), None);
        let told = super::of_items("<item>a</item><item><p>b</p>").map(|warning| warning.to_string());
        assert_eq!(told.as_deref(), Some("cut short: the file ends in the middle of an item"));
    }
}

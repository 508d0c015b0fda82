//! Files that end before their text does: a download that broke off leaves half a story, which reads like a whole one.

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

/// True for a page that opens its body, never closes it, and ends in a text or a tag. Many pages close nothing, but end
/// with an element.
fn is_cut_page(text: &str) -> bool {
    if text.ends_with('>') {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    let has = |tag: &str| lower.contains(tag);
    (has("<html") || has("<body")) && !has("</html") && !has("</body")
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

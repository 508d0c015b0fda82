//! What a file holds, told by its first characters; its name's ending is often wrong or absent.

use crate::crawl::assignment;

use super::{anpa, clip, database, mail, markup, proquest, rows, zczc};

/// Format of a text file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Plain,
    Rtf,
    Html,
    Json,
    Table,
    Mail,
    Xml,
    Nitf,
    NewsMl,
    NewsMlG2,
    Feed,
    Anpa,
    Zczc,
    Sgml,
    Database,
    ProQuest,
}

impl Format {
    /// What reports call it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain text",
            Self::Rtf => "rich text",
            Self::Html => "web page",
            Self::Json => "JSON",
            Self::Table => "table",
            Self::Mail => "mail",
            Self::Xml => "XML",
            Self::Nitf => "NITF",
            Self::NewsMl => "NewsML 1",
            Self::NewsMlG2 => "NewsML-G2",
            Self::Feed => "RSS or Atom",
            Self::Anpa => "IPTC 7901 or ANPA wire text",
            Self::Zczc => "ZCZC wire text",
            Self::Sgml => "SGML",
            Self::Database | Self::ProQuest => "export of a news database",
        }
    }

    /// Format of `text`, of a file called `path`, and what tells it.
    pub(super) fn of(path: &str, text: &str) -> (Self, &'static str) {
        if anpa::is_wire(text) {
            return (Self::Anpa, "its control characters or its header line");
        }
        if zczc::is_message(text) {
            return (Self::Zczc, "its first characters");
        }
        let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        match of_root(text) {
            Some(format) => (format, "its root element"),
            None => of(path, text),
        }
    }
}

/// The format whose root element opens `text`.
fn of_root(text: &str) -> Option<Format> {
    if !text.starts_with('<') {
        return None;
    }
    let root = markup::pieces(text).find_map(|piece| match piece {
        markup::Piece::Open(tag) => Some(tag.name),
        _ => None,
    })?;
    let name = root.rsplit(':').next().unwrap_or(root).to_ascii_lowercase();
    Some(match name.as_str() {
        "nitf" => Format::Nitf,
        "newsml" => Format::NewsMl,
        "newsmessage" | "newsitem" | "packageitem" | "conceptitem" | "knowledgeitem" | "planningitem"
        | "catalogitem" => Format::NewsMlG2,
        "rss" | "feed" | "rdf" => Format::Feed,
        "html" => Format::Html,
        _ => return None,
    })
}

/// The encoding that a page or an XML file declares in its first lines.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<&str> {
    let head = &bytes[..bytes.len().min(4096)];
    if !head.trim_ascii_start().starts_with(b"<") {
        return None;
    }
    let lower = head.to_ascii_lowercase();
    let finds = |label: &[u8]| memchr::memmem::find(&lower, label).map(|at| at + label.len());
    let begin = finds(b"charset=").or_else(|| finds(b"encoding="))?;
    let rest = &head[begin..];
    let quotes = rest.iter().take_while(|byte| matches!(byte, b'"' | b'\'' | b' ')).count();
    let name = &rest[quotes..];
    let end = name.iter().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':')).count();
    std::str::from_utf8(&name[..end]).ok().filter(|name| !name.is_empty())
}

fn of(path: &str, text: &str) -> (Format, &'static str) {
    let head = clip::head(text, 4096);
    let lower = head.to_ascii_lowercase();
    let ending = path.rsplit(['/', '.']).next().unwrap_or("").to_ascii_lowercase();
    let has = |tags: &[&str]| tags.iter().any(|tag| lower.contains(tag));
    let format = if lower.starts_with("{\\rtf") {
        Format::Rtf
    } else if lower.starts_with("<!doctype lewis") || (lower.starts_with("<reuters") && has(&["newid"])) {
        // Its items have a BODY too.
        Format::Sgml
    } else if lower.starts_with("<?xml") && !has(&["<html", "<!doctype html"]) {
        Format::Xml
    } else if lower.starts_with("<!doctype html")
        || has(&["<html", "<head>", "<body", "<head "]) && lower.starts_with('<')
    {
        Format::Html
    } else if lower.starts_with("<!doctype ") && !has(&["html"]) {
        Format::Xml
    } else if lower.starts_with('<') && matches!(ending.as_str(), "html" | "htm" | "xhtml") {
        return (Format::Html, "its name");
    } else if is_element(text) {
        Format::Xml
    } else if is_json(head) {
        Format::Json
    } else if mail::is_message(head) {
        Format::Mail
    } else if matches!(ending.as_str(), "csv" | "tsv" | "tab" | "psv") || rows::is_table(head) {
        Format::Table
    } else if database::is_export(text) {
        Format::Database
    } else if proquest::is_export(text) {
        Format::ProQuest
    } else {
        return (Format::Plain, "nothing in it says otherwise");
    };
    (format, "its first characters")
}

/// True for a text that is one element, from its first character to its last.
fn is_element(text: &str) -> bool {
    let name = text.strip_prefix('<').unwrap_or("");
    let name = &name[..name.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b":_.-".contains(byte)).count()];
    let end = text.trim_end().strip_suffix('>').and_then(|rest| rest.trim_end().strip_suffix(name));
    !name.is_empty() && end.is_some_and(|rest| rest.ends_with("</"))
}

/// An object or a list of objects: an opening brace or bracket, then a quoted key; or nothing but brackets and figures.
fn is_json(head: &str) -> bool {
    let head = &head[assignment(head.as_bytes())..];
    let is_list = head.starts_with('[') && head.len() > 64;
    if is_list && head.bytes().take(64).all(|byte| byte.is_ascii_digit() || b"[]{},\" \r\n\t".contains(&byte)) {
        return true;
    }
    let inner = head.strip_prefix('[').map_or(head, str::trim_start);
    inner.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(['"', '}']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_declared_in_the_first_lines() {
        assert_eq!(
            declared_encoding(b"<meta http-equiv=x content='text/html; charset=ISO-8859-1'>"),
            Some("ISO-8859-1")
        );
        assert_eq!(declared_encoding(b"<?xml version='1.0' encoding='koi8-r'?>"), Some("koi8-r"));
        assert_eq!(declared_encoding(b"The charset=utf-16 of a text"), None);
    }

    #[test]
    fn formats_are_told_by_content() {
        for (text, expect) in [
            ("The river rose.", Format::Plain),
            ("{\\rtf1 The river rose.}", Format::Rtf),
            ("\u{feff}\n<!DOCTYPE html><p>The river rose.", Format::Html),
            ("<?xml version='1.0'?><html xmlns='x'>", Format::Html),
            ("<?xml version='1.0'?><!-- <rss> --><nitf xmlns='x'><head>", Format::Nitf),
            ("<!DOCTYPE NewsML [ <!ENTITY % a SYSTEM 'b'> %a; ]>\n<NewsML>", Format::NewsMl),
            ("<g2:newsMessage xmlns:g2='x'>", Format::NewsMlG2),
            ("<rss><item><![CDATA[<html><body>]]>", Format::Feed),
            ("<?xml version='1.0'?><weather>", Format::Xml),
            ("{\"title\": \"River\"}", Format::Json),
            ("[ {\"title\": \"River\"}]", Format::Json),
            ("[Editor's note] The river rose.", Format::Plain),
            ("window.YTD.tweets.part0 = [\n{\"tweet\" : {}}]", Format::Json),
            ("window.YTD.tweets = 1;", Format::Plain),
            ("<!DOCTYPE lewis SYSTEM 'lewis.dtd'><BODY>", Format::Sgml),
            ("<b>River</b> rises", Format::Plain),
            ("<groupSet root='G1'><group/></groupSet>\n", Format::Xml),
        ] {
            assert_eq!(Format::of("story", text).0, expect, "{text}");
        }
    }
}

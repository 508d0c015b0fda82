//! Pages that a browser saved with all that belongs to them in one file (MHTML, RFC 2557): a message by its form.

use mail_parser::{Message, MessagePart, MimeHeaders as _, PartType};

use crate::crawl::{RawFile, Told};

/// The page that `message` from the file at `path` holds, with the address that it was saved from; `None` for a letter.
///
/// The message tells when and by what program the page was saved; when it was published, and by whom, the page tells.
pub(super) fn page(path: &str, message: &Message<'_>) -> Option<RawFile> {
    let saved = message.header("Snapshot-Content-Location").and_then(|value| value.as_text());
    let (part, html) = message.parts.iter().find_map(|part| match &part.body {
        PartType::Html(html) => Some((part, html)),
        _ => None,
    })?;
    let is_page = message.content_type().is_some_and(|kind| kind.subtype() == Some("related"));
    let address = saved.or_else(|| location(part).filter(|_| is_page))?.trim();
    let address = address.starts_with("http").then(|| address.to_owned());
    let told = Told { address, ..Told::default() };
    Some(RawFile { path: path.to_owned(), bytes: html.as_bytes().to_vec(), told })
}

/// Where `part` was fetched from.
fn location<'a>(part: &'a MessagePart<'_>) -> Option<&'a str> {
    part.content_location().filter(|location| location.contains("://"))
}

#[cfg(test)]
mod tests {
    use super::super::sample::check;

    const PAGE: &str = "<html><head><title>River rises</title><meta name=3D\"date\" content=3D\"2025-10-12\"></head>\
        <body><p>Hundreds of people left their homes on Sunday, as the river rose over its banks, and the mayor said \
        that the bridge was shut until the water falls.</p></body></html>";

    fn saved(header: &str, location: &str) -> String {
        format!(
            "From: <Saved by Blink>\r\n{header}Subject: River rises\r\nDate: Mon, 13 Oct 2025 10:00:00 -0000\r\n\
             MIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n--b\r\n\
             Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n{location}\r\n{PAGE}\r\n--b\r\n\
             Content-Type: text/css\r\nContent-Location: cid:css@mhtml.blink\r\n\r\nbody {{ color: red }}\r\n--b\r\n\
             Content-Type: text/html\r\nContent-Location: https://ads.example/\r\n\r\n<p>Buy it now.</p>\r\n--b--\r\n"
        )
    }

    #[test]
    fn one_page_is_one_article() {
        let body = "Hundreds of people left their homes on Sunday, as the river rose over its banks, and the mayor said that \
            the bridge was shut until the water falls.";
        let fields = "River rises | Valley Times | - | 2025-10-12 | - | - | en | -";
        let address = "https://www.valleytimes.example/2025/10/12/river";
        for (header, location) in [
            (format!("Snapshot-Content-Location: {address}\r\n"), String::new()),
            (String::new(), format!("Content-Location: {address}\r\n")),
        ] {
            check("a.mhtml", saved(&header, &location), &[fields, body]);
        }
        let fields = "River rises | - | - | 2025-10-12 | - | - | en | -";
        check("a.mht", saved("", "Content-Location: file:///C:/river.html\r\n"), &[fields, body]);
    }
}

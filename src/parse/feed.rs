//! RSS 0.9 to 2.0, Atom and `WordPress` exports (WXR): each item an article.

use chrono::NaiveDate;

use super::draft::Draft;
use super::format::declared_encoding;
use super::xml::{self, Node};
use super::{Parsed, markup, reject, text};
use crate::article::{Article, Origin, Warning};
use crate::crawl::{Part, SkipReason, closing_tags, decode};

/// Reads the items of the feed at `path` that holds `text`, or of the `part` of one, on `today`; each article's path ends
/// in `!/` and the item's place in the file, from 1.
pub(super) fn read(path: &str, text: &str, part: Option<&Part>, today: NaiveDate) -> Parsed {
    match part {
        None => xml::with_root(text, |root| items(path, root, 0, today)),
        Some(part) => {
            let head = decode(&part.head, declared_encoding(&part.head)).text;
            let whole = [&head, text, &closing_tags(&head)].concat();
            xml::with_root(&whole, |root| items(path, root, part.before, today))
        }
    }
}

/// Reads the items of a feed whose root is `root`; so many stand `before` them.
fn items(path: &str, root: Node<'_, '_>, before: usize, today: NaiveDate) -> Parsed {
    // RSS 0.9 and 1.0 have their items beside the channel, RSS 2.0 inside it; an Atom feed is its own channel.
    let channel = xml::first(root, "channel").unwrap_or(root);
    let is_item = |node: &Node<'_, '_>| xml::is(*node, "item") || xml::is(*node, "entry");
    let items = root.children().chain(channel.children().filter(|_| channel != root)).filter(is_item);
    let channel = Channel::of(channel);
    let (mut parsed, mut empty, mut other) = (Parsed::default(), 0, 0);
    for (at, item) in items.enumerate() {
        let item = Item { item, channel: &channel };
        let path = format!("{path}!/{}", before + at + 1);
        if !item.is_story() {
            other += 1;
            parsed.pass_over(path, OTHER);
        } else if let Some(article) = item.article(&path, today) {
            parsed.articles.push(article);
        } else {
            empty += 1;
            parsed.pass_over(path, EMPTY);
        }
    }
    reject(&mut parsed.rejected, empty, "item", EMPTY);
    reject(&mut parsed.rejected, other, "item", OTHER);
    if parsed.articles.is_empty() && parsed.rejected.is_empty() {
        parsed.rejected.push(SkipReason::NoArticle("a feed without items".into()));
    }
    parsed
}

/// What an item is that gives no article.
const EMPTY: &str = "without a text";
const OTHER: &str = "that are attachments, menus or the like";

/// What a feed says of all its items; read once, as its items may be its neighbours and many.
struct Channel {
    title: Option<String>,
    /// Tags, the most trusted first.
    languages: Vec<String>,
}

impl Channel {
    fn of(channel: Node<'_, '_>) -> Self {
        let declared = xml::attribute(channel, "lang").map(str::to_owned);
        let languages = ["language", "lang"].into_iter().filter_map(|name| xml::value(channel, name));
        let title = xml::value(channel, "title").map(|title| markup::text(&title));
        Self { title, languages: declared.into_iter().chain(languages).collect() }
    }
}

struct Item<'a, 'i> {
    item: Node<'a, 'i>,
    channel: &'a Channel,
}

/// A summary of at least so many characters is taken for the whole text: many feeds have no other place for it.
const WHOLE: usize = 600;

/// Kinds of `WordPress` posts that are written to be read.
const STORIES: &[&str] = &["post", "page", "article", "story", "news", "blog"];

impl Item<'_, '_> {
    fn value(&self, name: &str) -> Option<String> {
        xml::value(self.item, name)
    }

    /// False for what a `WordPress` export holds beside its posts.
    fn is_story(&self) -> bool {
        self.value("post_type").is_none_or(|kind| STORIES.iter().any(|story| kind.contains(story)))
    }

    fn article(&self, path: &str, today: NaiveDate) -> Option<(Article, Vec<Warning>)> {
        let (text, is_summary) = self.text()?;
        let mut draft = Draft::new(path, text, today);
        if is_summary {
            draft.warnings.push(Warning::new("only a summary: the feed does not carry the text"));
        }
        if let Some(title) = self.value("title") {
            draft.see_headline_field(&markup::text(&title));
        }
        self.address(&mut draft);
        draft.see_path();
        self.outlet(&mut draft);
        self.dates(&mut draft);
        self.authors(&mut draft);
        self.identity(&mut draft);
        let own = xml::attribute(self.item, "lang");
        let languages = own.into_iter().chain(self.channel.languages.iter().map(String::as_str));
        languages.for_each(|tag| draft.see_language_field(tag));
        text::fields(&mut draft);
        Some(draft.finish())
    }

    /// The running text, and whether it is only a summary.
    fn text(&self) -> Option<(String, bool)> {
        // `content:encoded` of RSS and `content` of Atom have one local name each; media elements have another form.
        let full = ["encoded", "content", "body", "full-text", "fulltext"]
            .into_iter()
            .flat_map(|name| xml::all(self.item, name));
        let full = full.filter(|node| !is_excerpt(*node)).map(held).find(|text| is_prose(text, 2));
        if let Some(text) = full {
            return Some((text, false));
        }
        let brief =
            ["description", "summary", "subtitle", "encoded"].into_iter().flat_map(|name| xml::all(self.item, name));
        let brief = brief.map(held).max_by_key(String::len).filter(|text| is_prose(text, 5))?;
        let cut = ["…", "...", "[…]", "[...]"].into_iter().any(|end| brief.trim_end().ends_with(end));
        let whole = brief.chars().count() >= WHOLE && !cut;
        Some((brief, !whole))
    }

    fn address(&self, draft: &mut Draft) {
        let links = || xml::all(self.item, "link").into_iter();
        let own = |node: &Node<'_, '_>| matches!(xml::attribute(*node, "rel"), None | Some("alternate"));
        let atom = links().filter(own).filter_map(|node| xml::attribute(node, "href").map(str::to_owned));
        let permanent = xml::all(self.item, "guid")
            .into_iter()
            .filter(|guid| xml::attribute(*guid, "isPermaLink") != Some("false"));
        let told = self
            .value("origLink")
            .into_iter()
            .chain(atom)
            .chain(links().map(xml::words))
            .chain(permanent.map(xml::words));
        let address =
            told.into_iter().find(|address| address.starts_with("http://") || address.starts_with("https://"));
        if let Some(address) = address {
            draft.see_address(&address, Origin::Metadata, None);
        }
    }

    /// The source of an item that a feed took from elsewhere, else the feed itself, by its name or its address.
    fn outlet(&self, draft: &mut Draft) {
        let source = self.value("source/title").or_else(|| self.value("source"));
        if let Some(name) = source {
            draft.see_outlet_field(&name);
        }
        if let Some(name) = self.value("publisher") {
            draft.see_outlet_field(&name);
        }
        if let Some(title) = &self.channel.title {
            draft.see_feed_title(title);
        }
    }

    fn dates(&self, draft: &mut Draft) {
        let first = ["pubDate", "published", "issued", "post_date_gmt", "date", "created", "post_date"];
        let later = ["updated", "modified"];
        let claims = first.iter().map(|name| (name, 1.0)).chain(later.iter().map(|name| (name, 0.7)));
        for (name, confidence) in claims {
            if let Some(date) = self.value(name) {
                draft.see_date_field(&date, confidence);
            }
        }
    }

    fn authors(&self, draft: &mut Draft) {
        for creator in xml::all(self.item, "creator") {
            draft.see_byline_field(&xml::words(creator));
        }
        for author in xml::all(self.item, "author") {
            let name = xml::value(author, "name").unwrap_or_else(|| xml::words(author));
            draft.see_byline_field(&without_mail(&name));
        }
    }

    fn identity(&self, draft: &mut Draft) {
        let guid = self.value("guid").or_else(|| self.value("id"));
        if let Some(guid) = guid {
            draft.see_guid(&guid);
        }
        if let Some(status) =
            self.value("status").filter(|status| matches!(status.as_str(), "draft" | "private" | "trash" | "pending"))
        {
            draft.warnings.push(Warning::new(format!("its status is {status}")));
        }
    }
}

/// True for the excerpt that `WordPress` exports in the same element as the text, in another namespace.
fn is_excerpt(node: Node<'_, '_>) -> bool {
    node.tag_name().namespace().is_some_and(|namespace| namespace.contains("excerpt"))
}

/// The running text in `node`: XHTML as elements, or HTML or text as a string.
fn held(node: Node<'_, '_>) -> String {
    if node.descendants().skip(1).any(|node| node.is_element()) {
        return xml::story(node);
    }
    let raw = node.text().unwrap_or("");
    // WordPress stores paragraphs without their tags, apart by empty lines; so do feeds of plain text.
    let untagged = !raw.contains("<p") && !raw.contains("<P") && raw.contains("\n\n") || raw.contains("\r\n\r\n");
    if !untagged {
        return xml::marked_up(raw);
    }
    let lines = raw.replace("\r\n", "\n");
    let parts = lines.split("\n\n").map(xml::marked_up).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("\n\n")
}

/// True for a text of at least `words` words, or of some letters in a script without spaces.
fn is_prose(text: &str, words: usize) -> bool {
    text.split_whitespace().nth(words - 1).is_some()
        || text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).nth(9).is_some()
}

/// The name in "jane@valley.example (Jane Doe)", as RSS has it.
fn without_mail(author: &str) -> String {
    let inner = author.split_once('(').and_then(|(_, rest)| rest.split(')').next());
    match inner {
        Some(name) if author.contains('@') => name.trim().to_owned(),
        _ if author.contains('@') => {
            author.split_whitespace().filter(|word| !word.contains('@')).collect::<Vec<_>>().join(" ")
        }
        _ => author.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::check;

    fn rss(items: &str) -> String {
        format!(
            "<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' \
             xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:wp='http://wordpress.org/export/1.2/' \
             xmlns:excerpt='http://wordpress.org/export/1.2/excerpt/'><channel><title>Valley News</title>\
             <link>https://valley.example</link><language>en-GB</language>{items}</channel></rss>"
        )
    }

    const ITEM: &str = "<title>River &amp;amp; rain</title><link>https://valley.example/2024/05/04/river</link>\
        <guid isPermaLink='false'>riv-1</guid><dc:creator>Jane Doe</dc:creator>\
        <pubDate>Sat, 04 May 2024 10:00:00 +0200</pubDate>";

    const FIELDS: &str = "River & rain | Valley News | - | 2024-05-04T10:00:00+02:00 | Jane Doe | - | en | riv-1";

    #[test]
    fn items_carry_their_text_in_several_ways() {
        for content in [
            "<description>Rain.</description><content:encoded><![CDATA[<p>The river rose.</p><p>It fell.</p>]]></content:encoded>",
            "<content:encoded>The river rose.\n\nIt fell.</content:encoded><excerpt:encoded>Rain</excerpt:encoded>",
            "<content:encoded>&lt;p&gt;The river rose.&lt;p&gt;It fell.</content:encoded>",
        ] {
            let xml = rss(&format!("<item>{ITEM}{content}</item>"));
            check("a.xml", xml, &[&format!("!/1: {FIELDS}"), "The river rose.\n\nIt fell."]);
        }
    }

    #[test]
    fn a_summary_is_marked_and_an_empty_item_is_told() {
        let items = format!(
            "<item>{ITEM}<description>The river rose by a metre.</description></item><item>{ITEM}</item>\
             <item><wp:post_type>attachment</wp:post_type></item>"
        );
        check(
            "a.xml",
            rss(&items),
            &[
                &format!("!/1: {FIELDS}"),
                "The river rose by a metre.",
                "warning: only a summary: the feed does not carry the text",
                "no article: 1 item without a text",
                "no article: 1 item that are attachments, menus or the like",
            ],
        );
        check("a.xml", rss(""), &["no article: a feed without items"]);
    }

    #[test]
    fn atom_and_rss_1_are_read_too() {
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title>Valley News</title><entry><id>riv-1</id>\
            <title type='html'>River &amp;amp; rain</title><link rel='edit' href='https://a.example/edit'/>\
            <link href='https://valley.example/river'/><published>2024-05-04T10:00:00+02:00</published>\
            <updated>2024-05-05T10:00:00+02:00</updated><author><name>Jane Doe</name></author>\
            <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>The river rose.</p><p>It fell.</p></div></content></entry></feed>";
        check("a.xml", atom, &[&format!("!/1: {FIELDS}"), "The river rose.\n\nIt fell."]);
        let rdf = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' \
            xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>Valley News</title><dc:language>en</dc:language>\
            </channel><item><title>River rises</title><link>https://valley.example/river</link><dc:date>2024-05-04</dc:date>\
            <description>The river rose by a metre.</description></item></rdf:RDF>";
        let fields = "!/1: River rises | Valley News | - | 2024-05-04 | - | - | en | -";
        check(
            "a.xml",
            rdf,
            &[fields, "The river rose by a metre.", "warning: only a summary: the feed does not carry the text"],
        );
    }

    #[test]
    fn a_year_may_have_two_digits() {
        let item = ITEM.replace("04 May 2024 10:00:00 +0200", "4 May 24 10:00 CEST");
        let xml = rss(&format!("<item>{item}<content:encoded>The river rose.</content:encoded></item>"));
        check("a.xml", xml, &[&format!("!/1: {FIELDS}"), "The river rose."]);
    }

    #[test]
    fn a_mail_address_is_no_author() {
        assert_eq!(super::without_mail("jane@valley.example (Jane Doe)"), "Jane Doe");
        assert_eq!(super::without_mail("Jane Doe <jane@valley.example>"), "Jane Doe");
        assert_eq!(super::without_mail("jane@valley.example"), "");
    }
}

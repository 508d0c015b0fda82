//! What a web page says of itself: JSON-LD, meta tags, microdata, time elements, its own headline.

use super::json_ld::{self, Linked};
use super::markup::{self, Piece, Tag};
use super::table::squeeze;

/// The fields that a page tells, each from the most trusted place.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Head {
    pub(super) headline: Option<String>,
    pub(super) address: Option<String>,
    /// Names of the outlet, the most trusted first.
    pub(super) outlet: Vec<String>,
    /// Dates of publication with how sure they are, the most trusted first.
    pub(super) dates: Vec<(String, f32)>,
    pub(super) authors: Vec<String>,
    pub(super) language: Option<String>,
    /// The story as JSON-LD repeats it.
    pub(super) story: Option<String>,
    /// What the page says that it is about, in a sentence or two.
    pub(super) summary: Option<String>,
}

/// Reads the page `html`.
pub(super) fn read(html: &str) -> Head {
    let mut scan = Scan::default();
    for piece in markup::pieces(html) {
        scan.piece(piece);
    }
    let scripts: Vec<&str> = scan.scripts.iter().map(String::as_str).collect();
    let linked = json_ld::read(&scripts);
    scan.head(linked)
}

/// What is kept of an element's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Keep {
    Title,
    Headline,
    ItemHeadline,
    Author,
    Byline,
    ItemDate,
    Date,
}

/// An element whose text is being read.
#[derive(Debug)]
struct Open {
    keep: Keep,
    name: String,
    depth: usize,
    text: String,
}

impl Open {
    /// Parts two pieces of its text: a tag stands between them.
    fn part(&mut self) {
        if !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }
}

#[derive(Debug, Default)]
struct Scan {
    metas: Vec<(String, String)>,
    scripts: Vec<String>,
    in_json: bool,
    canonical: Option<String>,
    language: Option<String>,
    found: Vec<(Keep, String)>,
    open: Vec<Open>,
}

/// Elements read at once, and longest text of each in bytes: more is no field.
const LIMITS: (usize, usize) = (6, 400);

/// Most fields of one page that are kept: beyond that, it is a list of articles.
const FIELDS: usize = 400;

impl Scan {
    fn piece(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Text(text) if self.in_json => self.scripts.push(text.to_owned()),
            Piece::Text(text) => {
                for open in self.open.iter_mut().filter(|open| open.text.len() < LIMITS.1) {
                    open.text.push_str(&markup::decode(super::clip::head(text, LIMITS.1)));
                }
            }
            Piece::Open(tag) => self.tag(tag),
            Piece::Close(name) => self.close(name),
        }
    }

    fn tag(&mut self, tag: Tag<'_>) {
        self.in_json = tag.is(&["script"])
            && tag.attribute("type").is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"));
        for open in &mut self.open {
            open.depth += usize::from(open.name.eq_ignore_ascii_case(tag.name));
            open.part();
        }
        if tag.is(&["meta"]) {
            self.meta(tag);
        } else if tag.is(&["link"]) && tag.attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) {
            self.canonical = self.canonical.take().or_else(|| tag.attribute("href").map(std::borrow::Cow::into_owned));
        } else if tag.is(&["html"]) {
            self.language = self.language.take().or_else(|| {
                tag.attribute("lang").or_else(|| tag.attribute("xml:lang")).map(std::borrow::Cow::into_owned)
            });
        } else if let Some(keep) = keeps(tag) {
            self.keep(keep, tag);
        }
    }

    fn meta(&mut self, tag: Tag<'_>) {
        let name = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|key| tag.attribute(key));
        if let (Some(name), Some(content)) = (name, tag.attribute("content"))
            && !content.trim().is_empty()
            && self.metas.len() < FIELDS
        {
            self.metas.push((name.trim().to_ascii_lowercase(), content.trim().to_owned()));
        }
    }

    fn keep(&mut self, keep: Keep, tag: Tag<'_>) {
        let value =
            ["datetime", "content"].iter().find_map(|key| tag.attribute(key)).filter(|value| !value.trim().is_empty());
        if let Some(value) = value.filter(|_| self.found.len() < FIELDS) {
            self.found.push((keep, value.into_owned()));
        } else if self.open.len() < LIMITS.0 && !markup::is_one_of(tag.name, &["input", "img", "br", "hr"]) {
            self.open.push(Open { keep, name: tag.name.to_owned(), depth: 1, text: String::new() });
        }
    }

    fn close(&mut self, name: &str) {
        self.in_json = false;
        for open in &mut self.open {
            open.depth -= usize::from(open.depth > 0 && open.name.eq_ignore_ascii_case(name));
            open.part();
        }
        while let Some(at) = self.open.iter().position(|open| open.depth == 0) {
            let open = self.open.remove(at);
            let text = open.text.split_whitespace().collect::<Vec<_>>().join(" ");
            if !text.is_empty() && self.found.len() < FIELDS {
                self.found.push((open.keep, text));
            }
        }
    }

    /// The content of the first meta tag with one of `names`, which are tried in order.
    fn meta_of(&self, names: &[&str]) -> Option<String> {
        names
            .iter()
            .find_map(|name| self.metas.iter().find(|(other, _)| other == name))
            .map(|(_, content)| content.clone())
    }

    fn texts(&self, keep: Keep) -> impl Iterator<Item = &String> {
        self.found.iter().filter(move |(other, _)| *other == keep).map(|(_, text)| text)
    }

    fn head(&self, linked: Linked) -> Head {
        Head {
            headline: self.headline(&linked),
            address: self.address(),
            outlet: self.outlet(&linked),
            dates: self.dates(&linked),
            authors: self.authors(&linked),
            language: linked
                .language
                .clone()
                .or_else(|| self.language.clone())
                .or_else(|| self.meta_of(&["og:locale", "content-language", "language"])),
            summary: self.meta_of(&["og:description", "description", "twitter:description", "dc.description"]),
            story: linked.story.map(|story| markup::text(&story)),
        }
    }

    fn address(&self) -> Option<String> {
        let absolute = |address: &String| address.starts_with("http");
        let canonical = self.canonical.clone().filter(absolute);
        canonical.or_else(|| self.meta_of(&["og:url", "twitter:url", "parsely-link"]).filter(absolute))
    }

    fn headline(&self, linked: &Linked) -> Option<String> {
        let sites = self.sites(linked);
        let told = linked.headline.as_ref().map(|text| markup::decode(text).into_owned());
        let shared = self.meta_of(TITLES);
        let item = || self.texts(Keep::ItemHeadline).next().cloned();
        let mut own = self.texts(Keep::Headline);
        let only = own.next().filter(|_| own.next().is_none()).cloned();
        let title = || self.texts(Keep::Title).next().map(|title| without_site(title, &sites));
        match (told.or_else(|| shared.clone()), only) {
            // Copies for other sites are cut short: the page's own headline is whole.
            (Some(told), Some(only)) if is_cut(&told) && same_words(&told, &only) => Some(only),
            // Search engines are often given another headline than readers are.
            (Some(_), Some(only)) if shared.is_some_and(|shared| only == without_site(&shared, &sites)) => Some(only),
            (Some(told), _) => Some(without_site(&told, &sites)),
            (None, only) => item().or(only).or_else(title),
        }
    }

    fn sites(&self, linked: &Linked) -> Vec<String> {
        linked.publisher.iter().cloned().chain(self.site_name(&["og:site_name", "application-name"])).collect()
    }

    /// The site's name in one of the meta tags `names`, without the sign of its account in a social network.
    fn site_name(&self, names: &[&str]) -> Option<String> {
        let name = self.meta_of(names)?;
        Some(name.strip_prefix('@').map(str::to_owned).unwrap_or(name))
    }

    fn outlet(&self, linked: &Linked) -> Vec<String> {
        let site = self
            .site_name(&["og:site_name"])
            .or_else(|| self.site_name(&["application-name", "dc.publisher", "dcterms.publisher", "copyright"]));
        linked.publisher.iter().cloned().chain(site).filter(|name| !name.contains("://") && name.len() < 80).collect()
    }

    fn dates(&self, linked: &Linked) -> Vec<(String, f32)> {
        let mut dates: Vec<(String, f32)> = Vec::new();
        dates.extend(linked.published.iter().map(|date| (date.clone(), 1.0)));
        dates.extend(self.meta_of(PUBLISHED).map(|date| (date, 0.98)));
        dates.extend(self.meta_of(DATED).map(|date| (date, 0.93)));
        dates.extend(self.texts(Keep::ItemDate).take(1).map(|date| (date.clone(), 0.9)));
        dates.extend(self.texts(Keep::Date).filter(|text| has_date(text)).take(1).map(|date| (date.clone(), 0.75)));
        dates.extend(linked.modified.iter().cloned().chain(self.meta_of(MODIFIED)).take(1).map(|date| (date, 0.5)));
        dates
    }

    fn authors(&self, linked: &Linked) -> Vec<String> {
        // Some sites name themselves as the author of everything.
        let sites = self.sites(linked);
        let is_site = |name: &String| sites.iter().any(|site| squeeze(site) == squeeze(name));
        if linked.authors.iter().any(|name| !is_site(name)) {
            return linked.authors.clone();
        }
        let metas = || AUTHORS.iter().map(|name| self.authors_in(name)).find(|names| !names.is_empty());
        let shown = |keep: Keep| self.texts(keep).filter(|text| text.len() < 80).take(4).cloned().collect::<Vec<_>>();
        let byline = || shown(Keep::Byline).into_iter().take(1).collect();
        let places = [metas().unwrap_or_default(), shown(Keep::Author), byline()];
        let named = places.into_iter().find(|names| names.iter().any(|name| !is_site(name)));
        named.unwrap_or_else(|| linked.authors.clone())
    }

    fn authors_in(&self, meta: &str) -> Vec<String> {
        let named = self.metas.iter().filter(|(name, value)| name == meta && !value.contains("://"));
        named.map(|(_, value)| value.clone()).collect()
    }
}

/// Names of the meta tags that hold the headline, the most trusted first.
const TITLES: &[&str] = &["og:title", "twitter:title", "parsely-title", "sailthru.title", "dcterms.title", "dc.title"];

/// Names of the meta tags that hold the date of publication, the most trusted first.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "dcterms.created",
    "dcterms.issued",
    "dc.date.issued",
    "dc.date.created",
    "citation_publication_date",
    "citation_online_date",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "published-date",
    "article.published",
    "cxenseparse:recs:publishtime",
    "og:published_time",
    "rnews:datepublished",
    "originalpublicationdate",
    "article_date_original",
];

/// Names of the meta tags that hold the date of publication on some sites, and that of the last change on others.
const DATED: &[&str] = &["dcterms.date", "dc.date", "date", "citation_date"];

/// Names of the meta tags that hold the date of the last change.
const MODIFIED: &[&str] =
    &["article:modified_time", "og:updated_time", "dcterms.modified", "last-modified", "datemodified"];

/// Names of the meta tags that hold writers, the most trusted first.
const AUTHORS: &[&str] = &[
    "author",
    "article:author",
    "parsely-author",
    "byl",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "og:article:author",
];

/// What is kept of the text of `tag`'s element.
fn keeps(tag: Tag<'_>) -> Option<Keep> {
    if tag.is(&["h1"]) {
        return Some(Keep::Headline);
    }
    if tag.is(&["title"]) {
        return Some(Keep::Title);
    }
    let item = tag.attribute("itemprop");
    match item.as_deref() {
        Some("headline") => return Some(Keep::ItemHeadline),
        Some("datePublished" | "dateCreated") => return Some(Keep::ItemDate),
        Some("author") => return Some(Keep::Author),
        _ => {}
    }
    if tag.is(&["a"])
        && tag
            .attribute("rel")
            .is_some_and(|rel| rel.split_whitespace().any(|word| word.eq_ignore_ascii_case("author")))
    {
        return Some(Keep::Author);
    }
    if tag.is(&["time"]) {
        let first = tag.attribute("pubdate").is_some();
        return Some(if first { Keep::ItemDate } else { Keep::Date });
    }
    let class = tag.attribute("class").or_else(|| tag.attribute("id"))?.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| class.contains(word));
    // Teasers of other stories and comments are dated too.
    if tag.is(&["body", "html", "article", "section", "main", "script", "ul"]) || has(&["teaser", "comment", "related"])
    {
        return None;
    }
    match () {
        () if has(&["byline", "author-name", "author_name", "article-author"]) => Some(Keep::Byline),
        () if has(&[
            "date",
            "pubtime",
            "timestamp",
            "published",
            "posted",
            "entry-meta",
            "post-meta",
            "article-meta",
            "post-info",
        ]) =>
        {
            Some(Keep::Date)
        }
        () => None,
    }
}

fn has_date(text: &str) -> bool {
    use super::calendar::Reading;
    super::date::find(text).is_some_and(|found| matches!(found.reading, Reading::Day(_) | Reading::Ambiguous { .. }))
}

/// True for a headline that breaks off.
fn is_cut(headline: &str) -> bool {
    headline.ends_with('…') || headline.ends_with("...")
}

/// True where one of two headlines is the beginning of the other, letters compared without case.
pub(super) fn same_words(left: &str, right: &str) -> bool {
    let (left, right) = (squeeze(left), squeeze(right));
    let shared = left.len().min(right.len());
    shared >= 12 && left.as_bytes()[..shared] == right.as_bytes()[..shared]
}

/// A title without the site's name behind it: "River rises | Valley Times".
fn without_site(title: &str, sites: &[String]) -> String {
    let cut = [" | ", " - ", " – ", " — ", " :: ", " » ", " · "]
        .iter()
        .filter_map(|mark| title.rfind(mark).map(|at| (at, mark.len())))
        .max();
    let Some((at, length)) = cut else { return title.to_owned() };
    let (before, after) = (&title[..at], &title[at + length..]);
    let squeezed = squeeze(after);
    let site = sites.iter().any(|site| {
        let site = squeeze(site);
        !site.is_empty() && (squeezed.contains(&site) || site.contains(&squeezed))
    });
    let known = super::outlet::named(after).is_some() || super::outlet::of_domain_name(after);
    if (site || known || title[at..].starts_with(" | ")) && before.split_whitespace().count() >= 2 {
        before.trim().to_owned()
    } else {
        title.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PAGE: &str = r#"<html lang="en-GB"><head><title>River rises | Valley Times</title>
        <link rel="canonical" href="https://www.valleytimes.example/2025/10/12/river">
        <meta property="og:site_name" content="Valley Times"><meta name="author" content="Jane Doe &amp; Ann Roe">
        <meta property="article:published_time" content="2025-10-12T08:00:00Z"></head>
        <body><h1>River <b>rises</b></h1><time datetime="2025-10-13">yesterday</time></body></html>"#;

    #[test]
    fn meta_tags_and_elements() {
        let head = read(PAGE);
        assert_eq!(head.headline.as_deref(), Some("River rises"));
        assert_eq!(head.address.as_deref(), Some("https://www.valleytimes.example/2025/10/12/river"));
        assert_eq!(head.outlet, ["Valley Times"]);
        assert_eq!(head.authors, ["Jane Doe & Ann Roe"]);
        assert_eq!(head.dates, [("2025-10-12T08:00:00Z".to_owned(), 0.98), ("2025-10-13".to_owned(), 0.75)]);
        assert_eq!(head.language.as_deref(), Some("en-GB"));
    }

    #[test]
    fn an_account_is_named_without_its_sign() {
        let head = read("<meta property='og:site_name' content='@valleytimes'>");
        assert_eq!(head.outlet, ["valleytimes"]);
    }

    #[test]
    fn a_title_loses_its_site() {
        let check = |title: &str, expect: &str| assert_eq!(without_site(title, &["Valley Times".into()]), expect);
        check("River rises - Valley Times", "River rises");
        check("River rises - again", "River rises - again");
        check("River rises in the north - The Guardian", "River rises in the north");
    }

    proptest! {
        #[test]
        fn any_page_ends(html in "(<(meta|time|h1|title|script|a|span)( (name|class|rel|datetime|content|type)=\"[a-z+/é]{0,9}\")*>|</(h1|title|script|a)>|[a-zé<>\"]{0,9}){0,30}") {
            read(&html);
        }
    }
}

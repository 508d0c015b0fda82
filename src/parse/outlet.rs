//! Who published an article: by site, by folder or file name, by a line of its own.

use super::agency;
use super::place::{self, Rank};
use super::table::{Table, fold, squeeze};
use super::url;
use crate::article::{Field, Origin};

/// Sites, some with the first part of the path, and the outlet's usual name.
static SITES: Table = Table::new(include_str!("tables/outlets.tsv"));

/// Outlets' names, short names and sites' names, squeezed.
static NAMES: Table = Table::new(include_str!("tables/outlet_slugs.tsv"));

/// The outlet whose site `address` is on: by the table, else spelled out of the site's name with less confidence.
pub(super) fn of_address(address: &str) -> Option<Field<String>> {
    let host = url::host(address);
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let path = url::path(address);
    let section = path.trim_start_matches('/').split(['/', '?', '#']).next().unwrap_or("");
    let registered = registrable(host);
    if registered.is_empty() {
        let known = SITES.get(&format!("{host}/{section}")).or_else(|| SITES.get(host))?;
        return Some(Field::new(known.to_owned(), Origin::Url));
    }
    let mut site = host;
    loop {
        let known = SITES.get(&format!("{site}/{section}")).or_else(|| SITES.get(site));
        if let Some(name) = known {
            let below = host[..host.len() - site.len()].trim_end_matches('.');
            let confidence = match below {
                "" => 1.0,
                _ if VARIANTS.contains(&below) => 0.9,
                // A sub-site that no table knows may be a paper of its own: what the page calls itself is surer.
                _ => 0.85,
            };
            return Some(Field::new(name.to_owned(), Origin::Url).sure(confidence));
        }
        if site.len() <= registered.len() {
            break;
        }
        site = site.split_once('.').map_or("", |(_, rest)| rest);
    }
    // "a.com" and its like stand for sites that do not exist.
    let is_name = |label: &&str| label.len() > 1 && label.chars().any(char::is_alphabetic);
    let label = registered.split('.').next().filter(is_name)?;
    registered.contains('.').then(|| Field::new(spelled(label), Origin::Url).sure(0.5))
}

/// Below a site: its own pages for other devices and editions.
const VARIANTS: &[&str] = &[
    "amp", "beta", "cdn", "edition", "en", "feeds", "m", "mobile", "news", "rss", "wap", "web", "ww2", "www1", "www2",
];

/// Hosts under which many publish, each under a name of its own: the private part of the list of public suffixes
/// (publicsuffix.org), and others that give every customer a subdomain.
const HOSTERS: &[&str] = &[
    "altervista.org",
    "beehiiv.com",
    "blog.ir",
    "blogfa.com",
    "blogs.com",
    "blogsky.com",
    "canalblog.com",
    "eklablog.com",
    "ghost.io",
    "github.io",
    "gitlab.io",
    "hatenablog.com",
    "herokuapp.com",
    "home.blog",
    "jimdo.com",
    "jimdofree.com",
    "jimdosite.com",
    "livejournal.com",
    "mihanblog.com",
    "neocities.org",
    "netlify.app",
    "over-blog.com",
    "pages.dev",
    "squarespace.com",
    "substack.com",
    "tistory.com",
    "tripod.com",
    "tumblr.com",
    "typepad.com",
    "ucoz.ru",
    "vercel.app",
    "web.app",
    "webnode.com",
    "webnode.page",
    "weebly.com",
    "wixsite.com",
    "wordpress.com",
];

/// Hosts under which many publish and whose subdomains or paths name nobody: networks, stores of files, archives of
/// scanned papers, chains of papers under one roof.
const CARRIERS: &[&str] = &[
    "amazonaws.com",
    "ampproject.org",
    "appspot.com",
    "azurewebsites.net",
    "cloudfront.net",
    "docs.google.com",
    "drive.google.com",
    "facebook.com",
    "feedburner.com",
    "googleusercontent.com",
    "instagram.com",
    "issuu.com",
    "linkedin.com",
    "medium.com",
    "mihomepaper.com",
    "newsmemory.com",
    "nwaonline.com",
    "reddit.com",
    "scribd.com",
    "sites.google.com",
    "stparchive.com",
    "t.me",
    "telegra.ph",
    "timesreview.com",
    "translate.goog",
    "twitter.com",
    "villagesoup.com",
    "x.com",
    "youtube.com",
];

/// The labels of `host` that one publisher has: "example.co.uk" of "news.example.co.uk", "somebody.wordpress.com" of
/// itself. Empty for the site of a hoster, which is nobody's.
fn registrable(host: &str) -> &str {
    let within = |suffix: &str| host.strip_suffix(suffix).filter(|below| below.is_empty() || below.ends_with('.'));
    if CARRIERS.iter().any(|carrier| within(carrier).is_some()) {
        return "";
    }
    let site = url::registrable(host);
    // "blogspot.com", "blogspot.co.uk" and so on.
    let blogspot = site.starts_with("blogspot.").then_some(site);
    let Some(hoster) = HOSTERS.iter().copied().find(|hoster| within(hoster).is_some()).or(blogspot) else {
        return site;
    };
    let below = host[..host.len() - hoster.len()].trim_end_matches('.');
    if below.is_empty() { "" } else { &host[below.rfind('.').map_or(0, |dot| dot + 1)..] }
}

/// The usual name of the outlet that calls itself `name`, in any spelling: "wash-post", "THE GUARDIAN".
pub(super) fn named(name: &str) -> Option<&'static str> {
    if name.len() > 80 {
        return None;
    }
    let squeezed = squeeze(name);
    let short = squeezed.strip_prefix("the").unwrap_or(&squeezed);
    NAMES.get(&squeezed).or_else(|| NAMES.get(short)).or_else(|| SITES.get(name))
}

/// True for the name of a site that the table knows, such as "nytimes.com".
pub(super) fn of_domain_name(name: &str) -> bool {
    let host = url::host(name.trim());
    SITES.get(host.strip_prefix("www.").unwrap_or(&host)).is_some()
}

/// The outlet that a folder or file is named after: by the table, else the name made readable, with less confidence.
pub(super) fn of_slug(slug: &str, origin: Origin) -> Field<String> {
    if let Some(name) = named(slug) {
        return Field::new(name.to_owned(), origin).sure(0.9);
    }
    match agency::named(&slug.to_uppercase()) {
        Some(name) => Field::new(name.to_owned(), origin).sure(0.8),
        None => Field::new(spelled(slug), origin).sure(0.5),
    }
}

/// Words that many outlets' names are made of, for sites that run them together.
const WORDS: &[&str] = &[
    "age",
    "agency",
    "alliance",
    "argus",
    "asia",
    "banner",
    "beacon",
    "blog",
    "bulletin",
    "business",
    "channel",
    "chronicle",
    "citizen",
    "city",
    "courier",
    "current",
    "daily",
    "democrat",
    "dispatch",
    "echo",
    "economic",
    "english",
    "enquirer",
    "enterprise",
    "evening",
    "examiner",
    "express",
    "fm",
    "free",
    "gazette",
    "globe",
    "guardian",
    "herald",
    "independent",
    "info",
    "inquirer",
    "insider",
    "international",
    "journal",
    "leader",
    "ledger",
    "live",
    "local",
    "mail",
    "media",
    "mirror",
    "monitor",
    "morning",
    "my",
    "nation",
    "national",
    "network",
    "new",
    "news",
    "observer",
    "of",
    "on",
    "online",
    "pan",
    "people",
    "plus",
    "post",
    "press",
    "radio",
    "record",
    "register",
    "report",
    "reporter",
    "republic",
    "review",
    "room",
    "standard",
    "star",
    "sun",
    "sunday",
    "telegraph",
    "the",
    "time",
    "times",
    "today",
    "tribune",
    "tv",
    "union",
    "valley",
    "view",
    "vision",
    "visions",
    "voice",
    "watch",
    "week",
    "weekly",
    "wire",
    "world",
];

/// A site's or folder's name as words: "panamadailystar" becomes "Panama Daily Star".
fn spelled(name: &str) -> String {
    let pieces = name.split(['-', '_', '.', ' ']).filter(|piece| !piece.is_empty());
    let words = pieces.flat_map(segments);
    let mut spelled = String::with_capacity(name.len());
    for word in words {
        let first = spelled.is_empty();
        // Persian joins two nouns by an "e" that belongs to the first: "Payam-e Aftab".
        let joins = matches!(word, "e" | "ye") && !first;
        spelled.push_str(if first {
            ""
        } else if joins {
            "-"
        } else {
            " "
        });
        spelled.push_str(&if first || !PARTICLES.contains(&word) { capital(word) } else { word.to_owned() });
    }
    spelled
}

/// Words that names spell small inside: "Diario de Cuyo", "Frankfurter Allgemeine und Neue Presse".
const PARTICLES: &[&str] = &[
    "and", "da", "das", "de", "del", "della", "dei", "der", "des", "di", "do", "dos", "du", "e", "el", "en", "et",
    "for", "für", "im", "la", "las", "le", "les", "los", "of", "the", "und", "van", "von", "y", "ye",
];

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// `label` cut into known words where all of it is made of them; whole otherwise.
fn segments(label: &str) -> Vec<&str> {
    let whole = vec![label];
    if label.len() > 40 || !label.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return whole;
    }
    // Fewest words win; `best[end]` is the count and where the last word begins.
    let mut best: Vec<Option<(usize, usize)>> = vec![None; label.len() + 1];
    best[0] = Some((0, 0));
    for end in 1..=label.len() {
        for begin in 0..end {
            let Some((count, _)) = best[begin] else { continue };
            let word = &label[begin..end];
            let known = WORDS.contains(&word) || (word.len() >= 4 && place::rank(word) >= Some(Rank::Country));
            if known && best[end].is_none_or(|(least, _)| count + 1 < least) {
                best[end] = Some((count + 1, begin));
            }
        }
    }
    let mut words = Vec::new();
    let mut end = label.len();
    while let Some((_, begin)) = best[end].filter(|_| end > 0) {
        words.push(&label[begin..end]);
        end = begin;
    }
    words.reverse();
    if words.is_empty() { whole } else { words }
}

/// True where `line` is an outlet's name and nothing else, as archives print it above an article.
pub(super) fn whole_line(line: &str) -> Option<&'static str> {
    let words = line.split_whitespace().count();
    let plain = (2..=6).contains(&words) && line.len() <= 60 && !line.contains(['.', ':', '?', '!']);
    let known = plain.then(|| named(line)).flatten()?;
    // The name itself, not a site that happens to squeeze to the same letters.
    (squeeze(known) == squeeze(line) || fold(known).trim_start_matches("the ") == fold(line)).then_some(known)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(address: &str, expect: &str, confidence: f32) {
        let field = of_address(address).unwrap();
        assert_eq!((field.value.as_str(), field.evidence.confidence), (expect, confidence), "{address}");
    }

    #[test]
    fn sites_have_their_usual_name() {
        check("https://www.nytimes.com/2016/09/01/a.html", "The New York Times", 1.0);
        check("https://www.iol.co.za/the-star/news/a", "The Star (South Africa)", 1.0);
        check("https://www.iol.co.za/news/a", "IOL", 1.0);
        check("www.deccanherald.com%2Fnational%2Fa.html", "Deccan Herald", 1.0);
        check("https://amp.theguardian.com/a", "The Guardian", 0.9);
        check("https://somewhere.theguardian.com/a", "The Guardian", 0.85);
    }

    #[test]
    fn other_sites_are_spelled_out() {
        check("https://www.panamadailystar.com/a", "Panama Daily Star", 0.5);
        check("https://news.my-valley-news.co.uk/a", "My Valley News", 0.5);
        check("https://zyxwv.org", "Zyxwv", 0.5);
    }

    #[test]
    fn hosters_are_no_outlets() {
        check("https://desertmessenger.blogspot.com/a", "Desert Messenger", 1.0);
        check("https://zyxwv.wordpress.com/2020/a", "Zyxwv", 0.5);
        check("https://zyxwv.blogspot.co.uk/2020/a", "Zyxwv", 0.5);
        check("https://www.zyxwv.substack.com/p/a", "Zyxwv", 0.5);
        for address in ["https://wordpress.com/a", "https://facebook.com/zyxwv", "https://zyxwv.newsmemory.com/a"] {
            assert_eq!(of_address(address), None, "{address}");
        }
        let mut hosts = HOSTERS.iter().chain(CARRIERS);
        assert_eq!(hosts.find(|host| SITES.get(host).is_some()), None, "the table gives a hoster to one paper");
    }

    #[test]
    fn short_names_are_known() {
        for (slug, name) in [
            ("nyt", "The New York Times"),
            ("wash-post", "The Washington Post"),
            ("huff-post", "HuffPost"),
            ("usa-today", "USA Today"),
            ("politico", "Politico"),
            ("breitbart", "Breitbart"),
            ("west-journal", "The Western Journal"),
            ("TheGuardian", "The Guardian"),
        ] {
            assert_eq!(named(slug), Some(name), "{slug}");
        }
        for (slug, name) in [
            ("my_local-paper", "My Local Paper"),
            ("diario-de-oriana", "Diario de Oriana"),
            ("le-courrier-des-docks", "Le Courrier des Docks"),
            ("payam-e-zardara", "Payam-e Zardara"),
        ] {
            assert_eq!(of_slug(slug, Origin::Folder).value, name, "{slug}");
        }
        assert_eq!(of_slug("ap", Origin::Folder).value, "Associated Press");
        assert_eq!(whole_line("The Washington Post"), Some("The Washington Post"));
        assert_eq!(whole_line("The river rose"), None);
    }

    proptest! {
        #[test]
        fn any_address_has_an_outlet_or_none(address: String) {
            of_address(&address);
            named(&address);
            whole_line(&address);
            spelled(&address);
        }
    }
}

//! `NewsML` 1.0 to 1.2 of the IPTC: items made of components inside components, one story or several in each.

use chrono::NaiveDate;

use super::draft::Draft;
use super::xml::{self, Node};
use super::{Parsed, nitf, text};
use crate::article::{Article, Warning};
use crate::crawl::SkipReason;

/// Reads the items of the file at `path` whose element `NewsML` is `root`, on `today`. Where there are several stories,
/// each one's path ends in `!/` and its number.
pub(super) fn read(path: &str, root: Node<'_, '_>, today: NaiveDate) -> Parsed {
    let items = root.descendants().filter(|node| xml::is(*node, "NewsItem"));
    let (mut stories, mut empty, mut cut) = (Vec::new(), 0, false);
    for item in items {
        let found = Story::all(item);
        empty += usize::from(found.is_empty());
        cut |= Story::contents(item).nth(MOST).is_some();
        stories.extend(found);
    }
    let alone = stories.len() == 1;
    let mut parsed = Parsed::default();
    for (at, story) in stories.iter().enumerate() {
        let path = if alone { path.to_owned() } else { format!("{path}!/{}", at + 1) };
        parsed.articles.push(story.article(&path, root, today));
    }
    if cut {
        let what = format!("a NewsML item of more than {MOST} contents: those behind are passed over");
        parsed.rejected.push(SkipReason::NoArticle(what));
    }
    if empty > 0 || stories.is_empty() {
        let items = if empty == 1 { "item" } else { "items" };
        parsed.rejected.push(SkipReason::NoArticle(format!("{empty} NewsML {items} without a text")));
    }
    parsed
}

/// One story of an item.
struct Story<'a, 'i> {
    item: Node<'a, 'i>,
    /// The component that has the story's headline, or the item's first.
    component: Node<'a, 'i>,
    text: String,
    nitf: Option<Node<'a, 'i>>,
    /// Number of the story in its item, from 1; `None` where it is the only one.
    number: Option<usize>,
}

/// Roles of components that hold running text; headlines, captions, contacts and style sheets have others.
const BODIES: &[&str] = &["", "article", "body", "content", "main", "story", "text"];

/// Roles and media of components whose text only describes something else.
const MEDIA: &[&str] = &["animation", "audio", "caption", "graphic", "image", "photo", "picture", "thumbnail", "video"];

/// Most contents of one item: each is compared with those before it.
const MOST: usize = 200;

impl<'a, 'i> Story<'a, 'i> {
    fn contents(item: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
        item.descendants().filter(|node| xml::is(*node, "ContentItem"))
    }

    /// The stories of `item`, in order: one for each component with a headline of its own and a text.
    fn all(item: Node<'a, 'i>) -> Vec<Self> {
        let mut stories: Vec<Self> = Vec::new();
        for content in Self::contents(item).take(MOST) {
            let Some(component) = owner(content, item) else { continue };
            if is_described(content, component) || inside_other_item(content, item) {
                continue;
            }
            let (text, nitf) = content_text(content);
            let known = stories.iter_mut().find(|story| story.component == component);
            match known {
                _ if text.is_empty() => {}
                // A lead stands before its body; the same text in another format stands there twice.
                Some(story) if is_lead(&story.component, content) => story.text = format!("{}\n\n{text}", story.text),
                Some(_) => {}
                None => stories.push(Self { item, component, text, nitf, number: None }),
            }
        }
        if stories.len() > 1 {
            stories.iter_mut().zip(1..).for_each(|(story, number)| story.number = Some(number));
        }
        stories
    }

    fn article(&self, path: &str, root: Node<'_, '_>, today: NaiveDate) -> (Article, Vec<Warning>) {
        let mut draft = Draft::new(path, self.text.clone(), today);
        draft.see_path();
        let components = self.component.ancestors().take_while(|node| *node != self.item);
        for component in components.filter(|node| xml::is(*node, "NewsComponent")) {
            lines(&mut draft, component);
        }
        self.management(&mut draft);
        if let Some(nitf) = self.nitf {
            nitf::fields(&mut draft, nitf);
        }
        for sender in xml::all(root, "NewsEnvelope/SentFrom/Party") {
            if let Some(name) = xml::attribute(sender, "FormalName") {
                draft.see_outlet_field(name);
            }
        }
        let languages = self.component.ancestors().filter_map(|node| xml::attribute(node, "lang"));
        languages.for_each(|tag| draft.see_language_field(tag));
        text::fields(&mut draft);
        // The text's own dateline is better evidence: this may be the city of the desk.
        for place in self.component.descendants().filter(|node| xml::is(*node, "Property")) {
            if xml::attribute(place, "FormalName") == Some("City")
                && let Some(city) = xml::attribute(place, "Value")
            {
                draft.see_place_field(city);
            }
        }
        draft.finish()
    }

    /// Takes what the item says of its identity and its making.
    fn management(&self, draft: &mut Draft) {
        let value = |path: &str| xml::value(self.item, path);
        let first = value("NewsManagement/FirstCreated");
        let version = value("NewsManagement/ThisRevisionCreated");
        draft.see_created(first.as_deref(), version.as_deref());
        for status in xml::all(self.item, "NewsManagement/Status") {
            if let Some(status) = xml::attribute(status, "FormalName") {
                draft.see_status(status);
            }
        }
        let identifier = |name: &str| value(&format!("Identification/NewsIdentifier/{name}"));
        if let Some(number) = identifier("RevisionId") {
            draft.see_revision(&number);
        }
        if let Some(guid) = guid(identifier) {
            // Stories of one item have the item's identifier in common, but are not versions of each other.
            let number = self.number.map_or(String::new(), |number| format!("#{number}"));
            draft.see_guid(&format!("{guid}{number}"));
        }
        if let Some(site) = identifier("ProviderId") {
            draft.see_outlet_field(&site);
        }
    }
}

/// The identifier that all versions share. The public one ends in the version; some agencies leave out all but their own
/// name, which tells nothing.
fn guid(identifier: impl Fn(&str) -> Option<String>) -> Option<String> {
    let item = identifier("NewsItemId")?;
    // "urn:newsml:", the provider, the day, the item.
    let public = identifier("PublicIdentifier").filter(|public| public.matches(':').count() >= 4);
    let spelled = || {
        let parts = ["ProviderId", "DateId"].into_iter().filter_map(&identifier).collect::<Vec<_>>().join(":");
        format!("urn:newsml:{parts}:{item}")
    };
    let Some(public) = public else { return Some(spelled()) };
    let revision = identifier("RevisionId").unwrap_or_default();
    let bare = public.trim_end_matches(['N', 'U', 'A']).strip_suffix(&revision);
    Some(bare.and_then(|bare| bare.strip_suffix(':')).unwrap_or(&public).to_owned())
}

/// The nearest component around `content` with a headline; else the outermost one of `item`.
fn owner<'a, 'i>(content: Node<'a, 'i>, item: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    let inside = || content.ancestors().take_while(|node| *node != item);
    let components = || inside().filter(|node| xml::is(*node, "NewsComponent"));
    components().find(|node| xml::value(*node, "NewsLines/HeadLine").is_some()).or_else(|| components().last())
}

/// True for content that belongs to an item inside `item`, which is read on its own.
fn inside_other_item(content: Node<'_, '_>, item: Node<'_, '_>) -> bool {
    content.ancestors().find(|node| xml::is(*node, "NewsItem")) != Some(item)
}

fn formal_name<'a>(node: Node<'a, '_>, child: &str) -> &'a str {
    xml::first(node, child).and_then(|child| xml::attribute(child, "FormalName")).unwrap_or("")
}

/// True where `content`, of the story in `component`, is no running text.
fn is_described(content: Node<'_, '_>, component: Node<'_, '_>) -> bool {
    let inner = content.ancestors().take_while(|node| *node != component);
    let roles = inner.filter(|node| xml::is(*node, "NewsComponent")).map(|node| formal_name(node, "Role"));
    let other = |role: &str| !BODIES.iter().chain(&["lead"]).any(|body| role.eq_ignore_ascii_case(body));
    let is_media = |name: &str| MEDIA.iter().any(|media| name.eq_ignore_ascii_case(media));
    let is_style = || formal_name(content, "MimeType") == "text/css";
    roles.into_iter().any(other)
        || is_media(formal_name(component, "Role"))
        || is_media(formal_name(content, "MediaType"))
        || is_style()
}

/// True where the story in `component` so far is only the lead, and `content` is what follows.
fn is_lead(component: &Node<'_, '_>, content: Node<'_, '_>) -> bool {
    let role = |node: Node<'_, '_>| node.parent().map_or("", |parent| formal_name(parent, "Role")).to_lowercase();
    if role(content) != "body" {
        return false;
    }
    let contents = component.descendants().filter(|node| xml::is(*node, "ContentItem"));
    contents.take_while(|node| *node != content).any(|node| role(node) == "lead" && !content_text(node).0.is_empty())
}

/// The running text of a `ContentItem`, and the NITF in it.
fn content_text<'a, 'i>(content: Node<'a, 'i>) -> (String, Option<Node<'a, 'i>>) {
    let Some(held) = xml::first(content, "DataContent").or_else(|| xml::first(content, "Encoding/DataContent")) else {
        return (String::new(), None);
    };
    let nitf = xml::below(held, "nitf");
    (xml::content(held), nitf)
}

/// Takes what stands in the lines and the metadata of `component`.
fn lines(draft: &mut Draft, component: Node<'_, '_>) {
    let value = |path: &str| xml::value(component, path);
    let named = |path: &str| {
        let nodes = xml::all(component, path).into_iter();
        nodes.filter_map(|node| xml::attribute(node, "FormalName")).collect::<Vec<_>>()
    };
    if let Some(line) = value("NewsLines/HeadLine") {
        draft.see_headline_field(&line);
    }
    for line in xml::all(component, "NewsLines/ByLine") {
        draft.see_printed_byline(&xml::words(line));
    }
    if let Some(line) = value("NewsLines/DateLine") {
        draft.see_dateline_field(&line);
        draft.see_place_field(&line);
    }
    for name in named("AdministrativeMetadata/Provider/Party") {
        draft.see_outlet_field(name);
    }
    for name in named("AdministrativeMetadata/Source/Party") {
        draft.see_source_field(name);
    }
    if let Some(line) = value("NewsLines/CreditLine") {
        draft.see_source_field(&line);
    }
    for tag in named("DescriptiveMetadata/Language") {
        draft.see_language_field(tag);
    }
    // Editors sign with their initials; only a name is a byline.
    let authors = named("AdministrativeMetadata/Creator/Party").into_iter().filter(|name| name.contains(' '));
    authors.for_each(|name| draft.see_printed_byline(name));
}

#[cfg(test)]
mod tests {
    use super::super::sample::check;

    fn item(number: u8, component: &str) -> String {
        format!(
            "<NewsItem xml:lang='en'><Identification><NewsIdentifier><ProviderId>valley.example</ProviderId>\
             <DateId>20140829</DateId><NewsItemId>RIV{number}</NewsItemId><RevisionId PreviousRevision='1'>2</RevisionId>\
             <PublicIdentifier>urn:newsml:valley.example:20140829:RIV{number}:2N</PublicIdentifier></NewsIdentifier>\
             </Identification><NewsManagement><FirstCreated>20140829T134951+0200</FirstCreated>\
             <ThisRevisionCreated>20140830T010000+0200</ThisRevisionCreated><Status FormalName='Usable'/></NewsManagement>\
             <NewsComponent>{component}</NewsComponent></NewsItem>"
        )
    }

    fn newsml(items: &str) -> String {
        format!("<?xml version='1.0' encoding='iso-8859-1'?><NewsML Version='1.2'>{items}</NewsML>")
    }

    const LINES: &str = "<NewsLines><HeadLine>River rises</HeadLine><ByLine>by Jane Doe</ByLine>\
        <DateLine>STOCKHOLM, Aug 29, 2014 (AFP) -</DateLine></NewsLines><AdministrativeMetadata><Provider>\
        <Party FormalName='Valley News Service'/></Provider></AdministrativeMetadata>";

    fn content(content: &str) -> String {
        format!("<ContentItem><MediaType FormalName='Text'/><DataContent>{content}</DataContent></ContentItem>")
    }

    const EXPECT: &str = "River rises | Valley News Service | Agence France-Presse | 2014-08-29T13:49:51+02:00 | Jane Doe | \
        Stockholm | en | urn:newsml:valley.example:20140829:RIV1 2";

    #[test]
    fn a_text_in_any_dress() {
        for dressed in [
            "<p>The river rose.</p><p>People left.</p>",
            "<nitf><body><body.content><p>The river rose.</p><p>People left.</p></body.content></body></nitf>",
            "<![CDATA[<P>The river rose.</P>\n<P>People left.</P>]]>",
            "&lt;p&gt;The river rose.&lt;/p&gt;&lt;p&gt;People left.&lt;/p&gt;",
            "\n  The river rose.\n\n  People left.\n",
        ] {
            let xml = newsml(&item(1, &format!("{LINES}{}", content(dressed))));
            check("a.xml", &xml, &[EXPECT, "The river rose.\n\nPeople left."]);
        }
    }

    #[test]
    fn each_language_of_an_item_is_a_story() {
        let component = |language: &str, headline: &str, lead: &str, body: &str| {
            let part = |role: &str, text: &str| {
                format!("<NewsComponent><Role FormalName='{role}'/>{}</NewsComponent>", content(text))
            };
            format!(
                "<NewsComponent xml:lang='{language}'><NewsLines><HeadLine>{headline}</HeadLine></NewsLines>{}{}{}</NewsComponent>",
                part("Title", headline),
                part("Lead", lead),
                part("Body", body)
            )
        };
        let two = component("nl", "Rivier stijgt", "", "De rivier steeg.")
            + &component("fr", "La rivière monte", "Le fleuve.", "Il est monté.");
        let rest = "Valley.example | - | 2014-08-29T13:49:51+02:00 | - | -";
        check(
            "a.xml",
            newsml(&item(1, &two)),
            &[
                &format!(
                    "!/1: Rivier stijgt | {} | nl | urn:newsml:valley.example:20140829:RIV1#1 2",
                    rest.replace("Valley.example", "Valley")
                ),
                "De rivier steeg.",
                &format!(
                    "!/2: La rivière monte | {} | fr | urn:newsml:valley.example:20140829:RIV1#2 2",
                    rest.replace("Valley.example", "Valley")
                ),
                "Le fleuve.\n\nIl est monté.",
            ],
        );
    }

    #[test]
    fn an_item_of_too_many_contents_is_cut() {
        let xml = newsml(&item(1, &format!("{LINES}{}", content("<p>The river rose.</p>").repeat(201))));
        check(
            "a.xml",
            &xml,
            &[
                EXPECT,
                "The river rose.",
                "no article: a NewsML item of more than 200 contents: those behind are passed over",
            ],
        );
    }

    #[test]
    fn items_without_a_text_are_told() {
        let photo = "<ContentItem Href='a.jpg'><MediaType FormalName='Photo'/></ContentItem>";
        let xml = newsml(&(item(1, &format!("{LINES}{}", content("<p>The river rose.</p>"))) + &item(2, photo)));
        check("a.xml", &xml, &[EXPECT, "The river rose.", "no article: 1 NewsML item without a text"]);
        check("a.xml", newsml(""), &["no article: 0 NewsML items without a text"]);
    }
}

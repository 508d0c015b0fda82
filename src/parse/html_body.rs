//! The story of a web page: the element whose paragraphs weigh most, without what stands around and between them.
//!
//! After Readability (arc90, 2009; Mozilla's `Readability.js`): paragraphs give weight to the elements around them by
//! length and commas. Here the page is read in one pass into a flat list of elements, so that no nesting is too deep.

use xxhash_rust::xxh3::xxh3_64;

use super::markup::{self, Lines, Piece, Tag, Unseen};
use super::{boilerplate, set_off};
use crate::article::{Embed, SetOff};
use crate::text::Span;

/// The text of a page's story.
#[derive(Debug, Default)]
pub(super) struct Story {
    /// Paragraphs apart by an empty line; empty where the page has none.
    pub(super) text: String,
    /// The parts of it that the page sets off.
    pub(super) set_off: Vec<SetOff>,
}

/// The story of the page `html`.
pub(super) fn read(html: &str) -> Story {
    let careful = Page::read(html, true).story();
    let length = |story: &Story| story.text.chars().count();
    // Some pages name the element around everything after an advertisement or a menu.
    if length(&careful) >= 400 {
        return careful;
    }
    let bold = Page::read(html, false).story();
    if length(&bold) > length(&careful) * 2 { bold } else { careful }
}

/// All running text of a page that has no story: a short note, a table of results.
pub(super) fn all(html: &str) -> Story {
    Page::read(html, false).text_of(0)
}

/// An element that holds blocks of text.
#[derive(Debug)]
struct Element {
    parent: usize,
    weight: f32,
    /// True for menus, sidebars, captions and the like, and all inside them.
    aside: bool,
    kind: Kind,
    /// Its name and classes, as a number.
    dress: u64,
    /// The element that sets it off, where one does: its number, and as what.
    set_off: Option<(usize, Embed)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Paragraph,
    Heading,
    Item,
    /// A cell of a table, and what lies in it.
    Cell,
    Other,
}

/// A run of text between two block elements.
#[derive(Debug)]
struct Block {
    element: usize,
    text: String,
    /// Bytes of it inside links.
    linked: usize,
}

struct Page {
    elements: Vec<Element>,
    blocks: Vec<Block>,
}

/// Deepest nesting that is told apart, and most elements and blocks: no page of news comes near.
const LIMITS: (usize, usize) = (512, 200_000);

struct Builder<'a> {
    page: Page,
    names: Vec<(String, usize)>,
    line: String,
    linked: usize,
    in_link: bool,
    unseen: Unseen<'a>,
    careful: bool,
}

impl Page {
    fn read(html: &str, careful: bool) -> Self {
        let root = Element { parent: 0, weight: 0.0, aside: false, kind: Kind::Other, dress: 0, set_off: None };
        let page = Self { elements: vec![root], blocks: Vec::new() };
        let mut builder = Builder {
            page,
            names: Vec::new(),
            line: String::new(),
            linked: 0,
            in_link: false,
            unseen: Unseen::default(),
            careful,
        };
        for piece in markup::pieces(html) {
            builder.piece(piece);
        }
        builder.flush();
        builder.page
    }

    fn story(&self) -> Story {
        let weights = self.weights();
        let best = weights.iter().enumerate().skip(1).max_by(|left, right| left.1.total_cmp(right.1));
        let Some((mut top, _)) = best.filter(|(_, weight)| **weight > 0.0) else { return Story::default() };
        // A story cut into several parts lies in an element above the heaviest part. Its other parts have paragraphs of
        // like length; teasers and comments are shorter.
        let mean = |(prose, count): (f32, usize)| prose / count.max(1) as f32;
        let own = self.prose_in(top);
        let mut parent = top;
        for _ in 0..CLIMB {
            parent = self.elements[parent].parent;
            let (inside, around) = (self.prose_in(top), self.prose_in(parent));
            let rest = (around.0 - inside.0, around.1 - inside.1);
            let more = rest.0 > inside.0 * MORE;
            // An element that no paragraph gave weight lies far above all of them: there, the other part must look like
            // the one that was found.
            let near = weights[parent] > 0.0;
            let far = || rest.0 < inside.0 * LARGEST && self.is_like(top, parent, &weights);
            if parent == 0 || (more && (mean(rest) < mean(own) * LIKE || !(near || far()))) {
                break;
            }
            if more {
                top = parent;
            }
        }
        self.text_of(top)
    }

    /// True where the heaviest element in `parent` outside `top` is of the same kind and class as `top`.
    fn is_like(&self, top: usize, parent: usize, weights: &[f32]) -> bool {
        let inside = self.inside(top);
        let others = self.inside(parent).skip(1).filter(|at| !inside.contains(at));
        let heaviest = others.max_by(|left, right| weights[*left].total_cmp(&weights[*right]));
        heaviest.is_some_and(|other| self.elements[other].dress == self.elements[top].dress)
    }

    /// What each element weighs by the paragraphs in it: its own whole, those one level down half, two a quarter.
    fn weights(&self) -> Vec<f32> {
        let mut weights: Vec<f32> = self.elements.iter().map(|element| element.weight).collect();
        let mut touched = vec![false; weights.len()];
        for block in self.blocks.iter().filter(|block| self.is_prose(block)) {
            let score = score(&block.text);
            let kind = self.elements[block.element].kind;
            let mut at = if kind == Kind::Other { block.element } else { self.elements[block.element].parent };
            for share in [1.0, 0.5, 0.25] {
                weights[at] += score * share;
                touched[at] = true;
                if at == 0 {
                    break;
                }
                at = self.elements[at].parent;
            }
        }
        // A promising name alone is no story.
        weights.iter().zip(&touched).map(|(weight, touched)| if *touched { *weight } else { 0.0 }).collect()
    }

    fn is_prose(&self, block: &Block) -> bool {
        let element = &self.elements[block.element];
        let long = match element.kind {
            Kind::Paragraph => 25,
            _ => 80,
        };
        !element.aside
            && element.kind != Kind::Heading
            && block.text.len() >= long
            && block.linked * 3 < block.text.len()
    }

    /// The weight and the number of the paragraphs in `top`.
    fn prose_in(&self, top: usize) -> (f32, usize) {
        let elements = self.inside(top);
        let inside = self.blocks.iter().filter(|block| elements.contains(&block.element) && self.is_prose(block));
        inside.fold((0.0, 0), |(weight, count), block| (weight + score(&block.text), count + 1))
    }

    /// The elements in `top`, and itself: they are numbered in the order in which they open.
    fn inside(&self, top: usize) -> std::ops::Range<usize> {
        let rest = &self.elements[top + 1..];
        let end = rest.iter().position(|element| element.parent < top).unwrap_or(rest.len());
        top..top + 1 + end
    }

    /// `blocks` without the lines between and below paragraphs that belong to no story.
    fn without_boilerplate<'a>(&self, blocks: Vec<&'a Block>) -> Vec<&'a Block> {
        let length: usize = blocks.iter().map(|block| block.text.len()).sum();
        let (mut before, mut invites) = (0, false);
        let keeps = |block: &&Block| {
            let text = &block.text;
            // Invitations stand in the middle, too, but there the story may speak of them.
            let is_tail = before * 5 >= length * 4;
            before += text.len();
            invites |= is_tail && boilerplate::is_invitation(text);
            let is_own = self.elements[block.element].set_off.is_some();
            let to_reader = invites && (boilerplate::is_invitation(text) || boilerplate::is_to_reader(text));
            is_own || !(to_reader || boilerplate::is_credit(text) || boilerplate::is_pointer(text))
        };
        blocks.into_iter().filter(keeps).collect()
    }

    fn text_of(&self, top: usize) -> Story {
        let elements = self.inside(top);
        let inside = |block: &&Block| elements.contains(&block.element) && !self.elements[block.element].aside;
        let blocks = self.without_boilerplate(self.blocks.iter().filter(inside).collect());
        let mut lines = Lines::default();
        let mut parts: Vec<(usize, SetOff)> = Vec::new();
        for (at, block) in blocks.iter().enumerate() {
            let Element { kind, set_off, .. } = self.elements[block.element];
            let linked = block.linked as f32 / block.text.len().max(1) as f32;
            let followed = blocks.get(at + 1).is_some_and(|next| self.elements[next.element].kind != Kind::Heading);
            let keeps = match kind {
                Kind::Paragraph => linked < 0.8 || block.text.len() > 200,
                Kind::Heading => linked < 0.5 && followed,
                Kind::Item | Kind::Cell => linked < 0.5,
                Kind::Other => linked < 0.3 && (block.text.len() >= 40 || set_off.is_some()),
            };
            if keeps {
                let begin = lines.next();
                lines.push(&block.text);
                lines.end();
                if let Some((number, embed)) = set_off {
                    set_off::add(&mut parts, number, SetOff { span: Span::new(begin, lines.len()), embed });
                }
            }
        }
        let text = lines.finish();
        Story { set_off: set_off::of_story(parts, &text), text }
    }
}

/// What a paragraph adds to the elements around it.
fn score(text: &str) -> f32 {
    let commas = text.chars().filter(|c| matches!(c, ',' | '،' | '、' | '，' | ';')).count();
    1.0 + commas as f32 + (text.chars().count() as f32 / 100.0).min(3.0)
}

/// How many levels above the heaviest part the other parts of a story may lie.
const CLIMB: usize = 5;

/// How long, of the story's, the paragraphs of another part of it are at least.
const LIKE: f32 = 0.6;

/// How much, of the story so far, a part of it that lies far away weighs at most: more is another story.
const LARGEST: f32 = 1.5;

/// How much, of the story so far, another part of it weighs at least.
const MORE: f32 = 0.25;

/// Elements that stand around or between stories.
const ASIDES: &[&str] =
    &["aside", "button", "dialog", "figcaption", "figure", "footer", "label", "menu", "nav", "noscript"];

/// Elements whose text belongs to the line around them.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "mark", "meter", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr",
];

/// Elements that hold nothing.
const EMPTY: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Words in an element's class or name that tell what stands around stories.
const AROUND: &[&str] = &[
    "ad",
    "ads",
    "advert",
    "advertisement",
    "advertising",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "byline",
    "caption",
    "comment",
    "comments",
    "cookie",
    "copyright",
    "consent",
    "credit",
    "disqus",
    "footer",
    "gallery",
    "keywords",
    "listing",
    "mailinglist",
    "menu",
    "meta",
    "metadata",
    "modal",
    "mostread",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "outbrain",
    "overlay",
    "pagination",
    "paywall",
    "player",
    "popular",
    "popup",
    "promo",
    "promotion",
    "rating",
    "readmore",
    "recirc",
    "recommended",
    "recommendations",
    "related",
    "share",
    "sharing",
    "sidebar",
    "signup",
    "skip",
    "slideshow",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "tag",
    "tags",
    "taboola",
    "teaser",
    "teasers",
    "timestamp",
    "toolbar",
    "topics",
    "trending",
    "tooltip",
    "widget",
];

/// Words that tell where a story is.
const STORY: &[&str] =
    &["article", "articlebody", "body", "content", "entry", "main", "post", "story", "storybody", "text"];

impl<'a> Builder<'a> {
    fn piece(&mut self, piece: Piece<'a>) {
        if self.unseen.hides(piece) {
            return;
        }
        match piece {
            Piece::Text(text) => self.text(text),
            Piece::Open(tag) => self.open(tag),
            Piece::Close(name) => self.close(name),
        }
    }

    fn text(&mut self, text: &str) {
        let before = self.line.len();
        self.line.push_str(&markup::decode(text));
        self.linked += if self.in_link { self.line.len() - before } else { 0 };
    }

    fn open(&mut self, tag: Tag<'_>) {
        if tag.is(INLINE) {
            self.in_link |= tag.is(&["a"]);
            return;
        }
        self.flush();
        if tag.is(EMPTY) {
            return;
        }
        // A paragraph ends where the next block begins, and list items and cells where the next one does.
        let last = self.names.last().map(|(name, _)| name.as_str());
        if last == Some("p")
            || (tag.is(&["li", "td", "tr", "dd", "dt"]) && last.is_some_and(|last| last.eq_ignore_ascii_case(tag.name)))
        {
            self.names.pop();
        }
        if self.names.len() < LIMITS.0 && self.page.elements.len() < LIMITS.1 {
            let element = self.element(tag);
            self.names.push((tag.name.to_ascii_lowercase(), self.page.elements.len()));
            self.page.elements.push(element);
        }
    }

    fn element(&self, tag: Tag<'_>) -> Element {
        let parent = self.names.last().map_or(0, |(_, element)| *element);
        let kind = match () {
            () if tag.is(&["p", "blockquote", "pre"]) => Kind::Paragraph,
            () if tag.is(&["h1", "h2", "h3", "h4", "h5", "h6"]) => Kind::Heading,
            () if tag.is(&["li", "dd", "dt"]) => Kind::Item,
            () if tag.is(&["td", "th"]) => Kind::Cell,
            () if self.page.elements[parent].kind == Kind::Cell && !tag.is(&["table"]) => Kind::Cell,
            () => Kind::Other,
        };
        let classes = [tag.attribute("class"), tag.attribute("id")]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
            .to_ascii_lowercase();
        let words = || classes.split(|c: char| !c.is_ascii_alphanumeric());
        let large = tag.is(&["html", "body", "main", "article"]);
        // A post of a social network inside the story is part of it.
        let embedded = words().any(|word| word.starts_with("embed"));
        let around = self.careful && !large && !embedded && words().any(|word| AROUND.contains(&word));
        let hidden = tag.attribute("hidden").is_some()
            || tag.attribute("aria-hidden").is_some_and(|value| value == "true")
            || tag.attribute("style").is_some_and(|style| style.replace(' ', "").contains("display:none"));
        // The page's headline is a field of its own. Some pages lie in one large form.
        let around_it = self.page.elements[parent].set_off;
        // Who said it stands in the footer of a block quote.
        let signs = around_it.is_some() && tag.is(&["footer"]);
        let named = tag.is(ASIDES) && !signs || tag.is(&["h1"]) || (self.careful && tag.is(&["form"]));
        let aside = self.page.elements[parent].aside || named || around || (self.careful && hidden);
        let promising = words().any(|word| STORY.contains(&word)) || tag.is(&["article"]);
        let told = tag.attribute("itemprop").is_some_and(|item| item.eq_ignore_ascii_case("articleBody"));
        let weight = if told {
            40.0
        } else if promising && kind == Kind::Other {
            6.0
        } else {
            0.0
        };
        let class = tag.attribute("class").unwrap_or_default();
        let dress = xxh3_64(format!("{} {class}", tag.name).as_bytes());
        let own = self.page.elements.len();
        let set_off = around_it.or_else(|| set_off::embed(tag, &classes).map(|embed| (own, embed)));
        Element { parent, weight, aside, kind, dress, set_off }
    }

    fn close(&mut self, name: &str) {
        if markup::is_one_of(name, INLINE) {
            self.in_link &= !name.eq_ignore_ascii_case("a");
            return;
        }
        self.flush();
        // Pages forget to close elements, and close what they never opened: a few levels up are looked at.
        let found = self.names.iter().rev().take(24).position(|(open, _)| open.eq_ignore_ascii_case(name));
        if let Some(levels) = found {
            self.names.truncate(self.names.len() - levels - 1);
        }
    }

    fn flush(&mut self) {
        let text = self.line.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() && self.page.blocks.len() < LIMITS.1 {
            let element = self.names.last().map_or(0, |(_, element)| *element);
            self.page.blocks.push(Block { element, text, linked: self.linked });
        }
        self.line.clear();
        self.linked = 0;
        self.in_link = false;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_story_stands_alone() {
        let one = "The river rose by two metres on Sunday, and hundreds of people left their homes, officials in the valley said.";
        let two = "More rain was expected in the north of the valley, the weather service said, and the water may rise again.";
        let page = format!(
            "<html><body><nav><ul><li><a href=/>Home</a></li></ul></nav><div class=sidebar><p>{one}</p></div>\
             <article><h1>River rises</h1><div class=share>Share this story with all of your friends, please do so now</div>\
             <p>{one}</p><figure><figcaption>The river</figcaption></figure><h2>Rain</h2><p>{two}</p></article>\
             <footer><p>Copyright, all rights reserved, Valley Times, 2025, and so on and so on.</p></footer></body></html>"
        );
        assert_eq!(read(&page).text, format!("{one}\n\nRain\n\n{two}"));
    }

    #[test]
    fn credits_pointers_and_invitations_are_no_text() {
        let one = "The river rose by two metres on Sunday, and hundreds of people left their homes, officials in the valley said.";
        let two = "More rain was expected in the north of the valley, the weather service said, and the water may rise again.";
        let page = format!(
            "<article><p>© Getty Images HARROW, ENGLAND - The river on Sunday.</p><p>{one}</p><p>{two}</p><p>More on the \
             flood:</p><p>{one}</p><p>Top stories today</p><p>{two}</p><p>Join the Courier WhatsApp community!</p><p>You \
             will get news every day.</p><p>The bridge opens again on Monday.</p><p>Sign up to our newsletter here.</p></article>"
        );
        assert_eq!(read(&page).text, format!("{one}\n\n{two}\n\n{one}\n\n{two}\n\nThe bridge opens again on Monday."));
    }

    /// The parts of the story of `inner` between two paragraphs that are set off, each as "embed: text".
    #[track_caller]
    fn check_set_off(inner: &str, expect: &[&str]) {
        let around = "The river rose by two metres overnight, officials said, and the old bridge was closed to all cars, \
                      lorries and buses until the engineers had looked at each of its pillars.";
        let story = read(&format!("<article><p>{around}</p>{inner}<p>{around}</p></article>"));
        let parts = story.set_off.iter().map(|part| format!("{}: {}", part.embed, part.span.of(&story.text)));
        assert_eq!(parts.collect::<Vec<_>>(), expect, "in {inner:?}");
    }

    #[test]
    fn block_quotes_are_set_off() {
        check_set_off("<p>It rained on the hills.</p>", &[]);
        check_set_off(
            "<blockquote><p>We have been waiting for this bridge.</p><p>It is “new”.</p></blockquote>",
            &["block: We have been waiting for this bridge.\n\nIt is “new”."],
        );
        check_set_off(
            "<blockquote><p>We waited for this bridge.</p><footer>— Mary Johnson, mayor</footer></blockquote>\
             <blockquote class='twitter-tweet'><p>Bridge closed.</p>— Harbour Police (@harbour) 3 May 2020</blockquote>",
            &[
                "block: We waited for this bridge.\n\n— Mary Johnson, mayor",
                "post: Bridge closed.\n\n— Harbour Police (@harbour) 3 May 2020",
            ],
        );
        check_set_off(
            "<blockquote class=gmail_quote><p>Is the bridge open now?</p></blockquote>",
            &["email: Is the bridge open now?"],
        );
    }

    #[test]
    fn hostile_pages_end() {
        let start = std::time::Instant::now();
        for piece in [
            "<div>",
            "<p>text, and text",
            "<a href='",
            "</div>",
            "<li><a>x</a>",
            "<!--",
            "<script>",
            "<div class='a b c'><p>one, two three four five six",
        ] {
            read(&piece.repeat(4_000_000 / piece.len()));
        }
        assert!(start.elapsed().as_secs() < 30, "took {:?}", start.elapsed());
    }

    proptest! {
        #[test]
        fn any_page_ends(html in "(</?(p|div|li|a|nav|article|h2|br|svg)( class=(ad|story|é))?>|[a-z, é<>\"&]{0,30}){0,40}") {
            read(&html);
        }
    }
}

//! Plain text as agencies and archives print it: address, headline, byline and date lines, dateline, story, credit.

use chrono::NaiveDate;

use super::draft::Draft;
use super::line::{self, Label, dated, labelled};
use super::{agency, byline, clip, date, dateline, headline, language, markdown, markdown_marks, outlet, url};
use crate::article::{Article, Evidence, Field, FieldName, Origin, Warning};
use crate::text::Span;

/// How much of a text may stand above its story, in bytes and in lines.
const HEAD: (usize, usize) = (16 << 10, 60);

/// How much of a text may stand below its story, in bytes.
const TAIL: usize = 4 << 10;

/// Reads the article `text` from the file at `path`, on `today`.
pub(super) fn read(path: &str, text: String, today: NaiveDate) -> (Article, Vec<Warning>) {
    let mut draft = Draft::new(path, text, today);
    draft.see_path();
    fields(&mut draft);
    draft.finish()
}

/// Reads everything that stands in the text of `draft`.
pub(super) fn fields(draft: &mut Draft) {
    let lines = Line::first(&draft.article.text);
    let mut head = Head { draft, lines, at: 0 };
    let story = head.read();
    let lines = head.lines;
    let end = draft.article.text.trim_end().len();
    let begin = lines.get(story).map_or(end, |line| line.span.begin);
    draft.article.body = Span::new(begin.min(end), end);
    opening(draft, &lines[story..]);
    credits(draft);
    draft.article.markup = markdown_marks::find(&draft.article.path, &draft.article.text);
}

/// A line that is not empty, without the blanks around it.
#[derive(Clone, Copy, Debug)]
struct Line {
    span: Span,
    /// True where an empty line, or nothing, follows.
    set_apart: bool,
}

impl Line {
    /// The lines that may stand above a story, and the first ones of it.
    fn first(text: &str) -> Vec<Self> {
        let mut lines: Vec<Self> = Vec::new();
        let mut begin = 0;
        while begin < text.len() && begin < HEAD.0 && lines.len() < HEAD.1 {
            let end = memchr::memchr2(b'\n', b'\r', &text.as_bytes()[begin..]).map_or(text.len(), |at| begin + at);
            let inner = &text[begin..end];
            let left = inner.trim_start_matches(is_blank);
            let from = end - left.len();
            let span = Span::new(from, from + left.trim_end_matches(is_blank).len());
            // Of "\r\n" the second is no line of its own.
            let pair = text[end..].starts_with("\r\n");
            match lines.last_mut() {
                Some(last) if span.is_empty() => last.set_apart = true,
                None if span.is_empty() => {}
                _ => lines.push(Self { span, set_apart: end >= text.len() }),
            }
            begin = end + 1 + usize::from(pair);
        }
        lines
    }
}

/// White space, and the byte-order mark that a text may have kept.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// Reads the lines above a story, from the first.
struct Head<'a> {
    draft: &'a mut Draft,
    lines: Vec<Line>,
    at: usize,
}

impl Head<'_> {
    /// Reads all lines above the story, and returns the index of its first line.
    fn read(&mut self) -> usize {
        self.front_matter();
        while self.at < self.lines.len() && self.line() {
            self.at += 1;
        }
        // A text of head lines only is its own story: a brief that is all headline.
        if self.at == self.lines.len() { self.lines.len().saturating_sub(1) } else { self.at }
    }

    fn text(&self, index: usize) -> &str {
        self.lines.get(index).map_or("", |line| line.span.of(&self.draft.article.text))
    }

    /// Reads one line; false where it belongs to the story.
    fn line(&mut self) -> bool {
        let Line { span, .. } = self.lines[self.at];
        let text = self.text(self.at).to_owned();
        let inner = markdown::emphasized(&text);
        let bare = inner.of(&text);
        if let Some(address) = url::whole_line(&text) {
            self.draft.see_address(address, Origin::Url, Some(span));
        } else if let Some(length) = url::opening(&text) {
            // The text runs on behind the address: its rest is the next line.
            let address = Span::new(span.begin, span.begin + length);
            self.draft.see_address(&text[..length], Origin::Url, Some(address));
            let rest = text[length..].trim_start();
            self.lines[self.at].span.begin = span.end - rest.len();
            return self.line();
        } else if let Some((label, value)) = labelled(&text)
            && let Some(head) = self.label(label, value.shifted(span.begin))
        {
            return head;
        } else if let Some(line) = dated(&text) {
            let confidence = if line.updated { 0.7 } else { 0.95 };
            self.draft.see_date(line.found, Origin::DateLine, confidence, span.begin);
        } else if let Some(name) = outlet::whole_line(&text).filter(|_| self.at < 3) {
            self.draft.outlets.push(Field::new(name.to_owned(), Origin::Text).at(span).sure(0.9));
        } else if let Some(names) =
            byline::read(bare).filter(|_| byline::opens(bare) || self.text(self.at + 1).len() > 80)
        {
            let names: Vec<Span> = names.into_iter().map(|name| name.shifted(span.begin + inner.begin)).collect();
            let confidence = if bare.to_lowercase().starts_with("by ") { 0.95 } else { 0.7 };
            self.draft.see_bylines(&names, Origin::Byline, confidence);
        } else if is_release(&text) {
            // What kind of text it is; the headline is the next line.
        } else if is_section(&text) && self.draft.article.headline.is_none() && self.at < 3 {
            // The section heads the page, not the story.
        } else {
            return is_telegraph_mark(&text) || self.headline();
        }
        true
    }

    fn headline(&mut self) -> bool {
        let Line { span, set_apart } = self.lines[self.at];
        let text = self.text(self.at);
        if self.draft.article.headline.is_some() || markdown::dateline(text).is_some() {
            return false;
        }
        let line = without_markup(text);
        let begin = span.begin + text.find(line).unwrap_or(0);
        // A headline in two parts: the first ends in a semicolon, the second follows without an empty line.
        let two = line.ends_with(';') && !set_apart;
        let underlined = !set_apart && markdown::is_underline(self.text(self.at + 1));
        let next = self.at + 1 + usize::from(two || underlined);
        let below = self.text(next);
        let below = markdown::emphasized(below).of(below);
        let byline_follows = byline::read(below).is_some() || dated(below).is_some();
        // A summary may stand between headline and story.
        let longest = (next..next + 3).map(|at| self.text(at).len()).max().unwrap_or(0);
        let address = self.draft.article.url.as_ref().map_or(String::new(), |url| url::path(&url.value).into_owned());
        let around = headline::Surroundings {
            slugs: [&self.draft.slug, url::slug(&address)],
            below_address: self.draft.article.url.is_some(),
            set_apart: set_apart || two || underlined || byline_follows,
            above_byline: byline::opens(below),
            next: if byline_follows { usize::MAX } else { longest },
        };
        let told = markdown::plain(line);
        let is_heading = (underlined || markdown::is_heading(text)) && headline::fits(&told);
        let Some(confidence) = headline::confidence(&told, around).or(is_heading.then_some(0.9)) else {
            let evidence = Evidence { span: Some(span), ..Evidence::of(Origin::Headline) };
            let line = line.to_owned();
            self.draft.reject(FieldName::Headline, &line, evidence, "reads like the story, not like a headline");
            return false;
        };
        let span = Span::new(begin, begin + headline::trimmed_len(line));
        self.draft.see_headline(span, confidence);
        self.at += usize::from(two || underlined);
        true
    }

    /// Takes a labelled value; false where the label says that the story begins, `None` where it is no label at all.
    fn label(&mut self, label: Label, span: Span) -> Option<bool> {
        let value = span.of(&self.draft.article.text).to_owned();
        match label {
            Label::Headline => self.draft.see_headline(span, 1.0),
            Label::Byline => self.bylines(span, &value),
            Label::Date => {
                if let Some(found) = date::find(&value) {
                    self.draft.see_date(found, Origin::DateLine, 1.0, span.begin);
                }
            }
            Label::Outlet => return self.outlet(span, &value).then_some(true),
            Label::Place => {
                if let Some(found) = dateline::read(&format!("{value} — ")) {
                    self.draft.see_dateline(&found, span.begin);
                }
            }
            Label::Address => {
                if let Some(address) = url::whole_line(&value) {
                    self.draft.see_address(address, Origin::Url, Some(span));
                }
            }
            Label::Language => {
                let declared = language::declared(&value);
                self.draft.article.language = declared.map(|code| Field::new(code, Origin::Metadata).at(span));
            }
            Label::Body => {
                self.at += usize::from(value.is_empty());
                return Some(false);
            }
            Label::Other => {}
        }
        Some(true)
    }

    fn bylines(&mut self, span: Span, value: &str) {
        let with_opener = format!("By {value}");
        let names = byline::read(value).or_else(|| {
            let names = byline::read(&with_opener)?;
            Some(names.into_iter().map(|name| Span::new(name.begin - 3, name.end - 3)).collect())
        });
        let names: Vec<Span> = names.unwrap_or_default().into_iter().map(|name| name.shifted(span.begin)).collect();
        self.draft.see_bylines(&names, Origin::Byline, 1.0);
    }

    /// Takes the outlet behind a label; false for a sentence, which some headlines are: "Source: Minister used own mail".
    fn outlet(&mut self, span: Span, value: &str) -> bool {
        let known = outlet::named(value);
        if url::whole_line(value).is_some() {
            self.draft.see_address(value, Origin::Url, Some(span));
        } else if let Some(agency) = agency::named(value).filter(|_| known.is_none()) {
            self.draft.see_agency(agency, Origin::Credit, span, 0.9);
        } else if known.is_some() || is_title(value) {
            let name = known.unwrap_or(value).to_owned();
            self.draft.outlets.push(Field::new(name, Origin::Text).at(span));
        } else {
            return false;
        }
        true
    }

    /// Lines between two lines of three hyphens, as Markdown files have them: a key with its value, or with a list below it.
    fn front_matter(&mut self) {
        let Some(header) = markdown_marks::header(&self.draft.article.text) else { return };
        let end = self.lines.partition_point(|line| line.span.begin < header.end);
        let mut list = None;
        for at in 1..end {
            let line = self.text(at);
            if line.starts_with('#') {
                continue;
            }
            // What is indented belongs to the value above: "url" of an author.
            let is_key = self.draft.article.text[..self.lines[at].span.begin].ends_with(['\n', '\r']);
            let (header, item) = (line::header(line).filter(|_| is_key), line::item(line));
            let listed = item.and_then(|value| Some((list?, value)));
            list = match header {
                Some((label, value)) => Some(label).filter(|_| value.is_empty()),
                None => list.filter(|_| item.is_some() || !is_key),
            };
            let Some((label, value)) = header.or(listed) else { continue };
            for value in line::listed(line, value) {
                // A label that does not fit its value says nothing here either.
                let _ = self.label(label, value.shifted(self.lines[at].span.begin));
            }
        }
        self.at = end;
    }
}

/// True for the line that begins a message on old lines: "ZCZC AAP".
fn is_telegraph_mark(line: &str) -> bool {
    line.len() <= 20 && line.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("zczc"))
}

/// True for the line above a release of a company or an office: "MEDIA RELEASE PR67276", "Press release:".
fn is_release(line: &str) -> bool {
    let lower = line.to_lowercase();
    let mut words = lower.split_whitespace();
    let kind = words.next().is_some_and(|kind| matches!(kind, "media" | "press" | "news"));
    let release = words.next().is_some_and(|release| release.trim_end_matches(':') == "release");
    kind && release && words.all(|number| number.contains(|c: char| c.is_ascii_digit()))
}

/// True for a line in capitals that names a kind of story: "OPINION", "FOR IMMEDIATE RELEASE".
fn is_section(line: &str) -> bool {
    line.split_whitespace().count() <= 3 && line.split_whitespace().all(byline::is_label)
}

/// A Markdown heading or bold line without its marks; "#metoo" keeps its own.
fn without_markup(line: &str) -> &str {
    let heading = line.trim_start_matches('#').strip_prefix(' ').map_or(line, str::trim_start);
    heading.strip_prefix("**").and_then(|rest| rest.strip_suffix("**")).unwrap_or(heading)
}

/// True for a name of a few words, each with a capital.
fn is_title(value: &str) -> bool {
    let small = |word: &str| matches!(word, "of" | "the" | "and" | "de" | "la" | "le" | "der" | "für" | "&");
    let capital = |word: &str| word.starts_with(|c: char| c.is_alphanumeric() && !c.is_lowercase());
    let words = value.split_whitespace().count();
    (1..=6).contains(&words)
        && !value.ends_with('.')
        && value.split_whitespace().all(|word| capital(word) || small(word))
}

/// Paragraphs of the story that a dateline or a byline may still open: notes and summaries stand above it.
const OPENING: usize = 4;

/// Reads the dateline, and a byline that stands below the first paragraph.
fn opening(draft: &mut Draft, lines: &[Line]) {
    let end = lines.last().map_or(0, |line| line.span.end);
    let text = draft.article.text[..end].to_owned();
    let line = |line: &Line| line.span.of(&text);
    // Archives print a summary first, and mark where the story begins.
    let is_full_text = |other: &Line| line(other).trim_end_matches(['.', ':']).eq_ignore_ascii_case("full text");
    let marked = lines.iter().position(is_full_text).map_or(0, |at| at + 1);
    let mut candidates = lines.iter().take(OPENING).chain(lines.iter().skip(marked).take(OPENING));
    let found = candidates.find_map(|candidate| Some((candidate.span.begin, markdown::dateline(line(candidate))?)));
    if let Some((offset, (marks, found))) = found {
        draft.see_dateline(&found, offset + marks);
    }
    let told = lines.iter().take(2).find_map(|other| today_in(line(other)).map(|found| (other.span.begin, found)));
    if let Some((offset, found)) = told {
        draft.see_date(found, Origin::Text, 0.7, offset);
    }
    if draft.article.bylines.is_empty() {
        let opener = |candidate: &&Line| line(candidate).starts_with("By ") || line(candidate).starts_with("BY ");
        let found = lines
            .iter()
            .take(OPENING)
            .filter(opener)
            .find_map(|other| Some((other.span.begin, byline::read(line(other))?)));
        if let Some((offset, names)) = found {
            let names: Vec<Span> = names.into_iter().map(|name| name.shifted(offset)).collect();
            draft.see_bylines(&names, Origin::Byline, 0.8);
        }
    }
}

/// The date in "today (July 28, 2022)", by which some papers date their reports; other dates of the story are events.
fn today_in(paragraph: &str) -> Option<date::FoundDate> {
    let head = clip::head(paragraph, 400);
    let (at, word) = head.match_indices("today (").next()?;
    let begin = at + word.len();
    let found = date::leading(&head[begin..]).filter(|found| found.span.begin == 0)?;
    head[begin + found.span.end..]
        .starts_with(')')
        .then_some(date::FoundDate { span: found.span.shifted(begin), ..found })
}

/// Reads the credits below the story, and ends the body above them.
fn credits(draft: &mut Draft) {
    let body = draft.article.body;
    let begin = body.begin + clip::tail(body.of(&draft.article.text), TAIL);
    let tail = draft.article.text[begin..body.end].to_owned();
    let mut end = tail.len();
    while let Some(line) = last_line(&tail[..end]) {
        if !credit(draft, line.of(&tail), line.shifted(begin)) {
            break;
        }
        end = tail[..line.begin].trim_end().len();
    }
    draft.article.body.end = (begin + end).max(body.begin);
}

/// The last line of `text`, where another line stands above it.
fn last_line(text: &str) -> Option<Span> {
    let inner = text.trim_end();
    let begin = memchr::memrchr2(b'\n', b'\r', inner.as_bytes())? + 1;
    let line = inner[begin..].trim_start();
    (!line.is_empty()).then(|| Span::new(inner.len() - line.len(), inner.len()))
}

/// Marks that end a story and say nothing else.
const ENDS: &[&str] =
    &["(end)", "enditem", "ends", "ends/", "-ends-", "###", "***", "___", "--", "- end -", "(more)", "end", "nnnn"];

/// Takes the credit `line` that stands at `span`; false where it is part of the story.
fn credit(draft: &mut Draft, line: &str, span: Span) -> bool {
    if line.len() > 400 {
        return false;
    }
    if ENDS.contains(&line.to_lowercase().as_str()) {
        return true;
    }
    if let Some(names) = byline::credited(line) {
        if draft.article.bylines.is_empty() {
            let names: Vec<Span> = names.into_iter().map(|name| name.shifted(span.begin)).collect();
            draft.see_bylines(&names, Origin::Credit, 0.8);
        }
        return true;
    }
    if let Some(name) = byline::noted(line).filter(|name| is_met_once(&draft.article.text, name.of(line))) {
        if draft.article.bylines.is_empty() {
            draft.see_bylines(&[name.shifted(span.begin)], Origin::Credit, 0.7);
        }
        // The note stays part of what is read.
        return false;
    }
    let bare = line.trim_matches(['(', ')', '[', ']', '-', '–', '—', '/', ' ', '.', '|']);
    let bare = ["Source:", "Sources:", "With inputs from", "©", "(c)", "Copyright"]
        .iter()
        .fold(bare, |rest, word| rest.trim_start_matches(word).trim());
    let bare = bare.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let Some(agency) = agency::named(bare).filter(|_| bare.len() < line.len() || agency::named_plainly(bare).is_some())
    else {
        return false;
    };
    let at = line.find(bare).map_or(span, |at| Span::new(span.begin + at, span.begin + at + bare.len()));
    draft.see_agency(agency, Origin::Credit, at, 0.8);
    true
}

/// True where the last word of `name` stands in `text` only once: whom a story is about is named more often.
fn is_met_once(text: &str, name: &str) -> bool {
    let surname = name.rsplit(' ').next().unwrap_or(name);
    text.matches(surname).nth(1).is_none()
}

//! One record of a dump, an object or a row: its fields by their usual names, or by those that the user gave.

use std::borrow::Cow;
use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::columns::{Columns, Role};
use super::draft::Draft;
use super::{html_body, markup, text};
use crate::article::{Article, Origin, Warning};

/// The fields of one record under their squeezed names.
pub(super) struct Record<'a> {
    fields: Vec<(String, Cell<'a>)>,
    columns: &'a Columns,
    /// True for a row of a table: a table with a headline and a summary in every row is one of articles, while objects
    /// of any kind have a title and a description.
    is_row: bool,
}

/// What stands in a field.
#[derive(Clone, Copy)]
enum Cell<'a> {
    Json(&'a Value),
    Text(&'a str),
}

impl<'a> Record<'a> {
    /// The record that `object` is.
    pub(super) fn of_object(object: &'a Map<String, Value>, columns: &'a Columns) -> Self {
        let fields = object.iter().map(|(key, value)| (squeezed(key), Cell::Json(value))).collect();
        Self { fields, columns, is_row: false }
    }

    /// The record whose `cells` stand in the columns `names`, which are squeezed.
    pub(super) fn of_row(names: &[String], cells: &'a [String], columns: &'a Columns) -> Self {
        let fields = names.iter().zip(cells).map(|(name, cell)| (name.clone(), Cell::Text(cell))).collect();
        Self { fields, columns, is_row: true }
    }

    /// The values of `role`: of the columns that the user named, else of the first usual one that holds any.
    fn get(&self, role: Role) -> Vec<Cow<'a, str>> {
        match self.columns.named(role) {
            Some(columns) => columns.iter().find_map(|column| self.values(column, role)).unwrap_or_default(),
            None => role.names().iter().find_map(|name| self.values(name, role)).unwrap_or_default(),
        }
    }

    /// The name of the column that [`get`](Self::get) takes `role` from.
    fn column(&self, role: Role) -> Option<String> {
        let filled = |name: &&str| self.values(name, role).is_some();
        match self.columns.named(role) {
            Some(columns) => columns.iter().map(String::as_str).find(filled).map(str::to_owned),
            None => role.names().iter().copied().find(filled).map(str::to_owned),
        }
    }

    /// What stands for `role` under `name`, which may be a path of names with full stops between them.
    fn values(&self, name: &str, role: Role) -> Option<Vec<Cow<'a, str>>> {
        let mut strings = Vec::new();
        match self.cell(name)? {
            Cell::Json(value) if matches!(role, Role::Body | Role::Summary) => texts_of(value, &mut strings, 0),
            Cell::Json(value) => strings_of(value, &mut strings, 0),
            Cell::Text(text) if !text.trim().is_empty() => strings.push(Cow::Borrowed(text)),
            Cell::Text(_) => {}
        }
        (!strings.is_empty()).then_some(strings)
    }

    fn cell(&self, name: &str) -> Option<Cell<'a>> {
        let find = |name: &str| self.fields.iter().find(|(own, _)| own == name).map(|(_, cell)| *cell);
        find(name).or_else(|| {
            let mut steps = name.split('.');
            let first = find(&squeezed(steps.next()?))?;
            steps.try_fold(first, |cell, step| match cell {
                Cell::Json(Value::Object(object)) => {
                    let (_, value) = object.iter().find(|(key, _)| squeezed(key) == squeezed(step))?;
                    Some(Cell::Json(value))
                }
                _ => None,
            })
        })
    }

    /// Adds to `met` those of the columns that the user `named` that this record has.
    pub(super) fn meet(&self, named: &Columns, met: &mut Option<BTreeSet<String>>) {
        let met = met.get_or_insert_default();
        for column in Role::ALL.iter().filter_map(|&role| named.named(role)).flatten() {
            if !met.contains(column) && self.cell(column).is_some() {
                met.insert(column.clone());
            }
        }
    }

    /// Which column holds what, for all roles that one was found for.
    pub(super) fn mapping(&self) -> Vec<(Role, String)> {
        Role::ALL.iter().filter_map(|&role| Some((role, self.column(role)?))).collect()
    }

    /// The article that these fields make; `None` where none holds a text.
    pub(super) fn article(&self, path: &str, today: NaiveDate) -> Option<(Article, Vec<Warning>)> {
        let is_no_text = |kind: &Cow<'_, str>| PICTURES.contains(&kind.as_ref()) || kind == "event";
        if self.get(Role::Kind).first().is_some_and(is_no_text) {
            return None;
        }
        let headline = self.get(Role::Headline);
        let (dates, address) = (self.get(Role::Date), self.get(Role::Address));
        let published = !(dates.is_empty() && address.is_empty());
        let told = self.is_row || published;
        // News in brief is all headline, and has a date. Where no field is known that could hold a text, the text may
        // stand in one that is not.
        let is_brief = |line: &&Cow<'_, str>| published && self.has_body() && line.split_whitespace().nth(1).is_some();
        let brief = || headline.first().filter(is_brief).map(|line| plain(line).into_owned());
        let body = self.body(!headline.is_empty() && told);
        let warning = body.is_none().then(|| Warning::new("only a headline: the item does not carry the text"));
        let mut draft = Draft::new(path, body.or_else(brief)?, today);
        draft.warnings.extend(warning);
        draft.see_path();
        headline.first().into_iter().for_each(|value| draft.see_headline_field(&plain(value)));
        self.get(Role::Outlet).first().into_iter().for_each(|value| draft.see_outlet_field(value));
        address.first().into_iter().for_each(|value| draft.see_address(value, Origin::Metadata, None));
        dates.first().into_iter().for_each(|value| draft.see_date_field(value, 1.0));
        self.get(Role::Dateline).first().into_iter().for_each(|value| draft.see_dateline_field(value));
        self.get(Role::Author).iter().for_each(|value| draft.see_byline_field(&plain(value)));
        self.get(Role::Language).first().into_iter().for_each(|value| draft.see_language_field(value));
        text::fields(&mut draft);
        Some(draft.finish())
    }

    /// True where there is a field for the running text, if an empty one.
    fn has_body(&self) -> bool {
        match self.columns.named(Role::Body) {
            Some(columns) => columns.iter().any(|column| self.cell(column).is_some()),
            None => Role::Body.names().iter().any(|name| self.cell(name).is_some()),
        }
    }

    /// The running text; a summary only where the rest shows that this is an article.
    fn body(&self, is_article: bool) -> Option<String> {
        let body = joined(&self.get(Role::Body));
        let whole = body.filter(|text| is_prose(text));
        let summary = || joined(&self.get(Role::Summary)).filter(|text| is_prose(text));
        whole.or_else(|| if is_article { summary() } else { None })
    }
}

/// Kinds of items, and of the parts of a text, that are no text.
const PICTURES: &[&str] = &["picture", "photo", "image", "video", "audio", "graphic"];

/// One text of `parts`: its paragraphs, or the same text in several formats, of which the longest is the whole one.
fn joined(parts: &[Cow<'_, str>]) -> Option<String> {
    let longest = parts.iter().max_by_key(|part| part.len())?;
    if parts.len() == 1 {
        return Some(story(longest));
    }
    if are_one_text(parts) {
        return Some(plain(longest).into_owned());
    }
    let paragraphs = parts.iter().map(|part| plain(part).trim().to_owned()).filter(|part| !part.is_empty());
    Some(paragraphs.collect::<Vec<_>>().join("\n\n"))
}

/// True where `parts` are one text in several formats: the letters of each stand in the longest, and make up most of it.
///
/// A lead that a paragraph repeats stands in that paragraph, too, but is far shorter. And because each part that is
/// sought is about as long as where it is sought, all of them are sought in a time linear in their length.
fn are_one_text(parts: &[Cow<'_, str>]) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let parts: Vec<String> = parts.iter().map(|part| letters(&plain(part))).collect();
    let Some(longest) = parts.iter().max_by_key(|part| part.len()) else { return false };
    parts.iter().all(|part| part.len() * 5 >= longest.len() * 4)
        && parts.iter().all(|part| longest.contains(part.as_str()))
}

/// The running text of `value`, which may be a whole page.
fn story(value: &str) -> String {
    let is_page = ["<html", "<HTML", "<body", "<BODY"].into_iter().any(|tag| value.contains(tag));
    let of_page = is_page.then(|| html_body::read(value).text).filter(|text| !text.is_empty());
    of_page.unwrap_or_else(|| plain(&Cow::Borrowed(value)).into_owned())
}

/// True for a text of at least a few words: keys such as "text" hold labels and codes in other files.
pub(super) fn is_prose(text: &str) -> bool {
    let spaced = text.split_whitespace().nth(4).is_some();
    spaced || text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).nth(9).is_some()
}

/// `value` without markup, where it has any.
fn plain<'a>(value: &Cow<'a, str>) -> Cow<'a, str> {
    let tagged = ["</", "<p", "<br", "<BR"].into_iter().any(|tag| value.contains(tag));
    match (tagged, value.contains('&')) {
        (true, _) => Cow::Owned(markup::text(value)),
        (false, true) => Cow::Owned(markup::decode(value).into_owned()),
        (false, false) => value.clone(),
    }
}

/// A key in small letters, without `_`, `-`, `.` and the namespace's mark.
pub(super) fn squeezed(key: &str) -> String {
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Keys inside an object that hold its text: of ninjs, `WordPress`, the New York Times, editors and converted XML.
const INNER: &[&str] = &[
    "value",
    "main",
    "original",
    "text",
    "name",
    "fullname",
    "rendered",
    "title",
    "content",
    "html",
    "paragraph",
    "paragraphs",
    "blocks",
    "data",
    "$t",
    "#text",
    "literal",
];

/// How deep a text may lie in lists and objects: an editor keeps it as blocks, each with its data.
const INNER_DEPTH: usize = 5;

/// The strings that `value` holds: itself, the members of a list, or the text of an object.
fn strings_of<'a>(value: &'a Value, strings: &mut Vec<Cow<'a, str>>, depth: usize) {
    match value {
        Value::String(text) if !text.trim().is_empty() => strings.push(Cow::Borrowed(text)),
        Value::Number(number) => strings.push(Cow::Owned(number.to_string())),
        Value::Array(items) if depth < INNER_DEPTH => {
            for item in items {
                strings_of(item, strings, depth + 1);
            }
        }
        Value::Object(object) if depth < INNER_DEPTH => {
            if let Some(inner) = inner(object) {
                strings_of(inner, strings, depth + 1);
            }
        }
        _ => {}
    }
}

/// The paragraphs that `value` holds: as [`strings_of`] has them, but no figures, which are the number of a part or the
/// width of a picture, and no parts that are pictures.
fn texts_of<'a>(value: &'a Value, strings: &mut Vec<Cow<'a, str>>, depth: usize) {
    match value {
        Value::Array(items) if is_broken_up(items) => strings.push(Cow::Owned(put_together(items))),
        Value::Array(items) if depth < INNER_DEPTH => {
            for item in items {
                texts_of(item, strings, depth + 1);
            }
        }
        Value::Object(object) if depth < INNER_DEPTH && !(depth > 0 && is_picture(object)) => {
            if let Some(inner) = inner(object) {
                texts_of(inner, strings, depth + 1);
            }
        }
        Value::String(_) => strings_of(value, strings, depth),
        _ => {}
    }
}

/// What a piece of a text may be in an export of Telegram.
const PIECES: &[&str] = &[
    "blockquote",
    "bold",
    "bot_command",
    "cashtag",
    "code",
    "custom_emoji",
    "email",
    "hashtag",
    "italic",
    "link",
    "mention",
    "mention_name",
    "phone",
    "plain",
    "pre",
    "spoiler",
    "strikethrough",
    "text_link",
    "underline",
];

/// True for one text in pieces, as Telegram exports it: bare text, and objects for what is set in bold or is a link.
fn is_broken_up(items: &[Value]) -> bool {
    let is_kind = |kind: &Value| kind.as_str().is_some_and(|kind| PIECES.contains(&kind));
    let is_piece = |item: &Value| item.get("type").is_some_and(is_kind) && piece(item).is_some();
    items.iter().any(Value::is_string)
        && items.iter().any(Value::is_object)
        && items.iter().all(|item| item.is_string() || is_piece(item))
}

fn put_together(items: &[Value]) -> String {
    items.iter().filter_map(|item| item.as_str().or_else(|| piece(item))).collect()
}

fn piece(item: &Value) -> Option<&str> {
    item.get("text")?.as_str()
}

/// True for a part of a list that is a picture, or a film without its words.
fn is_picture(part: &Map<String, Value>) -> bool {
    let Some(kind) = part.get("type").and_then(Value::as_str).map(str::to_lowercase) else { return false };
    let is_film = matches!(kind.as_str(), "video" | "audio");
    PICTURES.contains(&kind.as_str()) && !(is_film && ["text", "content"].iter().any(|key| part.contains_key(*key)))
}

/// What of an object is its text.
fn inner(object: &Map<String, Value>) -> Option<&Value> {
    INNER.iter().find_map(|key| object.get(*key))
}

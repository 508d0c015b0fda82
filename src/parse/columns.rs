//! Which column of a dump holds what: the usual names, and those that the user gives.

use std::collections::BTreeMap;

use super::record::squeezed;
use crate::error::{Error, Result};

/// What a column of a dump may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// What the story is called.
    Headline,
    /// The running text.
    Body,
    /// A few sentences, which stand in for a text that is not there.
    Summary,
    /// When it was published.
    Date,
    /// Who published it.
    Outlet,
    /// Who wrote it.
    Author,
    /// Where it was published.
    Address,
    /// Where it was written.
    Dateline,
    /// What language it is in.
    Language,
    /// What kind of item it is: pictures have no text.
    Kind,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Headline,
        Self::Body,
        Self::Summary,
        Self::Date,
        Self::Outlet,
        Self::Author,
        Self::Address,
        Self::Dateline,
        Self::Language,
        Self::Kind,
    ];

    /// The word for it in reports, and in `--map`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Body => "body",
            Self::Summary => "summary",
            Self::Date => "date",
            Self::Outlet => "outlet",
            Self::Author => "author",
            Self::Address => "url",
            Self::Dateline => "dateline",
            Self::Language => "language",
            Self::Kind => "kind",
        }
    }

    /// Names of columns that hold it, squeezed, or paths of such names, the most telling first.
    pub(super) const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Headline => HEADLINES,
            Self::Body => BODIES,
            Self::Summary => &[
                "description",
                "descriptions",
                "summary",
                "abstract",
                "excerpt",
                "lead",
                "leadparagraph",
                "snippet",
                "trailtext",
                "fields.trailtext",
            ],
            Self::Date => DATES,
            Self::Outlet => &[
                "outlet",
                "publication",
                "publisher",
                "medianame",
                "sourcename",
                "source",
                "sourcedomain",
                "sitename",
                "site",
                "domain",
                "infosource",
                "infosources",
                "provider",
                "copyrightholder",
                "fields.publication",
                "quelle",
                "zeitung",
                "fuente",
            ],
            Self::Author => &[
                "authors",
                "author",
                "byline",
                "by",
                "creator",
                "dccreator",
                "journalist",
                "bylineoriginal",
                "writers",
                "fields.byline",
                "autor",
                "autoren",
                "verfasser",
                "auteur",
                "auteurs",
                "from",
            ],
            Self::Address => &["url", "canonicalurl", "weburl", "link", "sourceurl", "href", "permalink"],
            Self::Dateline => &["dateline"],
            Self::Language => &["language", "lang", "languagecode"],
            Self::Kind => &["type", "itemclass", "mediatype"],
        }
    }

    fn of(word: &str) -> Option<Self> {
        let other = match word {
            "title" => "headline",
            "text" => "body",
            "byline" => "author",
            "address" => "url",
            word => word,
        };
        Self::ALL.into_iter().find(|role| role.as_str() == other)
    }
}

/// Names of columns that hold headlines.
const HEADLINES: &[&str] = &[
    "headline",
    "title",
    "headlines",
    "headlinemain",
    "webtitle",
    "pagetitle",
    "titlepage",
    "titlerss",
    "heading",
    "head",
    "fields.headline",
    "überschrift",
    "schlagzeile",
    "titel",
    "titre",
    "título",
    "titulo",
];

/// Names of columns that hold running texts.
const BODIES: &[&str] = &[
    "maintext",
    "bodytext",
    "articlebody",
    "fulltext",
    "articletext",
    "storytext",
    "cleanedtext",
    "bodyxhtml",
    "bodyhtml",
    "bodies",
    "body",
    "contentencoded",
    "content",
    "text",
    "story",
    "article",
    "fields.body",
    "fields.bodytext",
    "contenthtml",
    "contenttext",
    "plaintext",
    "rawtext",
    "paragraphs",
    "html",
    "volltext",
    "artikeltext",
    "inhalt",
    "texte",
    "contenu",
    "texto",
];

/// Names of columns that hold dates of publication.
const DATES: &[&str] = &[
    "datepublish",
    "datepublished",
    "publishdate",
    "published",
    "publishedat",
    "pubdate",
    "publicationdate",
    "firstpublicationdate",
    "webpublicationdate",
    "date",
    "datetime",
    "firstcreated",
    "versioncreated",
    "createdat",
    "postdate",
    "dategmt",
    "timestamp",
    "seendate",
    "contentcreated",
    "datum",
    "erscheinungsdatum",
    "fecha",
];

/// The columns that the user named, which count before the usual ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns(BTreeMap<Role, Vec<String>>);

impl Columns {
    /// Reads arguments such as `body=col`. Of several columns for one field, the first counts that holds anything.
    ///
    /// A column is a name, in any spelling of its case and its `_`, `-` and blanks; a number, from 1, in tables without
    /// names; or in JSON a path of names with full stops between them.
    ///
    /// # Errors
    /// [`Error::Columns`] for the first argument that is not understood.
    ///
    /// ```
    /// use newsdex::parse::Columns;
    /// assert!(Columns::read(["body=main text", "date=meta.published"]).is_ok());
    /// assert!(Columns::read(["text"]).is_err());
    /// ```
    pub fn read<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Result<Self> {
        let mut columns = Self::default();
        for argument in arguments {
            let parts = argument.split_once('=').map(|(role, column)| (Role::of(role.trim()), column.trim()));
            match parts {
                Some((Some(role), column)) if !column.is_empty() => {
                    let column = if column.contains('.') { column.to_owned() } else { squeezed(column) };
                    columns.0.entry(role).or_default().push(column);
                }
                _ => return Err(Error::Columns { value: argument.to_owned() }),
            }
        }
        Ok(columns)
    }

    /// The arguments that [`read`](Self::read) makes these columns of.
    pub fn arguments(&self) -> Vec<String> {
        let of_role = |(role, columns): (&Role, &Vec<String>)| -> Vec<String> {
            columns.iter().map(|column| format!("{}={column}", role.as_str())).collect()
        };
        self.0.iter().flat_map(of_role).collect()
    }

    /// True where the user named none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes `column` for `role`.
    pub(super) fn add(&mut self, role: Role, column: String) {
        self.0.entry(role).or_default().push(column);
    }

    /// The columns that the user named for `role`.
    pub(super) fn named(&self, role: Role) -> Option<&[String]> {
        self.0.get(&role).map(Vec::as_slice)
    }
}

//! Saved searches.

use serde::Serialize;

use super::{Body, Line};
use crate::search::SavedSearch;

/// A search under a name.
#[derive(Debug, Serialize)]
pub(super) struct SavedFields<'a> {
    name: &'a str,
    query: &'a str,
    nexis: bool,
    quotes: bool,
    by: &'a [String],
    addressees: &'a [String],
    about: &'a [String],
    outlets: &'a [String],
    from: Option<&'a str>,
    to: Option<&'a str>,
    persons: &'a [String],
    organizations: &'a [String],
    places: &'a [String],
    actors: &'a [String],
}

/// How many articles or quotes a saved search finds that were not told before.
#[derive(Debug, Serialize)]
pub(super) struct AlertFields<'a> {
    name: &'a str,
    query: &'a str,
    new: usize,
}

impl<'a> Line<'a> {
    /// The saved search called `name`.
    pub fn saved(name: &'a str, search: &'a SavedSearch) -> Self {
        let fields = SavedFields {
            name,
            query: &search.query,
            nexis: search.nexis,
            quotes: search.quotes,
            by: &search.by,
            addressees: &search.addressee,
            about: &search.about,
            outlets: &search.outlet,
            from: search.from.as_deref(),
            to: search.to.as_deref(),
            persons: &search.person,
            organizations: &search.org,
            places: &search.place,
            actors: &search.actor,
        };
        Self::new("saved", Body::Saved(fields))
    }

    /// The saved search called `name`, with the number of its `new` articles or quotes, which follow as lines of their own.
    pub fn alert(name: &'a str, search: &'a SavedSearch, new: usize) -> Self {
        Self::new("alert", Body::Alert(AlertFields { name, query: &search.query, new }))
    }
}

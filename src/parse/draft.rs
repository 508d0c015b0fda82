//! An article while it is read: what each step claims, until the surest claims are chosen.

use chrono::{DateTime, NaiveDate};

use super::calendar::Reading;
use super::date::FoundDate;
use super::evidence::{self, DateClaim};
use super::html_body::Story;
use super::{agency, byline, clip, date, dateline, language, markdown, message_date, outlet, path, place, table, url};
use crate::article::{Article, Evidence, Field, FieldName, Origin, Rejected, Warning};
use crate::text::Span;

/// An article while it is read.
#[derive(Debug)]
pub(super) struct Draft {
    /// The article so far; its text does not change any more.
    pub(super) article: Article,
    /// Who may have published it.
    pub(super) outlets: Vec<Field<String>>,
    /// When it may have been published, the most trusted first.
    pub(super) dates: Vec<DateClaim>,
    /// The agency whose copy it is.
    pub(super) agency: Option<Field<String>>,
    /// The file's words for the headline.
    pub(super) slug: String,
    pub(super) warnings: Vec<Warning>,
    pub(super) today: NaiveDate,
    month: Option<NaiveDate>,
    /// Whether the country of the declared language writes the month first.
    month_first_region: Option<bool>,
}

/// How much of a rejected value is kept, in bytes: enough to find it again.
const KEPT: usize = 160;

/// Marks between an outlet's name and the section in the title of a feed.
const TITLE_MARKS: &[&str] = &[" - ", " – ", " | ", " » ", " > ", ": "];

/// Longest identifier, in bytes.
const LONGEST_GUID: usize = 512;

impl Draft {
    /// An article of `text`, from the file at `path`, read on `today`.
    pub(super) fn new(path: &str, text: String, today: NaiveDate) -> Self {
        let body = Span::new(0, text.len());
        let article = Article { path: path.to_owned(), text, body, ..Article::default() };
        let (outlets, dates, warnings) = (Vec::new(), Vec::new(), Vec::new());
        let (agency, slug, month, month_first_region) = (None, String::new(), None, None);
        Self { article, outlets, dates, agency, slug, warnings, today, month, month_first_region }
    }

    /// An article of a page's `story`, from the file at `path`, read on `today`.
    pub(super) fn of_story(path: &str, story: Story, today: NaiveDate) -> Self {
        let mut draft = Self::new(path, story.text, today);
        draft.article.set_off = story.set_off;
        draft
    }

    /// Takes what the file's name and folders tell.
    pub(super) fn see_path(&mut self) {
        let told = path::read(&self.article.path, self.today);
        self.outlets.extend(told.outlet);
        self.slug = told.slug;
        if let Some((date, origin)) = told.date {
            self.see_address_date(&date, origin);
        }
    }

    /// Takes the address, printed at `span` where it stands in the text, and what it tells.
    pub(super) fn see_address(&mut self, address: &str, origin: Origin, span: Option<Span>) {
        if let Some(told) = &self.article.url {
            if told.value != address {
                self.reject(
                    FieldName::Url,
                    address,
                    Evidence { span, ..Evidence::of(origin) },
                    "another address came first",
                );
            }
            return;
        }
        let mut field = Field::new(address.to_owned(), origin);
        field.evidence.span = span;
        let outlet = outlet::of_address(address).map(|mut outlet| {
            outlet.evidence.span = span;
            outlet
        });
        self.outlets.extend(outlet);
        if let Some(date) = url::date_in(&url::path(address), self.today) {
            self.see_address_date(&date, Origin::Url);
        }
        self.article.url = Some(field);
    }

    fn see_address_date(&mut self, date: &url::AddressDate, origin: Origin) {
        match date.reading {
            Some(reading) => {
                let confidence = if origin == Origin::Url { date.confidence } else { 0.8 };
                self.dates.push(DateClaim { reading, time: None, origin, confidence, span: None });
            }
            None => self.month = self.month.or(Some(date.month)),
        }
    }

    /// Takes a date that stands in the text at `offset` plus its own span. Of several of one kind the first counts: the
    /// others belong to a list, or to other stories.
    pub(super) fn see_date(&mut self, found: FoundDate, origin: Origin, confidence: f32, offset: usize) {
        if self.dates.iter().any(|claim| claim.origin == origin && claim.confidence >= confidence) {
            return;
        }
        let span = Some(found.span.shifted(offset));
        self.dates.push(DateClaim { reading: found.reading, time: found.time, origin, confidence, span });
    }

    /// Takes a headline that the file gives a field of its own, and that the text need not hold.
    pub(super) fn see_headline_field(&mut self, value: &str) {
        // No-break and wide spaces are part of what is printed; others are how the file is laid out.
        let value = value.split_ascii_whitespace().collect::<Vec<_>>().join(" ").trim().to_owned();
        self.take_headline(Field::new(value, Origin::Metadata));
    }

    fn take_headline(&mut self, field: Field<String>) {
        match &self.article.headline {
            _ if field.value.is_empty() => {}
            None => self.article.headline = Some(field),
            Some(told) if told.value == field.value => {}
            Some(_) => self.reject(FieldName::Headline, &field.value, field.evidence, "another headline came first"),
        }
    }

    /// Keeps what was read for `field` and does not become it.
    pub(super) fn reject(&mut self, field: FieldName, value: &str, evidence: Evidence, why: impl Into<String>) {
        let value = clip::head(value, KEPT).to_owned();
        self.article.rejected.push(Rejected { field, value, evidence, why: why.into() });
    }

    /// Takes the outlet's name, site or address that the file gives a field of its own.
    pub(super) fn see_outlet_field(&mut self, value: &str) {
        let value = value.trim();
        let site = value.contains('.') && !value.contains(' ');
        let named = outlet::named(value).map(|name| Field::new(name.to_owned(), Origin::Metadata));
        let of_site = || {
            outlet::of_address(value).filter(|_| site).map(|field| {
                let confidence = field.evidence.confidence;
                Field::new(field.value, Origin::Metadata).sure(confidence)
            })
        };
        let agency = || agency::named(value).map(|name| Field::new(name.to_owned(), Origin::Metadata));
        let plain = || {
            (!value.is_empty() && value.len() <= 120).then(|| Field::new(value.to_owned(), Origin::Metadata).sure(0.9))
        };
        self.outlets.extend(named.or_else(agency).or_else(of_site).or_else(plain));
    }

    /// Takes the title of a feed: the outlet's name, or that of a section behind it ("Valley News - World").
    pub(super) fn see_feed_title(&mut self, title: &str) {
        let parts = std::iter::once(title).chain(TITLE_MARKS.iter().flat_map(|mark| title.split(mark)));
        if let Some(known) = parts.map(str::trim).find(|part| outlet::named(part).is_some()) {
            return self.see_outlet_field(known);
        }
        let parts = || TITLE_MARKS.iter().flat_map(|mark| title.split(mark)).map(str::trim);
        // "The Valley News - World" of valleynews.example.
        let own = parts().find(|part| self.is_site(part)).map(|part| (part, 0.8));
        let whole = Some((title.trim(), 0.7)).filter(|(title, _)| !title.is_empty() && title.len() <= 120);
        let told = own.or(whole).map(|(name, sure)| Field::new(name.to_owned(), Origin::Metadata).sure(sure));
        self.outlets.extend(told);
    }

    /// True where the site that the article is on is called `name`, give or take an article.
    fn is_site(&self, name: &str) -> bool {
        let host = self.article.url.as_ref().map_or(String::new(), |url| url::host(&url.value));
        let label = url::registrable(&host).split('.').next().unwrap_or("");
        let name = table::squeeze(name);
        !label.is_empty() && (name == label || name.strip_prefix("the") == Some(label))
    }

    /// Takes the outlet's short name or code, where a table knows it.
    pub(super) fn see_outlet_code(&mut self, code: &str) {
        let code = code.rsplit([':', '/']).next().unwrap_or(code);
        if outlet::named(code).is_some() || agency::named(code).is_some() {
            self.see_outlet_field(code);
        }
    }

    /// Takes whom the file credits or names as its source: an agency is the wire, another name is weak evidence of the
    /// outlet.
    pub(super) fn see_source_field(&mut self, value: &str) {
        let value = value.trim();
        if let Some(agency) = agency::named(value) {
            self.agency = self.agency.take().or(Some(Field::new(agency.to_owned(), Origin::Metadata).sure(0.9)));
        } else if !value.is_empty() && value.len() <= 120 {
            let name = outlet::named(value).unwrap_or(value).to_owned();
            self.outlets.push(Field::new(name, Origin::Metadata).sure(0.4));
        }
    }

    /// Takes when the item was first made and when this version of it was. A month lies between only where an old item
    /// was filled anew: then the version tells the day.
    pub(super) fn see_created(&mut self, first: Option<&str>, version: Option<&str>) {
        let day = |date: Option<&str>| match date::find(date?)?.reading {
            Reading::Day(day) => Some(day),
            _ => None,
        };
        let reused =
            matches!((day(first), day(version)), (Some(first), Some(version)) if (version - first).num_days() > 31);
        let order = if reused { [version, first] } else { [first, version] };
        for (date, confidence) in order.into_iter().flatten().zip([1.0, 0.9]) {
            self.see_date_field(date, confidence);
        }
    }

    /// Takes a date that the file gives a field of its own: text, or seconds or milliseconds since 1970.
    pub(super) fn see_date_field(&mut self, value: &str, confidence: f32) {
        let number = value.trim().parse::<f64>().ok().filter(|number| *number >= 1e8 && value.trim().len() != 8);
        let stamp = number.map(|number| if number >= 1e11 { number / 1000.0 } else { number });
        let time =
            stamp.and_then(|seconds| DateTime::from_timestamp(seconds as i64, 0)).map(|time| time.fixed_offset());
        let found = match time {
            Some(time) => Some((Reading::Day(time.date_naive()), Some(time))),
            None => message_date::read(value)
                .map(|(day, time)| (Reading::Day(day), time))
                .or_else(|| date::find(value).map(|found| (found.reading, found.time))),
        };
        if let Some((reading, time)) = found {
            self.dates.push(DateClaim { reading, time, origin: Origin::Metadata, confidence, span: None });
        }
    }

    /// Takes a writer, or several in one string, from a field of its own.
    pub(super) fn see_byline_field(&mut self, value: &str) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        if let Some(why) = byline::no_name(value) {
            return self.reject(FieldName::Byline, value, Evidence::of(Origin::Metadata), why);
        }
        for name in value.split(';').flat_map(byline::listed) {
            // A field of its own is spelled as the paper wants it; a printed byline may be all capitals.
            let name = if byline::opens(value) { byline::readable(&name) } else { name };
            if let Some(agency) = agency::named_plainly(&name) {
                let agency = Field::new(agency.to_owned(), Origin::Metadata);
                self.agency = self.agency.take().or(Some(agency));
            } else if name.contains(['(', ')']) {
                self.reject(FieldName::Byline, &name, Evidence::of(Origin::Metadata), "more than a name");
            } else if self.article.bylines.iter().all(|field| field.value != name) {
                self.article.bylines.push(Field::new(name, Origin::Metadata));
            }
        }
    }

    /// Takes the writers that a wire prints in a field of its own: names with or without "By", in capitals or not.
    ///
    /// Desks put their marks there ("gr/bp"), and some a subtitle: what does not look like names is rejected.
    pub(super) fn see_printed_byline(&mut self, value: &str) {
        for name in value.split([';', '|']).flat_map(byline::listed) {
            if agency::named_plainly(&name).is_some() || byline::is_name(&name) {
                self.see_byline_field(&byline::readable(&name));
            } else {
                self.reject(FieldName::Byline, &name, Evidence::of(Origin::Metadata), "does not look like a name");
            }
        }
    }

    /// Takes the place that the file gives a field of its own: "NEW YORK", "Milton Keynes, England".
    pub(super) fn see_place_field(&mut self, value: &str) {
        let place = value.split([',', ';', '(']).next().unwrap_or("").trim();
        if place.is_empty() || self.article.place.is_some() {
            return;
        }
        if place.contains(|c: char| c.is_ascii_digit()) || place.len() > 80 {
            return self.reject(FieldName::Place, value, Evidence::of(Origin::Metadata), "does not look like a place");
        }
        // "EU" and "USA" stay as they are.
        let place = if place.len() > 3 { byline::readable(place) } else { place.to_owned() };
        self.article.place = Some(Field::new(place, Origin::Metadata));
    }

    /// Takes what the publisher says of the use of the article; the reader is told where it is not free for use.
    pub(super) fn see_status(&mut self, status: &str) {
        // NewsML-G2 writes "stat:withheld".
        let status = status.rsplit(':').next().unwrap_or(status).trim().to_lowercase();
        let held = ["embargoed", "withheld", "canceled", "cancelled", "killed", "withdrawn", "recalled"];
        if held.contains(&status.as_str()) {
            self.warnings.push(Warning::new(format!("its status is {status}")));
        }
    }

    /// Takes the moment before which the article must not be published; the reader is told where that is to come.
    pub(super) fn see_embargo(&mut self, until: &str) {
        let day = date::find(until).and_then(|found| match found.reading {
            Reading::Day(day) => Some(day),
            _ => None,
        });
        if let Some(day) = day.filter(|day| *day > self.today) {
            self.warnings.push(Warning::new(format!("embargoed until {day}")));
        }
    }

    /// Takes place and agency of a dateline that the file gives a field of its own.
    pub(super) fn see_dateline_field(&mut self, value: &str) {
        let line = format!("{} — ", value.trim().trim_end_matches(['-', '–', '—', ' ', ':']));
        let Some(found) = dateline::read(&line) else { return };
        let place = found.place.map(|span| byline::readable(span.of(&line)));
        self.article.place = self.article.place.take().or(place.map(|place| Field::new(place, Origin::Metadata)));
        let agency = found.agency.map(|(_, name)| Field::new(name.to_owned(), Origin::Metadata));
        self.agency = self.agency.take().or(agency);
    }

    /// Takes the language that the file declares.
    pub(super) fn see_language_field(&mut self, value: &str) {
        let region = value.trim().split(['-', '_']).nth(1).filter(|region| region.len() == 2);
        let month_first = |region: &str| matches!(region.to_ascii_uppercase().as_str(), "US" | "PH");
        self.month_first_region = self.month_first_region.or(region.map(month_first));
        let told = language::declared(value).map(|code| Field::new(code, Origin::Metadata));
        if told.is_none() && !value.trim().is_empty() {
            self.reject(FieldName::Language, value, Evidence::of(Origin::Metadata), "not a language that is known");
        }
        self.article.language = self.article.language.take().or(told);
    }

    /// Takes the identifier that all versions of the article share; the first one stays.
    pub(super) fn see_guid(&mut self, value: &str) {
        let value = value.trim();
        if self.article.guid.is_none() && !value.is_empty() && value.len() <= LONGEST_GUID {
            self.article.guid = Some(Field::new(value.to_owned(), Origin::Metadata));
        }
    }

    /// Takes the number of this version.
    pub(super) fn see_revision(&mut self, value: &str) {
        let value = value.trim();
        match value.parse() {
            Ok(number) if self.article.revision.is_none() => {
                self.article.revision = Some(Field::new(number, Origin::Metadata));
            }
            Err(_) if !value.is_empty() => {
                self.reject(FieldName::Revision, value, Evidence::of(Origin::Metadata), "not a number");
            }
            _ => {}
        }
    }

    /// Takes the headline at `span`; the first one stays.
    pub(super) fn see_headline(&mut self, span: Span, confidence: f32) {
        let value = markdown::plain(span.of(&self.article.text)).split_whitespace().collect::<Vec<_>>().join(" ");
        self.take_headline(Field::new(value, Origin::Headline).at(span).sure(confidence));
    }

    /// Takes writers whose names stand at `spans`; an agency among them is the wire.
    pub(super) fn see_bylines(&mut self, spans: &[Span], origin: Origin, confidence: f32) {
        for &span in spans {
            let name = span.of(&self.article.text);
            if let Some(agency) = agency::named_plainly(name) {
                self.see_agency(agency, origin, span, confidence);
                continue;
            }
            let value = byline::readable(name);
            if self.article.bylines.iter().all(|field| field.value != value) {
                self.article.bylines.push(Field::new(value, origin).at(span).sure(confidence));
            }
        }
    }

    /// Takes the agency that the text names at `span`; the first one stays.
    pub(super) fn see_agency(&mut self, name: &str, origin: Origin, span: Span, confidence: f32) {
        if self.agency.is_none() {
            self.agency = Some(Field::new(name.to_owned(), origin).at(span).sure(confidence));
        }
    }

    /// Takes the dateline that opens the paragraph at byte `offset`.
    pub(super) fn see_dateline(&mut self, found: &dateline::Dateline, offset: usize) {
        let text = &self.article.text;
        // "TODAY NICARAGUA (EFE)" opens with the outlet, where others name the place.
        let is_place = |span: &Span| place::rank(span.of(text)).is_some() || outlet::named(span.of(text)).is_none();
        let place = found.place.map(|span| span.shifted(offset)).filter(is_place);
        if let Some(span) = place.filter(|_| self.article.place.is_none()) {
            let place = byline::readable(span.of(text));
            self.article.place = Some(Field::new(place, Origin::Dateline).at(span).sure(0.9));
        }
        if let Some((span, reading)) = found.date {
            let found = FoundDate { span, reading, time: None };
            self.see_date(found, Origin::Dateline, 0.8, offset);
        }
        if let Some((span, name)) = found.agency {
            self.see_agency(name, Origin::Dateline, span.shifted(offset), 0.95);
        }
    }

    /// Takes the language of the text where the file tells none, or plainly a wrong one.
    fn choose_language(&mut self) {
        let Some(told) = self.article.language.take() else {
            self.article.language = language::of(self.article.body());
            return;
        };
        let Some(read) = language::against(&told.value, self.article.body()) else {
            self.article.language = Some(told);
            return;
        };
        self.reject(FieldName::Language, &told.value, told.evidence, "the text is in another language");
        self.article.language = Some(read);
    }

    /// Chooses among the claims.
    pub(super) fn finish(mut self) -> (Article, Vec<Warning>) {
        self.choose_language();
        let month_first = self.month_first();
        // The most trusted place first; a dateline that lacks its year is completed by what comes before or after it.
        self.dates.sort_by_key(trust);
        let mut chosen = evidence::date(&self.dates, self.month, month_first, self.today);
        self.warnings.append(&mut chosen.warnings);
        self.article.rejected.append(&mut chosen.rejected);
        self.article.date = chosen.date;
        let (told, mut lost) = evidence::surest(FieldName::Outlet, self.outlets);
        self.article.rejected.append(&mut lost);
        // An agency's own copy, kept as it came, has no other outlet.
        let own = self.agency.as_ref().map(|field| {
            let mut own = field.clone();
            own.evidence.confidence = own.evidence.confidence.min(0.6);
            own
        });
        self.article.outlet = told.or(own);
        let outlet = self.article.outlet.as_ref().map(|field| table::squeeze(&field.value));
        self.article.wire = self.agency.filter(|field| Some(table::squeeze(&field.value)) != outlet);
        (self.article, self.warnings)
    }

    /// True where the article writes the month before the day, false where it does not, `None` where nothing tells: by
    /// another date in it, the country of its site, its language.
    fn month_first(&self) -> Option<bool> {
        if !self.dates.iter().any(|claim| matches!(claim.reading, Reading::Ambiguous { .. })) {
            return None;
        }
        let country = || {
            let host = url::host(&self.article.url.as_ref()?.value);
            let country = host.rsplit('.').next().filter(|label| label.len() == 2)?;
            Some(matches!(country, "us" | "ph"))
        };
        // English alone is written in countries of both orders.
        let language = || self.article.language.as_ref().filter(|field| field.value != "en").map(|_| false);
        let told = date::month_first_in(&self.article.text);
        told.or_else(country).or(self.month_first_region).or_else(language)
    }
}

/// Place of a claim in the order of trust: what the article says of itself, then its address, then its file.
fn trust(claim: &DateClaim) -> u32 {
    match (claim.origin, claim.reading) {
        (Origin::Metadata, _) => 0,
        (Origin::DateLine, _) if claim.confidence > 0.8 => 1,
        (Origin::Url, _) => 2,
        (Origin::Dateline, Reading::Day(_)) => 3,
        (Origin::DateLine | Origin::Text, _) => 4,
        (Origin::FileName, _) => 5,
        (Origin::Folder, _) => 6,
        _ => 7,
    }
}

//! Query to hits.

mod actor;
mod block;
mod collect;
mod concordance;
mod copies;
mod count;
mod facet;
mod figure;
mod file;
mod forms;
mod grammar;
mod group;
mod explain;
mod highlight;
mod hit;
mod interval;
mod join;
mod keyness;
mod lexer;
mod matches;
mod merge;
mod only_scores;
mod options;
mod outlet;
mod passages;
mod pattern;
mod plan;
mod positional;
mod query;
mod quoted;
mod ranked;
mod row;
mod saved;
mod sequence;
mod similar;
mod stored;
mod stem;
mod story;
mod suggest;
mod sure;
mod timeline;
mod union;
mod vocabulary;
mod wanted;

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::{Arc, OnceLock};

use tantivy::query::{Bm25StatisticsProvider, Query as Plan};
use tantivy::schema::Field as Slot;
use tantivy::{DocAddress, Searcher as Snapshot, TantivyError, Term};

use self::actor::{Actors, Catalogue, Roster, Titles};
use self::collect::{Match, Pages};
use self::copies::{Copies, Groups};
use self::highlight::Needles;
use self::ranked::Totals;
use self::stored::ArticleNeedles;
use self::story::Stories;
use self::sure::Unread;
use crate::error::Result;
use crate::extract::{EntityKind, QuoteKind};
use crate::index::analyzer::words;
use crate::index::{Index, Kind, fields, name};

pub use actor::{ActorAnswer, ActorProfile, ActorRules, Companion, FILE_NAME as ACTORS_FILE, ProfileOptions};
pub use concordance::{Concordance, ConcordanceLine, ConcordanceRequest, ConcordanceSort};
pub use explain::{Explanation, Reason};
pub use file::QuotesOfFile;
pub use hit::{
    ActorHit, ArticleHead, Facet, FacetCount, Hit, Hits, QuoteGroup, QuoteGroups, QuoteHit, Snippet, StoredArticle,
};
pub use keyness::{Keyness, Terms, TermsRequest};
pub use matches::{ArticleMatches, TextMatch};
pub use options::{
    ActorRequest, DateRange, FacetField, FacetRequest, Filters, LengthRange, QuoteRequest, SearchOptions, Sort,
};
pub use outlet::{FILE_NAME as OUTLETS_FILE, OutletRules};
pub use query::{Dialect, Field, Link, Query, Reach};
pub use saved::{SAVED_FILE, SavedHit, SavedSearch, SavedSearches};
pub use suggest::UnknownWord;
pub use timeline::{Period, Series, Timeline, TimelineRequest};

/// Hits whose texts are read at a time.
const TOGETHER: usize = 64;

/// Answers from the last commit of an index; later commits do not change what it says.
///
/// ```
/// use newsdex::index::Index;
/// use newsdex::search::{Query, SearchOptions, Searcher};
/// let folder = tempfile::tempdir()?;
/// let index = Index::open_or_create(folder.path())?;
/// let searcher = Searcher::open(&index)?;
/// let hits = searcher.search(&Query::parse("flood -insurance")?, &SearchOptions::default())?;
/// assert_eq!(hits.total, 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Searcher {
    index: Index,
    snapshot: Snapshot,
    rules: ActorRules,
    outlets: OutletRules,
    roster: OnceLock<Roster>,
    catalogue: OnceLock<Option<Catalogue>>,
    stories: OnceLock<Arc<Stories>>,
}

impl Searcher {
    /// A searcher over what `index` holds now.
    pub fn open(index: &Index) -> Result<Self> {
        let (rules, outlets) = (ActorRules::default(), OutletRules::default());
        let (roster, catalogue, stories) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        Ok(Self { index: index.clone(), snapshot: index.searcher()?, rules, outlets, roster, catalogue, stories })
    }

    /// The same searcher, to which actors are what `rules` say.
    #[must_use]
    pub fn with_rules(self, rules: ActorRules) -> Self {
        Self { rules, roster: OnceLock::new(), catalogue: OnceLock::new(), ..self }
    }

    /// The same searcher, to which outlets are what `outlets` say.
    #[must_use]
    pub fn with_outlets(self, outlets: OutletRules) -> Self {
        Self { outlets, ..self }
    }

    /// True where the user's rules say something about actors.
    pub fn has_rules(&self) -> bool {
        !self.rules.is_empty()
    }

    /// The articles that match `query`: of those that tell the same story the first printed, with the others as its
    /// copies, unless `options` ask for all of them.
    pub fn search(&self, query: &Query, options: &SearchOptions) -> Result<Hits<Hit>> {
        let mut hits = Vec::new();
        let (total, copies) = self.each_hit(query, options, |hit| {
            hits.push(hit);
            ControlFlow::Continue(())
        })?;
        Ok(Hits { total, copies, hits })
    }

    /// Hands the articles that match `query` to `consume`, one at a time and in order, until it says to stop; gives the
    /// number of all and of the copies beside them. What is kept does not grow with the number of hits: few are ranked, and
    /// fewer texts read, at a time.
    pub fn each_hit(
        &self,
        query: &Query,
        options: &SearchOptions,
        mut consume: impl FnMut(Hit) -> ControlFlow<()>,
    ) -> Result<(usize, usize)> {
        let wanted = filtered(query, plan::conditions(&options.filters));
        let needles = self.article_needles(query)?;
        let stories = self.stories()?;
        let plan = self.plan(&wanted, Kind::Article);
        let totals = self.each_page(plan, Kind::Article, &self.pages(options)?, |matches| {
            for matches in matches.chunks(TOGETHER) {
                for hit in self.hits(matches, &needles, &stories, options)? {
                    if consume(hit).is_break() {
                        return Ok(ControlFlow::Break(()));
                    }
                }
            }
            Ok(ControlFlow::Continue(()))
        })?;
        Ok((totals.total, totals.copies))
    }

    /// The articles that are `matches`, each with its copies.
    fn hits(
        &self,
        matches: &[Match],
        needles: &ArticleNeedles,
        stories: &Stories,
        options: &SearchOptions,
    ) -> tantivy::Result<Vec<Hit>> {
        let addresses: Vec<_> = matches.iter().map(|found| found.address).collect();
        let quoted = self.quoted(&addresses, &needles.quotes)?;
        let hits = matches.iter().zip(&quoted).map(|(found, quoted)| {
            let first = needles.body.len();
            let marks = |record: &[u8], text: &str| self.quote_marks(quoted, &needles.quotes, (record, text), first);
            stored::hit(&self.snapshot, found, needles, marks, options.context)
        });
        let mut hits = hits.collect::<tantivy::Result<Vec<Hit>>>()?;
        for (hit, found) in hits.iter_mut().zip(matches) {
            hit.superseded = stories.is_superseded(&self.snapshot, found.address)?;
        }
        if !options.all_copies {
            self.add_copies(&mut hits, matches, stories)?;
        }
        for hit in &mut hits {
            self.outlets.rename(&mut hit.article.outlet);
            hit.copies.iter_mut().for_each(|copy| self.outlets.rename(&mut copy.outlet));
        }
        Ok(hits)
    }

    /// Adds to each of `hits`, which stand for `matches`, the other articles that tell the same story.
    fn add_copies(&self, hits: &mut [Hit], matches: &[Match], stories: &Stories) -> tantivy::Result<()> {
        let addresses: Vec<_> = matches.iter().map(|found| found.address).collect();
        for (hit, copies) in hits.iter_mut().zip(stories.copies(&self.snapshot, &addresses)?) {
            let heads = copies.into_iter().map(|address| stored::head(&self.snapshot, address));
            hit.copies = heads.collect::<tantivy::Result<_>>()?;
        }
        Ok(())
    }

    /// The stories that several articles tell; read when first asked for.
    fn stories(&self) -> Result<Arc<Stories>> {
        if let Some(stories) = self.stories.get() {
            return Ok(Arc::clone(stories));
        }
        let stories = Stories::new(&self.snapshot).map_err(|source| self.index.error(source))?;
        Ok(Arc::clone(self.stories.get_or_init(|| Arc::new(stories))))
    }

    /// The quotes that match `request`.
    pub fn quotes(&self, request: &QuoteRequest) -> Result<Hits<QuoteHit>> {
        let mut hits = Vec::new();
        let total = self.each_quote(request, |hit| {
            hits.push(hit);
            ControlFlow::Continue(())
        })?;
        Ok(Hits { total, copies: 0, hits })
    }

    /// Hands the quotes that match `request` to `consume`, one at a time and in order, until it says to stop; gives the
    /// number of all.
    pub fn each_quote(
        &self,
        request: &QuoteRequest,
        mut consume: impl FnMut(QuoteHit) -> ControlFlow<()>,
    ) -> Result<usize> {
        let needles = self.needles(&request.query, Field::Said)?;
        let telling = Telling {
            needles,
            stories: self.stories()?,
            titles: self.titles().map_err(|source| self.index.error(source))?,
        };
        let SearchOptions { limit, offset, .. } = request.options;
        let totals = self.each_quote_page(request, limit, offset, |matches| {
            let hits = matches.iter().map(|found| self.quote_hit(found, &telling));
            copies::each(hits, &mut consume)
        })?;
        Ok(totals.total)
    }

    /// The quotes that match `request`, those with the same words as one group; limit and offset count groups. A version
    /// of an article that a later one replaces counts only where no other article has the words.
    pub fn quote_groups(&self, request: &QuoteRequest) -> Result<QuoteGroups> {
        let mut groups = Vec::new();
        let (quotes, total) = self.each_quote_group(request, |group| {
            groups.push(group);
            ControlFlow::Continue(())
        })?;
        Ok(QuoteGroups { quotes, total, groups })
    }

    /// Hands the groups of [`quote_groups`](Self::quote_groups) to `consume`, one at a time and in order, until it says
    /// to stop; gives the number of all quotes and of all groups. Which quotes are copies is known only when all are
    /// found, so some 25 bytes are kept of each; their texts are read one at a time.
    pub fn each_quote_group(
        &self,
        request: &QuoteRequest,
        consume: impl FnMut(QuoteGroup) -> ControlFlow<()>,
    ) -> Result<(usize, usize)> {
        let needles = self.needles(&request.query, Field::Said)?;
        let SearchOptions { limit, offset, .. } = request.options;
        let mut matches = Vec::new();
        let totals = self.each_quote_page(request, usize::MAX, 0, |found| {
            matches.extend_from_slice(found);
            Ok(ControlFlow::Continue(()))
        })?;
        let stories = self.stories()?;
        let found = || {
            let groups = Groups::new(&self.snapshot, matches, &stories)?;
            let wanted = groups.iter().skip(offset).take(limit);
            let telling = Telling { needles, stories: Arc::clone(&stories), titles: self.titles()? };
            let copies = Copies::new(&self.snapshot)?;
            let is_elsewhere = |address| groups.has(address);
            let read = |members: Vec<Match>| self.group(&members, &copies, (&request.kinds, &is_elsewhere), &telling);
            let _ = copies::each(wanted.map(read), consume)?;
            Ok((totals.total - groups.left_out(), groups.len()))
        };
        found().map_err(|source| self.index.error(source))
    }

    /// `members` and the other quotes of the index with their words, one of an article: of these `kinds`, where there are
    /// any, and but for those of other groups, which `is_match` tells, and of articles that a later version replaces. The
    /// first printed of the members leads.
    fn group(
        &self,
        members: &[Match],
        copies: &Copies,
        (kinds, is_match): (&[QuoteKind], &dyn Fn(DocAddress) -> bool),
        telling: &Telling,
    ) -> tantivy::Result<QuoteGroup> {
        let is_member = |address| members.iter().find(|found| found.address == address);
        let mut quotes = Vec::new();
        for address in copies.of(members)? {
            if is_member(address).is_none() && is_match(address) {
                continue;
            }
            let score = is_member(address).map_or(0.0, |found| found.score);
            let hit = self.quote_hit(&Match { address, score }, telling)?;
            let is_copy = !hit.superseded && (kinds.is_empty() || kinds.contains(&hit.kind));
            if is_copy || is_member(address).is_some() {
                quotes.push((is_member(address).is_none(), hit));
            }
        }
        let first_printed = |hit: &QuoteHit| {
            let day = hit.article.date.map(|date| date.day);
            (day.is_none(), day, hit.article.path.clone(), hit.kind, hit.spans.first().copied())
        };
        quotes.sort_by_cached_key(|(_, hit)| first_printed(hit));
        let lead = quotes.iter().position(|(is_other, _)| !is_other).unwrap_or_default();
        let (_, quote) = quotes.remove(lead);
        let own = quotes.iter().filter(|(is_other, _)| !is_other).map(|(_, hit)| hit).chain([&quote]);
        let mut articles: BTreeSet<String> = own.map(|hit| hit.article.id.clone()).collect();
        quotes.retain(|(is_other, hit)| !is_other || articles.insert(hit.article.id.clone()));
        Ok(QuoteGroup::new(quote, quotes.into_iter().map(|(_, hit)| hit)))
    }

    fn quote_hit(&self, found: &Match, telling: &Telling) -> tantivy::Result<QuoteHit> {
        let mut hit = stored::quote_hit(&self.snapshot, found, &telling.needles)?;
        hit.superseded = telling.stories.is_superseded(&self.snapshot, found.address)?;
        if let Some(titles) = &telling.titles {
            titles.apply(&mut hit, found.address)?;
        }
        self.outlets.rename(&mut hit.article.outlet);
        Ok(hit)
    }

    /// What the rules call speakers, where there are rules.
    fn titles(&self) -> tantivy::Result<Option<Titles<'_>>> {
        if self.rules.is_empty() {
            return Ok(None);
        }
        Titles::new(&self.snapshot, self.roster()?).map(Some)
    }

    /// Writes down beside the index which names are one actor, so that later searchers of this commit need not work
    /// that out; without it they answer the same, only later. A searcher with rules writes nothing: they may change.
    pub fn keep_actors(&self) -> Result<()> {
        if !self.rules.is_empty() {
            return Ok(());
        }
        let write = || Catalogue::write(&self.index, &self.snapshot, self.roster()?);
        write().map_err(|source| self.index.error(source))
    }

    /// The actors of the whole index, most often named first.
    pub fn actors(&self, request: &ActorRequest) -> Result<Hits<ActorHit>> {
        let list = || actor::list(&self.snapshot, self.known_actors()?, request);
        list().map_err(|source| self.index.error(source))
    }

    /// The profile of the actor called `name`, of `kind` where that is told, or those that may be meant.
    pub fn actor(&self, name: &str, kind: Option<EntityKind>, options: ProfileOptions) -> Result<ActorAnswer> {
        let answer = || actor::answer(&self.snapshot, self.roster()?, name, kind, options);
        let mut answer = answer().map_err(|source| self.index.error(source))?;
        if let ActorAnswer::Found(profile) = &mut answer {
            profile.outlets = self.outlets.joined(std::mem::take(&mut profile.outlets), options.entries);
        }
        Ok(answer)
    }

    /// Actors with a name like `name`, of `kind` where that is told, the most alike first.
    pub fn similar_actors(&self, name: &str, kind: Option<EntityKind>) -> Result<Vec<ActorHit>> {
        let similar = || actor::suggest(&self.snapshot, self.roster()?, name, kind);
        similar().map_err(|source| self.index.error(source))
    }

    /// The article with this identifier or beginning of one, or with this path or end of one.
    ///
    /// # Errors
    /// [`Error::NoArticle`](crate::Error::NoArticle) where there is none, and
    /// [`Error::AmbiguousArticle`](crate::Error::AmbiguousArticle) where there are several.
    pub fn article(&self, name: &str) -> Result<StoredArticle> {
        let mut article = stored::article(&self.index, &self.snapshot, name)?;
        if let Some(field) = &mut article.article.outlet
            && let Some(name) = self.outlets.name(&field.value)
        {
            name.clone_into(&mut field.value);
        }
        Ok(article)
    }

    /// What `query` looks for in articles.
    fn article_needles(&self, query: &Query) -> Result<ArticleNeedles> {
        let quotes = self.quote_conditions(query).map_err(|source| self.index.error(source))?;
        let (body, headline) = (self.needles(query, Field::Body)?, self.needles(query, Field::Headline)?);
        Ok(ArticleNeedles { body, headline, quotes })
    }

    /// What `query` looks for in the texts that `field` names.
    fn needles(&self, query: &Query, field: Field) -> Result<Needles> {
        Needles::new(&self.snapshot, query, field).map_err(|source| self.index.error(source))
    }

    /// All actors, read when first asked for.
    fn roster(&self) -> tantivy::Result<&Roster> {
        if let Some(roster) = self.roster.get() {
            return Ok(roster);
        }
        let roster = Roster::new(&self.snapshot, &self.rules)?;
        Ok(self.roster.get_or_init(|| roster))
    }

    /// What was written down of actors for this commit, or else all names; the first does not count where the user has
    /// rules.
    fn known_actors(&self) -> tantivy::Result<Actors<'_>> {
        let open = || Catalogue::open(&self.index, &self.snapshot).filter(|_| self.rules.is_empty());
        match self.catalogue.get_or_init(open) {
            Some(catalogue) => Ok(Actors::Catalogue(catalogue)),
            None => self.roster().map(Actors::Roster),
        }
    }

    /// Plans what `query` means, with every actor's name widened to all its names.
    fn plan(&self, query: &Query, kind: Kind) -> tantivy::Result<Box<dyn Plan>> {
        if !self.outlets.is_empty() && outlet::names_outlets(query) {
            let known = vocabulary::values(&self.snapshot, fields().outlet)?;
            return self.plan_actors(&self.outlets.rewrite(query, &known), kind);
        }
        self.plan_actors(query, kind)
    }

    fn plan_actors(&self, query: &Query, kind: Kind) -> tantivy::Result<Box<dyn Plan>> {
        if actor::names_actors(query) {
            return plan::plan(&self.snapshot, &actor::rewrite(query, self.known_actors()?), kind);
        }
        plan::plan(&self.snapshot, query, kind)
    }

    fn each_quote_page(
        &self,
        request: &QuoteRequest,
        limit: usize,
        offset: usize,
        consume: impl FnMut(&[Match]) -> tantivy::Result<ControlFlow<()>>,
    ) -> Result<Totals> {
        let plan = self.plan(&of_quotes(request), Kind::Quote);
        let pages = Pages { limit, offset, stories: None, ..self.pages(&request.options)? };
        let unread = Unread::default();
        let plan = plan.map(|plan| figure::narrowed(plan, request, &unread));
        let totals = self.each_page(plan, Kind::Quote, &pages, consume)?;
        unread.check().map_err(|source| self.index.error(source))?;
        Ok(totals)
    }

    /// The page that `options` ask for.
    fn pages(&self, options: &SearchOptions) -> Result<Pages> {
        let SearchOptions { sort, limit, offset, .. } = *options;
        let stories = if options.all_copies { None } else { Some(self.stories()?) };
        let read = || -> tantivy::Result<Pages> {
            let outlets = if sort == Sort::Outlet { self.outlets()? } else { Vec::new() };
            let newest = if options.recent { self.newest()? } else { None };
            Ok(Pages { sort, limit, offset, stories, outlets, newest, after: None })
        };
        read().map_err(|source| self.index.error(source))
    }

    /// All outlets, in the order of their names.
    fn outlets(&self) -> tantivy::Result<Vec<String>> {
        let mut outlets = vocabulary::values(&self.snapshot, fields().outlet)?;
        outlets.sort_by_cached_key(|outlet| (words(outlet), outlet.clone()));
        Ok(outlets)
    }

    /// The newest day of an article.
    fn newest(&self) -> tantivy::Result<Option<i64>> {
        let mut newest = None;
        for reader in self.snapshot.segment_readers() {
            let days = reader.fast_fields().i64(name::DAY)?;
            newest = newest.max(reader.doc_ids_alive().filter_map(|document| days.first(document)).max());
        }
        Ok(newest)
    }

    /// Hands the matches of `plan` that `pages` asks for to `consume`, in order and some at a time.
    fn each_page(
        &self,
        plan: tantivy::Result<Box<dyn Plan>>,
        kind: Kind,
        pages: &Pages,
        consume: impl FnMut(&[Match]) -> tantivy::Result<ControlFlow<()>>,
    ) -> Result<Totals> {
        let each = || {
            let statistics = Statistics::new(&self.snapshot, kind)?;
            ranked::each(&self.snapshot, plan?.as_ref(), &statistics, pages, consume)
        };
        each().map_err(|source: TantivyError| self.index.error(source))
    }
}

/// What is told of a quote beside what is stored with it.
struct Telling<'a> {
    /// What is marked.
    needles: Needles,
    stories: Arc<Stories>,
    /// What the rules call speakers.
    titles: Option<Titles<'a>>,
}

/// `query` with `conditions` that have to hold too.
fn filtered(query: &Query, mut conditions: Vec<Query>) -> Query {
    if conditions.is_empty() {
        return query.clone();
    }
    if *query != Query::All {
        conditions.insert(0, query.clone());
    }
    if conditions.len() == 1 { conditions.remove(0) } else { Query::And(conditions) }
}

/// Everything that `request` asks of a quote.
fn of_quotes(request: &QuoteRequest) -> Query {
    let mut conditions = plan::conditions(&request.options.filters);
    conditions.extend(plan::any_name(Field::Speaker, &request.by));
    conditions.extend(plan::any_name(Field::Addressee, &request.addressees));
    conditions.extend(request.about.iter().map(|name| plan::named(Field::About, name)));
    filtered(&request.query, conditions)
}

/// Figures for BM25 over the documents of one kind: the others do not have the fields that are scored.
struct Statistics<'a> {
    snapshot: &'a Snapshot,
    documents: u64,
}

impl<'a> Statistics<'a> {
    fn new(snapshot: &'a Snapshot, kind: Kind) -> tantivy::Result<Self> {
        let documents = snapshot.doc_freq(&kind.term())?;
        Ok(Self { snapshot, documents })
    }
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Slot) -> tantivy::Result<u64> {
        self.snapshot.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.documents)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.snapshot.doc_freq(term)
    }
}

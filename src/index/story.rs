//! Which articles tell the same story: copies of one text, and versions of one item.
//!
//! Every article carries a [`Sketch`]. After a run that changed articles, all sketches are compared, and each story of
//! two articles or more becomes one document that lists its members. What is a story depends on nothing but the articles
//! that the index holds, so it is the same however they came into it.

use std::collections::{BTreeMap, HashMap};

use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, Searcher, TantivyDocument};

use super::schema::{Kind, fields, name};
use super::sketch::Sketch;

/// Articles in a bucket that a new one is compared with, the latest first: what whole archives have in common, such as
/// a form for weather reports, would otherwise cost the square of their number.
const COMPARED: usize = 32;

/// The articles of one story, by number.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Story {
    /// Those that no later version replaces, first printed first.
    pub(crate) current: Vec<u64>,
    /// Earlier versions of one of them, first printed first.
    pub(crate) superseded: Vec<u64>,
}

impl Story {
    /// All its articles, those that are current first.
    pub(crate) fn members(&self) -> impl Iterator<Item = u64> + '_ {
        self.current.iter().chain(&self.superseded).copied()
    }

    /// True where one of the articles replaces another.
    pub(crate) fn has_versions(&self) -> bool {
        !self.superseded.is_empty()
    }

    /// The document that stands for it.
    pub(super) fn document(&self) -> TantivyDocument {
        let to = fields();
        let mut document = TantivyDocument::with_capacity(32 * self.members().count());
        document.add_u64(to.kind, Kind::Story as u64);
        self.current.iter().for_each(|&member| document.add_u64(to.current, member));
        self.superseded.iter().for_each(|&member| document.add_u64(to.superseded, member));
        document
    }
}

/// The stories that stand in the index, in the order of their first articles' numbers.
pub(crate) fn stored(searcher: &Searcher) -> tantivy::Result<Vec<Story>> {
    let mut stories = Vec::new();
    for reader in searcher.segment_readers() {
        let columns = reader.fast_fields();
        let (current, superseded) = (columns.u64(name::CURRENT)?, columns.u64(name::SUPERSEDED)?);
        let story = |document: DocId| Story {
            current: current.values_for_doc(document).collect(),
            superseded: superseded.values_for_doc(document).collect(),
        };
        stories.extend(Kind::Story.documents(reader)?.into_iter().map(story));
    }
    stories.sort_unstable();
    Ok(stories)
}

/// The stories that the articles of the index make, in the order of [`stored`].
pub(super) fn found(searcher: &Searcher) -> tantivy::Result<Vec<Story>> {
    let columns = searcher.segment_readers().iter().map(|reader| reader.fast_fields().u64(name::SKETCH));
    let columns: Vec<Column<u64>> = columns.collect::<tantivy::Result<_>>()?;
    let sketch = |article: &Candidate| {
        let DocAddress { segment_ord, doc_id } = article.address;
        Sketch::unpack(columns[segment_ord as usize].values_for_doc(doc_id))
    };
    let mut stories = group(&articles(searcher)?, sketch);
    stories.sort_unstable();
    Ok(stories)
}

/// What grouping keeps of an article. Of millions, the sketches are four fifths of all that is known: these stay in the
/// index until they are asked for.
struct Candidate {
    number: u64,
    address: DocAddress,
    /// Day of publication, counted from the first of the calendar.
    day: Option<i32>,
    /// Number of the item that this is a version of, where its publisher names one.
    item: Option<u64>,
    revision: u64,
}

/// The articles of the index, first printed first, those without a day last.
fn articles(searcher: &Searcher) -> tantivy::Result<Vec<Candidate>> {
    let mut found = Vec::new();
    for (segment, reader) in (0..).zip(searcher.segment_readers()) {
        let columns = reader.fast_fields();
        let (numbers, days) = (columns.u64(name::ARTICLE)?, columns.i64(name::DAY)?);
        let (items, revisions) = (columns.u64(name::ITEM)?, columns.u64(name::REVISION)?);
        for document in Kind::Article.documents(reader)? {
            let candidate = Candidate {
                number: numbers.first(document).unwrap_or_default(),
                address: DocAddress::new(segment, document),
                day: days.first(document).and_then(|day| day.try_into().ok()),
                item: items.first(document),
                revision: revisions.first(document).unwrap_or_default(),
            };
            found.push(candidate);
        }
    }
    found.sort_by_key(|candidate| (candidate.day.unwrap_or(i32::MAX), candidate.number));
    Ok(found)
}

/// Puts every article below the first one that it is a copy of, if there is one, and earlier versions below their latest;
/// gives the stories of two articles or more.
///
/// Copies of copies are compared with the first: a story that is told on from day to day does not end up as one with
/// what it began as.
fn group(articles: &[Candidate], sketch: impl Fn(&Candidate) -> Option<Sketch>) -> Vec<Story> {
    let latest = latest(articles);
    let is_superseded = |article: &Candidate| article.item.is_some_and(|item| article.revision < latest[&item]);
    let mut buckets = Buckets::new(articles.len());
    // The first of the story of each article that is current.
    let mut firsts: Vec<u32> = (0..).take(articles.len()).collect();
    let mut first_of_item: HashMap<u64, usize> = HashMap::new();
    for (at, article) in articles.iter().enumerate().filter(|(_, article)| !is_superseded(article)) {
        let version = article.item.and_then(|item| first_of_item.get(&item).copied());
        if version.is_none()
            && let Some(own) = sketch(article)
        {
            let is_copy = |other: usize| {
                let other = &articles[other];
                let days = article.day.zip(other.day).map(|(own, other)| own.abs_diff(other).into());
                sketch(other).is_some_and(|other| own.is_copy(&other, days))
            };
            match buckets.first_copied(&own, is_copy) {
                Some(first) => firsts[at] = first as u32,
                None => buckets.add(at, &own),
            }
        }
        if let Some(version) = version {
            firsts[at] = version as u32;
        }
        if let Some(item) = article.item {
            first_of_item.entry(item).or_insert(firsts[at] as usize);
        }
    }
    for (at, article) in articles.iter().enumerate().filter(|(_, article)| is_superseded(article)) {
        if let Some(&first) = article.item.and_then(|item| first_of_item.get(&item)) {
            firsts[at] = first as u32;
        }
    }
    stories(articles, &firsts, is_superseded)
}

/// The stories of two articles or more, where the article at each place belongs to that of the one that `firsts` tells.
fn stories(articles: &[Candidate], firsts: &[u32], is_superseded: impl Fn(&Candidate) -> bool) -> Vec<Story> {
    let mut stories: BTreeMap<u32, Story> = BTreeMap::new();
    for (at, &first) in (0..).zip(firsts).filter(|(at, first)| at != *first) {
        let begun = || Story { current: vec![articles[first as usize].number], superseded: Vec::new() };
        let story = stories.entry(first).or_insert_with(begun);
        let article = &articles[at as usize];
        let members = if is_superseded(article) { &mut story.superseded } else { &mut story.current };
        members.push(article.number);
    }
    stories.into_values().collect()
}

/// The highest revision of each item.
fn latest(articles: &[Candidate]) -> HashMap<u64, u64> {
    let mut latest: HashMap<u64, u64> = HashMap::new();
    for article in articles {
        if let Some(item) = article.item {
            let known = latest.entry(item).or_default();
            *known = (*known).max(article.revision);
        }
    }
    latest
}

/// Articles by the bands of their sketches. In each bucket they form a chain, the latest at its head.
struct Buckets {
    /// The articles, in the order in which they were added.
    added: Vec<u32>,
    /// For each band of each of them, the one before it in its chain: one more than its place in this list.
    before: Vec<u32>,
    /// Head of each chain, by band and bucket, told in the same way; 0 where there is none.
    heads: Vec<Vec<u32>>,
}

impl Buckets {
    fn new(articles: usize) -> Self {
        let size = articles.next_power_of_two();
        let before = Vec::with_capacity(articles * Sketch::BANDS);
        Self { added: Vec::with_capacity(articles), before, heads: vec![vec![0; size]; Sketch::BANDS] }
    }

    fn add(&mut self, at: usize, sketch: &Sketch) {
        self.added.push(at as u32);
        for (heads, band) in self.heads.iter_mut().zip(sketch.bands()) {
            let bucket = bucket(band, heads.len());
            let head = &mut heads[bucket];
            self.before.push(*head);
            *head = self.before.len() as u32;
        }
    }

    /// The earliest of the articles added that the one with `sketch` is a copy of, as `is_copy` tells of those that have
    /// something in common with it.
    fn first_copied(&self, sketch: &Sketch, is_copy: impl Fn(usize) -> bool) -> Option<usize> {
        let chains = self.heads.iter().zip(sketch.bands());
        let chains = chains.map(|(heads, band)| self.chain(heads[bucket(band, heads.len())]).take(COMPARED));
        chains.fold(None, |found: Option<usize>, chain| {
            let earlier = chain.filter(|&at| found.is_none_or(|found| at < found));
            earlier.filter(|&at| is_copy(at)).min().or(found)
        })
    }

    /// The articles of the chain that begins at `head`.
    fn chain(&self, head: u32) -> impl Iterator<Item = usize> {
        let places = std::iter::successors(place(head), |&at| place(self.before[at]));
        places.map(|at| self.added[at / Sketch::BANDS] as usize)
    }
}

/// The place that `link` names.
fn place(link: u32) -> Option<usize> {
    link.checked_sub(1).map(|at| at as usize)
}

/// The bucket of `band` among `size`, a power of two.
fn bucket(band: u32, size: usize) -> usize {
    (band.wrapping_mul(0x9e37_79b1) >> 7) as usize & (size - 1)
}

#[cfg(test)]
mod tests {
    use chrono::Datelike as _;

    use super::super::reading::Reading;
    use super::*;

    fn check(texts: &[&str], expect: &[&[u64]]) {
        let candidates = (0..).zip(texts).map(|(number, text)| candidate(number, text, None, 0));
        let stories = grouped(candidates.collect());
        let members: Vec<&[u64]> = stories.iter().map(|story| story.current.as_slice()).collect();
        assert_eq!(members, expect);
    }

    /// Groups articles that are numbered from 0.
    fn grouped(articles: Vec<(Candidate, Option<Sketch>)>) -> Vec<Story> {
        let (mut candidates, sketches): (Vec<_>, Vec<_>) = articles.into_iter().unzip();
        candidates.sort_by_key(|candidate: &Candidate| (candidate.day.unwrap_or(i32::MAX), candidate.number));
        group(&candidates, |article| sketches[article.number as usize].clone())
    }

    fn candidate(number: u64, text: &str, item: Option<u64>, revision: u64) -> (Candidate, Option<Sketch>) {
        let candidate = Candidate { number, address: DocAddress::new(0, 0), day: None, item, revision };
        (candidate, Sketch::of("", &Reading::new(text)))
    }

    /// A hundred and twenty words about `topic`, from the one at `begin`.
    fn story(topic: &str, begin: usize) -> String {
        let letter = |at: usize| char::from(b'a' + (at % 26) as u8);
        (begin..begin + 120).map(|at| format!("{topic}{}{}", letter(at / 26), letter(at))).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn copies_stand_below_the_first() {
        let (river, strike) = (story("river", 0), story("strike", 0));
        let longer = format!("{river} {}", story("flood", 0));
        check(&[&river, &strike, &longer, &river.to_uppercase()], &[&[0, 2, 3]]);
        check(&[&river, &strike], &[]);
        check(&["The river rose.", "the river rose", "The river fell."], &[&[0, 1]]);
    }

    #[test]
    fn a_story_told_on_is_compared_with_its_beginning() {
        let told = [story("river", 0), story("river", 45), story("river", 90), story("river", 135)];
        let told: Vec<&str> = told.iter().map(String::as_str).collect();
        check(&told, &[&[0, 1], &[2, 3]]);
    }

    #[test]
    fn earlier_versions_stand_below_the_latest() {
        let (river, strike) = (story("river", 0), story("strike", 0));
        let articles = vec![
            candidate(0, &river, Some(7), 1),
            candidate(1, &river, None, 0),
            candidate(2, &format!("{strike} {strike}"), Some(7), 3),
            candidate(3, &river, Some(7), 2),
            candidate(4, &strike, None, 0),
        ];
        // The latest version has become another story, and takes its earlier ones along.
        let expect = [Story { current: vec![2, 4], superseded: vec![0, 3] }];
        assert_eq!(grouped(articles), expect);
    }

    #[test]
    fn one_item_twice_in_the_same_version_is_a_copy() {
        let articles = vec![candidate(0, "The dam", Some(7), 2), candidate(1, "A dam", Some(7), 2)];
        assert_eq!(grouped(articles), [Story { current: vec![0, 1], superseded: Vec::new() }]);
    }

    /// `NEWSDEX_SHARED=… cargo test --lib stories_of_real_archives -- --nocapture` prints the stories of each archive, and how
    /// many of the pairs in `tests/gold/story-pairs.tsv`, which were read by a person, are grouped as that person did.
    #[test]
    #[allow(clippy::print_stdout, reason = "its figures are printed")]
    fn stories_of_real_archives() {
        let Some(shared) = std::env::var_os("NEWSDEX_SHARED").map(std::path::PathBuf::from) else { return };
        let gold = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/gold/story-pairs.tsv")).unwrap();
        for archive in ["reuters-21578.jsonl.gz", "worldwide"] {
            let articles = articles_of(&shared.join("data/corpora").join(archive));
            let candidates = (0..).zip(&articles).map(|(number, article)| {
                let headline = article.headline.as_ref().map_or("", |field| &field.value);
                let day = article.date.as_ref().map(|date| date.value.day.num_days_from_ce());
                let sketch = Sketch::of(headline, &Reading::new(article.body()));
                (Candidate { day, ..candidate(number, "", None, 0).0 }, sketch)
            });
            let stories = grouped(candidates.collect());
            let name = |number: u64| articles[number as usize].path.rsplit('/').next().unwrap_or_default();
            let mut story_of = HashMap::new();
            for (at, story) in stories.iter().enumerate() {
                story_of.extend(story.current.iter().map(|&member| (name(member), at)));
                println!(
                    "{archive}\t{}",
                    story.current.iter().map(|&member| name(member)).collect::<Vec<_>>().join(" ")
                );
            }
            let (mut right, mut grouped, mut same) = (0, 0, 0);
            for row in gold.lines().map(|line| line.split('\t').collect::<Vec<_>>()).filter(|row| row[0] == archive) {
                let is_same = row[3] == "same";
                let is_grouped = story_of.contains_key(row[1]) && story_of.get(row[1]) == story_of.get(row[2]);
                right += usize::from(is_same && is_grouped);
                grouped += usize::from(is_grouped);
                same += usize::from(is_same);
                if is_same != is_grouped {
                    println!("{archive}: {} and {}: grouped {is_grouped}, expected {}", row[1], row[2], row[3]);
                }
            }
            let share = |of: usize| right as f64 / of.max(1) as f64;
            println!("{archive}: precision {:.3} of {grouped}, recall {:.3} of {same}", share(grouped), share(same));
            assert!(right * 100 >= grouped * 95, "precision of {archive}");
        }
    }

    /// The articles in the folder or file at `path`.
    fn articles_of(path: &std::path::Path) -> Vec<crate::article::Article> {
        use crate::crawl::{is_container, members, read, walk};
        let mut articles = Vec::new();
        let mut take =
            |file| articles.extend(crate::parse::parse(&file).articles.into_iter().map(|(article, _)| article));
        for file in walk(&[path.to_path_buf()], &[]).flatten() {
            if is_container(&file).unwrap_or(false) {
                members(&file, &mut |member| {
                    member.into_iter().for_each(&mut take);
                    std::ops::ControlFlow::Continue(())
                });
            } else {
                read(&file).into_iter().for_each(&mut take);
            }
        }
        articles
    }
}

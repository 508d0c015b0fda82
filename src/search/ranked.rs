//! All matches of a query in their order, a bounded number at a time: however many there are, they take no more memory
//! than one page of them. What is behind a page is found by asking again for what stands behind its last match.

use std::ops::ControlFlow;

use tantivy::Searcher as Snapshot;
use tantivy::collector::Collector as _;
use tantivy::query::{EnableScoring, Query as Plan, Weight};

use super::Statistics;
use super::collect::{Match, Page, Pages};

/// Matches that are ranked at a time: a megabyte for each segment. Each step goes through all matches again, which for
/// a million of them costs a fraction of reading their texts.
const AT_A_TIME: usize = 20_000;

/// Numbers of the matches of a query.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Totals {
    /// How many there are.
    pub(super) total: usize,
    /// How many more match and are passed over, because an earlier one tells the same story.
    pub(super) copies: usize,
}

/// Hands the matches of `plan` that `pages` asks for to `consume`, in order, until it says to stop.
pub(super) fn each(
    snapshot: &Snapshot,
    plan: &dyn Plan,
    statistics: &Statistics,
    pages: &Pages,
    consume: impl FnMut(&[Match]) -> tantivy::Result<ControlFlow<()>>,
) -> tantivy::Result<Totals> {
    let scoring = if pages.requires_scoring() {
        EnableScoring::enabled_from_statistics_provider(statistics, snapshot)
    } else {
        EnableScoring::disabled_from_searcher(snapshot)
    };
    in_steps(snapshot, plan.weight(scoring)?.as_ref(), pages, AT_A_TIME, consume)
}

/// As [`each`], ranking `step` matches at a time.
fn in_steps(
    snapshot: &Snapshot,
    weight: &dyn Weight,
    pages: &Pages,
    step: usize,
    mut consume: impl FnMut(&[Match]) -> tantivy::Result<ControlFlow<()>>,
) -> tantivy::Result<Totals> {
    let mut step_pages = pages.clone();
    let (mut skipped, mut left) = (pages.offset, pages.limit);
    let mut totals = None;
    loop {
        step_pages.offset = skipped.min(step);
        step_pages.limit = left.min(step - step_pages.offset);
        let asked = step_pages.offset + step_pages.limit;
        let page = page(snapshot, weight, &step_pages)?;
        let totals = *totals.get_or_insert(Totals { total: page.total, copies: page.copies });
        let is_last = page.matches.len() < step_pages.limit || page.end.is_none();
        if !page.matches.is_empty() && consume(&page.matches)?.is_break() {
            return Ok(totals);
        }
        skipped -= step_pages.offset;
        left = left.saturating_sub(page.matches.len());
        if is_last || left == 0 || asked == 0 {
            return Ok(totals);
        }
        step_pages.after = page.end;
    }
}

fn page(snapshot: &Snapshot, weight: &dyn Weight, pages: &Pages) -> tantivy::Result<Page> {
    let segments = (0..).zip(snapshot.segment_readers());
    let found = segments.map(|(at, reader)| pages.collect_segment(weight, at, reader));
    pages.merge_fruits(found.collect::<tantivy::Result<_>>()?)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tantivy::query::TermQuery;
    use tantivy::schema::IndexRecordOption;
    use tantivy::{Index, TantivyDocument, Term};

    use super::*;
    use crate::index::analyzer::joined;
    use crate::index::{Kind, fields, register, schema};
    use crate::search::Sort;
    use crate::search::story::Stories;

    const SORTS: [Sort; 4] = [Sort::Relevance, Sort::Newest, Sort::Oldest, Sort::Prominence];

    /// 240 articles in four segments, many of one score, of one day and of one path, and some of one story.
    fn snapshot() -> Snapshot {
        let index = Index::create_in_ram(schema());
        register(&index);
        let mut writer = index.writer_with_num_threads(1, 20_000_000).unwrap();
        writer.set_merge_policy(Box::new(tantivy::merge_policy::NoMergePolicy));
        for number in 0..240u64 {
            let mut document = TantivyDocument::new();
            document.add_u64(fields().kind, Kind::Article as u64);
            document.add_u64(fields().article, number);
            document.add_text(fields().path, format!("/{}", (number * 7) % 50));
            let words = "dam ".repeat(1 + number as usize % 3) + &"wall ".repeat(number as usize % 5);
            document.add_text(fields().body, joined(&words));
            if number % 11 > 0 {
                document.add_i64(fields().day, (number % 4) as i64);
            }
            writer.add_document(document).unwrap();
            if number % 60 == 59 {
                writer.commit().unwrap();
            }
        }
        for story in 0..9u64 {
            let mut document = TantivyDocument::new();
            document.add_u64(fields().kind, Kind::Story as u64);
            for number in [story, story + 100, story + 200] {
                document.add_u64(fields().current, number);
            }
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
        index.reader().unwrap().searcher()
    }

    /// The matches of `dam` that `pages` asks for, ranked `step` at a time, and the numbers of all.
    fn ranked(snapshot: &Snapshot, pages: &Pages, step: usize) -> (Vec<String>, [usize; 2]) {
        let plan = TermQuery::new(Term::from_field_text(fields().body, "dam"), IndexRecordOption::WithFreqs);
        let weight = plan.weight(EnableScoring::enabled_from_searcher(snapshot)).unwrap();
        let mut found = Vec::new();
        let totals = in_steps(snapshot, weight.as_ref(), pages, step, |matches| {
            assert!(matches.len() <= step, "no more than asked for at a time");
            found.extend(matches.iter().map(|found| format!("{:?} {}", found.address, found.score)));
            Ok(ControlFlow::Continue(()))
        });
        (found, totals.map(|totals| [totals.total, totals.copies]).unwrap())
    }

    #[test]
    fn steps_of_any_size_give_the_same_order() {
        let snapshot = snapshot();
        let stories = Arc::new(Stories::new(&snapshot).unwrap());
        for sort in SORTS {
            for stories in [None, Some(Arc::clone(&stories))] {
                let pages = |offset, limit| Pages { sort, offset, limit, stories: stories.clone(), ..Pages::default() };
                let (all, totals) = ranked(&snapshot, &pages(0, usize::MAX), 1000);
                assert_eq!(totals, if stories.is_some() { [222, 18] } else { [240, 0] });
                assert_eq!(all.len(), totals[0]);
                for step in [1, 2, 7, 60, 239, 240] {
                    let found = |offset, limit| ranked(&snapshot, &pages(offset, limit), step);
                    assert_eq!(found(0, usize::MAX), (all.clone(), totals), "{sort:?} {step}");
                    assert_eq!(found(5, 90), (all[5..95].to_vec(), totals), "{sort:?} {step}");
                    assert_eq!(found(200, 90).0, all[200..], "{sort:?} {step}");
                    assert_eq!(found(999, 90), (Vec::new(), totals), "{sort:?} {step}");
                }
                assert_eq!(ranked(&snapshot, &pages(0, 0), 7), (Vec::new(), totals));
            }
        }
    }

    #[test]
    fn who_has_enough_stops() {
        let snapshot = snapshot();
        let pages = Pages { limit: usize::MAX, ..Pages::default() };
        let plan = TermQuery::new(Term::from_field_text(fields().body, "dam"), IndexRecordOption::WithFreqs);
        let weight = plan.weight(EnableScoring::enabled_from_searcher(&snapshot)).unwrap();
        let mut seen = 0;
        let totals = in_steps(&snapshot, weight.as_ref(), &pages, 50, |matches| {
            seen += matches.len();
            Ok(if seen >= 100 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        });
        assert_eq!((seen, totals.unwrap().total), (100, 240));
    }
}

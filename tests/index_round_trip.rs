//! What goes into an index comes out of it unaltered, whatever the order and number of writes.

#![allow(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

#[path = "../benches/support/generator.rs"]
#[allow(dead_code, reason = "the benchmarks use more of it")]
mod generator;

use std::fmt::Write as _;
use std::path::Path;

use chrono::{DateTime, FixedOffset, NaiveDate};
use generator::Generator;
use newsdex::Error;
use newsdex::article::{Article, Evidence, Field, Origin, PublicationDate};
use newsdex::crawl::SkipReason;
use newsdex::extract::{
    Addressee, Annotations, Embed, Entity, EntityKind, Quote, QuoteKind, Reason, Speaker, SpeakerClass, annotate,
};
use newsdex::index::{FORMAT, FileRecord, Index, Outcome};
use newsdex::search::{ActorRequest, Query, QuoteRequest, SearchOptions, Searcher};
use newsdex::text::Span;
use proptest::prelude::*;

fn file(path: &str, outcome: Outcome) -> FileRecord {
    FileRecord { path: path.into(), size: 3, modified: -5, hash: u64::MAX, outcome }
}

fn write(index: &Index, articles: &[(Article, Annotations)]) {
    let mut writer = index.writer(0).unwrap();
    for pair in articles {
        writer.replace(&file(&pair.0.path, Outcome::Articles(1)), std::slice::from_ref(pair)).unwrap();
    }
    writer.commit(&[]).unwrap();
    writer.finish().unwrap();
}

/// Everything that a reader can see, as text.
fn answers(folder: &Path) -> String {
    let index = Index::open(folder).unwrap();
    let searcher = Searcher::open(&index).unwrap();
    let mut all = format!("{:?}\n", index.manifest().unwrap());
    for query in ["", "the", "\"of the\"", "said:the", "NOT the", "the of a*", "person:ada"] {
        let query = Query::parse(query).unwrap();
        let options = SearchOptions { limit: 1000, ..SearchOptions::default() };
        let hits = searcher.search(&query, &options).unwrap();
        let quotes = searcher.quotes(&QuoteRequest { query, options, ..QuoteRequest::default() }).unwrap();
        let _ = writeln!(all, "{hits:#?}\n{quotes:#?}");
    }
    let actors = ActorRequest { limit: 1000, ..ActorRequest::default() };
    let _ = writeln!(all, "{:#?}", searcher.actors(&actors).unwrap());
    all
}

#[test]
fn the_number_of_commits_does_not_show() {
    let generator = Generator::new(100);
    let articles: Vec<_> = (0..120).map(|number| generator.article(number)).collect();
    let (whole, parts) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    write(&Index::open_or_create(whole.path()).unwrap(), &articles);
    let index = Index::open_or_create(parts.path()).unwrap();
    for part in articles.chunks(13) {
        write(&index, part);
    }
    similar(&answers(whole.path()), &answers(parts.path()));
}

#[test]
fn indexing_twice_is_indexing_once() {
    let generator = Generator::new(100);
    let articles: Vec<_> = (0..60).map(|number| generator.article(number)).collect();
    let (once, twice) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    write(&Index::open_or_create(once.path()).unwrap(), &articles);
    let index = Index::open_or_create(twice.path()).unwrap();
    write(&index, &articles);
    write(&index, &articles);
    similar(&answers(once.path()), &answers(twice.path()));
    let status = index.status().unwrap();
    assert_eq!((status.articles, status.files), (60, 60));
}

/// Compares by line, for a message that can be read.
fn similar(left: &str, right: &str) {
    for (at, (left, right)) in left.lines().zip(right.lines()).enumerate() {
        assert_eq!(left, right, "line {at}");
    }
    assert_eq!(left.len(), right.len());
}

#[test]
fn removed_and_renamed_files_leave_nothing_behind() {
    let generator = Generator::new(100);
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open_or_create(folder.path()).unwrap();
    let articles: Vec<_> = (0..30).map(|number| generator.article(number)).collect();
    write(&index, &articles);
    let mut writer = index.writer(0).unwrap();
    for (article, _) in &articles[..10] {
        writer.remove(&article.path).unwrap();
    }
    let (mut renamed, annotations) = articles[10].clone();
    writer.remove(&renamed.path).unwrap();
    renamed.path = "/elsewhere/new name.txt".into();
    let record = file(&renamed.path, Outcome::Articles(1));
    writer.replace(&record, &[(renamed.clone(), annotations.clone())]).unwrap();
    writer.remove("/never/seen").unwrap();
    writer.commit(&[]).unwrap();
    writer.finish().unwrap();
    let status = index.status().unwrap();
    let quotes: usize = articles[10..].iter().map(|(_, annotations)| annotations.quotes.len()).sum();
    assert_eq!((status.articles, status.files, status.quotes), (20, 20, quotes));
    let searcher = Searcher::open(&index).unwrap();
    assert!(matches!(searcher.article(&articles[0].0.path), Err(Error::NoArticle { .. })));
    assert!(matches!(searcher.article(&articles[10].0.path), Err(Error::NoArticle { .. })));
    assert_eq!(searcher.article("new name.txt").unwrap().annotations, annotations);
    let everything = searcher.quotes(&QuoteRequest::default()).unwrap();
    assert_eq!(everything.total, quotes);
}

#[test]
fn what_is_not_committed_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open_or_create(folder.path()).unwrap();
    let (article, annotations) = Generator::new(50).article(1);
    let mut writer = index.writer(0).unwrap();
    writer.replace(&file(&article.path, Outcome::Articles(1)), &[(article, annotations)]).unwrap();
    drop(writer);
    assert_eq!(index.status().unwrap().articles, 0);
    assert!(index.manifest().unwrap().is_empty());
}

#[test]
fn manifest_and_status_tell_what_was_read() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open_or_create(folder.path()).unwrap();
    let mut writer = index.writer(0).unwrap();
    let records = [
        file("/a", Outcome::Skipped(SkipReason::Empty)),
        file("/b\nline", Outcome::Skipped(SkipReason::Unsupported("image".into()))),
        file("/c", Outcome::Skipped(SkipReason::Unsupported("spreadsheet".into()))),
        FileRecord { size: u64::MAX, modified: i64::MAX, hash: 0, ..file("/d", Outcome::Articles(2)) },
    ];
    for record in &records {
        writer.replace(record, &[]).unwrap();
    }
    writer.commit(&["/x".into(), "/y z".into()]).unwrap();
    writer.finish().unwrap();
    let manifest = index.manifest().unwrap();
    assert_eq!(manifest.values().cloned().collect::<Vec<_>>(), records);
    let status = index.status().unwrap();
    assert_eq!(status.skipped, [("empty".to_owned(), 1), ("unsupported".to_owned(), 2)]);
    assert_eq!(status.folders, ["/x", "/y z"]);
    assert_eq!((status.files, status.articles, status.dates), (4, 0, None));
    assert!(status.bytes > 0 && !index.is_stale().unwrap());
}

#[test]
fn a_second_writer_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open_or_create(folder.path()).unwrap();
    let writer = index.writer(0).unwrap();
    assert!(matches!(index.writer(0), Err(Error::Locked { .. })));
    assert!(matches!(Index::recreate(folder.path()), Err(Error::Locked { .. })));
    drop(writer);
    assert!(index.writer(0).is_ok());
}

#[test]
fn other_folders_are_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(Index::open(folder.path()), Err(Error::NoIndex { .. })));
    assert!(matches!(Index::open(folder.path().join("none")), Err(Error::NoIndex { .. })));
    std::fs::write(folder.path().join(".gitkeep"), "").unwrap();
    assert!(matches!(Index::open(folder.path()), Err(Error::NoIndex { .. })));
    let nested = folder.path().join("a/b");
    Index::open_or_create(&nested).unwrap();
    assert!(matches!(Index::open_or_create(folder.path()), Err(Error::NotAnIndex { .. })));
    assert!(matches!(Index::recreate(folder.path()), Err(Error::NotAnIndex { .. })));
    let other = nested.join("meta.json");
    std::fs::write(&other, "{\"payload\": \"mine\", \"segments\": []}").unwrap();
    assert!(matches!(Index::open_or_create(&nested), Err(Error::NotAnIndex { .. })));
    assert!(matches!(Index::open_or_create(&other), Err(Error::NotAnIndex { .. })));
    assert!(Index::open_or_create(folder.path().join(".gitkeep").parent().unwrap().join("c")).is_ok());
}

#[test]
fn an_index_of_another_format_is_told_apart_and_can_be_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open_or_create(folder.path()).unwrap();
    write(&index, &[Generator::new(50).article(1)]);
    let meta = folder.path().join("meta.json");
    let text = std::fs::read_to_string(&meta).unwrap();
    let folders = r#"\"folders\":[\"corpus\"]"#;
    let old =
        text.replace(&format!("\\\"format\\\":{FORMAT}"), r#"\"format\":99"#).replace(r#"\"folders\":[]"#, folders);
    assert_ne!(old, text);
    std::fs::write(&meta, old).unwrap();
    for error in [Index::open(folder.path()).err().unwrap(), Index::open_or_create(folder.path()).err().unwrap()] {
        assert!(error.to_string().contains(&format!("format 99, expected {FORMAT}")), "{error}");
        assert!(error.hint().unwrap().contains("newsdex index corpus"));
    }
    std::fs::write(folder.path().join(".gitkeep"), "").unwrap();
    let index = Index::recreate(folder.path()).unwrap();
    assert_eq!(index.status().unwrap().files, 0);
    write(&index, &[Generator::new(50).article(2)]);
    assert_eq!(Index::open(folder.path()).unwrap().status().unwrap().articles, 1);
    assert!(folder.path().join(".gitkeep").exists());
}

#[test]
fn articles_are_found_by_what_names_only_them() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open_or_create(folder.path()).unwrap();
    let generator = Generator::new(50);
    let articles: Vec<_> = (0..40).map(|number| generator.article(number)).collect();
    write(&index, &articles);
    let searcher = Searcher::open(&index).unwrap();
    for (article, annotations) in &articles {
        let found = searcher.article(&article.path).unwrap();
        assert_eq!((&found.article, &found.annotations), (article, annotations));
        assert_eq!(searcher.article(&found.id).unwrap().article.path, article.path);
        assert_eq!(searcher.article(&found.id[..12]).unwrap().article.path, article.path);
        let name = article.path.rsplit('/').next().unwrap();
        assert_eq!(searcher.article(name).unwrap().id, found.id);
        assert!(matches!(searcher.article(&name[1..]), Err(Error::NoArticle { .. })));
    }
    let several = (0..16).map(|digit| searcher.article(&format!("{digit:x}"))).find_map(Result::err);
    match several {
        Some(error @ Error::AmbiguousArticle { .. }) => {
            let message = error.to_string();
            let Error::AmbiguousArticle { count, candidates, .. } = &error else { panic!("it is one") };
            assert!((2..=5).contains(&candidates.len()) && candidates.len() <= *count, "{message}");
            assert!(message.starts_with(&format!("{count} articles are called `")), "{message}");
            assert_eq!(message.ends_with(", …"), candidates.len() < *count, "{message}");
        }
        other => panic!("{other:?}"),
    }
    assert!(matches!(searcher.article(""), Err(Error::NoArticle { .. })));
    assert!(matches!(searcher.article("/"), Err(Error::NoArticle { .. })));
    assert!(matches!(searcher.article("00000000000000000"), Err(Error::NoArticle { .. })));
}

#[test]
fn actors_have_their_figures() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open_or_create(folder.path()).unwrap();
    let generator = Generator::new(60);
    let articles: Vec<_> = (0..50).map(|number| generator.article(number)).collect();
    for part in articles.chunks(20) {
        write(&index, part);
    }
    let searcher = Searcher::open(&index).unwrap();
    let request = ActorRequest { kinds: vec![EntityKind::Person], limit: 1000, ..ActorRequest::default() };
    let all = searcher.actors(&request).unwrap();
    assert!(all.total > 20 && all.total == all.hits.len());
    for actor in &all.hits {
        let names = |annotations: &Annotations| annotations.entities.iter().any(|entity| entity.name == actor.name);
        let says = |quote: &&Quote| {
            quote.speaker.as_ref().and_then(|speaker| speaker.name.as_deref()) == Some(actor.name.as_str())
        };
        let naming = articles.iter().filter(|(_, annotations)| names(annotations));
        let days = naming.clone().filter_map(|(article, _)| Some(article.date.as_ref()?.value.day));
        assert_eq!(actor.articles, naming.clone().count(), "{}", actor.name);
        assert_eq!(actor.dates, days.clone().min().zip(days.max()), "{}", actor.name);
        let quotes = articles.iter().flat_map(|(_, annotations)| annotations.quotes.iter().filter(says));
        assert_eq!(actor.quotes, quotes.count(), "{}", actor.name);
    }
    assert!(all.hits.is_sorted_by(|left, right| left.articles >= right.articles));
    let last = all.hits[0].name.rsplit(' ').next().unwrap().to_lowercase();
    let found = searcher.actors(&ActorRequest { prefix: last[..3].to_owned(), limit: 1, ..request }).unwrap();
    let begins = |name: &str| name.to_lowercase().split(' ').any(|word| word.starts_with(&last[..3]));
    assert_eq!(found.total, all.hits.iter().filter(|actor| begins(&actor.name)).count());
    assert_eq!(found.hits[0], *all.hits.iter().find(|actor| begins(&actor.name)).unwrap());
    let status = index.status().unwrap();
    let (declined, said): (Vec<&Quote>, Vec<&Quote>) =
        articles.iter().flat_map(|(_, annotations)| &annotations.quotes).partition(|quote| quote.is_declined());
    assert_eq!((status.quotes, status.declined), (said.len(), declined.len()));
}

#[test]
fn status_counts_files_as_the_manifest_has_them() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open_or_create(folder.path()).unwrap();
    let check = |record: &FileRecord, skipped: &[(&str, usize)]| {
        let mut writer = index.writer(0).unwrap();
        writer.replace(record, &[]).unwrap();
        writer.commit(&[]).unwrap();
        writer.finish().unwrap();
        let (status, manifest) = (index.status().unwrap(), index.manifest().unwrap());
        let expect: Vec<(String, usize)> = skipped.iter().map(|(class, count)| ((*class).to_owned(), *count)).collect();
        assert_eq!((status.files, status.skipped), (manifest.len(), expect), "{record:?}");
    };
    check(&file("/a/one.txt", Outcome::Skipped(SkipReason::Empty)), &[("empty", 1)]);
    check(
        &file("/a/two.png", Outcome::Skipped(SkipReason::Unsupported("image".into()))),
        &[("empty", 1), ("unsupported", 1)],
    );
    check(
        &file("/a/three.gz", Outcome::Skipped(SkipReason::Unsupported("video".into()))),
        &[("empty", 1), ("unsupported", 2)],
    );
    check(&file("/a/one.txt", Outcome::Articles(1)), &[("unsupported", 2)]);
    check(&file("/a/dump.zip", Outcome::Begun { members: 3, articles: 2 }), &[("unsupported", 2)]);
    check(&file("/a/dump.zip", Outcome::Articles(4)), &[("unsupported", 2)]);
}

#[test]
fn the_sentence_around_a_quote_goes_on_over_the_lines_of_wrapped_text() {
    let sentence = "Mayor Ada Okwu said that \"the wall will hold\" and that\nthose who had left the lower town by boat could come home\nbefore the week was over.";
    let text = format!(
        "The river at Tarn rose all through the night and reached\nthe lower streets of the town by the time that the first\n\
         trains left. {sentence} Nobody was\nhurt, the police said, and no house was lost.\n"
    );
    let annotations = annotate(&text, Some("en"));
    assert!(annotations.cut.is_some());
    // Whether extraction hands over how it has cut the text or not, the index holds the same.
    for annotations in [annotations.clone(), Annotations { cut: None, ..annotations }] {
        let folder = tempfile::tempdir().unwrap();
        let index = Index::open_or_create(folder.path()).unwrap();
        let body = Span::new(0, text.len());
        let article = Article { path: "/a/one.txt".into(), text: text.clone(), body, ..Article::default() };
        write(&index, &[(article, annotations)]);
        let request = QuoteRequest { query: Query::parse("wall").unwrap(), ..QuoteRequest::default() };
        let hits = Searcher::open(&index).unwrap().quotes(&request).unwrap().hits;
        let around: Vec<&str> = hits.iter().map(|hit| hit.sentence.text.as_str()).collect();
        assert_eq!(around, [sentence]);
    }
}

#[test]
fn quotes_come_out_as_they_stand() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open_or_create(folder.path()).unwrap();
    let (article, annotations) = Generator::new(50).article(5);
    write(&index, &[(article.clone(), annotations.clone())]);
    let searcher = Searcher::open(&index).unwrap();
    let hits =
        searcher.quotes(&QuoteRequest { query: Query::parse("the").unwrap(), ..QuoteRequest::default() }).unwrap();
    assert!(hits.total > 2);
    for hit in &hits.hits {
        let quote = annotations.quotes.iter().find(|quote| quote.spans == hit.spans).unwrap();
        let speaker = quote.speaker.as_ref().unwrap();
        assert_eq!(hit.words, quote.words(&article.text));
        assert_eq!(hit.sentence.text, hit.sentence.span.of(&article.text));
        assert!(quote.spans.iter().all(|&span| hit.sentence.span.contains(span)));
        assert_eq!(hit.printed.as_deref(), speaker.span.map(|span| span.of(&article.text)));
        assert_eq!((&hit.speaker, &hit.role), (&speaker.name, &speaker.role));
        assert_eq!(hit.cue.as_deref(), Some("said"));
        let marks: Vec<&str> = hit.sentence.marks.iter().map(|mark| mark.of(&hit.sentence.text)).collect();
        assert!(!marks.is_empty() && marks.iter().all(|mark| mark.eq_ignore_ascii_case("the")), "{marks:?}");
    }
}

#[test]
fn a_passage_that_is_reported_twice_is_no_copy_of_itself() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open_or_create(folder.path()).unwrap();
    let (article, mut annotations) = Generator::new(50).article(5);
    let mut again = annotations.quotes[0].clone();
    again.kind = QuoteKind::Indirect;
    again.speaker.as_mut().unwrap().name = Some("Somebody Else".into());
    annotations.quotes.insert(1, again);
    write(&index, &[(article, annotations.clone())]);
    let searcher = Searcher::open(&index).unwrap();
    let request = QuoteRequest::default();
    assert_eq!(searcher.quotes(&request).unwrap().total, annotations.quotes.len());
    let groups = searcher.quote_groups(&request).unwrap().groups;
    let group = groups.iter().find(|group| group.quote.spans == annotations.quotes[0].spans).unwrap();
    assert_eq!((group.quote.kind, group.copies.len()), (annotations.quotes[0].kind, 0));
    assert!(!group.speakers_disagree());
}

fn span(text: &str, pair: (usize, usize)) -> Span {
    let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let (left, right) = (bounds[pair.0 % bounds.len()], bounds[pair.1 % bounds.len()]);
    Span::new(left.min(right), left.max(right))
}

prop_compose! {
    fn evidence()(origin in 0..10usize, confidence in 0f32..=1.0, at in any::<Option<(usize, usize)>>()) -> Evidence {
        use Origin::*;
        let all = [Metadata, Headline, Byline, Dateline, DateLine, Credit, Url, FileName, Folder, Text];
        let span = at.map(|(begin, end)| Span::new(begin % 1000, end % 1000));
        Evidence { origin: all[origin], confidence, span }
    }
}

fn field<T: std::fmt::Debug>(value: impl Strategy<Value = T>) -> impl Strategy<Value = Field<T>> {
    (value, evidence()).prop_map(|(value, evidence)| Field { value, evidence })
}

fn date() -> impl Strategy<Value = PublicationDate> {
    let time = prop::option::of((-1_000_000_000i64..4_000_000_000, 0..999_999_999u32, -50_000..50_000i32));
    (600_000..800_000i32, time).prop_map(|(day, time)| PublicationDate {
        day: NaiveDate::from_num_days_from_ce_opt(day).unwrap(),
        time: time.map(|(seconds, nanoseconds, zone)| {
            let zone = FixedOffset::east_opt(zone).unwrap();
            DateTime::from_timestamp(seconds, nanoseconds).unwrap().with_timezone(&zone)
        }),
    })
}

fn article() -> impl Strategy<Value = (Article, Annotations)> {
    let name = || "\\PC{0,12}";
    let optional = move || prop::option::of(field(name()));
    let version = (optional(), prop::option::of(field(any::<u64>())));
    let dated = prop::option::of(field(date()));
    let head = (optional(), optional(), optional(), dated, optional(), optional(), optional(), version);
    let places = prop::collection::vec(any::<(usize, usize)>(), 1..4);
    let entity = (name(), 0..4usize, places.clone(), prop::collection::vec("[a-z]{0,5}", 0..3));
    let speaker = prop::option::of((
        any::<Option<(usize, usize)>>(),
        any::<Option<usize>>(),
        prop::option::of(name()),
        0..6usize,
    ));
    let quote = (
        0..3usize,
        places,
        any::<Option<(usize, usize)>>(),
        speaker,
        prop::collection::vec(any::<usize>(), 0..3),
        0f32..=1.0,
    );
    let lists = (
        prop::collection::vec(entity, 0..4),
        prop::collection::vec(quote, 0..5),
        prop::collection::vec(field(name()), 0..3),
    );
    ("[/a-z]{1,20}", "(\\PC|\n){0,200}", any::<(usize, usize)>(), head, lists).prop_map(
        |(path, text, body, head, lists)| {
            let (headline, outlet, wire, date, place, language, url, (guid, revision)) = head;
            let (entities, quotes, bylines) = lists;
            let entities: Vec<Entity> = entities
                .into_iter()
                .map(|(name, kind, mentions, words)| Entity {
                    name,
                    kind: EntityKind::ALL[kind],
                    mentions: mentions.into_iter().map(|pair| span(&text, pair)).collect(),
                    aliases: words.clone(),
                    roles: words,
                })
                .collect();
            let count = entities.len();
            let index = |at: usize| (count > 0).then(|| at % count.max(1));
            let quotes = quotes.into_iter().map(|(kind, spans, cue, speaker, about, confidence)| Quote {
                kind: [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect][kind],
                spans: spans.into_iter().map(|pair| span(&text, pair)).collect(),
                cue: cue.map(|pair| span(&text, pair)),
                speaker: speaker.map(|(at, entity, name, class)| Speaker {
                    span: at.map(|pair| span(&text, pair)),
                    entity: entity.and_then(index),
                    role: name.clone(),
                    name,
                    class: {
                        use SpeakerClass::*;
                        [Named, Unnamed, Group, Organization, Document, Declined][class]
                    },
                }),
                addressee: cue.map(|pair| Addressee { span: span(&text, pair), entity: index(kind), name: None }),
                embed: cue.map(|_| Embed::ALL[kind]),
                about: about.into_iter().filter_map(index).collect(),
                reason: Reason::ALL[confidence.to_bits() as usize % Reason::ALL.len()],
                confidence,
            });
            let annotations = Annotations { quotes: quotes.collect(), entities, cut: None };
            let body = span(&text, body);
            let article = Article {
                path,
                text,
                body,
                headline,
                outlet,
                wire,
                date,
                bylines,
                place,
                language,
                url,
                guid,
                revision,
                set_off: Vec::new(),
                markup: Vec::new(),
                rejected: Vec::new(),
            };
            (article, annotations)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn any_article_comes_back_as_it_went_in(pairs in prop::collection::vec(article(), 1..5)) {
        let folder = tempfile::tempdir().unwrap();
        let index = Index::open_or_create(folder.path()).unwrap();
        let pairs: std::collections::BTreeMap<String, (Article, Annotations)> =
            pairs.into_iter().map(|pair| (pair.0.path.clone(), pair)).collect();
        let pairs: Vec<_> = pairs.into_values().collect();
        let mut writer = index.writer(0).unwrap();
        writer.replace(&file("/one file", Outcome::Articles(pairs.len())), &pairs).unwrap();
        writer.commit(&[]).unwrap();
        writer.finish().unwrap();
        let searcher = Searcher::open(&index).unwrap();
        for (article, annotations) in &pairs {
            let found = searcher.article(&article.path).unwrap();
            prop_assert_eq!(&found.article, article);
            prop_assert_eq!(&found.annotations, annotations);
        }
        let options = SearchOptions { limit: 100, ..SearchOptions::default() };
        let hits = searcher.search(&Query::All, &options).unwrap();
        prop_assert_eq!(hits.total, pairs.len());
        let quotes = searcher.quotes(&QuoteRequest { options, ..QuoteRequest::default() }).unwrap();
        let said = pairs.iter().flat_map(|(_, annotations)| &annotations.quotes).filter(|quote| !quote.is_declined());
        prop_assert_eq!(quotes.total, said.count());
        prop_assert_eq!(quotes.hits.len(), quotes.total);
    }
}

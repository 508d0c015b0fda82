//! Hit counts of many queries, equal to a scan over the texts that knows nothing of the index.

#![allow(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

#[path = "../benches/support/generator.rs"]
#[allow(dead_code, reason = "the benchmarks use more of it")]
mod generator;

use std::collections::HashSet;

use chrono::Datelike;
use frostem::{Algorithm, Stemmer};
use generator::Generator;
use newsdex::article::Article;
use newsdex::extract::{Annotations, EntityKind, Quote};
use newsdex::index::{FileRecord, Index, Outcome, Writer};
use newsdex::search::{FacetField, Filters, Query, QuoteRequest, SearchOptions, Searcher, Sort};

const ARTICLES: u64 = 400;

/// The archive: with an index, and as it is.
struct Archive {
    _folder: tempfile::TempDir,
    index: Index,
    articles: Vec<Plain>,
}

/// An article as the scan sees it.
struct Plain {
    article: Article,
    annotations: Annotations,
    headline: Vec<String>,
    body: Vec<String>,
    quotes: Vec<PlainQuote>,
}

struct PlainQuote {
    words: Vec<String>,
    speaker: Vec<Vec<String>>,
    about: Vec<Vec<String>>,
    kind: &'static str,
}

/// Words as the language describes them, cut in the plainest way.
fn cut(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let folded: String = text
        .to_lowercase()
        .chars()
        .map(|c| match c {
            'é' | 'è' => 'e',
            'ü' => 'u',
            'ï' => 'i',
            'ó' => 'o',
            '’' | '‘' => '\'',
            other => other,
        })
        .collect();
    for raw in folded.split(|c: char| !c.is_alphanumeric() && c != '\'') {
        let word = raw.trim_matches('\'');
        let (stem, possessive) = match word.strip_suffix("'s") {
            Some(stem) => (stem, true),
            None => (word, false),
        };
        words.extend(Some(stem.to_owned()).filter(|stem| !stem.is_empty()));
        if possessive {
            words.push("'s".into());
        }
    }
    words
}

fn archive() -> Archive {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open_or_create(folder.path()).unwrap();
    let generator = Generator::new(300);
    let mut writer = index.writer(0).unwrap();
    let mut articles = Vec::new();
    for number in 0..ARTICLES {
        let (article, annotations) = generator.article(number);
        let file = FileRecord {
            path: article.path.clone(),
            size: article.text.len() as u64,
            modified: 1,
            hash: 2,
            outcome: Outcome::Articles(1),
        };
        let pair = [(article, annotations)];
        writer.replace(&file, &pair).unwrap();
        if number % 90 == 0 {
            writer.commit(&[]).unwrap();
        }
        let [(article, annotations)] = pair;
        articles.push(plain(article, annotations));
    }
    leave_deleted_documents(&mut writer, &generator, &articles);
    writer.finish().unwrap();
    Archive { _folder: folder, index, articles }
}

/// Takes out articles that stood among the others, and writes some anew: what is deleted must not count.
fn leave_deleted_documents(writer: &mut Writer, generator: &Generator, articles: &[Plain]) {
    let record =
        |path: &str| FileRecord { path: path.to_owned(), size: 0, modified: 0, hash: 0, outcome: Outcome::Articles(1) };
    let gone: Vec<_> = (0..40).map(|number| generator.article(ARTICLES + number)).collect();
    for pair in &gone {
        writer.replace(&record(&pair.0.path), std::slice::from_ref(pair)).unwrap();
    }
    writer.commit(&[]).unwrap();
    for (article, _) in &gone {
        writer.remove(&article.path).unwrap();
    }
    for old in articles.iter().step_by(11) {
        let pair = [(old.article.clone(), old.annotations.clone())];
        writer.replace(&record(&old.article.path), &pair).unwrap();
    }
    writer.commit(&["/archive".to_owned()]).unwrap();
}

fn plain(article: Article, annotations: Annotations) -> Plain {
    let headline = cut(&article.headline.as_ref().unwrap().value);
    let body = cut(article.body());
    let quotes = annotations.quotes.iter().map(|quote| plain_quote(&article, &annotations, quote)).collect();
    Plain { article, annotations, headline, body, quotes }
}

fn plain_quote(article: &Article, annotations: &Annotations, quote: &Quote) -> PlainQuote {
    let speaker = quote.speaker.as_ref().unwrap();
    let names = |at: usize| {
        let entity = &annotations.entities[at];
        std::iter::once(&entity.name).chain(&entity.aliases).map(|name| cut(name)).collect::<Vec<_>>()
    };
    let mut speakers: Vec<Vec<String>> = speaker.entity.map(names).unwrap_or_default();
    speakers.extend(speaker.span.map(|span| cut(span.of(&article.text))));
    PlainQuote {
        words: quote.spans.iter().flat_map(|span| cut(span.of(&article.text))).collect(),
        speaker: speakers,
        about: quote.about.iter().flat_map(|&at| names(at)).collect(),
        kind: quote.kind.as_str(),
    }
}

fn run(words: &[String], phrase: &str) -> bool {
    let phrase = cut(phrase);
    words.windows(phrase.len()).any(|window| window == phrase)
}

fn stemmed(words: &[String], word: &str) -> bool {
    let stemmer = Stemmer::new(Algorithm::English);
    let wanted: Vec<String> = cut(word);
    words.windows(wanted.len()).any(|window| {
        window.iter().zip(&wanted).all(|(left, right)| {
            let plain = |word: &String| word.bytes().all(|byte| byte.is_ascii_lowercase());
            left == right || (plain(left) && plain(right) && stemmer.stem(left) == stemmer.stem(right))
        })
    })
}

impl Plain {
    fn word(&self, word: &str) -> bool {
        stemmed(&self.headline, word) || stemmed(&self.body, word)
    }

    fn phrase(&self, phrase: &str) -> bool {
        run(&self.headline, phrase) || run(&self.body, phrase)
    }

    fn prefix(&self, prefix: &str) -> bool {
        self.headline.iter().chain(&self.body).any(|word| word.starts_with(prefix))
    }

    fn named(&self, kind: Option<EntityKind>, name: &str) -> bool {
        let entities = self.annotations.entities.iter().filter(|entity| kind.is_none_or(|kind| entity.kind == kind));
        let mut names = entities.flat_map(|entity| std::iter::once(&entity.name).chain(&entity.aliases));
        let place = self.article.place.as_ref().filter(|_| kind.is_none_or(|kind| kind == EntityKind::Place));
        names.any(|known| run(&cut(known), name)) || place.is_some_and(|place| run(&cut(&place.value), name))
    }

    fn outlet(&self, names: &[&str]) -> bool {
        self.article.outlet.as_ref().is_some_and(|outlet| names.contains(&outlet.value.as_str()))
    }

    fn day(&self) -> Option<chrono::NaiveDate> {
        self.article.date.as_ref().map(|date| date.value.day)
    }
}

impl PlainQuote {
    fn by(&self, name: &str) -> bool {
        self.speaker.iter().any(|speaker| run(speaker, name))
    }

    fn about(&self, name: &str) -> bool {
        self.about.iter().any(|about| run(about, name))
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a list of queries, each with what it means")]
fn articles() {
    let archive = archive();
    let searcher = Searcher::open(&archive.index).unwrap();
    let generator = Generator::new(300);
    let (w, v, u) = (generator.word(130), generator.word(400), generator.word(900));
    let (first, other) = (generator.person(0), generator.person(3));
    let last = first.rsplit(' ').next().unwrap();
    let beginning = &w[..3];
    let mut nonzero = 0;
    let mut check = |query: &str, expect: &dyn Fn(&Plain) -> bool| {
        let parsed = Query::parse(query).unwrap();
        let options = SearchOptions { limit: 1000, ..SearchOptions::default() };
        let hits = searcher.search(&parsed, &options).unwrap();
        let expected: HashSet<&str> =
            archive.articles.iter().filter(|plain| expect(plain)).map(|plain| plain.article.path.as_str()).collect();
        let found: HashSet<&str> = hits.hits.iter().map(|hit| hit.article.path.as_str()).collect();
        assert_eq!(found, expected, "{query}");
        assert_eq!(hits.total, expected.len(), "{query}");
        nonzero += usize::from(!expected.is_empty() && expected.len() < archive.articles.len());
    };
    check("", &|_| true);
    check("the", &|a| a.word("the"));
    check(w, &|a| a.word(w));
    check(v, &|a| a.word(v));
    check("running", &|a| a.word("running"));
    check(&w.to_uppercase(), &|a| a.word(w));
    check(&format!("{w} {v}"), &|a| a.word(w) && a.word(v));
    check(&format!("{w} OR {u}"), &|a| a.word(w) || a.word(u));
    check(&format!("{w} -{v}"), &|a| a.word(w) && !a.word(v));
    check(&format!("NOT {w}"), &|a| !a.word(w));
    check(&format!("-{w} -{v}"), &|a| !a.word(w) && !a.word(v));
    check(&format!("{w} (NOT {v} OR {u})"), &|a| a.word(w) && (!a.word(v) || a.word(u)));
    check(&format!("({w} OR {v}) (NOT ({u} the))"), &|a| (a.word(w) || a.word(v)) && !(a.word(u) && a.word("the")));
    check("\"of the\"", &|a| a.phrase("of the"));
    check("\"in the of\"", &|a| a.phrase("in the of"));
    check("\"the the\"", &|a| a.phrase("the the"));
    check(&format!("\"the {w}\""), &|a| a.phrase(&format!("the {w}")));
    check(&format!("\"{w}\""), &|a| a.phrase(w));
    check("\"said an official\"", &|a| a.phrase("said an official"));
    check("NOT \"of the\"", &|a| !a.phrase("of the"));
    check(&format!("{beginning}*"), &|a| a.prefix(beginning));
    check("a*", &|a| a.prefix("a"));
    check("co-operation", &|a| a.word("co-operation"));
    check("café", &|a| a.word("cafe"));
    check("zurich", &|a| a.word("zürich"));
    check("don’t", &|a| a.word("don't"));
    check("\"o'brien's\"", &|a| a.phrase("o'brien's"));
    check("O'Brien", &|a| a.word("o'brien"));
    check("24/7", &|a| a.phrase("24 7"));
    check("A.I.", &|a| a.phrase("a i"));
    check(&format!("headline:{w}"), &|a| stemmed(&a.headline, w));
    check("headline:\"of the\"", &|a| run(&a.headline, "of the"));
    check(&format!("body:({w} OR {v}) headline:the"), &|a| {
        (stemmed(&a.body, w) || stemmed(&a.body, v)) && stemmed(&a.headline, "the")
    });
    check("outlet:times", &|a| a.outlet(&["The Times"]));
    check("outlet:\"the harbour times\"", &|a| a.outlet(&["The Harbour Times"]));
    check("outlet:velmar", &|a| a.outlet(&["Times of Velmar"]));
    check("outlet:tim*", &|a| a.outlet(&["The Harbour Times", "Times of Velmar", "The Times"]));
    check("outlet:elan*", &|a| a.outlet(&["Élan Quotidien"]));
    check("NOT outlet:(ledger OR post)", &|a| !a.outlet(&["The Ledger", "Ostrava Post"]));
    check("outlet:nobody", &|_| false);
    check("wire:unipress", &|a| a.article.wire.as_ref().is_some_and(|wire| wire.value == "Unipress"));
    check("lang:en", &|_| true);
    check("lang:fr", &|_| false);
    check("date:2015", &|a| a.day().is_some_and(|day| day.year() == 2015));
    check("date:2015-02", &|a| a.day().is_some_and(|day| (day.year(), day.month()) == (2015, 2)));
    check("date:2015-03..", &|a| a.day().is_some_and(|day| day.to_string().as_str() >= "2015-03-01"));
    check("date:(2014 OR 2016)", &|a| a.day().is_some_and(|day| day.year() != 2015 && day.year() < 2017));
    check("NOT date:2010..2020", &|a| a.day().is_none());
    check(&format!("person:\"{first}\""), &|a| a.named(Some(EntityKind::Person), first));
    check(&format!("actor:{last}"), &|a| a.named(None, last));
    check(&format!("person:{last} -{w}"), &|a| a.named(Some(EntityKind::Person), last) && !a.word(w));
    check("org:ministry", &|a| a.named(Some(EntityKind::Organization), "ministry"));
    check("person:ministry", &|_| false);
    check(&format!("byline:\"{other}\""), &|a| a.article.bylines.iter().any(|name| run(&cut(&name.value), other)));
    check("path:2015/02", &|a| run(&cut(&a.article.path), "2015/02"));
    check(&format!("speaker:{last}"), &|a| a.quotes.iter().any(|quote| quote.by(last)));
    check(&format!("NOT speaker:{last}"), &|a| !a.quotes.iter().any(|quote| quote.by(last)));
    check("said:government", &|a| a.quotes.iter().any(|quote| stemmed(&quote.words, "government")));
    check(&format!("speaker:{last} said:the"), &|a| {
        a.quotes.iter().any(|quote| quote.by(last) && stemmed(&quote.words, "the"))
    });
    check(&format!("(speaker:{last}) AND (said:the)"), &|a| {
        a.quotes.iter().any(|quote| quote.by(last) && stemmed(&quote.words, "the"))
    });
    check(&format!("(speaker:{last} said:the) (speaker:\"{other}\" said:of)"), &|a| {
        a.quotes.iter().any(|quote| quote.by(last) && stemmed(&quote.words, "the"))
            && a.quotes.iter().any(|quote| quote.by(other) && stemmed(&quote.words, "of"))
    });
    check(&format!("(speaker:{last} OR speaker:\"{other}\") said:\"of the\" {w}"), &|a| {
        a.word(w) && a.quotes.iter().any(|quote| (quote.by(last) || quote.by(other)) && run(&quote.words, "of the"))
    });
    check(&format!("speaker:{last} NOT said:the"), &|a| {
        a.quotes.iter().any(|quote| quote.by(last)) && !a.quotes.iter().any(|quote| stemmed(&quote.words, "the"))
    });
    check(&format!("speaker:{last} said:(NOT the)"), &|a| {
        a.quotes.iter().any(|quote| quote.by(last) && !stemmed(&quote.words, "the"))
    });
    check("about:ministry kind:mixed", &|a| {
        a.quotes.iter().any(|quote| quote.about("ministry") && quote.kind == "mixed")
    });
    assert!(nonzero > 45, "only {nonzero} queries tell some articles from others");
}

#[test]
fn quotes() {
    let archive = archive();
    let searcher = Searcher::open(&archive.index).unwrap();
    let generator = Generator::new(300);
    let w = generator.word(130);
    let p = generator.person(0);
    let last = p.rsplit(' ').next().unwrap();
    let mut nonzero = 0;
    let mut check =
        |query: &str, by: &[&str], about: &[&str], filters: Filters, expect: &dyn Fn(&Plain, &PlainQuote) -> bool| {
            let request = QuoteRequest {
                query: Query::parse(query).unwrap(),
                by: by.iter().map(|&name| name.to_owned()).collect(),
                about: about.iter().map(|&name| name.to_owned()).collect(),
                options: SearchOptions { filters, ..SearchOptions::default() },
                ..QuoteRequest::default()
            };
            let hits = searcher.quotes(&request).unwrap();
            let each =
                archive.articles.iter().map(|plain| plain.quotes.iter().filter(|quote| expect(plain, quote)).count());
            let expected: usize = each.sum();
            assert_eq!(hits.total, expected, "{query} {by:?} {about:?}");
            nonzero += usize::from(expected > 0);
        };
    let none = Filters::default;
    check("", &[], &[], none(), &|_, _| true);
    check("the", &[], &[], none(), &|_, q| stemmed(&q.words, "the"));
    check("\"of the\"", &[], &[], none(), &|_, q| run(&q.words, "of the"));
    check("NOT the", &[], &[], none(), &|_, q| !stemmed(&q.words, "the"));
    check("said:the kind:mixed", &[], &[], none(), &|_, q| stemmed(&q.words, "the") && q.kind == "mixed");
    check("", &[p], &[], none(), &|_, q| q.by(p));
    check("the", &[last], &[], none(), &|_, q| q.by(last) && stemmed(&q.words, "the"));
    check("", &[last, "official"], &[], none(), &|_, q| q.by(last) || q.by("official"));
    check("", &[], &["ministry"], none(), &|_, q| q.about("ministry"));
    check("the", &["official"], &["ministry of"], none(), &|_, q| {
        q.by("official") && q.about("ministry of") && stemmed(&q.words, "the")
    });
    check(&format!("body:{w}"), &[], &[], none(), &|a, _| stemmed(&a.body, w));
    check(&format!("NOT body:{w}"), &[last], &[], none(), &|a, q| !stemmed(&a.body, w) && q.by(last));
    check("headline:the OR said:of", &[], &[], none(), &|a, q| stemmed(&a.headline, "the") || stemmed(&q.words, "of"));
    check("outlet:times date:2015", &[], &[], none(), &|a, _| {
        a.outlet(&["The Times"]) && a.day().is_some_and(|day| day.year() == 2015)
    });
    let filters = Filters {
        outlets: vec!["The Times".into(), "ledger".into()],
        from: chrono::NaiveDate::from_ymd_opt(2014, 3, 1),
        to: chrono::NaiveDate::from_ymd_opt(2016, 3, 1),
        persons: vec![last.to_owned()],
        ..Filters::default()
    };
    let in_range =
        |a: &Plain| a.day().is_some_and(|day| ("2014-03-01"..="2016-03-01").contains(&day.to_string().as_str()));
    check("the", &[], &[], filters, &|a, q| {
        a.outlet(&["The Times", "The Ledger"])
            && in_range(a)
            && a.named(Some(EntityKind::Person), last)
            && stemmed(&q.words, "the")
    });
    assert!(nonzero >= 14, "only {nonzero} queries find something");
}

#[test]
fn facets_count_what_a_scan_counts() {
    let archive = archive();
    let searcher = Searcher::open(&archive.index).unwrap();
    let query = Query::parse("the").unwrap();
    let matching: Vec<&Plain> = archive.articles.iter().filter(|plain| plain.word("the")).collect();
    let check = |field: FacetField, of: &dyn Fn(&Plain) -> Vec<String>| {
        let facets = searcher.facets(&query, &Filters::default(), field, 1000).unwrap();
        let mut expected = std::collections::BTreeMap::<String, usize>::new();
        for plain in &matching {
            let values: std::collections::BTreeSet<String> = of(plain).into_iter().collect();
            for value in values {
                *expected.entry(value).or_default() += 1;
            }
        }
        let found: std::collections::BTreeMap<String, usize> =
            facets.iter().map(|facet| (facet.value.clone(), facet.count)).collect();
        assert_eq!(found, expected, "{field:?}");
        assert_eq!(facets.len(), found.len(), "{field:?}");
        let top = searcher.facets(&query, &Filters::default(), field, 3).unwrap();
        if !matches!(field, FacetField::Year | FacetField::Month | FacetField::Day) {
            assert_eq!(top, facets[..top.len()], "{field:?}");
            assert!(facets.is_sorted_by(|left, right| left.count >= right.count), "{field:?}");
        }
    };
    let value =
        |field: &Option<newsdex::article::Field<String>>| field.iter().map(|field| field.value.clone()).collect();
    check(FacetField::Outlet, &|a| value(&a.article.outlet));
    check(FacetField::Wire, &|a| value(&a.article.wire));
    check(FacetField::Language, &|a| value(&a.article.language));
    check(FacetField::Year, &|a| a.day().iter().map(|day| day.year().to_string()).collect());
    check(FacetField::Month, &|a| a.day().iter().map(|day| day.format("%Y-%m").to_string()).collect());
    check(FacetField::Day, &|a| a.day().iter().map(ToString::to_string).collect());
    check(FacetField::Byline, &|a| a.article.bylines.iter().map(|byline| byline.value.clone()).collect());
    let names = |a: &Plain, kind| {
        let entities = a.annotations.entities.iter().filter(|entity| entity.kind == kind);
        entities.map(|entity| entity.name.clone()).collect::<Vec<_>>()
    };
    check(FacetField::Person, &|a| names(a, EntityKind::Person));
    check(FacetField::Organization, &|a| names(a, EntityKind::Organization));
    check(FacetField::Place, &|a| {
        let dateline: Vec<String> = value(&a.article.place);
        names(a, EntityKind::Place).into_iter().chain(dateline).collect()
    });
    check(FacetField::Speaker, &|a| {
        a.annotations.quotes.iter().filter_map(|quote| quote.speaker.as_ref()?.name.clone()).collect()
    });
}

#[test]
fn pages_together_are_the_whole_in_every_order() {
    let archive = archive();
    let searcher = Searcher::open(&archive.index).unwrap();
    let query = Query::parse("the OR of").unwrap();
    for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest, Sort::Outlet] {
        let page = |offset, limit| {
            let options = SearchOptions { sort, offset, limit, ..SearchOptions::default() };
            searcher.search(&query, &options).unwrap()
        };
        let whole = page(0, 1000);
        let mut pages = Vec::new();
        for offset in (0..whole.total).step_by(7) {
            let part = page(offset, 7);
            assert_eq!(part.total, whole.total);
            pages.extend(part.hits);
        }
        assert_eq!(pages, whole.hits, "{sort:?}");
        let days = whole.hits.iter().map(|hit| hit.article.date.map(|date| date.day));
        match sort {
            Sort::Newest | Sort::Prominence => assert!(days.map(std::cmp::Reverse).is_sorted()),
            Sort::Outlet => {
                let outlets = whole
                    .hits
                    .iter()
                    .map(|hit| hit.article.outlet.as_deref().map(|name| name.to_lowercase().replace('é', "e")));
                assert!(outlets.map(|outlet| (outlet.is_none(), outlet)).is_sorted());
            }
            Sort::Oldest => assert!(days.map(|day| day.map_or(i32::MAX, |day| day.num_days_from_ce())).is_sorted()),
            Sort::Relevance => assert!(whole.hits.is_sorted_by(|left, right| left.score >= right.score - 0.001)),
        }
    }
}

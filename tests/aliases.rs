//! Which mentions are one actor: a gold set of 60 articles, judged by reading them.
//!
//! `aliases/*.tsv` keep offsets and names only. The articles are not part of the repository: where the environment
//! variable `NEWSDEX_SHARED` names the folder that holds them, the scores are measured, otherwise only the form of the
//! files is checked. Scores are printed with `cargo test --test aliases -- --nocapture`.

#![allow(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;

use newsdex::extract::{Entity, EntityKind, Mention, annotate, entity};
use newsdex::text::{Prose, Span};

/// One mention in the gold set.
#[derive(Clone, Debug)]
struct Gold {
    span: Span,
    kind: EntityKind,
    actor: String,
}

/// The gold mentions of each article, by the article's path below the shared folder.
fn gold() -> BTreeMap<&'static str, Vec<Gold>> {
    let files = [include_str!("aliases/worldwide.tsv"), include_str!("aliases/us-politics-2016.tsv")];
    let mut articles: BTreeMap<&str, Vec<Gold>> = BTreeMap::new();
    for line in files.into_iter().flat_map(str::lines).filter(|line| !line.starts_with('#')) {
        let [file, begin, end, kind, actor] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let kind = EntityKind::ALL.into_iter().find(|known| known.as_str() == kind).expect("a known kind");
        let span = Span::new(begin.parse().expect("a number"), end.parse().expect("a number"));
        articles.entry(file).or_default().push(Gold { span, kind, actor: actor.to_owned() });
    }
    articles
}

#[test]
fn gold_is_well_formed() {
    let articles = gold();
    assert_eq!(articles.len(), 60);
    for (file, mentions) in articles {
        assert!(mentions.iter().all(|mention| !mention.span.is_empty() && !mention.actor.is_empty()), "{file}");
        assert!(mentions.windows(2).all(|pair| pair[0].span.end <= pair[1].span.begin), "{file}: in order, apart");
        let mut kinds: HashMap<&str, EntityKind> = HashMap::new();
        for mention in &mentions {
            let kind = *kinds.entry(&mention.actor).or_insert(mention.kind);
            assert_eq!(kind, mention.kind, "{file}: {} is of one kind", mention.actor);
        }
    }
}

#[test]
fn mentions_of_one_actor_are_joined() {
    let Some(shared) = std::env::var_os("NEWSDEX_SHARED").map(PathBuf::from) else {
        println!("NEWSDEX_SHARED is not set: only the form of the gold set is checked");
        return;
    };
    let (mut given, mut people, mut found) = (Score::default(), Score::default(), Score::default());
    let mut covered = 0;
    for (file, mentions) in gold() {
        let text = std::fs::read_to_string(shared.join("data").join(file)).expect("the article is there");
        let resolved = resolve_gold(&text, &mentions);
        given.add(file, &text, &pairs(&mentions, &resolved));
        let persons: Vec<Gold> =
            mentions.iter().filter(|mention| mention.kind == EntityKind::Person).cloned().collect();
        people.add("", &text, &pairs(&persons, &resolved));
        let whole = pairs(&mentions, &annotate(&text, Some("en")).entities);
        covered += whole.len();
        found.add("", &text, &whole);
    }
    println!("gold mentions            {given}");
    println!("gold mentions of persons {people}");
    println!("found mentions           {found} ({covered} of {} gold mentions)", given.mentions);
    assert!(given.precision() >= 0.97, "pairwise precision on gold mentions");
    assert!(people.precision() >= 0.97, "pairwise precision on persons");
    assert!(found.precision() >= 0.97, "pairwise precision on found mentions");
    assert!(given.b_cubed_f1() >= 0.95, "B-cubed F1 on gold mentions");
}

fn resolve_gold(text: &str, gold: &[Gold]) -> Vec<Entity> {
    let mention = |gold: &Gold| Mention { span: gold.span, kind: gold.kind, confidence: 1.0 };
    entity::resolve(&Prose::new(text), &gold.iter().map(mention).collect::<Vec<_>>())
}

/// A mention with its actor in the gold set and its entity.
struct Pair<'a> {
    span: Span,
    actor: &'a str,
    entity: usize,
}

/// The gold mentions that `entities` have too, with the very same span.
fn pairs<'a>(gold: &'a [Gold], entities: &[Entity]) -> Vec<Pair<'a>> {
    let mut entity_of: HashMap<Span, usize> = HashMap::new();
    for (index, entity) in entities.iter().enumerate() {
        entity_of.extend(entity.mentions.iter().map(|&span| (span, index)));
    }
    let pair = |gold: &'a Gold| Some(Pair { span: gold.span, actor: &gold.actor, entity: *entity_of.get(&gold.span)? });
    gold.iter().filter_map(pair).collect()
}

/// B-cubed (Bagga and Baldwin, 1998) and pairwise counts.
#[derive(Default)]
struct Score {
    mentions: usize,
    cubed_precision: f64,
    cubed_recall: f64,
    both: usize,
    joined: usize,
    same: usize,
}

impl Score {
    fn add(&mut self, file: &str, text: &str, pairs: &[Pair]) {
        let mut said: HashSet<(&str, &str, bool)> = HashSet::new();
        for one in pairs {
            let (mut both, mut joined, mut same) = (0_usize, 0_usize, 0_usize);
            for other in pairs {
                let (is_joined, is_same) = (one.entity == other.entity, one.actor == other.actor);
                joined += usize::from(is_joined);
                same += usize::from(is_same);
                both += usize::from(is_joined && is_same);
                let names = (one.span.of(text), other.span.of(text), is_joined);
                if is_joined != is_same && names.0 <= names.1 && !file.is_empty() && said.insert(names) {
                    let what = if is_joined { "wrongly joined" } else { "left apart" };
                    println!("{file}: {what}: {} ({}) and {} ({})", names.0, one.actor, names.1, other.actor);
                }
            }
            self.mentions += 1;
            self.cubed_precision += both as f64 / joined as f64;
            self.cubed_recall += both as f64 / same as f64;
            self.both += both - 1;
            self.joined += joined - 1;
            self.same += same - 1;
        }
    }

    fn precision(&self) -> f64 {
        self.both as f64 / self.joined.max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.both as f64 / self.same.max(1) as f64
    }

    fn b_cubed_f1(&self) -> f64 {
        let (precision, recall) = (self.cubed_precision, self.cubed_recall);
        2.0 * precision * recall / (precision + recall) / self.mentions.max(1) as f64
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (cubed, precision, recall) = (self.b_cubed_f1(), self.precision(), self.recall());
        write!(
            f,
            "B-cubed F1 {:.2} pairwise precision {:.2} recall {:.2}",
            100.0 * cubed,
            100.0 * precision,
            100.0 * recall
        )
    }
}

//! Actors across articles, and what a user's own file makes of them.

#![allow(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use support::{found, outcome};
use tempfile::TempDir;

/// An index of a few articles with usual names, which any tagger finds.
struct Archive {
    folder: TempDir,
}

const STORIES: [(&str, &str); 5] = [
    (
        "harrow-gazette/2025/01/06/a.txt",
        "Ferry talks open in London\n\nForeign Minister David R. Miller met Sarah Johnson in London on Monday. “The ferry \
         will sail,” David Miller said. Miller left.\n",
    ),
    (
        "harrow-gazette/2025/01/07/b.txt",
        "Ferry talks go on in London\n\nForeign Minister David Miller met Sarah Johnson in London on Tuesday. “It will \
         sail in May,” said David Miller.\n",
    ),
    (
        "selby-post/2025/03/02/c.txt",
        "Ferry sails from Paris\n\nSarah Johnson spoke in Paris on Sunday. “David Miller was right,” said Sarah \
         Johnson. The U.S. said nothing.\n",
    ),
    (
        "selby-post/2025/03/09/d.txt",
        "School opens in Berlin\n\nSarah Johnson, a teacher, opened a school in Berlin on Sunday. The United States paid \
         for it.\n",
    ),
    ("selby-post/2025/03/10/e.txt", "Market in Madrid\n\nPeter Thompson sold fish in Madrid on Monday.\n"),
];

impl Archive {
    fn new() -> Self {
        let archive = Self { folder: tempfile::tempdir().unwrap() };
        let corpus = archive.folder.path().join("corpus");
        for (path, text) in STORIES {
            let path = corpus.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        found(&archive.index(), &["index", "--quiet", corpus.to_str().unwrap()]);
        archive
    }

    fn index(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    /// Puts `rules` into the folder of the index.
    fn rule(&self, rules: &str) {
        fs::write(self.index().join("actors.toml"), rules).unwrap();
    }

    fn lines(&self, arguments: &[&str]) -> Vec<Value> {
        let (_, printed, errors) = outcome(&self.index(), &[arguments, &["--format", "json"]].concat());
        assert!(!errors.starts_with("error"), "{arguments:?}: {errors}");
        printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// "name articles" of each actor of `kind`.
    fn actors(&self, kind: &str) -> Vec<String> {
        let lines = self.lines(&["actors", "--kind", kind, "--limit", "100"]);
        let actors = lines.iter().filter(|line| line["type"] == "actor");
        actors.map(|actor| format!("{} {}", actor["name"].as_str().unwrap(), actor["articles"])).collect()
    }

    /// The last line of a listing says how many there are in all.
    fn total(&self, arguments: &[&str]) -> u64 {
        self.lines(arguments).last().unwrap()["total"].as_u64().unwrap()
    }

    fn profile(&self, name: &str) -> Value {
        self.lines(&["actor", name]).remove(0)
    }
}

fn check_unfound(index: &Path, arguments: &[&str], expect: &str) {
    let (code, printed, errors) = outcome(index, arguments);
    assert_eq!((code, printed.as_str(), errors.as_str()), (Some(1), "", expect), "{arguments:?}");
}

#[test]
fn one_actor_has_all_its_names() {
    let archive = Archive::new();
    let persons = archive.actors("person");
    assert!(persons.contains(&"David Miller 3".to_owned()), "a middle initial makes nobody new: {persons:?}");
    assert!(persons.contains(&"Sarah Johnson 4".to_owned()), "{persons:?}");
    assert!(archive.actors("place").contains(&"United States 2".to_owned()), "{:?}", archive.actors("place"));
    assert_eq!(archive.total(&["search", "--actor", "United States"]), 2);
    assert_eq!(archive.total(&["search", "--person", "David R. Miller"]), 3);
    assert_eq!(archive.total(&["search", "--org", "United States"]), 0);
}

#[test]
fn a_profile_tells_names_time_company_and_words() {
    let archive = Archive::new();
    let profile = archive.profile("David Miller");
    assert_eq!((&profile["name"], &profile["quotes"]), (&"David Miller".into(), &2.into()), "{profile}");
    let values = |field: &str| -> Vec<&str> {
        profile[field].as_array().unwrap().iter().map(|count| count["value"].as_str().unwrap()).collect()
    };
    assert!(values("names").contains(&"David R. Miller"), "{profile}");
    assert_eq!(values("months"), ["2025-01", "2025-02", "2025-03"]);
    assert_eq!(profile["company"][0]["name"], "Sarah Johnson");
    assert_eq!((&profile["quotes_about"], &profile["latest_about"][0]["date"]), (&1.into(), &"2025-03-02".into()));
    assert_eq!(profile["latest_by"][0]["date"], "2025-01-07");
    let text = found(&archive.index(), &["actor", "Sarah", "Johnson"]);
    assert!(text.contains("2025-01 █ █ 2025-03"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80 || line.contains(".txt")), "{text}");
}

#[test]
fn a_wrong_name_brings_the_right_one() {
    let archive = Archive::new();
    let index = archive.index();
    let johnson = "did you mean Sarah Johnson (person, 4 articles)?\n";
    check_unfound(&index, &["actor", "Jonson"], &format!("hint: no actor `Jonson`: {johnson}"));
    check_unfound(&index, &["search", "--actor", "jhonson"], &format!("hint: no actor `jhonson`: {johnson}"));
    check_unfound(&index, &["quotes", "--by", "jonson"], &format!("hint: no actor `jonson`: {johnson}"));
    check_unfound(&index, &["actor", "qqqq"], "hint: no actor `qqqq`; `newsdex actors` lists all\n");
}

#[test]
fn what_is_written_down_of_actors_changes_no_answer() {
    let archive = Archive::new();
    let file = archive.index().join(".actors");
    let answers = || {
        let asked: [&[&str]; 7] = [
            &["actors"],
            &["actors", "joh"],
            &["actors", "--kind", "place", "--limit", "2", "--offset", "1"],
            &["actors", "nobody"],
            &["search", "person:\"David R. Miller\""],
            &["search", "--actor", "United States"],
            &["quotes", "--by", "David Miller"],
        ];
        asked.map(|arguments| archive.lines(arguments))
    };
    let (kept, with) = (fs::read(&file).unwrap(), answers());
    fs::remove_file(&file).unwrap();
    assert_eq!(with, answers());
    // Broken or of another commit, it does not count.
    for end in (0..kept.len()).step_by(97) {
        fs::write(&file, &kept[..end]).unwrap();
        found(&archive.index(), &["actors"]);
    }
    fs::write(&file, &kept[..kept.len() / 2]).unwrap();
    assert_eq!(with, answers());
    let corpus = archive.folder.path().join("corpus");
    fs::remove_file(corpus.join("selby-post/2025/03/02/c.txt")).unwrap();
    found(&archive.index(), &["index", "--quiet", corpus.to_str().unwrap()]);
    let fresh = answers();
    assert_ne!(with, fresh);
    fs::write(&file, &kept).unwrap();
    assert_eq!(fresh, answers());
}

#[test]
fn names_are_merged_and_renamed_and_it_can_be_taken_back() {
    let archive = Archive::new();
    let before = archive.actors("person");
    archive.rule("[[merge]]\nname = \"Fishmonger\"\nnames = [\"peter thompson\", \"David Miller\"]\n");
    let persons = archive.actors("person");
    assert!(persons.contains(&"Fishmonger 4".to_owned()), "{persons:?}");
    assert_eq!(archive.total(&["search", "--person", "Fishmonger"]), 4);
    assert_eq!(archive.total(&["search", "--actor", "Peter Thompson"]), 4);
    assert_eq!(archive.total(&["search", "--place", "Fishmonger"]), 0);
    assert_eq!(archive.total(&["quotes", "--by", "Fishmonger"]), 2);
    archive.rule("[[rename]]\nfrom = \"Sarah Johnson\"\nto = \"The Envoy\"\n");
    assert_eq!(archive.profile("envoy")["articles"], 4);
    assert_eq!(archive.profile("Sarah Johnson")["name"], "The Envoy");
    fs::remove_file(archive.index().join("actors.toml")).unwrap();
    assert_eq!(archive.actors("person"), before);
}

#[test]
fn who_shares_a_word_of_a_name_is_somebody_else() {
    let archive = Archive::new();
    let corpus = archive.folder.path().join("corpus");
    let folder = corpus.join("selby-post/2025/03/11");
    fs::create_dir_all(&folder).unwrap();
    let alone =
        "Ferry waits\n\nForeign Minister Miller spoke in London on Wednesday. “It will sail in June,” Miller said.\n";
    fs::write(folder.join("f.txt"), alone).unwrap();
    let other = "School waits\n\nThe school in Berlin stays shut. “We have no teachers left,” said Laura Miller, a \
                 spokeswoman for David Miller, on Wednesday.\n";
    fs::write(folder.join("g.txt"), other).unwrap();
    found(&archive.index(), &["index", "--quiet", corpus.to_str().unwrap()]);
    archive.rule("[[merge]]\nname = \"David Miller\"\nnames = [\"Miller\", \"David R. Miller\"]\n");
    let names = |arguments: &[&str]| -> Vec<String> {
        let lines = archive.lines(arguments);
        lines.iter().filter_map(|line| line["speaker"]["name"].as_str().map(str::to_owned)).collect()
    };
    assert_eq!(names(&["quotes", "--by", "David Miller"]), ["David Miller"; 3]);
    let by_laura = names(&["quotes", "--by", "Laura Miller"]);
    assert!(!by_laura.is_empty() && by_laura.iter().all(|name| name == "Laura Miller"), "{by_laura:?}");
    assert_eq!(names(&["quotes", "--by", "Miller"]).len(), 3 + by_laura.len());
    assert_eq!(archive.total(&["search", "--person", "David Miller"]), 5);
}

#[test]
fn counts_speakers_and_status_follow_the_file() {
    let archive = Archive::new();
    let facet = |field: &str| -> Vec<String> {
        let lines = archive.lines(&["search", "--facet", field]);
        let facets = lines.iter().filter(|line| line["type"] == "facet");
        facets.map(|facet| format!("{} {}", facet["value"].as_str().unwrap(), facet["count"])).collect()
    };
    let speakers = || -> Vec<String> {
        let lines = archive.lines(&["quotes"]);
        lines.iter().filter_map(|line| line["speaker"]["name"].as_str().map(str::to_owned)).collect()
    };
    let status = || archive.lines(&["status"])[0]["actors"].as_u64().unwrap();
    let (before, all) = (facet("person"), status());
    archive.rule(
        "[[merge]]\nname = \"Fishmonger\"\nnames = [\"Peter Thompson\", \"David Miller\"]\n\
         [[split]]\nname = \"Sarah Johnson\"\ninto = \"Sarah Johnson (guest)\"\nwhere = \"place:Paris\"\n",
    );
    assert_eq!(facet("person"), ["Fishmonger 4", "Sarah Johnson 3", "Sarah Johnson (guest) 1"]);
    assert_eq!(facet("speaker"), ["Fishmonger 2", "Sarah Johnson (guest) 1"]);
    let mut said = speakers();
    said.sort();
    assert_eq!(said, ["Fishmonger", "Fishmonger", "Sarah Johnson (guest)"]);
    // One less by the merger, one more by the split.
    assert_eq!(status(), all);
    archive.rule("[[hide]]\nname = \"Sarah Johnson\"\n");
    assert!(!facet("person").iter().any(|value| value.contains("Sarah")));
    assert_eq!(status(), all - 1);
    fs::remove_file(archive.index().join("actors.toml")).unwrap();
    assert_eq!((facet("person"), status()), (before, all));
}

#[test]
fn every_count_joins_the_names_of_an_actor() {
    let archive = Archive::new();
    let table = |arguments: &[&str]| found(&archive.index(), &[arguments, &["--format", "csv"]].concat());
    let timeline = ["timeline", "--split", "person", "--by", "year", "-n", "2"];
    let facets = ["facets", "--by", "person", "-n", "2"];
    assert_eq!(table(&facets), "field,value,articles\nperson,Sarah Johnson,4\nperson,David Miller,3\n");
    assert_eq!(table(&timeline), "year,Sarah Johnson,David Miller\n2025,4,3\n");
    let speakers = ["timeline", "--split", "speaker", "--by", "year", "-n", "1"];
    assert_eq!(table(&speakers), "year,David Miller\n2025,2\n");
    archive.rule("[[hide]]\nname = \"Nobody At All\"\n");
    assert_eq!(table(&timeline), "year,Sarah Johnson,David Miller\n2025,4,3\n", "a rule about somebody else");
    archive.rule("[[merge]]\nname = \"Fishmonger\"\nnames = [\"Peter Thompson\", \"David Miller\"]\n");
    assert_eq!(table(&timeline), "year,Fishmonger,Sarah Johnson\n2025,4,4\n");
    assert_eq!(table(&speakers), "year,Fishmonger\n2025,2\n");
    let shares = table(&[&facets[..], &["--per-million"]].concat());
    assert!(shares.starts_with("field,value,articles,per_million_words\nperson,Fishmonger,4,"), "{shares}");
}

#[test]
fn a_listing_has_all_or_says_where_it_ends() {
    let archive = Archive::new();
    let all = archive.total(&["actors"]);
    assert_eq!(archive.lines(&["actors", "-n", "0"]).len() as u64, all + 1);
    let end = |what: &str| format!("hint: --offset 900 is beyond the last: there are {what} in all\n");
    check_unfound(&archive.index(), &["actors", "--offset", "900"], &end(&format!("{all} actors")));
    check_unfound(&archive.index(), &["kwic", "school", "--offset", "900"], &end("1 match"));
    let (code, _, errors) = outcome(&archive.index(), &["terms", "ferry", "--near", "0"]);
    assert!(code == Some(2) && errors.contains("0 is not in 1..=1000"), "{errors}");
}

#[test]
fn titles_are_no_part_of_a_name() {
    let archive = Archive::new();
    let quotes = |by: &str| archive.total(&["quotes", "--by", by]);
    for name in ["Minister David Miller", "Foreign Minister David R. Miller", "Mr. Miller", "Miller, David"] {
        assert_eq!(quotes(name), 2, "{name}");
        assert_eq!(archive.profile(name)["name"], "David Miller", "{name}");
    }
    assert_eq!(archive.total(&["search", "--person", "Prime Minister Sarah Johnson"]), 4);
    archive.rule("[[split]]\nname = \"Sarah Johnson\"\ninto = \"Coach Sarah Johnson\"\nwhere = \"school\"\n");
    assert_eq!(archive.total(&["search", "--person", "Coach Sarah Johnson"]), 1, "a name that the rules give is kept");
    let lost = "hint: no actor `Minister Nemo`; `newsdex actors` lists all\n";
    check_unfound(&archive.index(), &["quotes", "--by", "Minister Nemo"], lost);
}

#[test]
fn the_length_of_the_article_chooses_its_quotes() {
    let archive = Archive::new();
    assert_eq!((archive.total(&["search", "length:..9"]), archive.total(&["search", "length:10.."])), (1, 4));
    check_unfound(&archive.index(), &["quotes", "length:..9"], "hint: no quote matches `length:..9`\n");
    assert_eq!(archive.total(&["quotes", "length:10.."]), archive.total(&["quotes"]));
    assert_eq!(archive.total(&["quotes", "--max-words", "9"]), archive.total(&["quotes"]));
}

#[test]
fn a_quote_is_as_sure_as_asked() {
    let archive = Archive::new();
    let sure = |least: f32| -> Vec<f32> {
        let lines = archive.lines(&["quotes", "-n", "0", "--min-confidence", &least.to_string()]);
        let quotes = lines.iter().filter(|line| line["type"] == "quote");
        quotes.map(|line| line["confidence"].as_f64().unwrap() as f32).collect()
    };
    let all = sure(0.0);
    assert!(!all.is_empty());
    for least in &all {
        let expect = all.iter().filter(|confidence| *confidence >= least).count();
        assert_eq!(sure(*least).len(), expect, "{least} of {all:?}");
        let more = f32::from_bits(least.to_bits() + 1);
        assert!(more > 1.0 || sure(more).iter().all(|confidence| *confidence > *least), "{least} of {all:?}");
    }
}

#[test]
fn an_actor_is_split_by_articles_and_by_spelling() {
    let archive = Archive::new();
    archive.rule(
        "[[split]]\nname = \"Sarah Johnson\"\ninto = \"Sarah Johnson (teacher)\"\nwhere = \"school\"\n\
         [[split]]\nname = \"United States\"\nnames = [\"U.S.\"]\n",
    );
    let persons = archive.actors("person");
    assert!(persons.contains(&"Sarah Johnson 3".to_owned()), "{persons:?}");
    assert!(persons.contains(&"Sarah Johnson (teacher) 1".to_owned()), "{persons:?}");
    assert_eq!(archive.total(&["search", "--person", "Sarah Johnson"]), 3);
    assert_eq!(archive.total(&["search", "--person", "Sarah Johnson (teacher)"]), 1);
    assert_eq!(archive.total(&["quotes", "--by", "Sarah Johnson"]), 1);
    assert_eq!(archive.total(&["quotes", "--by", "Sarah Johnson (teacher)"]), 0);
    let places = archive.actors("place");
    assert!(places.contains(&"United States 1".to_owned()) && places.contains(&"U.S. 1".to_owned()), "{places:?}");
}

#[test]
fn what_is_hidden_is_in_no_list() {
    let archive = Archive::new();
    let rules = archive.folder.path().join("elsewhere.toml");
    fs::write(&rules, "[[hide]]\nname = \"Sarah Johnson\"\n").unwrap();
    let named = &["--actors", rules.to_str().unwrap()];
    let listed = found(&archive.index(), &[&["actors"][..], named].concat());
    assert!(listed.contains("David Miller") && !listed.contains("Sarah"), "{listed}");
    let profile = found(&archive.index(), &[&["actor", "Sarah Johnson"][..], named].concat());
    assert!(profile.contains("hidden from lists by line 1"), "{profile}");
    assert!(archive.actors("person").contains(&"Sarah Johnson 4".to_owned()), "only that file hides her");
}

#[test]
fn errors_of_the_file_name_its_line() {
    let archive = Archive::new();
    archive.rule("[[merge]]\nname = \"A\"\nnaems = [\"B\"]\n");
    let file = archive.index().join("actors.toml").display().to_string();
    for arguments in [&["actors"][..], &["actor", "x"], &["search", "ferry"], &["quotes"]] {
        let (code, printed, errors) = outcome(&archive.index(), arguments);
        let expect = format!(
            "error: cannot understand `{file}` at line 3: unknown field `naems`, expected one of `name`, `names`, \
             `kind`\nhint: each rule begins with [[merge]], [[rename]], [[split]] or [[hide]]; docs/actors.md has \
             examples\n"
        );
        assert_eq!((code, printed.as_str(), errors), (Some(2), "", expect), "{arguments:?}");
    }
    let (code, _, errors) = outcome(&archive.index(), &["actors", "--actors", "nowhere.toml"]);
    let expect = "error: no such file or folder `nowhere.toml`\nhint: check the spelling, or name another folder\n";
    assert_eq!((code, errors.as_str()), (Some(2), expect));
}

#[test]
fn who_says_something_with_others_or_for_others() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    fs::create_dir(&corpus).unwrap();
    let text = "Ferry talks\n\n“The ferry will sail,” said David Miller and Sarah Johnson.\n\n“He is late,” said David Miller’s \
                wife.\n";
    fs::write(corpus.join("a.txt"), text).unwrap();
    found(&index, &["index", "--quiet", corpus.to_str().unwrap()]);
    for name in ["David Miller", "Sarah Johnson"] {
        let printed = found(&index, &["quotes", "--by", name, "--format", "json"]);
        let quotes = printed.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let said: Vec<Value> = quotes.filter(|line| line["type"] == "quote").collect();
        assert_eq!(said.len(), 1, "{name}: {printed}");
        assert_eq!(said[0]["text"], "“The ferry will sail,”", "{name}: {printed}");
    }
}

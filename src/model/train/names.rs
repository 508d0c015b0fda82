//! Lists of names: people, places and outlets, from the lexicons.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::model::hash::lower_hash;
use crate::model::lexicon::{LONGEST, write_names};
use crate::text::tokenize;

/// Bits of the lists, see [`LISTS`](crate::model::lexicon::LISTS).
mod bit {
    pub(super) const MALE: u16 = 1;
    pub(super) const FEMALE: u16 = 1 << 1;
    pub(super) const SURNAME: u16 = 1 << 2;
    pub(super) const RARE_SURNAME: u16 = 1 << 3;
    pub(super) const COUNTRY: u16 = 1 << 4;
    pub(super) const DEMONYM: u16 = 1 << 5;
    pub(super) const LARGE_CITY: u16 = 1 << 6;
    pub(super) const CITY: u16 = 1 << 7;
    pub(super) const SMALL_CITY: u16 = 1 << 8;
    pub(super) const REGION: u16 = 1 << 9;
    pub(super) const PERSON: u16 = 1 << 10;
    pub(super) const OUTLET: u16 = 1 << 11;
    pub(super) const ORGANIZATION: u16 = 1 << 12;
    pub(super) const OTHER: u16 = 1 << 13;
}

#[derive(Default)]
struct Names {
    phrases: BTreeMap<Vec<u64>, u16>,
}

impl Names {
    fn add(&mut self, name: &str, list: u16) {
        let name = name.split(" (").next().unwrap_or(name).trim();
        if name.chars().count() < 3 || !name.chars().any(char::is_alphabetic) {
            return;
        }
        self.add_any(name, list);
    }

    fn add_any(&mut self, name: &str, list: u16) {
        let words: Vec<u64> = tokenize(name).iter().map(|token| lower_hash(token.span.of(name))).collect();
        if words.len() <= LONGEST {
            *self.phrases.entry(words).or_default() |= list;
        }
    }
}

/// Reads the folder of lexicons and writes the table of names to `output`.
pub fn build(lexicons: &Path, output: &Path) -> Result<()> {
    let mut names = Names::default();
    people(&mut names, lexicons)?;
    countries(&mut names, lexicons)?;
    cities(&mut names, lexicons)?;
    outlets(&mut names, lexicons)?;
    known(&mut names, include_str!("known.txt"))?;
    eprintln!("{} names", names.phrases.len());
    std::fs::write(output, write_names(&names.phrases)).with_context(|| format!("cannot write {}", output.display()))
}

fn read(folder: &Path, file: &str) -> Result<String> {
    let path = folder.join(file);
    std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
}

fn people(names: &mut Names, folder: &Path) -> Result<()> {
    for (file, list) in [("male.first", bit::MALE), ("female.first", bit::FEMALE), ("all.last", bit::SURNAME)] {
        let text = read(folder, &format!("names-us-census/dist.{file}"))?;
        for (rank, line) in text.lines().enumerate() {
            let rare = list == bit::SURNAME && rank >= 5000;
            names.add(line.split_whitespace().next().unwrap_or(""), if rare { bit::RARE_SURNAME } else { list });
        }
    }
    for (file, column) in [("wikidata", 5), ("wikipedia", 5)] {
        for line in read(folder, &format!("world-leaders-2021/data/{file}.csv"))?.lines().skip(1) {
            names.add(line.split(',').nth(column).unwrap_or(""), bit::PERSON);
        }
    }
    for line in read(folder, "world-leaders-current/data/current/all-leaders.csv")?.lines().skip(1) {
        for column in [3, 6] {
            names.add(line.split("\",\"").nth(column).unwrap_or(""), bit::PERSON);
        }
    }
    for file in ["legislators-current", "executive"] {
        legislators(names, &read(folder, &format!("us-congress/{file}.yaml"))?);
    }
    Ok(())
}

/// Takes "first" and "last" of each "name" block; the files are regular enough to be read line by line.
fn legislators(names: &mut Names, yaml: &str) {
    let mut first = "";
    for line in yaml.lines() {
        let value = |key: &str| line.strip_prefix("    ")?.strip_prefix(key).map(|rest| rest.trim().trim_matches('\''));
        if let Some(name) = value("first:").or_else(|| value("nickname:")) {
            first = name;
        } else if let Some(last) = value("last:") {
            names.add(&format!("{first} {last}"), bit::PERSON);
        }
    }
}

fn countries(names: &mut Names, folder: &Path) -> Result<()> {
    let all: Value = serde_json::from_str(&read(folder, "countries/countries.json")?)?;
    let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
    for country in all.as_array().into_iter().flatten() {
        for spelling in [&country["name"]["common"], &country["name"]["official"]] {
            names.add(&text(spelling), bit::COUNTRY);
        }
        country["altSpellings"].as_array().into_iter().flatten().for_each(|name| names.add(&text(name), bit::COUNTRY));
        country["capital"].as_array().into_iter().flatten().for_each(|name| names.add(&text(name), bit::LARGE_CITY));
        for demonym in [&country["demonyms"]["eng"]["m"], &country["demonyms"]["eng"]["f"]] {
            for form in text(demonym).split([',', '/']) {
                names.add(form.trim(), bit::DEMONYM);
                names.add(&format!("{}s", form.trim()), bit::DEMONYM);
            }
        }
        names.add(&text(&country["subregion"]), bit::REGION);
        names.add(&text(&country["region"]), bit::REGION);
    }
    let states: Value = serde_json::from_str(&read(folder, "geonames/us_states.json")?)?;
    states.as_object().into_iter().flatten().for_each(|(_, state)| names.add(&text(&state["name"]), bit::REGION));
    for name in ["Europe", "Asia", "Africa", "Latin America", "Middle East", "Antarctica", "South Asia", "Balkans"] {
        names.add(name, bit::REGION);
    }
    Ok(())
}

fn cities(names: &mut Names, folder: &Path) -> Result<()> {
    for line in read(folder, "geonames/cities15000.tsv")?.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [_, name, _, _, population, ..] = columns[..] else { continue };
        let people: u64 = population.parse().unwrap_or(0);
        let list = match people {
            1_000_000.. => bit::LARGE_CITY,
            100_000.. => bit::CITY,
            _ => bit::SMALL_CITY,
        };
        names.add(name, list);
        let plain = |c: char| c.is_ascii_alphabetic() || matches!(c, ' ' | '-' | '\'' | '.');
        let titled = |name: &str| name.split(' ').all(|word| word.starts_with(|c: char| c.is_ascii_uppercase()));
        for other in columns.get(7).into_iter().flat_map(|others| others.split('|')) {
            let shouted = other.len() < 5 && !other.contains(char::is_lowercase);
            if people >= 100_000 && other.chars().all(plain) && titled(other) && !shouted {
                names.add(other, list);
            }
        }
    }
    Ok(())
}

fn outlets(names: &mut Names, folder: &Path) -> Result<()> {
    for line in read(folder, "outlets/fundus_publishers.tsv")?.lines().skip(1) {
        names.add(line.split('\t').nth(2).unwrap_or(""), bit::OUTLET);
    }
    for line in read(folder, "outlets/list_of_news_domains/data/raw_data/abyz.csv")?.lines().skip(1) {
        let name = line.split(',').nth(2).unwrap_or("");
        if name.contains(' ') {
            names.add(name, bit::OUTLET);
        }
    }
    Ok(())
}

/// Adds the names written down for newsdex: headings in square brackets, names divided by semicolons.
fn known(names: &mut Names, text: &str) -> Result<()> {
    let mut list = 0;
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line {
            "[organization]" => list = bit::ORGANIZATION,
            "[region]" => list = bit::REGION,
            "[other name]" => list = bit::OTHER,
            heading if heading.starts_with('[') => bail!("no list is called {heading}"),
            line => line.split(';').for_each(|name| names.add_any(name.trim(), list)),
        }
    }
    Ok(())
}

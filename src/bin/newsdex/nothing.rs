//! What to say when nothing was found: why, and what to run instead.

use anyhow::Result;
use newsdex::extract::EntityKind;
use newsdex::search::{
    ActorHit, FacetField, Field, Filters, Query, QuoteRequest, Reason, SearchOptions, Searcher, UnknownWord,
};

use crate::listing::{counted, one_line};
use crate::terminal;

/// An actor asked for, by the field that has to name it.
pub(crate) type Asked<'a> = (Field, &'a str);

/// The actors that `filters` ask for.
fn asked(filters: &Filters) -> Vec<Asked<'_>> {
    let fields = [
        (Field::Person, &filters.persons),
        (Field::Organization, &filters.organizations),
        (Field::Place, &filters.places),
        (Field::Actor, &filters.actors),
    ];
    fields.into_iter().flat_map(|(field, names)| names.iter().map(move |name| (field, name.as_str()))).collect()
}

/// The actors that `request` asks for.
pub(crate) fn asked_of_quotes(request: &QuoteRequest) -> Vec<Asked<'_>> {
    let by = request.by.iter().map(|name| (Field::Speaker, name.as_str()));
    let about = request.about.iter().map(|name| (Field::About, name.as_str()));
    let to = request.addressees.iter().map(|name| (Field::Addressee, name.as_str()));
    by.chain(to).chain(about).chain(asked(&request.options.filters)).collect()
}

/// Says on standard error why no article matches `query` and meets `filters`.
pub(crate) fn explain_search(searcher: &Searcher, query: &Query, filters: &Filters) -> Result<()> {
    if !is_empty(searcher)? && !told(&searcher.why_nothing(query, filters)?, "article") {
        explain(searcher, "article", &asked(filters), filters)?;
    }
    Ok(())
}

/// Says on standard error why no quote is what `request` asks for.
pub(crate) fn explain_quotes(searcher: &Searcher, request: &QuoteRequest) -> Result<()> {
    if is_empty(searcher)? {
        return Ok(());
    }
    if let Some(loosened) = loosened(searcher, request)? {
        terminal::print_hint(&loosened);
        return Ok(());
    }
    if !told(&searcher.why_no_quotes(request)?, "quote") {
        explain(searcher, "quote", &asked_of_quotes(request), &request.options.filters)?;
    }
    Ok(())
}

/// True where the index holds no article, which is said then.
pub(crate) fn is_empty(searcher: &Searcher) -> Result<bool> {
    let empty = searcher.search(&Query::All, &count_only())?.total == 0;
    if empty {
        terminal::print_hint("the index holds no article yet; fill it with `newsdex index FOLDER`");
    }
    Ok(empty)
}

/// How many quotes match without what `request` asks of their class, confidence and length, or else of their kind; `None`
/// where none does.
fn loosened(searcher: &Searcher, request: &QuoteRequest) -> Result<Option<String>> {
    let count = |request: QuoteRequest| -> Result<usize> {
        let options = SearchOptions { limit: 0, offset: 0, ..request.options.clone() };
        Ok(searcher.quotes(&QuoteRequest { options, ..request })?.total)
    };
    let (least, most) = request.length;
    let flags = [
        ("--class", !request.classes.is_empty()),
        ("--min-confidence", request.confidence > 0.0),
        ("--min-words", least.is_some()),
        ("--max-words", most.is_some()),
    ];
    let flags: Vec<String> = flags.iter().filter(|(_, is_set)| *is_set).map(|(flag, _)| (*flag).to_owned()).collect();
    let loose = QuoteRequest { classes: Vec::new(), confidence: 0.0, length: (None, None), ..request.clone() };
    if let Some(flags) = alternatives(&flags) {
        let quotes = count(loose)?;
        return Ok((quotes > 0).then(|| format!("{} without {flags}", matching(quotes))));
    }
    let quotes = count(QuoteRequest { kinds: Vec::new(), ..loose })?;
    Ok((quotes > 0).then(|| format!("{}, all of other kinds; try --kind direct,mixed,indirect", matching(quotes))))
}

/// "1 quote matches", "2 quotes match".
fn matching(quotes: usize) -> String {
    format!("{} {}", counted(quotes, "quote"), if quotes == 1 { "matches" } else { "match" })
}

/// Says that `offset` lies beyond the last of `total`.
pub(crate) fn tell_offset(offset: usize, total: usize, noun: &str) {
    terminal::print_hint(&beyond(offset, total, noun));
}

fn beyond(offset: usize, total: usize, noun: &str) -> String {
    format!("--offset {offset} is beyond the last: there are {} in all", counted(total, noun))
}

/// Says each of `reasons`; false where there is none that says what to change.
fn told(reasons: &[Reason], noun: &str) -> bool {
    let sentences: Vec<String> = reasons.iter().filter_map(|reason| sentence(reason, noun)).collect();
    for sentence in &sentences {
        terminal::print_hint(sentence);
    }
    !sentences.is_empty()
}

/// Why there is no `noun` ("article", "quote"), as a sentence; `None` where it is for the filters, which are looked at by
/// themselves.
pub(crate) fn sentence(reason: &Reason, noun: &str) -> Option<String> {
    Some(match reason {
        Reason::Filtered(_) => return None,
        Reason::Missing(part @ Query::Field(Field::Language, _), _) => {
            format!("no {noun} matches `{part}`; languages have codes of two letters, such as lang:en")
        }
        Reason::Missing(part, words) => format!("no {noun} matches `{part}`{}", meant(part, words, noun)),
        Reason::NeverInOrder(part) => {
            format!("no {noun} matches `{part}`, though each of its words occurs; try NEAR/5 between them")
        }
        Reason::NeverTogether(whole, counts) => {
            let parts = counts.iter().map(|(part, count)| format!("`{part}` matches {}", counted(*count, noun)));
            let parts = parts.collect::<Vec<_>>().join(", ");
            if matches!(whole, Query::And(_)) {
                format!("{parts}, but no {noun} has all of them; try OR between them")
            } else {
                format!("{parts}, but none matches `{whole}`; try a greater distance, or AND")
            }
        }
    })
}

/// "; did you mean `harbour` (12 articles)?": for each of the words that has like ones.
fn meant(part: &Query, words: &[UnknownWord], noun: &str) -> String {
    words.iter().map(|unknown| meant_by(unknown, is_word(part, &unknown.word), noun)).collect()
}

fn meant_by(unknown: &UnknownWord, is_whole: bool, noun: &str) -> String {
    let similar = unknown.similar.iter().map(|(word, count)| format!("`{word}` ({})", counted(*count, noun)));
    match alternatives(&similar.collect::<Vec<String>>()) {
        Some(similar) if is_whole => format!("; did you mean {similar}?"),
        Some(similar) => format!("; for `{}` did you mean {similar}?", unknown.word),
        None if is_whole => String::new(),
        None => format!("; `{}` does not occur", unknown.word),
    }
}

/// True where `part`, but for its field, is the one word.
fn is_word(part: &Query, word: &str) -> bool {
    match part {
        Query::Field(_, inner) => is_word(inner, word),
        Query::Word(own) | Query::Exact(own) => own == word,
        other => other.to_string() == word,
    }
}

/// "a", "a or b", "a, b or c"; `None` of nothing.
fn alternatives(names: &[String]) -> Option<String> {
    Some(match names.split_last()? {
        (last, []) => last.clone(),
        (last, before) => format!("{} or {last}", before.join(", ")),
    })
}

/// Says on standard error why no `noun` ("article", "quote") was found in an index that holds some.
fn explain(searcher: &Searcher, noun: &str, asked: &[Asked], filters: &Filters) -> Result<()> {
    for &(field, name) in asked {
        if let Some(missing) = missing(searcher, field, name)? {
            terminal::print_hint(&missing);
            return Ok(());
        }
    }
    if let Some(unmet) = unmet(searcher, filters)? {
        terminal::print_hint(&unmet);
        return Ok(());
    }
    let among = counted(searcher.search(&Query::All, &count_only())?.total, "article");
    terminal::print_hint(&if asked.is_empty() && *filters == Filters::default() {
        format!("no {noun} in {among} matches; try fewer words, or OR between them")
    } else {
        format!("no {noun} in {among} matches with these filters; try without some of them")
    });
    Ok(())
}

/// What to say where no article is of an outlet or of the days that `filters` ask for; `None` where some are.
fn unmet(searcher: &Searcher, filters: &Filters) -> Result<Option<String>> {
    for outlet in &filters.outlets {
        let query = Query::Field(Field::Outlet, Box::new(Query::Phrase(outlet.clone())));
        if let Some(reason) = searcher.why_nothing(&query, &Filters::default())?.first() {
            return Ok(Some(unknown_outlet(outlet, reason)));
        }
    }
    let dated = Filters { from: filters.from, to: filters.to, ..Filters::default() };
    let among = SearchOptions { filters: dated.clone(), ..count_only() };
    if dated == Filters::default() || searcher.search(&Query::All, &among)?.total > 0 {
        return Ok(None);
    }
    let days = searcher.facets(&Query::All, &Filters::default(), FacetField::Day, usize::MAX)?;
    let ends = days.first().zip(days.last());
    Ok(ends.map(|(first, last)| {
        format!("no article has a date there; those with one are of {} to {}", first.value, last.value)
    }))
}

/// "no outlet `Corier`: did you mean `Courier` (3 articles)?", or how to list all.
fn unknown_outlet(name: &str, reason: &Reason) -> String {
    let words: &[UnknownWord] = if let Reason::Missing(_, words) = reason { words } else { &[] };
    let similar = words.iter().flat_map(|word| &word.similar);
    let similar = similar.map(|(outlet, count)| format!("{} ({})", one_line(outlet), counted(*count, "article")));
    match alternatives(&similar.collect::<Vec<String>>()) {
        None => format!("no outlet `{name}`; `newsdex facets --by outlet` lists all"),
        Some(outlets) => format!("no outlet `{name}`: did you mean {outlets}?"),
    }
}

/// What to say where no article names `name` in `field`; `None` where one does.
fn missing(searcher: &Searcher, field: Field, name: &str) -> Result<Option<String>> {
    let named = |field| Query::Field(field, Box::new(Query::Phrase(name.to_owned())));
    if searcher.search(&named(field), &count_only())?.total > 0 {
        return Ok(None);
    }
    let anywhere = searcher.search(&named(Field::Actor), &count_only())?.total;
    let (what, kind) = match field {
        Field::Speaker if anywhere > 0 => ("says a quote", None),
        Field::Addressee if anywhere > 0 => ("is told a quote", None),
        Field::About if anywhere > 0 => ("is named in a quote", None),
        Field::Person => ("a person", Some(EntityKind::Person)),
        Field::Organization => ("an organization", Some(EntityKind::Organization)),
        Field::Place => ("a place", Some(EntityKind::Place)),
        _ => ("", None),
    };
    Ok(Some(match field {
        Field::Speaker | Field::Addressee | Field::About if anywhere > 0 => {
            format!("nobody called `{name}` {what}; {} so: `newsdex actor {name}`", name_in(anywhere))
        }
        _ if anywhere > 0 => format!("no article names `{name}` as {what}, but {} so; use --actor", name_in(anywhere)),
        // `--to` takes both.
        Field::Addressee => unknown("actor or day", name, &searcher.similar_actors(name, kind)?),
        _ => unknown("actor", name, &searcher.similar_actors(name, kind)?),
    }))
}

fn name_in(articles: usize) -> String {
    format!("{} {} something", counted(articles, "article"), if articles == 1 { "calls" } else { "call" })
}

/// "no actor `zadrn`: did you mean Khalid Zadran?", or how to list all.
pub(crate) fn unknown(noun: &str, name: &str, similar: &[ActorHit]) -> String {
    match alternatives(&similar.iter().map(one_of_many).collect::<Vec<String>>()) {
        None => format!("no {noun} `{name}`; `newsdex actors` lists all"),
        Some(names) => format!("no {noun} `{name}`: did you mean {names}?"),
    }
}

/// "Khalid Zadran (person, 3 articles)".
pub(crate) fn one_of_many(actor: &ActorHit) -> String {
    format!("{} ({}, {})", one_line(&actor.name), actor.kind.as_str(), counted(actor.articles, "article"))
}

fn count_only() -> SearchOptions {
    SearchOptions { limit: 0, all_copies: true, ..SearchOptions::default() }
}

//! Who wrote an article: byline lines above it, credits below it.

use std::net::IpAddr;

use crate::text::Span;

/// Words that open a byline, in lower case.
const OPENERS: &[&str] = &[
    "by",
    "written by",
    "words by",
    "story by",
    "posted by",
    "reported by",
    "author:",
    "authors:",
    "by:",
    "von",
    "par",
    "por",
    "di",
    "door",
    "av",
    "af",
    "oleh",
    "от",
    "автор:",
    "yazan:",
];

/// Words behind a name that tell what the person does.
const ROLES: &[&str] = &[
    "correspondent",
    "reporter",
    "writer",
    "staff",
    "editor",
    "columnist",
    "bureau",
    "contributor",
    "journalist",
    "associated press",
    "reuters",
    "afp",
    "special to",
    "news service",
    "photographer",
    "analyst",
    "desk",
];

/// Words in capitals that head columns and are nobody's name.
const NO_NAMES: &[&str] = &[
    "ABSTRACT",
    "ANALYSIS",
    "BREAKING",
    "BUSINESS",
    "COMMENT",
    "COMMENTARY",
    "CORRECTION",
    "EDITORIAL",
    "EXCLUSIVE",
    "FACTBOX",
    "FEATURE",
    "FOCUS",
    "FULL",
    "HEADLINES",
    "INTERVIEW",
    "LATEST",
    "LIVE",
    "MEDIA",
    "NEWS",
    "OPINION",
    "POLITICS",
    "PRESS",
    "PHOTOS",
    "RELEASE",
    "REPORT",
    "REVIEW",
    "SPECIAL",
    "SPORT",
    "SPORTS",
    "STORY",
    "SUMMARY",
    "TEXT",
    "THE",
    "TODAY",
    "TOP",
    "UPDATE",
    "VIDEO",
    "WATCH",
    "WORLD",
    "AND",
    "IMMEDIATE",
    "OBITUARY",
    "PROFILE",
    "UPDATED",
    "FOR",
    "WITH",
];

/// The names in `line`, where the line is a byline and nothing else; each as a span of the line.
pub(super) fn read(line: &str) -> Option<Vec<Span>> {
    if line.len() > 200 {
        return None;
    }
    opened(line).or_else(|| below_label(line)).or_else(|| in_capitals(line)).or_else(|| with_role(line))
}

/// ANALYSIS | By Jane Doe.
fn below_label(line: &str) -> Option<Vec<Span>> {
    let (at, mark) = line.char_indices().find(|(_, c)| matches!(c, '|' | '•' | '·'))?;
    let rest = line[at + mark.len_utf8()..].trim_start();
    let begin = line.len() - rest.len();
    let names = opened(rest).filter(|_| begin <= 24)?;
    Some(names.into_iter().map(|name| name.shifted(begin)).collect())
}

/// True where `line` opens like a byline, with "By" and its like; a line of capitals or a function is weaker evidence.
pub(super) fn opens(line: &str) -> bool {
    opened(line).or_else(|| below_label(line)).is_some()
}

/// Why `value`, of a field for writers, is nobody's name; `None` where it may be one.
pub(super) fn no_name(value: &str) -> Option<&'static str> {
    let word = value.to_lowercase();
    if value.len() > 200 {
        Some("too long for a name")
    } else if value.contains("://") {
        Some("an address, not a name")
    } else if value.parse::<IpAddr>().is_ok() {
        Some("an address of a machine, not a name")
    } else if value.starts_with(['{', '[']) {
        Some("an object, not a name")
    } else if LOGINS.contains(&word.as_str()) || (word == value && word.ends_with("admin") && !word.contains(' ')) {
        Some("a login, not a name")
    } else {
        None
    }
}

/// Names that programs give to whoever sets up a site.
const LOGINS: &[&str] = &["admin", "administrator", "editor", "webmaster", "root", "user", "superuser", "guest"];

/// The names in a field of a file that holds nothing but writers: "Jane Doe and Ann Roe", "by Jane Doe".
///
/// Where the field has no form that bylines have, it is one name: "thevalleyteam".
pub(super) fn listed(field: &str) -> Vec<String> {
    let read = |line: &str| opened(line).map(|names| names.iter().map(|name| name.of(line).to_owned()).collect());
    let whole = || vec![trimmed(field, Span::new(0, field.len())).of(field).to_owned()];
    let names: Vec<String> = read(field).or_else(|| read(&format!("By {field}"))).unwrap_or_else(whole);
    names.into_iter().filter(|name| !name.is_empty()).collect()
}

/// The names in a credit such as "(Reporting by X in Y and Z; Editing by W)": reporters and writers, not editors.
pub(super) fn credited(line: &str) -> Option<Vec<Span>> {
    let openers = ["Reporting by ", "Writing by ", "Additional reporting by ", "Reporting and writing by "];
    let inner = line.trim_start_matches(['(', ' ']);
    if !openers.iter().any(|opener| inner.starts_with(opener)) {
        return None;
    }
    let mut found = Vec::new();
    for opener in openers {
        for (at, _) in line.match_indices(opener) {
            let begin = at + opener.len();
            let end = line[begin..].find([';', ')', '.']).map_or(line.len(), |end| begin + end);
            found.extend(names(line, Span::new(begin, end)));
        }
    }
    found.sort();
    found.dedup();
    (!found.is_empty()).then_some(found)
}

/// What those are who write for papers, in the note below an opinion piece.
const WRITERS: &[&str] = &[
    "analyst",
    "author",
    "blogger",
    "broadcaster",
    "columnist",
    "commentator",
    "contributor",
    "correspondent",
    "critic",
    "economist",
    "editor",
    "essayist",
    "fellow",
    "filmmaker",
    "historian",
    "journalist",
    "lecturer",
    "novelist",
    "playwright",
    "poet",
    "pollster",
    "professor",
    "reporter",
    "researcher",
    "scholar",
    "scientist",
    "strategist",
    "writer",
];

/// Words behind "is" among which the note tells what the author is.
const NOTE: usize = 8;

/// The name in "Jane Doe is a professor of law at Tarn.", the note on the author that ends a piece; whether it is one
/// depends on the text above: the name must stand nowhere else in it.
pub(super) fn noted(line: &str) -> Option<Span> {
    let end = line.find(" is ").filter(|_| line.len() <= 400)?;
    let name = Span::new(0, end);
    let told = &line[end + 4..];
    // "Jane Doe is the editor whom the council sued", "... is an economist, and he said": news tells of people so.
    let words = |text: &'_ str| -> Vec<String> {
        text.split([' ', ',', '-'])
            .filter(|word| !word.is_empty())
            .map(|word| word.trim_end_matches(['.', ';']).into())
            .collect()
    };
    let all = words(told);
    let is_news = all.first().is_some_and(|word| word == "the")
        || all.iter().any(|word| OF_NEWS.contains(&word.as_str()))
        || [". He ", ". She ", ". They "].iter().any(|next| told.contains(next));
    let role = !is_news && all.iter().take(NOTE).any(|word| WRITERS.contains(&word.as_str()));
    (role && name.of(line).contains(' ') && is_person(name.of(line))).then_some(name)
}

/// Words with which a sentence tells what somebody did or said, or what was done to them.
const OF_NEWS: &[&str] = &["added", "he", "said", "says", "she", "told", "was", "were", "who", "whom", "whose"];

/// By JANE DOE; By A and B; By Jane Doe, Staff Writer; Von Jan Muster.
fn opened(line: &str) -> Option<Vec<Span>> {
    let begin = OPENERS.iter().find_map(|opener| {
        let start = line.get(..opener.len())?;
        let rest = &line[opener.len()..];
        (start.to_lowercase() == *opener && rest.starts_with([' ', '\u{a0}'])).then_some(opener.len())
    })?;
    // Other languages' openers are words of running text too: only a short line is a byline there.
    let end = line[begin..].find(['|', '•', '·', '(', ';']).map_or(line.len(), |end| begin + end);
    let end =
        [" Published", " Updated", " Posted"].iter().filter_map(|word| line[..end].find(word)).min().unwrap_or(end);
    let list = trimmed(line, Span::new(begin, end));
    let role = first_comma(line, list);
    let people = names(line, Span::new(list.begin, role));
    let covered = people.last().map_or(list.begin, |last| last.end);
    let rest = line[covered..role].trim_matches([' ', '.', ',']);
    // Whatever stands behind the names must be a place or a function, never a sentence.
    let sentence = rest.split_whitespace().any(|word| {
        word.chars().all(char::is_lowercase)
            && !matches!(word, "in" | "of" | "at" | "and" | "for" | "on" | "the" | "with")
    });
    let tail = line[role..].split_whitespace().count() <= 8;
    (!people.is_empty() && !sentence && tail).then_some(people)
}

/// The comma behind which a function or outlet stands instead of another name.
fn first_comma(line: &str, list: Span) -> usize {
    let text = list.of(line);
    let commas = text.match_indices(", ").map(|(at, _)| at);
    let role = |at: usize| {
        let rest = text[at + 2..].to_lowercase();
        ROLES.iter().any(|word| rest.contains(word)) && !rest.starts_with('"')
    };
    let single = text.matches(", ").count() == 1 && !text.contains(" and ");
    let mut candidates = commas.filter(|&at| role(at) || single);
    candidates.next().map_or(list.end, |at| list.begin + at)
}

/// True for a word in capitals that heads a column and is no name.
pub(super) fn is_label(word: &str) -> bool {
    NO_NAMES.contains(&word)
}

/// SIYA DOE: a line of two to four words in capitals.
fn in_capitals(line: &str) -> Option<Vec<Span>> {
    let list = trimmed(line, Span::new(0, line.len()));
    let words: Vec<&str> = list.of(line).split_whitespace().collect();
    let capital = |word: &&str| {
        word.chars().all(|c| c.is_uppercase() || matches!(c, '-' | '\'' | '’' | '.')) && !NO_NAMES.contains(word)
    };
    let long = words.iter().filter(|word| word.chars().count() >= 3).count();
    let fits = (2..=4).contains(&words.len()) && long >= 2 && words.iter().all(capital);
    (fits && super::place::rank(list.of(line)).is_none() && super::outlet::named(list.of(line)).is_none())
        .then(|| vec![list])
}

/// Jane Doe, Staff Writer; Jane Doe | Reuters.
fn with_role(line: &str) -> Option<Vec<Span>> {
    let cut = line.find([',', '|'])?;
    let name = trimmed(line, Span::new(0, cut));
    let role = line[cut + 1..].trim().to_lowercase();
    let short = role.split_whitespace().count() <= 5 && !role.ends_with(['?', '!', ':']);
    let told = ROLES.iter().any(|word| role.starts_with(word) || role.ends_with(word));
    (short && told && is_person(name.of(line)) && name.of(line).contains(' ')).then(|| vec![name])
}

/// The persons in a list: "A, B and C in Kabul".
fn names(line: &str, list: Span) -> Vec<Span> {
    let text = list.of(line);
    let mut found = Vec::new();
    let mut begin = 0;
    let parts = [", and ", " and ", ", ", " & ", " und ", " et ", " y ", " e "];
    while begin <= text.len() {
        let rest = &text[begin..];
        let cut = parts
            .iter()
            .filter_map(|part| rest.find(part).map(|at| (at, part.len())))
            .min_by_key(|(at, len)| (*at, usize::MAX - len));
        let (end, next) = cut.map_or((text.len(), text.len() + 1), |(at, len)| (begin + at, begin + at + len));
        let piece = &text[begin..end];
        let place =
            [" in ", " at ", " for ", " of ", " on ", " with "].iter().filter_map(|word| piece.find(word)).min();
        let span = trimmed(text, Span::new(begin, place.map_or(end, |at| begin + at)));
        if !is_person(span.of(text)) {
            break;
        }
        found.push(span.shifted(list.begin));
        begin = next;
    }
    found
}

/// True where `name` has the form of a person's name: one to five words, each with a capital or a particle.
fn is_person(name: &str) -> bool {
    let particle = |word: &str| {
        matches!(
            word,
            "de" | "da"
                | "del"
                | "della"
                | "der"
                | "den"
                | "van"
                | "von"
                | "bin"
                | "ibn"
                | "al"
                | "el"
                | "la"
                | "le"
                | "dos"
                | "du"
                | "ten"
                | "ter"
                | "y"
                | "zu"
        )
    };
    let month = |word: &str| super::month::of(word).is_some() && name.contains(|c: char| c.is_ascii_digit());
    let opens = |word: &str| word.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
    // "al-Amin", "d'Estaing".
    let capital = |word: &str| opens(word) || word.split_once(['-', '\'', '’']).is_some_and(|(_, rest)| opens(rest));
    let words: Vec<&str> = name.split_whitespace().collect();
    let plain = !name
        .contains(|c: char| c.is_ascii_digit() || matches!(c, '"' | '“' | '”' | ':' | '/' | '@' | '!' | '?' | '%'));
    (1..=6).contains(&words.len())
        && plain
        && words.iter().all(|word| (capital(word) || particle(word)) && !month(word))
        && words.iter().any(|word| capital(word) && word.chars().count() > 1)
}

/// `span` without blanks and punctuation around it; the full stop of "Jr." stays.
fn trimmed(text: &str, span: Span) -> Span {
    let inner = span.of(text);
    let left = inner.trim_start_matches([' ', '\u{a0}', ',', '*', '_', '-', '–', '—', ':']);
    let begin = span.begin + inner.len() - left.len();
    let right = left.trim_end_matches([' ', '\u{a0}', ',', '*', '_', '-', '–', '—', '.', ':', ';']);
    let keeps = left[right.len()..].starts_with('.')
        && right.rsplit(' ').next().is_some_and(|word| matches!(word, "Jr" | "Sr"));
    Span::new(begin, begin + right.len() + usize::from(keeps))
}

/// True where `text` looks like the name of a person or a desk: a few words that begin with capitals, where their
/// script has any.
pub(super) fn is_name(text: &str) -> bool {
    let small = |word: &str| {
        matches!(
            word,
            "al" | "bin"
                | "da"
                | "de"
                | "del"
                | "della"
                | "den"
                | "der"
                | "di"
                | "dos"
                | "du"
                | "el"
                | "la"
                | "of"
                | "the"
                | "ter"
                | "van"
                | "von"
                | "y"
                | "e"
                | "/"
        )
    };
    let capital =
        |word: &str| word.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase()) || word.contains(['’', '\'']);
    let words: Vec<&str> = text.split_whitespace().collect();
    (1..=6).contains(&words.len())
        && words.iter().all(|word| capital(word) || small(word))
        && words.iter().any(|word| capital(word))
}

/// A name as it is kept: one in capitals gets small letters.
pub(super) fn readable(name: &str) -> String {
    if name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    let mut start = true;
    let mut readable = String::with_capacity(name.len());
    for c in name.chars() {
        if start {
            readable.extend(c.to_uppercase());
        } else {
            readable.extend(c.to_lowercase());
        }
        start = matches!(c, ' ' | '-' | '.' | '\'' | '’' | '\u{a0}');
    }
    readable
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_programs_put_for_a_name_is_none() {
        let check = |value: &str, expect: Option<&str>| assert_eq!(no_name(value), expect, "{value}");
        check("219.79.38.192", Some("an address of a machine, not a name"));
        check("jdadmin", Some("a login, not a name"));
        check("Editor", Some("a login, not a name"));
        check(r#"{ "@type":"Person"}"#, Some("an object, not a name"));
        check("https://valley.example/jane", Some("an address, not a name"));
        check("thevalleyteam", None);
        check("Jane Doe, Editor", None);
        check("Badmin", None);
    }

    fn check(line: &str, expect: &str) {
        let names = read(line).or_else(|| credited(line)).unwrap_or_default();
        let names: Vec<String> = names.iter().map(|name| readable(name.of(line))).collect();
        assert_eq!(names.join("; "), expect, "{line}");
    }

    #[test]
    fn lines_that_open_with_by() {
        check("By JANE DOE", "Jane Doe");
        check("By Jane Doe and John Q. Public Jr.", "Jane Doe; John Q. Public Jr.");
        check("By Jane Doe, Ali al-Amin and Li Wei", "Jane Doe; Ali al-Amin; Li Wei");
        check("By Jane Doe, Staff Writer", "Jane Doe");
        check("by Jane Doe in Kabul", "Jane Doe");
        check("By Jane Doe on 07 December 2024", "Jane Doe");
        check("By Jane Doe Published 10:07 PM EST Mar 3, 2021", "Jane Doe");
        check("ANALYSIS | By Jane Doe", "Jane Doe");
        check("By Jane Doe | Oct 12, 2025", "Jane Doe");
        check("Von Jan Muster", "Jan Muster");
        check("By Helmke J van der Berg.", "Helmke J van der Berg");
    }

    #[test]
    fn lines_without_by() {
        check("SIYA DOEMA", "Siya Doema");
        check("Jane Doe, Staff Reporter", "Jane Doe");
        check("Jane Doe | Reuters", "Jane Doe");
    }

    #[test]
    fn credits_name_reporters_and_not_editors() {
        check("(Reporting by Jane Doe in Kabul and John Roe; Editing by Li Wei)", "Jane Doe; John Roe");
        check("Writing by Jane Doe; Editing by Li Wei", "Jane Doe");
    }

    #[test]
    fn what_is_no_byline() {
        for line in [
            "By contrast, the river fell.",
            "By Tuesday evening the river had fallen.",
            "By the river",
            "WORLD NEWS",
            "NEW YORK",
            "Por la tarde el río bajó",
            "Jane Doe, who lives by the river, said it rose.",
            "Editing by Li Wei",
        ] {
            check(line, "");
        }
    }

    #[test]
    fn notes_on_the_author() {
        let check =
            |line: &str, expect: Option<&str>| assert_eq!(noted(line).map(|name| name.of(line)), expect, "{line}");
        check("Jane Doe is a professor of law at Tarn, and writes for a living.", Some("Jane Doe"));
        check("Ann M. Roe is playwright-in-residence at Torrow College.", Some("Ann M. Roe"));
        check("Jane Doe is ill.", None);
        check("Ahmed Tolle is a journalist who was arrested on Sunday.", None);
        check("Ahmed Tolle is a journalist. He was arrested on Sunday.", None);
        check("Jane Doe is an economist at the Tarn Bank, and he said it would fall.", None);
        check("Jane Okwu is the editor whom the council sued.", None);
        check("Doe is a writer.", None);
        check("The new editor is a writer.", None);
    }

    proptest! {
        #[test]
        fn any_line_is_read(line: String, name in "(By |Reporting by )?[A-Za-z,&;|(). ]{0,40}") {
            for line in [&line, &name] {
                let spans = read(line).into_iter().chain(credited(line)).flatten();
                spans.for_each(|span| assert!(!span.of(line).is_empty()));
            }
        }
    }
}

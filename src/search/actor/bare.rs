//! A name as a user types it, without what is no part of it: titles before it, and the order of a list by surnames.

use crate::text::name::{is_sovereign, is_suffix, is_title};

/// Most words of a given name in a list by surnames: "Trump, Donald John".
const GIVEN: usize = 2;

/// `name` without the titles before it, given name first: "Obama" for "President Obama", "Hillary Clinton" for "Clinton,
/// Hillary"; `None` where it is so already. A title that is kept in names stays: "Pope Francis".
pub(super) fn bare(name: &str) -> Option<String> {
    let turned = turned(name);
    let words: Vec<&str> = turned.as_deref().unwrap_or(name).split_whitespace().collect();
    let is_before = |word: &&&str| is_title(word) && !is_sovereign(word);
    let titles = words.iter().take_while(is_before).count();
    if titles == words.len() || (titles == 0 && turned.is_none()) {
        return None;
    }
    Some(words[titles..].join(" "))
}

/// "Hillary Clinton" for "Clinton, Hillary"; not for "Donald Trump, Jr.".
fn turned(name: &str) -> Option<String> {
    let (surname, given) = name.split_once(',')?;
    let (surname, given) = (surname.trim(), given.trim());
    let words: Vec<&str> = given.split_whitespace().collect();
    let is_given = (1..=GIVEN).contains(&words.len()) && !given.contains(',') && !words.iter().copied().any(is_suffix);
    (is_given && !surname.is_empty()).then(|| format!("{given} {surname}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_turned_names() {
        let check = |name: &str, expect: Option<&str>| assert_eq!(bare(name).as_deref(), expect, "{name}");
        check("President Obama", Some("Obama"));
        check("Prime Minister Narendra Modi", Some("Narendra Modi"));
        check("Sen. Ted Cruz", Some("Ted Cruz"));
        check("Clinton, Hillary", Some("Hillary Clinton"));
        check("Cruz, Sen. Ted", Some("Ted Cruz"));
        for name in
            ["Hillary Clinton", "Pope Francis", "Vice President", "Donald Trump, Jr.", "Paris, London, Rome", ""]
        {
            check(name, None);
        }
    }
}

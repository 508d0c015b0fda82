//! Acronyms: which letters stand for a name, and where a text says so in brackets.

/// Most bytes of an acronym.
const LONGEST: usize = 12;

/// The acronym or short name that stands in brackets right after a name: "(ISI)" in " (ISI) said". It need not fit.
pub(super) fn in_brackets(after: &str) -> Option<&str> {
    let inside = after.strip_prefix(" (").or_else(|| after.strip_prefix('('))?;
    let window = &inside.as_bytes()[..inside.len().min(LONGEST + 5)];
    let end = window.iter().position(|&byte| byte == b')')?;
    let letters = inside[..end].trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '\''));
    let single =
        letters.len() > 2 && letters.starts_with(char::is_uppercase) && letters.chars().all(char::is_alphabetic);
    (is_acronym(letters) || single).then_some(letters)
}

/// True for two letters or more, nearly all capitals: "TTP", "U.N.", "BJP".
pub(super) fn is_acronym(word: &str) -> bool {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let small = word.chars().filter(|c| c.is_lowercase()).count();
    let only = word.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '&' | '/'));
    only && capitals >= 2 && small <= 1 + capitals / 4 && small < capitals && word.len() <= LONGEST
}

/// The letters of an acronym, in lower case.
pub(super) fn letters(acronym: &str) -> Vec<char> {
    acronym.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// First letters of the words of `name`: of those with capitals, and of all.
pub(super) fn initials(name: &str) -> [Vec<char>; 2] {
    let words = || {
        name.split(|c: char| c.is_whitespace() || c == '-')
            .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()))
    };
    let capital = words().filter(|c| c.is_uppercase()).flat_map(char::to_lowercase).collect();
    [capital, words().flat_map(char::to_lowercase).collect()]
}

/// True where `acronym` can stand for `name`: it is made of its initials, or of letters that stand in it in that order,
/// the first of the name first.
pub(super) fn fits(acronym: &str, name: &str) -> bool {
    let letters = letters(acronym);
    if initials(name).contains(&letters) {
        return true;
    }
    let mut rest = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    let long = name.chars().count() > 2 * letters.len();
    long && name.chars().flat_map(char::to_lowercase).next() == letters.first().copied()
        && letters.iter().all(|&letter| rest.any(|other| other == letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acronyms_in_brackets() {
        let check = |after, expect| assert_eq!(in_brackets(after), expect, "{after}");
        check(" (ISI) said", Some("ISI"));
        check(" (“TTP”) said", Some("TTP"));
        check(" (the group) said", None);
        check(" (Aged) said", Some("Aged"));
        check(" (aged 5) said", None);
        check(" said (ISI)", None);
        check(" (", None);
    }

    #[test]
    fn acronyms_fit_names() {
        let check = |acronym, name, expect| assert_eq!(fits(acronym, name), expect, "{acronym} {name}");
        check("ISI", "Inter-Services Intelligence", true);
        check("TTP", "Tehreek-e-Taliban Pakistan", true);
        check("DoJ", "Department of Justice", true);
        check("UNHCR", "UN High Commissioner for Refugees", true);
        check("XYZ", "Tarn River Bank", false);
        check("TRB", "Tarn", false);
    }
}

//! The paragraphs of plain text inside another format: told by empty lines, by indents, or by their length.

/// A line longer than this, in bytes, is a paragraph of its own: no wire breaks its lines so late.
const LONG: usize = 120;

/// `text` with its paragraphs apart by one empty line; the lines of a paragraph stay lines.
pub(super) fn apart(text: &str) -> String {
    let long = text.lines().any(|line| line.len() > LONG);
    let mut apart = String::with_capacity(text.len());
    let mut begins = true;
    for line in text.lines() {
        let words = line.trim();
        if words.is_empty() {
            begins = true;
            continue;
        }
        let indented = line.starts_with('\t') || line.starts_with("  ");
        if !apart.is_empty() {
            apart.push_str(if begins || indented || long { "\n\n" } else { "\n" });
        }
        apart.push_str(words);
        begins = false;
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_told_by_what_sets_them_apart() {
        let check = |text: &str, expect: &str| assert_eq!(apart(text), expect);
        check("  One\ntwo.\r\n\r\n\nThree ", "One\ntwo.\n\nThree");
        check("   One\ntwo.\n   Three\nfour.", "One\ntwo.\n\nThree\nfour.");
        let long = "word ".repeat(30);
        check(&format!("{long}\nTwo."), &format!("{}\n\nTwo.", long.trim()));
        check(" \n", "");
    }
}

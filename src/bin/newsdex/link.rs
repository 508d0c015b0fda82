//! What a terminal can do with text beside colouring it: links to files, and text that runs from right to left.

use std::fmt::Write as _;
use std::path::Path;

/// `text` as a link to the file at `path` (OSC 8), or to the archive that holds it; as it is where there is no such file.
pub(crate) fn file(text: &str, path: &str) -> String {
    let there = Path::new(path).ancestors().find(|path| path.is_file());
    match there.and_then(Path::to_str).filter(|path| path.starts_with('/')) {
        Some(path) => format!("\u{1b}]8;;file://{}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\", encoded(path)),
        None => text.to_owned(),
    }
}

/// `path` with everything that a URL cannot hold as `%` and two digits.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            out.push(byte as char);
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// `line` so that it does not turn round what stands beside it: between the marks U+2068 and U+2069 where it has letters
/// that run from right to left (Unicode Standard Annex 9).
pub(crate) fn isolated(line: &str) -> String {
    if line.chars().any(is_right_to_left) { format!("\u{2068}{line}\u{2069}") } else { line.to_owned() }
}

const fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_go_to_files_that_are_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().canonicalize().unwrap().join("a b.txt");
        std::fs::write(&path, "").unwrap();
        let path = path.to_str().unwrap();
        let url = format!("file://{}", path.replace(' ', "%20"));
        assert_eq!(file("a", path), format!("\u{1b}]8;;{url}\u{1b}\\a\u{1b}]8;;\u{1b}\\"));
        assert!(file("a", &format!("{path}/member.txt")).contains(&url), "an archive's member links to the archive");
        assert_eq!(file("a", "/no/such/file"), "a");
    }

    #[test]
    fn lines_from_right_to_left_are_isolated() {
        assert_eq!(isolated("کابل is here"), "\u{2068}کابل is here\u{2069}");
        assert_eq!(isolated("Kabul 東京"), "Kabul 東京");
    }
}

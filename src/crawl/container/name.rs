//! Names of members.

use std::collections::{HashMap, HashSet};

use xxhash_rust::xxh3::xxh3_64;

/// Makes the names of one archive's members into paths, no two the same.
#[derive(Default)]
pub(super) struct Names {
    /// Hashes of the names so far: an archive may hold half a million.
    seen: HashSet<u64>,
    /// By the hash of a name that came again, the number that it has next: a hostile archive has one name for all.
    next: HashMap<u64, usize>,
}

impl Names {
    /// The path of the member `name` of the archive at `around`.
    ///
    /// It has no root and no steps upwards, which would name another file than the member. A name that comes again
    /// gets a number.
    pub(super) fn path(&mut self, around: &str, name: &str) -> String {
        let steps = name.split(['/', '\\']).filter(|step| !matches!(*step, "" | "." | ".."));
        let name = steps.collect::<Vec<_>>().join("/");
        let name = if name.is_empty() { "unnamed".to_owned() } else { name };
        let hash = xxh3_64(name.as_bytes());
        if self.seen.insert(hash) {
            return format!("{around}!/{name}");
        }
        let next = self.next.entry(hash).or_insert(2);
        loop {
            let numbered = format!("{name}~{next}");
            *next += 1;
            if self.seen.insert(xxh3_64(numbered.as_bytes())) {
                return format!("{around}!/{numbered}");
            }
        }
    }
}

/// `bytes` as text: UTF-8, or the code page that archives without a word on it are written in.
pub(super) fn decoded(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(name) => name.to_owned(),
        Err(_) => super::super::decode(bytes, None).text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_into_paths_below_the_archive() {
        let mut names = Names::default();
        for (name, expect) in [
            ("2025/a.html", "a.zip!/2025/a.html"),
            ("./2025//b.html", "a.zip!/2025/b.html"),
            ("/etc/passwd", "a.zip!/etc/passwd"),
            ("../../etc/passwd", "a.zip!/etc/passwd~2"),
            ("C:\\news\\c.txt", "a.zip!/C:/news/c.txt"),
            ("2025/a.html", "a.zip!/2025/a.html~2"),
            ("..", "a.zip!/unnamed"),
            ("", "a.zip!/unnamed~2"),
        ] {
            assert_eq!(names.path("a.zip", name), expect, "{name}");
        }
    }

    /// As many took a quarter of an hour, since each one tried the numbers of all before it.
    #[test]
    fn a_name_that_comes_very_often_is_numbered_at_once() {
        let mut names = Names::default();
        assert_eq!(names.path("a.zip", "a~3"), "a.zip!/a~3");
        let paths: Vec<String> = (0..200_000).map(|_| names.path("a.zip", "a")).collect();
        assert_eq!(paths[..3], ["a.zip!/a", "a.zip!/a~2", "a.zip!/a~4"]);
        assert_eq!(paths[199_999], "a.zip!/a~200001");
    }
}

//! The house's rules that no lint knows: the module tree is the import order, and no file grows without end.

#![allow(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

use std::fs;
use std::path::{Path, PathBuf};

/// Top-level modules in reading order, as `lib.rs` lists them.
fn modules() -> Vec<String> {
    let lib = fs::read_to_string(root().join("src/lib.rs")).expect("lib.rs is there");
    let names = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    names.map(str::to_owned).collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The part of a source file before its tests.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a source file is text");
    text.split("#[cfg(test)]").next().unwrap_or_default().to_owned()
}

/// The top-level module that a file below `src` belongs to.
fn module_of(path: &Path) -> String {
    let below = path.strip_prefix(root().join("src")).expect("the file is below src");
    let first = below.components().next().expect("a file has a name").as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

#[test]
fn no_module_imports_a_later_one() {
    let modules = modules();
    assert!(modules.len() > 8, "lib.rs lists the modules one a line: {modules:?}");
    let place = |name: &str| modules.iter().position(|module| module == name);
    let mut wrong = Vec::new();
    for path in rust_files(&root().join("src")) {
        let Some(own) = place(&module_of(&path)) else { continue };
        for (number, line) in code(&path).lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for (at, _) in line.match_indices("crate::") {
                let rest = &line[at + "crate::".len()..];
                let used = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
                if place(used).is_some_and(|used| used > own) {
                    wrong.push(format!("{}:{}: {}", path.display(), number + 1, line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "imports against the order of lib.rs:\n{}", wrong.join("\n"));
}

#[test]
fn tantivy_stays_in_its_rooms() {
    let allowed = ["index", "search", "error"];
    let strays: Vec<_> = rust_files(&root().join("src"))
        .into_iter()
        .filter(|path| !allowed.contains(&module_of(path).as_str()))
        .filter(|path| code(path).contains("tantivy::"))
        .collect();
    assert!(strays.is_empty(), "tantivy's types outside of index and search: {strays:?}");
}

#[test]
fn files_stay_readable() {
    let long: Vec<_> = rust_files(&root().join("src"))
        .into_iter()
        .map(|path| (fs::read_to_string(&path).expect("a source file is text").lines().count(), path))
        .filter(|(lines, _)| *lines > 600)
        .collect();
    assert!(long.is_empty(), "files over 600 lines hold more than one idea: {long:?}");
}

//! Tests over many cases of which some are known to fail: the list of those may only get shorter.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{env, fs};

/// Expects that the cases in `failed`, each with its complaints, are those that the file `list` names.
///
/// With the environment variable `BLESS` set, the file is written first.
pub(crate) fn expect_only_known(list: &Path, failed: &BTreeMap<String, Vec<String>>) {
    if env::var_os("BLESS").is_some() {
        let mut names = String::new();
        for name in failed.keys() {
            names.push_str(name);
            names.push('\n');
        }
        let heading = "# Cases that are not read right yet; written by the test when `BLESS=1` is set.\n";
        fs::write(list, format!("{heading}{names}")).expect("a writable list");
    }
    let known = fs::read_to_string(list).expect("the list is in the repository");
    let known: BTreeSet<&str> = known.lines().filter(|line| !line.starts_with('#')).collect();
    let new: Vec<_> = failed.iter().filter(|(name, _)| !known.contains(name.as_str())).collect();
    let mended: Vec<_> = known.iter().filter(|name| !failed.contains_key(**name)).collect();
    assert!(new.is_empty(), "cases that fail: {new:#?}");
    assert!(mended.is_empty(), "no longer fail, take them off {}: {mended:#?}", list.display());
}

//! Takes folders out of an index.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use super::{Change, FileReport, IngestOptions, Progress, Report, is_below};
use crate::crawl;
use crate::index::{Index, Manifest};
use crate::{Error, Result};

/// Takes everything that `index` holds of `folders` out of it, whether these are still there or not: articles, quotes, and
/// what it knows of their files. All of that goes with one commit, or nothing does; a second one makes the stories anew.
///
/// # Errors
/// [`Error::NotIndexed`] where nothing of one of the folders is in the index; and where that is locked or cannot be
/// written.
pub fn remove(
    index: &Index,
    folders: &[PathBuf],
    options: &IngestOptions,
    progress: &mut dyn Progress,
) -> Result<Report> {
    let mut writer = index.writer(options.writer_memory)?;
    let (manifest, mut kept) = (index.manifest()?, index.folders()?);
    let mut files: BTreeSet<&String> = BTreeSet::new();
    let wanted: Vec<String> = folders.iter().map(|named| absolute(named)).collect();
    // Nothing goes where one of the folders is not there to go.
    for (named, folder) in folders.iter().zip(&wanted) {
        if !manifest.keys().chain(&kept).any(|path| is_below(path, folder)) {
            return Err(Error::NotIndexed { path: named.clone(), folders: kept });
        }
        files.extend(manifest.keys().filter(|path| is_below(path, folder)));
    }
    kept.retain(|root| !wanted.iter().any(|folder| is_below(root, folder)));
    let mut report = Report::default();
    for path in files {
        writer.remove(path)?;
        let removed = FileReport::new(path.clone(), Change::Removed);
        report.count(&removed);
        report.removed_articles += manifest.get(path).map_or(0, |file| file.outcome.articles());
        progress.file(&removed);
    }
    writer.commit(&kept)?;
    if writer.group_stories()? {
        writer.commit(&kept)?;
    }
    writer.finish()?;
    progress.committed();
    Ok(report)
}

/// How many articles of `folder`, which need not be there any more, `manifest` has.
pub(super) fn articles_of(manifest: &Manifest, folder: &Path) -> usize {
    let folder = absolute(folder);
    manifest.values().filter(|file| is_below(&file.path, &folder)).map(|file| file.outcome.articles()).sum()
}

/// The path of `named` as the index has it: without links, as far as it is still there.
fn absolute(named: &Path) -> String {
    let whole = std::path::absolute(named).unwrap_or_else(|_| named.to_owned());
    let mut there = whole.as_path();
    loop {
        match (there.canonicalize(), there.parent()) {
            (Ok(found), _) => {
                let rest = whole.strip_prefix(there).unwrap_or(Path::new(""));
                return crawl::printed(&joined(found, rest));
            }
            (Err(_), Some(parent)) => there = parent,
            (Err(_), None) => return crawl::printed(&whole),
        }
    }
}

/// `path` and below it `rest`, of which nothing is there to be asked what `..` means.
fn joined(mut path: PathBuf, rest: &Path) -> PathBuf {
    for part in rest.components() {
        match part {
            Component::ParentDir => {
                path.pop();
            }
            part => path.push(part),
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_gone_has_its_path_still() {
        let guard = tempfile::tempdir().unwrap();
        let root = guard.path().canonicalize().unwrap();
        let printed = |path: &str| crawl::printed(&root.join(path));
        assert_eq!(absolute(&root.join("gone/a")), printed("gone/a"));
        assert_eq!(absolute(&root.join("gone/../b/")), printed("b"));
        std::fs::create_dir(root.join("there")).unwrap();
        assert_eq!(absolute(&root.join("there")), printed("there"));
    }
}

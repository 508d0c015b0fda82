//! Finds the files under some folders, in byte order of their names.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use walkdir::{DirEntry, WalkDir};

use super::{FoundFile, SkipReason, Skipped};

/// Walks `roots`, folders or single files, in the order given; inside a folder by the bytes of the names.
///
/// Paths are absolute, with the links in the roots themselves resolved. Files and folders whose name begins with a dot,
/// and everything under `exclude` (the index), are left out in silence. A link is followed once, and only where it
/// leads out of the roots: what lies inside them is walked anyway. A root inside another root is walked once; a root with a
/// dot before its name, or below such a folder, is walked since it is named.
pub fn walk(roots: &[PathBuf], exclude: &[PathBuf]) -> impl Iterator<Item = Result<FoundFile, Skipped>> + use<> {
    let roots = distinct(roots);
    let exclude: Vec<PathBuf> = exclude.iter().map(|path| resolved(path)).collect();
    let mut links = Links { roots: roots.clone(), followed: HashSet::new() };
    let mut walks = roots.into_iter();
    let mut current: Option<walkdir::IntoIter> = None;
    std::iter::from_fn(move || {
        loop {
            let Some(walk) = current.as_mut() else {
                current = Some(sorted(&walks.next()?));
                continue;
            };
            let Some(entry) = walk.next() else {
                current = None;
                continue;
            };
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => return Some(Err(refused(&error))),
            };
            let enter = decide(&entry, &exclude, &mut links);
            if enter.is_err() && entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
            match enter {
                Err(Some(reason)) => return Some(Err(skipped(entry.path(), reason))),
                Ok(()) if !entry.file_type().is_dir() => return Some(found(&entry)),
                Ok(()) | Err(None) => {}
            }
        }
    })
}

/// `path` as reports print it: what is not valid Unicode in it is replaced.
pub fn printed(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn sorted(root: &Path) -> walkdir::IntoIter {
    WalkDir::new(root)
        .follow_links(true)
        .sort_by(|left, right| left.file_name().as_encoded_bytes().cmp(right.file_name().as_encoded_bytes()))
        .into_iter()
}

/// The roots that lie in no other root, resolved, in the order given.
fn distinct(roots: &[PathBuf]) -> Vec<PathBuf> {
    let resolved: Vec<PathBuf> = roots.iter().map(|path| resolved(path)).collect();
    let inside = |at: usize| {
        resolved.iter().enumerate().any(|(other, root)| {
            let repeats = resolved[at] == *root && other < at;
            repeats || (resolved[at] != *root && is_walked(&resolved[at], root))
        })
    };
    (0..resolved.len()).filter(|&at| !inside(at)).map(|at| resolved[at].clone()).collect()
}

/// True where the walk of `root` comes to `path`: it passes over what has a dot before its name.
pub(crate) fn is_walked(path: &Path, root: &Path) -> bool {
    let inside = path.strip_prefix(root);
    inside.is_ok_and(|rest| !rest.iter().any(|name| is_hidden(name.as_encoded_bytes())))
}

/// The absolute path without links; a path that does not exist is only made absolute.
fn resolved(path: &Path) -> PathBuf {
    fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_path_buf())
}

/// Whether to go on with `entry`; `Err(None)` passes over it in silence.
fn decide(entry: &DirEntry, exclude: &[PathBuf], links: &mut Links) -> Result<(), Option<SkipReason>> {
    let hidden = entry.depth() > 0 && is_hidden(entry.file_name().as_encoded_bytes());
    if hidden || exclude.iter().any(|path| path == entry.path()) {
        return Err(None);
    }
    if entry.path_is_symlink() && entry.depth() > 0 {
        let target = fs::canonicalize(entry.path()).map_err(|error| Some(SkipReason::Unreadable(error.to_string())))?;
        if exclude.iter().any(|path| target.starts_with(path)) {
            return Err(None);
        }
        links.follow(target).map_err(Some)?;
    }
    let kind = entry.file_type();
    // A pipe or a device would block the reader or never end.
    if !kind.is_dir() && !kind.is_file() {
        return Err(Some(SkipReason::Unsupported("special file".into())));
    }
    Ok(())
}

fn is_hidden(name: &[u8]) -> bool {
    name.first() == Some(&b'.')
}

/// Which links lead to something new.
struct Links {
    roots: Vec<PathBuf>,
    followed: HashSet<PathBuf>,
}

impl Links {
    fn follow(&mut self, target: PathBuf) -> Result<(), SkipReason> {
        let walked = self.roots.iter().any(|root| is_walked(&target, root));
        // A link to a folder above a root would walk the root again.
        let above = self.roots.iter().any(|root| root.starts_with(&target));
        let repeated = walked || self.followed.iter().any(|earlier| target.starts_with(earlier));
        match (above, repeated) {
            (true, _) => Err(SkipReason::Loop),
            (false, true) => Err(SkipReason::Repeated),
            (false, false) => {
                self.followed.insert(target);
                Ok(())
            }
        }
    }
}

fn found(entry: &DirEntry) -> Result<FoundFile, Skipped> {
    let metadata = entry.metadata().map_err(|error| refused(&error))?;
    // Some file systems keep no time; the size alone then tells a changed file.
    let modified = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
    Ok(FoundFile { path: entry.path().to_path_buf(), size: metadata.len(), modified })
}

fn refused(error: &walkdir::Error) -> Skipped {
    let reason = match (error.loop_ancestor(), error.io_error()) {
        (Some(_), _) => SkipReason::Loop,
        (None, Some(cause)) => SkipReason::Unreadable(cause.to_string()),
        (None, None) => SkipReason::Unreadable(error.to_string()),
    };
    skipped(error.path().unwrap_or(Path::new("")), reason)
}

fn skipped(path: &Path, reason: SkipReason) -> Skipped {
    Skipped { path: printed(path), reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The walk of a folder with `files`, one line an entry: its path below the folder, or why it is skipped.
    fn check(prepare: impl Fn(&Path), exclude: &[&str], expect: &[&str]) {
        let folder = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(folder.path()).unwrap();
        prepare(&root);
        let exclude: Vec<PathBuf> = exclude.iter().map(|name| root.join(name)).collect();
        let below = |path: &str| path.strip_prefix(&format!("{}/", root.display())).unwrap_or(path).to_owned();
        let lines: Vec<String> = walk(std::slice::from_ref(&root), &exclude)
            .map(|entry| match entry {
                Ok(file) => below(&printed(&file.path)),
                Err(skipped) => format!("{}: {}", below(&skipped.path), skipped.reason),
            })
            .collect();
        assert_eq!(lines, expect);
    }

    fn touch(path: PathBuf) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "text").unwrap();
    }

    #[test]
    fn files_come_in_byte_order_without_hidden_ones_and_the_index() {
        let prepare = |root: &Path| {
            for name in ["b.txt", "B.txt", "a/é.txt", "a/z.txt", ".git/config", "index/meta.json", "odd\nname.txt"] {
                touch(root.join(name));
            }
        };
        check(prepare, &["index"], &["B.txt", "a/z.txt", "a/é.txt", "b.txt", "odd\nname.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_once_and_loops_are_told() {
        use std::os::unix::fs::symlink;
        let elsewhere = tempfile::tempdir().unwrap();
        touch(elsewhere.path().join("story.txt"));
        let prepare = |root: &Path| {
            touch(root.join("a/one.txt"));
            symlink(root, root.join("a/up")).unwrap();
            symlink(root.join("a"), root.join("b")).unwrap();
            symlink(elsewhere.path(), root.join("c")).unwrap();
            symlink(elsewhere.path(), root.join("d")).unwrap();
            symlink(root.join("nowhere"), root.join("e")).unwrap();
        };
        let expect = [
            "a/one.txt",
            "a/up: link back to a folder above it",
            "b: link to what is read already",
            "c/story.txt",
            "d: link to what is read already",
            "e: cannot be read: No such file or directory (os error 2)",
        ];
        check(prepare, &[], &expect);
    }

    #[test]
    fn a_root_inside_another_is_walked_once() {
        let folder = tempfile::tempdir().unwrap();
        touch(folder.path().join("a/one.txt"));
        let roots = [folder.path().join("a"), folder.path().to_path_buf(), folder.path().join("a/one.txt")];
        assert_eq!(walk(&roots, &[]).count(), 1);
    }

    #[test]
    fn a_hidden_folder_is_walked_where_it_is_named() {
        let folder = tempfile::tempdir().unwrap();
        touch(folder.path().join("one.txt"));
        touch(folder.path().join(".saved/a/two.txt"));
        let roots = |inside: &str| [folder.path().to_path_buf(), folder.path().join(inside)];
        assert_eq!(walk(&roots("one.txt"), &[]).count(), 1);
        for inside in [".saved", ".saved/a", ".saved/a/two.txt"] {
            assert_eq!(walk(&roots(inside), &[]).count(), 2, "{inside}");
        }
    }
}

//! The folders and files that a user names.

use std::io::ErrorKind;
use std::path::PathBuf;

use crate::error::{Error, Result};

/// The absolute paths of `named`, with links resolved.
///
/// # Errors
/// [`Error::NotFound`] for the first that is not there, [`Error::Io`] for one that cannot be looked at.
pub fn roots(named: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let resolve = |path: &PathBuf| {
        path.canonicalize().map_err(|source| match source.kind() {
            ErrorKind::NotFound => Error::NotFound { path: path.clone() },
            _ => Error::Io { action: "read", path: path.clone(), source },
        })
    };
    named.iter().map(resolve).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_folder_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("nothing-here");
        let error = roots(&[folder.path().into(), missing.clone()]).unwrap_err();
        assert_eq!(error.to_string(), format!("no such file or folder `{}`", missing.display()));
        assert_eq!(roots(&[folder.path().into()]).unwrap(), [folder.path().canonicalize().unwrap()]);
    }
}

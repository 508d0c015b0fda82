//! JSON-lines files, line by line, with errors that name file and line.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};

/// A line of a file that holds something.
pub(super) struct Line {
    /// Counted from 1.
    pub(super) number: usize,
    pub(super) bytes: Vec<u8>,
}

impl Line {
    /// The object on the line, which stands in the file `path`.
    pub(super) fn parse<T: DeserializeOwned>(&self, path: &Path) -> Result<T> {
        serde_json::from_slice(&self.bytes).map_err(|error| self.error(path, without_line(&error)))
    }

    /// The error that something is wrong with this line of the file `path`.
    pub(super) fn error(&self, path: &Path, message: impl Into<String>) -> Error {
        Error::Line { path: path.into(), line: self.number, message: message.into() }
    }
}

/// What `error` says, with the column alone: the line inside the line is always the first.
fn without_line(error: &serde_json::Error) -> String {
    error.to_string().replace(" at line 1 column ", " at column ")
}

/// The lines of the file `path` that hold something.
pub(super) fn lines(path: &Path) -> Result<impl Iterator<Item = Result<Line>> + use<>> {
    let file = File::open(path).map_err(|source| read_error(path, source))?;
    let path = path.to_path_buf();
    let read = move |(at, bytes): (usize, std::io::Result<Vec<u8>>)| match bytes {
        Ok(bytes) if bytes.trim_ascii().is_empty() => None,
        Ok(bytes) => Some(Ok(Line { number: at + 1, bytes })),
        Err(source) => Some(Err(read_error(&path, source))),
    };
    Ok(BufReader::new(file).split(b'\n').enumerate().filter_map(read))
}

fn read_error(path: &Path, source: std::io::Error) -> Error {
    if source.kind() == std::io::ErrorKind::NotFound {
        return Error::NotFound { path: path.into() };
    }
    Error::Io { action: "read", path: path.into(), source }
}

/// An article's identifier.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[serde(untagged, expecting = "`id` is neither a string nor a whole number")]
pub(super) enum Identifier {
    Text(String),
    Number(i64),
}

impl Identifier {
    pub(super) fn into_text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Number(number) => number.to_string(),
        }
    }
}

/// A file of predictions, of which only the places of the lines are held in memory.
pub(super) struct Predictions {
    pub(super) path: PathBuf,
    file: Mutex<File>,
    places: HashMap<String, Place>,
}

#[derive(Clone, Copy)]
struct Place {
    number: usize,
    begin: u64,
    length: usize,
}

impl Predictions {
    /// Looks through the file `path`. Of several lines with one identifier the last one counts.
    pub(super) fn open(path: &Path) -> Result<Self> {
        #[derive(Deserialize)]
        struct Identified {
            // An error line stands for an input that could not be read, and may not even have a name.
            id: Option<Identifier>,
        }
        let file = File::open(path).map_err(|source| read_error(path, source))?;
        let mut places = HashMap::new();
        let mut reader = BufReader::new(&file);
        let (mut number, mut begin) = (0, 0);
        loop {
            let mut bytes = Vec::new();
            let length = reader.read_until(b'\n', &mut bytes).map_err(|source| read_error(path, source))?;
            if length == 0 {
                break;
            }
            number += 1;
            if !bytes.trim_ascii().is_empty() {
                let id = Line { number, bytes }.parse::<Identified>(path)?.id;
                places.extend(id.map(|id| (id.into_text(), Place { number, begin, length })));
            }
            begin += length as u64;
        }
        Ok(Self { path: path.into(), file: Mutex::new(file), places })
    }

    /// The line of the article `id`.
    pub(super) fn line(&self, id: &str) -> Result<Option<Line>> {
        let Some(place) = self.places.get(id) else { return Ok(None) };
        let bytes = self.read(*place).map_err(|source| read_error(&self.path, source))?;
        Ok(Some(Line { number: place.number, bytes }))
    }

    fn read(&self, place: Place) -> std::io::Result<Vec<u8>> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(place.begin))?;
        let mut bytes = vec![0; place.length];
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_prediction_is_found_by_its_identifier() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("predicted.jsonl");
        fs::write(&path, "{\"id\":\"é\",\"a\":1}\n\n{\"id\":7,\"a\":2}\n{\"id\":null}\n{\"id\":\"é\",\"a\":3}")
            .unwrap();
        let predictions = Predictions::open(&path).unwrap();
        let line = |id| predictions.line(id).unwrap().map(|line| (line.number, String::from_utf8(line.bytes).unwrap()));
        assert_eq!(line("7"), Some((3, "{\"id\":7,\"a\":2}\n".into())));
        assert_eq!(line("é"), Some((5, "{\"id\":\"é\",\"a\":3}".into())));
        assert_eq!(line("x"), None);
    }

    #[test]
    fn errors_name_file_and_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("predicted.jsonl");
        fs::write(&path, "{\"id\":\"a\"}\n{\"id\":true}\n").unwrap();
        let error = Predictions::open(&path).err().unwrap().to_string();
        assert!(
            error.ends_with("predicted.jsonl`, line 2: `id` is neither a string nor a whole number at column 11"),
            "{error}"
        );
        fs::write(&path, "\n{\"id\":\"a\n").unwrap();
        let error = Predictions::open(&path).err().unwrap().to_string();
        assert!(error.contains("line 2: ") && error.contains("column") && !error.contains("line 1"), "{error}");
    }
}

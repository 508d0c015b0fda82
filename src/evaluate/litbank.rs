//! `LitBank`'s quotations in the shape of a gold standard of quotes.
//!
//! `LitBank` (Sims and Bamman, "Measuring Information Propagation in Literary Social Networks", EMNLP 2020) has excerpts
//! of novels as `NAME_brat.txt`, one sentence a line with spaces between its tokens, and beside it `NAME_brat.ann` with
//! lines `QUOTE`, number, sentence and token of the first and of the last token, words; and `ATTRIB`, number, speaker.
//! Who speaks is told by a label and not by a place in the text, so that attributions have a name and no source.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::error::{Error, Result};

/// How the names of texts and annotations end.
const TEXT: &str = "_brat.txt";
const ANNOTATIONS: &str = "_brat.ann";

/// An article of the gold standard, as [`evaluate`](super::evaluate) reads it.
#[derive(Debug, Serialize)]
struct GoldLine {
    id: String,
    text: String,
    attributions: Vec<AttributionLine>,
}

#[derive(Debug, Serialize)]
struct AttributionLine {
    /// In characters.
    content: [[usize; 2]; 1],
    source: [[usize; 2]; 0],
    cue: [[usize; 2]; 0],
    kind: &'static str,
    speaker: Option<String>,
}

/// Writes every excerpt of `folder` to `out`, one a line, in the order of their names.
///
/// # Errors
/// [`Error::Empty`] where the folder holds none, [`Error::Line`] where an annotation is not as it should be, and where a
/// file cannot be read or the output written.
pub fn convert(folder: &Path, mut out: impl Write) -> Result<()> {
    let texts = texts(folder)?;
    if texts.is_empty() {
        return Err(Error::Empty { path: folder.into() });
    }
    for path in texts {
        let line = excerpt(&path)?;
        let written = serde_json::to_writer(&mut out, &line).map_err(Into::into).and_then(|()| out.write_all(b"\n"));
        written.map_err(|source| Error::Io { action: "write", path: "standard output".into(), source })?;
    }
    Ok(())
}

/// The texts in `folder`, in the order of their names.
fn texts(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).map_err(|source| unread(folder, source))?;
    let paths = entries.map(|entry| entry.map(|entry| entry.path()).map_err(|source| unread(folder, source)));
    let mut paths = paths.collect::<Result<Vec<_>>>()?;
    paths.retain(|path| path.to_string_lossy().ends_with(TEXT));
    paths.sort();
    Ok(paths)
}

fn unread(path: &Path, source: std::io::Error) -> Error {
    Error::Io { action: "read", path: path.into(), source }
}

/// The excerpt in the file `path`, with the annotations beside it.
fn excerpt(path: &Path) -> Result<GoldLine> {
    let read = |path: &Path| fs::read_to_string(path).map_err(|source| unread(path, source));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let id = name.trim_end_matches(TEXT).to_owned();
    let beside = path.with_file_name(format!("{id}{ANNOTATIONS}"));
    let tokenised = read(path)?;
    let tokens = Tokens::new(&tokenised);
    let quotations = quotations(&read(&beside)?, &tokens);
    let quotations = quotations.map_err(|(line, message)| Error::Line { path: beside, line, message })?;
    let (text, places) = printed(&tokens, &quotations);
    let attributions = quotations.into_iter().map(|quotation| AttributionLine {
        content: [[places[quotation.first][0], places[quotation.last][1]]],
        source: [],
        cue: [],
        kind: "direct",
        speaker: quotation.speaker,
    });
    Ok(GoldLine { id, text, attributions: attributions.collect() })
}

/// The tokens of an excerpt.
struct Tokens<'a> {
    words: Vec<&'a str>,
    /// The number of the first token of each sentence.
    sentences: Vec<usize>,
}

impl<'a> Tokens<'a> {
    fn new(text: &'a str) -> Self {
        let (mut words, mut sentences) = (Vec::new(), Vec::new());
        for line in text.lines() {
            sentences.push(words.len());
            words.extend(line.split(' ').filter(|word| !word.is_empty()));
        }
        Self { words, sentences }
    }

    /// The number of the token that is the `token`th of its `sentence`, both counted from 0.
    fn number(&self, sentence: usize, token: usize) -> Option<usize> {
        let number = self.sentences.get(sentence)? + token;
        let end = self.sentences.get(sentence + 1).copied().unwrap_or(self.words.len());
        (number < end).then_some(number)
    }
}

/// A quotation: its first and last token, and who says it.
struct Quotation {
    first: usize,
    last: usize,
    speaker: Option<String>,
}

/// The quotations in `annotations`, in order; or the line that is wrong, and what is.
fn quotations(annotations: &str, tokens: &Tokens) -> Result<Vec<Quotation>, (usize, String)> {
    let mut found: BTreeMap<(usize, usize), &str> = BTreeMap::new();
    let mut speakers: HashMap<&str, String> = HashMap::new();
    for (at, line) in annotations.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let wrong = |message: &str| (at + 1, message.to_owned());
        match line.split('\t').collect::<Vec<_>>()[..] {
            ["QUOTE", id, ref places @ .., _] if places.len() == 4 => {
                let numbers: Vec<usize> = places.iter().filter_map(|place| place.parse().ok()).collect();
                let [from, first, to, last] = numbers[..] else { return Err(wrong("a place is no number")) };
                let range =
                    tokens.number(from, first).zip(tokens.number(to, last)).filter(|(first, last)| first <= last);
                found.insert(range.ok_or_else(|| wrong("the text has no such tokens"))?, id);
            }
            ["ATTRIB", id, label] => {
                speakers.insert(id, name(label));
            }
            _ => return Err(wrong("neither a QUOTE with four places and its words, nor an ATTRIB with its speaker")),
        }
    }
    let quotation = |((first, last), id)| Quotation { first, last, speaker: speakers.get(id).cloned() };
    Ok(found.into_iter().map(quotation).collect())
}

/// "Mrs Hall" for the label `Mrs__Hall-12`: the name of an entity, with its number.
fn name(label: &str) -> String {
    let name = label.rsplit_once('-').map_or(label, |(name, _)| name);
    name.split('_').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The text as a book prints it, and where in it each token stands, in characters.
fn printed(tokens: &Tokens, quotations: &[Quotation]) -> (String, Vec<[usize; 2]>) {
    let firsts: HashSet<usize> = quotations.iter().map(|quotation| quotation.first).collect();
    let lasts: HashSet<usize> = quotations.iter().map(|quotation| quotation.last).collect();
    let mut marks = Marks::default();
    let (mut text, mut length) = (String::new(), 0);
    let mut places = Vec::with_capacity(tokens.words.len());
    let mut before = Role::Opening;
    for (number, word) in tokens.words.iter().enumerate() {
        let role = marks.role(word, firsts.contains(&number), lasts.contains(&number));
        let begins_sentence = tokens.sentences.binary_search(&number).is_ok();
        // Sentences come one a line, and where paragraphs begin is not told: one does where a speech follows another.
        let gap = if begins_sentence && role == Role::Opening && before == Role::Closing {
            "\n"
        } else if before.joins_next() || role.joins_previous() {
            ""
        } else {
            " "
        };
        // Underscores are the signs of italics.
        let word = if *word == "_" { "" } else { word };
        if role != Role::Italics {
            text.push_str(gap);
            length += gap.chars().count();
            before = role;
        }
        text.push_str(word);
        let end = length + word.chars().count();
        places.push([length, end]);
        length = end;
    }
    (text, places)
}

/// What a token does to the space around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Word,
    /// An opening mark or bracket.
    Opening,
    /// A closing mark.
    Closing,
    /// Punctuation, or the end of a shortened word ("n't").
    Ending,
    Dash,
    Italics,
}

impl Role {
    const fn joins_next(self) -> bool {
        matches!(self, Self::Opening | Self::Dash)
    }

    const fn joins_previous(self) -> bool {
        matches!(self, Self::Closing | Self::Ending | Self::Dash)
    }
}

/// Which straight marks are open.
#[derive(Default)]
struct Marks {
    double: bool,
    single: bool,
}

impl Marks {
    /// The role of `word`, which may be the first or the last token of a quotation.
    fn role(&mut self, word: &str, is_first: bool, is_last: bool) -> Role {
        match word {
            "\"" | "'" => {
                let open = if word == "\"" { &mut self.double } else { &mut self.single };
                *open = is_first || !(*open || is_last);
                if *open { Role::Opening } else { Role::Closing }
            }
            "“" | "‘" | "“‘" | "(" | "[" | "``" => Role::Opening,
            "”" | "’" | "’”" | "''" => Role::Closing,
            "--" | "—" => Role::Dash,
            "_" => Role::Italics,
            "n't" | "n’t" | "..." | "...." => Role::Ending,
            _ if is_ending(word) => Role::Ending,
            _ => Role::Word,
        }
    }
}

/// True for punctuation and for "'s", "’ll" and the like; false for "'em" and "'tis", words of their own.
fn is_ending(word: &str) -> bool {
    let rest = word.strip_prefix(['\'', '’']);
    let shortened = rest.is_some_and(|rest| matches!(rest, "s" | "S" | "ll" | "ve" | "m" | "d" | "re" | "t"));
    shortened || word.chars().all(|c| ",.;:!?)]".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, annotations: &str, expect: Result<&str, &str>) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("7_the_gate_brat.txt"), text).unwrap();
        fs::write(folder.path().join("7_the_gate_brat.ann"), annotations).unwrap();
        let mut out = Vec::new();
        let converted = convert(folder.path(), &mut out).map_err(|error| error.to_string());
        let message = converted.err().map(|error| error.rsplit("`, ").next().unwrap_or_default().to_owned());
        assert_eq!(message.as_deref(), expect.err());
        if let Ok(expect) = expect {
            assert_eq!(String::from_utf8(out).unwrap(), expect.to_owned() + "\n");
        }
    }

    #[test]
    fn tokens_are_joined_as_print_has_them() {
        let text = "“ Who 's _ there _ ? ”\nasked Mrs. Hall ; she did n't wait -- or so .\n“ Élie , ” said he .\n“ Me ! ”\n“ ‘ Ay , ’ said I . ”";
        let joined = "“Who's there?” asked Mrs. Hall; she didn't wait--or so. “Élie,” said he. “Me!”\\n“‘Ay,’ said I.”";
        let line = |attributions: &str| {
            format!("{{\"id\":\"7_the_gate\",\"text\":\"{joined}\",\"attributions\":[{attributions}]}}")
        };
        check(text, "", Ok(&line("")));
        let one = |range: &str, speaker: &str| {
            format!("{{\"content\":[[{range}]],\"source\":[],\"cue\":[],\"kind\":\"direct\",\"speaker\":{speaker}}}")
        };
        let annotations =
            "QUOTE\tQ2\t2\t0\t2\t3\t“ Élie , ”\nQUOTE\tQ1\t0\t0\t0\t7\t“ Who 's …\nATTRIB\tQ1\tMrs__Hall-3\n";
        let expect = line(&[one("0,14", "\"Mrs Hall\""), one("56,63", "null")].join(","));
        check(text, annotations, Ok(&expect));
    }

    #[test]
    fn straight_marks_open_and_close() {
        let text = "\" Yes , ' no ' \" he said .\n\" And she ? \"";
        let expect =
            "{\"id\":\"7_the_gate\",\"text\":\"\\\"Yes, 'no'\\\" he said. \\\"And she?\\\"\",\"attributions\":[]}";
        check(text, "", Ok(expect));
    }

    #[test]
    fn a_line_that_is_wrong_is_named() {
        check("Yes .", "QUOTE\tQ1\t0\t0\t0\t2\tYes .", Err("line 1: the text has no such tokens"));
        check("Yes .", "\nQUOTE\tQ1\t0\tx\t0\t1\tYes .", Err("line 2: a place is no number"));
        let expect = "line 1: neither a QUOTE with four places and its words, nor an ATTRIB with its speaker";
        check("Yes .", "QUOTE\tQ1\t0\t0", Err(expect));
    }

    #[test]
    fn a_folder_without_texts_is_no_gold() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(convert(folder.path(), Vec::new()), Err(Error::Empty { .. })));
    }
}

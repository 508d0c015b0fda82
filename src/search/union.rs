//! The values of a field in several segments as one list.
//!
//! Each segment numbers its values for itself, in the order of their bytes, so lists of equal values are found by
//! walking all segments' lists side by side. Names are looked up only where they are needed: to tell which values of
//! several segments are the same, and to show them.

use std::io;

use tantivy::columnar::StrColumn;

/// All values that segments have, each once, in the order of their bytes.
pub(super) struct Union {
    parts: Vec<Part>,
    /// Of each value, a part that has it and its place there.
    values: Vec<(u32, u32)>,
}

/// The values of one segment.
struct Part {
    column: StrColumn,
    /// Their numbers in the segment, ascending.
    ordinals: Vec<u64>,
    /// What they are called; nothing where there is only one segment.
    names: Names,
    /// Which value of the union each one is.
    places: Vec<u32>,
}

impl Union {
    /// The values that the columns of segments have at `ordinals`, which ascend.
    pub(super) fn new(columns: Vec<(StrColumn, Vec<u64>)>) -> io::Result<Self> {
        let is_one = columns.len() == 1;
        let part = |(column, ordinals): (StrColumn, Vec<u64>)| {
            let names = if is_one { Names::default() } else { Names::read(&column, &ordinals)? };
            Ok(Part { places: Vec::with_capacity(ordinals.len()), column, ordinals, names })
        };
        let mut union = Self { parts: columns.into_iter().map(part).collect::<io::Result<_>>()?, values: Vec::new() };
        match &mut union.parts[..] {
            [part] => {
                part.places = (0..part.ordinals.len() as u32).collect();
                union.values = part.places.iter().map(|&place| (0, place)).collect();
            }
            _ => union.merge(),
        }
        Ok(union)
    }

    /// Walks all parts side by side: what is first in all of them is next in the union.
    fn merge(&mut self) {
        loop {
            let heads = (0..).zip(&self.parts).map(|(number, part)| (part.head(), number));
            let Some((Some(name), first)) = heads.filter(|(head, _)| head.is_some()).min() else { return };
            let ahead = |part: &Part| part.head() == Some(name);
            let same: Vec<bool> = self.parts.iter().map(ahead).collect();
            self.values.push((first, self.parts[first as usize].places.len() as u32));
            let place = self.values.len() as u32 - 1;
            for (part, is_same) in self.parts.iter_mut().zip(same) {
                if is_same {
                    part.places.push(place);
                }
            }
        }
    }

    /// How many values there are.
    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    /// The ordinals of the segment `number`, ascending, each with its place in the union.
    pub(super) fn places(&self, number: usize) -> impl Iterator<Item = (u64, u32)> {
        let part = &self.parts[number];
        part.ordinals.iter().copied().zip(part.places.iter().copied())
    }

    /// The place of what the segment `number` has at `ordinal`.
    pub(super) fn place(&self, number: usize, ordinal: u64) -> Option<u32> {
        let part = &self.parts[number];
        part.ordinals.binary_search(&ordinal).ok().map(|at| part.places[at])
    }

    /// The names of the values at `places`, which ascend.
    pub(super) fn names(&self, places: &[u32]) -> io::Result<Vec<String>> {
        if let [part] = &self.parts[..] {
            let ordinals: Vec<u64> = places.iter().map(|&place| part.ordinals[place as usize]).collect();
            let names = Names::read(&part.column, &ordinals)?;
            return Ok((0..ordinals.len()).filter_map(|at| names.text(at)).collect());
        }
        let name = |&place: &u32| {
            let (part, at) = self.values[place as usize];
            self.parts[part as usize].names.text(at as usize)
        };
        Ok(places.iter().filter_map(name).collect())
    }
}

impl Part {
    /// The name of the first value whose place in the union is not known yet.
    fn head(&self) -> Option<&[u8]> {
        self.names.get(self.places.len())
    }
}

/// Names, one after the other in one piece of memory.
#[derive(Default)]
struct Names {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Names {
    fn read(column: &StrColumn, ordinals: &[u64]) -> io::Result<Self> {
        let mut names = Self { bytes: Vec::new(), ends: Vec::with_capacity(ordinals.len()) };
        column.dictionary().sorted_ords_to_term_cb(ordinals, |name| {
            names.bytes.extend_from_slice(name);
            names.ends.push(names.bytes.len());
        })?;
        Ok(names)
    }

    fn get(&self, at: usize) -> Option<&[u8]> {
        let end = *self.ends.get(at)?;
        let begin = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        Some(&self.bytes[begin..end])
    }

    fn text(&self, at: usize) -> Option<String> {
        self.get(at).map(|name| String::from_utf8_lossy(name).into_owned())
    }
}

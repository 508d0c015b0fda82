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

#[cfg(test)]
mod tests {
    use tantivy::schema::{FAST, Schema};
    use tantivy::{Index, doc};

    use super::*;

    /// The union of segments that have these values, of which those that begin with "-" are not asked for.
    fn union(segments: &[&[&str]]) -> Union {
        let mut schema = Schema::builder();
        let field = schema.add_text_field("name", FAST);
        let schema = schema.build();
        let mut columns = Vec::new();
        for names in segments {
            let index = Index::create_in_ram(schema.clone());
            let mut writer = index.writer_with_num_threads(1, 20_000_000).unwrap();
            for name in *names {
                writer.add_document(doc!(field => *name)).unwrap();
            }
            writer.commit().unwrap();
            let searcher = index.reader().unwrap().searcher();
            let column = searcher.segment_reader(0).fast_fields().str("name").unwrap().unwrap();
            let is_asked = |ordinal: &u64| {
                let mut name = String::new();
                column.ord_to_str(*ordinal, &mut name).unwrap() && !name.starts_with('-')
            };
            let ordinals = (0..column.num_terms() as u64).filter(is_asked).collect();
            columns.push((column, ordinals));
        }
        Union::new(columns).unwrap()
    }

    fn check(segments: &[&[&str]], expect: &[&str]) {
        let union = union(segments);
        assert_eq!(union.len(), expect.len());
        let all: Vec<u32> = (0..union.len() as u32).collect();
        assert_eq!(union.names(&all).unwrap(), expect);
        assert_eq!(union.names(&all[all.len() / 2..]).unwrap(), &expect[expect.len() / 2..]);
        for (number, names) in segments.iter().enumerate() {
            let mut own: Vec<&str> = names.iter().copied().filter(|name| !name.starts_with('-')).collect();
            own.sort_unstable();
            own.dedup();
            let places: Vec<(u64, u32)> = union.places(number).collect();
            let found: Vec<&str> = places.iter().map(|&(_, place)| expect[place as usize]).collect();
            assert_eq!(found, own);
            assert!(places.iter().all(|&(ordinal, place)| union.place(number, ordinal) == Some(place)));
            assert_eq!(union.place(number, 99), None);
        }
    }

    #[test]
    fn values_of_one_segment_are_the_union() {
        check(&[&["b", "a", "-c", "b"]], &["a", "b"]);
    }

    #[test]
    fn values_of_several_segments_are_met_once_in_order() {
        check(&[&["b", "d", "é"], &["a", "b", "-c"], &["d", "c", "ab"]], &["a", "ab", "b", "c", "d", "é"]);
        check(&[&["-x"], &["a"], &["-y"]], &["a"]);
    }
}

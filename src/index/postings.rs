//! Which terms stand where in one field, gathered document by document and written term by term.
//!
//! Terms are numbered and kept in the order in which they stand; only when the segment is written are they counted and
//! brought together, by a counting sort (sort-based inversion: Witten, Moffat and Bell, "Managing Gigabytes", 1999,
//! section 5.3). A word then costs four bytes at the end of a list, where a list for every term costs several accesses
//! to memory that no cache holds.

use std::io;

use tantivy::DocId;
use tantivy::postings::FieldSerializer;
use tantivy::schema::IndexRecordOption;

use super::terms::Terms;

/// The terms of one field, in the order in which they came.
#[derive(Debug)]
pub(super) struct Postings {
    keeps: IndexRecordOption,
    /// The number of each term.
    terms: Vec<u32>,
    runs: Vec<Run>,
    /// Document and position of a term that would go on with the last run.
    next: (DocId, u32),
}

/// Terms of one document that stand one behind the other.
#[derive(Clone, Copy, Debug)]
struct Run {
    document: DocId,
    /// Position of the first; counts only where positions are kept.
    position: u32,
    /// How many terms are before it.
    begin: u32,
}

impl Postings {
    /// No postings yet, of a field that `keeps` this much of them.
    pub(super) const fn new(keeps: IndexRecordOption) -> Self {
        Self { keeps, terms: Vec::new(), runs: Vec::new(), next: (DocId::MAX, 0) }
    }

    /// Adds the term with the number `term`, at `position` in `document`. Documents come in order.
    #[inline]
    pub(super) fn push(&mut self, document: DocId, position: u32, term: u32) {
        let position = if self.keeps.has_positions() { position } else { 0 };
        if self.next != (document, position) {
            self.runs.push(Run { document, position, begin: self.terms.len() as u32 });
        }
        self.next = (document, if self.keeps.has_positions() { position.wrapping_add(1) } else { 0 });
        self.terms.push(term);
    }

    /// Number of terms, each counted as often as it stands.
    pub(super) fn len(&self) -> usize {
        self.terms.len()
    }

    /// Bytes of memory, about.
    pub(super) fn memory(&self) -> usize {
        self.terms.len() * size_of::<u32>() + self.runs.len() * size_of::<Run>()
    }

    /// Writes every term with its documents; `order` holds the numbers of `terms` in the order of their bytes.
    pub(super) fn write(self, terms: &Terms, order: &[u32], serializer: &mut FieldSerializer<'_>) -> io::Result<()> {
        let keeps = self.keeps;
        let inverted = self.invert(terms.len());
        let mut deltas = Vec::new();
        for &term in order {
            let places = inverted.places(term);
            if places.is_empty() {
                continue;
            }
            let of_document = || places.chunk_by(|left, right| document(*left) == document(*right));
            // What tantivy's own writer tells, for the same bytes.
            let documents = if keeps.has_freq() { of_document().count() as u32 } else { 0 };
            serializer.new_term(terms.get(term), documents, keeps.has_freq())?;
            for places in of_document() {
                let count = if keeps.has_freq() { places.len() as u32 } else { 0 };
                deltas.clear();
                if keeps.has_positions() {
                    let mut last = 0;
                    deltas.extend(
                        places
                            .iter()
                            .map(|&place| position(place).wrapping_sub(std::mem::replace(&mut last, position(place)))),
                    );
                }
                serializer.write_doc(document(places[0]), count, &deltas);
            }
            serializer.close_term()?;
        }
        Ok(())
    }

    /// Brings the places of each of so many terms together.
    fn invert(self, terms: usize) -> Inverted {
        let mut ends = vec![0_u32; terms + 1];
        for &term in &self.terms {
            ends[term as usize + 1] += 1;
        }
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum;
        }
        // Each is where its term begins, until all places of it are behind it.
        let mut places = vec![0; self.terms.len()];
        let run_ends = self.runs.iter().skip(1).map(|run| run.begin).chain([self.terms.len() as u32]);
        for (run, end) in self.runs.iter().zip(run_ends) {
            for (offset, &term) in (0..).zip(&self.terms[run.begin as usize..end as usize]) {
                let next = &mut ends[term as usize];
                places[*next as usize] = place(run.document, run.position.wrapping_add(offset));
                *next += 1;
            }
        }
        Inverted { places, ends }
    }
}

/// Places term by term.
struct Inverted {
    places: Vec<u64>,
    /// Where those of each term end.
    ends: Vec<u32>,
}

impl Inverted {
    fn places(&self, term: u32) -> &[u64] {
        let at = term as usize;
        let begin = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.places[begin as usize..self.ends[at] as usize]
    }
}

/// A document and a position in it as one number.
const fn place(document: DocId, position: u32) -> u64 {
    (document as u64) << 32 | position as u64
}

const fn document(place: u64) -> DocId {
    (place >> 32) as DocId
}

const fn position(place: u64) -> u32 {
    place as u32
}

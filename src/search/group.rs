//! The postings of all forms of one word, however many, as one list.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::io;

use tantivy::postings::{BlockSegmentPostings, Postings, SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, InvertedIndexReader, TERMINATED};

/// Lists from which on occurrences are added up in a table over all documents: a heap of so many would cost more.
pub(super) const MANY: usize = 64;

/// The postings of all forms of a word.
pub(super) enum Group {
    One(Box<SegmentPostings>),
    Many(Union),
    Counted(Counted),
    Gathered(Gathered),
}

impl Group {
    /// What `inverted` has of the forms of one word, whose `entries` these are, as far as `option` says; `None` where there
    /// are none. Of very many forms there are no positions.
    pub(super) fn new(
        inverted: &InvertedIndexReader,
        entries: &[TermInfo],
        option: IndexRecordOption,
        end: DocId,
    ) -> io::Result<Option<Self>> {
        if entries.len() > MANY {
            return Ok(Some(Self::Counted(Counted::new(inverted, entries, option, end)?)));
        }
        Ok(Self::of_lists(postings(inverted, entries, option)?))
    }

    /// As [`new`](Self::new), with positions, which are asked for only in documents of `needed`: very many forms are read
    /// there once and for all.
    pub(super) fn with_positions(
        inverted: &InvertedIndexReader,
        entries: &[TermInfo],
        needed: &Documents,
    ) -> io::Result<Option<Self>> {
        if entries.len() > MANY {
            return Ok(Some(Self::Gathered(Gathered::new(inverted, entries, needed)?)));
        }
        Ok(Self::of_lists(postings(inverted, entries, IndexRecordOption::WithFreqsAndPositions)?))
    }

    fn of_lists(mut lists: Vec<SegmentPostings>) -> Option<Self> {
        match lists.len() {
            0 => None,
            1 => lists.pop().map(|list| Self::One(Box::new(list))),
            _ => Some(Self::Many(Union::new(lists))),
        }
    }

    pub(super) fn occurrences(&self) -> u32 {
        match self {
            Self::One(list) => list.term_freq(),
            Self::Many(union) => union.current.iter().map(|head| head.list.term_freq()).sum(),
            Self::Counted(counted) => counted.found.get(counted.at).map_or(0, |&(_, occurrences)| occurrences),
            Self::Gathered(gathered) => gathered.current().len() as u32,
        }
    }

    /// Positions in the document in order, each raised by `offset`; none of those that were counted.
    pub(super) fn positions(&mut self, offset: u32, into: &mut Vec<u32>) {
        match self {
            Self::One(list) => list.positions_with_offset(offset, into),
            Self::Many(union) => {
                into.clear();
                for head in &mut union.current {
                    head.list.append_positions_with_offset(offset, into);
                }
                if union.current.len() > 1 {
                    into.sort_unstable();
                }
            }
            Self::Counted(_) => into.clear(),
            Self::Gathered(gathered) => {
                into.clear();
                into.extend(gathered.current().iter().map(|position| position + offset));
            }
        }
    }
}

/// What `inverted` has of the words with these `entries`, each as a list of its own.
fn postings(
    inverted: &InvertedIndexReader,
    entries: &[TermInfo],
    option: IndexRecordOption,
) -> io::Result<Vec<SegmentPostings>> {
    entries.iter().map(|entry| inverted.read_postings_from_terminfo(entry, option)).collect()
}

impl DocSet for Group {
    fn advance(&mut self) -> DocId {
        match self {
            Self::One(list) => list.advance(),
            Self::Many(union) => union.advance(),
            Self::Counted(counted) => counted.advance(),
            Self::Gathered(gathered) => gathered.advance(),
        }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::One(list) => list.seek(target),
            Self::Many(union) => union.seek(target),
            Self::Counted(counted) => counted.seek(target),
            Self::Gathered(gathered) => gathered.seek(target),
        }
    }

    fn doc(&self) -> DocId {
        match self {
            Self::One(list) => list.doc(),
            Self::Many(union) => union.document,
            Self::Counted(counted) => counted.doc(),
            Self::Gathered(gathered) => gathered.doc(),
        }
    }

    fn size_hint(&self) -> u32 {
        match self {
            Self::One(list) => list.size_hint(),
            Self::Many(union) => union.size,
            Self::Counted(counted) => counted.size_hint(),
            Self::Gathered(gathered) => gathered.size_hint(),
        }
    }
}

/// Several postings lists as one, however many.
pub(super) struct Union {
    document: DocId,
    /// The lists that have `document`.
    current: Vec<Head>,
    /// The lists that stand on a later document.
    later: BinaryHeap<Head>,
    size: u32,
}

/// A list on the heap, ordered so that the earliest document is the greatest.
struct Head {
    document: DocId,
    list: Box<SegmentPostings>,
}

impl PartialEq for Head {
    fn eq(&self, other: &Self) -> bool {
        self.document == other.document
    }
}

impl Eq for Head {}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Head {
    fn cmp(&self, other: &Self) -> Ordering {
        other.document.cmp(&self.document)
    }
}

impl Union {
    fn new(lists: Vec<SegmentPostings>) -> Self {
        let size = lists.iter().map(DocSet::size_hint).fold(0, u32::saturating_add);
        let heads = lists.into_iter().map(|list| Head { document: list.doc(), list: Box::new(list) });
        let later = heads.filter(|head| head.document != TERMINATED).collect();
        let mut union = Self { document: 0, current: Vec::new(), later, size };
        union.settle();
        union
    }

    /// Takes the lists on the earliest document off the heap.
    fn settle(&mut self) -> DocId {
        self.document = self.later.peek().map_or(TERMINATED, |head| head.document);
        while self.later.peek().is_some_and(|head| head.document == self.document) {
            self.current.extend(self.later.pop());
        }
        self.document
    }

    fn advance(&mut self) -> DocId {
        while let Some(mut head) = self.current.pop() {
            head.document = head.list.advance();
            if head.document != TERMINATED {
                self.later.push(head);
            }
        }
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.document >= target {
            return self.document;
        }
        while self.later.peek().is_some_and(|head| head.document < target) {
            self.current.extend(self.later.pop());
        }
        while let Some(mut head) = self.current.pop() {
            head.document = head.list.seek(target);
            if head.document != TERMINATED {
                self.later.push(head);
            }
        }
        self.settle()
    }
}

/// The documents of very many lists, with the occurrences of all.
pub(super) struct Counted {
    found: Vec<(DocId, u32)>,
    at: usize,
}

impl Counted {
    /// Adds up what `inverted` has of the words with these `entries`, one after the other, over documents below `end`.
    fn new(
        inverted: &InvertedIndexReader,
        entries: &[TermInfo],
        option: IndexRecordOption,
        end: DocId,
    ) -> io::Result<Self> {
        let mut table = vec![0; end as usize];
        // One reader for all: most words stand in few documents, fewer than making a reader is worth.
        let mut reader: Option<BlockSegmentPostings> = None;
        for entry in entries {
            let list = match &mut reader {
                Some(list) => {
                    inverted.reset_block_postings_from_terminfo(entry, list)?;
                    list
                }
                None => reader.insert(inverted.read_block_postings_from_terminfo(entry, option)?),
            };
            while list.block_len() > 0 {
                for (at, &document) in list.docs().iter().enumerate() {
                    table[document as usize] += list.freq(at);
                }
                list.advance();
            }
        }
        let found = table.into_iter().enumerate().filter(|&(_, occurrences)| occurrences > 0);
        Ok(Self { found: found.map(|(document, occurrences)| (document as DocId, occurrences)).collect(), at: 0 })
    }
}

impl DocSet for Counted {
    fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let rest = self.found.get(self.at..).unwrap_or_default();
        self.at += rest.partition_point(|&(document, _)| document < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.found.get(self.at).map_or(TERMINATED, |&(document, _)| document)
    }

    fn size_hint(&self) -> u32 {
        self.found.len() as u32
    }
}

/// A set of a segment's documents.
pub(super) struct Documents {
    bits: Vec<u64>,
    end: DocId,
}

impl Documents {
    /// All documents below `end`.
    fn all(end: DocId) -> Self {
        Self { bits: vec![u64::MAX; end.div_ceil(64) as usize], end }
    }

    /// Those that have all of `words`, given by the entries of their forms, as far as few forms tell. All, where no word has
    /// very many forms.
    pub(super) fn of_words<'a>(
        words: impl IntoIterator<Item = &'a Vec<TermInfo>> + Clone,
        end: DocId,
        inverted: &InvertedIndexReader,
    ) -> io::Result<Self> {
        let mut documents = Self::all(end);
        if words.clone().into_iter().any(|entries| entries.len() > MANY) {
            for entries in words.into_iter().filter(|entries| entries.len() <= MANY) {
                documents.keep(postings(inverted, entries, IndexRecordOption::Basic)?);
            }
        }
        Ok(documents)
    }

    /// Keeps those that one of `lists` has.
    fn keep(&mut self, lists: Vec<SegmentPostings>) {
        let mut kept = vec![0; self.bits.len()];
        for mut list in lists {
            while list.doc() != TERMINATED {
                kept[list.doc() as usize / 64] |= 1 << (list.doc() % 64);
                list.advance();
            }
        }
        self.bits.iter_mut().zip(kept).for_each(|(own, other): (&mut u64, u64)| *own &= other);
    }

    fn has(&self, document: DocId) -> bool {
        self.bits[document as usize / 64] >> (document % 64) & 1 == 1
    }
}

/// The documents of very many lists, with the positions of all.
pub(super) struct Gathered {
    documents: Vec<DocId>,
    /// Where the positions of each document begin, and the last end.
    begins: Vec<u32>,
    positions: Vec<u32>,
    at: usize,
}

impl Gathered {
    /// Reads what `inverted` has of the words with these `entries`, one after the other, in documents of `needed`.
    fn new(inverted: &InvertedIndexReader, entries: &[TermInfo], needed: &Documents) -> io::Result<Self> {
        let (mut read, mut buffer) = (Vec::new(), Vec::new());
        let mut ends = vec![0_u32; needed.end as usize + 1];
        for entry in entries {
            let mut list = inverted.read_postings_from_terminfo(entry, IndexRecordOption::WithFreqsAndPositions)?;
            while list.doc() != TERMINATED {
                if needed.has(list.doc()) {
                    list.positions(&mut buffer);
                    ends[list.doc() as usize + 1] += buffer.len() as u32;
                    read.extend(buffer.iter().map(|&position| (list.doc(), position)));
                }
                list.advance();
            }
        }
        Ok(Self::arrange(&read, ends))
    }

    /// Puts the positions `read` in order; the number at a document's place and one in `counts` is how many it has.
    fn arrange(read: &[(DocId, u32)], mut counts: Vec<u32>) -> Self {
        let documents = (0..).zip(&counts[1..]).filter(|&(_, &count)| count > 0).map(|(document, _)| document);
        let documents: Vec<DocId> = documents.collect();
        for at in 1..counts.len() {
            counts[at] += counts[at - 1];
        }
        let mut begins: Vec<u32> = documents.iter().map(|&document| counts[document as usize]).collect();
        begins.push(read.len() as u32);
        let mut positions = vec![0; read.len()];
        for &(document, position) in read {
            let next = &mut counts[document as usize];
            positions[*next as usize] = position;
            *next += 1;
        }
        for pair in begins.windows(2) {
            positions[pair[0] as usize..pair[1] as usize].sort_unstable();
        }
        Self { documents, begins, positions, at: 0 }
    }

    /// The positions in the document.
    fn current(&self) -> &[u32] {
        match self.begins.get(self.at..self.at + 2) {
            Some(pair) => &self.positions[pair[0] as usize..pair[1] as usize],
            None => &[],
        }
    }
}

impl DocSet for Gathered {
    fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let rest = self.documents.get(self.at..).unwrap_or_default();
        // Most steps are short.
        let near = rest.iter().take(8).position(|&document| document >= target);
        self.at += near.unwrap_or_else(|| rest.partition_point(|&document| document < target));
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.documents.get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn size_hint(&self) -> u32 {
        self.documents.len() as u32
    }
}

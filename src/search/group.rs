//! The postings of all forms of one word, however many, as one list.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet, TERMINATED};

/// Lists from which on occurrences are added up in a table over all documents: a heap of so many would cost more.
pub(super) const MANY: usize = 64;

/// The postings of all forms of a word.
pub(super) enum Group {
    One(Box<SegmentPostings>),
    Many(Union),
    Counted(Counted),
}

impl Group {
    pub(super) fn new(mut lists: Vec<SegmentPostings>) -> Option<Self> {
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
        }
    }
}

impl DocSet for Group {
    fn advance(&mut self) -> DocId {
        match self {
            Self::One(list) => list.advance(),
            Self::Many(union) => union.advance(),
            Self::Counted(counted) => counted.advance(),
        }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::One(list) => list.seek(target),
            Self::Many(union) => union.seek(target),
            Self::Counted(counted) => counted.seek(target),
        }
    }

    fn doc(&self) -> DocId {
        match self {
            Self::One(list) => list.doc(),
            Self::Many(union) => union.document,
            Self::Counted(counted) => counted.doc(),
        }
    }

    fn size_hint(&self) -> u32 {
        match self {
            Self::One(list) => list.size_hint(),
            Self::Many(union) => union.size,
            Self::Counted(counted) => counted.size_hint(),
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
    /// Adds up `lists`, one after the other, over documents below `end`.
    pub(super) fn new<E>(
        lists: impl Iterator<Item = Result<Option<SegmentPostings>, E>>,
        end: DocId,
    ) -> Result<Self, E> {
        let mut table = vec![0; end as usize];
        for list in lists {
            let Some(mut list) = list? else { continue };
            while list.doc() != TERMINATED {
                table[list.doc() as usize] += list.term_freq();
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

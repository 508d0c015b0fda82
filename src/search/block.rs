//! The values of a column for many documents, which are read faster together than one by one.

use tantivy::DocId;
use tantivy::columnar::{Column, RowId};

/// Documents that are read together, where the caller has many.
pub(super) const DOCUMENTS: usize = 1024;

/// Room for values, and the document of each.
#[derive(Default)]
pub(super) struct Block {
    pub(super) documents: Vec<DocId>,
    rows: Vec<RowId>,
    pub(super) values: Vec<u64>,
}

impl Block {
    /// Reads all values that `column` has for `documents`, which ascend; what was read before is gone.
    pub(super) fn read(&mut self, column: &Column<u64>, documents: &[DocId]) {
        self.documents.clear();
        self.rows.clear();
        column.row_ids_for_docs(documents, &mut self.documents, &mut self.rows);
        self.values.resize(self.rows.len(), 0);
        column.values.get_vals(&self.rows, &mut self.values);
    }
}

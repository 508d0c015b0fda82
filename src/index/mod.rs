//! Articles and annotations into tantivy.

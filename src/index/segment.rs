//! A segment of the index in the making: documents in, tantivy's files out.
//!
//! Its files are those that tantivy's own writer makes of the same documents, to the byte, and tantivy writes them; only
//! the gathering of postings is ours ([`Postings`]). tantivy merges, deletes and reads such a segment as any other.

use tantivy::directory::TerminatingWrite;
use tantivy::fastfield::FastFieldsWriter;
use tantivy::fieldnorm::{FieldNormReaders, FieldNormsSerializer, FieldNormsWriter};
use tantivy::index::{Segment, SegmentComponent, SegmentMeta};
use tantivy::postings::InvertedIndexSerializer;
use tantivy::schema::document::{Document, Value};
use tantivy::schema::{Field, FieldEntry, FieldType, Schema, TextFieldIndexing};
use tantivy::store::StoreWriter;
use tantivy::tokenizer::MAX_TOKEN_LEN;
use tantivy::{DocId, TantivyDocument, Term};

use super::analyzer::Split;
use super::bounds::marks;
use super::postings::Postings;
use super::schema::{ANALYZER, BOUNDS};
use super::terms::Terms;

/// Documents of which only what they store is on disk.
pub(super) struct SegmentBuilder {
    segment: Segment,
    documents: DocId,
    terms: Terms,
    /// One for each field of the schema, in order.
    fields: Vec<Indexed>,
    norms: FieldNormsWriter,
    columns: FastFieldsWriter,
    schema: Schema,
    store: StoreWriter,
}

impl SegmentBuilder {
    /// Begins to write the new `segment`.
    pub(super) fn new(segment: Segment) -> tantivy::Result<Self> {
        let (schema, settings) = (segment.schema(), segment.index().settings());
        let store = StoreWriter::new(
            segment.open_write(SegmentComponent::Store)?,
            settings.docstore_compression,
            settings.docstore_blocksize,
            settings.docstore_compress_dedicated_thread,
        )?;
        let tokenizers = segment.index().fast_field_tokenizer().clone();
        Ok(Self {
            documents: 0,
            terms: Terms::default(),
            fields: schema.fields().map(|(field, entry)| Indexed::new(field, entry)).collect(),
            norms: FieldNormsWriter::for_schema(&schema),
            columns: FastFieldsWriter::from_schema_and_tokenizer_manager(&schema, tokenizers)?,
            schema,
            store,
            segment,
        })
    }

    /// Adds `document` behind those before.
    pub(super) fn add(&mut self, document: &TantivyDocument) -> tantivy::Result<()> {
        for (field, value) in document.iter_fields_and_values() {
            let indexed = &mut self.fields[field.field_id() as usize];
            if indexed.parting != Parting::No {
                indexed.begin(self.documents, &mut self.norms);
                indexed.add(&value, &mut self.terms);
            }
        }
        self.columns.add_document(document)?;
        self.store.store(document, &self.schema)?;
        self.documents += 1;
        Ok(())
    }

    /// True where a document may have `term`.
    pub(super) fn may_have(&self, term: &Term) -> bool {
        self.terms.contains(term.serialized_value_bytes())
    }

    /// Bytes of memory, about. Writing takes some more: eight for every word of the field that has most of them.
    pub(super) fn memory(&self) -> usize {
        let postings: usize = self.fields.iter().map(|field| field.postings.memory()).sum();
        postings + self.terms.memory() + self.norms.mem_usage() + self.columns.mem_usage() + self.store.mem_usage()
    }

    /// Writes the segment's files.
    pub(super) fn finish(mut self) -> tantivy::Result<SegmentMeta> {
        self.write_norms()?;
        self.write_postings()?;
        let mut columns = self.segment.open_write(SegmentComponent::FastFields)?;
        self.columns.serialize(&mut columns, None)?;
        columns.terminate()?;
        self.store.close()?;
        Ok(self.segment.with_max_doc(self.documents).meta().clone())
    }

    fn write_norms(&mut self) -> tantivy::Result<()> {
        self.fields.iter_mut().for_each(|indexed| indexed.end(&mut self.norms));
        self.norms.fill_up_to_max_doc(self.documents);
        let to = FieldNormsSerializer::from_write(self.segment.open_write(SegmentComponent::FieldNorms)?)?;
        Ok(self.norms.serialize(to, None)?)
    }

    fn write_postings(&mut self) -> tantivy::Result<()> {
        let norms = FieldNormReaders::open(self.segment.open_read(SegmentComponent::FieldNorms)?)?;
        let order = self.terms.sorted();
        let mut serializer = InvertedIndexSerializer::open(&self.segment)?;
        for Indexed { field, postings, .. } in self.fields.drain(..).filter(|indexed| indexed.postings.len() > 0) {
            let mut to = serializer.new_field(field, postings.len() as u64, norms.get_field(field)?)?;
            postings.write(&self.terms, &order, &mut to)?;
            to.close()?;
        }
        Ok(serializer.close()?)
    }
}

/// How a field's values are taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Parting {
    /// Not at all: the field is not indexed.
    No,
    /// A text or a number is one term.
    Whole,
    /// As [`Split`] does it.
    Words,
    /// As [`marks`] does it.
    Bounds,
}

/// A field as it is indexed.
struct Indexed {
    field: Field,
    parting: Parting,
    postings: Postings,
    /// The last document that has the field.
    document: DocId,
    /// Number of terms of that document.
    length: u32,
    /// Position from which those of its next value count.
    position: u32,
}

impl Indexed {
    fn new(field: Field, entry: &FieldEntry) -> Self {
        let kind = entry.field_type();
        let tokenizer = match kind {
            FieldType::Str(options) => options.get_indexing_options().map(TextFieldIndexing::tokenizer),
            _ => None,
        };
        let parting = match tokenizer {
            _ if !kind.is_indexed() => Parting::No,
            Some(ANALYZER) => Parting::Words,
            Some(BOUNDS) => Parting::Bounds,
            _ => Parting::Whole,
        };
        let postings = Postings::new(kind.get_index_record_option().unwrap_or_default());
        Self { field, parting, postings, document: DocId::MAX, length: 0, position: 0 }
    }

    /// Gets ready for a value of `document`.
    fn begin(&mut self, document: DocId, norms: &mut FieldNormsWriter) {
        if self.document != document {
            self.end(norms);
            (self.document, self.length, self.position) = (document, 0, 0);
        }
    }

    /// Notes how long the last document was.
    fn end(&self, norms: &mut FieldNormsWriter) {
        if self.document != DocId::MAX {
            norms.record(self.document, self.field, self.length);
        }
    }

    fn add<'a>(&mut self, value: &impl Value<'a>, terms: &mut Terms) {
        match (self.parting, value.as_str()) {
            (Parting::Words, Some(text)) => self.add_each(Split::new(text), terms),
            (Parting::Bounds, Some(text)) => self.add_each(marks(text), terms),
            (Parting::Whole, Some(text)) => self.add_each([(text, 0)].into_iter(), terms),
            _ => {
                if let Some(number) = value.as_u64() {
                    self.push(0, &number.to_be_bytes(), terms);
                }
            }
        }
    }

    /// Adds the terms of one value, each with its position in it. The next value's come behind, with one left free.
    fn add_each<'a>(&mut self, found: impl Iterator<Item = (&'a str, usize)>, terms: &mut Terms) {
        let mut end = self.position;
        for (term, position) in found.filter(|(term, _)| term.len() <= MAX_TOKEN_LEN) {
            // Only a text of thousands of megabytes, or of gaps alone, could have so many.
            let position = self.position.wrapping_add(position as u32);
            self.push(position, term.as_bytes(), terms);
            end = end.max(position.wrapping_add(1));
        }
        self.position = end.wrapping_add(1);
    }

    fn push(&mut self, position: u32, term: &[u8], terms: &mut Terms) {
        self.postings.push(self.document, position, terms.number(term));
        self.length += 1;
    }
}

#[cfg(test)]
mod tests {
    use tantivy::IndexWriter;
    use tantivy::indexer::NoMergePolicy;

    use super::*;
    use crate::index::analyzer::{GAP, joined};
    use crate::index::schema::{fields, schema};

    /// What the files of an index's one segment hold.
    fn files(segment: &Segment) -> Vec<(SegmentComponent, Vec<u8>)> {
        use SegmentComponent::{FastFields, FieldNorms, Positions, Postings, Store, Terms};
        let read = |part: SegmentComponent| {
            let bytes = segment.open_read(part.clone()).unwrap().read_bytes().unwrap();
            (part, bytes.to_vec())
        };
        [FieldNorms, Terms, Postings, Positions, FastFields, Store].map(read).to_vec()
    }

    fn fresh() -> tantivy::Index {
        let index = tantivy::Index::create_in_ram(schema());
        crate::index::register(&index);
        index
    }

    /// As tantivy's own writer makes them.
    fn expected(documents: &[TantivyDocument]) -> Vec<(SegmentComponent, Vec<u8>)> {
        let index = fresh();
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 50_000_000).unwrap();
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for document in documents {
            writer.add_document(document.clone()).unwrap();
        }
        writer.commit().unwrap();
        let segments = index.searchable_segments().unwrap();
        let [segment] = &segments[..] else { panic!("{} segments", segments.len()) };
        files(segment)
    }

    fn check(documents: &[TantivyDocument]) {
        let index = fresh();
        let segment = index.new_segment();
        let mut builder = SegmentBuilder::new(segment.clone()).unwrap();
        for document in documents {
            builder.add(document).unwrap();
        }
        let meta = builder.finish().unwrap();
        assert_eq!(meta.max_doc(), documents.len() as u32);
        for ((part, found), (_, expected)) in files(&segment).into_iter().zip(expected(documents)) {
            assert!(found == expected, "{part:?}: {} bytes, not {}", found.len(), expected.len());
        }
    }

    fn text(values: &[(Field, &str)]) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        for (field, value) in values {
            document.add_text(*field, value);
        }
        document
    }

    #[test]
    fn every_indexed_field_is_of_a_kind_that_is_read() {
        for (_, entry) in schema().fields().filter(|(_, entry)| entry.is_indexed()) {
            let is_read = match entry.field_type() {
                FieldType::U64(_) => true,
                FieldType::Str(options) => {
                    let tokenizer = options.get_indexing_options().unwrap().tokenizer();
                    [ANALYZER, BOUNDS, "raw"].contains(&tokenizer)
                }
                _ => false,
            };
            assert!(is_read, "{}", entry.name());
        }
    }

    #[test]
    fn a_segment_is_what_tantivy_makes_of_the_same_documents() {
        let to = fields();
        let words = format!("The dam broke, the dam was old.{GAP}It broke{GAP}{GAP}again");
        let mut all = vec![
            text(&[(to.body, &joined(&words)), (to.lead, &joined("dam dam the")), (to.bounds, "s3s7p3l9")]),
            text(&[(to.said, &joined("We fled")), (to.outlet, "Tyne Post"), (to.outlet, ""), (to.bounds, "")]),
            text(&[(to.said, ""), (to.person_words, &joined("Ada Okwu")), (to.person_words, &joined("Ada"))]),
            text(&[]),
            text(&[(to.outlet, &"x".repeat(MAX_TOKEN_LEN + 1)), (to.outlet, &"y".repeat(MAX_TOKEN_LEN))]),
        ];
        for (at, document) in all.iter_mut().enumerate() {
            document.add_u64(to.kind, at as u64 % 3);
            document.add_u64(to.file, u64::MAX - at as u64 / 2);
            (0..at as u64).for_each(|number| document.add_u64(to.fingerprint_group, number / 2));
            document.add_i64(to.day, -(at as i64));
        }
        check(&all[..1]);
        check(&all);
        // More than one block of postings.
        let many: Vec<TantivyDocument> = (0..700).map(|at| all[at * at % all.len()].clone()).collect();
        check(&many);
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config { cases: 40, ..Default::default() })]
        #[test]
        fn whatever_the_documents(texts in proptest::collection::vec("([ab]{1,3}[ \u{1f}]|\\PC){0,30}", 0..20)) {
            let to = fields();
            let document = |(at, value): (usize, &String)| {
                let mut document = text(&[([to.body, to.said, to.headline][at % 3], &joined(value))]);
                document.add_text(to.lead, joined(value));
                document.add_text(to.class, value);
                document.add_u64(to.file, value.len() as u64);
                document
            };
            let documents: Vec<TantivyDocument> = texts.iter().enumerate().map(document).collect();
            if !documents.is_empty() {
                check(&documents);
            }
        }
    }
}

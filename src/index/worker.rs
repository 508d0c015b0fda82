//! The thread that makes segments of documents, and commits them.

use std::panic;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{Builder, JoinHandle};

use tantivy::{IndexWriter, TantivyError};

use super::queue::{Group, Operation};
use super::segment::SegmentBuilder;

/// A handle on the thread. It does everything in order; what is not committed is lost when this is dropped.
pub(super) struct Worker {
    messages: Option<Sender<Message>>,
    thread: Option<JoinHandle<tantivy::Result<IndexWriter>>>,
}

enum Message {
    Run(Group),
    /// Make everything last, with this payload; then tell.
    Commit(String, Sender<()>),
}

impl Worker {
    /// Starts the thread, which adds segments to what `inner` writes, each of `memory` bytes at the most.
    pub(super) fn start(inner: IndexWriter, memory: usize) -> tantivy::Result<Self> {
        let (messages, receiver) = channel();
        let thread =
            Builder::new().name("newsdex-index".into()).spawn(move || Work::new(inner, memory).run(&receiver))?;
        Ok(Self { messages: Some(messages), thread: Some(thread) })
    }

    /// Hands over `group`.
    ///
    /// # Errors
    /// Why the thread has stopped, where it has; after that only that it has.
    pub(super) fn run(&mut self, group: Group) -> tantivy::Result<()> {
        if self.send(Message::Run(group)) { Ok(()) } else { Err(self.stopped()) }
    }

    /// Makes everything so far last, with `payload` beside it. Returns when it is on disk.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    pub(super) fn commit(&mut self, payload: String) -> tantivy::Result<()> {
        let (done, told) = channel();
        if self.send(Message::Commit(payload, done)) && told.recv().is_ok() { Ok(()) } else { Err(self.stopped()) }
    }

    /// Waits until the thread and all merges are done. Commits nothing.
    pub(super) fn finish(mut self) -> tantivy::Result<()> {
        self.join()?.wait_merging_threads()
    }

    fn send(&self, message: Message) -> bool {
        self.messages.as_ref().is_some_and(|messages| messages.send(message).is_ok())
    }

    fn stopped(&mut self) -> TantivyError {
        self.join().err().unwrap_or_else(|| TantivyError::InternalError("the index writer has ended".into()))
    }

    /// Waits for the end of the thread, and takes back what it wrote with.
    fn join(&mut self) -> tantivy::Result<IndexWriter> {
        self.messages = None;
        let thread = self.thread.take();
        let thread = thread.ok_or_else(|| TantivyError::ErrorInThread("the index writer has stopped".into()))?;
        thread.join().unwrap_or_else(|panic| panic::resume_unwind(panic))
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.messages = None;
        // The next writer of the index needs its lock, which goes with the thread. Nobody is left to be told of an error.
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

/// What the thread has.
struct Work {
    inner: IndexWriter,
    memory: usize,
    /// What was added and is in no segment yet.
    segment: Option<SegmentBuilder>,
}

impl Work {
    const fn new(inner: IndexWriter, memory: usize) -> Self {
        Self { inner, memory, segment: None }
    }

    fn run(mut self, messages: &Receiver<Message>) -> tantivy::Result<IndexWriter> {
        for message in messages {
            match message {
                Message::Run(group) => self.group(group)?,
                Message::Commit(payload, done) => {
                    self.commit(&payload)?;
                    // Whoever no longer waits wants no answer.
                    let _ = done.send(());
                }
            }
        }
        Ok(self.inner)
    }

    fn group(&mut self, group: Group) -> tantivy::Result<()> {
        for operation in &group.operations {
            match operation {
                Operation::Add(document) => self.builder()?.add(document)?,
                Operation::Delete(term) => {
                    // tantivy deletes only from segments that it has.
                    if self.segment.as_ref().is_some_and(|segment| segment.may_have(term)) {
                        self.end_segment()?;
                    }
                    self.inner.delete_term(term.clone());
                }
            }
        }
        if self.segment.as_ref().is_some_and(|segment| segment.memory() > self.memory) {
            self.end_segment()?;
        }
        Ok(())
    }

    fn builder(&mut self) -> tantivy::Result<&mut SegmentBuilder> {
        let segment = match self.segment.take() {
            Some(segment) => segment,
            None => SegmentBuilder::new(self.inner.new_segment())?,
        };
        Ok(self.segment.insert(segment))
    }

    fn end_segment(&mut self) -> tantivy::Result<()> {
        self.segment.take().map_or(Ok(()), |segment| self.inner.add_segment(segment.finish()?))
    }

    fn commit(&mut self, payload: &str) -> tantivy::Result<()> {
        self.end_segment()?;
        let mut prepared = self.inner.prepare_commit()?;
        prepared.set_payload(payload);
        prepared.commit().map(drop)
    }
}

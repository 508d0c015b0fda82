//! `newsdex status`: what the index holds.

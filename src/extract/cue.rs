//! Reporting verbs: the words that say that something is said.

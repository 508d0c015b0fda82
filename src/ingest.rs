//! Drives files from crawl to commit.

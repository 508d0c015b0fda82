//! Small trained scorers, with their weights embedded.

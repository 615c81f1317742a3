//! Official lists in the formats of their publishers, read into [`Record`](crate::Record)s.

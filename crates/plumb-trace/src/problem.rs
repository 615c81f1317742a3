//! What is wrong with the material of a graph. The bad record is named, the rest goes on.

/// Something that a graph or a file of edges has and should not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Problem {
    /// An edge that begins and ends at one node.
    #[error("record `{record}` joins `{node}` to itself; it is left out")]
    SelfLink {
        /// Id of the record.
        record: String,
        /// The node.
        node: String,
    },
    /// A share above the whole.
    #[error("record `{record}` states a share of {share}, above the whole; it counts as unknown")]
    ShareAboveWhole {
        /// Id of the record.
        record: String,
        /// The share in words.
        share: String,
    },
    /// A line or a statement that cannot be read.
    #[error("line {line}, record `{record}`: {cause}; it is left out")]
    Unreadable {
        /// Line of a file of lines; the place of the statement, from 1, in a document of statements.
        line: usize,
        /// Id of the record, as far as it is known.
        record: String,
        /// What is wrong, with what would be right.
        cause: String,
    },
}

//! The formats that lists come in.

/// A format of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// OFAC's CSV family: primary names, aliases, addresses and overflow of remarks in up to four files without headers.
    OfacCsv,
    /// FollowTheMoney entities, one JSON object a line; entities may be nested as OpenSanctions' `targets.nested.json`.
    FtmLines,
}

//! The formats that lists come in.

/// A format of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// OFAC's CSV family: primary names, aliases, addresses and overflow of remarks in up to four files without headers.
    OfacCsv,
    /// The UN Security Council's consolidated list as XML.
    UnXml,
    /// The EU's consolidated list of financial sanctions as XML 1.1.
    EuXml,
    /// The EU's consolidated list of financial sanctions as CSV 1.1.
    EuCsv,
    /// OFSI's consolidated list or the UK Sanctions List as CSV.
    UkCsv,
    /// The UK Sanctions List as XML.
    UkXml,
    /// Switzerland's list as XML.
    SecoXml,
    /// The US Consolidated Screening List as CSV.
    CslCsv,
    /// OpenSanctions' transcription of the EU's Official Journal, one CSV file a regulation.
    EuJournalCsv,
    /// FollowTheMoney entities, one JSON object a line; entities may be nested as OpenSanctions' `targets.nested.json`.
    FtmLines,
    /// OpenSanctions' `targets.simple.csv`.
    TargetsSimple,
    /// A table with a header: columns are told by the caller or guessed from their names.
    Table,
}

//! The formats that lists come in.

use std::fmt;

/// A format of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// OFAC's CSV family: primary names, aliases, addresses and overflow of remarks in up to four files without headers.
    OfacCsv,
    /// OFAC's `sdn.xml` and `consolidated.xml`.
    OfacXml,
    /// OFAC's `sdn_advanced.xml` and `cons_advanced.xml`.
    OfacAdvancedXml,
    /// The UN Security Council's consolidated list as XML.
    UnXml,
    /// The EU's consolidated list of financial sanctions as XML 1.1.
    EuXml,
    /// The EU's consolidated list of financial sanctions as CSV 1.1.
    EuCsv,
    /// OpenSanctions' transcription of the EU's Official Journal, one CSV file a regulation.
    EuJournalCsv,
    /// OFSI's consolidated list or the UK Sanctions List as CSV.
    UkCsv,
    /// The UK Sanctions List as XML.
    UkXml,
    /// Switzerland's list as XML.
    SecoXml,
    /// The US Consolidated Screening List as CSV.
    CslCsv,
    /// FollowTheMoney entities, one JSON object a line; entities may be nested as OpenSanctions' `targets.nested.json`.
    FtmLines,
    /// OpenSanctions' `targets.simple.csv`.
    TargetsSimple,
    /// A table with a header: columns are told by the caller or guessed from their names.
    Table,
}

impl Format {
    /// Each with the word for it on the command line.
    const WORDS: [(Self, &'static str); 14] = [
        (Self::OfacCsv, "ofac-csv"),
        (Self::OfacXml, "ofac-xml"),
        (Self::OfacAdvancedXml, "ofac-advanced-xml"),
        (Self::UnXml, "un-xml"),
        (Self::EuXml, "eu-xml"),
        (Self::EuCsv, "eu-csv"),
        (Self::EuJournalCsv, "eu-journal-csv"),
        (Self::UkCsv, "uk-csv"),
        (Self::UkXml, "uk-xml"),
        (Self::SecoXml, "seco-xml"),
        (Self::CslCsv, "csl-csv"),
        (Self::FtmLines, "ftm"),
        (Self::TargetsSimple, "targets-simple"),
        (Self::Table, "table"),
    ];

    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::WORDS.into_iter().map(|(format, _)| format)
    }

    /// The word for it: `ofac-csv`.
    pub fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(format, _)| *format == self).map_or("", |(_, word)| word)
    }

    /// The format of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, known)| *known == word).map(|(format, _)| *format)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

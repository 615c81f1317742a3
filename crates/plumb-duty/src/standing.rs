//! The ways in which a bearer of a duty can stand.

/// Where a bearer of a duty stands, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// The answer says less than other evidence of the same time.
    Contradicted,
    /// The deadline has passed and the case knows no answer.
    Silent,
    /// An answer came after the deadline.
    Late,
    /// By its own answers the bearer has done a part: some remain.
    Partly,
    /// An answer came in the days around the deadline; its date is not known well enough to say.
    TimeUnclear,
    /// Statements or press reports only; no report as the duty asks for.
    StatementOnly,
    /// The deadline has passed, and what the case knows does not tell how the bearer stands.
    Unknown,
    /// A report came in time.
    InTime,
    /// The deadline has not come yet, or the duty has not begun.
    NotYetDue,
    /// The duty has no deadline.
    NoDeadline,
    /// Another duty has taken its place.
    Superseded,
    /// The duty or mandate itself has ended.
    Ended,
}

impl Standing {
    /// All of them, the gravest first.
    pub const ALL: [Self; 12] = [
        Self::Contradicted,
        Self::Silent,
        Self::Late,
        Self::Partly,
        Self::TimeUnclear,
        Self::StatementOnly,
        Self::Unknown,
        Self::InTime,
        Self::NotYetDue,
        Self::NoDeadline,
        Self::Superseded,
        Self::Ended,
    ];

    /// The fixed words for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Contradicted => "contradicted by other evidence",
            Self::Silent => "no answer known",
            Self::Late => "answered late",
            Self::Partly => "done in part",
            Self::TimeUnclear => "answered, time unclear",
            Self::StatementOnly => "statement only",
            Self::Unknown => "unknown",
            Self::InTime => "answered in time",
            Self::NotYetDue => "not yet due",
            Self::NoDeadline => "no deadline",
            Self::Superseded => "superseded",
            Self::Ended => "mandate ended",
        }
    }
}

//! The records of the tables, one type a table; `data/tables.toml` of the reader has the meaning of each column.

use rust_decimal::Decimal;

use crate::band::Band;
use crate::date::{PartialDate, Period};
use crate::location::RowLocation;
use crate::quantity::Quantity;
use crate::reference::{Kind, Reference};
use crate::statement::Locator;

use super::Grade;

/// How far a stated figure may be trusted as it stands in the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Read in the source as it stands.
    #[default]
    Stated,
    /// Worked out by the compilers from stated figures.
    Derived,
    /// Still to be checked.
    Verify,
    /// Known to be doubtful.
    Weak,
    /// Replaced by a later statement of the same origin.
    Superseded,
}

impl Status {
    /// All of them with their word.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Stated, "stated"),
        (Self::Derived, "derived"),
        (Self::Verify, "verify"),
        (Self::Weak, "weak"),
        (Self::Superseded, "superseded"),
    ];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(status, _)| *status == self).map_or("", |(_, word)| word)
    }

    /// The status of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, own)| *own == word).map(|(status, _)| *status)
    }
}

macro_rules! record {
    ($(#[$meta:meta])* $name:ident, $kind:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            /// Name within its table.
            pub id: String,
            $($(#[$field_meta])* pub $field: $type,)*
            /// Where it stands.
            pub row: RowLocation,
        }

        impl $name {
            /// The reference to this record.
            pub fn reference(&self) -> Reference {
                Reference::new(Kind::$kind, self.id.clone())
            }
        }
    };
}

record!(
    /// Something published or recorded.
    Source, Source {
        /// Who published it.
        publisher: String,
        /// Its title; in brackets a description.
        title: String,
        /// When it was published.
        date: Option<PartialDate>,
        /// Its web address.
        url: String,
        /// Kind of source.
        kind: String,
        /// Its grade: its own, else the default of its kind, else none.
        grade: Option<Grade>,
        /// What of it was read: whole, excerpt, digest, not-seen.
        seen: String,
        /// Its language.
        language: String,
        /// Path of a copy within the case.
        copy: String,
        /// SHA-256 that the copy must have.
        sha256: String,
        /// What a reader should know.
        note: String,
    }
);

record!(
    /// Where a figure was first made.
    Origin, Origin {
        /// Who first made it, and in what.
        name: String,
        /// Its own grade.
        grade: Option<Grade>,
        /// When.
        date: Option<PartialDate>,
        /// What it rests on.
        basis: String,
        /// Reasons and doubts.
        note: String,
    }
);

record!(
    /// A figure that somebody states.
    Claim, Claim {
        /// What it measures.
        measure: String,
        /// Where.
        place: String,
        /// When.
        period: Option<Period>,
        /// The figure.
        quantity: Quantity,
        /// The literal words of the qualifier.
        words: String,
        /// Who or what is counted, as the source puts it.
        subject: String,
        /// A narrower population than that of the measure.
        population: String,
        /// Who says so.
        said_by: String,
        /// Where it was first said.
        origin: String,
        /// Where it was read.
        source: String,
        /// Where in the source.
        locator: Locator,
        /// How far it may be trusted.
        status: Status,
        /// What a reader should know.
        note: String,
    }
);

record!(
    /// A person, company or body.
    Actor, Actor {
        /// Full name.
        name: String,
        /// Other names.
        aliases: Vec<String>,
        /// FollowTheMoney schema.
        schema: String,
        /// Country.
        country: String,
        /// Part in the case.
        role: String,
        /// Official lists that name it.
        lists: Vec<String>,
        /// Date of the first designation.
        designated: Option<PartialDate>,
        /// The event that the designation cites.
        event: String,
        /// Why it is in the case: designated, reported, allegation, context, victim.
        status: String,
        /// What the source says of it.
        reason: String,
        /// Where this was read.
        source: String,
        /// Further sources.
        other_sources: Vec<String>,
        /// What remains to be checked.
        verify: String,
    }
);

record!(
    /// A relation between actors, sites, places and groups.
    Link, Link {
        /// An actor's id, or `site:…`, `place:…`, `group:…`.
        from: String,
        /// What the first does to the second.
        relation: String,
        /// An actor's id, or `site:…`, `place:…`, `group:…`.
        to: String,
        /// When.
        period: Option<Period>,
        /// How strongly it is supported.
        basis: String,
        /// Where this was read.
        source: String,
        /// What remains to be checked.
        verify: String,
        /// What a reader should know.
        note: String,
    }
);

record!(
    /// A place of work, with incidents.
    Site, Site {
        /// What it is called.
        name: String,
        /// Where it is.
        place: String,
        /// When workers were there.
        period: Option<Period>,
        /// Actors named in connection with it.
        actors: Vec<String>,
        /// Claims that speak of it.
        claims: Vec<String>,
        /// What is said about the number of workers.
        workers: String,
        /// What is reported to have happened.
        incidents: String,
        /// Where this was read.
        source: String,
        /// How well it is attested.
        status: String,
        /// What a reader should know.
        note: String,
    }
);

record!(
    /// Something that happened.
    Event, Event {
        /// When.
        date: PartialDate,
        /// What, in a sentence.
        summary: String,
        /// Where, or whose act.
        place: String,
        /// law, act, report, incident, context, statement.
        kind: String,
        /// Where this was read.
        source: String,
        /// What remains to be checked.
        verify: String,
        /// What a reader should know.
        note: String,
    }
);

record!(
    /// Who must do what by when under which paragraph.
    Duty, Duty {
        /// Resolution, law, agreement.
        instrument: String,
        /// Paragraph or article.
        paragraph: String,
        /// Who is bound, in words.
        bearer: String,
        /// States bound by name.
        bearers: Vec<String>,
        /// What must be done.
        duty: String,
        /// Whom or what it does not reach.
        exceptions: String,
        /// What starts it.
        trigger: Option<PartialDate>,
        /// Last day, computed where the table says how.
        deadline: Option<PartialDate>,
        /// How it is computed: `trigger + 24 months`; empty where the table names the date itself.
        deadline_rule: String,
        /// When the duty itself ends.
        ends: Option<PartialDate>,
        /// The duty that takes its place from the day that starts that one; empty: none.
        replaced_by: String,
        /// What fulfils it: reported, or none remain; empty: reported.
        done_when: String,
        /// What would show that it was done.
        evidence: String,
        /// The event that set it.
        event: String,
        /// law, practice, guidance.
        kind: String,
        /// How it is known: text, digest, general-knowledge.
        read: String,
        /// Where this was read.
        source: String,
        /// What remains to be checked.
        verify: String,
        /// What a reader should know.
        note: String,
    }
);

record!(
    /// What a bearer of a duty said or did.
    Answer, Answer {
        /// The duties that it answers; none: none in particular.
        duties: Vec<String>,
        /// Who answers.
        state: String,
        /// report, late report, statement, aggregate, press report, silence.
        kind: String,
        /// When it was given.
        date: Option<PartialDate>,
        /// The date that it speaks about.
        period_end: Option<PartialDate>,
        /// Workers before.
        before: Option<Decimal>,
        /// Workers after.
        after: Option<Decimal>,
        /// Workers sent home.
        repatriated: Option<Decimal>,
        /// yes, no, unknown.
        public: String,
        /// What was said, in the compilers' words.
        statement: String,
        /// Claims that speak against it.
        against: Vec<String>,
        /// Where this was read.
        source: String,
        /// What remains to be checked.
        verify: String,
        /// What a reader should know.
        note: String,
    }
);

record!(
    /// A sign of forced labour, with its evidence.
    Indicator, Indicator {
        /// One of the eleven indicators.
        indicator: String,
        /// What one would see.
        sign: String,
        /// What is reported.
        evidence: String,
        /// for, against, unknown.
        stance: String,
        /// Sites, employers or cohorts: an actor's id, `site:…`, `group:…`, or words.
        subjects: Vec<String>,
        /// Where this was read.
        source: String,
        /// What a reader should know.
        note: String,
    }
);

record!(
    /// A sign that a buyer or auditor may look for.
    Sign, Sign {
        /// What one would see.
        sign: String,
        /// What it belongs to.
        theme: String,
        /// The indicator of forced labour that it is a sign of; empty: none of them.
        indicator: String,
        /// Where it is published.
        from: String,
        /// Where this was read.
        source: String,
        /// What a reader should know.
        note: String,
    }
);

record!(
    /// An answer to a question about a supplier.
    Response, Response {
        /// Whom it is about: an actor's id, `site:…`, `group:…`, or words.
        supplier: String,
        /// The sign that is asked for; empty: the indicator itself.
        sign: String,
        /// The indicator that it bears on; empty: that of the sign.
        indicator: String,
        /// What was asked.
        question: String,
        /// seen, not seen, not known; empty: not answered.
        answer: String,
        /// What shows it.
        evidence: String,
        /// Where the answer can be found.
        source: String,
        /// When it was given.
        date: Option<PartialDate>,
        /// What a reader should know.
        note: String,
    }
);

record!(
    /// A rule of labour law.
    Rule, Rule {
        /// What it is about.
        rule: String,
        /// Where it holds.
        place: String,
        /// Law, agreement, ruling.
        instrument: String,
        /// Article.
        article: String,
        /// What it says.
        effect: String,
        /// The arithmetic.
        formula: String,
        /// What a reckoning of wages owed takes it for; empty: it is only shown.
        applies: String,
        /// The terms that the reckoning needs, as `name=value`.
        terms: Vec<String>,
        /// When it is in force.
        period: Option<Period>,
        /// Where this was read.
        source: String,
        /// What remains to be checked.
        verify: String,
        /// What a reader should know.
        note: String,
    }
);

record!(
    /// A reference figure: context, not a claim about the labour.
    Observation, Observation {
        /// What is measured.
        series: String,
        /// Where, or the partner.
        place: String,
        /// When.
        period: Period,
        /// The figure.
        quantity: Quantity,
        /// Who says so.
        said_by: String,
        /// Where this was read.
        source: String,
        /// How far it may be trusted.
        status: Status,
        /// What a reader should know.
        note: String,
    }
);

record!(
    /// A known error in a copy.
    Defect, Defect {
        /// The source that has it.
        source: String,
        /// What it says.
        says: String,
        /// What the better evidence says.
        better: String,
        /// The source of the better evidence.
        evidence: String,
        /// What sort of error.
        kind: String,
        /// Claims that it bears on.
        claims: Vec<String>,
        /// What a reader should know.
        note: String,
    }
);

record!(
    /// What one worker, or each of a cohort, worked, was promised and was paid over a stretch of time.
    Wage, Wage {
        /// A label for the worker or the cohort, never a name.
        worker: String,
        /// How many persons the row stands for; one when it does not say.
        persons: Option<Band>,
        /// Where the work was done.
        place: String,
        /// First to last day.
        period: Period,
        /// Currency of the amounts, as three letters.
        currency: String,
        /// What was promised to each, for each `per`.
        promised: Option<Band>,
        /// month, week, day, hour; empty: month.
        per: String,
        /// Hours worked by each on working days, overtime included.
        hours: Option<Band>,
        /// Working days on which there was overtime.
        overtime_days: Option<Band>,
        /// Hours worked by each on rest days and holidays.
        rest_hours: Option<Band>,
        /// Normal hours of the stretch, where a working calendar gives them.
        norm_hours: Option<Decimal>,
        /// What the least pay is multiplied by at this place.
        coefficient: Option<Decimal>,
        /// What reached each worker.
        paid: Option<Band>,
        /// When it reached the worker; empty: when it was due.
        paid_on: Option<PartialDate>,
        /// What was kept from the promised pay of each.
        withheld: Option<Band>,
        /// What shows all this.
        evidence: String,
        /// What a reader should know.
        note: String,
    }
);

//! What is found in a text: sentences with their mentions, proposed claims, dated events and statements about duties.
//!
//! All ranges are byte ranges of the text that was given, on character boundaries: `&text[range]` are the words.

use std::ops::Range;

use plumb_core::date::Period;
use plumb_core::quantity::Quantity;
use rust_decimal::Decimal;

use crate::Language;

/// A sentence in which something was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// Its bytes, without white space at the ends.
    pub range: Range<usize>,
    /// What it is written in.
    pub language: Language,
    /// What it names, in order of their place. Several mentions of one range are several readings of one name.
    pub mentions: Vec<Mention>,
    /// The claims that it seems to make, in order of their quantities.
    pub claims: Vec<Proposal>,
    /// What it says happened, and when.
    pub events: Vec<Event>,
    /// What it says somebody must do.
    pub duties: Vec<Duty>,
}

/// Something that a text names.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Its words.
    pub range: Range<usize>,
    /// What they name.
    pub value: Value,
}

/// What words name.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number of something.
    Quantity(Stated),
    /// A date, or a period between two of them.
    Date(Period),
    /// A length of time: "within a 24-month period", "70 years later".
    Duration(Duration),
    /// A place, by its code or id in the gazetteer.
    Place(String),
    /// A people or origin as an adjective or noun ("North Korean", "россиян"), by the code of its place. It places nothing.
    Nationality(String),
    /// An actor, by its id in the gazetteer.
    Actor(String),
    /// A site, by its id in the gazetteer.
    Site(String),
    /// A resolution, act or paragraph.
    Instrument(Instrument),
    /// Who says it.
    Speaker(Speaker),
    /// A word that denies: "no", "не", "않", "没有".
    Negation,
    /// A word that keeps the speaker from vouching for it: "reportedly", "может", "추정", "据说".
    Hedge,
    /// A word of plans, forecasts and wishes: "will", "plans to", "планирует".
    Plan,
    /// Words for what is measured, by the name of the cue in the rules' data: `worker`, `visa`, `send`.
    Measure(String),
}

/// A quantity with the words that state it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// Numbers, qualifier and unit.
    pub quantity: Quantity,
    /// The digits or number words alone, both ends of a range included.
    pub number: Range<usize>,
    /// The words of the qualifier: "more than".
    pub qualifier: Option<Range<usize>>,
    /// The words of the unit. `None`: the text names none, and the unit was taken from what stands around it.
    pub unit: Option<Range<usize>>,
}

/// A length of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duration {
    /// How many, 24 of "24-month"; of "two to three years" the upper end.
    pub count: Decimal,
    /// What is counted.
    pub unit: TimeUnit,
    /// How it lies to something else.
    pub relation: Relation,
}

/// A unit of calendar time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeUnit {
    /// Days.
    Day,
    /// Weeks.
    Week,
    /// Months.
    Month,
    /// Years.
    Year,
}

/// How a length of time lies to a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// Only a length: "three years of work".
    Length,
    /// A term that must not be passed: "within 24 months", "в течение 24 месяцев".
    Within,
    /// After something: "70 years later", "через 70 лет".
    After,
    /// Before something or now: "three years ago".
    Before,
}

/// A resolution, act or treaty, perhaps one paragraph of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Instrument {
    /// Its id in the gazetteer, where it is known by name.
    pub id: Option<String>,
    /// Its number: `2397`, `A/70/362`.
    pub number: Option<String>,
    /// The paragraph or article named with it: `8`, `8(d)`.
    pub paragraph: Option<String>,
    /// When it was adopted, where the sentence says so: "a resolution in December 2017".
    pub date: Option<Period>,
}

/// Who says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The words that name the speaker.
    pub range: Range<usize>,
    /// The actor or speaker of the gazetteer, where it is one.
    pub actor: Option<String>,
}

/// A claim that a sentence seems to make. Nothing enters a case without a person's decision.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// From the first to the last of the words that carry it.
    pub range: Range<usize>,
    /// The figure and its words.
    pub stated: Stated,
    /// What it seems to measure: an id of the measures in the rules.
    pub measure: Option<String>,
    /// Other measures that the words allow, the likeliest first.
    pub other_measures: Vec<String>,
    /// Where: the code or id of a place.
    pub place: Option<String>,
    /// When.
    pub period: Option<Period>,
    /// Actors and sites named beside it, by id.
    pub actors: Vec<String>,
    /// Who is counted, by the code of their place: `KP` of "North Korean workers".
    pub nationality: Option<String>,
    /// Who says it.
    pub speaker: Option<Speaker>,
    /// It is denied.
    pub negated: bool,
    /// The text does not vouch for it: "reportedly".
    pub hedged: bool,
    /// It is a plan, forecast or wish.
    pub planned: bool,
    /// How sure the rules are that the tuple is what the sentence says, above 0 and at most 1: the product of what the
    /// [reasons](Reason) leave of it. It says nothing of whether the claim is true.
    pub confidence: f64,
    /// What spoke for and against it.
    pub reasons: Vec<Reason>,
}

/// Why a proposal is as it is. The [words for it](Reason::text) are for readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The unit stands beside the number.
    UnitNamed,
    /// The unit is named by a neighbour in a list: "2,035 tourist and 2,610 student visas".
    UnitShared,
    /// The unit is named elsewhere in the sentence: "the number of workers was 150".
    UnitElsewhere,
    /// No unit is named; counted heads are assumed.
    UnitAssumed,
    /// The unit is that of the measure which the words name: who "entered" is an entry.
    UnitOfMeasure,
    /// All words that the measure asks for stand near.
    MeasureNamed,
    /// The measure is the usual one for its unit; no word names it.
    MeasureAssumed,
    /// No measure fits.
    MeasureUnknown,
    /// Several measures fit the words equally well.
    MeasureUnclear,
    /// A preposition or case ties the place to the figure.
    PlaceTied,
    /// The only place that the sentence names.
    PlaceAlone,
    /// No place is named, but whose something is: "Russian consulates".
    PlaceOfPeople,
    /// Two places are joined, so that the figure is of both together.
    PlacesSeveral,
    /// One of several places in the sentence, the nearest.
    PlaceNearest,
    /// The place that the sentence names is that of a part, or the figure is of all places abroad.
    PlaceOfOthers,
    /// The sentence points back to the place that its paragraph named last: "worked there".
    PlaceCarried,
    /// The sentence names no date; this is the last one that its paragraph named.
    DateCarried,
    /// The only date in the sentence, or the one that stands nearest.
    DateInSentence,
    /// The number word is vague: "thousands of".
    VagueNumber,
    /// A word denies it.
    Negated,
    /// A word keeps the speaker from vouching for it.
    Hedged,
    /// It is a plan, forecast or wish.
    Planned,
}

/// Something that happened, dated.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// From the first to the last of the words that carry it.
    pub range: Range<usize>,
    /// When.
    pub period: Period,
    /// What happened, by the name of the trigger in the rules' data: `adopt`, `test`, `war`, `found`.
    pub kind: String,
    /// The word that says so.
    pub trigger: Range<usize>,
    /// Places, actors, sites and peoples named beside it, by id.
    pub participants: Vec<String>,
}

/// What somebody must do, by when.
#[derive(Clone, Debug, PartialEq)]
pub struct Duty {
    /// From the first to the last of the words that carry it.
    pub range: Range<usize>,
    /// Where the duty stands, if the sentence or the one before it says so.
    pub instrument: Option<Instrument>,
    /// The time allowed.
    pub term: Option<Duration>,
    /// The day or period by which, where a date is given instead.
    pub due: Option<Period>,
    /// The word that binds: "must", "requirement", "обязаны".
    pub trigger: Range<usize>,
}

impl Reason {
    /// What it leaves of the confidence, 1 for what takes nothing away. The steps are set by hand so that a tuple with one
    /// guess stays above one half and one with three guesses falls below; `examples/figures.rs` prints how often each holds.
    pub fn weight(self) -> f64 {
        match self {
            Self::UnitNamed | Self::MeasureNamed | Self::PlaceTied | Self::DateInSentence => 1.0,
            Self::UnitShared | Self::UnitElsewhere | Self::PlaceAlone | Self::UnitOfMeasure => 0.95,
            Self::Hedged | Self::Planned | Self::VagueNumber | Self::PlaceOfOthers => 0.9,
            Self::PlaceNearest
            | Self::PlacesSeveral
            | Self::PlaceOfPeople
            | Self::PlaceCarried
            | Self::DateCarried
            | Self::Negated => 0.8,
            Self::MeasureAssumed | Self::MeasureUnclear => 0.7,
            Self::UnitAssumed => 0.6,
            Self::MeasureUnknown => 0.5,
        }
    }

    /// The reason in words.
    pub fn text(self) -> &'static str {
        match self {
            Self::UnitNamed => "the unit stands beside the number",
            Self::UnitShared => "the unit is named by a neighbour in the list",
            Self::UnitElsewhere => "the unit is named elsewhere in the sentence",
            Self::UnitAssumed => "no unit is named; persons are assumed",
            Self::UnitOfMeasure => "the unit is that of the measure",
            Self::MeasureNamed => "its words name the measure",
            Self::MeasureAssumed => "no word names the measure; it is the usual one for the unit",
            Self::MeasureUnknown => "no measure fits it",
            Self::MeasureUnclear => "several measures fit the words",
            Self::PlaceTied => "a preposition or case ties the place to the figure",
            Self::PlaceAlone => "it is the only place in the sentence",
            Self::PlaceOfOthers => "the place in the sentence is not that of the whole",
            Self::PlaceCarried => "the place is carried from a sentence before it in the paragraph",
            Self::DateCarried => "the date is carried from a sentence before it in the paragraph",
            Self::PlaceOfPeople => "no place is named; it is taken from whose they are",
            Self::PlacesSeveral => "it is of several places together",
            Self::PlaceNearest => "it is the nearest of several places",
            Self::DateInSentence => "the date stands in the sentence",
            Self::VagueNumber => "the number is vague",
            Self::Negated => "a word denies it",
            Self::Hedged => "a word keeps the speaker from vouching for it",
            Self::Planned => "it is a plan, a forecast or a wish",
        }
    }
}

//! Labelled sentences, and how proposals are held against them.
//!
//! A quantity is right when its numbers, its unit and its qualifier are those of the label. A tuple is right when its
//! measure is the label's too, and place and date agree: if the sentence names the label's place (date), the proposal must
//! have it; if it does not, the proposal must have none or one that goes with the label's.

use std::path::{Path, PathBuf};

use plumb_core::date::Period;
use plumb_core::place::{self, PlaceInfo, PlaceKind};
use plumb_core::quantity::Qualifier;
use plumb_text::{Entry, Gazetteer, Proposal, Reader, Rules, built_in_entries};
use rust_decimal::Decimal;

/// What a sentence claims, as a person labelled it.
#[derive(Clone, Debug)]
pub(crate) struct Label {
    /// For the list of misses.
    pub(crate) id: String,
    /// Lower and upper end; `None` is open. Both `None`: not scored.
    pub(crate) low: Option<Decimal>,
    /// The upper end.
    pub(crate) high: Option<Decimal>,
    /// The qualifier, where the label tells it apart.
    pub(crate) qualifier: Option<Qualifier>,
    /// The unit, `?` if not scored.
    pub(crate) unit: String,
    /// Measures, any of which is right; none: not scored.
    pub(crate) measures: Vec<String>,
    /// The place; `None`: not scored.
    pub(crate) place: Option<Expected>,
    /// The date; `None`: not scored.
    pub(crate) period: Option<Expected>,
}

/// A place or date that is expected.
#[derive(Clone, Debug)]
pub(crate) struct Expected {
    /// Its code or EDTF; empty: none must be proposed.
    pub(crate) value: String,
    /// The sentence names it, so it must be found.
    pub(crate) named: bool,
}

/// A sentence with all that it claims.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// Its language's code.
    pub(crate) language: String,
    /// The sentence.
    pub(crate) text: String,
    /// What it claims.
    pub(crate) labels: Vec<Label>,
    /// True quantities that nobody labelled: neither right nor wrong.
    pub(crate) unlabelled: Vec<(Decimal, String)>,
}

/// What came of a set.
#[derive(Clone, Debug, Default)]
pub(crate) struct Score {
    /// Labels.
    pub(crate) labels: usize,
    /// Proposals, those of unlabelled true quantities aside.
    pub(crate) proposals: usize,
    /// Right quantities.
    pub(crate) quantities: usize,
    /// Right tuples.
    pub(crate) tuples: usize,
    /// What went wrong, a line each.
    pub(crate) misses: Vec<String>,
}

impl Score {
    fn share(part: usize, whole: usize) -> f64 {
        if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
    }

    /// Right quantities of those proposed.
    pub(crate) fn precision(&self) -> f64 {
        Self::share(self.quantities, self.proposals)
    }

    /// Right quantities of those labelled.
    pub(crate) fn recall(&self) -> f64 {
        Self::share(self.quantities, self.labels)
    }

    /// Right tuples of those proposed.
    pub(crate) fn tuple_precision(&self) -> f64 {
        Self::share(self.tuples, self.proposals)
    }

    /// Right tuples of those labelled.
    pub(crate) fn tuple_recall(&self) -> f64 {
        Self::share(self.tuples, self.labels)
    }

    /// One line of figures.
    pub(crate) fn line(&self, name: &str) -> String {
        format!(
            "{name}: {} labels, {} proposals; quantity precision {:.3} recall {:.3}; tuple precision {:.3} recall {:.3}",
            self.labels,
            self.proposals,
            self.precision(),
            self.recall(),
            self.tuple_precision(),
            self.tuple_recall()
        )
    }
}

/// A reader with the built-in places and a few cities, as a case would add them.
pub(crate) fn reader() -> Reader {
    let city = |code: &str, name: &str, within: &str, names: &[(&str, &str)]| {
        let names = names.iter().map(|(language, name)| ((*language).to_owned().into(), (*name).to_owned().into()));
        let within = Some(within.to_owned().into());
        Entry::of_place(&PlaceInfo {
            names: names.collect(),
            within,
            ..PlaceInfo::new(code.to_owned(), name.to_owned(), PlaceKind::City)
        })
    };
    let cities = [
        city("CN-LN.dandong", "Dandong", "CN-LN", &[("ko", "단둥"), ("zh", "丹东"), ("ru", "Даньдун")]),
        city("CN-JL.hunchun", "Hunchun", "CN-JL", &[("ko", "훈춘"), ("zh", "珲春")]),
        city("RU-PRI.vladivostok", "Vladivostok", "RU-PRI", &[("ru", "Владивосток"), ("ko", "블라디보스토크")]),
    ];
    let gazetteer = Gazetteer::new(built_in_entries().into_iter().chain(cities)).unwrap();
    Reader::new(Rules::built_in().unwrap(), gazetteer).unwrap()
}

/// Holds the proposals for every sentence against its labels.
pub(crate) fn score(reader: &Reader, cases: &[Case]) -> Score {
    let mut score = Score::default();
    for case in cases {
        let proposals: Vec<Proposal> = reader.read(&case.text, &[]).into_iter().flat_map(|one| one.claims).collect();
        let mut open: Vec<&Proposal> = proposals.iter().collect();
        for label in &case.labels {
            score.labels += 1;
            let right = |proposal: &&Proposal| quantity_is_right(label, proposal);
            let best = open.iter().position(|one| right(one) && tuple_errors(label, one).is_empty());
            match best.or_else(|| open.iter().position(right)).map(|position| open.remove(position)) {
                Some(found) => {
                    score.quantities += 1;
                    score.proposals += 1;
                    let errors = tuple_errors(label, found);
                    score.tuples += usize::from(errors.is_empty());
                    if !errors.is_empty() {
                        score.misses.push(format!("{} tuple: {} in: {}", label.id, errors.join(", "), case.text));
                    }
                }
                None => score.misses.push(format!(
                    "{} not found: {:?}..{:?} {} in: {}",
                    label.id, label.low, label.high, label.unit, case.text
                )),
            }
        }
        open.retain(|one| {
            let (low, high) = one.stated.quantity.bounds();
            let unit = one.stated.quantity.unit().as_str();
            !case.unlabelled.iter().any(|(value, known)| low.or(high) == Some(*value) && known == unit)
        });
        score.proposals += open.len();
        let extra = open.iter().map(|one| {
            format!("extra: {} [{}] in: {}", one.stated.quantity.figure(), one.stated.quantity.unit(), case.text)
        });
        score.misses.extend(extra);
    }
    score
}

fn quantity_is_right(label: &Label, proposal: &Proposal) -> bool {
    let quantity = &proposal.stated.quantity;
    let (low, high) = quantity.bounds();
    let near = |one: Option<Decimal>, two: Option<Decimal>| match (one, two) {
        (Some(one), Some(two)) => (one - two).abs() <= two.abs() * Decimal::new(1, 2),
        (one, two) => one == two,
    };
    let numbers = (label.low.is_none() && label.high.is_none()) || (near(low, label.low) && near(high, label.high));
    let qualifier = label.qualifier.is_none_or(|one| one == quantity.qualifier());
    let unit = quantity.unit().as_str().replace("/person", "");
    numbers && qualifier && (label.unit == "?" || unit == label.unit.replace("/person", ""))
}

fn tuple_errors(label: &Label, proposal: &Proposal) -> Vec<String> {
    let mut errors = Vec::new();
    let measure = proposal.measure.clone().unwrap_or_default();
    if !label.measures.is_empty() && !label.measures.contains(&measure) {
        errors.push(format!("measure {measure}, not {}", label.measures.join("|")));
    }
    let place = proposal.place.clone().unwrap_or_default();
    if let Some(expected) = &label.place {
        let inside = |one: &str, two: &str| {
            one == two || one.starts_with(&format!("{two}-")) || one.starts_with(&format!("{two}."))
        };
        let goes = inside(&place, &expected.value)
            || (!expected.named && !expected.value.is_empty() && inside(&expected.value, &place));
        let fine = if place.is_empty() { !expected.named } else { goes };
        if !fine {
            errors.push(format!("place {place:?}, not {:?}", expected.value));
        }
    }
    if let Some(expected) = &label.period {
        let found = proposal.period.map(|period| period.to_string()).unwrap_or_default();
        let overlaps = match (proposal.period, expected.value.parse::<Period>()) {
            (Some(one), Ok(two)) => one.overlaps(&two),
            _ => false,
        };
        let fine = match (found.is_empty(), expected.named) {
            (true, named) => !named,
            (false, true) => found == expected.value || overlaps && expected.value.len() == 4,
            (false, false) => overlaps,
        };
        if !fine {
            errors.push(format!("date {found:?}, not {:?}", expected.value));
        }
    }
    errors
}

/// Where the material that is not part of the repository lies.
pub(crate) fn shared(path: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")).join(path)
}

/// The labelled figures from news; `None` when they are not there.
pub(crate) fn reported_figures() -> Option<Vec<Case>> {
    let text = std::fs::read_to_string(shared("data/reported-figures/figures.csv")).ok()?;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut cases: Vec<Case> = Vec::new();
    for row in reader.records() {
        let row = row.unwrap();
        let quote = row[10].to_owned();
        let label = figure_label(&row, &quote);
        match cases.iter_mut().find(|case| case.text == quote) {
            Some(case) => case.labels.push(label),
            None => {
                cases.push(Case {
                    language: "en".to_owned(),
                    text: quote,
                    labels: vec![label],
                    unlabelled: Vec::new(),
                });
            }
        }
    }
    // true quantities of the quotations for which the set has no row, by the row that has the quotation
    let unlabelled =
        [("F010", "30000", "persons"), ("F027", "0.5", "share"), ("F080", "1000", "persons"), ("F070", "12", "ratio")];
    for (id, value, unit) in unlabelled {
        if let Some(case) = cases.iter_mut().find(|case| case.labels.iter().any(|label| label.id == id)) {
            case.unlabelled.push((value.parse().unwrap(), unit.to_owned()));
        }
    }
    Some(cases)
}

/// The set's names of measures and those of the case.
const METRICS: [(&str, &str); 15] = [
    ("workers_abroad", "workers_present"),
    ("it_workers", "workers_present"),
    ("workers_with_permit", "permit_holders"),
    ("share_repatriated", "share_repatriated"),
    ("workers_remaining", "workers_remaining"),
    ("workers_repatriated", "workers_repatriated"),
    ("workers_planned", "workers_planned"),
    ("visas_tourist", "visas_tourist"),
    ("visas_student", "visas_student"),
    ("state_revenue", "revenue"),
    ("state_share_of_pay", "state_share"),
    ("gross_pay", "wage_gross"),
    ("net_pay", "wage_net"),
    ("border_entries", "entries"),
    ("border_entries_study_purpose", "entries_study"),
];

fn figure_label(row: &csv::StringRecord, quote: &str) -> Label {
    let number = |cell: &str| (!cell.is_empty()).then(|| cell.parse::<Decimal>().unwrap());
    let (mut low, mut high) = (number(&row[4]), number(&row[5]));
    // a share of at least so much ends at one
    if row[6] == *"share" && high == Some(Decimal::ONE) && low < high {
        high = None;
    }
    if low == Some(Decimal::ZERO) {
        low = None;
    }
    let country = row[1].split(':').next_back().unwrap().trim();
    let place = place_label(country, &row[1], quote);
    let year = row[2].get(..4).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()));
    let period = year.map(|year| Expected { value: row[2].to_owned(), named: quote.contains(year) });
    let metric =
        METRICS.iter().find(|(metric, _)| *metric == &row[3]).map_or(row[3].to_owned(), |(_, own)| (*own).to_owned());
    Label {
        id: row[0].to_owned(),
        low,
        high,
        qualifier: None,
        unit: row[6].to_owned(),
        measures: vec![metric],
        place,
        period,
    }
}

/// The place of a row: the most specific that the quotation names, else its country, which must not be contradicted.
fn place_label(specific: &str, whole: &str, quote: &str) -> Option<Expected> {
    let country = whole.split(':').next().unwrap().trim();
    let code = place::all().find(|place| place.name == country).map(|place| place.code.to_string());
    let own = match specific {
        "Dandong" => Some("CN-LN.dandong".to_owned()),
        "Hunchun" => Some("CN-JL.hunchun".to_owned()),
        _ => code.clone(),
    };
    match (country, quote.contains(specific)) {
        ("World", _) => Some(Expected { value: String::new(), named: false }),
        (_, true) => own.map(|value| Expected { value, named: true }),
        (_, false) => code.map(|value| Expected { value, named: quote.contains(country) }),
    }
}

/// The project's own labelled sentences, of one file of `tests/data`.
pub(crate) fn sentences(file: &str) -> Vec<Case> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data")).join(file);
    let text = std::fs::read_to_string(path).unwrap();
    let rows = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
    rows.filter_map(|(number, line)| {
        let cells: Vec<&str> = line.split('\t').collect();
        let labels = cells.get(2).copied().unwrap_or_default();
        // the whole sentence is not scored
        (labels != "?").then(|| Case {
            language: cells[0].to_owned(),
            text: cells[1].to_owned(),
            labels: labels
                .split(";;")
                .map(str::trim)
                .filter(|label| !label.is_empty())
                .map(|label| own_label(number + 1, label))
                .collect(),
            unlabelled: Vec::new(),
        })
    })
    .collect()
}

fn own_label(line: usize, text: &str) -> Label {
    let parts: Vec<&str> = text.split('|').map(str::trim).collect();
    let (qualifier, word) = Qualifier::ALL.iter().find(|(_, word)| parts[0].starts_with(word)).unwrap();
    let rest: Vec<&str> = parts[0][word.len()..].split_whitespace().collect();
    let range = number_range(rest[0]);
    let (low, high) = match (qualifier, range) {
        (_, None) => (None, None),
        (Qualifier::AtLeast, Some((low, _))) => (Some(low), None),
        (Qualifier::AtMost, Some((_, high))) => (None, Some(high)),
        (_, Some((low, high))) => (Some(low), Some(high)),
    };
    let expected = |text: &str| match text {
        "?" => None,
        "-" => Some(Expected { value: String::new(), named: false }),
        value => Some(Expected { value: value.to_owned(), named: true }),
    };
    Label {
        id: format!("line {line}"),
        low,
        high,
        qualifier: Some(*qualifier),
        unit: rest[1].to_owned(),
        measures: if parts[1] == "?" { Vec::new() } else { vec![parts[1].to_owned()] },
        place: expected(parts[2]),
        period: expected(parts[3]),
    }
}

fn number_range(text: &str) -> Option<(Decimal, Decimal)> {
    if text == "?" {
        return None;
    }
    let (low, high) = text.split_once("..").unwrap_or((text, text));
    Some((low.parse().unwrap(), high.parse().unwrap()))
}

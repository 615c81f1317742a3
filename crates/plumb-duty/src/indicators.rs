//! The indicators of forced labour of the ILO for a site, an employer or a cohort: what is reported for each, what against, how
//! well, and what is unknown; beside them the two elements of the definition and how scholars read them.
//!
//! Nothing here is a finding of forced labour. A sign is a reason to look; who weighs them is a person.

use plumb_core::case::{Case, Grade, Response};
use plumb_core::reference::Reference;

/// One of the indicators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Eleven {
    /// Its name, as the ILO's booklet has it.
    pub name: &'static str,
    /// What one would see, in our words.
    pub sign: &'static str,
    /// The elements of the definition that it bears on.
    pub bears_on: &'static [Element],
}

/// The elements of forced labour in Article 2(1) of Convention 29; both must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Element {
    /// Work exacted under the menace of any penalty.
    Menace,
    /// Work for which the person has not offered himself or herself voluntarily.
    Involuntariness,
}

impl Element {
    /// Both, in the order of the Convention.
    pub const ALL: [Self; 2] = [Self::Menace, Self::Involuntariness];

    /// Its words, as rows of `indicators.csv` about an element have them.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Menace => "menace of any penalty",
            Self::Involuntariness => "involuntariness",
        }
    }
}

const BOTH: &[Element] = &Element::ALL;
const MENACE: &[Element] = &[Element::Menace];
const INVOLUNTARY: &[Element] = &[Element::Involuntariness];

/// The eleven in the order of *ILO indicators of forced labour* (2012).
///
/// Which element each bears on follows *Hard to see, harder to count* (ILO, 2nd edition 2012), as digests of it have it: threats,
/// violence, restriction of movement, debt bondage, withheld wages, held documents and abuse of vulnerability are means of
/// coercion; deception and bondage make recruitment unfree; isolation, conditions and hours are work and life under duress. That
/// abuse of vulnerability and debt bondage bear on both is our reading of the two lists.
pub const ELEVEN: [Eleven; 11] = [
    Eleven {
        name: "abuse of vulnerability",
        sign: "Dependence on one employer for livelihood, lodging, papers or family",
        bears_on: BOTH,
    },
    Eleven { name: "deception", sign: "What was promised of work, pay or lodging is not kept", bears_on: INVOLUNTARY },
    Eleven { name: "restriction of movement", sign: "Workers cannot come and go as they wish", bears_on: MENACE },
    Eleven { name: "isolation", sign: "No contact with the world outside the site", bears_on: INVOLUNTARY },
    Eleven { name: "physical and sexual violence", sign: "Workers are beaten or assaulted", bears_on: MENACE },
    Eleven { name: "intimidation and threats", sign: "Workers or their families are threatened", bears_on: MENACE },
    Eleven { name: "retention of identity documents", sign: "Others hold the papers of the workers", bears_on: MENACE },
    Eleven { name: "withholding of wages", sign: "Pay is kept back so that workers stay", bears_on: MENACE },
    Eleven { name: "debt bondage", sign: "Work pays off a debt whose end is out of reach", bears_on: BOTH },
    Eleven {
        name: "abusive working and living conditions",
        sign: "Conditions that nobody would accept freely",
        bears_on: INVOLUNTARY,
    },
    Eleven {
        name: "excessive overtime",
        sign: "Hours beyond what the law allows, under threat or need",
        bears_on: INVOLUNTARY,
    },
];

/// What the evidence about one indicator comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Evidence for it and none against.
    Reported,
    /// Evidence for it and against it.
    Contested,
    /// Evidence against it and none for it.
    ReportedAgainst,
    /// None either way.
    Unknown,
}

impl Weight {
    /// The fixed words for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Contested => "contested",
            Self::ReportedAgainst => "reported against",
            Self::Unknown => "unknown",
        }
    }
}

/// A piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The row that has it: an indicator, or an answer to a questionnaire.
    pub record: Reference,
    /// What is reported.
    pub text: String,
    /// Id of the source; empty when it has none.
    pub source: String,
    /// The reliability of the source.
    pub grade: Option<Grade>,
}

/// The evidence about one indicator or element, by stance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// What speaks for it.
    pub pro: Vec<Evidence>,
    /// What speaks against it.
    pub contra: Vec<Evidence>,
    /// What was asked and is not known.
    pub open: Vec<Evidence>,
}

impl Balance {
    /// What it comes to.
    pub fn weight(&self) -> Weight {
        match (self.pro.is_empty(), self.contra.is_empty()) {
            (false, true) => Weight::Reported,
            (false, false) => Weight::Contested,
            (true, false) => Weight::ReportedAgainst,
            (true, true) => Weight::Unknown,
        }
    }

    /// All of it, for before against before open.
    pub fn all(&self) -> impl Iterator<Item = &Evidence> {
        self.pro.iter().chain(&self.contra).chain(&self.open)
    }

    /// Best grade among some evidence: one good source is not made worse by a poor one beside it.
    pub fn best(evidence: &[Evidence]) -> Option<Grade> {
        evidence.iter().filter_map(|one| one.grade).min()
    }

    fn enter(&mut self, stance: &str, evidence: Evidence) {
        match stance {
            "for" => self.pro.push(evidence),
            "against" => self.contra.push(evidence),
            _ => self.open.push(evidence),
        }
    }
}

/// One indicator with its evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// Its name.
    pub name: String,
    /// What one would see, in the words of the case, else ours.
    pub sign: String,
    /// The elements that it bears on; none for one outside the eleven.
    pub bears_on: &'static [Element],
    /// The evidence.
    pub balance: Balance,
}

/// What the case has about one subject, or about all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// The subject as the tables have it; `None`: all of them together.
    pub subject: Option<String>,
    /// The eleven in order, whether the case has evidence or none, then what else the case names.
    pub signs: Vec<Sign>,
    /// How scholars and bodies read each element.
    pub readings: [(Element, Balance); 2],
}

impl Assessment {
    /// The indicators that bear on an element and have evidence for them.
    pub fn reported_for(&self, element: Element) -> impl Iterator<Item = &Sign> {
        self.signs.iter().filter(move |sign| sign.bears_on.contains(&element) && !sign.balance.pro.is_empty())
    }

    /// How many indicators have this weight.
    pub fn count(&self, weight: Weight) -> usize {
        self.signs.iter().filter(|sign| sign.balance.weight() == weight).count()
    }
}

/// The subjects that the case has evidence or a questionnaire about, in the order of the tables.
pub fn subjects(case: &Case) -> Vec<&str> {
    let rows = case.indicators.iter().flat_map(|row| row.subjects.iter().map(String::as_str));
    let mut all: Vec<&str> = Vec::new();
    for subject in rows.chain(case.responses.iter().map(|row| row.supplier.as_str())) {
        if !all.contains(&subject) {
            all.push(subject);
        }
    }
    all
}

/// What the case has about a subject; `None`: about all of them together.
pub fn assess(case: &Case, subject: Option<&str>) -> Assessment {
    let mut signs: Vec<Sign> = ELEVEN.iter().map(empty).collect();
    let mut readings = Element::ALL.map(|element| (element, Balance::default()));
    for row in &case.indicators {
        if subject.is_some_and(|subject| !row.subjects.iter().any(|own| own == subject)) {
            continue;
        }
        let evidence = evidence(case, row.reference(), &row.evidence, &row.source);
        let reading = readings.iter_mut().find(|(element, _)| element.as_str().eq_ignore_ascii_case(&row.indicator));
        match reading {
            Some((_, balance)) => balance.enter(&row.stance, evidence),
            None => enter(&mut signs, &row.indicator, &row.sign, &row.stance, evidence),
        }
    }
    for row in &case.responses {
        let wanted = subject.is_none_or(|subject| row.supplier == subject) && !row.answer.is_empty();
        let indicator = indicator_of(case, row);
        if wanted && !indicator.is_empty() {
            let stance = stance(&row.answer);
            let text = if row.evidence.is_empty() { &row.question } else { &row.evidence };
            enter(&mut signs, indicator, "", stance, evidence(case, row.reference(), text, &row.source));
        }
    }
    Assessment { subject: subject.map(str::to_owned), signs, readings }
}

fn empty(one: &Eleven) -> Sign {
    Sign { name: one.name.to_owned(), sign: one.sign.to_owned(), bears_on: one.bears_on, balance: Balance::default() }
}

fn enter(signs: &mut Vec<Sign>, name: &str, sign: &str, stance: &str, evidence: Evidence) {
    let at = signs.iter().position(|one| one.name.eq_ignore_ascii_case(name)).unwrap_or_else(|| {
        let balance = Balance::default();
        signs.push(Sign { name: name.to_owned(), sign: String::new(), bears_on: &[], balance });
        signs.len() - 1
    });
    if let Some(one) = signs.get_mut(at) {
        if !sign.is_empty() && one.balance.all().next().is_none() {
            sign.clone_into(&mut one.sign);
        }
        one.balance.enter(stance, evidence);
    }
}

/// What an answer to a questionnaire says about the sign that it asks for.
fn stance(answer: &str) -> &'static str {
    match answer {
        "seen" => "for",
        "not seen" => "against",
        _ => "unknown",
    }
}

/// The indicator that an answer to a questionnaire is about: its own, else that of the sign; empty: none of them.
pub fn indicator_of<'a>(case: &'a Case, row: &'a Response) -> &'a str {
    if row.indicator.is_empty() {
        case.signs.get(&row.sign).map_or("", |sign| sign.indicator.as_str())
    } else {
        &row.indicator
    }
}

fn evidence(case: &Case, record: Reference, text: &str, source: &str) -> Evidence {
    let grade = case.sources.get(source).and_then(|source| source.grade);
    Evidence { record, text: text.to_owned(), source: source.to_owned(), grade }
}

/// Whether a word names one of the eleven or an element, as `indicators.csv` may have it.
pub fn is_known(name: &str) -> bool {
    names().any(|known| known.eq_ignore_ascii_case(name))
}

/// All that a row of `indicators.csv` can be about.
pub fn names() -> impl Iterator<Item = &'static str> {
    ELEVEN.iter().map(|one| one.name).chain(Element::ALL.map(Element::as_str))
}

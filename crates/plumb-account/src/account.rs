//! The account: all findings of a case.

use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use plumb_core::case::{Case, Headline};
use plumb_core::diagnostic::Diagnostic;
use plumb_duty::Position;
use plumb_duty::owed::{Owed, owed};
use sha2::{Digest, Sha256};

use crate::checks;
use crate::contradiction::Contradiction;
use crate::estimate::{self, Estimates};
use crate::index::Index;
use crate::key::{Key, RangeKey};
use crate::ledger::Ledger;
use crate::prose::{self, Prose};
use crate::range::Range;
use crate::trace::Traces;

/// The compiled case.
#[derive(Clone, Debug)]
pub struct Account {
    /// The case that it was compiled from.
    pub case: Case,
    /// The day that "overdue" is measured against.
    pub as_of: Date,
    /// Version of the program.
    pub version: &'static str,
    /// SHA-256 over all files of the case, the day and the version: names this very account.
    pub hash: String,
    /// What the reader and the checks found, in the order of files and lines.
    pub diagnostics: Vec<Diagnostic>,
    /// All claims by chapter, measure and place.
    pub ledger: Ledger,
    /// Who mentions whom.
    pub index: Index,
    /// Claims that cannot all be true, the widest first.
    pub contradictions: Vec<Contradiction>,
    /// Where the bearers of duties stand.
    pub positions: Vec<Position>,
    /// Who is bound to whom.
    pub traces: Traces,
    /// What is owed to the workers of `wages.csv`.
    pub owed: Vec<Owed>,
    /// The prose with its references resolved.
    pub prose: Vec<Prose>,
    /// The questions of the front page.
    pub headlines: Vec<HeadlineAnswer>,
    /// Solved when first asked for: checking a case does not need it.
    estimates: OnceLock<Option<Arc<Estimates>>>,
}

/// A question of the front page with what is claimed about it.
#[derive(Clone, Debug)]
pub struct HeadlineAnswer {
    /// The question.
    pub question: String,
    /// Its claims together.
    pub range: Range,
}

impl HeadlineAnswer {
    /// The key of its derivation.
    pub fn key(&self) -> Key {
        Key::Range(self.range.key.clone())
    }
}

impl Account {
    /// Compiles a case: runs all passes and checks.
    ///
    /// `as_of` overrides the day of `case.toml`; a case without either is compiled as of the latest date that a source bears.
    pub fn compile(case: Case, mut diagnostics: Vec<Diagnostic>, as_of: Option<Date>) -> Self {
        let as_of = as_of.or_else(|| case.settings.as_of.map(|date| date.latest())).unwrap_or_else(|| last_date(&case));
        let ledger = Ledger::of(&case);
        let index = Index::of(&case);
        let positions = plumb_duty::positions(&case, as_of);
        let traces = Traces::of(&case, as_of);
        let owed = owed(&case, as_of);
        let (prose, prose_diagnostics) = prose::resolve(&case);
        diagnostics.extend(prose_diagnostics);
        diagnostics.extend(checks::all(&checks::Context { case: &case, index: &index, positions: &positions, as_of }));
        diagnostics.extend(estimate::faults(&case));
        checks::settle(&case, &mut diagnostics);
        let contradictions = Contradiction::all(&case, &ledger);
        let headlines = case.settings.headlines.iter().filter_map(|headline| answer(&case, headline)).collect();
        let hash = hash(&case, as_of);
        let version = env!("CARGO_PKG_VERSION");
        Self {
            case,
            as_of,
            version,
            hash,
            diagnostics,
            ledger,
            index,
            contradictions,
            positions,
            traces,
            owed,
            prose,
            headlines,
            estimates: OnceLock::new(),
        }
    }

    /// What the claims allow under the model of the case; `None` when it has no model. Takes a second or two the first time.
    pub fn estimates(&self) -> Option<&Estimates> {
        self.estimates.get_or_init(|| Estimates::of(&self.case).map(Arc::new)).as_deref()
    }

    /// What only weighing shows to be wrong with the model.
    pub fn weighing_diagnostics(&self) -> &[Diagnostic] {
        self.estimates().map_or(&[], |estimates| &estimates.diagnostics)
    }

    /// What the reader and the checks found, and what only weighing shows.
    pub fn all_diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().chain(self.weighing_diagnostics())
    }

    /// What a live reference says: an estimate is solved now, everything else is known already.
    pub fn words(&self, text: &str, key: &Key) -> String {
        let Key::Estimate(name) = key else { return text.to_owned() };
        if !text.is_empty() {
            return text.to_owned();
        }
        let found = self.estimates().and_then(|estimates| estimates.get(name));
        let words = found.and_then(|one| Some(estimate::interval_words(one.spread.as_ref()?, &one.unit, true)));
        words.unwrap_or_else(|| "unknown".to_owned())
    }

    /// The prose of a section, if the case has it.
    pub fn section(&self, anchor: &str) -> Option<&Prose> {
        self.prose.iter().find(|section| section.anchor == anchor)
    }
}

fn answer(case: &Case, headline: &Headline) -> Option<HeadlineAnswer> {
    let key = RangeKey {
        measure: headline.measure.clone(),
        place: headline.place.clone(),
        period: headline.period?,
        population: headline.population.clone(),
    };
    Range::of(case, key).map(|range| HeadlineAnswer { question: headline.question.clone(), range })
}

fn last_date(case: &Case) -> Date {
    case.sources.iter().filter_map(|source| source.date).map(|date| date.latest()).max().unwrap_or(Date::ZERO)
}

fn hash(case: &Case, as_of: Date) -> String {
    let mut hash = Sha256::new();
    for (file, digest) in &case.hashes {
        hash.update(format!("{digest}  {file}\n"));
    }
    hash.update(format!("as of {as_of}, plumb {}\n", env!("CARGO_PKG_VERSION")));
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

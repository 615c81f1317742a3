//! Records of a case as evidence: what each says in a line.

use std::collections::BTreeSet;

use plumb_account::Account;
use plumb_account::index::name_of;
use plumb_core::case::{Claim, Duty, Event};
use plumb_core::reference::{Kind, Reference};

use crate::outcome::{Evidence, Stance};

/// A claim: `about 93,000 persons, World, 2017-10, US Mission to the UN`.
pub(crate) fn of_claim(account: &Account, claim: &Claim, stance: Stance) -> Evidence {
    let period = claim.period.map_or_else(|| "undated".to_owned(), |period| period.to_string());
    let place = place_name(account, &claim.place);
    let said_by = if claim.said_by.is_empty() { &claim.source } else { &claim.said_by };
    let who = if claim.population.is_empty() { String::new() } else { format!(" ({})", claim.population) };
    Evidence {
        record: claim.reference(),
        stance,
        words: format!("{}{who}, {place}, {period}, {said_by}", claim.quantity.figure()),
        origin: (!claim.origin.is_empty()).then(|| claim.origin.clone()),
        repeats: account.ledger.repeats(&claim.id).map(str::to_owned),
    }
}

/// An event: `1950-06-25: Korean War begins`.
pub(crate) fn of_event(event: &Event, stance: Stance) -> Evidence {
    let doubt = if event.verify.is_empty() { String::new() } else { format!(" (to check: {})", event.verify) };
    Evidence {
        record: event.reference(),
        stance,
        words: format!("{}: {}{doubt}", event.date, event.summary),
        origin: None,
        repeats: None,
    }
}

/// A duty: `UNSCR 2397 (2017), paragraph 8: Repatriate …, from 2017-12-22 to 2019-12-22`.
pub(crate) fn of_duty(duty: &Duty, stance: Stance) -> Evidence {
    let from = duty.trigger.map(|date| format!(", from {date}")).unwrap_or_default();
    let to = duty.deadline.map(|date| format!(" to {date}")).unwrap_or_default();
    Evidence {
        record: duty.reference(),
        stance,
        words: format!("{}, paragraph {}: {}{from}{to}", duty.instrument, duty.paragraph, duty.duty),
        origin: None,
        repeats: None,
    }
}

/// What a place is called.
pub(crate) fn place_name(account: &Account, code: &str) -> String {
    name_of(&account.case, &Reference::new(Kind::Place, code))
}

/// What an origin is called.
pub(crate) fn origin_name(account: &Account, id: &str) -> String {
    name_of(&account.case, &Reference::new(Kind::Origin, id))
}

/// How many origins are on a side. One that leaves room for the statement anywhere does not exclude it.
pub(crate) fn origins(evidence: &[Evidence]) -> (usize, usize) {
    let side = |stance| -> BTreeSet<&str> {
        evidence.iter().filter(|one| one.stance == stance).filter_map(|one| one.origin.as_deref()).collect()
    };
    let (on, beside, against) = (side(Stance::For), side(Stance::Beside), side(Stance::Against));
    (on.len(), against.iter().filter(|origin| !on.contains(*origin) && !beside.contains(*origin)).count())
}

//! The pages that answer the question of the case: front page, ledger, contradictions, duties, timeline, method.

use std::collections::BTreeSet;

use plumb_account::prose::Piece;
use plumb_account::{Account, Key, address};
use plumb_core::reference::{Kind, Reference};

use crate::link;
use crate::site::Maker;

mod contradictions;
mod duties;
mod front;
mod ledger;
mod measure;
mod method;
mod series;
mod states;
#[cfg(test)]
mod tests;
mod timeline;
mod why;

/// Adds them.
pub(super) fn add(maker: &mut Maker<'_>) {
    let account = maker.account();
    let book = duties::Book::of(account);
    maker.page("index.html", |context| front::page(context, &book));
    maker.page("ledger.html", ledger::page);
    maker.page("contradictions.html", contradictions::page);
    maker.page("duties.html", |context| duties::page(context, &book));
    maker.page("timeline.html", timeline::page);
    maker.page("method.html", method::page);
    for duty in &account.case.duties {
        maker.page(&link::record(&duty.reference()), |context| duties::duty_page(context, &book, duty));
    }
    for code in states::codes(account) {
        maker.page(&address::state(code), |context| states::page(context, &book, code));
    }
    let observations = series::by_measure(&account.case);
    for measure in account.case.measures.values() {
        let own = observations.get(measure.id.as_str()).map_or(&[][..], Vec::as_slice);
        let path = link::record(&Reference::new(Kind::Measure, measure.id.clone()));
        maker.page(&path, |context| measure::page(context, measure, own));
    }
    for key in asked_for(account) {
        maker.page(&link::path(&key), |context| why::page(context, &key));
    }
}

/// The keys that prose and headlines lead to and that have a page of their own.
fn asked_for(account: &Account) -> BTreeSet<Key> {
    let pieces = account.prose.iter().flat_map(|section| &section.pieces);
    let of_prose =
        pieces.filter_map(|piece| if let Piece::Live { key, .. } = piece { Some(key.clone()) } else { None });
    let of_headlines = account.headlines.iter().map(plumb_account::HeadlineAnswer::key);
    (of_prose.chain(of_headlines))
        .filter_map(|key| match key {
            Key::Range(range) | Key::Origins(range) => Some(Key::Range(range)),
            Key::Path { .. } | Key::Sum(_) | Key::Difference(..) | Key::Quotient(..) => Some(key),
            // estimates bring their own pages
            Key::Record(_)
            | Key::Count(_)
            | Key::Standing { .. }
            | Key::Contradiction(_)
            | Key::Ownership(_)
            | Key::Indicators(_)
            | Key::Owed(_)
            | Key::Conflict(_)
            | Key::Estimate(_) => None,
        })
        .collect()
}

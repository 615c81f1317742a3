//! When a duty itself is over: its own end, or the day on which another takes its place.

use jiff::civil::Date;
use plumb_core::case::{Case, Duty};

use crate::Standing;

/// The end of a duty.
pub(crate) struct End {
    /// The last day on which it still asked for something.
    pub(crate) last: Date,
    /// Superseded or ended.
    pub(crate) standing: Standing,
    /// Why, in words.
    pub(crate) reason: String,
}

/// How a duty was over by the day `as_of`, if it was; the earlier of its ends.
pub(crate) fn end(case: &Case, duty: &Duty, as_of: Date) -> Option<End> {
    let own = duty.ends.map(|ends| End {
        last: ends.latest(),
        standing: Standing::Ended,
        reason: format!("the duty itself ended on {ends}"),
    });
    let replaced = replacement(case, duty).and_then(|by| {
        let begins = by.trigger?;
        let reason = format!("{} {} (`{}`) took its place on {begins}", by.instrument, by.paragraph, by.id);
        let last = begins.latest().yesterday().ok()?;
        Some(End { last, standing: Standing::Superseded, reason })
    });
    own.into_iter().chain(replaced).filter(|end| end.last < as_of).min_by_key(|end| end.last)
}

/// The duty that takes the place of another, where it can.
fn replacement<'a>(case: &'a Case, duty: &Duty) -> Option<&'a Duty> {
    case.duties.get(&duty.replaced_by).filter(|by| follows(by, duty))
}

/// Whether a duty can take the place of another: it is another one, has a day, and does not begin before it.
pub fn follows(by: &Duty, duty: &Duty) -> bool {
    let begins = by.trigger.filter(|_| by.id != duty.id);
    begins.is_some_and(|begins| duty.trigger.is_none_or(|trigger| begins.latest() >= trigger.earliest()))
}

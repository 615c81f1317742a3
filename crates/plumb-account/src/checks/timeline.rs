//! Figures along time: the highest or lowest of many at a time, found without looking at each.

use jiff::civil::Date;
use rust_decimal::Decimal;

/// Figures in order of the day on which they begin, with what is known of each half, quarter and so on of them.
///
/// It is a binary tree laid out in a list: node 0 stands for all figures, the nodes 2n+1 and 2n+2 for the halves of node n.
/// A search leaves out every half that ends too early, begins too late or has nothing higher than what was found already.
pub(super) struct Timeline<T> {
    spans: Vec<Span<T>>,
    summaries: Vec<Summary>,
}

/// First and last day.
pub(super) type Days = (Date, Date);

struct Span<T> {
    first: i32,
    last: i32,
    high: Decimal,
    item: T,
}

/// What can be said of the figures below a node.
#[derive(Clone, Copy)]
struct Summary {
    first: i32,
    last: i32,
    high: Decimal,
}

/// Which figures are looked for: those that begin by a day and end on or after another.
#[derive(Clone, Copy)]
pub(super) struct Window {
    begins_by: i32,
    ends_from: i32,
}

impl Window {
    /// Figures whose time has a day in common with `days`.
    pub(super) fn overlapping(days: Days) -> Self {
        Self { begins_by: order(days.1), ends_from: order(days.0) }
    }

    /// Figures whose time covers all of `days`.
    pub(super) fn covering(days: Days) -> Self {
        Self { begins_by: order(days.0), ends_from: order(days.1) }
    }

    /// Figures whose time lies within `days`, on a timeline that is [`Timeline::mirrored`].
    pub(super) fn within(days: Days) -> Self {
        Self { begins_by: -order(days.0), ends_from: -order(days.1) }
    }

    /// The same but for figures of exactly its time: what begins earlier, and what ends later.
    pub(super) fn strictly(self) -> [Self; 2] {
        [Self { begins_by: self.begins_by - 1, ..self }, Self { ends_from: self.ends_from + 1, ..self }]
    }
}

/// A number that puts days in order; not a count of days.
fn order(day: Date) -> i32 {
    i32::from(day.year()) * 500 + i32::from(day.month()) * 32 + i32::from(day.day())
}

impl<T: Copy> Timeline<T> {
    /// A timeline of items, each with its days and its height. Of equal heights any may be found, always the same.
    pub(super) fn new(items: impl IntoIterator<Item = (Days, Decimal, T)>) -> Self {
        let span = |((first, last), high, item)| Span { first: order(first), last: order(last), high, item };
        Self::of(items.into_iter().map(span).collect())
    }

    /// The same seen in a mirror: before and after change places, so that "begins by" asks for what begins late and
    /// "ends from" for what ends early. This is what [`Window::within`] needs.
    pub(super) fn mirrored(items: impl IntoIterator<Item = (Days, Decimal, T)>) -> Self {
        let span = |((first, last), high, item)| Span { first: -order(first), last: -order(last), high, item };
        Self::of(items.into_iter().map(span).collect())
    }

    fn of(mut spans: Vec<Span<T>>) -> Self {
        spans.sort_by_key(|span| span.first);
        let mut timeline = Self { spans, summaries: Vec::new() };
        timeline.summarise(0, 0, timeline.spans.len());
        timeline
    }

    /// The highest item of a window.
    pub(super) fn highest(&self, window: Window) -> Option<T> {
        let mut best = None;
        self.seek(0, 0, self.spans.len(), window, &mut best);
        best.map(|span: &Span<T>| span.item)
    }

    fn summarise(&mut self, node: usize, start: usize, end: usize) -> Option<Summary> {
        let summary = if end.saturating_sub(start) <= 1 {
            let span = self.spans.get(start)?;
            Summary { first: span.first, last: span.last, high: span.high }
        } else {
            let middle = usize::midpoint(start, end);
            let left = self.summarise(2 * node + 1, start, middle)?;
            let right = self.summarise(2 * node + 2, middle, end)?;
            Summary { first: left.first, last: left.last.max(right.last), high: left.high.max(right.high) }
        };
        if self.summaries.len() <= node {
            self.summaries.resize(node + 1, summary);
        }
        if let Some(place) = self.summaries.get_mut(node) {
            *place = summary;
        }
        Some(summary)
    }

    fn seek<'a>(&'a self, node: usize, start: usize, end: usize, window: Window, best: &mut Option<&'a Span<T>>) {
        let Some(summary) = self.summaries.get(node).filter(|_| start < end) else { return };
        let too_low = best.is_some_and(|span| span.high >= summary.high);
        if too_low || summary.last < window.ends_from || summary.first > window.begins_by {
            return;
        }
        if end - start == 1 {
            *best = self.spans.get(start);
            return;
        }
        let middle = usize::midpoint(start, end);
        let (left, right) = ((2 * node + 1, start, middle), (2 * node + 2, middle, end));
        let height = |half: (usize, usize, usize)| self.summaries.get(half.0).map(|summary| summary.high);
        // the higher half first: what it holds makes most of the other needless
        let order = if height(left) < height(right) { [right, left] } else { [left, right] };
        for (node, start, end) in order {
            self.seek(node, start, end, window, best);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(number: i64) -> Date {
        jiff::civil::date(2000, 1, 1).saturating_add(jiff::Span::new().days(number))
    }

    proptest! {
        #[test]
        fn finds_what_looking_at_each_would_find(
            rows in prop::collection::vec((0i64..60, 0i64..20, 0i64..9), 0..40),
            first in 0i64..60,
            length in 0i64..20,
        ) {
            let wanted = (day(first), day(first + length));
            let items: Vec<_> = (rows.iter().enumerate())
                .map(|(at, (start, length, high))| ((day(*start), day(start + length)), Decimal::from(*high), at))
                .collect();
            let (timeline, mirrored) = (Timeline::new(items.iter().copied()), Timeline::mirrored(items.iter().copied()));
            let height = |found: Option<usize>| found.and_then(|at| items.get(at)).map(|(_, high, _)| *high);
            let overlapping = items.iter().filter(|(days, ..)| days.0 <= wanted.1 && days.1 >= wanted.0);
            prop_assert_eq!(height(timeline.highest(Window::overlapping(wanted))), overlapping.map(|item| item.1).max());
            let covering = items.iter().filter(|(days, ..)| days.0 <= wanted.0 && days.1 >= wanted.1);
            prop_assert_eq!(height(timeline.highest(Window::covering(wanted))), covering.map(|item| item.1).max());
            let strictly = Window::covering(wanted).strictly().into_iter().filter_map(|window| height(timeline.highest(window)));
            let longer = items.iter().filter(|(days, ..)| days.0 <= wanted.0 && days.1 >= wanted.1 && *days != wanted);
            prop_assert_eq!(strictly.max(), longer.map(|item| item.1).max());
            let within = items.iter().filter(|(days, ..)| days.0 >= wanted.0 && days.1 <= wanted.1);
            prop_assert_eq!(height(mirrored.highest(Window::within(wanted))), within.map(|item| item.1).max());
        }
    }
}

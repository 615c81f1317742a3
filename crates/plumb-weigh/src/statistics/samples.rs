//! Samples: sums, moments, quantiles, ranks and correlations of lists of numbers.

use std::cmp::Ordering;

/// Sum with the rounding errors carried along (Neumaier 1974).
pub fn sum(values: impl IntoIterator<Item = f64>) -> f64 {
    let (mut total, mut lost) = (0.0_f64, 0.0_f64);
    for value in values {
        let next = total + value;
        lost += if total.abs() >= value.abs() { (total - next) + value } else { (value - next) + total };
        total = next;
    }
    total + lost
}

/// Mean; `None` for an empty list.
pub fn mean(values: &[f64]) -> Option<f64> {
    if values.is_empty() { None } else { Some(sum(values.iter().copied()) / count(values)) }
}

/// Variance of a sample (divisor n − 1); `None` for fewer than two values.
pub fn variance(values: &[f64]) -> Option<f64> {
    let middle = mean(values)?;
    if values.len() < 2 {
        return None;
    }
    Some(sum(values.iter().map(|value| (value - middle) * (value - middle))) / (count(values) - 1.0))
}

/// The length of a list as a number.
#[expect(clippy::cast_precision_loss, reason = "no list has 2^53 entries")]
pub fn count<T>(values: &[T]) -> f64 {
    values.len() as f64
}

/// Quantile of values in rising order, by linear interpolation between order statistics (type 7 of Hyndman and Fan 1996,
/// the default of R and numpy); `None` for an empty list or a `p` outside 0 to 1.
pub fn sorted_quantile(sorted: &[f64], p: f64) -> Option<f64> {
    let (index, fraction) = quantile_place(sorted.len(), p)?;
    let low = sorted.get(index).copied()?;
    let high = sorted.get(index + 1).copied().unwrap_or(low);
    Some(low + fraction * (high - low))
}

/// Quantiles of values in any order, as [`sorted_quantile`] gives them; `None` as there.
///
/// Does not sort them: a sample says between which values each quantile must lie, one pass collects those (after Floyd and
/// Rivest 1975, "Expected time bounds for selection").
pub fn quantiles(values: &[f64], probabilities: &[f64]) -> Option<Vec<f64>> {
    let places: Vec<(usize, f64)> =
        probabilities.iter().map(|p| quantile_place(values.len(), *p)).collect::<Option<_>>()?;
    let (mut brackets, serving) =
        if values.len() < SMALL { whole_list(values, &places) } else { narrow(values, &places) };
    let mut serving = serving.into_iter();
    places
        .into_iter()
        .map(|(index, fraction)| {
            let bracket = serving.next().and_then(|serving| brackets.get_mut(serving));
            let pair = bracket.and_then(|bracket| bracket.pair(index, values.len()));
            let (low, high) = pair.or_else(|| adjacent(&mut values.to_vec(), index))?;
            Some(low + fraction * (high - low))
        })
        .collect()
}

/// Lists shorter than this are searched whole.
const SMALL: usize = 2_000;

/// The values between which a quantile should lie, and how many lie below them.
struct Bracket {
    low: f64,
    high: f64,
    below: usize,
    within: Vec<f64>,
}

/// How many values are looked at together.
const BLOCK: usize = 256;

impl Bracket {
    /// Counts the values below and keeps those within. Each value is written down and overwritten by the next unless it is
    /// to be kept: no branch, which the processor would guess wrongly half of the time.
    fn collect(&mut self, block: &[f64]) {
        let mut kept = [0.0; BLOCK];
        let mut length = 0;
        for value in block {
            if let Some(slot) = kept.get_mut(length) {
                *slot = *value;
            }
            self.below += usize::from(*value < self.low);
            length += usize::from((*value >= self.low) & (*value <= self.high));
        }
        self.within.extend_from_slice(kept.get(..length).unwrap_or_default());
    }

    /// The order statistic with this index and the next, when both lie within; the last of a list of this length has none.
    fn pair(&mut self, index: usize, length: usize) -> Option<(f64, f64)> {
        let index = index.checked_sub(self.below)?;
        if index + 1 >= self.within.len() && self.below + self.within.len() < length {
            return None;
        }
        adjacent(&mut self.within, index)
    }
}

/// One bracket around everything, for every place.
fn whole_list(values: &[f64], places: &[(usize, f64)]) -> (Vec<Bracket>, Vec<usize>) {
    let all = Bracket { low: f64::NEG_INFINITY, high: f64::INFINITY, below: 0, within: values.to_vec() };
    (vec![all], vec![0; places.len()])
}

/// For each place the values around it, four standard errors of a sample of about √n·8 either way; and which of the brackets
/// serves it, as places close to one another share one.
fn narrow(values: &[f64], places: &[(usize, f64)]) -> (Vec<Bracket>, Vec<usize>) {
    let size = count(values);
    let mut sample: Vec<f64> = values.iter().copied().step_by(whole(size.sqrt() / 8.0).max(1)).collect();
    sample.sort_unstable_by(f64::total_cmp);
    let bracket = |(index, _): &(usize, f64)| {
        let p = count(values.get(..*index).unwrap_or_default()) / size;
        let slack = 4.0 * (count(&sample) * p * (1.0 - p)).sqrt() + 4.0;
        let at = |place: f64| if place < 0.0 { None } else { sample.get(whole(place)).copied() };
        let low = at(p * count(&sample) - slack).unwrap_or(f64::NEG_INFINITY);
        let high = at(p * count(&sample) + slack).unwrap_or(f64::INFINITY);
        Bracket { low, high, below: 0, within: Vec::new() }
    };
    let mut brackets: Vec<Bracket> = Vec::new();
    let mut serving = Vec::with_capacity(places.len());
    for next in places.iter().map(bracket) {
        match brackets.last_mut() {
            Some(last) if last.low <= next.high && next.low <= last.high => {
                (last.low, last.high) = (last.low.min(next.low), last.high.max(next.high));
            }
            _ => brackets.push(next),
        }
        serving.push(brackets.len() - 1);
    }
    for block in values.chunks(BLOCK) {
        for bracket in &mut brackets {
            bracket.collect(block);
        }
    }
    (brackets, serving)
}

/// The order statistic with this index and the next; the same twice at the end of the list.
fn adjacent(values: &mut [f64], index: usize) -> Option<(f64, f64)> {
    if index >= values.len() {
        return None;
    }
    let (_, low, above) = values.select_nth_unstable_by(index, f64::total_cmp);
    let high = above.iter().copied().min_by(f64::total_cmp).unwrap_or(*low);
    Some((*low, high))
}

/// The whole part of a number that is not negative.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index into a list")]
fn whole(place: f64) -> usize {
    place as usize
}

/// Which order statistic lies at or below the quantile, and how far towards the next one it is.
#[expect(clippy::cast_precision_loss, reason = "no list has 2^53 entries")]
fn quantile_place(length: usize, p: f64) -> Option<(usize, f64)> {
    if length == 0 || !(0.0..=1.0).contains(&p) {
        return None;
    }
    let place = p * (length - 1) as f64;
    Some((whole(place), place - place.floor()))
}

/// Ranks from 1, ties sharing the mean of their ranks.
pub fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<(usize, f64)> = values.iter().copied().enumerate().collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    let mut ranks = vec![0.0; values.len()];
    let mut before = 0.0;
    for tied in order.chunk_by(|a, b| a.1.total_cmp(&b.1) == Ordering::Equal) {
        let shared = before + 0.5 * (count(tied) + 1.0);
        for (index, _) in tied {
            if let Some(rank) = ranks.get_mut(*index) {
                *rank = shared;
            }
        }
        before += count(tied);
    }
    ranks
}

/// Pearson's correlation; `None` when the lists differ in length or one of them does not vary.
pub fn correlation(left: &[f64], right: &[f64]) -> Option<f64> {
    let (middle_left, middle_right) = (mean(left)?, mean(right)?);
    if left.len() != right.len() {
        return None;
    }
    let pairs = || left.iter().map(|x| x - middle_left).zip(right.iter().map(|y| y - middle_right));
    let scale = sum(pairs().map(|(x, _)| x * x)) * sum(pairs().map(|(_, y)| y * y));
    let r = sum(pairs().map(|(x, y)| x * y)) / scale.sqrt();
    r.is_finite().then_some(r.clamp(-1.0, 1.0))
}

/// Spearman's rank correlation; `None` as for [`correlation`].
pub fn rank_correlation(left: &[f64], right: &[f64]) -> Option<f64> {
    correlation(&ranks(left), &ranks(right))
}

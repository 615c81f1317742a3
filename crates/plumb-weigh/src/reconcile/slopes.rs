//! The density at a place with its slopes, carried backwards through the definitions (Griewank and Walther 2008, chapter 3).

use super::chart::Split;
use super::field::{Field, State};
use super::likelihood::Measure;

/// What slopes are computed in.
pub(super) struct Tape {
    /// How fast ln of the density rises with ln of each node.
    gains: Vec<f64>,
}

impl Tape {
    pub(super) fn new(field: &Field<'_>) -> Self {
        Self { gains: vec![0.0; field.cluster.nodes.len()] }
    }

    /// How fast ln of the density rises along each unknown at a located state, in a world.
    pub(super) fn slopes(&mut self, field: &Field<'_>, state: &State, rows: &[bool], slopes: &mut [f64]) {
        self.gains.fill(0.0);
        let places = state.place.iter().zip(&state.logs).zip(&field.is_split);
        for (unknown, (slope, ((place, log), is_split))) in slopes.iter_mut().zip(places).enumerate() {
            if *is_split {
                // of the logarithm's growth with a step, too
                *slope = -Split::part(*place);
                add_to(&mut self.gains, unknown, field.prior_slope(unknown, *log));
            } else {
                *slope = field.prior_slope(unknown, *place);
            }
        }
        for ((likelihood, value), right) in field.rows.iter().zip(&state.values).zip(rows) {
            let gain = likelihood.slope(*value, *right, &field.bound);
            self.add_row(field, &state.shares, (likelihood.measure, gain), slopes);
        }
        self.carry_all_back(field, state, slopes);
    }

    /// How fast what a row measures rises along each unknown at a located state.
    pub(super) fn slopes_of(&mut self, field: &Field<'_>, state: &State, row: usize, slopes: &mut [f64]) {
        self.gains.fill(0.0);
        slopes.fill(0.0);
        if let Some(likelihood) = field.rows.get(row) {
            self.add_row(field, &state.shares, (likelihood.measure, 1.0), slopes);
        }
        self.carry_all_back(field, state, slopes);
    }

    fn add_row(&mut self, field: &Field<'_>, shares: &[f64], (measure, gain): (Measure, f64), slopes: &mut [f64]) {
        match measure {
            Measure::Own(node) if field.is_split.get(node) == Some(&true) => add_to(&mut self.gains, node, gain),
            Measure::Own(node) => add_to(slopes, node, gain),
            Measure::Log(sum) => self.carry(field, shares, sum, gain),
            Measure::Balance(left, sum) => {
                add_to(&mut self.gains, left, gain);
                self.carry(field, shares, sum, -gain);
            }
        }
    }

    /// Carries all gains back to the places of the unknowns.
    fn carry_all_back(&mut self, field: &Field<'_>, state: &State, slopes: &mut [f64]) {
        for definition in field.order.iter().rev().copied() {
            let gain = self.gains.get(field.free() + definition).copied().unwrap_or(0.0);
            if let Some(Some(split)) = field.splits.get(definition) {
                let own = self.gains.get(split.unknown).copied().unwrap_or(0.0);
                let part = Split::part(state.place.get(split.unknown).copied().unwrap_or(0.0));
                add_to(slopes, split.unknown, own * (1.0 - part) - gain * part);
                self.carry(field, &state.shares, split.whole, own + gain);
                self.carry(field, &state.shares, split.factor, -own);
            } else if gain != 0.0 {
                self.carry(field, &state.shares, definition, gain);
            }
        }
        let unknowns = field.cluster.nodes.iter().zip(&state.place).zip(&self.gains).zip(&field.is_split);
        for (slope, (((node, place), gain), is_split)) in slopes.iter_mut().zip(unknowns) {
            if !is_split && *gain != 0.0 {
                *slope += gain * node.scale.logarithm(*place).1;
            }
        }
    }

    /// Starts anew with a gain of a definition's terms, of which the signs alone count, and carries it back to the unknowns.
    pub(super) fn carry_signs(&mut self, field: &Field<'_>, shares: &[f64], definition: usize, gain: f64) -> &[f64] {
        self.gains.fill(0.0);
        for term in field.terms_of(definition) {
            let gain = if term.negative { -gain } else { gain };
            field.powers_of(term).iter().for_each(|(node, power)| add_to(&mut self.gains, *node, gain * power));
        }
        self.carry_back(field, shares, definition);
        &self.gains
    }

    /// Carries the gains of the first so many definitions back to the unknowns.
    fn carry_back(&mut self, field: &Field<'_>, shares: &[f64], before: usize) {
        for definition in (0..before).rev() {
            match self.gains.get(field.free() + definition) {
                Some(gain) if *gain != 0.0 => self.carry(field, shares, definition, *gain),
                _ => {}
            }
        }
    }

    /// Adds what a gain of a sum's logarithm means for the nodes in it.
    fn carry(&mut self, field: &Field<'_>, shares: &[f64], sum: usize, gain: f64) {
        let shares = shares.get(field.places_of(sum)).unwrap_or_default();
        for (term, share) in field.terms_of(sum).iter().zip(shares) {
            for (node, power) in field.powers_of(term) {
                if let Some(slot) = self.gains.get_mut(*node) {
                    *slot += gain * share * power;
                }
            }
        }
    }
}

fn add_to(slots: &mut [f64], place: usize, by: f64) {
    if let Some(slot) = slots.get_mut(place) {
        *slot += by;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reconcile::model::clusters;
    use crate::reconcile::network::Network;
    use crate::reconcile::{Claim, Expression, Figure, Identity, Problem, Quantity, Settings};

    /// Sums, differences, one of which the sampler splits, bounds, and an origin with two claims.
    fn problem() -> Problem {
        let point = |value| Figure::Point { value };
        Problem {
            quantities: ["a", "b", "gone", "left", "pay", "rest", "total"]
                .map(Quantity::positive)
                .into_iter()
                .chain([Quantity::share("part")])
                .collect(),
            identities: vec![
                Identity::new("total", Expression::sum(&["a", "b"])),
                Identity::new("left", Expression::product(1.0, &["total", "part"]).minus(Expression::quantity("b"))),
                // which the sampler splits
                Identity::new(
                    "rest",
                    Expression::sum(&["a", "pay"]).minus(Expression::product(0.5, &["gone", "part"])),
                ),
            ],
            claims: vec![
                Claim::of("1", "total", point(900.0)).from_origin("x").right_with(0.6),
                Claim::of("2", "total", Figure::AtLeast { bound: 700.0 }).from_origin("y").right_with(0.5),
                Claim::of("3", "left", Figure::AtMost { bound: 500.0 }).right_with(0.7),
                Claim::new("4", Expression::monomial(1.0, &[("a", 1.0), ("b", -1.0)]), point(3.0)),
                Claim::of("7", "rest", point(600.0)),
                Claim::of("8", "gone", point(300.0)),
                Claim::of("5", "part", Figure::Range { low: 0.6, high: 0.9 }),
                Claim::new("6", Expression::product(12.0, &["total", "pay"]), point(5e6))
                    .from_origin("x")
                    .right_with(0.6),
            ],
        }
    }

    #[test]
    fn slopes_are_slopes() {
        let problem = problem();
        let settings = Settings::default();
        let network = Network::checked(&problem, &settings).unwrap();
        let (clusters, _) = clusters(&problem, &network, &settings);
        let [cluster] = clusters.as_slice() else { panic!("one cluster") };
        let field = Field::new(cluster);
        let place: Vec<f64> = cluster
            .nodes
            .iter()
            .take(field.free())
            .map(|node| match node.id.as_str() {
                "a" => 6.4,
                "b" => 5.1,
                "part" => 1.2,
                _ => 6.0,
            })
            .collect();
        let held = [true, false, true];
        let mut state = field.at(place.clone()).unwrap();
        let (mut tape, mut slopes) = (Tape::new(&field), vec![0.0; place.len()]);
        assert!(field.settle(&mut state));
        let rows: Vec<bool> = field.origin_of.iter().map(|origin| origin.is_none_or(|origin| held[origin])).collect();
        tape.slopes(&field, &state, &rows, &mut slopes);
        assert_eq!(slopes.len(), 5);
        assert!(field.splits.iter().flatten().count() == 1);
        for (unknown, slope) in slopes.iter().enumerate() {
            let beside = |by: f64| {
                let mut moved = state.clone();
                moved.place[unknown] += by;
                assert!(field.settle(&mut moved));
                field.height(&moved, &held)
            };
            let numeric = (beside(1e-5) - beside(-1e-5)) / 2e-5;
            assert!((slope - numeric).abs() < 1e-5 * numeric.abs().max(1.0), "{unknown}: {slope} {numeric}");
        }
    }
}

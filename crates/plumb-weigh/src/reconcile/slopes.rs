//! The density at a place with its slopes, carried backwards through the definitions (Griewank and Walther 2008, chapter 3).

use super::field::{Field, State};
use super::likelihood::Measure;

/// What a computation of the density leaves behind for its slopes.
pub(super) struct Tape {
    /// For each term its share of the sum that it is in; negative for what is taken off.
    pub(super) shares: Vec<f64>,
    /// What each row measures.
    pub(super) values: Vec<f64>,
    /// How fast ln of the density rises with ln of each node.
    gains: Vec<f64>,
}

impl Tape {
    pub(super) fn new(field: &Field<'_>) -> Self {
        // a term alone is the whole of its sum
        let shares = vec![1.0; field.term_count()];
        Self { shares, values: vec![0.0; field.rows.len()], gains: vec![0.0; field.cluster.nodes.len()] }
    }

    /// How fast ln of the density rises along each unknown at the state computed last, with the claims in question at a heat.
    pub(super) fn slopes(&mut self, field: &Field<'_>, state: &State, heat: f64, slopes: &mut [f64]) {
        for (unknown, (slope, place)) in slopes.iter_mut().zip(&state.place).enumerate() {
            *slope = field.prior_slope(unknown, *place);
        }
        self.gains.fill(0.0);
        for row in 0..field.rows.len() {
            let value = self.values.get(row).copied().unwrap_or(f64::NAN);
            let Some((measure, slope)) = field.pull(row, value, &state.right, heat) else { continue };
            match measure {
                Measure::Own(node) => add_to(slopes, node, slope),
                Measure::Log(sum) => self.carry(field, sum, slope),
                Measure::Balance(left, sum) => {
                    add_to(&mut self.gains, left, slope);
                    self.carry(field, sum, -slope);
                }
            }
        }
        self.carry_back(field, field.definitions());
        let unknowns = field.cluster.nodes.iter().zip(&state.place).zip(&self.gains);
        for (slope, ((node, place), gain)) in slopes.iter_mut().zip(unknowns) {
            *slope += gain * node.scale.logarithm(*place).1;
        }
    }

    /// Starts anew with a gain of a definition's terms, of which the signs alone count, and carries it back to the unknowns.
    pub(super) fn carry_signs(&mut self, field: &Field<'_>, definition: usize, gain: f64) -> &[f64] {
        self.gains.fill(0.0);
        for term in field.terms_of(definition) {
            let gain = if term.negative { -gain } else { gain };
            field.powers_of(term).iter().for_each(|(node, power)| add_to(&mut self.gains, *node, gain * power));
        }
        self.carry_back(field, definition);
        &self.gains
    }

    /// Carries the gains of the first so many definitions back to the unknowns.
    fn carry_back(&mut self, field: &Field<'_>, before: usize) {
        for definition in (0..before).rev() {
            match self.gains.get(field.free() + definition) {
                Some(gain) if *gain != 0.0 => self.carry(field, definition, *gain),
                _ => {}
            }
        }
    }

    /// Adds what a gain of a sum's logarithm means for the nodes in it.
    fn carry(&mut self, field: &Field<'_>, sum: usize, gain: f64) {
        let shares = self.shares.get(field.places_of(sum)).unwrap_or_default();
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

    #[test]
    fn slopes_are_slopes() {
        let point = |value| Figure::Point { value };
        let problem = Problem {
            quantities: ["a", "b", "left", "pay", "total"]
                .map(Quantity::positive)
                .into_iter()
                .chain([Quantity::share("part")])
                .collect(),
            identities: vec![
                Identity::new("total", Expression::sum(&["a", "b"])),
                Identity::new("left", Expression::product(1.0, &["total", "part"]).minus(Expression::quantity("b"))),
            ],
            claims: vec![
                Claim::of("1", "total", point(900.0)).from_origin("x").right_with(0.6),
                Claim::of("2", "total", Figure::AtLeast { bound: 700.0 }).from_origin("y").right_with(0.5),
                Claim::of("3", "left", Figure::AtMost { bound: 500.0 }).right_with(0.7),
                Claim::new("4", Expression::monomial(1.0, &[("a", 1.0), ("b", -1.0)]), point(3.0)),
                Claim::of("5", "part", Figure::Range { low: 0.6, high: 0.9 }),
                Claim::new("6", Expression::product(12.0, &["total", "pay"]), point(5e6))
                    .from_origin("x")
                    .right_with(0.6),
            ],
        };
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
        let height = |place: &[f64]| field.height(&field.at(place.to_vec()).unwrap(), 0.7);
        let mut state = field.at(place.clone()).unwrap();
        let (mut tape, mut slopes) = (Tape::new(&field), vec![0.0; place.len()]);
        assert!(field.settle(&mut state, &mut tape));
        tape.slopes(&field, &state, 0.7, &mut slopes);
        assert_eq!(slopes.len(), 4);
        for (unknown, slope) in slopes.iter().enumerate() {
            let beside = |by: f64| {
                let mut moved = place.clone();
                moved[unknown] += by;
                height(&moved)
            };
            let numeric = (beside(1e-5) - beside(-1e-5)) / 2e-5;
            assert!((slope - numeric).abs() < 1e-5 * numeric.abs().max(1.0), "{unknown}: {slope} {numeric}");
        }
    }
}

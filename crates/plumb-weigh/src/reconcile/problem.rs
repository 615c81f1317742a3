//! What is to be reconciled: quantities, what is claimed of them, and the identities that bind them.

use serde::Serialize;

/// A quantity above or at zero, within bounds that count as always true.
///
/// Bounds that are finite above (a share, hours in a day) give it a bounded scale in the layers that use probability.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Quantity {
    /// Its name, as claims and identities use it.
    pub id: String,
    /// The least it can be; 0 or above.
    pub low: f64,
    /// The most it can be; infinity when there is no limit.
    pub high: f64,
}

impl Quantity {
    /// Above zero without limit: a count, an amount, a price.
    pub fn positive(id: &str) -> Self {
        Self::within(id, 0.0, f64::INFINITY)
    }

    /// From 0 to 1.
    pub fn share(id: &str) -> Self {
        Self::within(id, 0.0, 1.0)
    }

    /// Between stated bounds.
    pub fn within(id: &str, low: f64, high: f64) -> Self {
        Self { id: id.to_owned(), low, high }
    }
}

/// A coefficient times powers of quantities: `12 · workers · wage · share`, or `revenue / workers`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Term {
    /// The factor in front; not zero.
    pub coefficient: f64,
    /// Each quantity with its power; −1 divides.
    pub powers: Vec<(String, f64)>,
}

/// A sum of terms. One term is a product; terms with a negative coefficient are subtracted.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Expression {
    /// The terms.
    pub terms: Vec<Term>,
}

impl Expression {
    /// The quantity itself.
    pub fn quantity(id: &str) -> Self {
        Self::product(1.0, &[id])
    }

    /// A coefficient times quantities.
    ///
    /// ```
    /// use plumb_weigh::reconcile::Expression;
    /// let revenue = Expression::product(12.0, &["workers", "wage", "share"]);
    /// assert_eq!(revenue.terms.len(), 1);
    /// ```
    pub fn product(coefficient: f64, ids: &[&str]) -> Self {
        let powers: Vec<(&str, f64)> = ids.iter().map(|id| (*id, 1.0)).collect();
        Self::monomial(coefficient, &powers)
    }

    /// A coefficient times powers of quantities.
    pub fn monomial(coefficient: f64, powers: &[(&str, f64)]) -> Self {
        let powers = powers.iter().map(|(id, power)| ((*id).to_owned(), *power)).collect();
        Self { terms: vec![Term { coefficient, powers }] }
    }

    /// The sum of quantities.
    pub fn sum(ids: &[&str]) -> Self {
        Self { terms: ids.iter().flat_map(|id| Self::quantity(id).terms).collect() }
    }

    /// This and another expression.
    #[must_use]
    pub fn plus(mut self, other: Self) -> Self {
        self.terms.extend(other.terms);
        self
    }

    /// This less another expression: stocks after departures.
    #[must_use]
    pub fn minus(mut self, other: Self) -> Self {
        let negative = other.terms.into_iter().map(|term| Term { coefficient: -term.coefficient, ..term });
        self.terms.extend(negative);
        self
    }
}

/// An equation that always holds: a quantity is a product or a sum of others.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Identity {
    /// Its name.
    pub id: String,
    /// The quantity on the left.
    pub left: String,
    /// What it equals.
    pub right: Expression,
}

impl Identity {
    /// `left = right`, named after its left side.
    pub fn new(left: &str, right: Expression) -> Self {
        Self { id: left.to_owned(), left: left.to_owned(), right }
    }
}

/// What a claim says.
///
/// A low end of zero, or an end at the bound of the quantity, says nothing beyond the bound: such an interval counts as
/// one-sided in the layers that use probability.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// Between two ends with this probability (0.9: the ends are the 5 % and 95 % quantiles).
    Interval {
        /// The low end.
        low: f64,
        /// The high end.
        high: f64,
        /// The part of cases that lie within.
        coverage: f64,
    },
    /// Between two ends, each value alike: a range as printed, or a rounded number.
    Range {
        /// The low end.
        low: f64,
        /// The high end.
        high: f64,
    },
    /// Exactly this.
    Point {
        /// The value.
        value: f64,
    },
    /// "More than", "at least", "over". Touching the bound is no contradiction: bounds are round numbers.
    AtLeast {
        /// The bound.
        bound: f64,
    },
    /// "Up to", "at most", "fewer than".
    AtMost {
        /// The bound.
        bound: f64,
    },
}

impl Figure {
    /// A rounded number as the range that it may have been rounded from: half a unit of its last digit that is not zero
    /// either way.
    ///
    /// ```
    /// use plumb_weigh::reconcile::Figure;
    /// assert_eq!(Figure::rounded(30_000.0), Figure::Range { low: 25_000.0, high: 35_000.0 });
    /// assert_eq!(Figure::rounded(147_000.0), Figure::Range { low: 146_500.0, high: 147_500.0 });
    /// ```
    pub fn rounded(value: f64) -> Self {
        // the shortest digits that name the number, as 1.47e5
        let text = format!("{value:e}");
        let mut parts = text.split('e');
        let digits = parts.next().and_then(|mantissa| mantissa.split('.').nth(1)).map_or(0, str::len);
        let exponent = parts.next().and_then(|exponent| exponent.parse::<f64>().ok());
        let places = f64::from(u32::try_from(digits).unwrap_or(0));
        let half = exponent.map_or(0.0, |exponent| 0.5 * libm::exp10(exponent - places));
        Self::Range { low: value - half, high: value + half }
    }

    /// The lowest and highest value that agree with the figure; infinity where it has no high end.
    pub(crate) fn ends(self) -> (f64, f64) {
        match self {
            Self::Interval { low, high, .. } | Self::Range { low, high } => (low, high),
            Self::Point { value } => (value, value),
            Self::AtLeast { bound } => (bound, f64::INFINITY),
            Self::AtMost { bound } => (0.0, bound),
        }
    }
}

/// One claim.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Claim {
    /// Its name.
    pub id: String,
    /// What it is about.
    pub about: Expression,
    /// What it says.
    pub figure: Figure,
    /// Where it was first said. Claims of one origin are right or wrong together, and count once where they say the same.
    /// Empty: an origin of its own.
    pub origin: String,
    /// How probable it is, before the other claims are looked at, that its origin is right. 1 for a prior or a definition
    /// that is not in question. Of several claims of one origin the highest counts: a careless copy does not make its
    /// origin worse.
    pub probability_right: f64,
    /// Factor on its standard deviation in logs; 1 leaves it as stated.
    pub inflation: f64,
}

impl Claim {
    /// A claim that is right for certain, of its own origin.
    pub fn new(id: &str, about: Expression, figure: Figure) -> Self {
        Self { id: id.to_owned(), about, figure, origin: String::new(), probability_right: 1.0, inflation: 1.0 }
    }

    /// A claim about one quantity.
    pub fn of(id: &str, quantity: &str, figure: Figure) -> Self {
        Self::new(id, Expression::quantity(quantity), figure)
    }

    /// The same claim from this origin.
    #[must_use]
    pub fn from_origin(mut self, origin: &str) -> Self {
        origin.clone_into(&mut self.origin);
        self
    }

    /// The same claim, right with this probability.
    #[must_use]
    pub fn right_with(mut self, probability: f64) -> Self {
        self.probability_right = probability;
        self
    }
}

/// Quantities, claims and identities.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Problem {
    /// The quantities.
    pub quantities: Vec<Quantity>,
    /// The claims.
    pub claims: Vec<Claim>,
    /// The identities.
    pub identities: Vec<Identity>,
}

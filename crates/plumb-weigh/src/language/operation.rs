//! What the machine computes: operations on whole columns.
//!
//! A value that is no finite number poisons all that is made from it, so that a fault is seen at the end and never hides
//! in a comparison, a minimum or a quotient. Where arithmetic itself would not carry it on, `poison` is added, which is 0
//! for finite numbers. Only the branch of a choice that is not taken is left out.

/// Operations on one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unary {
    Negate,
    Not,
    Abs,
    Exp,
    Ln,
    Log10,
    Sqrt,
    Int,
    Sin,
    Cos,
    Tan,
    ArcSin,
    ArcCos,
    ArcTan,
}

/// Operations on two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Binary {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Modulo,
    Min,
    Max,
    Less,
    AtMost,
    Equal,
    Unequal,
    And,
    Or,
}

/// A value as an operation takes it: one number for all draws, or one for each.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Values<'a> {
    /// The same for all draws.
    Same(f64),
    /// One for each draw.
    Each(&'a [f64]),
}

impl Values<'_> {
    /// The number of one draw.
    pub(crate) fn at(self, lane: usize) -> f64 {
        match self {
            Self::Same(value) => value,
            Self::Each(values) => values.get(lane).copied().unwrap_or(f64::NAN),
        }
    }

    /// Writes one number for each draw.
    pub(crate) fn write_to(self, out: &mut [f64]) {
        match self {
            Self::Same(value) => out.fill(value),
            Self::Each(values) => out.iter_mut().zip(values).for_each(|(out, value)| *out = *value),
        }
    }
}

/// 0 for a finite number, else NaN.
#[inline]
fn poison(value: f64) -> f64 {
    value * 0.0
}

fn truth(holds: bool) -> f64 {
    if holds { 1.0 } else { 0.0 }
}

pub(super) fn unary(operation: Unary, a: Values<'_>, out: &mut [f64]) {
    match operation {
        Unary::Negate => map(a, out, |a| -a),
        Unary::Not => map(a, out, |a| truth(a == 0.0) + poison(a)),
        Unary::Abs => map(a, out, f64::abs),
        Unary::Exp => map(a, out, |a| libm::exp(a) + poison(a)),
        Unary::Ln => map(a, out, libm::log),
        Unary::Log10 => map(a, out, libm::log10),
        Unary::Sqrt => map(a, out, f64::sqrt),
        Unary::Int => map(a, out, f64::trunc),
        Unary::Sin => map(a, out, libm::sin),
        Unary::Cos => map(a, out, libm::cos),
        Unary::Tan => map(a, out, libm::tan),
        Unary::ArcSin => map(a, out, libm::asin),
        Unary::ArcCos => map(a, out, libm::acos),
        Unary::ArcTan => map(a, out, |a| libm::atan(a) + poison(a)),
    }
}

pub(super) fn binary(operation: Binary, a: Values<'_>, b: Values<'_>, out: &mut [f64]) {
    match operation {
        Binary::Add => zip(a, b, out, |a, b| a + b),
        Binary::Subtract => zip(a, b, out, |a, b| a - b),
        Binary::Multiply => zip(a, b, out, |a, b| a * b),
        Binary::Divide => zip(a, b, out, |a, b| a / b + poison(b)),
        Binary::Power => zip(a, b, out, |a, b| libm::pow(a, b) + poison(a) + poison(b)),
        Binary::Modulo => zip(a, b, out, |a, b| a % b + poison(b)),
        Binary::Min => zip(a, b, out, |a, b| if a < b { a } else { b } + poison(a) + poison(b)),
        Binary::Max => zip(a, b, out, |a, b| if a > b { a } else { b } + poison(a) + poison(b)),
        Binary::Less => zip(a, b, out, |a, b| truth(a < b) + poison(a) + poison(b)),
        Binary::AtMost => zip(a, b, out, |a, b| truth(a <= b) + poison(a) + poison(b)),
        Binary::Equal => zip(a, b, out, |a, b| truth(a == b) + poison(a) + poison(b)),
        Binary::Unequal => zip(a, b, out, |a, b| truth(a != b) + poison(a) + poison(b)),
        Binary::And => zip(a, b, out, |a, b| truth((a != 0.0) & (b != 0.0)) + poison(a) + poison(b)),
        Binary::Or => zip(a, b, out, |a, b| truth((a != 0.0) | (b != 0.0)) + poison(a) + poison(b)),
    }
}

/// `then` where the condition is not 0, else `otherwise`.
pub(super) fn select(condition: Values<'_>, then: Values<'_>, otherwise: Values<'_>, out: &mut [f64]) {
    let choose = |condition: f64, then: f64, otherwise: f64| {
        let chosen = if condition == 0.0 { otherwise } else { then };
        chosen + poison(condition)
    };
    match (condition, then, otherwise) {
        (Values::Same(condition), ..) if !condition.is_finite() => out.fill(f64::NAN),
        (Values::Same(condition), ..) => if condition == 0.0 { otherwise } else { then }.write_to(out),
        (Values::Each(condition), Values::Same(then), Values::Same(otherwise)) => {
            map(Values::Each(condition), out, |condition| choose(condition, then, otherwise));
        }
        (Values::Each(condition), Values::Same(then), Values::Each(_)) => {
            zip(Values::Each(condition), otherwise, out, |condition, otherwise| choose(condition, then, otherwise));
        }
        (Values::Each(condition), Values::Each(_), Values::Same(otherwise)) => {
            zip(Values::Each(condition), then, out, |condition, then| choose(condition, then, otherwise));
        }
        (Values::Each(condition), Values::Each(then), Values::Each(otherwise)) => {
            let branches = then.iter().zip(otherwise);
            for ((out, condition), (then, otherwise)) in out.iter_mut().zip(condition).zip(branches) {
                *out = choose(*condition, *then, *otherwise);
            }
        }
    }
}

#[inline]
pub(super) fn map(a: Values<'_>, out: &mut [f64], compute: impl Fn(f64) -> f64) {
    match a {
        Values::Same(a) => out.fill(compute(a)),
        Values::Each(a) => out.iter_mut().zip(a).for_each(|(out, a)| *out = compute(*a)),
    }
}

#[inline]
fn zip(a: Values<'_>, b: Values<'_>, out: &mut [f64], compute: impl Fn(f64, f64) -> f64) {
    match (a, b) {
        (Values::Same(a), Values::Same(b)) => out.fill(compute(a, b)),
        (Values::Same(a), Values::Each(b)) => out.iter_mut().zip(b).for_each(|(out, b)| *out = compute(a, *b)),
        (Values::Each(a), Values::Same(b)) => out.iter_mut().zip(a).for_each(|(out, a)| *out = compute(*a, b)),
        (Values::Each(a), Values::Each(b)) => {
            out.iter_mut().zip(a.iter().zip(b)).for_each(|(out, (a, b))| *out = compute(*a, *b));
        }
    }
}

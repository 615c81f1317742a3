//! The functions of the language: those of XMILE 1.0 (OASIS 2015, section 3.5) under their names there, and `if`.

/// A function of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Function {
    /// `if(condition, then, otherwise)`; only the branch that is taken can be at fault.
    If,
    /// All arguments are other than 0; written between them.
    And,
    /// At least one argument is other than 0; written between them.
    Or,
    /// The argument is 0.
    Not,
    /// The least of its arguments.
    Min,
    /// The greatest of its arguments.
    Max,
    /// The size without the sign.
    Abs,
    /// e to the power of the argument.
    Exp,
    /// The natural logarithm.
    Ln,
    /// The logarithm to base 10.
    Log10,
    /// The square root.
    Sqrt,
    /// The whole part, towards zero.
    Int,
    /// The remainder of a division, with the sign of the dividend.
    Mod,
    /// The first by the second, or the third (else 0) where the second is 0.
    SafeDiv,
    /// Sine of an angle in radians.
    Sin,
    /// Cosine of an angle in radians.
    Cos,
    /// Tangent of an angle in radians.
    Tan,
    /// Angle in radians whose sine is the argument.
    ArcSin,
    /// Angle in radians whose cosine is the argument.
    ArcCos,
    /// Angle in radians whose tangent is the argument.
    ArcTan,
    /// `step(height, from)`: the height from that time on.
    Step,
    /// `ramp(slope, from, to)`: rises from that time on, until the end if one is given.
    Ramp,
    /// `pulse(volume, first, interval)`: the volume within one time step, once or at every interval.
    Pulse,
    /// `delay(input, time, initial)`: the input as it was that time ago.
    Delay,
    /// `delay1(input, time, initial)`: exponential material delay of first order.
    Delay1,
    /// `delay3(input, time, initial)`: of third order.
    Delay3,
    /// `delayn(input, time, order, initial)`.
    DelayN,
    /// `smth1(input, time, initial)`: exponential smoothing of first order.
    Smth1,
    /// `smth3(input, time, initial)`: of third order.
    Smth3,
    /// `smthn(input, time, order, initial)`.
    SmthN,
    /// `trend(input, time, initial)`: the fractional change per unit of time.
    Trend,
    /// `forcst(input, time, horizon, initial)`: the input carried on along its trend.
    Forecast,
    /// `init(x)`: the value at the start.
    Init,
    /// `previous(x, initial)`: the value one time step ago.
    Previous,
    /// `random(least, most, seed)`: at each step a number between the two, each alike.
    Random,
    /// `normal(mean, deviation, seed)`: at each step a normal number.
    Normal,
    /// `lognormal(mean, deviation, seed)`: at each step a number whose logarithm is normal.
    LogNormal,
    /// `exprnd(mean, seed)`: at each step an exponential number.
    Exponential,
}

/// Name, function, fewest and most arguments.
const TABLE: [(&str, Function, usize, usize); 37] = [
    ("if", Function::If, 3, 3),
    // as translations of models from Vensim have it
    ("if_then_else", Function::If, 3, 3),
    ("min", Function::Min, 1, MANY),
    ("max", Function::Max, 1, MANY),
    ("abs", Function::Abs, 1, 1),
    ("exp", Function::Exp, 1, 1),
    ("ln", Function::Ln, 1, 1),
    ("log10", Function::Log10, 1, 1),
    ("sqrt", Function::Sqrt, 1, 1),
    ("int", Function::Int, 1, 1),
    ("mod", Function::Mod, 2, 2),
    ("safediv", Function::SafeDiv, 2, 3),
    ("sin", Function::Sin, 1, 1),
    ("cos", Function::Cos, 1, 1),
    ("tan", Function::Tan, 1, 1),
    ("arcsin", Function::ArcSin, 1, 1),
    ("arccos", Function::ArcCos, 1, 1),
    ("arctan", Function::ArcTan, 1, 1),
    ("not", Function::Not, 1, 1),
    ("step", Function::Step, 2, 2),
    ("ramp", Function::Ramp, 2, 3),
    ("pulse", Function::Pulse, 1, 3),
    ("delay", Function::Delay, 2, 3),
    ("delay1", Function::Delay1, 2, 3),
    ("delay3", Function::Delay3, 2, 3),
    ("delayn", Function::DelayN, 3, 4),
    ("smth1", Function::Smth1, 2, 3),
    ("smth3", Function::Smth3, 2, 3),
    ("smthn", Function::SmthN, 3, 4),
    ("trend", Function::Trend, 2, 3),
    ("forcst", Function::Forecast, 3, 4),
    ("init", Function::Init, 1, 1),
    ("previous", Function::Previous, 2, 2),
    ("random", Function::Random, 2, 3),
    ("normal", Function::Normal, 2, 3),
    ("lognormal", Function::LogNormal, 2, 3),
    ("exprnd", Function::Exponential, 1, 2),
];

/// As many arguments as a formula has room for.
const MANY: usize = usize::MAX;

impl Function {
    /// The function of this name, in small letters.
    pub fn named(name: &str) -> Option<Self> {
        TABLE.iter().find(|(known, ..)| *known == name).map(|(_, function, ..)| *function)
    }

    /// As it is written; `and` and `or` stand between their arguments.
    pub fn name(self) -> &'static str {
        match self {
            Self::And => "and",
            Self::Or => "or",
            _ => TABLE.iter().find(|(_, function, ..)| *function == self).map_or("", |(name, ..)| name),
        }
    }

    /// The fewest and the most arguments that it takes.
    pub fn arity(self) -> (usize, usize) {
        TABLE.iter().find(|(_, function, ..)| *function == self).map_or((2, MANY), |(.., least, most)| (*least, *most))
    }

    /// Whether its value depends on the time, so that it can only stand in a model of stocks and flows.
    pub fn needs_time(self) -> bool {
        self >= Self::Step
    }

    /// The names of all functions.
    pub fn names() -> impl Iterator<Item = &'static str> {
        TABLE.iter().map(|(name, ..)| *name)
    }
}

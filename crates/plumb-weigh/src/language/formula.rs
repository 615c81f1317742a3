//! The tree of a formula: what a text of the language means, each part with its place in the text.

use serde::Serialize;

use super::function::Function;
use super::measure::Measure;

/// A place in the text of a formula, in bytes from its beginning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Span {
    /// Where it begins.
    pub start: usize,
    /// The first byte after it.
    pub end: usize,
}

impl Span {
    /// From the beginning of this to the end of another.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start, end: other.end.max(self.end) }
    }
}

/// A formula, or a part of one.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    /// Where it stands in the text that it was read from.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// What a formula is.
///
/// Sums and products hold any number of parts, so the depth of a tree is that of its brackets, which is limited.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A number, with its unit if one is written.
    Number(f64, Option<Measure>),
    /// A quantity, with what stands in its square brackets.
    Reference(String, Vec<Index>),
    /// Parts added; an inverted part is subtracted.
    Sum(Vec<Part>),
    /// Parts multiplied; an inverted part divides.
    Product(Vec<Part>),
    /// The first to the power of the second.
    Power(Box<Formula>, Box<Formula>),
    /// 1 when the comparison holds, else 0.
    Compare(Comparison, Box<Formula>, Box<Formula>),
    /// A function of its arguments.
    Call(Function, Vec<Formula>),
    /// A graphical function, by its name, at a value.
    Lookup(String, Box<Formula>),
    /// A sum or product over the members of an index.
    Fold(Fold),
}

/// One part of a sum or product.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Subtracted (in a sum) or divided by (in a product).
    pub inverted: bool,
    /// The part.
    pub formula: Formula,
}

/// One entry of the square brackets of a reference: `host`, `RU`, `2017`, `year-1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// Where it stands.
    pub span: Span,
    /// The index variable or the member.
    pub name: String,
    /// What is added to it: −1 in `year-1`.
    pub offset: i64,
}

/// How two values compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
    /// `=`
    Equal,
    /// `<>`
    Unequal,
}

impl Comparison {
    /// As it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
            Self::Equal => "=",
            Self::Unequal => "<>",
        }
    }
}

/// A sum or product over an index: `sum(host, workers[host, year])`, `product(year in 2012..2017, growth[year])`,
/// `sum(quarter in 2017Q2..2018Q1, sent[quarter])`.
#[derive(Clone, Debug, PartialEq)]
pub struct Fold {
    /// Whether the members are multiplied; else they are added.
    pub product: bool,
    /// The index variable.
    pub variable: String,
    /// The first and last member; all members of the index when not given.
    pub range: Option<(String, String)>,
    /// What is added or multiplied.
    pub body: Box<Formula>,
}

impl Formula {
    /// A number without a unit, which stands where `span` says.
    pub fn number(value: f64, span: Span) -> Self {
        Self { span, kind: Kind::Number(value, None) }
    }

    /// A quantity without index.
    pub fn reference(name: &str, span: Span) -> Self {
        Self { span, kind: Kind::Reference(name.to_owned(), Vec::new()) }
    }

    /// The formulas directly inside.
    pub fn children(&self) -> Vec<&Self> {
        match &self.kind {
            Kind::Number(..) | Kind::Reference(..) => Vec::new(),
            Kind::Sum(parts) | Kind::Product(parts) => parts.iter().map(|part| &part.formula).collect(),
            Kind::Power(left, right) | Kind::Compare(_, left, right) => vec![left, right],
            Kind::Call(_, arguments) => arguments.iter().collect(),
            Kind::Lookup(_, argument) => vec![argument],
            Kind::Fold(fold) => vec![&fold.body],
        }
    }

    /// The same formula with each formula directly inside replaced; the first error ends it.
    pub fn map<E>(&self, mut change: impl FnMut(&Self) -> Result<Self, E>) -> Result<Self, E> {
        let kind = match &self.kind {
            Kind::Number(..) | Kind::Reference(..) => self.kind.clone(),
            Kind::Sum(parts) => Kind::Sum(map_parts(parts, change)?),
            Kind::Product(parts) => Kind::Product(map_parts(parts, change)?),
            Kind::Power(left, right) => Kind::Power(Box::new(change(left)?), Box::new(change(right)?)),
            Kind::Compare(how, left, right) => Kind::Compare(*how, Box::new(change(left)?), Box::new(change(right)?)),
            Kind::Call(function, arguments) => {
                Kind::Call(*function, arguments.iter().map(change).collect::<Result<_, E>>()?)
            }
            Kind::Lookup(table, argument) => Kind::Lookup(table.clone(), Box::new(change(argument)?)),
            Kind::Fold(fold) => Kind::Fold(Fold { body: Box::new(change(&fold.body)?), ..fold.clone() }),
        };
        Ok(Self { span: self.span, kind })
    }

    /// Every quantity that it names, with the place, in the order of the text. Brackets belong to the name:
    /// `workers[RU,2017]`.
    pub fn references(&self) -> Vec<(String, Span)> {
        let mut found = Vec::new();
        self.collect_references(&mut found);
        found
    }

    fn collect_references(&self, found: &mut Vec<(String, Span)>) {
        if let Kind::Reference(name, indices) = &self.kind {
            found.push((full_name(name, indices), self.span));
        }
        for child in self.children() {
            child.collect_references(found);
        }
    }
}

fn map_parts<E>(parts: &[Part], mut change: impl FnMut(&Formula) -> Result<Formula, E>) -> Result<Vec<Part>, E> {
    let change = |part: &Part| Ok(Part { inverted: part.inverted, formula: change(&part.formula)? });
    parts.iter().map(change).collect()
}

/// The name of a quantity with its brackets: `workers[RU,2017]`.
pub fn full_name(name: &str, indices: &[Index]) -> String {
    if indices.is_empty() {
        return name.to_owned();
    }
    let inside: Vec<String> = indices.iter().map(Index::to_string).collect();
    format!("{name}[{}]", inside.join(","))
}

impl std::fmt::Display for Index {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.offset {
            0 => out.write_str(&self.name),
            offset => write!(out, "{}{offset:+}", self.name),
        }
    }
}

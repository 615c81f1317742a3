//! Tree → text, in either dialect; reading it again gives the same tree.

use std::fmt;

use super::formula::{Fold, Formula, Kind, Part, full_name};
use super::function::Function;
use super::lexer::Dialect;

/// How tightly a formula binds, for brackets: a formula stands in brackets where something tighter is needed.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Binding {
    Loose,
    Sum,
    Product,
    Power,
    Whole,
}

impl fmt::Display for Formula {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.in_dialect(Dialect::Plain))
    }
}

impl Formula {
    /// Its text in the dialect of choice. XMILE has no units in formulas, so there they are left out; sums over an index
    /// must be written out first.
    pub fn in_dialect(&self, dialect: Dialect) -> String {
        let mut out = String::new();
        Printer { dialect, out: &mut out }.formula(self, Binding::Loose);
        out
    }
}

struct Printer<'a> {
    dialect: Dialect,
    out: &'a mut String,
}

fn binding(formula: &Formula, dialect: Dialect) -> Binding {
    match &formula.kind {
        Kind::Sum(_) => Binding::Sum,
        Kind::Product(_) => Binding::Product,
        Kind::Power(..) => Binding::Power,
        Kind::Number(value, _) if value.is_sign_negative() => Binding::Sum,
        Kind::Compare(..) | Kind::Call(Function::And | Function::Or, _) => Binding::Loose,
        Kind::Call(Function::If | Function::Mod, _) if dialect == Dialect::Xmile => Binding::Loose,
        _ => Binding::Whole,
    }
}

impl Printer<'_> {
    fn formula(&mut self, formula: &Formula, least: Binding) {
        let brackets = binding(formula, self.dialect) < least;
        if brackets {
            self.out.push('(');
        }
        self.bare(formula);
        if brackets {
            self.out.push(')');
        }
    }

    fn bare(&mut self, formula: &Formula) {
        match &formula.kind {
            Kind::Number(value, unit) => {
                self.out.push_str(&value.to_string());
                if let (Some(unit), Dialect::Plain) = (unit, self.dialect) {
                    self.out.push_str(&format!(" {{{unit}}}"));
                }
            }
            Kind::Reference(name, indices) => {
                let name = quoted(name);
                self.out.push_str(&full_name(&name, indices));
            }
            Kind::Sum(parts) => self.parts(parts, [" + ", " - "], Binding::Product),
            Kind::Product(parts) => self.parts(parts, [" * ", " / "], Binding::Power),
            Kind::Power(base, exponent) => {
                self.formula(base, Binding::Whole);
                self.out.push('^');
                self.formula(exponent, Binding::Whole);
            }
            Kind::Compare(comparison, left, right) => {
                self.formula(left, Binding::Sum);
                self.out.push_str(&format!(" {} ", comparison.symbol()));
                self.formula(right, Binding::Sum);
            }
            Kind::Call(function, arguments) => self.call(*function, arguments),
            Kind::Lookup(table, argument) => {
                let table = quoted(table);
                self.out.push_str(&format!("lookup({table}, "));
                self.formula(argument, Binding::Loose);
                self.out.push(')');
            }
            Kind::Fold(fold) => self.fold(fold),
        }
    }

    fn parts(&mut self, parts: &[Part], [plain, inverted]: [&str; 2], least: Binding) {
        for (index, part) in parts.iter().enumerate() {
            match (index, part.inverted) {
                (0, false) => {}
                (0, true) => self.out.push_str(if inverted == " - " { "-" } else { "1 / " }),
                (_, false) => self.out.push_str(plain),
                (_, true) => self.out.push_str(inverted),
            }
            self.formula(&part.formula, least);
        }
    }

    fn call(&mut self, function: Function, arguments: &[Formula]) {
        match (function, arguments, self.dialect) {
            (Function::And | Function::Or, ..) => self.joined(function.name(), arguments),
            (Function::Mod, ..) if self.dialect == Dialect::Xmile => self.joined("MOD", arguments),
            (Function::If, [condition, then, otherwise], Dialect::Xmile) => {
                // PySD reads a condition within a condition only in brackets
                let parts = [("IF ", condition, Binding::Loose), (" THEN ", then, Binding::Sum)];
                for (word, part, least) in parts.into_iter().chain([(" ELSE ", otherwise, Binding::Sum)]) {
                    self.out.push_str(word);
                    self.formula(part, least);
                }
            }
            _ => {
                self.out.push_str(function.name());
                self.out.push('(');
                self.list(arguments);
                self.out.push(')');
            }
        }
    }

    fn joined(&mut self, word: &str, arguments: &[Formula]) {
        for (index, argument) in arguments.iter().enumerate() {
            if index > 0 {
                self.out.push_str(&format!(" {word} "));
            }
            self.formula(argument, Binding::Whole);
        }
    }

    fn list(&mut self, arguments: &[Formula]) {
        for (index, argument) in arguments.iter().enumerate() {
            if index > 0 {
                self.out.push_str(", ");
            }
            self.formula(argument, Binding::Loose);
        }
    }

    fn fold(&mut self, fold: &Fold) {
        let word = if fold.product { "product" } else { "sum" };
        let range = fold.range.as_ref().map(|(first, last)| format!(" in {first}..{last}")).unwrap_or_default();
        self.out.push_str(&format!("{word}({}{range}, ", fold.variable));
        self.formula(&fold.body, Binding::Loose);
        self.out.push(')');
    }
}

/// A name, in quotation marks unless it is a plain word.
pub(crate) fn quoted(name: &str) -> String {
    let plain = name.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
        && !name.starts_with(|letter: char| letter.is_numeric())
        && !["if", "then", "else", "and", "or", "not", "mod"].contains(&name);
    if plain { name.to_owned() } else { format!("\"{name}\"") }
}

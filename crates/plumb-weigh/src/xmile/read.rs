//! A tree of elements → a model, with a warning for everything that was not understood.

use std::collections::BTreeMap;

use super::error::{Warning, XmileError};
use super::missing::{RUN, take_out_what_lacks};
use super::tree::{Element, tree};
use crate::language::{Dialect, Formula, Kind, Shape, Table, canonical, parse_in};
use crate::stockflow::{Method, Model, Role, Variable};

/// What says how a model looks or who made it, and does not change a run.
const SILENT: [&str; 15] = [
    "header",
    "views",
    "style",
    "data",
    "model_units",
    "dimensions",
    "equation_prefs",
    "doc",
    "group",
    "units",
    "range",
    "scale",
    "format",
    "variables",
    "sim_specs",
];

/// Reads a model.
///
/// A variable that cannot be read, or needs what the model does not have, is left out and named in a warning, as is every
/// element that is not understood. Names
/// become small letters with underscores; a graphical function becomes the outermost part of its variable's formula.
///
/// ```
/// let text = r#"<xmile><sim_specs><start>0</start><stop>2</stop></sim_specs><model><variables>
///   <stock name="Workers Abroad"><eqn>100</eqn><inflow>sent</inflow></stock>
///   <flow name="Sent"><eqn>workers_abroad / 10</eqn></flow></variables></model></xmile>"#;
/// let (model, warnings) = plumb_weigh::xmile::read(text.as_bytes()).unwrap();
/// assert_eq!((model.variables[0].name.as_str(), warnings.len()), ("workers_abroad", 0));
/// ```
pub fn read(bytes: &[u8]) -> Result<(Model, Vec<Warning>), XmileError> {
    let root = tree(bytes)?;
    if root.name != "xmile" {
        return Err(XmileError::NotXmile(root.name));
    }
    let mut reader =
        Reader { model: Model::default(), warnings: Vec::new(), held: Held::default(), places: BTreeMap::new() };
    reader.model.name = root.child("header").and_then(|header| header.text_of("name")).unwrap_or_default().to_owned();
    let specs = root.child("sim_specs").ok_or(XmileError::Missing("sim_specs"))?;
    reader.times(specs)?;
    reader.method(specs, root.child("header"));
    let mut models = root.children.iter().filter(|child| child.name == "model");
    let model = models.next().ok_or(XmileError::Missing("model"))?;
    for other in models {
        reader.warn(other, "only the first model of a file is read");
    }
    if let Some(behavior) = root.child("behavior").or(model.child("behavior")) {
        reader.held = Held::of(behavior);
    }
    reader.unknown(&root, &["model", "behavior"]);
    reader.unknown(model, &["behavior"]);
    if model.child("sim_specs").is_some() {
        reader.warn(model, "times of its own are not read");
    }
    for element in model.child("variables").iter().flat_map(|variables| &variables.children) {
        reader.variable(element);
    }
    reader.leave_out_what_lacks();
    Ok((reader.model, reader.warnings))
}

/// Which kinds of variables are held at zero unless they say otherwise.
#[derive(Clone, Copy, Default)]
struct Held {
    stocks: bool,
    flows: bool,
}

impl Held {
    fn of(behavior: &Element) -> Self {
        let all = behavior.child("non_negative").is_some();
        let kind = |name: &str| all || behavior.child(name).is_some_and(|kind| kind.child("non_negative").is_some());
        Self { stocks: kind("stock"), flows: kind("flow") }
    }
}

struct Reader {
    model: Model,
    warnings: Vec<Warning>,
    held: Held,
    /// Where the variables stand.
    places: BTreeMap<String, Place>,
}

/// An element as warnings name it.
#[derive(Clone)]
struct Place {
    line: usize,
    element: String,
}

impl Place {
    fn of(element: &Element) -> Self {
        let name = element.attribute("name").map(|name| format!(" `{name}`")).unwrap_or_default();
        Self { line: element.line, element: format!("{}{name}", element.name) }
    }
}

impl Reader {
    fn warn(&mut self, element: &Element, message: &str) {
        self.warn_at(Place::of(element), message);
    }

    fn warn_at(&mut self, Place { line, element }: Place, message: &str) {
        self.warnings.push(Warning { harmless: false, line, element, message: message.to_owned() });
    }

    /// Says what was decided where the file cannot be taken at its word.
    fn note(&mut self, element: &Element, message: &str) {
        let Place { line, element } = Place::of(element);
        self.warnings.push(Warning { harmless: true, line, element, message: message.to_owned() });
    }

    /// Names the elements inside that are neither read nor without meaning for a run. Those with a prefix belong to other
    /// programs.
    fn unknown(&mut self, parent: &Element, read: &[&str]) {
        for child in &parent.children {
            let known = read.contains(&child.name.as_str()) || SILENT.contains(&child.name.as_str());
            if !known && !child.name.contains(':') {
                let place = parent.attribute("name").unwrap_or(&parent.name);
                self.warn(child, &format!("not read, in `{place}`"));
            }
        }
    }

    fn times(&mut self, specs: &Element) -> Result<(), XmileError> {
        self.unknown(specs, &["start", "stop", "dt"]);
        self.model.start = number(specs.child("start").ok_or(XmileError::Missing("start"))?)?;
        self.model.stop = number(specs.child("stop").ok_or(XmileError::Missing("stop"))?)?;
        self.model.step = 1.0;
        if let Some(step) = specs.child("dt") {
            self.model.step = number(step)?;
            if step.attribute("reciprocal") == Some("true") {
                self.model.step = 1.0 / self.model.step;
            }
        }
        self.model.time_unit = specs.attribute("time_units").unwrap_or_default().to_owned();
        Ok(())
    }

    /// The rule that steps are taken by. Several may be listed, the preferred first.
    fn method(&mut self, specs: &Element, header: Option<&Element>) {
        let wanted = specs.attribute("method").unwrap_or("euler").to_lowercase();
        let known = |name: &str| match name.trim() {
            "euler" => Some(Method::Euler),
            "rk4" => Some(Method::RungeKutta4),
            _ => None,
        };
        let method = wanted.split(',').find_map(known);
        if method == Some(Method::RungeKutta4) && header.and_then(|header| header.text_of("product")) == Some("Vensim")
        {
            // so do the four of its files that were looked at, one of which has its own output beside it, made with Euler's rule
            return self.note(specs, "Vensim writes RK4 whatever a model runs with; its default, Euler's, is taken");
        }
        self.model.method = method.unwrap_or_else(|| {
            // the other methods of the standard are Runge-Kutta's of second order, with steps of its own, and Gear's
            let finer = wanted.contains("rk") || wanted.contains("gear");
            let (method, taken) = if finer { (Method::RungeKutta4, "RK4") } else { (Method::Euler, "Euler's") };
            self.warn(specs, &format!("the method `{wanted}` is not known; {taken} is taken"));
            method
        });
    }

    fn variable(&mut self, element: &Element) {
        let Some(title) = element.attribute("name") else {
            return self.warn(element, "left out: it has no name");
        };
        let name = canonical(title);
        if element.name == "gf" {
            let table = self.table(element);
            self.model.tables.extend(table.map(|table| (name, table)));
            return;
        }
        if element.name == "group" {
            return;
        }
        if !["stock", "flow", "aux"].contains(&element.name.as_str()) {
            return self.warn(element, "left out: it is beyond base level");
        }
        if element.child("dimensions").is_some() || element.child("element").is_some() {
            return self.warn(element, "left out: arrays are not read");
        }
        if RUN.contains(&name.as_str()) {
            return self.warn(element, "left out: the name stands for what the run itself says of time");
        }
        if self.places.contains_key(&name) {
            return self.warn(element, "left out: another variable has this name");
        }
        let Some(formula) = self.formula(element) else { return };
        let Some(formula) = self.with_table(&name, element, formula) else {
            return self.warn(element, "left out: its graphical function cannot be read");
        };
        self.places.insert(name.clone(), Place::of(element));
        self.unknown(element, &["eqn", "inflow", "outflow", "non_negative", "gf"]);
        let role = self.role(element, formula);
        let text = |child: &str| element.text_of(child).unwrap_or_default().to_owned();
        let (title, unit, note) = (title.replace("\\n", " "), text("units"), text("doc"));
        self.model.variables.push(Variable { name, title, unit, note, role });
    }

    fn formula(&mut self, element: &Element) -> Option<Formula> {
        let Some(text) = element.text_of("eqn").filter(|text| !text.is_empty()) else {
            self.warn(element, "left out: it has no equation");
            return None;
        };
        match parse_in(text, Dialect::Xmile) {
            Ok(formula) => Some(formula),
            Err(error) => {
                self.warn(element, &format!("left out: {error} at byte {} of its equation", error.span.start));
                None
            }
        }
    }

    /// The formula seen through the variable's graphical function, if it has one; none if that cannot be read.
    fn with_table(&mut self, name: &str, element: &Element, formula: Formula) -> Option<Formula> {
        let Some(curve) = element.child("gf") else { return Some(formula) };
        let table = self.table(curve)?;
        self.model.tables.insert(name.to_owned(), table);
        Some(Formula { span: formula.span, kind: Kind::Lookup(name.to_owned(), Box::new(formula)) })
    }

    fn role(&self, element: &Element, formula: Formula) -> Role {
        let names = |kind: &str| {
            let flows = element.children.iter().filter(|child| child.name == kind);
            flows.map(|flow| canonical(&flow.text)).collect()
        };
        let held = |otherwise: bool| match element.text_of("non_negative") {
            Some(text) => text != "false",
            None => otherwise,
        };
        match element.name.as_str() {
            "stock" => Role::Stock {
                initial: formula,
                inflows: names("inflow"),
                outflows: names("outflow"),
                non_negative: held(self.held.stocks),
            },
            "flow" => Role::Flow { formula, non_negative: held(self.held.flows) },
            _ => Role::Auxiliary { formula },
        }
    }

    /// Leaves out what needs something that the model does not have.
    fn leave_out_what_lacks(&mut self) {
        for (name, reason) in take_out_what_lacks(&mut self.model) {
            if let Some(place) = self.places.get(&name).cloned() {
                self.warn_at(place, &format!("left out: {reason}"));
            }
        }
    }

    fn table(&mut self, element: &Element) -> Option<Table> {
        self.unknown(element, &["xscale", "yscale", "xpts", "ypts"]);
        match points(element).and_then(|points| Ok(Table::new(points, shape(element)?)?)) {
            Ok(table) => Some(table),
            Err(Unread(reason)) => {
                self.warn(element, &format!("left out: {reason}"));
                None
            }
        }
    }
}

/// Why a graphical function cannot be read.
struct Unread(String);

impl<E: std::error::Error> From<E> for Unread {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

fn shape(element: &Element) -> Result<Shape, Unread> {
    // before the standard, programs wrote `discrete="true"`
    let before = if element.attribute("discrete") == Some("true") { "discrete" } else { "continuous" };
    match element.attribute("type").unwrap_or(before) {
        "continuous" => Ok(Shape::Continuous),
        "extrapolate" => Ok(Shape::Extrapolate),
        "discrete" => Ok(Shape::Discrete),
        other => Err(Unread(format!("the type `{other}` is not known"))),
    }
}

/// The points, with x given one by one or spread evenly over a scale.
fn points(element: &Element) -> Result<Vec<(f64, f64)>, Unread> {
    let heights = element.child("ypts").ok_or(Unread("it has no `ypts`".to_owned())).and_then(list)?;
    let places = match (element.child("xpts"), element.child("xscale")) {
        (Some(places), _) => list(places)?,
        (None, Some(scale)) => {
            let end = |name: &str| scale.attribute(name).unwrap_or_default().trim().parse::<f64>();
            let (low, high) = (end("min")?, end("max")?);
            let last = crate::statistics::count(&heights) - 1.0;
            let counted = std::iter::successors(Some(0.0), |place| Some(place + 1.0));
            counted.take(heights.len()).map(|place: f64| low + (high - low) * place / last).collect()
        }
        (None, None) => return Err(Unread("it has neither `xpts` nor `xscale`".to_owned())),
    };
    if places.len() != heights.len() {
        return Err(Unread(format!("it has {} places and {} heights", places.len(), heights.len())));
    }
    Ok(places.into_iter().zip(heights).collect())
}

fn list(element: &Element) -> Result<Vec<f64>, Unread> {
    let separator = element.attribute("sep").filter(|separator| !separator.is_empty()).unwrap_or(",");
    let numbers = element.text.split(separator).map(str::trim).filter(|text| !text.is_empty());
    numbers.map(|text| Ok(text.parse::<f64>()?)).collect()
}

fn number(element: &Element) -> Result<f64, XmileError> {
    let text = element.text.trim();
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        _ => Err(XmileError::Number { line: element.line, element: element.name.clone(), text: text.to_owned() }),
    }
}

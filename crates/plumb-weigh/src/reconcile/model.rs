//! The statistical model: groups of quantities that are bound together, each with its rows, ready to be evaluated.
//!
//! A group (a cluster) holds the quantities that claims, identities or a common doubtful origin tie to each other. Clusters
//! do not know of each other, so each is solved on its own.

use std::collections::BTreeMap;

use super::contract::{Contraction, Demand, Relations, domains};
use super::determined::Determined;
use super::groups::Groups;
use super::network::{IndexedTerm, Network};
use super::problem::Problem;
use super::rows::{Function, Row, Says, Unused, rows};
use super::scale::Scale;
use super::settings::Settings;
use super::span::Span;

/// A quantity of a cluster.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) id: String,
    /// Its own scale when it is free, else the logarithm.
    pub(super) scale: Scale,
    /// Logarithms of its bounds, a little beyond: rounding is no breach.
    pub(super) bounds: (f64, f64),
}

/// Quantities that are bound together, and what is said of them. Indices count within the cluster: free quantities first.
#[derive(Clone, Debug)]
pub(super) struct Cluster {
    pub(super) nodes: Vec<Node>,
    /// How many of the nodes are free: the unknowns.
    pub(super) free: usize,
    /// The definitions of the other nodes, in the order of the nodes.
    pub(super) definitions: Vec<Vec<IndexedTerm>>,
    pub(super) rows: Vec<Row>,
    /// Origins in question, in the order of names, with their prior probability of being right.
    pub(super) origins: Vec<(String, f64)>,
    /// For each row the origin in question behind it; none when it is right (or wrong) for certain.
    pub(super) origin_of: Vec<Option<usize>>,
    /// Variance of each row when it is right, and when it is wrong.
    pub(super) variances: Vec<(f64, f64)>,
    /// Where the search for the best place starts.
    pub(super) start: Vec<f64>,
    /// What the two-sided rows determine.
    pub(super) determined: Determined,
    /// Whether every row is linear in the places of the unknowns.
    pub(super) linear: bool,
}

/// The clusters of a problem, and the claims that take no part.
pub(super) fn clusters(
    problem: &Problem,
    network: &Network,
    settings: &Settings,
) -> (Vec<Cluster>, BTreeMap<String, Unused>) {
    let (rows, mut unused) = rows(problem, network, settings);
    let mut groups = Groups::new(network.quantities.len());
    for equation in network.equations() {
        groups.join(quantities(&equation.terms).chain([equation.left]));
    }
    let mut by_origin: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for row in &rows {
        groups.join(row.quantities());
        if row.prior > 0.0 && row.prior < 1.0 {
            by_origin.entry(&row.origin).or_default().extend(row.quantities());
        }
    }
    for reached in by_origin.into_values() {
        groups.join(reached.into_iter());
    }
    let start = start(network, &rows);
    let names = groups.names();
    let clusters = names.into_iter().map(|group| {
        let here: Vec<Row> = rows.iter().filter(|row| groups.of(row.quantities()) == group).cloned().collect();
        let members: Vec<usize> = groups.members(group).collect();
        Builder { network, settings, members: &members }.cluster(here, &start, &mut unused)
    });
    (clusters.collect(), unused)
}

fn quantities(terms: &[IndexedTerm]) -> impl Iterator<Item = usize> {
    terms.iter().flat_map(|term| term.powers.iter().map(|power| power.0))
}

/// Terms with the indices that the quantities have in a cluster.
fn local(terms: &[IndexedTerm], place: &impl Fn(usize) -> usize) -> Vec<IndexedTerm> {
    let powers = |term: &IndexedTerm| term.powers.iter().map(|(q, power)| (place(*q), *power)).collect();
    terms.iter().map(|term| IndexedTerm { coefficient: term.coefficient, powers: powers(term) }).collect()
}

impl Row {
    /// The row with the indices that its quantities have in a cluster.
    fn within(mut self, place: &impl Fn(usize) -> usize) -> Self {
        self.function = match &self.function {
            Function::Own(quantity) => Function::Own(place(*quantity)),
            Function::Log(terms) => Function::Log(local(terms, place)),
            Function::Balance(left, terms) => Function::Balance(place(*left), local(terms, place)),
        };
        self
    }

    /// The expression that it measures.
    fn terms(&self) -> Vec<IndexedTerm> {
        match &self.function {
            Function::Own(quantity) => vec![IndexedTerm { coefficient: 1.0, powers: vec![(*quantity, 1.0)] }],
            Function::Log(terms) | Function::Balance(_, terms) => terms.clone(),
        }
    }

    /// Where the expression lies if the row is right, give or take two standard deviations.
    fn span(&self) -> Span {
        let value = |place: f64| self.scale.value(place);
        let half = 2.0 * self.variance.sqrt();
        match self.says {
            Says::Near(place) => Span::new(value(place - half), value(place + half)),
            Says::Above(place) => Span::new(value(place), f64::INFINITY),
            Says::Below(place) => Span::new(0.0, value(place)),
        }
    }

    /// The quantities that it names.
    fn quantities(&self) -> impl Iterator<Item = usize> {
        let (first, terms) = match &self.function {
            Function::Own(quantity) => (Some(*quantity), [].as_slice()),
            Function::Log(terms) => (None, terms.as_slice()),
            Function::Balance(left, terms) => (Some(*left), terms.as_slice()),
        };
        first.into_iter().chain(quantities(terms))
    }
}

/// A value for every quantity from which to start: the middle of what the claims leave possible, each admitted in the
/// order of its probability unless it contradicts those before.
fn start(network: &Network, rows: &[Row]) -> Vec<f64> {
    let terms: Vec<Vec<IndexedTerm>> = rows.iter().map(Row::terms).collect();
    let demands: Vec<Demand<'_>> =
        rows.iter().zip(&terms).map(|(row, terms)| Demand { terms, span: row.span() }).collect();
    let relations = Relations::new(network, &demands);
    let Some(mut possible) = Contraction::start_of_walks(&relations, domains(network)) else { return Vec::new() };
    let mut ranked: Vec<(usize, &Row)> = rows.iter().enumerate().filter(|(_, row)| !row.readings.is_empty()).collect();
    ranked.sort_by(|a, b| b.1.prior.total_cmp(&a.1.prior));
    let mut admitted: Vec<&Demand<'_>> = Vec::new();
    for (statement, _) in ranked {
        let Some(demand) = demands.get(statement) else { continue };
        // two ranges of one product that do not meet are no contradiction of its parts: those would run off, one up and one down
        let apart = |one: &&Demand<'_>| one.terms == demand.terms && one.span.meet(demand.span).is_none();
        if admitted.iter().any(apart) {
            continue;
        }
        let mark = possible.mark();
        if possible.add([statement]) {
            admitted.push(demand);
        } else {
            possible.undo(mark);
        }
    }
    settle_sizes(&mut possible);
    possible.spans().iter().map(|span| between(*span)).collect()
}

/// Sets all quantities to their middles, those first that are bounded on both sides: what nothing bounds then takes its size
/// from those beside it, and the start does not depend on units.
fn settle_sizes(possible: &mut Contraction<'_>) {
    for ends in [2, 1] {
        for quantity in 0..possible.spans().len() {
            let span = possible.spans().get(quantity).copied().filter(|span| known_ends(*span) == ends);
            let mark = possible.mark();
            let middle = span.map(between);
            if middle.is_some_and(|middle| !possible.set(quantity, Span::new(middle, middle))) {
                possible.undo(mark);
            }
        }
    }
}

fn known_ends(span: Span) -> usize {
    usize::from(span.low > 0.0) + usize::from(span.high.is_finite())
}

/// A value inside an interval of which an end may be missing.
fn between(span: Span) -> f64 {
    match (span.low > 0.0, span.high.is_finite()) {
        (true, true) => span.middle(),
        (true, false) => 2.0 * span.low,
        (false, true) => 0.5 * span.high,
        (false, false) => 1.0,
    }
}

struct Builder<'a> {
    network: &'a Network,
    settings: &'a Settings,
    members: &'a [usize],
}

impl Builder<'_> {
    fn cluster(&self, rows: Vec<Row>, start: &[f64], unused: &mut BTreeMap<String, Unused>) -> Cluster {
        let order = self.order();
        let place = |quantity: usize| order.iter().position(|member| *member == quantity).unwrap_or(usize::MAX);
        let free = self.members.iter().filter(|member| self.network.is_free(**member)).count();
        let definition = |member: &usize| self.network.definitions.iter().find(|equation| equation.left == *member);
        let definitions =
            order.iter().skip(free).filter_map(definition).map(|equation| local(&equation.terms, &place)).collect();
        let nodes: Vec<Node> = order.iter().filter_map(|member| self.node(*member)).collect();
        let begin = |(node, member): (&Node, &usize)| {
            let place = node.scale.place(start.get(*member).copied().unwrap_or(1.0));
            // a start at a bound is infinite on the scale; any other place will do
            if place.is_finite() { place } else { 0.0 }
        };
        let start = nodes.iter().zip(&order).take(free).map(begin).collect();
        let mut cluster = Cluster {
            nodes,
            free,
            definitions,
            rows: rows.into_iter().map(|row| row.within(&place)).collect(),
            origins: Vec::new(),
            origin_of: Vec::new(),
            variances: Vec::new(),
            start,
            determined: Determined::default(),
            linear: false,
        };
        cluster.linear = cluster.is_linear();
        cluster.settle_bounds(unused);
        cluster.settle_origins(self.settings);
        cluster
    }

    /// The members: free ones in the order of names, then defined ones, each after those that it needs.
    fn order(&self) -> Vec<usize> {
        let free = self.members.iter().copied().filter(|member| self.network.is_free(*member));
        let defined = self.network.definitions.iter().map(|equation| equation.left);
        free.chain(defined.filter(|left| self.members.contains(left))).collect()
    }

    fn node(&self, member: usize) -> Option<Node> {
        let quantity = self.network.quantities.get(member)?;
        let free = self.network.is_free(member);
        let scale = if free { Scale::of(quantity, self.settings) } else { Scale::LOG };
        let bounds = (libm::log(quantity.low) - 1e-9, libm::log(quantity.high) + 1e-9);
        Some(Node { id: quantity.id.clone(), scale, bounds })
    }
}

impl Cluster {
    /// Everything is a product, and bounded quantities stand only in claims on themselves.
    fn is_linear(&self) -> bool {
        let straight = |terms: &[IndexedTerm]| {
            let bent = |index: usize| self.nodes.get(index).is_some_and(|node| node.scale != Scale::LOG);
            matches!(terms, [term] if term.coefficient > 0.0) && !quantities(terms).any(bent)
        };
        self.definitions.iter().all(|terms| straight(terms))
            && self.rows.iter().all(|row| match &row.function {
                Function::Own(_) => true,
                Function::Log(terms) | Function::Balance(_, terms) => straight(terms),
            })
    }

    /// Lists the origins in question, and how exact each row is if its origin is right or wrong.
    fn settle_origins(&mut self, settings: &Settings) {
        let questioned = |row: &&Row| row.prior > 0.0 && row.prior < 1.0;
        let priors: BTreeMap<String, f64> =
            self.rows.iter().filter(questioned).map(|row| (row.origin.clone(), row.prior)).collect();
        self.origins = priors.into_iter().collect();
        let place = |row: &Row| self.origins.iter().position(|(origin, _)| *origin == row.origin && row.prior > 0.0);
        self.origin_of = self.rows.iter().map(place).collect();
        let wrong = settings.wrong_variance();
        let variances = |row: &Row| {
            let loose = row.variance + wrong;
            if row.prior > 0.0 { (row.variance, loose) } else { (loose, loose) }
        };
        self.variances = self.rows.iter().map(variances).collect();
    }
}

//! The graph: nodes by id, edges with their records, and the ways that a search goes along them.

use std::collections::BTreeSet;

use indexmap::{IndexMap, IndexSet};
use plumb_core::suggest::nearest;
use serde::Serialize;

use crate::arcs::Arcs;
use crate::edge::{Edge, EdgeId, NewEdge, Text};
use crate::problem::Problem;

/// The place of a node in its graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Node(pub(crate) u32);

impl Node {
    fn at(place: usize) -> Self {
        Self(u32::try_from(place).unwrap_or(u32::MAX))
    }

    /// Its position among the nodes of the graph.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a node stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum NodeKind {
    /// A human being. Nobody can own one.
    Person,
    /// A company, an office, an organisation, or something whose kind is not known.
    Body,
    /// A place of work.
    Site,
    /// A country, region or town.
    Place,
    /// People who are spoken of together.
    Group,
    /// An official list.
    List,
}

impl NodeKind {
    /// Whether a path may lead through it. Two companies in one country, or on one list, are not bound by that.
    pub fn can_be_passed(self) -> bool {
        !matches!(self, Self::Place | Self::List)
    }
}

#[derive(Clone, Debug)]
struct NodeData {
    name: String,
    kind: NodeKind,
    lists: Vec<String>,
}

/// Why a text names no node.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotFound {
    /// No node has this id or name.
    #[error("nothing here has the id or the name `{text}`")]
    Unknown {
        /// What was asked for.
        text: String,
        /// An id or a name that may have been meant.
        nearest: Option<String>,
    },
    /// Several nodes have this name.
    #[error("several have the name `{text}`: {}", ids.join(", "))]
    Several {
        /// What was asked for.
        text: String,
        /// Their ids.
        ids: Vec<String>,
    },
}

/// Puts a graph together.
///
/// ```
/// use plumb_trace::{GraphBuilder, Kind, NewEdge, NodeKind};
/// let mut builder = GraphBuilder::default();
/// let one = builder.node("one", NodeKind::Body, "Company One");
/// let two = builder.node("two", NodeKind::Body, "Company Two");
/// builder.link(NewEdge { verb: "owns", ..NewEdge::new(one, two, Kind::Ownership) });
/// let graph = builder.finish();
/// assert_eq!(graph.find("two"), Some(two));
/// ```
#[derive(Clone, Debug, Default)]
pub struct GraphBuilder {
    nodes: IndexMap<String, NodeData>,
    aliases: Vec<(String, Node)>,
    edges: Vec<Edge>,
    texts: IndexSet<String>,
    problems: Vec<Problem>,
}

impl GraphBuilder {
    /// The node of an id; made if there is none, with this kind and name.
    pub fn node(&mut self, id: &str, kind: NodeKind, name: &str) -> Node {
        self.find(id).unwrap_or_else(|| {
            let (place, _) =
                self.nodes.insert_full(id.to_owned(), NodeData { name: name.to_owned(), kind, lists: Vec::new() });
            Node::at(place)
        })
    }

    /// Gives a node its kind and name, when an edge spoke of it before its own record came.
    pub fn describe(&mut self, node: Node, kind: NodeKind, name: &str) {
        if let Some((_, data)) = self.nodes.get_index_mut(node.index()) {
            data.kind = kind;
            name.clone_into(&mut data.name);
        }
    }

    /// The node of an id, if there is one already.
    pub fn find(&self, id: &str) -> Option<Node> {
        self.nodes.get_index_of(id).map(Node::at)
    }

    /// Adds another name by which the node can be found.
    pub fn alias(&mut self, node: Node, name: &str) {
        self.aliases.push((name.to_lowercase(), node));
    }

    /// Says that an official list names the node.
    pub fn designate(&mut self, node: Node, list: &str) {
        if let Some((_, data)) = self.nodes.get_index_mut(node.index())
            && !data.lists.iter().any(|own| own == list)
        {
            data.lists.push(list.to_owned());
        }
    }

    /// Adds an edge. A node cannot be joined to itself: such an edge is named among the problems and left out.
    pub fn link(&mut self, edge: NewEdge<'_>) {
        if edge.from == edge.to {
            let node = self.nodes.get_index(edge.from.index()).map(|(id, _)| id.clone()).unwrap_or_default();
            self.problems.push(Problem::SelfLink { record: edge.record.to_owned(), node });
            return;
        }
        if let Some(share) = edge.share.filter(|share| share.is_above_whole()) {
            let problem = Problem::ShareAboveWhole { record: edge.record.to_owned(), share: share.to_string() };
            self.problems.push(problem);
        }
        let Edge { from, to, kind, period, basis, grade, verify, indirect, reversed, .. } = edge;
        let share = edge.share.filter(|share| !share.is_above_whole());
        let [verb, record, source] = [edge.verb, edge.record, edge.source].map(|text| self.keep(text));
        let edge =
            Edge { from, to, kind, period, basis, grade, verify, indirect, share, verb, reversed, record, source };
        self.edges.push(edge);
    }

    /// The number of a text, which is kept once however often it comes.
    fn keep(&mut self, text: &str) -> Text {
        let place = match self.texts.get_index_of(text) {
            Some(place) => place,
            None => self.texts.insert_full(text.to_owned()).0,
        };
        Text(u32::try_from(place).unwrap_or(u32::MAX))
    }

    /// Notes something that is wrong with the material.
    pub fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// The graph.
    pub fn finish(self) -> Graph {
        let arcs = Arcs::of(self.nodes.len(), &self.edges);
        Graph {
            arcs,
            nodes: self.nodes,
            aliases: self.aliases,
            edges: self.edges,
            texts: self.texts,
            problems: self.problems,
        }
    }
}

/// Who is bound to whom. Nodes and edges keep the order in which they came.
#[derive(Clone, Debug)]
pub struct Graph {
    nodes: IndexMap<String, NodeData>,
    aliases: Vec<(String, Node)>,
    edges: Vec<Edge>,
    texts: IndexSet<String>,
    problems: Vec<Problem>,
    pub(crate) arcs: Arcs,
}

impl Default for Graph {
    fn default() -> Self {
        GraphBuilder::default().finish()
    }
}

impl Graph {
    /// How many nodes it has.
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }

    /// How many edges it has.
    pub fn edge_count(&self) -> usize {
        self.edges.len()
    }

    /// All nodes, in the order in which they came.
    pub fn nodes(&self) -> impl Iterator<Item = Node> + use<> {
        (0..u32::try_from(self.nodes.len()).unwrap_or(u32::MAX)).map(Node)
    }

    /// The node of an id.
    pub fn find(&self, id: &str) -> Option<Node> {
        self.nodes.get_index_of(id).map(Node::at)
    }

    /// The node that a reader means: by its id, else by one of its names, capitals or not.
    ///
    /// # Errors
    /// When there is none, with the nearest id or name; when several have the name, with their ids.
    pub fn resolve(&self, text: &str) -> Result<Node, NotFound> {
        let text = text.trim();
        if let Some(node) = self.find(text) {
            return Ok(node);
        }
        // `dprk-workers` for `group:dprk-workers`
        let kinds = ["group", "site", "place", "list"];
        if let Some(node) = kinds.iter().find_map(|kind| self.find(&format!("{kind}:{text}"))) {
            return Ok(node);
        }
        let lower = text.to_lowercase();
        let named = self.nodes().filter(|node| self.name(*node).to_lowercase() == lower);
        let aliased = self.aliases.iter().filter(|(name, _)| *name == lower).map(|(_, node)| *node);
        let found: BTreeSet<Node> = named.chain(aliased).collect();
        match (found.first(), found.len()) {
            (Some(one), 1) => Ok(*one),
            (None, _) => {
                let ids = self.nodes.keys().map(String::as_str);
                let names = self.nodes.values().map(|data| data.name.as_str());
                let known = ids.chain(names).chain(self.aliases.iter().map(|(name, _)| name.as_str()));
                Err(NotFound::Unknown { text: text.to_owned(), nearest: nearest(text, known).map(str::to_owned) })
            }
            (Some(_), _) => {
                let ids = found.iter().map(|node| self.id(*node).to_owned()).collect();
                Err(NotFound::Several { text: text.to_owned(), ids })
            }
        }
    }

    /// The id of a node.
    pub fn id(&self, node: Node) -> &str {
        self.nodes.get_index(node.index()).map_or("", |(id, _)| id)
    }

    /// The name of a node for readers; its id when it has none.
    pub fn name(&self, node: Node) -> &str {
        self.nodes.get_index(node.index()).map_or("", |(id, data)| if data.name.is_empty() { id } else { &data.name })
    }

    /// What a node stands for.
    pub fn kind(&self, node: Node) -> NodeKind {
        self.nodes.get_index(node.index()).map_or(NodeKind::Body, |(_, data)| data.kind)
    }

    /// The official lists that name a node, in the order of the record.
    pub fn lists(&self, node: Node) -> &[String] {
        self.nodes.get_index(node.index()).map_or(&[], |(_, data)| &data.lists)
    }

    /// Whether an official list names it.
    pub fn is_designated(&self, node: Node) -> bool {
        !self.lists(node).is_empty()
    }

    /// An edge.
    pub fn edge(&self, id: EdgeId) -> Option<&Edge> {
        self.edges.get(id.index())
    }

    /// The edges that begin at a node, in the order in which they came.
    pub fn edges_from(&self, node: Node) -> impl Iterator<Item = EdgeId> + '_ {
        self.arcs.all_from(node).iter().copied()
    }

    /// The edges that lead to a node, in the order in which they came.
    pub fn edges_to(&self, node: Node) -> impl Iterator<Item = EdgeId> + '_ {
        self.arcs.all_to(node).iter().copied()
    }

    /// A text of an edge.
    pub fn text(&self, text: Text) -> &str {
        self.texts.get_index(text.0 as usize).map_or("", String::as_str)
    }

    /// What is wrong with the material, in the order in which it was met.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

//! Traces: who is bound to whom by which evidence, where the money goes as far as anybody says, and who owns what.
//!
//! A [`Graph`] joins people, bodies, sites, places, groups and official lists by [`Edge`]s; each edge has a kind, a period,
//! a basis and a source. [`trace`] answers one question on it: the best paths, ranked by strength of evidence and kept in
//! the order of time, or else the gap between the nearest ends of both sides. [`ownership::test`] applies the ownership
//! rules of sanctions law with the arithmetic shown. [`bods`] and [`ftm`] read such graphs from files of others.
//!
//! Nothing here reads a file or a clock; the same graph and question give the same answer.

mod arcs;
pub mod bods;
pub mod edge;
pub mod ftm;
mod gap;
pub mod graph;
mod neighbours;
pub mod ownership;
mod path;
mod problem;
mod reach;
mod search;
pub mod share;
pub mod strength;
mod trace;
pub mod words;

pub use edge::{Edge, EdgeId, Follow, Kind, NewEdge, Text};
pub use gap::Gap;
pub use graph::{Graph, GraphBuilder, Node, NodeKind, NotFound};
pub use neighbours::{Neighbour, neighbours};
pub use path::{Path, Step};
pub use problem::Problem;
pub use share::Share;
pub use strength::Basis;
pub use trace::{Answer, Question, trace};

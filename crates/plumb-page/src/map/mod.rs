//! Maps of the world and of Russia as hand-clean SVG: land, the territories of a case, and a mark for each amount.
//!
//! A mark is a disc whose area is the middle estimate. Its interval is drawn, not only written: a thin ring for the
//! lowest and one for the highest figure; an arc that does not close for "at least"; a ring without a disc for "at
//! most"; a dotted ring for an unknown amount. Labels keep out of one another's way, and one label set for wide
//! screens and one for phones are both in the drawing; [`STYLE`] shows the one that fits.
//!
//! The outlines are Natural Earth's (public domain). Borders follow ISO 3166 and are no statement; which disputed
//! lands stand where is written in `data/map/README.md`.
//!
//! ```
//! use plumb_page::map::{Map, Mark, View};
//!
//! let mark = Mark {
//!     code: "CN".into(),
//!     label: "China".into(),
//!     figure: "50,000–100,000".into(),
//!     low: Some(50_000.0),
//!     high: Some(100_000.0),
//!     href: "places/CN.html".into(),
//!     ..Mark::default()
//! };
//! let map = Map {
//!     id: "hosts".into(),
//!     title: "Workers by host, end of 2017".into(),
//!     description: "China hosts the most, with 50,000 to 100,000.".into(),
//!     unit: "workers".into(),
//!     view: View::World,
//!     in_case: ["CN".to_owned()].into(),
//!     names: [("KP".to_owned(), "North Korea".to_owned())].into(),
//!     marks: vec![mark],
//! };
//! let svg = map.svg();
//! assert!(svg.contains("<a href=\"places/CN.html\">"));
//! ```

mod clip;
mod key;
mod labels;
mod lettering;
mod mark;
mod outlines;
mod path;
mod projection;
mod svg;
mod view;

pub use mark::Mark;
pub use outlines::place_point;
pub use svg::Map;
pub use view::View;

/// The rules that a page's style sheet needs for its maps. Colours come from custom properties that a page may set
/// (`--map-land`, `--map-case`, `--map-line`, `--map-mark`, `--map-ink`, `--map-paper`).
pub const STYLE: &str = include_str!("style.css");

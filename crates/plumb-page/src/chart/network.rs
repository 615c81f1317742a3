//! Networks: who is bound to whom, one question a drawing.
//!
//! Nodes stand one under the other, each with its name and what is said of it at the right, so that no label can cover
//! another on any screen; ties run in lanes at the left, as an arc diagram has them (Wattenberg 2002). Ties that meet in one
//! node share its lane. Rows and lanes follow from the order of the nodes alone: the same network gives the same bytes.

use maud::{Markup, html};

use super::number;

/// The rules for these drawings, part of the style of the site.
pub const STYLE: &str = include_str!("network.css");

/// Nodes of a drawing at most, by the house rule that a network must stay readable.
pub const MOST: usize = 40;

/// Letters in a line of a name or a detail: what fits beside four lanes on a phone of 375 pixels.
const LINE: usize = 46;
/// Heights in pixels: a line of a name, a line of a detail, the air between rows.
const NAME: f64 = 16.0;
const DETAIL: f64 = 14.0;
const AIR: f64 = 11.0;
/// Breadth of a lane in pixels.
const LANE: f64 = 13.0;

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Words over the rows that follow; nothing is tied to it.
    Heading,
    /// The node that the drawing is about.
    Focus,
    /// A node that an official list names.
    Listed,
    /// Any other node.
    Plain,
    /// How many more there are.
    More,
}

/// A row of the drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub sort: Sort,
    /// Its words.
    pub name: String,
    /// Where it leads.
    pub href: Option<String>,
    /// What is said of it.
    pub detail: String,
}

/// On what a tie rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Official: solid.
    Official,
    /// Reported: dashed.
    Reported,
    /// Alleged or not stated: dotted.
    Alleged,
}

/// A tie from one row to another, by their positions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    /// Where it begins.
    pub from: usize,
    /// Where its point is.
    pub to: usize,
    /// On what it rests.
    pub line: Line,
    /// What it says, for those who point at it or hear it.
    pub says: String,
}

/// A network.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// The rows from top to bottom.
    pub rows: Vec<Row>,
    /// The ties.
    pub ties: Vec<Tie>,
}

/// A row with its place.
struct Placed {
    /// Height of the mark.
    mark: f64,
    /// Lines of text with their height, and whether they belong to the name.
    lines: Vec<(f64, bool, String)>,
}

impl Network {
    /// The drawing in its frame: what is seen, how to read it, the drawing, the table behind it. `id` names it on its page.
    pub fn markup(&self, id: &str, title: &str, table: &Markup) -> Markup {
        let note = html! {
            "Solid lines: official. Dashed: reported. Dotted: alleged, or the basis is not stated. A filled square is named on an \
             official list."
        };
        let drawing = html! {
            svg.plot.network role="group" aria-labelledby={ (id) "-title" } height=(number(self.height())) {
                title id={ (id) "-title" } { (title) ". " (self.spoken()) }
                (self.drawing())
            }
            details.behind { summary { "The same as a table" } (table) }
        };
        super::frame(Some(id), &html! { (title) }, &note, &drawing)
    }

    /// The drawing as a file of its own, with its colours for light and dark.
    pub fn file(&self, title: &str) -> String {
        let (width, height) = (640.0, self.height() + 40.0);
        let colours = ":root { --paper: #fffefc; --ink: #1c1c1a; --soft: #5a5955; --accent: #0072b2; --accent-ink: #005b8f; }\n\
             @media (prefers-color-scheme: dark) { :root { --paper: #16181a; --ink: #e8e6e1; --soft: #aaa79f; --accent: #56b4e9; --accent-ink: #7cc4ee; } }\n\
             svg { background: var(--paper); font-family: sans-serif; font-size: 12.75px; }\ntext { fill: var(--ink); }\n";
        let drawn = html! {
            svg xmlns="http://www.w3.org/2000/svg" width=(number(width)) height=(number(height))
                viewBox={ "-10 -30 " (number(width)) " " (number(height)) } role="img" class="network" {
                title { (title) }
                desc { (self.spoken()) }
                style { (maud::PreEscaped(format!("{colours}{STYLE}"))) }
                text.strong x="0" y="-12" { (title) }
                (self.drawing())
            }
        };
        crate::words::neutralise(drawn.into_string()) + "\n"
    }

    /// The ties as words, for those who cannot see the drawing.
    fn spoken(&self) -> String {
        self.ties.iter().map(|tie| format!("{}. ", tie.says)).collect::<String>().trim_end().to_owned()
    }

    fn height(&self) -> f64 {
        self.places().last().and_then(|row| row.lines.last().map(|(y, ..)| y + 8.0)).unwrap_or(0.0)
    }

    /// Rows one under the other, each as tall as its lines.
    fn places(&self) -> Vec<Placed> {
        let mut top = 2.0;
        let mut placed = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let mut lines = Vec::new();
            let mut y = top;
            for line in folded(&row.name) {
                y += NAME;
                lines.push((y, true, line));
            }
            for line in folded(&row.detail) {
                y += DETAIL;
                lines.push((y, false, line));
            }
            placed.push(Placed { mark: top + NAME - 4.0, lines });
            top = y + AIR;
        }
        placed
    }

    fn drawing(&self) -> Markup {
        let (places, lanes) = (self.places(), self.lanes());
        let count = lanes.iter().flatten().max().map_or(0, |lane| lane + 1);
        let left = 9.0 + LANE * lane_number(count);
        html! {
            @for (tie, lane) in self.ties.iter().zip(&lanes) { (drawn_tie(tie, *lane, left, &places)) }
            @for (row, place) in self.rows.iter().zip(&places) { (node(row, place, left)) }
        }
    }

    /// A lane for each tie; `None` where it runs straight from one row to the next.
    fn lanes(&self) -> Vec<Option<usize>> {
        let hubs: Vec<Option<(usize, bool)>> = self.ties.iter().map(|tie| self.hub(tie)).collect();
        let mut spans: Vec<((usize, bool), usize, usize)> = Vec::new();
        for (tie, hub) in self.ties.iter().zip(&hubs) {
            let Some(hub) = hub else { continue };
            let (low, high) = (tie.from.min(tie.to), tie.from.max(tie.to));
            match spans.iter_mut().find(|(own, ..)| own == hub) {
                Some((_, from, to)) => (*from, *to) = ((*from).min(low), (*to).max(high)),
                None => spans.push((*hub, low, high)),
            }
        }
        // short ones next to the nodes, so that long ones go around them
        spans.sort_by_key(|(hub, from, to)| (to - from, *hub));
        let mut taken: Vec<(usize, usize, usize)> = Vec::new();
        let mut lane_of = std::collections::BTreeMap::new();
        for (hub, from, to) in spans {
            let free = |lane: &usize| taken.iter().all(|(own, low, high)| own != lane || to < *low || from > *high);
            let lane = (0..=taken.len()).find(free).unwrap_or_default();
            taken.push((lane, from, to));
            lane_of.insert(hub, lane);
        }
        hubs.into_iter().map(|hub| hub.and_then(|hub| lane_of.get(&hub).copied())).collect()
    }

    /// The node whose lane a tie shares: that of its two ends at which more ties meet. `None` for neighbours.
    fn hub(&self, tie: &Tie) -> Option<(usize, bool)> {
        let straight = self.ties.iter().filter(|other| other.from.abs_diff(other.to) == 1).count();
        if tie.from.abs_diff(tie.to) == 1 && straight == self.ties.len() {
            return None;
        }
        let out = self.ties.iter().filter(|other| other.from == tie.from).count();
        let in_ = self.ties.iter().filter(|other| other.to == tie.to).count();
        Some(if in_ >= out { (tie.to, true) } else { (tie.from, false) })
    }
}

fn drawn_tie(tie: &Tie, lane: Option<usize>, left: f64, places: &[Placed]) -> Markup {
    let mark = |at: usize| places.get(at).map_or(0.0, |place| place.mark);
    let (from, to) = (mark(tie.from), mark(tie.to));
    let down = if to > from { 1.0 } else { -1.0 };
    let class = match tie.line {
        Line::Official => "tie",
        Line::Reported => "tie reported",
        Line::Alleged => "tie alleged",
    };
    let (way, point) = if let Some(lane) = lane {
        let x = left - 9.0 - LANE * (lane_number(lane) + 0.5);
        let way = format!(
            "M{} {}H{}Q{x1} {y1} {x1} {}V{}Q{x1} {y2} {} {y2}H{}",
            number(left - 5.0),
            number(from),
            number(x + 5.0),
            number(from + 5.0 * down),
            number(to - 5.0 * down),
            number(x + 5.0),
            number(left - 11.0),
            x1 = number(x),
            y1 = number(from),
            y2 = number(to)
        );
        (way, format!("M{} {}l-6 -3.5v7z", number(left - 6.0), number(to)))
    } else {
        let (x, end) = (number(left), number(to - 7.0 * down));
        (
            format!("M{x} {}V{}", number(from + 6.0 * down), number(to - 12.0 * down)),
            format!("M{x} {end}l-3.5 {0}h7z", number(-6.0 * down)),
        )
    };
    html! {
        g {
            title { (tie.says) }
            path class=(class) d=(way) {}
            path.point d=(point) {}
        }
    }
}

fn node(row: &Row, place: &Placed, left: f64) -> Markup {
    let x = number(left + 11.0);
    let class = |is_name: bool| match (row.sort, is_name) {
        (Sort::Heading, _) => "heading",
        (Sort::Focus, true) => "strong",
        (_, true) => "",
        (_, false) => "detail",
    };
    let lines = |names: bool| {
        html! {
            @for (y, is_name, text) in place.lines.iter().filter(|line| line.1 == names) {
                text class=[Some(class(*is_name)).filter(|class| !class.is_empty())] x=(x) y=(number(*y)) { (text) }
            }
        }
    };
    let named = html! { (mark(row.sort, left, place.mark)) (lines(true)) };
    html! {
        @match &row.href {
            Some(href) => a href=(href) { (named) },
            None => (named),
        }
        (lines(false))
    }
}

fn mark(sort: Sort, x: f64, y: f64) -> Markup {
    match sort {
        Sort::Heading | Sort::More => html! {},
        Sort::Focus => html! { circle.node.focus cx=(number(x)) cy=(number(y)) r="5" {} },
        Sort::Listed => {
            html! { rect.node.listed x=(number(x - 4.0)) y=(number(y - 4.0)) width="8" height="8" {} }
        }
        Sort::Plain => html! { circle.node cx=(number(x)) cy=(number(y)) r="4" {} },
    }
}

fn lane_number(lane: usize) -> f64 {
    f64::from(u32::try_from(lane).unwrap_or(u32::MAX))
}

/// A text in lines, broken between words; a word that is longer than a line is cut.
fn folded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let mut rest: Vec<char> = word.chars().collect();
        while !rest.is_empty() {
            let piece: String = rest.drain(..rest.len().min(LINE)).collect();
            let breadth = breadth(&piece);
            match lines.last_mut().filter(|line| self::breadth(line) + 1 + breadth <= LINE) {
                Some(line) => {
                    line.push(' ');
                    line.push_str(&piece);
                }
                None => lines.push(piece),
            }
        }
    }
    lines
}

/// Breadth of a text in letters; those of Chinese, Japanese and Korean are about twice as broad.
fn breadth(text: &str) -> usize {
    text.chars().map(|letter| if letter >= '\u{1100}' { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(ties: &[(usize, usize)], rows: usize) -> Network {
        let row = |at: usize| Row {
            sort: Sort::Plain,
            name: format!("Node {at} with a name that is so long that it needs a second line"),
            href: None,
            detail: "sends workers to, 2018".to_owned(),
        };
        let tie = |(from, to): &(usize, usize)| Tie { from: *from, to: *to, line: Line::Reported, says: String::new() };
        Network { rows: (0..rows).map(row).collect(), ties: ties.iter().map(tie).collect() }
    }

    #[test]
    fn no_line_of_text_covers_another() {
        let places = network(&[(0, 1)], 30).places();
        let heights: Vec<f64> = places.iter().flat_map(|place| place.lines.iter().map(|line| line.0)).collect();
        assert!(heights.windows(2).all(|pair| pair[1] - pair[0] >= DETAIL), "{heights:?}");
        assert!(places.iter().all(|place| place.lines.iter().all(|line| line.2.chars().count() <= LINE)));
    }

    #[test]
    fn ties_of_one_node_share_a_lane_and_others_do_not() {
        let star = network(&[(0, 3), (1, 3), (2, 3), (3, 4), (3, 5)], 6);
        let lanes = star.lanes();
        assert!(lanes[0] == lanes[1] && lanes[1] == lanes[2] && lanes[3] == lanes[4], "{lanes:?}");
        assert_ne!(lanes[0], lanes[3], "both lanes touch row 3");
        let path = network(&[(0, 1), (1, 2), (3, 2)], 4);
        assert_eq!(path.lanes(), [None, None, None], "a path runs straight");
        let crossing = network(&[(0, 2), (1, 3)], 4);
        assert_ne!(crossing.lanes()[0], crossing.lanes()[1]);
    }

    #[test]
    fn words_are_folded_and_nothing_is_lost() {
        let text = format!("{} end", "a".repeat(100));
        let lines = folded(&text);
        assert_eq!(lines.join("").replace(' ', ""), text.replace(' ', ""));
        assert!(lines.iter().all(|line| line.chars().count() <= LINE));
        assert!(folded("").is_empty());
    }

    #[test]
    fn a_file_is_whole_and_hostile_names_stay_text() {
        let mut network = network(&[(0, 1)], 2);
        network.rows[0].name = "<script>alert(1)</script>".to_owned();
        let file = network.file("A & B");
        assert!(file.starts_with("<svg xmlns=") && !file.contains("<script>"), "{file}");
        assert_eq!(file, network.file("A & B"));
    }
}

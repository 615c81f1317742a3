//! Writes a map.

use std::collections::{BTreeMap, BTreeSet};

use super::clip::Point;
use super::key::Key;
use super::lettering::{LETTERINGS, escape};
use super::mark::{Amount, Mark, Scale};
use super::outlines::place_point;
use super::path::number;
use super::view::{View, WIDTH};

/// A map to be written; see the [module](super) for an example.
#[derive(Clone, Debug)]
pub struct Map {
    /// Begins every id in the drawing; unlike that of any other drawing on the page.
    pub id: String,
    /// What is seen, in one line.
    pub title: String,
    /// What the map says, in words, for those who cannot see it.
    pub description: String,
    /// What is counted, after a number: "workers".
    pub unit: String,
    /// What is shown.
    pub view: View,
    /// Codes of the territories that belong to the case, besides those of the marks.
    pub in_case: BTreeSet<String>,
    /// Names to be written on territories without a mark, by code, where a wide screen leaves room.
    pub names: BTreeMap<String, String>,
    /// The amounts, in any order.
    pub marks: Vec<Mark>,
}

/// A mark that has a place on the map.
pub(super) struct Placed<'a> {
    pub(super) mark: &'a Mark,
    pub(super) amount: Amount,
    pub(super) center: Point,
}

impl Map {
    /// The map as an SVG element in a `div`, for an HTML page. The same map always gives the same text.
    ///
    /// Its text has the classes `on-wide` and `on-narrow`, of which [`STYLE`](super::STYLE) shows one. A mark whose place is
    /// not known or lies outside the view is left out.
    pub fn svg(&self) -> String {
        let marks = self.placed();
        let amounts: Vec<Amount> = marks.iter().map(|one| one.amount).collect();
        let scale = Scale::of(&amounts);
        let key = Key::of(scale, &amounts, &self.unit, self.view.height());
        let labels = LETTERINGS.map(|lettering| (lettering, lettering.place(&marks, scale, key.as_ref(), self.view)));
        let mut out = self.head(&marks) + &self.land();
        for (at, one) in marks.iter().enumerate() {
            let shapes = scale.shapes(one.mark, one.amount, one.center);
            let texts = labels
                .iter()
                .filter_map(|(lettering, places)| Some(lettering.write(one.mark, places.get(at)?.as_ref()?)));
            out += &link(one.mark, &(shapes + &texts.collect::<String>()));
        }
        let [(wide, places), _] = &labels;
        out += &wide.write_names(&self.names, places, &marks, self.view);
        out += &key.map(|key| key.write()).unwrap_or_default();
        out + "</svg></div>\n"
    }

    /// The marks that have a place, the largest first, so that the small ones lie on top.
    fn placed(&self) -> Vec<Placed<'_>> {
        let place = |mark: &Mark| {
            let (latitude, longitude) = mark.position.or_else(|| place_point(&mark.code))?;
            self.view.place(latitude, longitude)
        };
        let with_place = |mark| Some(Placed { mark, amount: Amount::of(mark), center: place(mark)? });
        let mut placed: Vec<Placed<'_>> = self.marks.iter().filter_map(with_place).collect();
        placed.sort_by(|one, other| {
            let sizes = other.amount.size().total_cmp(&one.amount.size());
            sizes.then_with(|| (&one.mark.code, &one.mark.label).cmp(&(&other.mark.code, &other.mark.label)))
        });
        placed
    }

    fn head(&self, marks: &[Placed<'_>]) -> String {
        let id = escape(&self.id);
        // What is inside an image is hidden from screen readers: a drawing with links must be a group.
        let role = if marks.iter().any(|one| !one.mark.href.is_empty()) { "group" } else { "img" };
        format!(
            "<div class=\"map-frame\"><svg class=\"map\" viewBox=\"0 0 {} {}\" role=\"{role}\" aria-labelledby=\"{id}-title {id}-desc\">\n\
             <title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-desc\">{}</desc>\n",
            number(WIDTH),
            number(self.view.height()),
            escape(&self.title),
            escape(&self.description),
        )
    }

    /// Territories of the case as one path each, all others together as one, the neighbours of a country as another.
    fn land(&self) -> String {
        let mut in_case: BTreeSet<&str> = self.in_case.iter().map(String::as_str).collect();
        in_case.extend(self.marks.iter().filter(|mark| mark.position.is_none()).map(|mark| mark.code.as_str()));
        let (mut beyond, mut others, mut case) = (String::new(), String::new(), String::new());
        for (code, drawn) in self.view.land() {
            if in_case.contains(code) {
                case += &land("land in-case", drawn);
            } else if self.view.is_beyond(code) {
                beyond += drawn;
            } else {
                others += drawn;
            }
        }
        land("land beyond", &beyond) + &land("land", &others) + &case
    }
}

fn land(class: &str, drawn: &str) -> String {
    if drawn.is_empty() { String::new() } else { format!("<path class=\"{class}\" d=\"{drawn}\"/>\n") }
}

/// A mark with its title, around which a link stands when the mark leads somewhere.
fn link(mark: &Mark, content: &str) -> String {
    let title = escape(&spoken(mark));
    match mark.href.as_str() {
        "" => format!("<g><title>{title}</title>{content}</g>\n"),
        href => format!("<a href=\"{}\"><title>{title}</title>{content}</a>\n", escape(href)),
    }
}

/// What a screen reader and a pointer at rest say of a mark.
fn spoken(mark: &Mark) -> String {
    let mut words = mark.label.clone();
    if !mark.figure.is_empty() {
        words = format!("{words}: {}", mark.figure);
    }
    for (note, wanted) in [("same origin as another", mark.hollow), ("to verify", mark.dashed)] {
        if wanted {
            words = format!("{words} ({note})");
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(code: &str, best: f64) -> Mark {
        Mark {
            code: code.into(),
            label: format!("Land {code}"),
            figure: format!("{best}"),
            best: Some(best),
            ..Mark::default()
        }
    }

    fn map(view: View, marks: Vec<Mark>) -> Map {
        Map {
            id: "m".into(),
            title: "A title".into(),
            description: "A description".into(),
            unit: "workers".into(),
            view,
            in_case: BTreeSet::new(),
            names: BTreeMap::new(),
            marks,
        }
    }

    #[test]
    fn the_same_map_has_the_same_bytes_whatever_the_order_of_its_marks() {
        let marks = vec![mark("CN", 50.0), mark("RU", 30.0), mark("KW", 30.0), mark("QA", 1.0)];
        let mut turned = marks.clone();
        turned.reverse();
        assert_eq!(map(View::World, marks).svg(), map(View::World, turned).svg());
    }

    #[test]
    fn hostile_text_stays_text() {
        let evil = "</title><script>alert('1')</script>\" onload=\"x\u{0}&";
        let hostile = Mark { label: evil.into(), figure: evil.into(), href: evil.into(), ..mark("CN", 5.0) };
        let svg = Map {
            id: evil.into(),
            title: evil.into(),
            description: evil.into(),
            unit: evil.into(),
            names: [("MN".to_owned(), evil.to_owned())].into(),
            ..map(View::World, vec![hostile])
        };
        let svg = svg.svg();
        assert!(!svg.contains("<script") && !svg.contains("\" onload") && !svg.contains('\u{0}'), "{svg}");
        assert!(svg.contains("&lt;script&gt;alert(&#39;1&#39;)"));
    }

    #[test]
    fn a_map_with_links_is_a_group_and_one_without_an_image() {
        let linked = Mark { href: "places/CN.html".into(), ..mark("CN", 5.0) };
        let svg = map(View::World, vec![linked]).svg();
        assert!(svg.contains("role=\"group\" aria-labelledby=\"m-title m-desc\""));
        assert!(svg.contains("<a href=\"places/CN.html\"><title>Land CN: 5</title>"));
        let svg = map(View::World, vec![mark("CN", 5.0)]).svg();
        assert!(svg.contains("role=\"img\"") && !svg.contains("<a "));
    }

    #[test]
    fn territories_of_the_case_stand_out() {
        let in_case = ["KP".to_owned(), "QQ".to_owned()].into();
        let svg = Map { in_case, ..map(View::World, vec![mark("CN", 5.0)]) }.svg();
        assert_eq!(svg.matches("class=\"land in-case\"").count(), 2);
        assert_eq!(svg.matches("class=\"land\"").count(), 1);
        let svg = map(View::Russia, vec![mark("RU-PRI", 5.0)]).svg();
        assert_eq!(svg.matches("class=\"land in-case\"").count(), 1);
        assert_eq!(svg.matches("class=\"land beyond\"").count(), 1);
    }

    #[test]
    fn marks_without_a_place_are_left_out() {
        let far = Mark { position: Some((39.0, 0.0)), ..mark("", 7.0) };
        let svg = map(View::Russia, vec![mark("QQ", 5.0), far]).svg();
        assert!(!svg.contains("class=\"disc\""));
        let town = Mark { position: Some((43.12, 131.89)), ..mark("", 7.0) };
        assert!(map(View::Russia, vec![town]).svg().contains("class=\"disc\""));
    }

    #[test]
    fn what_remains_to_be_verified_is_said() {
        let doubtful = Mark { dashed: true, hollow: true, ..mark("CN", 5.0) };
        let svg = map(View::World, vec![doubtful]).svg();
        assert!(svg.contains("Land CN: 5 (same origin as another) (to verify)"));
        assert!(svg.contains("class=\"disc hollow dashed\""));
    }

    #[test]
    fn ids_begin_with_the_id_of_the_map() {
        let svg = map(View::World, vec![mark("CN", 5.0)]).svg();
        assert_eq!(svg.matches(" id=\"").count(), svg.matches(" id=\"m-").count());
    }

    #[test]
    fn a_map_is_small_enough_for_a_page() {
        for view in [View::World, View::Russia] {
            let size = map(view, Vec::new()).svg().len();
            assert!((20_000..80_000).contains(&size), "{view:?}: {size} bytes");
        }
    }
}

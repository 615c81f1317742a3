//! Bands over years: one band a host, a partner, a kind of event, all on one axis of time.

use jiff::civil::Date;
use maud::{Markup, html};
use plumb_core::date::Period;
use rust_decimal::Decimal;

use super::mark::{Mark, Shape};
use super::scale::{Scale, Years};
use super::{number, percent};

/// Room above the highest number of a band, in pixels.
pub(super) const HEAD: f64 = 9.0;
/// Room below zero.
pub(super) const FOOT: f64 = 7.0;
/// Of a period longer than this many days the length is drawn.
const LONG: i32 = 430;

/// Bands on one axis of time.
pub struct Chart {
    /// Name for anchors; unlike that of any other chart of the page.
    pub id: String,
    /// What is seen, in a sentence.
    pub title: Markup,
    /// How to read it; may be empty.
    pub note: Markup,
    /// The axis.
    pub years: Years,
    /// A day to draw a line at through all bands, with its words.
    pub line: Option<(Date, String)>,
    /// Whether the bands touch, as the lanes of events do.
    pub close: bool,
    /// Whether bands have scales, whose labels need room at the left, or stand under such bands.
    pub scaled: bool,
    /// The bands from top to bottom.
    pub bands: Vec<Band>,
    /// The table behind it; empty when the page has it anyway.
    pub behind: Markup,
}

/// One band.
pub struct Band {
    /// Its name at the left.
    pub name: Markup,
    /// More words below the name; may be empty.
    pub aside: Markup,
    /// Height of its drawing in pixels.
    pub height: f64,
    /// What is drawn in it; places across are percentages.
    pub body: Markup,
}

impl Chart {
    /// The chart as a figure.
    pub fn markup(&self) -> Markup {
        let drawing = html! {
            ol class={ "rows bands" @if self.close { " close" } @if self.scaled { " scaled" } } {
                (self.axis())
                @for band in &self.bands { (self.band(band)) }
            }
            @if !self.behind.0.is_empty() {
                details.behind { summary { "The figures as a table" } (self.behind) }
            }
        };
        super::frame(Some(&self.id), &self.title, &self.note, &drawing)
    }

    fn axis(&self) -> Markup {
        let (tall, level) = if self.line.is_some() { ("36", "31") } else { ("20", "15") };
        html! {
            li.axis {
                span.axis-words {}
                svg.plot role="img" height=(tall) aria-label=(self.years.words()) {
                    defs {
                        g id={ (self.id) "-grid" } {
                            @for year in self.years.ticks(8) {
                                @let place = percent(self.years.year(year));
                                line.grid x1=(place) x2=(place) y1="0" y2="100%" {}
                            }
                            @if let Some((day, _)) = &self.line {
                                @let place = percent(self.years.place(*day));
                                line.now x1=(place) x2=(place) y1="0" y2="100%" {}
                            }
                        }
                    }
                    @if let Some((day, words)) = &self.line {
                        @let place = self.years.place(*day);
                        text class={ "now" @if place > 50.0 { " end" } } x=(percent(place)) y="13" { (words) }
                    }
                    @for year in self.years.ticks(8) {
                        text.label.middle x=(percent(self.years.year(year))) y=(level) { (year) }
                    }
                }
            }
        }
    }

    fn band(&self, band: &Band) -> Markup {
        html! {
            li {
                span.who { (band.name) @if !band.aside.0.is_empty() { " " span.when { (band.aside) } } }
                svg.plot role="group" height=(number(band.height)) {
                    use href={ "#" (self.id) "-grid" } {}
                    (band.body)
                }
            }
        }
    }
}

/// A figure at a time.
pub struct Timed {
    /// When it holds.
    pub period: Period,
    /// Its mark.
    pub mark: Mark,
    /// Where it leads.
    pub href: String,
    /// What is said of it.
    pub spoken: String,
    /// A few words written beside the mark where there is room for them; empty for none.
    pub remark: String,
}

/// Figures over time on one scale, the height of the band in pixels: lines with their labels at the left, then the marks.
/// `joined` draws thin lines from year to year where they are no more than five years apart.
pub fn figures(years: Years, scale: &Scale, height: f64, marks: &[Timed], joined: bool) -> Markup {
    let inner = height - HEAD - FOOT;
    let level = |share: f64| HEAD + inner * (1.0 - share);
    html! {
        @for (value, label) in sparse(scale.ticks(), inner) {
            @let y = level(scale.share(value));
            line class={ "grid" @if value.is_zero() { " zero" } } x1="0" x2="100%" y1=(number(y)) y2=(number(y)) {}
            text.label.end x="-6" y=(number(y + 4.0)) { (label) }
        }
        @if joined { (lines(years, scale, &level, marks)) }
        svg y=(number(HEAD)) {
            @for one in marks { (timed(years, scale, inner, one)) }
            (remarks(years, scale, inner, marks))
        }
    }
}

/// As many of the ticks as the height has room for, the lowest among them.
fn sparse(ticks: Vec<(Decimal, String)>, inner: f64) -> impl Iterator<Item = (Decimal, String)> {
    /// A label with some air, in pixels.
    const LABEL: f64 = 22.0;
    let room = (inner / LABEL).floor().max(1.0);
    let mut every = 1;
    while f64::from(u16::try_from(ticks.len() / every).unwrap_or(u16::MAX)) > room {
        every += 1;
    }
    ticks.into_iter().step_by(every)
}

fn timed(years: Years, scale: &Scale, inner: f64, one: &Timed) -> Markup {
    if matches!(one.mark.shape, Shape::Nothing(_)) {
        return html! {};
    }
    let (from, to) = ends(&one.period);
    let middle = f64::midpoint(years.place(from), years.place(to));
    let long = is_long(&one.period);
    let value = one.mark.numbers().last();
    html! {
        a href=(one.href) {
            title { (one.spoken) }
            @if let (true, Some(value)) = (long, value) {
                @let y = number(inner * (1.0 - scale.share(value)));
                line.span x1=(percent(years.place(from))) x2=(percent(years.place(to))) y1=(y) y2=(y) {}
            }
            svg x=(percent(middle)) { (one.mark.upright(scale, inner)) }
        }
    }
}

/// The words beside marks, each where it covers neither a mark nor other words on a screen of common breadth; words
/// without such a place are left out, since the mark says them when pointed at. Narrow screens show none.
fn remarks(years: Years, scale: &Scale, inner: f64, marks: &[Timed]) -> Markup {
    let areas = |one: &Timed| [Area::of_mark(years, scale, inner, one), Area::of_span(years, scale, inner, one)];
    let mut taken: Vec<Area> = marks.iter().flat_map(areas).flatten().collect();
    let mut written = Vec::new();
    let remarked = marks.iter().filter(|one| !one.remark.is_empty());
    for (one, own) in remarked.filter_map(|one| Some((one, Area::of_mark(years, scale, inner, one)?))) {
        let free =
            |place: &Area| place.left > 0.0 && place.right < BREADTH && taken.iter().all(|other| !other.meets(place));
        let sides = [(true, 0.0), (false, 0.0), (true, -10.0), (true, 11.0), (false, -10.0), (false, 11.0)];
        let places = sides.map(|(right, lower)| (right, own.beside(right, lower, &one.remark)));
        if let Some((right, place)) = places.into_iter().find(|(_, place)| free(place)) {
            written.push((one, right, place.middle()));
            taken.push(place);
        }
    }
    html! {
        @for (one, right, y) in written {
            svg x=(percent(place(years, &one.period))) {
                @let (class, x) = if right { ("remark halo", "8") } else { ("remark halo end", "-8") };
                text class=(class) x=(x) y=(number(y + 4.0)) { (one.remark) }
            }
        }
    }
}

/// Breadth in pixels of the drawing for which words are placed: that of a window of common size.
const BREADTH: f64 = 650.0;

/// A part of the drawing, in pixels of that breadth.
#[derive(Clone, Copy, Debug)]
struct Area {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Area {
    /// What a mark covers.
    fn of_mark(years: Years, scale: &Scale, inner: f64, one: &Timed) -> Option<Self> {
        let x = place(years, &one.period) / 100.0 * BREADTH;
        let levels: Vec<f64> = one.mark.numbers().map(|value| inner * (1.0 - scale.share(value))).collect();
        let top = levels.iter().copied().reduce(f64::min)?;
        let bottom = levels.iter().copied().reduce(f64::max)?;
        let (above, below) = match one.mark.shape {
            Shape::AtLeast(_) => (15.0, 4.0),
            Shape::AtMost(_) => (4.0, 15.0),
            _ => (4.0, 4.0),
        };
        Some(Self { left: x - 4.0, right: x + 4.0, top: top - above, bottom: bottom + below })
    }

    /// What the line of a long period covers.
    fn of_span(years: Years, scale: &Scale, inner: f64, one: &Timed) -> Option<Self> {
        let value = one.mark.numbers().last().filter(|_| is_long(&one.period))?;
        let (from, to) = ends(&one.period);
        let y = inner * (1.0 - scale.share(value));
        let across = |day| years.place(day) / 100.0 * BREADTH;
        Some(Self { left: across(from), right: across(to), top: y - 1.0, bottom: y + 1.0 })
    }

    /// The place of words beside it, so many pixels lower.
    fn beside(self, right: bool, lower: f64, words: &str) -> Self {
        let letters = u16::try_from(words.chars().count()).unwrap_or(u16::MAX);
        let (breadth, middle) = (f64::from(letters) * 6.6, self.middle());
        let (left, right) = if right {
            (self.right + 3.0, self.right + 3.0 + breadth)
        } else {
            (self.left - 3.0 - breadth, self.left - 3.0)
        };
        Self { left, right, top: middle + lower - 5.0, bottom: middle + lower + 5.0 }
    }

    fn middle(self) -> f64 {
        f64::midpoint(self.top, self.bottom)
    }

    fn meets(self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }
}

/// The first and the last day of a period; an open side is taken at the other.
fn ends(period: &Period) -> (Date, Date) {
    let from = period.earliest().or_else(|| period.latest()).unwrap_or(Date::MIN);
    let to = period.latest().or_else(|| period.earliest()).unwrap_or(Date::MAX);
    (from, to)
}

/// Whether the length of a period is drawn.
fn is_long(period: &Period) -> bool {
    let (from, to) = ends(period);
    period.as_date().is_none() && (to - from).get_days() > LONG
}

/// The place of a period across, in percent: its middle.
pub fn place(years: Years, period: &Period) -> f64 {
    let (from, to) = ends(period);
    f64::midpoint(years.place(from), years.place(to))
}

/// Lines between figures of neighbouring times. Where two sources disagree, the lines part and meet again.
fn lines(years: Years, scale: &Scale, level: &impl Fn(f64) -> f64, marks: &[Timed]) -> Markup {
    let mut points: Vec<(Date, f64, f64)> = (marks.iter())
        .filter_map(|one| {
            let value = one.mark.numbers().last()?;
            Some((ends(&one.period).1, place(years, &one.period), level(scale.share(value))))
        })
        .collect();
    points.sort_by_key(|point| point.0);
    let times: Vec<&[(Date, f64, f64)]> = points.chunk_by(|one, two| one.0 == two.0).collect();
    html! {
        @for pair in times.windows(2) {
            @if let [before, after] = pair {
                @for (one_day, one_x, one_y) in *before {
                    @for (two_day, two_x, two_y) in *after {
                        @if i32::from(two_day.year()) - i32::from(one_day.year()) <= 5 {
                            line.join x1=(percent(*one_x)) x2=(percent(*two_x)) y1=(number(*one_y)) y2=(number(*two_y)) {}
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use plumb_core::measure;

    use super::*;

    fn timed(period: &str, value: i64, remark: &str) -> Timed {
        Timed {
            period: period.parse().unwrap(),
            mark: Mark { shape: Shape::Point(value.into()), hollow: false, dashed: false, light: false, series: "" },
            href: "claims/c1.html".to_owned(),
            spoken: remark.to_owned(),
            remark: remark.to_owned(),
        }
    }

    fn drawn(marks: &[Timed], joined: bool) -> String {
        let scale = Scale::of([100.into()], &"persons".parse().unwrap(), measure::Scale::Linear);
        figures(Years::new(2000, 2020), &scale, 100.0, marks, joined).into_string()
    }

    #[test]
    fn words_that_would_cover_a_mark_or_other_words_are_left_out() {
        let apart = drawn(&[timed("2005", 50, "one"), timed("2015", 50, "two")], false);
        assert_eq!(apart.matches("class=\"remark").count(), 2);
        let crowd: Vec<Timed> = (0..12).map(|step| timed("2010", 40 + step, "words")).collect();
        let written = drawn(&crowd, false).matches("class=\"remark").count();
        assert!((1..6).contains(&written), "{written}");
    }

    #[test]
    fn lines_part_where_sources_disagree_and_stop_at_gaps() {
        let marks = [timed("2001", 10, ""), timed("2002", 20, ""), timed("2002", 30, ""), timed("2015", 20, "")];
        assert_eq!(drawn(&marks, true).matches("class=\"join\"").count(), 2);
        assert_eq!(drawn(&marks, false).matches("class=\"join\"").count(), 0);
    }

    #[test]
    fn every_mark_is_a_link_and_long_periods_have_their_length() {
        let svg = drawn(&[timed("2003/2009", 10, ""), timed("2011", 20, "")], false);
        assert_eq!(svg.matches("<a href=\"claims/c1.html\">").count(), 2);
        assert_eq!(svg.matches("class=\"span\"").count(), 1);
    }
}

//! Duties on a track of time: from the trigger to the deadline, the answers as marks, and the time that has run since.

use jiff::civil::Date;
use maud::{Markup, html};
use plumb_core::date::PartialDate;

use super::scale::Years;
use super::{number, percent};
use crate::words::date_words;

/// Height of a row without answers and of each lane of answers, in pixels.
const HEAD: f64 = 25.0;
const LANE: f64 = 15.0;
/// Breadth of a letter in percent of the narrowest drawing, that of a phone: 6.2 of 330 pixels.
const LETTER: f64 = 1.9;

/// Duties one under the other.
pub struct Chart {
    /// Name for anchors; unlike that of any other chart of the page.
    pub id: String,
    /// What is seen, in a sentence.
    pub title: Markup,
    /// How to read it.
    pub note: Markup,
    /// The axis.
    pub years: Years,
    /// The day that "overdue" is measured against.
    pub as_of: Date,
    /// The duties.
    pub tracks: Vec<Track>,
}

/// One duty.
pub struct Track {
    /// Its name, linked.
    pub who: Markup,
    /// What must be done, in a few words.
    pub what: Markup,
    /// What starts it.
    pub trigger: Option<PartialDate>,
    /// Its last day.
    pub deadline: PartialDate,
    /// Somebody's answer is overdue.
    pub overdue: bool,
    /// The answers.
    pub answers: Vec<Answered>,
    /// How it stands, in words.
    pub value: Markup,
}

/// One answer.
pub struct Answered {
    /// When it was given.
    pub date: PartialDate,
    /// Who answered, in a word or two.
    pub label: String,
    /// It is a report as the duty asks for, not a statement or a press report.
    pub report: bool,
    /// Where it leads.
    pub href: String,
    /// What is said of it.
    pub spoken: String,
}

impl Chart {
    /// The chart as a figure.
    pub fn markup(&self) -> Markup {
        let drawing = html! {
            ol.rows.tracks {
                (self.axis())
                @for track in &self.tracks { (self.track(track)) }
            }
        };
        super::frame(Some(&self.id), &self.title, &self.note, &drawing)
    }

    fn axis(&self) -> Markup {
        let now = self.years.place(self.as_of);
        html! {
            li.axis {
                span.axis-words {}
                svg.plot role="img" height="20" aria-label=(self.years.words()) {
                    defs {
                        g id={ (self.id) "-grid" } {
                            @for year in self.years.ticks(8) {
                                @let place = percent(self.years.year(year));
                                line.grid x1=(place) x2=(place) y1="0" y2="100%" {}
                            }
                            line.now x1=(percent(now)) x2=(percent(now)) y1="0" y2="100%" {}
                        }
                    }
                    @for year in self.years.ticks(8) {
                        text.label.middle x=(percent(self.years.year(year))) y="15" { (year) }
                    }
                }
            }
        }
    }

    fn track(&self, track: &Track) -> Markup {
        let lanes = lanes(self.years, &track.answers);
        let count = lanes.iter().map(|lane| lane + 1).max().unwrap_or(0);
        let height = HEAD + LANE * f64::from(count) + 5.0;
        let deadline = self.years.place(track.deadline.latest());
        let start = track.trigger.map_or(deadline, |trigger| self.years.place(trigger.earliest()));
        let now = self.years.place(self.as_of);
        let right = deadline < 62.0;
        html! {
            li {
                span.who { (track.who) " " span.when { (track.what) } }
                div.drawing {
                svg.plot.back aria-hidden="true" { use href={ "#" (self.id) "-grid" } {} }
                svg.plot role="group" height=(number(height)) {
                    rect.bar x=(percent(start)) y="14" width=(percent((deadline - start).max(0.0))) height="5" {}
                    @if track.overdue && now > deadline {
                        line.overdue x1=(percent(deadline)) x2=(percent(now)) y1="16.5" y2="16.5" {}
                    }
                    line.line x1=(percent(deadline)) x2=(percent(deadline)) y1="3" y2=(number(height - 3.0)) {}
                    svg x=(percent(deadline)) {
                        @let (class, x) = if right { ("halo", "5") } else { ("halo end", "-5") };
                        text class=(class) x=(x) y="11" { (date_words(track.deadline)) }
                    }
                    @for (answer, lane) in track.answers.iter().zip(lanes) { (self.answer(answer, lane)) }
                }
                }
                span.value { (track.value) }
            }
        }
    }

    fn answer(&self, answer: &Answered, lane: u16) -> Markup {
        let (from, to) = (self.years.place(answer.date.earliest()), self.years.place(answer.date.latest()));
        let middle = f64::midpoint(from, to);
        let y = HEAD + LANE * (f64::from(lane) + 0.5);
        let right = is_right(middle, &answer.label);
        html! {
            a href=(answer.href) {
                title { (answer.spoken) }
                @if to - from > 1.0 { line.span x1=(percent(from)) x2=(percent(to)) y1=(number(y)) y2=(number(y)) {} }
                svg x=(percent(middle)) y=(number(y)) {
                    @if answer.report { circle.disc r="4" {} }
                    @else { rect.bar x="-3.5" y="-3.5" width="7" height="7" {} }
                    @let (class, x) = if right { ("halo", "8") } else { ("halo end", "-8") };
                    text class=(class) x=(x) y="4" { (answer.label) }
                }
            }
        }
    }
}

/// Whether the label of an answer stands to the right of its mark.
fn is_right(middle: f64, label: &str) -> bool {
    middle + breadth(label) < 100.0
}

/// Breadth of a label with its mark, in percent of the narrowest drawing.
fn breadth(label: &str) -> f64 {
    let letters = u16::try_from(label.chars().count()).unwrap_or(40).min(40);
    f64::from(letters) * LETTER + 5.0
}

/// A lane for each answer, so that no label covers another even on the narrowest drawing.
fn lanes(years: Years, answers: &[Answered]) -> Vec<u16> {
    let mut taken: Vec<(u16, f64, f64)> = Vec::new();
    for answer in answers {
        let middle = f64::midpoint(years.place(answer.date.earliest()), years.place(answer.date.latest()));
        let width = breadth(&answer.label);
        let (left, right) = if is_right(middle, &answer.label) {
            (middle - 2.0, middle + width)
        } else {
            (middle - width, middle + 2.0)
        };
        let free = |lane: &u16| taken.iter().all(|(other, from, to)| other != lane || right < *from || left > *to);
        let lane = (0..u16::MAX).find(free).unwrap_or_default();
        taken.push((lane, left, right));
    }
    taken.into_iter().map(|(lane, ..)| lane).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_one_day_get_lanes_of_their_own() {
        let answer = |date: &str, label: &str| Answered {
            date: date.parse().unwrap(),
            label: label.to_owned(),
            report: true,
            href: String::new(),
            spoken: String::new(),
        };
        let answers = [answer("2019-03", "Russia"), answer("2019-03", "China"), answer("2025-12", "Viet Nam")];
        assert_eq!(lanes(Years::new(2017, 2026), &answers), [0, 1, 0]);
        assert!(!is_right(99.0, "Viet Nam"));
    }
}

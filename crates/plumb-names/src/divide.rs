//! Dividing a word into syllables in every way that a language allows: a search in depth, bounded.

use crate::syllable::Syllable;

/// How far a search goes.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    /// Longer words are not tried, in characters.
    pub(crate) longest: usize,
    /// Most ways that are kept.
    pub(crate) divisions: usize,
    /// Steps after which the search is given up, so that hostile words cost no more than names.
    pub(crate) steps: u32,
}

/// Tells each syllable that a text may begin with, the likeliest first: where it begins and ends in the text, in bytes, as its own places say.
pub(crate) type Beginnings<'a> = dyn Fn(&str, &mut dyn FnMut(Syllable)) + 'a;

/// Every way to divide a word; places of syllables are bytes in it.
pub(crate) fn divisions(word: &str, limits: Limits, beginnings: &Beginnings<'_>) -> Vec<Vec<Syllable>> {
    let mut search = Search { word, limits, beginnings, found: Vec::new(), path: Vec::new(), steps: 0 };
    if word.chars().count() <= limits.longest {
        search.from(0);
    }
    search.found
}

struct Search<'a> {
    word: &'a str,
    limits: Limits,
    beginnings: &'a Beginnings<'a>,
    found: Vec<Vec<Syllable>>,
    path: Vec<Syllable>,
    steps: u32,
}

impl Search<'_> {
    fn from(&mut self, at: u32) {
        self.steps += 1;
        if self.found.len() >= self.limits.divisions || self.steps > self.limits.steps {
            return;
        }
        let rest = usize::try_from(at).ok().and_then(|at| self.word.get(at..));
        let Some(rest) = rest.filter(|rest| !rest.is_empty()) else {
            if !self.path.is_empty() {
                self.found.push(self.path.clone());
            }
            return;
        };
        (self.beginnings)(rest, &mut |syllable| {
            let placed = syllable.at(at + syllable.start, at + syllable.end);
            self.path.push(placed);
            self.from(placed.end);
            self.path.pop();
        });
    }
}

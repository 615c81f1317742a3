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

/// Every way to divide a word; places of syllables are bytes in it. `beginnings` tells each syllable that a text may begin with, the likeliest
/// first: where it begins and ends in the text, in bytes, as its own places say.
pub(crate) fn divisions(
    word: &str,
    limits: Limits,
    beginnings: impl Fn(&str, &mut dyn FnMut(Syllable)),
) -> Vec<Vec<Syllable>> {
    let dead = [0; DEAD_ENDS];
    let mut search =
        Search { word, limits, beginnings: &beginnings, found: Vec::new(), path: Vec::new(), steps: 0, dead };
    if word.chars().count() <= limits.longest {
        search.from(0);
    }
    search.found
}

/// Places whose dead ends are remembered, in bytes: nearly all words are shorter.
const DEAD_ENDS: usize = 64;

/// The first of [`divisions`]; nothing if there is none.
pub(crate) fn first(word: &str, limits: Limits, beginnings: impl Fn(&str, &mut dyn FnMut(Syllable))) -> Vec<Syllable> {
    divisions(word, Limits { divisions: 1, ..limits }, beginnings).pop().unwrap_or_default()
}

struct Search<'a, B> {
    word: &'a str,
    limits: Limits,
    beginnings: &'a B,
    found: Vec<Vec<Syllable>>,
    path: Vec<Syllable>,
    steps: u32,
    /// Of each place from which no way leads to the end how many steps it took to learn so; 0 while nothing is known. Most words are of no
    /// such language, and come to the same dead ends again and again. Their steps count as if they were taken.
    dead: [u32; DEAD_ENDS],
}

impl<B: Fn(&str, &mut dyn FnMut(Syllable))> Search<'_, B> {
    fn from(&mut self, at: u32) {
        let Some((place, rest)) = usize::try_from(at).ok().and_then(|at| Some((at, self.word.get(at..)?))) else {
            return;
        };
        self.steps += 1;
        if self.is_over() {
            return;
        }
        if rest.is_empty() {
            if !self.path.is_empty() {
                self.found.push(self.path.clone());
            }
            return;
        }
        let (before, found) = (self.steps - 1, self.found.len());
        (self.beginnings)(rest, &mut |syllable| {
            let placed = syllable.at(at + syllable.start, at + syllable.end);
            let known = usize::try_from(placed.end).ok().and_then(|end| self.dead.get(end).copied()).unwrap_or(0);
            if known > 0 {
                self.steps += known;
            } else {
                self.path.push(placed);
                self.from(placed.end);
                self.path.pop();
            }
        });
        if self.found.len() == found && !self.is_over() {
            self.dead.get_mut(place).into_iter().for_each(|dead| *dead = self.steps - before);
        }
    }

    fn is_over(&self) -> bool {
        self.found.len() >= self.limits.divisions || self.steps > self.limits.steps
    }
}

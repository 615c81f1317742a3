//! Dividing a word into syllables in every way that a language allows: a search in depth, bounded.

use crate::syllable::Syllable;
use crate::trie::LONGEST_MARKED;

/// How far a search goes.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    /// Longer words are not tried, in characters.
    pub(crate) longest: usize,
    /// Most ways that are kept.
    pub(crate) divisions: usize,
    /// Steps after which the search is given up, so that hostile words cost no more than names; dead ends are not among them.
    pub(crate) steps: u32,
}

/// Takes a syllable, and tells whether more are wanted.
pub(crate) type Take<'a> = dyn FnMut(Syllable) -> bool + 'a;

/// Every way to divide a word; places of syllables are bytes in it. `ends` tells where the syllables end that begin at a place, a bit for each;
/// `beginnings` tells each syllable that a text may begin with, the likeliest first, as long as more are wanted: where it begins and ends in the
/// text, in bytes, as its own places say.
pub(crate) fn divisions(
    word: &str,
    limits: Limits,
    ends: impl Fn(u32) -> u64,
    beginnings: impl Fn(&str, &mut Take<'_>),
) -> Vec<Vec<Syllable>> {
    let open = open_places(word, ends);
    let mut search =
        Search { word, limits, open, beginnings: &beginnings, found: Vec::new(), path: Vec::new(), steps: 0 };
    if open & 1 == 1 && word.chars().count() <= limits.longest {
        search.from(0);
    }
    search.found
}

/// The first of [`divisions`]; nothing if there is none.
pub(crate) fn first(
    word: &str,
    limits: Limits,
    ends: impl Fn(u32) -> u64,
    beginnings: impl Fn(&str, &mut Take<'_>),
) -> Vec<Syllable> {
    let open = open_places(word, ends);
    let mut path: Vec<Syllable> = Vec::new();
    if open & 1 == 0 || word.chars().count() > limits.longest {
        return path;
    }
    loop {
        let at = path.last().map_or(0, |last| last.end);
        let rest = usize::try_from(at).ok().and_then(|at| word.get(at..)).unwrap_or_default();
        let before = path.len();
        beginnings(rest, &mut |syllable| {
            let placed = syllable.at(at + syllable.start, at + syllable.end);
            path.extend((open >> placed.end & 1 == 1).then_some(placed));
            path.len() == before
        });
        if path.len() == before {
            return path;
        }
    }
}

/// The places of a word to which a way leads from its beginning and from which one leads to its end, a bit for each. Most words are of no such
/// language: it takes a fraction of the search to learn so.
fn open_places(word: &str, ends: impl Fn(u32) -> u64) -> u64 {
    let Some(last) = u32::try_from(word.len()).ok().filter(|last| *last <= LONGEST_MARKED) else { return 0 };
    let (mut reached, mut ends_from) = (1u64, [0; LONGEST_MARKED as usize]);
    for (at, ends_here) in (0..last).zip(&mut ends_from) {
        match reached >> at {
            0 => return 0,
            ahead if ahead & 1 == 1 => *ends_here = ends(at),
            _ => {}
        }
        reached |= *ends_here;
    }
    let mut open = reached & 1 << last;
    if open != 0 {
        for (at, ends) in (0..last).rev().zip(ends_from.iter().take(word.len()).rev()) {
            open |= u64::from(ends & open != 0) << at;
        }
    }
    open
}

struct Search<'a, B> {
    word: &'a str,
    limits: Limits,
    open: u64,
    beginnings: &'a B,
    found: Vec<Vec<Syllable>>,
    path: Vec<Syllable>,
    steps: u32,
}

impl<B: Fn(&str, &mut Take<'_>)> Search<'_, B> {
    fn from(&mut self, at: u32) {
        let Some(rest) = usize::try_from(at).ok().and_then(|at| self.word.get(at..)) else { return };
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
        (self.beginnings)(rest, &mut |syllable| {
            let end = at + syllable.end;
            if self.open >> end & 1 == 1 {
                self.path.push(syllable.at(at + syllable.start, end));
                self.from(end);
                self.path.pop();
            }
            !self.is_over()
        });
    }

    fn is_over(&self) -> bool {
        self.found.len() >= self.limits.divisions || self.steps > self.limits.steps
    }
}

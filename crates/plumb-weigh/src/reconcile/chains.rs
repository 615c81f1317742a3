//! Chains of draws: walks that look round, and then draw.

use std::panic::resume_unwind;

use crate::draws::Stream;

use super::field::{Field, State};
use super::guide::Guide;
use super::leap::{Leap, Sight};
use super::picture::Picture;
use super::precision::suffice;
use super::settings::Settings;
use super::swing::Swing;
use super::walk::{Walk, Walker};

/// Chains from different starts, one for each core of a small laptop; halves of each are compared too.
pub(super) const CHAINS: usize = 2;
/// Before the draws that count, walks look round so many times, for so many rounds: they forget their start, find the length of their steps,
/// and see enough to make a better picture and better leaps. The first picture is from one place, the second is fair. The first leaps
/// lead to sides that were hardly seen, from which the next are made; with three looks, in the real case, one seed of eight misses a side.
const LOOKS: usize = 4;
const LOOK: usize = 150;
/// How often an origin is tried to turn in a round of looking for each claim after its first. With two, in the real case, it turned in one
/// try of 200, so several times before the draws.
const LOOKING_TRIES: f64 = 0.5;
/// While drawing, leaps lead across, and origins are tried to turn only so often as much.
const DRAWING: f64 = 0.2;
/// One that changes sides too seldom by itself is tried as often besides: where the picture is true it then forgets its side in four rounds.
const STAYING: f64 = 0.25;
/// Rounds between states that make a picture, so that each is another view.
const LOOK_EVERY: usize = 20;
/// Rounds for a draw. What is computed from each draw takes half as long as a round, and every other draw is worth nearly as much as all.
const ROUNDS: usize = 2;
/// While drawing, too, walks learn to leap: after each of so many stretches, from all that was seen so far. What they know then hardly
/// hangs on where they are just now, so that their draws stay fair (Roberts and Rosenthal 2007: adaptation that diminishes).
const STRETCHES: usize = 6;
/// A model is small while all draws of a chain take less of this, by [`Field::effort`]: the second that a reader waits for, of which a model
/// of five unknowns can make 100,000 draws.
const EFFORT: usize = 3_000_000;
/// No model draws more than so many times what was asked for: chains that still differ do not lack draws.
const MOST_TIMES: usize = 32;
/// Leaps that are taken in a smaller part of tries are not worth their price.
const LEAST_TAKEN: f64 = 0.01;

/// Draws of all chains, one chain after the other.
#[derive(Clone, Default)]
pub(super) struct Draws {
    /// For each node its places.
    pub(super) columns: Vec<Vec<f64>>,
    /// For each draw, P(right) of each origin given the draw.
    pub(super) right: Vec<Vec<f64>>,
    /// Swings and turns, tried and accepted.
    pub(super) swings: (f64, f64),
    pub(super) turns: (f64, f64),
}

/// What walks have learnt, and all that they have seen to learn from.
struct Lesson<'f, 'a> {
    field: &'f Field<'a>,
    picture: Picture,
    leaps: Vec<Leap>,
    /// Which origins change sides too seldom.
    stays: Vec<bool>,
    sights: Vec<Vec<Sight>>,
}

/// What a walk brings home.
struct View {
    walker: Walker,
    sights: Vec<Sight>,
    /// How often leaps were tried, and how often each was taken.
    leapt: f64,
    taken: Vec<f64>,
}

impl Lesson<'_, '_> {
    /// Goes on with what is known; origins turn by themselves so much as often as while looking round.
    fn walk(&self, walker: Walker, part: f64) -> Walk<'_, '_> {
        let staying = |origin| if self.stays.get(origin) == Some(&true) { STAYING } else { 0.0 };
        Walk::new(
            self.field,
            (&self.picture, &self.leaps),
            |origin| part * tries(self.field, origin) + staying(origin),
            walker,
        )
    }

    /// Learns to leap from what was seen; the walkers go on.
    fn learn(&mut self, views: Vec<View>) -> Vec<Walker> {
        let origins = self.stays.len();
        let (mut leapt, mut taken) = (0.0, vec![0.0; self.leaps.len()]);
        let mut walkers = Vec::new();
        for view in views {
            taken.iter_mut().zip(view.taken).for_each(|(all, own)| *all += own);
            leapt += view.leapt;
            self.sights.push(view.sights);
            walkers.push(view.walker);
        }
        let before: Vec<(usize, bool)> =
            self.leaps.iter().zip(taken).map(|(leap, taken)| (leap.origin, taken >= LEAST_TAKEN * leapt)).collect();
        (self.leaps, self.stays) = Leap::seen(&self.sights, origins, &before);
        walkers
    }
}

/// Draws as many as the settings ask for, or one more; where a model is small, twice as many again and again until they suffice.
pub(super) fn draw(field: &Field<'_>, guide: &Guide, settings: &Settings, seed: u64) -> Draws {
    let mut walkers = begin(field, guide, seed);
    let stays = vec![true; field.cluster.origins.len()];
    let mut lesson = Lesson { field, picture: guide.picture(field), leaps: Vec::new(), stays, sights: Vec::new() };
    for _ in 0..LOOKS {
        let views = side_by_side(walkers, |walker| looked_round(lesson.walk(walker, 1.0)));
        let (views, states): (Vec<View>, Vec<Vec<State>>) = views.into_iter().unzip();
        walkers = lesson.learn(views);
        lesson.picture = Picture::new(field, &states.concat());
    }
    let mut chains: Vec<Draws> = walkers.iter().map(|_| Draws::default()).collect();
    let asked = settings.draws.div_ceil(CHAINS);
    let most = (EFFORT / field.effort().max(1)).min(MOST_TIMES.saturating_mul(asked));
    let mut each = 0;
    for stretch in 0.. {
        let next = if each < asked { (asked - each).div_ceil(STRETCHES - stretch) } else { each };
        let views = side_by_side(walkers, |walker| drawn(lesson.walk(walker, DRAWING), next));
        let (views, draws): (Vec<View>, Vec<Draws>) = views.into_iter().unzip();
        chains.iter_mut().zip(draws).for_each(|(chain, draws)| chain.append(draws));
        each += next;
        if each >= asked && (next == 0 || 2 * each > most || suffice(field.cluster, &Draws::of(chains.iter().cloned())))
        {
            break;
        }
        walkers = lesson.learn(views);
    }
    Draws::of(chains)
}

/// Walkers at their starts.
fn begin(field: &Field<'_>, guide: &Guide, seed: u64) -> Vec<Walker> {
    let name = field.cluster.nodes.first().map_or("", |node| node.id.as_str());
    let begin = |number: usize| {
        let mut stream = Stream::new(seed, &format!("chain {number} of {name}"));
        let state = guide.start(field, &mut stream);
        Walker { state, stream, swing: Swing::new(field.free()) }
    };
    (0..CHAINS).map(begin).collect()
}

/// How often an origin is tried to turn in a round of looking for its claims.
fn tries(field: &Field<'_>, origin: usize) -> f64 {
    field.rows_of(origin).iter().skip(1).map(|_| LOOKING_TRIES).sum()
}

/// What a walk sees in every round, and states now and then.
fn looked_round(mut walk: Walk<'_, '_>) -> (View, Vec<State>) {
    let (mut states, mut sights) = (Vec::new(), Vec::with_capacity(LOOK));
    for round in 1..=LOOK {
        walk.leap();
        walk.advance(true);
        sights.push(walk.sight());
        if round % LOOK_EVERY == 0 {
            states.push(walk.stand.state.clone());
        }
    }
    (View::of(walk, sights), states)
}

/// The draws of a walk, and what it sees in every round.
fn drawn(mut walk: Walk<'_, '_>, each: usize) -> (View, Draws) {
    let (mut draws, mut sights) = (Draws::default(), Vec::with_capacity(each * ROUNDS));
    for _ in 0..each {
        // a leap before every other round gives as many effective draws as one before each
        walk.leap();
        for _ in 0..ROUNDS {
            walk.advance(false);
            sights.push(walk.sight());
        }
        let places = walk.places();
        draws.columns.resize_with(places.len(), || Vec::with_capacity(each));
        draws.columns.iter_mut().zip(places).for_each(|(column, place)| column.push(place));
        draws.right.push(walk.stand.state.right.clone());
    }
    (draws.swings, draws.turns) = (walk.swings, walk.turns());
    (View::of(walk, sights), draws)
}

impl View {
    fn of(walk: Walk<'_, '_>, sights: Vec<Sight>) -> Self {
        Self { sights, taken: walk.taken.clone(), leapt: walk.leapt, walker: walk.walker() }
    }
}

impl Draws {
    fn of(chains: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::default();
        for chain in chains {
            all.append(chain);
        }
        all
    }

    /// P(right) of an origin in each draw.
    pub(super) fn right_of(&self, origin: usize) -> Vec<f64> {
        self.right.iter().filter_map(|right| right.get(origin).copied()).collect()
    }

    fn append(&mut self, other: Self) {
        self.columns.resize_with(other.columns.len(), Vec::new);
        self.columns.iter_mut().zip(other.columns).for_each(|(column, own)| column.extend(own));
        self.right.extend(other.right);
        self.swings = (self.swings.0 + other.swings.0, self.swings.1 + other.swings.1);
        self.turns = (self.turns.0 + other.turns.0, self.turns.1 + other.turns.1);
    }
}

/// What is done to each, a thread for each.
fn side_by_side<T: Send, R: Send>(each: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    std::thread::scope(|scope| {
        let work = &work;
        let running: Vec<_> = each.into_iter().map(|one| scope.spawn(move || work(one))).collect();
        running.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
}

//! Chains of draws: walks that look round, and then draw.

use std::panic::resume_unwind;

use crate::draws::Stream;

use super::field::{Field, State};
use super::guide::Guide;
use super::leap::{Leap, Sight, stay};
use super::picture::Picture;
use super::settings::Settings;
use super::swing::Swing;
use super::walk::{Walk, Walker};

/// Chains from different starts, one for each core of a small laptop; halves of each are compared too.
pub(super) const CHAINS: usize = 2;
/// Before the draws that count, walks look round so many times, for so many rounds: they forget their start, find the length of their steps,
/// and see enough to make a better picture and better leaps. The first picture is from one place, the second is fair. The first leaps
/// lead to sides that were hardly seen, from which the next are made; the real case needs four looks to know sides with a twentieth of
/// the probability.
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

/// Draws of all chains, one chain after the other.
#[derive(Default)]
pub(super) struct Draws {
    /// For each node its places.
    pub(super) columns: Vec<Vec<f64>>,
    /// For each draw, P(right) of each origin given the draw.
    pub(super) right: Vec<Vec<f64>>,
    /// Swings and turns, tried and accepted.
    pub(super) swings: (f64, f64),
    pub(super) turns: (f64, f64),
}

/// Draws as many as the settings ask for, or one more.
pub(super) fn draw(field: &Field<'_>, guide: &Guide, settings: &Settings, seed: u64) -> Draws {
    let mut walkers = begin(field, guide, seed);
    let mut picture = guide.picture(field);
    let mut leaps: Vec<Leap> = Vec::new();
    let mut sights: Vec<Vec<Sight>> = Vec::new();
    let mut stays = vec![true; field.cluster.origins.len()];
    for _ in 0..LOOKS {
        let walk = |walker| {
            Walk::new(field, (&picture, &leaps), |origin| tries(field, origin) + staying(&stays, origin), walker)
        };
        let mut states = Vec::new();
        let views = side_by_side(walkers, |walker| looked_round(walk(walker)));
        walkers = Vec::new();
        for (walker, passed, seen) in views {
            walkers.push(walker);
            states.extend(passed);
            sights.push(seen);
        }
        picture = Picture::new(field, &mut states);
        leaps = Leap::seen(&sights, stays.len());
        stays = stay(&sights, stays.len());
    }
    let walk = |walker| {
        Walk::new(field, (&picture, &leaps), |origin| DRAWING * tries(field, origin) + staying(&stays, origin), walker)
    };
    let each = settings.draws.div_ceil(CHAINS);
    joined(side_by_side(walkers, |walker| drawn(walk(walker), each)))
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

/// How often it is tried besides.
fn staying(stays: &[bool], origin: usize) -> f64 {
    if stays.get(origin) == Some(&true) { STAYING } else { 0.0 }
}

/// Where a walk comes to, and what it passes: states now and then, and the sight of every round.
fn looked_round(mut walk: Walk<'_, '_>) -> (Walker, Vec<State>, Vec<Sight>) {
    let (mut states, mut sights) = (Vec::new(), Vec::with_capacity(LOOK));
    for round in 1..=LOOK {
        walk.advance(true);
        sights.push((walk.stand.state.place.clone(), walk.stand.state.right.clone()));
        if round % LOOK_EVERY == 0 {
            states.push(walk.stand.state.clone());
        }
    }
    (walk.walker(), states, sights)
}

/// The draws of a walk.
fn drawn(mut walk: Walk<'_, '_>, each: usize) -> Draws {
    let mut draws = Draws { right: Vec::with_capacity(each), ..Draws::default() };
    for _ in 0..each {
        (0..ROUNDS).for_each(|_| walk.advance(false));
        let places = walk.places();
        draws.columns.resize_with(places.len(), || Vec::with_capacity(each));
        draws.columns.iter_mut().zip(places).for_each(|(column, place)| column.push(place));
        draws.right.push(walk.stand.state.right.clone());
    }
    (draws.swings, draws.turns) = (walk.swings, walk.turns());
    draws
}

/// The draws of all chains as one.
fn joined(chains: Vec<Draws>) -> Draws {
    let mut all = Draws::default();
    for chain in chains {
        all.columns.resize_with(chain.columns.len(), Vec::new);
        all.columns.iter_mut().zip(chain.columns).for_each(|(column, own)| column.extend(own));
        all.right.extend(chain.right);
        all.swings = (all.swings.0 + chain.swings.0, all.swings.1 + chain.swings.1);
        all.turns = (all.turns.0 + chain.turns.0, all.turns.1 + chain.turns.1);
    }
    all
}

/// What is done to each, a thread for each.
fn side_by_side<T: Send, R: Send>(each: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    std::thread::scope(|scope| {
        let work = &work;
        let running: Vec<_> = each.into_iter().map(|one| scope.spawn(move || work(one))).collect();
        running.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
}

/// What is found of each, in their order; a part of them in each thread.
pub(super) fn in_parts<T: Send, R: Send>(mut each: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let second = each.split_off(each.len() / 2);
    side_by_side(vec![each, second], |part| part.into_iter().map(&work).collect::<Vec<R>>())
        .into_iter()
        .flatten()
        .collect()
}

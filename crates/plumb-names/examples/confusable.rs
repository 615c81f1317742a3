//! How often names of one person agree, and names of two persons do: `confusable [SHOW] < names`, a line `id TAB name` each.

#![expect(clippy::print_stdout, reason = "a program for the terminal")]

use std::io::BufRead;

use plumb_names::{Kind, Name, Outcome, Scratch, Uniform, analyse, compare};

fn main() {
    let show: usize = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(0);
    let lines: Vec<String> = std::io::stdin().lock().lines().map_while(Result::ok).collect();
    let names: Vec<(&str, &str, Name)> = lines
        .iter()
        .filter_map(|line| line.split_once('\t'))
        .map(|(id, name)| (id, name, analyse(name, Kind::Person)))
        .collect();
    let mut scratch = Scratch::default();
    // Pairs and agreeing pairs: of one person, of two.
    let mut counts = [[0u32; 2]; 2];
    let mut shown = 0;
    for (place, (id, text, name)) in names.iter().enumerate() {
        for (other_id, other_text, other) in names.iter().skip(place + 1) {
            let outcome = compare(name, other, &Uniform, &mut scratch).outcome;
            let agrees = matches!(outcome, Outcome::SameOrder | Outcome::OtherOrder);
            if let Some([pairs, agreeing]) = counts.get_mut(usize::from(id != other_id)) {
                *pairs += 1;
                *agreeing += u32::from(agrees);
            }
            if agrees != (id == other_id) && shown < show {
                shown += 1;
                println!("{} {text} / {other_text}: {outcome:?}", if agrees { "two agree:" } else { "one differs:" });
            }
        }
    }
    for ([pairs, agreeing], what) in counts.iter().zip(["of one person", "of two persons"]) {
        println!("{agreeing} of {pairs} pairs {what} agree ({:.5})", f64::from(*agreeing) / f64::from((*pairs).max(1)));
    }
}

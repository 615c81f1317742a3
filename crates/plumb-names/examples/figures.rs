//! Prints how often forms of one name agree, and of two names do not, by script against Latin.
//!
//!     zstd -dc person_names_dev80.txt.zst | figures [MISSES]
//!
//! The input holds groups of variants of one name part, one a line: `form, form => id`. Groups whose id is 7 modulo 40 are measured; no table of
//! this crate was made from any group. A name is two parts, as persons have, taken from neighbouring groups; a negative exchanges one of them.

#![expect(clippy::print_stdout, reason = "a program for the terminal")]

use std::io::BufRead;

use plumb_names::{Kind, Outcome, Scratch, Script, Uniform, analyse, compare, keys};

struct Group {
    latin: Vec<String>,
    others: Vec<(Script, String)>,
}

fn group(line: &str) -> Option<Group> {
    let (forms, id) = line.split_once(" => ")?;
    let number: u64 = id.trim().trim_start_matches('Q').parse().ok()?;
    if number % 40 != 7 {
        return None;
    }
    let mut group = Group { latin: Vec::new(), others: Vec::new() };
    for form in forms.split(',').map(str::trim) {
        let name = analyse(form, Kind::Person);
        let Some(script) = name.parts.first().map(|part| part.script) else { continue };
        if script == Script::Latin && form.is_ascii() {
            group.latin.push(form.to_owned());
        } else if name.parts.iter().all(|part| part.script == script) {
            group.others.push((script, form.to_owned()));
        }
    }
    (!group.latin.is_empty()).then_some(group)
}

fn agrees(left: &str, right: &str, scratch: &mut Scratch) -> bool {
    let comparison = compare(&analyse(left, Kind::Person), &analyse(right, Kind::Person), &Uniform, scratch);
    matches!(comparison.outcome, Outcome::SameOrder | Outcome::OtherOrder)
}

fn share_a_key(left: &str, right: &str) -> bool {
    let (left, right) = (keys(&analyse(left, Kind::Person)), keys(&analyse(right, Kind::Person)));
    left.iter().any(|key| right.binary_search(key).is_ok())
}

fn main() {
    let groups: Vec<Group> =
        std::io::stdin().lock().lines().map_while(Result::ok).filter_map(|line| group(&line)).collect();
    let misses: usize = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(0);
    let mut scratch = Scratch::default();
    println!(
        "{} groups\n{:<10} {:>7} {:>9} {:>9} {:>9} {:>9}",
        groups.len(),
        "script",
        "names",
        "recall",
        "one part",
        "precision",
        "keyed"
    );
    for script in Script::ALL.into_iter().filter(|script| !matches!(script, Script::Digit | Script::Other)) {
        let pairs: Vec<(&str, &str)> = groups
            .iter()
            .filter_map(|group| {
                let other = group.others.iter().find(|(found, _)| *found == script).map(|(_, form)| form.as_str());
                let other = if script == Script::Latin { group.latin.get(1).map(String::as_str) } else { other };
                Some((group.latin.first()?.as_str(), other?))
            })
            .collect();
        let mut keyed = 0u32;
        let (mut names, mut found, mut parts, mut wrong, mut shown) = (0u32, 0u32, 0u32, 0u32, 0usize);
        for window in pairs.windows(3).step_by(2) {
            let [(first, first_form), (second, second_form), (_, other_form)] = window else { continue };
            names += 1;
            if agrees(&format!("{first} {second}"), &format!("{first_form} {second_form}"), &mut scratch) {
                found += 1;
                keyed += u32::from(share_a_key(&format!("{first} {second}"), &format!("{first_form} {second_form}")));
            }
            if agrees(first, first_form, &mut scratch) {
                parts += 1;
            } else if shown < misses {
                shown += 1;
                println!("    missed: {first} / {first_form}");
            }
            if agrees(&format!("{first} {second}"), &format!("{first_form} {other_form}"), &mut scratch) {
                wrong += 1;
                if shown < misses * 2 {
                    shown += 1;
                    println!("    wrong: {first} {second} / {first_form} {other_form}");
                }
            }
        }
        let share = |part: u32, whole: u32| f64::from(part) / f64::from(whole.max(1));
        println!(
            "{:<10} {names:>7} {:>9.3} {:>9.3} {:>9.3} {:>9.3}",
            format!("{script:?}"),
            share(found, names),
            share(parts, names),
            share(found, found + wrong),
            share(keyed, found)
        );
    }
}

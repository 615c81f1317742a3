//! Builds `data/variants.bin` from groups of forms of one name part, one a line: `form, form => Qid`.
//!
//!     zstd -dc person_names_dev80.txt.zst | variants OUTPUT [LEFT_OUT]
//!
//! With `LEFT_OUT` the groups whose id is that modulo 40 are left out, so that `figures` can measure on them. Forms that the
//! rules join to every Latin form of their group are left out: the table holds only what rules do not reach.

#![expect(clippy::print_stdout, reason = "a program for the terminal")]

use std::io::BufRead;

use plumb_names::{Kind, Level, Name, Part, Role, Scratch, Script, Uniform, analyse, compare};

fn main() -> std::io::Result<()> {
    let output = std::env::args().nth(1).unwrap_or_else(|| "variants.bin".into());
    let left_out: Option<u64> = std::env::args().nth(2).and_then(|number| number.parse().ok());
    let mut entries: Vec<(u32, u32)> = Vec::new();
    let mut group = 0;
    let mut scratch = Scratch::default();
    for line in std::io::stdin().lock().lines() {
        let hashes = hashes(&line?, left_out, &mut scratch);
        if hashes.len() > 1 {
            entries.extend(hashes.iter().map(|hash| (*hash, group)));
            group += 1;
        }
    }
    entries.sort_unstable();
    entries.dedup();
    let bytes = table(&entries);
    println!("{group} groups, {} entries, {} bytes", entries.len(), bytes.len());
    std::fs::write(output, bytes)
}

/// The forms of one group that the table must hold: one Latin form for each key, and what does not agree with all of them by rule.
fn hashes(line: &str, left_out: Option<u64>, scratch: &mut Scratch) -> Vec<u32> {
    let Some((forms, id)) = line.split_once(" => ") else { return Vec::new() };
    if left_out.is_some() && id.trim().trim_start_matches('Q').parse().ok().map(|id: u64| id % 40) == left_out {
        return Vec::new();
    }
    let names: Vec<Name> =
        forms.split(',').map(|form| analyse(form, Kind::Person)).filter(|name| only_part(name).is_some()).collect();
    let script = |name: &Name| only_part(name).map(|part| part.script);
    let latin: Vec<&Name> = names.iter().filter(|name| script(name) == Some(Script::Latin)).collect();
    let mut joined = |name: &Name, others: &[&Name]| {
        let agrees = |other: &&Name| {
            compare(name, other, &Uniform, scratch).pieces.iter().all(|piece| piece.level <= Level::Spelling)
        };
        others.iter().all(agrees)
    };
    let first: Vec<&Name> = latin.iter().copied().take(1).collect();
    let others = names.iter().filter(|name| script(name) != Some(Script::Latin) && !joined(name, &latin)).count();
    let kept: Vec<&Name> = names
        .iter()
        .filter(|name| match script(name) {
            Some(Script::Latin) => others > 0 || !joined(name, &latin),
            Some(Script::Other) | None => false,
            _ => !joined(name, &latin),
        })
        .collect();
    // A group of other Latin forms needs the first as well.
    let mut hashes: Vec<u32> =
        kept.iter().chain(&first).filter_map(|name| only_part(name)).map(Part::variant_hash).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// The only part of a name, but for an article: العلوي is looked up as علوي.
fn only_part(name: &Name) -> Option<&Part> {
    let mut parts = name.parts.iter().filter(|part| part.role != Role::Relation);
    parts.next().filter(|_| parts.next().is_none())
}

fn table(entries: &[(u32, u32)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for upper in 0..=0x1_0000u64 {
        let before = entries.partition_point(|(hash, _)| u64::from(*hash) >> 16 < upper);
        bytes.extend_from_slice(&u32::try_from(before).unwrap_or(u32::MAX).to_le_bytes());
    }
    for (hash, group) in entries {
        bytes.extend(hash.to_le_bytes().into_iter().take(2).chain(group.to_le_bytes().into_iter().take(3)));
    }
    bytes
}

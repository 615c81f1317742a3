//! Builds `data/variants.bin` and `data/usual_names.bin` from groups of forms of one name part, one a line: `form, form => Qid`.
//!
//!     zstd -dc person_names_dev80.txt.zst | variants DIRECTORY [LEFT_OUT]
//!
//! With `LEFT_OUT` the groups whose id is that modulo 40 are left out, so that `figures` can measure on them. Of variants, forms that
//! the rules join to every Latin form of their group are left out: the table holds only what rules do not reach. Usual are names that
//! several groups hold, or one with forms in several other scripts: in others also stand misspellings.

#![expect(clippy::print_stdout, reason = "a program for the terminal")]

use std::collections::BTreeMap;
use std::io::BufRead;
use std::path::PathBuf;

use plumb_names::{Kind, Level, Name, Part, Role, Scratch, Script, Uniform, analyse, compare};

fn main() -> std::io::Result<()> {
    let output = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".into()));
    let left_out: Option<u64> = std::env::args().nth(2).and_then(|number| number.parse().ok());
    let mut entries: Vec<(u32, u32)> = Vec::new();
    let mut votes: BTreeMap<u32, usize> = BTreeMap::new();
    let mut group = 0;
    let mut scratch = Scratch::default();
    for line in std::io::stdin().lock().lines() {
        let names = forms(&line?, left_out);
        count_votes(&names, &mut votes);
        let hashes = hashes(&names, &mut scratch);
        if hashes.len() > 1 {
            entries.extend(hashes.iter().map(|hash| (*hash, group)));
            group += 1;
        }
    }
    entries.sort_unstable();
    entries.dedup();
    let bytes = table(&entries);
    println!("{group} groups, {} entries, {} bytes", entries.len(), bytes.len());
    std::fs::write(output.join("variants.bin"), bytes)?;
    let usual: Vec<u8> =
        votes.iter().filter(|(_, votes)| **votes >= 2).flat_map(|(hash, _)| hash.to_le_bytes()).collect();
    println!("{} usual names", usual.len() / 4);
    std::fs::write(output.join("usual_names.bin"), usual)
}

/// Adds what one group says for its Latin forms: a vote for the group, and another if it has forms in two other scripts or more, as few
/// misspellings have.
fn count_votes(names: &[Name], votes: &mut BTreeMap<u32, usize>) {
    let parts = || names.iter().filter_map(only_part);
    let others = parts().filter(|part| part.script != Script::Latin).count();
    let mut latin: Vec<u32> = parts().filter(|part| part.script == Script::Latin).map(Part::variant_hash).collect();
    latin.sort_unstable();
    latin.dedup();
    for hash in latin {
        *votes.entry(hash).or_default() += 1 + usize::from(others >= 2);
    }
}

/// The forms of a group that are one part; none of a group that is left out.
fn forms(line: &str, left_out: Option<u64>) -> Vec<Name> {
    let Some((forms, id)) = line.split_once(" => ") else { return Vec::new() };
    if left_out.is_some() && id.trim().trim_start_matches('Q').parse().ok().map(|id: u64| id % 40) == left_out {
        return Vec::new();
    }
    forms.split(',').map(|form| analyse(form, Kind::Person)).filter(|name| only_part(name).is_some()).collect()
}

/// The forms of one group that the table must hold: one Latin form for each key, and what does not agree with all of them by rule.
fn hashes(names: &[Name], scratch: &mut Scratch) -> Vec<u32> {
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

//! Learns the weights of `plumb-screen` from data and reports how well they tell pairs apart that they were not learnt from.
//!
//! `cargo run -p plumb-screen --release --example train -- DATA_DIR [--pairs PAIRS.csv] [--write]`
//!
//! `DATA_DIR` holds lists, name groups and register names as described in the crate's `data/README.md`. Without `--write` only the report is
//! printed, with the weights as they stand; with it `data/rarity.bin` and `data/weights.toml` of the crate are written anew.
//! `--pairs` writes the pairs of the checking part with their scores, for `benches/peers/nomenklatura.py`.

#![expect(clippy::print_stdout, reason = "an example reports on the terminal")]

#[path = "support/data.rs"]
mod data;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use plumb_core::ftm;
use plumb_names::Scratch;
use plumb_screen::score::model::{Model, WeightsFile};
use plumb_screen::score::profile::Profile;
use plumb_screen::score::rarity::RarityTable;
use plumb_screen::score::{Scorer, THRESHOLD};
use plumb_screen::train::{self, corpus::Part, pairs};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = PathBuf::from(arguments.first().ok_or("usage: train DATA_DIR [--pairs PAIRS.csv] [--write]")?);
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let (corpus, inputs) = data::corpus(&folder)?;
    println!(
        "{} records, {} name groups, {} companies",
        corpus.records.len(),
        corpus.groups.len(),
        corpus.companies.len()
    );
    let pairs = pairs::pairs(&corpus);
    println!("{} pairs", pairs.len());
    let write = arguments.iter().any(|argument| argument == "--write");
    let scorer = if write {
        let shares = corpus.shares();
        let rarity = RarityTable::write(shares.iter().map(|(key, share)| (key.as_str(), *share)));
        println!("{} rarities, {} bytes", shares.len(), rarity.len());
        let compared = train::compare(pairs.clone(), &RarityTable::read(&rarity));
        let weights = train::train(&corpus, &compared, inputs);
        fs::write(own.join("rarity.bin"), &rarity)?;
        fs::write(own.join("weights.toml"), head(&weights)?)?;
        Scorer::new(Model::new(&weights)?, RarityTable::read(Box::leak(rarity.into_boxed_slice())))
    } else {
        Scorer::built_in()?
    };
    let scored = score(&scorer, pairs.into_iter().filter(|pair| pair.part == Part::Check));
    print(&scored);
    if let Some(place) = arguments.iter().position(|argument| argument == "--pairs") {
        write_pairs(Path::new(arguments.get(place + 1).ok_or("--pairs needs a file")?), &scored)?;
    }
    Ok(())
}

fn head(weights: &WeightsFile) -> Result<String, Box<dyn Error>> {
    let head = "# What agreement and disagreement are worth. Learnt, not written: see data/README.md of the crate.\n\
                # bits = log2(m / u); m: share of pairs of one entity that show the level, u: of two; with the counts they come from.\n\n";
    Ok(format!("{head}{}", toml::to_string(weights)?))
}

fn score(scorer: &Scorer, pairs: impl Iterator<Item = pairs::Pair>) -> Vec<(pairs::Pair, f64)> {
    let mut scratch = Scratch::default();
    let mut score = |pair: pairs::Pair| {
        let schema = ftm::schema(pair.schema)?;
        let profile = |name: &String| Profile::new(schema, &[("name", std::slice::from_ref(name))]);
        let score = scorer.score(&profile(&pair.left), &profile(&pair.right), &mut scratch);
        Some((pair, score))
    };
    pairs.filter_map(&mut score).collect()
}

fn print(scored: &[(pairs::Pair, f64)]) {
    println!("\n{:8} {:26} {:>6} {:>6}  {:>6} {:>6} {:>6}", "schema", "group", "same", "other", "P", "R", "F1");
    for ((schema, group), figures) in
        train::report(scored.iter().map(|(pair, score)| (pair.clone(), *score >= THRESHOLD)))
    {
        let (precision, recall, f1) = figures.precision_recall_f1();
        let group = if group.is_empty() { "all" } else { group };
        let (same, other) = (figures.found + figures.missed, figures.wrong + figures.kept_apart);
        println!("{schema:8} {group:26} {same:>6} {other:>6}  {precision:.4} {recall:.4} {f1:.4}");
    }
}

fn write_pairs(path: &Path, scored: &[(pairs::Pair, f64)]) -> Result<(), Box<dyn Error>> {
    let mut writer = csv::Writer::from_path(path)?;
    writer.write_record(["schema", "name1", "name2", "same", "group", "score"])?;
    for (pair, score) in scored {
        let same = if pair.same { "1" } else { "0" };
        writer.write_record([pair.schema, &pair.left, &pair.right, same, pair.group, &format!("{score:.6}")])?;
    }
    Ok(writer.flush()?)
}

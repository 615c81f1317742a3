//! Measures the rules on labelled sentences and lists every miss: `cargo run -p plumb-text --example figures`.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "an example that measures; it shares its scoring with the tests"
)]

#[path = "../tests/it/score.rs"]
mod score;

fn main() {
    let reader = score::reader();
    if let Some(cases) = score::reported_figures() {
        let result = score::score(&reader, &cases);
        result.misses.iter().for_each(|miss| println!("  {miss}"));
        println!("{}\n", result.line("reported figures"));
    }
    for file in ["sentences.tsv", "held_out.tsv", "held_out_second.tsv"] {
        let own = score::sentences(file);
        for language in ["en", "ru", "ko", "zh"] {
            let cases: Vec<score::Case> = own.iter().filter(|case| case.language == language).cloned().collect();
            let result = score::score(&reader, &cases);
            result.misses.iter().for_each(|miss| println!("  {miss}"));
            println!("{}\n", result.line(language));
        }
        println!("{}\n", score::score(&reader, &own).line(file));
    }
}

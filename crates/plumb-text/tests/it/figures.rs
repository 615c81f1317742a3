//! The figures that the rules must reach on labelled sentences.

use crate::score::{self, Score};

fn assert_bars(name: &str, score: &Score, bars: [f64; 4]) {
    println!("{}", score.line(name));
    let reached = [score.precision(), score.recall(), score.tuple_precision(), score.tuple_recall()];
    for (bar, reached) in bars.iter().zip(reached) {
        assert!(reached >= *bar, "{name}: {reached:.3} is below {bar}\n{}", score.misses.join("\n"));
    }
}

/// The half that is known of a set of figures from news; the other half decides.
#[test]
fn figures_from_news() {
    let Some(cases) = score::reported_figures() else {
        println!("skipped: the shared set of reported figures is not here");
        return;
    };
    assert_bars("reported figures", &score::score(&score::reader(), &cases), [0.90, 0.85, 0.80, 0.80]);
}

/// Sentences of the project's own in four languages, by language and all together.
fn own(file: &str, least: usize, bars: [f64; 4]) {
    let own = score::sentences(file);
    assert!(own.len() >= least, "{} sentences in {file}", own.len());
    let reader = score::reader();
    for language in ["en", "ru", "ko", "zh"] {
        let cases: Vec<score::Case> = own.iter().filter(|case| case.language == language).cloned().collect();
        println!("{}", score::score(&reader, &cases).line(&format!("{file} {language}")));
    }
    assert_bars(file, &score::score(&reader, &own), bars);
}

#[test]
fn own_sentences() {
    own("sentences.tsv", 110, [0.90, 0.85, 0.80, 0.80]);
}

#[test]
fn held_out_sentences() {
    own("held_out.tsv", 60, [0.90, 0.85, 0.80, 0.80]);
}

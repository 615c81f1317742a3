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
    let whole = score::score(&reader, &own);
    println!("{}", whole.misses.join("\n"));
    assert_bars(file, &whole, bars);
}

#[test]
fn own_sentences() {
    own("sentences.tsv", 110, [0.90, 0.85, 0.80, 0.80]);
}

#[test]
fn held_out_sentences() {
    own("held_out.tsv", 60, [0.90, 0.85, 0.80, 0.80]);
    own("held_out_second.tsv", 45, [0.90, 0.85, 0.80, 0.80]);
}

#[test]
fn unseen_sentences() {
    own("unseen_first.tsv", 55, [0.90, 0.85, 0.80, 0.80]);
    own("unseen_second.tsv", 50, [0.90, 0.85, 0.80, 0.80]);
    own("unseen_third.tsv", 35, [0.90, 0.85, 0.80, 0.80]);
}

/// The words of qualifiers in the claims of the case, put before a number, are read as the claims have them. The case keeps
/// no quotations, only these words.
#[test]
fn words_of_the_case_mean_what_its_claims_say() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../cases/dprk-labour/claims.csv");
    let mut claims = csv::Reader::from_path(path).unwrap();
    let headers = claims.headers().unwrap().clone();
    let column = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let (words, qualifier) = (column("words"), column("qualifier"));
    let reader = score::reader();
    let (mut right, mut misses) = (0, Vec::new());
    for row in claims.records().map(Result::unwrap).filter(|row| !row[words].is_empty()) {
        let vague = row[words].ends_with("reds") || row[words].ends_with("ands");
        let text = match &row[words] {
            word if vague => format!("{word} of workers"),
            "between" => "between 1,234 and 2,345 workers".to_owned(),
            word if row[qualifier] == *"range" => format!("{word} 1,234 to 2,345 workers"),
            word => format!("{word} 1,234 workers"),
        };
        let found = reader.read(&text, &[]).into_iter().flat_map(|one| one.claims).next();
        let found = found.map(|claim| claim.stated.quantity.qualifier().as_str()).unwrap_or_default();
        // "usually 10 to 12": about, with two ends
        if found == &row[qualifier] || found == "about" && row[qualifier] == *"range" {
            right += 1;
        } else {
            misses.push(format!("{}: {:?} is {found:?}, not {:?}", &row[0], &row[words], &row[qualifier]));
        }
    }
    let all = right + misses.len();
    println!("qualifiers of the case: {right} of {all} words as its claims have them\n{}", misses.join("\n"));
    assert!(all > 50 && right * 10 >= all * 9, "{}", misses.join("\n"));
}

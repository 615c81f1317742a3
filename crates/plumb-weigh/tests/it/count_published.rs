//! Counting the hidden against what studies published, from the tables that they printed.

use plumb_weigh::count::{Asked, CaptureTable, STEPWISE_THRESHOLD, TwoLists, asked, stepwise};

fn table(name: &str) -> CaptureTable {
    let path = format!("{}/tests/data/published/{name}.csv", env!("CARGO_MANIFEST_DIR"));
    CaptureTable::parse(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn one(table: &CaptureTable, model: &str) -> Asked {
    asked(table, &[model], 0.95).unwrap().remove(0)
}

#[track_caller]
fn gives(table: &CaptureTable, model: &str, people: f64) {
    let found = one(table, model);
    let population = found.answer.estimate().unwrap().population;
    assert!((population - people).abs() <= 0.5, "{model}: {population} is not {people}");
}

#[test]
fn diabetes_in_casale_monferrato() {
    // the working group (1995) and Chao and others (2001), who quote it: 2,771 by the model that it selects
    let table = table("casale_monferrato");
    assert_eq!((table.observed(), table.lists().len()), (2069, 4));
    gives(&table, "[1,2,3,4]", 2251.0);
    gives(
        &table,
        "clinic:hospital, clinic:prescriptions, hospital:prescriptions, hospital:strips, prescriptions:strips",
        2771.0,
    );
    let chosen = one(&table, "[12,13,23,24,34]");
    let quality = chosen.quality.unwrap();
    assert!((quality.deviance - 7.62).abs() < 0.01 && quality.degrees_of_freedom == 5, "{quality:?}");
}

#[test]
fn hepatitis_in_taiwan() {
    // Chao and others (2001), tables 3 and 4; the outbreak was counted later: 545 people
    let table = table("hepatitis_taiwan");
    let pair = |one, other| TwoLists::of(&table, one, other).lincoln_petersen(0.95).unwrap().population.round();
    assert_eq!((pair(0, 1), pair(0, 2), pair(1, 2)), (336.0, 378.0, 334.0));
    gives(&table, "[1,2,3]", 388.0);
    gives(&table, "[12,13,23]", 1313.0);
}

#[test]
fn modern_slavery_in_the_united_kingdom() {
    // the Home Office's 10,000 to 13,000
    let table = table("modern_slavery_uk");
    assert_eq!(table.observed(), 2744);
    let found = stepwise(&table, STEPWISE_THRESHOLD, 0.95).unwrap().estimate;
    let thousands = |value: f64| (value / 1000.0).round();
    assert_eq!((thousands(found.interval.low), thousands(found.interval.high.unwrap())), (10.0, 13.0), "{found:?}");
    assert!((found.population - 11_311.0).abs() < 1.0, "{found:?}");
}

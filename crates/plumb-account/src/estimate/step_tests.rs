//! A model in quarters, or months, that can be reckoned by hand: a thousand workers, a tenth of whom leaves in a quarter, while a
//! hundred come.

use plumb_core::case::Step;

use super::tests::case_of;
use super::{Estimates, faults, skeleton};
use crate::Account;

const QUARTERS: &str = r#"
[model]
title = "Workers by quarter"
years = "2016-10/2017"
step = "quarter"
draws = 1000

[quantity.workers]
label = "Workers"
unit = "persons"
over = ["quarter"]
when = "end"

[quantity.sent]
label = "Sent"
unit = "persons"
over = ["quarter"]
when = "during"

[quantity.left]
label = "Left"
unit = "persons"
over = ["quarter"]
when = "during"

[quantity.pay]
label = "Pay"
unit = "USD/person/month"

[quantity.paid]
label = "Paid"
unit = "USD"
over = ["quarter"]
when = "during"

[[identity]]
equation = "left[quarter] = workers[quarter-1] + sent[quarter] - workers[quarter]"
reason = "Whoever is gone has left."

[[identity]]
equation = "paid[quarter] = workers[quarter-1] * pay * 3 {month}"
reason = "Three months of pay for those who were there."

[[observe]]
measure = "workers"
place = "WORLD"
quantity = "workers"

[[observe]]
measure = "sent"
place = "WORLD"
quantity = "sent"

[[prior]]
on = "sent[quarter] / sent[quarter-1]"
low = 0.999
high = 1.001
coverage = 0.9
reason = "As many each quarter."

[[prior]]
on = "workers[2016Q4]"
low = 100
high = 10000
coverage = 0.9
reason = "Broad."

[[prior]]
on = "sent[2017Q1]"
low = 10
high = 1000
coverage = 0.9
reason = "Broad."

[[prior]]
on = "workers[quarter] / workers[quarter-1]"
low = 0.999
high = 1.001
coverage = 0.9
reason = "Even."

[[prior]]
on = "pay"
low = 99
high = 101
coverage = 0.9
reason = "About a hundred."

[[scenario]]
id = "stop"
label = "Nobody is sent from July on, and nobody leaves"

[[scenario.set]]
equation = "workers[quarter] = workers[quarter-1] + sent[quarter]"
years = "2017-07/.."

[[scenario.set]]
equation = "sent[quarter] = 0 {persons}"
years = "2017-07/.."

[[output]]
id = "paid-2017"
label = "Paid in 2017"
unit = "USD"
value = "sum(quarter in 2017..2017, paid[quarter])"

[[output]]
id = "sent-in-summer"
label = "Sent from April to September"
unit = "persons"
value = "sum(quarter in 2017Q2..2017Q3, sent[quarter])"

[[output]]
id = "paid-by-quarter"
label = "Paid"
unit = "USD"
value = "paid[quarter]"
"#;

/// A head count at the end of 2016, and how many were sent in all of 2017.
const CLAIMS: [&str; 4] = [
    "c1,workers,WORLD,2016-12-31,exact,,1000,,persons,one",
    "c2,sent,WORLD,2017,exact,,400,,persons,two",
    "c3,sent,WORLD,2017-05,exact,,80,,persons,three",
    "c4,workers,WORLD,2015,exact,,5000,,persons,four",
];

fn median(found: &Estimates, name: &str) -> f64 {
    found.get(name).and_then(|one| one.spread).unwrap_or_else(|| panic!("{name}")).median
}

fn near(found: f64, expected: f64, part: f64) {
    assert!((found / expected - 1.0).abs() < part, "{found} is not {expected}");
}

#[test]
fn a_model_in_quarters_gives_what_is_reckoned_by_hand() {
    let case = case_of(QUARTERS, &CLAIMS);
    assert!(faults(&case).is_empty(), "{:?}", faults(&case));
    let found = Estimates::of(&case).unwrap();
    let about = |id: &str| found.claims.iter().find(|one| one.claim == id).map(|one| one.about.clone()).unwrap();
    assert_eq!(about("c1"), "workers[2016Q4]");
    assert_eq!(about("c2"), "sent[2017Q1], sent[2017Q2], sent[2017Q3], sent[2017Q4]");
    assert_eq!(about("c3"), "sent[2017Q2]", "the least of its quarter");
    let [unused] = found.unused.as_slice() else { panic!("{:?}", found.unused) };
    assert_eq!((unused.claim.as_str(), unused.reason.as_str()), ("c4", "of a time that the model does not cover"));
    for quarter in ["2017Q1", "2017Q2", "2017Q3", "2017Q4"] {
        near(median(&found, &format!("workers[{quarter}]")), 1000.0, 0.02);
        near(median(&found, &format!("sent[{quarter}]")), 100.0, 0.02);
        near(median(&found, &format!("left[{quarter}]")), 100.0, 0.03);
        near(median(&found, &format!("paid[{quarter}]")), 300_000.0, 0.03);
    }
    let output = |id: &str| found.output(id).unwrap();
    near(output("paid-2017").base.unwrap().median, 1_200_000.0, 0.03);
    near(output("sent-in-summer").base.unwrap().median, 200.0, 0.02);
    // nobody leaves nor comes from July on: as many stay as at the end of June, and are paid as before
    let stop = output("sent-in-summer").scenarios[0].spread.unwrap();
    near(stop.median, 100.0, 0.02);
    let by_quarter: Vec<String> = (found.outputs.iter())
        .filter(|one| one.id == "paid-by-quarter")
        .filter_map(|one| one.at.map(Step::label))
        .collect();
    assert_eq!(by_quarter, ["2017 Q1", "2017 Q2", "2017 Q3", "2017 Q4"]);
    let json = serde_json::to_value(found.get("workers[2017Q3]").unwrap()).unwrap();
    assert_eq!(json["year"], "2017Q3");
}

#[test]
fn the_skeleton_of_a_model_in_quarters_counts_them() {
    let account = Account::compile(case_of(QUARTERS, &CLAIMS), Vec::new(), None);
    let found = skeleton(&account, Some("stop")).unwrap();
    let model = &found.model;
    assert_eq!((model.start, model.stop, model.step, model.time_unit.as_str()), (1.0, 4.0, 1.0, "quarter"));
    assert!(model.name.ends_with("; quarter 1 is 2017 Q1"), "{}", model.name);
    let names: Vec<&str> = model.variables.iter().map(|variable| variable.name.as_str()).collect();
    let simulation = plumb_weigh::stockflow::Simulation::compile(model, &[], &names).unwrap();
    let run = simulation.run(&[], 1, plumb_weigh::stockflow::Save::Every(1)).unwrap();
    let course = |name: &str| run.course(names.iter().position(|one| *one == name).unwrap(), 0);
    let (workers, sent) = (course("workers"), course("sent"));
    near(workers[1], 1000.0, 0.02);
    // nobody comes or leaves
    near(workers[2], workers[1], 1e-9);
    near(workers[3], workers[1], 1e-9);
    assert_eq!((sent[2], sent[3]), (0.0, 0.0));
    near(course("left")[1], course("workers_before")[1] + sent[1] - workers[1], 1e-9);
}

#[test]
fn a_model_in_months_places_claims_in_their_month() {
    let months = QUARTERS
        .replace("step = \"quarter\"", "step = \"month\"")
        .replace("2016-10/2017", "2016-12/2017-04")
        .replace("[quarter]", "[month]")
        .replace("[quarter-1]", "[month-1]")
        .replace("\"quarter\"", "\"month\"")
        .replace("3 {month}", "1 {month}")
        .replace("2016Q4", "2016M12")
        .replace("2017Q1", "2017M01")
        .replace("quarter in 2017..2017", "month in 2017M01..2017M03")
        .replace("quarter in 2017Q2..2017Q3", "month in 2017M02..2017M03");
    let claims =
        ["c1,workers,WORLD,2016-12-31,exact,,1000,,persons,one", "c2,sent,WORLD,2017-03,exact,,100,,persons,two"];
    let found = Estimates::of(&case_of(&months, &claims)).unwrap();
    near(median(&found, "sent[2017M03]"), 100.0, 0.02);
    near(median(&found, "sent[2017M01]"), 100.0, 0.03);
    near(found.output("paid-2017").unwrap().base.unwrap().median, 300_000.0, 0.03);
    assert!(found.get("workers[2017M05]").is_none() && found.get("workers[2017M04]").is_some());
}

#[test]
fn what_is_no_step_of_the_model_is_an_error_with_its_place() {
    let of = |from: &str, to: &str| {
        let found = faults(&case_of(&QUARTERS.replacen(from, to, 1), &CLAIMS));
        found.into_iter().map(|one| format!("{} {}", one.code.id(), one.message)).collect::<Vec<_>>()
    };
    let year = of("over = [\"quarter\"]", "over = [\"year\"]");
    assert!(year.iter().any(|one| one.starts_with("P0903") && one.contains("no index `year`")), "{year:?}");
    let outside = of("2017Q2..2017Q3", "2017Q2..2018Q3");
    assert!(outside.iter().any(|one| one.starts_with("P0903") && one.contains("2018Q3")), "{outside:?}");
    let month = of("2017Q2..2017Q3", "2017M02..2017M03");
    assert!(month.iter().any(|one| one.contains("2017M02")), "{month:?}");
    assert!(
        of("sent[2017Q1]", "sent[2017Q1-1]").is_empty(),
        "the step before the first has no flow, so the prior says nothing"
    );
}

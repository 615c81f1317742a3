//! The skeleton of a small model, written, read again and run.

use std::collections::BTreeMap;

use plumb_weigh::stockflow::{Role, Save, Simulation};
use plumb_weigh::xmile;

use super::super::tests::{MODEL, case_of};
use super::{NoScenario, SkeletonError, skeleton};
use crate::Account;

/// Workers who come and go, and what they are paid. Only priors speak: whoever comes is a tenth of those who are there.
const BALANCE: &str = r#"
[model]
title = "Workers"
years = "2015/2018"
draws = 1000

[quantity.workers]
label = "Workers"
unit = "persons"
over = ["year"]
when = "end"

[quantity.sent]
label = "Sent"
unit = "persons"
over = ["year"]
when = "during"

[quantity.left]
label = "Left"
unit = "persons"
over = ["year"]
when = "during"

[quantity.pay]
label = "Pay"
unit = "USD/person/year"

[quantity.paid]
label = "Paid"
unit = "USD/year"
over = ["year"]
when = "during"

[quantity.head]
label = "Paid for a head that stays"
unit = "USD/person/year"
over = ["year"]
when = "during"

[[identity]]
equation = "left[year] = workers[year-1] + sent[year] - workers[year]"
reason = "Whoever is gone has left."

[[identity]]
equation = "paid[year] = workers[year-1] * pay"
reason = "Paid for those who were there."

[[identity]]
equation = "head[year] = paid[year] / workers[year]"
reason = "A quotient."

[[prior]]
on = "workers[2015]"
low = 900
high = 1100
coverage = 0.9
reason = "none"

[[prior]]
on = "workers[year] / workers[year-1]"
low = 0.95
high = 1.05
coverage = 0.9
reason = "none"

[[prior]]
on = "sent[year] / workers[year-1]"
low = 0.09
high = 0.11
coverage = 0.9
reason = "none"

[[prior]]
on = "pay"
low = 1000
high = 1100
coverage = 0.9
reason = "none"

[[output]]
id = "paid-in-all"
label = "Paid from 2017 on"
unit = "USD"
value = "sum(year in 2017..2018, paid[year] * 1 {year})"

[[output]]
id = "grown"
label = "Growth"
unit = "share"
value = "workers[year] / workers[year-1] - 1"

[[output]]
id = "day-pay"
label = "Pay of a day"
unit = "USD/person/day"
value = "pay / 365 {day/year}"

[[output]]
id = "there"
label = "There in 2017"
unit = "persons"
value = "workers[2017]"

[[output]]
id = "ratio"
label = "What picks out times is read off"
unit = "share"
value = "workers[2018] / workers[2016]"

[[scenario]]
id = "halved"
label = "Half leave"

[[scenario.set]]
equation = "workers[year] = 0.5 * workers[year-1]"
years = "2017/.."

[[scenario]]
id = "frozen"
label = "As many stay"

[[scenario.set]]
equation = "workers[year] = workers[2016]"
years = "2017/.."

[[scenario]]
id = "gone"
label = "Nobody"

[[scenario.set]]
equation = "workers[year] = 0 {persons}"
years = "2018/.."
"#;

/// The years of a run, with every variable in each.
type Run = (Vec<f64>, BTreeMap<String, Vec<f64>>);

/// What another program makes of the file.
fn run(text: &str) -> Run {
    let (model, warnings) = xmile::read(text.as_bytes()).unwrap();
    assert_eq!(warnings, []);
    let names: Vec<&str> = model.variables.iter().map(|variable| variable.name.as_str()).collect();
    let found = Simulation::compile(&model, &[], &names).unwrap().run(&[], 1, Save::Every(1)).unwrap();
    assert_eq!(found.faults, []);
    let courses = names.iter().enumerate().map(|(place, name)| ((*name).to_owned(), found.course(place, 0)));
    (found.times.clone(), courses.collect())
}

fn written(account: &Account, scenario: Option<&str>) -> Run {
    let found = skeleton(account, scenario).unwrap();
    assert_eq!(found.left_out, []);
    run(&xmile::write(&found.model).unwrap())
}

fn near(one: f64, other: f64) {
    assert!((one - other).abs() <= 1e-9 * other.abs().max(1.0), "{one} is not {other}");
}

#[test]
fn a_balance_becomes_a_stock_and_its_run_follows_the_equations() {
    let account = Account::compile(case_of(BALANCE, &[]), Vec::new(), None);
    let found = skeleton(&account, None).unwrap();
    let variable = |name: &str| found.model.variables.iter().find(|variable| variable.name == name).unwrap();
    let Role::Stock { inflows, outflows, .. } = &variable("workers_before").role else { panic!("a stock") };
    assert_eq!((inflows.as_slice(), outflows.as_slice()), (&["sent".to_owned()][..], &["left".to_owned()][..]));
    assert!(matches!(variable("left").role, Role::Flow { .. }) && matches!(variable("sent").role, Role::Flow { .. }));
    let note = &variable("left").note;
    assert!(
        note.starts_with("Left.\nComputed: left[year] = ") && note.contains("(Whoever is gone has left.)"),
        "{note}"
    );
    assert!(variable("sent").note.contains("; 2017: "), "the intervals by year: {}", variable("sent").note);
    let (times, course) = written(&account, None);
    assert_eq!(times, [2016.0, 2017.0, 2018.0]);
    let median = |name: &str| account.estimates().unwrap().get(name).unwrap().spread.unwrap().median;
    for (place, year) in (2016..=2018).enumerate() {
        let at = |name: &str| course[name][place];
        let (before, now) = (format!("workers[{}]", year - 1), format!("workers[{year}]"));
        // the file has six digits of a median
        assert!((at("workers") / median(&now) - 1.0).abs() < 1e-5, "{year}");
        assert!((at("workers_before") / median(&before) - 1.0).abs() < 1e-5, "{year}");
        near(at("left"), at("workers_before") + at("sent") - at("workers"));
        near(at("paid"), at("workers_before") * at("pay"));
        near(at("head"), at("paid") / at("workers"));
        // a product of independent factors: the median is the product of theirs, but for the error of a thousand draws
        assert!((at("paid") / median(&format!("paid[{year}]")) - 1.0).abs() < 0.02, "{year}");
    }
}

#[test]
fn scenarios_are_skeletons_with_their_equations_in_place() {
    let account = Account::compile(case_of(BALANCE, &[]), Vec::new(), None);
    let (_, base) = written(&account, None);
    let (_, halved) = written(&account, Some("halved"));
    near(halved["workers"][0], base["workers"][0]);
    near(halved["workers"][1], 0.5 * base["workers"][0]);
    near(halved["workers"][2], 0.25 * base["workers"][0]);
    near(halved["left"][2], halved["workers"][1] + base["sent"][2] - halved["workers"][2]);
    let (_, frozen) = written(&account, Some("frozen"));
    assert_eq!(frozen["workers"], vec![base["workers"][0]; 3]);
    let gone = skeleton(&account, Some("gone")).unwrap();
    let [(name, reason)] = gone.left_out.as_slice() else { panic!("{:?}", gone.left_out) };
    assert_eq!((name.as_str(), reason.as_str()), ("head", "`head[2018]` is unknown: it divides by zero"));
    let (_, gone) = run(&xmile::write(&gone.model).unwrap());
    assert_eq!((gone["workers"][2], gone.contains_key("head")), (0.0, false));
    let error = skeleton(&account, Some("halve")).unwrap_err();
    let expected = NoScenario { name: "halve".to_owned(), suggestion: Some("halved".to_owned()) };
    assert_eq!(error, SkeletonError::NoScenario(expected));
    assert!(error.hint().contains("`halved`"));
}

#[test]
fn reported_figures_add_up_follow_or_stand_still() {
    let account = Account::compile(case_of(BALANCE, &[]), Vec::new(), None);
    let found = skeleton(&account, None).unwrap();
    let titles: Vec<&str> = found.model.variables.iter().map(|variable| variable.title.as_str()).collect();
    assert!(!titles.contains(&"there") && !titles.contains(&"ratio"), "{titles:?}");
    let (_, course) = written(&account, None);
    let paid = &course["paid"];
    for (place, expected) in [0.0, paid[1], paid[1] + paid[2]].into_iter().enumerate() {
        near(course["paid_in_all"][place], expected);
        near(course["grown"][place], course["workers"][place] / course["workers_before"][place] - 1.0);
        near(course["day_pay"][place], course["pay"][place] / 365.0);
    }
    assert_eq!(course["paid_in_all_added"], [0.0, paid[1], paid[2]]);
    let note = &found.model.variables.iter().find(|variable| variable.name == "paid_in_all").unwrap().note;
    assert!(note.starts_with("Paid from 2017 on.\nComputed: sum(") && note.contains("nine cases in ten"), "{note}");
}

#[test]
fn what_is_unknown_is_left_out_with_what_needs_it() {
    let more = "[quantity.other]\nlabel = \"Other\"\nunit = \"persons\"\nover = [\"year\"]\nwhen = \"during\"\n\n\
                [quantity.both]\nlabel = \"Both\"\nunit = \"persons\"\nover = [\"year\"]\nwhen = \"during\"\n\n\
                [[identity]]\nequation = \"both[year] = sent[year] + other[year]\"\nreason = \"Sum.\"\n\n[[identity]]";
    let account = Account::compile(case_of(&BALANCE.replacen("[[identity]]", more, 1), &[]), Vec::new(), None);
    let found = skeleton(&account, None).unwrap();
    let names: Vec<&str> = found.left_out.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["other", "both"], "{:?}", found.left_out);
    let (_, course) = run(&xmile::write(&found.model).unwrap());
    assert!(course.contains_key("sent") && !course.contains_key("both"));
}

#[test]
fn a_place_gives_a_variable_of_its_own() {
    let account = Account::compile(case_of(MODEL, &super::super::tests::CLAIMS), Vec::new(), None);
    let found = skeleton(&account, None).unwrap();
    let titles: Vec<&str> = found.model.variables.iter().map(|variable| variable.title.as_str()).collect();
    let left_out: Vec<&str> = found.left_out.iter().map(|(name, _)| name.as_str()).collect();
    assert!(titles.contains(&"workers_RU") && titles.contains(&"revenue_CN"), "{titles:?} {left_out:?}");
}

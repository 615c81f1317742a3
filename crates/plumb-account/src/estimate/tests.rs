//! A small case with a model, solved and asked.

use std::fmt::Write as _;

use plumb_core::case::Case;
use plumb_read::{Folder, new_case, read};

use super::{Estimates, faults, world_words};
use crate::Account;
use crate::prose::Piece;

const MEASURES: &str = r#"
[workers]
label = "Workers"
definition = "Workers present."
group = "people"
nature = "stock"
unit = "persons"
over_places = "adds"

[sent]
label = "Sent"
definition = "Workers sent."
group = "people"
nature = "flow"
unit = "persons"
over_places = "adds"

[pay]
label = "Pay"
definition = "Gross pay."
group = "pay"
nature = "rate"
unit = "USD/person/month"

[revenue]
label = "Revenue"
definition = "What the state earns in a year."
group = "money"
nature = "rate"
unit = "USD/year"
over_places = "adds"
"#;

pub(super) const MODEL: &str = r#"
[model]
title = "Workers and revenue"
years = "2015/2017"
seed = 7
draws = 1000

[[set]]
id = "host"
members = ["RU", "CN"]

[quantity.workers]
label = "Workers"
unit = "persons"
over = ["host", "year"]
when = "end"

[quantity.pay]
label = "Pay"
unit = "USD/person/month"

[quantity.share]
label = "Share taken"
unit = "share"
high = 1

[quantity.revenue]
label = "Revenue"
unit = "USD/year"
over = ["host", "year"]
when = "during"

[[identity]]
equation = "revenue[host, year] = workers[host, year] * pay * share * 12 {month/year}"
reason = "Workers times pay."

[[observe]]
measure = "workers"
quantity = "workers"

[[observe]]
measure = "pay"
place = "WORLD"
quantity = "pay"

[[observe]]
measure = "revenue"
quantity = "revenue"

[[prior]]
on = "share"
low = 0.7
high = 0.9
coverage = 0.9
reason = "As claimed."

[[prior]]
on = "workers[host, 2015]"
low = 5000
high = 100000
coverage = 0.9
reason = "Broad."

[[prior]]
on = "workers[host, year] / workers[host, year-1]"
low = 0.8
high = 1.25
coverage = 0.9
reason = "Slow."

[[scenario]]
id = "none"
label = "Nobody"

[[scenario.set]]
equation = "workers[host, year] = 0 {persons}"
years = "2017/.."

[[output]]
id = "earned"
label = "Earned in 2017"
unit = "USD/year"
value = "sum(host, revenue[host, 2017])"
"#;

const PROSE: &str =
    "## Answer {#answer}\n\n{{estimate workers[RU, 2017]}} were there, and {{estimate workers[FR,2017]}}.\n";

/// Claims of these rows: id, measure, place, period, qualifier, low, best, high, unit, origin.
pub(super) fn case_of(model: &str, claims: &[&str]) -> Case {
    let mut folder: Folder = new_case("A model");
    let mut origins = "id,name,reliability,date,basis,note\n".to_owned();
    let mut rows =
        "id,measure,place,period,qualifier,low,best,high,unit,words,subject,population,said_by,origin,source,locator,status,note\n".to_owned();
    for claim in claims {
        let cells: Vec<&str> = claim.split(',').collect();
        let (origin, head) = cells.split_last().unwrap();
        writeln!(rows, "{},,Workers,,Somebody,{origin},s1,p. 1,,", head.join(",")).unwrap();
        if !origins.contains(&format!("\n{origin},")) {
            writeln!(origins, "{origin},Origin {origin},B,2017,count,").unwrap();
        }
    }
    let sources = "id,publisher,title,date,url,kind,reliability,seen,language,note\n\
                   s1,A paper,A title,2017,https://example.org,news,B,whole,en,\n";
    for (file, text) in [
        ("measures.toml", MEASURES),
        ("model.toml", model),
        ("claims.csv", &rows),
        ("origins.csv", &origins),
        ("sources.csv", sources),
    ] {
        folder.files.insert(file.to_owned(), text.as_bytes().to_vec());
    }
    folder.files.insert("account.md".to_owned(), PROSE.as_bytes().to_vec());
    let reading = read(&folder);
    let wrong: Vec<String> = (reading.diagnostics.iter())
        .filter(|found| {
            found.location().is_some_and(|place| &*place.file == "model.toml" || &*place.file == "claims.csv")
        })
        .map(|found| found.message.clone())
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    reading.case
}

pub(super) const CLAIMS: [&str; 4] = [
    "c1,workers,RU,2017-12,about,,30000,,persons,one",
    "c2,workers,RU,2017-12,about,,32000,,persons,two",
    "c3,workers,RU,2017-12,about,,300000,,persons,three",
    "c4,pay,WORLD,2017,range,700,,900,USD/person/month,four",
];

#[test]
fn claims_that_agree_outweigh_one_that_stands_alone() {
    let found = Estimates::of(&case_of(MODEL, &CLAIMS)).unwrap();
    let after = |id: &str| found.claims.iter().find(|one| one.claim == id).and_then(|one| one.after).unwrap();
    assert!(after("c1") > 0.9 && after("c2") > 0.9 && after("c3") < 0.2, "{:?}", found.claims);
    let workers = found.get("workers[RU, 2017]").unwrap().spread.unwrap();
    assert!(workers.low > 25_000.0 && workers.high < 40_000.0, "{workers:?}");
    // about 31,000 workers, 800 dollars, four fifths taken, in Russia alone
    let revenue = found.get("revenue[RU,2017]").unwrap().spread.unwrap();
    assert!((revenue.median / (31_000.0 * 800.0 * 0.8 * 12.0) - 1.0).abs() < 0.2, "{revenue:?}");
}

#[test]
fn the_likeliest_world_names_who_is_off() {
    let case = case_of(MODEL, &CLAIMS);
    let found = Estimates::of(&case).unwrap();
    let [question] = found.questions.as_slice() else { panic!("one question: {:?}", found.questions) };
    let best = question.worlds.first().unwrap();
    let third = case.claims.get("c3").unwrap();
    assert_eq!(best.wrong, std::slice::from_ref(&third.origin));
    let sum: f64 = question.worlds.iter().map(|world| world.probability).sum();
    assert!(best.probability > 0.4 && sum <= 1.0 + 1e-9, "{question:?}");
    let words = world_words(&case, &found.outputs, question, best);
    assert!(words.starts_with("off: Origin ") && words.ends_with(" right"), "{words}");
}

#[test]
fn prose_cites_an_estimate_by_its_name() {
    let account = Account::compile(case_of(MODEL, &CLAIMS), Vec::new(), None);
    let section = account.section("answer").unwrap();
    let [_, Piece::Live { text, key }, _, Piece::Broken(broken), _] = section.pieces.as_slice() else {
        panic!("{:?}", section.pieces)
    };
    assert_eq!((text.as_str(), key.to_string().as_str()), ("", "estimate workers[RU,2017]"));
    assert!(account.words(text, key).ends_with("persons"), "{}", account.words(text, key));
    assert_eq!(broken, "{{estimate workers[FR,2017]}}");
    assert!(account.diagnostics.iter().any(|found| found.message.contains("no quantity `workers[FR,2017]`")));
}

#[test]
fn a_scenario_differs_draw_by_draw() {
    let found = Estimates::of(&case_of(MODEL, &CLAIMS)).unwrap();
    let [output] = found.outputs.as_slice() else { panic!("one output") };
    let (base, under) = (output.base.unwrap(), output.scenarios.first().unwrap());
    assert_eq!(under.spread.map(|spread| (spread.low, spread.high)), Some((0.0, 0.0)));
    let difference = under.difference.unwrap();
    assert!((difference.median + base.median).abs() < 1e-9 * base.median, "nobody earns nothing");
}

#[test]
fn the_same_case_gives_the_same_bytes() {
    let case = case_of(MODEL, &CLAIMS);
    let written = || serde_json::to_string(&Estimates::of(&case)).unwrap();
    assert_eq!(written(), written());
    assert!(!written().contains("NaN") && !written().contains("null,null,null"));
}

#[test]
fn claims_about_different_things_that_cannot_all_be_true_say_what_they_need() {
    let claims = [
        "c1,workers,RU,2017-12,at most,,,60000,persons,one",
        "c2,revenue,RU,2017,at least,1200000000,,,USD/year,two",
        "c3,pay,WORLD,2017,at most,,,1000,USD/person/month,three",
    ];
    let found = Estimates::of(&case_of(MODEL, &claims)).unwrap();
    let clash = found.clashes.first().unwrap();
    assert!(clash.across && clash.claims == ["c1", "c2", "c3"], "{:?}", found.clashes);
    let pay = clash.needs.iter().find(|need| need.claim == "c3").unwrap();
    // 1.2 bn from 60,000 workers needs 1,667 a month even when all of it is taken
    assert!(pay.needed.0.is_some_and(|low| (low - 1.2e9 / 12.0 / 60_000.0).abs() < 1.0), "{pay:?}");
}

#[test]
fn faults_of_a_model_point_at_the_words() {
    let told = |from: &str, to: &str| {
        let model = MODEL.replace(from, to);
        assert_ne!(model, MODEL);
        let found = faults(&case_of(&model, &CLAIMS));
        let first = found.first().unwrap_or_else(|| panic!("{to}: nothing found"));
        let place = first.location().unwrap();
        let line = model.lines().nth(usize::try_from(place.line).unwrap() - 1).unwrap();
        let start = usize::try_from(place.column).unwrap() - 1;
        let words: String = line.chars().skip(start).take(usize::try_from(place.length).unwrap()).collect();
        (first.code.id(), words)
    };
    let say = |code: &'static str, words: &str| (code, words.to_owned());
    assert_eq!(told(" * 12 {month/year}", "").0, "P0902");
    assert_eq!(told("workers[host, year] * pay", "worker[host, year] * pay"), say("P0903", "worker[host, year]"));
    assert_eq!(told("* share * 12", "* * 12").0, "P0901");
    assert_eq!(
        told("over = [\"host\", \"year\"]\nwhen = \"end\"", "over = [\"hots\", \"year\"]\nwhen = \"end\"").0,
        "P0903"
    );
    let twice =
        "[[identity]]\nequation = \"revenue[RU, year] = workers[RU, year] * pay * 12 {month/year}\"\n\n[[observe]]";
    assert_eq!(told("[[observe]]", twice).0, "P0904");
    assert_eq!(told("quantity = \"pay\"", "quantity = \"share\"").0, "P0902");
}

#[test]
fn claims_that_cannot_be_compared_say_why() {
    let claims =
        ["c1,workers,RU,1990,about,,30000,,persons,one", "c2,pay,WORLD,2017,about,,50000,,RUB/person/month,two"];
    let found = Estimates::of(&case_of(MODEL, &claims)).unwrap();
    let reason = |id: &str| found.unused.iter().find(|one| one.claim == id).map(|one| one.reason.clone()).unwrap();
    assert!(reason("c1").contains("time") && reason("c2").contains("exchange rate"));
    assert!(found.get("workers[RU,2017]").is_some_and(|one| one.claims.is_empty()));
}

#[test]
fn why_leads_from_an_estimate_to_its_claims() {
    let account = Account::compile(case_of(MODEL, &CLAIMS), Vec::new(), None);
    let derivation = account.why(&"estimate workers[RU,2017]".parse().unwrap()).unwrap();
    assert_eq!(derivation.rests_on.len(), 3);
    assert!(derivation.value.contains("nine cases in ten"));
    assert!(account.why(&"estimate workers[RU,1990]".parse().unwrap()).is_err());
}

#[test]
fn a_case_without_a_model_has_no_estimates() {
    let mut case = case_of(MODEL, &CLAIMS);
    case.model = None;
    assert!(Estimates::of(&case).is_none() && faults(&case).is_empty());
}

#[test]
fn circles_at_every_place_and_year_are_one_diagnostic_and_break_nothing_else() {
    let circle = "[[identity]]\nequation = \"workers[host, year] = revenue[host, year] / pay / share / 12 {month/year}\"\n\n[[observe]]";
    let model = MODEL.replacen("[[observe]]", circle, 1);
    let case = case_of(&model, &CLAIMS);
    let found = faults(&case);
    let [one, _no_claim_of_revenue] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(one.code.id(), "P0904");
    assert!(one.notes.iter().any(|note| note == "so it is in 3 further cases"), "{one:?}");
    let estimates = Estimates::of(&case).unwrap();
    assert!(estimates.get("pay").unwrap().spread.is_some() && estimates.diagnostics.is_empty());
}

#[test]
fn an_output_that_cannot_be_computed_takes_no_other_with_it() {
    let quotient = "\n[[output]]\nid = \"head\"\nlabel = \"A head\"\nunit = \"USD/person/year\"\nvalue = \"revenue[RU, 2017] / workers[RU, 2017]\"\n";
    let found = Estimates::of(&case_of(&format!("{MODEL}{quotient}"), &CLAIMS)).unwrap();
    let [earned, head] = found.outputs.as_slice() else { panic!("two outputs") };
    let under = |output: &super::Outcome| output.scenarios.first().cloned().unwrap();
    assert_eq!(under(earned).spread.map(|spread| spread.high), Some(0.0));
    assert_eq!((under(head).spread, under(head).unknown.as_deref()), (None, Some("it divides by zero")));
    assert!(head.base.is_some() && head.unknown.is_none());
}

#[test]
fn a_histogram_holds_every_draw_once() {
    let draws: Vec<f64> = (1..=1_000_u32).map(f64::from).collect();
    let bins = super::report::histogram(&draws);
    let sum: f64 = bins.iter().map(|bin| bin.probability).sum();
    assert!((sum - 1.0).abs() < 1e-9, "{sum}");
    let (first, last) = (bins.first().unwrap(), bins.last().unwrap());
    assert!((first.low - 1.0).abs() < 1e-9 && (last.high - 1_000.0).abs() < 1e-6);
    assert!(super::report::histogram(&[0.0, 1.0]).is_empty() && super::report::histogram(&[2.0, 2.0]).is_empty());
}

#[test]
fn a_reported_figure_leads_to_what_it_is_computed_from() {
    let account = Account::compile(case_of(MODEL, &CLAIMS), Vec::new(), None);
    let derivation = account.why(&"estimate earned".parse().unwrap()).unwrap();
    assert!(derivation.value.starts_with("about $"), "{}", derivation.value);
    let keys: Vec<&str> = derivation.rests_on.iter().map(|part| part.key.as_str()).collect();
    assert_eq!(keys, ["estimate revenue[RU,2017]", "estimate revenue[CN,2017]"]);
    let driven = account.why(&"estimate workers[RU,2017]".parse().unwrap()).unwrap();
    let drivers: Vec<&str> =
        driven.facts.iter().filter(|fact| fact.name == "driven by").map(|fact| fact.text.as_str()).collect();
    assert!(drivers.iter().any(|words| words.contains("(c1): ")), "{drivers:?}");
}

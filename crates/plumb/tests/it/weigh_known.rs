//! A case that can be reckoned by hand, from its files to what a reader sees: three claims, one product, one contradiction.

use serde_json::Value;

use crate::support::{World, files, root};

const MODEL: &str = r#"
[model]
title = "Three claims and a product"
years = "2017/2017"

[quantity.workers]
label = "Workers"
unit = "persons"

[quantity.pay]
label = "Pay"
unit = "USD/person/month"

[quantity.revenue]
label = "Revenue"
unit = "USD/year"

[[identity]]
equation = "revenue = workers * pay * 12 {month/year}"
reason = "All of the pay is taken."

[[observe]]
measure = "workers"
place = "RU"
quantity = "workers"

[[observe]]
measure = "pay"
place = "RU"
quantity = "pay"

[[observe]]
measure = "revenue"
place = "RU"
quantity = "revenue"
"#;

/// Priors whose product has a spread in closed form: in logarithms the variances add.
const PRIORS: &str = r#"
[[prior]]
on = "workers"
low = 20000
high = 45000
coverage = 0.9
reason = "Made up."

[[prior]]
on = "pay"
low = 400
high = 900
coverage = 0.9
reason = "Made up."

[[output]]
id = "earned"
label = "Earned in a year"
unit = "USD/year"
value = "revenue"
"#;

fn world(model: &str, claims: &[&str]) -> World {
    let world = World::new();
    for (path, bytes) in files(&root().join("crates/plumb/tests/data/weighed")) {
        world.write(&format!("case/{}", path.display()), bytes);
    }
    world.write("case/model.toml", model);
    let head = world.read("case/claims.csv").lines().next().unwrap().to_owned();
    world.write("case/claims.csv", format!("{head}\n{}\n", claims.join("\n")));
    world.write("case/account.md", world.read("case/account.md").replace("{{estimate workers[RU, 2017]}}", "Nobody"));
    world
}

const CLAIMS: [&str; 3] = [
    "c1,workers,RU,2017,at most,,,60000,persons,,Workers,,A ministry,one,s1,p. 1,no more than sixty thousand,,",
    "c2,pay,RU,2017,at most,,,1000,USD/person/month,,Workers,,A union,two,s1,p. 2,,,",
    "c3,revenue,RU,2017,at least,1200000000,,,USD/year,,Workers,,An embassy,four,s1,p. 3,,,",
];

#[test]
fn three_claims_that_cannot_all_be_true_say_what_each_would_need_to_be() {
    let world = world(MODEL, &CLAIMS);
    let weighed = world.run(&["weigh", "case", "--format", "json"]);
    assert_eq!(weighed.code, 0, "{}", weighed.stderr);
    let found: Value = serde_json::from_str(&weighed.stdout).unwrap();
    let [clash] = found.get("clashes").and_then(Value::as_array).unwrap().as_slice() else { panic!("{found}") };
    assert_eq!(clash.get("claims"), Some(&serde_json::json!(["c1", "c2", "c3"])));
    // 60,000 workers at $1,000 a month earn $720 m a year; $1.2 bn need 100,000 workers, or $1,667 a month: 5/3 as much
    let number = |pointer: &str| clash.pointer(pointer).and_then(Value::as_f64).unwrap();
    let close = |one: f64, two: f64| (one / two - 1.0).abs() < 1e-9;
    assert!(close(number("/needs/0/needed/0"), 100_000.0) && close(number("/needs/1/needed/0"), 1.2e9 / 720_000.0));
    assert!(close(number("/needs/2/needed/1"), 7.2e8) && close(number("/factor"), 5.0 / 3.0), "{clash}");

    let text = world.run(&["weigh", "case"]).stdout;
    for words in [
        "one set of claims cannot all be true",
        "at least 100,000 persons",
        "at least $1,670 a month",
        "at most $720 m a year",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let why = world.run(&["why", "conflict c1 c2 c3", "--case", "case"]);
    assert_eq!(why.code, 0, "{}", why.stderr);
    assert!(why.stdout.contains("the others need: at least 100,000 persons"), "{}", why.stdout);
    assert!(why.stdout.contains("no more than sixty thousand"), "down to the words of the source: {}", why.stdout);
    assert!(why.stdout.contains("tied by: revenue = "), "the equation that ties them: {}", why.stdout);
    assert!(text.contains("    by     revenue = "), "{text}");

    let told = |key: &str| {
        let why = world.run(&["why", key, "--case", "case"]);
        assert_ne!(why.code, 0, "{key}");
        why.stderr
    };
    assert!(told("estimate revenu").contains("the model of the case has no `revenu`, did you mean `revenue`?"));
    assert!(told("conflict c1 c2").contains("c1, c2 are no minimal set of claims that cannot all be true"));
}

#[test]
fn the_page_of_a_set_has_the_sources_side_by_side_and_is_linked() {
    let world = world(MODEL, &CLAIMS);
    let build = world.run(&["build", "case", "--out", "site"]);
    assert_eq!(build.code, 0, "{}", build.stderr);
    let page = world.read("site/why/conflict+c1+c2+c3.html");
    for words in [
        "3 claims that cannot all be true",
        "a factor of 1.7",
        "What ties them together",
        "at least $1,670 a month",
        "no more than sixty thousand",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let all = world.read("site/contradictions.html");
    assert!(
        all.matches("why/conflict+c1+c2+c3.html").count() >= 4,
        "with each of the three quantities, and among the first"
    );
}

#[test]
fn a_product_of_two_priors_has_the_spread_of_its_closed_form() {
    let world = world(&format!("{MODEL}{PRIORS}"), &[]);
    let weighed = world.run(&["weigh", "case", "--format", "json"]);
    let found: Value = serde_json::from_str(&weighed.stdout).unwrap();
    let revenue = found
        .get("quantities")
        .and_then(Value::as_array)
        .unwrap()
        .iter()
        .find(|one| one.get("name") == Some(&"revenue".into()));
    let end = |name: &str| revenue.unwrap().pointer(&format!("/spread/{name}")).and_then(Value::as_f64).unwrap();
    // √(20,000·45,000) · √(400·900) · 12 = 30,000 · 600 · 12; both are wide by √2.25 either way, so their product by 1.5^√2 = 1.774315
    let (middle, wide) = (216e6, 1.774_315);
    for (found, expected) in [(end("median"), middle), (end("low"), middle / wide), (end("high"), middle * wide)] {
        assert!((found / expected - 1.0).abs() < 1e-3, "{found} {expected}");
    }
    // an output that is the quantity itself is computed from its draws: within their error
    let base = found.pointer("/outputs/0/base/median").and_then(Value::as_f64).unwrap();
    assert!((base / middle - 1.0).abs() < 0.03, "{base}");
    assert!(world.run(&["weigh", "case"]).stdout.contains("Earned in a year"));
}

/// The shared case of six claims, one product and a grade each, as files of a case: `coverage` says what its ranges mean.
#[test]
fn ranges_of_a_stated_coverage_are_taken_at_their_ends() {
    let quantity = |id: &str, unit: &str| format!("[quantity.{id}]\nlabel = \"{id}\"\nunit = \"{unit}\"\n");
    let observe = |id: &str| {
        format!(
            "[[observe]]\nmeasure = \"{id}\"\nplace = \"RU\"\nquantity = \"{id}\"\ncoverage = 0.9\nreason = \"As the sources say.\"\n"
        )
    };
    let head = "[model]\ntitle = \"Six claims\"\nyears = \"2017/2017\"\n[odds]\nA = 0.8\nB = 0.7\nC = 0.6\nD = 0.3\n"
        .to_owned();
    let quantities = [("workers", "persons"), ("pay", "USD/person/month"), ("kept", "share"), ("revenue", "USD/year")];
    let model = head
        + &quantities.map(|(id, unit)| quantity(id, unit)).concat()
        + "[[identity]]\nequation = \"revenue = workers * pay * kept * 12 {month/year}\"\nreason = \"A product.\"\n"
        + &quantities.map(|(id, _)| observe(id)).concat();
    let claim = |id: &str, measure: &str, low: &str, high: &str, unit: &str| {
        format!("{id},{measure},RU,2017,range,{low},,{high},{unit},,Workers,,Somebody,{id},s1,p. 1,,,")
    };
    let claims = [
        claim("wa", "workers", "50000", "60000", "persons"),
        claim("wb", "workers", "90000", "120000", "persons"),
        claim("pay", "pay", "300", "900", "USD/person/month"),
        claim("kept", "kept", "0.7", "0.9", "share"),
        claim("low", "revenue", "150000000", "230000000", "USD/year"),
        claim("high", "revenue", "1200000000", "2300000000", "USD/year"),
    ];
    let world = world(&model, &claims.each_ref().map(String::as_str));
    let origin = |(id, grade): (&str, &str)| format!("{id},Origin {id},{grade},2017,count,\n");
    let origins =
        [("wa", "B"), ("wb", "C"), ("pay", "B"), ("kept", "A"), ("low", "B"), ("high", "D")].map(origin).concat();
    world.write("case/origins.csv", format!("id,name,reliability,date,basis,note\n{origins}"));
    let weighed = world.run(&["weigh", "case", "--format", "json"]);
    assert_eq!(weighed.code, 0, "{}", weighed.stderr);
    let found: Value = serde_json::from_str(&weighed.stdout).unwrap();
    let list = |name: &str| found.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let number = |value: &Value, pointer: &str| value.pointer(pointer).and_then(Value::as_f64).unwrap();
    let near = |what: &str, found: f64, expected: f64| {
        assert!((found / expected - 1.0).abs() < 0.005, "{what}: {found}, not {expected}");
    };
    for (claim, after) in
        [("wa", 0.66367), ("wb", 0.19805), ("pay", 0.77380), ("kept", 0.85256), ("low", 0.66624), ("high", 0.032_271)]
    {
        let one = list("claims").into_iter().find(|one| one.get("claim") == Some(&claim.into())).unwrap();
        near(claim, number(&one, "/after"), after);
    }
    for (quantity, low, median, high) in [
        ("workers", 43_545.7, 55_715.5, 115_332.1),
        ("pay", 218.129, 416.622, 1_033.12),
        ("kept", 0.455_04, 0.784_89, 0.959_69),
    ] {
        let one = list("quantities").into_iter().find(|one| one.get("name") == Some(&quantity.into())).unwrap();
        near(quantity, number(&one, "/spread/low"), low);
        near(quantity, number(&one, "/spread/median"), median);
        near(quantity, number(&one, "/spread/high"), high);
    }
}

#[test]
fn a_rate_a_day_is_as_round_by_the_month() {
    // about $30 a day is $25 to $35, and $761 to $1,065 a month: no contradiction to $800 a month
    let claims = [
        "c1,pay,RU,2017,about,,30,,USD/person/day,,Workers,,A union,one,s1,p. 1,,,",
        "c2,pay,RU,2017,exact,,800,,USD/person/month,,Workers,,A ministry,two,s1,p. 2,,,",
    ];
    let world = world(MODEL, &claims);
    let found: Value = serde_json::from_str(&world.run(&["weigh", "case", "--format", "json"]).stdout).unwrap();
    assert_eq!(found.get("clashes").and_then(Value::as_array).map(Vec::len), Some(0), "{found}");
    let check = world.run(&["check", "case"]);
    assert!(!check.stdout.contains("no number in common"), "{}", check.stdout);
}

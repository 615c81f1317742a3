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

//! `plumb weigh` through the program: the real case, a case without a model, a model that cannot be read.

use crate::support::{World, root};

fn case() -> String {
    root().join("cases/dprk-labour").display().to_string()
}

#[test]
fn the_real_case_is_weighed() {
    let weighed = World::new().run(&["weigh", &case(), "--format", "json"]);
    assert_eq!(weighed.code, 0, "{}", weighed.stderr);
    let found: serde_json::Value = serde_json::from_str(&weighed.stdout).unwrap();
    let list = |name: &str| found.get(name).and_then(serde_json::Value::as_array).cloned().unwrap_or_default();
    let named = |name: &str| list("quantities").into_iter().find(|one| one.get("name").is_some_and(|own| own == name));
    let russia = named("workers[RU,2017]").unwrap();
    let end = |name: &str| russia.pointer(&format!("/spread/{name}")).and_then(serde_json::Value::as_f64).unwrap();
    // Russia's own report has 30,023 with permits at that time; nobody claims more than 50,000
    assert!(end("low") > 20_000.0 && end("median") > 28_000.0 && end("high") < 50_000.0, "{russia}");
    assert!(list("clashes").iter().any(|clash| clash.get("across") == Some(&true.into())));
    assert_eq!(list("scenarios").len(), 5);
    assert!(list("outputs").len() > 10 && list("unused").len() > 10 && list("flows").len() == 1);
    // what is no number is written as null
    assert!(!weighed.stdout.contains("\"low\": null") && !weighed.stdout.contains("\"median\": null"));
}

#[test]
fn a_case_without_a_model_says_how_one_is_written() {
    let weighed = World::with_case().run(&["weigh", "case"]);
    assert_eq!((weighed.code, weighed.stdout.as_str()), (3, ""));
    assert!(weighed.stderr.contains("model.toml") && weighed.stderr.contains("docs/model.md"), "{}", weighed.stderr);
}

#[test]
fn faults_of_a_model_are_told_by_check_with_their_place() {
    let world = World::with_case();
    world.write(
        "case/model.toml",
        "[model]\ntitle = \"A model\"\nyears = \"2015/2017\"\n\n[quantity.people]\nlabel = \"People\"\nunit = \"persons\"\n\n\
         [[identity]]\nequation = \"people = people + 3 {visas}\"\nreason = \"none\"\n\n[[prior]]\non = \"people\"\nlow = 5\nhigh = 2\ncoverage = 0.9\nreason = \"none\"\n",
    );
    let check = world.run(&["check", "case"]);
    assert_eq!(check.code, 1, "{}", check.stdout);
    let told = format!("{}{}", check.stdout, check.stderr);
    assert!(told.contains("P0902") && told.contains("model.toml:10:"), "{told}");
    assert!(told.contains("P0905") && told.contains("from 5 to 2 is no range"), "{told}");
    assert!(world.run(&["weigh", "case"]).code == 0, "the rest goes on");
}

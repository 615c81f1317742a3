//! `plumb weigh` through the program: the real case, a case without a model, a model that cannot be read; models in XMILE.

use std::collections::BTreeMap;

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

/// The run of a skeleton that `plumb weigh` has written: its times, and each variable by its name.
fn course(world: &World, file: &str) -> (Vec<f64>, BTreeMap<String, Vec<f64>>) {
    let run = world.run(&["weigh", "xmile", file, "--format", "json"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "all was read and run");
    let found: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let list =
        |value: &serde_json::Value, name: &str| value.get(name).and_then(|list| list.as_array()).unwrap().clone();
    let numbers = |value: &serde_json::Value, name: &str| -> Vec<f64> {
        list(value, name).iter().map(|one| one.as_f64().unwrap()).collect()
    };
    let variables = list(&found, "variables").into_iter();
    let named = |one: &serde_json::Value| one.get("name").and_then(|name| name.as_str()).unwrap().to_owned();
    (numbers(&found, "times"), variables.map(|one| (named(&one), numbers(&one, "values"))).collect())
}

#[test]
fn the_skeleton_of_the_real_case_runs_and_lies_where_the_estimates_do() {
    let world = World::new();
    let weighed = world.run(&["weigh", &case(), "--xmile", "case.xmile", "--format", "json"]);
    assert_eq!((weighed.code, weighed.stderr.as_str()), (0, ""));
    let found: serde_json::Value = serde_json::from_str(&weighed.stdout).unwrap();
    let (times, base) = course(&world, "case.xmile");
    assert_eq!((times[0], times[16]), (2010.0, 2026.0));
    let mut compared = 0;
    for estimate in found["quantities"].as_array().unwrap() {
        let year = estimate["year"].as_f64();
        let Some(at) = times.iter().position(|time| year.is_none_or(|year| (year - *time).abs() < 0.5)) else {
            continue;
        };
        let place = estimate["place"].as_str().map(|place| format!("_{place}").to_lowercase()).unwrap_or_default();
        let value = base[&format!("{}{place}", estimate["quantity"].as_str().unwrap())][at];
        let end = |name: &str| estimate["spread"][name].as_f64().unwrap();
        if estimate["computed"].is_null() {
            assert!((value / end("median") - 1.0).abs() < 1e-5, "six digits: {estimate} {value}");
        } else {
            // an equation of medians gives no median, but for products; it lies in the middle half
            assert!(end("lower") <= value && value <= end("upper"), "{value} of {estimate}");
            assert!((value / end("median") - 1.0).abs() < 0.25, "{value} of {estimate}");
        }
        compared += 1;
    }
    assert!(compared > 600, "{compared}");
    for output in found["outputs"].as_array().unwrap().iter().filter(|output| output["year"].is_null()) {
        // what is one quantity is read off its variable
        let Some(course) = base.get(&output["id"].as_str().unwrap().replace('-', "_")) else { continue };
        let end = |name: &str| output["base"][name].as_f64().unwrap();
        assert!(end("lower") <= course[16] && course[16] <= end("upper"), "{} of {output}", course[16]);
    }
    assert!(base["revenue_total"][16] > base["revenue_after_deadline"][16] && base["revenue_after_deadline"][9] == 0.0);
    let text = world.read("case.xmile");
    let stock = text.split("<stock name=\"workers_RU_before\">").nth(1).and_then(|rest| rest.split("</stock>").next());
    let stock = stock.unwrap();
    assert!(stock.contains("<inflow>sent_ru</inflow>") && stock.contains("<outflow>returned_ru</outflow>"), "{stock}");
    let other = world.run(&["weigh", &case(), "--xmile", "other.xmile", "--scenario", "returned-in-time"]);
    assert!(other.code == 0 && other.stderr.contains("`pay_world`: left out: `pay_world[2019]`"), "{}", other.stderr);
    let (_, other) = course(&world, "other.xmile");
    let russia = |run: &BTreeMap<String, Vec<f64>>, at: usize| run["workers_ru"][at];
    assert_eq!((russia(&other, 7), russia(&other, 8)), (russia(&base, 7), 0.5 * russia(&base, 7)));
    assert_eq!((russia(&other, 9), other["revenue_world"][16]), (0.0, 0.0));
    let unknown = world.run(&["weigh", &case(), "--xmile", "no.xmile", "--scenario", "returned-in-tim"]);
    assert!(unknown.code == 1 && unknown.stderr.contains("did you mean `returned-in-time`?"), "{}", unknown.stderr);
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
    assert_eq!(world.run(&["weigh", "case"]).code, 1, "the rest goes on");
}

/// A model whose revenue is a product of workers and pay, of which only priors speak.
const PRODUCT: &str = "[model]\ntitle = \"Pay\"\nyears = \"2015/2017\"\n\n[quantity.people]\nlabel = \"People\"\nunit = \"persons\"\n\n\
    [quantity.pay]\nlabel = \"Pay\"\nunit = \"USD/person/year\"\n\n[quantity.revenue]\nlabel = \"Revenue\"\nunit = \"USD/year\"\n\n\
    [[identity]]\nequation = \"revenue = people * pay\"\nreason = \"Wages.\"\n\n\
    [[prior]]\non = \"people\"\nlow = 1000\nhigh = 1100\ncoverage = 0.9\nreason = \"none\"\n\n\
    [[prior]]\non = \"pay\"\nlow = 1000\nhigh = 5000\ncoverage = 0.9\nreason = \"none\"\n";

#[test]
fn estimates_are_drawn_in_a_file_that_stands_alone() {
    let world = World::with_case();
    let output =
        "\n[[output]]\nid = \"revenue\"\nlabel = \"What <they> earn\"\nunit = \"USD/year\"\nvalue = \"revenue\"\n";
    world.write("case/model.toml", format!("{PRODUCT}{output}"));
    let weighed = world.run(&["weigh", "case", "--svg", "pay.svg"]);
    assert_eq!(weighed.code, 0, "{}", weighed.stderr);
    let drawn = world.read("pay.svg");
    assert!(drawn.starts_with("<svg ") && drawn.contains("<title") && drawn.contains("<desc"), "{drawn}");
    assert!(drawn.contains("What &lt;they&gt; earn") && drawn.contains("class=\"nine-tenths\""), "{drawn}");
    assert!(!drawn.contains("href") && !drawn.contains("NaN") && !drawn.contains("<they"), "{drawn}");
    assert_eq!(world.run(&["weigh", "case", "--svg", "no/where.svg"]).code, 3);
}

#[test]
fn what_a_variance_comes_from_is_told_on_demand() {
    let world = World::with_case();
    world.write("case/model.toml", PRODUCT);
    let run = world.run(&["weigh", "case", "--sobol", " revenue ", "--format", "json"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let found: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let first = &found["quantities"][0];
    assert_eq!((&found["of"], &first["input"]), (&"revenue".into(), &"pay".into()));
    for index in ["first", "total", "shapley"] {
        let end = |name: &str| first[index][name].as_f64().unwrap();
        assert!(end("value") > 0.95 && end("low") <= end("value") && end("value") <= end("high"), "{first}");
    }
    assert!((found["reproduced"].as_f64().unwrap() - 1.0).abs() < 0.05 && found["warnings"] == serde_json::json!([]));
    let sum: f64 = found["summed"].as_array().unwrap().iter().map(|one| one[1].as_f64().unwrap()).sum();
    assert!((sum - 1.0).abs() < 1e-9, "{sum}");
    let text = world.run(&["weigh", "case", "--sobol", "revenue"]).stdout;
    assert!(text.starts_with("the variance of revenue, from") && text.contains("need not add up"), "{text}");
    // what no equation computes has first-order indices alone, and says so
    let text = world.run(&["weigh", "case", "--sobol", "pay"]).stdout;
    assert!(text.contains("unknown: no equation computes it"), "{text}");
    let half = "\n[[scenario]]\nid = \"fixed\"\nlabel = \"Fixed\"\n\n[[scenario.set]]\nequation = \"pay = 100 {USD/person/year}\"\n";
    world.write("case/model.toml", format!("{PRODUCT}{half}"));
    let text = world.run(&["weigh", "case", "--sobol", "revenue", "--scenario", "fixed"]).stdout;
    assert!(text.starts_with("the variance of revenue under fixed, from") && text.contains("\npeople "), "{text}");
    assert!(text.contains("Shapley, summed over places and years: people 100%") && !text.contains("\npay "), "{text}");
    assert_eq!(world.run(&["weigh", "case", "--scenario", "fixed"]).code, 2, "a scenario of nothing");
    let unknown = world.run(&["weigh", "case", "--sobol", "revenues"]);
    assert_eq!((unknown.code, unknown.stdout.as_str()), (1, ""));
    assert!(
        unknown.stderr.contains("no estimate of `revenues`") && unknown.stderr.contains("\nhint: "),
        "{}",
        unknown.stderr
    );
}

#[test]
fn steps_below_a_year_are_labelled_on_pages_and_in_the_terminal() {
    let world = World::with_case();
    world.write(
        "case/model.toml",
        "[model]\ntitle = \"People\"\nyears = \"2016-10/2017-09\"\nstep = \"quarter\"\n\n\
         [quantity.people]\nlabel = \"People\"\nunit = \"persons\"\nover = [\"quarter\"]\nwhen = \"end\"\n\n\
         [[prior]]\non = \"people[2016Q4]\"\nlow = 990\nhigh = 1010\ncoverage = 0.9\nreason = \"none\"\n\n\
         [[prior]]\non = \"people[quarter] / people[quarter-1]\"\nlow = 1.99\nhigh = 2.01\ncoverage = 0.9\nreason = \"none\"\n\n\
         [[output]]\nid = \"grown\"\nlabel = \"People\"\nunit = \"persons\"\nvalue = \"people[quarter]\"\n",
    );
    let run = world.run(&["weigh", "case", "--format", "json", "--svg", "people.svg", "--xmile", "people.xmile"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let found: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let last = found["quantities"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["name"], &last["year"]), (&"people[2017Q3]".into(), &"2017Q3".into()));
    // doubled in each quarter, from a thousand
    assert!((last["spread"]["median"].as_f64().unwrap() / 8000.0 - 1.0).abs() < 0.01, "{last}");
    assert!(world.read("people.svg").contains("People, 2017 Q3: about 8,0"), "{}", world.read("people.svg"));
    let (times, course) = course(&world, "people.xmile");
    assert_eq!((times.len(), course["people"].len()), (3, 3), "the first step is there for its end");
    let why = world.run(&["why", "estimate people[2017Q3]", "--case", "case"]);
    assert!(why.stdout.contains("People, 2017 Q3"), "{}{}", why.stdout, why.stderr);
    assert_eq!(world.run(&["build", "case", "--out", "site"]).code, 0);
    let page = world.read("site/estimates.html");
    assert!(page.contains(">Quarter</th>") && page.contains("2017 Q3"), "{page}");
}

/// A model in XMILE with these variables, of three times.
fn xmile(variables: &str) -> String {
    format!(
        "<xmile><header><name>Workers</name></header>\n<sim_specs time_units=\"year\"><start>2015</start><stop>2017</stop></sim_specs>\n\
         <model><variables>\n{variables}\n</variables></model></xmile>"
    )
}

const WORKERS: &str = "<stock name=\"=Workers\"><eqn>100</eqn><inflow>sent</inflow><units>persons</units></stock>\n\
                       <flow name=\"Sent\"><eqn>rate * TIME / 2015</eqn></flow>\n<aux name=\"rate\"><eqn>10</eqn></aux>";

#[test]
fn a_model_in_xmile_is_run() {
    let world = World::new();
    world.write("model.xmile", xmile(WORKERS));
    let run = world.run(&["weigh", "xmile", "model.xmile"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert_eq!(
        run.stdout,
        "time  =Workers     Sent  rate\n2015       100       10    10\n2016       110   10.005    10\n2017   120.005  10.0099    10\n"
    );
    let run = world.run(&["weigh", "xmile", "model.xmile", "--format", "csv"]);
    let rows: Vec<&str> = run.stdout.trim_start_matches('\u{feff}').lines().collect();
    // no spreadsheet takes the name for a formula
    assert_eq!((rows[0], rows[1], rows.len()), ("time,'=Workers,Sent,rate", "2015,100,10,10", 4));
    let run = world.run(&["weigh", "xmile", "model.xmile", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((&found["times"][2], &found["variables"][0]["values"][1]), (&2017.0.into(), &110.0.into()));
    // what is written is a model again, with the same run
    assert_eq!(world.run(&["weigh", "xmile", "model.xmile", "--write", "again.xmile"]).code, 0);
    assert_eq!(world.run(&["weigh", "xmile", "again.xmile", "--format", "json"]).stdout, run.stdout);
}

#[test]
fn an_empty_model_and_korean_names_are_run() {
    let world = World::new();
    world.write("empty.xmile", xmile(""));
    assert_eq!(
        world.run(&["weigh", "xmile", "empty.xmile", "--format", "csv"]).stdout,
        "\u{feff}time\r\n2015\r\n2016\r\n2017\r\n"
    );
    world.write(
        "korean.xmile",
        xmile("<aux name=\"해외 노동자\"><eqn>송출 * 2</eqn></aux><aux name=\"송출\"><eqn>3</eqn></aux>"),
    );
    let run = world.run(&["weigh", "xmile", "korean.xmile", "--format", "csv"]);
    assert!(run.stdout.starts_with("\u{feff}time,해외 노동자,송출\r\n2015,6,3\r\n"), "{}", run.stdout);
}

#[test]
fn what_an_xmile_file_holds_beyond_a_run_is_told_with_its_place() {
    let world = World::new();
    let told = |text: &str| {
        world.write("model.xmile", text);
        let run = world.run(&["weigh", "xmile", "model.xmile", "--format", "csv"]);
        assert_eq!(run.code, 1, "{}", run.stderr);
        (run.stdout, run.stderr)
    };
    let (rows, left_out) = told(&xmile("<aux name=\"a\"><eqn>1</eqn></aux>\n<module name=\"part\"/>"));
    assert!(rows.contains("2017,1") && left_out.contains("model.xmile: line 5: module `part`: left out"), "{left_out}");
    let rate = "<aux name=\"rate\"><eqn>1</eqn></aux>";
    for (variables, problem) in [
        (
            "<aux name=\"a\"><eqn>raet</eqn></aux>",
            "aux `a`: left out: it needs `raet`, which is not in the model; did you mean `rate`?",
        ),
        (
            "<aux name=\"a\"><eqn>1 / (2016 - TIME)</eqn></aux>",
            "`a`: left out: `a`: division by zero, first at time 2016",
        ),
        ("<aux name=\"a\"><eqn>SMTH1(rate, 0)</eqn></aux>", "`a`: left out: "),
    ] {
        let (rows, left_out) = told(&xmile(&format!("{variables}{rate}")));
        assert_eq!(rows, "\u{feff}time,rate\r\n2015,1\r\n2016,1\r\n2017,1\r\n", "the rest is run");
        assert!(left_out.contains(problem), "{left_out}");
    }
    for (text, problem) in [
        ("<!DOCTYPE a [<!ENTITY b \"ha\">]><xmile>&b;</xmile>".to_owned(), "line 1: a document type is not read"),
        ("<xmile>\n&host;</xmile>".to_owned(), "line 2: there is no entity `host`"),
        ("<xmile>\n<model></xmile>".to_owned(), "line 2: "),
        (String::new(), "`xmile` is missing"),
        (xmile("<aux name=\"a\"><eqn>1 / (2016 - TIME)</eqn></aux>"), "`a`: division by zero, first at time 2016"),
    ] {
        let (rows, refused) = told(&text);
        assert_eq!(rows, "");
        assert!(refused.contains(problem) && refused.contains("--> model.xmile\nhint: "), "{refused}");
    }
    let missing = world.run(&["weigh", "xmile", "no.xmile"]);
    assert_eq!((missing.code, missing.stdout.as_str()), (3, ""));
    assert!(missing.stderr.contains("cannot read no.xmile"), "{}", missing.stderr);
    world.write("model.xmile", xmile(WORKERS));
    let nowhere = world.run(&["weigh", "xmile", "model.xmile", "--write", "model.xmile/no.xmile"]);
    assert_eq!((nowhere.code, nowhere.stdout.as_str()), (3, ""));
    assert!(nowhere.stderr.contains("cannot write model.xmile/no.xmile"), "{}", nowhere.stderr);
}

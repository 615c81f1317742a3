//! Models that cannot be, through the program: each fault has its code, its place and a hint; the rest of the case is weighed; no
//! page shows a number that is none.

use serde_json::Value;

use crate::support::{World, files, root};

/// One line of the made-up case that is changed, and what must be told.
struct Fault {
    /// The file.
    file: &'static str,
    /// What stands there, and what is put in its place.
    change: (&'static str, &'static str),
    /// The code.
    code: &'static str,
    /// The words at fault.
    at: &'static str,
    /// Words of the message.
    says: &'static str,
    /// Whether `plumb check` sees it, which solves nothing.
    checked: bool,
}

const fn model(
    change: (&'static str, &'static str),
    code: &'static str,
    at: &'static str,
    says: &'static str,
) -> Fault {
    Fault { file: "model.toml", change, code, at, says, checked: true }
}

const fn claims(
    change: (&'static str, &'static str),
    code: &'static str,
    at: &'static str,
    says: &'static str,
) -> Fault {
    Fault { file: "claims.csv", ..model(change, code, at, says) }
}

const fn solved(
    change: (&'static str, &'static str),
    code: &'static str,
    at: &'static str,
    says: &'static str,
) -> Fault {
    Fault { checked: false, ..model(change, code, at, says) }
}

const FAULTS: &[Fault] = &[
    // unbounded, contradictory and overflowing priors
    model(("low = 0.7", "low = nan"), "P0110", "nan", "`low` is `nan`, which is no number"),
    model(("high = 0.9", "high = inf"), "P0110", "inf", "`high` is `inf`, which is no number"),
    model(("high = 100000", "high = 1e999"), "P0110", "1e999", "`high` is `1e999`, which is no number"),
    model(("high = 100000", "high = 1e300"), "P0905", "1e300", "beyond the numbers that are weighed"),
    model(("low = 5000", "low = 1e-300"), "P0905", "1e-300", "beyond the numbers that are weighed"),
    model(("low = 5000", "low = 500000"), "P0905", "100000", "a prior from 500000 to 100000 is no range"),
    model(("low = 5000", "low = -5000"), "P0905", "-5000", "it must rise, and begin above zero"),
    model(
        ("high = 0.9\ncoverage = 0.9", "high = 0.9\ncoverage = 1"),
        "P0905",
        "1",
        "a prior cannot cover 1 of the cases",
    ),
    model(("high = 1\n", "high = 0.5\n"), "P0905", "share", "lies wholly above the most that it can be, 0.5"),
    model(("high = 0.9", "high = 1.2"), "P0905", "share", "reaches above the most that it can be, 1"),
    model(("high = 1\n", "high = 0\n"), "P0905", "0", "so it can be nothing"),
    model(("members = [\"RU\", \"CN\"]", "members = [\"RU\", \"RU\"]"), "P0107", "RU\"", "`RU` stands a second time"),
    model(("members = [\"RU\", \"CN\"]", "members = []"), "P0905", "[]", "the set `host` has no members"),
    // division by zero: in an equation at one point of the grid, in an equation, under a scenario
    model(
        (
            "* pay * share * 12",
            "* pay * share / (sum(host, workers[host, 2016]) - workers[RU, 2016] - workers[CN, year]) * 1 {persons} * 12",
        ),
        "P0901",
        "(sum(host, workers[host, 2016]) - workers[RU, 2016] - workers[CN, year])",
        "it divides by zero",
    ),
    model(("* pay * share * 12", "* pay * share / (1 - 1) * 12"), "P0901", "(1 - 1)", "it divides by zero"),
    model(
        ("revenue[host, 2017])\"", "revenue[host, 2017]) / workers[RU, 2017] * 1 {persons}\""),
        "P0907",
        "sum(host, revenue[host, 2017]) / workers[RU, 2017] * 1 {persons}",
        "under “Nobody” the reported figure `earned` divides by zero",
    ),
    model(
        ("sum(host, revenue[host, 2017])", "sum(year in 2016..2018, revenue[RU, year] * 1)"),
        "P0903",
        "year",
        "2018",
    ),
    solved(
        ("sum(host, revenue[host, 2017])", "ln(pay / 800 {USD/person/month} - 1) * 1 {USD/year}"),
        "P0907",
        "ln(pay / 800 {USD/person/month} - 1) * 1 {USD/year}",
        "takes a root or logarithm of a number that has none",
    ),
    // circles, among equations and under a scenario
    model(
        (
            "[[observe]]\nmeasure = \"pay\"",
            "[[identity]]\nequation = \"pay = revenue[RU, 2017] / 1 {persons} / 12 {month/year}\"\n\n[[observe]]\nmeasure = \"pay\"",
        ),
        "P0904",
        "pay = revenue[RU, 2017] / 1 {persons} / 12 {month/year}",
        "is defined by itself",
    ),
    model(
        ("= 0 {persons}", "= revenue[host, year] / pay / 12 {month/year}"),
        "P0904",
        "workers[host, year] = revenue[host, year] / pay / 12 {month/year}",
        "under “Nobody” revenue[RU,2017] → workers[RU,2017] → revenue[RU,2017] is defined by itself",
    ),
    // units
    model(
        (" * 12 {month/year}", ""),
        "P0902",
        "workers[host, year] * pay * share",
        "the factor 12 {month/year} is missing",
    ),
    model(
        ("12 {month/year}", "12 {visas}"),
        "P0902",
        "workers[host, year] * pay * share * 12 {visas}",
        "are different things",
    ),
    // impossible evidence: no world has a share above the whole, fewer than nobody, or more people than there are
    model(
        ("= workers[host, year] * pay", "= -1 * workers[host, year] * pay"),
        "P0905",
        "revenue[host, year] = -1 * workers[host, year] * pay * share * 12 {month/year}",
        "must be above 0",
    ),
    claims(
        (",about,,0.8,,share", ",range,1.4,,1.6,share"),
        "P0213",
        "1.4",
        "a share lies between nothing and the whole",
    ),
    claims((",about,,30000,,persons", ",range,-50,,-10,persons"), "P0213", "-50", "nothing can be counted below zero"),
    claims((",about,,30000,,persons", ",range,50000,,20000,persons"), "P0206", "50000", "the numbers are reversed"),
    claims(
        (",about,,30000,,persons", ",exact,,79228162514264337593543950335,,persons"),
        "P0213",
        "79228162514264337593543950335",
        "there are not so many people",
    ),
    // overflow: in a coefficient, in an estimate, in a reported figure
    model(
        ("12 {month/year}", "1e308 * 1e10 {month/year}"),
        "P0905",
        "revenue[host, year] = workers[host, year] * pay * share * 1e308 * 1e10 {month/year}",
        "is not a finite number",
    ),
    solved(
        ("sum(host, revenue[host, 2017])", "1e300 * sum(host, revenue[host, 2017])"),
        "P0907",
        "1e300 * sum(host, revenue[host, 2017])",
        "`earned` is larger than can be computed",
    ),
    solved(
        ("sum(host, revenue[host, 2017])", "1e25 * sum(host, revenue[host, 2017])"),
        "P0907",
        "1e25 * sum(host, revenue[host, 2017])",
        "`earned` is larger than can be written",
    ),
];

fn case_with(fault: &Fault) -> World {
    let world = World::new();
    for (path, bytes) in files(&root().join("crates/plumb/tests/data/weighed")) {
        world.write(&format!("case/{}", path.display()), bytes);
    }
    let path = format!("case/{}", fault.file);
    let text = world.read(&path);
    assert_eq!(text.matches(fault.change.0).count(), 1, "{} stands once", fault.change.0);
    world.write(&path, text.replace(fault.change.0, fault.change.1));
    world
}

/// The words that the place after `--> case/FILE:` points at.
fn words_at(world: &World, file: &str, told: &str, length: usize) -> String {
    let mark = format!("--> case/{file}:");
    let place = told.split_once(&mark).unwrap_or_else(|| panic!("no place: {told}")).1;
    let mut numbers =
        place.split(|letter: char| !letter.is_ascii_digit()).map(|number| number.parse::<usize>().unwrap());
    let (line, column) = (numbers.next().unwrap(), numbers.next().unwrap());
    let text = world.read(&format!("case/{file}"));
    text.lines().nth(line - 1).unwrap().chars().skip(column - 1).take(length).collect()
}

/// What `told` says of the code and message: from its title to the next.
fn told_of<'t>(told: &'t str, fault: &Fault) -> &'t str {
    let title = format!("error[{}]: ", fault.code);
    let titles = told.match_indices(&title);
    let found = titles.map(|(start, _)| &told[start..]).find(|rest| rest.lines().next().unwrap().contains(fault.says));
    let found = found.unwrap_or_else(|| panic!("{} {}: not told:\n{told}", fault.code, fault.says));
    found.find("\nerror[").map_or(found, |end| &found[..end])
}

fn assert_located(world: &World, told: &str, fault: &Fault) {
    let told = told_of(told, fault);
    assert_eq!(words_at(world, fault.file, told, fault.at.chars().count()), fault.at, "{told}");
    assert!(told.contains("= help: "), "no hint: {told}");
}

#[test]
fn each_fault_is_named_located_and_explained_and_the_rest_goes_on() {
    for fault in FAULTS {
        let world = case_with(fault);
        let check = world.run(&["check", "case"]);
        assert_eq!(check.code, i32::from(fault.checked), "{}: {}", fault.says, check.stdout);
        if fault.checked {
            assert_located(&world, &check.stdout, fault);
        }
        let weighed = world.run(&["weigh", "case", "--format", "json"]);
        assert_eq!(weighed.code, 1, "{}: {}", fault.says, weighed.stderr);
        assert_located(&world, &weighed.stderr, fault);
        let found: Value = serde_json::from_str(&weighed.stdout).unwrap();
        assert_known_or_explained(&found, fault.says);
        assert_eq!(world.run(&["weigh", "case"]).code, 1, "{}", fault.says);
        let build = world.run(&["build", "case", "--out", "site"]);
        assert_eq!(build.code, 1, "{}: {}", fault.says, build.stderr);
        assert_located(&world, &build.stderr, fault);
        assert_pages(&world, fault);
    }
}

/// Whatever has no estimate says why; what the fault does not touch has one.
fn assert_known_or_explained(found: &Value, of: &str) {
    let quantities = found["quantities"].as_array().unwrap();
    let outputs = found["outputs"].as_array().unwrap();
    let scenarios = outputs.iter().flat_map(|output| output["scenarios"].as_array().unwrap());
    for one in quantities.iter().chain(scenarios).filter(|one| one["spread"].is_null()) {
        assert!(one["unknown"].as_str().is_some_and(|why| !why.is_empty()), "{of}: unknown without a reason: {one}");
    }
    for output in outputs.iter().filter(|output| output["base"].is_null()) {
        assert!(output["unknown"].is_string(), "{of}: unknown without a reason: {output}");
    }
    let pay = quantities.iter().find(|one| one["name"] == "pay").unwrap();
    assert!(
        pay.pointer("/spread/median").and_then(Value::as_f64).is_some_and(|pay| (600.0..1_100.0).contains(&pay)),
        "{of}: {pay}"
    );
}

fn assert_pages(world: &World, fault: &Fault) {
    let pages = files(&world.path("site"));
    assert!(pages.len() > 20, "{}", fault.says);
    for (path, bytes) in pages.iter().filter(|(path, _)| path.extension().is_some_and(|kind| kind == "html")) {
        let text = String::from_utf8(bytes.clone()).unwrap();
        // the page of diagnostics quotes the file
        let own = path.ends_with("diagnostics.html");
        let none = ["NaN", "\"inf", ">inf", "Infinity"].into_iter().find(|word| !own && text.contains(word));
        assert_eq!(none, None, "{}: {}", fault.says, path.display());
    }
    let found = world.read("site/diagnostics.html");
    assert!(found.contains(fault.code), "{}: not on the page of diagnostics", fault.says);
}

#[test]
fn a_claim_that_no_world_can_explain_is_told_with_what_the_model_allows() {
    let exact = Fault { code: "P0908", ..claims((",about,,0.8,,share", ",exact,,0.8,,share"), "", "0.8", "") };
    let world = case_with(&exact);
    let model =
        world.read("case/model.toml").replace("high = 1\n", "high = 0.75\n").replace("high = 0.9", "high = 0.72");
    world.write("case/model.toml", model);
    assert_eq!(world.run(&["check", "case"]).code, 0);
    let weighed = world.run(&["weigh", "case"]);
    assert_eq!(weighed.code, 0, "a claim is no fault of the case: {}", weighed.stderr);
    assert!(
        weighed.stderr.starts_with("warning[P0908]: `c6` says 80%, but the model allows at most 75%"),
        "{}",
        weighed.stderr
    );
    assert_eq!(words_at(&world, "claims.csv", &weighed.stderr, 3), "0.8");
    assert_eq!(world.run(&["build", "case", "--out", "site", "--strict"]).code, 1);
    assert!(world.read("site/diagnostics.html").contains("P0908"));
    let settings = world.read("case/case.toml");
    let accept = |code: &str| {
        format!(
            "{settings}\n[[accept]]\ncode = \"{code}\"\nrows = [\"c6\"]\nreason = \"the statute says so, to the letter\"\n"
        )
    };
    world.write("case/case.toml", accept("P0908"));
    let checked = world.run(&["check", "case", "--strict"]);
    assert_eq!(checked.code, 0, "what only weighing can find is no fault of an acceptance: {}", checked.stderr);
    assert_eq!(world.run(&["weigh", "case"]).stderr, "", "an accepted diagnostic is told on its page alone");
    assert_eq!(world.run(&["build", "case", "--out", "site", "--strict"]).code, 0);
    assert!(world.read("site/diagnostics.html").contains("the statute says so, to the letter"));
}

#[test]
fn a_model_that_cannot_be_read_at_all_is_told() {
    let world = case_with(&model(("\"2015/2017\"", "\"2017/2015\""), "P0205", "", ""));
    let weighed = world.run(&["weigh", "case"]);
    assert_eq!((weighed.code, weighed.stdout.as_str()), (1, ""));
    assert!(weighed.stderr.contains("`2017/2015` ends before it begins"), "{}", weighed.stderr);
    assert!(weighed.stderr.contains("case/model.toml:5:9"), "{}", weighed.stderr);
    // time goes in steps of a year, a quarter or a month, and in no more of them than can be weighed
    for (years, says) in [
        ("\"2015/2017\"\nstep = \"week\"", "week"),
        ("\"1950/2017\"\nstep = \"month\"", "has more than 240 months"),
        ("\"1850/2017\"", "has more than 100 years"),
    ] {
        let world = case_with(&model(("\"2015/2017\"", years), "P0905", "", ""));
        let weighed = world.run(&["weigh", "case"]);
        assert_eq!((weighed.code, weighed.stdout.as_str()), (1, ""), "{years}");
        assert!(weighed.stderr.contains(says), "{}", weighed.stderr);
        assert!(weighed.stderr.contains("case/model.toml:"), "{}", weighed.stderr);
    }
}

#[test]
fn tables_of_lists_that_tell_no_size_are_refused_with_their_place() {
    let world = World::new();
    for (rows, says, place) in [
        ("1,0,-5\n0,1,3\n1,1,2\n", "the count is negative: -5", "t.csv:2:5"),
        ("1,0,5\n0,1,3\n1,1,0\n", "no two lists overlap", "t.csv:1:1"),
    ] {
        world.write("t.csv", format!("a,b,count\n{rows}"));
        let count = world.run(&["weigh", "count", "t.csv"]);
        assert_eq!((count.code, count.stdout.as_str()), (1, ""));
        assert!(count.stderr.contains(says) && count.stderr.contains(place), "{}", count.stderr);
        assert!(count.stderr.contains("\nhint: "), "{}", count.stderr);
    }
}

//! The sample models of SDXorg/test-models against their expected outputs, hostile files, writing and reading again.

use plumb_weigh::language::canonical;
use plumb_weigh::stockflow::{Method, Model, Run, Save, Simulation};
use plumb_weigh::xmile::{XmileError, read, write};
use proptest::prelude::*;

use crate::shared::{close, data, fixture, numbers};

fn run(model: &Model) -> Run {
    let outputs: Vec<&str> = model.variables.iter().map(|variable| variable.name.as_str()).collect();
    let found = Simulation::compile(model, &[], &outputs).unwrap().run(&[], 1, Save::Every(1)).unwrap();
    assert_eq!(found.faults, []);
    found
}

/// Names and rows of an expected output; cells that repeat the first row are empty.
fn expected(folder: &std::path::Path) -> (Vec<String>, Vec<Vec<Option<f64>>>) {
    let (path, separator) = match folder.join("output.csv") {
        path if path.exists() => (path, ','),
        _ => (folder.join("output.tab"), '\t'),
    };
    let text = std::fs::read_to_string(path).unwrap().replace("\r\n", "\n").replace('\r', "\n");
    // names with commas stand in quotation marks in one file; none of the others has any
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let names = lines.next().unwrap().split(separator).map(canonical).collect();
    let row = |line: &str| line.split(separator).map(|cell| cell.trim().parse().ok()).collect();
    (names, lines.map(row).collect())
}

/// How many numbers of an expected output a run was compared with.
fn compare(case: &str, found: &Run, names: &[String], rows: &[Vec<Option<f64>>]) -> usize {
    let mut compared = 0;
    for row in rows {
        let time = row[0].unwrap();
        let place = found.times.iter().position(|kept| (kept - time).abs() < 1e-5 * (1.0 + time)).unwrap();
        for (name, cell) in names.iter().zip(row).skip(1) {
            let Some(cell) = cell else { continue };
            let output = found.outputs.iter().position(|output| output == name);
            // what a run is made of is no variable of every model
            let Some(output) = output else {
                let own = ["initial_time", "final_time", "time_step", "saveper"];
                assert!(own.contains(&name.as_str()), "{case}: `{name}` is missing in {:?}", found.outputs);
                continue;
            };
            let value = found.column(output, place).unwrap()[0];
            let near = (value - cell).abs() <= 1e-4 + 5e-3 * cell.abs();
            assert!(near, "{case}: `{name}` at {time} is {value} where {cell} is expected");
            compared += 1;
        }
    }
    compared
}

#[test]
fn sample_models_give_their_expected_output() {
    let Some(index) = fixture("xmile/index.json") else { return };
    let mut compared = 0;
    let cases = index["cases"].as_array().unwrap();
    for case in cases {
        let case = case.as_str().unwrap();
        let path = data().join("xmile").join(case);
        let (model, warnings) = read(&std::fs::read(&path).unwrap()).unwrap();
        assert!(warnings.iter().all(|warning| warning.harmless), "{case}: {warnings:?}");
        let found = run(&model);
        let (names, rows) = expected(path.parent().unwrap());
        assert!(rows.len() > 1, "{case}");
        let numbers = compare(case, &found, &names, &rows);
        assert!(numbers > 1, "{case}");
        compared += numbers;
        // written and read again it runs the same
        let text = write(&model).unwrap();
        let (again, warnings) = read(text.as_bytes()).unwrap();
        assert_eq!(warnings, [], "{case}");
        assert_eq!(run(&again), found, "{case}");
        assert_eq!(write(&again).unwrap(), text, "{case}");
    }
    assert_eq!(cases.len(), 23);
    assert!(compared > 5_000, "{compared}");
}

#[test]
fn five_hosts_give_what_other_programs_give() {
    let Some(answers) = fixture("stockflow/labour_five_hosts_expected.json") else { return };
    let bytes = std::fs::read(data().join("stockflow/labour_five_hosts.xmile")).unwrap();
    let (model, warnings) = read(&bytes).unwrap();
    assert_eq!(warnings, []);
    let names: Vec<&str> =
        answers["columns"].as_array().unwrap().iter().skip(1).map(|name| name.as_str().unwrap()).collect();
    let found = Simulation::compile(&model, &[], &names).unwrap().run(&[], 1, Save::Every(1)).unwrap();
    for row in answers["rows"].as_array().unwrap() {
        let row = numbers(row);
        let place = found.times.iter().position(|time| *time == row[0]).unwrap();
        for (output, expected) in row.iter().skip(1).enumerate() {
            close(names[output], found.column(output, place).unwrap()[0], *expected, 1e-12);
        }
    }
}

fn file(variables: &str) -> String {
    format!(
        "<xmile><sim_specs><start>0</start><stop>4</stop><dt reciprocal=\"true\">2</dt></sim_specs>\n\
         <model><variables>\n{variables}\n</variables></model></xmile>"
    )
}

#[test]
fn graphical_functions_and_limits_are_read_and_written() {
    let text = file(
        r#"<aux name="curve"><eqn>TIME</eqn><gf><xscale min="0" max="4"/><ypts>0,10,40</ypts></gf></aux>
        <gf name="far" type="extrapolate"><xpts sep=";">0;1</xpts><ypts sep=";">0;2</ypts></gf>
        <gf name="rate" type="discrete"><xpts>0,2</xpts><ypts>5,6</ypts></gf>
        <aux name="both"><eqn>LOOKUP(Far, TIME) + rate(TIME) {a comment}</eqn></aux>
        <stock name="Store"><eqn>3</eqn><outflow>use</outflow><non_negative/><units>t</units></stock>
        <flow name="use"><eqn>-1 + 3 * STEP(1, 0)</eqn><doc>a &lt; b &amp; &#99;</doc><non_negative/></flow>"#,
    );
    let (model, warnings) = read(text.as_bytes()).unwrap();
    assert_eq!(warnings, []);
    let found = run(&model);
    let at = |name: &str, time: f64| at(&found, name, time);
    assert_eq!((at("curve", 1.0), at("curve", 3.0), at("curve", 4.0)), (5.0, 25.0, 40.0));
    assert_eq!((at("both", 1.5), at("both", 3.0)), (8.0, 12.0));
    assert_eq!((at("store", 1.0), at("store", 1.5), at("store", 4.0)), (1.0, 0.0, 0.0));
    assert_eq!(model.variables.iter().find(|variable| variable.name == "use").unwrap().note, "a < b & c");
    let written = write(&model).unwrap();
    assert_eq!(run(&read(written.as_bytes()).unwrap().0), found);
}

/// What a run finds at a time.
fn at(found: &Run, name: &str, time: f64) -> f64 {
    let output = found.outputs.iter().position(|output| output == name).unwrap();
    let place = found.times.iter().position(|kept| (*kept - time).abs() < 1e-9).unwrap();
    found.column(output, place).unwrap()[0]
}

#[test]
fn the_rule_of_a_file_is_followed_but_for_exports_of_vensim() {
    let with = |header: &str, method: &str| {
        let text = format!(
            "<xmile><header>{header}</header><sim_specs method=\"{method}\"><start>0</start><stop>1</stop></sim_specs><model/></xmile>"
        );
        let (model, warnings) = read(text.as_bytes()).unwrap();
        (model.method, warnings.iter().map(|warning| warning.harmless).collect::<Vec<_>>())
    };
    assert_eq!(with("<product>Stella</product>", "RK4"), (Method::RungeKutta4, vec![]));
    assert_eq!(with("<product>Vensim</product>", "RK4"), (Method::Euler, vec![true]));
    assert_eq!(with("<product>Vensim, xmutil</product>", "rk45, rk4"), (Method::RungeKutta4, vec![]));
    assert_eq!(with("", "rk45"), (Method::RungeKutta4, vec![false]));
    assert_eq!(with("", "other"), (Method::Euler, vec![false]));
}

#[test]
fn a_pulse_brings_its_volume_whatever_the_rule_and_step() {
    for method in ["Euler", "RK4"] {
        for step in ["0.1", "0.125", "0.3", "1"] {
            let text = format!(
                "<xmile><sim_specs method=\"{method}\"><start>0</start><stop>12</stop><dt>{step}</dt></sim_specs><model><variables>
                <stock name=\"store\"><eqn>0</eqn><inflow>once</inflow><inflow>often</inflow></stock>
                <flow name=\"once\"><eqn>PULSE(10, 3)</eqn></flow><flow name=\"often\"><eqn>PULSE(1, 3, 3)</eqn></flow>
                </variables></model></xmile>"
            );
            let found = run(&read(text.as_bytes()).unwrap().0);
            // once ten, and one at 3, 6 and 9; that at 12 is not over when the run ends
            close(&format!("{method} {step}"), at(&found, "store", 12.0), 13.0, 1e-9);
            assert_eq!(at(&found, "store", 3.0), 0.0, "{method} {step}: nothing before its time");
        }
    }
}

#[test]
fn what_lacks_something_is_left_out_and_the_rest_runs() {
    let text = file(
        r#"<aux name="good"><eqn>2</eqn></aux>
        <stock name="store"><eqn>1</eqn><inflow>unknown flow</inflow></stock>
        <aux name="after"><eqn>store * good</eqn></aux>
        <aux name="typo"><eqn>god + 1</eqn></aux>
        <aux name="random"><eqn>POISSON(3)</eqn></aux>
        <aux name="after_all"><eqn>after + 1</eqn></aux>
        <aux name="Good"><eqn>3</eqn></aux>
        <aux name="time"><eqn>3</eqn></aux>
        <group name="people"><entity name="good"/></group>
        <aux name="pi"><eqn>3</eqn></aux>
        <aux name="pi_"><eqn>MIN(INF, pi)</eqn></aux>"#,
    );
    let (model, warnings) = read(text.as_bytes()).unwrap();
    let found: Vec<String> = warnings.iter().map(ToString::to_string).collect();
    let expected = [
        "line 9: aux `Good`: left out: another variable has this name",
        "line 10: aux `time`: left out: the name stands for what the run itself says of time",
        "line 4: stock `store`: left out: it needs `unknown_flow`, which is not in the model",
        "line 5: aux `after`: left out: it needs `store`, which is left out",
        "line 6: aux `typo`: left out: it needs `god`, which is not in the model; did you mean `good`?",
        "line 7: aux `random`: left out: there is no function `poisson`, and no graphical function of that name",
        "line 8: aux `after_all`: left out: it needs `after`, which is left out",
    ];
    assert_eq!(found, expected);
    let ran = run(&model);
    assert_eq!((at(&ran, "good", 0.0), at(&ran, "pi_", 4.0)), (2.0, 3.0));
}

#[test]
fn random_numbers_have_their_means_and_come_again() {
    let text = "<xmile><sim_specs method=\"RK4\"><start>0</start><stop>20000</stop></sim_specs><model><variables>
        <aux name=\"even\"><eqn>RANDOM(2, 6)</eqn></aux><aux name=\"bell\"><eqn>NORMAL(10, 2)</eqn></aux>
        <aux name=\"skew\"><eqn>LOGNORMAL(10, 5)</eqn></aux><aux name=\"wait\"><eqn>EXPRND(3)</eqn></aux>
        <aux name=\"one\"><eqn>RANDOM(0, 1, 7)</eqn></aux><aux name=\"same\"><eqn>RANDOM(0, 1, 7)</eqn></aux>
        <stock name=\"sum\"><eqn>0</eqn><inflow>in</inflow></stock><flow name=\"in\"><eqn>even</eqn></flow>
        </variables></model></xmile>";
    let found = run(&read(text.as_bytes()).unwrap().0);
    let course = |name: &str| found.course(found.outputs.iter().position(|output| output == name).unwrap(), 0);
    // five standard errors of a mean of 20,000 numbers
    for (name, mean, deviation) in
        [("even", 4.0, 4.0 / 12.0_f64.sqrt()), ("bell", 10.0, 2.0), ("skew", 10.0, 5.0), ("wait", 3.0, 3.0)]
    {
        let values = course(name);
        let count = values.len() as f64;
        let average = values.iter().sum::<f64>() / count;
        assert!((average - mean).abs() < 5.0 * deviation / count.sqrt(), "{name}: {average}");
        let spread = (values.iter().map(|value| (value - average) * (value - average)).sum::<f64>() / count).sqrt();
        assert!((spread / deviation - 1.0).abs() < 0.1, "{name}: {spread}");
    }
    assert_eq!(course("one"), course("same"), "one seed, one stream");
    assert_ne!(course("even")[..9], course("one")[..9]);
    let (even, sum) = (course("even"), course("sum"));
    close("a step has one number", sum[9], even.iter().take(9).sum(), 1e-12);
    assert_eq!(run(&read(text.as_bytes()).unwrap().0), found);
    // a further call leaves the numbers of others alone
    let more = text.replace("<stock ", "<aux name=\"another\"><eqn>DELAY1(RANDOM(0, 1), 2)</eqn></aux><stock ");
    let again = run(&read(more.as_bytes()).unwrap().0);
    assert_eq!(again.course(again.outputs.iter().position(|output| output == "even").unwrap(), 0), even);
}

#[test]
fn what_is_not_understood_is_named() {
    let text = file(
        r#"<aux name="good"><eqn>1</eqn><event_poster/></aux>
        <aux name="bad"><eqn>1 +</eqn></aux>
        <aux name="empty"/>
        <module name="part"/>
        <stock name="belt"><eqn>1</eqn><conveyor><len>4</len></conveyor></stock>
        <aux name="many"><dimensions><dim name="Host"/></dimensions><eqn>1</eqn></aux>
        <gf name="curve"><ypts>1,x</ypts></gf>
        <aux name="bent"><eqn>TIME</eqn><gf><xpts>2,1</xpts><ypts>1,2</ypts></gf></aux>"#,
    );
    let (model, warnings) = read(text.as_bytes()).unwrap();
    let names: Vec<&str> = model.variables.iter().map(|variable| variable.name.as_str()).collect();
    assert_eq!(names, ["good", "belt"]);
    let found: Vec<String> = warnings.iter().map(|warning| format!("{} {}", warning.line, warning.element)).collect();
    let expected = [
        "3 event_poster",
        "4 aux `bad`",
        "5 aux `empty`",
        "6 module `part`",
        "7 conveyor",
        "8 aux `many`",
        "9 gf `curve`",
        "10 gf",
        "10 aux `bent`",
    ];
    assert_eq!(found, expected);
}

#[test]
fn hostile_files_are_refused() {
    let bomb = "<!DOCTYPE a [<!ENTITY b \"ha\"><!ENTITY c \"&b;&b;\">]><xmile>&c;</xmile>";
    assert_eq!(read(bomb.as_bytes()).unwrap_err(), XmileError::DocumentType(1));
    let entity = read(b"<xmile>\n&host;</xmile>").unwrap_err();
    assert_eq!(entity, XmileError::Entity { line: 2, name: "host".to_owned() });
    assert!(matches!(read("<a>".repeat(1000).as_bytes()), Err(XmileError::TooDeep { .. })));
    assert!(matches!(read(&vec![b' '; 17 << 20]), Err(XmileError::TooLarge { .. })));
    assert_eq!(read(b"<xmile>\xff</xmile>").unwrap_err(), XmileError::NotText(7));
    assert!(matches!(read(b"<xmile><model></xmile>"), Err(XmileError::Markup { .. })));
    assert!(matches!(read(b"<xmile><model>"), Err(XmileError::Markup { .. })));
    assert_eq!(read(b"<html/>").unwrap_err(), XmileError::NotXmile("html".to_owned()));
    assert_eq!(read(b"").unwrap_err(), XmileError::Missing("xmile"));
}

proptest! {
    #[test]
    fn any_variables_are_read_or_refused(inside in "(<(aux|stock|gf|flow)( name=\"[aB \\\\n]\")?>|</aux>|<eqn>|</eqn>|&lt;|&#1;|[a-z1+(]|<ypts>){0,12}") {
        if let Ok((model, _)) = read(file(&inside).as_bytes()) {
            let _text = write(&model);
        }
    }
}

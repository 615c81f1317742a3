//! Stocks and flows: closed forms, functions of time, limits, faults.
#![allow(
    clippy::allow_attributes,
    clippy::float_cmp,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test compares with known digits and stops when its set-up fails"
)]

use plumb_weigh::language::{Failure, Indices, parse};
use plumb_weigh::stockflow::{Method, Model, ModelError, Role, Run, RunError, Save, Simulation, Variable};
use serde_json::Value;

mod shared;
use shared::{close, fixture, number};

fn stock(name: &str, initial: &str, inflows: &[&str], outflows: &[&str]) -> Variable {
    Variable::stock(name, parse(initial).unwrap(), inflows, outflows)
}

fn flow(name: &str, text: &str) -> Variable {
    Variable::flow(name, parse(text).unwrap())
}

fn auxiliary(name: &str, text: &str) -> Variable {
    Variable::auxiliary(name, parse(text).unwrap())
}

fn model(stop: f64, step: f64, method: Method, variables: Vec<Variable>) -> Model {
    Model { stop, step, method, variables, ..Model::default() }
}

/// Runs one draw and keeps these variables at every step.
fn run(model: &Model, outputs: &[&str]) -> Run {
    let found = Simulation::compile(model, &[], outputs).unwrap().run(&[], 1, Save::Every(1)).unwrap();
    assert_eq!(found.faults, []);
    found
}

/// The course of one auxiliary over five steps of one.
fn course(text: &str) -> Vec<f64> {
    let variables = vec![stock("clock", "0", &["tick"], &[]), flow("tick", "1"), auxiliary("y", text)];
    run(&model(5.0, 1.0, Method::Euler, variables), &["y"]).course(0, 0)
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|value| value.as_f64().unwrap()).collect()
}

/// Compares a course in steps of `step` with values at the listed times.
fn matches(what: &str, course: &[f64], step: f64, times: &Value, expected: &Value, relative: f64) {
    for (time, expected) in numbers(times).iter().zip(numbers(expected)) {
        let place = (time / step).round();
        let (_, found) = course.iter().enumerate().find(|(index, _)| *index as f64 == place).unwrap();
        assert!((found - expected).abs() <= relative * expected.abs() + 1e-6, "{what} at {time}: {found}, {expected}");
    }
}

#[test]
fn closed_forms_are_met() {
    let Some(answers) = fixture("stockflow/analytic.json") else { return };
    let first = &answers["first_order"];
    let leaving = |step, method| {
        let variables =
            vec![stock("present", "0", &["sent"], &["left"]), flow("sent", "1000"), flow("left", "present / 30")];
        run(&model(120.0, step, method, variables), &["present"]).course(0, 0)
    };
    matches("euler", &leaving(1.0, Method::Euler), 1.0, &first["t"], &first["euler_dt1"], 1e-12);
    matches("euler", &leaving(0.25, Method::Euler), 0.25, &first["t"], &first["euler_dt0.25"], 1e-12);
    matches("rk4", &leaving(0.25, Method::RungeKutta4), 0.25, &first["t"], &first["continuous"], 1e-9);

    let pipeline = &answers["fixed_contract_pipeline"];
    let variables =
        vec![stock("present", "0", &["sent"], &["left"]), flow("sent", "1000"), flow("left", "delay(sent, 36, 0)")];
    let found = run(&model(120.0, 1.0, Method::Euler, variables), &["present", "left"]);
    matches("pipeline", &found.course(0, 0), 1.0, &pipeline["t"], &pipeline["stock"], 0.0);
    matches("returns", &found.course(1, 0), 1.0, &pipeline["t"], &pipeline["returns_per_month"], 0.0);

    let erlang = &answers["erlang3_stay"];
    let variables =
        vec![stock("present", "0", &["sent"], &["left"]), flow("sent", "1000"), flow("left", "delay3(sent, 30, 0)")];
    let found = run(&model(120.0, 0.25, Method::RungeKutta4, variables), &["present"]);
    matches("erlang", &found.course(0, 0), 0.25, &erlang["t"], &erlang["stock"], 1e-6);
}

#[test]
fn two_hosts_exchange_and_steady_state() {
    let Some(answers) = fixture("stockflow/analytic.json") else { return };
    let two = &answers["two_hosts_with_transfer"];
    let rate = |name: &str| number(&two["rates"], name);
    let variables = vec![
        stock("one", "0", &["sent_one", "back"], &["left_one", "over"]),
        stock("two", "0", &["sent_two", "over"], &["left_two", "back"]),
        flow("sent_one", &two["dispatch"][0].to_string()),
        flow("sent_two", &two["dispatch"][1].to_string()),
        flow("left_one", &format!("one * {}", rate("leave_1"))),
        flow("left_two", &format!("two * {}", rate("leave_2"))),
        flow("over", &format!("one * {}", rate("move_1_to_2"))),
        flow("back", &format!("two * {}", rate("move_2_to_1"))),
    ];
    let mut exchange = model(2400.0, 0.5, Method::RungeKutta4, variables);
    let found = run(&exchange, &["one", "two"]);
    for (time, expected) in numbers(&two["t"]).iter().zip(two["stock"].as_array().unwrap()) {
        for (host, expected) in numbers(expected).iter().enumerate() {
            let place = found.times.iter().position(|kept| kept == time).unwrap();
            let found = found.column(host, place).unwrap()[0];
            assert!((found - expected).abs() <= 1e-7 * expected, "host {host} at {time}: {found}, {expected}");
        }
    }
    for (host, expected) in numbers(&two["steady_state"]).iter().enumerate() {
        close("steady state", *found.course(host, 0).last().unwrap(), *expected, 1e-9);
    }
    // stocks that feed each other may both be kept from falling below zero
    for variable in &mut exchange.variables {
        if let Role::Stock { non_negative, .. } = &mut variable.role {
            *non_negative = true;
        }
    }
    let held = run(&exchange, &["one"]);
    close("held", *held.course(0, 0).last().unwrap(), *found.course(0, 0).last().unwrap(), 1e-12);
}

#[test]
fn scenarios_differ_by_what_the_order_changes() {
    let Some(answers) = fixture("stockflow/analytic.json") else { return };
    let case = &answers["repatriation_scenario"];
    let (people, month) = (number(case, "S0"), number(case, "T0"));
    let scenario = |complies: &str| {
        let variables = vec![
            stock("present", &people.to_string(), &[], &["home"]),
            flow("home", &format!("{complies} * if(time >= {month} and time < {month} + 24, {people} / 24, 0)")),
            stock("total", "0", &["remitted"], &[]),
            flow("remitted", "present * wage * share"),
            auxiliary("wage", &number(case, "wage").to_string()),
            auxiliary("share", &number(case, "share").to_string()),
        ];
        run(&model(120.0, 0.125, Method::RungeKutta4, variables), &["present", "total"])
    };
    let (ignore, comply) = (scenario("0"), scenario("1"));
    let last = |run: &Run| *run.course(1, 0).last().unwrap();
    close("ignore", last(&ignore), number(&case["expect"], "ignore_cumulative"), 1e-12);
    // the draw-down jumps between steps, where the rule of fourth order is one of first order
    close("comply", last(&comply), number(&case["expect"], "comply_cumulative"), 2e-3);
    let at = |month: usize| comply.column(0, month * 8).unwrap()[0];
    close("half way", at(60), number(&case["expect"]["comply_stock_at"], "60"), 2e-2);
}

#[test]
fn functions_of_time_follow_the_standard() {
    assert_eq!(course("step(10, 2)"), [0.0, 0.0, 10.0, 10.0, 10.0, 10.0]);
    assert_eq!(course("ramp(2, 1, 3)"), [0.0, 0.0, 2.0, 4.0, 4.0, 4.0]);
    assert_eq!(course("ramp(2, 3)"), [0.0, 0.0, 0.0, 0.0, 2.0, 4.0]);
    assert_eq!(course("pulse(7, 1, 2)"), [0.0, 7.0, 0.0, 7.0, 0.0, 7.0]);
    assert_eq!(course("pulse(7, 1)"), [0.0, 7.0, 0.0, 0.0, 0.0, 0.0]);
    assert_eq!(course("previous(clock, 9)"), [9.0, 0.0, 1.0, 2.0, 3.0, 4.0]);
    assert_eq!(course("init(clock + 3) + 0 * clock"), [3.0; 6]);
    assert_eq!(course("delay(clock, 2)"), [0.0, 0.0, 0.0, 1.0, 2.0, 3.0]);
    assert_eq!(course("delay(clock, 2, 5)"), [5.0, 5.0, 0.0, 1.0, 2.0, 3.0]);
    assert_eq!(course("smth1(step(8, 0), 2, 0)"), [0.0, 4.0, 6.0, 7.0, 7.5, 7.75]);
    // each of two stages of time one moves all the way within a step
    assert_eq!(course("smthn(clock, 2, 2)"), [0.0, 0.0, 0.0, 1.0, 2.0, 3.0]);
    // material is neither lost nor made: what has gone in less what has come out is what is under way
    assert_eq!(course("delay1(8, 2, 0)"), [0.0, 4.0, 6.0, 7.0, 7.5, 7.75]);
    assert_eq!(course("delay3(8, 3)"), [8.0; 6]);
    assert_eq!(course("trend(5, 3)"), [0.0; 6]);
    assert_eq!(course("forcst(5, 3, 10)"), [5.0; 6]);
    assert_eq!(course("starttime + stoptime + dt + time"), [6.0, 7.0, 8.0, 9.0, 10.0, 11.0]);
}

#[test]
fn a_stock_gives_no_more_than_it_has() {
    let mut bounded = model(
        5.0,
        1.0,
        Method::Euler,
        vec![stock("s", "10", &["in"], &["first", "second"]), flow("in", "1"), flow("first", "4"), flow("second", "3")],
    );
    if let Role::Stock { non_negative, .. } = &mut bounded.variables[0].role {
        *non_negative = true;
    }
    let found = run(&bounded, &["s", "first", "second"]);
    assert_eq!(found.course(0, 0), [10.0, 4.0, 0.0, 0.0, 0.0, 0.0]);
    assert_eq!(found.course(1, 0), [4.0, 4.0, 1.0, 1.0, 1.0, 1.0]);
    assert_eq!(found.course(2, 0), [3.0, 1.0, 0.0, 0.0, 0.0, 0.0]);
}

#[test]
fn draws_are_what_single_runs_are_and_faults_are_left_out() {
    let variables = vec![
        stock("present", "100", &["sent"], &["left"]),
        flow("sent", "rate"),
        flow("left", "present / stay"),
        auxiliary("rate", "10"),
        auxiliary("stay", "20"),
    ];
    let model = model(20.0, 0.5, Method::RungeKutta4, variables);
    let simulation = Simulation::compile(&model, &["stay", "present"], &["present", "left"]).unwrap();
    // more than one block; every hundredth stay is 0
    let stay: Vec<f64> = (0..700).map(|draw| f64::from(draw % 100)).collect();
    let begin: Vec<f64> = (0..700).map(f64::from).collect();
    let all = simulation.run(&[&stay, &begin], 700, Save::Every(10)).unwrap();
    assert_eq!((all.times.len(), all.draws.len()), (5, 693));
    let fault = &all.faults[0];
    assert_eq!((fault.name.as_str(), fault.failure), ("left", Failure::DivisionByZero));
    assert_eq!((fault.draws, fault.first_draw, fault.time), (7, 0, Some(0.0)));
    let single = simulation.run(&[&[35.0], &[335.0]], 1, Save::Every(10)).unwrap();
    let place = all.draws.iter().position(|draw| *draw == 335).unwrap();
    assert_eq!(all.course(0, place), single.course(0, 0));
    let last = simulation.run(&[&stay, &begin], 700, Save::Last).unwrap();
    assert_eq!(last.column(1, 0), all.column(1, 4));
    assert_eq!(last.column(2, 0), None);
    assert!(matches!(simulation.run(&[&stay], 700, Save::Last), Err(RunError::Column(_))));
}

#[test]
fn arrays_are_written_out_over_their_hosts() {
    let hosts = Indices::from([("host".to_owned(), ["RU", "CN", "KW"].map(str::to_owned).to_vec())]);
    let variables = vec![
        stock("present[host]", "start[host]", &["sent[host]"], &["left[host]"]),
        flow("sent[host]", "10"),
        flow("left[host]", "present[host] / if(total > 100, 10, 20)"),
        auxiliary("start[RU]", "100"),
        auxiliary("start[CN]", "50"),
        auxiliary("start[KW]", "start[RU] / 10"),
        auxiliary("total", "sum(host, present[host])"),
    ];
    let model = model(1.0, 1.0, Method::Euler, variables).written_out(&hosts).unwrap();
    let found = run(&model, &["total", "present[KW]", "left[RU]"]);
    assert_eq!(found.course(0, 0), [160.0, 174.0]);
    assert_eq!(found.course(1, 0), [10.0, 19.0]);
    assert_eq!(found.course(2, 0), [10.0, 10.0]);
    let many = Indices::from([("host".to_owned(), (0..20_000).map(|host| format!("h{host}")).collect())]);
    assert!(Model { variables: vec![auxiliary("a[host]", "1")], ..Model::default() }.written_out(&many).is_err());
}

#[test]
fn what_cannot_run_is_explained() {
    let fail = |variables, outputs: &[&str]| {
        Simulation::compile(&model(10.0, 1.0, Method::Euler, variables), &[], outputs).unwrap_err()
    };
    let wrong = fail(vec![stock("present", "0", &["snt"], &[]), flow("sent", "1")], &["present"]);
    assert_eq!(wrong.hint(), "did you mean `sent`?");
    let twice = fail(vec![stock("s", "0", &["f"], &["f"]), flow("f", "1")], &["s"]);
    assert!(matches!(twice, ModelError::FlowTwice { .. }));
    let circle = fail(vec![auxiliary("a", "b"), auxiliary("b", "a")], &["a"]);
    assert!(circle.to_string().contains("a \u{2192} b \u{2192} a"), "{circle}");
    let begin = fail(vec![stock("s", "t", &[], &[]), stock("t", "s", &[], &[])], &["s"]);
    assert!(begin.to_string().contains("s \u{2192} t \u{2192} s"), "{begin}");
    assert!(matches!(fail(vec![auxiliary("a", "delayn(1, 2, a)")], &["a"]), ModelError::Order { .. }));
    assert!(matches!(fail(vec![auxiliary("a", "1"), auxiliary("a", "2")], &["a"]), ModelError::Formula(_)));
    assert!(matches!(fail(vec![auxiliary("a", "1")], &["b"]), ModelError::Unknown { .. }));
    for (stop, step) in [(10.0, 0.0), (-1.0, 1.0), (f64::NAN, 1.0), (1e300, 1e-300), (1e9, 1.0)] {
        let found = Simulation::compile(&model(stop, step, Method::Euler, vec![auxiliary("a", "1")]), &[], &["a"]);
        assert!(matches!(found, Err(ModelError::Time { .. } | ModelError::TooManySteps { .. })), "{stop} {step}");
    }
}

mod xmile {
    //! The sample models of SDXorg/test-models against their expected outputs, hostile files, writing and reading again.

    use std::path::PathBuf;

    use plumb_weigh::language::canonical;
    use plumb_weigh::stockflow::{Method, Model, Run, Save, Simulation};
    use plumb_weigh::xmile::{XmileError, read, write};
    use proptest::prelude::*;

    use super::{close, fixture, numbers};

    fn data() -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/estimation")
    }

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
            let (mut model, warnings) = read(&std::fs::read(&path).unwrap()).unwrap();
            assert_eq!(warnings, [], "{case}");
            // all expected outputs were made with Euler's rule, also that of zeroled_decimals, whose file asks for RK4
            model.method = Method::Euler;
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
        let at = |name: &str, time: f64| {
            let output = found.outputs.iter().position(|output| output == name).unwrap();
            found.column(output, found.times.iter().position(|kept| *kept == time).unwrap()).unwrap()[0]
        };
        assert_eq!((at("curve", 1.0), at("curve", 3.0), at("curve", 4.0)), (5.0, 25.0, 40.0));
        assert_eq!((at("both", 1.5), at("both", 3.0)), (8.0, 12.0));
        assert_eq!((at("store", 1.0), at("store", 1.5), at("store", 4.0)), (1.0, 0.0, 0.0));
        assert_eq!(model.variables.iter().find(|variable| variable.name == "use").unwrap().note, "a < b & c");
        let written = write(&model).unwrap();
        assert_eq!(run(&read(written.as_bytes()).unwrap().0), found);
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
            <gf name="curve"><ypts>1,x</ypts></gf>"#,
        );
        let (model, warnings) = read(text.as_bytes()).unwrap();
        let names: Vec<&str> = model.variables.iter().map(|variable| variable.name.as_str()).collect();
        assert_eq!(names, ["good", "belt"]);
        let found: Vec<String> =
            warnings.iter().map(|warning| format!("{} {}", warning.line, warning.element)).collect();
        let expected = [
            "3 event_poster",
            "4 aux `bad`",
            "5 aux `empty`",
            "6 module `part`",
            "7 conveyor",
            "8 aux `many`",
            "9 gf `curve`",
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
}

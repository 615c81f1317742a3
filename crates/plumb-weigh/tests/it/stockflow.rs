//! Stocks and flows: closed forms, functions of time, limits, faults.

use plumb_weigh::language::{Failure, Indices, parse};
use plumb_weigh::stockflow::{Method, Model, ModelError, Role, Run, RunError, Save, Simulation, Variable};
use serde_json::Value;

use crate::shared::{close, fixture, number, numbers};

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

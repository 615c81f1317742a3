//! The expression language: reading, units, writing out, terms, errors with their places.

use plumb_weigh::language::{
    Binding, Cause, Dialect, Formula, Indices, LanguageError, Measure, check_assignment, check_units, expand,
    free_indices, parse, parse_identity, parse_in, to_terms,
};
use plumb_weigh::reconcile::Expression;
use proptest::prelude::*;

fn indices() -> Indices {
    let owned = |members: &[&str]| members.iter().map(|member| (*member).to_owned()).collect();
    Indices::from([
        ("host".to_owned(), owned(&["RU", "CN", "RU-PRI"])),
        ("year".to_owned(), owned(&["2015", "2016", "2017"])),
    ])
}

fn unit(name: &str) -> Option<Measure> {
    let text = match name {
        "workers" => "persons",
        "pay" => "USD/person/month",
        "share" => "share",
        "kept" => "percent",
        "revenue" => "USD/year",
        "millions" => "m USD/year",
        _ => return None,
    };
    Some(text.parse().unwrap())
}

fn written(text: &str) -> String {
    parse(text).unwrap().to_string()
}

fn error(text: &str) -> LanguageError {
    parse(text).unwrap_err()
}

#[test]
fn operators_bind_as_in_print() {
    assert_eq!(written("a+b*c^2"), "a + b * c^2");
    assert_eq!(written("(a+b)*c"), "(a + b) * c");
    assert_eq!(written("a-(b-c)"), "a - (b - c)");
    assert_eq!(written("-a^2"), "-a^2");
    assert_eq!(written("a/b/c*d"), "a / b / c * d");
    assert_eq!(written("2^-1"), "2^(-1)");
    assert_eq!(written("not a = b and c or d"), "(not(a = b) and c) or d");
    assert_eq!(written("if(a >= 1, min(b, c, 2), exp(d))"), "if(a >= 1, min(b, c, 2), exp(d))");
    assert_eq!(written("sum(year in 2012..2017, revenue[RU, year-1])"), "sum(year in 2012..2017, revenue[RU,year-1])");
    assert_eq!(written("1_500 * 2.5e3 * .34"), "1500 * 2500 * 0.34");
    let formula = parse_in("IF Not x mod 3 <> 1 THEN \"Heat Loss\" ELSE 0", Dialect::Xmile).unwrap();
    assert_eq!(formula.in_dialect(Dialect::Xmile), "IF (not(x) MOD 3) <> 1 THEN heat_loss ELSE 0");
}

#[test]
fn errors_have_a_place_and_a_hint() {
    let found = error("workers * maxx(a, b)");
    assert_eq!((found.span.start, found.span.end), (10, 14));
    assert_eq!(found.hint(), "did you mean `max`?");
    assert_eq!(error("12 {monht/year}").hint(), "did you mean `month`?");
    assert_eq!(error("(a + b").cause, Cause::Unclosed('('));
    assert_eq!(error("a + ").span.start, 4);
    assert!(matches!(error("abs(a, b)").cause, Cause::Arguments { given: 2, .. }));
    assert!(matches!(error("a < b < c").cause, Cause::Unexpected { .. }));
    assert!(matches!(error("1e999").cause, Cause::Number(_)));
    assert!(matches!(error(&"(".repeat(100)).cause, Cause::TooDeep(_)));
    assert!(matches!(error(&"-".repeat(100)).cause, Cause::TooDeep(_)));
    assert!(matches!(error(&"a+".repeat(10_000)).cause, Cause::TooLong { .. }));
    // a long sum is no deep one
    assert_eq!(parse(&vec!["a"; 4000].join("+")).unwrap().children().len(), 4000);
}

#[test]
fn units_are_held_together() {
    let check = |text: &str| check_units(&parse(text).unwrap(), unit);
    let assign = |text: &str, target: &str| check_assignment(&parse(text).unwrap(), &unit(target).unwrap(), unit);
    assign("workers * pay * share * 12 {month/year}", "revenue").unwrap();
    assign("max(0, if(share > 0.5, revenue, 0))", "revenue").unwrap();
    assign("millions * 1e6 {USD per m USD}", "revenue").unwrap();
    assign("sqrt(revenue^2)", "revenue").unwrap();
    assert!(matches!(check("workers + pay").unwrap_err().cause, Cause::UnitsDiffer { .. }));
    let missing = assign("workers * pay * 12", "revenue").unwrap_err();
    assert_eq!(missing.hint(), "multiply by `12 {month/year}`", "{missing}");
    assert_eq!(assign("millions", "revenue").unwrap_err().hint(), "multiply by `1000000 {USD/year per m USD/year}`");
    assert_eq!(check("share + kept").unwrap_err().span.start, 8);
    assert!(matches!(check("exp(pay)").unwrap_err().cause, Cause::NeedsNumber { .. }));
    assert!(matches!(check("2 ^ workers").unwrap_err().cause, Cause::NeedsNumber { .. }));
    assert!(matches!(check("wages").unwrap_err().cause, Cause::UnknownName { .. }));
    // the factor that the hint names makes it fit
    assign(&format!("millions * {}", "1000000 {USD/year per m USD/year}"), "revenue").unwrap();
}

#[test]
fn indices_are_written_out() {
    let (left, right) = parse_identity("present[host, year] = present[host, year-1] + sent[host, year]").unwrap();
    assert_eq!(free_indices(&left, &indices()), ["host", "year"]);
    let bound =
        |year: &str| Binding::from([("host".to_owned(), "RU-PRI".to_owned()), ("year".to_owned(), year.to_owned())]);
    let names = |formula: &Formula| formula.references().into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    let out = expand(&right, &indices(), &bound("2016")).unwrap();
    assert_eq!(names(&out), ["present[RU-PRI,2015]", "sent[RU-PRI,2016]"]);
    let before = expand(&right, &indices(), &bound("2015")).unwrap_err();
    assert_eq!(before.cause, Cause::OutsideIndex { index: "year".to_owned(), member: "2014".to_owned() });

    let total = parse("sum(host, sum(year in 2016..2017, workers[host, year])) / product(host, f[host])").unwrap();
    assert!(free_indices(&total, &indices()).is_empty());
    assert_eq!(names(&expand(&total, &indices(), &Binding::new()).unwrap()).len(), 9);
    let fail = |text: &str| expand(&parse(text).unwrap(), &indices(), &Binding::new()).unwrap_err();
    assert_eq!(fail("workers[RU-PRY, 2016]").hint(), "did you mean `RU-PRI`?");
    assert!(matches!(fail("workers[host, 2016]").cause, Cause::NotExpanded(_)));
    assert!(matches!(fail("sum(a in 1..999999, 1)").cause, Cause::TooLarge(_)));
    assert!(matches!(fail("sum(a in 1..9999, sum(b in 1..9999, 1))").cause, Cause::TooLarge(_)));
}

#[test]
fn steps_below_a_year_are_written_out_in_their_order() {
    let steps = ["2016Q4", "2017Q1", "2017Q2", "2017Q3", "2017Q4"].map(str::to_owned).to_vec();
    let indices = Indices::from([("quarter".to_owned(), steps), ("host".to_owned(), vec!["RU".to_owned()])]);
    let at = |text: &str, quarter: &str| {
        let binding = Binding::from([("quarter".to_owned(), quarter.to_owned())]);
        let found = expand(&parse(text).unwrap(), &indices, &binding)?;
        let names: Vec<String> = found.references().into_iter().map(|(name, _)| name).collect();
        Ok::<String, LanguageError>(names.join(" + "))
    };
    assert_eq!(at("x[RU, quarter-1] + x[RU,2017Q2]", "2017Q1").unwrap(), "x[RU,2016Q4] + x[RU,2017Q2]");
    assert_eq!(at("x[2017Q1+2]", "2017Q1").unwrap(), "x[2017Q3]");
    let sum = at("sum(quarter in 2017Q1..2017Q2, x[quarter-1])", "2017Q4").unwrap();
    assert_eq!(sum, "x[2016Q4] + x[2017Q1]");
    // a year stands for all of its steps
    let year = at("sum(quarter in 2017..2017, x[quarter])", "2017Q1").unwrap();
    assert_eq!(year, "x[2017Q1] + x[2017Q2] + x[2017Q3] + x[2017Q4]");
    let text = "sum(quarter in 2017Q1..2017Q3, x[RU,2017Q2])";
    assert_eq!(written(text), text);
    let cause = |text: &str, quarter: &str| at(text, quarter).unwrap_err().cause;
    assert!(matches!(cause("x[quarter-1]", "2016Q4"), Cause::OutsideIndex { .. }));
    assert!(matches!(cause("sum(quarter in 2017Q1..2018Q1, x[quarter])", "2017Q1"), Cause::OutsideIndex { .. }));
    assert!(matches!(cause("x[2018Q1]", "2017Q1"), Cause::UnknownIndex { .. }));
    assert!(matches!(cause("x[host-1]", "2017Q1"), Cause::NotExpanded(_)));
    assert!(matches!(cause("x[RU-1]", "2017Q1"), Cause::UnknownIndex { .. }), "places have no order");
    assert!(parse("sum(quarter in Q1..Q3, x[quarter])").is_err() && parse("x[2017 Q3]").is_err());
}

#[test]
fn sums_of_products_become_terms() {
    let terms = |text: &str| to_terms(&parse(text).unwrap());
    assert_eq!(terms("12 * workers * wage").unwrap(), Expression::product(12.0, &["wage", "workers"]));
    assert_eq!(terms("a / (2 * b)").unwrap(), Expression::monomial(0.5, &[("a", 1.0), ("b", -1.0)]));
    assert_eq!(terms("(a + b)^2").unwrap().terms.len(), 3);
    assert_eq!(terms("a * (1 - s) - a").unwrap(), Expression::monomial(-1.0, &[("a", 1.0), ("s", 1.0)]));
    let place = terms("a + b / (c - d)").unwrap_err();
    assert_eq!(place.span.start, 8);
    assert!(matches!(place.cause, Cause::NotTerms(_)));
    for none in ["a - a", "a / 0", "ln(a)", "a ^ b", "a < b"] {
        assert!(terms(none).is_err(), "{none}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,40}", xmile: bool) {
        let _formula = parse_in(&text, if xmile { Dialect::Xmile } else { Dialect::Plain });
    }

    #[test]
    fn what_is_written_reads_the_same(text in "(-?(a|b|2)(\\+|-|\\*|/|\\^|<| and | mod )|\\(a\\)\\*|if\\(b,a,){0,5}(c|-c|not c)") {
        if let Ok(formula) = parse(&text) {
            let once = formula.to_string();
            prop_assert_eq!(&parse(&once).unwrap().to_string(), &once);
            let xmile = formula.in_dialect(Dialect::Xmile);
            let again = parse_in(&xmile, Dialect::Xmile).unwrap();
            prop_assert_eq!(again.to_string(), once);
        }
    }
}

mod programs {
    use plumb_weigh::language::{Cause, Definition, Failure, Input, Program, Source, parse};
    use proptest::prelude::*;

    fn source(inputs: &[&str], definitions: &[(&str, &str)]) -> Source {
        let definition =
            |(name, text): &(&str, &str)| Definition { name: (*name).to_owned(), formula: parse(text).unwrap() };
        Source {
            inputs: inputs.iter().map(|name| Input::per_draw(name)).collect(),
            definitions: definitions.iter().map(definition).collect(),
            ..Source::default()
        }
    }

    /// The value of a formula of one draw; the failure when it has none.
    fn value(text: &str) -> Result<f64, Failure> {
        let program = Program::compile(&source(&["x"], &[("y", text)])).unwrap();
        let found = program.evaluate(&[&[3.0]], 1).unwrap();
        found.columns[0].1.first().copied().ok_or_else(|| found.faults[0].failure)
    }

    #[test]
    fn functions_have_their_values() {
        for (text, expected) in [
            ("-x^2 + 2^x", -1.0),
            ("x / 2 / 3", 0.5),
            ("10 - 4 - 3", 3.0),
            ("2^3^2", 512.0),
            ("x^-1 * 3", 1.0),
            ("x^0.5 - sqrt(x)", 0.0),
            ("-7 mod 3", -1.0),
            ("int(-9.9)", -9.0),
            ("min(5, x, 4) + max(1, x)", 6.0),
            ("if(x > 2 and not x = 4, 10, 20)", 10.0),
            ("if(x < 2 or x <> 3, 10, 20)", 20.0),
            ("(x >= 3) + (x <= 3) + (x != 3)", 2.0),
            ("safediv(x, 0) + safediv(x, 0, 7) + safediv(x, 2)", 8.5),
            ("ln(exp(2)) + log10(1000) + abs(-1)", 6.0),
            ("1 / x * x", 1.0),
        ] {
            assert!((value(text).unwrap() - expected).abs() < 1e-14, "{text}: {:?}", value(text));
        }
    }

    #[test]
    fn no_fault_hides_in_what_is_made_from_it() {
        for text in ["1 / (x - 3)", "min(1, 1 / (x - 3))", "1 / (1 / (x - 3))", "exp(-1 / (x - 3))", "5 > 1 / (x - 3)"]
        {
            assert_eq!(value(text), Err(Failure::DivisionByZero), "{text}");
        }
        assert_eq!(value("exp(x * 1000)"), Err(Failure::Overflow));
        assert_eq!(value("1e300 * x * 1e300"), Err(Failure::Overflow));
        assert_eq!(value("ln(x - 3)"), Err(Failure::OutsideDomain));
        assert_eq!(value("sqrt(-x)"), Err(Failure::OutsideDomain));
        assert_eq!(value("(-x)^0.3"), Err(Failure::OutsideDomain));
        assert_eq!(value("x mod 0"), Err(Failure::DivisionByZero));
        // the branch that is not taken is no fault
        assert_eq!(value("if(x = 3, 1, 1 / (x - 3))"), Ok(1.0));
    }

    #[test]
    fn draws_at_fault_are_named_and_left_out() {
        let program = Program::compile(&source(&["x"], &[("z", "y + 1"), ("y", "6 / x")])).unwrap();
        let x: Vec<f64> = (0..1000).map(|draw| f64::from(draw % 4)).collect();
        let found = program.evaluate(&[&x], 1000).unwrap();
        assert_eq!((found.draws.len(), found.draws[0], found.columns[0].1[0]), (750, 1, 7.0));
        assert_eq!(found.faults.len(), 1);
        assert_eq!((found.faults[0].name.as_str(), found.faults[0].draws), ("y", 250));
        assert_eq!(found.faults[0].to_string(), "`y`: division by zero in 250 draws");
        assert!(program.evaluate(&[&x], 7).is_err());
    }

    #[test]
    fn circles_and_unknown_names_are_explained() {
        let fail = |definitions: &[(&str, &str)]| Program::compile(&source(&["x"], definitions)).unwrap_err();
        let circle = fail(&[("d", "a"), ("a", "b + 1"), ("b", "2 * c"), ("c", "a")]);
        assert_eq!(circle.cause, Cause::Cycle("a \u{2192} b \u{2192} c \u{2192} a".to_owned()));
        assert_eq!(circle.definition.as_deref(), Some("c"));
        let unknown = fail(&[("workers", "1"), ("y", "2 * wokers")]);
        assert_eq!((unknown.hint().as_str(), unknown.span.start), ("did you mean `workers`?", 4));
        assert!(matches!(fail(&[("x", "1")]).cause, Cause::Twice(_)));
        assert!(matches!(fail(&[("y", "step(1, 2)")]).cause, Cause::NeedsTime(_)));
        assert!(matches!(fail(&[("y", "sum(host, x)")]).cause, Cause::NotExpanded(_)));
        // a long chain needs no deep stack
        let names: Vec<(String, String)> = (0..20_000).map(|n| (format!("n{n}"), format!("n{} + x", n + 1))).collect();
        let mut chain: Vec<(&str, &str)> = names.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        chain.push(("n20000", "x"));
        let program = Program::compile_for(&source(&["x"], &chain), &["n0"]).unwrap();
        assert_eq!(program.evaluate(&[&[1.0]], 1).unwrap().columns[0].1, [20_001.0]);
    }

    proptest! {
        #[test]
        fn nothing_but_finite_numbers_comes_out(
            text in "(x|y|0|2)((\\+|-|\\*|/|\\^| mod |<)(x|y|ln\\(x\\)|exp\\(y\\)|min\\(x, y\\)|if\\(x, y, 1\\))){0,6}",
            x in prop::collection::vec(prop::num::f64::ANY, 300),
        ) {
            let Ok(formula) = parse(&text) else { return Ok(()) };
            let definitions = vec![Definition { name: "z".to_owned(), formula }];
            let inputs = vec![Input::per_draw("x"), Input::per_draw("y")];
            let program = Program::compile(&Source { inputs, definitions, ..Source::default() }).unwrap();
            let y: Vec<f64> = x.iter().rev().copied().collect();
            let found = program.evaluate(&[&x, &y], 300).unwrap();
            prop_assert!(found.columns[0].1.iter().all(|value| value.is_finite()));
            let faults: usize = found.faults.iter().map(|fault| fault.draws).sum();
            prop_assert_eq!(found.draws.len() + faults, 300);
            prop_assert_eq!(found.columns[0].1.len(), found.draws.len());
        }
    }
}

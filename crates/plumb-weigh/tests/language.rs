//! The expression language: reading, units, writing out, terms, errors with their places.
#![expect(clippy::unwrap_used, reason = "a test stops when its set-up fails")]

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

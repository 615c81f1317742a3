//! Where bearers of duties stand: one known answer for each standing, and what holds on every day.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use plumb_core::case::Case;
use plumb_duty::{Position, Standing, positions};
use proptest::prelude::*;

const DUTIES: &str = "id,instrument,bearer,bearers,duty,trigger,deadline,ends,replaced_by,done_when,source\n";
const ANSWERS: &str = "id,duty,state,kind,date,period_end,before,after,repatriated,public,against,source\n";
const CLAIMS: &str = "id,measure,place,period,qualifier,best,unit,said_by,origin,source,status\n";

/// A report due 15 months, and a return of all due 24 months after 22 December 2017, both of Russia by name.
const REPORT: &str = "report,R,all,RU,Report,2017-12-22,trigger + 15 months,,,,s\n";
const RETURN: &str = "return,R,all,RU,Send all home,2017-12-22,trigger + 24 months,,,none remain,s\n";

/// A case of these rows; the tables are given without their headers.
fn case(duties: &str, answers: &str, claims: &str) -> Case {
    let mut folder = plumb_read::new_case("Duties");
    let mut put = |name: &str, text: String| folder.files.insert(name.into(), text.into_bytes());
    put("sources.csv", "id,publisher,date\ns,Somebody,2017\npress,A paper,2020-04-22\n".into());
    put("origins.csv", "id,name\no,Origin\n".into());
    put("duties.csv", format!("{DUTIES}{duties}"));
    put("answers.csv", format!("{ANSWERS}{answers}"));
    put("claims.csv", format!("{CLAIMS}{claims}"));
    for name in ["account.md", "links.csv", "sites.csv", "events.csv", "indicators.csv", "actors.csv", "wages.csv"] {
        folder.files.remove(name);
    }
    let reading = plumb_read::read(&folder);
    for table in ["duties.csv", "answers.csv", "claims.csv"] {
        let wrong = reading.diagnostics.iter().find(|found| found.location().is_some_and(|at| &*at.file == table));
        assert!(wrong.is_none(), "{wrong:?}");
    }
    reading.case
}

fn first(duties: &str, answers: &str, claims: &str, as_of: Date) -> Position {
    positions(&case(duties, answers, claims), as_of).swap_remove(0)
}

#[test]
fn every_standing_of_a_report() {
    let with = |answers: &str, as_of| first(REPORT, answers, "", as_of).standing;
    let later = date(2026, 1, 1);
    assert_eq!(with("", date(2017, 12, 21)), Standing::NotYetDue, "not begun");
    assert_eq!(with("", date(2019, 3, 22)), Standing::NotYetDue, "on its last day");
    assert_eq!(with("", date(2019, 3, 23)), Standing::Silent);
    assert_eq!(with("a,report,RU,silence,2020,,,,,,,s\n", later), Standing::Silent);
    assert_eq!(with("a,report,CN,report,2019-03-01,,,,,,,s\n", later), Standing::Silent, "of another state");
    for (kind, given, standing) in [
        ("report", "2019-03-22", Standing::InTime),
        ("report", "2019-03-23", Standing::Late),
        ("report", "2019-03", Standing::TimeUnclear),
        ("report", "", Standing::TimeUnclear),
        ("late report", "", Standing::Late),
        ("late report", "2019-04-01", Standing::Late),
        ("statement", "2019-03-01", Standing::StatementOnly),
        ("press report", "2019-03-01", Standing::StatementOnly),
    ] {
        assert_eq!(with(&format!("a,report,RU,{kind},{given},,,,,,,s\n"), later), standing, "{kind} {given}");
    }
    let both = "a,report,RU,statement,2019-01-01,,,,,,,s\nb,report,RU,report,2019-06-01,,,,,,,s\n";
    assert_eq!(with(both, later), Standing::Late, "any report outweighs a statement");
}

#[test]
fn every_standing_of_a_return() {
    let with = |rest: &str, as_of| first(RETURN, &format!("a,return,RU,report,{rest},s\n"), "", as_of);
    let later = date(2026, 1, 1);
    assert_eq!(with("2019-01-01,2018-12-31,,40,,,", date(2019, 6, 1)).standing, Standing::NotYetDue);
    assert_eq!(with("2019-01-01,2018-12-31,,40,,,", later).standing, Standing::Partly);
    assert_eq!(with("2019-01-01,2018-12-31,100,,60,,", later).standing, Standing::Partly, "40 are left of 100");
    assert_eq!(with("2019-12-20,2019-12-20,,0,,,", later).standing, Standing::InTime);
    assert_eq!(with("2020-02-01,2020-01-31,,0,,,", later).standing, Standing::Late);
    assert_eq!(with("2020-01-01,2019-12,,0,,,", later).standing, Standing::TimeUnclear);
    assert_eq!(
        with("2019-01-01,2018-12-31,,,60,,", later).standing,
        Standing::Unknown,
        "how many were left is not told"
    );
    let partly = with("2019-01-01,2018-12-31,,40,,,", later);
    assert_eq!(partly.words(), "done in part, as reported");
    assert!(partly.reasons.iter().any(|reason| reason.contains("trigger + 24 months")), "{:?}", partly.reasons);
    assert_eq!(with("2019-01-01,2018-12-31,,40,,yes,", later).words(), "done in part", "its text is public");
    let promise = first(RETURN, "a,return,RU,statement,2019-12-13,2019-12-22,,0,,,,s\n", "", date(2019, 12, 14));
    assert_eq!(promise.standing, Standing::NotYetDue, "a promise is no return");
}

#[test]
fn evidence_of_the_same_time_contradicts_what_says_less() {
    let claim = |id: &str, period: &str, number: u32, unit: &str, source: &str, status: &str| {
        format!("{id},workers_present,RU,{period},exact,{number},{unit},Somebody,o,{source},{status}\n")
    };
    let quarter = "2020-01/2020-03";
    let with = |claims: &str, after: &str, against: &str, as_of| {
        let answer = format!("a,return,RU,report,2020-03-15,2020-03-10,,{after},,,{against},s\n");
        first(RETURN, &answer, claims, as_of)
    };
    let later = date(2026, 1, 1);
    let two = claim("c1", quarter, 300, "persons", "press", "") + &claim("c2", quarter, 400, "persons", "press", "");
    let found = with(&two, "511", "c1;c2", later);
    assert_eq!((found.standing, found.timing), (Standing::Contradicted, Some(Standing::Partly)));
    assert_eq!(found.against, ["c1", "c2"]);
    assert!(found.reasons.iter().any(|reason| reason.contains("300 + 400 = 700 persons")), "{:?}", found.reasons);
    assert_eq!(with(&two, "511", "c1", later).standing, Standing::Partly, "300 do not exceed 511");
    assert_eq!(with(&two, "0", "c1;c2", later).timing, Some(Standing::Late), "what would have been late is still told");
    assert_eq!(with(&two, "511", "c1;c2", date(2020, 4, 1)).standing, Standing::Partly, "not yet published");
    let weak = claim("c1", quarter, 900, "persons", "press", "weak");
    assert_eq!(with(&weak, "511", "c1", later).standing, Standing::Partly, "known to be doubtful");
    let other = claim("c1", "2018", 900, "persons", "press", "");
    assert_eq!(with(&other, "511", "c1", later).standing, Standing::Partly, "of another time");
}

#[test]
fn a_duty_ends_or_gives_way() {
    let standing = |duties: &str, answers: &str, as_of| first(duties, answers, "", as_of).standing;
    let mandate = "d,R,Panel,,Report,2009-06-12,,2024-04-30,,,s\n";
    assert_eq!(standing(mandate, "", date(2024, 4, 30)), Standing::NoDeadline);
    assert_eq!(standing(mandate, "", date(2024, 5, 1)), Standing::Ended);
    let old = "d,R,all,,Send at most 15000,2017-08-31,,,e,,s\ne,R,all,,Send at most 5000,2017-10-16,,,,,s\n";
    assert_eq!(standing(old, "", date(2017, 10, 15)), Standing::NoDeadline);
    assert_eq!(standing(old, "", date(2017, 10, 16)), Standing::Superseded);
    let itself = "d,R,all,,Send,2017-08-31,,,d,,s\n";
    assert_eq!(standing(itself, "", date(2020, 1, 1)), Standing::NoDeadline, "it cannot replace itself");
    let due_before = "d,R,all,RU,Report,2017-12-22,2019-03-22,2024-04-30,,,s\n";
    assert_eq!(standing(due_before, "", date(2026, 1, 1)), Standing::Silent, "what was due is still owed");
    let nobody = "d,R,all,,Report,2017-12-22,2019-03-22,,,,s\n";
    assert_eq!(standing(nobody, "", date(2026, 1, 1)), Standing::Unknown, "nobody is bound by name");
    let month = "d,R,all,RU,Report,2017-12-22,2019-12,,,,s\n";
    assert_eq!(standing(month, "", date(2019, 12, 15)), Standing::Unknown, "its day is not known");
}

/// A date as exact as a source may give it.
fn some_date() -> impl Strategy<Value = String> {
    (2018_i16..2022, 1_i8..13, 1_i8..29, 0_u8..4).prop_map(|(year, month, day, exact)| match exact {
        0 => String::new(),
        1 => format!("{year}"),
        2 => format!("{year}-{month:02}"),
        _ => format!("{year}-{month:02}-{day:02}"),
    })
}

fn some_answer() -> impl Strategy<Value = String> {
    let kind = prop::sample::select(vec!["report", "late report", "statement", "silence"]);
    let after = prop::sample::select(vec!["", "0", "40"]);
    (kind, some_date(), some_date(), after)
        .prop_map(|(kind, given, about, after)| format!("report;return,RU,{kind},{given},{about},,{after},,,,s\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]
    #[test]
    fn as_days_pass_late_never_becomes_in_time(answers in prop::collection::vec(some_answer(), 0..6)) {
        let rows: String = answers.iter().enumerate().map(|(at, answer)| format!("a{at},{answer}")).collect();
        let case = case(&format!("{REPORT}{RETURN}"), &rows, "");
        let mut was_late = [false; 2];
        for days in (0..1700).step_by(11) {
            let found = positions(&case, date(2017, 12, 1) + days.days());
            prop_assert_eq!(found.len(), 2, "one standing for each bearer of each duty");
            for (position, was_late) in found.iter().zip(&mut was_late) {
                prop_assert!(!(*was_late && position.standing == Standing::InTime), "{:?}", position);
                *was_late |= position.standing == Standing::Late;
                prop_assert!(!position.reasons.is_empty());
            }
        }
    }
}

//! P06 and P07: deadlines, answers, designations, instruments, headlines.

use plumb_core::codes::{self, Code};

use crate::small::{account, found, summary};

const DUTIES: &str = "id,instrument,paragraph,bearer,bearers,duty,trigger,deadline,source\n";
const ANSWERS: &str = "id,duty,state,kind,date,source\n";

fn with(code: Code, duties: &str, answers: &str) -> Vec<String> {
    let (duties, answers) = (format!("{DUTIES}{duties}"), format!("{ANSWERS}{answers}"));
    let account = account(&[("duties.csv", &duties), ("answers.csv", &answers)]);
    assert!(found(&account, code).iter().all(|found| !found.help.is_empty()));
    summary(&account, code)
}

const MIDTERM: &str = "d,UNSCR 2397,8,all,RU;PL,Report,2017-12-22,2019-03-22,s1\n";

#[test]
fn an_answer_after_the_deadline_is_noted() {
    let late = with(codes::P0601, MIDTERM, "x,d,RU,report,2019-04-01,s1\n");
    assert_eq!(late, ["2019-04-01 2019-03-22 <- x d RU"]);
    assert_eq!(with(codes::P0601, MIDTERM, "x,d,RU,late report,,s1\n"), ["late report 2019-03-22 <- x d RU"]);
    for (answers, why) in [
        ("x,d,RU,report,2019-03-22,s1\n", "on the last day"),
        ("x,d,RU,report,2019-03,s1\n", "perhaps in time"),
        ("x,d,RU,statement,2019-04-01,s1\n", "no report"),
        ("x,d,RU,report,2019-03-01,s1\ny,d,RU,report,2019-04-01,s1\n", "one in time as well"),
        ("x,,RU,report,2019-04-01,s1\n", "an answer to no duty"),
    ] {
        assert_eq!(with(codes::P0601, MIDTERM, answers), [""; 0], "{why}");
    }
}

#[test]
fn silence_past_the_deadline_is_noted_for_each_bearer() {
    let answered = "x,d,RU,report,2019-03-01,s1\n";
    assert_eq!(with(codes::P0602, MIDTERM, answered), ["RU;PL 2019-03-22 <- d PL"]);
    let silence = "x,d,RU,report,2019-03-01,s1\ny,d,PL,silence,2020,s1\n";
    assert_eq!(with(codes::P0602, MIDTERM, silence), ["RU;PL 2019-03-22 <- d PL"], "silence is no answer");
    assert_eq!(with(codes::P0602, MIDTERM, ""), ["RU;PL 2019-03-22 <- d RU", "RU;PL 2019-03-22 <- d PL"]);
    let later = MIDTERM.replace("2019-03-22", "2030-03-22");
    assert_eq!(with(codes::P0602, &later, ""), [""; 0], "not yet due");
    let nobody = MIDTERM.replace("RU;PL", "");
    assert_eq!(with(codes::P0602, &nobody, ""), [""; 0], "nobody is bound by name");
}

#[test]
fn evidence_against_an_answer_is_held_by_its_figures_and_its_time() {
    let with = |code, after: &str, period: &str| {
        let duties = format!("{DUTIES}{MIDTERM}");
        let answers = format!("id,duty,state,kind,date,after,against,source\nx,d,RU,report,2019-03-01,{after},c,s1\n");
        let claims = format!("{}c,entries,RU,{period},exact,,700,,entries,,A,o1,s1,\n", crate::small::CLAIMS);
        let account = account(&[("duties.csv", &duties), ("answers.csv", &answers), ("claims.csv", &claims)]);
        assert!(found(&account, code).iter().all(|found| !found.help.is_empty()));
        summary(&account, code)
    };
    assert_eq!(with(codes::P0614, "511", "2019-01/2019-03"), ["c 511 <- x c"]);
    assert_eq!(with(codes::P0612, "511", "2019-01/2019-03"), [""; 0]);
    for (after, period, why) in [("511", "2017", "another time"), ("700", "2019", "no more"), ("", "2019", "no number")]
    {
        assert_eq!(with(codes::P0614, after, period), [""; 0], "{why}");
        assert_eq!(with(codes::P0612, after, period).len(), 1, "{why}");
    }
}

#[test]
fn a_duty_is_replaced_by_one_that_follows_it() {
    let with = |by: &str, begins: &str| {
        let duties = format!(
            "id,instrument,bearer,duty,trigger,replaced_by,source\n\
             a,Regulation,all,At most 15000,2017-08-31,{by},s1\nb,Decision,all,At most 5000,{begins},,s1\n"
        );
        summary(&account(&[("duties.csv", &duties)]), codes::P0613)
    };
    assert_eq!(with("b", "2017-10-16"), [""; 0]);
    assert_eq!(with("b", "2016-10-16"), ["b 2016-10-16 <- a b"]);
    assert_eq!(with("b", "").len(), 1, "a day is needed");
    assert_eq!(with("a", "2017-10-16").len(), 1, "itself");
}

#[test]
fn a_deadline_comes_after_its_trigger() {
    let with =
        |trigger, deadline| with(codes::P0604, &format!("d,UNSCR 2397,8,all,,Report,{trigger},{deadline},s1\n"), "");
    assert_eq!(with("2019-12-22", "2017-12-22"), ["2017-12-22 2019-12-22 <- d"]);
    assert_eq!(with("2017-12-22", "2017-12-22"), [""; 0]);
    assert_eq!(with("2017-12-22", "2017"), [""; 0], "perhaps after it");
}

#[test]
fn one_paragraph_has_one_deadline() {
    let with = |paragraph, deadline| {
        let duties = format!(
            "a,UNSCR 2397 (2017),8,all,,Repatriate,2017-12-22,2019-12-22,s1\n\
             b,unscr 2397  (2017),{paragraph},all states,,Send home,2017-12-22,{deadline},s2\n"
        );
        with(codes::P0605, &duties, "")
    };
    assert_eq!(with("8", "2019-12-23"), ["2019-12-23 2019-12-22 <- a b"]);
    assert_eq!(with("8 (midterm report)", "2019-03-22"), [""; 0], "another paragraph");
    assert_eq!(with("8", "2019-12"), [""; 0], "perhaps the same day");
}

#[test]
fn an_instrument_has_one_name() {
    let with = |name, trigger| {
        let duties =
            format!("a,UNSCR 2397 (2017),8,all,,Repatriate,2017-12-22,,s1\nb,{name},8,all,,Send home,{trigger},,s2\n");
        with(codes::P0606, &duties, "")
    };
    assert_eq!(with("UNSCR 2379 (2017)", "2017-12-22"), ["UNSCR 2379 (2017) UNSCR 2397 (2017) <- a b"]);
    assert_eq!(with("UNSCR 2387 (2017)", "2017-12-22").len(), 1);
    assert_eq!(with("UNSCR 2375 (2017)", "2017-09-11"), [""; 0], "another day, another resolution");
    assert_eq!(with("UNSCR 2397 (2017)", "2017-12-22"), [""; 0], "the same name");
    assert_eq!(with("CAATSA (2017)", "2017-12-22"), [""; 0], "another instrument of that day");
}

#[test]
fn a_designation_does_not_precede_its_ground() {
    let with = |designated| {
        let actors = format!("id,name,schema,designated,event,source\na,Somebody,Person,{designated},e,s1\n");
        let events = "id,date,summary,source\ne,2017-12-22,Adopted,s1\n";
        summary(&account(&[("actors.csv", &actors), ("events.csv", events)]), codes::P0603)
    };
    assert_eq!(with("2017-08-05"), ["2017-08-05 2017-12-22 <- a e"]);
    assert_eq!(with("2017-12-22"), [""; 0]);
    assert_eq!(with("2017"), [""; 0], "perhaps after it");
    assert_eq!(with(""), [""; 0]);
}

#[test]
fn a_headline_has_claims() {
    let with = |status: &str, period: &str| {
        let claims = format!("{}a,entries,RU,2024,exact,,5,,entries,,A,o1,s1,{status}\n", crate::small::CLAIMS);
        let case = format!(
            "[case]\nid = \"x\"\ntitle = \"X\"\nquestion = \"?\"\nlanguage = \"en\"\n\
             [[headline]]\nquestion = \"How many?\"\nmeasure = \"entries\"\nplace = \"RU\"\n{period}"
        );
        let account = account(&[("claims.csv", &claims), ("case.toml", &case)]);
        found(&account, codes::P0704)
            .iter()
            .map(|found| format!("{} {}", found.message, found.notes.join(" ")))
            .collect::<Vec<_>>()
    };
    let year = |year: i32| format!("period = \"{year}\"\n");
    assert_eq!(with("", &year(2024)), [""; 0]);
    assert_eq!(with("", &year(2023)), ["no claim answers “How many?” there is none about Entries, Russia, 2023"]);
    assert_eq!(with("weak", &year(2024)), ["no claim answers “How many?” left out: `a` is weak: known to be doubtful"]);
    assert_eq!(with("", ""), ["“How many?” has no period, so it cannot be answered "]);
}

//! Wages owed against known answers, bands where records miss, and what happens to bad records.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use jiff::civil::{Date, date};
use plumb_core::band::Band;
use plumb_core::case::Case;
use plumb_duty::owed::daycount::DayCount;
use plumb_duty::owed::{Fault, Owed, amount, faults, owed};
use rust_decimal::Decimal;
use serde_json::Value;

const WAGES: &str = "id,worker,persons,place,period,currency,promised,per,hours,overtime_days,rest_hours,norm_hours,coefficient,paid,paid_on,withheld,evidence,note\n";
const RULES: &str = "id,rule,place,instrument,article,effect,formula,applies,terms,period,source,verify,note\n";
const SERIES: &str = "id,series,place,period,qualifier,value,high,unit,said_by,source,status,note\n";
const MEASURES: &str = r#"
[rate]
label = "Rate"
definition = "A rate."
group = "context"
nature = "rate"
unit = "UNIT"
population = "all"
over_places = "does not add"
over_time = "does not add"
"#;

/// A case of made-up rules, series and pay records; the tables are given without their headers.
fn case(rules: &str, series: &str, wages: &str) -> Case {
    let mut folder = plumb_read::new_case("Owed");
    let mut measures = String::from_utf8(folder.files["measures.toml"].clone()).unwrap();
    for (name, unit) in [("hourly_wage", "XTS/person/hour"), ("fx_xts", "XTS/USD"), ("key_rate", "percent")] {
        measures.push_str(&MEASURES.replace("[rate]", &format!("[{name}]")).replace("UNIT", unit));
    }
    folder.files.insert("measures.toml".into(), measures.into_bytes());
    folder.files.insert("rules.csv".into(), format!("{RULES}{rules}").into_bytes());
    folder.files.insert("series.csv".into(), format!("{SERIES}{series}").into_bytes());
    folder.files.insert("wages.csv".into(), format!("{WAGES}{wages}").into_bytes());
    let reading = plumb_read::read(&folder);
    let errors: Vec<_> = reading.diagnostics.iter().map(|one| format!("{}: {}", one.code, one.message)).collect();
    assert!(errors.is_empty(), "{errors:?}");
    reading.case
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn known(name: &str) -> Option<Value> {
    let path = format!("{}/../../../shared/data/estimation/backpay/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        eprintln!("skipped: no known answers at {path}");
    }
    text.map(|text| serde_json::from_str(&text).unwrap())
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap()
}

#[test]
fn parts_of_a_year_by_actual_days() {
    let Some(answers) = known("daycount_actact_isda.json") else { return };
    for answer in answers["cases"].as_array().unwrap() {
        let day = |name| text(answer, name).parse::<Date>().unwrap();
        let part = DayCount::ActualActual.year_fraction(day("from"), day("to"));
        // the third is published to ten digits only
        let apart = (part - decimal(text(answer, "year_fraction"))).abs();
        assert!(apart < decimal("0.00000000001"), "{answer}: {part}");
    }
}

#[test]
fn other_day_counts() {
    // 30/360 bond basis, worked by hand: 2018-01-31 to 2018-03-31 is two months of 30 days
    let thirty = |from, to| (DayCount::Thirty360.year_fraction(from, to) * Decimal::from(360)).round_dp(20);
    assert_eq!(thirty(date(2018, 1, 31), date(2018, 3, 31)), Decimal::from(60));
    assert_eq!(thirty(date(2018, 1, 15), date(2018, 3, 31)), Decimal::from(76));
    assert_eq!(thirty(date(2018, 2, 28), date(2019, 2, 28)), Decimal::from(360));
    assert_eq!(DayCount::Actual365.year_fraction(date(2019, 1, 1), date(2020, 1, 1)), Decimal::ONE);
    assert_eq!(DayCount::Actual365.year_fraction(date(2020, 1, 1), date(2019, 1, 1)), -Decimal::ONE);
}

const LEDGER_RULES: &str = "\
n,Normal hours,exampleland,Law,1,,,normal hours,week=40,2018/..,ministry-2025,,
m,Least pay,exampleland,Law,2,,,least pay,series=hourly_wage,2018/..,ministry-2025,,
o,Overtime,exampleland,Law,3,,,overtime,first=1.5;base=least,2018/..,ministry-2025,,
p,Pay day,exampleland,Law,4,,,pay day,days=1,2018/..,ministry-2025,,
i,Interest,exampleland,Law,5,,,interest,rate=0.05;count=actual/365;method=simple,2018/..,ministry-2025,,
";

#[test]
fn a_ledger_of_back_pay_to_the_cent() {
    let Some(answers) = known("ledger.json") else { return };
    let inputs = &answers["inputs"];
    let mut wages = String::new();
    for (at, row) in answers["rows"].as_array().unwrap().iter().enumerate() {
        let worked = inputs["normal_hours"].as_i64().unwrap() + inputs["overtime_hours"].as_i64().unwrap();
        wages.push_str(&format!(
            "w{at},worker 1,,exampleland,{},XTS,{},month,{worked},,0,{},,{},,,ledger,\n",
            text(row, "month"),
            text(inputs, "contract_wage"),
            inputs["normal_hours"],
            text(row, "paid"),
        ));
    }
    let per_dollar = Decimal::ONE / decimal(text(inputs, "usd_per_unit"));
    let series = format!(
        "h,hourly_wage,exampleland,2018/2020,,{},,XTS/person/hour,,ministry-2025,,\n\
         f,fx_xts,exampleland,2020,,{per_dollar},,XTS/USD,,ministry-2025,,\n",
        text(inputs, "minimum_hourly")
    );
    let case = case(LEDGER_RULES, &series, &wages);
    let judgment: Date = text(inputs, "judgment_date").parse().unwrap();
    let found = owed(&case, judgment);
    let [owed] = found.as_slice() else { panic!("{found:?}") };
    for (line, row) in owed.lines.iter().zip(answers["rows"].as_array().unwrap()) {
        let amounts = line.amounts.unwrap();
        assert_eq!(amount(amounts.due), text(row, "due"));
        assert_eq!(amount(amounts.paid), text(row, "paid"));
        assert_eq!(amount(amounts.owed), text(row, "shortfall"));
        assert_eq!(amount(amounts.interest), text(row, "simple_interest"));
        assert_eq!(line.due_on.to_string(), text(row, "interest_from"));
    }
    let (expect, plain) = (&answers["expect"], |band| amount(band).replace(',', ""));
    assert_eq!(plain(owed.totals.owed), text(expect, "principal"));
    assert_eq!(plain(owed.totals.interest), text(expect, "interest"));
    assert_eq!(plain(owed.totals.total), text(expect, "total"));
    let (dollars, basis) = owed.totals_in(&case, "USD", "exampleland", judgment).unwrap();
    assert_eq!(plain(dollars.total), text(expect, "total_usd"));
    assert_eq!(basis[0].to_string(), "observation:f");
    let gap = owed.totals_in(&case, "USD", "exampleland", date(2021, 1, 1)).unwrap_err();
    assert!(gap.contains("XTS to USD") && gap.contains("2021-01-01"), "{gap}");
}

const OVERTIME_RULES: &str = "\
n,Normal hours,exampleland,Law,1,,,normal hours,week=40,2010/..,ministry-2025,,
o,Overtime,exampleland,Law,3,,,overtime,first=MULTIPLIER,2010/..,ministry-2025,,
";

/// What was due for one record under the rules on overtime, and what an hour came to.
fn one(rules: &str, wage: &str) -> (Band, Band) {
    let case = case(rules, "", &format!("w,worker 1,,exampleland,{wage}\n"));
    let found = owed(&case, date(2030, 1, 1));
    let steps = &found[0].lines[0].steps;
    let overtime = steps.iter().find(|step| step.what == "Overtime pay").unwrap();
    let hours = steps.iter().find(|step| step.what == "Overtime").unwrap().value;
    (found[0].totals.due, overtime.value.over(hours.low).unwrap())
}

#[test]
fn overtime_by_the_week_the_hour_and_the_month() {
    let Some(answers) = known("overtime.json") else { return };
    let cases = answers["cases"].as_array().unwrap();
    let rules = OVERTIME_RULES.replace("MULTIPLIER", text(&cases[0], "multiplier"));
    let week = "2011-01-03/2011-01-09";
    let (due, _) =
        one(&rules, &format!("{week},USD,{},hour,{},,0,,,0,,,,", text(&cases[0], "hourly"), cases[0]["hours"]));
    assert_eq!(amount(due), text(&cases[0], "due"));
    // a salary for 35 hours: the 36th hour is the first at the higher rate where the record's normal hours are 35
    let salary =
        format!("{week},USD,{},week,41,,0,{},,0,,,,", text(&cases[1], "weekly_salary"), cases[1]["intended_hours"]);
    let (_, rate) = one(&rules, &salary);
    assert_eq!(rate.low, decimal(text(&cases[1], "rate_over_40")));
    assert_eq!(rate.low / decimal(text(&cases[0], "multiplier")), decimal(text(&cases[1], "regular_rate")));
    let salary = format!("2011-01,USD,{},month,200,,0,,,0,,,,", text(&cases[2], "monthly_salary"));
    let (_, rate) = one(&rules, &salary);
    let regular = rate.low / decimal(text(&cases[0], "multiplier"));
    assert_eq!(regular.round_dp(12), decimal(text(&cases[2], "regular_rate")));
    assert_eq!((regular * Decimal::from(40)).round_dp(12), decimal(text(&cases[2], "weekly")));
}

const RUSSIAN: &str = "\
n,Normal hours,RU,Labour Code,91,,,normal hours,week=40,2010/..,ministry-2025,,
o,Overtime,RU,Labour Code,152,,,overtime,first=1.5;first_hours=2;then=2,2010/..,ministry-2025,,
r,Rest days,RU,Labour Code,153,,,rest-day work,times=2,2010/..,ministry-2025,,
p,Pay day,RU,Labour Code,136,,,pay day,days=15,2010/..,ministry-2025,,
j,Older interest,RU,Labour Code,236,,,interest,series=key_rate;divisor=300,../2016-10-02,ministry-2025,,
i,Interest,RU,Labour Code,236,,,interest,series=key_rate;divisor=150,2016-10-03/..,ministry-2025,,
";
const KEY_RATES: &str = "\
k1,key_rate,RU,2016-09-19/2017-03-26,,10,,percent,,ministry-2025,,
k2,key_rate,RU,2017-03-27/2017-05-01,,9.75,,percent,,ministry-2025,,
";

fn single(rules: &str, series: &str, wage: &str, as_of: Date) -> Owed {
    owed(&case(rules, series, &format!("w,worker 1,{wage}\n")), as_of).remove(0)
}

#[test]
fn tiers_rest_days_and_a_rate_that_changes() {
    // 176 h normal, 44 h overtime on 22 days: all within the first two hours; 8 h on a rest day
    let found = single(RUSSIAN, KEY_RATES, ",RU,2017-02,USD,1760,month,220,22,8,176,,1000,,,,", date(2017, 4, 5));
    // 10 an hour: 1760 + 44 × 1.5 × 10 + 8 × 2 × 10 = 2580; due on 15 March; owed 1580
    assert_eq!(amount(found.totals.due), "2,580.00");
    // 11 days at 10 % and 10 at 9.75 %, over 150: 1580 × (0.10 × 11 + 0.0975 × 10) / 150 = 21.8566…
    assert_eq!(amount(found.totals.interest), "21.86");
    // 44 h on 11 days: half of them beyond the second hour
    let found = single(RUSSIAN, KEY_RATES, ",RU,2017-02,USD,1760,month,220,11,0,176,,1000,,,,", date(2017, 4, 5));
    assert_eq!(amount(found.totals.due), "2,530.00");
    // days not on record: between the fewest that hold 44 h beside a day of 8 (3 days: 6 h at 1.5) and all
    let found = single(RUSSIAN, KEY_RATES, ",RU,2017-02,USD,1760,month,220,,0,176,,1000,,,,", date(2017, 4, 5));
    assert_eq!(amount(found.totals.due), "2,420.00 to 2,610.00");
    // 2 October 2016 still falls under the older rule: 3 days at 1/300, 5 at 1/150
    let found = single(RUSSIAN, KEY_RATES, ",RU,2016-08-15/2016-09-14,USD,300,month,0,,0,,,0,,,,", date(2016, 10, 7));
    let steps = &found.lines[0].steps;
    let interest = steps.iter().find(|step| step.what == "Interest on what is owed").unwrap();
    assert!(interest.arithmetic.contains("10% ÷ 300 × 3 days + 10% ÷ 150 × 5 days"), "{}", interest.arithmetic);
}

#[test]
fn late_pay_bears_interest_until_it_came() {
    let found = single(RUSSIAN, KEY_RATES, ",RU,2017-01,USD,1000,month,0,,0,,,1000,2017-02-25,,,", date(2017, 4, 5));
    assert_eq!(amount(found.totals.owed), "0.00");
    // due on 15 February, ten days late: 1000 × 10 % / 150 × 10
    assert_eq!(amount(found.totals.interest), "6.67");
}

#[test]
fn compound_interest_grows_on_anniversaries() {
    let rules = "i,Interest,exampleland,Law,5,,,interest,rate=0.10;count=actual/actual;method=compound,2010/..,ministry-2025,,\n\
                 p,Pay day,exampleland,Law,4,,,pay day,days=0,2010/..,ministry-2025,,\n";
    let found = single(rules, "", ",exampleland,2014-12,USD,1000,month,,,,,,0,,,,", date(2017, 12, 31));
    // three whole years: 1000 × (1.1³ − 1)
    assert_eq!(amount(found.totals.interest), "331.00");
}

#[test]
fn what_is_missing_is_a_band_and_a_gap() {
    let gaps = |owed: &Owed| owed.lines.iter().flat_map(|line| line.gaps.clone()).collect::<Vec<_>>().join("\n");
    // nothing on record but the promise
    let found = single(RUSSIAN, KEY_RATES, ",RU,2017-02,USD,1760,month,,,,,,,,,,", date(2017, 4, 5));
    assert_eq!(found.totals.owed, Band::UNKNOWN, "unpaid hours have no upper end, and all may have been paid");
    for what in ["hours are not on record", "hours on rest days are not on record", "pay is not on record"] {
        assert!(gaps(&found).contains(what), "{what}: {}", gaps(&found));
    }
    // hours of another month of the same worker give the band
    let case = case(
        RUSSIAN,
        KEY_RATES,
        "w1,worker 1,,RU,2017-01,USD,1760,month,310,31,0,176,,0,,,,\n\
         w2,worker 1,,RU,2017-03,USD,1760,month,217,31,0,176,,0,,,,\n\
         w3,worker 1,,RU,2017-02,USD,1760,month,,28,,176,,0,,,,\n",
    );
    let found = owed(&case, date(2017, 4, 20));
    // 28 days of 7 to 10 hours: 196 to 280, overtime 20 to 104 (56 of these within the first two hours of a day)
    assert_eq!(amount(found[0].lines[1].amounts.unwrap().due), "2,060.00 to 3,560.00");
    // the rate ends on 1 May 2017
    let found = single(RUSSIAN, KEY_RATES, ",RU,2017-02,USD,1760,month,0,,0,,,0,,,,", date(2018, 1, 1));
    assert!(gaps(&found).contains("no interest after 2017-05-01 until 2018-01-01"), "{}", gaps(&found));
    assert_eq!(found.totals.interest.high, None);
    // least pay in one currency, pay in another without a rate
    let least = format!("{RUSSIAN}m,Least pay,RU,Law,2,,,least pay,series=hourly_wage,2010/..,ministry-2025,,\n");
    let series = format!("{KEY_RATES}h,hourly_wage,RU,2017,,2,,XTS/person/hour,,ministry-2025,,\n");
    let found = single(&least, &series, ",RU,2017-02,USD,1760,month,176,,0,176,,100,,,,", date(2017, 4, 5));
    assert_eq!((found.currency.as_str(), amount(found.totals.due)), ("XTS", "352.00 or more".to_owned()));
    assert!(
        gaps(&found).contains("pay: no series of the case has a rate of USD to XTS for 2017-02-28"),
        "{}",
        gaps(&found)
    );
}

#[test]
fn bad_records_are_named_and_the_rest_goes_on() {
    let case = case(
        RUSSIAN,
        KEY_RATES,
        "w1,worker 1,,RU,2017-01,USD,100,month,0,,0,,,0,,,,\n\
         w2,worker 1,,RU,2017-01-20/2017-02-10,USD,100,month,0,,0,,,0,,,,\n\
         w3,worker 2,,RU,2017-01,USD,100,month,800,,0,,,0,,,,\n\
         w4,worker 3,,RU,2017-01,dollars,100,month,0,,0,,,0,,,,\n\
         w5,worker 4,,RU,2017-01,USD,100,month,0,,0,,,0,2016-12-31,,,\n\
         w6,worker 5,,RU,2017-01/..,USD,100,month,0,,0,,,0,,,,\n",
    );
    let found = faults(&case);
    let overlap = Fault::Overlap { first: "w1".into(), second: "w2".into() };
    let hours = Fault::TooManyHours { wage: "w3".into(), hours: 800.into(), most: 744.into() };
    let before = Fault::PaidBefore { wage: "w5".into(), first: date(2017, 1, 1) };
    assert_eq!(
        found,
        [overlap, hours, Fault::Currency { wage: "w4".into() }, before, Fault::NoStretch { wage: "w6".into() }]
    );
    let owed = owed(&case, date(2017, 4, 5));
    let workers: Vec<&str> = owed.iter().map(|one| one.worker.as_str()).collect();
    assert_eq!(workers, ["worker 1", "worker 2", "worker 3", "worker 4"]);
    assert_eq!(amount(owed[0].totals.due), "100.00", "the days of two records count once");
    assert_eq!(owed[1].totals.due.high, None, "hours that cannot be are hours not on record");
}

#[test]
fn a_cohort_is_its_persons_and_long_stretches_are_months() {
    let found =
        single(RUSSIAN, KEY_RATES, "40..60,RU,2016-12-16/2017-02-15,USD,100,month,0,,0,,,62,,,,", date(2017, 3, 1));
    let days: Vec<_> = found.lines.iter().map(|line| (line.first.to_string(), line.last.to_string())).collect();
    assert_eq!(days.len(), 3);
    assert_eq!(days[1], ("2017-01-01".to_owned(), "2017-01-31".to_owned()));
    // a dollar a day was paid: of January's hundred 31; the month is due on 15 February
    let january = found.lines[1].amounts.unwrap();
    assert_eq!(amount(january.owed), "2,760.00 to 4,140.00");
    assert_eq!(found.lines[2].amounts, None, "February is not due on the first of March");
}

/// What the example of this name comes to by the rules of the first case.
fn example(name: &str) -> (Case, Vec<Owed>) {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut folder = plumb_read::Folder::from_disk(&root.join("cases/dprk-labour"));
    let records = std::fs::read(root.join("examples/wages-owed").join(name)).unwrap();
    folder.files.insert("wages.csv".into(), records);
    let case = plumb_read::read(&folder).case;
    let owed = owed(&case, date(2026, 1, 31));
    (case, owed)
}

#[test]
fn the_example_of_a_worker_is_reckoned_by_the_russian_rules() {
    let (_, owed) = example("worker.csv");
    let [owed] = owed.as_slice() else { panic!("{owed:?}") };
    assert_eq!((owed.currency.as_str(), owed.lines.len()), ("RUB", 12));
    let july = &owed.lines[0];
    // by hand: 700 dollars × 92.57 = 64,799; an hour is that over 40 × 52/12; 270 hours are 96⅔ of overtime, on 25 days 50 of
    // them at 1.5 and 46⅔ at 2; 16 hours on rest days at 2: 64,799 × (1 + (168⅓ + 32) ÷ 173⅓)
    assert_eq!(amount(july.amounts.unwrap().due), "139,691.69");
    assert_eq!(july.due_on, date(2024, 8, 15));
    // by hand: days after 15 August 2024, each at the key rate over 150
    let rates = [(18, 31), (19, 42), (21, 224), (20, 49), (18, 49), (17, 42)]
        .map(|(rate, days)| rate * days)
        .iter()
        .sum::<i64>();
    let percent = Decimal::from(rates) + decimal("16.5") * Decimal::from(56) + Decimal::from(16 * 41);
    let interest = july.amounts.unwrap().due.low * percent / Decimal::from(15_000);
    assert_eq!(july.amounts.unwrap().interest.low.round_dp(6), interest.round_dp(6));
    let open: Vec<bool> = owed.lines.iter().map(|line| line.gaps.is_empty()).collect();
    assert_eq!(
        open.iter().filter(|whole| !**whole).count(),
        3,
        "two months without hours, one without a record of pay"
    );
    assert!(owed.totals.total.high.is_some());
}

#[test]
fn the_example_of_a_cohort_is_at_least_the_minimum_wage() {
    let (_, owed) = example("cohort.csv");
    assert_eq!(owed[0].lines.len(), 12, "two half years are twelve months");
    let january = owed[0].lines[0].amounts.unwrap();
    assert_eq!(january.due.high, None, "no promise is known");
    // the least: 16,242 × 1.2 for each of 25 persons, and more for overtime
    assert!(january.due.low > decimal("16242") * decimal("1.2") * Decimal::from(25));
}

#[test]
fn the_example_of_bad_records_loses_only_what_is_bad() {
    let (case, owed) = example("bad.csv");
    assert_eq!(case.wages.len(), 7, "the reversed period is left out");
    assert_eq!(faults(&case).len(), 4);
    let sums: Vec<(&str, &str)> = owed.iter().map(|one| (one.worker.as_str(), one.currency.as_str())).collect();
    assert_eq!(sums, [("worker B", "RUB"), ("worker C", "RUB"), ("worker D", "RUB"), ("worker D", "USD")]);
}

//! P05: parts and wholes, differences, swapped labels, split numbers, slips of the hand.

use plumb_core::codes;

use crate::small::{Row, account, claims, found, summary};

#[test]
fn a_part_is_not_larger_than_its_whole() {
    claims(
        codes::P0501,
        &[
            Row {
                why: "a place inside a place",
                claims: "a,workers_present,RU-PRI,2020,exact,,1200,,persons,,A,o1,s1,\n\
                         b,workers_present,RU,2020,exact,,1000,,persons,,B,o2,s2,\n",
                expected: &["1200 1000 <- a b"],
            },
            Row {
                why: "a whole below many figures for one part is told of once",
                claims: "a,workers_present,RU-PRI,2020,exact,,1300,,persons,,A,o1,s1,\n\
                         b,workers_present,RU,2020,exact,,1000,,persons,,B,o2,s2,\n\
                         c,workers_present,RU-PRI,2020,exact,,1200,,persons,,C,o3,s3,\n",
                expected: &["1200 1000 <- c b a"],
            },
            Row {
                why: "another figure for the whole has room",
                claims: "a,workers_present,CN,2020,about,70000,,80000,persons,,A,o1,s1,\n\
                         b,workers_present,WORLD,2020,about,,20000,,persons,,B,o2,s2,\n\
                         c,workers_present,WORLD,2020-06,at least,50000,,,persons,,C,o3,s3,\n\
                         d,workers_present,CN,2020,exact,,18000,,persons,,D,o3,s3,\n",
                expected: &[],
            },
            Row {
                why: "a whole below every figure for its part",
                claims: "a,permit_holders,RU,2017-12-31,exact,,30023,,persons,,A,o1,s1,\n\
                         b,workers_present,RU,2017-12,about,,24000,,persons,,B,o2,s2,\n\
                         c,workers_present,RU,2017-12,about,,34000,,persons,,C,o3,s3,\n",
                expected: &["30023 24000 <- a b"],
            },
            Row {
                why: "one voice gives no larger figure for the whole, though others do",
                claims: "a,workers_present,RU-PRI,2020,about,,1200,,persons,,A,o1,s1,\n\
                         b,workers_present,RU,2020,about,,1000,,persons,,A,o1,s2,\n\
                         c,workers_present,RU,2020,exact,,30000,,persons,,C,o3,s3,\n\
                         d,workers_present,RU-PRI,2020,exact,,900,,persons,,C,o3,s3,\n",
                expected: &["1200 1000 <- a b"],
            },
            Row {
                why: "rounding is allowed for between voices",
                claims: "a,workers_present,RU-PRI,2020,exact,,1200,,persons,,A,o1,s1,\n\
                         b,workers_present,RU,2020,about,,1000,,persons,,B,o2,s2,\n",
                expected: &[],
            },
            Row {
                why: "another time",
                claims: "a,workers_present,RU-PRI,2021,exact,,1200,,persons,,A,o1,s1,\n\
                         b,workers_present,RU,2020,exact,,1000,,persons,,B,o2,s2,\n",
                expected: &[],
            },
            Row {
                why: "another place",
                claims: "a,workers_present,CN-JL,2020,exact,,1200,,persons,,A,o1,s1,\n\
                         b,workers_present,RU,2020,exact,,1000,,persons,,B,o2,s2,\n",
                expected: &[],
            },
            Row {
                why: "known to be doubtful",
                claims: "a,workers_present,RU-PRI,2020,exact,,1200,,persons,,A,o1,s1,weak\n\
                         b,workers_present,RU,2020,exact,,1000,,persons,,B,o2,s2,\n",
                expected: &[],
            },
        ],
    );
}

#[test]
fn a_narrower_population_measure_or_time_is_a_part() {
    claims(
        codes::P0501,
        &[
            Row {
                why: "some of all",
                claims: "a,workers_present,RU,2020,exact,,1200,,persons,loggers,A,o1,s1,\n\
                         b,workers_present,RU,2020,exact,,1000,,persons,,B,o2,s2,\n",
                expected: &["1200 1000 <- a b"],
            },
            Row {
                why: "pay of some may be above the average",
                claims: "a,wage_gross,RU,2020,exact,,1200,,USD/person/month,managers,A,o1,s1,\n\
                         b,wage_gross,RU,2020,exact,,1000,,USD/person/month,,B,o2,s2,\n",
                expected: &[],
            },
            Row {
                why: "a measure that is part of another, by way of a third",
                claims: "a,permit_holders,RU-PRI,2020,exact,,1200,,persons,,A,o1,s1,\n\
                         b,nationals_present,RU,2020,exact,,1000,,persons,,B,o2,s2,\n",
                expected: &["1200 1000 <- a b"],
            },
            Row {
                why: "of what adds up over time, a quarter is part of its year",
                claims: "a,entries_study,RU,2024-07/2024-09,exact,,3765,,entries,,A,o1,s1,\n\
                         b,entries,RU,2024,exact,,3000,,entries,,B,o2,s2,\n",
                expected: &["3765 3000 <- a b"],
            },
            Row {
                why: "but a year is no part of a quarter",
                claims: "a,entries_study,RU,2024,exact,,3765,,entries,,A,o1,s1,\n\
                         b,entries,RU,2024-07/2024-09,exact,,3000,,entries,,B,o2,s2,\n",
                expected: &[],
            },
            Row {
                why: "a quarter above its year, under one measure",
                claims: "a,entries,RU,2024-07/2024-09,exact,,5263,,entries,,A,o1,s1,\n\
                         b,entries,RU,2024,exact,,1300,,entries,,B,o2,s2,\n\
                         c,entries,RU,2024-01/2024-03,exact,,812,,entries,,A,o1,s1,\n",
                expected: &["5263 1300 <- a b"],
            },
            Row {
                why: "a level of a month may be above that of the year",
                claims: "a,workers_present,RU,2024-07,exact,,5263,,persons,,A,o1,s1,\n\
                         b,workers_present,RU,2024,exact,,1300,,persons,,B,o2,s2,\n",
                expected: &[],
            },
            Row {
                why: "pay does not add up over places",
                claims: "a,wage_gross,RU-PRI,2020,exact,,1200,,USD/person/month,,A,o1,s1,\n\
                         b,wage_gross,RU,2020,exact,,1000,,USD/person/month,,B,o2,s2,\n",
                expected: &[],
            },
        ],
    );
}

#[test]
fn parts_of_one_voice_do_not_add_up_to_more_than_the_whole() {
    claims(
        codes::P0501,
        &[
            Row {
                why: "30,000 + 80,000 > 100,000",
                claims: "a,workers_present,RU,2019,about,,30000,,persons,,US,o1,s1,\n\
                         b,workers_present,CN,2019,about,,80000,,persons,,US,o1,s2,\n\
                         c,workers_present,WORLD,2019,about,,100000,,persons,,US,o1,s3,\n",
                expected: &["100000 80000 30000 <- b a c"],
            },
            Row {
                why: "by voices of their own it may be so",
                claims: "a,workers_present,RU,2019,about,,30000,,persons,,A,o1,s1,\n\
                         b,workers_present,CN,2019,about,,80000,,persons,,B,o2,s2,\n\
                         c,workers_present,WORLD,2019,about,,100000,,persons,,C,o3,s3,\n",
                expected: &[],
            },
            Row {
                why: "one page gives both parts, and no figure for the whole reaches their sum",
                claims: "a,workers_present,RU,2019,exact,,30023,,persons,,A,o1,s1,\n\
                         b,workers_present,CN,2019,exact,,80000,,persons,,B,o2,s1,\n\
                         c,workers_present,WORLD,2019,exact,,100000,,persons,,C,o3,s3,\n",
                expected: &["100000 80000 30023 <- b a c"],
            },
            Row {
                why: "a place and one inside it are not added",
                claims: "a,workers_present,RU,2019,exact,,60000,,persons,,A,o1,s1,\n\
                         b,workers_present,RU-PRI,2019,exact,,50000,,persons,,A,o1,s1,\n\
                         c,workers_present,WORLD,2019,exact,,100000,,persons,,A,o1,s1,\n",
                expected: &[],
            },
            Row {
                why: "they fit",
                claims: "a,workers_present,KW,2017-07,about,,2500,,persons,,A,o1,s1,\n\
                         b,workers_present,QA,2017-07,about,,2000,,persons,,A,o1,s1,\n\
                         c,workers_present,AE,2017-07,at most,,,1500,persons,,A,o1,s1,\n\
                         d,workers_present,WORLD,2017-07,about,,6000,,persons,,A,o1,s1,\n",
                expected: &[],
            },
        ],
    );
}

#[test]
fn groups_that_share_a_member_are_not_added() {
    let places = "id,name,kind,members\nG1,Gulf and Poland,group,KW;PL\nG2,Poland and Malta,group,PL;MT\n";
    let claims = "id,measure,place,period,qualifier,best,unit,said_by,origin,source\n\
                  a,workers_present,G1,2019,exact,600,persons,A,o1,s1\n\
                  b,workers_present,G2,2019,exact,600,persons,A,o1,s1\n\
                  c,workers_present,WORLD,2019,exact,1000,persons,A,o1,s1\n";
    let account = account(&[("places.csv", places), ("claims.csv", claims)]);
    assert_eq!(summary(&account, codes::P0501), [""; 0]);
}

#[test]
fn a_figure_that_equals_a_difference_is_suspected() {
    let two = "a,permit_holders,RU,2017-12-31,exact,,30023,,persons,,RF,o1,s1,\n\
               b,permit_holders,RU,2018-12-31,exact,,11490,,persons,,RF,o1,s1,\n";
    let third = |row: &str| {
        let account = account(&[("claims.csv", &format!("{}{two}{row}", crate::small::CLAIMS))]);
        (summary(&account, codes::P0502), found(&account, codes::P0502).first().map(|found| found.notes.join(" ")))
    };
    let (lines, notes) = third("c,workers_repatriated,RU,2018,exact,,18533,,persons,,Press,o2,s2,\n");
    assert_eq!(lines, ["18533 30023 11490 <- c a b"]);
    assert!(notes.unwrap().contains("the third goes back to `o2`, the two to `o1`"));
    let (lines, notes) = third("c,permit_decline,RU,2018,exact,,18533,,persons,,RF,o1,s2,\n");
    assert_eq!(lines.len(), 1);
    assert!(notes.unwrap().contains("all three go back to `o1`"));
    for (row, why) in [
        ("c,workers_repatriated,RU,2018,about,,18533,,persons,,Press,o2,s2,\n", "not exact"),
        ("c,workers_repatriated,RU,2018,exact,,18533,,persons,,Press,o2,s2,derived\n", "said to be derived"),
        ("c,permit_holders,RU,2018-06,exact,,18533,,persons,,Press,o2,s2,\n", "a level like the two"),
        ("c,workers_repatriated,RU,2024,exact,,18533,,persons,,Press,o2,s2,\n", "another time"),
        ("c,workers_repatriated,CN,2018,exact,,18533,,persons,,Press,o2,s2,\n", "another place"),
        ("c,workers_repatriated,RU,2018,exact,,18532,,persons,,Press,o2,s2,\n", "another number"),
    ] {
        assert_eq!(third(row).0, [""; 0], "{why}");
    }
}

#[test]
fn round_numbers_and_crowds_of_numbers_prove_no_difference() {
    let round = "a,permit_holders,RU,2017,exact,,30000,,persons,,A,o1,s1,\n\
                 b,permit_holders,RU,2018,exact,,11000,,persons,,A,o1,s1,\n\
                 c,workers_repatriated,RU,2018,exact,,19000,,persons,,B,o2,s2,\n";
    let mut crowd = String::new();
    for number in 0..200 {
        let (level, sent) = (10_001 + 37 * number, 1_001 + 37 * number);
        crowd += &format!("a{number},permit_holders,RU,2018,exact,,{level},,persons,,A,o1,s1,\n");
        crowd += &format!("b{number},workers_repatriated,RU,2018,exact,,{sent},,persons,,B,o2,s2,\n");
    }
    for claims in [round, &crowd] {
        let account = account(&[("claims.csv", &format!("{}{claims}", crate::small::CLAIMS))]);
        assert_eq!(summary(&account, codes::P0502), [""; 0]);
    }
}

#[test]
fn an_answer_may_be_worked_out_too() {
    let files = |repatriated| {
        let answers = format!(
            "id,duty,state,kind,date,before,after,repatriated,source\nx,,RU,report,2019-03,30023,11490,{repatriated},s1\n"
        );
        summary(&account(&[("answers.csv", &answers), ("duties.csv", DUTIES)]), codes::P0502)
    };
    assert_eq!(files("18533"), ["18533 30023 11490 <- x"]);
    assert_eq!(files("18500"), [""; 0]);
}

const DUTIES: &str = "id,instrument,bearer,duty,source\nd,UNSCR 2397,all,Report,s1\n";

#[test]
fn swapped_labels_are_found() {
    let right = "a,visas_tourist,RU,2019,exact,,16613,,visas,,M,o1,s1,\nb,visas_student,RU,2019,exact,,10345,,visas,,M,o1,s1,\n";
    let case = |rows: &str| {
        let account = account(&[("claims.csv", &format!("{}{right}{rows}", crate::small::CLAIMS))]);
        summary(&account, codes::P0503)
    };
    let swapped = "c,visas_tourist,RU,2019,exact,,10345,,visas,,B,o1,s2,\nd,visas_student,RU,2019,exact,,16613,,visas,,B,o1,s2,\n";
    assert_eq!(case(swapped), ["10345 16613 10345 16613 <- b a d c"]);
    for (rows, why) in [
        (
            "c,visas_tourist,RU,2019,exact,,16613,,visas,,B,o1,s2,\nd,visas_student,RU,2019,exact,,10345,,visas,,B,o1,s2,\n",
            "the same",
        ),
        (
            "c,visas_tourist,RU,2018,exact,,10345,,visas,,B,o1,s2,\nd,visas_student,RU,2018,exact,,16613,,visas,,B,o1,s2,\n",
            "another year",
        ),
        ("c,visas_tourist,RU,2019,exact,,10345,,visas,,B,o1,s2,\n", "only one of the two"),
        (
            "c,visas_tourist,RU,2019,exact,,10345,,visas,,B,o1,s2,\nd,visas_student,RU,2019,exact,,16613,,visas,,B,o1,s3,\n",
            "two sources",
        ),
    ] {
        assert_eq!(case(rows), [""; 0], "{why}");
    }
}

#[test]
fn a_number_split_at_its_comma_is_found() {
    claims(
        codes::P0504,
        &[
            Row {
                why: "the first group",
                claims: "a,entries,RU,2024,exact,,13,,entries,,A,o1,s1,\nb,entries,RU,2024,exact,,13221,,entries,,B,o1,s2,\n",
                expected: &["13 13221 <- a b"],
            },
            Row {
                why: "the last group",
                claims: "a,entries,RU,2024,exact,,221,,entries,,A,o1,s1,\nb,entries,RU,2024,exact,,13221,,entries,,B,o1,s2,\n",
                expected: &["221 13221 <- a b"],
            },
            Row {
                why: "other numbers",
                claims: "a,entries,RU,2024,exact,,22,,entries,,A,o1,s1,\nb,entries,RU,2024,exact,,13221,,entries,,B,o1,s2,\n",
                expected: &[],
            },
            Row {
                why: "a month of the year",
                claims: "a,entries,RU,2024-01,exact,,13,,entries,,A,o1,s1,\nb,entries,RU,2024,exact,,13221,,entries,,B,o1,s2,\n",
                expected: &[],
            },
            Row {
                why: "another measure",
                claims: "a,entries_study,RU,2024,exact,,13,,entries,,A,o1,s1,\nb,entries,RU,2024,exact,,13221,,entries,,B,o1,s2,\n",
                expected: &[],
            },
        ],
    );
}

#[test]
fn a_slip_of_the_hand_is_found() {
    let two = |one, other, qualifier: &str| {
        let claims = format!(
            "{}a,entries,RU,2024,{qualifier},,{one},,entries,,A,o1,s1,\nb,entries,RU,2024,exact,,{other},,entries,,B,o1,s2,\n",
            crate::small::CLAIMS
        );
        summary(&account(&[("claims.csv", &claims)]), codes::P0505)
    };
    for (one, other) in
        [("13221", "13212"), ("13221", "1321"), ("113221", "13221"), ("13229", "13221"), ("13221", "1322.1")]
    {
        assert_eq!(two(one, other, "exact"), [format!("{one} {other} <- b a")], "{one} {other}");
    }
    assert_eq!(two("13000", "13221", "about"), [""; 0], "they can both be true");
    assert_eq!(two("10", "11", "exact"), [""; 0], "too short to tell");
    assert_eq!(two("14352", "13221", "exact"), [""; 0], "two digits apart");
}

//! Known errors of the press about North Korean labour abroad, each as the rows that somebody would have entered who
//! believed it: those that can be found by comparing figures, are. They are the defects of `cases/dprk-labour/defects.csv`.
//!
//! What no comparison of rows can find, because it takes the words of the source or knowledge of the matter:
//! a date that contradicts another inside one page (d06); a level taken for an increment or a stock for a flow (d07, d25);
//! two quantities of unclear meaning in one paragraph (d08); shares that do not sum to what is said to be left (d09), an
//! increment that does not fit its two levels (d10) and a percentage that does not fit its numbers (d11, d19), since no
//! measure declares that it is the sum, difference or quotient of others; a total of another coverage (d12); two measures
//! held against each other by the reader only (d13); two digests of which nobody knows the better (d14); a name in two
//! spellings (d15); a correction by the publisher (d16); a sentence said of other people (d17); a figure in another
//! currency (d21) or another dimension (d22); words of change and of record that the series does not bear out (d23, d24);
//! two figures of one origin at two times (d26); parts that fall short of their whole (d27), which is what unknown parts
//! look like; a figure carried forward to a later date (d28).

use plumb_core::codes::{self, Code};

use crate::small::{CLAIMS, account, summary};

fn claims(code: Code, rows: &str) -> Vec<String> {
    summary(&account(&[("claims.csv", &format!("{CLAIMS}{rows}"))]), code)
}

#[test]
fn d01_a_number_split_at_the_thousands_comma() {
    let rows = "newsyou,entries,RU,2024,exact,,13,,entries,,FSB,o1,s1,\n\
                kjd,entries,RU,2024,exact,,13221,,entries,,FSB,o1,s2,\n";
    assert_eq!(claims(codes::P0504, rows), ["13 13221 <- newsyou kjd"]);
}

#[test]
fn d02_a_part_given_as_the_total() {
    let rows = "vedomosti,entries,RU,2024,about,,7800,,entries,,FSB,o1,s1,\n\
                kjd,entries_study,RU,2024,exact,,7887,,entries,,FSB,o1,s2,\n";
    assert_eq!(claims(codes::P0501, rows), ["7887 7800 <- kjd vedomosti"]);
}

#[test]
fn d03_labels_swapped() {
    let rows = "voa1,visas_tourist,RU,2019,exact,,16613,,visas,,MVD,o1,s1,\n\
                voa2,visas_student,RU,2019,exact,,10345,,visas,,MVD,o1,s1,\n\
                voa3,visas_tourist,RU,2018,exact,,2035,,visas,,MVD,o1,s1,\n\
                voa4,visas_student,RU,2018,exact,,2610,,visas,,MVD,o1,s1,\n\
                blog1,visas_student,RU,2019,exact,,16613,,visas,,MVD,o1,s2,\n\
                blog2,visas_tourist,RU,2019,exact,,10345,,visas,,MVD,o1,s2,\n\
                blog3,visas_student,RU,2018,exact,,2035,,visas,,MVD,o1,s2,\n\
                blog4,visas_tourist,RU,2018,exact,,2610,,visas,,MVD,o1,s2,\n";
    let found = claims(codes::P0503, rows);
    assert_eq!(
        found,
        ["10345 16613 10345 16613 <- voa2 voa1 blog1 blog2", "2610 2035 2610 2035 <- voa4 voa3 blog3 blog4"]
    );
}

fn duties(code: Code, rows: &str) -> Vec<String> {
    let header = "id,instrument,paragraph,bearer,duty,trigger,deadline,source\n";
    summary(&account(&[("duties.csv", &format!("{header}{rows}"))]), code)
}

#[test]
fn d04_and_d29_a_digit_of_the_resolution_wrong_or_swapped() {
    for (wrong, source) in [("2379", "sputnik"), ("2387", "donga")] {
        let rows = format!(
            "text,UNSCR 2397 (2017),8,all,Repatriate,2017-12-22,2019-12-22,s1\n\
             {source},UNSCR {wrong} (2017),8,all,Repatriate,2017-12-22,2019-12-22,s2\n"
        );
        let found = duties(codes::P0606, &rows);
        assert_eq!(found.len(), 1);
        assert!(found.iter().all(|line| line.contains(&format!("UNSCR {wrong} (2017)"))), "{found:?}");
    }
}

#[test]
fn d05_a_deadline_off_by_one_day() {
    let rows = "text,UNSCR 2397 (2017),8,all,Repatriate,2017-12-22,2019-12-22,s1\n\
                kbs,UNSCR 2397 (2017),8,all,Repatriate,2017-12-22,2019-12-23,s2\n";
    assert_eq!(duties(codes::P0605, rows), ["2019-12-23 2019-12-22 <- text kbs"]);
}

#[test]
fn d18_a_fall_in_permits_read_as_departures() {
    let rows = "before,permit_holders,RU,2017-12-31,exact,,30023,,persons,,RF,o1,s1,\n\
                after,permit_holders,RU,2018-12-31,exact,,11490,,persons,,RF,o1,s1,\n\
                urdupoint,workers_repatriated,RU,2018,exact,,18533,,persons,,RF,o2,s2,\n";
    assert_eq!(claims(codes::P0502, rows), ["18533 30023 11490 <- urdupoint before after"]);
}

#[test]
fn d20_a_digit_wrong_so_that_the_parts_disagree() {
    let rows = "asiae,trade_total,KP,2023,exact,,2270,,m USD/year,,KOTRA,o1,s1,\n\
                kostat,trade_total,KP,2023,exact,,2770,,m USD/year,,KOSTAT,o2,s2,\n";
    assert_eq!(claims(codes::P0505, rows), ["2770 2270 <- asiae kostat"]);
    let rows = "asiae,trade_total,KP,2023,exact,,2270,,m USD/year,,KOTRA,o1,s1,\n\
                imports,imports_total,KP,2023,exact,,2440,,m USD/year,,KOTRA,o1,s1,\n";
    assert_eq!(claims(codes::P0501, rows), ["2440 2270 <- imports asiae"]);
}

//! P04: what nobody cites, what stands twice, origins that are one voice.

use plumb_core::codes;

use crate::small::{Row, account, claims, found, summary};

#[test]
fn what_nobody_cites_is_named() {
    let claims = "id,measure,place,qualifier,best,unit,said_by,origin,source,note\n\
                  a,entries,RU,exact,5,entries,A,o1,s1,Also in s2. See s3\n";
    let account = account(&[("claims.csv", claims)]);
    assert_eq!(summary(&account, codes::P0402), ["s4 <- s4"], "s1 is cited, s2 and s3 are named in a note");
    assert_eq!(summary(&account, codes::P0408), ["o2 <- o2", "o3 <- o3"]);
}

#[test]
fn whatever_rests_on_a_source_cites_it() {
    let account = account(&[
        ("events.csv", "id,date,summary,source\ne,2017,It happened,s1\n"),
        ("actors.csv", "id,name,schema,source,other_sources\na,Somebody,Person,s2,s3\n"),
        ("defects.csv", "id,source,says,evidence\nd,s1,Nonsense,s4\n"),
    ]);
    assert_eq!(summary(&account, codes::P0402), [""; 0]);
}

#[test]
fn one_page_is_one_source() {
    let sources = |url: &str| {
        let sources = format!("id,publisher,url\ns1,One,https://www.example.org/report/\ns2,Two,{url}\n");
        summary(&account(&[("sources.csv", &sources)]), codes::P0409)
    };
    let expected = ["http://example.org/report#top https://www.example.org/report/ <- s1 s2"];
    assert_eq!(sources("http://example.org/report#top"), expected);
    assert_eq!(sources("https://example.org/report?page=2"), [""; 0]);
}

#[test]
fn the_same_statement_under_two_ids_is_found() {
    claims(
        codes::P0406,
        &[
            Row {
                why: "alike in all but the id and the wording of the speaker",
                claims: "a,entries,RU,2024,exact,,1000,,entries,,A,o1,s1,\n\
                         b,entries,RU,2024,exact,,1000.0,,entries,,A of B,o1,s1,\n\
                         c,entries,RU,2024,exact,,1000,,entries,,A,o1,s1,\n",
                expected: &["b a c <- a b c"],
            },
            Row {
                why: "another source",
                claims: "a,entries,RU,2024,exact,,1000,,entries,,A,o1,s1,\nb,entries,RU,2024,exact,,1000,,entries,,A,o1,s2,\n",
                expected: &[],
            },
            Row {
                why: "another population",
                claims: "a,entries,RU,2024,exact,,1000,,entries,x,A,o1,s1,\nb,entries,RU,2024,exact,,1000,,entries,y,A,o1,s1,\n",
                expected: &[],
            },
            Row {
                why: "meant otherwise",
                claims: "a,entries,RU,2024,exact,,1000,,entries,,A,o1,s1,\nb,entries,RU,2024,about,,1000,,entries,,A,o1,s1,\n",
                expected: &[],
            },
        ],
    );
}

#[test]
fn other_records_and_items_stand_once() {
    let account = account(&[
        (
            "events.csv",
            "id,date,summary,source\ne1,2017,It happened,s1\ne2,2017,It happened,s1\ne3,2018,It happened,s1\n",
        ),
        ("actors.csv", "id,name,aliases,schema,source\na,Somebody,X;Y;X,Person,s2\nb,Another,X;Y,Person,s2\n"),
    ]);
    assert_eq!(summary(&account, codes::P0406), ["X;Y;X <- a", "e2 e1 <- e1 e2"]);
}

#[test]
fn one_voice_under_two_origins_is_found() {
    claims(
        codes::P0407,
        &[
            Row {
                why: "one speaker, described in two ways",
                claims: "a,workers_present,RU,2025,about,,15000,,persons,,NIS (Seoul),o1,s1,\n\
                         b,workers_present,RU,2025-04,about,,15000,,persons,,\"NIS, via a paper\",o2,s2,\n",
                expected: &["o2 o1 <- a b o1 o2"],
            },
            Row {
                why: "one page",
                claims: "a,workers_present,RU,2025,about,,15000,,persons,,A,o1,s1,\n\
                         b,workers_present,RU,2025,about,,15000,,persons,,B,o2,s1,\n",
                expected: &["o2 o1 <- a b o1 o2"],
            },
            Row {
                why: "unnamed speakers may be two",
                claims: "a,workers_present,RU,2025,about,,15000,,persons,,unnamed,o1,s1,\n\
                         b,workers_present,RU,2025,about,,15000,,persons,,unnamed,o2,s2,\n",
                expected: &[],
            },
            Row {
                why: "another time",
                claims: "a,workers_present,RU,2024,about,,15000,,persons,,A,o1,s1,\n\
                         b,workers_present,RU,2025,about,,15000,,persons,,A,o2,s2,\n",
                expected: &[],
            },
            Row {
                why: "meant otherwise",
                claims: "a,workers_present,RU,2025,about,,15000,,persons,,A,o1,s1,\n\
                         b,workers_present,RU,2025,exact,,15000,,persons,,A,o2,s2,\n",
                expected: &[],
            },
            Row {
                why: "one origin",
                claims: "a,workers_present,RU,2025,about,,15000,,persons,,A,o1,s1,\n\
                         b,workers_present,RU,2025,about,,15000,,persons,,A,o1,s2,\n",
                expected: &[],
            },
        ],
    );
}

#[test]
fn origins_that_agree_in_several_figures_are_found() {
    let first = "a,wage_gross,WORLD,2013,range,300,,1000,USD/person/month,,A,o2,s1,\n\
                 b,deduction_share,WORLD,2013,range,0.7,,0.9,share,,A,o2,s1,\n";
    let with = |rows: &str| {
        let account = account(&[("claims.csv", &format!("{}{first}{rows}", crate::small::CLAIMS))]);
        let messages = found(&account, codes::P0407).iter().map(|found| found.message.clone()).collect::<Vec<_>>();
        (summary(&account, codes::P0407), messages.join(" "))
    };
    let copy = "c,wage_gross,WORLD,2017,range,300,,1000,USD/person/month,,B,o1,s2,\n\
                d,deduction_share,WORLD,2017,range,0.7,,0.9,share,,B,o1,s2,\n";
    let (lines, messages) = with(copy);
    assert_eq!(lines.len(), 1);
    assert!(messages.contains("`o1` and `o2` agree in 2 figures"), "the older origin comes first: {messages}");
    let one = "c,wage_gross,WORLD,2017,range,300,,1000,USD/person/month,,B,o1,s2,\n";
    assert_eq!(with(one).0, [""; 0], "one figure in common is no sign");
    let round = "c,workers_present,RU,2017,about,,30000,,persons,,B,o1,s2,\nd,workers_present,CN,2017,about,,50000,,persons,,B,o1,s2,\n\
                 e,workers_present,RU,2015,about,,30000,,persons,,C,o3,s3,\nf,workers_present,CN,2015,about,,50000,,persons,,C,o3,s3,\n";
    assert_eq!(with(round).0, [""; 0], "round numbers are in everybody's mouth");
}

//! Phrases of the four languages and what they must be read as.

use plumb_text::Value;

use crate::score;

/// The figures claimed in a text.
fn figures(text: &str) -> Vec<String> {
    READER.with(|reader| {
        let sentences = reader.read(text, &[]);
        sentences.iter().flat_map(|one| &one.claims).map(|claim| claim.stated.quantity.figure().to_string()).collect()
    })
}

thread_local! {
    static READER: plumb_text::Reader = score::reader();
}

#[test]
fn figures_are_read() {
    for (text, expected) in [
        ("up to 90 % of wages", vec!["up to 90%"]),
        ("more than 50,000 workers", vec!["at least 50,000 persons"]),
        ("between $1.2bn and $2.3bn a year", vec!["$1.2–2.3 bn a year"]),
        ("$1.2-2.3 billion a year", vec!["$1.2–2.3 bn a year"]),
        ("US$1.2 billion to US$2.3 billion", vec!["$1.2–2.3 bn"]),
        ("около 30 тысяч рабочих", vec!["about 30,000 persons"]),
        ("3만여 명", vec!["about 30,000 persons"]),
        ("约10万名", vec!["about 100,000 persons"]),
        ("200 to 500 million dollars in annual revenue", vec!["$200–500 m a year"]),
        ("70,000-80,000 workers", vec!["70,000–80,000 persons"]),
        ("15 000 workers", vec!["15,000 persons"]),
        ("over 23-thousand workers", vec!["at least 23,000 persons"]),
        ("more than half of the workers", vec!["at least 50%"]),
        ("two thirds of their wages", vec!["66.67%"]),
        ("1 тыс. военных саперов и 5 тыс. строителей", vec!["1,000 persons", "5,000 persons"]),
        ("2,300 yuan ($320)", vec!["2,300 CNY"]),
        ("fewer than 400 workers", vec!["up to 400 persons"]),
        ("thousands of workers", vec!["at least 1,000 persons"]),
        ("from 20 to 30 thousand workers", vec!["20,000–30,000 persons"]),
        ("two hundred and fifty thousand people", vec!["250,000 persons"]),
        ("only two days off a month", vec!["2 days a month"]),
        ("half a million people", vec!["500,000 persons"]),
        ("$800 per worker per month", vec!["$800 a month"]),
        ("2만3천5백 명", vec!["23,500 persons"]),
        ("三千五百人", vec!["3,500 persons"]),
        ("百分之八十的工资", vec!["80%"]),
        ("2,3 млрд долларов в год", vec!["$2.3 bn a year"]),
    ] {
        assert_eq!(figures(text), expected, "{text}");
    }
}

#[test]
fn what_is_no_figure_is_not_claimed() {
    for text in [
        "The border runs along the 38th parallel.",
        "Paragraph 8 of Resolution 2397 applies.",
        "It came into force in 1948, seventy years ago.",
        "Call +7 423 240 11 22 or 010-1234-5678.",
        "As others have shown [12], the report A/70/362 differs.",
        "One would believe that it has faded.",
        "Пункт 8 резолюции 2397 вступил в силу 22.12.2017.",
        "결의 2397호 8항",
        "第2397号决议第8段",
        "They came on 2017-12-22 and left at 10:30.",
        "The World Cup in 2018 was held in Russia.",
    ] {
        assert_eq!(figures(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn dates_are_read() {
    for (text, expected) in [
        ("in December 2017", vec!["2017-12"]),
        ("on 22 December 2017", vec!["2017-12-22"]),
        ("December 22, 2017", vec!["2017-12-22"]),
        ("since 2006", vec!["2006/.."]),
        ("between 2013 and 2015", vec!["2013/2015"]),
        ("2016–2018", vec!["2016/2018"]),
        ("from January 2018 to March 2019", vec!["2018-01/2019-03"]),
        ("in the 1950s", vec!["195X"]),
        ("in early 2020", vec!["2020~"]),
        ("22 декабря 2017 года", vec!["2017-12-22"]),
        ("в декабре 2017 г.", vec!["2017-12"]),
        ("в 1990-е годы", vec!["199X"]),
        ("с 2006 года", vec!["2006/.."]),
        ("2017년 12월 22일", vec!["2017-12-22"]),
        ("1990년대", vec!["199X"]),
        ("2017年12月", vec!["2017-12"]),
        ("2013年至2015年", vec!["2013/2015"]),
    ] {
        let found: Vec<String> = READER.with(|reader| {
            let mentions = reader.read(text, &[]).into_iter().flat_map(|one| one.mentions);
            let periods = mentions
                .filter_map(|mention| if let Value::Date(period) = mention.value { Some(period) } else { None });
            periods.map(|period| period.to_string()).collect()
        });
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn names_are_found_inflected() {
    for (text, code) in [
        ("Рабочие приехали из Северной Кореи.", "KP"),
        ("Их отправили в Россию.", "RU"),
        ("в Китае", "CN"),
        ("Торговля с Вьетнамом растёт.", "VN"),
        ("в Приморском крае", "RU-PRI"),
        ("러시아에서 일한다", "RU"),
        ("중국으로 보냈다", "CN"),
        ("쿠웨이트의 노동자", "KW"),
        ("在俄罗斯工作", "RU"),
        ("workers in the US", "US"),
    ] {
        let found = READER.with(|reader| reader.read(text, &[]));
        let places =
            found.iter().flat_map(|one| &one.mentions).filter(|one| one.value == Value::Place(code.to_owned()));
        assert_eq!(places.count(), 1, "{text}: {found:?}");
    }
}

#[test]
fn words_that_only_look_like_names_are_not_found() {
    for text in ["let us go", "turkey for dinner", "중국집", "a chad of paper"] {
        let found = READER.with(|reader| reader.read(text, &[]));
        let places = found.iter().flat_map(|one| &one.mentions).filter(|one| matches!(one.value, Value::Place(_)));
        assert_eq!(places.count(), 0, "{text}: {found:?}");
    }
}

#[test]
fn what_stands_around_a_claim_is_told() {
    let claim = |text: &str| READER.with(|reader| reader.read(text, &[])[0].claims[0].clone());
    assert!(claim("Reportedly 5,000 workers remained in China.").hedged);
    assert!(claim("Russia plans to take 50,000 workers.").planned);
    assert!(claim("There were not 5,000 workers in China.").negated);
    assert!(!claim("There were not more than 5,000 workers in China.").negated);
    let said = "According to the ministry, 5,000 workers remained.";
    assert_eq!(&said[claim(said).speaker.unwrap().range], "the ministry");
    // a name ends where the figure begins, with or without a comma
    let taken = "According to two diplomats up to 80% of the wages of the workers are taken.";
    assert_eq!(&taken[claim(taken).speaker.unwrap().range], "two diplomats");
    let korean = "통일부에 따르면 노동자 5천 명이 남아 있다.";
    assert_eq!(&korean[claim(korean).speaker.unwrap().range], "통일부");
    for (text, speaker) in [
        ("국가정보원은 2024년 러시아에 북한 노동자 4천여 명이 있다고 밝혔다.", Some("국가정보원")),
        ("러시아에 북한 노동자 4천여 명이 있다고 국정원이 밝혔다.", Some("국정원")),
        ("2024년 러시아에 북한 노동자 4천여 명이 있다고 밝혔다.", None),
    ] {
        assert_eq!(claim(text).speaker.map(|one| &text[one.range]), speaker, "{text}");
    }
    assert_eq!(claim("Some 5,000 North Korean workers remained.").nationality.as_deref(), Some("KP"));
}

#[test]
fn a_place_is_that_of_its_own_clause_and_paragraphs_are_read_on() {
    let reader = crate::score::reader();
    let told = |text: &str| -> Vec<[String; 3]> {
        let claims = reader.read(text, &[]).into_iter().flat_map(|one| one.claims);
        let told = claims.map(|one| {
            let period = one.period.map(|period| period.to_string()).unwrap_or_default();
            [one.stated.quantity.figure().to_string(), one.place.unwrap_or_default(), period]
        });
        told.collect()
    };
    for text in [
        "Some 80,000 workers are abroad, the majority of them in Russia.",
        "Of the about 80,000 workers the majority are in Russia.",
        "За рубежом около 80 000 рабочих, большинство в России.",
    ] {
        let told = told(text);
        assert_eq!(told.first().unwrap(), &["about 80,000 persons", "", ""], "{text}");
        assert!(told.iter().skip(1).all(|part| part[1] == "RU"), "{text}: {told:?}");
    }
    let first = ["about 4,000 persons", "KW", "2016"];
    let both = "In 2016 about 4,000 workers were employed in Kuwait. At least 30 workers died there.";
    assert_eq!(told(both), [first, ["at least 30 persons", "KW", "2016"]]);
    let parted = both.replace("Kuwait. ", "Kuwait.\n\n");
    assert_eq!(told(&parted), [first, ["at least 30 persons", "", ""]]);
    for later in ["Last year at least 30 workers died there.", "Currently at least 30 workers die there."] {
        let now = both.replace("At least 30 workers died there.", later);
        assert_eq!(told(&now)[1][2], "", "a year before the day of the text is not that of its paragraph: {now}");
    }
    let carried = reader.read(both, &[]).pop().unwrap().claims.pop().unwrap();
    let doubts = [plumb_text::Reason::DateCarried, plumb_text::Reason::PlaceCarried];
    assert!(doubts.iter().all(|doubt| carried.reasons.contains(doubt)) && carried.confidence < 0.7);
}

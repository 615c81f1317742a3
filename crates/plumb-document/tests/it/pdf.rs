//! PDF: text as it is read, and what does not meet the eye.

use plumb_document::Limits;

use crate::support::{blocks, data, document, notes};

const SENTENCES: [&str; 3] = [
    "Paragraph ko 2017년에 로씨야에서 일한 로동자는 약 3만여 명이였다.",
    "Paragraph zh 2017年约有3万名朝鲜工人在俄罗斯工作。",
    "Paragraph en Some 30,000 workers were sent to Russia in 2017, the ministry said.",
];

#[test]
fn a_page_printed_by_a_browser_is_read_in_every_script() {
    let document = document("chromium.pdf");
    assert_eq!(document.property("title"), Some("Workers abroad"));
    assert_eq!(
        blocks(&document),
        [
            "Heading(1) en Workers abroad",
            "Paragraph en Some 30,000 workers were sent to Russia in 2017, the ministry said. They kept less than a third of \
             their wages,\nand the rest was collected by the state every month.",
            "Paragraph ru Около 30 тысяч рабочих находились в России в 2017 году.",
            SENTENCES[0],
            SENTENCES[1],
            "Paragraph en 2017 4,000 visas",
            "Paragraph en The left column says that 500\nworkers left in spring. The",
            "Paragraph en right column says that 700\nworkers came in autumn.",
        ]
    );
    let at = document.text.find("700").unwrap();
    assert_eq!(document.locator(&(at..at + 3)), "page 2");
    assert_eq!(document.anchor(at..at + 3).page, Some(2));
    assert!(document.notes.is_empty());
}

#[test]
fn fonts_that_are_not_embedded_and_files_that_may_not_be_printed_are_read() {
    for name in ["regional.pdf", "no-printing.pdf"] {
        let document = document(name);
        assert_eq!(blocks(&document)[..3], SENTENCES, "{name}");
        assert_eq!((document.pages.len(), document.notes.len()), (2, 0));
        assert_eq!(&document.text[document.pages[1].range.clone()], "A second page.");
    }
}

#[test]
fn what_does_not_meet_the_eye_is_named_and_left_out() {
    let document = document("hidden.pdf");
    assert_eq!(
        document.text.as_str(),
        "Workers kept less than a third of their wages.\n\nThe witness is █ of Sinuiju.\n█\n\nmarked in yellow and read"
    );
    let leak = |characters: u32| {
        format!("page 1: a black box covers {characters} characters that are still in the file: a leak")
    };
    assert_eq!(
        notes(&document),
        [
            leak(11),
            leak(14),
            "page 1: 14 characters have the colour of their background: “white on white”".to_owned(),
            "page 1: 10 characters are too small to be seen: “tiny words”".to_owned(),
            "page 1: 15 characters are drawn without leaving a mark: “invisible words”".to_owned(),
            "page 1: 12 characters stand beyond the edge of the page: “off the page”".to_owned(),
        ]
    );
}

#[test]
fn a_scanned_page_is_named_and_recognised_words_are_doubted() {
    let document = document("scanned.pdf");
    let scanned: Vec<bool> = document.pages.iter().map(|page| page.scanned).collect();
    assert_eq!((scanned, document.text.as_str()), (vec![true, false], "scanned words"));
    assert_eq!(
        notes(&document),
        ["page 1: a picture without words", "page 2: its words were recognised from a picture and may be misread",]
    );
    assert!(document.notes[0].hint().contains("tesseract"));
    let bytes = data("scanned.pdf");
    let picture = plumb_document::page_picture(&bytes, 1, &Limits::default()).unwrap();
    assert!(picture.starts_with(b"P5\n620 877\n255\n") || picture.starts_with(b"P6\n620 877\n255\n"));
    let letters = picture[15..].iter().filter(|ink| **ink < 128).count();
    assert!((50..20_000).contains(&letters), "black on white: {letters}");
    assert_eq!(plumb_document::page_picture(&bytes, 3, &Limits::default()), None);
    assert_eq!(plumb_document::page_picture(b"no PDF", 1, &Limits::default()), None);
}

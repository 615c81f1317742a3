//! Office documents, tables and messages.

use plumb_document::{Kind, Place};

use crate::support::{blocks, document, notes, read};

#[test]
fn a_report_is_read_with_what_was_changed_and_hidden() {
    let document = document("report.docx");
    assert_eq!((document.kind, document.property("author")), (Kind::Docx, Some("A. Writer")));
    assert_eq!(
        blocks(&document),
        [
            "Heading(1) en Workers abroad",
            "Paragraph en Some 30,000 workers were sent to Russia in 2017, the ministry said.",
            "Paragraph ko 2017년에 로씨야에서 일한 로동자는 약 3만여 명이였다.",
            "Item en An entry",
            "Cell { table: 0, row: 1, column: 1 } en Year",
            "Cell { table: 0, row: 1, column: 2 } en Visas",
            "Cell { table: 0, row: 2, column: 1 } en 2017",
            "Cell { table: 0, row: 2, column: 2 } en 4,000",
            "Paragraph en They earned $500 a month.",
            "Paragraph en The witness is █ of Sinuiju.",
        ]
    );
    assert_eq!(
        notes(&document),
        [
            "deleted by B. Editor 2020-01-02T03:04:05Z: “$300”",
            "inserted by B. Editor 2020-01-02T03:04:05Z",
            "15 characters are marked as not to be shown: “; not for print”",
            "5 characters have the colour of their background: “white”",
            "a black box covers 11 characters that are still in the file: a leak",
        ]
    );
    let places: Vec<&str> = document
        .notes
        .iter()
        .map(|note| match &note.place {
            Place::Range(range) => &document.text[range.clone()],
            _ => "?",
        })
        .collect();
    assert_eq!(places, ["", "$500", "", "", "█"]);
}

#[test]
fn notes_and_comments_are_blocks_and_a_dtd_is_refused() {
    let document = document("notes.docx");
    assert_eq!(blocks(&document), ["Paragraph ? Text once", "Footnote ? A footnote.", "Comment ? Is this so?"]);
    assert_eq!(notes(&document), ["damaged: word/endnotes.xml: it declares a DTD, which is refused"]);
}

#[test]
fn cells_of_a_spreadsheet_have_addresses() {
    let document = document("book.xlsx");
    let cells: Vec<String> = document
        .blocks
        .iter()
        .map(|block| format!("{} {}", document.locator(&block.range), &document.text[block.range.clone()]))
        .collect();
    assert_eq!(
        cells,
        [
            "Visas!A1 Year",
            "Visas!B1 Visas",
            "Visas!C1 Share",
            "Visas!A2 2017",
            "Visas!B2 4000",
            "Visas!C2 0.25",
            "Visas!A3 2018-03-01",
            "Visas!B3 약 3만여 명",
            "Visas!D7 far",
            "Far!A1 first",
            "Far!XFD1048576 corner",
        ]
    );
    assert_eq!(notes(&document), ["6 characters are marked as not to be shown: “Kept back: a name”"]);
}

#[test]
fn values_are_told_apart_by_what_separates_them() {
    for text in ["Year,Visas\n2017,\"4,000\"\n", "Year;Visas\n2017;4,000\n", "Year\tVisas\n2017\t4,000\n"] {
        let document = read(text, "a.csv");
        assert_eq!(document.text.as_str(), "Year\tVisas\n2017\t4,000", "{text}");
        let at = document.text.find("4,000").unwrap();
        assert_eq!(document.locator(&(at..at + 5)), "B2");
    }
}

#[test]
fn a_message_is_read_with_its_attachments() {
    let message = document("message.eml");
    assert_eq!(message.property("title"), Some("Визы"));
    assert_eq!(
        blocks(&message),
        [
            "Header ? From: 김영철 <kim@example.org>",
            "Header ? To: Desk <desk@example.org>",
            "Header ? Date: 2018-01-01T10:00:00+09:00",
            "Header ? Subject: Визы",
            "Paragraph ? Some 30,000 workers were there.",
            "Quotation ? > What did he say?\n> He said so.",
        ]
        .map(|line| line.replace(" ? ", " en "))
    );
    let parts: Vec<String> = message
        .parts
        .iter()
        .map(|part| match &part.outcome {
            Ok(document) => format!("{} {}: {}", part.name, document.kind, blocks(document).last().unwrap()),
            Err(fault) => fault.to_string(),
        })
        .collect();
    assert_eq!(
        parts,
        [
            "table.csv CSV: Cell { table: 0, row: 2, column: 2 } ? 4000",
            "message.eml mail: Paragraph en Inner words",
            "x.bin: a file that is no text cannot be read",
        ]
    );
}

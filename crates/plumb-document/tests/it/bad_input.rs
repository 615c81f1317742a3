//! Bad input: each is named with what to do, and none takes the reader down.

use plumb_document::{Cause, Kind, Limits};

use crate::support::{data, document, fault, notes, read};

#[test]
fn files_that_cannot_be_read_are_named() {
    let faults = [
        ("truncated.pdf", "truncated.pdf: the PDF is cut off: its end is missing"),
        ("encrypted.pdf", "encrypted.pdf: the PDF is encrypted"),
        ("bomb.pdf", "bomb.pdf: the file unpacks to more than 16777216 bytes, as a zip bomb does"),
        ("bomb.docx", "bomb.docx: the file unpacks to more than 16777216 bytes, as a zip bomb does"),
    ];
    for (name, expected) in faults {
        assert_eq!(fault(data(name), name), expected);
    }
    assert_eq!(fault("", "a.pdf"), "a.pdf: the file is empty");
    assert_eq!(fault(" \r\n", "a.txt"), "a.txt: the file is empty");
    assert_eq!(fault([0, 1, 2, 3, 4], "a.txt"), "a.txt: a file that is no text cannot be read");
    assert_eq!(fault([0, 1, 2, 3, 4], "a.pdf"), "a.pdf: the PDF is damaged: it does not begin as one");
    assert_eq!(fault(b"\x89PNG\r\n", "a.png"), "a.png: a picture cannot be read");
    let half = &data("report.docx")[..20_000];
    assert!(fault(half, "a.docx").starts_with("a.docx: the DOCX is cut off"), "{}", fault(half, "a.docx"));
    let small = Limits { bytes: 3, ..Limits::default() };
    let fault = plumb_document::read(b"text", "a.txt", &small).unwrap_err();
    assert_eq!(
        (fault.to_string().as_str(), fault.hint()),
        ("a.txt: the file has 4 bytes; the limit is 3", "split the file, or raise the limit of bytes",)
    );
}

#[test]
fn every_beginning_of_every_document_is_read_or_named() {
    for name in
        ["report.docx", "book.xlsx", "regional.pdf", "no-printing.pdf", "hidden.pdf", "message.eml", "scanned.pdf"]
    {
        let bytes = data(name);
        for end in (0..bytes.len()).step_by(bytes.len() / 40 + 1) {
            if let Err(fault) = plumb_document::read(&bytes[..end], name, &Limits::default()) {
                assert!(!matches!(fault.cause, Cause::Failed { .. }), "{fault}");
            }
        }
    }
}

#[test]
fn a_document_with_any_byte_changed_is_read_or_named() {
    for name in ["notes.docx", "book.xlsx", "regional.pdf", "hidden.pdf", "message.eml"] {
        let bytes = data(name);
        for at in (0..bytes.len()).step_by(bytes.len() / 60 + 1) {
            let mut changed = bytes.clone();
            changed[at] ^= 0x55;
            if let Err(fault) = plumb_document::read(&changed, name, &Limits::default()) {
                assert!(!matches!(fault.cause, Cause::Failed { .. }), "{name} at {at}: {fault}");
            }
        }
    }
}

#[test]
fn what_is_nested_without_end_or_within_itself_ends() {
    assert_eq!(
        fault(data("circular-pages.pdf"), "a.pdf"),
        "a.pdf: the PDF is damaged: it has no pages that can be found"
    );
    assert_eq!(notes(&document("circular-form.pdf")), ["no words were found in it"]);
    for (name, text) in [
        ("a.md", format!("{}words", ">".repeat(20_000))),
        ("a.md", format!("{}words", "[".repeat(20_000))),
        ("a.html", format!("{}words", "<table><tr><td>".repeat(20_000))),
        ("a.html", format!("{}words", "<p style='display:none'>a<p>b".repeat(20_000))),
        ("a.csv", format!("\"{}words", "a,\n".repeat(20_000))),
    ] {
        let document = read(&text, name);
        assert!(document.text.ends_with("words"), "{name}: {:?}", notes(&document));
    }
    let within = "Content-Type: message/rfc822\n\nFrom: a@example.org\n".repeat(200);
    let mut message = &read(format!("From: a@example.org\nMessage-ID: <1>\n{within}"), "a.eml");
    while let Some(plumb_document::Part { outcome: Ok(inner), .. }) = message.parts.first() {
        message = inner;
    }
    assert_eq!(notes(message)[0], "“message.eml” was not read: messages are nested deeper than 8");
}

/// A PDF of a page and forms, each of which draws the next one ten times; the last draws `last`.
fn forms(count: usize, last: &str) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> /Contents 4 0 R >>"
            .to_owned(),
        "<< /Length 5 >>\nstream\n/X Do\nendstream".to_owned(),
    ];
    for number in 0..count {
        let drawn = if number + 1 == count { last.to_owned() } else { "/X Do ".repeat(10) };
        let next = format!("/Resources << /XObject << /X {} 0 R >> >>", number + 6);
        let dictionary = format!("/Type /XObject /Subtype /Form /BBox [0 0 9 9] {next} /Length {}", drawn.len());
        objects.push(format!("<< {dictionary} >>\nstream\n{drawn}\nendstream"));
    }
    let mut file = String::from("%PDF-1.4\n");
    let mut places = String::new();
    for (number, object) in objects.iter().enumerate() {
        places += &format!("{:010} 00000 n \n", file.len());
        file += &format!("{} 0 obj\n{object}\nendobj\n", number + 1);
    }
    let (start, size) = (file.len(), objects.len() + 1);
    file += &format!(
        "xref\n0 {size}\n0000000000 65535 f \n{places}trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    );
    file.into_bytes()
}

#[test]
fn forms_that_draw_each_other_over_and_over_are_named() {
    let cause = "a.pdf: a page draws its parts over and over, more than 20000000 instructions in all, as only a page made to harm does";
    assert_eq!(fault(forms(12, ""), "a.pdf"), cause);
    // one that draws itself is not drawn within itself
    let circular = String::from_utf8(forms(2, "/X Do /X Do")).unwrap().replace("/X 7 0 R", "/X 6 0 R");
    assert_eq!(notes(&read(circular.into_bytes(), "a.pdf")), ["no words were found in it"]);
    assert_eq!(notes(&read(forms(4, "0 0 9 9 re f"), "a.pdf")), ["no words were found in it"]);
}

#[test]
fn a_wrong_ending_is_noted_and_the_document_read() {
    let page = read("<!DOCTYPE html><p>words", "report.pdf");
    assert_eq!((page.kind, page.text.as_str()), (Kind::Html, "words"));
    assert_eq!(notes(&page), ["the name says otherwise, but this is HTML"]);
    let pdf = read(data("regional.pdf"), "a.txt");
    assert_eq!((pdf.kind, notes(&pdf)), (Kind::Pdf, vec!["the name says otherwise, but this is PDF".to_owned()]));
}

#[test]
fn a_picture_of_a_page_has_no_words_and_says_so() {
    let page = read("<!DOCTYPE html><body><img src=scan.jpg>", "a.html");
    assert_eq!(notes(&page), ["no words were found in it"]);
}

#[test]
fn encodings_are_guessed_and_mixed_ones_named() {
    let korean = "조선인민민주주의공화국의 로동자들은 로씨야의 건설장에서 일하고 있다.\n";
    let bytes = encoding_rs::EUC_KR.encode(korean).0;
    let document = read(&bytes, "a.txt");
    assert_eq!(document.text.as_str(), korean);
    assert_eq!(notes(&document), ["the encoding is not stated; read as EUC-KR"]);
    let mut mixed = korean.repeat(3).into_bytes();
    mixed.extend_from_slice(&bytes);
    let document = read(&mixed, "a.txt");
    assert_eq!(document.text.as_str(), korean.repeat(4));
    assert_eq!(notes(&document), ["line 4 is not UTF-8; read as EUC-KR"]);
}

#[test]
fn characters_that_reorder_text_are_named_where_they_stand() {
    let document = read("pays \u{202E}001$\u{202C} a month", "a.txt");
    assert_eq!(notes(&document), ["2 characters change the order in which text is shown"]);
    assert_eq!(document.notes[0].place, plumb_document::Place::Range(5..8));
}

#[test]
fn large_text_is_read_with_little_more_than_itself() {
    let text = "Some 30,000 workers were sent abroad. 약 3만여 명.\n\n".repeat(400_000);
    let document = read(&text, "a.txt");
    assert_eq!((document.text.len(), document.blocks.len()), (text.len(), 400_000));
    let last = document.blocks.last().unwrap().range.clone();
    assert_eq!(document.resolve(&document.anchor(last.clone())), Ok(last));
}

#[test]
fn what_goes_beyond_a_limit_is_left_out_and_noted() {
    let limits = Limits { pages: 1, cells: 2, attachments: 1, ..Limits::default() };
    let read = |name: &str| plumb_document::read(&data(name), name, &limits).unwrap();
    assert_eq!(notes(&read("regional.pdf")), ["read only in part: 1 of 2 pages"]);
    assert_eq!(notes(&read("book.xlsx")).last().unwrap(), "read only in part: 2 cells");
    let message = read("message.eml");
    assert_eq!(message.parts.len(), 1);
    assert_eq!(
        notes(&message),
        [
            "“message.eml” was not read: there are too many attachments",
            "“x.bin” was not read: there are too many attachments"
        ]
    );
    assert!(document("message.eml").notes.is_empty());
}

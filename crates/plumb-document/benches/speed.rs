//! How fast documents are read: `cargo bench -p plumb-document`.
//!
//! Prints megabytes a second for each format, the seconds of a PDF of 100 pages (bar: 2), and, with the argument `large`, the
//! memory that a text of 1 GB takes at its peak (bar: 5 GB). Documents are made here, but for those whose format needs a writer:
//! these are the ones of `tests/data`, many times over.
#![expect(clippy::print_stdout, reason = "it is what the program is for")]

use std::time::Instant;

use plumb_document::{Document, Limits};

const SENTENCES: &str = "Some 30,000 workers were sent to Russia in 2017, the ministry said. Около 30 тысяч рабочих находились в России. \
    2017년에 로씨야에서 일한 로동자는 약 3만여 명이였다. 2017年约有3万名朝鲜工人在俄罗斯工作。";

fn main() {
    if std::env::args().any(|argument| argument == "large") {
        return large();
    }
    let paragraphs: Vec<String> = (0..40_000).map(|number| format!("{number}. {SENTENCES}")).collect();
    let text = paragraphs.join("\n\n");
    measure("text", "a.txt", text.as_bytes());
    measure("text, EUC-KR", "a.txt", &encoding_rs::EUC_KR.encode(&text.replace("约有", "")).0);
    measure("Markdown", "a.md", format!("# Title\n\n{}", paragraphs.join("\n\n*and* ")).as_bytes());
    measure("HTML", "a.html", format!("<html><body><p>{}", paragraphs.join("<p class=x><b>and</b> ")).as_bytes());
    measure("CSV", "a.csv", paragraphs.join("\n").replace(". ", ",").as_bytes());
    let message = format!("From: a@example.org\nMessage-ID: <1>\nContent-Type: text/plain; charset=utf-8\n\n{text}");
    measure("mail", "a.eml", message.as_bytes());
    measure("PDF of 100 pages", "a.pdf", &pdf(100));
    for name in ["chromium.pdf", "report.docx", "book.xlsx"] {
        let path = format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"));
        match std::fs::read(&path) {
            Ok(bytes) => measure(name, name, &bytes),
            Err(error) => println!("{path}: {error}"),
        }
    }
}

fn read(name: &str, bytes: &[u8]) -> Option<Document> {
    plumb_document::read(bytes, name, &Limits::default()).map_err(|fault| println!("{fault}")).ok()
}

/// Reads until a second has passed, and prints the best time.
fn measure(label: &str, name: &str, bytes: &[u8]) {
    let begin = Instant::now();
    let mut best = f64::INFINITY;
    let mut characters = 0;
    while begin.elapsed().as_secs_f64() < 1.0 {
        let once = Instant::now();
        let Some(document) = read(name, bytes) else { return };
        best = best.min(once.elapsed().as_secs_f64());
        characters = document.text.len();
    }
    #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
    let megabytes = bytes.len() as f64 / 1e6;
    println!("{label:20} {megabytes:8.2} MB {best:8.4} s {:8.1} MB/s  {characters} bytes of text", megabytes / best);
}

/// A text of 1 GB, and the memory at its peak.
fn large() {
    let text = format!("{SENTENCES}\n\n").repeat(1_000_000_000 / (SENTENCES.len() + 2));
    let begin = Instant::now();
    let Some(document) = read("a.txt", text.as_bytes()) else { return };
    let seconds = begin.elapsed().as_secs_f64();
    println!("{} bytes, {} blocks, {seconds:.1} s", document.text.len(), document.blocks.len());
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("no /proc here");
    println!("{peak}, of which the input takes {} bytes", text.len());
}

/// A PDF of so many pages with 50 lines each, by hand.
fn pdf(pages: usize) -> Vec<u8> {
    let mut objects = vec!["<< /Type /Catalog /Pages 2 0 R >>".to_owned(), String::new()];
    objects.push("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned());
    let mut kids = String::new();
    for page in 0..pages {
        let lines: String = (0..50)
            .map(|line| {
                format!("(Page {page}, line {line}: some 30,000 workers were sent to Russia in 2017, it said.) ' ")
            })
            .collect();
        let content = format!("BT /F1 11 Tf 14 TL 50 800 Td {lines} ET");
        kids.push_str(&format!("{} 0 R ", objects.len() + 1));
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>",
            objects.len() + 2
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    if let Some(root) = objects.get_mut(1) {
        *root = format!("<< /Type /Pages /Count {pages} /Kids [{kids}] >>");
    }
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(file.len());
        file.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let start = file.len();
    file.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    for place in places {
        file.push_str(&format!("{place:010} 00000 n \n"));
    }
    file.push_str(&format!("trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1));
    file.into_bytes()
}

//! Shows what is read from documents: `cargo run -p plumb-document --example show FILE…`
#![expect(clippy::print_stdout, reason = "it is what the program is for")]

fn main() {
    for name in std::env::args().skip(1) {
        let read = std::fs::read(&name).map_err(|error| error.to_string());
        let document = read.and_then(|bytes| {
            plumb_document::read(&bytes, &name, &plumb_document::Limits::default())
                .map_err(|fault| format!("{fault}\n  {}", fault.hint()))
        });
        match document {
            Ok(document) => show(&document),
            Err(error) => println!("{error}"),
        }
    }
}

fn show(document: &plumb_document::Document) {
    println!("== {} ({}) {}", document.name, document.kind, document.sha256);
    for property in &document.properties {
        println!("   {}: {}", property.name, property.value);
    }
    for note in &document.notes {
        println!("!  {note}\n   {}", note.hint());
    }
    for block in &document.blocks {
        let language = block.language.map_or("?", plumb_document::Language::code);
        let aside = if block.main { "" } else { "aside " };
        let words = document.text.slice(block.range.clone());
        println!("[{} {:?} {language}] {aside}{words}", document.locator(&block.range), block.kind);
    }
    for part in &document.parts {
        match &part.outcome {
            Ok(document) => show(document),
            Err(fault) => println!("!  {fault}\n   {}", fault.hint()),
        }
    }
}

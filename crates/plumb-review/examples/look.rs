//! Reviews a text against a case and prints the statements: `cargo run -p plumb-review --example look -- CASE TEXT`.
#![expect(clippy::print_stdout, reason = "an example prints")]

use std::path::Path;

use plumb_account::Account;
use plumb_review::{review, sentences};
use plumb_text::Reader;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [case, text] = arguments.as_slice() else { return Err("give a case and a text".into()) };
    let reading = plumb_read::read(&plumb_read::Folder::from_disk(Path::new(case)));
    let account = Account::compile(reading.case, reading.diagnostics, None);
    let document = plumb_document::read(&std::fs::read(text)?, text, &plumb_document::Limits::default())?;
    let found = review(&account, &document, &sentences(&Reader::for_case(&account.case)?, &document));
    for one in &found.statements {
        println!("\n{} “{}”\n  {}\n  {}: {}", one.id, one.anchor.exact, one.about.words, one.verdict.words(), one.why);
        println!(
            "  claimed {:?}, estimate {:?}, for {}, against {}",
            one.claimed, one.estimate, one.origins_for, one.origins_against
        );
        for evidence in &one.evidence {
            println!("    {:8} {} {}", evidence.stance.as_str(), evidence.record, evidence.words);
        }
        println!("  settle: {:?}", one.settle);
    }
    for tension in &found.tensions {
        println!("\nTENSION {:?} {}", tension.statements, tension.words);
    }
    println!("\nsilent: {}", found.silent);
    Ok(())
}

//! Reads a text from standard input and prints what is found, a line each: `cargo run -p plumb-text --example read < FILE`.
#![expect(clippy::print_stdout, reason = "an example prints")]

use std::io::Read;

use plumb_text::{Gazetteer, Reader, Rules, built_in_entries};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let reader = Reader::new(Rules::built_in()?, Gazetteer::new(built_in_entries())?)?;
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    for sentence in reader.read(&text, &[]) {
        println!("\n{} {}", sentence.language.code(), &text[sentence.range.clone()]);
        for mention in &sentence.mentions {
            println!("    {:?} {:?}", &text[mention.range.clone()], mention.value);
        }
        for claim in &sentence.claims {
            let period = claim.period.map(|period| period.to_string()).unwrap_or_default();
            let quantity = &claim.stated.quantity;
            println!(
                "  CLAIM {:?} {} [{}] measure={} place={} when={period} {:.2} {:?}",
                &text[claim.stated.number.clone()],
                quantity.figure(),
                quantity.unit(),
                claim.measure.as_deref().unwrap_or("?"),
                claim.place.as_deref().unwrap_or("?"),
                claim.confidence,
                claim.reasons
            );
        }
        for event in &sentence.events {
            println!("  EVENT {} {} {:?}", event.period, event.kind, event.participants);
        }
        for duty in &sentence.duties {
            println!("  DUTY {:?} {:?} {:?}", &text[duty.trigger.clone()], duty.term, duty.instrument);
        }
    }
    Ok(())
}

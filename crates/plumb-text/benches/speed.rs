//! How fast prose is read with 100,000 names loaded: `cargo bench -p plumb-text`.
#![expect(clippy::print_stdout, clippy::unwrap_used, clippy::cast_precision_loss, reason = "a bench prints figures")]

use std::fmt::Write;
use std::path::Path;
use std::time::Instant;

use plumb_text::{Entry, EntryKind, Gazetteer, Reader, Rules, built_in_entries};

/// Names as lists have them: three syllables and a word for a firm in Latin, every fourth in Cyrillic, every eighth in Hangul.
fn names(count: usize) -> Vec<Entry> {
    let latin = [
        "Ko", "ryo", "San", "mi", "Tae", "yang", "Ung", "dok", "Chol", "su", "Rim", "gang", "Pol", "ar", "Vost", "nik",
    ];
    let cyrillic =
        ["Кор", "ё", "Сан", "ми", "Тэ", "ян", "Ун", "док", "Чол", "су", "Рим", "ган", "Пол", "яр", "Вост", "ник"];
    let hangul = ["고", "려", "상", "미", "태", "양", "은", "덕", "철", "수", "림", "강", "폴", "아", "보", "닉"];
    let firms = ["Trading", "Construction", "Shipping", "Corporation"];
    let name = |number: usize| {
        let table = if number % 8 == 1 {
            &hangul
        } else if number.is_multiple_of(4) {
            &cyrillic
        } else {
            &latin
        };
        let pick = |shift: u32| table.get(number / 16_usize.pow(shift) % 16).copied().unwrap_or_default();
        let mut name = format!("{}{}{}{}{}", pick(0), pick(1), pick(2), pick(3), pick(4));
        if number.is_multiple_of(3) {
            let _ = write!(name, " {}", firms.get(number % 4).copied().unwrap_or_default());
        }
        name
    };
    (0..count).map(|number| Entry::new(format!("n{number}"), EntryKind::Actor, [name(number * 7)])).collect()
}

/// The labelled sentences of a language, over and over, to some megabytes.
fn sentences(language: &str) -> String {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/sentences.tsv"));
    let file = std::fs::read_to_string(path).unwrap();
    let rows = file.lines().filter_map(|line| line.strip_prefix(&format!("{language}\t")));
    let text: String =
        rows.filter_map(|row| row.split('\t').next()).map(|sentence| format!("{sentence}\n\n")).collect();
    text.repeat(4_000_000 / text.len())
}

/// The project's own documentation: prose with few figures.
fn documentation() -> String {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs"));
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let texts = paths.iter().filter(|path| path.extension().is_some_and(|one| one == "md"));
    let text: String = texts.filter_map(|path| std::fs::read_to_string(path).ok()).collect();
    text.repeat(4_000_000 / text.len().max(1))
}

/// Nanoseconds that this thread has computed, where the system tells: other work on the machine does not count.
fn computed() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse::<f64>().ok()
}

fn measure(reader: &Reader, name: &str, text: &str) {
    let mut best = f64::MAX;
    let mut claims = 0;
    for _ in 0..3 {
        let (start, before) = (Instant::now(), computed());
        claims = reader.read(text, &[]).iter().map(|sentence| sentence.claims.len()).sum();
        let passed = start.elapsed().as_secs_f64();
        let own = before.zip(computed()).map_or(passed, |(before, after)| (after - before) / 1e9);
        best = best.min(own);
    }
    println!(
        "{name:24} {:7.1} MB/s  ({claims} claims in {:.1} MB)",
        text.len() as f64 / 1e6 / best,
        text.len() as f64 / 1e6
    );
}

/// The article that the project started from, where it is at hand.
fn article() -> Option<String> {
    let path =
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/documents/another-brick-in-the-wall.txt"));
    let text = std::fs::read_to_string(path).ok()?;
    Some(text.repeat(4_000_000 / text.len().max(1)))
}

fn main() {
    let entries: Vec<Entry> = built_in_entries().into_iter().chain(names(100_000)).collect();
    let (start, before) = (Instant::now(), computed());
    let gazetteer = Gazetteer::new(entries).unwrap();
    let own = before.zip(computed()).map_or(start.elapsed().as_secs_f64(), |(before, after)| (after - before) / 1e9);
    println!("gazetteer of {} entries built in {own:.2} s", gazetteer.len());
    let reader = Reader::new(Rules::built_in().unwrap(), gazetteer).unwrap();
    measure(&reader, "documentation", &documentation());
    match article() {
        Some(text) => measure(&reader, "an article of news", &text),
        None => println!("the article of news is not here"),
    }
    for language in ["en", "ru", "ko", "zh"] {
        measure(&reader, &format!("labelled sentences {language}"), &sentences(language));
    }
    let endless = "the workers of the yard went on with their work and ".repeat(80_000);
    measure(&reader, "no full stop", &endless);
}

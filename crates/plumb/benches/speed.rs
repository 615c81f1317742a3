//! How fast the program is: `cargo bench --bench speed`. Prints seconds and peak memory beside the aims; asserts nothing.
//!
//! The real case is checked and built, then a generated one of 10,000 claims, 2,000 sources and 5,000 actors, then generated
//! pairs of names are compared with their explanations on all cores; all through the real binary, each the best of five
//! runs. Peak memory is the high-water mark that Linux keeps for a process.
#![expect(
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints, and stops when its set-up fails"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 5;
/// Enough that starting the program is a small part of the time.
const PAIRS: usize = 50_000;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let large = folder.path().join("large");
    generate(&large);
    let real = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../cases/dprk-labour"));
    let out = folder.path().join("site");
    println!("{:<44} {:>9} {:>9} {:>9}", "what", "seconds", "aim", "peak MB");
    report("plumb --version", 0.020, &["--version".into()]);
    for (name, case, aim) in [("the real case", real.to_path_buf(), 1.0), ("10,000 claims", large, 5.0)] {
        let path = case.display().to_string();
        report(&format!("check {name}"), aim, &["check".into(), path.clone(), "--format".into(), "json".into()]);
        report(&format!("build {name}"), aim, &["build".into(), path, "--out".into(), out.display().to_string()]);
    }
    let pairs = folder.path().join("pairs.csv");
    fs::write(&pairs, generate_pairs()).unwrap();
    let compare = ["compare", pairs.to_str().unwrap(), "--format", "json"].map(str::to_owned);
    let best = report(&format!("compare {PAIRS} pairs"), 1.0, &compare);
    println!("{:<44} {:>9.0}", "pairs a second", PAIRS as f64 / best.as_secs_f64());
}

/// Prints a line and gives the best time.
fn report(name: &str, aim: f64, arguments: &[String]) -> Duration {
    let runs: Vec<(Duration, u64)> = (0..RUNS).map(|_| run(arguments)).collect();
    let best = runs.iter().map(|(time, _)| *time).min().unwrap();
    let peak = runs.iter().map(|(_, peak)| *peak).max().unwrap();
    println!("{name:<44} {:>9.3} {aim:>9.3} {:>9.0}", best.as_secs_f64(), peak as f64 / 1024.0);
    best
}

/// One run of the program: time, and peak memory in KiB (0 where there is no /proc).
fn run(arguments: &[String]) -> (Duration, u64) {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_plumb"))
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        peak = peak.max(high_water(&status));
        std::thread::sleep(Duration::from_millis(1));
    }
    (start.elapsed(), peak)
}

fn high_water(status: &Path) -> u64 {
    let text = fs::read_to_string(status).unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with("VmHWM:"));
    line.and_then(|line| line.split_whitespace().nth(1)).and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// Pairs of names of three parts: in every third the two are the same but for capitals, in the others some parts are.
fn generate_pairs() -> String {
    const SURNAMES: [&str; 8] = ["Kim", "Ri", "Pak", "Choe", "Ivanov", "Petrova", "Garcia", "김"];
    const GIVEN: [&str; 11] = ["Chol", "Su", "Yong", "Nam", "Il", "Hui", "Song", "Sergei", "Maria", "철수", "Hyok"];
    let name = |number: usize| {
        let given = |step: usize| GIVEN[number / step % GIVEN.len()];
        format!("{} {} {}", SURNAMES[number % SURNAMES.len()], given(8), given(88))
    };
    let mut table = "schema,name1,name2\n".to_owned();
    for number in 0..PAIRS {
        let other = if number % 3 == 0 { name(number).to_uppercase() } else { name(number * 7_919) };
        writeln!(table, "Person,{},{other}", name(number)).unwrap();
    }
    table
}

/// A case as large as a busy office makes in years. Plain arithmetic instead of chance keeps it the same for ever.
fn generate(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    let places = ["RU", "CN", "KW", "QA", "PL", "MN", "AE", "MY", "WORLD"];
    let mut sources = "id,publisher,title,date,kind,reliability\n".to_owned();
    let mut origins = "id,name\n".to_owned();
    for number in 0..2_000 {
        let (year, month) = (2000 + number % 25, 1 + number % 12);
        writeln!(sources, "s{number},Publisher {},Report {number},{year}-{month:02},news,C", number % 60).unwrap();
        writeln!(origins, "o{number},Voice {number}").unwrap();
    }
    let mut claims = "id,measure,place,period,qualifier,best,unit,said_by,origin,source,locator\n".to_owned();
    for number in 0..10_000_u64 {
        let measure = ["workers", "entries", "revenue"][(number % 3) as usize];
        let unit = ["persons", "entries", "USD/year"][(number % 3) as usize];
        let place = places[(number / 3 % 9) as usize];
        let year = 2000 + number / 27 % 25;
        let value = 1_000 + number * 7_919 % 90_000;
        let (origin, source) = (number * 31 % 2_000, number * 17 % 2_000);
        let row = format!(
            "c{number},{measure},{place},{year},about,{value},{unit},Speaker {origin},o{origin},s{source},para 1"
        );
        writeln!(claims, "{row}").unwrap();
    }
    let mut actors = "id,name,aliases,schema,country,status,source\n".to_owned();
    for number in 0..5_000 {
        let source = number * 13 % 2_000;
        writeln!(actors, "a{number},Company {number},회사 {number};ООО {number},Company,KP,reported,s{source}")
            .unwrap();
    }
    let measures = ["workers:stock:persons:people", "entries:flow:entries:movement", "revenue:flow:USD/year:money"];
    let mut toml = String::new();
    for line in measures {
        let [id, nature, unit, group] = line.split(':').collect::<Vec<_>>().try_into().unwrap();
        writeln!(toml, "[{id}]\nlabel = \"{id}\"\ndefinition = \"Generated.\"\ngroup = \"{group}\"\nnature = \"{nature}\"\nunit = \"{unit}\"\npopulation = \"all\"\nover_places = \"adds\"\nover_time = \"does not add\"\n").unwrap();
    }
    let case = "[case]\nid = \"large\"\ntitle = \"A generated case\"\nquestion = \"How fast?\"\nas_of = \"2026-01-01\"\nlanguage = \"en\"\n";
    for (name, text) in [
        ("sources.csv", sources),
        ("origins.csv", origins),
        ("claims.csv", claims),
        ("actors.csv", actors),
        ("measures.toml", toml),
        ("case.toml", case.to_owned()),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
}

//! How fast screening is, and whether blocking finds what a full comparison finds.
//!
//! `cargo bench -p plumb-screen --bench screen -- DATA_DIR [PART…]`, where a part is `compare`, `queries`, `recall`, `clean` or `million`;
//! without one, all run. `DATA_DIR` is the folder that `examples/train.rs` reads.

#![expect(clippy::print_stdout, reason = "a benchmark reports on the terminal")]
#![expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]

#[path = "../examples/support/data.rs"]
mod data;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use plumb_core::ftm::{self, Entity};
use plumb_names::{Scratch, Uniform};
use plumb_screen::Record;
use plumb_screen::index::{Builder, Filters, Index, Workspace};
use plumb_screen::score::{Profile, Scorer, THRESHOLD, profile};
use plumb_screen::train::clean::{may_be_one, names};
use plumb_screen::train::corpus::{Part, part_of};
use plumb_screen::train::{random::Random, treat};

type Outcome = Result<(), Box<dyn Error>>;

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let folder = PathBuf::from(arguments.first().ok_or("usage: screen DATA_DIR [PART…]")?);
    let wanted = |part: &str| arguments.len() < 2 || arguments.iter().skip(1).any(|argument| argument == part);
    let scorer = Scorer::built_in()?;
    let records = data::records(&folder, None)?;
    let built = Instant::now();
    let path = std::env::temp_dir().join(format!("plumb-bench-{}.index", std::process::id()));
    let mut builder = Builder::default();
    records.iter().try_for_each(|record| builder.add(record))?;
    builder.write(&mut BufWriter::new(File::create(&path)?))?;
    println!("lists: {} records, built in {:.1} s", records.len(), built.elapsed().as_secs_f64());
    let opened = Instant::now();
    let index = Index::open(&path)?;
    println!("  {:.1} MB, opened in {:.1} ms", index.size() as f64 / 1e6, opened.elapsed().as_secs_f64() * 1e3);
    let queries = queries(&records);
    if wanted("compare") {
        compare(&scorer, &index, &records, &queries);
    }
    if wanted("queries") {
        (0..3).for_each(|_| speed(&scorer, &index, &queries));
    }
    if wanted("recall") {
        recall(&scorer, &index, &records, &queries);
    }
    if wanted("clean") {
        clean(&scorer, &index, &folder)?;
    }
    if wanted("million") {
        million(&scorer, &folder, &records)?;
    }
    Ok(std::fs::remove_file(&path)?)
}

/// Names of the lists, treated in the ways of the training: each with the id of its entry.
fn queries(records: &[Record]) -> Vec<(String, Profile)> {
    let mut random = Random::new(99);
    let matchable: Vec<&Record> = records.iter().filter(|record| record.is_matchable()).collect();
    let mut queries = Vec::new();
    for record in matchable.iter().step_by((matchable.len() / 4000).max(1)) {
        let Some(name) = record.entity.properties().get("name").and_then(|names| names.first()) else { continue };
        let person = record.entity.schema().is_a("Person");
        let treated = match random.below(if person { 4 } else { 2 }) {
            0 => treat::slip(name, &mut random),
            1 => treat::restyled(name, &mut random),
            2 => treat::reordered(name, &mut random),
            _ => treat::slip(&treat::reordered(name, &mut random), &mut random),
        };
        let profile = Profile::new(record.entity.schema(), &[("name", std::slice::from_ref(&treated))]);
        queries.push((record.entity.id().to_owned(), profile));
    }
    queries
}

fn compare(scorer: &Scorer, index: &Index, records: &[Record], queries: &[(String, Profile)]) {
    let (mut workspace, mut scratch) = (Workspace::default(), Scratch::default());
    let mut pairs: Vec<(&Profile, Profile)> = Vec::new();
    for (_, query) in queries.iter().step_by(10) {
        for record in index.candidates(query, 20, &Filters::default(), &mut workspace) {
            pairs.extend(
                index
                    .id(record)
                    .and_then(|id| records.iter().find(|other| other.entity.id() == id))
                    .map(|other| (query, Profile::of(&other.entity))),
            );
        }
    }
    // the shortest of several runs over few pairs, since the machine may be busy
    let mut scored = |pairs: &[(&Profile, Profile)]| {
        pairs.iter().map(|(query, candidate)| scorer.score(query, candidate, &mut scratch)).sum::<f64>()
    };
    let rate: Duration = pairs.chunks(50).map(|pairs| best_of(9, || scored(pairs))).sum();
    println!(
        "compare: {} pairs of query and candidate, {:.0} a second on one core",
        pairs.len(),
        pairs.len() as f64 / rate.as_secs_f64()
    );
    let names: Vec<String> = records
        .iter()
        .filter(|record| record.entity.schema().is_a("Person"))
        .filter_map(|record| record.entity.properties().get("name")?.first().cloned())
        .take(40)
        .collect();
    if let Some((schema, (one, two))) = ftm::schema("Person").zip(names.split_at_checked(20)) {
        let (one, two) = (Profile::new(schema, &[("name", one)]), Profile::new(schema, &[("alias", two)]));
        let time = best_of(200, || scorer.score(&one, &two, &mut scratch));
        println!("  20 names against 20: {:.3} ms", time.as_secs_f64() * 1e3);
        let same = best_of(200, || scorer.score(&one, &one, &mut scratch));
        println!("  20 names against the same 20: {:.3} ms", same.as_secs_f64() * 1e3);
    }
}

/// The shortest of several runs.
fn best_of<T>(runs: usize, mut run: impl FnMut() -> T) -> Duration {
    let time = || {
        let start = Instant::now();
        std::hint::black_box(run());
        start.elapsed()
    };
    std::iter::repeat_with(time).take(runs).min().unwrap_or_default()
}

/// Answers all queries on two threads and prints how fast, from the text of the name on.
fn speed(scorer: &Scorer, index: &Index, queries: &[(String, Profile)]) {
    let start = Instant::now();
    let half = queries.len().div_ceil(2).max(1);
    let (mut times, busy) = std::thread::scope(|scope| {
        let threads: Vec<_> = queries.chunks(half).map(|part| scope.spawn(|| answer(scorer, index, part))).collect();
        let all = threads.into_iter().filter_map(|thread| thread.join().ok());
        all.fold((Vec::new(), Duration::ZERO), |(mut times, busy), (more, also)| {
            times.extend(more);
            (times, busy + also)
        })
    });
    let (wall, asked) = (start.elapsed().as_secs_f64(), times.len());
    times.sort_unstable();
    let at = |permille: usize| times.get(asked * permille / 1001).copied().unwrap_or_default().as_secs_f64() * 1e3;
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    println!(
        "queries: {:.0} a second on two threads; p50 {:.2} ms, p99 {:.2} ms, slowest {:.2} ms; {:.0} µs of a core each; load {}",
        asked as f64 / wall,
        at(500),
        at(990),
        at(1000),
        busy.as_secs_f64() * 1e6 / asked as f64,
        load.split_whitespace().next().unwrap_or("unknown")
    );
}

/// How long each query took, and the time on a core of all, which other programs on the machine do not lengthen much.
fn answer(scorer: &Scorer, index: &Index, queries: &[(String, Profile)]) -> (Vec<Duration>, Duration) {
    let mut workspace = Workspace::default();
    let mut times = Vec::new();
    for (_, query) in queries {
        let start = Instant::now();
        let texts: Vec<String> = query.names.iter().map(|name| name.text.clone()).collect();
        let query = Profile::new(query.schema, &[("name", texts.as_slice())]);
        std::hint::black_box(index.search(scorer, &query, THRESHOLD, 5, &Filters::default(), &mut workspace));
        times.push(start.elapsed());
    }
    (times, processor_time())
}

/// Time that this thread has spent on a core; nothing where the system does not tell (all but Linux).
fn processor_time() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(text.split_whitespace().next().and_then(|spent| spent.parse().ok()).unwrap_or_default())
}

/// Compares blocking with a comparison of the query with every record.
fn recall(scorer: &Scorer, index: &Index, records: &[Record], queries: &[(String, Profile)]) {
    let profiles: Vec<(&str, Profile)> = records
        .iter()
        .filter(|record| record.is_matchable())
        .map(|record| (record.entity.id(), Profile::of(&record.entity)))
        .collect();
    let (mut workspace, mut scratch) = (Workspace::default(), Scratch::default());
    let mut candidates = |query: &Profile| -> Vec<&str> {
        let candidates = index.candidates(query, 50, &Filters::default(), &mut workspace);
        candidates.into_iter().filter_map(|record| index.id(record)).collect()
    };
    let missed: Vec<_> = queries.iter().filter(|(id, query)| !candidates(query).contains(&id.as_str())).collect();
    for (id, query) in missed.iter().take(12) {
        println!("  not found: {}, which is {id}", query.names.first().map_or("", |name| &name.text));
    }
    let share = |part: usize, all: usize| 1.0 - part as f64 / all.max(1) as f64;
    println!("recall: {} treated names, 50 candidates for each", queries.len());
    println!("  the true entry is among them: {:.4}", share(missed.len(), queries.len()));
    let (mut above, mut lost, mut best, mut best_lost) = (0, 0, 0, 0);
    for (_, query) in queries.iter().step_by(8) {
        let candidates = candidates(query);
        let mut found: Vec<(f64, &str)> = Vec::new();
        for (id, profile) in &profiles {
            found.push((scorer.score_fully(query, profile, &mut scratch), id));
        }
        found.retain(|(score, _)| *score >= THRESHOLD);
        found.sort_by(|one, two| two.0.total_cmp(&one.0));
        let is_lost = |found: &&(f64, &str)| !candidates.contains(&found.1);
        above += found.len();
        lost += found.iter().filter(is_lost).count();
        best += usize::from(!found.is_empty());
        let top = || found.iter().take_while(|one| found.first().is_some_and(|first| first.0 <= one.0));
        best_lost += usize::from(!found.is_empty() && top().all(|one| is_lost(&one)));
    }
    println!(
        "  of a full scan of {} entities, which names {above} at 0.7 or more, {:.4} are among them, and of the best for each name {:.4}",
        profiles.len(),
        share(lost, above),
        share(best_lost, best)
    );
}

/// Alerts for names that are on no list, by kind, of the part that nothing was learnt from. Alerts of persons whose every part can be an
/// entry's are counted apart: nobody can tell from the names.
fn clean(scorer: &Scorer, index: &Index, folder: &Path) -> Outcome {
    let (corpus, _) = data::corpus(folder)?;
    let (mut workspace, mut scratch) = (Workspace::default(), Scratch::default());
    let mut counts: BTreeMap<&str, [u32; 3]> = BTreeMap::new();
    for clean in names(&corpus).iter().filter(|clean| part_of(&clean.text) == Part::Check) {
        let schema = ftm::schema(clean.schema).ok_or("no such schema")?;
        let query = Profile::new(schema, &[("name", std::slice::from_ref(&clean.text))]);
        let found = index.search(scorer, &query, THRESHOLD, 1, &Filters::default(), &mut workspace);
        let listed = found.first().and_then(|found| found.score.features.first()).map(|name| name.candidate.as_str());
        let kind = profile::kind_of(schema);
        let mut is_reading = |listed: &str| {
            let (one, two) = (plumb_names::analyse(&clean.text, kind), plumb_names::analyse(listed, kind));
            clean.schema == "Person" && may_be_one(&plumb_names::compare(&one, &two, &Uniform, &mut scratch))
        };
        let [asked, alerts, readings] = counts.entry(clean.kind).or_default();
        *asked += 1;
        if let Some(listed) = listed {
            let reading = is_reading(listed);
            *(if reading { readings } else { &mut *alerts }) += 1;
            if !reading && *alerts <= MOST_SHOWN {
                println!("  {} ~ {listed}", clean.text);
            }
        }
    }
    for (kind, [asked, alerts, readings]) in counts {
        let share = f64::from(alerts) * 1000.0 / f64::from(asked);
        println!(
            "{kind:28} {share:5.1} alerts for 1,000 of {asked} names, and {readings} that can be read as an entry's"
        );
    }
    Ok(())
}

/// Alerts that are printed of each kind.
const MOST_SHOWN: u32 = 8;

/// A million entities: the register's names over and over with a word of another, and the lists among them.
fn million(scorer: &Scorer, folder: &Path, records: &[Record]) -> Outcome {
    let (corpus, _) = data::corpus(folder)?;
    let path = std::env::temp_dir().join(format!("plumb-million-{}.index", std::process::id()));
    let start = Instant::now();
    let mut builder = Builder::default();
    records.iter().try_for_each(|record| builder.add(record))?;
    let mut random = Random::new(5);
    for number in records.len()..1_000_000 {
        let (Some(one), Some(two)) = (random.pick(&corpus.companies), random.pick(&corpus.companies)) else { break };
        let word = two.split_whitespace().next().unwrap_or_default();
        let name = if number < corpus.companies.len() { one.clone() } else { treat::with_word(one, 0, word) };
        let entity = Entity::new(format!("background-{number}"), "Company").ok_or("no schema Company")?;
        builder.add(&Record::new(entity.with("name", &name), "background"))?;
    }
    builder.write(&mut BufWriter::new(File::create(&path)?))?;
    println!("million: built in {:.0} s", start.elapsed().as_secs_f64());
    let opened = Instant::now();
    let index = Index::open(&path)?;
    println!(
        "  {} records, {:.2} GB, opened in {:.1} ms",
        index.len(),
        index.size() as f64 / 1e9,
        opened.elapsed().as_secs_f64() * 1e3
    );
    let queries = queries(records);
    speed(scorer, &index, &queries);
    speed(scorer, &index, &queries);
    Ok(std::fs::remove_file(&path)?)
}

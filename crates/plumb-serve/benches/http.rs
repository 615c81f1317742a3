//! How many queries a second `/match` answers over HTTP against the official lists, and how long each takes.
//!
//! `cargo bench -p plumb-serve --bench http` needs the lists in `../shared`. Each query is a name of a list with its words turned round, so
//! that every one has something to be compared with; a client thread a connection asks and waits, as a screening program does.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench prints its figures and stops at the first fault"
)]

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use plumb_lists::{Addition, LoadedList};
use plumb_screen::lists::Report;
use plumb_serve::{Dataset, Event, Options, Served, Source, run};
use serde_json::{Value, json};

/// Queries of each measurement.
const QUERIES: usize = 4_000;
/// Requests before it, which fill caches and open pages.
const WARM: usize = 200;
/// Queries of a request where several go in one, as yente's own clients send them.
const BATCH: usize = 20;

fn main() {
    let shared = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data"));
    if !shared.exists() {
        println!("skipped: the official lists are not here");
        return;
    }
    let began = Instant::now();
    let lists = lists(shared);
    let things: u32 = lists.iter().map(|list| list.things).sum();
    println!("{} lists with {things} things, indexed in {:.1} s", lists.len(), began.elapsed().as_secs_f64());
    let bodies: Vec<String> = lists.iter().flat_map(bodies).collect();
    let address = serve(lists);
    for connections in [1, 2, 4, 8] {
        measure(address, &bodies, connections, QUERIES);
    }
    println!("{BATCH} queries a request:");
    let batches: Vec<String> = bodies.chunks(BATCH).map(batch).collect();
    for connections in [1, 2] {
        measure(address, &batches, connections, QUERIES / BATCH);
    }
}

/// One body with the queries of several.
fn batch(bodies: &[String]) -> String {
    let query = |body: &String| serde_json::from_str::<Value>(body).unwrap().pointer("/queries/q").cloned().unwrap();
    let queries: serde_json::Map<_, _> =
        bodies.iter().enumerate().map(|(number, body)| (number.to_string(), query(body))).collect();
    json!({ "queries": queries }).to_string()
}

fn lists(shared: &Path) -> Vec<Dataset> {
    let files = |folder: &str| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(shared.join(folder)).unwrap();
        let mut files: Vec<PathBuf> =
            entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
        files.sort();
        files
    };
    [("ofac-sdn", "ofac-sdn/full-2021-07"), ("un-sc", "un-sc"), ("eu-journal", "eu-journal/consolidated")]
        .map(|(name, folder)| {
            let files = files(folder);
            let addition =
                Addition { name: name.to_owned(), files, today: "2026-11-26".to_owned(), ..Addition::default() };
            Dataset::of_list(LoadedList::from_files(&addition, &mut Report::default()).unwrap())
        })
        .into()
}

/// A query for each thing of a list that names are held against.
fn bodies(list: &Dataset) -> Vec<String> {
    let body = |number: u32| {
        let record: Value = serde_json::from_str(list.index.record(number)?).ok()?;
        let facts = list.index.record_facts(number)?;
        let name = record.pointer("/properties/name/0")?.as_str().filter(|_| facts.schema.matchable)?;
        let turned = name.split_whitespace().rev().collect::<Vec<_>>().join(" ");
        let example = json!({ "schema": facts.schema.name, "properties": { "name": [turned] } });
        Some(json!({ "queries": { "q": example } }).to_string())
    };
    (0..list.index.len()).filter_map(body).collect()
}

/// Serves the lists on a free port, in a thread that ends with the bench.
fn serve(lists: Vec<Dataset>) -> SocketAddr {
    let (send, events) = channel();
    thread::spawn(move || {
        let options = Options { port: 0, ..Options::default() };
        let lists = Mutex::new(lists);
        let lists = Source::new(
            || 0,
            move || Ok(lists.lock().map(|mut lists| std::mem::take(&mut *lists)).unwrap_or_default()),
        );
        run(options, Served { case: None, lists, edit: None }, move |event| send.send(event).unwrap_or_default())
            .unwrap();
    });
    match events.recv().unwrap() {
        Event::Listening(address) => address,
        other => panic!("the first event is the address, not {other:?}"),
    }
}

fn measure(address: SocketAddr, bodies: &[String], connections: usize, queries: usize) {
    let (began, busy) = (Instant::now(), processor_time());
    let (mut times, found) = thread::scope(|scope| {
        let client = |number: usize| move || client(address, bodies, number, queries / connections);
        let clients: Vec<_> = (0..connections).map(|number| scope.spawn(client(number))).collect();
        let all = clients.into_iter().map(|client| client.join().unwrap());
        all.fold((Vec::new(), 0), |(mut times, found), (more, also)| {
            times.extend(more);
            (times, found + also)
        })
    });
    let (spent, busy, asked) = (began.elapsed().as_secs_f64(), processor_time() - busy, times.len());
    let all = f64::from(u32::try_from(asked + connections * WARM).unwrap());
    times.sort_unstable();
    let share = |hundredths: usize| times.get(asked * hundredths / 1000).map_or(0.0, |time| time.as_secs_f64() * 1e3);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    println!(
        "{connections} connections: {:.0} requests/s, p50 {:.2} ms, p99 {:.2} ms, longest {:.2} ms; {:.2} ms of a core each, the client's included; \
         {found} of {asked} with a potential match; load {}",
        all / spent,
        share(500),
        share(990),
        times.last().map_or(0.0, |time| time.as_secs_f64() * 1e3),
        busy / all * 1e3,
        load.split_whitespace().next().unwrap_or("unknown"),
    );
}

/// Seconds that this program has kept a core busy, which other programs on the machine do not lengthen much; 0 where the system does not tell
/// (all but Linux).
fn processor_time() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // fields 14 and 15, counted behind the name of the program, which may hold blanks; in hundredths of a second
    let fields = text.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    fields.filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Asks one query after the other over one connection: how long each took, and how many had a potential match.
fn client(address: SocketAddr, bodies: &[String], number: usize, queries: usize) -> (Vec<Duration>, usize) {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_nodelay(true).unwrap();
    let mut answers = BufReader::new(stream.try_clone().unwrap());
    let (mut out, mut times, mut found) = (stream, Vec::with_capacity(queries), 0);
    // a step without a common divisor with the number of bodies leads through all of them
    for (place, body) in bodies.iter().cycle().skip(number * 997).step_by(37).take(queries + WARM).enumerate() {
        let asked = Instant::now();
        let head = format!("POST /match/default HTTP/1.1\r\nHost: {address}\r\nContent-Length: {}\r\n\r\n", body.len());
        out.write_all((head + body).as_bytes()).unwrap();
        let answer = read(&mut answers);
        if place >= WARM {
            times.push(asked.elapsed());
            found += usize::from(!answer.contains("\"value\":0"));
        }
    }
    (times, found)
}

fn read(answers: &mut impl BufRead) -> String {
    let (mut line, mut length) = (String::new(), 0);
    answers.read_line(&mut line).unwrap();
    // the server is part of this program and ends in order on Ctrl-C, or when a time limit is put on the bench
    assert!(!line.is_empty(), "the server has ended the connection: was the bench told to end?");
    assert!(line.contains(" 200 "), "{line}");
    while line != "\r\n" {
        line.clear();
        answers.read_line(&mut line).unwrap();
        if let Some(text) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = text.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    answers.read_exact(&mut body).unwrap();
    String::from_utf8(body).unwrap()
}

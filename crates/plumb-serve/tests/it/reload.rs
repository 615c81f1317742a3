//! A served case: a change is taken up, and one that cannot be read leaves the last account in place.

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use plumb_read::Folder;
use plumb_serve::{Event, Options, ServeError, Served, Source, fingerprint, run};

use crate::world::account;

const SOON: Duration = Duration::from_secs(30);

/// The body of a GET over a real socket.
fn fetch(address: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split_once("\r\n\r\n").unwrap().1.to_owned()
}

/// Serves a folder on a free port, in a thread that ends with the tests.
fn served(folder: &Path) -> (SocketAddr, Receiver<Event>) {
    let (send, events) = channel();
    let (watched, loaded) = (folder.to_owned(), folder.to_owned());
    let load = move || {
        assert!(!loaded.join("panic").exists(), "a fault of the program");
        if loaded.join("case.toml").exists() {
            Ok(account(&Folder::from_disk(&loaded)))
        } else {
            Err("there is no case.toml".to_owned())
        }
    };
    thread::spawn(move || {
        let options = Options { port: 0, every: Duration::from_millis(20) };
        run(options, alone(Source::new(move || fingerprint(&watched), load)), move |event| {
            send.send(event).unwrap_or_default();
        })
    });
    let Event::Listening(address) = events.recv_timeout(SOON).unwrap() else {
        panic!("the first event is the address")
    };
    (address, events)
}

/// A case without lists.
fn alone(source: Source) -> Served {
    Served { case: Some(source), lists: Source::new(|| 0, || Ok(Vec::new())), edit: None }
}

fn write_case(folder: &Path, title: &str) {
    for (path, bytes) in plumb_read::new_case(title).files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// The next event of a kind; events about half-written cases may come before it.
fn wait(events: &Receiver<Event>, kind: impl Fn(&Event) -> bool) -> Event {
    let end = Instant::now() + SOON;
    loop {
        let event = events.recv_timeout(end.saturating_duration_since(Instant::now())).unwrap();
        if kind(&event) {
            return event;
        }
    }
}

#[test]
fn a_change_is_taken_up_and_trouble_leaves_the_last_account() {
    let folder = tempfile::tempdir().unwrap();
    write_case(folder.path(), "First title");
    let (address, events) = served(folder.path());
    assert!(address.ip().is_loopback() && address.port() != 0);
    assert!(fetch(address, "/").contains("First title"));

    write_case(folder.path(), "Second title");
    wait(&events, |event| matches!(event, Event::Reloaded { .. }));
    assert!(fetch(address, "/").contains("Second title"));
    assert!(fetch(address, "/api/version").contains("\"problem\":null"));

    fs::rename(folder.path().join("case.toml"), folder.path().join("away")).unwrap();
    let kept = wait(&events, |event| matches!(event, Event::Kept { .. }));
    assert_eq!(kept, Event::Kept { problem: "there is no case.toml".to_owned() });
    assert!(fetch(address, "/").contains("Second title"));
    assert!(fetch(address, "/api/version").contains("there is no case.toml"));

    fs::write(folder.path().join("panic"), "").unwrap();
    let fault = wait(&events, |event| matches!(event, Event::Kept { problem } if problem.contains("fault")));
    assert!(matches!(fault, Event::Kept { .. }));
    assert!(fetch(address, "/").contains("Second title"));

    fs::remove_file(folder.path().join("panic")).unwrap();
    write_case(folder.path(), "Third title");
    wait(&events, |event| matches!(event, Event::Reloaded { .. }));
    assert!(fetch(address, "/").contains("Third title"));
}

#[test]
fn a_case_that_cannot_be_loaded_is_not_served() {
    let source = Source::new(|| 0, || Err("no such case".to_owned()));
    let error = run(Options { port: 0, ..Options::default() }, alone(source), |_| {}).unwrap_err();
    assert!(matches!(&error, ServeError::Load(reason) if reason == "no such case"), "{error}");
}

#[test]
fn a_taken_port_is_named_with_what_to_do() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let source = Source::new(|| 0, || Ok(account(&plumb_read::new_case("Case"))));
    let error = run(Options { port, ..Options::default() }, alone(source), |_| {}).unwrap_err().to_string();
    assert!(error.contains(&port.to_string()) && error.contains("--port"), "{error}");
}

#[test]
fn a_fingerprint_changes_with_the_files_and_not_without() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("documents")).unwrap();
    fs::write(folder.path().join("documents/a.txt"), "one").unwrap();
    let first = fingerprint(folder.path());
    assert_eq!(first, fingerprint(folder.path()));
    fs::write(folder.path().join(".a.txt.swp"), "editor").unwrap();
    assert_eq!(first, fingerprint(folder.path()), "hidden files do not count");
    fs::write(folder.path().join("documents/a.txt"), "three").unwrap();
    assert_ne!(first, fingerprint(folder.path()));
    fingerprint(&folder.path().join("nowhere"));
}

//! Over real sockets: many requests through one connection, slow ones, and refused ones with another behind them.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::LazyLock;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use plumb_serve::{Event, Options, Served, Source, run};

use super::dataset;

/// A server that lives as long as the tests do.
static SERVER: LazyLock<SocketAddr> = LazyLock::new(|| {
    let (send, events) = channel();
    thread::spawn(move || {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/made-up.ftm.json");
        let lists = Source::new(|| 0, move || Ok(vec![dataset("made-up", file.clone())]));
        let served = Served { case: None, lists, edit: None };
        run(Options { port: 0, ..Options::default() }, served, move |event| send.send(event).unwrap_or_default())
            .unwrap();
    });
    match events.recv().unwrap() {
        Event::Listening(address) => address,
        other => panic!("the first event is the address, not {other:?}"),
    }
});

/// One connection of a client that sends each request whole before it reads the answer.
struct Connection {
    out: TcpStream,
    answers: BufReader<TcpStream>,
}

/// The status of an answer, and whether it says that the connection ends with it.
#[derive(Debug, PartialEq)]
struct Answer {
    status: u16,
    last: bool,
}

const FURTHER: fn(u16) -> Answer = |status| Answer { status, last: false };

impl Connection {
    fn open() -> Self {
        let out = TcpStream::connect(*SERVER).unwrap();
        out.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        Self { answers: BufReader::new(out.try_clone().unwrap()), out }
    }

    fn send(&mut self, method: &str, path: &str, head: &str, body: &[u8]) -> Answer {
        let length = body.len();
        let head = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nContent-Length: {length}\r\n{head}\r\n", *SERVER);
        self.out.write_all(head.as_bytes()).unwrap();
        self.out.write_all(body).unwrap();
        self.answer()
    }

    fn answer(&mut self) -> Answer {
        let (mut line, mut length, mut last) = (String::new(), 0, false);
        self.answers.read_line(&mut line).unwrap();
        assert!(!line.is_empty(), "the connection has ended without an answer");
        let status = line.split(' ').nth(1).unwrap().parse().unwrap();
        while line != "\r\n" {
            line.clear();
            self.answers.read_line(&mut line).unwrap();
            let line = line.to_ascii_lowercase();
            if let Some(text) = line.strip_prefix("content-length:") {
                length = text.trim().parse().unwrap();
            }
            last |= line.trim_end() == "connection: close";
        }
        self.answers.read_exact(&mut vec![0; length]).unwrap();
        Answer { status, last }
    }

    fn asks(&mut self) -> Answer {
        let body = br#"{"queries": {"q": {"schema": "Person", "properties": {"name": "Ivan Petrov"}}}}"#;
        self.send("POST", "/match/default", "", body)
    }
}

#[test]
fn one_connection_serves_many_requests() {
    let clients: Vec<_> = (0..4)
        .map(|_| {
            thread::spawn(|| {
                let mut connection = Connection::open();
                for _ in 0..100 {
                    assert_eq!(connection.asks(), FURTHER(200));
                }
            })
        })
        .collect();
    for client in clients {
        client.join().unwrap();
    }
}

#[test]
fn a_refusal_is_heard_and_the_connection_goes_on() {
    let elsewhere = "Origin: http://evil.example\r\n";
    let (small, large, longest) = (vec![b' '; 1000], vec![b' '; 3 << 20], vec![b' '; 12 << 20]);
    let long = format!("/match/default?q={}", "x".repeat(60_000));
    let mut connection = Connection::open();
    for (status, method, path, head, body) in [
        (403, "POST", "/match/default", elsewhere, &small),
        (403, "POST", "/match/default", elsewhere, &large),
        (403, "POST", "/updatez", "", &small),
        (404, "POST", "/nowhere", "", &large),
        (404, "POST", "/match/nowhere", "", &small),
        (405, "DELETE", "/match/default", "", &large),
        (413, "POST", "/match/default", "", &longest),
        (414, "POST", long.as_str(), "", &large),
        (422, "POST", "/match/default?limit=x", "", &large),
    ] {
        assert_eq!(connection.send(method, path, head, body), FURTHER(status), "{method} {path} {}", body.len());
        assert_eq!(connection.asks(), FURTHER(200), "after {status}");
    }
}

#[test]
fn a_connection_that_ends_says_so() {
    let mut connection = Connection::open();
    let head = "POST /match/default HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 10000000000\r\n\r\n";
    connection.out.write_all(head.as_bytes()).unwrap();
    assert_eq!(connection.answer(), Answer { status: 421, last: true });
    let mut connection = Connection::open();
    let head =
        "POST /match/default HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n";
    connection.out.write_all(head.as_bytes()).unwrap();
    assert_eq!(connection.answer(), Answer { status: 421, last: true }, "a body that is held back is not asked for");
}

#[test]
fn a_slow_head_is_waited_for() {
    let mut connection = Connection::open();
    let request = format!("GET /healthz HTTP/1.1\r\nHost: {}\r\n\r\n", *SERVER);
    for piece in request.as_bytes().chunks(10) {
        connection.out.write_all(piece).unwrap();
        thread::sleep(Duration::from_millis(30));
    }
    assert_eq!(connection.answer(), FURTHER(200));
    assert_eq!(connection.asks(), FURTHER(200));
}

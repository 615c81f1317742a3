//! `plumb serve` over a list as a transcript: it starts, says where, answers, and ends in order when it is told to.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::support::World;

const TABLE: &str = "Name,DOB,Nationality\nKIM Yong Chol,circa 1947,DPRK\nRI Je Son,1938,DPRK\n";

/// A running server, ended with the test.
struct Server {
    program: Child,
    /// `127.0.0.1:PORT`.
    host: String,
}

impl Server {
    /// Starts one and waits until it says where it answers.
    fn start(world: &World, arguments: &[&str]) -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_plumb"))
            .args(["serve", "--port", "0"])
            .args(arguments)
            .current_dir(world.path("."))
            .env("NO_COLOR", "1")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(program.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let host = line.trim_end().trim_start_matches("http://").trim_end_matches('/').to_owned();
        assert!(host.starts_with("127.0.0.1:"), "{line}");
        Self { program, host }
    }

    /// Asks by a connection of its own: the status, and the body as JSON.
    fn ask(&self, method: &str, path: &str, body: &str) -> (u16, Value) {
        let (mut stream, length) = (TcpStream::connect(&self.host).unwrap(), body.len());
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n",
            self.host
        );
        stream.write_all((head + body).as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, serde_json::from_str(body).unwrap())
    }

    /// Ends it as other programs do: its exit code, and what it told.
    fn stop(mut self) -> (Option<i32>, String) {
        let told = Command::new("kill").args(["-TERM", &self.program.id().to_string()]).status().unwrap();
        assert!(told.success());
        let code = self.program.wait().unwrap().code();
        let mut told = String::new();
        self.program.stderr.take().unwrap().read_to_string(&mut told).unwrap();
        (code, told)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // it has ended already, unless the test failed before
        let _ended = self.program.kill();
        let _reaped = self.program.wait();
    }
}

#[test]
fn a_list_is_served_until_the_program_is_told_to_end() {
    let world = World::new();
    world.write("own.csv", TABLE);
    let added = world.run(&["lists", "add", "own.csv", "--name", "own", "--store", "store", "--as-of", "2026-11-26"]);
    assert_eq!(added.code, 0, "{}", added.stderr);
    let server = Server::start(&world, &["--list", "own", "--store", "store"]);
    assert_eq!(server.ask("GET", "/healthz", ""), (200, json!({ "status": "ok" })));
    let query = json!({ "queries": { "q": { "schema": "Person", "properties": { "name": ["김영철"] } } } });
    let (status, answer) = server.ask("POST", "/match/own", &query.to_string());
    let first = &answer["responses"]["q"]["results"][0];
    assert_eq!((status, first["caption"].as_str(), first["match"].as_bool()), (200, Some("KIM Yong Chol"), Some(true)));
    assert_eq!(server.ask("POST", "/match/other", &query.to_string()).0, 404);
    // a connection that waits for its next request does not hold up the end
    let _idle = TcpStream::connect(&server.host).unwrap();
    assert_eq!(server.stop(), (Some(0), "Serving to this machine only; Ctrl-C ends it.\n".to_owned()));
}

/// Asks until the answer is as wished, for ten seconds at most.
fn until(server: &Server, path: &str, wished: impl Fn(&Value) -> bool) -> Value {
    let mut answer = Value::Null;
    for _ in 0..100 {
        answer = server.ask("GET", path, "").1;
        if wished(&answer) {
            return answer;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("{answer}")
}

#[test]
fn another_version_of_a_list_is_taken_up_while_serving() {
    let world = World::new();
    let add = |table: &str| {
        world.write("own.csv", table);
        let added = world.run(&["lists", "add", "own.csv", "--name", "my-own", "--store", "store"]);
        assert_eq!(added.code, 0, "{}", added.stderr);
    };
    add(TABLE);
    let server = Server::start(&world, &["--store", "store"]);
    let catalog = server.ask("GET", "/catalog", "").1;
    let dataset = &catalog["datasets"][0];
    // a name that FollowTheMoney allows; the list states no date, and the day of adding is none
    assert_eq!((&dataset["name"], &dataset["last_export"]), (&json!("my_own"), &Value::Null));
    add(&TABLE.replace("RI Je Son", "PAK Yong Sik"));
    let newer = until(&server, "/catalog", |catalog| catalog["datasets"][0]["version"] != dataset["version"]);
    assert_eq!(
        (&newer["index_stale"], server.ask("GET", "/search/my-own?q=Pak", "").1["total"]["value"].as_u64()),
        (&json!(false), Some(1))
    );
    world.write("store/my-own/current", "junk");
    until(&server, "/catalog", |catalog| catalog["index_stale"] == true);
    assert_eq!(server.ask("GET", "/search/my_own?q=Pak", "").1["total"]["value"], 1);
    assert!(server.stop().1.contains("the lists stay as they were loaded"));
}

#[test]
fn a_list_that_is_not_kept_is_named() {
    let world = World::new();
    let none = world.run(&["serve", "--port", "0", "--list", "own", "--store", "store"]);
    assert_eq!((none.code, none.stdout.as_str()), (3, ""), "{}", none.stderr);
    assert!(none.stderr.contains("own"), "{}", none.stderr);
}

//! `plumb read`: documents into proposals, proposals by a person's decision into the tables of the case, and back.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use insta::assert_snapshot;
use serde_json::Value;

use crate::support::{Transcript, World, files, root};

const REPORT: &str = "# Harbour report\n\nAt the end of 2025 about 1,500 foreign workers were employed in Russia. \
     The union said that up to 30 percent of their wages was deducted.\n\nNothing can be counted here.\n";

/// A case in whose folder a report lies.
fn world() -> World {
    let world = World::with_case();
    world.write("case/documents/report.md", REPORT);
    world
}

fn read(world: &World) -> Transcript {
    world.run(&["read", "case/documents/report.md", "--case", "case"])
}

/// Runs `plumb read --decide` with these lines as answers.
fn decide(world: &World, options: &[&str], answers: &str) -> (i32, String, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_plumb"))
        .args(["read", "--decide", "--case", "case", "--who", "A. Checker", "--as-of", "2026-11-26"])
        .args(options)
        .current_dir(world.path("."))
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    program.stdin.take().unwrap().write_all(answers.as_bytes()).unwrap();
    let output = program.wait_with_output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    assert!(!stderr.contains("panicked"), "{stderr}");
    (output.status.code().unwrap_or(-1), stdout, stderr)
}

/// The tables of the case, without what is hidden.
fn tables(world: &World) -> Vec<(String, String)> {
    let tables =
        files(&world.path("case")).into_iter().filter(|(path, _)| path.extension().is_some_and(|it| it == "csv"));
    tables.map(|(path, bytes)| (path.display().to_string(), String::from_utf8(bytes).unwrap())).collect()
}

fn checked(world: &World) {
    let check = world.run(&["check", "case"]);
    assert_eq!(check.code, 0, "{}{}", check.stdout, check.stderr);
}

#[test]
fn a_document_yields_proposals_and_reading_it_again_is_free() {
    let world = world();
    let before = tables(&world);
    let first = read(&world);
    assert_snapshot!(first.text());
    let again = read(&world);
    assert_eq!(again.code, 0);
    assert!(again.stdout.contains("unchanged"), "{}", again.stdout);
    assert_eq!(tables(&world), before, "nothing enters the case without a decision");
    checked(&world);
    let json = world.run(&["read", "case/documents/report.md", "--case", "case", "--again", "--format", "json"]);
    let told: Value = serde_json::from_str(&json.stdout).unwrap();
    let proposals = told["documents"][0]["proposals"].as_array().unwrap();
    let ids: Vec<&str> = proposals.iter().map(|one| one["proposal"]["id"].as_str().unwrap()).collect();
    assert!(!ids.is_empty() && ids.iter().all(|id| first.stdout.contains(id)), "ids are stable");
}

#[test]
fn accepted_claims_enter_the_tables_and_are_taken_back_whole() {
    let world = world();
    let before = tables(&world);
    assert_eq!(read(&world).code, 0);
    // accept with the details asked for; correct and accept the next; then quit
    let answers = "a\nHarbour Watch, a \"union\"\n\n2026-01\nhttps://example.org/report\nngo-report\nq\n";
    let (code, told, asked) = decide(&world, &[], answers);
    assert_eq!(code, 0, "{asked}");
    assert!(told.contains("accepted as c4: sources.csv, origins.csv, claims.csv"), "{told}{asked}");
    let claims = world.read("case/claims.csv");
    let row = claims.lines().last().unwrap();
    assert_snapshot!(row);
    let source = world.read("case/sources.csv").lines().last().unwrap().to_owned();
    assert!(
        source.starts_with("harbour-watch-a-union-2026-01,\"Harbour Watch, a \"\"union\"\"\",Harbour report,2026-01,")
    );
    assert!(source.contains(",documents/report.md,"), "the copy is cited and pinned: {source}");
    checked(&world);
    let why = world.run(&["why", "c4", "--case", "case"]);
    assert!(why.stdout.contains("1,500"), "{}{}", why.stdout, why.stderr);
    let (_, told, _) = decide(&world, &[], "u\nq\n");
    assert!(told.contains("undone, c4 taken away"), "{told}");
    assert_eq!(tables(&world), before, "as if nothing had been decided");
    checked(&world);
}

#[test]
fn a_proposal_is_corrected_before_it_is_accepted() {
    let world = world();
    assert_eq!(read(&world).code, 0);
    let answers = "c\nplace=nowhere\nsource=x\n\na\nc\nplace=exampleland\nperiod=2025-12\n\na\nr\nq\n";
    let options = ["case/documents/report.md", "--publisher", "Harbour Watch", "--date", "2026-01"];
    let (code, told, asked) = decide(&world, &options, answers);
    assert_eq!(code, 0, "{asked}");
    assert!(asked.contains("no field `source`") && asked.contains("the case would not read"), "{asked}");
    assert!(told.contains("accepted as c4") && told.contains("rejected"), "{told}");
    assert!(world.read("case/claims.csv").contains("c4,workers_present,exampleland,2025-12,about,,1500,,persons"));
    checked(&world);
    // decided things are not asked again, also when the document is read again
    assert_eq!(world.run(&["read", "case/documents", "--case", "case", "--again"]).code, 0);
    let (_, _, asked) = decide(&world, &["case/documents/report.md"], "");
    assert!(asked.starts_with("0 still open"), "{asked}");
}

#[test]
fn a_changed_document_is_told_and_nothing_is_anchored_anew() {
    let world = world();
    assert_eq!(read(&world).code, 0);
    world.write("case/documents/report.md", REPORT.replace("# Harbour report\n", "# Harbour report, corrected\n"));
    let changed = read(&world);
    assert!(changed.stderr.contains("has changed since it was read"), "{}", changed.stderr);
    assert!(changed.stderr.contains("the words have moved"), "{}", changed.stderr);
    // only the proposals of the new version are asked about
    let open = |stderr: &str| stderr.matches("accept, c correct").count();
    let (_, _, asked) = decide(&world, &[], "s\ns\ns\ns\n");
    let first = read(&world).stdout;
    let proposals: usize = first.split("] ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    assert_eq!(open(&asked), proposals, "{asked}");
}

#[test]
fn bad_files_are_named_and_the_others_read() {
    let world = world();
    let pdf = b"%PDF-1.4\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n2 0 obj <</Type /Pages /Kids [3 0 R] /Cou";
    world.write("in/1-empty.txt", "");
    world.write("in/2-cut.pdf", pdf);
    world.write("in/3-deep.html", "<div>".repeat(200_000) + "At the end of 2025 about 900 workers were in Russia.");
    world.write(
        "in/4-wrong.pdf",
        "<html><body><p>At the end of 2025 about 800 workers were in Russia.</p></body></html>",
    );
    world.write("in/5-bidi.txt", "At the end of 2025 about \u{202e}700\u{202c} workers were in Russia.\n");
    world.write("in/6-large.txt", "word ".repeat(500_000));
    world.write(
        "in/7-hidden.html",
        "<p>In 2025 about 600 workers were in Russia.</p><p style=\"display:none\">secret 9</p>",
    );
    let mixed = [
        "В 2025 году в России было около 500 рабочих.\n".as_bytes(),
        b"\xd0\xe0\xe1\xee\xf7\xe8\xe5 \xe2 \xd0\xee\xf1\xf1\xe8\xe8\n",
    ];
    world.write("in/8-mixed.txt", mixed.concat());
    world.write("in/9-good.txt", "At the end of 2025 about 1,200 workers were in Russia.\n");
    let data = root().join("crates/plumb-document/tests/data");
    for name in ["bomb.docx", "bomb.pdf", "encrypted.pdf", "truncated.pdf", "hidden.pdf", "scanned.pdf"] {
        world.write(&format!("in/{name}"), fs::read(data.join(name)).unwrap());
    }
    let told = world.run(&["read", "in", "in/missing.txt", "--case", "case", "--largest", "2"]);
    assert_eq!(told.code, 1, "{}", told.stderr);
    assert!(told.stdout.contains("in/9-good.txt  [") && told.stdout.contains("1,200"), "{}", told.stdout);
    let errors: Vec<&str> = told.stderr.lines().filter(|line| line.starts_with("error: ")).collect();
    for name in [
        "1-empty.txt",
        "2-cut.pdf",
        "6-large.txt",
        "missing.txt",
        "bomb.docx",
        "bomb.pdf",
        "encrypted.pdf",
        "truncated.pdf",
    ] {
        assert!(errors.iter().any(|line| line.contains(name)), "{name}: {}", told.stderr);
    }
    for (name, word) in [
        ("3-deep", "nested deeper"),
        ("4-wrong", "the name says otherwise"),
        ("5-bidi", "order in which"),
        ("7-hidden", "not to be shown"),
        ("8-mixed", "not UTF-8"),
        ("hidden.pdf", "a leak"),
        ("scanned.pdf", "a picture without words"),
    ] {
        let warned =
            told.stderr.lines().any(|line| line.starts_with("warning: ") && line.contains(name) && line.contains(word));
        assert!(warned, "{name}: {}", told.stderr);
    }
    let lines = told.stderr.lines();
    let is_told = |line: &str| line.starts_with("error: ") || line.starts_with("warning: ");
    assert!(
        lines.clone().zip(lines.skip(1)).all(|(line, next)| !is_told(line) || next.starts_with("  help: ")),
        "{}",
        told.stderr
    );
    assert!(!told.stderr.contains('\u{202e}') && !told.stdout.contains('\u{202e}'));
}

#[test]
fn time_and_memory_are_bounded() {
    let world = World::with_case();
    world.write("many.txt", "At the end of 2025 about 1,200 workers were in Russia.\n".repeat(1_000_000));
    let memory = world.run(&["read", "many.txt", "--case", "case", "--memory", "180"]);
    assert_eq!(memory.code, 1);
    assert!(
        memory.stderr.contains("more than 180 MiB of memory") && memory.stderr.contains("--memory"),
        "{}",
        memory.stderr
    );
    let time = world.run(&["read", "many.txt", "--case", "case", "--seconds", "0"]);
    assert!(time.stderr.contains("more than 0 seconds"), "{}", time.stderr);
}

/// A program of that name that "recognises" one sentence stands for tesseract: what is tested is what becomes of its words.
#[cfg(unix)]
#[test]
fn a_scanned_page_is_given_to_tesseract_and_cited_by_its_page() {
    use std::os::unix::fs::PermissionsExt as _;
    let world = World::with_case();
    let script = "#!/bin/sh\n[ \"$1\" = --list-langs ] && { echo eng; exit; }\n[ \"$(head -c 1)\" = P ] || exit 1\n\
                  cat > /dev/null\necho 'At the end of 2025 about 1,200 workers were in Russia.'\n";
    world.write("bin/tesseract", script);
    fs::set_permissions(world.path("bin/tesseract"), fs::Permissions::from_mode(0o755)).unwrap();
    let scan = root().join("crates/plumb-document/tests/data/scanned.pdf");
    world.write("scanned.pdf", fs::read(scan).unwrap());
    let path = format!("{}:{}", world.path("bin").display(), std::env::var("PATH").unwrap_or_default());
    let told = world.run_with(&["read", "scanned.pdf", "--case", "case"], &[("PATH", &path)]);
    assert_eq!(told.code, 0, "{}", told.stderr);
    assert!(told.stdout.contains("scanned.pdf > recognised words.txt  ["), "{}{}", told.stdout, told.stderr);
    assert!(told.stdout.contains("page 1: “At the end of 2025 about 1,200 workers"), "{}", told.stdout);
    assert!(told.stderr.contains("recognised words.txt: page 1: its words were recognised from a picture"));
}

#[test]
fn damaged_files_of_decisions_are_told() {
    let world = world();
    assert_eq!(read(&world).code, 0);
    let folder = world.path("case/.proposals");
    fs::write(folder.join("decisions.jsonl"), "no decision\n").unwrap();
    fs::write(folder.join(format!("{}.jsonl", "0".repeat(64))), "no record\n").unwrap();
    let (code, _, asked) = decide(&world, &[], "q\n");
    assert_eq!(code, 0, "{asked}");
    assert!(asked.contains("is damaged") && asked.contains("line 1 is no decision"), "{asked}");
}

//! Documents of every format through to the tables of a case.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first thing that is wrong")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use plumb_document::{Document, Limits};
use plumb_propose::{Change, Citation, Desk, Kind, Log, Proposal, Readout, Refusal, SourceDetails, State};
use plumb_read::{Folder, new_case, read};
use plumb_text::Reader;

/// Knows the measures and places of the first real case.
static READER: LazyLock<Reader> = LazyLock::new(|| {
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/dprk-labour");
    Reader::for_case(&read(&Folder::from_disk(&case)).case).unwrap()
});

fn document(bytes: &[u8], name: &str) -> Document {
    plumb_document::read(bytes, name, &Limits::default()).unwrap()
}

fn readout(text: &str) -> Readout {
    Readout::of(&document(text.as_bytes(), "report.txt"), "report.txt", false, &*READER)
}

/// Every proposal stands at exactly its words, by its anchor as it is written and read again.
fn holds(document: &Document) -> usize {
    let written = Readout::of(document, &document.name, false, &*READER).to_lines().unwrap();
    let readout = Readout::from_lines(&written).unwrap();
    for proposal in &readout.proposals {
        let range = document.resolve(&proposal.anchor).unwrap();
        assert_eq!(document.text.slice(range), proposal.anchor.exact, "{}: {}", document.name, proposal.id);
        assert!(!proposal.anchor.exact.trim().is_empty() && !proposal.locator.is_empty());
    }
    assert_eq!(readout.places(document.text.to_string()).len(), readout.proposals.len());
    let parts = document.parts.iter().filter_map(|part| part.outcome.as_ref().ok());
    readout.proposals.len() + parts.map(holds).sum::<usize>()
}

#[test]
fn all_proposals_stand_at_their_words_in_every_format() {
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../plumb-document/tests/data");
    let mut paths: Vec<_> = std::fs::read_dir(data).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Ok(document) = plumb_document::read(&std::fs::read(&path).unwrap(), &name, &Limits::default()) else {
            continue;
        };
        *found.entry(document.kind.to_string()).or_default() += holds(&document);
    }
    let sentences = "In December 2018 more than 11,000 workers 😀 remained in Russia.\r\n\
        В 2019 году в Россию въехали около 30 тысяч рабочих из КНДР.\n\
        2017년 러시아에는 북한 노동자 3만여 명이 있었다.\n2017年约10万名朝鲜工人在俄罗斯。\n";
    for (name, text) in [
        ("a.txt", sentences.to_owned()),
        ("a.md", format!("# Head\n\n**{sentences}**\n\n> {sentences}")),
        ("a.html", format!("<h1>Head</h1><p>{}</p>", sentences.replace('\n', "</p><p>"))),
        ("a.csv", format!("what,note\nreport,\"{sentences}\"\n")),
    ] {
        let document = document(text.as_bytes(), name);
        let count = holds(&document);
        assert!(count >= 4, "{name}: a claim of each language, not {count}");
        *found.entry(document.kind.to_string()).or_default() += count;
    }
    assert!(found.len() >= 8, "every kind was read: {found:?}");
    let with_claims = found.values().filter(|count| **count > 0).count();
    assert!(with_claims >= 7, "most have claims: {found:?}");
}

const REPORT: &str = "At the end of 2025 about 1,500 foreign workers were employed in Russia.";

struct World {
    files: Folder,
    log: Log,
    readout: Readout,
}

impl World {
    fn new() -> Self {
        Self { files: new_case("A case"), log: Log::default(), readout: readout(REPORT) }
    }

    fn proposal(&self) -> Proposal {
        self.readout.proposals[0].clone()
    }

    fn desk(&self) -> Desk<'_> {
        Desk { files: &self.files, log: &self.log, day: "2026-11-26", who: "A. Checker" }
    }

    fn accept(&self, citation: &Citation) -> Result<Change, Refusal> {
        let proposal = self.proposal();
        self.desk().accept(&self.readout.record, &proposal, &proposal.draft, citation)
    }

    /// Carries a change out, the log written and read again.
    fn carry_out(&mut self, change: Change) {
        self.files.files.extend(change.files);
        let mut lines: Vec<String> =
            self.log.entries().iter().map(|entry| serde_json::to_string(entry).unwrap()).collect();
        lines.push(serde_json::to_string(&change.entry).unwrap());
        let (log, errors) = Log::from_lines(&lines.join("\n"));
        assert!(errors.is_empty());
        self.log = log;
    }
}

fn published() -> Citation {
    Citation::New(SourceDetails { publisher: "Harbour Watch".to_owned(), ..SourceDetails::default() })
}

#[test]
fn what_is_accepted_is_in_the_case_and_what_is_undone_leaves_no_trace() {
    let mut world = World::new();
    let (before, errors) = (world.files.files.clone(), read(&world.files).diagnostics.len());
    world.carry_out(world.accept(&published()).unwrap());
    let reading = read(&world.files);
    assert_eq!(reading.diagnostics.len(), errors, "{:?}", reading.diagnostics);
    let id = world.log.entries()[0].became.clone().unwrap();
    let claim = reading.case.claims.get(&id).unwrap();
    assert_eq!(claim.quantity.figure().to_string(), "about 1,500 persons");
    assert_eq!(claim.locator.quote, world.proposal().anchor.exact);
    assert_eq!(reading.case.sources.get(&claim.source).unwrap().sha256, world.readout.record.sha256);
    assert!(matches!(world.log.state(&world.proposal().id), State::Accepted(_)));
    assert_eq!(world.accept(&published()), Err(Refusal::Decided));
    world.carry_out(world.desk().undo(&world.proposal().id).unwrap());
    assert_eq!(world.files.files, before);
    assert_eq!(world.desk().undo(&world.proposal().id), Err(Refusal::Undecided));
    // and once more, now that it is open again
    world.carry_out(world.accept(&published()).unwrap());
    assert!(matches!(world.log.state(&world.proposal().id), State::Accepted(_)));
}

#[test]
fn a_source_goes_with_the_last_claim_that_cites_it() {
    let mut world = World::new();
    world.readout =
        readout(&format!("{REPORT}\n\nAt the end of 2024 about 900 foreign workers were employed in Russia."));
    let before = world.files.files.clone();
    let proposals = world.readout.proposals.clone();
    assert_eq!(proposals.len(), 2);
    for proposal in &proposals {
        let known = Citation::known(&read(&world.files).case, &world.log, &world.readout.record);
        let citation = known.unwrap_or_else(published);
        let change = world.desk().accept(&world.readout.record, proposal, &proposal.draft, &citation).unwrap();
        world.carry_out(change);
    }
    world.carry_out(world.desk().undo(&proposals[0].id).unwrap());
    let case = read(&world.files).case;
    assert!(case.sources.get("harbour-watch").is_some() && case.claims.get("c5").is_some());
    world.carry_out(world.desk().undo(&proposals[1].id).unwrap());
    assert_eq!(world.files.files, before);
}

#[test]
fn a_claim_that_is_there_already_is_not_added_twice() {
    let mut world = World::new();
    world.carry_out(world.accept(&published()).unwrap());
    let claims = world.files.files["claims.csv"].clone();
    // the machine stopped before the line of the log was written
    world.log = Log::default();
    let known = Citation::known(&read(&world.files).case, &world.log, &world.readout.record).unwrap();
    assert_eq!(known, Citation::Known("harbour-watch".to_owned()));
    let change = world.accept(&known).unwrap();
    assert!(change.files.is_empty() && change.entry.became.is_some());
    world.carry_out(change);
    assert_eq!(world.files.files["claims.csv"], claims);
}

#[test]
fn what_would_break_the_case_is_refused() {
    let world = World::new();
    let accept = |field: &str, value: &str| {
        let proposal = world.proposal();
        let mut draft = proposal.draft.clone();
        draft.set(Kind::Claim, field, value).unwrap();
        world.desk().accept(&world.readout.record, &proposal, &draft, &published())
    };
    assert_eq!(accept("measure", ""), Err(Refusal::Missing("measure")));
    for (field, value) in
        [("place", "nowhere"), ("period", "soon"), ("unit", "USD"), ("origin", "no-such"), ("best", "-1")]
    {
        let refused = accept(field, value);
        assert!(matches!(refused, Err(Refusal::Invalid { .. })), "{field}={value}: {refused:?}");
    }
    let unpublished = world.accept(&Citation::New(SourceDetails::default()));
    assert!(matches!(unpublished, Err(Refusal::Publisher(_))), "{unpublished:?}");
    assert_eq!(world.accept(&Citation::Known("x".into())), Err(Refusal::Source("x".into())));
}

#[test]
fn a_row_that_was_changed_by_hand_is_not_taken_away() {
    let mut world = World::new();
    world.carry_out(world.accept(&published()).unwrap());
    let claims = String::from_utf8(world.files.files["claims.csv"].clone()).unwrap();
    let changed = claims.replace("about,,1500", "about,,1600");
    assert_ne!(claims, changed);
    world.files.files.insert("claims.csv".to_owned(), changed.into_bytes());
    let refused = world.desk().undo(&world.proposal().id);
    assert!(matches!(refused, Err(Refusal::Table(_))), "{refused:?}");
}

#[test]
fn a_case_without_a_column_for_quotations_is_given_one() {
    let mut world = World::new();
    let claims = "id,measure,place,qualifier,best,unit,said_by,origin,source\n\
        c001,workers_present,RU,exact,5,persons,X,union-estimate-2025,herald-2025-02-03\n";
    world.files.files.insert("claims.csv".to_owned(), claims.into());
    world.files.files.insert("account.md".to_owned(), Vec::new());
    world.carry_out(world.accept(&published()).unwrap());
    let case = read(&world.files).case;
    let claim = case.claims.get("c002").unwrap();
    assert_eq!(claim.locator.quote, world.proposal().anchor.exact);
    assert_eq!(case.claims.get("c001").unwrap().source, "herald-2025-02-03");
}

#[test]
fn a_dated_event_is_accepted_with_its_words_and_taken_back() {
    let mut world = World::new();
    let text = "In December 2017 the UN Security Council adopted resolution 2397. North Korea held a nuclear test on 9 October 2006. \
        Nobody has said when it began.";
    world.readout = readout(text);
    let events: Vec<&Proposal> = world.readout.proposals.iter().filter(|one| one.kind == Kind::Event).collect();
    let cells: Vec<[&str; 4]> =
        events.iter().map(|one| ["date", "place", "kind", "summary"].map(|field| one.draft.get(field))).collect();
    assert_eq!(
        cells,
        [
            ["2017-12", "", "law", "In December 2017 the UN Security Council adopted resolution 2397"],
            ["2006-10-09", "KP", "context", "North Korea held a nuclear test on 9 October 2006"],
        ]
    );
    let before = world.files.files.clone();
    let proposal = (*events.first().unwrap()).clone();
    let mut draft = proposal.draft.clone();
    draft.set(Kind::Event, "summary", "UNSCR 2397 adopted").unwrap();
    let change = world.desk().accept(&world.readout.record, &proposal, &draft, &published()).unwrap();
    world.carry_out(change);
    let id = world.log.entries()[0].became.clone().unwrap();
    let case = read(&world.files).case;
    let event = case.events.get(&id).unwrap();
    assert_eq!((event.summary.as_str(), event.date.to_string().as_str()), ("UNSCR 2397 adopted", "2017-12"));
    assert!(event.note.contains(&format!("“{}”", proposal.anchor.exact)), "{}", event.note);
    assert!(case.sources.get(&event.source).is_some());
    assert!(matches!(world.log.state(&proposal.id), State::Accepted(_)));
    // the same words again, when the log is lost, find the event that is there
    let log = std::mem::take(&mut world.log);
    let again = world.desk().accept(&world.readout.record, &proposal, &draft, &Citation::Known(event.source.clone()));
    assert_eq!(again.unwrap().entry.became, Some(id));
    world.log = log;
    world.carry_out(world.desk().undo(&proposal.id).unwrap());
    assert_eq!(world.files.files, before, "as if nothing had been decided");
    assert_eq!(world.log.state(&proposal.id), State::Open);
}

#[test]
fn ids_follow_the_words_and_not_the_reading() {
    let (one, two) = (readout(REPORT), readout(REPORT));
    assert_eq!(one.proposals, two.proposals);
    let other = readout(&REPORT.replace("1,500", "1,600"));
    assert_ne!(one.proposals[0].id, other.proposals[0].id);
}

//! `plumb read --decide`: a person decides about proposals, one key each.

use std::collections::BTreeSet;
use std::io;

use plumb_propose::disk::Store;
use plumb_propose::{Change, Citation, Desk, Draft, Kind, Log, Proposal, Record, Refusal, SourceDetails, State};

use super::{Outcome, lists};
use crate::arguments::Read;
use crate::exit::Exit;
use crate::reading::keys::Keys;
use crate::reading::{find, sha256};
use crate::render::read as render;
use crate::terminal;

const KEYS: &str = "a accept, c correct, r reject, u undo, s skip, q quit";

/// Why deciding cannot begin.
#[derive(Debug, thiserror::Error)]
enum DecideError {
    #[error("say who decides with --who NAME")]
    Name,
    #[error("{0} has not been read, or has changed since; run `plumb read {0}` first")]
    Unread(String),
    #[error("--source and --publisher are about one document; name one")]
    Several,
}

/// A proposal with its document.
type Card = (Record, Proposal);

/// A person at work.
struct Session<'a> {
    store: &'a Store,
    keys: Keys,
    cards: Vec<Card>,
    /// The card in hand.
    at: usize,
    citation: Option<Citation>,
    day: String,
    who: String,
}

/// Runs the command until nothing is open, or the person has had enough.
pub(crate) fn run(options: &Read, store: &Store) -> Outcome {
    let who = user(options.who.as_deref()).ok_or(DecideError::Name)?;
    let cards = cards(options, store)?;
    let day = lists::today(options.as_of).to_string();
    let mut session = Session { store, keys: Keys::new(), cards, at: 0, citation: citation(options), day, who };
    session.run()?;
    let (log, _) = store.log()?;
    let is_open = |(_, proposal): &&Card| log.state(&proposal.id) == State::Open;
    terminal::tell(&format!("{} still open", session.cards.iter().filter(is_open).count()));
    Ok(Exit::Done)
}

/// Who decides: as told, else the name of this user, if it has one.
pub(crate) fn user(told: Option<&str>) -> Option<String> {
    let own = || ["USER", "USERNAME"].iter().find_map(|name| std::env::var(name).ok()).filter(|name| !name.is_empty());
    told.map(str::to_owned).or_else(own)
}

/// The proposals of the documents that are named, else of all that were read and not replaced since.
fn cards(options: &Read, store: &Store) -> Result<Vec<Card>, Box<dyn std::error::Error>> {
    let (known, damaged) = store.records()?;
    for error in damaged {
        terminal::tell(&terminal::visible(&format!("warning: {error}")));
    }
    let named: Vec<String> = find(&options.documents, &options.case)
        .iter()
        .map(|found| {
            let hash = sha256(&found.path).ok().filter(|hash| known.contains_key(hash));
            hash.ok_or_else(|| DecideError::Unread(found.shown.clone()))
        })
        .collect::<Result<_, _>>()?;
    if citation(options).is_some() && named.len() != 1 {
        return Err(DecideError::Several.into());
    }
    let named: BTreeSet<String> = named.into_iter().collect();
    let is_meant =
        |record: &&Record| if named.is_empty() { record.replaced_by.is_none() } else { named.contains(&record.sha256) };
    let mut records: Vec<&Record> = known.values().filter(is_meant).collect();
    records.sort_by(|one, two| one.path.cmp(&two.path));
    let mut cards = Vec::new();
    for record in records {
        let readout = store.readout(&record.sha256)?;
        cards.extend(readout.proposals.into_iter().map(|proposal| (record.clone(), proposal)));
    }
    Ok(cards)
}

/// How the document is to be cited, where the options say it.
fn citation(options: &Read) -> Option<Citation> {
    let details = |publisher: &String| SourceDetails {
        publisher: publisher.clone(),
        title: options.title.clone().unwrap_or_default(),
        date: options.date.clone().unwrap_or_default(),
        url: options.url.clone().unwrap_or_default(),
        kind: options.kind.clone().unwrap_or_default(),
    };
    let known = options.source.clone().map(Citation::Known);
    known.or_else(|| options.publisher.as_ref().map(details).map(Citation::New))
}

impl Session<'_> {
    fn run(&mut self) -> Result<(), Box<dyn std::error::Error>> {
        while let Some((record, proposal)) = self.cards.get(self.at).cloned() {
            let (log, damaged) = self.store.log()?;
            for error in damaged {
                terminal::tell(&terminal::visible(&format!("warning: decisions.jsonl: {error}")));
            }
            if log.state(&proposal.id) == State::Open {
                terminal::tell(&terminal::visible(&format!(
                    "\n{} ({} of {})",
                    record.path,
                    self.at + 1,
                    self.cards.len()
                )));
                terminal::tell(terminal::visible(&render::card(&proposal, State::Open)).trim_end());
                if !self.decide(&record, &proposal)? {
                    break;
                }
            } else {
                self.at += 1;
            }
        }
        Ok(())
    }

    /// Asks until the card is decided or left. False when the person has had enough.
    fn decide(&mut self, record: &Record, proposal: &Proposal) -> Result<bool, Box<dyn std::error::Error>> {
        let mut draft = proposal.draft.clone();
        loop {
            terminal::tell(KEYS);
            let done = match self.keys.key()? {
                None | Some('q') => return Ok(false),
                Some('a') => self.accept(record, proposal, &draft)?,
                Some('r') => self.carry_out(|desk| desk.reject(record, proposal))?,
                Some('c') => {
                    self.correct(proposal.kind, &mut draft)?;
                    false
                }
                Some('u') => return self.undo(),
                Some('s') => true,
                Some(_) => false,
            };
            if done {
                self.at += 1;
                return Ok(true);
            }
        }
    }

    fn accept(
        &mut self,
        record: &Record,
        proposal: &Proposal,
        draft: &Draft,
    ) -> Result<bool, Box<dyn std::error::Error>> {
        let known = Citation::known(&plumb_read::read(&self.store.files()).case, &self.store.log()?.0, record);
        let citation = match known.or_else(|| self.citation.clone()) {
            Some(citation) => citation,
            None => Citation::New(self.ask(record)?),
        };
        self.carry_out(|desk| desk.accept(record, proposal, draft, &citation))
    }

    /// Asks about a document that is no source of the case yet. An empty answer takes what the document says of itself.
    fn ask(&self, record: &Record) -> io::Result<SourceDetails> {
        terminal::tell(&terminal::visible(&format!("{} is no source of the case yet", record.path)));
        let suggested = SourceDetails::suggested(record);
        let line = |question: &str, suggested: &str| {
            let shown =
                if suggested.is_empty() { String::new() } else { format!(" [{}]", terminal::visible(suggested)) };
            let answer = self.keys.line(&format!("{question}{shown}"))?;
            Ok::<_, io::Error>(if answer.is_empty() { suggested.to_owned() } else { answer })
        };
        Ok(SourceDetails {
            publisher: line("Publisher", "")?,
            title: line("Title", &suggested.title)?,
            date: line("Date, as 2017, 2017-12 or 2017-12-22", &suggested.date)?,
            url: line("Address", "")?,
            kind: line("Kind, as news or ngo-report", "")?,
        })
    }

    /// Takes corrections until an empty line, and shows what came of them.
    fn correct(&self, kind: Kind, draft: &mut Draft) -> io::Result<()> {
        loop {
            let line = self.keys.line("FIELD=VALUE, or nothing to end")?;
            if line.is_empty() {
                break;
            }
            let (field, value) = line.split_once('=').unwrap_or((&line, ""));
            if let Err(error) = draft.set(kind, field.trim(), value) {
                terminal::tell(&terminal::visible(&error.to_string()));
            }
        }
        terminal::tell(&terminal::visible(&format!("  {}", render::drafted(kind, draft))));
        Ok(())
    }

    /// Takes the last decision back and puts its card in hand again.
    fn undo(&mut self) -> Result<bool, Box<dyn std::error::Error>> {
        let Some(last) = self.store.log()?.0.last_decided().map(|entry| entry.proposal.clone()) else {
            terminal::tell("nothing was decided that could be undone");
            return Ok(true);
        };
        if self.carry_out(|desk| desk.undo(&last))? {
            self.at = self.cards.iter().position(|(_, proposal)| proposal.id == last).unwrap_or(self.at);
        }
        Ok(true)
    }

    /// Makes a change and carries it out; a refusal is told and leaves everything as it is.
    fn carry_out(
        &self,
        change: impl FnOnce(Desk<'_>) -> Result<Change, Refusal>,
    ) -> Result<bool, Box<dyn std::error::Error>> {
        let held = self.store.lock()?;
        let (files, log): (_, Log) = (self.store.files(), self.store.log()?.0);
        match change(Desk { files: &files, log: &log, day: &self.day, who: &self.who }) {
            Ok(change) => {
                self.store.carry_out(&change, &held)?;
                terminal::data(&terminal::visible(&(render::decided(&change) + "\n")))?;
                Ok(true)
            }
            Err(refusal) => {
                terminal::tell(&terminal::visible(&format!("not done: {refusal}")));
                Ok(false)
            }
        }
    }
}

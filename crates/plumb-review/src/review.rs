//! Holding a text against an account, sentence by sentence.

use plumb_account::Account;
use plumb_core::place::WORLD;
use plumb_document::{BlockKind, Document};
use plumb_text::{Hint, Language, Reader, Sentence, Value};

use crate::figure::Figure;
use crate::outcome::{Checked, Review, Reviewed};
use crate::told::{Bench, Carried, Told};
use crate::words::Words;

/// The sentences of a document, each in the language of its paragraph; what stands around the article of a web page is left out.
pub fn sentences(reader: &Reader, document: &Document) -> Vec<Sentence> {
    let hints: Vec<Hint> = document
        .blocks
        .iter()
        .filter_map(|block| {
            let language = Language::from_code(block.language?.code())?;
            Some(Hint { range: block.range.clone(), language })
        })
        .collect();
    let mut found = reader.read(document.text.as_str(), &hints);
    found.retain(|sentence| document.block_at(&sentence.range).is_none_or(|block| block.main));
    found
}

/// Holds the sentences of a document against an account. Same account, document and sentences, same review.
pub fn review(account: &Account, document: &Document, sentences: &[Sentence]) -> Review {
    let bench = Bench { account, document, words: Words::built_in() };
    let (mut statements, mut figures, mut silent) = (Vec::new(), Vec::new(), 0);
    let (mut paragraph, mut carried) = (None, Carried::default());
    for sentence in sentences {
        let block = document.block_at(&sentence.range).map(|block| block.range.start);
        if block != paragraph {
            (paragraph, carried) = (block, Carried::default());
        }
        let text = document.text.slice(sentence.range.clone());
        let told = Told { sentence, text, carried: &carried };
        let counted = bench.figures(&told);
        let others = bench.others(&told, &counted);
        silent += usize::from(counted.is_empty() && others.is_empty());
        carried = carried.after(sentence, counted.last().map(|(_, figure)| figure));
        figures.extend(counted);
        statements.extend(others);
    }
    number(&mut figures, &mut statements);
    let tensions = bench.tensions(&figures);
    statements.extend(figures.into_iter().map(|(checked, _)| checked));
    statements.sort_by_key(|one| (one.range.start, one.range.end, one.id.len(), one.id.clone()));
    Review {
        version: account.version.to_owned(),
        case: account.case.settings.title.clone(),
        as_of: account.as_of.to_string(),
        account: account.hash.clone(),
        document: Reviewed { name: document.name.clone(), title: title(document), sha256: document.sha256.clone() },
        statements,
        tensions,
        silent,
    }
}

/// What a document calls itself, else its first heading.
fn title(document: &Document) -> Option<String> {
    let heading = || document.blocks.iter().find(|block| matches!(block.kind, BlockKind::Heading(_)));
    let own = document.property("title").map(str::to_owned);
    own.or_else(|| heading().map(|block| document.text.slice(block.range.clone()).to_owned()))
}

impl Carried {
    /// What is carried on behind a sentence, given the last figure in it.
    fn after(self, sentence: &Sentence, figure: Option<&Figure<'_>>) -> Self {
        let mut dates = sentence.mentions.iter().filter_map(|mention| match mention.value {
            Value::Date(period) => Some(period),
            _ => None,
        });
        let place = match figure {
            Some(figure) => Some(figure.place.clone()).filter(|place| place != WORLD),
            None => self.place,
        };
        Self { period: dates.next_back().or(self.period), place }
    }
}

impl<'a> Bench<'a> {
    /// What a sentence states beside figures.
    fn others(&self, told: &Told<'_>, figures: &[(Checked, Figure<'a>)]) -> Vec<Checked> {
        let mut found = self.happenings(told);
        found.extend(self.duties(told));
        found.extend(self.share(told, figures));
        found.extend(self.at_site(told));
        found.extend(self.going_on(told));
        found
    }
}

/// Names statements in the order of the text: `s1`, `s2`.
fn number(figures: &mut [(Checked, Figure<'_>)], others: &mut [Checked]) {
    let mut all: Vec<&mut Checked> = figures.iter_mut().map(|(checked, _)| checked).chain(others).collect();
    all.sort_by_key(|one| (one.range.start, one.range.end));
    for (at, one) in all.into_iter().enumerate() {
        one.id = format!("s{}", at + 1);
    }
}

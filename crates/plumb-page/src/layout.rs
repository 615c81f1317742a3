//! The frame that all pages share, and what every page says alike: names, figures, sources as links.

use std::collections::BTreeMap;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use plumb_account::{Account, Key};
use plumb_core::case::{Case, Claim};
use plumb_core::reference::{Kind, Reference};

use crate::language::title_language;
use crate::link;
use crate::words::{self, date_words, foreign, grade_mark, status_mark};

pub use crate::words::{period_words, standing_mark, verify_mark};

/// What all pages look up and nobody should search for twice.
#[derive(Debug, Default)]
pub struct Lookup {
    /// For each claim that stands in a contradiction, the position of the first in the account's list.
    contested: BTreeMap<String, usize>,
}

impl Lookup {
    /// The look-ups of an account.
    pub fn of(account: &Account) -> Self {
        let mut contested = BTreeMap::new();
        for (position, contradiction) in account.contradictions.iter().enumerate() {
            for claim in &contradiction.claims {
                contested.entry(claim.clone()).or_insert(position);
            }
        }
        Self { contested }
    }
}

/// What a page is made with: the account and its own path, for relative links.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The account.
    pub account: &'a Account,
    /// Path of the page from the root of the site.
    pub path: &'a str,
    /// What all pages look up.
    pub lookup: &'a Lookup,
}

impl<'a> Context<'a> {
    /// The case.
    pub fn case(&self) -> &'a Case {
        &self.account.case
    }

    /// The relative address of a path of the site.
    pub fn to(&self, target: &str) -> String {
        link::relative(self.path, target)
    }

    /// The relative address of the page that answers for a key.
    pub fn why(&self, key: &Key) -> String {
        self.to(&link::path(key))
    }

    /// The relative address of the page of a record.
    pub fn record(&self, kind: Kind, id: &str) -> String {
        self.to(&link::record(&Reference::new(kind, id)))
    }

    /// A record's name as a link to its page.
    pub fn name(&self, kind: Kind, id: &str) -> Markup {
        let reference = Reference::new(kind, id);
        let name = plumb_account::index::name_of(self.case(), &reference);
        html! { a href=(self.to(&link::record(&reference))) { bdi { (name) } } }
    }

    /// Several records as a list of links in one line.
    pub fn names(&self, kind: Kind, ids: &[String]) -> Markup {
        html! { @for (at, id) in ids.iter().enumerate() { @if at > 0 { ", " } (self.name(kind, id)) } }
    }

    /// What a place is called.
    pub fn place_name(&self, code: &str) -> String {
        plumb_account::index::name_of(self.case(), &Reference::new(Kind::Place, code))
    }

    /// A place as a link; nothing for an empty code.
    pub fn place(&self, code: &str) -> Markup {
        html! { @if !code.is_empty() { (self.name(Kind::Place, code)) } }
    }

    /// A figure as a link to its derivation.
    pub fn figure(&self, key: &Key, text: &str) -> Markup {
        html! { a.figure href=(self.why(key)) { (text) } }
    }

    /// The figure of a claim with its unit, as a link to its page: `30,023 persons`.
    pub fn claim_figure(&self, claim: &Claim) -> Markup {
        html! { a.figure href=(self.record(Kind::Claim, &claim.id)) { (claim.quantity.figure()) } }
    }

    /// The same without the name of what is counted: `30,023`.
    pub fn bare_claim_figure(&self, claim: &Claim) -> Markup {
        html! { a.figure href=(self.record(Kind::Claim, &claim.id)) { (claim.quantity.bare_figure()) } }
    }

    /// What must be known of a claim before its figure is used: its status, and the claim that it repeats.
    pub fn claim_marks(&self, claim: &Claim) -> Markup {
        html! {
            (status_mark(claim.status))
            @if let Some(voice) = self.account.ledger.repeats(&claim.id) {
                " " (words::REPEATED.markup()) " " a.meta href=(self.record(Kind::Claim, voice)) { (voice) }
            }
        }
    }

    /// The mark of a claim that stands in a contradiction, linked to it; nothing for others.
    pub fn contested_mark(&self, claim: &Claim) -> Markup {
        html! {
            @if let Some(key) = self.contradiction_of(&claim.id) { a href=(self.why(&key)) { (words::CONTESTED.markup()) } }
        }
    }

    /// The contradiction that a claim stands in, if any; the widest one.
    pub fn contradiction_of(&self, claim: &str) -> Option<Key> {
        let position = self.lookup.contested.get(claim)?;
        self.account.contradictions.get(*position).map(|found| Key::Contradiction(found.key.clone()))
    }

    /// A source in a line: publisher, title as a link to its record, date, grade.
    pub fn source_line(&self, id: &str) -> Markup {
        let Some(source) = self.case().sources.get(id) else { return html! { (id) } };
        html! {
            bdi { (source.publisher) } ", "
            a href=(self.record(Kind::Source, id)) {
                @if source.title.is_empty() { "(untitled)" } @else { (foreign(title_language(source), &source.title)) }
            }
            @if let Some(date) = source.date { ", " (date_words(date)) }
            " " (grade_mark(source.grade))
        }
    }

    /// A source in as few words as name it: the publisher and the date, linked to its record.
    pub fn source_brief(&self, id: &str) -> Markup {
        let Some(source) = self.case().sources.get(id) else { return html! { (id) } };
        html! {
            a href=(self.record(Kind::Source, id)) { bdi { (source.publisher) } }
            @if let Some(date) = source.date { ", " (date_words(date)) }
        }
    }
}

/// Where a page stands: pairs of path and word from the front page down, then the page itself.
pub fn crumbs(context: Context<'_>, above: &[(&str, &str)], here: &str) -> Markup {
    html! {
        nav.crumbs aria-label="Where this page stands" {
            ol {
                @for (path, word) in above { li { a href=(context.to(path)) { (word) } } }
                li aria-current="page" { (here) }
            }
        }
    }
}

/// A page before it is framed.
pub struct Page {
    /// Title; the name of the case is added.
    pub title: String,
    /// The content of `main`, heading included.
    pub body: Markup,
}

/// The page of estimates, which only a case with a model has.
pub const ESTIMATES: &str = "estimates.html";

/// The entries of the navigation: path and word.
pub const NAVIGATION: [(&str, &str); 10] = [
    ("index.html", "Answer"),
    ("ledger.html", "Ledger"),
    ("places.html", "Places"),
    ("actors.html", "Actors"),
    ("duties.html", "Duties"),
    ("timeline.html", "Timeline"),
    ("contradictions.html", "Contradictions"),
    (ESTIMATES, "Estimates"),
    ("sources.html", "Sources"),
    ("search.html", "Search"),
];

/// Frames a page. The result is whole and safe to write: text is escaped, controls that reorder text are neutralised.
pub fn frame(context: Context<'_>, page: &Page) -> String {
    let settings = &context.account.case.settings;
    let language = if settings.language.is_empty() { "en" } else { &settings.language };
    let title = if context.path == "index.html" {
        settings.title.clone()
    } else {
        format!("{} · {}", page.title, settings.title)
    };
    let framed = html! {
        (DOCTYPE)
        html lang=(language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                meta name="color-scheme" content="light dark";
                meta name="generator" content={ "plumb " (context.account.version) };
                link rel="stylesheet" href=(context.to("style.css"));
            }
            body {
                a.skip href="#main" { "Skip to the content" }
                (navigation(context))
                main id="main" tabindex="-1" { (page.body) }
                (foot(context))
            }
        }
    };
    words::neutralise(framed.into_string())
}

fn navigation(context: Context<'_>) -> Markup {
    html! {
        header {
            nav aria-label="Pages of this account" {
                a.case href=(context.to("index.html")) { (context.case().settings.title) }
                ul {
                    @for (path, word) in NAVIGATION.iter().filter(|(path, _)| *path != ESTIMATES || context.case().model.is_some()) {
                        li { a href=(context.to(path)) aria-current=[(*path == context.path).then_some("page")] { (word) } }
                    }
                }
            }
        }
    }
}

fn foot(context: Context<'_>) -> Markup {
    html! {
        footer {
            p {
                "As of " (words::date_words(plumb_core::date::PartialDate::day(context.account.as_of)))
                ". Made by plumb " (context.account.version) " from the files of the case; account "
                code { (context.account.hash.get(..16).unwrap_or_default()) } ". "
                a href=(context.to("method.html")) { "How to read this" } ". "
                a href=(context.to("diagnostics.html")) { "What the checks found" } "."
            }
        }
    }
}

/// A page that stands alone: its style is in it, and nothing in it leads to another file or a script. Controls that reorder text
/// are neutralised.
pub(crate) fn standalone(title: &str, version: &str, styles: &[&str], main: &Markup, foot: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                meta name="color-scheme" content="light dark";
                meta name="generator" content={ "plumb " (version) };
                style { (PreEscaped(styles.join("\n"))) }
            }
            body {
                a.skip href="#main" { "Skip to the content" }
                main id="main" tabindex="-1" { (main) }
                (foot)
            }
        }
    };
    words::neutralise(page.into_string())
}

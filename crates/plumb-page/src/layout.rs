//! The frame that all pages share: head, navigation, main part, foot.

use maud::{DOCTYPE, Markup, html};
use plumb_account::{Account, Key};
use plumb_core::reference::{Kind, Reference};

use crate::link;

/// What a page is made with: the account and its own path, for relative links.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The account.
    pub account: &'a Account,
    /// Path of the page from the root of the site.
    pub path: &'a str,
}

impl Context<'_> {
    /// The relative address of a path of the site.
    pub fn to(&self, target: &str) -> String {
        link::relative(self.path, target)
    }

    /// The relative address of the page that answers for a key.
    pub fn why(&self, key: &Key) -> String {
        self.to(&link::path(key))
    }

    /// A record's name as a link to its page.
    pub fn name(&self, kind: Kind, id: &str) -> Markup {
        let reference = Reference::new(kind, id);
        let name = plumb_account::index::name_of(&self.account.case, &reference);
        html! { a href=(self.to(&link::record(&reference))) { (name) } }
    }
}

/// A page before it is framed.
pub struct Page {
    /// Title; the name of the case is added.
    pub title: String,
    /// The content of `main`, heading included.
    pub body: Markup,
}

/// The entries of the navigation: path and word.
pub const NAVIGATION: [(&str, &str); 9] = [
    ("index.html", "Answer"),
    ("ledger.html", "Ledger"),
    ("places.html", "Places"),
    ("actors.html", "Actors"),
    ("duties.html", "Duties"),
    ("timeline.html", "Timeline"),
    ("contradictions.html", "Contradictions"),
    ("sources.html", "Sources"),
    ("search.html", "Search"),
];

/// Frames a page.
pub fn frame(context: Context<'_>, page: &Page) -> String {
    let settings = &context.account.case.settings;
    let language = if settings.language.is_empty() { "en" } else { &settings.language };
    let title = if context.path == "index.html" { settings.title.clone() } else { format!("{} · {}", page.title, settings.title) };
    html! {
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
                header {
                    nav aria-label="Pages of this account" {
                        a.case href=(context.to("index.html")) { (settings.title) }
                        ul {
                            @for (path, word) in NAVIGATION {
                                li { a href=(context.to(path)) aria-current=[(path == context.path).then_some("page")] { (word) } }
                            }
                        }
                    }
                }
                main id="main" tabindex="-1" { (page.body) }
                footer {
                    p {
                        "As of " (context.account.as_of) ". Made by plumb " (context.account.version)
                        " from the files of the case; account " code { (context.account.hash.get(..16).unwrap_or_default()) } ". "
                        a href=(context.to("method.html")) { "How to read this" } ". "
                        a href=(context.to("diagnostics.html")) { "What the checks found" } "."
                    }
                }
            }
        }
    }
    .into_string()
}

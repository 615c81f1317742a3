//! The tree of a page, as a list of what opens and what closes, in order.
//!
//! Elements that are left open, as `<p>` and `<li>` mostly are, close where the HTML Standard closes them (§13.1.2.4). What a
//! browser would repair otherwise (tables within paragraphs, misnested bold) does not change the text.

use std::cell::RefCell;
use std::ops::Range;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::element::{Element, Role, attribute, is_silent, is_void, role};
use super::look::Look;
use super::style::Sheet;
use crate::Hiding;

/// Something in a page, in order.
#[derive(Clone, Debug)]
pub(super) enum Event {
    Open(Element),
    Close(Role),
    /// The end of a line.
    Break,
    /// Words that are shown; a range of the tree's text.
    Text(Range<usize>),
    /// Words that are not.
    Hidden(Hiding, Range<usize>),
}

/// A page.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) events: Vec<Event>,
    pub(super) text: String,
    pub(super) properties: Vec<(&'static str, String)>,
    /// Whether elements were nested too deeply.
    pub(super) flattened: bool,
}

/// Reads a page, with elements nested at most so deep.
pub(super) fn parse(text: &str, depth: u32) -> Tree {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(text));
    let depth = usize::try_from(depth).unwrap_or(usize::MAX);
    let builder = Builder { depth, sheet: Sheet::of_page(text), ..Builder::default() };
    let tokenizer = Tokenizer::new(Sink(RefCell::new(builder)), TokenizerOpts::default());
    // the tokeniser stops where a script would run; none does
    while !input.is_empty() {
        let _paused = tokenizer.feed(&input);
    }
    tokenizer.end();
    let mut builder = tokenizer.sink.0.into_inner();
    builder.close_to(0);
    builder.tree
}

/// An element that is open.
struct Opened {
    name: String,
    role: Role,
    look: Look,
    silent: bool,
    title: bool,
}

#[derive(Default)]
struct Builder {
    depth: usize,
    sheet: Sheet,
    tree: Tree,
    open: Vec<Opened>,
    /// Elements beyond the depth that are open.
    beyond: usize,
    title: String,
}

/// The tokeniser gives its tokens to a shared reference.
struct Sink(RefCell<Builder>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut builder = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return builder.start(&tag),
            Token::TagToken(tag) => builder.end(&tag.name),
            Token::CharacterTokens(words) => builder.words(&words),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Builder {
    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        let role = role(name, &tag.attrs);
        self.imply_ends(name, role);
        self.property(name, tag);
        if is_void(name) {
            if matches!(name, "br" | "hr") {
                self.line_break();
            }
            return TokenSinkResult::Continue;
        }
        if name == "body" {
            // a head that was not closed ends here
            self.close_to(self.open.iter().position(|opened| opened.name == "head").unwrap_or(self.open.len()));
        }
        let foreign = matches!(name, "svg" | "math") && tag.self_closing;
        if self.open.len() < self.depth {
            if !foreign {
                self.push(name, role, tag);
            }
        } else {
            self.tree.flattened = true;
            self.beyond += 1;
        }
        match name {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "iframe" | "xmp" | "noembed" | "noframes" => TokenSinkResult::RawData(RawKind::Rawtext),
            "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            "plaintext" => TokenSinkResult::Plaintext,
            _ => TokenSinkResult::Continue,
        }
    }

    fn push(&mut self, name: &str, role: Role, tag: &Tag) {
        let parent = self.open.last();
        let opened = Opened {
            name: name.to_owned(),
            role,
            look: Look::of(&self.sheet, name, &tag.attrs, parent.map(|parent| &parent.look)),
            silent: parent.is_some_and(|parent| parent.silent) || is_silent(name),
            // the title of a drawing within the page is not the page's
            title: name == "title" && !self.open.iter().any(|opened| opened.name == "svg"),
        };
        let labels = ["class", "id", "role"].map(|name| attribute(&tag.attrs, name).unwrap_or_default());
        let element = Element {
            role: if labels[2] == "navigation" { Role::Aside } else { role },
            main: matches!(name, "main" | "article") || labels[2] == "main",
            link: name == "a",
            labels: labels.join(" ").to_lowercase(),
        };
        self.tree.events.push(Event::Open(element));
        self.open.push(opened);
    }

    fn end(&mut self, name: &str) {
        if self.beyond > 0 {
            self.beyond -= 1;
        } else if let Some(at) = self.open.iter().rposition(|opened| opened.name == name) {
            // an end tag within a cell does not close what the table stands in
            let wall = self.open.iter().rposition(|opened| matches!(opened.role, Role::Cell { .. })).unwrap_or(0);
            if at >= wall || matches!(name, "table" | "tr" | "tbody" | "thead" | "tfoot" | "body" | "html") {
                self.close_to(at);
            }
        } else if name == "p" || name == "br" {
            self.line_break();
        }
    }

    fn line_break(&mut self) {
        self.tree.events.push(Event::Break);
    }

    /// Closes what a new element closes without saying so.
    fn imply_ends(&mut self, name: &str, role: Role) {
        if self.beyond > 0 {
            return;
        }
        let (closed, wall): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "tr" => (&["tr"], &["table"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "thead" | "tbody" | "tfoot" => (&["thead", "tbody", "tfoot"], &["table"]),
            "option" => (&["option"], &["select"]),
            _ if role != Role::Inline && name != "br" => {
                (&["p"], &["td", "th", "table", "li", "div", "section", "article", "blockquote"])
            }
            _ => return,
        };
        for (at, opened) in self.open.iter().enumerate().rev() {
            if closed.contains(&opened.name.as_str()) {
                return self.close_to(at);
            }
            if wall.contains(&opened.name.as_str()) {
                return;
            }
        }
    }

    fn close_to(&mut self, at: usize) {
        while self.open.len() > at {
            let Some(opened) = self.open.pop() else { return };
            if opened.title && !self.title.is_empty() {
                self.tree.properties.push(("title", std::mem::take(&mut self.title)));
            }
            self.tree.events.push(Event::Close(opened.role));
        }
    }

    fn words(&mut self, words: &str) {
        let inside = self.open.last();
        if inside.is_some_and(|opened| opened.title) {
            self.title.push_str(words);
            return;
        }
        if inside.is_some_and(|opened| opened.silent) {
            return;
        }
        let start = self.tree.text.len();
        self.tree.text.push_str(words);
        let range = start..self.tree.text.len();
        match (inside.and_then(|opened| opened.look.hidden), self.tree.events.last_mut()) {
            (Some(how), _) => self.hide(how, range),
            (None, Some(Event::Text(before))) if before.end == start => before.end = range.end,
            (None, _) => self.tree.events.push(Event::Text(range)),
        }
    }

    /// Hidden words that follow one another are one.
    fn hide(&mut self, how: Hiding, range: Range<usize>) {
        let mut recent =
            self.tree.events.iter_mut().rev().take_while(|event| !matches!(event, Event::Text(_))).take(16);
        let before = recent.find_map(|event| match event {
            Event::Hidden(other, before) if *other == how && before.end == range.start => Some(before),
            _ => None,
        });
        match before {
            Some(before) => before.end = range.end,
            None => self.tree.events.push(Event::Hidden(how, range)),
        }
    }

    /// What the page says about itself in its head.
    fn property(&mut self, name: &str, tag: &Tag) {
        let value = |name: &str| attribute(&tag.attrs, name).unwrap_or_default();
        if name == "html" && !value("lang").is_empty() {
            self.tree.properties.push(("language", value("lang").to_owned()));
        }
        if name != "meta" {
            return;
        }
        let key = if value("property").is_empty() { value("name") } else { value("property") };
        let known = match key.to_ascii_lowercase().as_str() {
            "author" | "article:author" | "dc.creator" => "author",
            "description" | "og:description" => "description",
            "date" | "article:published_time" | "dc.date" => "published",
            "article:modified_time" => "modified",
            "og:site_name" => "publisher",
            "og:url" => "address",
            _ => return,
        };
        self.tree.properties.push((known, value("content").to_owned()));
    }
}

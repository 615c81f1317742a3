//! Prose for pages: Markdown with live references as HTML.
//!
//! Markdown is parsed with each live reference in it as one letter of the private use area, and the letters are put back as
//! links afterwards; so the text of a reference, which is evidence, is never read as Markdown. Raw HTML in the prose is
//! shown as text, pictures as their description, and links lead only to the web and to pages of the site.

use maud::{Markup, PreEscaped, html};
use plumb_account::Key;
use plumb_account::prose::{Piece, Prose};
use plumb_core::reference::Kind;
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::layout::Context;

/// The letter before that of the first live reference. References beyond the area (6,399 of them) are shown as plain text.
const FIRST: u32 = 0xe000;
const LAST: u32 = 0xf8ff;

/// A section of prose as HTML, without its heading.
pub fn markup(context: Context<'_>, prose: &Prose) -> Markup {
    let (markdown, lives) = flatten(prose);
    let mut options = Options::empty();
    options.insert(Options::ENABLE_TABLES);
    let mut writer = Writer { context, lives, in_link: 0, in_picture: 0 };
    let events = Parser::new_ext(&markdown, options).filter_map(|event| writer.turn(event));
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, events);
    PreEscaped(out)
}

/// The Markdown of a section with a letter for each live reference, and the references in order.
fn flatten(prose: &Prose) -> (String, Vec<&Piece>) {
    let mut markdown = String::new();
    let mut lives = Vec::new();
    for piece in &prose.pieces {
        match piece {
            Piece::Markdown(text) => markdown.extend(text.chars().filter(|letter| !is_placeholder(*letter))),
            live => {
                let next = u32::try_from(lives.len()).ok().and_then(|count| FIRST.checked_add(count));
                match next.filter(|code| *code <= LAST).and_then(char::from_u32) {
                    Some(letter) => {
                        markdown.push(letter);
                        lives.push(live);
                    }
                    None => markdown.push('…'),
                }
            }
        }
    }
    (markdown, lives)
}

fn is_placeholder(letter: char) -> bool {
    (FIRST..=LAST).contains(&u32::from(letter))
}

struct Writer<'a> {
    context: Context<'a>,
    lives: Vec<&'a Piece>,
    in_link: u32,
    in_picture: u32,
}

impl<'a> Writer<'a> {
    fn turn<'e>(&mut self, event: Event<'e>) -> Option<Event<'e>> {
        match event {
            Event::Start(Tag::Image { .. }) => {
                self.in_picture += 1;
                None
            }
            Event::End(TagEnd::Image) => {
                self.in_picture = self.in_picture.saturating_sub(1);
                None
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.in_link += 1;
                Some(Event::Html(format!("<a href=\"{}\">", escaped(&self.address(&dest_url))).into()))
            }
            Event::End(TagEnd::Link) => {
                self.in_link = self.in_link.saturating_sub(1);
                Some(Event::Html("</a>".into()))
            }
            Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                Some(Event::Start(Tag::Heading { level: deeper(level), id, classes, attrs }))
            }
            Event::End(TagEnd::Heading(level)) => Some(Event::End(TagEnd::Heading(deeper(level)))),
            Event::Html(raw) | Event::InlineHtml(raw) => Some(Event::Text(self.plain(&raw).into())),
            Event::Text(text) => Some(self.linked(text)),
            Event::Code(code) => Some(Event::Code(self.plain(&code).into())),
            other => Some(other),
        }
    }

    /// Text with its letters replaced by links.
    fn linked<'e>(&self, text: CowStr<'e>) -> Event<'e> {
        if !text.chars().any(is_placeholder) {
            return Event::Text(text);
        }
        let mut out = String::new();
        let mut plain = String::new();
        for letter in text.chars() {
            match self.live(letter) {
                Some(piece) => {
                    out.push_str(&escaped(&std::mem::take(&mut plain)));
                    out.push_str(&self.piece(piece).into_string());
                }
                None => plain.push(letter),
            }
        }
        out.push_str(&escaped(&plain));
        Event::Html(out.into())
    }

    /// Text with its letters replaced by what they say.
    fn plain(&self, text: &str) -> String {
        let mut out = String::new();
        for letter in text.chars() {
            match self.live(letter) {
                Some(Piece::Live { text, key }) => out.push_str(&self.context.account.words(text, key)),
                Some(Piece::Broken(text) | Piece::Markdown(text)) => out.push_str(text),
                None => out.push(letter),
            }
        }
        out
    }

    fn live(&self, letter: char) -> Option<&'a Piece> {
        let position = u32::from(letter).checked_sub(FIRST)?;
        self.lives.get(usize::try_from(position).ok()?).copied()
    }

    fn piece(&self, piece: &Piece) -> Markup {
        match piece {
            Piece::Live { text, key } => {
                let text = self.context.account.words(text, key);
                match key {
                    _ if self.in_link > 0 => html! { (text) },
                    key if is_figure(key) => self.context.figure(key, &text),
                    key => html! { a href=(self.context.why(key)) { bdi { (text) } } },
                }
            }
            Piece::Markdown(text) => html! { (text) },
            Piece::Broken(text) => html! { span.broken title="This reference leads nowhere" { (text) } },
        }
    }

    /// Where a link of the prose leads: the web as it stands, a page of the site from its root; nothing else.
    fn address(&self, written: &str) -> String {
        let scheme = written.split_once(':').map(|(scheme, _)| scheme);
        match scheme {
            Some("http" | "https" | "mailto") => written.to_owned(),
            Some(_) => "#".to_owned(),
            None if written.starts_with(['/', '\\']) => "#".to_owned(),
            None if written.starts_with('#') => written.to_owned(),
            None => self.context.to(written),
        }
    }
}

/// Whether a reference is a figure, which is set in bold, or a name or date, which is not.
fn is_figure(key: &Key) -> bool {
    match key {
        Key::Record(reference) => matches!(reference.kind, Kind::Claim | Kind::Answer | Kind::Observation),
        Key::Standing { .. }
        | Key::Contradiction(_)
        | Key::Conflict(_)
        | Key::Path { .. }
        | Key::Ownership(_)
        | Key::Indicators(_)
        | Key::Owed(_) => false,
        _ => true,
    }
}

/// Headings of a section stand below that of the section, which is of the second level.
fn deeper(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 | HeadingLevel::H2 | HeadingLevel::H3 => HeadingLevel::H3,
        other => other,
    }
}

fn escaped(text: &str) -> String {
    html! { (text) }.into_string()
}

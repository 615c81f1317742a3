//! DOCX (ECMA-376 part 1, `WordprocessingML`): paragraphs, tables, notes and comments; what was deleted, inserted or hidden is
//! named.

mod body;
mod run;

use std::collections::BTreeMap;

use super::archive::Archive;
use super::xml::{self, Start, Take};
use crate::writer::Writer;
use crate::{BlockKind, Cause, Limits, NoteKind, Place};

use body::Body;

/// What a style makes of a paragraph, by its id.
type Styles = BTreeMap<String, BlockKind>;

pub(super) fn write(bytes: &[u8], limits: &Limits) -> Result<Writer, Cause> {
    let mut archive = Archive::open(bytes, "DOCX", limits)?;
    let mut writer = Writer::new();
    if let Some(text) = archive.text("docProps/core.xml")? {
        // a document without properties is whole
        drop(xml::read(&text, limits.depth, &mut Properties { writer: &mut writer, name: None }));
    }
    let mut styles = Names::default();
    if let Some(text) = archive.text("word/styles.xml")? {
        drop(xml::read(&text, limits.depth, &mut styles));
    }
    let names = archive.names();
    let main = names.iter().find(|name| matches!(name.as_str(), "word/document.xml" | "word/document2.xml"));
    let main =
        main.ok_or_else(|| Cause::Damaged { kind: "DOCX".to_owned(), what: "its text is missing".to_owned() })?;
    let mut part = |writer: &mut Writer, name: &str, kind: BlockKind| -> Result<(), Cause> {
        let Some(text) = archive.text(name)? else { return Ok(()) };
        let mut body = Body::new(writer, &styles.kinds, kind);
        let outcome = xml::read(&text, limits.depth, &mut body);
        body.finish();
        if let Err(what) = outcome {
            writer.note(NoteKind::Damaged { what: format!("{name}: {what}") }, Place::Document);
        }
        Ok(())
    };
    part(&mut writer, main, BlockKind::Paragraph)?;
    part(&mut writer, "word/footnotes.xml", BlockKind::Footnote)?;
    part(&mut writer, "word/endnotes.xml", BlockKind::Footnote)?;
    part(&mut writer, "word/comments.xml", BlockKind::Comment)?;
    writer.main = false;
    for name in names.iter().filter(|name| name.starts_with("word/header") || name.starts_with("word/footer")) {
        part(&mut writer, name, BlockKind::Paragraph)?;
    }
    for name in names.iter().filter(|name| name.starts_with("word/embeddings/") || name.ends_with("vbaProject.bin")) {
        let why = "files within a DOCX are not read".to_owned();
        writer.note(NoteKind::Skipped { name: name.clone(), why }, Place::Document);
    }
    Ok(writer)
}

/// The properties that most programs write (Dublin Core).
struct Properties<'w> {
    writer: &'w mut Writer,
    name: Option<&'static str>,
}

impl Take for Properties<'_> {
    fn start(&mut self, start: &Start<'_>) {
        self.name = match start.name().as_str() {
            "title" => Some("title"),
            "creator" => Some("author"),
            "lastModifiedBy" => Some("last author"),
            "created" => Some("created"),
            "modified" => Some("modified"),
            "subject" => Some("subject"),
            "revision" => Some("revision"),
            _ => None,
        };
    }

    fn end(&mut self, _name: &str) {
        self.name = None;
    }

    fn text(&mut self, text: &str) {
        if let Some(name) = self.name {
            self.writer.property(name, text);
        }
    }
}

/// Which styles are headings and lists. Their ids are in the language of the program that wrote them, their names are English.
#[derive(Default)]
struct Names {
    kinds: Styles,
    id: String,
}

impl Take for Names {
    fn start(&mut self, start: &Start<'_>) {
        match start.name().as_str() {
            "style" => self.id = start.attribute("styleId").unwrap_or_default(),
            "name" => {
                let name = start.attribute("val").unwrap_or_default().to_lowercase();
                let kind = match name.strip_prefix("heading ") {
                    Some(number) => number.parse().ok().map(BlockKind::Heading),
                    None if name == "title" => Some(BlockKind::Heading(1)),
                    None if name.starts_with("list ") => Some(BlockKind::Item),
                    None => None,
                };
                if let Some(kind) = kind {
                    self.kinds.insert(self.id.clone(), kind);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, _name: &str) {}

    fn text(&mut self, _text: &str) {}
}

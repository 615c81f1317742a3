//! Messages (RFC 5322 with MIME): headers, what the sender wrote, and the files attached, each read as a document of its own.

use mail_parser::{Address, Message, MessageParser, MimeHeaders, PartType};

use super::{Budget, html, text};
use crate::writer::Writer;
use crate::{BlockKind, Cause, Limits, NoteKind, Part, Place};

pub(super) fn write(bytes: &[u8], limits: &Limits, budget: &mut Budget) -> Result<Writer, Cause> {
    let message = MessageParser::default().parse(bytes);
    let message = message.ok_or_else(|| Cause::Damaged { kind: "mail".to_owned(), what: "no headers".to_owned() })?;
    let mut writer = body(&message, limits);
    headers(&message, &mut writer);
    for part in message.attachments() {
        attachment(part, limits, budget, &mut writer);
    }
    Ok(writer)
}

/// The words of the message: as HTML where there is only that, as text otherwise.
fn body(message: &Message<'_>, limits: &Limits) -> Writer {
    let mut writer = Writer::new();
    for (name, value) in header_lines(message) {
        writer.block(BlockKind::Header, &format!("{name}: {value}"));
    }
    for part in message.text_bodies() {
        match &part.body {
            PartType::Text(words) => {
                for paragraph in text::paragraphs(words) {
                    let words = words.get(paragraph).unwrap_or_default();
                    let quoted = words.lines().all(|line| line.starts_with('>'));
                    writer.block(if quoted { BlockKind::Quotation } else { BlockKind::Paragraph }, words);
                }
            }
            PartType::Html(page) => html::append(page, limits, &mut writer),
            _ => {}
        }
    }
    writer
}

fn headers(message: &Message<'_>, writer: &mut Writer) {
    for (name, value) in header_lines(message) {
        writer.property(if name == "Subject" { "title" } else { name }, &value);
    }
    writer.property("message-id", message.message_id().unwrap_or_default());
}

/// The headers that a reader sees.
fn header_lines(message: &Message<'_>) -> Vec<(&'static str, String)> {
    let date = message.date().map(mail_parser::DateTime::to_rfc3339);
    let lines = [
        ("From", message.from().map(addresses)),
        ("To", message.to().map(addresses)),
        ("Cc", message.cc().map(addresses)),
        ("Date", date),
        ("Subject", message.subject().map(ToOwned::to_owned)),
    ];
    lines.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

fn addresses(address: &Address<'_>) -> String {
    let one = |address: &mail_parser::Addr<'_>| match (address.name(), address.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (name, address) => name.or(address).unwrap_or_default().to_owned(),
    };
    address.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn attachment(part: &mail_parser::MessagePart<'_>, limits: &Limits, budget: &mut Budget, writer: &mut Writer) {
    let is_message = part.is_message();
    let name = part.attachment_name().unwrap_or(if is_message { "message.eml" } else { "attachment" }).to_owned();
    let bytes = part.message().map_or_else(|| part.contents(), |message| message.raw_message());
    match budget.enter() {
        Ok(()) => {
            let outcome = super::guarded(bytes, &name, limits, budget);
            budget.leave();
            writer.parts.push(Part { name, outcome });
        }
        Err(why) => writer.note(NoteKind::Skipped { name, why }, Place::Document),
    }
}

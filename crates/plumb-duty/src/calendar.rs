//! Deadlines to come as a calendar (iCalendar, RFC 5545), for any program that keeps dates.

use jiff::civil::Date;
use plumb_core::case::{Case, Duty};

/// Octets of a content line at most, its end not counted (RFC 5545, section 3.1).
const LONGEST: usize = 75;

/// The duties of a case whose deadline comes after the day `as_of`, each as an event of a whole day; a deadline known only
/// to the month or year stands on its last day and says so. The same case and day give the same bytes.
///
/// ```
/// let reading = plumb_read::read(&plumb_read::new_case("Calendar"));
/// let text = plumb_duty::calendar(&reading.case, "2000-01-01".parse().unwrap());
/// assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n"));
/// ```
pub fn calendar(case: &Case, as_of: Date) -> String {
    let mut out = String::new();
    let mut line = |name: &str, value: &str| out.push_str(&folded(&format!("{name}:{value}")));
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//plumb//deadlines//EN");
    for duty in &case.duties {
        let Some(deadline) = duty.deadline.map(|date| date.latest()).filter(|day| *day > as_of) else { continue };
        line("BEGIN", "VEVENT");
        line("UID", &format!("{}@{}.plumb", escaped(&duty.id), escaped(&case.settings.id)));
        // the day of the account, not the clock, so that the same account gives the same calendar
        line("DTSTAMP", &format!("{}T000000Z", compact(as_of)));
        line("DTSTART;VALUE=DATE", &compact(deadline));
        line("SUMMARY", &escaped(&format!("{} {}: {}", duty.instrument, duty.paragraph, duty.bearer)));
        line("DESCRIPTION", &escaped(&description(duty)));
        line("TRANSP", "TRANSPARENT");
        line("END", "VEVENT");
    }
    line("END", "VCALENDAR");
    out
}

fn description(duty: &Duty) -> String {
    let written = duty.deadline.map(|date| date.to_string()).unwrap_or_default();
    let verify = if duty.verify.is_empty() { String::new() } else { format!("\nTo check: {}", duty.verify) };
    let counted = if duty.deadline_rule.is_empty() { String::new() } else { format!(" ({})", duty.deadline_rule) };
    format!("{}\nDeadline as known: {written}{counted}\nWhat would show it: {}{verify}", duty.duty, duty.evidence)
}

fn compact(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// Text as a value (RFC 5545, section 3.3.11). Other controls than line ends have no place in it.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

/// A content line, folded between letters so that none is longer than allowed.
fn folded(line: &str) -> String {
    let mut out = String::new();
    let mut width = 0;
    for letter in line.chars() {
        if width + letter.len_utf8() > LONGEST {
            out.push_str("\r\n ");
            width = 1;
        }
        width += letter.len_utf8();
        out.push(letter);
    }
    out + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_by_octets_and_unfold_whole() {
        let text = format!("SUMMARY:{}", "노동자, ".repeat(40));
        let folded = folded(&text);
        assert!(folded.split("\r\n").all(|line| line.len() <= LONGEST));
        assert_eq!(folded.replace("\r\n ", ""), text + "\r\n");
        assert_eq!(escaped("a;b,c\\d\ne\u{7}"), "a\\;b\\,c\\\\d\\ne");
    }
}

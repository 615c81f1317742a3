//! Bytes → text: UTF-8 and UTF-16 where they are, what the document says where it says so, a guess otherwise.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::note::NoteKind;

/// How much of a text in an unknown encoding is looked at to guess it. Detection is certain after a few sentences; reading
/// 27 encodings of a gigabyte would take minutes.
const LOOKED_AT: usize = 1 << 20;

/// A line that is no UTF-8 among such that are makes a mixed file; where fewer than this share of the lines with letters
/// beyond ASCII are UTF-8, a few lines are UTF-8 by accident and the file is in the other encoding as a whole.
const MIXED_FROM: f64 = 0.2;

/// The text of the bytes, and what to note about it. `stated` is the encoding that the document gives for itself.
pub(crate) fn decode(bytes: &[u8], stated: Option<&'static Encoding>) -> (String, Vec<NoteKind>) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return plainly(bytes.get(mark..).unwrap_or_default(), encoding);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        // a file of zeros and ASCII is UTF-16 without its mark
        if let Some(encoding) = wide(bytes) {
            return guessed(bytes, encoding);
        }
        return (text.to_owned(), Vec::new());
    }
    if let Some(encoding) = stated.filter(|encoding| *encoding != UTF_8) {
        return plainly(bytes, encoding);
    }
    if let Some(encoding) = wide(bytes) {
        return guessed(bytes, encoding);
    }
    if share_of_utf8(bytes) >= MIXED_FROM { mixed(bytes) } else { guessed(bytes, guess(bytes)) }
}

fn plainly(bytes: &[u8], encoding: &'static Encoding) -> (String, Vec<NoteKind>) {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let note = damaged.then(|| NoteKind::Undecodable { encoding: encoding.name().to_owned() });
    (text.into_owned(), note.into_iter().collect())
}

fn guessed(bytes: &[u8], encoding: &'static Encoding) -> (String, Vec<NoteKind>) {
    let (text, mut notes) = plainly(bytes, encoding);
    notes.insert(0, NoteKind::EncodingGuessed { encoding: encoding.name().to_owned() });
    (text, notes)
}

/// UTF-16 without a mark: of ASCII characters, every second byte is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // blanks and digits alone are a tenth of any text; binary files have zeros on both sides
    let tenth = head.len() / 20;
    match (even > tenth, odd > tenth) {
        (false, true) if even == 0 => Some(UTF_16LE),
        (true, false) if odd == 0 => Some(UTF_16BE),
        _ => None,
    }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let head = bytes.get(..bytes.len().min(LOOKED_AT)).unwrap_or_default();
    detector.feed(head, head.len() == bytes.len());
    let encoding = detector.guess(None, Utf8Detection::Deny);
    // GBK is what GB18030 is when no rare character has come yet; decoding is the same
    if encoding == encoding_rs::GBK { encoding_rs::GB18030 } else { encoding }
}

fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split_inclusive(|byte| *byte == b'\n')
}

/// Of the lines with bytes beyond ASCII, how many are UTF-8, from 0 to 1.
fn share_of_utf8(bytes: &[u8]) -> f64 {
    let beyond = lines(bytes).filter(|line| !line.is_ascii());
    let (all, good) = beyond.fold((0u32, 0u32), |(all, good), line| {
        (all.saturating_add(1), good.saturating_add(u32::from(std::str::from_utf8(line).is_ok())))
    });
    f64::from(good) / f64::from(all.max(1))
}

/// Line by line: UTF-8 where it is, the rest in the encoding that all of the rest together looks like.
fn mixed(bytes: &[u8]) -> (String, Vec<NoteKind>) {
    let is_other = |line: &&[u8]| std::str::from_utf8(line).is_err();
    let mut others: Vec<u8> = Vec::new();
    for line in lines(bytes).filter(is_other) {
        if others.len() < LOOKED_AT {
            others.extend_from_slice(line);
        }
    }
    let encoding = guess(&others);
    let mut text = String::with_capacity(bytes.len());
    let (mut count, mut first_line, mut damaged) = (0, 0, false);
    for (number, line) in (1..).zip(lines(bytes)) {
        if let Ok(line) = std::str::from_utf8(line) {
            text.push_str(line);
        } else {
            let (line, bad) = encoding.decode_without_bom_handling(line);
            text.push_str(&line);
            damaged |= bad;
            count += 1;
            first_line = if count == 1 { number } else { first_line };
        }
    }
    let encoding = encoding.name().to_owned();
    let mut notes = vec![NoteKind::EncodingMixed { encoding: encoding.clone(), lines: count, first_line }];
    notes.extend(damaged.then_some(NoteKind::Undecodable { encoding }));
    (text, notes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KOREAN: &str = "조선인민민주주의공화국의 로동자들은 로씨야의 건설장에서 일하고 있다.\n";
    const RUSSIAN: &str = "Рабочие из КНДР живут на стройке и не получают зарплату.\n";
    const CHINESE: &str = "朝鲜工人在中国东北的工厂工作，工资由国家收取。\n";

    fn name(encoding: &'static Encoding, text: &str) -> (String, Vec<NoteKind>) {
        decode(&encoding.encode(text).0, None)
    }

    #[test]
    fn the_encodings_of_the_region_are_guessed_and_noted() {
        let all =
            [(encoding_rs::EUC_KR, KOREAN), (encoding_rs::WINDOWS_1251, RUSSIAN), (encoding_rs::GB18030, CHINESE)];
        for (encoding, text) in all {
            let note = NoteKind::EncodingGuessed { encoding: encoding.name().to_owned() };
            assert_eq!(name(encoding, text), (text.to_owned(), vec![note]));
        }
        assert_eq!(decode(KOREAN.as_bytes(), None), (KOREAN.to_owned(), Vec::new()));
    }

    #[test]
    fn utf_16_is_known_with_its_mark_and_without() {
        let bytes =
            |mark: &str| -> Vec<u8> { format!("{mark}plain\n").encode_utf16().flat_map(u16::to_be_bytes).collect() };
        assert_eq!(decode(&bytes("\u{feff}"), None), ("plain\n".to_owned(), Vec::new()));
        let note = NoteKind::EncodingGuessed { encoding: "UTF-16BE".to_owned() };
        assert_eq!(decode(&bytes(""), None), ("plain\n".to_owned(), vec![note]));
    }

    #[test]
    fn lines_of_a_second_encoding_are_read_as_what_they_are() {
        let mut bytes = KOREAN.repeat(3).into_bytes();
        bytes.extend_from_slice(&encoding_rs::WINDOWS_1251.encode(RUSSIAN).0);
        bytes.extend_from_slice(CHINESE.as_bytes());
        let (text, notes) = decode(&bytes, None);
        assert_eq!(text, format!("{}{RUSSIAN}{CHINESE}", KOREAN.repeat(3)));
        let encoding = "windows-1251".to_owned();
        assert_eq!(notes, [NoteKind::EncodingMixed { encoding, lines: 1, first_line: 4 }]);
    }

    #[test]
    fn what_the_document_states_is_believed_unless_it_is_utf_8() {
        let bytes = encoding_rs::WINDOWS_1251.encode("Он").0;
        assert_eq!(decode(&bytes, Some(encoding_rs::WINDOWS_1251)), ("Он".to_owned(), Vec::new()));
        assert_eq!(decode("Он".as_bytes(), Some(encoding_rs::WINDOWS_1251)).0, "Он");
    }
}

//! A file of a list as UTF-8 text: unpacked, decoded, and with a limit on how long one record may be.

use std::io::{self, BufRead, BufReader, Read};

use ruzstd::decoding::{FrameDecoder, StreamingDecoder};

use encoding_rs::{Decoder, Encoding, UTF_16BE, UTF_16LE, WINDOWS_1251, WINDOWS_1252};

/// Longest stretch that is decoded at once, in bytes; lines are mostly shorter.
const CHUNK: u64 = 64 * 1024;

/// Longest record, in bytes of text. The longest real ones (a head of state in all languages) have some 200 KB; without a
/// limit a quotation mark that is never closed, or a compressed stream of zeros, would fill the memory.
const LONGEST_RECORD: u64 = 16 * 1024 * 1024;

/// A file of a list. Reading from it gives UTF-8 whose lines end in a line feed alone.
pub struct Input {
    name: String,
    bytes: Box<dyn BufRead>,
    decoder: Option<Decoder>,
    text: Vec<u8>,
    taken: usize,
    /// The beginning of a character whose rest stands in the next chunk.
    rest: Vec<u8>,
    line: u64,
    line_ended: bool,
    allowance: u64,
    strange: Option<Strange>,
}

/// Lines that were not UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Strange {
    /// The first of them, from 1.
    pub(crate) first_line: u64,
    /// How many.
    pub(crate) lines: u64,
    /// What the first was read as.
    pub(crate) encoding: &'static str,
}

impl std::fmt::Debug for Input {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Input").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Input {
    /// A file of this name. Whether it is packed (zstandard, gzip) and in UTF-16 is told by its first bytes.
    ///
    /// # Errors
    /// The file cannot be read, or is no archive although it begins like one.
    pub fn new(name: impl Into<String>, file: impl Read + 'static) -> io::Result<Self> {
        let mut bytes = unpacked(Box::new(BufReader::new(file)))?;
        let decoder = match bytes.fill_buf()? {
            [0xFF, 0xFE, ..] => Some(UTF_16LE.new_decoder_with_bom_removal()),
            [0xFE, 0xFF, ..] => Some(UTF_16BE.new_decoder_with_bom_removal()),
            [0xEF, 0xBB, 0xBF, ..] => {
                bytes.consume(3);
                None
            }
            _ => None,
        };
        let strange = decoder.as_ref().map(|decoder| decoder.encoding().name());
        let strange = strange.map(|encoding| Strange { first_line: 1, lines: 0, encoding });
        Ok(Self {
            name: name.into(),
            bytes,
            decoder,
            text: Vec::new(),
            taken: 0,
            rest: Vec::new(),
            line: 0,
            line_ended: true,
            allowance: LONGEST_RECORD,
            strange,
        })
    }

    /// Its name, for the report.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Says that a new record begins, so that the limit counts from here.
    pub fn next_record(&mut self) {
        self.allowance = LONGEST_RECORD;
    }

    /// The line that was read last, from 1.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// The lines that were not UTF-8. In a file of UTF-16 their number is not counted.
    pub(crate) fn strange(&self) -> Option<Strange> {
        self.strange
    }

    fn load(&mut self) -> io::Result<()> {
        self.text.clear();
        self.taken = 0;
        if self.decoder.is_some() {
            self.load_wide()?;
        } else {
            self.load_line()?;
        }
        let loaded = u64::try_from(self.text.len()).unwrap_or(u64::MAX);
        self.allowance = self.allowance.checked_sub(loaded).ok_or_else(|| {
            let megabytes = LONGEST_RECORD / (1024 * 1024);
            io::Error::new(io::ErrorKind::InvalidData, format!("a record is longer than {megabytes} MiB"))
        })?;
        Ok(())
    }

    /// UTF-16 is decoded as a stream; it has no lines before it is decoded.
    fn load_wide(&mut self) -> io::Result<()> {
        let Some(decoder) = &mut self.decoder else { return Ok(()) };
        while self.text.is_empty() {
            let raw = self.bytes.fill_buf()?;
            let (length, last) = (raw.len(), raw.is_empty());
            let Some(room) = decoder.max_utf8_buffer_length(length) else { return Ok(()) };
            let mut text = String::with_capacity(room);
            let (_, read, _) = decoder.decode_to_string(raw, &mut text, last);
            self.bytes.consume(read.min(length));
            self.line += u64::try_from(text.matches('\n').count()).unwrap_or(0);
            self.text = text.replace("\r\n", "\n").into_bytes();
            if last {
                // a decoder that has finished must not be asked again; what follows is empty in any encoding
                self.decoder = None;
                break;
            }
        }
        Ok(())
    }

    /// A line, or a part of a long one. Lines stand alone: one that is not UTF-8 does not spoil the others.
    fn load_line(&mut self) -> io::Result<()> {
        std::mem::swap(&mut self.text, &mut self.rest);
        let read = (&mut self.bytes).take(CHUNK).read_until(b'\n', &mut self.text)?;
        if std::mem::replace(&mut self.line_ended, self.text.ends_with(b"\n")) {
            self.line += 1;
        }
        // readers of tables count lines by their own lights, and each in another way where a line ends in two characters
        if self.text.ends_with(b"\r\n") {
            self.text.truncate(self.text.len() - 2);
            self.text.push(b'\n');
        }
        let Err(error) = std::str::from_utf8(&self.text) else { return Ok(()) };
        let unfinished = error.error_len().is_none() && read > 0 && error.valid_up_to() > 0;
        if unfinished && !self.text.ends_with(b"\n") {
            self.rest = self.text.split_off(error.valid_up_to());
            return Ok(());
        }
        let encoding = legacy(&self.text);
        let (text, _) = encoding.decode_without_bom_handling(&self.text);
        self.text = text.into_owned().into_bytes();
        let first = Strange { first_line: self.line, lines: 0, encoding: encoding.name() };
        self.strange.get_or_insert(first).lines += 1;
        Ok(())
    }
}

impl BufRead for Input {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.taken >= self.text.len() {
            self.load()?;
        }
        Ok(self.text.get(self.taken..).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        self.taken = self.taken.saturating_add(amount).min(self.text.len());
    }
}

impl Read for Input {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut ready = self.fill_buf()?;
        let read = ready.read(into)?;
        self.consume(read);
        Ok(read)
    }
}

/// The stream without its compression.
pub(crate) fn unpacked(mut file: Box<dyn BufRead>) -> io::Result<Box<dyn BufRead>> {
    Ok(match file.fill_buf()? {
        [0x28, 0xB5, 0x2F, 0xFD, ..] => Box::new(BufReader::new(Frames::new(file)?)),
        [0x1F, 0x8B, ..] => Box::new(BufReader::new(flate2::bufread::MultiGzDecoder::new(file))),
        _ => file,
    })
}

/// A zstandard file of one or more frames, one behind the other, as packers that work in parallel write it.
struct Frames {
    /// None after an error.
    frame: Option<StreamingDecoder<Box<dyn BufRead>, FrameDecoder>>,
}

impl Frames {
    fn new(file: Box<dyn BufRead>) -> io::Result<Self> {
        let frame = StreamingDecoder::new(file).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        Ok(Self { frame: Some(frame) })
    }
}

impl Read for Frames {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while let Some(frame) = &mut self.frame {
            let read = frame.read(into)?;
            if read > 0 || into.is_empty() || frame.get_mut().fill_buf()?.is_empty() {
                return Ok(read);
            }
            if let Some(frame) = self.frame.take() {
                *self = Self::new(frame.into_inner())?;
            }
        }
        Ok(0)
    }
}

/// The encoding that a line not in UTF-8 is most likely in. Cyrillic words are runs of bytes from 0xC0 on; in Western
/// European text such bytes stand between ASCII letters.
fn legacy(line: &[u8]) -> &'static Encoding {
    let high = |byte: &u8| *byte >= 0xC0;
    let pairs = line.windows(2).filter(|pair| pair.iter().all(high)).count();
    let all = line.iter().filter(|byte| high(byte)).count();
    // half of the letters stand beside another in words of three and more; in French or Spanish hardly any do
    if pairs * 2 >= all && pairs > 0 { WINDOWS_1251 } else { WINDOWS_1252 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> (String, Option<Strange>) {
        let mut input = Input::new("x", io::Cursor::new(bytes.to_vec())).unwrap();
        let mut text = String::new();
        input.read_to_string(&mut text).unwrap();
        (text, input.strange())
    }

    #[test]
    fn text_is_decoded_line_by_line() {
        let (read, strange) = text(b"\xEF\xBB\xBFPlain\nCaf\xE9\n\xCA\xE8\xEC\n\xD0\x9A\xD0\xB8\xD0\xBC\n");
        assert_eq!(read, "Plain\nCafé\nКим\nКим\n");
        assert_eq!(strange, Some(Strange { first_line: 2, lines: 2, encoding: "windows-1252" }));
        assert_eq!(text("조선\n".repeat(50_000).as_bytes()), ("조선\n".repeat(50_000), None));
        let long = "조".repeat(100_000);
        assert_eq!(text(long.as_bytes()), (long, None));
        assert_eq!(text(b"a\xEC\xA1").0, "aì¡");
    }

    #[test]
    fn lines_end_in_a_line_feed_alone() {
        assert_eq!(text(b"a\r\nb\rc\r\n").0, "a\nb\rc\n");
    }

    #[test]
    fn all_frames_of_a_packed_file_are_read() {
        let packed = |text: &str| {
            ruzstd::encoding::compress_to_vec(text.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest)
        };
        let two = [packed("name\nKim\n"), packed("Ri\n")].concat();
        assert_eq!(text(&two).0, "name\nKim\nRi\n");
        let mut input = Input::new("x", io::Cursor::new([packed("name\n"), b"and more".to_vec()].concat())).unwrap();
        assert!(input.read_to_string(&mut String::new()).is_err());
    }

    #[test]
    fn utf_16_is_known_by_its_mark() {
        let wide: Vec<u8> = [0xFEFF].into_iter().chain("김,a\n".encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let (read, strange) = text(&wide);
        assert_eq!((read.as_str(), strange.map(|strange| strange.encoding)), ("김,a\n", Some("UTF-16LE")));
    }

    #[test]
    fn a_record_has_a_limit() {
        let mut input = Input::new("x", io::repeat(b'x')).unwrap();
        let mut text = Vec::new();
        assert!(input.read_to_end(&mut text).unwrap_err().to_string().contains("16 MiB"));
    }
}

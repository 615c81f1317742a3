//! Streams that unpack to far more than they are, found before the file is interpreted.
//!
//! A PDF packs its parts one by one; the interpreter unpacks each whole. So every part is unpacked here first, into nothing,
//! within the limits. Pictures are left out: they are never unpacked, and a white page rightly packs to a thousandth.

use std::io::Read;

use crate::format::archive::allowance;
use crate::{Cause, Limits};

/// What is looked at before a stream to tell whether it is a picture: dictionaries are shorter as a rule.
const DICTIONARY: usize = 1024;

/// How often a stream may be packed within a stream. Nobody does; a bomb squares its effect by it.
const NESTED: u32 = 4;

/// Bytes that are unpacked at once.
const CHUNK: usize = 64 * 1024;

/// Checks that no part is a bomb.
pub(super) fn check(bytes: &[u8], limits: &Limits) -> Result<(), Cause> {
    let allowed = allowance(bytes, limits);
    let mut left = allowed;
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        let before = bytes.get(at.saturating_sub(DICTIONARY)..at).unwrap_or_default();
        if before.ends_with(b"end") || is_picture(before) {
            continue;
        }
        let data = bytes.get(at + b"stream".len()..).unwrap_or_default();
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        unpack(data, NESTED, &mut left).map_err(|()| Cause::Expands { limit: allowed })?;
    }
    Ok(())
}

/// Whether the dictionary that ends here is that of a picture.
fn is_picture(before: &[u8]) -> bool {
    let begin = memchr::memmem::rfind(before, b"obj").unwrap_or(0);
    let dictionary = before.get(begin..).unwrap_or_default();
    [&b"/Image"[..], b"/FontFile"].iter().any(|word| memchr::memmem::find(dictionary, word).is_some())
}

/// Unpacks into nothing; `Err` when more comes than is left.
fn unpack(data: &[u8], nested: u32, left: &mut u64) -> Result<(), ()> {
    // RFC 1950 §2.2: the method is 8, and the first two bytes are a multiple of 31
    let [method, flags, ..] = *data else { return Ok(()) };
    if method & 0x0F != 8 || u16::from_be_bytes([method, flags]) % 31 != 0 {
        return Ok(());
    }
    let mut decoder = flate2::read::ZlibDecoder::new(data);
    let mut chunk = vec![0; CHUNK];
    let mut head: Vec<u8> = Vec::new();
    // a damaged stream ends where it is damaged; so it does for the interpreter
    while let Ok(read) = decoder.read(&mut chunk) {
        if read == 0 {
            break;
        }
        *left = left.checked_sub(u64::try_from(read).unwrap_or(u64::MAX)).ok_or(())?;
        if nested > 0 && head.len() < (1 << 20) {
            head.extend_from_slice(chunk.get(..read).unwrap_or_default());
        }
    }
    if nested > 0 { unpack(&head, nested - 1, left) } else { Ok(()) }
}

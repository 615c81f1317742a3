//! Numbers and texts as bytes: the encoding of everything in an index file.
//!
//! Unsigned numbers are LEB128 (seven bits a byte, low bits first), texts are their length and UTF-8. Reading never panics: past the end
//! or not UTF-8 is `None`, which the caller reports as a damaged file.

/// Appends a number in as few bytes as it needs.
pub(crate) fn put_number(out: &mut Vec<u8>, mut number: u64) {
    while number > 0x7f {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push((number & 0x7f) as u8);
}

/// Appends a text.
pub(crate) fn put_text(out: &mut Vec<u8>, text: &str) {
    put_bytes(out, text.as_bytes());
}

/// Appends bytes with their length.
pub(crate) fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put_number(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// Appends ascending numbers as the steps between them.
pub(crate) fn put_ascending(out: &mut Vec<u8>, numbers: &[u32]) {
    let mut last = 0;
    for number in numbers {
        put_number(out, u64::from(number - last));
        last = *number;
    }
}

/// Reads from the front of a slice.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    pub(crate) fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    pub(crate) fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    pub(crate) fn eight_bytes(&mut self) -> Option<u64> {
        let (first, rest) = self.bytes.split_first_chunk::<8>()?;
        self.bytes = rest;
        Some(u64::from_le_bytes(*first))
    }

    /// All that was not read.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.bytes
    }

    pub(crate) fn size(&mut self) -> Option<usize> {
        self.number().and_then(|number| usize::try_from(number).ok())
    }

    pub(crate) fn small(&mut self) -> Option<u32> {
        self.number().and_then(|number| u32::try_from(number).ok())
    }

    pub(crate) fn slice(&mut self) -> Option<&'a [u8]> {
        let length = self.size()?;
        let (first, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        Some(first)
    }

    pub(crate) fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.slice()?).ok()
    }

    /// The ascending numbers that [`put_ascending`] wrote, to the end.
    pub(crate) fn ascending(mut self) -> impl Iterator<Item = u32> + 'a {
        let mut last = 0u32;
        std::iter::from_fn(move || {
            // most steps of a long list take one byte
            let step = match self.bytes.split_first()? {
                (first, rest) if *first < 0x80 => {
                    self.bytes = rest;
                    u32::from(*first)
                }
                _ => self.small()?,
            };
            last = last.checked_add(step)?;
            Some(last)
        })
    }
}

/// The number at a place of a table of 32-bit little-endian numbers.
pub(crate) fn u32_at(table: &[u8], place: usize) -> Option<u32> {
    let start = place.checked_mul(4)?;
    table.get(start..start.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

/// The number at a place of a table of 64-bit little-endian numbers.
pub(crate) fn u64_at(table: &[u8], place: usize) -> Option<u64> {
    let start = place.checked_mul(8)?;
    table.get(start..start.checked_add(8)?)?.try_into().ok().map(u64::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_written_is_read(number: u64, text in "\\PC{0,20}", mut steps in prop::collection::vec(any::<u32>(), 0..20)) {
            steps.sort_unstable();
            steps.dedup();
            let mut out = Vec::new();
            put_number(&mut out, number);
            put_text(&mut out, &text);
            put_ascending(&mut out, &steps);
            let mut reader = Reader::new(&out);
            prop_assert_eq!(reader.number(), Some(number));
            prop_assert_eq!(reader.text(), Some(text.as_str()));
            prop_assert_eq!(reader.ascending().collect::<Vec<_>>(), steps);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let mut reader = Reader::new(&bytes);
            while !reader.rest().is_empty() && reader.text().is_some() {}
            prop_assert!(Reader::new(&bytes).ascending().count() <= bytes.len());
        }
    }
}

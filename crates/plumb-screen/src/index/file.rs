//! The file of an index: named sections behind a header, read from a memory map or from bytes.
//!
//! ```text
//! 8 bytes   magic "PLUMBIDX"
//! 4 bytes   version of the format
//! 4 bytes   length of the directory
//! 8 bytes   XXH3 of the directory
//! …         directory: hash of the inputs (32 bytes), then for each section offset, length and XXH3
//! …         sections
//! ```
//!
//! Every number is little-endian. A file of another version is refused: an index is made from lists that are kept, so it is built again
//! rather than converted.
//!
//! The map is that of `mmap-io`, because it opens a file for reading through a safe function and may be shared by threads (that of
//! `vmap`, smaller, may not). It is the one place where this crate touches the system. What no safe function can promise is that nobody
//! changes the file under the map: whoever writes one renames it, finished, over the old, and the old map keeps the old content.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use mmap_io::MemoryMappedFile;
use xxhash_rust::xxh3::xxh3_64;

use super::bytes::u64_at;

/// Changed with every change of the layout, of what the bytes of a name mean, which hangs on the tables of names too, and of what the readers of
/// lists make of them: an index of before would keep what they misread.
pub const VERSION: u32 = 14;
const MAGIC: &[u8; 8] = b"PLUMBIDX";
/// Magic, version, length and hash of the directory.
const HEADER: usize = 24;
/// Up to this size the content is verified on opening: at some 5 GB a second that is under 30 ms. A larger file is verified on
/// request ([`IndexFile::verify`]); opening checks its header, directory and length.
const VERIFIED_ON_OPENING: usize = 128 << 20;

/// Parts of an index, in the order of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub(crate) enum Section {
    /// Facts about the whole: counts, lists.
    Summary,
    /// Where each record starts in `Records` (64-bit), with the end as last entry.
    RecordPlaces,
    /// Records as JSON.
    Records,
    /// Where each profile starts in `Profiles`.
    ProfilePlaces,
    /// What scoring and filters need of each record.
    Profiles,
    /// The words that names are made of, each once.
    NameWords,
    /// Record numbers in the order of their ids, and of the ids merged into them.
    Ids,
    /// Hashes of blocking keys in order (64-bit).
    Keys,
    /// Where the postings of each key start, with the end as last entry (64-bit).
    KeyPlaces,
    /// Record numbers under each key.
    Postings,
    /// Where each word starts in `Words`, with the end as last entry (64-bit).
    WordPlaces,
    /// Words in order, each with its postings.
    Words,
    /// Where the links of each record start (64-bit).
    LinkPlaces,
    /// Links of each record in both directions.
    Links,
}

impl Section {
    /// How many there are.
    pub(crate) const COUNT: usize = 14;
}

/// Why an index could not be made or opened.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// The file system said no.
    #[error("`{}`: {cause}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The file is no index.
    #[error("`{}` is not an index of Plumbline. Hint: build it from its list with `plumb lists update`", .0.display())]
    NotAnIndex(PathBuf),
    /// The file was written by another version.
    #[error("`{}` has version {found} of the format, this program reads {VERSION}. Hint: build it again from its list", path.display())]
    OtherVersion {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u32,
    },
    /// The content is not what was written.
    #[error("`{}` is damaged ({what}). Hint: build it again from its list", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Which part.
        what: &'static str,
    },
    /// More records than an index has room for.
    #[error("an index holds {} records at most. Hint: split the list", u32::MAX)]
    TooMany,
}

/// The bytes of an index, mapped from a file or held in memory.
#[derive(Debug)]
enum Store {
    Mapped(MemoryMappedFile),
    Memory(Vec<u8>),
}

/// An index file that passed its checks.
#[derive(Debug)]
pub(crate) struct IndexFile {
    path: PathBuf,
    store: Store,
    inputs: [u8; 32],
    sections: [(usize, usize, u64); Section::COUNT],
}

impl IndexFile {
    /// Opens a file and checks it: magic, version, directory, length, and the content if the file is small.
    pub(crate) fn open(path: &Path) -> Result<Self, IndexError> {
        let io = |cause| IndexError::Io { path: path.to_owned(), cause };
        // an empty file cannot be mapped
        if fs::metadata(path).map_err(io)?.len() < HEADER as u64 {
            return Err(IndexError::NotAnIndex(path.to_owned()));
        }
        let map = MemoryMappedFile::open_ro(path).map_err(|error| io(io::Error::other(error)))?;
        Self::read(path, Store::Mapped(map))
    }

    /// An index that was just made, in memory.
    pub(crate) fn in_memory(bytes: Vec<u8>) -> Result<Self, IndexError> {
        Self::read(Path::new("in memory"), Store::Memory(bytes))
    }

    fn read(path: &Path, store: Store) -> Result<Self, IndexError> {
        let bytes: &[u8] = store.bytes();
        let damaged = |what| IndexError::Damaged { path: path.to_owned(), what };
        let header = bytes.get(..HEADER).ok_or_else(|| IndexError::NotAnIndex(path.to_owned()))?;
        if !header.starts_with(MAGIC) {
            return Err(IndexError::NotAnIndex(path.to_owned()));
        }
        let pair = u64_at(header, 1).unwrap_or(0);
        let (found, length) = ((pair & 0xffff_ffff) as u32, (pair >> 32) as usize);
        if found != VERSION {
            return Err(IndexError::OtherVersion { path: path.to_owned(), found });
        }
        let directory = bytes.get(HEADER..HEADER.saturating_add(length)).ok_or_else(|| damaged("directory"))?;
        if u64_at(header, 2) != Some(xxh3_64(directory)) {
            return Err(damaged("directory"));
        }
        let (inputs, table) = directory.split_at_checked(32).ok_or_else(|| damaged("directory"))?;
        let inputs = inputs.try_into().map_err(|_| damaged("directory"))?;
        let mut sections = [(0, 0, 0); Section::COUNT];
        for (place, section) in sections.iter_mut().enumerate() {
            let number = |offset| u64_at(table, place * 3 + offset).ok_or_else(|| damaged("directory"));
            let size = |offset| usize::try_from(number(offset)?).map_err(|_| damaged("directory"));
            *section = (size(0)?, size(1)?, number(2)?);
        }
        let end = sections.last().and_then(|(start, length, _)| start.checked_add(*length));
        if end != Some(bytes.len()) {
            return Err(damaged("length"));
        }
        let small = bytes.len() <= VERIFIED_ON_OPENING;
        let file = Self { path: path.to_owned(), store, inputs, sections };
        if small { file.verify().map(|()| file) } else { Ok(file) }
    }

    /// Checks every byte against the hashes in the directory.
    pub(crate) fn verify(&self) -> Result<(), IndexError> {
        let bytes = self.store.bytes();
        for (start, length, hash) in self.sections {
            let section = bytes.get(start..start.saturating_add(length));
            if section.map(xxh3_64) != Some(hash) {
                return Err(self.damaged("content"));
            }
        }
        Ok(())
    }

    /// The error that says which part is not what was written.
    pub(crate) fn damaged(&self, what: &'static str) -> IndexError {
        IndexError::Damaged { path: self.path.clone(), what }
    }

    /// Hash of what it was made from.
    pub(crate) fn inputs(&self) -> &[u8; 32] {
        &self.inputs
    }

    /// Bytes of the whole.
    pub(crate) fn size(&self) -> usize {
        self.store.bytes().len()
    }

    /// The bytes of a section. Its place was checked on opening.
    pub(crate) fn section(&self, section: Section) -> &[u8] {
        let (start, length, _) = self.sections.get(section as usize).copied().unwrap_or_default();
        self.store.bytes().get(start..start.saturating_add(length)).unwrap_or(&[])
    }

    /// The entry of a section whose starts stand in another.
    pub(crate) fn entry(&self, places: Section, section: Section, place: usize) -> Option<&[u8]> {
        let places = self.section(places);
        let start = usize::try_from(u64_at(places, place)?).ok()?;
        let end = usize::try_from(u64_at(places, place.checked_add(1)?)?).ok()?;
        self.section(section).get(start..end)
    }
}

impl Store {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Mapped(map) => map.as_slice_bytes(0, map.len()).unwrap_or(&[]),
            Self::Memory(bytes) => bytes,
        }
    }
}

/// Writes header, directory and sections.
pub(crate) fn write_to(
    out: &mut impl Write,
    inputs: &[u8; 32],
    sections: &[Vec<u8>; Section::COUNT],
) -> io::Result<()> {
    let length = 32 + Section::COUNT * 24;
    let mut directory = inputs.to_vec();
    let mut start = (HEADER + length) as u64;
    for section in sections {
        for number in [start, section.len() as u64, xxh3_64(section)] {
            directory.extend_from_slice(&number.to_le_bytes());
        }
        start += section.len() as u64;
    }
    out.write_all(MAGIC)?;
    out.write_all(&VERSION.to_le_bytes())?;
    out.write_all(&u32::try_from(length).unwrap_or(0).to_le_bytes())?;
    out.write_all(&xxh3_64(&directory).to_le_bytes())?;
    out.write_all(&directory)?;
    sections.iter().try_for_each(|section| out.write_all(section))
}

//! Adding a version of a list: copied, read whole, and only then put in its place.

use std::fs::{self, File};
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::error::failed;
use crate::{ListFile, Manifest, Store, StoreError, Version, official, open};
use plumb_screen::lists::{self, Format, Loss, Report};

/// How much of a file is enough to know its format, in bytes of text: a packed file may give nothing before it is whole.
const HEAD: u64 = 64 * 1024;

/// A new version with less than this share of the entries of the last is refused. Lists shrink by single entries or by a
/// programme that ends; half of one gone at once is more likely a file cut off between two rows, which nothing else tells.
const SMALLEST_SHARE_IN_HUNDRED: u64 = 50;

/// What the API calls all lists together.
const EVERYTHING: &str = "default";

/// A version to add.
#[derive(Clone, Debug, Default)]
pub struct Addition {
    /// Short name of the list.
    pub name: String,
    /// Its files.
    pub files: Vec<PathBuf>,
    /// Its format; told by the content when not given.
    pub format: Option<Format>,
    /// What the list is called; for official lists it is known.
    pub title: Option<String>,
    /// The date of the list, `YYYY-MM-DD`, if it is not the one that the list states.
    pub date: Option<String>,
    /// For plain tables: FollowTheMoney property and the column that holds it.
    pub columns: Vec<(String, String)>,
    /// The day on which it is added, `YYYY-MM-DD`.
    pub today: String,
}

impl Store {
    /// Adds a version and makes it current. The report is filled also when the version is refused.
    ///
    /// # Errors
    /// A file cannot be read, no format fits, or the list is broken, empty, or shrunk to less than half. What was current
    /// before stays so.
    pub fn add(&self, addition: &Addition, report: &mut Report) -> Result<Version, StoreError> {
        check_name(&addition.name)?;
        let format = format(addition)?;
        let _alone = self.lock()?;
        let folder = self.root().join(&addition.name);
        let fresh = folder.join("adding");
        clear(&fresh)?;
        let added = self.fill(addition, format, &fresh, report).and_then(|manifest| put(&folder, &fresh, manifest));
        if added.is_err() {
            // the first failure is the one to tell; the next addition clears what is left
            let _ignored = clear(&fresh);
            // only a folder that has nothing in it goes: that of a list whose first version was refused
            let _ignored = fs::remove_dir(&folder);
        }
        added
    }

    /// Waits until no other process adds a version, and keeps others waiting until it is dropped: two at once would mix their files.
    fn lock(&self) -> Result<File, StoreError> {
        let path = self.root().join(".lock");
        fs::create_dir_all(self.root()).map_err(failed("write", self.root()))?;
        let file = File::options().create(true).append(true).open(&path).map_err(failed("write", &path))?;
        match file.lock() {
            // some network drives have no locks; there one takes care oneself
            Err(error) if error.kind() != io::ErrorKind::Unsupported => Err(failed("lock", &path)(error)),
            _ => Ok(file),
        }
    }

    fn fill(
        &self,
        addition: &Addition,
        format: Format,
        fresh: &Path,
        report: &mut Report,
    ) -> Result<Manifest, StoreError> {
        let files = copy(&addition.files, &fresh.join("files"))?;
        let mut version = Version { folder: fresh.to_owned(), manifest: addition.manifest(format, files) };
        version.read(report, &mut |_| {})?;
        self.judge(&addition.name, report)?;
        addition.tell(report, &mut version.manifest);
        Ok(version.manifest)
    }

    /// Refuses a list that is broken, empty or suspiciously small.
    fn judge(&self, name: &str, report: &Report) -> Result<(), StoreError> {
        check(report)?;
        // a manifest that cannot be read is no reason to refuse a good list
        let before = self.current(name).ok().flatten().map_or(0, |version| version.manifest.entries);
        if report.entries * 100 < before * SMALLEST_SHARE_IN_HUNDRED {
            return Err(StoreError::Shrunk { now: report.entries, before, folder: self.root().join(name) });
        }
        Ok(())
    }
}

impl Addition {
    /// What is known of the version before it has been read.
    pub(crate) fn manifest(&self, format: Format, files: Vec<ListFile>) -> Manifest {
        let mut hash = Sha256::new();
        for file in &files {
            hash.update(file.sha256.as_bytes());
        }
        // the same files read otherwise are another version: its index has other names
        for word in self.columns.iter().flat_map(|(property, column)| [property.as_str(), column.as_str()]) {
            hash.update(word.as_bytes());
            hash.update([0]);
        }
        hash.update(self.format.map_or("", Format::as_str).as_bytes());
        let known = official(&self.name);
        Manifest {
            name: self.name.clone(),
            title: self.title.clone().or_else(|| known.map(|list| list.title.clone())),
            publisher: known.map(|list| list.publisher.clone()),
            address: known.and_then(|list| list.files.first().cloned()),
            format: format.to_string(),
            licence: known.map(|list| list.licence.clone()),
            columns: self.columns.clone(),
            files,
            hash: hex(&hash.finalize()),
            date: None,
            added: self.today.clone(),
            entries: 0,
            records: 0,
            refused: 0,
            values_lost: 0,
        }
    }

    /// Adds what reading it told.
    pub(crate) fn tell(&self, report: &Report, manifest: &mut Manifest) {
        manifest.date = self.date.clone().or_else(|| report.stated_date.clone());
        (manifest.entries, manifest.records) = (report.entries, report.records);
        (manifest.refused, manifest.values_lost) = (report.refused(), report.count(Loss::Value));
    }
}

/// Refuses a list that could not be read to its end, or that has nothing in it.
pub(crate) fn check(report: &Report) -> Result<(), StoreError> {
    let worst = report.problems.iter().min_by_key(|problem| problem.loss);
    let worst = worst.map(|problem| format!("{problem}; {}", problem.cause.hint()));
    if !report.is_whole() {
        return Err(StoreError::Broken(worst.unwrap_or_default()));
    }
    if report.entries == 0 {
        return Err(StoreError::Empty(worst.map(|problem| format!(": {problem}")).unwrap_or_default()));
    }
    Ok(())
}

/// Whether the name can be a folder and the beginning of ids everywhere.
fn check_name(name: &str) -> Result<(), StoreError> {
    if name == EVERYTHING {
        return Err(StoreError::Reserved(name.to_owned()));
    }
    let letters = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    let ends = name.starts_with(|first: char| first.is_ascii_alphanumeric()) && !name.ends_with('-');
    if letters && ends && name.len() <= 64 { Ok(()) } else { Err(StoreError::Name(name.to_owned())) }
}

/// The format as told, or that of all files.
pub(crate) fn format(addition: &Addition) -> Result<Format, StoreError> {
    if let Some(format) = addition.format {
        return Ok(format);
    }
    let mut found: Option<(Format, &Path)> = None;
    for path in &addition.files {
        let mut head = Vec::new();
        // what is wrong further on is told when the list is read
        let _ignored = open(path)?.take(HEAD).read_to_end(&mut head);
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let format = lists::detect(&head, &name).ok_or_else(|| StoreError::UnknownFormat(path.clone()))?;
        match found {
            Some((first, known)) if first != format => {
                let (first, second) = (known.to_owned(), path.clone());
                let one = found.map_or("", |(format, _)| format.as_str());
                return Err(StoreError::MixedFormats { first, one, second, other: format.as_str() });
            }
            _ => found = Some((format, path)),
        }
    }
    found.map(|(format, _)| format).ok_or(StoreError::NoFiles)
}

/// Copies the files, and tells size and hash of each.
fn copy(files: &[PathBuf], into: &Path) -> Result<Vec<ListFile>, StoreError> {
    if files.is_empty() {
        return Err(StoreError::NoFiles);
    }
    fs::create_dir_all(into).map_err(failed("write", into))?;
    let mut copied: Vec<ListFile> = Vec::new();
    for path in files {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if copied.iter().any(|file| file.name == name) {
            return Err(StoreError::SameName(name));
        }
        let target = into.join(&name);
        let mut out = File::create(&target).map_err(failed("write", &target))?;
        copied.push(hashed(path, name, &mut out)?);
        out.flush().and_then(|()| out.sync_all()).map_err(failed("write", &target))?;
    }
    Ok(copied)
}

/// Passes a file on, and tells its size and hash.
pub(crate) fn hashed(path: &Path, name: String, out: &mut dyn io::Write) -> Result<ListFile, StoreError> {
    let source = File::open(path).map_err(failed("read", path))?;
    let mut hashing = Hashing { source, hash: Sha256::new() };
    let size = io::copy(&mut hashing, out).map_err(failed("read", path))?;
    Ok(ListFile { name, size, sha256: hex(&hashing.hash.finalize()) })
}

/// A file whose hash is taken as it is read.
struct Hashing {
    source: File,
    hash: Sha256,
}

impl Read for Hashing {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(into)?;
        self.hash.update(into.get(..read).unwrap_or_default());
        Ok(read)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Puts a version in its place and makes it current. Each step is one rename, so a reader meets the old or the new.
fn put(folder: &Path, fresh: &Path, manifest: Manifest) -> Result<Version, StoreError> {
    let text = serde_json::to_string_pretty(&manifest);
    let path = fresh.join("manifest.json");
    let text = text.map_err(|error| StoreError::Manifest { path: path.clone(), reason: error.to_string() })?;
    fs::write(&path, text + "\n").map_err(failed("write", &path))?;
    let place = folder.join("versions").join(&manifest.hash);
    if place.exists() {
        // the same bytes again: what was told of them may be new, their index is still good
        let known = place.join("manifest.json");
        fs::rename(&path, &known).map_err(failed("write", &known))?;
        clear(fresh)?;
    } else {
        let versions = folder.join("versions");
        fs::create_dir_all(&versions).map_err(failed("write", &versions))?;
        fs::rename(fresh, &place).map_err(failed("write", &place))?;
    }
    let current = folder.join("current");
    plumb_disk::write(&current, format!("{}\n", manifest.hash).as_bytes()).map_err(failed("write", &current))?;
    Ok(Version { manifest, folder: place })
}

fn clear(folder: &Path) -> Result<(), StoreError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed("write", folder)(error)),
        _ => Ok(()),
    }
}

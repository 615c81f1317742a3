//! Files that are there whole or not at all: what is written goes into a temporary file in the same folder and takes its
//! place by renaming. A failure, a full disk or a killed program leaves what was there before.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Writes `bytes` to `path`, making its folder where needed, and forces them to the disk.
///
/// # Errors
/// When the path names no file, or the file system refuses.
///
/// # Examples
/// ```
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("new/claims.csv");
/// plumb_disk::write(&path, b"id,measure\n")?;
/// assert_eq!(std::fs::read(&path)?, b"id,measure\n");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace(path, |out| out.write_all(bytes))
}

/// Like [`write()`], for what can be made again: whole or not at all for every reader, but a power cut may lose it, which
/// spares the disk a wait for each of a thousand files.
///
/// # Errors
/// As for [`write()`].
pub fn write_unforced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let place = Place::of(path);
    place.fresh(|out| out.write_all(bytes))?.persist(&place.path).map(drop).map_err(|error| error.error)
}

/// Like [`write()`], for what is written piece by piece. A device or a pipe is written into: it must not become a file.
///
/// # Errors
/// When the path names no file, the file system refuses, or `fill` fails; the old file then stays.
pub fn replace<E: From<io::Error>>(path: &Path, fill: impl FnOnce(&mut dyn Write) -> Result<(), E>) -> Result<(), E> {
    if fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        return fill(&mut File::options().write(true).open(path)?);
    }
    let place = Place::of(path);
    let fresh = place.fresh(fill)?;
    fresh.as_file().sync_all()?;
    fresh.persist(&place.path).map_err(|error| error.error)?;
    Ok(place.flush()?)
}

/// Where a file will stand.
struct Place {
    path: PathBuf,
    folder: PathBuf,
}

impl Place {
    /// A link is followed, so that what it points to is replaced and not the link.
    fn of(path: &Path) -> Self {
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Self { folder: folder.to_owned(), path }
    }

    /// A hidden file beside the place, filled, with the rights that the old file has.
    fn fresh<E: From<io::Error>>(
        &self,
        fill: impl FnOnce(&mut dyn Write) -> Result<(), E>,
    ) -> Result<NamedTempFile, E> {
        fs::create_dir_all(&self.folder)?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(".plumb-");
        // a new file is as readable as any other that the user makes, not as secret as temporary ones
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(&self.folder)?;
        if let Ok(old) = fs::metadata(&self.path) {
            file.as_file().set_permissions(old.permissions())?;
        }
        let mut out = BufWriter::new(file);
        fill(&mut out)?;
        Ok(out.into_inner().map_err(io::IntoInnerError::into_error)?)
    }

    /// A rename is only safe from a power cut once the folder is on the disk too. Only Unix lets a folder be opened for that.
    fn flush(&self) -> io::Result<()> {
        if cfg!(unix) { File::open(&self.folder)?.sync_all() } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/case.json");
        write(&path, b"one").unwrap();
        write_unforced(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path().join("new")).unwrap().count(), 1);
    }

    #[test]
    fn a_failure_leaves_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let (taken, old) = (folder.path().join("taken"), folder.path().join("old"));
        fs::create_dir(&taken).unwrap();
        fs::write(taken.join("inside"), b"kept").unwrap();
        assert!(write(&taken, b"new").is_err() && write(Path::new("/"), b"").is_err());
        assert_eq!(fs::read(taken.join("inside")).unwrap(), b"kept");
        write(&old, b"old").unwrap();
        let broken = replace(&old, |out| out.write_all(b"half").and(Err(io::Error::other("no room"))));
        assert_eq!((broken.unwrap_err().to_string().as_str(), fs::read(&old).unwrap()), ("no room", b"old".to_vec()));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[cfg(unix)]
    #[test]
    fn devices_links_and_rights_stay() {
        use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _};
        write(Path::new("/dev/null"), b"gone").unwrap();
        assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
        let folder = tempfile::tempdir().unwrap();
        let (secret, link) = (folder.path().join("secret"), folder.path().join("link"));
        write(&secret, b"one").unwrap();
        fs::set_permissions(&secret, fs::Permissions::from_mode(0o600)).unwrap();
        std::os::unix::fs::symlink(&secret, &link).unwrap();
        write(&link, b"two").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&secret).unwrap(), b"two");
        assert_eq!(fs::metadata(&secret).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

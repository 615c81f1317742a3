//! Putting a file in the place of another.

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::Path;

/// Puts a file in the place of another, so that a reader sees the old or the new one and never half of one: written beside,
/// forced to the disk, renamed. On an error the old file stays.
pub(crate) fn replace(path: &Path, write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) -> io::Result<()> {
    let beside = path.with_extension("writing");
    let steps = || {
        let mut out = BufWriter::with_capacity(1 << 20, File::create(&beside)?);
        write(&mut out)?;
        out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        fs::rename(&beside, path)?;
        // the name is durable once its folder is; not every system lets a folder be opened
        if let Some(Ok(folder)) = path.parent().map(File::open) {
            folder.sync_all().ok();
        }
        Ok(())
    };
    steps().inspect_err(|_| {
        fs::remove_file(&beside).ok();
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn an_old_file_stays_until_the_new_one_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("index");
        replace(&path, |out| out.write_all(b"old")).unwrap();
        let broken = replace(&path, |out| out.write_all(b"half").and(Err(io::Error::other("no room"))));
        assert_eq!((broken.unwrap_err().to_string().as_str(), fs::read(&path).unwrap()), ("no room", b"old".to_vec()));
        replace(&path, |out| out.write_all(b"new")).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(replace(&folder.path().join("none").join("index"), |_| Ok(())).is_err());
    }
}

//! A folder on disk is taken up as it is; what cannot be is named.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};

use plumb_read::{Folder, new_case, read};

/// A folder of its own for a test, gone when the test is over.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("plumb-read-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _gone = fs::remove_dir_all(&self.0);
    }
}

fn skipped(folder: &Folder) -> Vec<String> {
    folder.skipped.iter().map(|one| format!("{} {}", one.code, one.location().unwrap())).collect()
}

#[test]
fn what_is_written_is_read_back() {
    let (scratch, case) = (Scratch::new("back"), new_case("Test"));
    for (path, bytes) in &case.files {
        scratch.write(path, bytes);
    }
    for hidden in [".git/config", ".DS_Store", "target/debug/x.csv", "claims.csv~", "~$claims.xlsx"] {
        scratch.write(hidden, b"x");
    }
    let folder = Folder::from_disk(&scratch.0);
    assert_eq!((folder.files, skipped(&folder_of(&scratch))), (case.files, Vec::new()));
}

fn folder_of(scratch: &Scratch) -> Folder {
    Folder::from_disk(&scratch.0)
}

#[test]
fn a_folder_that_is_not_there_is_an_error_that_names_it() {
    let folder = Folder::from_disk(Path::new("/no/such/case"));
    assert_eq!(skipped(&folder), ["P0101 ."]);
    assert!(folder.skipped[0].message.contains("/no/such/case"));
    let scratch = Scratch::new("file");
    scratch.write("case.toml", b"");
    assert_eq!(skipped(&Folder::from_disk(&scratch.0.join("case.toml"))), ["P0101 ."]);
}

#[test]
fn what_is_too_large_is_not_taken_up() {
    let scratch = Scratch::new("large");
    scratch.write("case.toml", b"[case]\n");
    fs::File::create(scratch.0.join("scan.pdf")).unwrap().set_len(65 * 1024 * 1024).unwrap();
    let folder = folder_of(&scratch);
    assert_eq!(skipped(&folder), ["P0113 scan.pdf"]);
    assert_eq!(folder.files.len(), 1);
    assert!(read(&folder).diagnostics.iter().any(|one| one.code.id() == "P0113"));
}

#[cfg(unix)]
#[test]
fn a_link_may_not_lead_out_nor_round() {
    use std::os::unix::fs::symlink;
    let (scratch, outside) = (Scratch::new("links"), Scratch::new("outside"));
    outside.write("secret.txt", b"x");
    scratch.write("documents/a.txt", b"a");
    symlink(outside.0.join("secret.txt"), scratch.0.join("secret.txt")).unwrap();
    symlink(&outside.0, scratch.0.join("more")).unwrap();
    symlink(&scratch.0, scratch.0.join("round")).unwrap();
    symlink(scratch.0.join("documents/a.txt"), scratch.0.join("same.txt")).unwrap();
    symlink(scratch.0.join("nothing"), scratch.0.join("broken")).unwrap();
    let folder = folder_of(&scratch);
    assert_eq!(folder.files.keys().collect::<Vec<_>>(), ["documents/a.txt", "same.txt"]);
    assert_eq!(skipped(&folder), ["P0101 broken", "P0101 more", "P0101 round", "P0101 secret.txt"]);
}

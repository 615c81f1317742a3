//! The one place that touches the file system: a folder on disk into a [`Folder`].
//!
//! A case may come from anywhere, so what is taken up is bounded, and a link may not lead out of the folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use plumb_core::codes::{Code, P0101, P0113};
use plumb_core::diagnostic::Diagnostic;
use plumb_core::location::Location;

use crate::folder::Folder;

/// Bytes of one file at most: 64 MiB, a hundred times the largest table known, so that a laptop of 2015 holds it.
const LARGEST_FILE: u64 = 64 * 1024 * 1024;

/// Bytes of all files at most: 1 GiB of copies is more than a case should carry in its folder.
const LARGEST_FOLDER: u64 = 1024 * 1024 * 1024;

/// Files at most; a folder with more is probably not a case but the home of somebody.
const MOST_FILES: usize = 20_000;

/// Folders in folders at most.
const DEEPEST: usize = 16;

/// Folders that tools make beside a case.
const NOT_OURS: [&str; 3] = ["target", "node_modules", "__pycache__"];

impl Folder {
    /// Reads a folder from disk. Hidden files and the folders of build tools are passed over; what else could not be
    /// taken up is in [`Folder::skipped`], which [`crate::read`] passes on.
    pub fn from_disk(root: &Path) -> Self {
        let mut walk = Walk { root: root.to_owned(), folder: Self::default(), bytes: 0, full: false };
        match fs::canonicalize(root) {
            Ok(real) if real.is_dir() => {
                walk.root.clone_from(&real);
                walk.enter(&real, "", 0);
            }
            Ok(_) => {
                walk.skip(P0101, ".", "the path of the case is a file, not a folder", "give the folder that it is in");
            }
            Err(error) => walk.unreadable(".", &error),
        }
        walk.folder
    }
}

struct Walk {
    root: PathBuf,
    folder: Folder,
    bytes: u64,
    /// The limit of files is reached, and it has been said.
    full: bool,
}

impl Walk {
    /// Takes up the files of a folder and of those in it, in order of name.
    fn enter(&mut self, folder: &Path, prefix: &str, depth: usize) {
        if depth > DEEPEST {
            return self.skip(P0113, prefix, &format!("folders lie deeper than {DEEPEST}"), "move it further up");
        }
        let entries = match fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
            Ok(entries) => entries,
            Err(error) => return self.unreadable(if prefix.is_empty() { "." } else { prefix }, &error),
        };
        let mut paths: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).collect();
        paths.sort();
        for path in paths {
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
                self.skip(P0101, prefix, "a file name that is not UTF-8", "rename it");
                continue;
            };
            if name.starts_with('.') || name.starts_with("~$") || name.ends_with('~') {
                continue;
            }
            let relative = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}/{name}") };
            self.visit(&path, relative, depth);
        }
    }

    fn visit(&mut self, path: &Path, relative: String, depth: usize) {
        let (real, is_link) = match (fs::canonicalize(path), fs::symlink_metadata(path)) {
            (Ok(real), Ok(metadata)) => (real, metadata.is_symlink()),
            (Err(error), _) | (_, Err(error)) => return self.unreadable(&relative, &error),
        };
        if !real.starts_with(&self.root) {
            let message = format!("`{relative}` is a link that leads out of the folder of the case");
            return self.skip(P0101, &relative, &message, "copy the file into the folder");
        }
        match real.is_dir() {
            // It may lead back to a folder above it.
            true if is_link => {
                let message = format!("`{relative}` is a link to a folder, which is not followed");
                self.skip(P0101, &relative, &message, "move the folder here");
            }
            true if NOT_OURS.iter().any(|name| real.ends_with(name)) => {}
            true => self.enter(&real, &relative, depth + 1),
            false => self.take(&real, relative),
        }
    }

    fn take(&mut self, path: &Path, relative: String) {
        let size = match fs::metadata(path) {
            Ok(metadata) if metadata.is_file() => metadata.len(),
            Ok(_) => return self.skip(P0101, &relative, &format!("`{relative}` is no ordinary file"), "remove it"),
            Err(error) => return self.unreadable(&relative, &error),
        };
        if size > LARGEST_FILE || self.bytes.saturating_add(size) > LARGEST_FOLDER {
            let message = format!("`{relative}` is too large: {size} bytes");
            let help = "keep copies under 64 MiB each and 1 GiB together; pin larger ones by their address";
            return self.skip(P0113, &relative, &message, help);
        }
        if self.folder.files.len() >= MOST_FILES {
            if !std::mem::replace(&mut self.full, true) {
                let message = format!("the folder has more than {MOST_FILES} files; the rest is not read");
                self.skip(P0113, &relative, &message, "give a case a folder of its own");
            }
            return;
        }
        match fs::read(path) {
            Ok(bytes) => {
                self.bytes = self.bytes.saturating_add(size);
                self.folder.files.insert(relative, bytes);
            }
            Err(error) => self.unreadable(&relative, &error),
        }
    }

    fn unreadable(&mut self, relative: &str, error: &io::Error) {
        let shown = if relative == "." { self.root.display().to_string() } else { relative.to_owned() };
        let message = format!("`{shown}` cannot be read: {error}");
        self.skip(P0101, relative, &message, "check the path and its permissions");
    }

    fn skip(&mut self, code: Code, relative: &str, message: &str, help: &str) {
        self.folder.skipped.push(Diagnostic::new(code, Location::file(relative), message).help(help));
    }
}

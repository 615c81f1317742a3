//! A world in a few lines: a folder of its own, the real program, its output with changing parts replaced.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A folder to work in, removed at the end.
pub(crate) struct World {
    folder: TempDir,
}

impl World {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A folder with the case that `plumb new` makes, under the name `case`.
    pub(crate) fn with_case() -> Self {
        let world = Self::new();
        assert_eq!(world.run(&["new", "case"]).code, 0);
        world
    }

    /// A path in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file.
    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Reads a file as text.
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Appends a line to a file.
    pub(crate) fn append(&self, name: &str, line: &str) {
        let text = self.read(name);
        self.write(name, format!("{}\n{line}\n", text.trim_end_matches('\n')));
    }

    /// Runs the program in the folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Transcript {
        self.run_with(arguments, &[])
    }

    /// Runs the program in the folder, with these variables in its environment.
    pub(crate) fn run_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Transcript {
        let output = Command::new(env!("CARGO_BIN_EXE_plumb"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env("NO_COLOR", "1")
            .envs(variables.iter().copied())
            .output()
            .unwrap();
        Transcript::new(arguments, &output)
    }
}

/// What a run of the program gave.
pub(crate) struct Transcript {
    /// Its exit code; -1 when it was killed, as a panic or a signal would.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) stdout: String,
    /// Standard error.
    pub(crate) stderr: String,
    command: String,
}

impl Transcript {
    fn new(arguments: &[&str], output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let transcript = Self {
            code: output.status.code().unwrap_or(-1),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
            command: format!("plumb {}", arguments.join(" ")),
        };
        assert!(!transcript.stderr.contains("panicked at"), "{}\n{}", transcript.command, transcript.stderr);
        transcript
    }

    /// Command, exit code, standard output and standard error as one text, for snapshots.
    pub(crate) fn text(&self) -> String {
        let version = env!("CARGO_PKG_VERSION");
        format!("$ {}\n[{}]\n--- stdout\n{}--- stderr\n{}", self.command, self.code, self.stdout, self.stderr)
            .replace(&format!("plumb {version}"), "plumb VERSION")
    }
}

/// The root of the project.
pub(crate) fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// All files below a folder with their bytes.
pub(crate) fn files(folder: &Path) -> std::collections::BTreeMap<PathBuf, Vec<u8>> {
    let mut found = std::collections::BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    found
}

//! One document read in a process of its own, with limits on its time and memory.
//!
//! A parser of hostile bytes can loop, overflow its stack or ask for all memory; none of that may stop the others. A process
//! is the simplest thing that really bounds: the kernel refuses memory beyond the limit (`RLIMIT_AS` on Linux, a job object
//! on Windows; elsewhere only size and time are bounded), and a process that is killed leaves nothing behind.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use plumb_document::{Cause, Document, Fault, Limits};
use process_control::{ChildExt as _, Control as _, Output};

use crate::arguments::{Bounds, ReadDocument};

/// Bytes of a MiB.
const MIB: u64 = 1 << 20;

/// Why a document was not read.
#[derive(Clone, Debug, thiserror::Error)]
pub(crate) enum Unread {
    /// What its reader says.
    #[error("{}", .0.cause)]
    Fault(Fault),
    /// It took too long.
    #[error("reading it took more than {0} seconds")]
    Time(u64),
    /// It wanted too much memory.
    #[error("reading it takes more than {0} MiB of memory")]
    Memory(u64),
    /// Its bytes cannot be had.
    #[error("the file cannot be read: {0}")]
    File(String),
    /// The reader ended without an answer.
    #[error("the reader ended without an answer: {0}")]
    Lost(String),
}

impl Unread {
    /// What to do about it.
    pub(crate) fn hint(&self) -> &'static str {
        match self {
            Self::Fault(Fault { cause: Cause::TooLarge { .. }, .. }) => "split the file, or raise --largest",
            Self::Fault(fault) => fault.hint(),
            Self::Time(_) => "split the file, or raise --seconds; a short file that takes long may be built to do so",
            Self::Memory(_) => "split the file, or raise --memory; a small file that takes much may be built to do so",
            Self::File(_) => "check the path and its permissions",
            Self::Lost(_) => "the other documents are not affected; please report the file if it may be shared",
        }
    }
}

/// Reads a document in a process of its own.
pub(crate) fn read(path: &Path, name: &str, bounds: Bounds) -> Result<Document, Unread> {
    answer(&ask(path, &["--name", name], bounds)?, bounds)
}

/// The picture of a scanned page, as a Netpbm file; none where it cannot be had.
pub(super) fn picture(path: &Path, page: u32, bounds: Bounds) -> Option<Vec<u8>> {
    let output = ask(path, &["--name", "a picture", "--picture", &page.to_string()], bounds).ok()?;
    (output.status.success() && !output.stdout.is_empty()).then_some(output.stdout)
}

/// Starts the process and waits for what it says.
fn ask(path: &Path, options: &[&str], bounds: Bounds) -> Result<Output, Unread> {
    let lost = |error: io::Error| Unread::Lost(error.to_string());
    let program = std::env::current_exe().map_err(lost)?;
    let bytes = bounds.largest.saturating_mul(MIB).to_string();
    let mut command = Command::new(program);
    command.arg("read-document").args(options).args(["--bytes", &bytes, "--"]).arg(path).stdin(Stdio::null());
    wait(&mut command, None, bounds)
}

/// Runs a program within the bounds of a document, with these bytes as its input.
pub(super) fn wait(command: &mut Command, input: Option<&[u8]>, bounds: Bounds) -> Result<Output, Unread> {
    let lost = |error: io::Error| Unread::Lost(error.to_string());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(lost)?;
    let (to, time) = (child.stdin.take(), Duration::from_secs(bounds.seconds));
    let limited = child.controlled_with_output().time_limit(time);
    #[cfg(any(target_os = "linux", windows))]
    let limited = limited.memory_limit(usize::try_from(bounds.memory.saturating_mul(MIB)).unwrap_or(usize::MAX));
    let output = std::thread::scope(|scope| {
        if let (Some(mut to), Some(input)) = (to, input) {
            // a program that ends before it has read everything says why by itself
            scope.spawn(move || to.write_all(input).unwrap_or_default());
        }
        limited.terminate_for_timeout().wait()
    });
    output.map_err(lost)?.ok_or(Unread::Time(bounds.seconds))
}

/// What the process said.
fn answer(output: &Output, bounds: Bounds) -> Result<Document, Unread> {
    let told = String::from_utf8_lossy(&output.stderr);
    if told.contains("memory allocation of") {
        return Err(Unread::Memory(bounds.memory));
    }
    if !output.status.success() {
        let last = told.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("no word");
        return Err(Unread::Lost(format!("{last} ({})", output.status)));
    }
    let read: Result<Document, Fault> =
        serde_json::from_slice(&output.stdout).map_err(|error| Unread::Lost(error.to_string()))?;
    read.map_err(Unread::Fault)
}

/// What that process does: reads the document and writes it, or its fault, as JSON; or writes the picture of a page.
pub(crate) fn write_answer(options: &ReadDocument) -> io::Result<()> {
    let limits = Limits { bytes: options.bytes, ..Limits::default() };
    let bytes = fs::read(&options.path)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    match options.picture {
        Some(page) => out.write_all(&plumb_document::page_picture(&bytes, page, &limits).unwrap_or_default())?,
        None => serde_json::to_writer(&mut out, &plumb_document::read(&bytes, &options.name, &limits))?,
    }
    out.flush()
}

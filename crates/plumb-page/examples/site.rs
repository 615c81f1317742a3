//! Reads a case folder and writes its site: `cargo run -p plumb-page --example site -- CASE OUT`.
//!
//! For work on the pages; `plumb build` is the command for readers.

use std::path::Path;
use std::time::Instant;
use std::{env, fs, io};

use plumb_account::Account;
use plumb_read::{Folder, read};

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [case, out] = arguments.as_slice() else {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "say which case and where to write: CASE OUT"));
    };
    let reading = read(&Folder::from_disk(Path::new(case)));
    let account = Account::compile(reading.case, reading.diagnostics, None);
    let start = Instant::now();
    let site = plumb_page::site(&account);
    let bytes: usize = site.files.values().map(Vec::len).sum();
    eprintln!("{} files, {} kB, made in {:?}", site.files.len(), bytes / 1000, start.elapsed());
    for (path, bytes) in &site.files {
        let path = Path::new(out).join(path);
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(path, bytes)?;
    }
    Ok(())
}

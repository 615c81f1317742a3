//! Watching a case: when its files change, a new edition takes the place of the last.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use plumb_account::Account;

use crate::serve::Event;
use crate::workbench::Workbench;

/// Where a workbench gets its account from.
pub struct Source {
    /// A number that changes when a file of the case does.
    pub fingerprint: Box<dyn Fn() -> u64 + Send + Sync>,
    /// Reads and compiles the case; an error is told to readers and leaves the last account in place.
    pub load: Box<dyn Fn() -> Result<Account, String> + Send + Sync>,
}

impl Source {
    /// A source from two functions.
    pub fn new(
        fingerprint: impl Fn() -> u64 + Send + Sync + 'static,
        load: impl Fn() -> Result<Account, String> + Send + Sync + 'static,
    ) -> Self {
        Self { fingerprint: Box::new(fingerprint), load: Box::new(load) }
    }
}

/// Looks at the case every so often. A change is taken up when two looks in a row see the same, so that a file which is being
/// written is not read in the middle.
pub(crate) async fn watch(
    workbench: Workbench,
    source: Arc<Source>,
    loaded: u64,
    every: Duration,
    report: Arc<dyn Fn(Event) + Send + Sync>,
) {
    let (mut loaded, mut last) = (loaded, loaded);
    loop {
        tokio::time::sleep(every).await;
        let looked = source.clone();
        let Ok(now) = tokio::task::spawn_blocking(move || (looked.fingerprint)()).await else { continue };
        let settled = std::mem::replace(&mut last, now) == now;
        if settled && now != loaded {
            loaded = now;
            report(reload(&workbench, source.clone()).await);
        }
    }
}

async fn reload(workbench: &Workbench, source: Arc<Source>) -> Event {
    let bench = workbench.clone();
    let load = move || {
        let account = (source.load)()?;
        bench.replace(account).map_err(|error| error.to_string())
    };
    let fault = "the case could not be compiled; that is a fault of the program, please report it with the case";
    let loaded = tokio::task::spawn_blocking(load).await.unwrap_or_else(|_panic| Err(fault.to_owned()));
    match loaded {
        Ok(()) => Event::Reloaded { account: workbench.current().account().hash.clone() },
        Err(problem) => {
            workbench.keep(problem.clone());
            Event::Kept { problem }
        }
    }
}

/// Folders in folders at most, so that a circle of links ends.
const DEEPEST: usize = 16;

/// A number made of the paths, sizes and times of change of the files of a folder. Hidden files are passed over: editors keep
/// their own there. A folder that cannot be read has a number too.
pub fn fingerprint(folder: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    enter(folder, 0, &mut hasher);
    hasher.finish()
}

fn enter(folder: &Path, depth: usize, hasher: &mut DefaultHasher) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<_> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    for path in paths {
        let hidden = path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
        let Ok(found) = fs::metadata(&path) else { continue };
        if hidden {
            continue;
        }
        if found.is_dir() && depth < DEEPEST {
            enter(&path, depth + 1, hasher);
        } else {
            (&path, found.len(), found.modified().ok()).hash(hasher);
        }
    }
}

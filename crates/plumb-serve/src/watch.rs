//! Watching a case and lists: when their files change, what is made of them anew takes the place of the last.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use plumb_account::Account;

use crate::screening::{Dataset, Screening};
use crate::serve::Event;
use crate::workbench::Workbench;

/// Where what is served comes from: the account of a case, or the lists.
pub struct Source<T = Account> {
    /// A number that changes when a file of it does.
    pub fingerprint: Box<dyn Fn() -> u64 + Send + Sync>,
    /// Reads it; an error is told to readers and leaves the last in place.
    pub load: Box<dyn Fn() -> Result<T, String> + Send + Sync>,
}

impl<T> Source<T> {
    /// A source from two functions.
    pub fn new(
        fingerprint: impl Fn() -> u64 + Send + Sync + 'static,
        load: impl Fn() -> Result<T, String> + Send + Sync + 'static,
    ) -> Self {
        Self { fingerprint: Box::new(fingerprint), load: Box::new(load) }
    }
}

/// What is done with what was read again.
pub(crate) type Take<T> = Arc<dyn Fn(Result<T, String>) -> Event + Send + Sync>;

/// Looks at a source every so often. A change is taken up when two looks in a row see the same, so that a file which is being
/// written is not read in the middle.
pub(crate) async fn watch<T: 'static>(
    source: Arc<Source<T>>,
    loaded: u64,
    every: Duration,
    take: Take<T>,
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
            report(reload(source.clone(), take.clone()).await);
        }
    }
}

async fn reload<T: 'static>(source: Arc<Source<T>>, take: Take<T>) -> Event {
    let taken = take.clone();
    let fault = "it could not be read; that is a fault of the program, please report it with the files";
    let loaded = tokio::task::spawn_blocking(move || taken((source.load)())).await;
    loaded.unwrap_or_else(|_panic| take(Err(fault.to_owned())))
}

/// Gives a workbench each new account.
pub(crate) fn to_workbench(workbench: Workbench) -> Take<Account> {
    Arc::new(move |loaded| {
        match loaded.and_then(|account| workbench.replace(account).map_err(|error| error.to_string())) {
            Ok(()) => Event::Reloaded { account: workbench.current().account().hash.clone() },
            Err(problem) => {
                workbench.keep(problem.clone());
                Event::Kept { problem }
            }
        }
    })
}

/// Gives the desk of the API newer lists.
pub(crate) fn to_screening(screening: Screening) -> Take<Vec<Dataset>> {
    Arc::new(move |loaded| match loaded {
        Ok(lists) => {
            let lists_now = lists.len();
            screening.replace(lists);
            Event::ListsReloaded { lists: lists_now }
        }
        Err(problem) => {
            screening.keep();
            Event::ListsKept { problem }
        }
    })
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

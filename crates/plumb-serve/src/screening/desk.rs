//! The desk at which requests are worked on: what they are answered from, and how many at once.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use plumb_names::Reader;
use plumb_screen::index::Workspace;
use plumb_screen::score::Scorer;
use tokio::sync::Semaphore;

use super::dataset::Dataset;
use super::fault::Fault;
use crate::workbench::Workbench;

/// What answers the API. Clones are handles to the same desk.
#[derive(Clone)]
pub struct Screening {
    shared: Arc<Shared>,
}

struct Shared {
    workbench: Option<Workbench>,
    lists: RwLock<Vec<Arc<Dataset>>>,
    /// Whether newer lists are kept that could not be loaded.
    is_stale: AtomicBool,
    scorer: Scorer,
    workspaces: Mutex<Vec<Workspace>>,
    readers: Mutex<Vec<Reader>>,
    seats: Arc<Semaphore>,
}

/// What a piece of work has at hand.
pub(crate) struct Work {
    shared: Arc<Shared>,
    /// The datasets as they were when the work began.
    pub(crate) datasets: Vec<Arc<Dataset>>,
    given_up: Arc<AtomicBool>,
}

/// Tells the work of a request that nobody waits for it any more.
struct Waiting(Arc<AtomicBool>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// The scorer could not be made; that points to a fault of the program.
#[derive(Debug, thiserror::Error)]
#[error("the weights of the program cannot be read: {0}; please report this")]
pub struct ScorerError(#[from] plumb_screen::score::model::ModelError);

impl Screening {
    /// A desk over lists, and over the actors of a case if there is one.
    ///
    /// # Errors
    /// When the weights that come with the program cannot be read, which is a fault of the program.
    pub fn new(lists: Vec<Dataset>, workbench: Option<Workbench>) -> Result<Self, ScorerError> {
        // scoring keeps a core busy, so more at once than there are cores would only wait for each other
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let shared = Shared {
            workbench,
            lists: RwLock::new(lists.into_iter().map(Arc::new).collect()),
            is_stale: AtomicBool::new(false),
            scorer: Scorer::built_in()?,
            workspaces: Mutex::default(),
            readers: Mutex::default(),
            seats: Arc::new(Semaphore::new(cores)),
        };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// All datasets: the case's own first, then the lists by name.
    pub(crate) fn datasets(&self) -> Vec<Arc<Dataset>> {
        let own = self.shared.workbench.as_ref().map(|workbench| workbench.current().dataset().clone());
        let lists = self.shared.lists.read().unwrap_or_else(PoisonError::into_inner);
        own.into_iter().chain(lists.iter().cloned()).collect()
    }

    /// Puts newer lists in place of those before. Requests that are being worked on keep theirs.
    pub(crate) fn replace(&self, lists: Vec<Dataset>) {
        let lists = lists.into_iter().map(Arc::new).collect();
        *self.shared.lists.write().unwrap_or_else(PoisonError::into_inner) = lists;
        self.shared.is_stale.store(false, Ordering::Relaxed);
    }

    /// Notes that newer lists are kept and could not be loaded.
    pub(crate) fn keep(&self) {
        self.shared.is_stale.store(true, Ordering::Relaxed);
    }

    /// Whether newer lists are kept than those that are answered from.
    pub(crate) fn is_stale(&self) -> bool {
        self.shared.is_stale.load(Ordering::Relaxed)
    }

    /// Does a piece of work away from the threads that read and write requests, when there is a seat for it.
    pub(crate) async fn work<T: Send + 'static>(
        &self,
        task: impl FnOnce(&Work) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let Ok(seat) = self.shared.seats.clone().acquire_owned().await else {
            return Err(Fault::Busy("The server is stopping."));
        };
        let given_up = Arc::new(AtomicBool::new(false));
        let _waiting = Waiting(given_up.clone());
        let work = Work { shared: self.shared.clone(), datasets: self.datasets(), given_up };
        let done = tokio::task::spawn_blocking(move || {
            let done = task(&work);
            drop(seat);
            done
        });
        match done.await {
            Ok(done) => done,
            // the panic goes on to the guard, which answers for it
            Err(error) => match error.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(_) => Err(Fault::Busy("The server is stopping.")),
            },
        }
    }
}

impl Work {
    /// The scorer.
    pub(crate) fn scorer(&self) -> &Scorer {
        &self.shared.scorer
    }

    /// Lends a workspace: room that searches keep between them.
    pub(crate) fn with_workspace<T>(&self, task: impl FnOnce(&mut Workspace) -> T) -> T {
        lend(&self.shared.workspaces, task)
    }

    /// Lends a reader of names, which remembers the words of earlier queries. There are no more of them than seats.
    pub(crate) fn with_reader<T>(&self, task: impl FnOnce(&mut Reader) -> T) -> T {
        lend(&self.shared.readers, task)
    }

    /// Ends work that nobody waits for any more.
    pub(crate) fn go_on(&self) -> Result<(), Fault> {
        if self.given_up.load(Ordering::Relaxed) { Err(Fault::Busy("The answer took too long.")) } else { Ok(()) }
    }
}

fn lend<L: Default, T>(from: &Mutex<Vec<L>>, task: impl FnOnce(&mut L) -> T) -> T {
    // what is lent is given back only when the task ends well, so the lock never guards anything broken
    let lent = from.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let mut lent = lent.unwrap_or_default();
    let done = task(&mut lent);
    from.lock().unwrap_or_else(PoisonError::into_inner).push(lent);
    done
}

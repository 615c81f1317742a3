//! Binding a port and serving until interrupted.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;

use crate::connections;
use crate::edit::{Editing, edit_router};
use crate::edition::EditionError;
use crate::routes::router;
use crate::screening::{Dataset, ScorerError, Screening, beside_workbench, screening_router};
use crate::watch::{Source, to_screening, to_workbench, watch};
use crate::workbench::Workbench;

/// How to serve.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// How often the case is looked at for changes.
    pub every: Duration,
}

impl Default for Options {
    /// Port 4173, a look every half second: soon enough to feel at once, rare enough to cost nothing.
    fn default() -> Self {
        Self { port: 4173, every: Duration::from_millis(500) }
    }
}

/// What happens while serving, for whoever started it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The server answers at this address.
    Listening(SocketAddr),
    /// A new edition took the place of the last.
    Reloaded {
        /// Hash of the account.
        account: String,
    },
    /// A new edition could not be made; the last one stays.
    Kept {
        /// Why.
        problem: String,
    },
    /// Newer lists took the place of those before.
    ListsReloaded {
        /// How many there are.
        lists: usize,
    },
    /// Newer lists could not be loaded; those before stay.
    ListsKept {
        /// Why.
        problem: String,
    },
}

/// Why serving did not begin, or ended.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The case or a list could not be loaded.
    #[error("{0}")]
    Load(String),
    /// The first edition could not be made.
    #[error(transparent)]
    Edition(#[from] EditionError),
    /// The port is taken or forbidden.
    #[error("cannot listen on {address}: {source}; choose another port with --port, or 0 for a free one")]
    Bind {
        /// The address.
        address: SocketAddr,
        /// Why not.
        source: io::Error,
    },
    /// The scorer could not be made.
    #[error(transparent)]
    Scorer(#[from] ScorerError),
    /// The server failed.
    #[error("the server stopped: {0}")]
    Io(#[from] io::Error),
}

/// What is served.
pub struct Served {
    /// The case, whose account is shown and whose actors are screened against; none for the API alone.
    pub case: Option<Source>,
    /// The lists to screen against, loaded anew when they change.
    pub lists: Source<Vec<Dataset>>,
    /// What lets claims be decided about; none when the case is only shown.
    pub edit: Option<Editing>,
}

/// Serves on 127.0.0.1 until the program is interrupted. Nothing is printed; `report` is told what happens.
///
/// # Errors
/// When the case or a list cannot be loaded, or the port cannot be had.
pub async fn serve(
    options: Options,
    served: Served,
    report: impl Fn(Event) + Send + Sync + 'static,
) -> Result<(), ServeError> {
    let report = Arc::new(report);
    let case = served.case.map(|source| opened(Arc::new(source))).transpose()?;
    let workbench = case.as_ref().map(|(workbench, ..)| workbench.clone());
    let lists = Arc::new(served.lists);
    let seen = (lists.fingerprint)();
    let screening = Screening::new((lists.load)().map_err(ServeError::Load)?, workbench.clone())?;
    let wanted = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), options.port);
    let refused = |source| ServeError::Bind { address: wanted, source };
    let listener = TcpListener::bind(wanted).await.map_err(refused)?;
    let address = listener.local_addr()?;
    let of_lists = watch(lists, seen, options.every, to_screening(screening.clone()), report.clone());
    let mut watching = vec![tokio::spawn(of_lists)];
    if let Some((workbench, source, seen)) = case {
        watching.push(tokio::spawn(watch(source, seen, options.every, to_workbench(workbench), report.clone())));
    }
    report(Event::Listening(address));
    let port = address.port();
    let routes = match workbench {
        Some(workbench) => {
            let routes = router(workbench.clone(), port).merge(beside_workbench(screening, port));
            match served.edit {
                Some(editing) => routes.merge(edit_router(editing, workbench, port)),
                None => routes,
            }
        }
        None => screening_router(screening, port),
    };
    connections::answer(listener, routes, interrupted()).await;
    watching.iter().for_each(tokio::task::JoinHandle::abort);
    Ok(())
}

/// The workbench of a case, and what the case looked like when it was read.
fn opened(source: Arc<Source>) -> Result<(Workbench, Arc<Source>, u64), ServeError> {
    let seen = (source.fingerprint)();
    let workbench = Workbench::new((source.load)().map_err(ServeError::Load)?)?;
    Ok((workbench, source, seen))
}

/// The same for a program without a runtime of its own.
///
/// # Errors
/// As [`serve`].
pub fn run(options: Options, served: Served, report: impl Fn(Event) + Send + Sync + 'static) -> Result<(), ServeError> {
    // one thread reads and writes requests for each core; what keeps a core busy is done on others, see `Screening`
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let served = runtime.block_on(serve(options, served, report));
    // a search or a reload that still runs need not be waited for
    runtime.shutdown_background();
    served
}

/// Waits for Ctrl-C, or on Unix for the signal by which other programs end one.
async fn interrupted() {
    let stop = tokio::signal::ctrl_c();
    #[cfg(unix)]
    if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        return either(stop, terminate.recv()).await;
    }
    // without a signal handler the server runs until the process ends
    if stop.await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Waits for the first of two.
#[cfg(unix)]
async fn either(one: impl Future, other: impl Future) {
    let (mut one, mut other) = (std::pin::pin!(one), std::pin::pin!(other));
    std::future::poll_fn(|context| {
        let ready = one.as_mut().poll(context).is_ready() || other.as_mut().poll(context).is_ready();
        if ready { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
}

//! Connections: at most so many, none that is slow to say what it wants, and all ended in order.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use crate::rest::read_to_the_end;

/// Connections at once. Each browser or program keeps a handful open; beyond this many new ones wait until others end.
const MOST_CONNECTIONS: usize = 512;

/// Time to send the head of a request, and to stay silent between two: programs on this machine need milliseconds.
const LONGEST_HEAD: Duration = Duration::from_secs(15);

/// Time that open requests have when the server is stopped. An answer takes at most ten seconds, and nobody waits for a stop so long.
const LONGEST_END: Duration = Duration::from_secs(3);

/// When no more files can be opened, a connection may end meanwhile.
const PAUSE: Duration = Duration::from_millis(100);

/// Answers connections until `stop` is done.
pub(crate) async fn answer(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let router = router.layer(from_fn(read_to_the_end));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(LONGEST_HEAD);
    let (ending, room) = (GracefulShutdown::new(), Arc::new(Semaphore::new(MOST_CONNECTIONS)));
    let mut stop = pin!(stop);
    loop {
        let accepted = async {
            let seat = room.clone().acquire_owned().await;
            (listener.accept().await, seat)
        };
        let mut accepted = pin!(accepted);
        let next = poll_fn(|context| match stop.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(None),
            Poll::Pending => accepted.as_mut().poll(context).map(Some),
        });
        match next.await {
            None => break,
            Some((Err(_too_many), _)) => tokio::time::sleep(PAUSE).await,
            Some((Ok((stream, _)), seat)) => {
                // answers are small and each is awaited: they must not be held back to be sent together
                let _ignored = stream.set_nodelay(true);
                let service = TowerToHyperService::new(router.clone());
                let connection = ending.watch(http.serve_connection(TokioIo::new(stream), service));
                tokio::spawn(async move {
                    // a connection that breaks off is the business of its other end
                    let _ended = connection.await;
                    drop(seat);
                });
            }
        }
    }
    // whoever does not end in time is cut off
    let _late = tokio::time::timeout(LONGEST_END, ending.shutdown()).await;
}

//! The rest of a request: what of its body is unread when its answer is ready.
//!
//! Most programs send a request whole before they look for the answer, and then the next over the same connection. If a body that is refused were
//! left unread, they would meet a connection that is closed under them instead of the refusal. So the rest is read and forgotten; where that
//! would take too much, the answer says that the connection ends with it.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Error;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use hyper::body::{Frame, SizeHint};
use tokio::sync::oneshot;
use tokio::time::timeout;

/// Bytes that are read only to be forgotten, at most: sixteen times the longest body that is answered, which is far more than a slip.
const MOST: usize = 64 << 20;

/// Time for it. On this machine such a body takes a tenth of a second; who sends slower is not about to send the next request.
const LONGEST: Duration = Duration::from_secs(2);

/// Answers a request, and sees to it that nothing of the request is left on the connection.
pub(crate) async fn read_to_the_end(request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let held_back = parts.headers.contains_key(header::EXPECT);
    let (back, mut returned) = oneshot::channel();
    let lent = Lent { rest: Some(Rest { body, held_back }), back: Some(back) };
    let mut answer = next.run(Request::from_parts(parts, Body::new(lent))).await;
    let ended = match returned.try_recv() {
        Ok(rest) => rest.forget().await,
        // a task that was given up still has it
        Err(_) => false,
    };
    if !ended {
        answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    answer
}

/// A body, of which a part may be read.
struct Rest {
    body: Body,
    /// Whether the sender waits to be told that the body is wanted. The first look at it tells so.
    held_back: bool,
}

impl Rest {
    /// Reads to the end; whether it was reached.
    async fn forget(mut self) -> bool {
        if self.body.is_end_stream() {
            return true;
        }
        let announced = usize::try_from(self.body.size_hint().lower()).unwrap_or(usize::MAX);
        if self.held_back || announced > MOST {
            return false;
        }
        let read = async {
            let mut length = 0_usize;
            while let Some(frame) = poll_fn(|context| Pin::new(&mut self.body).poll_frame(context)).await {
                let Ok(frame) = frame else { return false };
                length = length.saturating_add(frame.data_ref().map_or(0, Bytes::len));
                if length > MOST {
                    return false;
                }
            }
            true
        };
        timeout(LONGEST, read).await.unwrap_or(false)
    }
}

/// A body that returns when whoever reads it is done with it.
struct Lent {
    rest: Option<Rest>,
    back: Option<oneshot::Sender<Rest>>,
}

impl HttpBody for Lent {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let Some(rest) = &mut self.rest else { return Poll::Ready(None) };
        rest.held_back = false;
        Pin::new(&mut rest.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.rest.as_ref().is_none_or(|rest| rest.body.is_end_stream())
    }

    fn size_hint(&self) -> SizeHint {
        self.rest.as_ref().map_or_else(|| SizeHint::with_exact(0), |rest| rest.body.size_hint())
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let (Some(rest), Some(back)) = (self.rest.take(), self.back.take()) {
            // nobody takes it back when the connection has ended meanwhile
            let _ended = back.send(rest);
        }
    }
}

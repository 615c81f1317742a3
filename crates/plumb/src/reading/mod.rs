//! Reading documents: each in a process of its own, all cores at once, what is known already not again.

pub(crate) mod alone;
mod batch;
pub(crate) mod keys;
mod paths;
mod recognise;

pub(crate) use batch::{Batch, Outcome, Told};
pub(crate) use paths::{find, sha256};
pub(crate) use recognise::Tesseract;

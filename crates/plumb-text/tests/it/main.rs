//! Tests of the crate through its public interface.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "tests panic on what they do not expect, and print figures"
)]

mod article;
mod figures;
mod hostile;
mod score;
mod words;

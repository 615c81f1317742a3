//! The engines against known answers, their own laws, and bad input.
#![allow(
    clippy::allow_attributes,
    clippy::approx_constant,
    clippy::cast_lossless,
    clippy::cast_precision_loss,
    clippy::disallowed_methods,
    clippy::float_cmp,
    clippy::indexing_slicing,
    clippy::many_single_char_names,
    clippy::print_stdout,
    clippy::unreadable_literal,
    clippy::unwrap_used,
    reason = "a test compares with published digits, says what it skips, and stops when its set-up fails"
)]

mod count_known_answers;
mod count_properties;
mod count_published;
mod draws;
mod effects;
mod form;
mod language;
mod reconcile;
mod sensitivity;
mod shared;
mod simulate;
mod statistics;
mod stockflow;
mod xmile;

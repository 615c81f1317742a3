//! The compiled case: every finding with its derivation down to the words of a source.
//!
//! [`Account::compile`] runs the passes over a [`plumb_core::case::Case`]: the checks, the ledger of claims, the ranges
//! behind each headline, the contradictions, where the bearers of duties stand. [`Account::why`] answers for any of them.
//! Nothing here reads a file or a clock; the same case and the same day give the same account.

mod account;
pub mod address;
pub mod checks;
pub mod contradiction;
pub mod estimate;
pub mod expression;
pub mod index;
pub mod key;
pub mod ledger;
pub mod prose;
pub mod range;
pub mod referral;
pub mod signs;
pub mod trace;
pub mod why;

pub use account::{Account, HeadlineAnswer};
pub use key::Key;

//! A text held against an account: what each of its statements rests on.
//!
//! [`review`] takes an account, a document and its sentences, and gives each statement that can be checked a [`Verdict`] with
//! the claims for and against it, origins counted once however often they were copied, the account's own estimate, and what
//! would settle it. It compares measures, places, times and quantities, never wordings. What a text says that the case knows
//! nothing about is said to be not covered; sentences that carry nothing checkable stay silent.
//!
//! Pure: the same account and text give the same bytes.

mod annotations;
mod claim_review;
mod compare;
mod duty;
mod estimate;
mod evidence;
mod figure;
mod happening;
mod outcome;
mod presence;
mod reasons;
mod review;
mod share;
mod tension;
mod told;
mod verdict;
mod words;

pub use annotations::annotations;
pub use claim_review::{Publication, claim_reviews};
pub use outcome::{About, Checked, Estimated, Evidence, Review, Reviewed, Stance, Tension};
pub use review::{review, sentences};
pub use verdict::Verdict;

//! Claims that contradict one another: what can be true together, what cannot, what follows, how sure.
//!
//! [`reconcile`] holds claims against identities in intervals, and lists every minimal set of them that cannot all be true.
//! [`simulate`] runs uncertain parameters through a model, under other rules too; [`sensitivity`] says which of them drives the
//! result. [`count`] counts hidden populations from overlapping lists.
//! [`language`] reads the formulas of models, [`stockflow`] runs stocks and flows over many draws, and [`xmile`] exchanges
//! them with other programs. All of it is deterministic: a seed is an input, and `libm` gives the same digits on
//! every machine.

#![expect(
    clippy::float_cmp,
    clippy::many_single_char_names,
    clippy::needless_bitwise_bool,
    clippy::single_match_else,
    reason = "numerical code in the letters and exact comparisons of its papers"
)]

pub mod count;
pub mod draws;
pub mod form;
pub mod language;
mod matrix;
mod parallel;
pub mod reconcile;
pub mod sensitivity;
pub mod simulate;
pub mod statistics;
pub mod stockflow;
pub mod xmile;

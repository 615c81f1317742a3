//! The checks on small cases: each with a case that triggers it and one that does not, pointing at the right words.

mod arithmetic;
mod defects;
mod duties;
mod evidence;
mod robust;
mod settling;
mod small;

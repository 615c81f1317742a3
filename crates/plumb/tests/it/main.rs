//! Tests through the program and over the workspace, in one binary.

#![expect(clippy::unwrap_used, reason = "a test stops when its set-up fails")]

mod bad_input;
mod bad_model;
mod compare;
mod duties;
mod house;
mod indicators;
mod lists;
mod owed;
mod program;
mod read;
mod real_case;
mod review;
mod screen;
#[cfg(unix)] // it is ended by a signal
mod serve;
mod support;
mod trace;
mod weigh;
mod weigh_known;

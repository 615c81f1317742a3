//! Tests through the program and over the workspace, in one binary.

mod bad_input;
mod house;
mod program;
mod real_case;
mod support;

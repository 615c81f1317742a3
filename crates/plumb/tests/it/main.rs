//! Tests through the program and over the workspace, in one binary.

mod house;

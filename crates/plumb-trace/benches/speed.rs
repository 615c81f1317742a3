//! Speed: placeholder until the figures are in.
fn main() {}

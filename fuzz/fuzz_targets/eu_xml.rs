//! Any bytes as a list in the format `eu-xml`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plumb_screen::lists::{self, Format, Input, List, Report};

fuzz_target!(|bytes: &[u8]| {
    let Ok(input) = Input::new("list", std::io::Cursor::new(bytes.to_vec())) else { return };
    lists::read(Format::EuXml, &List::named("x"), vec![input], &mut Report::default(), &mut |_| {});
});

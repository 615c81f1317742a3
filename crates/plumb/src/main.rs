//! `plumb`: holds names, figures and texts against the evidence.
//!
//! The shell around the engines: it reads folders, writes files, knows the terminal and the exit codes, and decides nothing.

mod arguments;
mod commands;
mod exit;
mod load;
mod pairs;
mod parallel;
mod reading;
mod render;
mod screen;
mod terminal;
mod write;

use clap::Parser as _;

use crate::arguments::{Arguments, Command};
use crate::exit::Exit;

fn main() -> std::process::ExitCode {
    let arguments = Arguments::parse();
    let outcome = match &arguments.command {
        Command::Build(options) => commands::build::run(options),
        Command::Check(options) => commands::check::run(options),
        Command::Why(options) => commands::why::run(options),
        Command::Export(options) => commands::export::run(options),
        Command::Serve(options) => commands::serve::run(options),
        Command::Trace(options) => commands::trace::run(options),
        Command::Weigh(options) => commands::weigh::run(options),
        Command::Read(options) => commands::read::run(options),
        Command::ReadDocument(options) => commands::read::run_alone(options),
        Command::Review(options) => commands::review::run(options),
        Command::Screen(options) => commands::screen::run(options),
        Command::Compare(options) => commands::compare::run(options),
        Command::Lists(options) => commands::lists::run(options),
        Command::Owed(options) => commands::owed::run(options),
        Command::Refer(options) => commands::refer::run(options),
        Command::Duties(options) => commands::duties::run(options),
        Command::Indicators(options) => commands::indicators::run(options),
        Command::New(options) => commands::new::run(options),
        Command::Explain(options) => commands::explain::run(options),
    };
    outcome
        .unwrap_or_else(|failure| {
            terminal::failure(&*failure);
            Exit::Failed
        })
        .into()
}

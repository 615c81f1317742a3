//! Exit codes, the same for every command.

/// How a run ended; the later, the worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// 0: done; the case has no error (with `--strict`: no warning either).
    Done,
    /// 1: done as far as could be; the case has errors (with `--strict`: or warnings), the figure asked for is unknown,
    /// or names look like entries of a list.
    Findings,
    /// 3: a file could not be read or written, a port could not be opened.
    Failed,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        // 2 is given by the argument parser for wrong usage
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Findings => 1,
            Exit::Failed => 3,
        })
    }
}

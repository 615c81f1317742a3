//! The account as files of other tools.

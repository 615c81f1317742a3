//! The workbench: the current edition, and the trouble with making a newer one.

use std::sync::{Arc, PoisonError, RwLock};

use plumb_account::Account;

use crate::edition::{Edition, EditionError};

/// Holds the current edition of an account. Clones are handles to the same workbench.
#[derive(Clone)]
pub struct Workbench {
    state: Arc<RwLock<State>>,
}

struct State {
    edition: Arc<Edition>,
    problem: Option<String>,
}

impl Workbench {
    /// A workbench with a first edition.
    ///
    /// # Errors
    /// When the edition cannot be made.
    pub fn new(account: Account) -> Result<Self, EditionError> {
        let state = State { edition: Arc::new(Edition::new(account)?), problem: None };
        Ok(Self { state: Arc::new(RwLock::new(state)) })
    }

    /// The current edition. Whoever holds it keeps it, also when a newer one takes its place.
    pub fn current(&self) -> Arc<Edition> {
        self.state.read().unwrap_or_else(PoisonError::into_inner).edition.clone()
    }

    /// Why the current edition is not the newest, if it is not.
    pub fn problem(&self) -> Option<String> {
        self.state.read().unwrap_or_else(PoisonError::into_inner).problem.clone()
    }

    /// Puts a new edition in place of the current one. It is made first, so readers wait for nothing.
    ///
    /// # Errors
    /// When the edition cannot be made; the current one then stays.
    pub fn replace(&self, account: Account) -> Result<(), EditionError> {
        let edition = Arc::new(Edition::new(account)?);
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = State { edition, problem: None };
        Ok(())
    }

    /// Notes that a newer edition could not be made. The current one stays.
    pub fn keep(&self, problem: impl Into<String>) {
        self.state.write().unwrap_or_else(PoisonError::into_inner).problem = Some(problem.into());
    }
}

//! Reconciling claims under identities, in three layers: intervals, least squares, right or wrong.

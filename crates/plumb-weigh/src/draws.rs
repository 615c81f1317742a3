//! Draws: reproducible random numbers, keyed by seed and parameter, so that one more parameter leaves the others alone.

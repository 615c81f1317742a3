//! Statistics that the engines share: quantiles, the normal distribution, special functions.

//! Stocks and flows over time, under scenarios, from uncertain parameters.

//! Counting the hidden: the size of a population from lists that overlap.

//! The account over HTTP on loopback.

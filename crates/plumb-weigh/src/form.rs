//! Forms: how an uncertain quantity is stated, and the distribution that it means.

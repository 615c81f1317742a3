//! Which words of a page are its article.
//!
//! For now: what does not stand in navigation, asides and footers.

use super::element::Role;
use super::tree::{Event, Tree};

/// For each event whether it belongs to the article.
pub(super) fn main(tree: &Tree) -> Vec<bool> {
    let mut outside = 0_u32;
    let mut stack: Vec<bool> = Vec::new();
    let mut main = Vec::with_capacity(tree.events.len());
    for event in &tree.events {
        match event {
            Event::Open(element) => {
                let aside = element.role == Role::Aside;
                outside += u32::from(aside);
                stack.push(aside);
            }
            Event::Close(_) => outside -= u32::from(stack.pop().unwrap_or(false)),
            _ => {}
        }
        main.push(outside == 0);
    }
    main
}

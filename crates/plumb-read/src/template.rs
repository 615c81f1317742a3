//! stub
use crate::Folder;
/// stub
pub fn new_case(_t: &str) -> Folder {
    Folder::default()
}

//! A name as bytes, for an index on disk. Forms that follow from others are left out and made again.

use crate::name::Name;

/// The bytes are not a name that this version wrote.
#[derive(Debug, thiserror::Error)]
#[error("not a stored name ({0}); build the index again with this version")]
pub struct BadBytes(#[from] postcard::Error);

impl Name {
    /// The name as bytes, about a hundred for a person. Readable only by the version that wrote them: keep a version beside them.
    ///
    /// # Errors
    /// Only if memory for the bytes cannot be had.
    pub fn to_bytes(&self) -> Result<Vec<u8>, BadBytes> {
        Ok(postcard::to_allocvec(self)?)
    }

    /// Reads what [`Name::to_bytes`] wrote, without analysing the text again.
    ///
    /// # Errors
    /// If the bytes are cut, damaged or of another version. Never panics.
    pub fn from_bytes(bytes: &[u8]) -> Result<Name, BadBytes> {
        let mut name: Name = postcard::from_bytes(bytes)?;
        for part in &mut name.parts {
            part.derive();
        }
        Ok(name)
    }
}

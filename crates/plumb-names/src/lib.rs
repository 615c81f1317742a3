//! A name in any script as comparable forms.

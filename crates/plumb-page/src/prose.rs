//! Prose for pages: Markdown with live references as HTML.

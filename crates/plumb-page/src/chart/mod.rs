//! Charts as hand-clean SVG: few elements, classes instead of inline styles, text as text, a title and a text alternative.

//! Markdown.

use crate::support::{blocks, read};

#[test]
fn markup_is_kept_out_of_the_text() {
    let text = "# The *claim*\n\nSaid [he](http://a.example),\nand more[^1].\n\n> quoted\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[^1]: A note.\n\n```\ncode\n```\n";
    let document = read(text, "a.md");
    assert_eq!(
        blocks(&document),
        [
            "Heading(1) en The claim",
            "Paragraph en Said he, and more.",
            "Quotation en quoted",
            "Item en one",
            "Item en two",
            "Cell { table: 0, row: 1, column: 1 } en a",
            "Cell { table: 0, row: 1, column: 2 } en b",
            "Cell { table: 0, row: 2, column: 1 } en 1",
            "Cell { table: 0, row: 2, column: 2 } en 2",
            "Footnote en A note.",
            "Code en code",
        ]
    );
}

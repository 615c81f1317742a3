//! Markdown.

use crate::support::{blocks, read};

#[test]
fn markup_is_kept_out_of_the_text() {
    let text = "# The *claim*\n\nSaid [he](http://a.example),\nand more[^1].\n\n> quoted\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[^1]: A note.\n\n```\ncode\n```\n";
    let document = read(text, "a.md");
    assert_eq!(
        blocks(&document),
        [
            "Heading(1) ? The claim",
            "Paragraph ? Said he, and more.",
            "Quotation ? quoted",
            "Item ? one",
            "Item ? two",
            "Cell { table: 0, row: 1, column: 1 } ? a",
            "Cell { table: 0, row: 1, column: 2 } ? b",
            "Cell { table: 0, row: 2, column: 1 } ? 1",
            "Cell { table: 0, row: 2, column: 2 } ? 2",
            "Footnote ? A note.",
            "Code ? code",
        ]
    );
}

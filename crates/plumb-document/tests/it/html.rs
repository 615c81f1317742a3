//! Web pages.

use crate::support::{blocks, notes, read};

#[test]
fn a_page_is_read_as_a_reader_sees_it() {
    let page = "<!DOCTYPE html><html lang=en><head><title>The  visas</title><meta name=author content='A. Writer'>
        <style>p { color: red }</style></head><body><nav><ul><li><a href=/>Home</a></ul></nav>
        <h1>Visas   issued</h1><p>Russia issued <b>9,000</b> visas<sup>1</sup>
        to them. More followed in the year after that one.<p>Second<br>line &amp; more
        <table><tr><th>Year<th colspan=2>Visas<tr><td>2017<td>4,000<td>a</table>
        <script>var x = '<p>no</p>'</script><!-- no --><footer>Imprint</footer>";
    let document = read(page, "visas.html");
    assert_eq!(document.property("title"), Some("The visas"));
    assert_eq!(document.property("author"), Some("A. Writer"));
    assert_eq!(
        blocks(&document),
        [
            "Item en (aside) Home",
            "Heading(1) en Visas issued",
            "Paragraph en Russia issued 9,000 visas1 to them. More followed in the year after that one.",
            "Paragraph en Second\nline & more",
            "Cell { table: 0, row: 1, column: 1 } en Year",
            "Cell { table: 0, row: 1, column: 2 } en Visas",
            "Cell { table: 0, row: 2, column: 1 } en 2017",
            "Cell { table: 0, row: 2, column: 2 } en 4,000",
            "Cell { table: 0, row: 2, column: 3 } en a",
            "Paragraph en (aside) Imprint",
        ]
    );
    assert!(document.notes.is_empty());
    let at = document.text.find("4,000").unwrap();
    assert_eq!(document.locator(&(at..at + 5)), "Table 1!B2");
}

#[test]
fn hidden_words_are_left_out_and_named() {
    let page = "<body><p>Seen<span style='display:none'>secret <b>one</b></span>.</p><p style='color: #FFF'>white</p>
        <p style='color:white;background:#000'>read</p><p style='font-size:1px'>tiny</p><p hidden>gone</p>
        <p style='position:absolute; left:-9999px'>far</p>";
    let document = read(page, "a.html");
    assert_eq!(document.text.as_str(), "Seen.\n\nread");
    assert_eq!(
        notes(&document),
        [
            "10 characters are marked as not to be shown: “secret one”",
            "5 characters have the colour of their background: “white”",
            "4 characters are too small to be seen: “tiny”",
            "4 characters are marked as not to be shown: “gone”",
            "3 characters stand beyond the edge of the page: “far”",
        ]
    );
}

#[test]
fn words_that_a_style_sheet_of_the_page_hides_are_left_out_and_named() {
    let page = "<head><style>/* .seen { display: none } */ @import url(x.css);
        .x, #y { display: none } p.small{font-size:0} .a { DISPLAY:none } .a.open { display: block }
        @media print { .seen { display: none } } @media screen { .z{visibility: hidden !important} }
        div > .seen { display: none } .seen:hover { display: none } .dark { background: #000 }
        .white { color: #FFF } .row { font-size: 0 } .row span { color: red }</style></head>
        <body><p class='seen'>seen</p><p class='lead x'>by class</p><p id=y>by id</p><p class=small>by tag and class</p>
        <div class=small>seen</div><p class='a open'>seen</p><p class=a>by class</p><p class=z style='visibility:visible'>important</p>
        <p class=white>white</p><div class=dark><p class=white>seen</p></div>
        <div class=row>small<span style='font-size:12px'>seen</span></div><style>.late { display: none }</style><p class=late>late</p>";
    let document = read(page, "a.html");
    assert_eq!(document.text.as_str(), "seen\n\nseen\n\nseen\n\nseen\n\nseen");
    let notes = notes(&document);
    for hidden in ["by class", "by id", "by tag and class", "important", "white", "small", "late"] {
        assert!(notes.iter().any(|note| note.contains(hidden)), "{hidden}: {notes:?}");
    }
}

#[test]
fn white_letters_of_a_whole_page_are_read() {
    let page = "<link rel=stylesheet href=dark.css><style>body { color: #fff } .dim { color: white }</style><body><p>seen<p class=dim>seen too";
    let document = read(page, "a.html");
    assert_eq!((document.text.as_str(), notes(&document).len()), ("seen\n\nseen too", 0));
    let page = "<style>body { color: #333 }</style><body><p>seen<p style='color: white'>white";
    assert_eq!(read(page, "a.html").text.as_str(), "seen");
}

#[test]
fn a_style_sheet_without_end_ends() {
    let rules: String = (0..20_000).map(|number| format!(".a.b{number}{{color:red}}")).collect();
    let page = format!("<style>{rules} .a{{{{{{@media</style>{}", "<p class='a b1'>words</p>".repeat(20_000));
    assert_eq!(read(page, "a.html").text.matches("words").count(), 20_000);
}

#[test]
fn a_page_that_is_nested_without_end_keeps_its_words() {
    let page = format!("<p>before{}deep{}<p>after", "<div>".repeat(200_000), "</div>".repeat(200_000));
    let document = read(&page, "a.html");
    assert_eq!(document.text.as_str(), "before\n\ndeep\n\nafter");
    assert_eq!(notes(&document), ["elements are nested deeper than 512"]);
}

#[test]
fn the_encoding_is_that_which_the_page_states() {
    let (bytes, ..) = encoding_rs::EUC_KR.encode("<html><meta charset='euc-kr'><p>조선 로동자");
    let document = read(&bytes, "a.html");
    assert_eq!((document.text.as_str(), notes(&document).len()), ("조선 로동자", 0));
}

#[test]
fn the_article_is_told_from_what_stands_around_it() {
    let prose = "The ministry said that 30,000 workers were abroad, that they earned little, and that the state kept most of it. ";
    let teaser = "<li><a href=/x>Ten things that you should know about the weather</a></li>".repeat(9);
    let page = format!(
        "<body><div class=menu>{teaser}</div><h1>Workers abroad</h1><div class=page><div class=story><p>{prose}<p>{prose}{prose}</div>
        <div class=related><ul>{teaser}</ul></div></div><div id=comments-list><p>I do not believe it.</div><footer>Imprint</footer>"
    );
    let document = read(&page, "a.html");
    let main: Vec<&str> = document
        .blocks
        .iter()
        .filter(|block| block.main)
        .map(|block| document.text.slice(block.range.clone()))
        .collect();
    assert_eq!(main.len(), 3, "{main:?}");
    assert_eq!(main[0], "Workers abroad");
    assert!(document.text.contains("I do not believe it."), "nothing is left out");
}

//! Languages of paragraphs.

use plumb_document::Language;

use crate::support::read;

fn languages(text: &str) -> Vec<Option<&'static str>> {
    read(text, "a.txt").blocks.iter().map(|block| block.language.map(Language::code)).collect()
}

#[test]
fn scripts_decide_and_short_paragraphs_follow_their_neighbours() {
    let text = "Some 30,000 workers were sent to Russia in 2017, the ministry said.\n\n2017\n\n\
        Около 30 тысяч рабочих находились в России.\n\nПонад 30 тисяч робітників перебували в Росії.\n\n\
        조선 로동자 3만여 명이 일하였다.\n\n約三萬名朝鮮工人在俄羅斯工作。\n\n北朝鮮の労働者は約3万人だった。\n\n\
        国务院第10号 決議를 리행한 로동자\n\nТухайн үед 1200 ажилчин байсан.\n\nKim";
    assert_eq!(languages(text), ["en", "en", "ru", "uk", "ko", "zh", "ja", "ko", "mn", "en"].map(Some));
    assert_eq!(languages("Kim"), [None], "three letters are in no language");
    assert_eq!(languages("조선 로동자 3만여 명\n\nKim"), [Some("ko"), None], "and not in Korean");
}

#[test]
fn languages_in_latin_letters_are_told_apart() {
    let sentences = [
        ("en", "The workers were paid less than a third of what their employer had transferred to the company."),
        ("fr", "Les travailleurs ont reçu moins d'un tiers de ce que leur employeur avait versé à la société."),
        (
            "de",
            "Die Arbeiter erhielten weniger als ein Drittel dessen, was ihr Arbeitgeber der Firma überwiesen hatte.",
        ),
        ("es", "Los trabajadores recibieron menos de un tercio de lo que su empleador había pagado a la empresa."),
        ("pl", "Robotnicy otrzymali mniej niż jedną trzecią tego, co ich pracodawca przekazał spółce."),
    ];
    for (code, sentence) in sentences {
        assert_eq!(languages(sentence), [Some(code)], "{sentence}");
    }
}

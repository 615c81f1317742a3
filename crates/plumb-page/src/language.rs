//! The language of a name or title, as far as its script and its source tell, for the `lang` attribute.

use plumb_core::case::Source;

/// The language of a name by its script, where the script tells: Hangul is Korean, kana Japanese, Han Chinese, Cyrillic
/// Russian, Arabic script Arabic. The script of most letters decides; Latin says nothing.
///
/// Hangul and kana outweigh Han, which Korean and Japanese use as well.
pub(crate) fn language_of(text: &str) -> &'static str {
    let mut counts = [("ko", 0_usize), ("ja", 0), ("zh", 0), ("ru", 0), ("ar", 0), ("", 0)];
    for letter in text.chars().filter(|letter| letter.is_alphabetic()) {
        let language = match u32::from(letter) {
            0x1100..=0x11ff | 0x3130..=0x318f | 0xac00..=0xd7ff => "ko",
            0x3040..=0x30ff => "ja",
            0x2e80..=0x2fdf | 0x3400..=0x9fff | 0xf900..=0xfaff | 0x2_0000..=0x3_ffff => "zh",
            0x0400..=0x052f => "ru",
            0x0600..=0x06ff | 0x0750..=0x077f | 0xfb50..=0xfdff | 0xfe70..=0xfeff => "ar",
            _ => "",
        };
        counts.iter_mut().filter(|(known, _)| *known == language).for_each(|(_, count)| *count += 1);
    }
    let of = |language: &str| counts.iter().find(|(known, _)| *known == language).map_or(0, |(_, count)| *count);
    let east = of("ko") + of("ja") + of("zh");
    if east > of("ru") + of("ar") + of("") {
        return ["ko", "ja"].into_iter().find(|language| of(language) > 0).unwrap_or("zh");
    }
    counts.iter().max_by_key(|(_, count)| *count).map_or("", |(language, _)| language)
}

/// The language of a source's title: that of the source where the title is in its script. A title in another script is
/// a translation; one in brackets is a description in the language of the case, and has none here.
pub(crate) fn title_language(source: &Source) -> &str {
    /// Languages that are not written in Latin letters, with the one that [`language_of`] names for their script.
    const SCRIPTS: [(&str, &str); 13] = [
        ("ar", "ar"),
        ("be", "ru"),
        ("bg", "ru"),
        ("fa", "ar"),
        ("ja", "ja"),
        ("kk", "ru"),
        ("ko", "ko"),
        ("mn", "ru"),
        ("ru", "ru"),
        ("sr", "ru"),
        ("uk", "ru"),
        ("ur", "ar"),
        ("zh", "zh"),
    ];
    let code = source.language.split('-').next().unwrap_or_default();
    let own = SCRIPTS.iter().find(|(language, _)| *language == code).map_or("", |(_, script)| script);
    let seen = language_of(&source.title);
    let described = source.title.starts_with('(');
    match seen {
        "" if described || !own.is_empty() => "",
        seen if seen == own || (seen == "zh" && matches!(own, "ja" | "ko")) => &source.language,
        seen => seen,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_of_most_letters_tells_the_language() {
        for (text, language) in [
            ("만수대창작사", "ko"),
            ("延边银星网络科技有限公司", "zh"),
            ("ООО Мокран", "ru"),
            ("さくら建設", "ja"),
            ("شركة", "ar"),
            ("Chol Hyun 철현 Construction", ""),
            ("韓國 대학교", "ko"),
            ("Chŏn Kyŏngsu", ""),
            ("123", ""),
            ("", ""),
        ] {
            assert_eq!(language_of(text), language, "{text}");
        }
    }

    #[test]
    fn a_title_is_in_the_language_of_its_source_where_its_script_says_so() {
        let folder: plumb_read::Folder = [(
            "sources.csv",
            "id,publisher,title,language\n\
             a,P,Рабочие в порту,ru\n\
             b,P,(report on workers),ru\n\
             c,P,Workers in the port,ru\n\
             d,P,Работници,bg\n\
             e,P,Arbeiter im Hafen,de\n\
             f,P,朝鮮労働者,ja\n\
             g,P,Рабочие,en\n",
        )]
        .into_iter()
        .collect();
        let case = plumb_read::read(&folder).case;
        let languages: Vec<&str> = case.sources.iter().map(title_language).collect();
        assert_eq!(languages, ["ru", "", "", "bg", "de", "ja", "ru"]);
    }
}

//! Patronymics of Russian, Ukrainian and Belarusian, and the names of fathers that they are made from: Sergeevich and Siarheevich are one.

use crate::hash;
use crate::name::Part;
use crate::script::Script;
use crate::spelling;
use crate::variants::{self, Groups};

/// Endings in the systems of English and German. Serbian family names in -ović and -ić end otherwise.
const LATIN: [&str; 18] = [
    "ovich", "evich", "avich", "ovych", "evych", "ovitch", "evitch", "owitsch", "ewitsch", "ovna", "evna", "ivna",
    "owna", "auna", "euna", "iuna", "inichna", "ilich",
];

/// Endings in Cyrillic letters, as they are once й, ё, ї and ў have lost their marks.
const CYRILLIC: [&str; 13] =
    ["ович", "евич", "авич", "овіч", "евіч", "авіч", "овна", "евна", "івна", "ауна", "еуна", "инична", "інічна"];

/// Whether a word in Latin letters, or romanised, is built as a patronymic.
pub(crate) fn is_patronymic(latin: &str) -> bool {
    // all end in h or a
    latin.ends_with(['h', 'a']) && stem(latin, &LATIN).is_some()
}

/// Whether two patronymics are made from names that the table of variants joins.
pub(crate) fn share_fathers(l: &Part, r: &Part) -> bool {
    variants::share(father(l), father(r))
}

/// The groups of variants of the father's name, none if no table holds it.
fn father(part: &Part) -> Groups {
    if part.script == Script::Cyrillic {
        let stem = stem(&part.folded, &CYRILLIC).unwrap_or_default();
        // Сергеевич, Васильевич: Сергей, Василий
        let softened = stem.strip_suffix('ь').map(|hard| format!("{hard}ии"));
        let names = [Some(format!("{stem}и")), softened, Some(stem.to_owned())];
        return groups(names.iter().flatten().map(|name| hash::hash(name)));
    }
    let stem = stem(&part.latin, &LATIN).unwrap_or_default();
    let names = [format!("{stem}i"), stem.to_owned()];
    groups(names.iter().map(|name| hash::hash(&spelling::key(name))))
}

/// What a word is without one of these endings, if letters remain.
fn stem<'a>(word: &'a str, endings: &[&str]) -> Option<&'a str> {
    endings.iter().find_map(|ending| word.strip_suffix(ending)).filter(|stem| stem.len() > 1)
}

/// The groups of the first of these names that the table holds.
fn groups(hashes: impl Iterator<Item = u64>) -> Groups {
    hashes.map(variants::groups_of).find(|groups| !groups.is_empty()).unwrap_or_default()
}

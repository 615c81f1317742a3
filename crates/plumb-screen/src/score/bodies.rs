//! Bodies that go by names which no rule leads from one to the other: FSB and Федеральная служба безопасности.

use std::collections::HashMap;
use std::sync::LazyLock;

use plumb_names::{Kind, Name, Part, Role, Script, analyse};

/// A body of the table.
#[derive(Clone, Copy)]
struct Body {
    /// The first of its names.
    first: &'static str,
    /// Whether it may have a legal form: `FSB GmbH` is no service of a state.
    is_firm: bool,
}

/// The bodies by the words of all their names.
static BODIES: LazyLock<HashMap<String, Body>> = LazyLock::new(|| {
    let rows = include_str!("../../data/bodies.txt").lines().filter_map(|row| row.split_once('\t'));
    let all = rows.flat_map(|(kind, names)| {
        let first = names.split('|').next().unwrap_or_default();
        names.split('|').map(move |name| (name, Body { first, is_firm: kind == "firm" }))
    });
    let read = all.map(|(name, body)| (words(&analyse(name, Kind::Organisation)), body));
    read.filter(|(words, _)| !words.is_empty()).collect()
});

/// What a word for "company" means.
static COMPANY: LazyLock<u32> = LazyLock::new(|| {
    let company = analyse("Trading Company", Kind::Organisation);
    company.parts.last().map_or(0, |part| part.concept)
});

/// The name that all names of a body have in common, if this is one of a known body, as a whole: of a part of a name it would make the
/// whole out of a branch.
pub(super) fn first_name(name: &Name) -> Option<&'static str> {
    let has_form = name.parts.iter().any(|part| part.role == Role::LegalForm);
    BODIES.get(&words(name)).filter(|body| body.is_firm || !has_form).map(|body| body.first)
}

/// The words of a name that do not come and go, written together: in which parts it is read differs with the signs between them.
fn words(name: &Name) -> String {
    // what is written without blanks may be a part of the name: 기업은행, the Industrial Bank
    let is_company = |part: &Part| part.concept == *COMPANY && !matches!(part.script, Script::Hangul | Script::Han);
    let stays = |part: &&Part| !matches!(part.role, Role::LegalForm | Role::Stop) && !is_company(part);
    let mut words = String::with_capacity(64);
    for part in name.parts.iter().filter(stays) {
        words.extend(part.folded.chars().filter(|letter| *letter != ' '));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::first_name;
    use plumb_names::{Kind, analyse};

    #[test]
    fn names_of_one_body_have_one_first_name() {
        let first = |name| first_name(&analyse(name, Kind::Organisation));
        assert_eq!(first("ФСБ России"), Some("fsb"));
        assert_eq!(first("Federalnaya Sluzhba Bezopasnosti"), Some("fsb"));
        assert_eq!(first("Petróleos de Venezuela S.A."), first("PDVSA"));
        assert!(first("PDVSA").is_some() && first("FSB GmbH").is_none());
        assert_eq!((first("PDVSA Petro Sur"), first("Federal Service"), first("")), (None, None, None));
    }
}

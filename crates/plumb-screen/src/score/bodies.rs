//! Bodies that are known by letters: a name that is one of a body's stands for it, in whatever language. First letters alone would not tell:
//! three of them are the first letters of some name of any long list.

use std::collections::HashMap;
use std::sync::LazyLock;

use plumb_names::{Kind, Name, Part, Role, analyse};

/// A body of the table.
#[derive(Clone, Copy)]
struct Body {
    /// The name by which all of its names are compared.
    name: &'static str,
    is_state: bool,
}

static BODIES: LazyLock<HashMap<String, Body>> = LazyLock::new(|| {
    let mut bodies = HashMap::new();
    for row in include_str!("../../data/bodies.tsv").lines().filter(|row| !row.starts_with('#')) {
        let [kind, name, others] = row.split('\t').collect::<Vec<_>>()[..] else { continue };
        let body = Body { name, is_state: kind == "state" };
        for other in others.split('|').chain([name]) {
            bodies.entry(words(&analyse(other, Kind::Organisation))).or_insert(body);
        }
    }
    bodies
});

/// Letters of a word that is taken for those of a state body only where it stands alone: "FSB Ltd" is another.
const LONGEST_LETTERS: usize = 5;

/// The name by which a body is compared that has this name among its others.
pub(super) fn full_name(name: &Name) -> Option<&'static str> {
    let told = || name.parts.iter().filter(|part| tells(part));
    let is_letters = told().nth(1).is_none() && told().all(|part| part.folded.chars().count() <= LONGEST_LETTERS);
    let has_form = name.parts.iter().any(|part| part.role == Role::LegalForm);
    let body = BODIES.get(&words(name))?;
    (!(body.is_state && is_letters && has_form)).then_some(body.name)
}

/// Whether both names are of bodies of the table, and of two: these are often made of the same words.
pub(super) fn are_two(one: &Name, other: &Name) -> bool {
    let may_be = |name: &Name| matches!(name.kind, Kind::Organisation | Kind::Entity);
    may_be(one) && may_be(other) && full_name(one).zip(full_name(other)).is_some_and(|(one, other)| one != other)
}

/// The words of a name that are no legal forms or links, written together: Han and Hangul are, and others may be. All words where it has no others.
fn words(name: &Name) -> String {
    let has_others = name.parts.iter().any(tells);
    let told = name.parts.iter().filter(|part| !has_others || tells(part));
    told.map(|part| part.folded.replace(' ', "")).collect()
}

/// "Company" stands as forms do: NEC Corporation.
fn tells(part: &Part) -> bool {
    static COMPANY: LazyLock<Option<u32>> = LazyLock::new(|| {
        let name = analyse("NEC Corporation", Kind::Organisation);
        name.parts.last().map(|part| part.concept)
    });
    !matches!(part.role, Role::LegalForm | Role::Stop) && Some(part.concept) != *COMPANY
}

#[cfg(test)]
mod tests {
    use super::{are_two, full_name};
    use plumb_names::{Kind, analyse};

    #[test]
    fn letters_stand_for_their_body() {
        let of = |text: &str| full_name(&analyse(text, Kind::Organisation));
        assert_eq!(of("ОАО «РЖД»"), Some("Russian Railways"));
        assert_eq!(of("中国石油天然气集团有限公司"), Some("China National Petroleum Corporation"));
        assert_eq!(of("ФСБ"), Some("Federal Security Service"));
        assert_eq!((of("FSB Ltd"), of("Alder Mills")), (None, None));
        let are_two =
            |one: &str, other: &str| are_two(&analyse(one, Kind::Organisation), &analyse(other, Kind::Organisation));
        assert!(are_two("CNPC", "中海油") && !are_two("CNPC", "中石油") && !are_two("CNPC", "Alder Mills"));
    }
}

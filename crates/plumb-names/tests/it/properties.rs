//! What holds for every text: no panic, bounded size, symmetry, idempotence, and a key shared by what agrees.

use plumb_names::{
    Comparison, KeyKind, Kind, LONGEST, Level, MOST_PARTS, Name, Outcome, Reader, Scratch, Status, Uniform, analyse,
    compare, fold, keys, share_consonants,
};
use proptest::prelude::*;

const KINDS: [Kind; 5] = [Kind::Person, Kind::Organisation, Kind::Entity, Kind::Vessel, Kind::Address];

/// Arbitrary Unicode, and words that the tables know, so that the rules are met and not only the way past them.
fn text() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "Kim",
        "Jong",
        "Un",
        "김정은",
        "金正恩",
        "Ким",
        "Чен",
        "Ын",
        "bin",
        "al-Rawi",
        "محمد",
        "عبد",
        "الراوي",
        "ООО",
        "Trading",
        "Co., Ltd",
        "무역회사",
        "VII",
        "3호",
        "Dr.",
        "あべ",
        "Σωκράτης",
        "Ivanovich",
        "Иванович",
        "’",
        "-",
        ",",
        "Šćerbakov",
        "ﬁ",
        "ß",
        "צ",
        "S.A.",
        "特朗普",
        "田中角栄",
        "佐々木",
        "Tanaka",
        "Kakuei",
        "たなか",
        "Tsuchiya",
        "Tutiya",
    ]);
    prop_oneof![
        "\\PC{0,40}",
        prop::collection::vec(words, 0..6).prop_map(|words| words.join(" ")),
        prop::collection::vec(any::<char>(), 0..30).prop_map(|letters| letters.into_iter().collect()),
    ]
}

fn kind() -> impl Strategy<Value = Kind> {
    prop::sample::select(KINDS.to_vec())
}

fn both(left: &Name, right: &Name) -> (Comparison, Comparison) {
    let mut scratch = Scratch::default();
    (compare(left, right, &Uniform, &mut scratch), compare(right, left, &Uniform, &mut scratch))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn folding_twice_is_folding_once(text in text()) {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn parts_lie_inside_the_text_on_whole_characters(text in text(), kind in kind()) {
        for part in analyse(&text, kind).parts {
            prop_assert!(text.get(part.start as usize..part.end as usize).is_some());
        }
    }

    #[test]
    fn sides_exchanged_say_the_same(left in text(), right in text(), kind in kind()) {
        let (there, back) = both(&analyse(&left, kind), &analyse(&right, kind));
        prop_assert_eq!(there.outcome, back.outcome);
        let side = |comparison: &Comparison, turn: bool| {
            let mut pieces: Vec<_> = comparison
                .pieces
                .iter()
                .map(|piece| if turn { (piece.right, piece.left, piece.level, piece.rule) } else { (piece.left, piece.right, piece.level, piece.rule) })
                .collect();
            pieces.sort();
            pieces
        };
        prop_assert_eq!(side(&there, false), side(&back, true));
    }

    #[test]
    fn a_name_agrees_with_itself(text in text(), kind in kind()) {
        let name = analyse(&text, kind);
        let (there, _) = both(&name, &name);
        if name.status == Status::Empty {
            prop_assert_eq!(there.outcome, Outcome::NotComparable);
        } else {
            prop_assert!(there.pieces.iter().all(|piece| piece.level == Level::Exact), "{:?}", there);
        }
    }

    #[test]
    fn a_reader_reads_what_is_read_without(texts in prop::collection::vec(text(), 1..6), kind in kind()) {
        let mut reader = Reader::default();
        for text in texts.iter().chain(&texts) {
            prop_assert_eq!(reader.read(text, kind), analyse(text, kind));
        }
    }

    #[test]
    fn names_that_share_consonants_share_a_key(left in text(), right in text(), kind in kind()) {
        let (left, right) = (analyse(&left, kind), analyse(&right, kind));
        let right_keys = keys(&right);
        let shared = keys(&left).iter().any(|key| right_keys.contains(key));
        prop_assert!(shared || !share_consonants(&left, &right));
    }

    #[test]
    fn bytes_give_the_name_back(text in text(), kind in kind()) {
        let name = analyse(&text, kind);
        let (bytes, words) = stored(&name);
        prop_assert_eq!(Name::read(&bytes, |number| words.get(number as usize).map(Vec::as_slice)).unwrap(), name);
    }

    #[test]
    fn damaged_bytes_are_refused_or_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), text in text()) {
        let (mut damaged, mut words) = stored(&analyse(&text, Kind::Person));
        for bytes_of in std::iter::once(&mut damaged).chain(&mut words) {
            let place = bytes.len() % bytes_of.len().max(1);
            if let Some(byte) = bytes_of.get_mut(place) {
                *byte = byte.wrapping_add(1);
            }
        }
        words.push(bytes.clone());
        for bytes in [bytes, damaged] {
            if let Ok(name) = Name::read(&bytes, |number| words.get(number as usize % words.len()).map(Vec::as_slice)) {
                both(&name, &analyse("Kim Jong Un", Kind::Person));
            }
        }
    }

    #[test]
    fn what_agrees_shares_a_key(left in text(), right in text(), kind in kind()) {
        let (left, right) = (analyse(&left, kind), analyse(&right, kind));
        let (there, _) = both(&left, &right);
        if there.outcome == Outcome::SameOrder && there.pieces.iter().all(|piece| piece.level <= Level::Spelling) {
            let shared = keys(&left).iter().any(|key| keys(&right).contains(key));
            prop_assert!(shared || left.distinctive() == 0 || right.distinctive() == 0 || is_all_numbers(&left), "{:?}", there);
        }
    }
}

fn is_all_numbers(name: &Name) -> bool {
    keys(name).iter().all(|key| key.kind == KeyKind::Written)
        || name.parts.iter().all(|part| part.role == plumb_names::Role::Number)
}

#[test]
fn hostile_lengths_are_cut_and_said_so() {
    for unit in ["a", "김", "Kim ", "'", "金", "I", "jeongjeong", "\u{200b}", "ي", ".-", "\u{301}", "k'"] {
        let text = unit.repeat(100_000 / unit.len());
        for kind in KINDS {
            let name = analyse(&text, kind);
            assert!(name.parts.len() <= MOST_PARTS);
            let (there, back) = both(&name, &analyse("Kim Jong Un", kind));
            assert_eq!(there.outcome, back.outcome);
            assert!(name.status != Status::Read || text.chars().count() <= LONGEST);
            assert!(keys(&name).len() < 10_000);
        }
    }
}

/// A name as bytes, and its words.
fn stored(name: &Name) -> (Vec<u8>, Vec<Vec<u8>>) {
    let (mut bytes, mut words) = (Vec::new(), Vec::new());
    name.put(&mut bytes, |word| {
        words.push(word);
        u32::try_from(words.len() - 1).unwrap_or_default()
    });
    (bytes, words)
}

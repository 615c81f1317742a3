//! What a caller reads off parts, keys and pieces.

use plumb_names::{Kind, Level, Outcome, Rarity, Role, Rule, Scratch, Script, Status, Uniform, analyse, compare, keys};

#[test]
fn pieces_point_into_both_texts() {
    let (left, right) = ("Marshal Kim Jong Un", "김정은 동지");
    let (l, r) = (analyse(left, Kind::Person), analyse(right, Kind::Person));
    let comparison = compare(&l, &r, &Uniform, &mut Scratch::default());
    let cut =
        |text: &str, span: Option<plumb_names::Span>| span.map(|s| text[s.start as usize..s.end as usize].to_owned());
    let family = comparison.pieces.iter().find(|piece| piece.role == Role::Family).unwrap();
    assert_eq!(cut(left, family.left).as_deref(), Some("Kim"));
    assert_eq!(cut(right, family.right).as_deref(), Some("김"));
    let given = comparison.pieces.iter().find(|piece| piece.role == Role::Given).unwrap();
    assert_eq!(cut(left, given.left).as_deref(), Some("Jong Un"));
    assert_eq!(cut(right, given.right).as_deref(), Some("정은"));
    assert_eq!((given.level, given.rule), (Level::Syllables, Rule::Korean));
}

#[test]
fn roles_are_told_apart() {
    let name = analyse("Dr. Sergei Viktorovich LAVROV", Kind::Person);
    let roles: Vec<Role> = name.parts.iter().map(|part| part.role).collect();
    assert_eq!(roles, [Role::Honorific, Role::Given, Role::Patronymic, Role::Family]);
    let name = analyse("조선광업개발무역회사", Kind::Organisation);
    let words: Vec<&str> = name.parts.iter().map(|part| &*part.folded).collect();
    assert_eq!(words, ["조선", "광업", "개발", "무역", "회사"]);
}

#[test]
fn what_cannot_be_read_is_said() {
    assert_eq!(analyse("สมชาย", Kind::Person).status, Status::PartlyRead);
    assert_eq!(analyse("?!", Kind::Person).status, Status::Empty);
    assert_eq!(analyse("שלום", Kind::Person).parts[0].script, Script::Hebrew);
}

#[test]
fn rarity_is_asked_by_key_and_the_commoner_side_counts() {
    struct Table;
    impl Rarity for Table {
        fn commonness(&self, key: &str) -> f32 {
            if key == "ivanov" { 0.5 } else { 0.0 }
        }
    }
    let comparison =
        compare(&analyse("Иванов", Kind::Person), &analyse("Ivanoff", Kind::Person), &Table, &mut Scratch::default());
    assert_eq!(comparison.outcome, Outcome::SameOrder);
    assert!((comparison.pieces[0].commonness - 0.5).abs() < f32::EPSILON);
}

#[test]
fn forms_of_one_name_share_a_key() {
    let pairs = [
        ("Kim Jong Un", "김정은", Kind::Person),
        ("Ким Чен Ын", "金正恩", Kind::Person),
        ("Hsi Chin-p'ing", "习近平", Kind::Person),
        ("Mohammed", "محمد", Kind::Person),
        ("Smithson", "Smithsom", Kind::Person),
        ("Trump", "트럼프", Kind::Person),
        ("KUM UN SAN 3", "금운산 3호", Kind::Vessel),
        ("KMDTC", "Korea Mining Development Trading Corporation", Kind::Organisation),
        ("조선광업개발무역회사", "Korea Mining Development Trading Corporation", Kind::Organisation),
        ("Paektusan Trading", "백두산무역", Kind::Organisation),
        ("特朗普", "Trump", Kind::Person),
        ("Abdulrahman", "Abd al-Rahman", Kind::Person),
        ("Bob", "Robert", Kind::Person),
    ];
    for (left, right, kind) in pairs {
        let (l, r) = (keys(&analyse(left, kind)), keys(&analyse(right, kind)));
        assert!(l.iter().any(|key| r.contains(key)), "{left} / {right}");
    }
}

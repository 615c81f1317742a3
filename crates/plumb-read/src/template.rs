//! A first case: small, documented, in order. `plumb new` writes it; its rows are a made-up example and say so.

use crate::folder::Folder;

/// The files of a new case. Those of tables carry every column, so that a spreadsheet shows what there is.
const FILES: [(&str, &str); 21] = [
    ("README.md", include_str!("../data/template/README.md")),
    ("account.md", include_str!("../data/template/account.md")),
    ("actors.csv", include_str!("../data/template/actors.csv")),
    ("answers.csv", include_str!("../data/template/answers.csv")),
    ("case.toml", include_str!("../data/template/case.toml")),
    ("claims.csv", include_str!("../data/template/claims.csv")),
    ("defects.csv", include_str!("../data/template/defects.csv")),
    ("documents/ministry-report.txt", include_str!("../data/template/documents/ministry-report.txt")),
    ("duties.csv", include_str!("../data/template/duties.csv")),
    ("events.csv", include_str!("../data/template/events.csv")),
    ("indicators.csv", include_str!("../data/template/indicators.csv")),
    ("links.csv", include_str!("../data/template/links.csv")),
    ("measures.toml", include_str!("../data/template/measures.toml")),
    ("origins.csv", include_str!("../data/template/origins.csv")),
    ("places.csv", include_str!("../data/template/places.csv")),
    ("rules.csv", include_str!("../data/template/rules.csv")),
    ("series.csv", include_str!("../data/template/series.csv")),
    ("signs.csv", include_str!("../data/template/signs.csv")),
    ("sites.csv", include_str!("../data/template/sites.csv")),
    ("sources.csv", include_str!("../data/template/sources.csv")),
    ("wages.csv", include_str!("../data/template/wages.csv")),
];

/// A new case with a title: every table with an example row or two, commented settings, prose with live references. It
/// reads without a diagnostic.
///
/// ```
/// let folder = plumb_read::new_case("Harbour workers");
/// let settings = String::from_utf8_lossy(&folder.files["case.toml"]);
/// assert!(settings.contains("title = \"Harbour workers\"") && settings.contains("id = \"harbour-workers\""));
/// ```
pub fn new_case(title: &str) -> Folder {
    let title = match title.split_whitespace().collect::<Vec<_>>().join(" ") {
        empty if empty.is_empty() => "Untitled case".to_owned(),
        title => title,
    };
    let quoted = toml::Value::String(title.clone()).to_string();
    let write = |(path, text): (&str, &str)| match path {
        "case.toml" => {
            (path.to_owned(), text.replace("\"TITLE\"", &quoted).replace("\"ID\"", &format!("\"{}\"", slug(&title))))
        }
        "README.md" => (path.to_owned(), text.replace("TITLE", &title)),
        _ => (path.to_owned(), text.to_owned()),
    };
    FILES.into_iter().map(write).collect()
}

/// A table as a file to start from: its header, and one row of the examples of its columns.
///
/// ```
/// assert!(plumb_read::example_table("wages.csv").starts_with("id,worker,persons,place,period,"));
/// ```
pub fn example_table(file: &str) -> String {
    let Some(table) = crate::spec::tables().iter().find(|table| table.file == file) else { return String::new() };
    let quoted = |cell: &str| {
        if cell.contains([',', '"']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
    };
    let line = |cells: Vec<String>| format!("{}\n", cells.join(","));
    let header = table.columns.iter().map(|column| column.name.to_string()).collect();
    let examples = table.columns.iter().map(|column| quoted(&column.example)).collect();
    line(header) + &line(examples)
}

/// A title as an id: `Harbour workers, 2025` is `harbour-workers-2025`.
fn slug(title: &str) -> String {
    /// An id may have up to a hundred characters; a short one is easier to type.
    const LONGEST: usize = 40;
    let plain = |one: char| if one.is_ascii_alphanumeric() { one.to_ascii_lowercase() } else { ' ' };
    let words: String = title.chars().map(plain).collect();
    let mut slug = words.split_whitespace().collect::<Vec<_>>().join("-");
    slug.truncate(LONGEST);
    match slug.trim_matches('-') {
        "" => "case".to_owned(),
        slug => slug.to_owned(),
    }
}

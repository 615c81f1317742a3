//! Signs of forced labour for the terminal and as JSON.

use plumb_account::signs::subject_name;
use plumb_account::{Account, Key};
use plumb_duty::indicators::{Assessment, Balance, Element, Evidence, assess, subjects};
use serde_json::{Value, json};

use crate::terminal::visible;

/// What all of it is, said once.
const NO_VERDICT: &str =
    "A sign is a reason to look. Nothing here finds forced labour; unknown means that the case has no evidence.";

/// Draws the evidence about a subject, or about all together with the list of subjects.
pub(crate) fn draw(account: &Account, subject: Option<&str>) -> String {
    let found = assess(&account.case, subject);
    let mut text = match subject {
        Some(subject) => format!("{}\n\n", subject_name(account, subject)),
        None => "All subjects together\n\n".to_owned(),
    };
    let width = found.signs.iter().map(|sign| sign.name.chars().count()).max().unwrap_or(0);
    for sign in &found.signs {
        text.push_str(&format!("{:<width$}  {}\n", sign.name, weight(&sign.balance)));
        text.push_str(&pieces(account, &sign.balance));
    }
    text.push_str("\nThe definition (Convention 29, Article 2): both elements must be there\n");
    for (element, balance) in &found.readings {
        text.push_str(&reading(account, &found, *element, balance));
    }
    if subject.is_none() {
        text.push_str("\nSubjects\n");
        for one in subjects(&account.case) {
            text.push_str(&format!("  {one}  {}\n", subject_name(account, one)));
        }
    }
    text.push_str(&format!("\n{NO_VERDICT}\n"));
    visible(&text)
}

fn reading(account: &Account, found: &Assessment, element: Element, balance: &Balance) -> String {
    let bearing: Vec<&str> = found.reported_for(element).map(|sign| sign.name.as_str()).collect();
    let bearing = if bearing.is_empty() { "none reported".to_owned() } else { bearing.join(", ") };
    let mut text = format!("{}: indicators that bear on it: {bearing}\n", element.as_str());
    if balance.contra.is_empty() {
        let about = if found.subject.is_none() { "in this case" } else { "about this subject" };
        text.push_str(&format!("    no dissenting reading {about}\n"));
    }
    text.push_str(&pieces(account, balance));
    text
}

fn weight(balance: &Balance) -> String {
    let best = |words: &str, evidence: &[Evidence]| {
        let grade = Balance::best(evidence).map_or("not graded".to_owned(), |grade| format!("best {}", grade.letter()));
        (!evidence.is_empty()).then(|| format!("{} {words} ({grade})", evidence.len()))
    };
    let parts: Vec<String> =
        [best("for", &balance.pro), best("against", &balance.contra)].into_iter().flatten().collect();
    let parts = if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) };
    format!("{}{parts}", balance.weight().as_str())
}

fn pieces(account: &Account, balance: &Balance) -> String {
    let mut text = String::new();
    for (stance, evidence) in stances(balance) {
        for one in evidence {
            let source = account.case.sources.get(&one.source).map(|source| source.publisher.as_str());
            let grade = one.grade.map(|grade| format!(", {}", grade.letter())).unwrap_or_default();
            let source = source.unwrap_or("no source");
            text.push_str(&format!("    {stance}: {} [{}; {source}{grade}]\n", one.text, one.record));
        }
    }
    text
}

fn stances(balance: &Balance) -> [(&'static str, &[Evidence]); 3] {
    [("for", &balance.pro), ("against", &balance.contra), ("not known", &balance.open)]
}

/// The same as one JSON document.
pub(crate) fn document(account: &Account, subject: Option<&str>) -> Value {
    let found = assess(&account.case, subject);
    let signs: Vec<Value> = (found.signs.iter())
        .map(|sign| {
            let bears_on: Vec<&str> = sign.bears_on.iter().map(|element| element.as_str()).collect();
            json!({
                "indicator": sign.name,
                "sign": sign.sign,
                "weight": sign.balance.weight().as_str(),
                "bears_on": bears_on,
                "evidence": evidence(&sign.balance),
            })
        })
        .collect();
    let elements: Vec<Value> = (found.readings.iter())
        .map(|(element, balance)| {
            let bearing: Vec<&str> = found.reported_for(*element).map(|sign| sign.name.as_str()).collect();
            json!({ "element": element.as_str(), "indicators_reported": bearing, "readings": evidence(balance) })
        })
        .collect();
    let all: Vec<Value> = (subjects(&account.case).into_iter())
        .map(|subject| json!({ "subject": subject, "name": subject_name(account, subject) }))
        .collect();
    json!({
        "key": Key::Indicators(subject.unwrap_or_default().to_owned()).to_string(),
        "subject": subject,
        "indicators": signs,
        "elements": elements,
        "subjects": all,
        "note": NO_VERDICT,
    })
}

fn evidence(balance: &Balance) -> Vec<Value> {
    let row = |stance: &str, one: &Evidence| {
        json!({
            "record": one.record.to_string(),
            "stance": stance,
            "text": one.text,
            "source": one.source,
            "grade": one.grade.map(|grade| grade.letter().to_string()),
        })
    };
    stances(balance).into_iter().flat_map(|(stance, all)| all.iter().map(move |one| row(stance, one))).collect()
}

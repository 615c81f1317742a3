//! `plumb duties`: where each bearer of each duty stands on a day.

use plumb_account::index::name_of;
use plumb_account::{Account, Key};
use plumb_core::reference::{Kind, Reference};
use plumb_duty::{Position, Standing};
use serde_json::{Value, json};

use super::Outcome;
use crate::arguments::{Duties, DutiesFormat};
use crate::exit::Exit;
use crate::{load, terminal};

/// Runs the command.
pub(crate) fn run(options: &Duties) -> Outcome {
    let account = load::from_options(&options.case)?;
    let wanted = |position: &&Position| !options.overdue || position.standing == Standing::Silent;
    let positions: Vec<&Position> = account.positions.iter().filter(wanted).collect();
    let text = match options.format {
        DutiesFormat::Text => draw(&account, &positions),
        DutiesFormat::Json => {
            let rows: Vec<Value> = positions.iter().map(|position| row(&account, position)).collect();
            format!("{:#}\n", json!({ "as_of": account.as_of.to_string(), "positions": rows }))
        }
        DutiesFormat::Ics => plumb_duty::calendar(&account.case, account.as_of),
    };
    terminal::data(&text)?;
    Ok(Exit::Done)
}

fn draw(account: &Account, positions: &[&Position]) -> String {
    let mut text = format!("as of {}\n", account.as_of);
    let mut duty = "";
    for position in positions {
        if position.duty != duty {
            duty = &position.duty;
            let due = account.case.duties.get(duty).and_then(|duty| duty.deadline);
            let due = due.map_or_else(String::new, |date| format!(", due {date}"));
            text.push_str(&format!("\n{duty}  {}{due}\n", name_of(&account.case, &Reference::new(Kind::Duty, duty))));
        }
        let who = match position.bearer.as_str() {
            "" => "nobody by name".to_owned(),
            code => name_of(&account.case, &Reference::new(Kind::Place, code)),
        };
        text.push_str(&format!("  {who}: {}\n", position.words()));
        if !position.bearer.is_empty() && position.standing != Standing::Silent {
            text.extend(position.reasons.iter().skip(1).map(|reason| format!("      {reason}\n")));
        }
    }
    text.push_str("\nNo answer known to this case: one that is silent here may have answered. `plumb why standing DUTY STATE` shows the grounds.\n");
    terminal::visible(&text)
}

fn row(account: &Account, position: &Position) -> Value {
    let duty = account.case.duties.get(&position.duty);
    let date = |date: Option<plumb_core::date::PartialDate>| date.map(|date| date.to_string());
    json!({
        "key": Key::Standing { duty: position.duty.clone(), bearer: position.bearer.clone() }.to_string(),
        "duty": position.duty,
        "instrument": duty.map(|duty| &duty.instrument),
        "paragraph": duty.map(|duty| &duty.paragraph),
        "bearer": position.bearer,
        "standing": position.standing.as_str(),
        "timing": position.timing.map(|timing| timing.as_str()),
        "reported": position.reported,
        "deadline": date(duty.and_then(|duty| duty.deadline)),
        "deadline_rule": duty.map(|duty| &duty.deadline_rule),
        "ends": date(duty.and_then(|duty| duty.ends)),
        "answers": position.answers,
        "decided_by": position.decided_by,
        "against": position.against,
        "reasons": position.reasons,
    })
}

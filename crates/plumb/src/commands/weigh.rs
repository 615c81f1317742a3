//! `plumb weigh`: the claims of a case held against one another, populations counted from lists that overlap, models run.

use std::error::Error;
use std::path::Path;

use plumb_account::{Account, estimate};
use plumb_weigh::count::{CaptureTable, PanelOptions, panel as run_panel};
use plumb_weigh::stockflow::{Method, Model, Run, Save, Simulation};
use plumb_weigh::xmile;

use super::Outcome;
use crate::arguments::{Count, FindingFormat, StepRule, Weigh, Weighing, Xmile, XmileFormat};
use crate::exit::Exit;
use crate::render::summary::Summary;
use crate::render::{course, estimates, panel};
use crate::{load, terminal};

/// Runs the command.
pub(crate) fn run(options: &Weigh) -> Outcome {
    match (&options.what, &options.case) {
        (Some(Weighing::Count(count)), _) => run_count(count),
        (Some(Weighing::Xmile(xmile)), _) => run_xmile(xmile),
        (None, Some(case)) => match &options.sobol {
            Some(figure) => run_sobol(case, figure, options),
            None => run_case(case, options),
        },
        // clap asks for one of the two
        (None, None) => Ok(Exit::Failed),
    }
}

/// A case without a model has nothing to weigh.
#[derive(Debug, thiserror::Error)]
#[error("{path} has no model.toml, so there is nothing to weigh; docs/model.md says how one is written")]
struct NoModel {
    path: String,
}

/// Tells the errors of the case, and what they mean for the exit code.
fn ended(account: &Account, case: &Path) -> Exit {
    super::tell_errors(account, case);
    let summary = Summary::of(account.all_diagnostics());
    let exit = summary.exit(false);
    if exit != Exit::Done {
        terminal::tell(&format!("{summary}; what is wrong was left out, and the rest weighed"));
    }
    exit
}

fn run_case(case: &Path, options: &Weigh) -> Outcome {
    let account = load::account(case, None)?;
    let Some(found) = account.estimates() else { return without_model(&account, case) };
    if let (Some(file), Some(drawing)) = (&options.svg, plumb_page::estimates_drawing(&account)) {
        std::fs::write(file, drawing).map_err(cannot("write", file))?;
    }
    if let Some(file) = &options.xmile
        && !write_skeleton(&account, options.scenario.as_deref(), case, file)?
    {
        return Ok(Exit::Findings);
    }
    let text = match options.format {
        FindingFormat::Text => estimates::draw(&account, found),
        FindingFormat::Json => format!("{}\n", serde_json::to_string_pretty(found)?),
    };
    terminal::data(&text)?;
    Ok(ended(&account, case))
}

/// Writes the skeleton of the model; `false` when there is none, which is told.
fn write_skeleton(account: &Account, scenario: Option<&str>, case: &Path, file: &Path) -> Result<bool, Box<dyn Error>> {
    let place = case.join("model.toml").display().to_string();
    let written = estimate::skeleton(account, scenario).map_err(|error| refusal(&error, error.hint()));
    let written = written.and_then(|found| match xmile::write(&found.model) {
        Ok(text) => Ok((text, found.left_out)),
        Err(error) => Err(refusal(&error, error.hint())),
    });
    match written {
        Ok((text, left_out)) => {
            plumb_disk::write(file, text.as_bytes()).map_err(cannot("write", file))?;
            for (name, reason) in &left_out {
                tell_left_out(&file.display().to_string(), name, reason);
            }
            Ok(true)
        }
        Err(Refusal { problem, hint }) => {
            tell(&problem, &place, &hint);
            Ok(false)
        }
    }
}

fn tell_left_out(place: &str, name: &str, reason: &str) {
    terminal::tell(&terminal::visible(&format!("warning: {place}: `{name}`: left out: {reason}")));
}

/// Nothing can be weighed: there is no model, or none that can be read.
fn without_model(account: &Account, case: &Path) -> Outcome {
    if account.case.files.contains_key("model.toml") {
        return Ok(ended(account, case));
    }
    Err(NoModel { path: case.display().to_string() }.into())
}

fn run_sobol(case: &Path, figure: &str, options: &Weigh) -> Outcome {
    let account = load::account(case, None)?;
    if account.case.model.is_none() {
        return without_model(&account, case);
    }
    let found = match estimate::shares(&account.case, figure, options.scenario.as_deref()) {
        Ok(found) => found,
        Err(error) => {
            tell(&error.to_string(), &case.join("model.toml").display().to_string(), &error.hint());
            ended(&account, case);
            return Ok(Exit::Findings);
        }
    };
    let text = match options.format {
        FindingFormat::Text => estimates::shares(&found),
        FindingFormat::Json => format!("{}\n", serde_json::to_string_pretty(&found)?),
    };
    terminal::data(&text)?;
    Ok(ended(&account, case))
}

/// Why a file could not be read, or written, at all.
#[derive(Debug, thiserror::Error)]
#[error("cannot {verb} {path}")]
struct Untouched {
    verb: &'static str,
    path: String,
    source: std::io::Error,
}

fn cannot(verb: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Untouched {
    move |source| Untouched { verb, path: path.display().to_string(), source }
}

fn run_count(options: &Count) -> Outcome {
    let text = std::fs::read_to_string(&options.table).map_err(cannot("read", &options.table))?;
    let table = match CaptureTable::parse(&text) {
        Ok(table) => table,
        Err(errors) => {
            for error in &errors {
                let place = format!("{}:{}:{}", options.table.display(), error.line, error.column);
                tell(&error.problem.to_string(), &place, &error.hint());
            }
            return Ok(Exit::Findings);
        }
    };
    let settings = PanelOptions { seed: options.seed, models: options.model.clone(), ..PanelOptions::default() };
    let found = match run_panel(&table, &settings) {
        Ok(found) => found,
        Err(refusal) => {
            tell(&refusal.to_string(), &options.table.display().to_string(), &refusal.hint());
            return Ok(Exit::Findings);
        }
    };
    let text = match options.format {
        FindingFormat::Text => panel::draw(&found),
        FindingFormat::Json => format!("{}\n", serde_json::to_string_pretty(&found)?),
    };
    terminal::data(&text)?;
    Ok(Exit::Done)
}

fn run_xmile(options: &Xmile) -> Outcome {
    let place = options.file.display().to_string();
    let bytes = std::fs::read(&options.file).map_err(cannot("read", &options.file))?;
    let (mut model, warnings) = match xmile::read(&bytes) {
        Ok(read) => read,
        Err(error) => {
            tell(&error.to_string(), &place, error.hint());
            return Ok(Exit::Findings);
        }
    };
    for warning in &warnings {
        let kind = if warning.harmless { "note" } else { "warning" };
        terminal::tell(&terminal::visible(&format!("{kind}: {place}: {warning}")));
    }
    match options.method {
        Some(StepRule::Euler) => model.method = Method::Euler,
        Some(StepRule::Rk4) => model.method = Method::RungeKutta4,
        None => {}
    }
    let whole = model.variables.len();
    match told(&mut model, options) {
        Ok(text) => terminal::data(&text?)?,
        Err(Refusal { problem, hint }) => {
            tell(&problem, &place, &hint);
            return Ok(Exit::Findings);
        }
    }
    let complete = model.variables.len() == whole && warnings.iter().all(|warning| warning.harmless);
    Ok(if complete { Exit::Done } else { Exit::Findings })
}

/// The run of a model in words; writes the model where that is asked for.
fn told(model: &mut Model, options: &Xmile) -> Result<Result<String, Box<dyn Error>>, Refusal> {
    if let Some(path) = &options.write {
        let text = xmile::write(model).map_err(|error| refusal(&error, error.hint()))?;
        if let Err(source) = plumb_disk::write(path, text.as_bytes()) {
            return Ok(Err(cannot("write", path)(source).into()));
        }
    }
    let run = ran(model, &options.file.display().to_string())?;
    Ok(match options.format {
        XmileFormat::Table => Ok(course::table(model, &run)),
        XmileFormat::Csv => course::csv(model, &run),
        XmileFormat::Json => course::json(model, &run),
    })
}

/// Why a model that was read does not run or cannot be written.
struct Refusal {
    problem: String,
    hint: String,
}

fn refusal(problem: &impl ToString, hint: impl Into<String>) -> Refusal {
    Refusal { problem: problem.to_string(), hint: hint.into() }
}

/// All variables of a model at all its times. Those that have no number at some time are taken out, with what needs them, and told.
fn ran(model: &mut Model, place: &str) -> Result<Run, Refusal> {
    loop {
        let names: Vec<&str> = model.variables.iter().map(|variable| variable.name.as_str()).collect();
        let simulation = Simulation::compile(model, &[], &names).map_err(|error| refusal(&error, error.hint()))?;
        let run = simulation.run(&[], 1, Save::Every(1));
        let run = run.map_err(|error| refusal(&error, "take a larger step or a shorter run"))?;
        let Some(fault) = run.faults.first() else { return Ok(run) };
        // parts of a function of time are named after their variable: `stage 1 of delay1 4 of present`
        let owner = fault.name.rsplit(" of ").next().unwrap_or(&fault.name).to_owned();
        let gone = xmile::take_out(model, &owner, &fault.to_string());
        if gone.is_empty() || model.variables.is_empty() {
            return Err(refusal(fault, "correct its formula, or the values that lead there"));
        }
        for (name, reason) in gone {
            tell_left_out(place, &name, &reason);
        }
    }
}

fn tell(problem: &str, place: &str, hint: &str) {
    terminal::tell(&terminal::visible(&format!("error: {problem}\n  --> {place}\nhint: {hint}")));
}

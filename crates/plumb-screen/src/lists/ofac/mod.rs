//! The lists of the US Treasury's Office of Foreign Assets Control.

pub(super) mod advanced;
pub(super) mod csv;
pub(super) mod links;
pub(super) mod remarks;
pub(super) mod xml;

/// The authority as sanctions name it.
const AUTHORITY: &str = "US Treasury, Office of Foreign Assets Control";

/// The schema of an entry type as OFAC writes it. What is neither person, vessel nor aircraft is an "entity": a company, a
/// ministry, an armed group; never a person, which `LegalEntity` would leave open.
pub(super) fn schema(kind: &str) -> &'static str {
    match kind.trim().to_lowercase().as_str() {
        "individual" => "Person",
        "vessel" => "Vessel",
        "aircraft" => "Airplane",
        _ => "Organization",
    }
}

/// Programmes as the old layout writes them: `NPWMD] [DPRK2`.
fn programmes(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(['[', ']']).map(str::trim).filter(|programme| !programme.is_empty())
}

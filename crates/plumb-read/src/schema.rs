//! FollowTheMoney schemata that a case names: kinds of actor, and kinds of relation.

use plumb_core::codes::P0212;
use plumb_core::ftm::{self, Schema};
use plumb_core::suggest;

use crate::context::Complaint;

/// The schema of relations for which FollowTheMoney has no word.
pub(crate) const UNKNOWN_LINK: &str = "UnknownLink";

/// Whether entities of a schema can be actors: whoever can act or be owned, but no relation and no mere group of schemata.
pub(crate) fn is_actor(schema: &Schema) -> bool {
    schema.edge.is_none() && !schema.abstract_ && schema.is_a("Thing")
}

/// Whether a name is the schema of an actor.
pub(crate) fn check_actor(name: &str) -> Result<(), Complaint> {
    check(name, "actors are of the schemata Person, Company, Organization, PublicBody, Vessel and the like", is_actor)
}

/// Whether a name is the schema of a relation.
pub(crate) fn check_relation(name: &str) -> Result<(), Complaint> {
    let help =
        "relations are of the schemata Ownership, Directorship, Representation, Payment, UnknownLink and the like";
    check(name, help, |schema| schema.edge.is_some())
}

fn check(name: &str, help: &str, fits: impl Fn(&Schema) -> bool) -> Result<(), Complaint> {
    match ftm::schema(name) {
        Some(schema) if fits(schema) => Ok(()),
        Some(_) => {
            Err(Complaint::new(P0212, format!("the FollowTheMoney schema `{name}` does not fit here")).help(help))
        }
        None => {
            let names = ftm::schemata().filter(|schema| fits(schema)).map(|schema| schema.name);
            let help = suggest::nearest(name, names).map_or(help.to_owned(), |near| format!("did you mean `{near}`?"));
            Err(Complaint::new(P0212, format!("there is no FollowTheMoney schema `{name}`")).help(help))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actors_and_relations_are_kept_apart() {
        assert!(["Person", "Company", "PublicBody", "Vessel"].into_iter().all(|name| check_actor(name).is_ok()));
        assert!(["Ownership", "Payment", UNKNOWN_LINK].into_iter().all(|name| check_relation(name).is_ok()));
        assert!(check_actor("Ownership").is_err() && check_relation("Company").is_err());
        let help = check_actor("Compnay").map_err(|complaint| complaint.help);
        assert_eq!(help, Err("did you mean `Company`?".to_owned()));
    }
}

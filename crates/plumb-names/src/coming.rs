//! Words that come and go: what one writer puts into the name of a firm and another leaves out.

use crate::lexicon;
use crate::name::{Name, Part, Role};

/// Whether words that many share come and go in a pair.
#[derive(Clone, Copy)]
pub(crate) struct Coming {
    /// Both have a name besides, and only one side has words of trade that the other has not: where both have, these tell them apart.
    one_sided: bool,
    /// The left, the right name is that of a branch of the other: all that the other has is found, places apart.
    branch: [bool; 2],
}

impl Coming {
    /// For two names, each with which of its parts have found a counterpart.
    pub(crate) fn of((left, left_taken): (&Name, &[bool]), (right, right_taken): (&Name, &[bool])) -> Self {
        let named = |name: &Name| name.parts.iter().any(|part| part.role.is_distinctive() && part.role != Role::Number);
        let of_trade = |part: &Part| {
            let says_little = lexicon::is_company(part.concept) || lexicon::is_reach(part.concept);
            part.role == Role::Generic && !says_little
        };
        let has_open =
            |name: &Name, taken: &[bool]| name.parts.iter().zip(taken).any(|(part, taken)| !*taken && of_trade(part));
        let both = has_open(left, left_taken) && has_open(right, right_taken);
        let is_whole = |name: &Name, taken: &[bool]| {
            let says = |role: Role| !matches!(role, Role::Location | Role::LegalForm | Role::Stop);
            name.parts.iter().zip(taken).all(|(part, taken)| *taken || !says(part.role)) && taken.contains(&true)
        };
        let has_branch = |name: &Name, taken: &[bool]| {
            name.parts.iter().zip(taken).any(|(part, taken)| !*taken && lexicon::is_branch(part.concept))
        };
        let branch = [
            has_branch(left, left_taken) && is_whole(right, right_taken),
            has_branch(right, right_taken) && is_whole(left, left_taken),
        ];
        Self { one_sided: named(left) && named(right) && !both, branch }
    }

    /// What a part does in the pair. "Company" comes and goes as legal forms do, and words of descent and articles as "and" does.
    pub(crate) fn role(self, part: &Part, is_alone: bool, side: usize) -> Role {
        let comes_and_goes = is_alone && self.one_sided;
        let of_branch = is_alone && self.branch.get(side) == Some(&true);
        match part.role {
            // where a branch is, and that it is one
            Role::Location if of_branch => Role::Stop,
            _ if of_branch && lexicon::is_branch(part.concept) => Role::Stop,
            _ if lexicon::is_company(part.concept) => Role::LegalForm,
            Role::Generic if comes_and_goes && lexicon::is_reach(part.concept) => Role::LegalForm,
            Role::Generic if comes_and_goes && lexicon::is_branch(part.concept) => Role::Stop,
            Role::Relation if is_alone && lexicon::comes_and_goes(part.concept) => Role::Stop,
            role => role,
        }
    }
}

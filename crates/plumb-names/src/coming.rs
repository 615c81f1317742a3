//! Words that come and go: what one writer puts into the name of a firm and another leaves out.

use crate::lexicon;
use crate::name::{Name, Part, Role};

/// Whether words that many share come and go in a pair.
#[derive(Clone, Copy)]
pub(crate) struct Coming {
    /// Both have a name besides, and only one side has words of trade that the other has not: where both have, these tell them apart.
    one_sided: bool,
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
        Self { one_sided: named(left) && named(right) && !both }
    }

    /// What a part does in the pair. "Company" comes and goes as legal forms do, and words of descent and articles as "and" does.
    pub(crate) fn role(self, part: &Part, is_alone: bool) -> Role {
        let comes_and_goes = is_alone && self.one_sided;
        match part.role {
            _ if lexicon::is_company(part.concept) => Role::LegalForm,
            Role::Generic if comes_and_goes && lexicon::is_reach(part.concept) => Role::LegalForm,
            Role::Generic if comes_and_goes && lexicon::is_branch(part.concept) => Role::Stop,
            Role::Relation if is_alone && lexicon::comes_and_goes(part.concept) => Role::Stop,
            role => role,
        }
    }
}

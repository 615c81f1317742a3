//! Signs of forced labour as findings: why an indicator counts as reported for a subject, down to the sources.

use plumb_core::case::Grade;
use plumb_core::reference::{Kind, Reference};
use plumb_duty::indicators::{Assessment, Balance, Element, Evidence, assess, subjects};

use crate::account::Account;
use crate::expression::ExpressionError;
use crate::index::end_name;
use crate::key::Key;
use crate::why::Derivation;

impl Account {
    /// The subject that a text means: as the tables have it, or by its name for readers.
    pub fn find_subject(&self, text: &str) -> Option<&str> {
        let all = subjects(&self.case);
        // `zenit-arena` for `site:zenit-arena`
        let is_id = |subject: &&&str| subject.rsplit(':').next() == Some(text);
        let exact = all.iter().find(|subject| **subject == text).or_else(|| all.iter().find(is_id));
        exact.or_else(|| all.iter().find(|subject| end_name(&self.case, subject).eq_ignore_ascii_case(text))).copied()
    }

    pub(crate) fn indicators(&self, key: &Key, subject: &str) -> Result<Derivation, ExpressionError> {
        if !subject.is_empty() && !subjects(&self.case).contains(&subject) {
            return Err(ExpressionError::NoRecords(subject.to_owned()));
        }
        let found = assess(&self.case, Some(subject).filter(|subject| !subject.is_empty()));
        let about = if subject.is_empty() { "all subjects".to_owned() } else { end_name(&self.case, subject) };
        let signs = found.signs.iter().map(|sign| self.balance(&sign.name, &sign.balance));
        let elements = Element::ALL.map(|element| self.element(&found, element));
        Ok(Derivation::new(key, format!("Signs of forced labour: {about}")).on(signs).on(elements))
    }

    fn element(&self, found: &Assessment, element: Element) -> Derivation {
        let bearing: Vec<&str> = found.reported_for(element).map(|sign| sign.name.as_str()).collect();
        let readings = found.readings.iter().filter(|(own, _)| *own == element);
        let node = Derivation::new(&"", format!("Element of the definition: {}", element.as_str()));
        node.fact("indicators reported that bear on it", bearing.join("; "))
            .on(readings.map(|(_, balance)| self.balance("how it is read", balance)))
    }

    fn balance(&self, title: &str, balance: &Balance) -> Derivation {
        let evidence = balance.all().map(|one| self.evidence(balance, one));
        Derivation::new(&"", title).value(balance.weight().as_str()).on(evidence)
    }

    fn evidence(&self, balance: &Balance, one: &Evidence) -> Derivation {
        let stance = [("for", &balance.pro), ("against", &balance.contra), ("not known", &balance.open)];
        let stance = stance.iter().find(|(_, all)| all.contains(one)).map_or("", |(stance, _)| stance);
        let source = self.case.sources.get(&one.source);
        let source = source.map(|source| format!("{}: {}", source.publisher, source.title)).unwrap_or_default();
        Derivation::new(&one.record, &one.text)
            .value(stance)
            .fact("source", source)
            .fact("reliability", one.grade.map(grade_words).unwrap_or_default())
    }
}

fn grade_words(grade: Grade) -> String {
    format!("{}, {}", grade.letter(), grade.meaning())
}

/// What a subject is called by readers.
pub fn subject_name(account: &Account, subject: &str) -> String {
    end_name(&account.case, subject)
}

/// Where the records of a subject are told of besides: the actor or site that it names.
pub fn subject_record(account: &Account, subject: &str) -> Option<Reference> {
    let reference = subject.parse().unwrap_or_else(|_| Reference::new(Kind::Actor, subject));
    account.case.row(&reference).map(|_| reference)
}

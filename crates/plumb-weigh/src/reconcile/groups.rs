//! Which things belong together: groups joined step by step.

/// Things joined into groups, each named by its lowest member.
pub(super) struct Groups(Vec<usize>);

impl Groups {
    /// Each thing a group of its own.
    pub(super) fn new(size: usize) -> Self {
        Self((0..size).collect())
    }

    /// The group of the first member; a number that names none when there is no member.
    pub(super) fn of(&self, mut members: impl Iterator<Item = usize>) -> usize {
        members.next().and_then(|first| self.0.get(first).copied()).unwrap_or(usize::MAX)
    }

    /// The names of all groups, in rising order.
    pub(super) fn names(&self) -> Vec<usize> {
        let mut names = self.0.clone();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The members of a group, in rising order.
    pub(super) fn members(&self, group: usize) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().filter(move |(_, of)| **of == group).map(|(member, _)| member)
    }

    /// Joins the groups of all members; whether more than one group was there to join.
    pub(super) fn join(&mut self, members: impl Iterator<Item = usize>) -> bool {
        let mut joined: Vec<usize> = members.filter_map(|member| self.0.get(member).copied()).collect();
        joined.sort_unstable();
        joined.dedup();
        let Some(lowest) = joined.first().copied() else { return false };
        for group in self.0.iter_mut().filter(|group| joined.contains(group)) {
            *group = lowest;
        }
        joined.len() > 1
    }
}

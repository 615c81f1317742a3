//! Which things belong together: groups joined step by step (union–find; Tarjan 1975).

/// Things joined into groups, each named by its lowest member.
pub(super) struct Groups(Vec<usize>);

impl Groups {
    /// Each thing a group of its own.
    pub(super) fn new(size: usize) -> Self {
        Self((0..size).collect())
    }

    /// The group of the first member; a number that names none when there is no member.
    pub(super) fn of(&self, mut members: impl Iterator<Item = usize>) -> usize {
        members.next().filter(|first| *first < self.0.len()).map_or(usize::MAX, |first| self.group(first))
    }

    /// The names of all groups, in rising order.
    pub(super) fn names(&self) -> Vec<usize> {
        self.0.iter().enumerate().filter(|(member, above)| member == *above).map(|(member, _)| member).collect()
    }

    /// The members of a group, in rising order.
    pub(super) fn members(&self, group: usize) -> impl Iterator<Item = usize> {
        (0..self.0.len()).filter(move |member| self.group(*member) == group)
    }

    /// Joins the groups of all members; whether more than one group was there to join.
    pub(super) fn join(&mut self, members: impl Iterator<Item = usize>) -> bool {
        let members: Vec<usize> = members.filter(|member| *member < self.0.len()).collect();
        let groups: Vec<usize> = members.iter().map(|member| self.group(*member)).collect();
        let Some(lowest) = groups.iter().copied().min() else { return false };
        // the members as well, so that the way up stays short
        for joined in members.iter().chain(&groups) {
            if let Some(above) = self.0.get_mut(*joined) {
                *above = lowest;
            }
        }
        groups.iter().any(|group| *group != lowest)
    }

    /// Each thing names one above it in its group, the lowest names itself.
    fn group(&self, member: usize) -> usize {
        let mut at = member;
        while let Some(above) = self.0.get(at).filter(|above| **above != at) {
            at = *above;
        }
        at
    }
}

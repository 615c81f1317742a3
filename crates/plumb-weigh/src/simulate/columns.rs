//! Columns: named lists of numbers of one length, one number a draw.

/// Named lists of numbers, in a fixed order. What a model takes and gives.
///
/// A name that comes twice keeps the place of the first and the numbers of the last. Lengths are checked where the columns
/// are used, with the name of the one that does not fit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns(Vec<(String, Vec<f64>)>);

impl Columns {
    /// No columns yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a column, or replaces the one of this name.
    pub fn insert(&mut self, name: &str, values: Vec<f64>) {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = values,
            None => self.0.push((name.to_owned(), values)),
        }
    }

    /// The column of this name.
    pub fn get(&self, name: &str) -> Option<&[f64]> {
        self.iter().find(|(known, _)| *known == name).map(|(_, values)| values)
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Vec<f64>> {
        self.0.iter_mut().find(|(known, _)| known == name).map(|(_, values)| values)
    }

    /// Names and columns, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[f64])> {
        self.0.iter().map(|(name, values)| (name.as_str(), values.as_slice()))
    }

    /// How many draws: the length of the first column, 0 without columns.
    pub fn draws(&self) -> usize {
        self.0.first().map_or(0, |(_, values)| values.len())
    }

    /// A function of the named columns, draw by draw; it sees their numbers in the order of the names. Where a column is
    /// missing or too short it sees NaN, which a simulation reports by name.
    pub fn map_rows(&self, names: &[&str], function: impl Fn(&[f64]) -> f64) -> Vec<f64> {
        let columns: Vec<&[f64]> = names.iter().map(|name| self.get(name).unwrap_or_default()).collect();
        let mut row = vec![f64::NAN; columns.len()];
        (0..self.draws())
            .map(|draw| {
                for (slot, column) in row.iter_mut().zip(&columns) {
                    *slot = column.get(draw).copied().unwrap_or(f64::NAN);
                }
                function(&row)
            })
            .collect()
    }
}

impl FromIterator<(String, Vec<f64>)> for Columns {
    fn from_iter<I: IntoIterator<Item = (String, Vec<f64>)>>(columns: I) -> Self {
        let mut gathered = Self::new();
        for (name, values) in columns {
            gathered.insert(&name, values);
        }
        gathered
    }
}

impl IntoIterator for Columns {
    type Item = (String, Vec<f64>);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

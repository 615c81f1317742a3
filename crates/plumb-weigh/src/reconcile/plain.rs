//! Definitions that are plain products, written out wherever they are used.
//!
//! Most quantities of a model are products: pay of all is workers times pay. The density need not compute them one by one: a sum of
//! products of products is a sum of products of what is left, fewer and no longer.

use super::model::Cluster;
use super::network::IndexedTerm;

/// For each definition the product that it is, in what is no plain product itself. A bounded one stays: its bounds must be looked at.
pub(super) fn products(cluster: &Cluster) -> Vec<Option<IndexedTerm>> {
    let mut found: Vec<Option<IndexedTerm>> = Vec::with_capacity(cluster.definitions.len());
    for (terms, node) in cluster.definitions.iter().zip(cluster.nodes.iter().skip(cluster.free)) {
        let is_bounded = node.bounds.0 > f64::NEG_INFINITY || node.bounds.1 < f64::INFINITY;
        let product = match terms.as_slice() {
            [term] if term.coefficient > 0.0 && !is_bounded => Some(written_out(term, cluster.free, &found)),
            _ => None,
        };
        found.push(product);
    }
    found
}

/// A term with all plain products in it written out.
pub(super) fn written_out(term: &IndexedTerm, free: usize, products: &[Option<IndexedTerm>]) -> IndexedTerm {
    let mut coefficient = term.coefficient;
    let mut powers: Vec<(usize, f64)> = Vec::with_capacity(term.powers.len());
    for (node, power) in &term.powers {
        match node.checked_sub(free).and_then(|definition| products.get(definition)) {
            Some(Some(product)) => {
                coefficient *= libm::pow(product.coefficient, *power);
                product.powers.iter().for_each(|(node, inner)| multiply(&mut powers, *node, power * inner));
            }
            _ => multiply(&mut powers, *node, *power),
        }
    }
    powers.retain(|(_, power)| *power != 0.0);
    IndexedTerm { coefficient, powers }
}

fn multiply(powers: &mut Vec<(usize, f64)>, node: usize, power: f64) {
    match powers.iter_mut().find(|(known, _)| *known == node) {
        Some((_, known)) => *known += power,
        None => powers.push((node, power)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_of_products_are_written_out() {
        let term = |coefficient, powers: &[(usize, f64)]| IndexedTerm { coefficient, powers: powers.to_vec() };
        // nodes 0 to 2 are unknown, 3 is 2·a·b, 4 is a sum
        let products = [Some(term(2.0, &[(0, 1.0), (1, 1.0)])), None];
        let found = written_out(&term(-3.0, &[(3, 2.0), (0, -2.0), (4, 0.5)]), 3, &products);
        assert_eq!(found, term(-12.0, &[(1, 2.0), (4, 0.5)]));
    }
}

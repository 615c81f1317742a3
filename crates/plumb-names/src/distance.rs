//! Edit distance of short words, bounded: optimal string alignment (Damerau 1964, each stretch edited once).

/// Words that differ over a longer stretch are not compared letter by letter; no name part that is spelled wrong has one.
const LONGEST: usize = 40;

/// The distance if it is at most `most` (0 to 2), by bytes: the words are plain Latin letters.
pub(crate) fn within(left: &[u8], right: &[u8], most: usize) -> Option<usize> {
    if left.len().abs_diff(right.len()) > most {
        return None;
    }
    let common = left.iter().zip(right).take_while(|(l, r)| l == r).count();
    let (left, right) = (left.get(common..)?, right.get(common..)?);
    let common = left.iter().rev().zip(right.iter().rev()).take_while(|(l, r)| l == r).count();
    let (left, right) = (left.get(..left.len() - common)?, right.get(..right.len() - common)?);
    if left.len() > LONGEST || right.len() > LONGEST {
        return None;
    }
    if left.is_empty() || right.is_empty() {
        return Some(left.len() + right.len()).filter(|distance| *distance <= most);
    }
    let distance = table(left, right, most)?;
    Some(distance).filter(|distance| *distance <= most)
}

/// The whole table, three rows of it at a time, until a row has no cell within `most`: the least of a row never falls.
fn table(left: &[u8], right: &[u8], most: usize) -> Option<usize> {
    // bytes, for rows that change places are then a cache line each
    let mut rows = [[0u8; LONGEST + 1]; 3];
    rows.get_mut(1)?.iter_mut().zip(0..).for_each(|(cell, place)| *cell = place);
    for ((i, letter), number) in left.iter().enumerate().zip(1..) {
        let [before, last, now] = &mut rows;
        *now.first_mut()? = number;
        let mut least = number;
        for (j, other) in right.iter().enumerate() {
            let change = last.get(j)? + u8::from(letter != other);
            let mut best = change.min(last.get(j + 1)? + 1).min(now.get(j)? + 1);
            let swapped = i > 0 && j > 0 && left.get(i - 1) == Some(other) && right.get(j - 1) == Some(letter);
            if swapped {
                best = best.min(before.get(j - 1)? + 1);
            }
            *now.get_mut(j + 1)? = best;
            least = least.min(best);
        }
        if usize::from(least) > most {
            return None;
        }
        rows.rotate_left(1);
    }
    rows.get(1)?.get(right.len()).copied().map(usize::from)
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn counts_changes_and_swaps() {
        assert_eq!(within(b"kim", b"kim", 2), Some(0));
        assert_eq!(within(b"yong", b"yogn", 2), Some(1));
        assert_eq!(within(b"petrov", b"petrof", 2), Some(1));
        assert_eq!(within(b"alexander", b"aleksander", 2), Some(2));
        assert_eq!(within(b"kim", b"park", 2), None);
        assert_eq!(within(b"", b"ab", 2), Some(2));
    }
}

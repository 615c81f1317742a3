//! Work spread over the threads of the machine, with its results in the order of the work.

use std::num::NonZero;

/// How many threads this machine runs at once.
pub(crate) fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

/// A workspace for each thread that this machine runs at once.
pub(crate) fn workspaces<W: Default>() -> Vec<W> {
    std::iter::repeat_with(W::default).take(threads()).collect()
}

/// Does something with each item, on a thread for each workspace, which keeps what it has learnt for the next call. The results stand in the
/// order of the items, so nothing tells how many threads there were. Without a workspace nothing is done.
pub(crate) fn in_order<T: Sync, W: Send, R: Send>(
    items: &[T],
    workspaces: &mut [W],
    work: impl Fn(&T, &mut W) -> R + Sync,
) -> Vec<R> {
    let size = items.len().div_ceil(workspaces.len().max(1)).max(1);
    let work = &work;
    std::thread::scope(|scope| {
        let started: Vec<_> = items
            .chunks(size)
            .zip(workspaces)
            .map(|(chunk, own)| scope.spawn(move || chunk.iter().map(|item| work(item, own)).collect::<Vec<R>>()))
            .collect();
        // a thread that panicked takes the program with it, as its panic would have
        let joined = started.into_iter().map(|thread| thread.join());
        joined.flat_map(|results| results.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_stand_in_the_order_of_the_work() {
        let items: Vec<u32> = (0..1000).collect();
        for threads in [1, 3, 2000] {
            let mut done = vec![0; threads];
            let count = |item: &u32, done: &mut u32| {
                *done += 1;
                *item
            };
            assert_eq!(super::in_order(&items, &mut done, count), items);
            assert_eq!(done.iter().sum::<u32>(), 1000);
        }
        assert!(super::in_order(&[] as &[u32], &mut [(); 4], |item, ()| *item).is_empty());
    }
}

//! Work spread over the threads of the machine, with its results in the order of the work.

use std::num::NonZero;

/// How many threads this machine runs at once.
pub(crate) fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

/// Does something with each item, on so many threads; each thread has a workspace of its own. The results stand in the order of
/// the items, so nothing tells how many threads there were.
pub(crate) fn in_order<T: Sync, W, R: Send>(
    items: &[T],
    threads: usize,
    workspace: impl Fn() -> W + Sync,
    work: impl Fn(&T, &mut W) -> R + Sync,
) -> Vec<R> {
    let size = items.len().div_ceil(threads.max(1)).max(1);
    let (workspace, work) = (&workspace, &work);
    std::thread::scope(|scope| {
        let started: Vec<_> = items
            .chunks(size)
            .map(|chunk| {
                scope.spawn(move || {
                    let mut own = workspace();
                    chunk.iter().map(|item| work(item, &mut own)).collect::<Vec<R>>()
                })
            })
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
        for threads in [0, 1, 3, 2000] {
            assert_eq!(super::in_order(&items, threads, || (), |item, ()| item * 2).len(), 1000);
            assert!(super::in_order(&items, threads, || (), |item, ()| *item).is_sorted());
        }
        assert!(super::in_order(&[] as &[u32], 4, || (), |item, ()| *item).is_empty());
    }
}

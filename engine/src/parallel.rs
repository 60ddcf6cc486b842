//! Work that is independent, on all processors.
//!
//! Must never know: what the work is for.
//!
//! Invariant: results come in the order of what they are made of, whatever the number of processors.

use std::{
    num::NonZero,
    panic::resume_unwind,
    sync::{
        Mutex, OnceLock, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

/// How many threads can run at once.
pub fn processors() -> usize {
    // The system looks into several files to tell.
    static PROCESSORS: OnceLock<usize> = OnceLock::new();
    *PROCESSORS.get_or_init(|| thread::available_parallelism().map_or(1, NonZero::get))
}

/// Carries out each piece of work on a thread of its own, the last on this one. There should be few.
/// A panic goes on here.
pub fn each<Work: Send>(mut pieces: Vec<Work>, carry_out: impl Fn(Work) + Sync) {
    let Some(last) = pieces.pop() else { return };
    // Work whose thread the system refuses is in the closure that is gone; so it is lent, not given.
    let mut pieces: Vec<Option<Work>> = pieces.into_iter().map(Some).collect();
    thread::scope(|scope| {
        let helpers: Vec<_> = pieces
            .iter_mut()
            .filter_map(|piece| {
                let run = || _ = piece.take().map(&carry_out);
                thread::Builder::new().spawn_scoped(scope, run).ok()
            })
            .collect();
        carry_out(last);
        for helper in helpers {
            helper.join().unwrap_or_else(|panic| resume_unwind(panic));
        }
    });
    pieces.into_iter().flatten().for_each(carry_out);
}

/// Does the same work on all processors at once, on so many threads at the most. A panic goes on here.
fn on_all(most: usize, work: impl Fn() + Sync) {
    if most < 2 {
        return work();
    }
    thread::scope(|scope| {
        // How many processors there are takes the system long to say: the first helper asks, and begins the others.
        let help = || each(vec![(); processors().min(most) - 1], |()| work());
        let helper = thread::Builder::new().spawn_scoped(scope, help);
        work();
        helper.map_or(Ok(()), thread::ScopedJoinHandle::join).unwrap_or_else(|panic| resume_unwind(panic));
    });
}

/// What `make` makes of each item, in the order of the items. A panic of `make` goes on here.
pub fn map<Item: Sync, Made: Send>(items: &[Item], make: impl Fn(&Item) -> Made + Sync) -> Vec<Made> {
    map_with(items, || (), |(), item| make(item))
}

/// Like [`map`], where each thread has tools of its own, which `tools` makes.
pub fn map_with<Item: Sync, Made: Send, Tools>(
    items: &[Item],
    tools: impl Fn() -> Tools + Sync,
    make: impl Fn(&mut Tools, &Item) -> Made + Sync,
) -> Vec<Made> {
    let next = AtomicUsize::new(0);
    let all = Mutex::new(Vec::with_capacity(items.len()));
    on_all(items.len(), || {
        let (mut tools, mut made) = (tools(), Vec::new());
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { break };
            made.push((index, make(&mut tools, item)));
        }
        // Nothing panics while it is locked.
        all.lock().unwrap_or_else(PoisonError::into_inner).extend(made);
    });
    let mut made = all.into_inner().unwrap_or_else(PoisonError::into_inner);
    made.sort_unstable_by_key(|(index, _)| *index);
    made.into_iter().map(|(_, made)| made).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order() {
        let numbers: Vec<usize> = (0..1000).collect();
        let doubled = map(&numbers, |number| {
            // The first take longest, so that others end before them.
            thread::sleep(std::time::Duration::from_micros(((1000 - number) % 50) as u64));
            2 * number
        });
        assert!(doubled.iter().enumerate().all(|(index, doubled)| *doubled == 2 * index));
        assert!(map(&[0; 0], |_| ()).is_empty());
    }

    #[test]
    fn each_piece_is_carried_out() {
        let mut numbers = [0; 9];
        each(numbers.iter_mut().enumerate().collect(), |(index, number)| *number = index);
        assert_eq!(numbers, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
        each(Vec::<usize>::new(), |_| unreachable!("there is none"));
    }

    #[test]
    #[should_panic(expected = "seventh")]
    fn a_panic_goes_on() {
        map(&[1, 2, 3, 4, 5, 6, 7, 8], |number| assert!(*number != 7, "seventh"));
    }
}

//! Steps of work, counted in tests: how they grow with the input does not depend on the machine.
//!
//! Must never know: what the work is for.
//!
//! Invariant: outside of tests nothing is counted, and a call costs nothing.

/// Counts one step of the innermost loop of an algorithm. Only tests count.
#[inline(always)]
pub(crate) fn step() {
    #[cfg(test)]
    tests::STEPS.set(tests::STEPS.get() + 1);
}

#[cfg(test)]
pub(crate) mod tests {
    use std::{
        cell::Cell,
        sync::LazyLock,
        time::{Duration, Instant},
    };

    thread_local! {
        pub(super) static STEPS: Cell<usize> = const { Cell::new(0) };
    }

    /// The steps that some work takes on this thread.
    pub fn steps<T>(work: impl FnOnce() -> T) -> usize {
        let before = STEPS.get();
        std::hint::black_box(work());
        STEPS.get() - before
    }

    /// Fails if twice the input takes more than twice the steps, a tenth allowed for beginnings and ends.
    /// `work` makes its input in the size that it is given and says how many steps that took.
    pub fn assert_linear(size: usize, mut work: impl FnMut(usize) -> usize) {
        let (once, twice) = (work(size), work(2 * size));
        assert!(once > 0, "no step is counted");
        assert!(twice * 10 <= once * 21 + 1_000, "{once} steps for {size}, {twice} for {}", 2 * size);
    }

    /// The time for which this thread had a processor, whatever else the machine does; elsewhere than on
    /// Linux that since the test began.
    pub fn processor_time() -> Duration {
        static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
        let ran = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
        let nanoseconds = ran.and_then(|ran| ran.split(' ').next()?.parse().ok());
        nanoseconds.map_or_else(|| BEGUN.elapsed(), Duration::from_nanos)
    }
}

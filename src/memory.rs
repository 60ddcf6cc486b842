//! The program's allocator: the system's, with a limit that may be set once.
//!
//! The process that reads a picture sets it (see `artwork::isolation`); in all others an allocation costs one
//! comparison more. Its invariant: what is allocated beyond the limit fails, and so ends the process.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

/// See the module.
pub struct Limited;

/// How many bytes may be allocated; `usize::MAX` if nothing is counted.
static LIMIT: AtomicUsize = AtomicUsize::new(usize::MAX);
/// How many bytes were allocated since the limit was set, and not given back.
static IN_USE: AtomicUsize = AtomicUsize::new(0);

/// From now on so many bytes may be allocated.
pub fn limit(bytes: usize) {
    LIMIT.store(bytes, Relaxed);
}

/// Counts an allocation; says whether it is within the limit.
fn count(bytes: usize) -> bool {
    let limit = LIMIT.load(Relaxed);
    if limit == usize::MAX {
        return true;
    }
    let before = IN_USE.fetch_add(bytes, Relaxed);
    let is_within = before.saturating_add(bytes) <= limit;
    if !is_within {
        give_back(bytes);
    }
    is_within
}

/// What was allocated before the limit was set may be given back after it, so the count stops at nought.
fn give_back(bytes: usize) {
    if LIMIT.load(Relaxed) != usize::MAX {
        // The closure always gives a number.
        _ = IN_USE.fetch_update(Relaxed, Relaxed, |in_use| Some(in_use.saturating_sub(bytes)));
    }
}

// SAFETY: memory is the system's own; numbers alone are counted beside it, without an allocation.
unsafe impl GlobalAlloc for Limited {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if !count(layout.size()) {
            return std::ptr::null_mut();
        }
        // SAFETY: the caller's promise is passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if !count(layout.size()) {
            return std::ptr::null_mut();
        }
        // SAFETY: as above.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        give_back(layout.size());
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if !count(size) {
            return std::ptr::null_mut();
        }
        // SAFETY: as above.
        let moved = unsafe { System.realloc(pointer, layout, size) };
        give_back(if moved.is_null() { size } else { layout.size() });
        moved
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_beyond_the_limit_is_not_counted_and_fails() {
        // The program's tests allocate little, and at the same time: the limit is far above.
        assert!(count(usize::MAX));
        limit(1 << 40);
        assert!(count(1 << 39) && !count(1 << 40));
        give_back(1 << 39);
        assert!(count(1 << 39));
        give_back(usize::MAX);
        limit(usize::MAX);
    }
}

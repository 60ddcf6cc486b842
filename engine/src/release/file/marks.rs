//! Which marks the texts of a file may have, while it is read.
//!
//! serde hands nothing from the format number on to the texts, and an error of a text must be found where the text
//! is; so the format is noted for the thread that reads. Invariant: outside of [`reading`], all marks are read.

use std::cell::Cell;

use crate::release::markup::Marks;

thread_local! {
    static MARKS: Cell<Marks> = const { Cell::new(Marks::All) };
}

/// The marks of the file that this thread reads.
pub(super) fn read() -> Marks {
    MARKS.get()
}

/// Reads with the marks of a format.
pub(super) fn reading<T>(format: u32, read: impl FnOnce() -> T) -> T {
    MARKS.set(if format < 3 { Marks::First } else { Marks::All });
    let done = read();
    MARKS.set(Marks::All);
    done
}

//! The process that reads one picture and ends.
//!
//! Its invariant: it ends by itself when its time is over or its memory is used up, even if the one that
//! started it is gone.

use std::{
    io::{BufWriter, Read as _, Write as _},
    process::ExitCode,
    thread,
    time::Duration,
};

use super::{super::MAX_BYTES, MAX_TIME, wire};

/// The one argument with which the process is started. It is no command: nobody types it.
pub(super) const ARGUMENT: &str = "--read-one-picture-from-standard-input";

/// What the process says when it has begun.
pub(super) const READY: u8 = 0x52;

/// The exit of a process whose reader panicked.
pub(super) const PANICKED: i32 = 101;

/// What the process may allocate, in bytes. With its code and its stacks it stays below 256 MiB.
pub const MAX_MEMORY: usize = 224 << 20;

/// What the system lets it have, in bytes: all that it writes to, its stacks too.
pub(super) const MAX_DATA: u64 = 256 << 20;

/// The reader's stack, in bytes: main threads have from one to eight MiB, depending on the system.
const STACK: usize = 4 << 20;

/// How much longer than its time it lives, so that the one that waits ends it first.
const GRACE: Duration = Duration::from_millis(500);

/// Reads a picture and says what exit the program has, if it was started for that.
///
/// To be called before anything else. `limit` is told how many bytes may be allocated from then on; beyond,
/// allocations fail.
pub fn serve_if_asked(limit: fn(usize)) -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    let is_asked = arguments.next().is_some_and(|argument| argument == ARGUMENT) && arguments.next().is_none();
    is_asked.then(|| serve(limit))
}

fn serve(limit: fn(usize)) -> ExitCode {
    limit(MAX_MEMORY);
    limit_of_system();
    // Standard error goes nowhere, and there is nothing to trace.
    std::panic::set_hook(Box::new(|_| {}));
    let reader = thread::Builder::new().stack_size(STACK).spawn(read);
    let watch = thread::Builder::new().stack_size(64 << 10).spawn(|| {
        thread::sleep(MAX_TIME + GRACE);
        std::process::abort();
    });
    match (reader, watch) {
        (Ok(reader), Ok(_)) => match reader.join() {
            Ok(Ok(())) => ExitCode::SUCCESS,
            Ok(Err(_)) => ExitCode::FAILURE,
            Err(_) => std::process::exit(PANICKED),
        },
        _ => ExitCode::FAILURE,
    }
}

fn read() -> std::io::Result<()> {
    let mut output = BufWriter::with_capacity(1 << 16, std::io::stdout());
    output.write_all(&[READY])?;
    output.flush()?;
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    let answer = super::super::decode_here(&bytes);
    wire::write(&answer, &mut output)?;
    output.flush()
}

/// Asks the system to hold the process to its memory and its time, and to write no image of it when it dies.
#[cfg(unix)]
fn limit_of_system() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let seconds = MAX_TIME.as_secs() + 1;
    let limits = [(Resource::Data, MAX_DATA), (Resource::Cpu, seconds), (Resource::Core, 0), (Resource::Fsize, 0)];
    for (resource, most) in limits {
        let most = getrlimit(resource).maximum.map_or(most, |maximum| maximum.min(most));
        // A system that knows no such limit has the others, and the allocator's.
        _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    }
}

/// On Windows, the job in which the process runs holds it to both.
#[cfg(not(unix))]
fn limit_of_system() {}

//! Pictures read in a process of their own, which may be ended.
//!
//! The readers of pictures are code of others, and a picture that came by mail may be made to keep them busy
//! for ever or to take all memory. The limits of `svg` and `photo` refuse what is known; here is what holds
//! against all else: the program starts itself once more, hands over the file's bytes and takes back pixels or
//! shapes. That process ends itself when its time or memory is used up, and is ended if it does not.
//!
//! Knows processes, nothing of formats. Its invariant: whatever the bytes are, `decode` comes back within
//! `MAX_START` and `MAX_TIME`, and no process that it started is left.

mod child;
#[cfg(windows)]
mod job;
mod wire;

use std::{
    io::{BufReader, Read as _, Write as _},
    path::PathBuf,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::{OnceLock, mpsc},
    thread,
    time::Duration,
};

pub use child::{MAX_MEMORY, serve_if_asked};

use super::{Artwork, ArtworkError, Excess, MAX_TIME};

/// The longest that the process may take to begin: a guard against viruses reads all of a program first.
const MAX_START: Duration = Duration::from_secs(3);

/// The program that reads pictures.
static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// From now on pictures are read by this very program, whose `main` begins with [`serve_if_asked`].
pub fn enable() {
    // Under this name Linux has the program even after an update took its file away.
    let of_linux = PathBuf::from("/proc/self/exe");
    let own = if of_linux.exists() { Ok(of_linux) } else { std::env::current_exe() };
    // Without a program, pictures are read in this process, within the limits of their readers.
    if let Ok(own) = own {
        enable_with(own);
    }
}

/// From now on pictures are read by another program that begins with [`serve_if_asked`]; for tests.
pub fn enable_with(program: PathBuf) {
    // The first to ask decides.
    _ = PROGRAM.set(program);
}

/// Reads a picture in a process of its own. `None` if none can be started.
pub(super) fn decode(bytes: &[u8]) -> Option<Result<Artwork, ArtworkError>> {
    let mut command = Command::new(PROGRAM.get()?);
    decode_by(command.arg(child::ARGUMENT), bytes)
}

fn decode_by(command: &mut Command, bytes: &[u8]) -> Option<Result<Artwork, ArtworkError>> {
    let mut child = start(command)?;
    // Before it gets a byte. Without a job, it has the limits that it sets for itself.
    #[cfg(windows)]
    let _job = job::Job::hold(&child);
    let ends = child.stdin.take().zip(child.stdout.take());
    let result = ends.and_then(|(input, output)| talk(&mut child, input, output, bytes));
    // It may have ended by itself; and what was ended is waited for, so that nothing of it is left.
    _ = child.kill();
    let status = child.wait().ok();
    match result? {
        Some(result) => Some(result),
        // A reader that lost its way says so by its exit; without memory there is none to say anything.
        None if status.and_then(|status| status.code()) == Some(child::PANICKED) => {
            Some(Err(ArtworkError::Damaged("its data has no meaning".into())))
        }
        None => Some(Err(Excess::Memory.into())),
    }
}

fn start(command: &mut Command) -> Option<Child> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    #[cfg(windows)]
    {
        use std::os::windows::process::CommandExt as _;
        /// `CREATE_NO_WINDOW`: no console flashes up.
        const NO_WINDOW: u32 = 0x0800_0000;
        command.creation_flags(NO_WINDOW);
    }
    command.spawn().ok()
}

/// What a process says.
enum Word {
    Ready,
    Done(Option<Result<Artwork, ArtworkError>>),
}

/// Hands over the bytes and waits for the answer. `None` if the process did not begin, `Some(None)` if it
/// ended without an answer.
fn talk(
    child: &mut Child,
    mut input: ChildStdin,
    output: ChildStdout,
    bytes: &[u8],
) -> Option<Option<Result<Artwork, ArtworkError>>> {
    thread::scope(|scope| {
        let (say, hear) = mpsc::channel();
        // Each end on a thread: a process that does not read, or says too much, keeps nobody waiting.
        scope.spawn(move || {
            // A process that has ended reads no more.
            _ = input.write_all(bytes);
        });
        scope.spawn(move || {
            let mut output = BufReader::with_capacity(1 << 16, output);
            let mut ready = [0];
            if output.read_exact(&mut ready).is_ok() && ready == [child::READY] && say.send(Word::Ready).is_ok() {
                // Who no longer waits does not want it.
                _ = say.send(Word::Done(wire::read(&mut output).ok()));
            }
        });
        let answer = match hear.recv_timeout(MAX_START) {
            Ok(Word::Ready) => match hear.recv_timeout(MAX_TIME) {
                Ok(Word::Done(answer)) => Some(answer),
                _ => Some(Some(Err(Excess::Time.into()))),
            },
            _ => None,
        };
        // So that the threads end, for which the scope waits.
        _ = child.kill();
        answer
    })
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[cfg(unix)]
    fn shell(script: &str) -> Command {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", script]);
        command
    }

    #[cfg(windows)]
    fn shell(script: &str) -> Command {
        let mut command = Command::new("cmd");
        std::os::windows::process::CommandExt::raw_arg(&mut command, format!("/c {script}"));
        command
    }

    /// Scripts that never end, that say they are ready and never end, and that end with an exit code.
    #[cfg(unix)]
    const HANGS: [&str; 2] = ["exec sleep 600", "printf R; exec sleep 600"];
    #[cfg(windows)]
    const HANGS: [&str; 2] = ["for /L %i in (0,0,1) do @rem", "<nul set /p=R& for /L %i in (0,0,1) do @rem"];
    #[cfg(unix)]
    const EXITS: [(&str, bool); 2] = [("printf R; exit 3", false), ("printf R; exit 101", true)];
    #[cfg(windows)]
    const EXITS: [(&str, bool); 2] = [("<nul set /p=R& exit 3", false), ("<nul set /p=R& exit 101", true)];

    fn by_script(script: &str, bytes: &[u8]) -> (Option<Result<Artwork, ArtworkError>>, Duration) {
        let start = Instant::now();
        let result = decode_by(&mut shell(script), bytes);
        (result, start.elapsed())
    }

    fn assert_refused(script: &str, is_damaged: bool) {
        let (result, _) = by_script(script, b"<svg/>");
        let expected = if is_damaged { "is damaged" } else { "needs too much memory" };
        let said = result.unwrap().unwrap_err().to_string();
        assert!(said.starts_with(expected), "{script}: {said}");
    }

    #[test]
    fn a_process_that_hangs_is_ended() {
        let large = vec![b' '; 4 << 20];
        let (result, time) = by_script(HANGS[1], &large);
        assert!(matches!(result, Some(Err(ArtworkError::TooComplex(Excess::Time)))), "{result:?}");
        assert!((MAX_TIME..MAX_TIME + MAX_START).contains(&time), "{time:?}");
    }

    #[test]
    fn where_no_process_begins_there_is_no_answer() {
        assert!(decode_by(&mut Command::new("/there is no such program"), b"").is_none());
        assert!(by_script("exit 0", b"").0.is_none());
        let (result, time) = by_script(HANGS[0], b"");
        assert!(result.is_none() && time >= MAX_START);
    }

    #[test]
    fn a_process_that_dies_makes_a_refusal() {
        for (script, is_damaged) in EXITS {
            assert_refused(script, is_damaged);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_process_that_is_killed_or_talks_nonsense_makes_a_refusal() {
        for script in [
            "printf R; kill -9 $$",
            "printf 'R\\003'",
            "printf 'R\\001\\377\\377\\377\\377\\377\\377\\377\\377'; exec cat /dev/zero",
        ] {
            assert_refused(script, false);
        }
        let (result, _) = by_script("printf 'R\\002\\003\\000\\000\\000\\000'", b"<svg/>");
        assert!(matches!(result, Some(Err(ArtworkError::UnknownKind))));
    }
}

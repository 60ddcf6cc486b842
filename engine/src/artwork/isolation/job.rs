//! A job of Windows: the system ends the process in it with the program, and bounds its memory and its time.
//!
//! Knows processes and nothing of pictures. The invariant: all that is unsafe in `artwork` is here, and a
//! process that a job holds does not outlive the job.

use std::{
    io,
    os::windows::io::{AsRawHandle as _, FromRawHandle as _, OwnedHandle},
    process::Child,
    ptr,
};

use windows_sys::Win32::System::JobObjects::{
    AssignProcessToJobObject, CreateJobObjectW, JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION,
    JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE, JOB_OBJECT_LIMIT_PROCESS_MEMORY, JOB_OBJECT_LIMIT_PROCESS_TIME,
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION, JobObjectExtendedLimitInformation, SetInformationJobObject,
};

use super::{MAX_TIME, child::MAX_DATA};

/// A job with one process. The system closes its handle, and so ends the process, even if this program is
/// killed.
pub(super) struct Job {
    _handle: OwnedHandle,
}

impl Job {
    /// Puts a process into a new job, with the limits that a reader of pictures has.
    ///
    /// # Errors
    /// If the system refuses. The process then has only the limits that it sets for itself.
    pub(super) fn hold(child: &Child) -> io::Result<Self> {
        // SAFETY: both arguments may be null: nobody inherits the job, and it has no name.
        let job = unsafe { CreateJobObjectW(ptr::null(), ptr::null()) };
        if job.is_null() {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: the handle is open and belongs to nothing else.
        let job = unsafe { OwnedHandle::from_raw_handle(job) };
        let limits = limits();
        // SAFETY: the handle is open, and `limits` has the size that is given and outlives the call.
        let done = unsafe {
            SetInformationJobObject(
                job.as_raw_handle(),
                JobObjectExtendedLimitInformation,
                (&raw const limits).cast(),
                size_of_val(&limits) as u32,
            )
        };
        if done == 0 {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: both handles are open.
        let done = unsafe { AssignProcessToJobObject(job.as_raw_handle(), child.as_raw_handle()) };
        if done == 0 { Err(io::Error::last_os_error()) } else { Ok(Self { _handle: job }) }
    }
}

fn limits() -> JOBOBJECT_EXTENDED_LIMIT_INFORMATION {
    /// Windows counts a process's time in parts of 100 nanoseconds.
    const TICKS_PER_SECOND: i64 = 10_000_000;
    let seconds = i64::try_from(MAX_TIME.as_secs() + 1).unwrap_or(i64::MAX / TICKS_PER_SECOND);
    let mut limits = JOBOBJECT_EXTENDED_LIMIT_INFORMATION::default();
    // No box of the system's appears when the process dies.
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
        | JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION
        | JOB_OBJECT_LIMIT_PROCESS_MEMORY
        | JOB_OBJECT_LIMIT_PROCESS_TIME;
    limits.BasicLimitInformation.PerProcessUserTimeLimit = seconds * TICKS_PER_SECOND;
    limits.ProcessMemoryLimit = MAX_DATA as usize;
    limits
}

#[cfg(test)]
mod tests {
    use std::{
        io::{BufRead as _, BufReader, Write as _},
        process::{Command, Stdio},
        thread,
        time::{Duration, Instant},
    };

    use super::*;

    /// A process of this very test program that runs one of the ignored tests below.
    fn start(test: &str) -> Child {
        Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "--nocapture"])
            .arg(format!("artwork::isolation::job::tests::{test}"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// The number that a process says behind a mark; it may say other things before.
    fn number_of(child: &mut Child) -> u32 {
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let said = lines.map_while(Result::ok).find_map(|line| Some(line.split_once("process ")?.1.parse().unwrap()));
        said.expect("a number")
    }

    fn is_running(process: u32) -> bool {
        let filter = format!("PID eq {process}");
        let found = Command::new("tasklist").args(["/fi", &filter, "/fo", "csv", "/nh"]).output().unwrap();
        String::from_utf8_lossy(&found.stdout).contains(&format!("\"{process}\""))
    }

    fn ends_within(time: Duration, mut is_over: impl FnMut() -> bool) -> bool {
        let begun = Instant::now();
        while !is_over() {
            if begun.elapsed() > time {
                return false;
            }
            thread::sleep(Duration::from_millis(50));
        }
        true
    }

    fn is_wine() -> bool {
        let key = ["query", r"HKCU\Software\Wine"];
        Command::new("reg").args(key).output().is_ok_and(|found| found.status.success())
    }

    #[test]
    #[ignore = "a process that others start and end"]
    fn sleeper() {
        println!("process {}", std::process::id());
        thread::sleep(Duration::from_secs(60));
    }

    #[test]
    #[ignore = "a program that is killed while it reads a picture"]
    fn program() {
        let mut child = start("sleeper");
        let job = Job::hold(&child).unwrap();
        println!("process {}", number_of(&mut child));
        thread::sleep(Duration::from_secs(60));
        drop(job);
    }

    #[test]
    #[ignore = "a process that takes more memory than it may have"]
    fn glutton() {
        io::stdin().read_line(&mut String::new()).unwrap();
        let taken = vec![1u8; MAX_DATA as usize + 1];
        println!("process {}", taken.len());
    }

    #[test]
    fn a_process_ends_with_its_job() {
        let mut child = start("sleeper");
        let job = Job::hold(&child).unwrap();
        assert!(is_running(number_of(&mut child)));
        drop(job);
        assert!(ends_within(Duration::from_secs(5), || child.try_wait().unwrap().is_some()));
    }

    #[test]
    fn a_process_ends_with_the_program_that_is_killed() {
        let mut program = start("program");
        let process = number_of(&mut program);
        assert!(is_running(process));
        program.kill().unwrap();
        program.wait().unwrap();
        assert!(ends_within(Duration::from_secs(5), || !is_running(process)));
    }

    #[test]
    fn a_process_gets_no_more_memory_than_its_job_allows() {
        // Wine accepts the limit and does not keep it.
        let mut child = start("glutton");
        let job = Job::hold(&child).unwrap();
        child.stdin.take().unwrap().write_all(b"\n").unwrap();
        let output = child.wait_with_output().unwrap();
        let got = String::from_utf8_lossy(&output.stdout).contains("process ");
        assert_eq!(got, is_wine());
        drop(job);
    }
}

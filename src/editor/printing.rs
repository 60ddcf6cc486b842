//! A PDF on its way to the printer.
//!
//! It knows files and programs, not releases. The invariant: messages say what was really done: the
//! printer has it, or the PDF is open in a program that prints it, or why neither.

use std::{
    io,
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, TryRecvError, channel},
};

use super::platform::open_in_other_program;

/// A file on its way to the printer.
pub struct PrintJob(Receiver<Outcome>);

/// What came of printing.
pub type Outcome = Result<Printed, PrintError>;

/// What was done with a file that should be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Printed {
    /// The printer, or the program that prints, has it.
    HandedOver,
    /// It is open in the program that shows PDFs, for the user to print from there.
    Opened,
}

/// Why a file was not printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrintError {
    /// Nothing on this computer prints or opens PDFs.
    Unavailable,
    /// Printing and opening were refused, in the system's words.
    Refused(String),
}

/// What the system can do with a PDF.
trait System {
    /// Has it printed. `NotFound` and `Unsupported` mean that nothing here prints.
    fn print(&self, path: &Path) -> io::Result<()>;
    /// Opens it for the user.
    fn open(&self, path: &Path) -> io::Result<()>;
}

impl PrintJob {
    /// Hands a PDF to the system's printing, on a thread of its own.
    pub fn start(path: PathBuf, wake: egui::Context) -> Self {
        let (sender, receiver) = channel();
        let work = move || {
            let _ = sender.send(print(&ThisSystem, &path));
            wake.request_repaint();
        };
        // A thread that does not start drops the sender, which is an outcome, too.
        let _ = std::thread::Builder::new().name("printing".into()).spawn(work);
        Self(receiver)
    }

    /// What came of it, once that is known.
    pub fn outcome(&self) -> Option<Outcome> {
        match self.0.try_recv() {
            Ok(outcome) => Some(outcome),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Err(PrintError::Unavailable)),
        }
    }
}

fn print(system: &dyn System, path: &Path) -> Outcome {
    let Err(refused) = system.print(path) else { return Ok(Printed::HandedOver) };
    // Edge, Chrome and many others have no print verb, but all of them have Ctrl+P.
    match system.open(path) {
        Ok(()) => Ok(Printed::Opened),
        Err(_) if is_missing(&refused) => Err(PrintError::Unavailable),
        Err(_) => Err(PrintError::Refused(refused.to_string().trim().trim_end_matches('.').to_owned())),
    }
}

fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::Unsupported)
}

struct ThisSystem;

impl System for ThisSystem {
    #[cfg(not(windows))]
    fn print(&self, path: &Path) -> io::Result<()> {
        let output = std::process::Command::new("lp").arg("--").arg(path).output()?;
        if output.status.success() {
            return Ok(());
        }
        let reason = String::from_utf8_lossy(&output.stderr);
        Err(io::Error::other(reason.trim().to_owned()))
    }

    #[cfg(windows)]
    fn print(&self, path: &Path) -> io::Result<()> {
        shell::execute("print", path)
    }

    fn open(&self, path: &Path) -> io::Result<()> {
        open_in_other_program(path)
    }
}

#[cfg(windows)]
mod shell {
    //! Windows' programs for a kind of file, by the verbs that they have registered.

    use std::{io, os::windows::ffi::OsStrExt as _, path::Path, ptr};

    use windows_sys::Win32::{
        Foundation::ERROR_NO_ASSOCIATION,
        System::Com::{COINIT_APARTMENTTHREADED, COINIT_DISABLE_OLE1DDE, CoInitializeEx},
        UI::{
            Shell::{SEE_MASK_FLAG_NO_UI, SEE_MASK_NOASYNC, SHELLEXECUTEINFOW, ShellExecuteExW},
            WindowsAndMessaging::SW_SHOWMINNOACTIVE,
        },
    };

    /// Has a program carry out a verb on a file. `Unsupported` if no program has that verb.
    pub fn execute(verb: &str, path: &Path) -> io::Result<()> {
        let wide = |text: &std::ffi::OsStr| text.encode_wide().chain([0]).collect::<Vec<u16>>();
        let (verb, file) = (wide(verb.as_ref()), wide(path.as_os_str()));
        let mut info = SHELLEXECUTEINFOW {
            cbSize: size_of::<SHELLEXECUTEINFOW>() as u32,
            // The window shows the error; and the thread ends soon, so nothing is left for later.
            fMask: SEE_MASK_FLAG_NO_UI | SEE_MASK_NOASYNC,
            lpVerb: verb.as_ptr(),
            lpFile: file.as_ptr(),
            nShow: SW_SHOWMINNOACTIVE,
            ..SHELLEXECUTEINFOW::default()
        };
        // SAFETY: `verb` and `file` end with a zero and outlive the call; COM is this thread's alone.
        let (done, error) = unsafe {
            // Some programs are started by COM. Where it is there already, so much the better.
            CoInitializeEx(ptr::null(), (COINIT_APARTMENTTHREADED | COINIT_DISABLE_OLE1DDE) as u32);
            (ShellExecuteExW(&raw mut info), io::Error::last_os_error())
        };
        match error.raw_os_error() {
            _ if done != 0 => Ok(()),
            Some(code) if code as u32 == ERROR_NO_ASSOCIATION => Err(io::ErrorKind::Unsupported.into()),
            _ => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    struct Pretended {
        print: fn() -> io::Result<()>,
        open: fn() -> io::Result<()>,
        opened: Cell<bool>,
    }

    impl System for Pretended {
        fn print(&self, _: &Path) -> io::Result<()> {
            (self.print)()
        }

        fn open(&self, _: &Path) -> io::Result<()> {
            self.opened.set(true);
            (self.open)()
        }
    }

    #[test]
    fn what_no_program_prints_is_opened_for_the_user_and_said_to_be() {
        let done = || Ok(());
        let missing = || Err(io::ErrorKind::NotFound.into());
        let no_verb = || Err(io::ErrorKind::Unsupported.into());
        let refused = || Err(io::Error::other("no default destination available."));
        let outcome = |print, open| {
            let system = Pretended { print, open, opened: Cell::new(false) };
            let outcome = super::print(&system, Path::new("a.pdf"));
            (outcome, system.opened.get())
        };
        assert_eq!(outcome(done, done), (Ok(Printed::HandedOver), false));
        for print in [missing, no_verb, refused] {
            assert_eq!(outcome(print, done), (Ok(Printed::Opened), true));
        }
        assert_eq!(outcome(no_verb, missing), (Err(PrintError::Unavailable), true));
        let reason = "no default destination available".to_owned();
        assert_eq!(outcome(refused, missing), (Err(PrintError::Refused(reason)), true));
    }
}

//! What happens when the program itself fails.
//!
//! A panic on the main thread ends the program: journals and corrections are flushed, a report is written, the window
//! closes, and a message box says where the text is. A panic on another thread is only reported; the code
//! that waits for the thread handles its absence. Knows nothing of documents. The invariant: the message
//! comes after the text is on the disk.

use std::{
    backtrace::Backtrace,
    panic::PanicHookInfo,
    path::PathBuf,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::ThreadId,
    time::Duration,
};

use super::{platform, words::Words};
use crate::storage::{WindowLanguage, corrections, faults, journal};

/// How long a panic waits for the journals, which write four times a second, and for corrections.
const LONGEST_WRITE: Duration = Duration::from_secs(3);

/// Whether a panic of the main thread is handled by the caller: while a graphics driver is started.
static EXPECTED: AtomicBool = AtomicBool::new(false);
/// Whether the main thread has panicked before.
static FAILED: AtomicBool = AtomicBool::new(false);
/// The report of the panic that ends the program.
static REPORT: Mutex<Option<PathBuf>> = Mutex::new(None);
static LANGUAGE: Mutex<WindowLanguage> = Mutex::new(WindowLanguage::English);

/// Reports panics from now on. Call it on the main thread.
pub fn watch(language: WindowLanguage) {
    use_language(language);
    let main = std::thread::current().id();
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |fault| {
        if !EXPECTED.load(Ordering::Relaxed) || std::thread::current().id() != main {
            before(fault);
            note(fault, main);
        }
    }));
}

/// Sets the language of the message.
pub fn use_language(language: WindowLanguage) {
    *LANGUAGE.lock().unwrap_or_else(PoisonError::into_inner) = language;
}

/// Says whether the caller handles a panic of the main thread, so that it is not reported.
pub fn expect_faults(expected: bool) {
    EXPECTED.store(expected, Ordering::Relaxed);
}

fn note(fault: &PanicHookInfo<'_>, main: ThreadId) {
    let thread = std::thread::current();
    let is_main = thread.id() == main;
    if is_main {
        journal::flush(LONGEST_WRITE);
        corrections::flush(LONGEST_WRITE);
    }
    let text = format!(
        "Release Composer {} on {} ({})\nThread {}\n{fault}\n\n{}\n",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
        thread.name().unwrap_or("without a name"),
        Backtrace::force_capture()
    );
    let report = faults::write(&text);
    if is_main {
        *REPORT.lock().unwrap_or_else(PoisonError::into_inner) = report;
        if FAILED.swap(true, Ordering::Relaxed) {
            // A panic while another unwinds: Rust aborts as soon as this returns.
            say(&message());
        }
    }
}

/// The message for the user, in the language of the window.
pub fn message() -> String {
    let words = Words::new(*LANGUAGE.lock().unwrap_or_else(PoisonError::into_inner));
    let report = REPORT.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let mut said = words.get("fault").to_owned();
    if let Some(folder) = journal::folder() {
        said += "\n\n";
        said += &words.with("fault-text-kept", &[("folder", &folder.display().to_string())]);
    }
    if let Some(report) = report {
        said += "\n\n";
        said += &words.with("fault-report", &[("file", &report.display().to_string())]);
    }
    said
}

/// Shows a message, and waits until the user has read it.
pub fn say(text: &str) {
    if !platform::has_display() {
        return;
    }
    #[cfg(not(any(windows, target_os = "macos")))]
    let is_said = super::notice::show(text);
    #[cfg(any(windows, target_os = "macos"))]
    let is_said = false;
    if !is_said {
        rfd::MessageDialog::new()
            .set_level(rfd::MessageLevel::Error)
            .set_title("Release Composer")
            .set_description(text)
            .show();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_told_with_the_place_of_the_text_and_of_the_report() {
        *REPORT.lock().unwrap() = Some("/data/faults/1.txt".into());
        for (language, word) in [(WindowLanguage::English, "start it again"), (WindowLanguage::Khmer, "លើកក្រោយ")]
        {
            use_language(language);
            let said = message();
            assert!(said.contains("/data/faults/1.txt") && said.contains("recovery") && said.contains(word), "{said}");
            assert!(!said.contains('{'), "{said}");
        }
    }
}

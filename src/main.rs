//! Starts the window, or carries out a command.

// Windows opens no console beside the window; src/bin/console.rs is the command line there.
#![cfg_attr(windows, windows_subsystem = "windows")]

mod cli;
mod memory;

use std::{io::Write as _, process::ExitCode};

use clap::Parser as _;
use release_composer::artwork::isolation;

#[global_allocator]
static ALLOCATOR: memory::Limited = memory::Limited;

fn main() -> ExitCode {
    if let Some(exit) = isolation::serve_if_asked(memory::limit) {
        return exit;
    }
    isolation::enable();
    let arguments = cli::Cli::try_parse().unwrap_or_else(|error| {
        use_console();
        error.exit()
    });
    if arguments.command.is_some() {
        use_console();
    }
    let result = match arguments.command {
        Some(command) => cli::run(command),
        None => open_window(arguments.draft, arguments.software),
    };
    result.unwrap_or_else(|error| {
        // A reader that went away, as `head` does, is not an error.
        let gone = error.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe);
        if !gone {
            // Without the chain of causes: our messages already say the cause in the user's words.
            let _ = writeln!(std::io::stderr(), "release-composer: {error}");
        }
        ExitCode::FAILURE
    })
}

/// Says what is said where the program was called, if nothing else takes it.
///
/// A program of windows has no console on Windows, and a prompt that starts the `.exe` instead of the
/// `.com` gives it none; the prompt's own is borrowed then. Elsewhere a program has one already.
fn use_console() {
    #[cfg(windows)]
    {
        use std::os::windows::io::AsRawHandle as _;

        use windows_sys::Win32::System::Console::{ATTACH_PARENT_PROCESS, AttachConsole};

        if std::io::stdout().as_raw_handle().is_null() && std::io::stderr().as_raw_handle().is_null() {
            // SAFETY: takes a number and no memory. A parent without a console is not an error.
            _ = unsafe { AttachConsole(ATTACH_PARENT_PROCESS) };
        }
    }
}

#[cfg(feature = "window")]
fn open_window(draft: Option<std::path::PathBuf>, software: bool) -> anyhow::Result<ExitCode> {
    use release_composer::editor::{Renderer, run};

    run(draft, if software { Renderer::Software } else { Renderer::Automatic })?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(not(feature = "window"))]
fn open_window(_draft: Option<std::path::PathBuf>, _software: bool) -> anyhow::Result<ExitCode> {
    anyhow::bail!("this build has no window; see release-composer --help for the commands")
}

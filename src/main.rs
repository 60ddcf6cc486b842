//! Starts the window, or carries out a command.

// Windows opens no console beside the window; src/bin/console.rs is the command line there.
#![cfg_attr(windows, windows_subsystem = "windows")]

mod cli;

use std::{io::Write as _, process::ExitCode};

use clap::Parser as _;

fn main() -> ExitCode {
    let arguments = cli::Cli::parse();
    let result = match arguments.command {
        Some(command) => cli::run(command),
        None => open_window(arguments.draft),
    };
    result.unwrap_or_else(|error| {
        // A reader that went away, as `head` does, is no error of ours.
        let gone = error.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe);
        if !gone {
            // Without the chain of causes: our messages say the cause in an official's words.
            let _ = writeln!(std::io::stderr(), "release-composer: {error}");
        }
        ExitCode::FAILURE
    })
}

#[cfg(feature = "window")]
fn open_window(draft: Option<std::path::PathBuf>) -> anyhow::Result<ExitCode> {
    release_composer::editor::run(draft)?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(not(feature = "window"))]
fn open_window(_draft: Option<std::path::PathBuf>) -> anyhow::Result<ExitCode> {
    anyhow::bail!("this build has no window; see release-composer --help for the commands")
}

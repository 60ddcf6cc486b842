//! The command line on Windows: `release-composer.com`.
//!
//! `release-composer.exe` is a program of windows: a command prompt neither waits for it nor gives it a
//! console. A prompt prefers `.com`, so this small console program gets the command. It starts the
//! `.exe` beside it with the same arguments, hands its input and output on, waits, and ends with its
//! exit code. Must never know what the arguments mean.
//!
//! A file or a pipe is inherited. A console is not, for a program of windows cannot write to it: there
//! the bytes go through a pipe and this program writes them.

use std::{
    io::{self, IsTerminal as _, Read, Write},
    process::{Command, ExitCode, Stdio},
    thread,
};

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            // Without standard error there is nothing to write to.
            _ = writeln!(io::stderr(), "release-composer: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the program beside this one.
///
/// # Errors
/// If it is not there or does not start; the message names the file.
fn run() -> Result<ExitCode, String> {
    let own = std::env::current_exe().map_err(|error| format!("cannot find its own folder: {error}"))?;
    let program = own.with_file_name("release-composer.exe");
    let stdio = |is_console| if is_console { Stdio::piped() } else { Stdio::inherit() };
    let mut child = Command::new(&program)
        .args(std::env::args_os().skip(1))
        .stdin(stdio(io::stdin().is_terminal()))
        .stdout(stdio(io::stdout().is_terminal()))
        .stderr(stdio(io::stderr().is_terminal()))
        .spawn()
        .map_err(|error| format!("cannot start {}: {error}", program.display()))?;
    if let Some(input) = child.stdin.take() {
        // Not waited for: it may hang on a line that is never typed.
        thread::spawn(move || pass_on(io::stdin(), input));
    }
    let output = child.stdout.take().map(|from| thread::spawn(|| pass_on(from, io::stdout())));
    let errors = child.stderr.take().map(|from| thread::spawn(|| pass_on(from, io::stderr())));
    let status = child.wait().map_err(|error| format!("cannot wait for {}: {error}", program.display()))?;
    for copied in [output, errors].into_iter().flatten() {
        _ = copied.join();
    }
    Ok(status.code().map_or(ExitCode::FAILURE, |code| ExitCode::from(u8::try_from(code).unwrap_or(1))))
}

/// Copies all bytes, each as soon as it is there. Ends quietly when either side is closed.
fn pass_on(mut from: impl Read, mut to: impl Write) {
    let mut bytes = [0; 8192];
    // The start of a character whose end has not been read: a console takes whole characters only.
    let mut held = 0;
    while let Ok(read) = from.read(&mut bytes[held..]) {
        let end = held + read;
        let whole = if read == 0 { end } else { whole_characters(&bytes[..end]) };
        if to.write_all(&bytes[..whole]).and_then(|()| to.flush()).is_err() || read == 0 {
            return;
        }
        bytes.copy_within(whole..end, 0);
        held = end - whole;
    }
}

/// How many of the bytes end with a whole character of UTF-8; all, if they are no text.
fn whole_characters(bytes: &[u8]) -> usize {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => error.valid_up_to(),
        _ => bytes.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives its bytes a few at a time, as a pipe does.
    struct Drops<'a>(&'a [u8], usize);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(buffer.len()).min(self.0.len());
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    /// Refuses what a console of Windows refuses.
    #[derive(Default)]
    struct Console(String);

    impl Write for &mut Console {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.push_str(std::str::from_utf8(bytes).map_err(io::Error::other)?);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_console_gets_whole_characters_however_they_come() {
        let text = "រាជធានីភ្នំពេញ ថ្ងៃច័ន្ទ, 30 October\r\n".repeat(700);
        for count in [1, 2, 3, 5, 7, 8192] {
            let mut console = Console::default();
            pass_on(Drops(text.as_bytes(), count), &mut console);
            assert!(console.0 == text, "{count} bytes at a time");
        }
    }

    #[test]
    fn what_is_no_text_is_passed_on_as_it_is() {
        let bytes = [b'%', 0xE2, 0xE3, 0xCF, 0xD3, b'\n', 0xE1];
        let mut out = Vec::new();
        pass_on(Drops(&bytes, 3), &mut out);
        assert_eq!(out, bytes);
    }
}

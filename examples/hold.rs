//! Holds a file open, as a program that shows it does on Windows, for `.ci/windows`.
//!
//! usage: hold FILE SHARE END      (SHARE is 0 for nobody, 1 for readers, 3 for writers too; until END is there)

use std::{error::Error, fs::OpenOptions, path::Path, thread, time::Duration};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, share, end] = arguments.as_slice() else { return Err("usage: hold FILE SHARE END".into()) };
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(windows)]
    std::os::windows::fs::OpenOptionsExt::share_mode(&mut options, share.parse()?);
    // Elsewhere an open file keeps nobody from anything.
    _ = share;
    let held = options.open(file)?;
    while !Path::new(end).exists() {
        thread::sleep(Duration::from_millis(50));
    }
    drop(held);
    Ok(())
}

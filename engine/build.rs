//! Compresses the faces that few releases use, for the program is to stay small.

use std::{
    env, fs,
    io::{self, Write as _},
    path::Path,
};

use flate2::{Compression, write::ZlibEncoder};

/// Faces of Tinos that [`typeset::fonts`](src/typeset/fonts.rs) unpacks when they are asked for.
const FACES: [&str; 2] = ["Tinos-Italic", "Tinos-BoldItalic"];

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo gives no OUT_DIR"))?;
    for face in FACES {
        let file = format!("../fonts/tinos/{face}.ttf");
        println!("cargo:rerun-if-changed={file}");
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
        packed.write_all(&fs::read(&file)?)?;
        fs::write(Path::new(&out).join(format!("{face}.z")), packed.finish()?)?;
    }
    Ok(())
}

//! Compresses the faces that few releases use and the list of common Khmer words, for the program is to stay small.

use std::{
    env, fs,
    io::{self, Write as _},
    path::Path,
};

use flate2::{Compression, write::ZlibEncoder};

/// Faces that [`typeset::fonts`](src/typeset/fonts.rs) unpacks when they are asked for.
const FACES: [&str; 4] =
    ["tinos/Tinos-Italic", "tinos/Tinos-BoldItalic", "siemreap/Siemreap-Regular", "khmer-os-content/KhmerOSContent"];
/// The list that [`khmer::common`](src/khmer/common.rs) unpacks when Khmer is first checked.
const WORDS: &str = "khmer-common-words";

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo gives no OUT_DIR"))?;
    let faces = FACES.iter().map(|face| (format!("../fonts/{face}.ttf"), *face));
    for (file, name) in faces.chain([(format!("../assets/{WORDS}.txt"), WORDS)]) {
        let name = name.rsplit('/').next().unwrap_or(name);
        println!("cargo:rerun-if-changed={file}");
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
        packed.write_all(&fs::read(&file)?)?;
        fs::write(Path::new(&out).join(format!("{name}.z")), packed.finish()?)?;
    }
    Ok(())
}

//! Prepares what the program brings: the outlines of common glyphs as a PDF has them, so that no export has to make
//! them; and the faces that few releases use and the list of common Khmer words, compressed, so that the program stays
//! small.

#[path = "src/pdf/outline/mod.rs"]
#[allow(dead_code, reason = "what is written here, the engine reads")]
mod outline;

use std::{
    env, fs,
    io::{self, Write as _},
    path::Path,
};

use flate2::{Compression, write::ZlibEncoder};
use outline::{Outline, Pen, ready};
use skrifa::{
    FontRef, GlyphId, MetadataProvider,
    instance::{LocationRef, Size},
    outline::DrawSettings,
    raw::TableProvider,
};

/// Faces that [`typeset::fonts`](src/typeset/fonts.rs) unpacks when they are asked for.
const FACES: [&str; 4] =
    ["tinos/Tinos-Italic", "tinos/Tinos-BoldItalic", "siemreap/Siemreap-Regular", "khmer-os-content/KhmerOSContent"];
/// Faces that most releases use, and of how many of their first glyphs [`pdf::cff`](src/pdf/cff.rs) takes the outlines
/// from here: all of Khmer text, and of Latin those of ASCII. Headings and bold Khmer have few letters, and what is ready
/// takes room in the program.
const COMMON_FACES: [(&str, u16); 3] =
    [("tinos/Tinos-Regular", 100), ("tinos/Tinos-Bold", 100), ("battambang/Battambang-Regular", u16::MAX)];
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
    println!("cargo:rerun-if-changed=src/pdf/outline");
    for (face, count) in COMMON_FACES {
        let file = format!("../fonts/{face}.ttf");
        println!("cargo:rerun-if-changed={file}");
        let table = outlines(&fs::read(&file)?, count).ok_or_else(|| io::Error::other(format!("{file} is no font")))?;
        let name = face.rsplit('/').next().unwrap_or(face);
        fs::write(Path::new(&out).join(format!("{name}.outlines")), table)?;
    }
    Ok(())
}

/// The outlines of a font's first glyphs.
fn outlines(font: &[u8], count: u16) -> Option<Vec<u8>> {
    let font = FontRef::new(font).ok()?;
    let mut pen = Pen::new(1000.0 / f64::from(font.head().ok()?.units_per_em()), 0.0);
    let glyphs = 0..font.maxp().ok()?.num_glyphs().min(count);
    let outlines = glyphs.map(|glyph| {
        pen.begin();
        let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        font.outline_glyphs().get(GlyphId::from(glyph))?.draw(settings, &mut pen).ok()?;
        Some(Outline::of(&mut pen))
    });
    ready::write(&outlines.collect::<Option<Vec<_>>>()?)
}

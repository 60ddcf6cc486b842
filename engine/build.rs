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
/// from here: all of Khmer, and of Latin those of Western Europe with its quotation marks and dashes.
const COMMON_FACES: [(&str, u16); 5] = [
    ("tinos/Tinos-Regular", 200),
    ("tinos/Tinos-Bold", 200),
    ("battambang/Battambang-Regular", u16::MAX),
    ("battambang/Battambang-Bold", u16::MAX),
    ("moul/Moul-Regular", u16::MAX),
];
/// The list that [`khmer::common`](src/khmer/common.rs) unpacks when Khmer is first checked.
const WORDS: &str = "khmer-common-words";

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo gives no OUT_DIR"))?;
    let prepare = |file: String, ending: &str, make: &dyn Fn(Vec<u8>) -> io::Result<Vec<u8>>| {
        println!("cargo:rerun-if-changed={file}");
        let stem = Path::new(&file).file_stem().unwrap_or_default();
        fs::write(Path::new(&out).join(stem).with_extension(ending), make(fs::read(&file)?)?)
    };
    for face in FACES {
        prepare(format!("../fonts/{face}.ttf"), "z", &pack)?;
    }
    prepare(format!("../assets/{WORDS}.txt"), "z", &pack)?;
    println!("cargo:rerun-if-changed=src/pdf/outline");
    for (face, count) in COMMON_FACES {
        prepare(format!("../fonts/{face}.ttf"), "outlines", &|font| {
            outlines(&font, count).ok_or_else(|| io::Error::other(format!("{face} is no font")))
        })?;
    }
    Ok(())
}

/// Compresses what is unpacked when it is asked for.
fn pack(bytes: Vec<u8>) -> io::Result<Vec<u8>> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    packed.write_all(&bytes)?;
    packed.finish()
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

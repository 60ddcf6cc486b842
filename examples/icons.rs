//! Makes the icons that Windows, Linux and macOS want of the drawings in `assets/icon`.
//!
//! usage: icons FOLDER      (the folder has program.svg, draft.svg, and a -small.svg of each)
//!
//! For each of the two: `.png` files of the usual sizes, an `.ico` and an `.icns`. The small drawing
//! serves up to 24 pixels, where the large one would be a blur.

use std::{fs, io::Cursor, path::Path, sync::Arc};

use anyhow::{Context as _, Result, bail};
use image::{ExtendedColorType, ImageEncoder as _, codecs::png};
use release_composer::artwork::{Artwork, decode};
use vello_cpu::{
    Pixmap, RenderContext, Resources,
    color::{AlphaColor, Srgb},
    kurbo::Affine,
};

/// The sizes of the `.png` files, in pixels: those of the Linux icon theme.
const THEME: [u16; 8] = [16, 24, 32, 48, 64, 128, 256, 512];
/// The sizes in the `.ico`: Windows at 100, 125, 150 and 200 percent.
const WINDOWS: [u16; 9] = [16, 20, 24, 32, 40, 48, 64, 128, 256];
/// The sizes in the `.icns`, with the kind that macOS has for each.
const MACOS: [(&[u8; 4], u16); 10] = [
    (b"icp4", 16),
    (b"icp5", 32),
    (b"ic11", 32),
    (b"ic12", 64),
    (b"ic07", 128),
    (b"ic08", 256),
    (b"ic13", 256),
    (b"ic09", 512),
    (b"ic14", 512),
    (b"ic10", 1024),
];
/// Up to this size, in pixels, the small drawing is used.
const SMALL: u16 = 24;
/// From this size on, in pixels, an entry of an `.ico` is a PNG; older readers want the others plain.
const ICO_PNG: u16 = 128;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder] = arguments.as_slice() else { bail!("usage: icons FOLDER") };
    for name in ["program", "draft"] {
        let icon = Icon::read(Path::new(folder), name)?;
        let write = |ending: &str, bytes: Vec<u8>| {
            let path = Path::new(folder).join(format!("{name}{ending}"));
            fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))
        };
        for size in THEME {
            write(&format!("-{size}.png"), icon.png(size)?)?;
        }
        write(".ico", icon.ico()?)?;
        write(".icns", icon.icns()?)?;
    }
    Ok(())
}

/// A pixel whose colours are not multiplied by its opacity, of one whose colours are.
fn straight(pixel: &[u8]) -> [u8; 4] {
    let opacity = pixel[3];
    let colour = |value: u8| (u32::from(value) * 255 + u32::from(opacity) / 2).checked_div(u32::from(opacity));
    let [r, g, b] = [pixel[0], pixel[1], pixel[2]].map(|value| colour(value).unwrap_or(0).min(255) as u8);
    [r, g, b, opacity]
}

/// The two drawings of an icon.
struct Icon {
    large: Arc<Artwork>,
    small: Arc<Artwork>,
}

impl Icon {
    fn read(folder: &Path, name: &str) -> Result<Self> {
        let read = |file: String| {
            let path = folder.join(file);
            let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            decode(&bytes).with_context(|| path.display().to_string())
        };
        Ok(Self { large: read(format!("{name}.svg"))?, small: read(format!("{name}-small.svg"))? })
    }

    /// The icon in a square of `size` pixels a side: red, green, blue, opacity, not premultiplied.
    fn pixels(&self, size: u16) -> Result<Vec<u8>> {
        let artwork: &Artwork = if size <= SMALL { &self.small } else { &self.large };
        let Artwork::Drawing(drawing) = artwork else { bail!("an icon is an SVG drawing") };
        let mut context = RenderContext::new(size, size);
        context.set_transform(Affine::scale(f64::from(size) / f64::from(drawing.size.0)));
        for shape in &drawing.shapes {
            let [r, g, b] = shape.colour;
            context.set_paint(AlphaColor::<Srgb>::from_rgba8(r, g, b, 255));
            context.fill_path(&shape.path);
        }
        context.flush();
        let mut pixmap = Pixmap::new(size, size);
        context.render(&mut pixmap, &mut Resources::new());
        Ok(pixmap.data_as_u8_slice().chunks_exact(4).flat_map(straight).collect())
    }

    fn png(&self, size: u16) -> Result<Vec<u8>> {
        let mut bytes = Cursor::new(Vec::new());
        let encoder =
            png::PngEncoder::new_with_quality(&mut bytes, png::CompressionType::Best, png::FilterType::Adaptive);
        encoder.write_image(&self.pixels(size)?, u32::from(size), u32::from(size), ExtendedColorType::Rgba8)?;
        Ok(bytes.into_inner())
    }

    /// An icon file of Windows: a table of pictures, then the pictures.
    fn ico(&self) -> Result<Vec<u8>> {
        let (mut table, mut pictures) = (Vec::new(), Vec::new());
        table.extend(0_u16.to_le_bytes());
        table.extend(1_u16.to_le_bytes());
        table.extend(u16::try_from(WINDOWS.len())?.to_le_bytes());
        let start = table.len() + 16 * WINDOWS.len();
        for size in WINDOWS {
            let picture = if size >= ICO_PNG { self.png(size)? } else { self.bitmap(size)? };
            // 256 is written as 0: a side has one byte.
            let side = u8::try_from(size % 256)?;
            table.extend([side, side, 0, 0]);
            table.extend(1_u16.to_le_bytes());
            table.extend(32_u16.to_le_bytes());
            table.extend(u32::try_from(picture.len())?.to_le_bytes());
            table.extend(u32::try_from(start + pictures.len())?.to_le_bytes());
            pictures.extend(picture);
        }
        Ok([table, pictures].concat())
    }

    /// A picture as an `.ico` has it: the header of a bitmap of twice the height, rows from the bottom,
    /// then a mask of one bit a pixel for systems that know no opacity.
    fn bitmap(&self, size: u16) -> Result<Vec<u8>> {
        let pixels = self.pixels(size)?;
        let side = usize::from(size);
        let mut bytes = Vec::new();
        bytes.extend(40_u32.to_le_bytes());
        bytes.extend(u32::from(size).to_le_bytes());
        bytes.extend((2 * u32::from(size)).to_le_bytes());
        bytes.extend(1_u16.to_le_bytes());
        bytes.extend(32_u16.to_le_bytes());
        bytes.extend([0; 24]);
        let rows = || pixels.chunks_exact(4 * side).rev();
        bytes.extend(
            rows().flat_map(|row| row.chunks_exact(4)).flat_map(|pixel| [pixel[2], pixel[1], pixel[0], pixel[3]]),
        );
        for row in rows() {
            let mut mask = vec![0_u8; side.div_ceil(32) * 4];
            for (x, _) in row.chunks_exact(4).enumerate().filter(|(_, pixel)| pixel[3] == 0) {
                mask[x / 8] |= 0x80 >> (x % 8);
            }
            bytes.extend(mask);
        }
        Ok(bytes)
    }

    /// An icon file of macOS: each picture a PNG behind its kind and its length.
    fn icns(&self) -> Result<Vec<u8>> {
        let mut pictures = Vec::new();
        for (kind, size) in MACOS {
            let picture = self.png(size)?;
            pictures.extend(kind);
            pictures.extend(u32::try_from(picture.len() + 8)?.to_be_bytes());
            pictures.extend(picture);
        }
        let mut file = b"icns".to_vec();
        file.extend(u32::try_from(pictures.len() + 8)?.to_be_bytes());
        file.extend(pictures);
        Ok(file)
    }
}

//! The bundled fonts, and which of them shows what.
//!
//! No other font is ever consulted: a page looks the same on every machine.

use std::{
    io::Read as _,
    sync::{
        LazyLock, OnceLock,
        atomic::{AtomicU8, Ordering::Relaxed},
    },
};

use flate2::read::ZlibDecoder;
use harfrust::{Direction, Feature, Language, Script, ShapePlan, Shaper, ShaperData, Tag, script};
use kurbo::{Diagonal2, Join};
use skrifa::{
    FontRef, MetadataProvider,
    charmap::Charmap,
    instance::{LocationRef, Size},
    metrics::GlyphMetrics,
    outline::OutlineGlyphCollection,
    raw::TableProvider,
};

use crate::release::{KhmerFace, Style};

/// A bundled font file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Font {
    /// Latin text, metrics of Times New Roman
    TinosRegular,
    /// Latin headings and bold
    TinosBold,
    /// Latin italic
    TinosItalic,
    /// Latin bold italic
    TinosBoldItalic,
    /// Khmer text
    BattambangRegular,
    /// Khmer bold
    BattambangBold,
    /// Khmer text of a release that chooses it, in one weight
    Siemreap,
    /// Khmer text of a release that chooses it, in one weight
    KhmerOsContent,
    /// Khmer headings
    Moul,
    /// Signs that the others lack: ฿ ✓ ☐ ☎ ✉
    Symbols,
}

/// Faces of which few releases have a word: `build.rs` packs them, and the first to ask unpacks them.
static ITALIC: LazyLock<Vec<u8>> =
    LazyLock::new(|| unpacked(include_bytes!(concat!(env!("OUT_DIR"), "/Tinos-Italic.z"))));
static BOLD_ITALIC: LazyLock<Vec<u8>> =
    LazyLock::new(|| unpacked(include_bytes!(concat!(env!("OUT_DIR"), "/Tinos-BoldItalic.z"))));

static SIEMREAP: LazyLock<Vec<u8>> =
    LazyLock::new(|| unpacked(include_bytes!(concat!(env!("OUT_DIR"), "/Siemreap-Regular.z"))));
static KHMER_OS_CONTENT: LazyLock<Vec<u8>> =
    LazyLock::new(|| unpacked(include_bytes!(concat!(env!("OUT_DIR"), "/KhmerOSContent.z"))));

#[expect(clippy::expect_used, reason = "the fonts are in the program")]
fn unpacked(packed: &[u8]) -> Vec<u8> {
    let mut font = Vec::new();
    ZlibDecoder::new(packed).read_to_end(&mut font).expect("a packed font can be unpacked, or no test passes");
    font
}

/// What is kept of a font once it has been opened.
struct Opened {
    font: FontRef<'static>,
    shaper: Shaper<'static>,
    /// For Latin and for Khmer, of which most fonts are asked for one.
    plans: [OnceLock<ShapePlan>; 2],
    units_per_em: f32,
    ascent: f32,
    descent: f32,
    metrics: GlyphMetrics<'static>,
    characters: Charmap<'static>,
    /// Whether it has each of the [`common`] characters: [`HAS`], [`LACKS`], or 0 where nobody has asked yet.
    common: [AtomicU8; 256],
    outlines: OutlineGlyphCollection<'static>,
}

/// Latin ligatures are left out: each letter stays a cluster of its own, which the caret can
/// be between and a search can find. Kerning stays.
const LATIN_FEATURES: [Feature; 2] = [
    Feature { tag: Tag::new(b"liga"), value: 0, start: 0, end: u32::MAX },
    Feature { tag: Tag::new(b"clig"), value: 0, start: 0, end: u32::MAX },
];

impl Font {
    /// Every bundled font.
    pub const ALL: [Self; 10] = [
        Self::TinosRegular,
        Self::TinosBold,
        Self::TinosItalic,
        Self::TinosBoldItalic,
        Self::BattambangRegular,
        Self::BattambangBold,
        Self::Siemreap,
        Self::KhmerOsContent,
        Self::Moul,
        Self::Symbols,
    ];

    /// The PostScript name.
    pub fn name(self) -> &'static str {
        match self {
            Self::TinosRegular => "Tinos-Regular",
            Self::TinosBold => "Tinos-Bold",
            Self::TinosItalic => "Tinos-Italic",
            Self::TinosBoldItalic => "Tinos-BoldItalic",
            Self::BattambangRegular => "Battambang-Regular",
            Self::BattambangBold => "Battambang-Bold",
            Self::Siemreap => "Siemreap",
            Self::KhmerOsContent => "KhmerOScontent",
            Self::Moul => "Moul-Regular",
            Self::Symbols => "ComposerSymbols",
        }
    }

    /// The TrueType file.
    pub fn data(self) -> &'static [u8] {
        match self {
            Self::TinosRegular => include_bytes!("../../../fonts/tinos/Tinos-Regular.ttf"),
            Self::TinosBold => include_bytes!("../../../fonts/tinos/Tinos-Bold.ttf"),
            Self::TinosItalic => &ITALIC,
            Self::TinosBoldItalic => &BOLD_ITALIC,
            Self::BattambangRegular => include_bytes!("../../../fonts/battambang/Battambang-Regular.ttf"),
            Self::BattambangBold => include_bytes!("../../../fonts/battambang/Battambang-Bold.ttf"),
            Self::Siemreap => &SIEMREAP,
            Self::KhmerOsContent => &KHMER_OS_CONTENT,
            Self::Moul => include_bytes!("../../../fonts/moul/Moul-Regular.ttf"),
            Self::Symbols => include_bytes!("../../../fonts/symbols/ComposerSymbols.ttf"),
        }
    }

    /// Tables for outlines and metrics.
    pub fn tables(self) -> &'static FontRef<'static> {
        &self.opened().font
    }

    /// Font units per em.
    pub fn units_per_em(self) -> f32 {
        self.opened().units_per_em
    }

    /// How far the font's tallest and deepest clusters reach from the baseline, in em, both positive.
    pub fn reach(self) -> (f32, f32) {
        let opened = self.opened();
        (opened.ascent, opened.descent)
    }

    /// Whether the font has a glyph for a character.
    pub fn covers(self, c: char) -> bool {
        let opened = self.opened();
        let looked_up = || opened.characters.map(c).is_some();
        let Some(known) = common(c).and_then(|place| opened.common.get(place)) else { return looked_up() };
        match known.load(Relaxed) {
            HAS => true,
            LACKS => false,
            _ => {
                let has = looked_up();
                known.store(if has { HAS } else { LACKS }, Relaxed);
                has
            }
        }
    }

    /// The outlines of its glyphs.
    pub fn outlines(self) -> &'static OutlineGlyphCollection<'static> {
        &self.opened().outlines
    }

    /// The hyphen's glyph and advance, in font units, if the font has one.
    pub(super) fn hyphen(self) -> Option<(u16, i32)> {
        let glyph = self.tables().charmap().map('-')?;
        let advance = self.tables().glyph_metrics(Size::unscaled(), LocationRef::default()).advance_width(glyph)?;
        #[expect(clippy::cast_possible_truncation, reason = "advances have 16 bits")]
        Some((u16::try_from(glyph.to_u32()).ok()?, advance.round() as i32))
    }

    /// The advance of a glyph, in font units, before any kerning.
    #[expect(clippy::cast_possible_truncation, reason = "advances have 16 bits")]
    pub fn advance(self, glyph: u16) -> Option<i32> {
        self.opened().metrics.advance_width(u32::from(glyph).into()).map(|advance| advance.round() as i32)
    }

    /// The box around a glyph: left, lower, right and upper edge in font units.
    pub(super) fn edges(self, glyph: u16) -> Option<[f32; 4]> {
        let bounds = self.opened().metrics.bounds(u32::from(glyph).into())?;
        Some([bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max])
    }

    /// Whether this is a font for Khmer.
    pub fn is_khmer(self) -> bool {
        use Font::{BattambangBold, BattambangRegular, KhmerOsContent, Moul, Siemreap};
        matches!(self, BattambangRegular | BattambangBold | Siemreap | KhmerOsContent | Moul)
    }

    /// Whether its consonants are 0.73 em tall, and those of Battambang 0.64 em.
    pub(super) fn is_tall(self) -> bool {
        matches!(self, Self::Siemreap | Self::KhmerOsContent)
    }

    pub(super) fn shaper(self) -> &'static Shaper<'static> {
        &self.opened().shaper
    }

    pub(super) fn plan(self, khmer: bool) -> &'static ShapePlan {
        let opened = self.opened();
        let [latin, of_khmer] = &opened.plans;
        (if khmer { of_khmer } else { latin }).get_or_init(|| {
            let (script, language, features) = segment(khmer);
            ShapePlan::new(&opened.shaper, Direction::LeftToRight, Some(script), language.as_ref(), features)
        })
    }

    #[expect(clippy::expect_used, reason = "the fonts are in the program")]
    fn opened(self) -> &'static Opened {
        static OPENED: [OnceLock<Opened>; Font::ALL.len()] = [const { OnceLock::new() }; Font::ALL.len()];
        OPENED[self as usize].get_or_init(|| {
            let font = FontRef::new(self.data()).expect("a bundled font is a font, or no test passes");
            // A font is opened once and lives as long as the program.
            let data: &'static ShaperData = Box::leak(Box::new(ShaperData::new(&font)));
            let shaper = data.shaper(&font).build();
            let units_per_em = f32::from(font.head().map_or(1000, |head| head.units_per_em()));
            let (ascent, descent) = font.hhea().map_or((1.0, 0.3), |hhea| {
                (
                    f32::from(hhea.ascender().to_i16()) / units_per_em,
                    -f32::from(hhea.descender().to_i16()) / units_per_em,
                )
            });
            let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
            let (characters, outlines) = (font.charmap(), font.outline_glyphs());
            let common = [const { AtomicU8::new(0) }; 256];
            let plans = [const { OnceLock::new() }; 2];
            Opened { font, shaper, plans, units_per_em, ascent, descent, metrics, characters, common, outlines }
        })
    }
}

/// What is known of a character in [`Opened::common`].
const HAS: u8 = 1;
const LACKS: u8 = 2;

/// Where [`Opened::common`] has a character, if it is of ASCII or of the Khmer block, as nearly all are.
fn common(c: char) -> Option<usize> {
    let place = match u32::from(c) {
        code @ 0..0x80 => code,
        code @ 0x1780..0x1800 => code - 0x1780 + 0x80,
        _ => return None,
    };
    usize::try_from(place).ok()
}

/// Script, language and features with which a stretch is shaped.
pub(super) fn segment(khmer: bool) -> (Script, Option<Language>, &'static [Feature]) {
    if khmer { (script::KHMER, "km".parse().ok(), &[]) } else { (script::LATIN, "en".parse().ok(), &LATIN_FEATURES) }
}

/// A font as it is used: as it is, or slanted where it has no italic and heavier where it has no bold of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Face {
    /// The file.
    pub font: Font,
    /// Whether outlines are sheared by [`Face::SLANT`].
    pub slanted: bool,
    /// Whether outlines are made heavier by [`Face::heavier_by`].
    pub heavier: bool,
}

impl Face {
    /// The tangent of the angle of slanted Khmer, 12 degrees, that of Tinos Italic to a degree.
    pub const SLANT: f32 = 0.2126;

    /// How far the edges of heavier Khmer move outwards, in em: to the right and the left, and up and down. Its stems
    /// (0.073 em in Siemreap, 0.088 em in Khmer OS Content) then are half as thick again, as those of Battambang Bold
    /// are (0.127 em and 0.085 em); its bars and its height grow less.
    const HEAVIER: (f64, f64) = (0.02, 0.008);

    /// How corners of heavier outlines are made, and how far they may reach; the tolerance is in font units.
    pub const HEAVIER_JOIN: Join = Join::Miter;
    /// See [`Self::HEAVIER_JOIN`].
    pub const HEAVIER_MITER: f64 = 4.0;
    /// See [`Self::HEAVIER_JOIN`].
    pub const HEAVIER_TOLERANCE: f64 = 0.1;

    /// How far outlines move outwards, in font units, if they are made heavier. Advances stay, as in Battambang Bold,
    /// so that a line holds as many bold letters.
    pub fn heavier_by(self) -> Option<Diagonal2> {
        let units_per_em = f64::from(self.font.units_per_em());
        self.heavier.then(|| Diagonal2::new(Self::HEAVIER.0 * units_per_em, Self::HEAVIER.1 * units_per_em))
    }

    /// The horizontal shear of the outlines.
    pub fn slant(self) -> f32 {
        if self.slanted { Self::SLANT } else { 0.0 }
    }
}

/// What a text is for, which decides its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Running text.
    Text,
    /// Kingdom, motto, ministry, title and headline: Moul in Khmer, bold in English.
    Heading,
}

/// The face for a script, a role and an emphasis; `text` is that of Khmer text.
///
/// Moul has one weight and is never emboldened: a Khmer heading is emphasis enough.
pub(super) fn choose(khmer: bool, role: Role, style: Style, text: KhmerFace) -> Face {
    let bold = style.has(Style::BOLD) || role == Role::Heading;
    let italic = style.has(Style::ITALIC);
    let font = match (khmer, role) {
        (true, Role::Heading) => Font::Moul,
        (true, Role::Text) => match text {
            KhmerFace::Battambang if bold => Font::BattambangBold,
            KhmerFace::Battambang => Font::BattambangRegular,
            KhmerFace::Siemreap => Font::Siemreap,
            KhmerFace::KhmerOsContent => Font::KhmerOsContent,
        },
        (false, _) => match (bold, italic) {
            (false, false) => Font::TinosRegular,
            (true, false) => Font::TinosBold,
            (false, true) => Font::TinosItalic,
            (true, true) => Font::TinosBoldItalic,
        },
    };
    let has_one_weight = matches!(font, Font::Siemreap | Font::KhmerOsContent);
    Face { font, slanted: khmer && italic, heavier: bold && has_one_weight }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_font_opens_and_covers_its_script() {
        for font in Font::ALL {
            let own = match font {
                Font::Symbols => '✓',
                font if font.is_khmer() => 'ក',
                _ => 'é',
            };
            assert!(font.covers(own), "{}", font.name());
            let (ascent, descent) = font.reach();
            assert!(ascent > 0.5 && descent > 0.1, "{}", font.name());
        }
    }

    #[test]
    fn khmer_headings_are_never_emboldened() {
        for text in KhmerFace::ALL {
            let face = choose(true, Role::Heading, Style::BOLD, text);
            assert_eq!((face.font, face.heavier), (Font::Moul, false));
        }
    }

    #[test]
    fn bold_text_is_bold_in_every_face() {
        for text in KhmerFace::ALL {
            let [plain, bold] = [Style::PLAIN, Style::BOLD].map(|style| choose(true, Role::Text, style, text));
            assert_ne!(plain, bold, "{text:?}");
            assert_eq!(bold.heavier, text != KhmerFace::Battambang);
        }
    }
}

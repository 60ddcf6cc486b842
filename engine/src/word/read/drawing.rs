//! A picture as the text of a Word file refers to it, in DrawingML.
//!
//! Knows elements, and no files.

use roxmltree::Node;

use super::package::{is, value};
use crate::release::{Picture, PictureData, PictureWidth, bounds, clean};

/// The longest name of a picture, in characters.
pub const LONGEST_NAME: usize = 60;
/// The unit of DrawingML's lengths in the twentieths of a point that the page is measured in.
const EMU: f32 = 635.0;

/// A picture as the text refers to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// What refers to its files, the best first: Word keeps a photo beside a drawing, for older programs.
    pub files: Vec<String>,
    /// Its name, with or without the ending of a file.
    name: String,
    /// What readers are told who cannot see it.
    pub alternative: String,
    /// Its width in twentieths of a point, if that counts.
    pub width: Option<f32>,
    /// Whether it is beside the picture before it.
    pub beside: bool,
    /// Whether Word shows only a part of it.
    pub is_cropped: bool,
}

impl Drawn {
    /// The picture of an element; the name of what is no single picture, such as a chart.
    pub fn of(node: Node<'_, '_>) -> Result<Self, String> {
        let find = |name: &str| node.descendants().find(|node| is(*node, name));
        let text = |node: Option<Node<'_, '_>>, name: &str| {
            let found = node.and_then(|node| value(node, name)).map(|text| clean(text, false).trim().to_owned());
            found.filter(|text| !text.is_empty() && text.len() <= bounds::CHARACTERS)
        };
        let properties = find("docPr");
        let alternative = text(properties, "descr").or_else(|| text(find("shape"), "alt")).unwrap_or_default();
        // Word has the name of the file in one place, and its own in the other.
        let file = text(find("cNvPr"), "name").filter(|name| ending_of(name).is_some());
        let name = file.or_else(|| text(properties, "name")).unwrap_or_default();
        let mut blips = node.descendants().filter(|node| is(*node, "blip"));
        let blip = blips.next().filter(|_| blips.next().is_none());
        let files = [find("svgBlip"), blip].map(|node| value(node?, "embed").map(str::to_owned));
        let files: Vec<String> = files.into_iter().flatten().collect();
        if blip.is_none() || files.is_empty() {
            return Err(if alternative.is_empty() { name } else { alternative });
        }
        let width = find("extent").and_then(|node| value(node, "cx")?.parse::<f32>().ok()).map(|width| width / EMU);
        let is_cropped = find("srcRect")
            .is_some_and(|node| node.attributes().any(|side| !matches!(side.value().trim(), "" | "0" | "0%")));
        Ok(Self { files, name, alternative, width, beside: false, is_cropped })
    }

    /// What it is called when it is told of.
    pub fn shown_as(&self) -> &str {
        if self.alternative.is_empty() { &self.name } else { &self.alternative }
    }

    /// The picture with its bytes, in a column of a width.
    pub fn with(self, data: PictureData, ending: &str, column: f32) -> Picture {
        let Self { name, alternative, width, beside, .. } = self;
        let stem = ending_of(&name).unwrap_or(&name).replace(['/', '\\', ':', '*', '?', '"', '<', '>', '|'], " ");
        let stem = stem.trim().chars().take(LONGEST_NAME).collect::<String>();
        let name = format!("{}.{ending}", if stem.is_empty() { "picture" } else { &stem });
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is within 0 and 100")]
        let hundredths = |width: f32| (width / column * 100.0).round().clamp(0.0, 100.0) as u8;
        let least = *PictureWidth::ALL.start();
        let width = width.and_then(|width| PictureWidth::new(hundredths(width).max(least))).unwrap_or_default();
        Picture { name, data: Some(data), alternative, width, beside }
    }
}

/// The part of a name before the ending of a picture's file, if it has one.
fn ending_of(name: &str) -> Option<&str> {
    let (stem, ending) = name.rsplit_once('.')?;
    ["png", "jpg", "jpeg", "svg"].iter().any(|known| ending.eq_ignore_ascii_case(known)).then_some(stem)
}

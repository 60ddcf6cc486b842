//! A picture as the text of a Word file refers to it, in DrawingML or, as in older files, in VML.
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
    /// Its alternative text.
    pub alternative: String,
    /// Its width in twentieths of a point, if that counts.
    pub width: Option<f32>,
    /// Whether it is beside the picture before it.
    pub beside: bool,
    /// Whether Word shows only a part of it.
    pub is_cropped: bool,
    /// Whether Word shows it turned or mirrored.
    pub is_turned: bool,
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
        let only = |name: &str| {
            let mut found = node.descendants().filter(|node| is(*node, name));
            found.next().filter(|_| found.next().is_none())
        };
        let (blip, old) = (only("blip"), only("imagedata").filter(|_| find("blip").is_none()));
        let files = [find("svgBlip"), blip].map(|node| value(node?, "embed").map(str::to_owned));
        let files: Vec<String> = files.into_iter().chain([old.and_then(reference)]).flatten().collect();
        if blip.or(old).is_none() || files.is_empty() {
            return Err(if alternative.is_empty() { name } else { alternative });
        }
        let name = if name.is_empty() { text(old, "title").unwrap_or_default() } else { name };
        let width = find("extent").and_then(|node| value(node, "cx")?.parse::<f32>().ok()).map(|width| width / EMU);
        let shape = find("shape").filter(|_| old.is_some());
        let width = width.or_else(|| length(declared(shape?, "width")?));
        let is_part = |part: &str| !matches!(part.trim(), "" | "0" | "0%" | "0f");
        let sides = ["cropleft", "croptop", "cropright", "cropbottom"];
        let is_cropped = find("srcRect").is_some_and(|node| node.attributes().any(|side| is_part(side.value())))
            || old.is_some_and(|node| sides.iter().filter_map(|side| value(node, side)).any(is_part));
        let turns = ["rot", "flipH", "flipV"];
        let is_turned = find("xfrm").is_some_and(|node| turns.iter().filter_map(|turn| value(node, turn)).any(is_part))
            || ["rotation", "flip"].iter().filter_map(|turn| declared(shape?, turn)).any(is_part);
        Ok(Self { files, name, alternative, width, beside: false, is_cropped, is_turned })
    }

    /// Its name in the list of what was left out.
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

/// What refers to the file of a picture in VML.
fn reference(node: Node<'_, '_>) -> Option<String> {
    let found = node.attributes().find(|attribute| attribute.name() == "id" && attribute.namespace().is_some());
    found.or(node.attributes().find(|attribute| attribute.name() == "relid")).map(|id| id.value().to_owned())
}

/// A property of the style of a shape in VML.
fn declared<'a>(shape: Node<'a, '_>, property: &str) -> Option<&'a str> {
    let parts = value(shape, "style")?.split(';').filter_map(|part| part.split_once(':'));
    parts.map(|(name, value)| (name.trim(), value.trim())).find(|(name, _)| *name == property).map(|(_, value)| value)
}

/// A length of VML in twentieths of a point.
fn length(written: &str) -> Option<f32> {
    let units = [("pt", 20.0), ("in", 1440.0), ("cm", 566.93), ("mm", 56.693), ("px", 15.0)];
    let (number, unit) = units.iter().find_map(|(unit, twips)| Some((written.strip_suffix(unit)?, twips)))?;
    number.trim().parse::<f32>().ok().map(|number| number * unit).filter(|width| width.is_finite() && *width > 0.0)
}

/// The part of a name before the ending of a picture's file, if it has one.
fn ending_of(name: &str) -> Option<&str> {
    let (stem, ending) = name.rsplit_once('.')?;
    ["png", "jpg", "jpeg", "svg"].iter().any(|known| ending.eq_ignore_ascii_case(known)).then_some(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(xml: &str) -> Result<Drawn, String> {
        let xml = format!(r#"<w:r xmlns:w="w" xmlns:v="v" xmlns:r="r" xmlns:a="a" xmlns:pic="p">{xml}</w:r>"#);
        let tree = roxmltree::Document::parse(&xml).unwrap();
        Drawn::of(tree.root_element().first_element_child().unwrap())
    }

    #[test]
    fn pictures_of_older_files_are_taken_and_what_word_does_to_them_is_noted() {
        let old = r#"<w:pict><v:shape alt="The seal" style="position:absolute;width:1.5in; rotation:90"><v:imagedata
            r:id="rId4" title="seal.png" cropleft="6554f" croptop="0"/></v:shape></w:pict>"#;
        let drawn_old = drawn(old).unwrap();
        assert_eq!((drawn_old.files.as_slice(), drawn_old.name.as_str()), (["rId4".to_owned()].as_slice(), "seal.png"));
        assert_eq!((drawn_old.width, drawn_old.is_cropped, drawn_old.is_turned), (Some(2160.0), true, true));
        let plain = drawn(r#"<w:pict><v:shape style="width:20pt"><v:imagedata r:id="a"/></v:shape></w:pict>"#).unwrap();
        assert_eq!((plain.width, plain.is_cropped, plain.is_turned), (Some(400.0), false, false));
        assert_eq!(drawn(r#"<w:pict><v:shape alt="Lines"><v:line/></v:shape></w:pict>"#), Err("Lines".to_owned()));
        let new = |turn: &str| {
            let inside = format!(r#"<a:blip embed="b"/><a:xfrm {turn}><a:off x="1"/></a:xfrm>"#);
            drawn(&format!("<w:drawing>{inside}</w:drawing>")).unwrap().is_turned
        };
        assert_eq!(
            [new(""), new(r#"rot="0""#), new(r#"rot="5400000""#), new(r#"flipH="1""#)],
            [false, false, true, true]
        );
    }

    #[test]
    fn hostile_lengths_are_none() {
        for style in ["width:1e99pt", "width:-3pt", "width:pt", "width", "width:NaNin", "width:12em"] {
            let xml = format!(r#"<w:pict><v:shape style="{style}"><v:imagedata r:id="a"/></v:shape></w:pict>"#);
            assert_eq!(drawn(&xml).unwrap().width, None, "{style}");
        }
    }
}

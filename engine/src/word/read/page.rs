//! The paper of a Word file and what is on each page, as a draft sets it up.
//!
//! Only of files that were made here: others get the page of the house. Invariant: margins are within those of a draft,
//! and what is not held is listed.

use std::collections::HashMap;

use roxmltree::{Document, Node};

use super::{
    lost::{Losses, Lost},
    package::{Package, ReadError, child, is, parse, value},
    styles::Styles,
};
use crate::{
    release::{Margins, PageSetup, Paper},
    typeset::house::MM,
    word::{
        noted::{self, Missing},
        styles::id,
    },
};

/// Paper that differs by less is the same: programs round in their own ways. In twentieths of a point.
const SAME: f32 = 60.0;

/// The last section of a text, which says how its pages are.
pub fn section<'t, 'i>(part: &'t Document<'i>) -> Option<Node<'t, 'i>> {
    child(part.root_element(), "body")?.children().rfind(|node| is(*node, "sectPr"))
}

/// A number of a section, in twentieths of a point.
pub fn number(section: Option<Node<'_, '_>>, element: &str, name: &str) -> Option<f32> {
    let number = value(child(section?, element)?, name)?.parse::<f32>().ok();
    number.filter(|number| number.is_finite())
}

/// How the pages of a file are set up; `parts` are the names of its parts, by what refers to them.
pub fn setup(
    package: &mut Package<'_>,
    text: &Document<'_>,
    parts: &HashMap<String, String>,
    styles: &Styles,
    lost: &mut Losses,
) -> Result<PageSetup, ReadError> {
    let section = section(text);
    let mut setup = PageSetup { justified: styles.is_justified(Some(id::NORMAL)), ..PageSetup::default() };
    if let Some(size) = number(section, "pgSz", "w").zip(number(section, "pgSz", "h")) {
        match paper(size) {
            Some(paper) => setup.paper = paper,
            None => _ = lost.insert(Lost::Paper, 1),
        }
    }
    let Margins { top, right, bottom, left } = &mut setup.margins;
    for (name, margin) in [("top", top), ("right", right), ("bottom", bottom), ("left", left)] {
        let Some(twips) = number(section, "pgMar", name) else { continue };
        // A negative one is kept by Word whatever the header takes.
        let millimetres = (twips.abs() / 20.0 / MM * 10.0).round() / 10.0;
        *margin = millimetres.clamp(*PageSetup::MARGINS.start(), *PageSetup::MARGINS.end());
        if !PageSetup::MARGINS.contains(&millimetres) {
            lost.insert(Lost::Margins, 1);
        }
    }
    let mut texts = |element: &str| -> Result<String, ReadError> {
        let references = section.into_iter().flat_map(|node| node.children()).filter(|node| is(*node, element));
        let mut all = String::new();
        for part in references.filter_map(|node| parts.get(value(node, "id")?)) {
            all.push_str(&package.text(part)?.unwrap_or_default());
        }
        Ok(all)
    };
    let (footers, headers) = (texts("footerReference")?, texts("headerReference")?);
    setup.page_count = footers.contains("NUMPAGES");
    setup.page_numbers = footers.replace("NUMPAGES", "").contains("PAGE");
    setup.running_headline = headers.contains("<w:t>") || headers.contains("<w:t ");
    const PROPERTIES: &str = "docProps/custom.xml";
    if let Some(text) = package.text(PROPERTIES)? {
        let tree = parse(PROPERTIES, &text)?;
        let ours = tree.descendants().find(|node| value(*node, "name") == Some(noted::PROPERTY));
        let texts = ours.into_iter().flat_map(|node| node.descendants()).filter_map(|node| node.text());
        let said = texts.map(str::trim).find(|text| !text.is_empty());
        for missing in noted::take(said.unwrap_or_default(), &mut setup) {
            let what = match missing {
                Missing::Template => Lost::Template,
                Missing::Checks => Lost::Checks,
                Missing::Counterpart => Lost::Counterpart,
            };
            lost.insert(what, 1);
        }
    }
    Ok(setup)
}

/// The paper of a size, if a draft has it.
fn paper((width, height): (f32, f32)) -> Option<Paper> {
    [Paper::A4, Paper::Letter].into_iter().find(|paper| {
        let (w, h) = paper.size();
        (w * 20.0 - width).abs() < SAME && (h * 20.0 - height).abs() < SAME
    })
}

//! What Word has no words for, noted in a property of the file.
//!
//! A Word file that goes out and comes back keeps its properties. Invariant: what is noted and cannot be taken back is
//! named.

use docx_rs::Docx;

use crate::release::{Fit, KhmerFace, PageSetup, Release};

/// The name of the property.
pub(super) const PROPERTY: &str = "Release Composer";

const ONE_PAGE: &str = "one-page";
const TWO_PAGES: &str = "two-pages";
const HYPHENATE: &str = "hyphenate";
const SIEMREAP: &str = "siemreap";
const KHMER_OS_CONTENT: &str = "khmer-os-content";
const SIZE: &str = "size=";
const LEADING: &str = "leading=";
const TEMPLATE: &str = "template";
const CHECKS: &str = "checks";
const COUNTERPART: &str = "counterpart";

/// A file in which it is noted.
pub(super) fn note(docx: Docx, release: &Release) -> Docx {
    let page = &release.page;
    let is_of_template = release.template.is_some() || !release.locked.is_empty() || !release.placeholders.is_empty();
    let words = [
        match page.fit {
            Fit::AsSet => None,
            Fit::OnePage => Some(ONE_PAGE.to_owned()),
            Fit::TwoPages => Some(TWO_PAGES.to_owned()),
        },
        match page.khmer_face {
            KhmerFace::Battambang => None,
            KhmerFace::Siemreap => Some(SIEMREAP.to_owned()),
            KhmerFace::KhmerOsContent => Some(KHMER_OS_CONTENT.to_owned()),
        },
        page.hyphenate.then(|| HYPHENATE.to_owned()),
        page.body_size.map(|size| format!("{SIZE}{size}")),
        page.leading.map(|leading| format!("{LEADING}{leading}")),
        is_of_template.then(|| TEMPLATE.to_owned()),
        (!release.unchecked.is_empty()).then(|| CHECKS.to_owned()),
        (!release.counterpart.is_empty()).then(|| COUNTERPART.to_owned()),
    ];
    let noted: Vec<String> = words.into_iter().flatten().collect();
    if noted.is_empty() { docx } else { docx.custom_property(PROPERTY, noted.join(" ")) }
}

/// Something that is noted, and that a file does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    Template,
    Checks,
    Counterpart,
}

/// Takes what is noted into the set-up of the page; gives what is missing.
pub(super) fn take(noted: &str, page: &mut PageSetup) -> Vec<Missing> {
    let number = |word: &str, name: &str| word.strip_prefix(name)?.parse::<f32>().ok();
    let mut missing = Vec::new();
    for word in noted.split_whitespace() {
        match word {
            ONE_PAGE => page.fit = Fit::OnePage,
            TWO_PAGES => page.fit = Fit::TwoPages,
            SIEMREAP => page.khmer_face = KhmerFace::Siemreap,
            KHMER_OS_CONTENT => page.khmer_face = KhmerFace::KhmerOsContent,
            HYPHENATE => page.hyphenate = true,
            TEMPLATE => missing.push(Missing::Template),
            CHECKS => missing.push(Missing::Checks),
            COUNTERPART => missing.push(Missing::Counterpart),
            word => {
                let size = number(word, SIZE).filter(|size| PageSetup::BODY_SIZES.contains(size));
                let leading = number(word, LEADING).filter(|leading| PageSetup::LEADINGS.contains(leading));
                page.body_size = size.or(page.body_size);
                page.leading = leading.or(page.leading);
            }
        }
    }
    missing
}

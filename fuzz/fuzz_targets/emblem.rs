//! A picture for the letterhead: PNG, JPEG or SVG, on the page and in the PDF.
//!
//! An input that begins with a zero byte is not a file but a recipe for an SVG: its bytes choose elements and
//! attributes, so that what comes out is well formed and gets past the reader of XML.
#![no_main]

use libfuzzer_sys::fuzz_target;
use release_composer::{
    artwork::{self, Artwork},
    pdf,
    picture::{Area, Painter},
    release::{Emblem, Release},
    typeset::{Cache, typeset},
};

fuzz_target!(|bytes: &[u8]| {
    let written;
    let bytes = match bytes {
        [0, recipe @ ..] => {
            written = svg(recipe);
            written.as_bytes()
        }
        _ => bytes,
    };
    let artwork = match artwork::decode(bytes) {
        Ok(artwork) => artwork,
        Err(error) => return assert!(error.to_string().len() > 20),
    };
    let (width, height) = artwork.size();
    assert!(width > 0.0 && height > 0.0 && width.is_finite() && height.is_finite(), "{width} x {height}");
    match &*artwork {
        Artwork::Photo(photo) => {
            assert_eq!(photo.rgba.len(), 4 * photo.width as usize * photo.height as usize);
        }
        Artwork::Drawing(drawing) => {
            let reach = 1e3 * f64::from(width.max(height));
            for shape in &drawing.shapes {
                let bounds = shape.path.control_box();
                for number in [bounds.x0, bounds.y0, bounds.x1, bounds.y1] {
                    assert!(number.abs() <= reach, "{number} in a picture of {width} x {height}");
                }
            }
        }
    }
    let mut release = Release::default();
    release.letterhead.emblem = Some(Emblem { file: "emblem".into(), ..Emblem::default() });
    let pages = typeset(&release, Some(&artwork), &mut Cache::default());
    for page in &pages.pages {
        Painter::default().page(page, 0.5, Area::whole(pages.size, 0.5));
    }
    pdf::write(&pages, &pdf::Info::of(&release), &pdf::Options::default()).expect("what can be drawn can be exported");
});

/// Elements that hold others come first.
const ELEMENTS: [&str; 28] = [
    "g", "svg", "defs", "symbol", "switch", "a", "linearGradient", "radialGradient", "pattern", "clipPath", "mask",
    "filter", "marker", "text", "use", "use", "path", "path", "path", "rect", "circle", "ellipse", "line", "polyline",
    "polygon", "stop", "image", "feGaussianBlur",
];

const NAMES: [&str; 44] = [
    "id", "id", "class", "style", "href", "href", "xlink:href", "fill", "stroke", "stroke-width", "stroke-linejoin",
    "stroke-linecap", "stroke-miterlimit", "stroke-dasharray", "fill-rule", "clip-path", "mask", "filter", "marker-mid",
    "opacity", "fill-opacity", "display", "visibility", "transform", "viewBox", "preserveAspectRatio", "width",
    "height", "x", "y", "cx", "cy", "r", "rx", "ry", "x1", "x2", "points", "d", "d", "d", "offset", "stop-color",
    "gradientUnits",
];

const VALUES: [&str; 64] = [
    "a", "b", "c", "#a", "#b", "#c", "url(#a)", "url(#b)", "url(#c)", "none", "inherit", "red", "#123", "1", "2", "0",
    "-1", "9", "50%", "100%", "1e9", "1e-9", "1e38", "-1e38", "1e-38", ".5.5", "round", "evenodd", "hidden",
    "scale(9)", "scale(1e9)", "scale(1e-9)", "rotate(45)", "matrix(1 1 1 1 1 1)", "skewX(89.99)", "translate(1e9)",
    "0 0 1 1", "0 0 1e-9 1e9", "0 0 1e30 1e30", "M0 0", "M1 1", "L9 9", "l1e38 1e38", "h9", "v9", "z", "Z",
    "C0 9 9 0 9 9", "c9 0 0 0 0 9", "Q9 0 9 9", "t1 1", "S1 1 2 2", "A9 9 0 01 1 1", "a1e-9 1e9 45 11 1e9 0",
    "fill:red;", "stroke:#000;", "stroke-width:9;", "fill:url(#a);", "display:none;", "marker:url(#a);",
    "objectBoundingBox", "userSpaceOnUse", "xMidYMid slice", "currentColor",
];

const RULES: [&str; 12] = [
    ".a{fill:red}", "#a{stroke:blue}", "* *{fill:red}", "g>path{stroke:red;stroke-width:3}", "a+b{fill:url(#a)}",
    "* * * * * *{fill:red}", ".a,.b .c{stroke:none}", "@media{", "}", "/*", "*/", "path:first-child{opacity:.5}",
];

/// The most that a recipe may make.
const MOST: usize = 200_000;

fn svg(recipe: &[u8]) -> String {
    let mut out = String::from("<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'");
    let (mut open, mut in_tag, mut names) = (vec!["svg"], true, Vec::new());
    let mut bytes = recipe.iter().copied();
    let mut start = 0;
    while let Some(byte) = bytes.next().filter(|_| out.len() < MOST) {
        let mut next = || usize::from(bytes.next().unwrap_or_default());
        match byte % 8 {
            // An attribute, with as many values one after another as a byte says.
            0..=3 => {
                let name = NAMES[next() % NAMES.len()];
                if !in_tag || names.contains(&name) {
                    continue;
                }
                names.push(name);
                out += &format!(" {name}='");
                for _ in 0..=usize::from(byte) / 8 {
                    out += VALUES[next() % VALUES.len()];
                    out.push(' ');
                }
                out.truncate(out.len() - 1);
                out.push('\'');
            }
            4 | 5 => {
                if std::mem::take(&mut in_tag) {
                    out.push('>');
                }
                let element = ELEMENTS[next() % ELEMENTS.len()];
                start = out.len();
                out += &format!("<{element}");
                open.push(element);
                names.clear();
                in_tag = true;
            }
            6 => {
                if open.len() < 2 {
                    continue;
                }
                let element = open.pop().unwrap_or_default();
                out += &if std::mem::take(&mut in_tag) { "/>".to_owned() } else { format!("</{element}>") };
                // Perhaps again and again.
                let (times, whole) = (next(), out[start.min(out.len())..].to_owned());
                if times > 192 && whole.starts_with(&format!("<{element}")) {
                    out += &whole.repeat((times - 192).min(MOST / whole.len()));
                }
            }
            _ => {
                if std::mem::take(&mut in_tag) {
                    out.push('>');
                }
                out += "<style>";
                for _ in 0..=usize::from(byte) / 32 {
                    out += &RULES[next() % RULES.len()].replace('>', "&gt;");
                }
                out += "</style>";
            }
        }
    }
    if in_tag {
        out.push('>');
    }
    for element in open.into_iter().rev() {
        out += &format!("</{element}>");
    }
    out
}

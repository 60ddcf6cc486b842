//! SVG, read into filled shapes.
//!
//! A picture comes by mail, and the readers of XML, style sheets and SVG are made for pictures that mean
//! well: some hundred bytes can take them an hour or all memory. So a text is first looked through in one
//! pass (`scan`), then reduced to what a page can print (`reduce`, `css`), and only then read by usvg. Its
//! invariant: whatever the text, time and memory are linear in it, within the limits named here.

mod css;
mod reduce;
mod scan;

use std::time::{Duration, Instant};

use super::{
    ArtworkError, Drawing, Excess, Feature,
    drawing::{Collector, MAX_SIZE, MIN_SIZE},
};

/// Reads an SVG.
///
/// # Errors
/// If it is damaged, uses what a page cannot print, or is more work than a picture is worth.
pub(super) fn decode(bytes: &[u8]) -> Result<Drawing, ArtworkError> {
    decode_within(bytes, super::MAX_TIME)
}

/// [`decode`] in another time: the program's own picture is read on a machine that is busy, too.
pub(super) fn decode_within(bytes: &[u8], longest: Duration) -> Result<Drawing, ArtworkError> {
    let deadline = Instant::now() + longest;
    let text = std::str::from_utf8(bytes).map_err(|_| ArtworkError::Damaged("its text is not UTF-8".into()))?;
    scan::check(text)?;
    let reduced = reduce::reduce(text)?;
    let mut options = usvg::Options { resources_dir: None, ..usvg::Options::default() };
    options.image_href_resolver.resolve_string = Box::new(|_, _| None);
    options.image_href_resolver.resolve_data = Box::new(|_, _, _| None);
    let tree = usvg::Tree::from_str(&reduced, &options).map_err(|error| ArtworkError::Damaged(error.to_string()))?;
    let size = (tree.size().width(), tree.size().height());
    if [size.0, size.1].iter().any(|side| !(MIN_SIZE..=MAX_SIZE).contains(side)) {
        return Err(Excess::Reach.into());
    }
    let drawing = Collector::new(size, deadline).collect(tree.root())?;
    if drawing.shapes.is_empty() {
        return Err(ArtworkError::Unsupported(Feature::NothingDrawn));
    }
    Ok(drawing)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(inner: &str) -> Result<Drawing, ArtworkError> {
        decode(format!("<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='10' height='10'>{inner}</svg>").as_bytes())
    }

    #[test]
    fn reads_fills_and_strokes() {
        let drawing =
            read("<rect width='4' height='4' fill='red'/><path d='M0 0 L9 9' fill='none' stroke='blue'/>").unwrap();
        assert_eq!(drawing.shapes.iter().map(|shape| shape.colour).collect::<Vec<_>>(), [[255, 0, 0], [0, 0, 255]]);
    }

    #[test]
    fn refuses_what_it_cannot_print_and_never_reads_another_file() {
        let gradient = "<linearGradient id='g'><stop stop-color='red'/><stop offset='1'/></linearGradient><rect width='4' height='4' fill='url(#g)'/>";
        assert!(matches!(read(gradient), Err(ArtworkError::Unsupported(Feature::Gradients))));
        assert!(matches!(
            read("<image href='/etc/hostname' width='9' height='9'/>"),
            Err(ArtworkError::Unsupported(_))
        ));
        assert!(matches!(read("<script>alert(1)</script>"), Err(ArtworkError::Unsupported(_))));
        assert!(matches!(decode(b"<svg"), Err(ArtworkError::Damaged(_))));
    }

    #[test]
    fn recursion_ends() {
        let endless = "<g id='a'><use xlink:href='#a'/><rect width='2' height='2'/></g>";
        assert!(read(endless).is_ok() || read(endless).is_err());
        let mut deep = String::new();
        for i in 0..30 {
            use std::fmt::Write as _;
            let _ = write!(deep, "<g id='g{}'><use xlink:href='#g{i}'/><use xlink:href='#g{i}'/></g>", i + 1);
        }
        assert!(read(&format!("<defs><rect id='g0' width='1' height='1'/>{deep}</defs>")).is_err());
    }
}

//! Pictures that mean harm: each is refused, or drawn, within the bounds of time and memory.
//!
//! They are read as the program reads them, in a process of its own: see `artwork::isolation`.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::Once,
    time::{Duration, Instant},
};

use release_composer::{
    artwork::{self, Artwork, ArtworkError, isolation},
    pdf,
    release::{Emblem, Release, file},
    typeset::{Cache, typeset},
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_release-composer");

/// What hangs is ended after two seconds. On a machine that does much else, it may be a minute until that is seen.
const PATIENCE: Duration = Duration::from_secs(60);

fn enable() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| isolation::enable_with(PROGRAM.into()));
}

fn svg(inner: &str) -> String {
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='10' height='10'>{inner}</svg>"
    )
}

fn repeated(times: usize, one: impl Fn(usize) -> String) -> String {
    (0..times).map(one).collect()
}

/// SVG files that take the readers of others a very long time or very much memory.
fn bombs() -> Vec<(&'static str, String)> {
    let deep = |inner: &str, times: usize| format!("{}{inner}{}", "<g>".repeat(times), "</g>".repeat(times));
    let entity = |value: &str, uses: &str| {
        let body = svg(uses);
        format!("<!--<svg--><!DOCTYPE svg [<!ENTITY b \"{value}\">]>{body}")
    };
    let uses = repeated(30, |i| format!("<g id='g{}'><use xlink:href='#g{i}'/><use xlink:href='#g{i}'/></g>", i + 1));
    let curves = repeated(300_000, |i| format!("C{} 1 2 {} 3 {}", i % 9, i % 7, i % 5));
    let points = repeated(400_000, |i| format!("L{} {}", i % 9, i % 7));
    let attributes = repeated(300_000, |i| format!(" a{i}='1'"));
    let rules = repeated(3000, |i| format!(".c{i} .d{i}{{fill:red}}"));
    let many = repeated(20_000, |_| "<rect class='a' width='1' height='1'/>".into());
    let nested = |element: &str, property: &str| {
        repeated(2000, |i| {
            format!(
                "<{element} id='p{i}' width='1' height='1'><rect width='1' height='1' {property}='url(#p{})'/></{element}>",
                i + 1
            )
        }) + &format!("<rect width='9' height='9' {property}='url(#p0)'/>")
    };
    let selector =
        format!("<style>a{}{{fill:red}}</style>{}", " *".repeat(10), deep("<rect width='4' height='4'/>", 60));
    let gradients = repeated(3000, |i| format!("<linearGradient id='l{i}' xlink:href='#l{}'/>", i + 1));
    vec![
        ("selectors", svg(&selector)),
        ("selectors of one rule", svg(&format!("<style>/**/{}.b{{fill:red}}</style>{many}", ".a .a,".repeat(2000)))),
        ("rules", svg(&format!("<style>{rules}</style>{many}"))),
        ("declarations", svg(&format!("<style>.a{{{}}}</style>{many}", "fill:red;".repeat(10_000)))),
        ("entities", entity(&"<g/>".repeat(20_000), &"&b;".repeat(2000))),
        ("entities in attributes", entity(&"x".repeat(100_000), &format!("<g a='{}'/>", "&b;".repeat(50_000)))),
        ("short entities", entity(&"x".repeat(250), &format!("<g a='{}'/>", "&b;".repeat(1_000_000)))),
        (
            "references",
            svg(&format!("<defs><rect id='g0' width='1' height='1'/>{uses}</defs><use xlink:href='#g30'/>")),
        ),
        ("a circle of references", svg("<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>")),
        ("depth", svg(&deep("<rect width='4' height='4'/>", 100_000))),
        ("elements", svg(&"<g/>".repeat(1_000_000))),
        ("angle brackets", svg(&format!("<!--{}-->", "<".repeat(7_000_000)))),
        ("attributes", svg(&format!("<g{attributes}/>"))),
        ("names of namespaces", svg(&repeated(60_000, |i| format!("<g xmlns:n{i}='u{i}'>")))),
        ("lines with round joins", svg(&format!("<path d='M0 0{curves}' stroke='red' stroke-linejoin='round'/>"))),
        (
            "lines by a style sheet",
            svg(&format!("<style>path{{stroke:red}}</style><path d='M0 0{curves}' stroke-linejoin='round'/>")),
        ),
        (
            "markers",
            svg(&format!(
                "<marker id='m' overflow='visible'><rect width='1' height='1'/></marker><path d='M0 0{points}' marker-mid='url(#m)'/>"
            )),
        ),
        ("patterns", svg(&nested("pattern", "fill"))),
        ("masks", svg(&nested("mask", "mask"))),
        ("clip paths", svg(&nested("clipPath", "clip-path"))),
        ("filters", svg(&nested("filter", "filter"))),
        ("gradients", svg(&format!("{gradients}<rect width='9' height='9' fill='url(#l0)'/>"))),
        ("huge numbers", svg("<path d='M0 0 L1e38 -1e38 L-1e38 1e38'/>")),
        ("a huge scale", svg("<g transform='scale(1e30)'><rect width='1e8' height='1'/></g>")),
        ("a wide line", svg("<path d='M0 0 L9 9' stroke='red' stroke-width='1e30'/>")),
        (
            "a huge frame",
            "<svg xmlns='http://www.w3.org/2000/svg' width='1e30' height='1'><rect width='1' height='1'/></svg>".into(),
        ),
        (
            "a tiny frame",
            "<svg xmlns='http://www.w3.org/2000/svg' width='1e-30' height='1e-30'><rect width='1' height='1'/></svg>"
                .into(),
        ),
        ("bytes", svg(&" ".repeat(9 << 20))),
    ]
}

/// Why a picture is refused; what it shows would be too long for a message.
fn refused(name: &str, bytes: &[u8]) -> ArtworkError {
    match artwork::decode(bytes) {
        Ok(_) => panic!("{name} is taken"),
        Err(error) => error,
    }
}

#[test]
fn no_svg_takes_longer_than_its_time() {
    enable();
    for (name, bomb) in bombs() {
        let start = Instant::now();
        let error = refused(name, bomb.as_bytes());
        println!("{name}: {:?}, {error}", start.elapsed());
        assert!(start.elapsed() < PATIENCE, "{name} took {:?}", start.elapsed());
        let said = error.to_string();
        assert!(said.contains("; save it") || said.contains("is damaged"), "{name}: {said}");
    }
}

#[test]
fn no_photo_takes_longer_than_its_time() {
    enable();
    let whole = fs::read("tests/data/progressive.jpg").unwrap();
    // Scans that bring nothing, over and over.
    let scan = [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0, 0x10];
    let scans = [&whole[..whole.len() - 2], &scan.repeat(100_000), &[0xFF, 0xD9]].concat();
    let mut png = Vec::new();
    let size = (20_000u32, 20_000u32);
    png.extend(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    png.extend(size.0.to_be_bytes());
    png.extend(size.1.to_be_bytes());
    png.extend([8, 6, 0, 0, 0]);
    let crc = crc32fast::hash(&png[12..]);
    png.extend(crc.to_be_bytes());
    for (name, bytes) in [("scans", scans), ("a PNG of 400 million pixels", png)] {
        let start = Instant::now();
        let error = refused(name, &bytes);
        assert!(start.elapsed() < PATIENCE, "{name} took {:?}: {error}", start.elapsed());
    }
}

#[test]
fn a_picture_is_the_same_in_a_process_of_its_own() {
    enable();
    // The test's own process reads nothing: what comes back has been through the other.
    for name in ["emblem.svg", "emblem.png", "emblem.jpg", "emblem-cmyk.jpg", "emblem-transparent.png"] {
        let bytes = fs::read(Path::new("tests/corpus").join(name)).unwrap();
        match &*artwork::decode(&bytes).unwrap() {
            Artwork::Drawing(drawing) => assert!(!drawing.shapes.is_empty(), "{name}"),
            Artwork::Photo(photo) => {
                let own = image::load_from_memory(&bytes).unwrap().into_rgba8();
                assert_eq!((photo.width, photo.height), own.dimensions(), "{name}");
                assert!(photo.rgba == own.into_raw(), "{name}");
                assert_eq!(photo.jpeg.is_some(), name == "emblem.jpg", "{name}");
            }
        }
    }
}

#[test]
fn what_drawing_programs_write_is_drawn() {
    enable();
    let illustrator = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- Generator: Adobe Illustrator -->\n\
        <!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\" [\n\
        <!ENTITY ns_svg \"http://www.w3.org/2000/svg\">\n<!ENTITY ns_xlink \"http://www.w3.org/1999/xlink\">\n]>\n\
        <svg version=\"1.1\" id=\"Layer_1\" xmlns=\"&ns_svg;\" xmlns:xlink=\"&ns_xlink;\" viewBox=\"0 0 100 100\">\n\
        <style type=\"text/css\">\n\t.st0{fill:#032EA1;}\n\t.st1{fill:none;stroke:#E00025;stroke-width:2;stroke-miterlimit:10;}\n</style>\n\
        <switch><foreignObject requiredExtensions=\"x\"/><g><path class=\"st0\" d=\"M10,10h80v80h-80z\"/>\
        <circle class=\"st1\" cx=\"50\" cy=\"50\" r=\"20\"/></g></switch></svg>";
    let inkscape = "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' \
        xmlns:sodipodi='http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd' xmlns:inkscape='http://www.inkscape.org/namespaces/inkscape' \
        xmlns:xlink='http://www.w3.org/1999/xlink' width='210mm' height='297mm' viewBox='0 0 210 297'>\
        <sodipodi:namedview inkscape:zoom='1'><inkscape:grid/></sodipodi:namedview><metadata><a><b/></a></metadata>\
        <defs><linearGradient id='sw'><stop offset='0' style='stop-color:#800;stop-opacity:1'/></linearGradient>\
        <marker id='arrow' style='overflow:visible'><path d='M0 0h1v1z'/></marker><filter id='blur'><feGaussianBlur/></filter>\
        <clipPath id='c'><rect width='1' height='1'/></clipPath></defs>\
        <g inkscape:groupmode='layer' style='display:none'><text>Notes</text><image xlink:href='data:image/png;base64,AAAA'/></g>\
        <g inkscape:groupmode='layer' inkscape:label='Arms'><path style='fill:url(#sw);marker:none' d='M10 10h50v50z'/>\
        <g id='leaf'><path d='M100 100c10 0 20 10 20 20z' style='fill:#0a0;stroke:#000;stroke-width:.5'/></g>\
        <use xlink:href='#leaf' transform='matrix(-1 0 0 1 200 0)'/><path d='M-500 0h10v10z'/></g></svg>";
    for (name, text, shapes) in [("Illustrator", illustrator, 2), ("Inkscape", inkscape, 5)] {
        let artwork = artwork::decode(text.as_bytes()).expect(name);
        let Artwork::Drawing(drawing) = &*artwork else { panic!("{name} draws") };
        assert_eq!(drawing.shapes.len(), shapes, "{name}");
    }
}

#[test]
fn what_cannot_be_printed_is_named() {
    enable();
    for (inner, feature) in [
        ("<text x='1' y='1'>A</text><rect width='1' height='1'/>", "uses text that is not converted to outlines"),
        (
            "<image xlink:href='a.png' width='9' height='9'/><rect width='1' height='1'/>",
            "uses a picture within the picture",
        ),
        (
            "<clipPath id='c'><rect width='1' height='1'/></clipPath><g clip-path='url(#c)'><rect width='9' height='9'/></g>",
            "uses clipping",
        ),
        ("<rect width='9' height='9' style='opacity:.5'/>", "uses transparency, masks or filters"),
        ("<path d='M0 0L9 9' stroke='red' stroke-dasharray='1'/>", "uses dashed lines"),
        (
            "<style>.a{fill:url(#g)}</style><linearGradient id='g'><stop/><stop offset='1' stop-color='red'/></linearGradient><rect class='a' width='9' height='9'/>",
            "uses gradients",
        ),
    ] {
        let said = artwork::decode(svg(inner).as_bytes()).unwrap_err().to_string();
        assert_eq!(said, format!("{feature}, which cannot be printed; save it as a PNG of 600 pixels or more instead"));
    }
}

#[test]
fn every_number_in_the_pdf_is_one() {
    enable();
    // The most that passes: near the reach of the frame.
    let inner = "<path d='M-600 -600 L600 600 L600 -600z' stroke='red' stroke-width='90' stroke-miterlimit='1e9'/>";
    let mut release = Release::default();
    release.letterhead.emblem = Some(Emblem { file: "e.svg".into(), ..Emblem::default() });
    let artwork = artwork::decode(svg(inner).as_bytes()).unwrap();
    let pages = typeset(&release, Some(&artwork), &mut Cache::default());
    let bytes = pdf::write(&pages, &pdf::Info::of(&release), &pdf::Options::default()).unwrap();
    let document = lopdf::Document::load_mem(&bytes).unwrap();
    let mut numbers = 0;
    for page in document.get_pages().into_values() {
        let content = lopdf::content::Content::decode(&document.get_page_content(page)).unwrap();
        for operand in content.operations.iter().flat_map(|operation| &operation.operands) {
            if let Ok(number) = operand.as_float() {
                assert!(number.is_finite() && number.abs() <= 28_800.0, "{number}");
                numbers += 1;
            }
        }
    }
    assert!(numbers > 20);
}

/// A draft that names a picture, in a folder of its own.
struct Mailed {
    home: tempfile::TempDir,
    draft: PathBuf,
}

impl Mailed {
    fn new(file: &str) -> Self {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("mail")).unwrap();
        let draft = home.path().join("mail/draft.ron");
        let mut release = Release { headline: "x".into(), ..Release::default() };
        let emblem = Emblem { file: file.into(), alternative: "Arms".into(), height: None };
        release.letterhead.emblem = Some(emblem);
        fs::write(&draft, file::write(&release)).unwrap();
        fs::copy("tests/corpus/emblem.svg", home.path().join("emblem.svg")).unwrap();
        Self { home, draft }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let [command, others @ ..] = arguments else { panic!("a command") };
        Command::new(PROGRAM)
            .arg(command)
            .arg(&self.draft)
            .args(others)
            .env("HOME", self.home.path())
            .env("XDG_CONFIG_HOME", self.home.path().join("config"))
            .current_dir(self.home.path())
            .output()
            .unwrap()
    }
}

#[test]
#[cfg(unix)]
fn a_picture_outside_the_folder_of_a_draft_is_opened_only_if_that_is_allowed() {
    for file in ["../emblem.svg", "/nowhere/emblem.svg", "//host/share/emblem.svg"] {
        let mailed = Mailed::new(file);
        for arguments in [&["export", "-o", "a.pdf"][..], &["lines"]] {
            let output = mailed.run(arguments);
            let said = String::from_utf8(output.stderr).unwrap();
            assert!(!output.status.success() && said.contains("outside the folder of the draft"), "{file}: {said}");
            assert!(said.contains("--allow-outside-pictures"), "{file}: {said}");
        }
        let checked = String::from_utf8(mailed.run(&["check"]).stdout).unwrap();
        assert!(checked.contains("outside the folder of the draft"), "{checked}");
    }
    let mailed = Mailed::new("../emblem.svg");
    let output = mailed.run(&["export", "-o", "a.pdf", "--allow-outside-pictures"]);
    assert!(output.status.success(), "{output:?}");
    // As the window remembers it.
    let mut settings = release_composer::storage::Settings::default();
    settings.allow(&mailed.home.path().join("mail/../emblem.svg"));
    settings.save(&mailed.home.path().join("config/release-composer/settings.ron")).unwrap();
    let output = mailed.run(&["export", "-o", "b.pdf"]);
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn the_command_line_says_why_a_picture_is_not_used() {
    let mailed = Mailed::new("bomb.svg");
    for (name, bomb) in bombs().into_iter().take(6) {
        fs::write(mailed.home.path().join("mail/bomb.svg"), bomb).unwrap();
        let start = Instant::now();
        let output = mailed.run(&["export", "-o", "a.pdf"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && said.contains("emblem: bomb.svg "), "{name}: {said}");
        assert!(start.elapsed() < PATIENCE, "{name}: {:?}", start.elapsed());
    }
}

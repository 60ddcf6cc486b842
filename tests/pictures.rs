//! Pages and windows as they look, compared with the pictures in `tests/pictures`.
//!
//! A picture differs if more than one pixel in a thousand has another colour; the one that came out is then in
//! `target/pictures`. Look at both. If the new one is right, `PICTURES=keep cargo test --test pictures` keeps it.
#![cfg(feature = "window")]

mod driven;

use std::path::{Path, PathBuf};

use driven::*;
use egui_kittest::Harness;
use image::RgbImage;
use release_composer::{
    artwork,
    editor::{Editor, Places, Still},
    picture::{Area, Painter},
    storage::{self, Settings, ThemeChoice, WindowLanguage},
    typeset::{Cache, typeset},
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Compares a picture with the one that is kept, or keeps it if that is asked for.
fn compare(name: &str, picture: &RgbImage, wrong: &mut Vec<String>) {
    let kept = root().join("tests/pictures").join(name).with_extension("png");
    if std::env::var("PICTURES").is_ok_and(|asked| asked == "keep") {
        save(picture, &kept);
        return;
    }
    let same = image::open(&kept).map_err(|error| error.to_string()).and_then(|kept| differ(&kept.to_rgb8(), picture));
    if let Err(difference) = same {
        let seen: PathBuf = root().join("target/pictures").join(name).with_extension("png");
        save(picture, &seen);
        wrong.push(format!("{name}: {difference}"));
    }
}

/// Writes a picture, without colours if it has none.
fn save(picture: &RgbImage, path: &Path) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    if picture.pixels().all(|image::Rgb([red, green, blue])| red == green && green == blue) {
        image::DynamicImage::from(picture.clone()).to_luma8().save(path).unwrap();
    } else {
        picture.save(path).unwrap();
    }
}

/// Rounding may differ from processor to processor by a shade that nobody sees.
fn differ(kept: &RgbImage, seen: &RgbImage) -> Result<(), String> {
    if kept.dimensions() != seen.dimensions() {
        return Err(format!("{:?} pixels instead of {:?}", seen.dimensions(), kept.dimensions()));
    }
    let is_other = |(kept, seen): &(&image::Rgb<u8>, &image::Rgb<u8>)| {
        kept.0.iter().zip(seen.0).any(|(kept, seen)| kept.abs_diff(seen) > 24)
    };
    let count = kept.pixels().zip(seen.pixels()).filter(is_other).count();
    let all = kept.pixels().len();
    if count * 1_000 > all { Err(format!("{count} of {all} pixels have another colour")) } else { Ok(()) }
}

/// A picture at half its size, four pixels made one.
fn halved(picture: &RgbImage) -> RgbImage {
    let (width, height) = picture.dimensions();
    image::imageops::resize(picture, width / 2, height / 2, image::imageops::FilterType::Triangle)
}

#[test]
fn a_picture_that_a_reader_would_see_to_be_another_is_found() {
    let kept = RgbImage::from_pixel(100, 100, image::Rgb([255; 3]));
    let mut seen = kept.clone();
    seen.put_pixel(5, 5, image::Rgb([0; 3]));
    assert!(differ(&kept, &seen).is_ok(), "one pixel in ten thousand");
    for x in 0..20 {
        seen.put_pixel(x, 50, image::Rgb([0; 3]));
    }
    assert!(differ(&kept, &seen).is_err(), "a rule");
    assert!(differ(&kept, &RgbImage::new(100, 99)).is_err());
}

#[test]
fn pages_look_as_they_did() {
    let drafts = [
        "assets/samples/japan-phone-call.en.ron",
        "assets/samples/japan-phone-call.km.ron",
        "tests/corpus/bold-khmer.ron",
        "tests/corpus/emblem-png.ron",
        "tests/corpus/hyphenated.ron",
        "tests/corpus/letter-paper.ron",
        "tests/corpus/links.ron",
        "tests/corpus/marks.ron",
        "tests/corpus/marks-khmer.ron",
        "tests/corpus/notes.ron",
        "tests/corpus/notes-khmer.ron",
        "tests/corpus/pictures.ron",
        "tests/corpus/pictures-khmer.ron",
        "tests/corpus/quotations.ron",
        "tests/corpus/table.ron",
        "tests/corpus/table-khmer.ron",
        "tests/corpus/long-paragraph-khmer.ron",
        "tests/corpus/mixed-scripts.ron",
        "tests/corpus/quotes.ron",
        "tests/corpus/ragged.ron",
        "tests/corpus/symbols.ron",
        "tests/corpus/underline.ron",
    ];
    let (mut painter, mut wrong) = (Painter::default(), Vec::new());
    for draft in drafts {
        let path = root().join(draft);
        let release = storage::open(&path).unwrap();
        let emblem =
            release.letterhead.emblem.as_ref().map(|emblem| {
                artwork::decode(&std::fs::read(path.parent().unwrap().join(&emblem.file)).unwrap()).unwrap()
            });
        let pages = typeset(&release, emblem.as_ref(), &mut Cache::default());
        for (number, page) in (1..).zip(&pages.pages).take(2) {
            // 60 pixels to an inch, on which a line that breaks elsewhere is seen well enough.
            let scale = 60.0 / 72.0;
            let pixels = painter.page(page, scale, Area::whole(pages.size, scale));
            let rgb = pixels.rgba.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
            let picture = RgbImage::from_raw(pixels.width.into(), pixels.height.into(), rgb).unwrap();
            let name = format!("page-{}-{number}", path.file_stem().unwrap().to_str().unwrap().replace('.', "-"));
            compare(&name, &picture, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What is done in a window before its picture is taken.
type Act = fn(&mut Harness<'static, Option<Editor>>);

#[test]
fn windows_look_as_they_did() {
    let english = Settings { theme: ThemeChoice::Light, ..Settings::default() };
    let khmer = Settings { language: WindowLanguage::Khmer, ..english.clone() };
    let dark = Settings { theme: ThemeChoice::Dark, ..english.clone() };
    let windows: [(&str, &Settings, Act); 6] = [
        ("empty", &english, |_| {}),
        ("english", &english, |harness| open(harness, SAMPLE)),
        ("khmer", &khmer, |harness| open(harness, &SAMPLE.replace(".en.", ".km."))),
        ("dark", &dark, |harness| open(harness, SAMPLE)),
        ("find", &english, |harness| {
            open(harness, SAMPLE);
            key(harness, CTRL, egui::Key::H);
            type_text(harness, "Cambodia");
        }),
        ("handbook", &khmer, |harness| key(harness, NONE, egui::Key::F1)),
    ];
    let mut wrong = Vec::new();
    for (name, settings, act) in windows {
        let still = Still::default();
        let (follow, settings) = (still.clone(), settings.clone());
        let show = move |ui: &mut egui::Ui, editor: &mut Option<Editor>| {
            editor
                .get_or_insert_with(|| {
                    follow.follow(ui.ctx());
                    Editor::new(ui.ctx(), settings.clone(), Places::default())
                })
                .show(ui);
        };
        let mut harness =
            Harness::builder().with_size(egui::vec2(1280.0, 900.0)).with_step_dt(0.25).build_ui_state(show, None);
        settle(&mut harness);
        act(&mut harness);
        settle(&mut harness);
        let ([width, height], rgb) = still.picture(&harness.ctx, harness.output());
        compare(&format!("window-{name}"), &halved(&RgbImage::from_raw(width, height, rgb).unwrap()), &mut wrong);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

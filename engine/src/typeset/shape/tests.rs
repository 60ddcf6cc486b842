use proptest::prelude::*;

use super::*;

const TEXT: Type = Type { role: Role::Text, size: 12.0 };

fn faces(text: &str) -> Vec<(String, Font)> {
    let shaped = shape(&RichText::plain(text), TEXT, None);
    let mut faces: Vec<(String, Font)> = Vec::new();
    for cluster in &shaped.clusters {
        let characters = shaped.characters(cluster);
        match faces.last_mut() {
            Some((text, font)) if *font == cluster.face.font => text.push_str(characters),
            _ => faces.push((characters.to_owned(), cluster.face.font)),
        }
    }
    faces
}

#[test]
fn spaces_and_stops_go_with_their_neighbours() {
    let (latin, khmer) = (Font::TinosRegular, Font::BattambangRegular);
    assert_eq!(faces("«ជប៉ុន» (PKO) និង"), [("«ជប៉ុន» ".into(), khmer), ("(PKO) ".into(), latin), ("និង".into(), khmer)]);
    assert_eq!(faces("“ជប៉ុន”"), [("“".into(), latin), ("ជប៉ុន".into(), khmer), ("”".into(), latin)]);
}

/// Battambang and Moul stack a triisap under ី on all letters but ស and ហ; the text stays what it is.
#[test]
fn a_triisap_is_drawn_low_under_a_vowel_above() {
    for role in [Role::Text, Role::Heading] {
        let glyphs = |text: &str| {
            let shaped = shape(&RichText::plain(text), Type { role, size: 12.0 }, None);
            assert_eq!(shaped.clusters.iter().map(|cluster| shaped.characters(cluster)).collect::<String>(), text);
            shaped.glyphs.iter().map(|glyph| glyph.id).collect::<Vec<_>>()
        };
        let low = glyphs("ុ")[..].last().copied();
        for text in ["អ៊ី", "អ៊ឺ", "អ៊ិ", "អ៊ឹ", "អ៊ើ", "អ៊ាំ", "ស៊ី"] {
            assert!(low.is_some_and(|low| glyphs(text).contains(&low)), "{role:?} {text}");
        }
    }
}

#[test]
fn a_reader_counts_nine_letters_in_the_kingdom() {
    let shaped = shape(&RichText::plain("ព្រះរាជាណាចក្រកម្ពុជា"), TEXT, None);
    assert_eq!(shaped.clusters.len(), 9);
    assert!(shaped.clusters.iter().all(|cluster| cluster.advance > 0));
}

#[test]
fn a_cut_keeps_an_unfinished_subscript_from_the_letter_after() {
    let text = RichText::plain("ស\u{17D2}ក");
    assert_eq!(shape(&text, TEXT, None).clusters.len(), 1);
    assert_eq!(shape(&text, TEXT, Some("ស\u{17D2}".len())).clusters.len(), 2);
}

#[test]
fn what_is_raised_is_small_and_no_higher_than_capitals() {
    let mut text = RichText::plain("H");
    text.push_str("2", Style::SUPERSCRIPT);
    text.push_str("2", Style::SUBSCRIPT);
    text.push_str("2", Style::PLAIN);
    let shaped = shape(&text, TEXT, None);
    let places: Vec<_> = shaped.clusters.iter().map(|c| (c.size / 12.0, c.units(shaped.glyphs_of(c)[0].y))).collect();
    assert_eq!(places[0], (1.0, 0.0));
    assert_eq!(places[3], (1.0, 0.0));
    assert!(places[1].0 < 0.7 && places[1].0 == places[2].0);
    let capital = 0.66 * 12.0;
    let top = places[1].1 + capital * places[1].0;
    assert!((top - capital).abs() < 0.1 * capital, "{top} and {capital}");
    assert!(places[2].1 < -1.0);
}

#[test]
fn what_no_font_has_is_kept_and_named() {
    let shaped = shape(&RichText::plain("ក 🙂 b"), TEXT, None);
    assert_eq!(shaped.missing().collect::<String>(), "🙂");
    assert_eq!(shaped.text, "ក 🙂 b");
}

#[test]
fn marks_without_anchors_stand_over_their_letters() {
    for text in ["m\u{302}", "g\u{303}", "N\u{304}", "q\u{303}"] {
        let shaped = shape(&RichText::plain(text), TEXT, None);
        let [base, mark] = shaped.glyphs[..] else { panic!("{text} has {} glyphs", shaped.glyphs.len()) };
        let font = shaped.clusters[0].face.font;
        let ([left, _, right, upper], [from, bottom, to, _]) =
            (font.edges(base.id).unwrap(), font.edges(mark.id).unwrap());
        let [x, y] = [mark.x - base.x, mark.y].map(|units| f32::from(i16::try_from(units).unwrap()));
        assert!(((left + right) - (from + to + 2.0 * x)).abs() < 3.0 && bottom + y > upper, "{text}");
    }
    // Those that the font places itself stay where they are.
    let shaped = shape(&RichText::plain("e\u{301}\u{323}"), TEXT, None);
    assert!(!shaped.glyphs.is_empty());
}

#[test]
fn signs_that_no_other_font_has_are_drawn() {
    assert_eq!(shape(&RichText::plain("฿ ✓ ☐ ☑ ☎ ✉ ① Ⅳ ⇒"), TEXT, None).missing().count(), 0);
}

proptest! {
    #[test]
    fn clusters_cover_any_text(text in "(\\PC|[ក-៿]|[a-z \\u{200B}\\u{2060}\\n]){0,40}") {
        let shaped = shape(&RichText::plain(text.as_str()), TEXT, None);
        let mut at = 0;
        let mut glyphs = 0;
        for cluster in &shaped.clusters {
            prop_assert_eq!(cluster.text.start, at);
            at = cluster.text.end;
            glyphs += cluster.glyphs.len();
        }
        prop_assert_eq!(at, text.len());
        prop_assert!(glyphs <= shaped.glyphs.len());
    }
}

use proptest::prelude::*;
use skrifa::MetadataProvider as _;

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

/// The fonts stack a triisap under ី on some or all letters; the text stays what it is.
#[test]
fn a_triisap_is_drawn_low_under_a_vowel_above() {
    let faces = KhmerFace::ALL.map(|face| (Role::Text, face)).into_iter();
    for (role, face) in faces.chain([(Role::Heading, KhmerFace::default())]) {
        for text in ["អ៊ី", "អ៊ឺ", "អ៊ិ", "អ៊ឹ", "អ៊ើ", "អ៊ាំ", "ស៊ី"] {
            let shaped = shape_with(&RichText::plain(text), Type { role, size: 12.0 }, None, face);
            assert_eq!(shaped.clusters.iter().map(|cluster| shaped.characters(cluster)).collect::<String>(), text);
            let is_low = |cluster: &Cluster, glyph: &Glyph| {
                cluster.face.font.edges(glyph.id).is_some_and(|[_, _, _, upper]| upper + (glyph.y as f32) < 0.0)
            };
            let mut glyphs = shaped
                .clusters
                .iter()
                .flat_map(|cluster| shaped.glyphs_of(cluster).iter().map(move |glyph| (cluster, glyph)));
            assert!(glyphs.any(|(cluster, glyph)| is_low(cluster, glyph)), "{role:?} {face:?} {text}");
        }
    }
}

/// A text in a face, and how far its outlines reach above and below the baseline, in points.
fn reach(text: &str, face: KhmerFace) -> (ShapedText, f32, f32) {
    let shaped = shape_with(&RichText::plain(text), TEXT, None, face);
    let (mut above, mut below) = (0.0_f32, 0.0_f32);
    for cluster in &shaped.clusters {
        for glyph in shaped.glyphs_of(cluster) {
            let Some([_, lower, _, upper]) = cluster.face.font.edges(glyph.id) else { continue };
            let points = cluster.size / cluster.face.font.units_per_em();
            above = above.max((upper + glyph.y as f32) * points);
            below = below.max(-(lower + glyph.y as f32) * points);
        }
    }
    (shaped, above, below)
}

#[test]
fn letters_look_as_tall_in_every_face_and_no_stack_touches_the_next_line() {
    let leading = crate::typeset::house::house(crate::release::Language::Khmer).leading;
    let (_, usual, _) = reach("កតល", KhmerFace::default());
    for face in KhmerFace::ALL {
        let (_, above, _) = reach("កតល", face);
        assert!((above / usual - 1.0).abs() < 0.025, "{face:?}: {above} and {usual}");
        let (shaped, above, below) = reach("ស្ត្រី ខ្ញុំ ហ៊្វុយ ញ៉ាំ ញ្ញូ អ៊ី គ៊ី ឌឿ រ៉ឺ ក្រៀម ឥឡូវ ឡ្ងី ឆ្ក្រូ", face);
        assert!(above + below < leading * TEXT.size, "{face:?}: {above} + {below}");
        assert_eq!(shaped.missing().count(), 0);
    }
}

/// The tables of Khmer OS Content are old, and HarfBuzz is what other programs shape with.
#[test]
fn the_faces_are_shaped_as_by_harfbuzz() {
    let reference = include_str!("../../../../tests/data/harfbuzz-faces.txt");
    for line in reference.lines() {
        let mut parts = line.split(' ');
        let (name, text) = (parts.next().unwrap(), parts.next().unwrap());
        let face = KhmerFace::ALL.into_iter().find(|face| format!("{face:?}") == name).unwrap();
        let shaped = shape_with(&RichText::plain(text), TEXT, None, face);
        let mut pen = 0;
        let mut glyphs = Vec::new();
        for cluster in &shaped.clusters {
            let placed = shaped.glyphs_of(cluster).iter();
            glyphs.extend(placed.map(|glyph| format!("{}:{}:{}", glyph.id, pen + glyph.x, glyph.y)));
            pen += cluster.advance;
        }
        glyphs.push(pen.to_string());
        assert_eq!(glyphs, parts.collect::<Vec<_>>(), "{name} {text}");
    }
}

#[test]
fn a_letter_that_a_face_lacks_is_in_the_usual_one() {
    let shaped = shape_with(&RichText::plain("ក៝ ក"), TEXT, None, KhmerFace::Siemreap);
    let fonts: Vec<_> = shaped.clusters.iter().map(|cluster| (cluster.face.font, cluster.size)).collect();
    assert_eq!(fonts.first(), Some(&(Font::BattambangRegular, TEXT.size * KHMER_TEXT_SCALE)));
    assert_eq!(fonts.last(), Some(&(Font::Siemreap, TEXT.size * TALL_KHMER_TEXT_SCALE)));
    assert_eq!(shaped.missing().count(), 0);
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

/// Khmer as it is written and as it never is: what stands alone, and what may not.
fn khmer_text() -> impl Strategy<Value = String> {
    let syllable = "[ក-ឳ](្[ក-ឳ]){0,2}[៉៊]?[ា-ៅ]?[ំះ់៍៏័]?";
    let part = prop_oneof![
        6 => proptest::string::string_regex(syllable).unwrap(),
        1 => proptest::string::string_regex("[ក-៹]{1,3}").unwrap(),
        1 => proptest::string::string_regex("[ក-ឳ]្").unwrap(),
        1 => proptest::string::string_regex("[ «»\u{A0}\u{200B}\u{200C}\u{200D}\u{2060}។ៗ០-៩0-9a-z(),.\n-]").unwrap(),
    ];
    prop::collection::vec(part, 1..30).prop_map(|parts| parts.concat())
}

/// Whether the shaper shows that a cluster is not well formed. Of several in one text it forgets that at times: it counts
/// syllables in four bits, and shows it once of those that have the same number.
fn has_dotted_circle(shaped: &ShapedText, cluster: &Cluster) -> bool {
    let circle = cluster.face.font.tables().charmap().map('\u{25CC}');
    shaped.glyphs_of(cluster).iter().any(|glyph| circle.is_some_and(|circle| circle.to_u32() == u32::from(glyph.id)))
}

proptest! {
    /// What is kept of a cluster is what it has among all others of its text.
    #[test]
    fn a_khmer_cluster_is_shaped_alone_as_among_others(text in khmer_text(), heading: bool, face in 0..KhmerFace::ALL.len(), bold: bool) {
        let kind = Type { role: if heading { Role::Heading } else { Role::Text }, size: 12.0 };
        let style = Style::PLAIN.with(Style::BOLD, bold);
        let shaped = shape_with(&RichText::styled(text, style), kind, None, KhmerFace::ALL[face]);
        let mut directly = shaped.clone();
        directly.glyphs.clear();
        let mut buffer = UnicodeBuffer::new();
        let runs: Vec<Vec<usize>> = (0..shaped.clusters.len())
            .collect::<Vec<_>>()
            .chunk_by(|a, b| shaped.clusters[*a].face == shaped.clusters[*b].face)
            .map(<[usize]>::to_vec)
            .collect();
        for run in runs {
            buffer = shape_clusters(&mut directly, &run, (shaped.clusters[run[0]].face.font, 0), buffer);
        }
        let mut has_one = false;
        for (kept, direct) in shaped.clusters.iter().zip(&directly.clusters).filter(|(kept, _)| kept.face.font.is_khmer()) {
            let is_another = has_dotted_circle(&shaped, kept) && std::mem::replace(&mut has_one, true);
            if !shaped.characters(kept).starts_with(['\n', '\u{2028}']) && !is_another {
                prop_assert_eq!(shaped.glyphs_of(kept), directly.glyphs_of(direct), "{:?}", shaped.characters(kept));
                prop_assert_eq!(kept.advance, direct.advance);
            }
        }
    }
}

proptest! {
    /// A cluster has the same glyphs whatever was kept of the texts before.
    #[test]
    fn what_is_shaped_first_makes_no_difference(texts in prop::collection::vec(khmer_text(), 1..4), face in 0..KhmerFace::ALL.len()) {
        let mut kept: std::collections::HashMap<Font, std::sync::RwLock<once::Kept>> = std::collections::HashMap::new();
        for text in texts {
            let shaped = shape_with(&RichText::plain(text), TEXT, None, KhmerFace::ALL[face]);
            let [mut direct, mut by_kept] = [(); 2].map(|()| ShapedText { glyphs: Vec::new(), ..shaped.clone() });
            let mut start = 0;
            while let Some(first) = shaped.clusters.get(start) {
                let font = first.face.font;
                let end = start + shaped.clusters[start..].iter().take_while(|cluster| cluster.face.font == font).count();
                let run = start..end;
                start = end;
                if !font.is_khmer() || !run.clone().all(|index| once::is_alone(shaped.characters(&shaped.clusters[index]))) {
                    continue;
                }
                shape_clusters(&mut direct, &run.clone().collect::<Vec<_>>(), (font, 0), UnicodeBuffer::new());
                let kept = kept.entry(font).or_default();
                once::shape_keeping(kept, &mut by_kept, run.clone(), (font, 0), UnicodeBuffer::new());
                let mut has_one = false;
                for (direct_one, one) in direct.clusters[run.clone()].iter().zip(&by_kept.clusters[run]) {
                    if has_dotted_circle(&by_kept, one) && std::mem::replace(&mut has_one, true) {
                        continue;
                    }
                    prop_assert_eq!(by_kept.glyphs_of(one), direct.glyphs_of(direct_one), "{:?}", by_kept.characters(one));
                    prop_assert_eq!(one.advance, direct_one.advance);
                }
            }
        }
    }
}

#[test]
fn what_is_invisible_at_the_beginning_leaves_the_letter_its_glyphs() {
    for (text, letter) in
        [("\u{200B}ឍ", 'ឍ'), ("\u{200B}\u{2060}\u{200B}ឍ", 'ឍ'), ("\u{2060}e", 'e'), ("a\u{200D}ឍ", 'ឍ')]
    {
        let shaped = shape(&RichText::plain(text), TEXT, None);
        let of_letter = shaped.clusters.iter().find(|cluster| shaped.characters(cluster).contains(letter)).unwrap();
        assert!(!shaped.glyphs_of(of_letter).is_empty() && of_letter.advance > 0, "{text:?}");
    }
}

/// Nearly every cluster of a release is one that is kept.
#[test]
fn the_clusters_of_a_release_are_alone() {
    let sample = include_str!("../../../../assets/samples/japan-phone-call.km.ron");
    let text: String = sample.chars().filter(|c| crate::khmer::characters::is_khmer(*c) || *c == ' ').collect();
    let shaped = shape(&RichText::plain(text), TEXT, None);
    assert!(shaped.clusters.len() > 1000, "{}", shaped.clusters.len());
    assert!(shaped.clusters.iter().all(|cluster| once::is_alone(shaped.characters(cluster))));
    for cluster in ["្ក", "ា", "\u{200C}", "ក\u{200D}", "ab", ""] {
        assert!(!once::is_alone(cluster), "{cluster:?}");
    }
}

//! Two releases that say the same, in one file.

use super::*;

/// The drafts of the corpus that are there in both languages: the Khmer one, and the English one.
fn pairs() -> Vec<(PathBuf, PathBuf)> {
    let drafts = drafts();
    let english = |khmer: &PathBuf| PathBuf::from(khmer.to_string_lossy().replace("-khmer.ron", ".ron"));
    let is_pair = |(khmer, english): &(PathBuf, PathBuf)| khmer != english && drafts.contains(english);
    drafts.iter().map(|khmer| (khmer.clone(), english(khmer))).filter(is_pair).collect()
}

#[test]
fn each_is_a_part_that_reads_as_it_does_alone() {
    let pairs = pairs();
    assert!(pairs.len() >= 6, "{pairs:?}");
    for (khmer, english) in pairs {
        let name = english.file_stem().unwrap().to_string_lossy().into_owned();
        let ((release, first), (other, second)) = (set(&khmer), set(&english));
        assert_eq!((release.language, other.language), (Language::Khmer, Language::English), "{name}");
        let info = pdf::Info::of(&release);
        let bytes = pdf::write_both(&first, &second, &info, &pdf::Options::default()).unwrap();
        let options = pdf::Options::default();
        let alone = [&release, &other].into_iter().zip([&first, &second]);
        let alone = alone.map(|(release, pages)| pdf::write(pages, &pdf::Info::of(release), &options).unwrap());
        let [one, two] = alone.collect::<Vec<_>>().try_into().unwrap();
        let (one, two, both) = (tagged::read(&one), tagged::read(&two), tagged::read(&bytes));
        // A note leads to a page, and the pages of the second come after those of the first.
        let moved = |place: &str| match place.strip_prefix("page ").and_then(|number| number.parse::<usize>().ok()) {
            Some(number) => format!("page {}", number + first.pages.len()),
            None => place.to_owned(),
        };
        let mut expected = two.elements;
        expected.iter_mut().flat_map(|element| &mut element.links).for_each(|link| link.0 = moved(&link.0));
        let expected = [one.elements, expected].concat();
        assert_eq!(both.elements.len(), expected.len(), "{name}");
        for (read, alone) in both.elements.iter().zip(&expected) {
            assert_eq!(read, alone, "{name}");
        }
        // A note of the second has a name of its own.
        let notes: std::collections::HashSet<&String> = both.notes.iter().collect();
        assert_eq!((notes.len(), both.notes.len()), (both.notes.len(), one.notes.len() + two.notes.len()), "{name}");
        let document = lopdf::Document::load_mem(&bytes).unwrap();
        assert_eq!(document.get_pages().len(), first.pages.len() + second.pages.len(), "{name}");
        let tags: Vec<String> = document
            .objects
            .values()
            .filter_map(|object| object.as_dict().ok())
            .filter(|of| of.get(b"S").is_ok_and(|tag| tag.as_name().is_ok_and(|tag| tag == b"Part")))
            .map(|of| tagged::text(of.get(b"Lang").unwrap()))
            .collect();
        assert_eq!(tags, ["km", "en"], "{name}");
        for profile in [ValidationProfile::PdfA2a, ValidationProfile::PdfUa1] {
            let options = ValidationOptions::default().profile(profile);
            let report = validate_pdf_bytes(&code_by_code(&bytes), &options).unwrap();
            assert!(report.is_compliant, "{name}: {report}");
        }
        assert!(bytes == pdf::write_both(&first, &second, &info, &pdf::Options::default()).unwrap(), "{name}");
    }
}

#[test]
fn pages_of_two_sizes_are_refused() {
    let pages = |paper| {
        let mut release = Release::blank(Language::English);
        release.page.paper = paper;
        typeset::typeset(&release, None, &mut Cache::default())
    };
    let (a4, letter) = (pages(Paper::A4), pages(Paper::Letter));
    let made = pdf::write_both(&a4, &letter, &pdf::Info::default(), &pdf::Options::default());
    assert!(matches!(made, Err(pdf::PdfError::Sizes)));
}

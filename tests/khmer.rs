//! What a Khmer draft must come through as: read in normal order, searched, set and checked.

use std::ops::Range;

use chrono::NaiveDate;
use release_composer::{
    proof::{self, Problem, Reference},
    release::{Field, Release, file},
    roster::Roster,
    typeset::{Cache, Source, breaks::KnownWords, typeset},
};

/// A draft of paragraphs, as another office may have written it.
fn draft(paragraphs: &[&str]) -> Release {
    let body: Vec<String> = paragraphs.iter().map(|text| format!("(text: \"{text}\")")).collect();
    let source = format!(
        "(format: 1, language: Khmer, title: \"សេចក្តីប្រកាសព័ត៌មាន\", headline: \"ក\", body: [{}], \
         signature: (place: \"រាជធានីភ្នំពេញ\", date: \"2026-11-28\"))",
        body.join(", ")
    );
    file::parse(&source).unwrap()
}

/// What is found in the paragraphs of a draft.
fn found(paragraphs: &[&str]) -> Vec<(usize, Range<usize>, Problem)> {
    let release = draft(paragraphs);
    let pages = typeset(&release, None, &mut Cache::default());
    let today = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
    let (words, roster) = (KnownWords::new(), Roster::default());
    let findings =
        proof::check(&release, &pages, &Reference { today, emblem: None, words: &words, roster: &roster, other: None });
    let in_text = findings.into_iter().filter_map(|finding| match finding.field {
        Some(Field::Paragraph(index)) => Some((index, finding.range, finding.problem)),
        _ => None,
    });
    in_text.collect()
}

/// The lines of the body.
fn lines(paragraph: &str) -> Vec<String> {
    let pages = typeset(&draft(&[paragraph]), None, &mut Cache::default());
    let in_body =
        pages.lines().filter(|(_, line)| matches!(&line.source, Source::Field { field: Field::Paragraph(_), .. }));
    in_body.map(|(_, line)| line.characters().trim_end().to_owned()).collect()
}

#[test]
fn a_draft_of_another_office_is_searched_like_one_of_our_own() {
    for (written, read) in [
        ("រដ្ឋមន្រ្តី", "រដ្ឋមន្ត្រី"),
        ("ប្រទេសខែ្មរ", "ប្រទេសខ្មែរ"),
        ("យុទ្ធសាស្រ្ត", "យុទ្ធសាស្ត្រ"),
        ("អាសុី", "អាស៊ី"),
        ("មុ៉ឺន", "ម៉ឺន"),
        ("សង្រ្កាន្ត", "សង្ក្រាន្ត"),
        ("អាជា្ញធរ", "អាជ្ញាធរ"),
        ("កា្រ", "ក្រា"),
        ("បើក", "បើក"),
        ("បេីក", "បើក"),
        ("លេាក", "លោក"),
        ("កុំ", "កុំ"),
        ("កំុ", "កុំ"),
        ("អុីរ៉ង់", "អ៊ីរ៉ង់"),
        ("**មន្រ្តី**", "មន្ត្រី"),
    ] {
        let release = draft(&[written]);
        assert_eq!(release.body[0].text.as_str(), read);
        let pages = typeset(&release, None, &mut Cache::default());
        let set: String = pages.lines().map(|(_, line)| line.characters()).collect();
        assert!(set.contains(read), "{written}");
    }
}

#[test]
fn what_rules_cannot_put_right_is_offered() {
    for (written, meant) in [("ចំា", "ចាំ"), ("តំាង", "តាំ"), ("ឆំ្នា", "ឆ្នាំ"), ("ស្តំា", "ស្តាំ"), ("ខ្ញំុ", "ខ្ញុំ"), ("ក៉ា", "ក៊ា")]
    {
        let offered: Vec<String> = found(&[&format!("{written}។")])
            .iter()
            .filter_map(|(_, _, problem)| problem.remedies())
            .flat_map(|(_, offered)| offered.into_iter().map(str::to_owned).collect::<Vec<_>>())
            .collect();
        let mended = draft(&[written]).body[0].text.as_str() == meant;
        assert!(mended || offered.iter().any(|by| by == meant), "{written}: {offered:?}");
    }
}

#[test]
fn a_misspelt_month_is_found_once() {
    for month in ["មិនា", "វិច្ឆកា"] {
        let all = found(&[&format!("ក្នុងខែ{month} ឆ្នាំ២០២៧។"), "ចប់៕"]);
        assert!(matches!(&all[..], [(0, _, Problem::KhmerSlip { .. })]), "{month}: {all:?}");
    }
}

#[test]
fn a_surname_is_no_slip() {
    assert_eq!(found(&["អៀត សោភា បាននិយាយ។ ឃួន សុដារី បាននិយាយ៕"]), []);
}

#[test]
fn slips_are_found_where_they_are() {
    for (text, wanted) in [
        ("ភាគីទាំងពីរបានបានជួបពិភាក្សា។", "បានបាន"),
        ("ពិភាក្សានៅនៅទីក្រុងភ្នំពេញ។", "នៅនៅ"),
        ("កម្ពុជានិង\u{200B}និងជប៉ុន។", "និង\u{200B}និង"),
        ("នៅថ្ងៃ\u{200B}អង្គារ ទី២៨ ខែវិច្ឆិកា ឆ្នាំ២០២៦។", "ថ្ងៃ\u{200B}អង្គារ ទី២៨ ខែវិច្ឆិកា ឆ្នាំ២០២៦"),
        ("នៅថ្ងៃទី៣១ ខែវិច្ឆិកា ឆ្នាំ២០២៦។", "ថ្ងៃទី៣១ ខែវិច្ឆិកា ឆ្នាំ២០២៦"),
        ("និងថ្ងៃទី៣០ ខែកុម្ភៈ ឆ្នាំ២០២៧។", "ថ្ងៃទី៣០ ខែកុម្ភៈ ឆ្នាំ២០២៧"),
        ("ក្នុងខែមិនា ឆ្នាំ២០២៧។", "មិនា"),
        (
            "នៅថ្ងៃសៅរ៍ ១០កើត ខែមិគសិរ ឆ្នាំរោង ឆស័ក ព.ស. ២៥៦៨ ត្រូវនឹងថ្ងៃទី២៨ ខែវិច្ឆិកា ឆ្នាំ២០២៦។",
            "ថ្ងៃសៅរ៍ ១០កើត ខែមិគសិរ ឆ្នាំរោង ឆស័ក ព.ស. ២៥៦៨",
        ),
        ("បញ្ហាផ្សេង២។", "ផ្សេង២"),
        ("យើង។«កម្ពុជា»។", "។«"),
        ("អត្ថបទចប់ដោយគ្មានខណ្ឌ", "ឌ"),
        ("ពានិជ្ជកម្មទ្វេភាគី។", "ពានិជ្ជកម្ម"),
    ] {
        let all = found(&[text]);
        assert!(all.iter().any(|(_, range, _)| &text[range.clone()] == wanted), "{text}: {all:?}");
    }
    let names = ["ឯកឧត្តម **សុខ ចិន្តាសោភា** បានជួបជាមួយលោក តាណាកា យ៉ូស៊ី។", "ឯកឧត្តម **សុក ចិន្តាសោភា** អរគុណលោក តាណាកា យូស៊ី។"];
    let two_ways = found(&names).into_iter().filter(|(_, _, problem)| matches!(problem, Problem::SpeltTwoWays { .. }));
    assert_eq!(two_ways.map(|(paragraph, ..)| paragraph).collect::<Vec<_>>(), [0, 0, 1, 1]);
}

/// Wherever in the line it falls, no line divides any of these.
#[test]
fn what_belongs_together_is_not_torn() {
    for whole in [
        "ខែស្រាពណ៍",
        "ខែបឋមាសាឍ",
        "ខែទុតិយាសាឍ",
        "ខែមិគសិរ",
        "ខែភទ្របទ",
        "ឆ្នាំម្សាញ់",
        "អដ្ឋស័ក",
        "ថ្ងៃព្រហស្បតិ៍",
        "ខែវិច្ឆិកា",
        "១០០០ ៛",
        "៩ : ៣០",
        "១០ លានដុល្លារ",
        "៥០ %",
        "ប្រទីប",
        "សច្ចាប័ន",
        "ឧទ្ទេសនាម",
        "មហាក្សត្រាធិរាជ",
        "ថៃឡង់ដ៍",
        "បឋមកថា",
        "វាក្យសម្ព័ន្ធ",
        "ផ្គួផ្គង",
        "ដៃគូ",
    ] {
        for before in 0..40 {
            let text = format!("{} {whole} {}", "ជាតិ ".repeat(before).trim_end(), "ខ្មែរ ".repeat(12));
            let lines = lines(text.trim());
            assert!(lines.iter().any(|line| line.contains(whole)), "{whole} after {before}: {lines:?}");
        }
    }
}

#[test]
fn a_date_stays_on_one_line_and_an_item_with_its_number() {
    let dates = "នៅថ្ងៃទី១១ ខែមករា ឆ្នាំ២០២៧ និងថ្ងៃទី១២ ខែកុម្ភៈ ឆ្នាំ២០២៧ និងថ្ងៃទី១៣ ខែមីនា ឆ្នាំ២០២៧ និងថ្ងៃទី១៤ ខែមេសា ឆ្នាំ២០២៧ \
        និងថ្ងៃទី១៥ ខែឧសភា ឆ្នាំ២០២៧ និងថ្ងៃទី១៦ ខែមិថុនា ឆ្នាំ២០២៧ និងថ្ងៃទី១៧ ខែកក្កដា ឆ្នាំ២០២៧ និងថ្ងៃទី១៨ ខែសីហា ឆ្នាំ២០២៧។";
    let set = lines(dates);
    let torn =
        set.iter().filter(|line| !line.ends_with("២០២៧") && !line.ends_with('។') && !line.ends_with("និង")).count();
    assert!(torn * 3 <= set.len(), "{set:?}");
    let items = "សមាសភាពចូលរួមមានដូចជា៖ ១. ឯកឧត្តមរដ្ឋមន្ត្រី ២. លោកជំទាវរដ្ឋលេខាធិការ ៣. លោកអគ្គនាយក៤. លោកអភិបាលខេត្ត ៥. លោកប្រធានមន្ទីរ \
        ៦. លោកប្រធានការិយាល័យ ៧. មន្ត្រីពាក់ព័ន្ធ (៨) តំណាងអង្គការដៃគូអភិវឌ្ឍន៍ ក. អ្នកសារព័ត៌មាន ១០. ភ្ញៀវកិត្តិយស។";
    for line in lines(items) {
        assert!(!line.ends_with(['.', ')']), "{line}");
    }
}

#[test]
fn no_last_line_is_one_word() {
    for draft in ["japan-phone-call.km.ron"] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples").join(draft);
        let release = file::parse(&std::fs::read_to_string(path).unwrap()).unwrap();
        for paragraph in &release.body {
            let set = lines(&paragraph.text.as_str().replace('"', "\\\""));
            let last = set.last().unwrap();
            // ជប៉ុន។ alone is a last line of the sample: what is before it must not be parted.
            assert!(set.len() == 1 || last.chars().count() > 5, "{last}");
            assert!(set.iter().all(|line| !line.ends_with("និង")), "{set:?}");
        }
    }
}

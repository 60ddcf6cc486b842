//! The rules as a table, and what must hold for every text.

mod shaping;

use std::borrow::Cow;

use proptest::{prelude::*, sample::select};

use super::*;
use shaping::seen;
use syllable::Cluster;

/// Typed, normal, and where the rule is. TN61 is Unicode Technical Note 61, version 2.
const ORDERS: &[(&str, &str, &str)] = &[
    // TN61, Coeng Ro, and its appendix of misspellings: ស្ត្រី.
    ("\u{179F}\u{17D2}\u{179A}\u{17D2}\u{178F}\u{17B8}", "\u{179F}\u{17D2}\u{178F}\u{17D2}\u{179A}\u{17B8}", "RO last"),
    ("\u{1784}\u{17D2}\u{179A}\u{17D2}\u{1782}\u{17C4}", "\u{1784}\u{17D2}\u{1782}\u{17D2}\u{179A}\u{17C4}", "RO last"),
    // TN61, Final Coengs: in Modern Khmer no subscript follows a vowel.
    ("\u{1794}\u{17B6}\u{17D2}\u{179A}\u{179F}\u{17CB}", "\u{1794}\u{17D2}\u{179A}\u{17B6}\u{179F}\u{17CB}", "ប្រាស់"),
    ("\u{1780}\u{17B8}\u{17D2}\u{178F}", "\u{1780}\u{17D2}\u{178F}\u{17B8}", "ក្តី"),
    ("\u{1791}\u{17B7}\u{17D2}\u{1792}", "\u{1791}\u{17D2}\u{1792}\u{17B7}", "ទ្ធិ"),
    ("\u{1781}\u{17C2}\u{17D2}\u{1798}\u{179A}", "\u{1781}\u{17D2}\u{1798}\u{17C2}\u{179A}", "ខ្មែរ"),
    // TN61, Triisap and Muusikatoan: a shifter is stored after all subscripts.
    ("\u{179F}\u{17CA}\u{17D2}\u{179A}\u{17BB}", "\u{179F}\u{17D2}\u{179A}\u{17CA}\u{17BB}", "ស្រ៊ុ"),
    ("\u{1794}\u{17C9}\u{17D2}\u{179A}\u{17B6}", "\u{1794}\u{17D2}\u{179A}\u{17C9}\u{17B6}", "ប្រ៉ា"),
    ("\u{1780}\u{17CA}\u{17D2}\u{179A}\u{17B7}", "\u{1780}\u{17D2}\u{179A}\u{17CA}\u{17B7}", "ក្រ៊ិ"),
    ("\u{179F}\u{17CA}\u{17D2}\u{179A}\u{17BE}", "\u{179F}\u{17D2}\u{179A}\u{17CA}\u{17BE}", "ស្រ៊ើ"),
    // TN61, Robat: right after the base.
    ("\u{1780}\u{17D2}\u{1798}\u{17CC}", "\u{1780}\u{17CC}\u{17D2}\u{1798}", "robat first"),
    // TN61, appendix: កុំ. Signs follow the vowel.
    ("\u{1780}\u{17C6}\u{17BB}", "\u{1780}\u{17BB}\u{17C6}", "កុំ"),
    // TN61 and its table "Do not use": a vowel typed as its parts.
    ("\u{179B}\u{17C1}\u{17B6}\u{1780}", "\u{179B}\u{17C4}\u{1780}", "លោក"),
    ("\u{1794}\u{17C1}\u{17B8}", "\u{1794}\u{17BE}", "បើ"),
    // The same table: U under a vowel above is a shifter drawn low.
    ("\u{179F}\u{17BB}\u{17B8}", "\u{179F}\u{17CA}\u{17B8}", "ស៊ី"),
    ("\u{179F}\u{17C1}\u{17BB}\u{17B8}\u{1794}", "\u{179F}\u{17CA}\u{17BE}\u{1794}", "ស៊ើប"),
    ("\u{1798}\u{17BB}\u{17B7}", "\u{1798}\u{17C9}\u{17B7}", "ម៉ិ"),
    ("\u{17A2}\u{17BB}\u{17B8}", "\u{17A2}\u{17CA}\u{17B8}", "អ៊ី"),
    ("\u{1780}\u{17BB}\u{17B7}", "\u{1780}\u{17CA}\u{17B7}", "ក៊ិ"),
    // Zero-width spaces beside Khmer: one place to break a line is enough.
    ("\u{1780}\u{200B}\u{200B}\u{1781}", "\u{1780}\u{200B}\u{1781}", "one space"),
];

/// Orders that no modern Khmer has, and what is meant. What is seen changes.
const IMPOSSIBLE: &[(&str, &str, &str)] = &[
    // A subscript behind a vowel that takes room, or behind one that is drawn before the letter.
    ("\u{17A2}\u{17B6}\u{1787}\u{17B6}\u{17D2}\u{1789}\u{1792}\u{179A}", "អាជ្ញាធរ", "subscript behind ◌ា"),
    ("\u{1795}\u{17B7}\u{17D2}\u{179F}", "ផ្សិ", "spacing subscript"),
    ("\u{1781}\u{17C1}\u{17D2}\u{179A}", "ខ្រេ", "RO behind ◌េ"),
    // A dotted circle: vowel before shifter, parts of a vowel in the wrong order, a U besides a shifter.
    ("\u{179F}\u{17B8}\u{17CA}", "ស៊ី", "shifter behind the vowel"),
    ("\u{179B}\u{17B6}\u{17C1}\u{1780}", "លោក", "parts of a vowel"),
    ("\u{1798}\u{17BB}\u{17C9}\u{17BA}\u{1793}", "ម៉ឺន", "U besides a shifter"),
    // Unicode's canonical ordering parts a coeng from its letter.
    ("\u{1780}\u{17D2}\u{17DD}\u{178F}", "\u{1780}\u{17D2}\u{178F}\u{17DD}", "NFC"),
];

/// Left as they are, since the fonts draw the normal order otherwise, or since they mean something.
const LEFT: &[&str] = &[
    // Order that is seen: nikahit before ◌ា.
    "\u{1785}\u{17C6}\u{17B6}",
    // A shifter that a spacing subscript would carry to the right (Unicode's chapter allows it).
    "\u{1798}\u{17C9}\u{17D2}\u{1799}\u{17B6}\u{1784}",
    // Two marks above each other, which a font may stack as they come.
    "\u{1780}\u{17CB}\u{17B7}",
    "\u{1780}\u{17CE}\u{17C6}",
    // ញ takes another U.
    "\u{1789}\u{17BB}\u{17B6}\u{17C6}",
    // Joiners mean something: a shifter kept up, a final subscript.
    "\u{179F}\u{17CA}\u{200C}\u{17B8}",
    "\u{1780}\u{200D}\u{17D2}\u{179A}\u{17D2}\u{178F}",
    // ្ដ and ្ត look alike and are spelled differently; deprecated letters look otherwise.
    "\u{1780}\u{17D2}\u{178A}\u{17B8}",
    "\u{17A3}\u{17A4}\u{17D8}",
    // Not Khmer.
    "a\u{200B}\u{200B}b e\u{301} 👩\u{200D}👩\u{200D}👧",
];

/// Texts with their only fault.
const FAULTS: &[(&str, &str, FaultKind)] = &[
    ("ក\u{17D2}", "ក\u{17D2}", FaultKind::CoengAlone),
    ("ក\u{17D2} ខ", "ក\u{17D2}", FaultKind::CoengAlone),
    ("ក\u{17D2}\u{200B}ខ", "ក\u{17D2}", FaultKind::CoengAlone),
    ("កខ\u{17D2}\u{17D2}ម", "ខ\u{17D2}\u{17D2}ម", FaultKind::CoengTwice),
    ("a \u{17D2}ម", "\u{17D2}ម", FaultKind::SubscriptAlone),
    ("ក \u{17B6}", "\u{17B6}", FaultKind::NoBase),
    ("ក\u{200B}\u{17C7}", "\u{17C7}", FaultKind::NoBase),
    ("ក\u{17B6}\u{17B6}", "ក\u{17B6}\u{17B6}", FaultKind::SignTwice('\u{17B6}')),
    ("ក\u{17CB}\u{17CB}", "ក\u{17CB}\u{17CB}", FaultKind::SignTwice('\u{17CB}')),
    ("ក\u{17D2}ម\u{17D2}ម", "ក\u{17D2}ម\u{17D2}ម", FaultKind::SubscriptTwice('ម')),
    ("ញ\u{17BB}\u{17B6}\u{17C6}", "ញ\u{17BB}\u{17B6}\u{17C6}", FaultKind::UForShifter),
    ("ក\u{17B6}\u{17BC}", "ក\u{17B6}\u{17BC}", FaultKind::TwoVowels),
    ("ស\u{17C9}\u{17CA}", "ស\u{17C9}\u{17CA}", FaultKind::TwoShifters),
    ("ក\u{17C9}\u{17B6}", "ក\u{17C9}\u{17B6}", FaultKind::WrongShifter('\u{17C9}')),
    ("ម\u{17CA}\u{17B6}ន", "ម\u{17CA}\u{17B6}", FaultKind::WrongShifter('\u{17CA}')),
    ("ក\u{17A3}ខ", "\u{17A3}", FaultKind::GivenUp('\u{17A3}')),
    ("ក\u{17B4}ខ", "\u{17B4}", FaultKind::GivenUp('\u{17B4}')),
    ("ច\u{17C6}\u{17B6}", "ច\u{17C6}\u{17B6}", FaultKind::OutOfOrder),
    ("ក\u{17CC}\u{17C9}", "ក\u{17CC}\u{17C9}", FaultKind::NeverTogether),
];

/// Khmer as it is written: a salutation, names, foreign words, every kind of mark.
const CORRECT: &[&str] = &[
    "ព្រះរាជាណាចក្រកម្ពុជា ជាតិ សាសនា ព្រះមហាក្សត្រ",
    "ឯកឧត្តមឧបនាយករដ្ឋមន្ត្រី រដ្ឋមន្ត្រីក្រសួងការបរទេស និងសហប្រតិបត្តិការអន្តរជាតិ",
    "ធម៌ ប៉ាស៊ីហ្វិក អាស៊ី-ប៉ាស៊ីហ្វិក សេចក្តីប្រកាសព័ត៌មាន ចាំ កុំ ញ៉ាំ ស៊ើប ហ៊ុន ម៉ាណែត",
    "ហ្វ៊ី ប៊ី ប៉ា ស្ម៉ា ត្រ៉ាយ អ្ហ៊ី ប្រ៊ុយ ស្រ៊ី ម៉្យាង ញ៉ាំ ល៉ុយ អ៊ុំ",
    "ឱ្យ ឲ្យ ក៏ ដ៏ ៗ ប៉័ង អ្ហ៎ះ ថ្ងៃចន្ទ ១រោច ខែអស្សុជ ឆ្នាំថោះ បញ្ចស័ក ព.ស. ២៥៦៧ ។",
];

#[test]
fn typed_orders_become_the_normal_one() {
    for (typed, normal, why) in ORDERS {
        assert_eq!(normalise(typed), *normal, "{why}");
        assert_eq!(seen(typed), seen(normal), "{why}");
        assert_eq!(faults(typed), [], "{why}");
        assert_eq!(search_form(typed, false).0, search_form(normal, false).0, "{why}");
    }
}

#[test]
fn orders_that_are_none_become_the_normal_one() {
    for (typed, normal, why) in IMPOSSIBLE {
        assert_eq!(normalise(typed), *normal, "{why}");
        assert_ne!(seen(typed), seen(normal), "{why}");
        assert_eq!(faults(typed), [], "{why}");
        assert_eq!(search_form(typed, false).0, search_form(normal, false).0, "{why}");
    }
}

/// What the user is asked to confirm.
#[test]
fn what_is_left_has_a_proposal_if_it_can_be_told() {
    for (typed, meant) in [
        ("ចំា", "ចាំ"),
        ("ខ្ញំុ", "ខ្ញុំ"),
        ("ញាំ៉", "ញ៉ាំ"),
        ("ចុឹង", "ច៊ឹង"),
        ("តំា", "តាំ"),
        ("វុ័", "វ៉័"),
        ("ក៉ា", "ក៊ា"),
        ("ម៊ាន", "ម៉ាន"),
        ("ស៉ិក", "ស៊ិក"),
        ("\u{17A3}\u{17A4}\u{17B4}", "អអា"),
    ] {
        let mut right = normalise(typed).into_owned();
        for (range, by) in proposals(&right).into_iter().rev() {
            right.replace_range(range, &by);
        }
        assert_eq!(right, meant);
    }
    assert_eq!(proposed("ចាំ"), None);
    assert_eq!(proposed("កាា"), None);
}

#[test]
fn what_is_in_order_or_cannot_be_is_left() {
    for text in LEFT.iter().chain(CORRECT) {
        assert!(matches!(normalise(text), Cow::Borrowed(same) if same == *text), "{text}");
    }
}

#[test]
fn faults_are_found_and_named() {
    for (text, letter, kind) in FAULTS {
        let found = faults(text);
        assert_eq!(found.iter().map(|fault| fault.kind).collect::<Vec<_>>(), [*kind], "{text}");
        assert_eq!(found.iter().map(|fault| &text[fault.range.clone()]).collect::<Vec<_>>(), [*letter]);
    }
    assert_eq!(FaultKind::CoengAlone.to_string(), "A subscript sign (coeng) joins nothing");
    assert!(CORRECT.iter().all(|text| faults(text).is_empty()));
}

#[test]
fn a_place_is_put_right_once_the_caret_has_left() {
    let text = "នៅ\u{1794}\u{17B6}\u{17D2}\u{179A}ស់";
    let cluster = "នៅ".len().."នៅ\u{1794}\u{17B6}\u{17D2}\u{179A}".len();
    let right = Some((cluster.clone(), String::from("ប្រា")));
    for at in cluster.start..=cluster.end {
        assert_eq!(normalise_range(text, at), right);
    }
    assert_eq!(normalise_range(text, 0), None);
    assert_eq!(normalise_range(text, text.len()), None);
    assert_eq!(normalise_range("", 5), None);
}

#[test]
fn a_search_sees_what_a_reader_sees() {
    let text = "សេចក្ដី\u{200B}ប្រកាស Release";
    let (form, sources) = search_form(text, true);
    assert_eq!(form, "សេចក្តីប្រកាស release");
    let found = form.find("ក្តីប្រក").map(|at| source_range(text, &sources, at..at + "ក្តីប្រក".len()));
    // Found in part, a cluster is found whole.
    assert_eq!(found.map(|range| &text[range]), Some("ក្ដី\u{200B}ប្រកា"));
    let found = form.find("ក្តី").map(|at| source_range(text, &sources, at..at + "ក្តី".len()));
    assert_eq!(found.map(|range| &text[range]), Some("ក្ដី"));
    // Orders that look different are still one to a search.
    for (one, other) in [("ម៉្យាង", "ម្យ៉ាង"), ("ចំា", "ចាំ"), ("អាជា្ញធរ", "អាជ្ញាធរ"), ("ឤ", "អា")]
    {
        assert_eq!(search_form(one, false).0, search_form(other, false).0);
    }
}

/// Random text seldom has both parts of a vowel on a letter, so these are tried one and all.
#[test]
fn vowels_in_parts_look_like_whole_ones_on_every_letter() {
    for base in '\u{1780}'..='\u{17B3}' {
        for subscript in ["", "\u{17D2}ក", "\u{17D2}ម", "\u{17D2}ត", "\u{17D2}យ", "\u{17D2}ស", "\u{17D2}ឡ", "\u{17D2}រ"]
        {
            for shifter in ["", "\u{17C9}", "\u{17CA}"] {
                for vowel in [
                    "\u{17C1}\u{17B6}",
                    "\u{17C1}\u{17B8}",
                    "\u{17C1}\u{17BB}\u{17B8}",
                    "\u{17BB}\u{17B8}",
                    "\u{17BB}\u{17B6}",
                ] {
                    for sign in ["", "\u{17C6}"] {
                        let text = format!("{base}{subscript}{shifter}{vowel}{sign}ក");
                        assert_eq!(seen(&text), seen(&normalise(&text)), "{text}");
                    }
                }
            }
        }
    }
}

/// A piece of text as a careless typist would type it, mostly Khmer.
fn stroke() -> impl Strategy<Value = String> {
    let letter = || prop::char::range('\u{1780}', '\u{17B3}');
    prop_oneof![
        6 => letter().prop_map(String::from),
        4 => letter().prop_map(|c| format!("\u{17D2}{c}")),
        2 => Just(String::from("\u{17D2}\u{179A}")),
        8 => prop::char::range('\u{17B6}', '\u{17D2}').prop_map(String::from),
        3 => select(vec!["\u{17C1}", "\u{17B6}", "\u{17B8}", "\u{17BB}", "\u{17C6}", "\u{17C9}", "\u{17CA}"])
            .prop_map(String::from),
        1 => select(vec!["\u{200B}", "\u{200C}", "\u{200D}", "\u{25CC}", "\u{A0}", "\u{17DD}", "\u{17B4}", " ", "a", "É"])
            .prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
    ]
}

fn typed() -> impl Strategy<Value = String> {
    prop::collection::vec(stroke(), 0..12).prop_map(|strokes| strokes.concat())
}

/// One letter with marks in any order.
fn letter() -> impl Strategy<Value = String> {
    let marks = prop::collection::vec(stroke(), 1..5);
    (prop::char::range('\u{1780}', '\u{17B3}'), marks).prop_map(|(base, marks)| format!("{base}{}", marks.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn what_is_in_order_at_a_glance_has_nothing_to_change(
        text in prop_oneof![typed(), letter(), "[កខរ្ាិោើេី់៉៊ំះ៌\u{17B4}\u{17DD}◌។៣ a\u{200B}\u{200C}\u{200D}é]{0,12}"],
    ) {
        let changes = cluster::pieces(&text).filter_map(|piece| replacement(&text, &piece)).count();
        prop_assert!(!order::is_all_plainly_ordered(&text) || changes == 0);
    }

    #[test]
    fn normal_order_is_never_seen_where_there_was_one(text in prop_oneof![typed(), letter()]) {
        // A coeng that U+17DD parts from its consonant is joined with it, as by other signs, and not yet told apart here.
        prop_assume!(!text.contains("\u{17D2}\u{17DD}"));
        let is_impossible =
            |range: Range<usize>| Cluster::read(&text[range]).is_some_and(|typed| order::is_impossible(&typed));
        let mut possible = text.clone();
        for (range, by) in changes(&text).collect::<Vec<_>>().into_iter().rev() {
            if !is_impossible(range.clone()) {
                possible.replace_range(range, &by);
            }
        }
        prop_assert_eq!(seen(&text), seen(&possible));
    }

    #[test]
    fn normal_order_is_kept(text in typed()) {
        let normal = normalise(&text).into_owned();
        prop_assert!(matches!(normalise(&normal), Cow::Borrowed(_)));
        let kinds = |text: &str| faults(text).into_iter().map(|fault| fault.kind).collect::<Vec<_>>();
        prop_assert_eq!(kinds(&text), kinds(&normal));
        prop_assert_eq!(search_form(&text, true).0, search_form(&normal, true).0);
    }

    #[test]
    fn place_by_place_is_the_same_as_at_once(text in typed()) {
        let mut by_place = text.clone();
        while let Some((range, with)) = (0..=by_place.len()).find_map(|at| normalise_range(&by_place, at)) {
            prop_assert!(by_place.get(range.clone()).is_some_and(|old| old != with));
            by_place.replace_range(range, &with);
        }
        prop_assert_eq!(by_place, normalise(&text));
    }

    #[test]
    fn ranges_are_of_whole_characters_and_in_order(text in prop_oneof![typed(), any::<String>()]) {
        let mut end = 0;
        for fault in faults(&text) {
            prop_assert!(text.get(fault.range.clone()).is_some_and(|letter| !letter.is_empty()));
            prop_assert!(fault.range.end >= end);
            end = fault.range.end;
        }
        let (form, sources) = search_form(&text, true);
        prop_assert_eq!(sources.len(), form.len() + 1);
        prop_assert!(sources.is_sorted() && sources.iter().all(|&source| text.is_char_boundary(source)));
        prop_assert_eq!(sources.last(), Some(&text.len()));
        for (start, c) in form.char_indices() {
            let range = source_range(&text, &sources, start..start + c.len_utf8());
            prop_assert!(text.get(range).is_some_and(|source| !source.is_empty()));
        }
    }

    #[test]
    fn other_text_is_untouched(text in "[^\u{1780}-\u{17FF}]*") {
        prop_assert!(matches!(normalise(&text), Cow::Borrowed(_)));
        prop_assert_eq!(faults(&text), []);
    }
}
